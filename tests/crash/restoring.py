"""The child's side of a restore: the real `zvonok restore`, with a Litestream that strace may have hold of.

    python -m tests.crash.restoring FOLDER restore --from … --to …

FOLDER holds a `litestream` that starts the real one. The product looks for it beside its Python, so its Python is said
to be in FOLDER.
"""

import sys
from pathlib import Path

from server.backup.litestream import find
from server.cli import main

WRAPPER = """#!/bin/sh
case "$*" in
    *{which}*) exec strace -f {options} {real} "$@" ;;
    *) exec {real} "$@" ;;
esac
"""


def wrap(folder: Path, which: str, options: list[str]) -> None:
    """A Litestream in `folder` that is traced when its command line has `which` (a shell's pattern) in it."""
    wrapper = folder / "litestream"
    wrapper.write_text(WRAPPER.format(which=which, options=" ".join(options), real=find()))
    wrapper.chmod(0o700)


if __name__ == "__main__":
    sys.executable = str(Path(sys.argv.pop(1), "python"))
    main()
