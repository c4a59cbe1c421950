"""The weekly timetable: when each journal has its lessons, and where.

Each class has so many lessons a day and no gaps between them, so its week is a fixed set of places. A unit (a lesson
of a class, or of both its halves at once) is put into the place of its class that throws out the fewest others; what
was thrown out is put again. Places that are fought over grow dearer, so the search doesn't run in circles.

Holds always (`faults` proves it, and the search ends only when it holds):
1. A teacher, a room and a class are in one place at a time; both halves of a class are taught at once.
2. Each journal gets its hours; a subject comes once a day, twice only where the week is too short for it.
3. The substitute is free whenever the flagship's teacher teaches.
"""

import random
from collections import defaultdict

from msgspec import Struct

from server.demo.curriculum import days_of
from server.demo.staff import SEED, Charge, Staff

Place = tuple[int, int]  # weekday 1 to 5, number of the lesson
MOST_STEPS = 200_000


class Slot(Struct, frozen=True):
    """A lesson of the week."""

    journal: str
    weekday: int
    number: int
    room: str


class Unit(Struct):
    """What is placed as one: a class's lesson, or those of both its halves. `busy`: who can't be elsewhere then."""

    id: int
    class_id: str
    subject: str
    charges: tuple[Charge, ...]
    busy: tuple[str, ...]
    a_day: int
    place: Place | None = None


def make_timetable(staff: Staff) -> list[Slot]:
    """The week of every journal, without a clash."""
    units = _units(staff)
    _Search(units, _places(staff)).run()
    slots = []
    for unit in units:
        if unit.place is None:
            raise RuntimeError(f"no place was found for {unit.charges[0].journal}")
        for charge in unit.charges:
            slots.append(Slot(charge.journal, *unit.place, room_of(charge, staff)))
    return sorted(slots, key=lambda s: (s.weekday, s.number, s.journal))


def room_of(charge: Charge, staff: Staff) -> str:
    """Each teacher has a room of their own."""
    return staff.members[charge.teacher].room


def faults(slots: list[Slot], staff: Staff) -> list[str]:
    """What is wrong with a timetable, in words; empty when nothing is."""
    found: list[str] = []
    charges = {c.journal: c for c in staff.charges}
    teachers: dict[tuple[str, Place], list[str]] = defaultdict(list)
    rooms: dict[tuple[str, Place], list[str]] = defaultdict(list)
    classes: dict[tuple[str, Place], list[Charge]] = defaultdict(list)
    hours: dict[str, int] = defaultdict(int)
    for slot in slots:
        charge, place = charges[slot.journal], (slot.weekday, slot.number)
        teachers[charge.teacher, place].append(slot.journal)
        rooms[slot.room, place].append(slot.journal)
        classes[charge.class_id, place].append(charge)
        hours[slot.journal] += 1
    found += [f"{who} teaches {journals} at {at}" for (who, at), journals in teachers.items() if len(journals) > 1]
    found += [f"room {room} holds {journals} at {at}" for (room, at), journals in rooms.items() if len(journals) > 1]
    for (class_id, place), taught in classes.items():
        halves = {c.subgroup for c in taught}
        subjects = {c.course.subject for c in taught}
        if len(subjects) > 1 or len(halves) != len(taught) or (len(taught) == 1) != (halves == {""}):
            found.append(f"{class_id} has {[c.journal for c in taught]} at {place}")
    for charge in staff.charges:
        if hours[charge.journal] != charge.hours:
            found.append(f"{charge.journal} has {hours[charge.journal]} of {charge.hours} hours")
    return found


def _units(staff: Staff) -> list[Unit]:
    together: dict[tuple[str, str], list[Charge]] = defaultdict(list)
    for charge in staff.charges:
        together[charge.class_id, charge.course.subject].append(charge)
    units: list[Unit] = []
    for (class_id, subject), charges in together.items():
        busy = [c.teacher for c in charges]
        if staff.flagship in busy:
            busy.append(staff.substitute)
        hours = charges[0].hours
        for _ in range(hours):
            units.append(Unit(len(units), class_id, subject, tuple(charges), tuple(busy), -(-hours // 5)))
    return units


def _places(staff: Staff) -> dict[str, list[Place]]:
    found = {}
    for each in staff.classes:
        hours = sum(c.hours for c in staff.charges if c.class_id == each.id and not c.subgroup.endswith("-2"))
        days = days_of(each.grade, hours)
        found[each.id] = [(day + 1, n) for day in range(5) for n in range(1, days[day] + 1)]
    return found


class _Search:
    def __init__(self, units: list[Unit], places: dict[str, list[Place]]) -> None:
        self.units, self.places = units, places
        self.dice = random.Random(f"{SEED}/timetable")
        self.in_class: dict[tuple[str, Place], Unit] = {}
        self.with_teacher: dict[tuple[str, Place], Unit] = {}
        self.on_day: dict[tuple[str, str, int], list[Unit]] = defaultdict(list)
        self.fought: dict[tuple[int, Place], int] = defaultdict(int)

    def run(self) -> None:
        load: dict[str, int] = defaultdict(int)
        for unit in self.units:
            for who in unit.busy:
                load[who] += 1
        waiting = sorted(self.units, key=lambda u: (len(u.busy), max(load[w] for w in u.busy)))
        for _ in range(MOST_STEPS):
            if not waiting:
                return
            unit = waiting.pop()
            place, thrown = self._best(unit)
            for other in thrown:
                self._take(other)
                self.fought[other.id, place] += 1
                waiting.append(other)
            self._put(unit, place)
        raise RuntimeError("the timetable did not come together: lighten a teacher's load")

    def _best(self, unit: Unit) -> tuple[Place, list[Unit]]:
        best: tuple[float, Place, list[Unit]] | None = None
        for place in self.places[unit.class_id]:
            thrown = self._in_the_way(unit, place)
            # A place is dear when units are thrown out, dearer when they were thrown out of it before.
            price = sum(1 + 0.5 * self.fought[other.id, place] for other in thrown) + self.dice.random() * 0.4
            if best is None or price < best[0]:
                best = (price, place, thrown)
        if best is None:
            raise RuntimeError(f"{unit.class_id} has no lessons at all")
        return best[1], best[2]

    def _in_the_way(self, unit: Unit, place: Place) -> list[Unit]:
        found: dict[int, Unit] = {}
        standing = self.in_class.get((unit.class_id, place))
        if standing is not None:
            found[standing.id] = standing
        for who in unit.busy:
            other = self.with_teacher.get((who, place))
            if other is not None:
                found[other.id] = other
        same = self.on_day[unit.class_id, unit.subject, place[0]]
        if len([u for u in same if u.id not in found]) >= unit.a_day:
            found[same[0].id] = same[0]
        return list(found.values())

    def _put(self, unit: Unit, place: Place) -> None:
        unit.place = place
        self.in_class[unit.class_id, place] = unit
        for who in unit.busy:
            self.with_teacher[who, place] = unit
        self.on_day[unit.class_id, unit.subject, place[0]].append(unit)

    def _take(self, unit: Unit) -> None:
        place = unit.place
        if place is None:
            return
        unit.place = None
        del self.in_class[unit.class_id, place]
        for who in unit.busy:
            del self.with_teacher[who, place]
        self.on_day[unit.class_id, unit.subject, place[0]].remove(unit)
