"""The ladder of rules: what becomes of an op, judged for the moment of writing, on evidence.

memory (the caller's: an op already decided is answered as before) → form → access → sense → lock → window → merge.

Holds always:
1. The first rung that fails decides; a stranger is told NOT_YOURS and learns nothing about locks or windows.
2. Sense (pupil, scale, day) stands before lock and window: an entry that can never be right must not wait for a person.
3. A rule with an edge is decided on the interval: wholly on one side → that side; the edge inside → the claimed time
   if the clock was consistent (marked ON_CLOCK), else held as IN_DOUBT.
4. The deputy head is bound by neither lock nor window (regulation 3.2.5), nor is a teacher for whom they were opened.
Not here: which head shows (`sync.merge`).
"""

from typing import Any

from msgspec import Struct

from sync import access
from sync.evidence import Interval
from sync.facts import Facts, TermFact
from sync.model.record import Kind
from sync.ops import Op
from sync.verdicts import Decision, Reason, Verdict
from sync.windows import correction_window, grace, locked_since, term_of


class Case(Struct, frozen=True):
    """What the rules look at: the op with its kind and key parts, its author, the record's values as they stand, and
    the moment of arrival (UTC ms)."""

    op: Op
    kind: Kind
    parts: dict[str, str]
    person: str
    values: dict[str, Any]
    arrived: int


def judge(case: Case, facts: Facts, evidence: Interval) -> Decision:
    """The verdict before merge: accepted, held or refused."""
    foolish = sense(case, facts)
    term = term_of(case.kind.dated, case.parts, facts)
    first = evidence.after + 1
    inside = sorted({e for e in _edges(case, term, facts) if first < e <= evidence.before})
    if not inside:
        return _at(case, term, facts, evidence.written, evidence.written, foolish)
    sides = [_at(case, term, facts, m, evidence.written, foolish) for m in (first, *inside)]
    sure = all(s.verdict == sides[0].verdict for s in sides)
    if evidence.consistent and not facts.school.get("hold_in_doubt"):
        found = _at(case, term, facts, evidence.written, evidence.written, foolish)
        by_clock = found.verdict == Verdict.ACCEPTED and (found.reason == Reason.NONE or not sure)
        return _mark(found, Reason.ON_CLOCK) if by_clock else found
    if sure:
        return sides[-1]
    detail = {"after": evidence.after, "before": evidence.before}
    return Decision(Verdict.HELD, Reason.IN_DOUBT, detail, evidence.written, max(s.authority for s in sides))


def _mark(found: Decision, reason: Reason) -> Decision:
    return Decision(found.verdict, reason, found.detail, found.written, found.authority)


def _at(
    case: Case, term: TermFact | None, facts: Facts, moment: int, written: int,
    foolish: tuple[Reason, dict[str, Any]] | None,
) -> Decision:  # fmt: skip
    """The ladder for one moment of writing; `written` is what the entry will be said to be written at."""
    rank = access.authority(case.kind, case.op.set.keys(), case.parts, case.person, moment, facts)
    if rank == access.NONE:
        return Decision(Verdict.REFUSED, Reason.NOT_YOURS, {}, written)
    if foolish is not None:
        return Decision(Verdict.REFUSED, foolish[0], foolish[1], written, rank)
    if rank >= access.DEPUTY or _opened(case, term, facts, moment):
        return Decision(Verdict.ACCEPTED, Reason.NONE, {}, written, rank)
    late = _lock(case, term, facts, moment)
    if late is not None and late[0] == Verdict.HELD:
        return Decision(late[0], late[1], late[2], written, rank)
    window = _window(case, facts)
    if window is not None and moment >= window[1]:
        detail = {"given": window[0], "since": window[1]}
        return Decision(Verdict.HELD, Reason.WINDOW_CLOSED, detail, written, rank)
    if late is not None:
        return Decision(late[0], late[1], late[2], written, rank)
    return Decision(Verdict.ACCEPTED, Reason.NONE, {}, written, rank)


def _opened(case: Case, term: TermFact | None, facts: Facts, moment: int) -> bool:
    """True when the deputy head has opened what this entry is about for its author."""
    if case.person not in facts.openings:
        return False
    return facts.opened(case.person, term.term if term else "", case.parts.get("journal", ""), moment)


def _lock(
    case: Case, term: TermFact | None, facts: Facts, moment: int
) -> tuple[Verdict, Reason, dict[str, Any]] | None:
    if term is None or not term.changes:
        return None
    lock = locked_since(term, moment)
    if lock is not None:
        return Verdict.HELD, Reason.TERM_LOCKED, {"since": lock[0], "by": lock[1], "term": term.term}
    now = locked_since(term, case.arrived)
    if now is None:
        return None
    until = grace(now[0], facts)
    detail = {"since": now[0], "by": now[1], "until": until, "term": term.term}
    if case.arrived < until:
        return Verdict.ACCEPTED, Reason.IN_GRACE, detail
    return Verdict.HELD, Reason.AFTER_GRACE, detail


def _window(case: Case, facts: Facts) -> tuple[int, int] | None:
    """(opens, closes) of the window that guards this op, or None."""
    given = case.values.get("given")
    if given is None or not any(case.kind.cells[c].guard.window for c in case.op.set):
        return None
    window = correction_window(given, facts)
    return window.opens, window.closes


def _edges(case: Case, term: TermFact | None, facts: Facts) -> list[int]:
    found = access.edges(case.kind, case.parts, case.person, facts)
    if term is not None:
        found += [c[0] for c in term.changes]
    window = _window(case, facts)
    if window is not None:
        found.append(window[1])
    for opening in facts.openings.get(case.person, {}).values():
        found += [opening.span.opens, opening.span.closes]
    return found


def sense(case: Case, facts: Facts) -> tuple[Reason, dict[str, Any]] | None:
    """Why the entry can't be right whoever wrote it, or None: day, pupil, scale, and that a matter is still open."""
    parts, kind = case.parts, case.kind
    if kind.name == "matter" and case.values.get("outcome") is not None:
        return Reason.ALREADY_DECIDED, {"outcome": case.values["outcome"]}
    if kind.name == "term" and "locked" in case.op.set and not (case.op.set.get("reason") or "").strip():
        return Reason.BAD_VALUE, {"cell": "reason"}  # a lock is never changed without saying why
    if kind.name == "opening" and not _is_whole_opening({**case.values, **case.op.set}):
        return Reason.BAD_VALUE, {"cell": "reason"}  # nor anything opened without a bound, an end and a reason
    journal = parts.get("journal")
    if journal is None or kind.name == "journal":
        return _sense_of_decision(case)
    known = facts.journal(journal)
    if known is None:
        return Reason.UNKNOWN_RECORD, {}
    day = parts.get("date")
    if day is not None and not facts.in_year(day):
        return Reason.OUT_OF_YEAR, {"date": day}
    pupil = parts.get("pupil")
    if pupil is not None:
        found = _sense_of_pupil(case, facts, known, pupil, day)
        if found is not None:
            return found
    return _sense_of_mark(case, facts, known)


def _is_whole_opening(values: dict[str, Any]) -> bool:
    bound = values.get("term") or values.get("journal")
    return bool(bound and (values.get("reason") or "").strip()) or values.get("ends") is None


def _sense_of_decision(case: Case) -> tuple[Reason, dict[str, Any]] | None:
    if case.kind.name != "matter" or "outcome" not in case.op.set:
        return None
    own = case.parts["holder"].startswith("inbox:")
    lawful = ("withdrawn",) if own else ("approved", "declined")
    if case.op.set["outcome"] not in lawful:
        return Reason.BAD_VALUE, {"cell": "outcome"}
    return None if case.values.get("kind") else (Reason.UNKNOWN_RECORD, {})


def _sense_of_pupil(
    case: Case, facts: Facts, journal: dict[str, Any], pupil: str, day: str | None
) -> tuple[Reason, dict[str, Any]] | None:
    class_id, subgroup = journal.get("class_id") or "", journal.get("subgroup")
    if day is None:  # a term mark: enrolled at some time is enough, a pupil may leave before the term ends
        known = pupil in facts.enrolments.get(class_id, {})
        return None if known else (Reason.UNKNOWN_PUPIL, {})
    enrolled = facts.enrolled(class_id, subgroup, pupil, day)
    if enrolled is None:
        return Reason.UNKNOWN_PUPIL, {}
    return None if enrolled else (Reason.NOT_ENROLLED, {"date": day})


def _sense_of_mark(case: Case, facts: Facts, journal: dict[str, Any]) -> tuple[Reason, dict[str, Any]] | None:
    for cell, value in case.op.set.items():
        if value is None or case.kind.cells[cell].guard.text != "mark":
            continue
        class_row = facts.get("class", journal.get("class_id") or "") or {}
        if class_row.get("grade") == 1:
            return Reason.NO_MARKS, {}
        if value not in facts.scale:
            return Reason.OFF_SCALE, {"cell": cell}
    return None
