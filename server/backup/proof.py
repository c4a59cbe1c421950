"""Proof that a journal is whole, and that two journals tell the same story.

Holds always:
1. A whole journal has every seq from 1 to its head exactly once, each linked to the one before (see `sync.ledger`).
2. Its scopes' digests, kept by difference at each commit, equal those counted anew from all rows.
3. Two journals that agree up to a seq have one chain there and equal rows wherever neither has changed them since.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from pysqlite3 import dbapi2 as sqlite3

from server.storage.journal import Reader
from server.storage.schema import table
from server.storage.sqlite import check_version
from sync.ledger import START, content_digest, link
from sync.model import KINDS
from sync.scopes import SUM, version_hash


class Unsound(Exception):
    """The journal contradicts itself; the message says where."""


class Proof(Struct, frozen=True):
    """What a whole journal holds. `last_at`: arrival of the last entry, UTC ms, 0 when there is none."""

    head: int
    rows: int
    last_at: int
    school_name: str


@contextmanager
def look(database: Path, school: str) -> Iterator[Reader]:
    """One consistent view of a journal, beside a server that may be running on it.

    The file is opened read-only: the last to close a writable connection tidies the write-ahead log away, and
    Litestream would have to begin with a whole snapshot at the next start.
    """
    check_version()
    db = sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    try:
        db.execute("PRAGMA busy_timeout=10000")
        db.execute("BEGIN")
        yield Reader(db, school)
    finally:
        db.close()


def prove(reader: Reader) -> Proof:
    """Read everything once. Raises Unsound."""
    last_at = _prove_ledger(reader)
    rows = _prove_scopes(reader)
    return Proof(reader.head(), rows, last_at, name_of(reader))


def name_of(reader: Reader) -> str:
    """The school's name; its id when it has none."""
    names = [row.values.get("name") for row in reader.every("school")]
    return str(next((name for name in names if name), reader.school))


def digest(reader: Reader, *, upto: int | None = None, without: frozenset[tuple[str, str]] = frozenset()) -> str:
    """Digest of the chain at `upto` and of every row with a seq up to it, in order of key, as stored.

    Rows named in `without` as (kind, key) are left out: those that the other journal has changed since.
    """
    limit = reader.head() if upto is None else upto
    total = sha256(_chain_at(reader, limit))
    for kind, row in _rows(reader, limit):
        if (kind, row[0]) not in without:
            total.update(msgspec.msgpack.encode((kind, row)))
    return total.hexdigest()


def changed_since(reader: Reader, seq: int) -> frozenset[tuple[str, str]]:
    """(kind, key) of every row whose last change is later than `seq`."""
    head = reader.head()
    return frozenset((kind, key) for kind in KINDS for key in reader.changed(kind, seq, head))


def _prove_ledger(reader: Reader) -> int:
    chain, expected, last_at = START, 1, 0
    columns = "seq, device, n, verdict, salt, content, digest, arrived, chain"
    statement = f"SELECT {columns} FROM entry WHERE school=? ORDER BY seq"
    found = reader.db.execute(statement, [reader.school])
    for seq, device, n, verdict, salt, content, digest, arrived, stored in found:
        if seq != expected:
            raise Unsound(f"the ledger has entry {seq} where {expected} belongs")
        if salt is not None and content_digest(salt, content) != digest:  # erased by law: only the digest is left
            raise Unsound(f"entry {seq} of the ledger is not what was written")
        chain = link(chain, seq, device, n, verdict, digest)
        if chain != stored:
            raise Unsound(f"entry {seq} of the ledger does not follow from the one before it")
        expected, last_at = seq + 1, max(last_at, arrived)
    return last_at


def _prove_scopes(reader: Reader) -> int:
    counted: dict[str, tuple[int, int]] = {}
    for kind in KINDS:
        statement = f"SELECT key, scope, seq FROM {table(kind)} WHERE school=?"
        for key, scope, seq in reader.db.execute(statement, [reader.school]):
            count, total = counted.get(scope, (0, 0))
            counted[scope] = (count + 1, total + version_hash(kind, key, seq))
    statement = "SELECT scope, count, sum FROM scope WHERE school=? AND count>0"
    kept = {scope: (count, total) for scope, count, total in reader.db.execute(statement, [reader.school])}
    anew = {scope: (count, total % SUM) for scope, (count, total) in counted.items()}
    if kept != anew:
        scope = min(s for s in kept.keys() | anew.keys() if kept.get(s) != anew.get(s))
        raise Unsound(f"the rows of scope {scope} are not those that its digest was kept for")
    return sum(count for count, _ in counted.values())


def _chain_at(reader: Reader, seq: int) -> bytes:
    row = reader.db.execute("SELECT chain FROM entry WHERE school=? AND seq=?", [reader.school, seq]).fetchone()
    return bytes(row[0]) if row else START


def _rows(reader: Reader, upto: int) -> Iterator[tuple[str, tuple[Any, ...]]]:
    for kind, declared in KINDS.items():
        cells = ", ".join(f'"c_{cell}"' for cell in declared.cells)
        columns = f"key, scope, seq, {cells}, heads, conflict"
        statement = f"SELECT {columns} FROM {table(kind)} WHERE school=? AND seq<=? ORDER BY key"
        for row in reader.db.execute(statement, [reader.school, upto]):
            yield kind, row
