"""The school itself: its settings, year, terms, bells, classes, subjects and staff. Scope: `school`.

Every member of staff follows this scope, so it holds no pupil and no parent.
Days are ISO dates in the school's time zone; spans are half-open (`ends` is the first day outside).
"""

from typing import Annotated

from msgspec import Struct

from sync.model.record import Cell, record

Admin = Cell("admin")
AdminDate = Cell("admin", text="date")
AdminTime = Cell("admin", text="time")
Deputy = Cell("deputy")
DeputyDate = Cell("deputy", text="date")
Server = Cell("server")

STATES = ("open", "locked", "archived")
ROLES = ("director", "admin", "deputy_head", "class_teacher", "observer")


@record("school", key="school", scope="school", fact=True)
class School(Struct):
    """The school and its settings: window and grace in days, scale of marks, weights by kind of work.

    `thresholds`: mark -> the least weighted mean for it, in hundredths ("5": 450). `floors`: weekly hours -> how many
    marks of a term are asked for ("1": 3); the greatest key not above the journal's hours counts. `lock_minutes`: idle
    time after which a tablet of staff locks itself. `lease_days`: how long a device opens what it holds without a
    contact.
    """

    name: Annotated[str | None, Admin] = None
    timezone: Annotated[str | None, Admin] = None
    window_days: Annotated[int | None, Admin] = None
    grace_days: Annotated[int | None, Admin] = None
    hold_in_doubt: Annotated[bool | None, Admin] = None
    publication: Annotated[str | None, Cell("admin", choices=("live", "daily"))] = None
    publish_at: Annotated[str | None, AdminTime] = None
    scale: Annotated[list[str] | None, Admin] = None
    weights: Annotated[dict[str, int] | None, Admin] = None
    thresholds: Annotated[dict[str, int] | None, Admin] = None
    floors: Annotated[dict[str, int] | None, Admin] = None
    lock_minutes: Annotated[int | None, Admin] = None
    lease_days: Annotated[int | None, Admin] = None


@record("year", key="year", scope="school", fact=True)
class Year(Struct):
    """A school year and its lock (`sync.locks`). `changes`: [moment, state, person, reason] for each change of the
    lock, oldest first."""

    name: Annotated[str | None, Admin] = None
    starts: Annotated[str | None, AdminDate] = None
    ends: Annotated[str | None, AdminDate] = None
    state: Annotated[str | None, Cell("admin", choices=STATES)] = None
    reason: Annotated[str | None, Admin] = None
    changes: Annotated[list[list[object]] | None, Server] = None


@record("term", key="term", scope="school", fact=True)
class Term(Struct):
    """A term and its lock. `changes`: [moment, locked, person, reason] for each change of the lock, oldest first."""

    year: Annotated[str | None, Admin] = None
    name: Annotated[str | None, Admin] = None
    number: Annotated[int | None, Admin] = None
    starts: Annotated[str | None, AdminDate] = None
    ends: Annotated[str | None, AdminDate] = None
    locked: Annotated[bool | None, Admin] = None
    reason: Annotated[str | None, Admin] = None
    changes: Annotated[list[list[object]] | None, Server] = None


@record("break", key="break", scope="school")
class Break(Struct):
    """Holidays: no lessons on these days."""

    name: Annotated[str | None, Admin] = None
    starts: Annotated[str | None, AdminDate] = None
    ends: Annotated[str | None, AdminDate] = None


@record("bell", key="number", scope="school")
class Bell(Struct):
    """When the lesson of this number begins and ends, as HH:MM."""

    starts: Annotated[str | None, AdminTime] = None
    ends: Annotated[str | None, AdminTime] = None


@record("subject", key="subject", scope="school", fact=True)
class Subject(Struct):
    """A subject of the curriculum."""

    name: Annotated[str | None, Admin] = None
    short: Annotated[str | None, Admin] = None


@record("class", key="class_id", scope="school", fact=True)
class Class(Struct):
    """A class, "8 «Б»". A class of grade 1 gets no marks."""

    name: Annotated[str | None, Admin] = None
    grade: Annotated[int | None, Admin] = None


@record("person", key="person", scope="school", fact=True)
class Person(Struct):
    """A member of staff. Parents are guardians, pupils are pupils: neither is here."""

    last_name: Annotated[str | None, Admin] = None
    first_name: Annotated[str | None, Admin] = None
    middle_name: Annotated[str | None, Admin] = None
    position: Annotated[str | None, Admin] = None


@record("grant", key="grant", scope="school", fact=True)
class Grant(Struct):
    """A right of a member of staff: a role from one day to another, with the reason. `target`: a class, for a tutor."""

    person: Annotated[str | None, Admin] = None
    role: Annotated[str | None, Cell("admin", choices=ROLES)] = None
    target: Annotated[str | None, Admin] = None
    starts: Annotated[str | None, AdminDate] = None
    ends: Annotated[str | None, AdminDate] = None
    reason: Annotated[str | None, Admin] = None


@record("opening", key="person/starts/opening", scope="school", fact=True)
class Opening(Struct):
    """That a named teacher may write in a locked term, or correct marks past the window, from the day in the key until
    `ends` (outside). `term` or `journal` bounds it; a reason is required (regulation 3.2.5)."""

    term: Annotated[str | None, Deputy] = None
    journal: Annotated[str | None, Deputy] = None
    ends: Annotated[str | None, DeputyDate] = None
    reason: Annotated[str | None, Deputy] = None


@record("journal", key="journal", scope="school", fact=True)
class Journal(Struct):
    """One teaching group, one subject, one year. `subgroup` is empty when the whole class is taught."""

    class_id: Annotated[str | None, Deputy] = None
    subject: Annotated[str | None, Deputy] = None
    year: Annotated[str | None, Deputy] = None
    hours: Annotated[int | None, Deputy] = None
    subgroup: Annotated[str | None, Deputy] = None


@record("teaching", key="journal/person/starts", scope="school", fact=True)
class Teaching(Struct):
    """Who teaches a journal, from the day in the key until `ends`; open when `ends` is empty."""

    ends: Annotated[str | None, DeputyDate] = None
    active: Annotated[bool | None, Deputy] = None


@record("substitution", key="journal/person/starts", scope="school", fact=True)
class Substitution(Struct):
    """Who teaches a journal's lessons instead of its teacher, from the day in the key until `ends` (outside).
    `numbers`: only the lessons of these numbers; all of the day's when empty."""

    ends: Annotated[str | None, DeputyDate] = None
    reason: Annotated[str | None, Deputy] = None
    numbers: Annotated[list[int] | None, Deputy] = None
