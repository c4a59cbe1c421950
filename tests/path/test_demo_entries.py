"""What stands in the demo school's journals: lawful, plausible, and the same every time."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from server.demo import DemoSchool, demo_drafts, make_school
from server.demo.calendar import BELLS, at, year_of
from server.demo.make import school_drafts
from server.exchange import Draft
from server.interop.run import prove
from sync.access import standing
from sync.facts import Facts
from sync.model import KINDS

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def school() -> DemoSchool:
    return make_school(TODAY)


@pytest.fixture(scope="module")
def drafts(school: DemoSchool) -> list[Draft]:
    return list(school_drafts(school))


@pytest.fixture(scope="module")
def facts(drafts: list[Draft]) -> Facts:
    found = Facts()
    prove(found, drafts)  # raises when the exchange would refuse one
    return found


def of(kind: str, drafts: Iterable[Draft]) -> list[Draft]:
    return [d for d in drafts if d.kind == kind]


def parts(draft: Draft) -> dict[str, str]:
    found = KINDS[draft.kind].parts(draft.key)
    assert found is not None
    return found


def test_every_entry_would_be_accepted_and_the_school_is_of_reference_size(drafts: list[Draft], facts: Facts) -> None:
    counts = Counter(d.kind for d in drafts)
    assert 90_000 <= len(drafts) <= 130_000
    assert counts["class"] == 32
    assert 780 <= counts["pupil"] <= 840
    assert counts["guardian"] > counts["pupil"]
    assert min(counts[k] for k in ("lesson", "mark", "attendance", "term_mark", "plan_item", "slot")) > 1000


def test_every_author_had_the_right_to_write(drafts: list[Draft], facts: Facts) -> None:
    for draft in drafts:
        if draft.kind in ("lesson", "mark", "attendance", "plan_item", "substitution", "term"):
            # A plan is written in August, before the first day of teaching.
            moment = max(draft.at, at(date(2026, 9, 1), "00:00"))
            rank = standing(KINDS[draft.kind], list(draft.set), parts(draft), draft.person, facts).at(moment)
            assert rank > 0, draft


def test_the_same_day_makes_the_same_school_entry_by_entry(drafts: list[Draft]) -> None:
    assert list(demo_drafts(TODAY)) == drafts


def test_what_stood_yesterday_still_stands_today(drafts: list[Draft]) -> None:
    """Made a day later, the demo tells the same of the days before."""
    upto = "2026-11-18"
    before = {d.key: d.set for d in demo_drafts(TODAY - timedelta(1), classes=3) if d.kind == "lesson"}
    after = {d.key: d.set for d in demo_drafts(TODAY, classes=3) if d.kind == "lesson"}
    same = [key for key in before if key.split("/")[1] < upto]
    assert len(same) > 800
    assert all(before[key] == after[key] for key in same)


def test_nothing_is_written_about_lessons_that_are_still_to_come(drafts: list[Draft]) -> None:
    now = at(TODAY, "11:00")
    assert max(d.at for d in drafts) <= now
    for lesson in of("lesson", drafts):
        where = parts(lesson)
        assert at(where["date"], BELLS[int(where["number"])][1]) <= now


@pytest.mark.parametrize(("hour", "last"), [("00:45", 0), ("09:20", 1), ("10:20", 2), ("13:30", 2)])
def test_today_is_written_up_to_the_present_moment(hour: str, last: int) -> None:
    now = at(TODAY, hour)
    written = list(demo_drafts(TODAY, 4, now))
    assert max(d.at for d in written) <= now
    numbers = {int(parts(d)["number"]) for d in of("lesson", written) if parts(d)["date"] == TODAY.isoformat()}
    assert max(numbers, default=0) == last
    before = [d for d in of("lesson", demo_drafts(TODAY, 4)) if parts(d)["date"] < TODAY.isoformat()]
    assert [d for d in of("lesson", written) if parts(d)["date"] < TODAY.isoformat()] == before
    prove(Facts(), written)


def test_a_lesson_is_written_in_its_place_in_the_timetable(drafts: list[Draft], school: DemoSchool) -> None:
    slots = {(s.journal, s.weekday, s.number) for s in school.slots}
    for lesson in of("lesson", drafts):
        where = parts(lesson)
        day = date.fromisoformat(where["date"])
        assert (where["journal"], day.isoweekday(), int(where["number"])) in slots
        assert school.year.is_school_day(day)


def test_homework_is_due_at_the_next_lesson(drafts: list[Draft], school: DemoSchool) -> None:
    days = {c.journal: [d.isoformat() for d, _ in school.occasions(c.journal)] for c in school.staff.charges}
    for lesson in of("lesson", drafts):
        due = lesson.set.get("due")
        if due is not None:
            where = parts(lesson)
            taught = days[where["journal"]]
            assert due in taught
            assert due > where["date"] or taught.count(due) > 1


def test_an_absent_pupil_gets_no_mark_and_the_first_grade_none_at_all(drafts: list[Draft]) -> None:
    absent = {d.key for d in of("attendance", drafts) if d.set.get("presence") == "absent"}
    marks = of("mark", drafts)
    assert not absent & {d.key.rsplit("/", 1)[0] for d in marks}
    assert not any(d.key[:2] in ("1a", "1b", "1v") for d in (*marks, *of("term_mark", drafts)))


def test_about_six_in_a_hundred_are_absent_and_most_of_them_excused(drafts: list[Draft], school: DemoSchool) -> None:
    pupils = {c.journal: len(school.taught(c)) for c in school.staff.charges}
    places = sum(pupils[parts(d)["journal"]] for d in of("lesson", drafts))
    attendance = of("attendance", drafts)
    absent = sum(d.set.get("presence") == "absent" for d in attendance)
    assert 0.045 < absent / places < 0.075
    excused = [d for d in attendance if "reason" in d.set]
    assert 0.6 < len(excused) / absent < 0.95
    tutors = school.staff.tutors
    assert all(d.person == tutors[parts(d)["journal"].split("-")[0]] for d in excused)
    late = [d.set["minutes"] for d in attendance if d.set.get("presence") == "late"]
    assert len(late) > 500 and min(late) > 0


def test_marks_are_of_several_kinds_some_doubled_commented_or_corrected(drafts: list[Draft]) -> None:
    marks = of("mark", drafts)
    values = Counter(d.set.get("value") for d in marks)
    assert set(values) == {"5", "4", "3", "2", ".", "зач", "незач", "осв"}
    assert values["4"] > values["5"] > values["2"] > 100
    assert sum(d.key.endswith("/2") for d in marks) > 300
    assert sum("comment" in d.set for d in marks) > 500
    repeated = [key for key, count in Counter(d.key for d in marks).items() if count > 1]
    assert len(repeated) > 50


def test_hardly_a_pupil_is_left_without_a_mark(drafts: list[Draft]) -> None:
    values = Counter(d.set["value"] for d in of("term_mark", drafts))
    assert values["н/а"] / values.total() < 0.01
    assert values["5"] and values["4"] and values["3"] and values["2"]


def test_few_lessons_are_left_unfilled_but_more_of_the_last_days(drafts: list[Draft], school: DemoSchool) -> None:
    written = {d.key for d in of("lesson", drafts)}
    filled: dict[str, list[bool]] = defaultdict(list)
    for charge in school.staff.charges:
        for day, number in school.occasions(charge.journal):
            if day < TODAY:
                filled[day.isoformat()].append(f"{charge.journal}/{day}/{number}" in written)
    days = sorted(filled)
    lately = [f for day in days[-2:] for f in filled[day]]
    before = [f for day in days[:-2] for f in filled[day]]
    assert 0.002 < 1 - sum(before) / len(before) < 0.02
    assert 0.05 < 1 - sum(lately) / len(lately) < 0.25
    assert any(TODAY.isoformat() in key for key in written)


def test_the_ended_term_is_locked_by_the_admin_with_a_reason(facts: Facts) -> None:
    first, second = facts.records["term"]["q1"], facts.records["term"]["q2"]
    assert first["locked"] is True and first["reason"]
    assert "locked" not in second


def test_one_substitution_runs_today_and_one_is_past(drafts: list[Draft], school: DemoSchool) -> None:
    past, present = sorted(school.stands, key=lambda s: s.starts)
    assert past.ends < TODAY
    assert present.starts == TODAY and present.ends == TODAY + timedelta(7)
    assert present.person == school.staff.substitute
    teacher = next(c.teacher for c in school.staff.charges if c.journal == present.journal)
    assert teacher == school.staff.flagship and present.journal != "8b-algebra"
    assert any(s.weekday == TODAY.isoweekday() for s in school.week[present.journal])
    given = [d for d in of("lesson", drafts) if parts(d)["journal"] == past.journal and d.person == past.person]
    assert given
    assert all(past.starts.isoformat() <= parts(d)["date"] < past.ends.isoformat() for d in given)


def test_one_pupil_came_and_one_left_in_the_middle_of_the_year(drafts: list[Draft], school: DemoSchool) -> None:
    group = school.people.pupils["8b"]
    came = [p for p in group if p.starts != "2026-09-01"]
    left = [p for p in group if p.ends]
    assert len(came) == len(left) == 1
    for draft in drafts:
        if draft.kind in ("mark", "attendance"):
            where = parts(draft)
            if where["pupil"] == came[0].id:
                assert where["date"] >= came[0].starts
            if where["pupil"] == left[0].id:
                assert where["date"] < left[0].ends


def test_no_two_pupils_of_a_class_have_the_same_name_and_names_agree_with_the_sex(school: DemoSchool) -> None:
    for group in school.people.pupils.values():
        assert len({p.name.listed for p in group}) == len(group)
        for pupil in group:
            assert pupil.name.middle.endswith("на") == pupil.name.woman
            if pupil.name.last.endswith(("ова", "ева", "ёва", "ина", "ая")):
                assert pupil.name.woman
    of_daria = [g for g in school.people.guardians if school.people.demo_pupil().id in g.children]
    assert {g.name.last for g in of_daria} <= {"Ковалёв", "Ковалёва"}


@pytest.mark.parametrize(
    ("today", "starts"),
    [
        (date(2026, 8, 31), date(2025, 9, 1)),
        (date(2026, 9, 1), date(2026, 9, 1)),
        (date(2027, 5, 31), date(2026, 9, 1)),
        (date(2027, 7, 1), date(2026, 9, 1)),
    ],
)
def test_the_year_begins_in_september_and_lasts_through_the_summer(today: date, starts: date) -> None:
    year = year_of(today)
    assert year.starts == starts
    assert len(year.terms) == 4
    assert 165 <= len(year.school_days()) <= 176


@pytest.mark.parametrize("today", [date(2026, 9, 1), date(2026, 9, 6), date(2026, 11, 1), date(2027, 1, 3)])
def test_the_demo_can_be_made_on_any_day(today: date) -> None:
    prove(Facts(), list(demo_drafts(today, classes=2)))


def test_in_summer_the_whole_year_stands_and_no_lesson_is_today() -> None:
    drafts = list(demo_drafts(date(2027, 7, 10), classes=2))
    prove(Facts(), drafts)
    lessons = of("lesson", drafts)
    assert max(parts(d)["date"] for d in lessons) == "2027-05-31"
    assert {parts(d)["term"] for d in of("term_mark", drafts)} == {"q1", "q2", "q3", "q4"}
