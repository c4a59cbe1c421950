"""Entries that need a person, and the published diary."""

from typing import Annotated

from msgspec import Struct

from sync.model.record import Cell, record

Server = Cell("server")
OUTCOMES = ("approved", "declined", "withdrawn")


@record("matter", key="holder/op", scope="{holder}")
class Matter(Struct):
    """An entry that was held, refused or superseded, kept where people see it until it is settled.

    Stands twice: in `office` for the deputy head, in `inbox:<person>` for the author. The outcome is written on
    either and mirrored. `seen`: the author has read that it was declined, told in the inbox alone. `plea`: what the
    author says for it while it waits, written in the inbox and mirrored. `kind`, `target`, `set`: the entry; `was`:
    what the journal showed when it came.
    """

    outcome: Annotated[str | None, Cell("decider", choices=OUTCOMES)] = None
    note: Annotated[str | None, Cell("decider")] = None
    seen: Annotated[bool | None, Cell("author")] = None
    plea: Annotated[str | None, Cell("author")] = None
    kind: Annotated[str | None, Server] = None
    target: Annotated[str | None, Server] = None
    set: Annotated[dict[str, object] | None, Server] = None
    was: Annotated[dict[str, object] | None, Server] = None
    author: Annotated[str | None, Server] = None
    written: Annotated[int | None, Server] = None
    arrived: Annotated[int | None, Server] = None
    verdict: Annotated[str | None, Server] = None
    reason: Annotated[str | None, Server] = None
    detail: Annotated[dict[str, object] | None, Server] = None
    decided_by: Annotated[str | None, Server] = None
    decided: Annotated[int | None, Server] = None


@record("bulletin", key="class_id", scope="bulletin:{class_id}")
class Bulletin(Struct):
    """What every family of a class reads. `timetable`: [weekday, number, journal, subject, room, starts, ends];
    `bells`: [number, starts, ends]; `breaks`: [name, starts, ends]; `terms`: [name, starts, ends]."""

    class_name: Annotated[str | None, Server] = None
    school_name: Annotated[str | None, Server] = None
    timezone: Annotated[str | None, Server] = None
    publication: Annotated[str | None, Server] = None
    timetable: Annotated[list[list[object]] | None, Server] = None
    bells: Annotated[list[list[object]] | None, Server] = None
    breaks: Annotated[list[list[object]] | None, Server] = None
    terms: Annotated[list[list[object]] | None, Server] = None


@record("bulletin_lesson", key="class_id/date/number/journal", scope="bulletin:{class_id}")
class BulletinLesson(Struct):
    """A lesson as the families of the class read it: no pupil is named here."""

    subject: Annotated[str | None, Server] = None
    teacher: Annotated[str | None, Server] = None
    topic: Annotated[str | None, Server] = None
    work: Annotated[str | None, Server] = None
    weight: Annotated[int | None, Server] = None
    homework: Annotated[str | None, Server] = None
    due: Annotated[str | None, Server] = None


@record("diary_card", key="pupil", scope="diary:{pupil}")
class DiaryCard(Struct):
    """The cover of a pupil's diary. `journals`: those the pupil is taught in (a subgroup's own lessons only)."""

    name: Annotated[str | None, Server] = None
    class_id: Annotated[str | None, Server] = None
    journals: Annotated[list[str] | None, Server] = None


@record("diary", key="pupil/date/number/journal", scope="diary:{pupil}")
class Diary(Struct):
    """A pupil's own lines of a lesson. `marks`: [value, comment] each. Nothing held or unpublished is ever here."""

    marks: Annotated[list[list[object]] | None, Server] = None
    presence: Annotated[str | None, Server] = None
    minutes: Annotated[int | None, Server] = None
    excuse: Annotated[str | None, Server] = None
