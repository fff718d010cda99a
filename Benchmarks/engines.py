"""The engines beside their peers, on the same data and machine, in one run: prints a table for docs/performance.md.

python3 Benchmarks/engines.py ENGINES_BINARY GELAND_BINARY FOLDER. Peers: R's survival, statsmodels, SimPy, Ciw, OR-tools. Processor seconds; the
median of several runs where a run is short.
"""

import json
import math
import platform
import random
import resource
import statistics
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

import allocation

binary, geland, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
rows = []


def ours(*arguments):
    return json.loads(subprocess.run([binary, *map(str, arguments)], capture_output=True, text=True, check=True).stdout)


def seconds(body, times=1):
    taken, answer = [], None
    for _ in range(times):
        began = time.process_time()
        answer = body()
        taken.append(time.process_time() - began)
    return statistics.median(taken), answer


def row(what, our, peer, theirs, wanted):
    rows.append((what, our, peer, theirs, wanted))


def close(one, other, tolerance, what):
    assert abs(one - other) <= tolerance * max(1, abs(other)), (what, one, other)


def make_data(path, count=10**6):
    """Whole days, four fifths censored, four covariates, two causes."""
    seed = random.Random(3)
    with open(path, "w") as file:
        file.write("time,cause,a,b,c,d\n")
        for _ in range(count):
            a, b, c, d = seed.gauss(0, 1), int(seed.random() < 0.4), seed.gauss(0, 1), seed.randrange(5)
            event = math.ceil(seed.expovariate(0.0004 * math.exp(0.3 * a - 0.5 * b + 0.1 * d)))
            end = math.ceil(seed.uniform(1, 1100))
            cause = 0 if end <= event else (1 if seed.random() < 0.6 else 2)
            file.write(f"{min(event, end)},{cause},{a:.3f},{b},{c:.3f},{d}\n")


R = r"""
suppressMessages(library(survival)); d <- read.csv(commandArgs(TRUE)[1])
took <- function(f) { x <- NULL; t <- system.time(x <- f()); list(s = t[["user.self"]] + t[["sys.self"]], x = x) }
y <- Surv(d$time, d$cause != 0)
km <- took(function() survfit(y ~ 1, conf.type = "log-log"))
cx <- took(function() coxph(y ~ a + b + c + d, d, control = coxph.control(eps = 1e-14)))
n <- length(km$x$surv)
cat(sprintf('{"km": %.4f, "kmLast": %.17g, "kmError": %.17g, "cox": %.4f, "coef": [%s], "version": "%s"}', km$s,
  km$x$surv[n], km$x$std.err[n] * km$x$surv[n], cx$s, paste(sprintf("%.17g", coef(cx$x)), collapse = ","),
  paste("R", getRversion(), "survival", packageVersion("survival"))))
"""
R_AJ = r"""
suppressMessages(library(survival)); d <- read.csv(commandArgs(TRUE)[1])
n <- as.integer(commandArgs(TRUE)[2]); d <- d[seq_len(n), ]
t <- system.time(f <- survfit(Surv(d$time, factor(d$cause, 0:2)) ~ 1)); k <- nrow(f$pstate)
cat(sprintf('{"aj": %.4f, "last": %.17g, "error": %.17g}', t[["user.self"]] + t[["sys.self"]], f$pstate[k, 2], f$std.err[k, 2]))
"""


def r(script, *arguments):
    """What R answers; None when it fails, or takes more than five minutes."""
    try:
        made = subprocess.run(["Rscript", "-e", script, *map(str, arguments)], capture_output=True, text=True, timeout=300)
    except subprocess.TimeoutExpired:
        return None
    if made.returncode:
        return None
    return json.loads(made.stdout)


def survival():
    path = folder / "survival.csv"
    if not path.exists():
        make_data(path)
    mine, theirs = ours("survival", path), r(R, path)
    close(mine["kaplanMeierLast"], theirs["kmLast"], 1e-12, "Kaplan-Meier")
    close(mine["kaplanMeierError"], theirs["kmError"], 1e-12, "its error")
    for place, value in enumerate(theirs["coef"]):
        # Of a million rows R's own score is 5e-5 away from 0, ours 5e-10 (summed again in extended precision).
        close(mine[f"cox{place}"], value, 5e-9, "Cox")
    row("Kaplan-Meier, 1 000 000 rows", mine["kaplanMeier"], theirs["version"], theirs["km"], "0.03 s")
    row("Cox, 4 covariates, 1 000 000 rows", mine["cox"], theirs["version"], theirs["cox"], "1 s; 5 x R")
    aj = r(R_AJ, path, 10**6)
    if aj:
        close(mine["aalenJohansenLast"], aj["last"], 1e-12, "Aalen-Johansen")
        close(mine["aalenJohansenError"], aj["error"], 1e-12, "its error")
        row("Aalen-Johansen, 1 000 000 rows", mine["aalenJohansen"], theirs["version"], aj["aj"], "0.2 s; 100 x R")
    else:
        row("Aalen-Johansen, 1 000 000 rows", mine["aalenJohansen"], theirs["version"], None, "0.2 s; 100 x R")
    import numpy as np
    from statsmodels.duration.survfunc import SurvfuncRight
    data = np.loadtxt(path, delimiter=",", skiprows=1)
    status = (data[:, 1] != 0).astype(int)
    taken, found = seconds(lambda: SurvfuncRight(data[:, 0], status))
    close(mine["kaplanMeierLast"], found.surv_prob[-1], 1e-9, "statsmodels")
    row("Kaplan-Meier, 1 000 000 rows", mine["kaplanMeier"], f"statsmodels {version('statsmodels')}", taken, "3 x statsmodels")


def simpy_run(length, servers, arrivals, follow):
    """A network in SimPy: events a second, and the mean wait at the first node."""
    import simpy
    seed = random.Random(1)
    world = simpy.Environment()
    places = [simpy.Resource(world, capacity) for capacity in servers]
    waits, count = [], [0]

    def person():
        place = 0
        while place is not None:
            came = world.now
            with places[place].request() as turn:
                yield turn
                if place == 0:
                    waits.append(world.now - came)
                yield world.timeout(seed.expovariate(1))
            count[0] += 1
            place = follow(place, seed)

    def source():
        while True:
            yield world.timeout(seed.expovariate(arrivals))
            count[0] += 1
            world.process(person())

    world.process(source())
    taken, _ = seconds(lambda: world.run(until=length))
    return count[0] / taken, statistics.fmean(waits)


def ciw_run(length, servers, arrivals, routing):
    import ciw
    ciw.seed(1)
    rest = [None] * (len(servers) - 1)
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(arrivals)] + rest,
        service_distributions=[ciw.dists.Exponential(1.0)] * len(servers), number_of_servers=servers, routing=routing)
    simulation = ciw.Simulation(network)
    taken, _ = seconds(lambda: simulation.simulate_until_max_time(length))
    records = simulation.get_all_records()
    outside = sum(1 for one in records if one.node == 1) if len(servers) == 1 else None
    arrived = outside if outside is not None else len({one.id_number for one in records})
    first = [one.waiting_time for one in records if one.node == 1]
    return (len(records) + arrived) / taken, statistics.fmean(first)


def network_follow(place, seed):
    chance = seed.random()
    if place < 4:
        return place + 1 if chance < 0.8 else 0
    return 0 if chance < 0.2 else None


def simulation():
    mine = ours("simulation")
    line = [[0.0] * 5 for _ in range(5)]
    for place in range(4):
        line[place][place + 1], line[place][0] = 0.8, 0.2
    line[4][0] = 0.2
    for name, servers, arrivals, follow, routing in [
        ("queue", [20], 18.0, lambda *_: None, [[0.0]]), ("network", [3] * 5, 0.8, network_follow, line)]:
        what = "M/M/20 at 0.9" if name == "queue" else "five nodes with feedback"
        for peer, run, wanted in [
            (f"SimPy {version('simpy')}", lambda: simpy_run(6000, servers, arrivals, follow), "5 M/s; 40 x"),
            (f"Ciw {version('ciw')}", lambda: ciw_run(3000, servers, arrivals, routing), "100 x")]:
            speed, wait = run()
            # The same system: waits agree within what chance allows in so short a run.
            assert abs(wait / mine[name + "Wait"] - 1) < 0.5, (name, peer, wait, mine[name + "Wait"])
            rows.append((what + ", events a second", mine[name + "EventsPerSecond"], peer, speed, wanted))


def detection():
    mine = ours("detection")
    row("CUSUM updates a second", mine["updatesPerSecond"], "", None, "50 M/s")
    row("bytes for each resident", mine["bytesPerResident"], "", None, "at most 32")


def number(value):
    if value is None:
        return "-"
    if value >= 1e6:
        return f"{value / 1e6:.1f} M"
    if value >= 1000:
        return f"{value / 1000:.0f} k"
    return f"{value:.3g}" + ("" if value >= 32 or value == int(value) else " s")


survival()
simulation()
detection()
print(f"{platform.machine()}, {platform.python_implementation()} {platform.python_version()}, {time.strftime('%d %B %Y')}\n")
print("| What | Ours | Peer | Theirs | Ratio | Wanted |\n|---|---|---|---|---|---|")
for what, our, peer, theirs, wanted in rows:
    ratio = "-" if theirs is None else f"{max(our / theirs, theirs / our):.1f} x"
    print(f"| {what} | {number(our)} | {peer or '-'} | {number(theirs)} | {ratio} | {wanted} |")
print(f"\nOR-tools {version('ortools')}, SimpleMinCostFlow. Re-solving: after a home is withdrawn or a person declines.\n")
allocation.table(binary, geland, folder)
