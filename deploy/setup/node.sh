#!/usr/bin/env bash
# Says whether Node and npm are there and new enough to build the tablet's app; else what to do.
set -euo pipefail

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    echo "Node 20.19 or newer and npm are needed to build the tablet's app. Debian 13: sudo apt install nodejs npm" >&2
    echo "An older system: take the current Node from nodejs.org, then run make again." >&2
    exit 1
fi
if ! node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)'; then
    echo "Node $(node --version) is too old: 20.19 or newer is needed. Take the current one from nodejs.org." >&2
    exit 1
fi
