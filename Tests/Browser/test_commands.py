"""The engines' help teaches by example: each example must run as printed, and print what stands there."""

import json
import re
import subprocess
import textwrap

import pytest
from house import BINARY

ENGINES = ["survival", "detect", "arl", "simulate"]


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
        (["survival", "FILE", "--time", "t", "--event", "e"], "t,e\n1,0\nnan,1\n", 3, "no number"),
        (["survival", "FILE", "--time", "t", "--event", "e"], "t,e\n1,0\n-2,1\n", 3, "below 0"),
        (["survival", "FILE", "--time", "t", "--event", "e", "--entry", "s"], "t,e,s\n5,0,5\n", 2, "not before"),
        (["survival", "FILE", "--time", "t", "--event", "e"], "t,e\n1,0\n2\n", 3, "cells"),
        (["survival", "FILE", "--time", "t", "--event", "x"], "t,e\n1,0\n", 1, "no column"),
        (["survival", "FILE", "--time", "t", "--event", "e"], "", None, "no header"),
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
