"""The demo school as a whole, before anybody writes in its journals: year, staff, people, timetable, substitutions.

Holds always: the same `today` and size make the same school.
"""

from collections import defaultdict
from datetime import date, timedelta

from msgspec import Struct

from server.demo.calendar import SchoolYear, year_of
from server.demo.curriculum import weeks_of
from server.demo.people import People, Pupil, by_subgroup, make_people
from server.demo.plans import Line, plan_of
from server.demo.staff import FLAGSHIP, Charge, SchoolClass, Staff, chosen_classes, make_staff
from server.demo.timetable import Slot, make_timetable

ALL_CLASSES = 32
WEEK = timedelta(7)

Occasion = tuple[date, int]  # day, number of the lesson


class Stand(Struct, frozen=True):
    """A substitution: `person` instead of the journal's teacher from `starts` up to `ends` (outside)."""

    journal: str
    person: str
    starts: date
    ends: date
    reason: str


class DemoSchool(Struct, frozen=True):
    """Everything that is settled on September 1, and who stands in for whom."""

    today: date
    year: SchoolYear
    days: list[date]
    staff: Staff
    people: People
    slots: list[Slot]
    week: dict[str, list[Slot]]
    groups: dict[str, dict[str, list[Pupil]]]
    stands: list[Stand]

    def class_of(self, charge: Charge) -> SchoolClass:
        """The class that a journal is of."""
        return next(c for c in self.staff.classes if c.id == charge.class_id)

    def plan(self, charge: Charge) -> tuple[Line, ...]:
        """The journal's thematic plan."""
        grade = self.class_of(charge).grade
        return plan_of(charge.course.subject, grade, charge.hours * weeks_of(grade))

    def occasions(self, journal: str) -> list[Occasion]:
        """Every lesson of the journal in the year, in order."""
        numbers: dict[int, list[int]] = defaultdict(list)
        for slot in self.week[journal]:
            numbers[slot.weekday].append(slot.number)
        return [(day, number) for day in self.days for number in sorted(numbers.get(day.isoweekday(), ()))]

    def taught(self, charge: Charge) -> list[Pupil]:
        """The pupils of the class, or of its half; those who came or left included."""
        return self.groups[charge.class_id][charge.subgroup]

    def teacher_on(self, charge: Charge, day: date) -> str:
        """Who gives the journal's lesson on a day."""
        stand = next((s for s in self.stands if s.journal == charge.journal and s.starts <= day < s.ends), None)
        return stand.person if stand else charge.teacher


def make_school(today: date, classes: int = ALL_CLASSES) -> DemoSchool:
    """The demo school as it stands on `today`, with all its classes or with a few."""
    year = year_of(today)
    chosen = chosen_classes(classes)
    staff = make_staff(chosen)
    people = make_people(chosen, year, today)
    slots = make_timetable(staff)
    week: dict[str, list[Slot]] = defaultdict(list)
    for slot in slots:
        week[slot.journal].append(slot)
    groups = {class_id: by_subgroup(pupils) for class_id, pupils in people.pupils.items()}
    days = year.school_days()
    stands = _past_stand(staff, week, days, today) + _present_stand(staff, week, today)
    return DemoSchool(today, year, days, staff, people, slots, week, groups, stands)


def _present_stand(staff: Staff, week: dict[str, list[Slot]], today: date) -> list[Stand]:
    """From today for a week, for a journal of the flagship's teacher, with a lesson today; not the flagship itself."""
    theirs = [c.journal for c in staff.charges if c.teacher == staff.flagship]
    others = [j for j in theirs if j != f"{FLAGSHIP}-algebra"]
    today_first = sorted(others, key=lambda j: all(s.weekday != today.isoweekday() for s in week[j]))
    return [Stand(j, staff.substitute, today, today + WEEK, "Курсы повышения квалификации") for j in today_first[:1]]


def _past_stand(staff: Staff, week: dict[str, list[Slot]], days: list[date], today: date) -> list[Stand]:
    """A week in the first half of what has passed, for a journal whose colleague had no lessons at these times."""
    past = [day for day in days if day < today]
    if len(past) < 15:
        return []
    middle = past[len(past) * 2 // 5]
    monday = middle - timedelta(middle.weekday())
    for charge in sorted(staff.charges, key=lambda c: (c.class_id != FLAGSHIP, c.journal)):
        if charge.course.area in ("primary", "maths") or charge.subgroup:
            continue
        times = {(s.weekday, s.number) for s in week[charge.journal]}
        for person in sorted({c.teacher for c in staff.charges if c.course.area == charge.course.area}):
            busy = {(s.weekday, s.number) for c in staff.charges if c.teacher == person for s in week[c.journal]}
            if person != charge.teacher and not times & busy:
                return [Stand(charge.journal, person, monday, monday + WEEK, "Больничный лист")]
    return []
