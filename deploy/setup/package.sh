#!/usr/bin/env bash
# Installs a package by the system's own manager: as root, or by sudo that asks for no password; else it fails.
#
#   deploy/setup/package.sh NAME [WHAT FOR]
set -euo pipefail

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif sudo -n true 2>/dev/null; then sudo -n "$@"
    else return 1; fi
}

echo "Installing $1 ${2:-}"
if command -v apt-get >/dev/null; then
    as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$1"
elif command -v dnf >/dev/null; then as_root dnf install -y -q "$1"
elif command -v apk >/dev/null; then as_root apk add -q "$1"
elif command -v pacman >/dev/null; then as_root pacman -S --noconfirm --quiet "$1"
elif command -v zypper >/dev/null; then as_root zypper --non-interactive --quiet install "$1"
else exit 1; fi
