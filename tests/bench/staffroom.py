"""The bench school: 60 teachers, each with a journal of their own and a tablet that is signed in.

Every rule has something to do: two terms (the first is locked), a correction window, substitutions, lists of classes, a
scale. Each teacher may also look into every journal (an observer), so that all tablets can converge on everything.
What they write are lessons as they are: 1 topic, 25 marks and 4 absences are 30 ops.
"""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from msgspec import Struct

from server.accounts.sessions import Naming
from server.exchange import Draft
from server.house import House
from sync.days import DAY, zone

SCHOOL = "32"
TEACHERS = 60
CLASSES = 12
PUPILS = 30
TIMEZONE = "Europe/Moscow"
HOURS = 3_600_000 * 9
OPS_PER_LESSON = 30
MARKS = ("5", "4", "3", "4", "5", "н/а")
LESSONS_BACK = 40  # days on which there may be lessons, the newest first


class Tablet(Struct):
    """A tablet that is signed in: whose it is, its session, and the journal that its teacher teaches."""

    person: str
    device: str
    token: str
    journal: str
    class_id: str
    epoch: str


class Room(Struct):
    """The school that was made, the teachers' tablets and, last of all, the admin's."""

    data: Path
    tablets: list[Tablet]
    today: datetime
    admin: Tablet | None = None

    def day(self, back: int) -> str:
        """The day that many days ago."""
        return (self.today - timedelta(days=back)).date().isoformat()


def make(data: Path, *, publication: str = "daily") -> Room:
    """The school in a new data folder."""
    house = House.open(data)
    try:
        exchange = house.add_school(SCHOOL)
        today = datetime.now(zone(TIMEZONE))
        room = Room(data, [], today)
        report = exchange.load("import", list(_drafts(room, publication)))
        if report.refused:
            raise RuntimeError(f"the bench school is not lawful: {report.refused[0]}")
        for n in range(TEACHERS):
            room.tablets.append(_tablet(house, f"t{n:02d}", f"j{n:02d}", f"c{n % CLASSES}"))
        room.admin = _tablet(house, "admin")
        return room
    finally:
        house.close()


def _tablet(house: House, person: str, journal: str = "", class_id: str = "") -> Tablet:
    exchange = house.exchanges[SCHOOL]
    house.accounts.create(SCHOOL, person, person, person, demo=True)
    token, device = asyncio.run(_sign_in(house, person))
    exchange.register_device(device, person, house.clock())
    return Tablet(person, device, token, journal, class_id, exchange.epoch)


async def _sign_in(house: House, person: str) -> tuple[str, str]:
    account = await house.accounts.prove(SCHOOL, person, person, device="", address=person)
    token, session = await house.accounts.begin(account, Naming("", "bench", "bench"), DAY)
    return token, session.device


def _drafts(room: Room, publication: str) -> Iterator[Draft]:
    long_ago = int(room.today.timestamp() * 1000) - 300 * DAY
    start, locked, middle, end = (room.day(back) for back in (250, 100, 90, -100))

    def draft(kind: str, key: str, **cells: object) -> Draft:
        return Draft(kind, key, cells, long_ago, "admin")

    yield draft(
        "school", "school", name="Школа 32", timezone=TIMEZONE, window_days=14, grace_days=3, publication=publication,
        publish_at="23:59",
    )  # fmt: skip
    yield draft("year", "2026", name="2026", starts=start, ends=end)
    yield draft("term", "1", year="2026", number=1, starts=start, ends=middle)
    yield draft("term", "1", locked=True, reason="Четверть закрыта")
    yield draft("term", "2", year="2026", number=2, starts=middle, ends=end)
    yield draft("subject", "alg", name="Алгебра")
    yield draft("person", "admin", last_name="Орлова", first_name="Вера")
    yield draft("grant", "admin", person="admin", role="admin", starts=start)
    for n in range(CLASSES):
        yield draft("class", f"c{n}", name=f"8 «{'АБВГДЕЖЗИКЛМ'[n]}»", grade=8)
        for pupil in range(PUPILS):
            yield draft("enrolment", f"c{n}/p{n:02d}{pupil:02d}/{start}", name=f"Ученик {pupil}")
            yield draft("consent", f"p{n:02d}{pupil:02d}", given=True)
    for n in range(TEACHERS):
        yield draft("person", f"t{n:02d}", last_name="Петрова", first_name="Анна", middle_name="Павловна")
        yield draft("journal", f"j{n:02d}", class_id=f"c{n % CLASSES}", subject="alg", year="2026")
        yield draft("teaching", f"j{n:02d}/t{n:02d}/{start}", active=True)
        yield draft("substitution", f"j{n:02d}/t{(n + 1) % TEACHERS:02d}/{locked}", ends=room.day(99), reason="болезнь")
        yield draft("grant", f"g{n:02d}", person=f"t{n:02d}", role="observer", starts=start)


def ops_of(room: Room, tablet: Tablet, count: int, *, first: int = 1, lesson: int = 0) -> list[bytes]:
    """`count` ops of a tablet as JSON, numbered from `first` on, beginning with the lesson of that number."""
    at = int(room.today.timestamp() * 1000) - HOURS
    class_number = int(tablet.class_id[1:])
    found = []
    for i in range(count):
        given, place = divmod(i, OPS_PER_LESSON)
        back, number = divmod(lesson + given, 6)
        where = f"{tablet.journal}/{room.day(1 + back % LESSONS_BACK)}/{number + 1 + 6 * (back // LESSONS_BACK)}"
        pupil = f"p{class_number:02d}{place % PUPILS:02d}"
        if place == 0:
            kind, key, cells = "lesson", where, {"topic": "Теорема Виета", "homework": "№ 581, 583"}
        elif place < 26:
            kind, key, cells = "mark", f"{where}/{pupil}/1", {"value": MARKS[(i + class_number) % len(MARKS)]}
        else:
            kind, key, cells = "attendance", f"{where}/{pupil}", {"presence": "absent"}
        op = {"n": first + i, "kind": kind, "key": key, "set": cells, "at": at + i, "seen": [tablet.epoch, 0]}
        found.append(msgspec.json.encode(op))
    return found
