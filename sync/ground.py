"""Ground: what the ladder needs to know of a place before it looks at an entry: who stands there, and what binds there.

A place is a lesson, a term or what else a key names beside the pupil. A lesson's thirty entries, its topic, marks and
absences, have one ground, which is found once.

Holds always:
1. A ground follows from the facts and the place alone: neither the moment nor what the record holds goes in.
2. It is kept among the facts' own conclusions, so no ground outlives a change of any fact.
"""

from functools import lru_cache
from typing import Any

from msgspec import Struct

from sync import access
from sync.approvals import Target
from sync.days import ALWAYS, Span, moment_of
from sync.facts import Facts, TermFact, YearFact
from sync.model.record import KINDS, Kind
from sync.verdicts import Decision, Reason

KEPT = 512  # the entries that ask the same come one after another

Foolish = tuple[Reason, dict[str, Any]]


class Guarded(Struct, frozen=True, eq=False):
    """Some cells of a kind, and what the model says of them together. `manner`: what their ground depends on beside
    the place. `windowed`: a window guards one of them. `begun`: those that tell what happens at the lesson. `marks`:
    those that hold a mark of the scale."""

    kind: Kind
    cells: tuple[str, ...]
    manner: str
    windowed: bool
    begun: tuple[str, ...]
    marks: tuple[str, ...]


@lru_cache(maxsize=1024)
def guarded(kind: str, cells: tuple[str, ...]) -> Guarded:
    """These cells of the kind of this name."""
    found = KINDS[kind]
    guards = {c: found.cells[c].guard for c in cells}
    return Guarded(
        found,
        cells,
        repr((found.where, found.dated, sorted({g.writers for g in guards.values()}))),
        any(g.window for g in guards.values()),
        tuple(c for c, g in guards.items() if g.begun),
        tuple(c for c, g in guards.items() if g.text == "mark"),
    )


class Ground(Struct, frozen=True):
    """`edges`: moments, in order, at which the ladder may begin to answer otherwise (the window's has to be added).
    `opened`: when lock and window don't bind. `foolish`: why nothing can be right here. `begins`: before this moment
    what happens at the lesson can't be known. `class_id`, `subgroup`: whose list the pupil must be on. `listed`: of
    pupils of that class, why an entry on them can't be right here, as far as somebody has asked. `graded`: the class
    gets marks. `year`, `term`: whose locks bind there; of an approval, those of what it writes.
    `told`: what the ladder last said of a stretch of time without an edge in it, by the stretch and the arrival.
    """

    standing: access.Standing
    year: YearFact | None
    term: TermFact | None
    edges: tuple[int, ...]
    opened: tuple[Span, ...]
    foolish: Foolish | None
    begins: int
    class_id: str
    subgroup: str | None
    listed: dict[str, Foolish | None]
    graded: bool
    told: dict[tuple[int, int, int, int], Decision]


def ground(
    guarded: Guarded, key: str, parts: dict[str, str], person: str, facts: Facts, approves: Target | None = None
) -> Ground:
    """The ground of the place that the key names, as the facts stand. `approves`: the record that is written there by
    approval."""
    place = (person, guarded.manner, guarded.kind.where_of(key), approves)
    known = facts.follows
    found = known.get(place)
    if found is None:
        if len(known) >= KEPT:
            known.clear()
        found = known[place] = _find(guarded, parts, person, facts, approves)
    return found


def _find(guarded: Guarded, parts: dict[str, str], person: str, facts: Facts, approves: Target | None) -> Ground:
    kind, known = guarded.kind, facts.follows
    year, term = _guards(kind, parts, facts, approves)
    journal, day = parts.get("journal", ""), parts.get("date")
    openings = facts.openings.get(person, {}).values()
    edges = set(access.edges(kind, parts, person, facts))
    for guard in (year, term):
        edges |= {change.at for change in (guard.changes if guard else ())}
    for opening in openings:
        edges |= {opening.span.opens, opening.span.closes}
    values = facts.journal(journal) or {}
    class_id, subgroup = values.get("class_id") or "", values.get("subgroup")
    return Ground(
        access.standing(kind, guarded.cells, parts, person, facts),
        year,
        term,
        tuple(sorted(edges)),
        tuple(o.span for o in openings if o.covers(term.term if term else "", journal)),
        _foolish(parts, facts),
        moment_of(day, facts.timezone) if day else -ALWAYS,
        class_id,
        subgroup,
        known.setdefault(("listed", (class_id, subgroup, day)), {}),
        (facts.get("class", class_id) or {}).get("grade") != 1,
        {},
    )


def _guards(
    kind: Kind, parts: dict[str, str], facts: Facts, approves: Target | None
) -> tuple[YearFact | None, TermFact | None]:
    written = parts
    if approves is not None:
        kind = KINDS[approves[0]]
        written = kind.parts(approves[1]) or parts
    return facts.guards_of(kind.dated, written)


def _foolish(parts: dict[str, str], facts: Facts) -> Foolish | None:
    if facts.journal(parts.get("journal", "")) is None:
        return Reason.UNKNOWN_RECORD, {}
    day = parts.get("date")
    return None if day is None or facts.in_year(day) else (Reason.OUT_OF_YEAR, {"date": day})
