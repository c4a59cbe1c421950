"""Scopes: which parts of the school a person may hold, and the digest that a device checks its copy against.

Holds always:
1. A parent's and a pupil's only scopes are the pupil's diary and the class's bulletin; staff hold neither.
2. A diary is held only with consent and only while the right lasts (regulation 1.6, 3.1.2).
"""

from zlib import crc32

from msgspec import Struct

from sync.days import day_of
from sync.facts import Facts
from sync.model.record import KINDS

SUM = 1 << 32


class Entitlement(Struct, frozen=True):
    """Scopes a person holds by default, in the order they should arrive, and prefixes or scopes they may open."""

    default: tuple[str, ...]
    prefixes: tuple[str, ...] = ()

    def may(self, scope: str) -> bool:
        """True when the person may hold the scope now."""
        return scope in self.default or (bool(self.prefixes) and scope.startswith(self.prefixes))


def entitlement(person: str, facts: Facts, moment: int, first: frozenset[str] = frozenset()) -> Entitlement:
    """What the person may hold at that moment. `first`: journals to send before the others (today's lessons)."""
    if person in facts.records["person"]:
        return _staff(person, facts, moment, first)
    pupils = [p for p, span in facts.families.get(person, {}).items() if span.holds(moment)]
    if person in facts.records["pupil"]:
        pupils.append(person)
    shown = [p for p in pupils if consented(p, facts)]
    day = day_of(moment, facts.timezone)
    classes = dict.fromkeys(c for p in shown for c in classes_of(p, facts, day))
    return Entitlement((*(f"diary:{p}" for p in shown), *(f"bulletin:{c}" for c in classes)))


def classes_of(pupil: str, facts: Facts, day: str) -> list[str]:
    """The classes whose list holds the pupil that day."""
    found = facts.classes_with.get(pupil, ())
    return sorted(c for c in found if any(line.covers(day) for line in facts.enrolments[c][pupil].values()))


def consented(pupil: str, facts: Facts) -> bool:
    """True when the parents' written consent to publish is in force."""
    return bool((facts.get("consent", pupil) or {}).get("given"))


def _staff(person: str, facts: Facts, moment: int, first: frozenset[str]) -> Entitlement:
    roles = [g for g in facts.grants.get(person, {}).values() if g.span.holds(moment)]
    names = {g.role for g in roles}
    journals = {j for j in facts.taught.get(person, ()) if _teaches(person, j, facts, moment)}
    classes = {facts.records["journal"].get(j, {}).get("class_id") for j in journals}
    for tutor in roles:
        if tutor.role == "class_teacher":
            journals |= facts.journals_of.get(tutor.target, set())
            classes.add(tutor.target)
    default = ["school", f"inbox:{person}"]
    prefixes: tuple[str, ...] = ()
    if names & {"deputy_head", "director", "observer"}:
        prefixes = ("journal:", "class:", "office")
    elif "admin" in names:
        prefixes = ("class:", "office")
    if names & {"deputy_head", "director", "admin"}:
        default.append("office")
    default += sorted(f"class:{c}" for c in classes if c)
    default += [f"journal:{j}" for j in sorted(journals, key=lambda j: (j not in first, j))]
    return Entitlement(tuple(default), prefixes)


def _teaches(person: str, journal: str, facts: Facts, moment: int) -> bool:
    rights = (*facts.teachings[journal].values(), *facts.substitutions[journal].values())
    return any(r.person == person and r.span.holds(moment) for r in rights)


def kinds_in(scope: str) -> list[str]:
    """The record types that live in a scope."""
    head = scope.split(":")[0]
    found = [k.name for k in KINDS.values() if k.scope.split(":")[0] == head]
    return [*found, "matter"] if head in ("office", "inbox") else found


def version_hash(kind: str, key: str, seq: int) -> int:
    """A row's part of its scope's digest; the digest is (count, sum of these mod 2**32)."""
    return crc32(f"{kind}/{key}@{seq}".encode())
