#!/usr/bin/env bash
# Prints the path of strace, with which the crash tests let the disk fail; installs the system's own when there is none.
#
# Order: $PATH, then the system's package manager (as root, or by sudo that asks for no password), then a hint. Without
# strace the crash tests are skipped and say so; everything else runs. With --find nothing is installed.
set -euo pipefail

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif sudo -n true 2>/dev/null; then sudo -n "$@"
    else return 1; fi
}

install_strace() {
    echo "Installing strace for the crash tests" >&2
    if command -v apt-get >/dev/null; then
        as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq strace
    elif command -v dnf >/dev/null; then as_root dnf install -y -q strace
    elif command -v apk >/dev/null; then as_root apk add -q strace
    elif command -v pacman >/dev/null; then as_root pacman -S --noconfirm --quiet strace
    elif command -v zypper >/dev/null; then as_root zypper --non-interactive --quiet install strace
    else return 1; fi
}

if command -v strace; then exit 0; fi
if [ "$(uname)" = Linux ] && [ "${1:-}" != --find ] && install_strace >&2 </dev/null && command -v strace; then exit 0; fi

echo "The crash tests need strace (Linux only) and it could not be installed. Install it and run make again:" >&2
echo "  sudo apt install strace" >&2
exit 1
