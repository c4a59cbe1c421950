"""Entries as teachers leave them: lessons, presence, marks, excuses, term marks.

Each lesson has a dice of its own, seeded by its journal, day and number, so a lesson of last week reads the same
whether the demo is made today or tomorrow.

Holds always:
1. Nothing is written about a lesson that has not ended by the present moment, nor by eleven o'clock of `today`.
2. An absent pupil gets no mark at that lesson; nobody gets one before coming or after leaving; grade 1 gets none.
"""

import random
from collections import defaultdict
from collections.abc import Generator, Iterator
from datetime import date, timedelta

from server.demo.attendance import MISSED, Register, minutes_late
from server.demo.calendar import BELLS, MINUTE, Period, at
from server.demo.homework import homework
from server.demo.marking import PASSED, UNMARKED, Level, comment_on, how_many, value_of
from server.demo.people import Pupil
from server.demo.plans import Line
from server.demo.school import DemoSchool, Occasion
from server.demo.staff import FLAGSHIP, SEED, Charge
from server.exchange import Draft
from sync.marks import WEIGHTS, Weighted, proposal, weighted_mean

NOW = "11:00"
UNFILLED, UNFILLED_LATELY = 0.006, 0.13  # of lessons, and of those of the last two school days
NO_TOPIC, NO_HOMEWORK = 0.012, 0.05
IN_THE_EVENING = 0.12  # of lessons are written up later that day
CORRECTED = 0.008  # of marks
DIFFERS = 0.03  # of term marks differ from what the mean proposes
# Days after which a journal keeps its topics, control works and term marks, but not every answer and absence: a whole
# year in full takes too long to make. The journals of the flagship's class are whole.
IN_FULL = 84

Marks = dict[tuple[str, str], list[Weighted]]  # (term, pupil) -> marks


class Pen:
    """Writes one school's entries, up to `moment` (UTC ms). Ask `journal` once per journal."""

    def __init__(self, school: DemoSchool, moment: int | None = None) -> None:
        self.school = school
        pupils = [p.id for group in school.people.pupils.values() for p in group]
        self.register = Register(pupils, school.days)
        self.level = Level(pupils)
        self.today = school.today
        latest = at(school.today, NOW)
        self.now = latest if moment is None else min(moment, latest)
        past = [day for day in school.days if day < school.today]
        self.lately = past[-2] if len(past) > 1 else school.today
        self.full_from = school.today - timedelta(IN_FULL)

    def journal(self, charge: Charge) -> Iterator[Draft]:
        """Everything written in one journal, roughly in order of time."""
        plan = self.school.plan(charge)
        occasions = self.school.occasions(charge.journal)
        grade = self.school.class_of(charge).grade
        marks: Marks = defaultdict(list)
        for place, (day, number) in enumerate(occasions):
            if at(day, BELLS[number][1]) > self.now:
                break
            dice = random.Random(f"{SEED}/{charge.journal}/{day}/{number}")
            if dice.random() < (UNFILLED_LATELY if day >= self.lately else UNFILLED):
                continue
            line = plan[place] if place < len(plan) else Line(0, "Резервный урок. Повторение")
            following = occasions[place + 1] if place + 1 < len(occasions) else None
            yield self._lesson(dice, charge, (day, number), line, following, grade)
            present, roll = self._roll(dice, charge, (day, number))
            yield from roll
            if grade > 1:
                yield from self._marks(dice, charge, (day, number), line, present, marks)
        if grade > 1 and charge.course.subject not in UNMARKED:
            for term in self._ended_terms(grade):
                yield from self._term_marks(charge, term, marks)

    def _in_full(self, charge: Charge, day: date) -> bool:
        return day >= self.full_from or charge.class_id == FLAGSHIP

    def _ended_terms(self, grade: int) -> list[Period]:
        ended = [t for t in self.school.year.terms if t.ends <= self.today]
        return [t for t in ended if grade < 10 or t.id in ("q2", "q4")]  # the eldest are assessed by half-year

    def _lesson(
        self,
        dice: random.Random,
        charge: Charge,
        occasion: Occasion,
        line: Line,
        following: Occasion | None,
        grade: int,
    ) -> Draft:
        day, number = occasion
        cells: dict[str, object] = {"roll": True}
        if dice.random() >= NO_TOPIC:
            cells["topic"] = line.topic
            if line.number:
                cells["plan"] = line.number
        cells["work"] = line.work or "answer"
        place = (day - self.school.year.starts).days / 273
        text = homework(dice, charge.course.subject, place) if grade > 1 and line.work != "control" else ""
        if text and dice.random() >= NO_HOMEWORK:
            cells["homework"] = text
            if following is not None:
                cells["due"] = following[0].isoformat()
        moment = at(day, BELLS[number][1]) + dice.randrange(-12 * MINUTE, 25 * MINUTE)
        if day < self.today and dice.random() < IN_THE_EVENING:
            moment = at(day, "17:00") + dice.randrange(180 * MINUTE)
        key = f"{charge.journal}/{day}/{number}"
        return Draft("lesson", key, cells, min(moment, self.now), self.school.teacher_on(charge, day))

    def _roll(
        self, dice: random.Random, charge: Charge, occasion: Occasion
    ) -> tuple[list[Pupil], list[Draft]]:  # fmt: skip
        """Who is there, and the entries on those who are not or came late."""
        present: list[Pupil] = []
        written: list[Draft] = []
        day, number = occasion
        iso = day.isoformat()
        index = self.register.index_of(iso)
        teacher = self.school.teacher_on(charge, day)
        tutor = self.school.staff.tutors[charge.class_id]
        moment = at(day, BELLS[number][0]) + 3 * MINUTE
        kept = self._in_full(charge, day)
        for pupil in self.school.taught(charge):
            if not pupil.in_class_on(iso):
                continue
            key = f"{charge.journal}/{iso}/{number}/{pupil.id}"
            away = self.register.away(pupil.id, index)
            missed = dice.random() < MISSED
            if away is None and not missed:
                present.append(pupil)
                late = minutes_late(dice, number)
                if late and kept:
                    cells = {"presence": "late", "minutes": late}
                    written.append(Draft("attendance", key, cells, moment + late * MINUTE, teacher))
                continue
            moment += 2_000
            if not kept:
                continue
            written.append(Draft("attendance", key, {"presence": "absent"}, moment, teacher))
            excuse, told = ("", 0) if away is None else (away.excuse, away.told)
            if excuse and told < len(self.school.days) and self.school.days[told] < self.today:
                when = at(self.school.days[told], "14:40") + number * MINUTE
                written.append(Draft("attendance", key, {"reason": excuse}, when, tutor))
        return present, written

    def _marks(
        self, dice: random.Random, charge: Charge, occasion: Occasion, line: Line, present: list[Pupil], marks: Marks
    ) -> Iterator[Draft]:  # fmt: skip
        day, number = occasion
        subject = charge.course.subject
        fewer = charge.hours > 2 and not self._in_full(charge, day)
        if fewer and line.work and line.work not in ("control", "dictation"):
            return
        moment = at(day, BELLS[number][0]) + 15 * MINUTE
        if line.work in ("control", "dictation", "independent"):  # corrected at home
            moment = at(day + timedelta(dice.choice((0, 1, 1, 2, 3))), "18:30") + dice.randrange(90 * MINUTE)
        if moment > self.now:
            return
        teacher = self.school.teacher_on(charge, day)
        term = self.school.year.term_of(day)
        term_id = term.id if term else ""
        weight = WEIGHTS.get(line.work, 1)
        twice = line.work == "dictation" or line.topic.endswith("Развитие речи")
        many = how_many(dice, subject, line.work, len(present), charge.hours)
        if not line.work and fewer:
            many = many * 3 // 5
        elif not line.work and many and charge.class_id == FLAGSHIP:
            many = min(len(present), many + 3)
        # A teacher asks those who have the fewest marks, so that nobody is left without.
        asked = sorted(present, key=lambda p: len(marks[term_id, p.id]) + dice.random() * 1.6)[:many]
        for pupil in asked:
            level = self.level.of(pupil.id, subject)
            exempt = self.level.exempt(pupil.id, subject)
            value = "осв" if exempt else value_of(dice, level, subject, line.work)
            moment = min(moment + dice.randrange(4_000, 60_000), self.now)
            key = f"{charge.journal}/{day}/{number}/{pupil.id}"
            cells: dict[str, object] = {"value": value}
            comment = comment_on(dice, value)
            if comment:
                cells["comment"] = comment
            yield Draft("mark", f"{key}/1", cells, moment, teacher)
            second = twice or (charge.class_id == FLAGSHIP and line.work == "control" and dice.random() < 0.2)
            if second and not exempt:
                other = value_of(dice, level, subject, line.work)
                yield Draft("mark", f"{key}/2", {"value": other}, moment + 1_500, teacher)
                marks[term_id, pupil.id].append(Weighted(other, weight))
            if dice.random() < CORRECTED and not exempt and subject not in PASSED:
                value = yield from self._correction(dice, key, value, moment, teacher, day)
            marks[term_id, pupil.id].append(Weighted(value, weight))

    def _correction(
        self, dice: random.Random, key: str, value: str, moment: int, teacher: str, day: date
    ) -> Generator[Draft, None, str]:
        """A mark improved some days later, within the window; answers the value that stands in the end."""
        later = moment + dice.randrange(1, 7) * 86_400_000
        better = "3" if value == "." else str(min(5, int(value) + 1))
        term = self.school.year.term_of(day)
        if later >= self.now or better == value or term is None or later >= at(term.ends, "00:00"):
            return value
        cells = {"value": better, "comment": "Исправлено после пересдачи"}
        yield Draft("mark", f"{key}/1", cells, later, teacher)
        return better

    def _term_marks(self, charge: Charge, term: Period, marks: Marks) -> Iterator[Draft]:
        dice = random.Random(f"{SEED}/{charge.journal}/{term.id}")
        terms = [term.id] if self.school.class_of(charge).grade < 10 else [f"q{int(term.id[1]) - 1}", term.id]
        last = max(d for d in self.school.days if d < term.ends)
        moment = at(last, "14:30") + dice.randrange(180 * MINUTE)
        for pupil in self.school.taught(charge):
            if not pupil.in_class_on(last.isoformat()):
                continue
            given = [m for t in terms for m in marks.get((t, pupil.id), ())]
            mean = weighted_mean(given)
            cells: dict[str, object] = {}
            if self.level.exempt(pupil.id, charge.course.subject):
                cells["value"] = "осв"
            elif charge.course.subject in PASSED:
                cells["value"] = "зач"
            elif mean is None:
                cells["value"] = "н/а"
            else:
                proposed = proposal(mean)
                cells["value"] = str(proposed)
                if proposed < 5 and dice.random() < DIFFERS:
                    cells = {"value": str(proposed + 1), "reason": "Учтён заметный рост к концу четверти"}
            moment += 4_000
            yield Draft("term_mark", f"{charge.journal}/{term.id}/{pupil.id}", cells, moment, charge.teacher)
