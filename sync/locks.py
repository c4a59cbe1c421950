"""Locks of a term and of a school year, as a table. What is not in the table is illegal.

| state | may become | who still writes |
|---|---|---|
| open | locked | everybody who has the right |
| locked | open, archived | the deputy head, and whom it was opened for by name until a day (`Opening`) |
| archived | nothing | nobody; nothing is approved into it either |

To say again what holds is lawful: two may close a year on tablets that have not met.

Holds always:
1. The state at a moment is that of the last change at or before it.
2. What was written before a lock may arrive after it for the school's grace.
3. A term has no archive of its own: it goes there with its year.
"""

from collections.abc import Sequence

from msgspec import Struct

from sync.days import DAY

OPEN, LOCKED, ARCHIVED = "open", "locked", "archived"
GRACE_DAYS = 3

STEPS = frozenset(
    {
        (OPEN, OPEN),
        (OPEN, LOCKED),
        (LOCKED, LOCKED),
        (LOCKED, OPEN),
        (LOCKED, ARCHIVED),
        (ARCHIVED, ARCHIVED),
    }
)


class Change(Struct, frozen=True, array_like=True):
    """A change of a lock: when, to which state, by whom, why."""

    at: int
    state: str
    person: str
    reason: str


def is_lawful(state: str | None, new: str | None) -> bool:
    """True when a lock may go from one state to the other; a year that nobody has locked is open."""
    return (state or OPEN, new or OPEN) in STEPS


def locked_since(changes: Sequence[Change], moment: int) -> tuple[int, str] | None:
    """(moment, person) of the lock in force at `moment`, or None when it was open."""
    since: tuple[int, str] | None = None
    for change in changes:
        if change.at > moment:
            break
        if change.state == OPEN:
            since = None
        elif since is None:
            since = (change.at, change.person)
    return since


def archived_at(changes: Sequence[Change], moment: int) -> Change | None:
    """The change that put it into the archive where it is at `moment`, or None.

    By the last change like any state: of two tablets that had not met, one may have opened the year after the other
    archived it and have come first; then the archive is the value that lost, and must not bind.
    """
    since: Change | None = None
    for change in changes:
        if change.at > moment:
            break
        since = (since or change) if change.state == ARCHIVED else None
    return since


def grace(lock: int, days: int | None) -> int:
    """The first moment at which an entry written before the lock arrives too late; `days` of the school's grace."""
    return lock + (GRACE_DAYS if days is None else days) * DAY
