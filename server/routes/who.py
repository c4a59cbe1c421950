"""Who somebody is: name, roles and pupils, as the sign-in tells the tablet. Blocks; call it on a thread."""

from typing import Any

from msgspec import Struct

from server.exchange import Exchange
from sync.facts import Facts
from sync.model.school import ROLES
from sync.scopes import entitlement

NAMES = ("last_name", "first_name", "middle_name")


class Who(Struct, frozen=True):
    """A person as the school knows them now. `roles`: role codes, `teacher`, `parent` and `pupil` among them.

    `staff`: whether the person is of the staff, dismissed or not: sessions of staff are shorter.
    """

    name: str
    roles: list[str]
    pupils: list[str]
    school_name: str
    staff: bool


def who(exchange: Exchange, person: str) -> Who:
    """What the school knows of a person; nameless and without roles when it knows nothing."""
    with exchange.store.read() as reader:
        guardian = reader.get_many("guardian", [person]).get(person)
    now = exchange.clock()
    with exchange.reading():
        facts = exchange.facts
        staff, pupil = facts.get("person", person), facts.get("pupil", person)
        held = entitlement(person, facts, now).default
        card = staff or pupil or (guardian.values if guardian else {})
        parent = guardian is not None or person in facts.families
        return Who(
            name=full_name(card),
            roles=_roles(person, facts, now, parent=parent, pupil=pupil is not None),
            pupils=[scope.removeprefix("diary:") for scope in held if scope.startswith("diary:")],
            school_name=facts.school.get("name") or exchange.school,
            staff=staff is not None,
        )


def full_name(card: dict[str, Any]) -> str:
    """Last, first and middle name, as far as they are known."""
    return " ".join(str(card[part]) for part in NAMES if card.get(part))


def _roles(person: str, facts: Facts, now: int, *, parent: bool, pupil: bool) -> list[str]:
    found = [role for role in ROLES if facts.role(person, role, now)]
    rights = (
        right
        for journal in facts.taught.get(person, ())
        for right in (*facts.teachings[journal].values(), *facts.substitutions[journal].values())
    )
    if any(right.person == person and right.span.holds(now) for right in rights):
        found.append("teacher")
    if parent:
        found.append("parent")
    if pupil:
        found.append("pupil")
    return found
