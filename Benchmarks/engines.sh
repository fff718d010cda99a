#!/bin/sh
# Measures the engines beside their peers: Benchmarks/engines.sh [FOLDER]. Installs the peers: R's survival from Debian,
# the others in a virtual environment.
set -eu
cd "$(dirname "$0")/.."
folder="${1:-$(mktemp -d)}"
tools/need.sh python3-venv:/usr/lib/python3/dist-packages/../../python3.11/ensurepip/__init__.py \
  r-cran-survival:/usr/lib/R/library/survival
[ -x .venv-peers/bin/python ] || python3 -m venv .venv-peers
.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check --requirement Benchmarks/requirements.txt
for product in measure-engines geland; do swift build --configuration release --product $product >&2; done
exec .venv-peers/bin/python Benchmarks/engines.py \
  "$(swift build --configuration release --show-bin-path)/measure-engines" \
  "$(swift build --configuration release --show-bin-path)/geland" "$folder"
