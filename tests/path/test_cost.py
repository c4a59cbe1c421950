"""What a push, a pull and a publication cost, counted in statements and rows instead of seconds.

A push costs what its ops cost, however long the school's past is: the same statements, the same rows, no table looked
through from end to end.
"""

import asyncio
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from server.diary import publish
from server.exchange import Draft, Exchange
from server.storage.rows import BLOCK
from sync.days import DAY
from tests.school import NOW, Clock, Tablet

LESSON = 30
# What SQLite calls a scan without looking through a table: the rows and keys that the statement itself brought.
OWN = re.compile(r"SCAN (json_each\b|CONSTANT ROW|\d+-ROW VALUES|\(|row_)")


@contextmanager
def statements(exchange: Exchange) -> Iterator[list[str]]:
    """Everything that the writer and a reader are told meanwhile."""
    with exchange.store.read():  # so that there is a free one
        pass
    said: list[str] = []
    listened = [exchange.store._writer, *exchange.store._free]
    for db in listened:
        db.set_trace_callback(said.append)
    yield said
    for db in listened:
        db.set_trace_callback(None)


def lesson(tablet: Tablet, date: str, count: int = LESSON) -> None:
    """A lesson's entries: marks, absences, and what was taught."""
    for i in range(count):
        where = f"8b-alg/{date}/{i // 4 + 1}"
        if i % 4 < 2:
            tablet.write("mark", f"{where}/p1/{1 + i % 2}", value="5")
        elif i % 4 == 2:
            tablet.write("attendance", f"{where}/p1", presence="late")
        else:
            tablet.write("lesson", where, topic="Теорема Виета")


def past(exchange: Exchange, rows: int) -> None:
    """A long past: marks in another journal and in this one."""
    keys = (f"8b-alg/2026-11-{6 + i // 900:02d}/{i % 900}/p1/1" for i in range(rows))
    report = exchange.load("past", [Draft("mark", key, {"value": "5"}, NOW - DAY * 9, "t1") for key in keys])
    assert report.accepted == rows


def counted(exchange: Exchange, work: Callable[[], object]) -> tuple[list[str], int]:
    """The statements of some work, without their values, and the rows that it has changed."""
    changed = exchange.store._writer.total_changes
    with statements(exchange) as said:
        work()
    kinds = [re.sub(r"'(?:[^']|'')*'|\b\d+\b|X'[^']*'", "?", text) for text in said]
    return kinds, exchange.store._writer.total_changes - changed


def test_a_push_costs_the_same_however_long_the_past_is(exchange: Exchange, clock: Clock) -> None:
    anna = Tablet(exchange, "t1", "d1", clock)
    lesson(anna, "2026-11-20")
    asyncio.run(anna.sync())
    lesson(anna, "2026-11-19")
    young, young_rows = counted(exchange, lambda: asyncio.run(anna.sync()))
    past(exchange, 5_000)
    asyncio.run(anna.sync())
    lesson(anna, "2026-11-18")
    old, old_rows = counted(exchange, lambda: asyncio.run(anna.sync()))
    assert (len(old), old_rows) == (len(young), young_rows)
    assert young_rows <= 2 * LESSON + 4, "an entry and a row per op, besides the device and the scope"


def test_the_number_of_statements_does_not_grow_with_the_ops_but_by_a_block(exchange: Exchange, clock: Clock) -> None:
    anna = Tablet(exchange, "t1", "d1", clock)
    lesson(anna, "2026-11-20")
    few, _ = counted(exchange, lambda: asyncio.run(anna.sync()))
    lesson(anna, "2026-11-19", 10 * LESSON)
    many, _ = counted(exchange, lambda: asyncio.run(anna.sync()))
    tables = 4  # entry, mark, attendance, lesson
    assert len(few) <= 30
    assert len(many) <= len(few) + tables + 2 * 10 * LESSON // BLOCK


def test_a_group_of_pushes_shares_its_statements(exchange: Exchange, clock: Clock) -> None:
    tablets = [Tablet(exchange, "t1", f"d{n}", clock) for n in range(10)]
    for n, tablet in enumerate(tablets):
        lesson(tablet, "2026-11-20", 2 + n % 2)

    async def storm() -> None:
        await asyncio.gather(*(tablet.sync() for tablet in tablets))

    said, _ = counted(exchange, lambda: asyncio.run(storm()))
    commits = sum(text == "COMMIT" for text in said)
    assert commits < len(tablets)
    stored = [text for text in said if text.startswith("INSERT INTO entry")]
    assert len(stored) == commits, "the entries of a group are stored together"


def test_no_statement_of_a_sync_or_a_publication_looks_through_a_table(exchange: Exchange, clock: Clock) -> None:
    anna = Tablet(exchange, "t1", "d1", clock)
    past(exchange, 200)
    with statements(exchange) as said:
        asyncio.run(anna.sync())
        lesson(anna, "2026-11-20")
        asyncio.run(anna.sync())
        asyncio.run(anna.send(anna.ops))  # a retry: memory is asked
        exchange.run(lambda work: publish(work, clock()))  # the first one shows everything
        lesson(anna, "2026-11-19")
        asyncio.run(anna.sync())
        said.append("-- from here on only what has changed")
        exchange.run(lambda work: publish(work, clock()))
        exchange.page = 50  # pages
        anna.cursors = {}
        asyncio.run(anna.sync())
    first = said.index("-- from here on only what has changed")
    looked = [text for text in said[:first] if "r_slot" not in text and "r_bell" not in text] + said[first + 1 :]
    with exchange.store.read() as reader:
        for text in {text for text in looked if text.startswith(("SELECT", "INSERT", "UPDATE", "DELETE"))}:
            plan = [row[3] for row in reader.db.execute(f"EXPLAIN QUERY PLAN {text}")]
            scans = [step for step in plan if step.startswith("SCAN") and not OWN.match(step)]
            assert not scans, (scans, text[:300])
