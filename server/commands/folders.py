"""The data folder as the commands find it: held by one of them at a time, empty or with a school in it."""

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from server.backup.locks import SERVER, Holder, take
from server.commands.words import Trouble


@contextmanager
def held(data: Path, what: str, *, backups: Path | None = None, host: str = "", port: int = 0) -> Iterator[None]:
    """The data folder, made if need be, held against every other server and command. Raises InUse, OSError."""
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    now = time.time_ns() // 1_000_000
    lock = take(data / SERVER, Holder(os.getpid(), what, now, host, port, str(data), str(backups or "")))
    try:
        yield
    finally:
        lock.release()


def schools(data: Path) -> list[str]:
    """Ids of the schools that live in a data folder."""
    return sorted(path.parent.name for path in (data / "schools").glob("*/journal.db"))


def need_a_school(data: Path) -> None:
    """Raise Trouble when there is nothing to serve."""
    if not schools(data):
        raise Trouble(
            f"There is no school in {data}.",
            "Bring one in (zvonok import oneroster PATH --school ID), back (zvonok restore), or try: zvonok demo.",
        )


def addresses(host: str, port: int) -> list[str]:
    """Where a browser finds a server that listens on this host."""
    if host not in ("0.0.0.0", "::"):
        return [f"http://{f'[{host}]' if ':' in host else host}:{port}"]
    found = [f"http://localhost:{port}"]
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(("192.0.2.1", 9))  # nothing is sent: it only tells which way out this machine has
            found.append(f"http://{probe.getsockname()[0]}:{port}")
    except OSError:
        pass
    return found
