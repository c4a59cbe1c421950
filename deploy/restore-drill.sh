#!/usr/bin/env bash
# Is the backup good? Restores the newest one into a temporary folder, with every check there is, and compares it with
# the live data at that point. Exit code 0: yes. The result also stands in `zvonok status`.
#
#   deploy/restore-drill.sh [folder with room for a copy of the data]
#
# Folders come from ZVONOK_DATA and ZVONOK_BACKUPS, else data/ and backups/ of this checkout.
set -euo pipefail
cd "$(dirname "$0")/.."

export ZVONOK_DATA=${ZVONOK_DATA:-$PWD/data} ZVONOK_BACKUPS=${ZVONOK_BACKUPS:-$PWD/backups}
# Beside the data, where a copy of it surely fits: /tmp is often small, or memory.
room=${1:-$(dirname "$ZVONOK_DATA")}

if [ ! -x .venv/bin/zvonok ]; then
    echo "There is no .venv here: run  make build .venv/.journal  first." >&2
    exit 1
fi
exec .venv/bin/zvonok drill --room "$room"
