"""One replica seen from outside, with Litestream's own commands: what is in it, can it be restored, restoring it.

The replica is named by a configuration made for the one command, so that folder, S3 and SFTP are alike and no secret
stands in a command line.
"""

import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from server.backup.litestream import environment, find
from server.backup.shelf import Unreachable

NOTHING = "no matching backup files available"
LOOK = 120.0  # seconds that a look at a replica may take


class Broken(Exception):
    """The replica can't be restored; the message is Litestream's own."""


class File(Struct):
    """A file of the replica. `timestamp`: when what it ends with was committed, to the second or so."""

    level: int
    size: int
    timestamp: datetime


class Plan(Struct):
    """Whether a replica can be restored. `empty`: nothing was ever uploaded to it. `error`: why it can't, else ""."""

    ok: bool
    empty: bool
    error: str
    since: datetime | None = None
    size: int = 0


class _Planned(Struct):
    files: list[File] = []


def plan(replica: dict[str, Any]) -> Plan:
    """Look at a replica. Raises Unreachable."""
    files = contents(replica)
    if not files:
        return Plan(False, True, NOTHING)
    since = min(file.timestamp for file in files)
    with tempfile.TemporaryDirectory(prefix="zvonok-") as room:
        done = _command(replica, Path(room), "restore", "-dry-run", "-json", "-o", str(Path(room, "out.db")))
    if done.returncode:
        return Plan(False, False, _said(done.stderr), since)
    planned = msgspec.json.decode(done.stdout, type=_Planned)
    return Plan(True, False, "", since, sum(file.size for file in planned.files))


def contents(replica: dict[str, Any]) -> list[File]:
    """Every file of a replica; none when nothing was uploaded yet. Raises Unreachable."""
    with tempfile.TemporaryDirectory(prefix="zvonok-") as room:
        done = _command(replica, Path(room), "ltx", "-level", "all", "-json")
    if done.returncode:
        raise Unreachable(_said(done.stderr))
    return msgspec.json.decode(done.stdout or "null", type=list[File] | None) or []


def fetch(
    replica: dict[str, Any], out: Path, at: datetime | None = None, progress: Callable[[int], None] | None = None
) -> None:
    """Restore to a new file, with the full integrity check. `progress` is told the bytes written so far.

    Raises Broken or Unreachable; `out` is then not there.
    """
    moment = ["-timestamp", at.isoformat().replace("+00:00", "Z")] if at else []
    with tempfile.TemporaryDirectory(prefix="zvonok-") as room, _config(replica, Path(room)) as (config, name):
        command = [str(find()), "restore", "-config", str(config), "-no-expand-env", "-integrity-check", "full"]
        process = subprocess.Popen(
            [*command, *moment, "-o", str(out), name],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment(),
        )  # fmt: skip
        assert process.stderr is not None
        try:
            while process.poll() is None:
                if progress:
                    progress(_size(out))
                time.sleep(0.05)
            said = process.stderr.read()
        finally:
            process.kill()
            process.wait()
            process.stderr.close()
    for extra in (f"{out}.tmp", f"{out}-txid"):
        Path(extra).unlink(missing_ok=True)
    if process.returncode:
        out.unlink(missing_ok=True)
        _check_end(process.returncode, said)
        raise Broken(_said(said))
    if progress:
        progress(_size(out))


@contextmanager
def _config(replica: dict[str, Any], room: Path) -> Iterator[tuple[Path, str]]:
    config, name = room / "litestream.yml", str(room / "journal.db")
    config.touch(0o600)
    config.write_bytes(msgspec.json.encode({"dbs": [{"path": name, "replica": replica}]}))
    yield config, name


def _command(replica: dict[str, Any], room: Path, verb: str, *more: str) -> subprocess.CompletedProcess[str]:
    with _config(replica, room) as (config, name):
        command = [str(find()), verb, "-config", str(config), "-no-expand-env", *more, name]
        try:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LOOK, env=environment()
            )
        except subprocess.TimeoutExpired:
            raise Unreachable(f"the backup did not answer within {LOOK:.0f} seconds") from None
        _check_end(done.returncode, done.stderr)
        return done


def _check_end(code: int, said: str) -> None:
    """A Litestream that was ended, or failed without a word, has said nothing against the replica."""
    if code < 0:
        raise Unreachable(f"litestream was ended by signal {-code} before it was done")
    if code and not said.strip():
        raise Unreachable("litestream failed without a word")


def _size(out: Path) -> int:
    for path in (out, Path(f"{out}.tmp")):
        try:
            return os.stat(path).st_size
        except FileNotFoundError:
            continue
    return 0


def _said(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].removeprefix("Error: ")
