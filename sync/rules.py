"""The ladder of rules: what becomes of an op, judged for the moment of writing, on evidence.

memory (the caller's: an op already decided is answered as before) → form → access → sense → lock → window → merge.

Holds always:
1. The first rung that fails decides; a stranger is told NOT_YOURS and learns nothing about locks or windows.
2. Sense (pupil, scale, day) stands before lock and window: an entry that can never be right must not wait for a person.
3. A rule with an edge is decided on the interval: wholly on one side → that side; the edge inside → the claimed time
   if the clock was consistent (marked ON_CLOCK), else held as IN_DOUBT.
4. The deputy head is bound by neither lock nor window (regulation 3.2.5), nor is a teacher for whom they were opened.
   The archive binds everybody: nothing is written in it, nothing imported, and nothing approved into it.
5. What happens at a lesson is refused only if it was surely written before the lesson's day: no clock is asked.
Not here: which head shows (`sync.merge`).
"""

from bisect import bisect_right
from typing import Any

from msgspec import Struct

from sync import access
from sync.approvals import Target
from sync.days import Span
from sync.evidence import Interval
from sync.facts import Facts, YearFact
from sync.ground import Foolish, Ground, ground
from sync.locks import archived_at, grace, is_lawful, locked_since
from sync.model.record import Kind
from sync.ops import Op
from sync.settings import senseless
from sync.verdicts import Decision, Reason, Verdict
from sync.windows import correction_window


class Case(Struct, frozen=True, gc=False):
    """What the rules look at: the op with its kind and key parts, its author, the record's values as they stand, and
    the moment of arrival (UTC ms). `approves`: what it writes by approval (`sync.approvals`)."""

    op: Op
    kind: Kind
    parts: dict[str, str]
    person: str
    values: dict[str, Any]
    arrived: int
    approves: Target | None = None


def judge(case: Case, facts: Facts, evidence: Interval) -> Decision:
    """The verdict before merge: accepted, held or refused."""
    here = _ground(case, facts)
    foolish = _sense(case, here, facts, evidence.before)
    window = _window(case, here, facts)
    first, last = evidence.after + 1, evidence.before
    stretch = None
    if foolish is None and first <= evidence.written and (window is None or last < window.closes):
        stretch = (first, last, case.arrived)
        told = here.told.get(stretch)
        if told is not None:  # a lesson's entries of one stretch: one answer, if no edge lies inside
            return Decision(told.verdict, told.reason, told.detail, evidence.written, told.authority)
    inside = here.edges[bisect_right(here.edges, first) : bisect_right(here.edges, last)]
    if window is not None and first < window.closes <= last:
        inside = tuple(sorted({*inside, window.closes}))
    written = evidence.written
    if not inside:
        found = _at(case, here, facts, window, written, written, foolish)
        if stretch is not None:
            here.told.clear()
            here.told[stretch] = found
        return found
    sides = [_at(case, here, facts, window, moment, written, foolish) for moment in (first, *inside)]
    sure = all(s.verdict == sides[0].verdict for s in sides)
    if evidence.consistent and not facts.school.get("hold_in_doubt"):
        found = _at(case, here, facts, window, written, written, foolish)
        by_clock = found.verdict == Verdict.ACCEPTED and (found.reason == Reason.NONE or not sure)
        return _mark(found, Reason.ON_CLOCK) if by_clock else found
    if sure:
        return sides[-1]
    detail = {"after": evidence.after, "before": evidence.before}
    return Decision(Verdict.HELD, Reason.IN_DOUBT, detail, written, max(s.authority for s in sides))


def _ground(case: Case, facts: Facts) -> Ground:
    return ground(case.kind, tuple(case.op.set), case.parts, case.person, facts, case.approves)


def _mark(found: Decision, reason: Reason) -> Decision:
    return Decision(found.verdict, reason, found.detail, found.written, found.authority)


def _at(
    case: Case, here: Ground, facts: Facts, window: Span | None, moment: int, written: int, foolish: Foolish | None
) -> Decision:
    """The ladder for one moment of writing; `written` is what the entry will be said to be written at."""
    rank = here.standing.at(moment)
    if rank == access.NONE:
        return Decision(Verdict.REFUSED, Reason.NOT_YOURS, {}, written)
    if foolish is not None:
        return Decision(Verdict.REFUSED, foolish[0], foolish[1], written, rank)
    archived = _archive(here, moment)
    if archived is not None:
        return Decision(Verdict.REFUSED, archived[0], archived[1], written, rank)
    if rank >= access.DEPUTY or (here.opened and any(span.holds(moment) for span in here.opened)):
        return Decision(Verdict.ACCEPTED, Reason.NONE, {}, written, rank)
    late = _lock(case, here, facts, moment)
    if late is not None and late[0] == Verdict.HELD:
        return Decision(late[0], late[1], late[2], written, rank)
    if window is not None and moment >= window.closes:
        detail = {"given": window.opens, "since": window.closes}
        return Decision(Verdict.HELD, Reason.WINDOW_CLOSED, detail, written, rank)
    if late is not None:
        return Decision(late[0], late[1], late[2], written, rank)
    return Decision(Verdict.ACCEPTED, Reason.NONE, {}, written, rank)


def _archive(here: Ground, moment: int) -> Foolish | None:
    """That the year is in the archive at that moment, or None."""
    if here.year is None or not here.year.changes:
        return None
    archived = archived_at(here.year.changes, moment)
    if archived is None:
        return None
    return Reason.YEAR_ARCHIVED, {"since": archived.at, "by": archived.person, "year": here.year.year}


def _lock(
    case: Case, here: Ground, facts: Facts, moment: int
) -> tuple[Verdict, Reason, dict[str, Any]] | None:  # fmt: skip
    """What the locks of year and term say: held under one, or late after one and in its grace or not. The lock whose
    grace ends first decides."""
    late: tuple[int, int, str, dict[str, str]] | None = None
    for guard in (here.year, here.term):
        if guard is None or not guard.changes:
            continue
        name = {"year": guard.year} if isinstance(guard, YearFact) else {"term": guard.term}
        lock = locked_since(guard.changes, moment)
        if lock is not None:
            reason = Reason.YEAR_LOCKED if isinstance(guard, YearFact) else Reason.TERM_LOCKED
            return Verdict.HELD, reason, {"since": lock[0], "by": lock[1], **name}
        now = locked_since(guard.changes, case.arrived)
        if now is not None:
            until = grace(now[0], facts.school.get("grace_days"))
            if late is None or until < late[0]:
                late = (until, *now, name)
    if late is None:
        return None
    until, since, by, name = late
    detail = {"since": since, "by": by, "until": until, **name}
    if case.arrived < until:
        return Verdict.ACCEPTED, Reason.IN_GRACE, detail
    return Verdict.HELD, Reason.AFTER_GRACE, detail


def _window(case: Case, here: Ground, facts: Facts) -> Span | None:
    """The window that guards this op, or None."""
    given = case.values.get("given")
    return correction_window(given, facts.school.get("window_days")) if given is not None and here.windowed else None


def sense(case: Case, facts: Facts, before: int) -> Foolish | None:
    """Why the entry can't be right whoever wrote it, or None: day, pupil, scale, that a matter is still open, and that
    its year is in the archive.

    `before`: the last moment at which it can have been written.
    """
    here = _ground(case, facts)
    return _sense(case, here, facts, before) or _archive(here, before)


def _sense(case: Case, here: Ground, facts: Facts, before: int) -> Foolish | None:
    parts, kind = case.parts, case.kind
    if "journal" not in parts or kind.name == "journal":
        return _sense_of_school(case)
    if here.foolish is not None:
        return here.foolish
    if before < here.begins and _tells_of_lesson(case):
        return Reason.NOT_BEGUN, {"date": parts["date"]}
    return ("pupil" in parts and _sense_of_pupil(case, here, facts)) or _sense_of_mark(case, here, facts)


def _sense_of_school(case: Case) -> Foolish | None:
    """The same of what is kept of the school itself and not in a journal."""
    kind = case.kind
    if kind.name == "matter" and case.values.get("outcome") is not None:
        return Reason.ALREADY_DECIDED, {"outcome": case.values["outcome"]}
    if kind.name == "term" and "locked" in case.op.set and not (case.op.set.get("reason") or "").strip():
        return Reason.BAD_VALUE, {"cell": "reason"}  # a lock is never changed without saying why
    if kind.name == "year" and "state" in case.op.set:
        return _sense_of_step(case)
    if kind.name == "opening" and not _is_whole_opening({**case.values, **case.op.set}):
        return Reason.BAD_VALUE, {"cell": "reason"}  # nor anything opened without a bound, an end and a reason
    if kind.name == "school" and (cell := senseless(case.op.set)):
        return Reason.BAD_VALUE, {"cell": cell}
    return _sense_of_decision(case)


def _tells_of_lesson(case: Case) -> bool:
    """True when the entry says what happened at the lesson; to clear such a thing is lawful at any time."""
    return any(value is not None and case.kind.cells[cell].guard.begun for cell, value in case.op.set.items())


def _sense_of_step(case: Case) -> Foolish | None:
    state, new = case.values.get("state"), case.op.set["state"]
    if not is_lawful(state, new):
        return Reason.ILLEGAL_STEP, {"from": state or "open", "to": new or "open"}
    return None if (case.op.set.get("reason") or "").strip() else (Reason.BAD_VALUE, {"cell": "reason"})


def _is_whole_opening(values: dict[str, Any]) -> bool:
    bound = values.get("term") or values.get("journal")
    return bool(bound and (values.get("reason") or "").strip()) or values.get("ends") is None


def _sense_of_decision(case: Case) -> Foolish | None:
    if case.kind.name != "matter" or "outcome" not in case.op.set:
        return None
    own = case.parts["holder"].startswith("inbox:")
    lawful = ("withdrawn",) if own else ("approved", "declined")
    if case.op.set["outcome"] not in lawful:
        return Reason.BAD_VALUE, {"cell": "outcome"}
    return None if case.values.get("kind") else (Reason.UNKNOWN_RECORD, {})


def _sense_of_pupil(case: Case, here: Ground, facts: Facts) -> Foolish | None:
    pupil, day = case.parts["pupil"], case.parts.get("date")
    if day is None:  # a term mark: enrolled at some time is enough, a pupil may leave before the term ends
        known = pupil in facts.enrolments.get(here.class_id, {})
        return None if known else (Reason.UNKNOWN_PUPIL, {})
    enrolled = facts.enrolled(here.class_id, here.subgroup, pupil, day)
    if enrolled is None:
        return Reason.UNKNOWN_PUPIL, {}
    return None if enrolled else (Reason.NOT_ENROLLED, {"date": day})


def _sense_of_mark(case: Case, here: Ground, facts: Facts) -> Foolish | None:
    cells = case.kind.cells
    for cell, value in case.op.set.items():
        if value is None or cells[cell].guard.text != "mark":
            continue
        if not here.graded:
            return Reason.NO_MARKS, {}
        if value not in facts.scale:
            return Reason.OFF_SCALE, {"cell": cell}
    return None
