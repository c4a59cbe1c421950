"""Pupils and their parents: who is in which class and subgroup, from which day, and who has consented.

Holds always:
1. No two pupils of a class have the same name; brothers and sisters share a family name, parents and patronymic.
2. A pupil who came or left in the middle of the year did so before `today`.
"""

import random
from collections import defaultdict
from datetime import date

from msgspec import Struct

from server.demo.calendar import SchoolYear
from server.demo.names import FAMILIES, PATRONYMICS, Name, full_name, middle_name, name_of
from server.demo.staff import FLAGSHIP, SEED, SchoolClass, all_classes

# The class that a reader of the guide meets; the father's first name stands for the patronymic.
KNOWN = (
    "Абрамов Илья Сергей", "Белова Софья Алексей", "Васильев Артём Дмитрий", "Гаврилова Мария Андрей",
    "Дмитриев Егор Павел", "Ершова Полина Олег", "Жуков Максим Николай", "Зайцева Алиса Роман",
    "Исаев Тимофей Антон", "Ковалёва Дарья Игорь", "Константинопольский Александр Лев", "Лебедев Роман Виктор",
    "Морозова Ева Юрий",
)  # fmt: skip
DAUGHTERS = ("Белова", "Гаврилова", "Ершова", "Зайцева", "Ковалёва", "Морозова")
DEMO_PUPIL = ("Ковалёва", "Дарья")
FLAGSHIP_SIZE = 30  # one of them will have left
WITHOUT_CONSENT = 0.02
SIBLINGS = 0.07
ONE_PARENT = 0.22


class Guardian(Struct, frozen=True):
    """A parent. `children`: the pupils whose diary he or she reads."""

    id: str
    name: Name
    children: tuple[str, ...]


class Pupil(Struct, frozen=True):
    """A pupil. `starts`, `ends`: the span in the class, `ends` empty while it lasts. `subgroups`: within the class."""

    id: str
    class_id: str
    name: Name
    starts: str
    ends: str
    subgroups: tuple[str, ...]
    consent: bool

    def in_class_on(self, day: str) -> bool:
        """True on the days on which the pupil is of this class."""
        return self.starts <= day and (not self.ends or day < self.ends)


class Family(Struct):
    """Parents and what their children are called after them."""

    of_a_man: str
    father: str
    guardians: list[tuple[str, Name]]
    children: list[str]


class People(Struct, frozen=True):
    """All pupils, by class in the order of the list, and all parents."""

    pupils: dict[str, list[Pupil]]
    guardians: list[Guardian]

    def demo_pupil(self) -> Pupil:
        """The pupil whose diary the demo shows."""
        known = next(iter(self.pupils.values()))[0]
        return next((p for p in self.pupils.get(FLAGSHIP, ()) if (p.name.last, p.name.first) == DEMO_PUPIL), known)


def make_people(classes: tuple[SchoolClass, ...], year: SchoolYear, today: date) -> People:
    """Everybody who learns here, and their parents."""
    families: list[Family] = []
    pupils: dict[str, list[Pupil]] = {}
    numbers = {c.id: n for n, c in enumerate(all_classes(), 1)}
    for each in classes:
        dice = random.Random(f"{SEED}/people/{each.id}")
        named = _known(dice, families) if each.id == FLAGSHIP else []
        size = FLAGSHIP_SIZE if each.id == FLAGSHIP else dice.randint(23, 27)
        taken = {(name.last, name.first) for name, _ in named}
        while len(named) < size:
            named.append(_child(dice, families, taken))
        named.sort(key=lambda pair: pair[0].listed.replace("ё", "е").replace("Ё", "Е"))
        moved = _moves(year, today) if each.id == FLAGSHIP else {}
        pupils[each.id] = []
        for place, (name, family) in enumerate(named):
            id = f"p{numbers[each.id]:02}{place + 1:02}"
            family.children.append(id)
            starts, ends = moved.get(place, (year.starts.isoformat(), ""))
            half = 1 if place < size // 2 else 2
            with_consent = dice.random() >= WITHOUT_CONSENT
            if each.id == FLAGSHIP:
                with_consent = place != 28
            subgroups = (f"english-{half}", f"computing-{half}")
            pupils[each.id].append(Pupil(id, each.id, name, starts, ends, subgroups, with_consent))
    return People(pupils, _guardians(families))


def _known(dice: random.Random, families: list[Family]) -> list[tuple[Name, Family]]:
    found = []
    for line in KNOWN:
        last, first, father = line.split(" ")
        woman = last in DAUGHTERS
        family = _family(dice, last[:-1] if woman else last, father)
        families.append(family)
        found.append((name_of(last, first, middle_name(father, woman)), family))
    return found


def _child(dice: random.Random, families: list[Family], taken: set[tuple[str, str]]) -> tuple[Name, Family]:
    if families and dice.random() < SIBLINGS:
        family = dice.choice(families)
    else:
        family = _family(dice, dice.choice(FAMILIES), dice.choice(list(PATRONYMICS)))
        families.append(family)
    return full_name(dice, taken, family.of_a_man, father=family.father), family


def _family(dice: random.Random, of_a_man: str, father: str) -> Family:
    parents: list[tuple[str, Name]] = []
    mother = full_name(dice, set(), of_a_man, woman=True)
    man = full_name(dice, set(), of_a_man, woman=False)
    parents.append(("mother", mother))
    if dice.random() >= ONE_PARENT:
        parents.append(("father", Name(man.last, father, man.middle, False)))
    return Family(of_a_man, father, parents, [])


def _guardians(families: list[Family]) -> list[Guardian]:
    found: dict[str, Guardian] = {}
    for family in families:
        for kind, name in family.guardians:
            if family.children:
                id = f"g{family.children[0][1:]}{'m' if kind == 'mother' else 'f'}"
                found[id] = Guardian(id, name, tuple(family.children))
    return sorted(found.values(), key=lambda g: g.id)


def _moves(year: SchoolYear, today: date) -> dict[int, tuple[str, str]]:
    """Place in the list -> (starts, ends) of the pupil who came and of the one who left."""
    past = [day for day in year.school_days() if day < today]
    if len(past) < 10:
        return {}
    came, left = past[len(past) * 45 // 100], past[len(past) * 7 // 10]
    return {13: (came.isoformat(), ""), 24: (year.starts.isoformat(), left.isoformat())}


def by_subgroup(pupils: list[Pupil]) -> dict[str, list[Pupil]]:
    """Subgroup -> its pupils; "" holds the whole class."""
    found: dict[str, list[Pupil]] = defaultdict(list)
    for pupil in pupils:
        found[""].append(pupil)
        for subgroup in pupil.subgroups:
            found[subgroup].append(pupil)
    return found
