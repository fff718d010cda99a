"""Each engine's reader gets broken input, again and again: an answer or a fault with its line, never a crash or a hang.

All readers side by side, ten minutes each; GELAND_FUZZ_SECONDS says how long otherwise.
"""

import os
import random
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[2]
BINARY = Path(os.environ.get("GELAND_BINARY", ROOT / ".build/debug/geland"))
SECONDS = float(os.environ.get("GELAND_FUZZ_SECONDS", "600"))

READERS = {
    "survival": (
        ["survival", "-", "--time", "t", "--event", "e", "--group", "g", "--cox", "x,y", "--json"],
        b"t,e,g,x,y\n1,0,a,0.5,1\n2,1,b,1.5,0\n2,2,a,-1,0\n7,1,b,3,1\n4,0,a,2e3,1\n"),
    "survival-entry": (
        ["survival", "-", "--time", "t", "--event", "e", "--entry", "s", "--json"],
        b"t;e;s\n10;1;0\n20;0;5\n15;1;14\n"),
    "survival-words": (
        ["survival", "-", "--time", "t", "--event", "e", "--group", "g", "--cox", "x", "--json"],
        "sep=;\nt;e;g;x\n1,5;ja; a\u00a0;0,5\n2,25;nee;b;NA\n2;NA;\"b\";1\n7;ja;\"c \"\"d\"\"\";2\n".encode()),
    "detect": (
        ["detect", "-", "--id", "i", "--day", "d", "--count", "c", "--mean", "auto", "--k", "3/2", "--h", "5", "--json"],
        b"i,d,c\na,2026-01-01,1\na,2026-01-02,9\n\"b, c\",2026-01-01,0\nb,2024-02-29,7\n"),
    "allocate": (
        ["allocate", "-", "--lottery", "x"],
        b"c round\np alloc 3 2 2 4\na 1 0 1\na 2 1 5\nh 1 1\nh 2 2\ne 1 1 5\ne 2 1 7\ne 2 2 4\ne 3 2 6\n"),
    "allocate-asn": (["allocate", "-"], b"p asn 4 4\nn 1\nn 2\na 1 3 1\na 1 4 2\na 2 3 3\na 2 4 9\n"),
    "simulate": (
        ["simulate", "-", "--replications", "1", "--json"],
        b"horizon: {warmUp: 1, length: 9}\nclasses: [{id: a}, {id: b, priority: 1}]\nnodes:\n  - id: s\n"
        b"    servers: [{from: 0, servers: 2}, {from: 3, servers: 1}]\n    service: {erlang: {shape: 2, mean: 1}}\n"
        b"    arrivals: {a: {poisson: {rate: 2}}, b: [{from: 0, rate: 1}]}\n    abandon: {uniform: {min: 0, max: 2}}\n"
        b"    routing: [{to: s, p: 0.2}]\n"),
}

BITS = [b"", b",", b";", b"\"", b"\n", b"\r\n", b"-", b"nan", b"inf", b"1e999", b"-0", b"0x1", b"\xff\xfe", b"\x00",
        b"999999999999999999999", b" ", b"2026-02-30", b"1e-320", "é".encode(), b"a" * 5000, b"\xef\xbb\xbf"]


def broken(seed: random.Random, text: bytes) -> bytes:
    for _ in range(seed.randint(1, 6)):
        place = seed.randint(0, len(text))
        match seed.randint(0, 4):
            case 0: text = text[:place]
            case 1: text = text[:place] + seed.choice(BITS) + text[place:]
            case 2: text = text[:place] + text[place + seed.randint(1, 9):]
            case 3: text = text[:place] + bytes([seed.randrange(256)]) + text[place + 1:]
            case 4: text = text + text[place:place + seed.randint(1, 60)]
    return text


def reader(name: str):
    """One reader, until its time is over: what it made of how many."""
    arguments, good = READERS[name]
    seed = random.Random(name)
    end, tried, answered = time.monotonic() + SECONDS, 0, 0
    while time.monotonic() < end:
        text = broken(seed, good)
        ran = subprocess.run([BINARY, *arguments], input=text, capture_output=True, timeout=20)
        assert ran.returncode in (0, 65), (name, ran.returncode, ran.stderr[-500:], text)
        # A fault is said; an answer may come with a remark: a line about the file.
        assert ran.returncode == 0 or ran.stderr, (name, text)
        assert all(line.startswith(b"-: ") for line in ran.stderr.splitlines() if ran.returncode == 0), (name, ran.stderr, text)
        assert ran.returncode == 0 or not ran.stdout, (name, text)
        tried += 1
        answered += ran.returncode == 0
    return tried, answered


def test_nothing_makes_them_fall_over():
    with ThreadPoolExecutor(len(READERS)) as side_by_side:
        for name, (tried, answered) in zip(READERS, side_by_side.map(reader, READERS)):
            print(f"{name}: {tried} tried, {answered} answered")
            assert answered and answered < tried, name
