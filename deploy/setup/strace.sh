#!/usr/bin/env bash
# Prints the path of strace, with which the crash tests let the disk fail; installs the system's own when there is none.
#
# Order: $PATH, then the system's package manager, then a hint. Without strace the crash tests are skipped and say so;
# everything else runs.
set -euo pipefail

install_strace() { "$(dirname "$0")/package.sh" strace "for the crash tests" >&2 </dev/null; }

if command -v strace; then exit 0; fi
if [ "$(uname)" = Linux ] && install_strace && command -v strace; then exit 0; fi

echo "The crash tests need strace (Linux only) and it could not be installed. Install it and run make again:" >&2
echo "  sudo apt install strace" >&2
exit 1
