#!/usr/bin/env bash
# Says whether Node and npm are there and new enough to build the tablet's app; else what to do.
# The versions are those that every package of the lock allows (npm is told to be strict, pwa/.npmrc).
set -euo pipefail

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    echo "Node 20.19 or newer and npm are needed to build the tablet's app. Debian 13: sudo apt install nodejs npm" >&2
    echo "An older system: take the current Node from nodejs.org, then run make again." >&2
    exit 1
fi
if ! node -e 'const [a, b] = process.versions.node.split("."); process.exit(b >= { 20: 19, 22: 13 }[a] || a >= 24 ? 0 : 1)'; then
    echo "Node $(node --version) does not build it: 20.19, 22.13, or 24 and newer do. Take the current one from nodejs.org." >&2
    exit 1
fi
