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
from sync.ground import Foolish, Ground, Guarded, ground, guarded
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
    cells = _guarded(case)
    here = _ground(case, cells, facts)
    foolish = _sense(case, cells, here, facts, evidence.before)
    window = _window(case, cells, facts)
    first, last, written = evidence.after + 1, evidence.before, evidence.written
    stretch = None
    if foolish is None and (window is None or last < window.closes):
        # A lesson's entries of one stretch get one answer, if no edge lies inside. (Between two contacts in one
        # millisecond there is no moment: then `written` lies before the stretch.)
        stretch = (first, last, case.arrived, min(first, written))
        told = here.told.get(stretch)
        if told is not None:
            same = told.written == written
            return told if same else Decision(told.verdict, told.reason, told.detail, written, told.authority)
    inside = here.edges[bisect_right(here.edges, first) : bisect_right(here.edges, last)]
    if window is not None and first < window.closes <= last:
        inside = tuple(sorted({*inside, window.closes}))
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


def _guarded(case: Case) -> Guarded:
    return guarded(case.kind.name, tuple(case.op.set))


def _ground(case: Case, cells: Guarded, facts: Facts) -> Ground:
    return ground(cells, case.op.key, case.parts, case.person, facts, case.approves)


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


def _window(case: Case, cells: Guarded, facts: Facts) -> Span | None:
    """The window that guards this op, or None."""
    given = case.values.get("given")
    return correction_window(given, facts.school.get("window_days")) if given is not None and cells.windowed else None


def sense(case: Case, facts: Facts, before: int) -> Foolish | None:
    """Why the entry can't be right whoever wrote it, or None: day, pupil, scale, that a matter is still open, and that
    its year is in the archive.

    `before`: the last moment at which it can have been written.
    """
    cells = _guarded(case)
    here = _ground(case, cells, facts)
    return _sense(case, cells, here, facts, before) or _archive(here, before)


def _sense(case: Case, cells: Guarded, here: Ground, facts: Facts, before: int) -> Foolish | None:
    if "journal" not in case.parts or case.kind.name == "journal":
        return _sense_of_school(case)
    if here.foolish is not None:
        return here.foolish
    if before < here.begins and any(case.op.set[cell] is not None for cell in cells.begun):
        return Reason.NOT_BEGUN, {"date": case.parts["date"]}  # to clear such a thing is lawful at any time
    pupil = case.parts.get("pupil")
    foolish = _sense_of_pupil(pupil, case, here, facts) if pupil is not None else None
    return foolish or _sense_of_mark(case, cells, here, facts)


def _sense_of_school(case: Case) -> Foolish | None:
    """The same of what is kept of the school itself and not in a journal."""
    kind = case.kind
    if kind.name == "term" and "locked" in case.op.set and not (case.op.set.get("reason") or "").strip():
        return Reason.BAD_VALUE, {"cell": "reason"}  # a lock is never changed without saying why
    if kind.name == "year" and "state" in case.op.set:
        return _sense_of_step(case)
    if kind.name == "opening" and not _is_whole_opening({**case.values, **case.op.set}):
        return Reason.BAD_VALUE, {"cell": "reason"}  # nor anything opened without a bound, an end and a reason
    if kind.name == "school" and (cell := senseless(case.op.set)):
        return Reason.BAD_VALUE, {"cell": cell}
    return _sense_of_decision(case)


def _sense_of_step(case: Case) -> Foolish | None:
    state, new = case.values.get("state"), case.op.set["state"]
    if not is_lawful(state, new):
        return Reason.ILLEGAL_STEP, {"from": state or "open", "to": new or "open"}
    return None if (case.op.set.get("reason") or "").strip() else (Reason.BAD_VALUE, {"cell": "reason"})


def _is_whole_opening(values: dict[str, Any]) -> bool:
    bound = values.get("term") or values.get("journal")
    return bool(bound and (values.get("reason") or "").strip()) or values.get("ends") is None


def _sense_of_decision(case: Case) -> Foolish | None:
    if case.kind.name != "matter":
        return None
    outcome, own = case.values.get("outcome"), case.parts["holder"].startswith("inbox:")
    reads = own and set(case.op.set) == {"seen"}  # what was decided, which is no second decision
    if outcome is not None:
        return None if reads else (Reason.ALREADY_DECIDED, {"outcome": outcome})
    if "seen" in case.op.set:
        return Reason.BAD_VALUE, {"cell": "seen"}  # nobody has read what isn't decided yet
    lawful = ("withdrawn",) if own else ("approved", "declined")
    if "outcome" in case.op.set and case.op.set["outcome"] not in lawful:
        return Reason.BAD_VALUE, {"cell": "outcome"}
    return None if case.values.get("kind") else (Reason.UNKNOWN_RECORD, {})


def _sense_of_pupil(pupil: str, case: Case, here: Ground, facts: Facts) -> Foolish | None:
    if pupil in here.listed:
        return here.listed[pupil]
    if pupil not in facts.enrolments.get(here.class_id, {}):
        return Reason.UNKNOWN_PUPIL, {}  # and not kept: there is no end of those that don't exist
    here.listed[pupil] = foolish = _sense_of_list(pupil, case.parts.get("date"), here, facts)
    return foolish


def _sense_of_list(pupil: str, day: str | None, here: Ground, facts: Facts) -> Foolish | None:
    if day is None:  # a term mark: enrolled at some time is enough, a pupil may leave before the term ends
        return None
    enrolled = facts.enrolled(here.class_id, here.subgroup, pupil, day)
    if enrolled is None:
        return Reason.UNKNOWN_PUPIL, {}
    return None if enrolled else (Reason.NOT_ENROLLED, {"date": day})


def _sense_of_mark(case: Case, cells: Guarded, here: Ground, facts: Facts) -> Foolish | None:
    for cell in cells.marks:
        value = case.op.set[cell]
        if value is None:
            continue
        if not here.graded:
            return Reason.NO_MARKS, {}
        if value not in facts.scale:
            return Reason.OFF_SCALE, {"cell": cell}
    return None
