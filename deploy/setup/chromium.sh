#!/usr/bin/env bash
# Prints the path of a Chromium for the browser tests; installs the system's own when there is none.
#
# Order: $CHROMIUM, then the usual names, then the system's package manager, then a hint. With --find nothing is installed.
set -euo pipefail

find_chromium() {
    local name
    for name in ${CHROMIUM:-} chromium chromium-browser google-chrome google-chrome-stable; do
        if command -v "$name"; then return 0; fi
    done
    return 1
}

install_chromium() { "$(dirname "$0")/package.sh" chromium "for the browser tests" >&2 </dev/null; }

if find_chromium; then exit 0; fi
if [ "${1:-}" != --find ] && install_chromium && find_chromium; then exit 0; fi

echo "The browser tests need Chromium and it could not be installed. Install it and run make again:" >&2
echo "  sudo apt install chromium" >&2
echo "or say where it is: make test CHROMIUM=/path/to/chromium" >&2
exit 1
