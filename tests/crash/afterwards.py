"""What must hold afterwards, whatever failed where. The parent opens what the child left, as the next start would.

Holds always, else an AssertionError says what does not:
1. Every acknowledged op is in the ledger, no op is in it twice, and a batch is in it whole or not at all.
2. SQLite finds the file whole, the ledger's chain verifies, the digests of the scopes equal those counted anew.
3. The facts that the rules read are those of what is in the ledger.
4. The same request sent again is answered as it would have been without the fault, and then the school is, cell by
   cell and entry by entry, the one that it would have been.
5. After that the school takes the next op.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from server.backup.proof import Unsound, look, prove
from server.exchange import Draft, Exchange
from server.storage.journal import JournalStore, Reader
from server.storage.rows import sql
from server.storage.sqlite import DatabaseError, connect
from sync.facts import Facts
from sync.messages import SyncRequest
from sync.model import KINDS
from tests.crash.scene import DEVICE, JOURNAL, OPS, PERSON, REQUEST, SCHOOL, chunk, verdicts
from tests.school import NOW, Clock

ENTRY = "seq, device, n, person, kind, key, content, claimed, written, arrived, verdict, reason, detail, authority"


class Lost(AssertionError):
    """An op that was acknowledged is not there."""


class Damaged(AssertionError):
    """The file, the chain or a digest is not whole."""


class Story(Struct):
    """A school as it can be compared. `facts`: what the rules read; `epochs`: those begun."""

    entries: list[tuple[Any, ...]]
    rows: dict[str, list[tuple[Any, ...]]]
    facts: Any
    epochs: int


class Wanted(Struct):
    """What the step leaves without a fault: the school `before` and `after`, the answer, the tables."""

    before: Story
    after: Story
    answer: Any
    tables: list[tuple[str, str]]
    device: str = DEVICE
    batch: int = OPS


def facts_of(facts: Facts) -> Any:
    """Everything that the rules know, without the empty places that a question leaves."""
    return _told(vars(facts))


def _told(value: Any) -> Any:
    if isinstance(value, dict):
        told = {name: _told(one) for name, one in value.items()}
        return {name: one for name, one in told.items() if one or not isinstance(one, dict | set | list)}
    return value


def story_of(folder: Path) -> Story:
    """The school as it is on the disk now, read as a start of the server would read it."""
    with exchange_of(folder) as exchange, exchange.store.read() as reader:
        entries = list(reader.db.execute(f"SELECT {_quoted(ENTRY)} FROM entry WHERE school=? ORDER BY seq", [SCHOOL]))
        return Story(entries, {kind: _rows(reader, kind) for kind in KINDS}, facts_of(exchange.facts),
                     len(exchange.epochs))  # fmt: skip


def _quoted(columns: str) -> str:
    return ", ".join(f'"{column}"' for column in columns.split(", "))


def _rows(reader: Reader, kind: str) -> list[tuple[Any, ...]]:
    return sorted(reader.db.execute(sql(kind).get.split(" AND key IN")[0], [SCHOOL]))


@contextmanager
def exchange_of(folder: Path) -> Iterator[Exchange]:
    """The school, opened as a start of the server opens it."""
    exchange = Exchange(JournalStore(folder / JOURNAL, SCHOOL), Clock())
    try:
        yield exchange
    finally:
        exchange.close()


def tables_of(folder: Path) -> list[tuple[str, str]]:
    """Every table and index with its definition, and the migrations that have run."""
    with closing(connect(folder / JOURNAL)) as db:
        found = list(db.execute("SELECT name, COALESCE(sql, '') FROM sqlite_master ORDER BY name"))
        return found + [(name, "migration") for (name,) in db.execute("SELECT name FROM migration ORDER BY name")]


def send_again(folder: Path) -> Any:
    """The request once more, to a server that has been started again; its answer."""
    with exchange_of(folder) as exchange:
        request = msgspec.json.decode((folder / REQUEST).read_bytes(), type=SyncRequest)
        return verdicts(asyncio.run(exchange.sync(request, PERSON)).judged)


def load_again(folder: Path) -> Any:
    """The chunk once more; how many of its drafts stand in the school now."""
    with exchange_of(folder) as exchange:
        report = exchange.load("import", chunk())
        assert not report.refused
        return report.accepted + report.unchanged


def is_whole(folder: Path) -> None:
    """Law 2."""
    try:
        with closing(connect(folder / JOURNAL)) as db:
            found = [row[0] for row in db.execute("PRAGMA integrity_check")]
        if found != ["ok"]:
            raise Damaged("; ".join(found))
        with look(folder / JOURNAL, SCHOOL) as reader:
            prove(reader)
    except (Unsound, DatabaseError) as bug:
        raise Damaged(str(bug)) from bug


def holds(folder: Path, wanted: Wanted, acknowledged: list[int], again: Callable[[Path], Any] = send_again) -> None:
    """Every law of this module."""
    is_whole(folder)
    found = story_of(folder)
    added = found.entries[len(wanted.before.entries) :]
    assert found.entries[: len(wanted.before.entries)] == wanted.before.entries, "an older entry has changed"
    numbers = [entry[2] for entry in found.entries if entry[1] == wanted.device]
    assert len(set(numbers)) == len(numbers), "an op is there twice"
    assert len(added) in (0, wanted.batch), f"{len(added)} of a batch of {wanted.batch}"
    if acknowledged and len(added) != wanted.batch:
        raise Lost(f"{len(acknowledged)} ops were acknowledged and are not there")
    expected = wanted.after if added else wanted.before
    assert found.entries == expected.entries, "the ledger is not what it would have been"
    assert found.rows == expected.rows, "the rows are not those of the ledger"
    assert found.facts == expected.facts, "the facts are not those of the ledger"
    assert found.epochs == expected.epochs
    assert again(folder) == wanted.answer, "the answer to the same request is another one"
    is_whole(folder)
    assert story_of(folder) == wanted.after, "the school is not what it would have been"
    assert tables_of(folder) == wanted.tables
    goes_on(folder)


def goes_on(folder: Path) -> None:
    """Law 5."""
    with exchange_of(folder) as exchange:
        one = Draft("subject", "later", {"name": "Черчение"}, NOW, "admin")
        assert exchange.load("later", [one]).accepted == 1
    is_whole(folder)
