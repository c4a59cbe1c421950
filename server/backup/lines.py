"""Lines: each epoch of a database replicates to a path of its own on the shelf.

    accounts/0001-9f3a2c/            schools/17/0001-c04e11/
                                     schools/17/0002-77b0d2/     after a restore
                                     schools/17/0002-77b0d2-2/   after the folder above was found emptied

Nothing fences two Litestreams: a server that was thought dead and lives goes on writing its own line, and the restored
one never touches that. The newest line is the one with the highest ordinal, then the highest number.

Holds always:
1. A line is continued only with the local state of Litestream that wrote it; a new line begins with none, so with a
   whole snapshot. (With another line's state Litestream waits for files that are not there.)
"""

import os
import re
import secrets
import shutil
from pathlib import Path

import msgspec
import sqlite_utils
from msgspec import Struct

from server.storage.journal import Epoch
from server.storage.schema import migrate
from server.storage.sqlite import connect

ACCOUNTS = "accounts"
SCHOOLS = "schools"
RECORD = "lines.json"  # in the data folder: database -> the line it is writing
MARK = "line.json"  # in a line on a folder shelf: who writes here

_NAME = re.compile(r"(\d{4,})-([0-9a-z]+)(?:-(\d+))?")


class Line(Struct, frozen=True, order=True):
    """A path that one epoch of one database replicates to. `store`: "accounts" or "schools/<id>". Newer is greater."""

    store: str
    ordinal: int
    number: int
    epoch: str

    @property
    def name(self) -> str:
        """The line's folder."""
        return f"{self.ordinal:04}-{self.epoch}" + (f"-{self.number}" if self.number > 1 else "")

    @property
    def path(self) -> str:
        """Its path on the shelf."""
        return f"{self.store}/{self.name}"


class Mark(Struct):
    """Stands in a line on a folder shelf, so that a folder emptied or swapped under us is noticed."""

    store: str
    epoch: str
    ordinal: int
    at: int


def read_line(store: str, name: str) -> Line | None:
    """The line with this folder name; None when it is none."""
    found = _NAME.fullmatch(name)
    return Line(store, int(found[1]), int(found[3] or 1), found[2]) if found else None


def database_of(data: Path, store: str) -> Path:
    """The database file of a store."""
    return data / "accounts.db" if store == ACCOUNTS else data / store / "journal.db"


class Lines:
    """The lines that a data folder is writing now."""

    def __init__(self, data: Path) -> None:
        self._data = data
        try:
            self._names = msgspec.json.decode((data / RECORD).read_bytes(), type=dict[str, str])
        except (OSError, msgspec.DecodeError):
            self._names = {}

    def current(self, store: str, epoch: Epoch) -> Line:
        """The line for the present epoch: the one written before, or the epoch's first."""
        line = read_line(store, self._names.get(store, ""))
        if line and (line.ordinal, line.epoch) == (epoch.ordinal, epoch.epoch):
            return line
        return Line(store, epoch.ordinal, 1, epoch.epoch)

    def known(self, line: Line) -> bool:
        """True when this line is the one that was written before."""
        return self._names.get(line.store) == line.name

    def begin(self, lines: list[Line]) -> None:
        """From now on these are written; Litestream must not be running. Local state of other lines is forgotten."""
        for line in lines:
            if not self.known(line):
                forget(database_of(self._data, line.store))
        self._names = {line.store: line.name for line in lines}
        whole = self._data / f"{RECORD}.new"
        with whole.open("wb") as file:
            file.write(msgspec.json.encode(self._names))
            file.flush()
            os.fsync(file.fileno())
        whole.replace(self._data / RECORD)


def forget(database: Path) -> None:
    """Take away Litestream's local state of a database: it begins anew with a snapshot."""
    shutil.rmtree(database.with_name(f".{database.name}-litestream"), ignore_errors=True)


def _epochs(db: sqlite_utils.Database) -> None:
    db.execute("CREATE TABLE epoch (ordinal INTEGER PRIMARY KEY, epoch TEXT, at INTEGER, reason TEXT)")


def accounts_epoch(path: Path, at: int, *, restored: bool = False, above: int = 0) -> Epoch:
    """The epoch of the accounts database; a new one when there is none yet or when it was `restored`.

    `above`: the highest ordinal that is known elsewhere.
    """
    db = connect(path)
    try:
        migrate(db, [("0001 epochs of the backup", _epochs)])
        db.execute("BEGIN IMMEDIATE")
        row = db.execute("SELECT ordinal, epoch, at FROM epoch ORDER BY ordinal DESC LIMIT 1").fetchone()
        if row is None or restored:
            row = (max(row[0] if row else 0, above) + 1, secrets.token_hex(6), at)
            db.execute(
                "INSERT INTO epoch (ordinal, epoch, at, reason) VALUES (?, ?, ?, ?)",
                [*row, "restored" if restored else "founded"],
            )
        db.execute("COMMIT")
    finally:
        db.close()
    return Epoch(row[0], row[1], 0, row[2])
