#!/bin/sh
# Installs Debian packages that are missing. Each argument is PACKAGE:FILE; a package whose file is there is skipped.
set -eu
missing=""
for need in "$@"; do
  [ -e "${need#*:}" ] || missing="$missing ${need%%:*}"
done
[ -n "$missing" ] || exit 0
if ! command -v apt-get >/dev/null; then
  echo "Geland needs:$missing. Install them with your system's package tool and run make again." >&2
  exit 1
fi
as=""
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null || { echo "As root, run: apt-get install$missing" >&2; exit 1; }
  as="sudo"
fi
echo "Installing:$missing" >&2
$as apt-get update -qq >&2
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive $as apt-get install -y -qq --no-install-recommends $missing >/dev/null
