"""The store of one school: transactions for the one writer, readers for everybody else.

Holds always:
1. There is one writer; a reader sees committed state only.
2. `put_many` keeps the digests of the scopes: by difference, never recomputed.
3. The ledger is only appended to.
"""

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from server.storage.news import Page, Recent, news
from server.storage.rows import Insert, columns_of, row_of, sql
from server.storage.schema import MIGRATIONS, follow_model, migrate
from server.storage.sqlite import Connection, connect
from sync.evidence import Contact
from sync.ledger import START
from sync.merge import Row
from sync.model import KINDS
from sync.scopes import SUM, version_hash

EMPTY = (0, 0, 0)
ALIASES = 16  # entries known under one further name; each is of another copy of a store that was put back

_contacts = msgspec.json.Decoder(list[Contact])


class Epoch(Struct, frozen=True):
    """An epoch: `parted_seq` is the head at which it parted from the one before."""

    ordinal: int
    epoch: str
    parted_seq: int
    at: int


class DeviceRow(Struct):
    """What the school knows of a device: highest op decided, highest claim, contacts. `at`: last contact, UTC ms."""

    device: str
    person: str
    known: int = 0
    claim: int = 0
    contacts: list[Contact] = []
    at: int = 0


class Seen(Struct, frozen=True, gc=False):
    """What memory needs of an entry: is it the same op, and what was it answered? `salt` is None once erased."""

    n: int
    salt: bytes | None
    digest: bytes
    verdict: str
    reason: str
    detail: str
    seq: int


class Entry(Struct, frozen=True, gc=False):
    """An entry of the ledger, in the order of its columns.

    `digest` is salted and covered by the chain; `content` and `salt` may be erased by law, then both are NULL.
    """

    seq: int
    device: str
    n: int
    person: str
    kind: str
    key: str
    content: bytes | None
    salt: bytes | None
    digest: bytes
    claimed: int
    written: int
    after: int
    before: int
    arrived: int
    verdict: str
    reason: str
    detail: str
    authority: int
    chain: bytes

    def cells(self) -> dict[str, Any]:
        """What the entry set; empty when it was malformed or has been erased."""
        try:
            found = msgspec.json.decode(self.content or b"{}")
        except msgspec.DecodeError:
            return {}
        said = found.get("set") if isinstance(found, dict) else None
        return said if isinstance(said, dict) else {}


ENTRY = ", ".join(Entry.__struct_fields__)
INTO_ENTRY = Insert(f"entry (school, {ENTRY})", len(Entry.__struct_fields__))


def _device(row: tuple[Any, ...]) -> DeviceRow:
    device, person, known, claim, contacts, at = row
    return DeviceRow(device, person, known, claim, _contacts.decode(contacts), at)


class Reader:
    """Reads of committed state on one connection."""

    def __init__(self, db: Connection, school: str, recent: Recent | None = None) -> None:
        self.db, self.school = db, school
        self._recent = recent or Recent()

    def head(self) -> int:
        """The highest seq of the ledger; 0 when it is empty."""
        return int(
            self.db.execute("SELECT COALESCE(MAX(seq), 0) FROM entry WHERE school=?", [self.school]).fetchone()[0]
        )

    def arrived(self, seq: int) -> int | None:
        """When the entry with this seq arrived, UTC ms; None when there is none."""
        row = self.db.execute("SELECT arrived FROM entry WHERE school=? AND seq=?", [self.school, seq]).fetchone()
        return row[0] if row else None

    def arrived_of(self, device: str, n: int, person: str) -> int | None:
        """When this op of the person's device arrived, UTC ms; None when it is not in the ledger.

        It may stand there under another name alone. Several contents may be known by this one; whichever was answered
        had come by then, so the first of them to arrive bounds it.
        """
        (moment,) = self.db.execute(
            "SELECT COALESCE((SELECT arrived FROM entry WHERE school=?1 AND device=?2 AND n=?3), "
            "(SELECT MIN(e.arrived) FROM alias AS a JOIN entry AS e ON e.school=a.school AND e.seq=a.seq "
            "WHERE a.school=?1 AND a.device=?2 AND a.n=?3 AND e.person=?4))",
            [self.school, device, n, person],
        ).fetchone()
        return None if moment is None else int(moment)

    def head_at(self, moment: int) -> int:
        """The head of the ledger as it was at a moment; looks through the whole ledger, so for rare questions only."""
        found = self.db.execute(
            "SELECT COALESCE(MAX(seq), 0) FROM entry WHERE school=? AND arrived<=?", [self.school, moment]
        )
        return int(found.fetchone()[0])

    def epochs(self) -> list[Epoch]:
        """Every epoch, oldest first."""
        found = self.db.execute(
            "SELECT ordinal, epoch, parted_seq, at FROM epoch WHERE school=? ORDER BY ordinal", [self.school]
        )
        return [Epoch(*row) for row in found]

    def meta(self, name: str) -> str | None:
        """A setting of the store itself."""
        row = self.db.execute("SELECT value FROM meta WHERE school=? AND name=?", [self.school, name]).fetchone()
        return row[0] if row else None

    def get_many(self, kind: str, keys: list[str]) -> dict[str, Row]:
        """Rows by key; keys that nobody has written are absent."""
        found = self.db.execute(sql(kind).get, [self.school, msgspec.json.encode(keys).decode()])
        return {row[0]: row_of(kind, row) for row in found}

    def every(self, kind: str) -> Iterator[Row]:
        """All rows of a kind."""
        statement = sql(kind).get.split(" AND key IN")[0]
        return (row_of(kind, row) for row in self.db.execute(statement, [self.school]))

    def devices(self) -> list[DeviceRow]:
        """Every device that has ever been in contact."""
        found = self.db.execute(
            "SELECT device, person, known, claim, contacts, at FROM device WHERE school=?", [self.school]
        )
        return [_device(row) for row in found]

    def device(self, device: str) -> DeviceRow | None:
        """One device, or None."""
        row = self.db.execute(
            "SELECT device, person, known, claim, contacts, at FROM device WHERE school=? AND device=?",
            [self.school, device],
        ).fetchone()
        return _device(row) if row else None

    def scope_totals(self, scopes: Iterable[str]) -> dict[str, tuple[int, int, int]]:
        """(seq, count, sum) of each scope that has rows: its last change and its digest."""
        found = self.db.execute(
            "SELECT scope, seq, count, sum FROM scope WHERE school=? AND scope IN (SELECT value FROM json_each(?))",
            [self.school, msgspec.json.encode(list(scopes)).decode()],
        )
        return {scope: (seq, count, total) for scope, seq, count, total in found}

    def scope_total(self, scope: str) -> tuple[int, int, int]:
        """(seq, count, sum) of a scope; zeros when it has no rows."""
        return self.scope_totals([scope]).get(scope, EMPTY)

    def news(self, wanted: Mapping[str, int], upto: int, page: int) -> Iterator[Page]:
        """Per scope, in the order given, the rows after its cursor and up to `upto`, about `page` rows in all.

        A scope that has not moved is not mentioned; one that was never asked for (cursor 0) is, even when empty.
        """
        totals = self.scope_totals(wanted)
        for scope, after in wanted.items():
            if page <= 0:
                return
            total = totals.get(scope, EMPTY)
            found = news(self.db, self.school, scope, (after, upto), page, total, self._recent)
            if found is not None:
                page -= found.rows
                yield found

    def seen_ops(self, device: str, numbers: list[int]) -> dict[int, Seen]:
        """Of these op numbers of the device, what the ledger knows."""
        found = self.db.execute(
            "SELECT n, salt, digest, verdict, reason, detail, seq FROM entry WHERE school=? AND device=? "
            "AND n IN (SELECT value FROM json_each(?))",
            [self.school, device, msgspec.json.encode(numbers).decode()],
        )
        return {row[0]: Seen(*row) for row in found}

    def aliased(self, device: str, person: str, numbers: list[int]) -> dict[int, list[Seen]]:
        """What the ledger knows of entries of the person that bear one of these numbers of the device as another name,
        by that number. Each `n` is that of the entry's own name."""
        found = self.db.execute(
            "SELECT a.n, e.n, salt, digest, verdict, reason, detail, e.seq FROM alias AS a JOIN entry AS e "
            "ON e.school=a.school AND e.seq=a.seq WHERE a.school=? AND a.device=? AND e.person=? "
            "AND a.n IN (SELECT value FROM json_each(?))",
            [self.school, device, person, msgspec.json.encode(numbers).decode()],
        )
        known: dict[int, list[Seen]] = {}
        for n, *entry in found:
            known.setdefault(n, []).append(Seen(*entry))
        return known

    def entries_of(self, kind: str, key: str) -> list[Entry]:
        """The ledger's entries on one record, oldest first."""
        found = self.db.execute(
            f"SELECT {ENTRY} FROM entry WHERE school=? AND kind=? AND key=? ORDER BY seq", [self.school, kind, key]
        )
        return [Entry(*row) for row in found]

    def entries_after(self, seq: int, limit: int) -> list[Entry]:
        """The ledger's entries after a seq, oldest first."""
        found = self.db.execute(
            f"SELECT {ENTRY} FROM entry WHERE school=? AND seq>? ORDER BY seq LIMIT ?", [self.school, seq, limit]
        )
        return [Entry(*row) for row in found]

    def chain(self) -> bytes:
        """The chain's value at the head."""
        row = self.db.execute(
            "SELECT chain FROM entry WHERE school=? ORDER BY seq DESC LIMIT 1", [self.school]
        ).fetchone()
        return bytes(row[0]) if row else START

    def changed(self, kind: str, after: int, upto: int) -> list[str]:
        """Keys of a kind whose last change lies in (after, upto]. Looks only into scopes that have moved since."""
        head = KINDS[kind].scope.partition("{")[0]
        statement = (
            f"SELECT key FROM scope AS s CROSS JOIN r_{kind} AS r ON r.school=s.school AND r.scope=s.scope "
            "WHERE s.school=? AND s.scope>=? AND s.scope<=? AND s.seq>? AND r.seq>? AND r.seq<=?"
        )
        return [row[0] for row in self.db.execute(statement, [self.school, head, f"{head}~", after, after, upto])]

    def keys_with_part(self, kind: str, part: str) -> list[str]:
        """Keys of a kind that have this part; looks through the whole table, so for rare questions only."""
        statement = f"SELECT key FROM r_{kind} WHERE school=? AND key LIKE ?"
        return [row[0] for row in self.db.execute(statement, [self.school, f"%/{part}%"]) if part in row[0].split("/")]


class Transaction(Reader):
    """What the one writer may do between BEGIN and COMMIT."""

    def put_many(self, kind: str, rows: list[tuple[Row, int]]) -> None:
        """Store rows, each with the seq it had before (0: new), and move the digests of their scopes."""
        sql(kind).put.run(self.db, self.school, columns_of(kind, (row for row, _ in rows)))
        moved: dict[str, list[int]] = {}
        for row, before in rows:
            seq, count, total = row.seq, 1, version_hash(kind, row.key, row.seq)
            if before:
                count, total = 0, total - version_hash(kind, row.key, before)
            change = moved.get(row.scope)
            if change is None:
                moved[row.scope] = [seq, count, total]
            else:
                change[0] = max(change[0], seq)
                change[1] += count
                change[2] += total
        self.db.executemany(
            "INSERT INTO scope (school, scope, seq, count, sum) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (school, scope) DO UPDATE SET seq=MAX(seq, excluded.seq), count=count+excluded.count, "
            f"sum=(sum+excluded.sum)%{SUM}",
            [(self.school, scope, seq, count, total % SUM) for scope, (seq, count, total) in moved.items()],
        )

    def log_many(self, entries: list[Entry]) -> None:
        """Append to the ledger."""
        INTO_ENTRY.run(self.db, self.school, [msgspec.structs.astuple(e) for e in entries])

    def alias(self, device: str, n: int, seq: int) -> None:
        """The entry `seq` is also known under this name, unless ALIASES are already: each op that names it is compared
        with all of them."""
        self.db.execute(
            "INSERT OR IGNORE INTO alias (school, device, n, seq) SELECT ?1, ?2, ?3, ?4 "
            "WHERE (SELECT COUNT(*) FROM alias WHERE school=?1 AND device=?2 AND n=?3) < ?5",
            [self.school, device, n, seq, ALIASES],
        )

    def put_device(self, row: DeviceRow) -> None:
        """Store what is known of a device."""
        self.db.execute(
            "INSERT INTO device (school, device, person, known, claim, contacts, at) VALUES (?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (school, device) DO UPDATE SET person=excluded.person, known=excluded.known, "
            "claim=excluded.claim, contacts=excluded.contacts, at=excluded.at",
            [self.school, row.device, row.person, row.known, row.claim,
             msgspec.json.encode(row.contacts).decode(), row.at],
        )  # fmt: skip

    def set_meta(self, name: str, value: str) -> None:
        """Store a setting of the store itself."""
        self.db.execute(
            "INSERT INTO meta (school, name, value) VALUES (?, ?, ?) "
            "ON CONFLICT (school, name) DO UPDATE SET value=excluded.value",
            [self.school, name, value],
        )

    def begin_epoch(self, epoch: str, at: int, reason: str, *, above: int = 0, parted: int | None = None) -> Epoch:
        """Part from the epoch before: at the seq `parted`, or at the present head. `above`: the highest ordinal that is
        known elsewhere."""
        last = max([above, *(known.ordinal for known in self.epochs())])
        begun = Epoch(last + 1, epoch, self.head() if parted is None else parted, at)
        self.db.execute(
            "INSERT INTO epoch (school, ordinal, epoch, parted_seq, at, reason) VALUES (?, ?, ?, ?, ?, ?)",
            [self.school, begun.ordinal, begun.epoch, begun.parted_seq, at, reason],
        )
        return begun


class JournalStore:
    """The database of one school. `write` is for the writer thread alone; `read` is safe from any thread."""

    def __init__(self, path: Path, school: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path, self.school = path, school
        self._writer = connect(path)
        migrate(self._writer, MIGRATIONS)
        follow_model(self._writer)
        self._free: list[Connection] = []
        self._recent = Recent()
        self._lock = threading.Lock()

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """A transaction: committed and fsynced when the block ends, undone when it raises."""
        self._writer.execute("BEGIN IMMEDIATE")
        try:
            yield Transaction(self._writer, self.school)
            self._writer.execute("COMMIT")
        except BaseException:
            if self._writer.in_transaction:
                self._writer.execute("ROLLBACK")
            raise

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """A consistent view of what is committed."""
        with self._lock:
            db = self._free.pop() if self._free else None
        if db is None:
            db = connect(self.path, readonly=True)
        db.execute("BEGIN")
        try:
            yield Reader(db, self.school, self._recent)
        finally:
            db.execute("ROLLBACK")
            with self._lock:
                self._free.append(db)

    def close(self) -> None:
        """Close every connection."""
        with self._lock:
            for db in (*self._free, self._writer):
                db.close()
            self._free.clear()


def fact_kinds() -> list[str]:
    """The kinds that the rules read, the school first: its time zone governs the spans of the others."""
    return sorted((k.name for k in KINDS.values() if k.fact), key=lambda name: name != "school")
