"""Edit windows and term locks: until when a cell may still be changed without a second person.

Holds always:
1. A window is half-open: at the instant it closes a correction is already too late (regulation 3.2.4).
2. It runs from the moment the first value was given, not from the lesson's date, and never reopens by itself.
3. A lock is a list of changes; the state at a moment is that of the last change at or before it.
4. What was written before a lock may arrive after it for the school's grace.
"""

from sync.days import DAY, Span
from sync.facts import GRACE_DAYS, WINDOW_DAYS, Facts, TermFact


def correction_window(given: int, facts: Facts) -> Span:
    """The span in which a mark given at `given` (UTC ms) may be corrected."""
    days = facts.school.get("window_days")
    return Span(given, given + (WINDOW_DAYS if days is None else days) * DAY)


def locked_since(term: TermFact, moment: int) -> tuple[int, str] | None:
    """(moment, person) of the lock in force at `moment`, or None when the term was open."""
    state: tuple[int, str] | None = None
    for at, locked, person, _ in term.changes:
        if at > moment:
            break
        if not locked:
            state = None
        elif state is None:
            state = (at, person)
    return state


def grace(lock: int, facts: Facts) -> int:
    """The first moment at which an entry written before the lock arrives too late."""
    days = facts.school.get("grace_days")
    return lock + (GRACE_DAYS if days is None else days) * DAY


def term_of(dated: str, parts: dict[str, str], facts: Facts) -> TermFact | None:
    """The term whose lock guards a record of this key, or None."""
    if dated == "term":
        return facts.terms.get(parts["term"])
    return facts.term_on(parts["date"]) if dated else None
