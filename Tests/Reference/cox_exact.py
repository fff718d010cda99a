"""Cox's partial likelihood (Efron's ties, late entry) with fifty digits, by its definition: nothing is summed that could
be summed anew. Says where R or we are not at the top: python3 cox_exact.py cox-late.json > cox-late-exact.json

For each table: coefficients, standard errors and the two log-likelihoods by Newton's steps; null where they have no end.
"""

import bisect
import json
import sys

import mpmath as mp

mp.mp.dps = 50


def joined(entry, time):
    """Times that differ by rounding made one, as R's aeqSurv."""
    all_times = sorted(set(entry + time))
    mean = sum(map(abs, all_times)) / len(all_times)
    firsts = all_times[:1]
    for before, after in zip(all_times, all_times[1:]):
        if after - before > 2.0**-26 and (after - before) / mean > 2.0**-26:
            firsts.append(after)
    return [[firsts[bisect.bisect_right(firsts, moment) - 1] for moment in moments] for moments in (entry, time)]


class Table:
    def __init__(self, entry, time, event, columns):
        self.entry, self.time = joined(entry, time)
        self.event = event
        self.rows = [[mp.mpf(value) for value in row] for row in zip(*columns)]
        self.size = len(columns)

    def at(self, beta):
        """Log-likelihood, score and information."""
        lines = [mp.fsum(b * x for b, x in zip(beta, row)) for row in self.rows]
        total, score, information = mp.mpf(0), mp.zeros(self.size, 1), mp.zeros(self.size, self.size)
        people = range(len(self.rows))
        for moment in sorted({self.time[i] for i in people if self.event[i]}):
            present = [i for i in people if self.entry[i] < moment <= self.time[i]]
            died = [i for i in present if self.event[i] and self.time[i] == moment]
            highest = max(lines[i] for i in present)
            for step, person in enumerate(died):
                weights = {i: mp.exp(lines[i] - highest) for i in present}
                for i in died:
                    weights[i] *= 1 - mp.mpf(step) / len(died)
                whole = mp.fsum(weights.values())
                mean = [mp.fsum(weights[i] * self.rows[i][c] for i in present) / whole for c in range(self.size)]
                total += lines[person] - highest - mp.log(whole)
                for c in range(self.size):
                    score[c] += self.rows[person][c] - mean[c]
                    for d in range(c + 1):
                        part = mp.fsum(
                            weights[i] * (self.rows[i][c] - mean[c]) * (self.rows[i][d] - mean[d]) for i in present) / whole
                        information[c, d] += part
                        if c != d:
                            information[d, c] += part
        return total, score, information

    def still_to_go(self, beta):
        """From here: Newton's next step and the standard errors."""
        _, score, information = self.at([mp.mpf(b) for b in beta])
        inverse = information**-1
        step = inverse * score
        return [float(step[c]) for c in range(self.size)], [float(mp.sqrt(inverse[c, c])) for c in range(self.size)]

    def fitted(self):
        """None when there is no top within reach."""
        beta = [mp.mpf(0)] * self.size
        here = self.at(beta)
        null = here[0]
        for _ in range(60):
            try:
                step = mp.lu_solve(here[2], here[1])
            except ZeroDivisionError:
                return None
            if all(abs(s) <= mp.mpf(10) ** -25 * max(abs(b), mp.mpf(10) ** -15) for s, b in zip(step, beta)):
                errors = [mp.sqrt((here[2]**-1)[c, c]) for c in range(self.size)]
                return {"coefficient": [float(b) for b in beta], "stdErr": [float(e) for e in errors],
                        "logLikelihood": [float(null), float(here[0])]}
            length = mp.mpf(1)
            # Near the top the likelihood itself is no longer told apart.
            while (there := self.at([b + length * s for b, s in zip(beta, step)]))[0] < here[0] - mp.mpf(10) ** -40:
                length /= 2
                if length < mp.mpf(2) ** -60:
                    return None
            beta, here = [b + length * s for b, s in zip(beta, step)], there
        return None


if __name__ == "__main__":
    tables = json.load(open(sys.argv[1]))
    json.dump([Table(t["entry"], t["time"], t["event"], t["columns"]).fitted() for t in tables], sys.stdout)
