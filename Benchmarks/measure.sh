#!/bin/sh
# Measures Geland on this machine with many made-up residents: Benchmarks/measure.sh [RESIDENTS] [FOLDER]
# Prints figures for docs/performance.md. Needs the release build, python3 and wrk.
set -eu
cd "$(dirname "$0")/.."
residents="${1:-100000}"
folder="${2:-$(mktemp -d)}"
geland="$(swift build --configuration release --show-bin-path)/geland"
tools/need.sh wrk:/usr/bin/wrk
if [ ! -e "$folder/geland.sqlite" ]; then
  echo "Seeding $residents residents:" >&2
  /usr/bin/env time -f "seed: %e s, %M kB at most" "$geland" seed --residents "$residents" --years 2 \
    --database "sqlite:$folder/geland.sqlite" 2>&1 | tail -n 2
fi
ls -l "$folder" | awk 'NR > 1 { print $9 ": " $5 " bytes" }'
exec python3 Benchmarks/measure.py "$geland" "$folder"
