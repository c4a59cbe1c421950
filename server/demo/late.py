"""Late corrections in the demo school: one that the deputy head approved, one declined, one that waits.

They come through `sync` as from any tablet and are judged for the present moment, so each has a history to open. Early
in a year no mark is old enough; then there are none. `make_demo` leaves them out: who tests there wants an empty queue.
"""

import asyncio
from datetime import date, timedelta
from typing import Any

import msgspec
from msgspec import Struct

from server.demo.setup import DEPUTY
from server.demo.staff import FLAGSHIP
from server.exchange import Exchange
from sync.effects import matter_keys
from sync.messages import PROTOCOL, Judged, SyncRequest
from sync.verdicts import Verdict

LONG_AGO = timedelta(25)  # past the school's window, however late the work was corrected
RETAKEN = "Работа пересдана после болезни"
AGREED = "Согласовано"
SECOND_WAY = "Проверено ещё раз: засчитан второй способ решения"
TOO_LATE = "Срок исправления прошёл: проведите повторную работу и поставьте отметку за неё"
MISCOPIED = "Ошибка при переносе из тетради: в работе стоит {}"


class Old(Struct, frozen=True):
    """A mark that nobody may correct any more without the deputy head."""

    key: str
    author: str
    value: str

    @property
    def better(self) -> str:
        """The next better value."""
        return str(int(self.value) + 1)


class Tablet:
    """A tablet of the demo's own: numbers what its person writes and hands it in at once."""

    def __init__(self, exchange: Exchange, person: str) -> None:
        self.exchange, self.person, self.device = exchange, person, f"demo-{person}"
        self.n = exchange.register_device(self.device, person, exchange.clock())

    def write(self, kind: str, key: str, **cells: Any) -> str:
        """Write and hand in; answers the verdict."""
        return asyncio.run(self._round(kind, key, cells)).verdict

    def correct(self, mark: Old, plea: str) -> tuple[str, str]:
        """Correct the mark and say why; answers the keys of the matter, the office's and the author's."""
        if (verdict := self.write("mark", mark.key, value=mark.better)) != Verdict.HELD:
            raise RuntimeError(f"{mark.key} was to wait for the deputy head and is {verdict}")
        office, inbox = matter_keys(self.device, self.n, self.person)
        self.write("matter", inbox, plea=plea)
        return office, inbox

    async def _round(self, kind: str, key: str, cells: dict[str, Any]) -> Judged:
        exchange = self.exchange
        self.n += 1
        now, head = exchange.clock(), exchange.applied_seq
        op = {"n": self.n, "kind": kind, "key": key, "set": cells, "at": now, "seen": [exchange.epoch, head]}
        known = dict.fromkeys(exchange.scopes_of(self.person).default, head)  # a tablet that has all: nothing is pulled
        raw = msgspec.Raw(msgspec.json.encode({**op, "v": PROTOCOL}))
        request = SyncRequest(PROTOCOL, self.device, now, self.n, exchange.epoch, known, [raw])
        return (await exchange.sync(request, self.person)).judged[0]


def correct_late(exchange: Exchange, today: date) -> None:
    """Write them, once, when all else stands. Blocks; no loop may run in this thread."""
    theirs = _old_marks(exchange, f"{FLAGSHIP}-algebra", today)[:2]
    colleagues = _old_marks(exchange, f"{FLAGSHIP}-history", today)[:1]
    if len(theirs) < 2 or not colleagues:
        return
    (one, other), (third,) = theirs, colleagues
    teacher, colleague, deputy = (Tablet(exchange, person) for person in (one.author, third.author, DEPUTY))
    office, _ = teacher.correct(one, RETAKEN)
    deputy.write("matter", office, outcome="approved", note=AGREED)
    office, inbox = teacher.correct(other, SECOND_WAY)
    deputy.write("matter", office, outcome="declined", note=TOO_LATE)
    teacher.write("matter", inbox, seen=True)
    colleague.correct(third, MISCOPIED.format(third.better))


def _old_marks(exchange: Exchange, journal: str, today: date) -> list[Old]:
    """Threes and fours of the journal past their window, the latest first."""
    until = f"{journal}/{today - LONG_AGO}"
    with exchange.store.read() as reader:
        rows = [row for row in reader.every("mark") if row.key.startswith(f"{journal}/") and row.key < until]
    old = [Old(row.key, row.heads["value"][0].person, row.values["value"]) for row in rows]
    return sorted((mark for mark in old if mark.value in ("3", "4")), key=lambda mark: mark.key, reverse=True)
