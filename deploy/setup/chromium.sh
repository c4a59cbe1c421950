#!/usr/bin/env bash
# Prints the path of a Chromium for the browser tests; installs the system's own when there is none.
#
# Order: $CHROMIUM, then the usual names, then the system's package manager (as root, or by sudo that asks for no
# password), then a hint. With --find nothing is installed.
set -euo pipefail

find_chromium() {
    local name
    for name in ${CHROMIUM:-} chromium chromium-browser google-chrome google-chrome-stable; do
        if command -v "$name"; then return 0; fi
    done
    return 1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif sudo -n true 2>/dev/null; then sudo -n "$@"
    else return 1; fi
}

install_chromium() {
    echo "Installing Chromium for the browser tests" >&2
    if command -v apt-get >/dev/null; then
        as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium
    elif command -v dnf >/dev/null; then as_root dnf install -y -q chromium
    elif command -v apk >/dev/null; then as_root apk add -q chromium
    elif command -v pacman >/dev/null; then as_root pacman -S --noconfirm --quiet chromium
    elif command -v zypper >/dev/null; then as_root zypper --non-interactive --quiet install chromium
    else return 1; fi
}

if find_chromium; then exit 0; fi
if [ "${1:-}" != --find ] && install_chromium >&2 </dev/null && find_chromium; then exit 0; fi

echo "The browser tests need Chromium and it could not be installed. Install it and run make again:" >&2
echo "  sudo apt install chromium" >&2
echo "or say where it is: make test CHROMIUM=/path/to/chromium" >&2
exit 1
