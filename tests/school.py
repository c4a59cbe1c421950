"""A small school for tests, as drafts, and a device that speaks the wire by hand.

One class 8 «Б» of three pupils, algebra by t1, a substitute t2 from Nov 16 to 18, a class teacher, a deputy head, an
admin, a guardian of p1. The first term is locked since Nov 5.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from server.exchange import Draft, Exchange
from server.storage.journal import JournalStore
from sync.messages import Judged, News, SyncRequest, SyncResponse

MOSCOW = ZoneInfo("Europe/Moscow")
VECTORS = json.loads((Path(__file__).parent / "vectors" / "rules.json").read_text())


def moment(text: str) -> int:
    """UTC ms of a local time in the school: "2026-11-20T11:00"."""
    return int(datetime.fromisoformat(text).replace(tzinfo=MOSCOW).timestamp() * 1000)


NOW = moment("2026-11-20T11:00")
MARK = "8b-alg/2026-11-20/2/p1/1"  # of this day's lesson, in an open term and window


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self, now: int = NOW) -> None:
        self.now = now

    def __call__(self) -> int:
        return self.now

    def set(self, text: str) -> int:
        self.now = moment(text)
        return self.now


def drafts() -> list[Draft]:
    """The school of the vectors, with people's names, a family and consent."""
    given = [_draft(*fact) for fact in VECTORS["facts"]]
    more = [
        ("subject", "alg", {"name": "Алгебра"}),
        ("person", "t1", {"last_name": "Петрова", "first_name": "Анна", "middle_name": "Павловна"}),
        ("person", "deputy", {"last_name": "Кузнецова", "first_name": "Марина", "middle_name": "Львовна"}),
        ("pupil", "p1", {"last_name": "Абрамов", "first_name": "Илья"}),
        ("pupil", "p2", {"last_name": "Белова", "first_name": "Софья"}),
        ("consent", "p1", {"given": True}),
        ("family", "guardian/p1", {"starts": "2026-09-01"}),
        ("slot", "8b-alg/5/2/2026-09-01", {"room": "214"}),
        ("bell", "2", {"starts": "09:25", "ends": "10:10"}),
    ]
    return given + [Draft(kind, key, values, NOW - 86_400_000 * 60, "admin") for kind, key, values in more]


def _draft(kind: str, key: str, values: dict[str, Any]) -> Draft:
    """The server itself logs the change of a lock, at the moment of the entry that makes it."""
    cells = {cell: value for cell, value in values.items() if cell != "changes"} or {"last_name": "Иванова"}
    changes = values.get("changes")
    return Draft(kind, key, cells, changes[0][0] if changes else NOW - 86_400_000 * 60, "admin")


@contextmanager
def open_exchange(folder: Path, clock: Clock) -> Iterator[Exchange]:
    """An exchange with the small school in it."""
    exchange = Exchange(JournalStore(folder / "journal.db", "32"), clock)
    try:
        report = exchange.load("import", drafts())
        assert not report.refused, report.refused
        yield exchange
    finally:
        exchange.close()


class Tablet:
    """A device driven by hand: it numbers its ops, remembers cursors and rows, and sends what it is told to."""

    def __init__(self, exchange: Exchange, person: str, device: str, clock: Clock, skew: int = 0) -> None:
        self.exchange, self.person, self.device, self.clock, self.skew = exchange, person, device, clock, skew
        self.epoch, self.cursors = exchange.epoch, dict[str, int]()
        self.rows: dict[tuple[str, str], dict[str, Any]] = {}
        self.ops: list[dict[str, Any]] = []
        self.known = exchange.register_device(device, person, clock() + skew)

    def write(self, kind: str, key: str, seen: int | None = None, **cells: Any) -> dict[str, Any]:
        """Write an op offline; `seen` is the cursor of the record's scope unless told."""
        from sync.model import KINDS

        scope = KINDS[kind].scope_of(key)
        at = self.cursors.get(scope, 0) if seen is None else seen
        op = {"n": len(self.ops) + 1, "kind": kind, "key": key, "set": cells, "at": self.clock() + self.skew}
        op["seen"] = [self.epoch, at]
        self.ops.append(op)
        return op

    def request(self, ops: list[Any], held: int | None = None) -> SyncRequest:
        raws = [msgspec.Raw(op if isinstance(op, bytes) else msgspec.json.encode(op)) for op in ops]
        highest = len(self.ops) if held is None else held
        return SyncRequest(1, self.device, self.clock() + self.skew, highest, self.epoch, dict(self.cursors), raws)

    async def send(self, ops: list[Any], held: int | None = None) -> SyncResponse:
        answer = await self.exchange.sync(self.request(ops, held), self.person)
        for news in answer.news:
            self._take(news)
        self.known = answer.known
        return answer

    async def sync(self) -> SyncResponse:
        """One round with everything that the server does not know yet."""
        return await self.send(self.ops[self.known :])

    async def verdicts(self) -> list[tuple[str, str]]:
        """Sync and answer (verdict, reason) per op."""
        return [(j.verdict, j.reason) for j in (await self.sync()).judged]

    def _take(self, news: News) -> None:
        self.cursors[news.scope] = news.upto
        for kind, table in news.tables.items():
            for row in msgspec.json.decode(msgspec.json.encode(table.rows)):
                values = dict(zip(table.cells, row[2:-1], strict=True))
                self.rows[kind, row[0]] = {"seq": row[1], "scope": news.scope, "heads": row[-1], **values}


def reasons(judged: list[Judged]) -> list[tuple[str, str]]:
    """(verdict, reason) of each."""
    return [(j.verdict, j.reason) for j in judged]
