"""Our engines beside R, live: on the data sets that come with R's survival, and on random data.

The data sets stay out of the repository; what R answers is computed here and now.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BINARY = Path(os.environ.get("GELAND_BINARY", ROOT / ".build/debug/geland"))
REFERENCE = ROOT / "Tests/Reference"
SHIPPED = ["lung", "veteran", "ovarian", "kidney", "mgus2", "colon"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("r")
    subprocess.run(["Rscript", REFERENCE / "survival.R", place, "shipped"], check=True, capture_output=True)
    return place


def same(ours, theirs, tolerance, what):
    if isinstance(theirs, list):
        assert len(ours) == len(theirs), what
        for one, other in zip(ours, theirs):
            same(one, other, tolerance, what)
    elif theirs is None:
        assert ours is None, what
    else:
        assert ours is not None and abs(ours - theirs) <= tolerance * max(1, abs(theirs)), (what, ours, theirs)


def survival(file, truth, *more):
    command = [BINARY, "survival", file, "--time", "time", "--event", "cause", "--json", *more]
    command += ["--cox", ",".join(truth["covariates"])] + (["--entry", "entry"] if truth["truncated"] else [])
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


@pytest.mark.parametrize("name", SHIPPED)
def test_survival_equals_r(folder, name):
    truth = json.loads((folder / f"{name}-truth.json").read_text())
    file = folder / f"{name}-data.csv"
    ours, grouped = survival(file, truth), survival(file, truth, "--group", "group")
    curve, cox = ours["curves"][""], ours["cox"]
    for our, their in {"time": "time", "atRisk": "atRisk", "events_at": "events", "survival": "survival",
                       "stdErr": "stdErr", "low": "low", "high": "high"}.items():
        same(curve[our], truth["curve"][their], 1e-12, our)
    same([curve["median"][k] for k in ("value", "low", "high")], truth["median"], 0, "median")
    same([grouped["logRank"]["chiSquare"], grouped["logRank"]["degrees"]], truth["logRank"], 1e-9, "log-rank")
    for key in ("coefficient", "stdErr", "logLikelihood", "concordance"):
        same(cox[key], truth["cox"][key], 1e-9, key)
    same(cox["proportionality"]["chiSquare"], truth["cox"]["zph"], 1e-9, "proportionality")
    if "incidence" in truth:
        for place, cause in enumerate(sorted(ours["incidence"][""])):
            same(ours["incidence"][""][cause]["value"], truth["incidence"]["value"][place], 1e-12, "incidence")
            same(ours["incidence"][""][cause]["stdErr"], truth["incidence"]["stdErr"][place], 1e-12, "its error")


def test_run_lengths_equal_r_as_it_is_now(tmp_path):
    """The stored table is what R still answers."""
    fresh = subprocess.run(["Rscript", REFERENCE / "arl.R"], capture_output=True, text=True, check=True).stdout
    assert fresh == (REFERENCE / "arl.csv").read_text()


def test_stored_exact_run_lengths_are_those_of_mpmath():
    fresh = subprocess.run([sys.executable, REFERENCE / "arl_exact.py"], capture_output=True, text=True, check=True).stdout
    assert fresh == (REFERENCE / "arl-exact.csv").read_text()
