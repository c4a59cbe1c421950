"""What a journal holds: its timetable and plan, lessons, marks, attendance and term marks.

Keys are natural: a retry or a second tablet can't make a duplicate. Presence (the teacher's) and its
reason (the class teacher's) are different cells with different writers, so an excuse is never a conflict.
"""

from typing import Annotated

from msgspec import Struct

from sync.model.record import Cell, record

WORKS = ("answer", "control", "independent", "practical", "laboratory", "excursion", "homework", "dictation")
PRESENCE = ("absent", "late", "present")
EXCUSES = ("valid", "ill", "parents", "none")

Deputy = Cell("deputy")
Work = Cell("lesson", choices=WORKS)


@record("slot", key="journal/weekday/number/starts", scope="journal:{journal}")
class Slot(Struct):
    """A lesson of the weekly timetable: weekday 1 (Monday) to 7, from the day in the key until `ends`."""

    ends: Annotated[str | None, Cell("deputy", text="date")] = None
    room: Annotated[str | None, Deputy] = None


@record("plan_item", key="journal/number", scope="journal:{journal}", dated="journal")
class PlanItem(Struct):
    """One line of the thematic plan."""

    topic: Annotated[str | None, Cell("journal")] = None
    work: Annotated[str | None, Cell("journal", choices=WORKS)] = None


@record("lesson", key="journal/date/number", scope="journal:{journal}", dated="date")
class Lesson(Struct):
    """A lesson as given. `plan`: the plan's line; `due`: the day the homework is for; `roll`: the roll was called."""

    topic: Annotated[str | None, Cell("lesson")] = None
    plan: Annotated[int | None, Cell("lesson")] = None
    work: Annotated[str | None, Work] = None
    homework: Annotated[str | None, Cell("lesson", longest=2000)] = None
    due: Annotated[str | None, Cell("lesson", text="date")] = None
    roll: Annotated[bool | None, Cell("lesson", begun=True)] = None


@record("mark", key="journal/date/number/pupil/place", scope="journal:{journal}", dated="date")
class Mark(Struct):
    """A mark. `place` 1 or 2: two marks in one cell. `given`: UTC ms of the first accepted value, set by the server."""

    value: Annotated[str | None, Cell("lesson", window=True, begun=True, text="mark")] = None
    comment: Annotated[str | None, Cell("lesson")] = None
    given: Annotated[int | None, Cell("server")] = None


@record("attendance", key="journal/date/number/pupil", scope="journal:{journal}", dated="date")
class Attendance(Struct):
    """Presence at a lesson, minutes late, and the reason of an absence, which may be known beforehand."""

    presence: Annotated[str | None, Cell("lesson", begun=True, choices=PRESENCE)] = None
    minutes: Annotated[int | None, Cell("lesson", begun=True)] = None
    reason: Annotated[str | None, Cell("tutor", choices=EXCUSES)] = None


@record("term_mark", key="journal/term/pupil", scope="journal:{journal}", dated="term")
class TermMark(Struct):
    """A term mark as given, with the reason where it differs from the proposal."""

    value: Annotated[str | None, Cell("journal", text="mark")] = None
    reason: Annotated[str | None, Cell("journal")] = None
