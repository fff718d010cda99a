"""Run lengths with fifty digits, by solving the Markov chain with mpmath: python3 arl_exact.py > arl-exact.csv

For what R can't say: negative binomial counts, both sides with head starts, and run lengths so long that ordinary
arithmetic loses its digits. Signal at S >= h.
"""

from fractions import Fraction
from math import gcd

import mpmath as mp

mp.mp.dps = 50


def chance(count, mean, size):
    if size is None:
        return mp.e ** (-mean) * mean**count / mp.factorial(count)
    return mp.gamma(count + size) / mp.gamma(size) / mp.factorial(count) * (size / (size + mean)) ** size * (
        mean / (mean + size)) ** count


def run_length(mean, k, h, start, lower, size):
    unit = 1
    for value in (k, h, start):
        unit = unit * value.denominator // gcd(unit, value.denominator)
    states, k, start = int(h * unit), int(k * unit), int(start * unit)
    chances = [chance(c, mp.mpf(mean), None if size is None else mp.mpf(size)) for c in range(400)]
    matrix = mp.eye(states)
    for state in range(states):
        for count, p in enumerate(chances):
            after = max(0, state + (k - count * unit if lower else count * unit - k))
            if after < states:
                matrix[state, after] -= p
    return mp.lu_solve(matrix, mp.ones(states, 1))[start]


print("side,mean,size,k,h,start,arl")
for lower in (False, True):
    for mean, size, k, h, start in [
        ("1", None, "3/2", "5", "0"), ("0.4", None, "9/4", "15/2", "15/4"), ("2.5", None, "1/2", "4", "0"),
        ("1", "3", "3/2", "5", "0"), ("1", "3", "3/2", "5", "5/2"), ("0.3", "0.5", "1/2", "4", "1"),
        ("2", "10", "5/3", "6", "0"), ("0.2", None, "1", "6", "0"), ("3", "1", "2", "9", "3"), ("1", None, "1/3", "2", "0"),
    ]:
        value = run_length(mean, Fraction(k), Fraction(h), Fraction(start), lower, size)
        if value < mp.mpf(10) ** 14:
            print(f"{'lower' if lower else 'upper'},{mean},{size or ''},{k},{h},{start},{mp.nstr(value, 20)}")
