"""Growth: does a push cost the same when the school has a long past?

The ledger grows by loads of entries over many years' lessons until it has the wished length; at each length the same
lesson of 30 ops is pushed by each tablet in turn through the exchange, and the milliseconds until its answer are taken.
"""

import asyncio
import time
from collections.abc import Iterator
from statistics import median

import msgspec

from server.exchange import Draft
from server.house import House
from sync.messages import SyncRequest
from tests.bench.staffroom import OPS_PER_LESSON, SCHOOL, TEACHERS, Room, ops_of

LENGTHS = (10_000, 100_000, 1_000_000)
TIMES = 60


class Grown(msgspec.Struct):
    """At a length of the ledger: milliseconds of a push of 30 ops (median, p99) and the size of the database in MB."""

    entries: int
    push_ms: float
    p99_ms: float
    size: float


def growth(room: Room, lengths: tuple[int, ...] = LENGTHS) -> list[Grown]:
    """Measure at each length."""
    house = House.open(room.data)
    try:
        exchange = house.exchanges[SCHOOL]
        found, sent = [], 0
        for length in lengths:
            missing = length - exchange.applied_seq
            if missing > 0:
                report = exchange.load("past", _past(room, missing, exchange.applied_seq))
                assert report.accepted == missing, report
                exchange.store._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # Litestream's task otherwise
            times = sorted(asyncio.run(_push(room, house, sent)))
            sent += TIMES // TEACHERS
            size = sum(p.stat().st_size for p in exchange.store.path.parent.glob("journal.db*")) / 1e6
            found.append(Grown(exchange.applied_seq, median(times), times[int(len(times) * 0.99)], size))
        return found
    finally:
        house.close()


def _past(room: Room, count: int, first: int) -> Iterator[Draft]:
    """Marks of long ago: many lessons, each key once."""
    at = int(room.today.timestamp() * 1000)  # after each of the lessons: no mark is given before its day
    for i in range(first, first + count):
        rest, pupil = divmod(i, 30)
        rest, journal = divmod(rest, TEACHERS)
        number, day = divmod(rest, 150)
        key = f"j{journal:02d}/{room.day(240 - day)}/{number + 20}/p{journal % 12:02d}{pupil:02d}/1"
        yield Draft("mark", key, {"value": "5"}, at, f"t{journal:02d}")


async def _push(room: Room, house: House, sent: int) -> list[float]:
    exchange, times = house.exchanges[SCHOOL], []
    for turn in range(TIMES):
        given, tablet = sent + turn // TEACHERS, room.tablets[turn % TEACHERS]
        ops = ops_of(room, tablet, OPS_PER_LESSON, first=1 + given * OPS_PER_LESSON, lesson=given)
        raws = [msgspec.Raw(op) for op in ops]
        head = exchange.applied_seq
        cursors = dict.fromkeys(exchange.scopes_of(tablet.person).default, head)
        held = (given + 1) * OPS_PER_LESSON
        request = SyncRequest(1, tablet.device, house.clock(), held, tablet.epoch, cursors, raws)
        began = time.perf_counter()
        answer = await exchange.sync(request, tablet.person)
        times.append((time.perf_counter() - began) * 1000)
        assert [j.verdict for j in answer.judged] == ["accepted"] * OPS_PER_LESSON
    return times
