"""Access: who may write which cell at a moment, and with what authority.

Holds always:
1. Authority orders the heads of a cell: deputy head over the lesson's teacher over the teacher of a lesson
   that a substitute gave. 0 means no right.
2. For a substituted lesson the substitute is its teacher.
3. A right is judged for the moment it is used, not for the moment the op arrives.
Not here: locks and windows (`sync.locks`, `sync.windows`), which bind even those who have the right.
"""

from collections.abc import Collection

from msgspec import Struct

from sync.days import ALWAYS, Span
from sync.facts import Facts
from sync.model.record import Kind

NONE = 0
REGULAR = 1  # the journal's teacher, for a lesson that a substitute gave
TEACHER = 2
DEPUTY = 3

EVER = Span(-2 * ALWAYS, 2 * ALWAYS)  # what a mad clock claims may lie before -ALWAYS

Parts = dict[str, str]
Claims = list[tuple[int, Span]]


class Standing(Struct, frozen=True):
    """What a person may write in one place. `claims`: for each sort of writers that the cells name, the authority of
    each right that the person has there, and the span in which it may be used."""

    claims: tuple[Claims, ...]

    def at(self, moment: int) -> int:
        """The least authority over all the cells at that moment; 0 when one of them is not the person's."""
        least = DEPUTY if self.claims else NONE
        for claims in self.claims:
            best = NONE
            for rank, span in claims:
                if rank > best and span.holds(moment):
                    best = rank
            least = min(least, best)
        return least


def standing(kind: Kind, cells: Collection[str], parts: Parts, person: str, facts: Facts) -> Standing:
    """What the person may write of these cells, whenever."""
    named = dict.fromkeys(kind.cells[c].guard.writers for c in cells)
    return Standing(tuple(_claims(writers, parts, person, facts) for writers in named))


def _claims(writers: str, parts: Parts, person: str, facts: Facts) -> Claims:
    if writers == "server":
        return []
    if writers in ("decider", "author") and parts["holder"] == f"inbox:{person}":
        return [(TEACHER, EVER)]
    if writers == "author":
        return []
    if writers == "decider":
        return _by_role(person, "deputy_head", DEPUTY, facts) if parts["holder"] == "office" else []
    if writers == "admin":
        return _by_role(person, "admin", DEPUTY, facts)
    deputy = _by_role(person, "deputy_head", DEPUTY, facts)
    if writers == "deputy":
        return deputy + _by_role(person, "admin", DEPUTY, facts)
    journal = parts["journal"]
    if writers == "tutor":
        class_id = (facts.journal(journal) or {}).get("class_id")
        return deputy + (_by_role(person, "class_teacher", TEACHER, facts, class_id) if class_id else [])
    taught = [r.span for r in facts.teachings.get(journal, {}).values() if r.person == person]
    if writers == "journal":
        return deputy + [(TEACHER, span) for span in taught]
    substitutes = [s for s in facts.substitutions.get(journal, {}).values() if s.covers(parts["date"], parts["number"])]
    own = REGULAR if substitutes else TEACHER
    return [
        *deputy,
        *((TEACHER, s.span) for s in substitutes if s.person == person),
        *((own, span) for span in taught),
    ]


def _by_role(person: str, role: str, rank: int, facts: Facts, target: str | None = None) -> Claims:
    return [(rank, span) for span in facts.spans(person, role, target)]


def dismissed(person: str, facts: Facts, moment: int) -> bool:
    """True when everything that the school gave a member of staff has ended: grants and journals (regulation 3.1.1).

    Nobody is dismissed who was given nothing yet, who still has a lesson to substitute, or whose journals merely ran
    out with the school year: the next year's are often given only in August.
    """
    if facts.get("person", person) is None:
        return False
    taught = list(facts.taught.get(person, ()))
    journals = [r for j in taught for r in list(facts.teachings.get(j, {}).values()) if r.person == person]
    lessons = [r for j in taught for r in list(facts.substitutions.get(j, {}).values()) if r.person == person]
    grants = list(facts.grants.get(person, {}).values())
    if not grants and not journals:
        return False
    last = max(span.closes for span in [r.span for r in (*journals, *lessons)] + [g.span for g in grants])
    ran_out = any(right.span.closes == last and not facts.in_year(right.ends) for right in journals)
    return last <= moment and not ran_out


def edges(kind: Kind, parts: Parts, person: str, facts: Facts) -> list[int]:
    """Moments at which this person's right to records of this key may change."""
    found = []
    for held in facts.grants.get(person, {}).values():
        found += [held.span.opens, held.span.closes]
    journal = parts.get("journal")
    if journal is not None and kind.name not in ("teaching", "substitution"):
        for right in (*facts.teachings.get(journal, {}).values(), *facts.substitutions.get(journal, {}).values()):
            if right.person == person:
                found += [right.span.opens, right.span.closes]
    return found
