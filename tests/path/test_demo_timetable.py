"""The week of the demo school: hours, places and people, proven on the whole school and on small ones."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

import msgspec
import pytest

from server.demo.curriculum import COURSES, MOST_HOURS, courses_of, days_of, weeks_of
from server.demo.plans import missing, plan_of
from server.demo.staff import FLAGSHIP, Staff, chosen_classes, make_staff
from server.demo.timetable import Slot, faults, make_timetable


@dataclass
class Week:
    staff: Staff
    slots: list[Slot]


@pytest.fixture(scope="module")
def week() -> Week:
    staff = make_staff(chosen_classes(32))
    return Week(staff, make_timetable(staff))


@pytest.mark.parametrize("classes", [1, 2, 7, 19, 32])
def test_no_teacher_room_or_class_is_in_two_places(classes: int) -> None:
    staff = make_staff(chosen_classes(classes))
    assert faults(make_timetable(staff), staff) == []


def test_a_planted_clash_is_found(week: Week) -> None:
    slot = next(s for s in week.slots if s.journal == "8b-algebra")
    other = next(s for s in week.slots if s.journal == "8a-algebra")  # the same teacher
    moved = msgspec.structs.replace(other, weekday=slot.weekday, number=slot.number)
    found = faults([moved if s is other else s for s in week.slots], week.staff)
    assert any("teaches" in fault for fault in found)
    assert any("room" in fault for fault in found)
    assert any("8a has" in fault for fault in found)
    assert any("hours" in fault for fault in faults(week.slots[1:], week.staff))


def test_a_class_has_no_gaps_and_no_more_hours_than_the_sanitary_rules_allow(week: Week) -> None:
    numbers: dict[tuple[str, int], set[int]] = defaultdict(set)
    for slot in week.slots:
        numbers[slot.journal.split("-")[0], slot.weekday].add(slot.number)
    for each in week.staff.classes:
        days = [numbers[each.id, weekday] for weekday in range(1, 6)]
        assert all(day == set(range(1, len(day) + 1)) for day in days)
        assert sum(map(len, days)) == MOST_HOURS[each.grade]
        assert max(map(len, days)) <= 7


def test_a_subject_comes_once_a_day(week: Week) -> None:
    charges = {c.journal: c for c in week.staff.charges}
    days: dict[tuple[str, int], int] = defaultdict(int)
    for slot in week.slots:
        days[slot.journal, slot.weekday] += 1
    assert all(count <= -(-charges[journal].hours // 5) for (journal, _), count in days.items())


def test_the_substitute_is_free_whenever_the_flagships_teacher_teaches(week: Week) -> None:
    times: dict[str, set[tuple[int, int]]] = defaultdict(set)
    charges = {c.journal: c for c in week.staff.charges}
    for slot in week.slots:
        times[charges[slot.journal].teacher].add((slot.weekday, slot.number))
    teacher, substitute = times[week.staff.flagship], times[week.staff.substitute]
    assert teacher and substitute and not teacher & substitute
    assert {weekday for weekday, _ in teacher} == {1, 2, 3, 4, 5}


def test_the_staff_is_of_reference_size(week: Week) -> None:
    members = week.staff.members.values()
    assert sum(1 for m in members if m.area and not m.role) == 50
    assert sorted(m.role for m in members if m.role) == ["admin", "deputy_head", "deputy_head", "director"]
    assert len(week.staff.classes) == 32
    assert len(set(week.staff.tutors.values())) == 32
    assert week.staff.tutors[FLAGSHIP] != week.staff.flagship
    assert max(week.staff.hours_of(person) for person in week.staff.members) <= 30


def test_the_same_size_makes_the_same_timetable(week: Week) -> None:
    assert make_timetable(make_staff(chosen_classes(32))) == week.slots


def test_every_course_has_a_plan_with_a_line_for_each_lesson() -> None:
    assert missing() == []
    for course in COURSES.values():
        for grade, hours in course.hours.items():
            lessons = hours * weeks_of(grade)
            plan = plan_of(course.subject, grade, lessons)
            assert [line.number for line in plan] == list(range(1, lessons + 1))
            topics = [line.topic for line in plan]
            assert len(set(topics)) == len(topics), (course.subject, grade)
            assert all(2 < len(t) < 300 for t in topics)
            controls = sum(line.work in ("control", "dictation") for line in plan)
            assert controls <= lessons // 10
            if grade == 1:
                assert controls == 0


def test_the_hours_of_a_grade_are_spread_evenly() -> None:
    for grade in range(1, 12):
        hours = sum(hours for _, hours in courses_of(grade))
        days = days_of(grade, hours)
        assert hours == sum(days) == MOST_HOURS[grade]
        assert max(days) - min(days) <= 1


def test_the_flagships_plan_goes_from_topic_to_topic() -> None:
    plan = plan_of("algebra", 8, 102)
    assert any("Формула корней квадратного уравнения" in line.topic for line in plan)
    works = [line.number for line in plan if line.work == "control"]
    assert len(works) == 7
    assert min(b - a for a, b in pairwise(works)) >= 6
