"""The engines' help teaches by example: each example must run as printed, and print what stands there."""

import hashlib
import json
import random
import re
import subprocess
import textwrap

import pytest
from house import BINARY

ENGINES = ["survival", "detect", "arl", "simulate", "allocate"]


def help_text(command):
    return subprocess.run([str(BINARY), command, "--help"], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("command", ENGINES)
def test_examples_run_as_printed(command, tmp_path):
    text = re.sub(r"\\\n\s*", "", help_text(command))
    # A here-document is one command with the lines up to its end.
    text = re.sub(r"(<<'END'\n)(.*?\n)\s*END\n", lambda m: m[1].replace("\n", "␤") + textwrap.dedent(m[2]).replace("\n", "␤") + "END\n", text, flags=re.S)
    examples = re.findall(r"^\s*\$ (.+)\n((?:\s*[{].*\n)*)", text, re.M)
    assert examples
    (tmp_path / "geland").symlink_to(BINARY)
    for line, expected in examples:
        line = line.replace("␤", "\n")
        ran = subprocess.run(
            line, shell=True, capture_output=True, text=True, cwd=tmp_path,
            env={"PATH": f"{tmp_path}:/usr/bin:/bin", "LANG": "C.UTF-8"})
        assert ran.returncode == 0, (line, ran.stderr)
        if expected.strip():
            assert ran.stdout.strip() == "\n".join(l.strip() for l in expected.strip().splitlines())


@pytest.mark.parametrize(
    "arguments, content, line, words",
    [
        (["detect", "FILE", "--id", "i", "--day", "d", "--count", "c", "--mean", "1", "--k", "1", "--h", "2"],
         "i,d,c\na,2026-01-01,1\na,2026-02-30,1\n", 3, "no date"),
        (["detect", "FILE", "--id", "i", "--day", "d", "--count", "c", "--mean", "1", "--k", "1", "--h", "2"],
         "i,d,c\na,2026-01-01,-1\n", 2, "below 0"),
        (["detect", "FILE", "--id", "i", "--day", "d", "--count", "c", "--mean", "1", "--k", "1", "--h", "2"],
         "i,d,c\na,2026-01-01,1\na,2026-01-01,2\n", 3, "too"),
        (["detect", "FILE", "--id", "i", "--day", "d", "--count", "c", "--mean", "1", "--k", "1", "--h", "2"],
         "i,d,c\na,2026-01-01,1\n a\u00a0,2026-01-01,2\n", 3, "line 2 too"),
        (["detect", "FILE", "--id", "i", "--day", "d", "--count", "c", "--mean", "1", "--k", "1", "--h", "2"],
         "i,d,c\na,2026-01-01,1\na,2206-01-01,2\n", 3, "ten years"),
        (["detect", "FILE", "--id", "i", "--day", "d", "--count", "c", "--mean", "1", "--k", "1", "--h", "2"],
         "i,d,c\na,2026-01-01,0.5\n", 2, "no whole number"),
        (["detect", "FILE", "--id", "i", "--day", "d", "--count", "c", "--mean", "1", "--k", "1", "--h", "2"],
         "i,d,c\na,2026-01-01,NA\n", 2, "empty"),
        (["survival", "FILE", "--time", "t", "--event", "e"], "t,e\n1,0\nnan,1\n", 3, "no number"),
        (["survival", "FILE", "--time", "t", "--event", "e"], "t,e\n1,0\n-2,1\n", 3, "below 0"),
        (["survival", "FILE", "--time", "t", "--event", "e", "--entry", "s"], "t,e,s\n5,0,5\n", 2, "not before"),
        (["survival", "FILE", "--time", "t", "--event", "e"], "t,e\n1,0\n2\n", 3, "cells"),
        (["survival", "FILE", "--time", "t", "--event", "x"], "t,e\n1,0\n", 1, "no column"),
        (["survival", "FILE", "--time", "t", "--event", "e"], "", None, "no header"),
        (["survival", "FILE", "--time", "t", "--event", "e"], "t,e\n1,0\n2,1\n3,maybe\n", 4, "line 3"),
        (["survival", "FILE", "--time", "t", "--event", "e"], "t,e\n1,TRUE\n2,2\n", 3, "line 2"),
        (["survival", "FILE", "--time", "t", "--event", "e"], "t,e\n1,dead\n2,alive\n", 2, "nobody has 0"),
        (["survival", "FILE", "--time", "t", "--event", "e"], "t,e\n1,0\n2,1.5\n", 3, "no yes or no"),
        (["survival", "FILE", "--time", "t", "--event", "e", "--entry", "s"], "t,e,s\n9,1,0\n0.30000000000000004,1,0.3\n", 3, "rounding"),
        (["survival", "FILE", "--time", "t", "--event", "e"], "t;e\n1,5;1\n1.500;0\n", 3, "decimal comma"),
        (["survival", "FILE", "--time", "t", "--event", "e"], "t,e,n\n1,0,\"x\n2,1,y\"\n", 2, "row of its own"),
        (["survival", "FILE", "--time", "t", "--event", "e"], "t,e\n1,0 \"\n", 2, "middle"),
    ])
def test_bad_input_is_refused_with_its_line(arguments, content, line, words, tmp_path):
    file = tmp_path / "in.csv"
    file.write_text(content)
    ran = subprocess.run(
        [str(BINARY)] + [str(file) if a == "FILE" else a for a in arguments] + ["--json"], capture_output=True, text=True)
    assert ran.returncode == 65
    assert ran.stdout == ""
    assert ran.stderr.startswith(f"{file}:{line}: " if line else f"{file}:")
    assert words in ran.stderr


def engine(name, content, tmp_path, *arguments):
    """What an engine says of a table, as JSON, and beside it on standard error."""
    file = tmp_path / "in.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    ran = subprocess.run([str(BINARY), name, str(file), *arguments, "--json"], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()], ran.stderr


@pytest.mark.parametrize("yes, no", [("TRUE", "FALSE"), ("ja", " Nee"), ("Yes", "no"), ("1", "0"), ("WAAR", "ONWAAR")])
def test_no_is_no_event(yes, no, tmp_path):
    table = f"days,back\n10,{yes}\n20,{no}\n30,{no}\n40,{yes}\n50,{no}\n60,NA\n70,\n80,n/a\n"
    (answer,), _ = engine("survival", table, tmp_path, "--time", "days", "--event", "back")
    assert (answer["rows"], answer["left_out"], answer["curves"][""]["events"]) == (5, 3, 2)
    assert list(answer["incidence"][""]) == ["1"]


def test_causes_have_names_or_numbers(tmp_path):
    (named,), _ = engine("survival", "t,e\n1,thuis\n2,0\n3,overleden\n4,thuis \n", tmp_path, "--time", "t", "--event", "e")
    assert list(named["incidence"][""]) == ["overleden", "thuis"]
    (one,), said = engine("survival", "t,e\n1,1\n2,2\n3,1\n", tmp_path, "--time", "t", "--event", "e")
    assert list(one["incidence"][""]) == ["1", "2"] and "never 0" in said


def test_who_is_missing_is_counted(tmp_path):
    table = "t,e,g,x\n1,1,a ,1\n2,0,\u00a0a,2\n3,1,NA,3\n4,1,A,N/A\n.,1,a,1\n5,1,\"b\",4\n"
    (answer,), _ = engine("survival", table, tmp_path, "--time", "t", "--event", "e", "--group", " g", "--cox", "x ")
    assert answer["left_out"] == 3 and {g: c["n"] for g, c in answer["curves"].items()} == {"a": 2, "b": 1}


def test_a_code_for_unknown_costs_the_others_nothing(tmp_path):
    table = "entry,time,event,x\n0,10,1,0\n0,17,1,2\n0,63,1,0\n0,70,0,1\n0,45,1,1\n0,52,1,3\n150,215,1,999\n"
    (answer,), _ = engine("survival", table, tmp_path, "--time", "time", "--event", "event", "--entry", "entry", "--cox", "x")
    # R 4.2.2, survival 3.5-3.
    assert abs(answer["cox"]["coefficient"][0] - 0.06668763513793) < 1e-12
    assert abs(answer["cox"]["stdErr"][0] - 0.43360730934534) < 1e-12


def test_silence_has_no_rows(tmp_path):
    table = "who,day,n\na,2026-01-01,1\nb,2026-01-01,1\nb,2026-01-02,1\na,2026-01-20,1\n"
    arguments = ["--id", "who", "--day", "day", "--count", "n", "--mean", "1", "--k", "0.5", "--h", "3", "--lower"]
    signals, said = engine("detect", table, tmp_path, *arguments)
    # a: six days from the second on, and six more; b has not been heard of since the second.
    assert [(s["id"], s["day"]) for s in signals] == [
        ("a", "2026-01-07"), ("a", "2026-01-13"), ("a", "2026-01-19"), ("b", "2026-01-08"), ("b", "2026-01-14"), ("b", "2026-01-20")]
    assert "36, of 2 people" in said and "--gaps" in said
    assert engine("detect", table, tmp_path, *arguments, "--gaps", "zero") == (signals, "")
    assert engine("detect", table, tmp_path, *arguments, "--gaps", "skip") == ([], "")
    later, _ = engine("detect", table, tmp_path, *arguments, "--gaps", "zero", "--until", "2026-01-26")
    assert [s["day"] for s in later if s["id"] == "a"] == ["2026-01-07", "2026-01-13", "2026-01-19", "2026-01-26"]


SCENARIO = """horizon: {warmUp: 1, length: 9}
nodes:
  - id: s
    servers: 1
    service: {exponential: {mean: 1}}
    arrivals: {a: {poisson: {rate: 1}}}
"""


@pytest.mark.parametrize(
    "old, new, line, words",
    [
        ("servers: 1", "servers: 0", 4, "0 servers"),
        ("servers: 1", "servers: -1", 4, "not 0 to"),
        ("mean: 1", "mean: .nan", 5, "number"),
        ("mean: 1", "mean: 0", 5, "above 0"),
        ("mean: 1", "meen: 1", 5, "no \"meen\""),
        ("rate: 1}}}", "rate: 1}}}\n    routing: [{to: x, p: 0.1}]", 7, "no node"),
        ("rate: 1}}}", "rate: 1}}}\n    routing: [{to: s, p: 0.7}, {to: s, p: 0.6}]", 7, "above 1"),
        ("length: 9", "length: 0", 1, "above 0"),
        ("{exponential: {mean: 1}}", "{deterministic: {value: 0}}\n    routing: [{to: s, p: 1}]", 3, "no time"),
        ("{exponential: {mean: 1}}", "{deterministic: {value: 0}}\n    routing: [{to: s, p: 0.99999}]", 3, "no time"),
        ("{exponential: {mean: 1}}", "{deterministic: {value: 1.0e-300}}\n    routing: [{to: s, p: 1}]", 3, "no time"),
        ("{exponential: {mean: 1}}", "{empirical: {values: [0, 0]}}\n    routing: [{to: s, p: 1}]", 3, "no time"),
        ("{exponential: {mean: 1}}", "{exponential: {mean: 1.0e-9}}\n    routing: [{to: s, p: 1}]", 3, "more than"),
        ("rate: 1}", "rate: 1.0e+9}", 3, "more than"),
        ("mean: 1", "mean: .inf", 5, "number"),
        ("mean: 1", "mean: -1", 5, "or more"),
        ("{exponential: {mean: 1}}", "{lognormal: {mean: 1, cv: -1}}", 5, "cv"),
        ("{exponential: {mean: 1}}", "{uniform: {min: 2, max: 1}}", 5, "below min"),
        ("{exponential: {mean: 1}}", "{empirical: {values: [1, -1]}}", 5, "or more"),
        ("arrivals: {a:", "arrivals: {all:", 6, "all"),
        ("nodes:", "classes: [{id: b}]\nnodes:", 7, "no class"),
        ("  - id: s", "  - id: s\n    id: t", None, ""),
        ("horizon: {", "horizon: [", 1, ""),
    ])
def test_a_wrong_scenario_is_refused_with_its_line(old, new, line, words, tmp_path):
    file = tmp_path / "in.yaml"
    file.write_text(SCENARIO.replace(old, new))
    ran = subprocess.run([str(BINARY), "simulate", str(file), "--json"], capture_output=True, text=True)
    assert ran.returncode == 65, ran.stdout
    assert ran.stdout == ""
    assert ran.stderr.startswith(f"{file}:{line}: " if line else f"{file}:"), ran.stderr
    assert words in ran.stderr


def test_a_queue_that_grows_is_said_so(tmp_path):
    def run(scenario, *more):
        file = tmp_path / "in.yaml"
        file.write_text(scenario)
        return subprocess.run([str(BINARY), "simulate", str(file), *more], capture_output=True, text=True, check=True).stdout

    growing = SCENARIO.replace("rate: 1", "rate: 1.5")
    assert "the queue grows without end" in run(growing)
    (warning,) = json.loads(run(growing, "--json"))["warnings"]
    assert warning.startswith("s: the queue grows") and "horizon" in warning
    calm = SCENARIO.replace("rate: 1", "rate: 0.5")
    assert "grows" not in run(calm) and json.loads(run(calm, "--json"))["warnings"] == []
    fewer = SCENARIO.replace("servers: 1", "servers: [{from: 0, servers: 9}, {from: 2, servers: 0}]").replace("rate: 1", "rate: 9")
    use = json.loads(run(fewer, "--json"))["nodes"]["s"]["all"]["utilisation"]
    assert use["mean"] <= 1 and use["high"] <= 1


def test_an_allocation_comes_with_its_proof(tmp_path):
    """What --prices writes is checked here by the two sentences of the help, and the lottery done again."""
    seed = random.Random(4)
    homes, people = 12, 40
    areas = {1: (0, 7), 2: (1, 3), 3: (1, 9), 4: (2, 2)}
    around = {home: seed.randrange(5) for home in range(1, homes + 1)}
    edges = {(p, h): seed.randrange(3) for p in range(1, people + 1) for h in range(1, homes + 1) if seed.random() < 0.4}
    file, prices, output = tmp_path / "in.txt", tmp_path / "prices.txt", tmp_path / "out.txt"
    file.write_text(
        f"p alloc {people} {homes} {len(areas)} {len(edges)}\n"
        + "".join(f"a {a} {parent} {room}\n" for a, (parent, room) in areas.items())
        + "".join(f"h {h} {a}\n" for h, a in around.items() if a)
        + "".join(f"e {p} {h} {w}\n" for (p, h), w in edges.items()))
    for lottery in (None, "round 7"):
        more = ["--lottery", lottery] if lottery else []
        subprocess.run(
            [str(BINARY), "allocate", str(file), "--output", str(output), "--prices", str(prices), *more], check=True)
        lines = [line.split() for line in output.read_text().splitlines()]
        total = next(int(l[1]) for l in lines if l[0] == "s")
        matches = [(int(l[1]), int(l[2])) for l in lines if l[0] == "m"]
        assert matches == sorted(matches)
        assert total == sum(edges[m] for m in matches)
        scale, drawn = 1, {edge: 0 for edge in edges}
        if lottery:
            bits = next(int(l[3]) for l in lines if l[:2] == ["c", "lottery"])
            scale = int(prices.read_text().split("times ")[1].split()[0])
            drawn = {
                (p, h): int.from_bytes(hashlib.sha256(f"{lottery}:{p}:{h}".encode()).digest(), "big") >> (256 - bits)
                for p, h in edges}
        price = {"p": {}, "h": {}, "a": {}}
        for line in prices.read_text().splitlines():
            if line.startswith("y "):
                _, kind, place, value = line.split()
                price[kind][int(place)] = int(value)

        def above(home):
            area, found = around[home], []
            while area:
                found.append(area)
                area = areas[area][0]
            return found

        for (p, h), w in edges.items():
            worth = price["p"].get(p, 0) + price["h"].get(h, 0) + sum(price["a"].get(a, 0) for a in above(h))
            assert w * scale + drawn[p, h] <= worth
        assert sum(edges[m] * scale + drawn[m] for m in matches) == (
            sum(price["p"].values()) + sum(price["h"].values())
            + sum(areas[a][1] * value for a, value in price["a"].items()))
        for area in areas:
            assert sum(area in above(h) for _, h in matches) <= areas[area][1]


@pytest.mark.parametrize(
    "content, line, words",
    [
        ("p alloc 1 1 0 1\ne 1 1 5", None, ""),
        ("p alloc 1 1 1 1\na 1 0 -1\ne 1 1 5\n", 2, "capacity"),
        ("p alloc 1 1 2 1\na 1 2 1\na 2 1 1\ne 1 1 5\n", None, "within itself"),
        ("p alloc 1 1 0 2\ne 1 1 5\ne 1 1 6\n", 3, "line 2 too"),
        ("p alloc 1 1 2 1\na 1 0 1\na 2 0 2\nh 1 1\ne 1 1 5\nh 1 2\n", 6, "line 4 too"),
        ("p alloc 1 1 1 1\na 1 0 1\na 1 0 1\ne 1 1 5\n", 3, "line 2 too"),
        ("p alloc 1 1 0 1\np alloc 1 1 0 1\ne 1 1 5\n", 2, "line 1"),
        ("p alloc 1 1 0 1\ne 1 2 5\n", 2, "home"),
        ("p alloc 1 1 0 2\ne 1 1 5\n", None, "1 edges"),
    ])
def test_a_wrong_round_is_refused_with_its_line(content, line, words, tmp_path):
    file, output = tmp_path / "in.txt", tmp_path / "out.txt"
    file.write_text(content)
    ran = subprocess.run(
        [str(BINARY), "allocate", str(file), "--output", str(output)], capture_output=True, text=True)
    if not words:  # a last line without its end is a line
        assert ran.returncode == 0
        return
    assert ran.returncode == 65 and not output.exists()
    assert ran.stderr.startswith(f"{file}:{line}: " if line else f"{file}: ") and words in ran.stderr


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    file = tmp_path / "in.yaml"
    file.write_text(SCENARIO)
    command = [str(BINARY), "simulate", str(file), "--seed", "7", "--json"]
    one, other = (subprocess.run(command, capture_output=True, check=True).stdout for _ in range(2))
    assert one == other
    assert list(json.loads(one)) == sorted(json.loads(one))


def test_arl_refuses_what_is_no_design():
    for extra in (["--k", "0", "--h", "5"], ["--k", "1", "--h", "x"], ["--k", "1", "--h", "2", "--head-start", "2"], []):
        ran = subprocess.run([str(BINARY), "arl", "--mean", "1"] + extra, capture_output=True, text=True)
        assert ran.returncode == 64 and ran.stdout == ""
