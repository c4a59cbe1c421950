"""A whole copy of each database once a day, made by SQLite alone: Litestream has no part in it.

    backups/daily/accounts/2026-11-23.db
    backups/daily/schools/17/2026-11-23.db

Holds always:
1. A copy appears under its name only when it is whole and on the disk.
2. The KEEP newest copies of a database stay.
"""

import os
import re
from datetime import date
from pathlib import Path

from msgspec import Struct

from server.backup.lines import database_of
from server.storage.sqlite import connect

FOLDER = "daily"
KEEP = 30

_DAY = re.compile(r"(\d{4}-\d\d-\d\d)\.db")


class Copy(Struct, frozen=True):
    """A whole copy of a database. `day`: ISO date on the server's wall."""

    store: str
    day: str
    path: Path
    size: int


def copies(backups: Path, store: str) -> list[Copy]:
    """Every whole copy of a database, oldest first."""
    found = []
    for path in sorted((backups / FOLDER / store).glob("*.db")):
        if named := _DAY.fullmatch(path.name):
            found.append(Copy(store, named[1], path, path.stat().st_size))
    return found


def make_copy(data: Path, backups: Path, store: str, today: date) -> Copy | None:
    """Today's copy of a database; None when it is there already. Raises OSError, or the trouble SQLite has."""
    target = backups / FOLDER / store / f"{today.isoformat()}.db"
    if target.exists():
        return None
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_suffix(".half")
    half.unlink(missing_ok=True)
    os.close(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        db = connect(database_of(data, store))
        try:
            db.execute("VACUUM INTO ?", [str(half)])
        finally:
            db.close()
        with half.open("rb+") as file:
            os.fsync(file.fileno())
        half.rename(target)
    except BaseException:
        half.unlink(missing_ok=True)
        raise
    for old in copies(backups, store)[:-KEEP]:
        old.path.unlink()
    return Copy(store, today.isoformat(), target, target.stat().st_size)
