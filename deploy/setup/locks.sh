#!/usr/bin/env bash
# The lock files: `make` writes them from pyproject.toml and pwa/package.json, `check` reads them for hosts.
#
# Holds always:
# 1. Every package is pinned, with its hash, for every system and Python 3.11 or newer.
# 2. No lock names a package registry: a school or a region may install from a mirror of its own.
set -euo pipefail
cd "$(dirname "$0")/../.."

uv_version=0.13.9

make_locks() {
    room=$(mktemp -d)
    trap 'rm -rf "$room"' EXIT
    .venv/bin/python -m venv "$room"
    "$room/bin/pip" install --quiet --disable-pip-version-check "uv==$uv_version"
    local compile=("$room/bin/uv" pip compile --quiet --no-config --generate-hashes --universal
        --python-version 3.11 --no-header pyproject.toml --extra install "$@")
    "${compile[@]}" --output-file requirements.lock
    "${compile[@]}" --extra dev --output-file requirements-dev.lock
    (cd pwa && npm install --package-lock-only)
}

check_locks() {
    if grep -nE '"resolved"|://[^/"]*(registry|npmjs|pypi|pythonh)|^--|--(index-url|extra-index|find-links)|@ (file|https?):' \
        requirements.lock requirements-dev.lock pwa/package-lock.json; then
        echo "A lock names a host (above). Remake it: make lock" >&2
        exit 1
    fi
    echo "Locks name no host."
}

case ${1:-} in
    make) shift; make_locks "$@"; check_locks ;;
    check) check_locks ;;
    *) echo "Usage: locks.sh make [--upgrade] | check" >&2; exit 2 ;;
esac
