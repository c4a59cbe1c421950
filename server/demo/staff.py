"""The staff, the classes, and who teaches what: the load of each teacher (нагрузка).

Holds always:
1. A class has one teacher per subject (two where it is taught in halves), and kindred subjects have the same one.
2. Up to grade 4 the class's own teacher gives all lessons but foreign language, music and sport.
3. The same size makes the same staff.
"""

import random
from collections import defaultdict

from msgspec import Struct

from server.demo.curriculum import COURSES, Course, area_of, courses_of
from server.demo.names import Name, full_name, name_of

SEED = 32
LETTERS = {"а": "a", "б": "b", "в": "v"}
FLAGSHIP = "8b"
# How many teach an area, and what they are called.
AREAS = {
    "russian": (5, "учитель русского языка и литературы"),
    "maths": (6, "учитель математики"),
    "computing": (2, "учитель информатики"),
    "english": (8, "учитель английского языка"),
    "history": (4, "учитель истории и обществознания"),
    "geography": (1, "учитель географии"),
    "biology": (2, "учитель биологии"),
    "chemistry": (1, "учитель химии"),
    "physics": (2, "учитель физики"),
    "craft": (2, "учитель труда и изобразительного искусства"),
    "music": (1, "учитель музыки"),
    "sport": (4, "учитель физической культуры"),
}
# People whom a reader of the guide meets, by the order in which they stand in their area.
KNOWN = {
    ("maths", 0): ("Петрова", "Анна", "Петровна"),
    ("maths", 1): ("Орлов", "Сергей", "Игоревич"),
    ("russian", 0): ("Белова", "Ирина", "Николаевна"),
    ("history", 0): ("Рощин", "Павел", "Андреевич"),
    ("computing", 0): ("Зимин", "Артём", "Олегович"),
}
PETROVA, ORLOV = ("maths", 0), ("maths", 1)
FIXED = {  # class -> who takes an area there, before the others are shared out
    ("8a", "maths"): 0, ("8b", "maths"): 0, ("8v", "maths"): 0, ("5a", "maths"): 1, ("5b", "maths"): 1,
    ("8b", "russian"): 0,
}  # fmt: skip
OFFICE = (
    ("director", "Соловьёва", "Татьяна", "Викторовна", "director", "директор", "history"),
    ("deputy1", "Кузнецова", "Марина", "Львовна", "deputy_head", "заместитель директора по УВР", "russian"),
    ("deputy2", "Громов", "Андрей", "Юрьевич", "deputy_head", "заместитель директора по УВР", "geography"),
    ("admin", "Карпов", "Денис", "Сергеевич", "admin", "администратор журнала", ""),
)
HELPING = {"history": 4, "russian": 12, "geography": 14}  # hours a week that the office teaches in an area
ROOMS_OF = {"sport": ("спортзал 1", "спортзал 2", "малый зал", "спортплощадка"), "music": ("актовый зал",)}


class SchoolClass(Struct, frozen=True):
    """A class: "8b" is 8 «Б»."""

    id: str
    name: str
    grade: int


class Member(Struct, frozen=True):
    """A member of staff. `role`: of the office, else ""; `area`: what he or she teaches."""

    person: str
    name: Name
    position: str
    role: str
    area: str
    room: str


class Charge(Struct, frozen=True):
    """A journal to be: a class (or a half of it), a course, its hours a week and its teacher."""

    journal: str
    class_id: str
    course: Course
    hours: int
    teacher: str
    subgroup: str


class Staff(Struct, frozen=True):
    """Everybody who works here, and what they do. `tutors`: class -> its class teacher."""

    classes: tuple[SchoolClass, ...]
    members: dict[str, Member]
    charges: tuple[Charge, ...]
    tutors: dict[str, str]
    flagship: str
    substitute: str

    def hours_of(self, person: str) -> int:
        """Hours a week that a member of staff teaches."""
        return sum(c.hours for c in self.charges if c.teacher == person)


def all_classes() -> list[SchoolClass]:
    """Thirty-two classes: three of each grade, two of the last."""
    return [
        SchoolClass(f"{grade}{latin}", f"{grade} «{letter.upper()}»", grade)
        for grade in range(1, 12)
        for letter, latin in LETTERS.items()
        if (grade, latin) != (11, "v")
    ]


def chosen_classes(count: int) -> tuple[SchoolClass, ...]:
    """So many classes of the school, the telling ones first: 8 «Б», a first-year class, the last year."""
    classes = all_classes()
    telling = [FLAGSHIP, "1a", "8a", "11a", "8v", "5a", "5b"]
    order = telling + [c.id for c in classes if c.id not in telling]
    kept = set(order[:count])
    return tuple(c for c in classes if c.id in kept)


def make_staff(classes: tuple[SchoolClass, ...]) -> Staff:
    """The staff that these classes need, and their loads."""
    dice = random.Random(f"{SEED}/staff")
    taken = {(last, first) for _, last, first, *_ in OFFICE} | {known[:2] for known in KNOWN.values()}
    members: dict[str, Member] = {}
    for person, last, first, middle, role, position, area in OFFICE:
        members[person] = Member(person, name_of(last, first, middle), position, role, area, f"1{len(members) + 1:02}")
    people: dict[str, list[str]] = defaultdict(list)
    for area, (count, position) in AREAS.items():
        for place in range(count):
            known = KNOWN.get((area, place))
            name = name_of(*known) if known else full_name(dice, taken, woman=dice.random() < 0.75)
            person = f"t{len(members) - len(OFFICE) + 1:02}"
            rooms = ROOMS_OF.get(area)
            room = rooms[place] if rooms else f"{2 + len(members) // 25}{len(members) % 25 + 1:02}"
            members[person] = Member(person, name, position, "", area, room)
            people[area].append(person)
    for each in all_classes():
        if each.grade <= 4:
            person = f"t{len(members) - len(OFFICE) + 1:02}"
            name = full_name(dice, taken, woman=True)
            room = f"1{10 + len(people)}"
            members[person] = Member(person, name, "учитель начальных классов", "", "primary", room)
            people[each.id].append(person)
    charges = _share_out(classes, people)
    not_tutors = {row[0] for row in OFFICE} | {people["maths"][0]}  # she has the three eighth classes already
    tutors = _tutors(classes, charges, people["russian"][0], not_tutors)
    at_work = {c.teacher for c in charges} | set(tutors.values()) | {row[0] for row in OFFICE}
    at_work |= {people[area][place] for area, place in KNOWN}
    kept = {person: member for person, member in members.items() if person in at_work}
    return Staff(classes, kept, tuple(charges), tutors, people["maths"][0], people["maths"][1])


def _share_out(classes: tuple[SchoolClass, ...], people: dict[str, list[str]]) -> list[Charge]:
    load: dict[str, int] = defaultdict(int)
    helpers = {area: next(row[0] for row in OFFICE if row[6] == area) for area in HELPING}
    charges: list[Charge] = []
    # From the last year down: the office helps with the eldest.
    for each in sorted(classes, key=lambda c: (-c.grade, c.id)):
        areas: dict[str, list[tuple[Course, int]]] = defaultdict(list)
        for course, hours in courses_of(each.grade):
            areas[area_of(course, each.grade)].append((course, hours))
        for area, courses in areas.items():
            total = sum(hours for _, hours in courses)
            for course, hours in courses:
                if course.halves:
                    charges += _halves(each, course, hours, people[area], load)
            whole = [(course, hours) for course, hours in courses if not course.halves]
            if not whole:
                continue
            teacher = _teacher(each, area, total, people, helpers, load)
            for course, hours in whole:
                load[teacher] += hours
                charges.append(Charge(f"{each.id}-{course.subject}", each.id, course, hours, teacher, ""))
    order = {c.id: place for place, c in enumerate(classes)}
    subjects = list(COURSES)
    return sorted(charges, key=lambda c: (order[c.class_id], subjects.index(c.course.subject), c.subgroup))


def _teacher(
    each: SchoolClass,
    area: str,
    hours: int,
    people: dict[str, list[str]],
    helpers: dict[str, str],
    load: dict[str, int],
) -> str:
    if area == "primary":
        return people[each.id][0]
    place = FIXED.get((each.id, area))
    if place is not None:
        return people[area][place]
    helper = helpers.get(area)
    if helper is not None and load[helper] + hours <= HELPING[area]:
        return helper
    free = people[area][2:] if area == "maths" else people[area]  # Petrova and Orlov have theirs already
    return min(free, key=lambda person: load[person])


def _halves(each: SchoolClass, course: Course, hours: int, people: list[str], load: dict[str, int]) -> list[Charge]:
    """Both subgroups at once, by two teachers who always work side by side."""
    pairs = list(zip(people[::2], people[1::2], strict=True))
    pair = min(pairs, key=lambda p: load[p[0]])
    found = []
    for place, teacher in enumerate(pair, 1):
        load[teacher] += hours
        subgroup = f"{course.subject}-{place}"
        found.append(Charge(f"{each.id}-{subgroup}", each.id, course, hours, teacher, subgroup))
    return found


def _tutors(
    classes: tuple[SchoolClass, ...], charges: list[Charge], of_the_flagship: str, not_tutors: set[str]
) -> dict[str, str]:
    """Each class's class teacher: somebody who teaches the class and has no other class yet."""
    tutors = {FLAGSHIP: of_the_flagship} if any(c.id == FLAGSHIP for c in classes) else {}
    for each in classes:
        if each.id in tutors:
            continue
        teaching: dict[str, int] = defaultdict(int)
        for charge in charges:
            if charge.class_id == each.id:
                teaching[charge.teacher] += charge.hours
        free = [p for p in teaching if p not in tutors.values() and p not in not_tutors]
        tutors[each.id] = max(free or list(teaching), key=lambda p: teaching[p])
    return tutors
