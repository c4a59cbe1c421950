"""What stands on the disk before a step: a small school, and a teacher's tablet with thirty ops unsent.

The folder is copied for each run, write-ahead log and all, as a process leaves it that was killed.
"""

import asyncio
import shutil
from pathlib import Path

import msgspec

from server.exchange import Draft
from sync.messages import Judged
from tests.school import NOW, Clock, Tablet, open_exchange

SCHOOL = "32"
PERSON, DEVICE = "t1", "d1"
JOURNAL = "journal.db"
REQUEST = "request.json"
OPS = 30


def make(folder: Path) -> None:
    """The school as it stands before."""
    room = folder.with_name(f"{folder.name}-room")
    room.mkdir()
    clock = Clock()
    with open_exchange(room, clock) as exchange:
        asyncio.run(_work_of_a_day(Tablet(exchange, PERSON, DEVICE, clock), Tablet(exchange, "deputy", "d2", clock)))
        folder.mkdir()
        request = _unsent(Tablet(exchange, PERSON, DEVICE, clock))
        (folder / REQUEST).write_bytes(request)
        for path in room.glob(f"{JOURNAL}*"):
            if not path.name.endswith("-shm"):
                shutil.copy(path, folder / path.name)


async def _work_of_a_day(teacher: Tablet, deputy: Tablet) -> None:
    await teacher.sync()
    await deputy.sync()
    for place in (1, 2):
        deputy.write("mark", f"8b-alg/2026-11-20/2/p1/{place}", value="3")
    deputy.write("lesson", "8b-alg/2026-11-20/2", topic="Замечание завуча")
    await deputy.sync()


def _unsent(tablet: Tablet) -> bytes:
    """Thirty ops with every kind of verdict among them: accepted, superseded, held, refused."""
    for day in ("2026-11-13", "2026-11-16", "2026-11-20"):
        tablet.write("lesson", f"8b-alg/{day}/2", topic="Теорема Виета", homework="№ 5, 6, 7")
        for pupil in ("p1", "p3"):
            tablet.write("attendance", f"8b-alg/{day}/2/{pupil}", presence="late", minutes=5)
            for place in (1, 2, 3):
                tablet.write("mark", f"8b-alg/{day}/2/{pupil}/{place}", value=str(2 + place), comment="у доски")
    tablet.write("mark", "8b-alg/2026-10-20/2/p1/1", value="5")
    tablet.write("mark", "8b-alg/2026-11-20/2/p2/1", value="5")
    ops: list[object] = [*tablet.ops, b'{"n":30,"kind":"mark","key":7}']
    assert len(ops) == OPS
    return msgspec.json.encode(tablet.request(ops, held=OPS))


def chunk() -> list[Draft]:
    """A chunk of an import: a class with its pupils, a teacher, a plan. Most of it are facts that the rules read."""
    long_ago = NOW - 86_400_000 * 30
    given: list[tuple[str, str, dict[str, object]]] = [
        ("class", "9a", {"name": "9 «А»", "grade": 9}),
        ("person", "t9", {"last_name": "Сергеева", "first_name": "Ольга"}),
        ("grant", "g9", {"person": "t9", "role": "class_teacher", "target": "9a", "starts": "2026-09-01"}),
        ("journal", "9a-alg", {"class_id": "9a", "subject": "alg", "year": "2026"}),
        ("teaching", "9a-alg/t9/2026-09-01", {"active": True}),
    ]
    for n in range(30):
        given.append(("pupil", f"p9{n:02}", {"last_name": f"Иванов {n}", "first_name": "Пётр"}))
        given.append(("enrolment", f"9a/p9{n:02}/2026-09-01", {"name": f"Иванов {n} Пётр"}))
    return [Draft(kind, key, values, long_ago, "admin") for kind, key, values in given]


def verdicts(judged: list[Judged]) -> list[tuple[int, str, str, dict[str, object], int]]:
    """What was answered, to be compared."""
    return [(j.n, j.verdict, j.reason, j.detail, j.seq) for j in judged]
