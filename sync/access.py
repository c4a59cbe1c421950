"""Access: who may write which cell at a moment, and with what authority.

Holds always:
1. Authority orders the heads of a cell: deputy head over the lesson's teacher over the teacher of a lesson
   that a substitute gave. 0 means no right.
2. For a substituted lesson the substitute is its teacher.
3. A right is judged for the moment it is used, not for the moment the op arrives.
Not here: locks and windows (`sync.windows`), which bind even those who have the right.
"""

from collections.abc import Collection

from sync.facts import Facts
from sync.model.record import Kind

NONE = 0
REGULAR = 1  # the journal's teacher, for a lesson that a substitute gave
TEACHER = 2
DEPUTY = 3

Parts = dict[str, str]


def authority(kind: Kind, cells: Collection[str], parts: Parts, person: str, moment: int, facts: Facts) -> int:
    """The least authority the person has over all these cells at that moment; 0 when one of them is not theirs."""
    least = DEPUTY if cells else NONE
    for writers in {kind.cells[c].guard.writers for c in cells}:
        least = min(least, _one(writers, parts, person, moment, facts))
    return least


def _one(writers: str, parts: Parts, person: str, moment: int, facts: Facts) -> int:
    if writers == "server":
        return NONE
    if writers == "decider":
        return _decider(parts, person, moment, facts)
    if writers == "admin":
        return DEPUTY if facts.role(person, "admin", moment) else NONE
    if facts.role(person, "deputy_head", moment):
        return DEPUTY
    if writers == "deputy":
        return DEPUTY if facts.role(person, "admin", moment) else NONE
    journal = parts["journal"]
    if writers == "tutor":
        class_id = (facts.journal(journal) or {}).get("class_id")
        return TEACHER if class_id and facts.role(person, "class_teacher", moment, class_id) else NONE
    taught = any(r.person == person and r.span.holds(moment) for r in facts.teachings[journal].values())
    if writers == "journal":
        return TEACHER if taught else NONE
    return _lesson(parts, person, moment, taught, facts)


def _lesson(parts: Parts, person: str, moment: int, taught: bool, facts: Facts) -> int:
    day = parts["date"]
    substitutes = [s for s in facts.substitutions[parts["journal"]].values() if s.covers(day)]
    if any(s.person == person and s.span.holds(moment) for s in substitutes):
        return TEACHER
    if not taught:
        return NONE
    return REGULAR if substitutes else TEACHER


def _decider(parts: Parts, person: str, moment: int, facts: Facts) -> int:
    if parts["holder"] == f"inbox:{person}":
        return TEACHER
    return DEPUTY if parts["holder"] == "office" and facts.role(person, "deputy_head", moment) else NONE


def edges(kind: Kind, parts: Parts, person: str, facts: Facts) -> list[int]:
    """Moments at which this person's right to records of this key may change."""
    found = []
    for held in facts.grants.get(person, {}).values():
        found += [held.span.opens, held.span.closes]
    journal = parts.get("journal")
    if journal is not None and kind.name not in ("teaching", "substitution"):
        for right in (*facts.teachings[journal].values(), *facts.substitutions[journal].values()):
            if right.person == person:
                found += [right.span.opens, right.span.closes]
    return found
