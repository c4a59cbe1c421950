"""How this product opens SQLite: version, durability, and what is never left to a default.

SQLite before 3.51.3 can corrupt a database when two connections checkpoint at once, which is exactly what Litestream
does beside us; so an older one is refused at the door (sqlite.org, WAL-reset bug).
"""

from pathlib import Path
from typing import TYPE_CHECKING

from pysqlite3 import dbapi2 as sqlite3

if TYPE_CHECKING:  # pysqlite3 has the same interface and no types of its own
    from sqlite3 import Connection as Connection
else:
    Connection = sqlite3.Connection

LEAST = (3, 51, 3)
WRITER_CACHE = 16 * 1024  # kB: the pages that a group of entries touches stay at hand and are not written twice

OperationalError = sqlite3.OperationalError
DatabaseError = sqlite3.DatabaseError

# For a value of any type but int, float, str and bytearray the driver first asks the value how it wants to be stored,
# by two questions that end in exceptions: half the time of storing an entry. Here they are answered: as it is.
sqlite3.register_adapter(bytes, bytes)
sqlite3.register_adapter(bool, int)
sqlite3.register_adapter(type(None), lambda nothing: nothing)


class OldSqlite(Exception):
    """The SQLite at hand is too old to be trusted beside Litestream."""


def check_version(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> None:
    """Raise OldSqlite when the version may corrupt a database that Litestream copies."""
    if tuple(version) < LEAST:
        have, need = ".".join(map(str, version)), ".".join(map(str, LEAST))
        raise OldSqlite(
            f"SQLite {have} is too old: {need} or newer is needed. Install pysqlite3 from requirements.lock."
        )


def connect(path: Path | str, *, readonly: bool = False) -> Connection:
    """A connection in autocommit mode; transactions are begun by hand. Safe to use from one thread at a time.

    synchronous=FULL: what was answered as applied survives a power cut. wal_autocheckpoint=0: Litestream checkpoints.
    """
    check_version()
    db: Connection = sqlite3.connect(str(path), isolation_level=None, check_same_thread=False, cached_statements=256)
    db.execute("PRAGMA busy_timeout=10000")
    if readonly:
        db.execute("PRAGMA query_only=1")
    else:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=FULL")
        db.execute("PRAGMA wal_autocheckpoint=0")
        db.execute(f"PRAGMA cache_size=-{WRITER_CACHE}")
    db.execute("PRAGMA foreign_keys=1")
    db.execute("PRAGMA temp_store=MEMORY")
    return db
