#!/usr/bin/env bash
# Makes the Python environment in the folder given, empty but for pip.
#
# Debian keeps a part of `venv` in a package of its own (python3-venv). When it is missing: pip of the system
# fills the environment; else the system's package manager installs the part; else the person is told what to type.
set -euo pipefail

folder=$1
package=$(dirname "$0")/package.sh

fits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2])' 2>/dev/null; }

find_python() {
    local name
    for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if fits "$name"; then
            command -v "$name"
            return
        fi
    done
    echo "No Python 3.11 or newer was found. Install one (Debian: apt install python3), or say where it is:" >&2
    echo "  make PYTHON=/path/to/python3.11 ..." >&2
    exit 1
}

python=$(find_python)
echo "Making $folder with $("$python" --version)"

said=$(mktemp)
trap 'rm -f "$said"' EXIT

if "$python" -m venv --clear "$folder" >"$said" 2>&1; then exit 0; fi

if pip=$("$python" -c 'import pip; print(pip.__path__[0])' 2>/dev/null) &&
    "$python" -m venv --clear --without-pip "$folder" >>"$said" 2>&1; then
    cp -r "$pip" "$("$folder/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/pip"
    if "$folder/bin/python" -m pip --version >/dev/null 2>&1; then exit 0; fi
fi

if command -v apt-get >/dev/null; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    echo "This Python can make no environment yet: trying to install its venv package"
    if { "$package" "python$version-venv" || "$package" python3-venv; } >>"$said" 2>&1 </dev/null &&
        "$python" -m venv --clear "$folder" >>"$said" 2>&1; then
        exit 0
    fi
fi

rm -rf "$folder"
cat "$said" >&2
echo "No Python environment could be made (above is why). On Debian the missing part is a package of its own;" >&2
echo "install it and run make again:" >&2
echo "  sudo apt install python3-venv" >&2
exit 1
