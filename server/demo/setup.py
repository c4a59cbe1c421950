"""What the office writes before the first lesson: settings, year, staff, classes, pupils, families, timetable, plans.

The order is that in which records lean on each other, so that every entry finds what it needs.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from server.demo.calendar import BELLS, MINUTE, TIMEZONE, at
from server.demo.curriculum import COURSES
from server.demo.names import Name
from server.demo.school import DemoSchool
from server.demo.staff import OFFICE
from server.exchange import Draft
from sync.facts import SCALE
from sync.locks import GRACE_DAYS
from sync.marks import WEIGHTS
from sync.windows import WINDOW_DAYS

SCHOOL = "32"
NAME = "Школа № 32"
ADMIN, DEPUTY, DIRECTOR = "admin", "deputy1", "director"
LOCKED_AFTER = timedelta(4)  # days from a term's end to its lock
LOCK_REASON = "Отчётный период закончен, оценки сданы"


def settings(school: DemoSchool) -> Iterator[Draft]:
    """School, year, terms, holidays, bells and subjects."""
    year = school.year
    written = at(date(year.starts.year, 8, 20), "09:00")
    yield Draft(
        "school",
        SCHOOL,
        {
            "name": NAME, "timezone": TIMEZONE, "window_days": WINDOW_DAYS, "grace_days": GRACE_DAYS,
            "hold_in_doubt": False, "publication": "live", "publish_at": "17:00", "scale": list(SCALE),
            "weights": dict(WEIGHTS),
        },
        written,
        ADMIN,
    )  # fmt: skip
    yield Draft("year", year.id, {"name": year.name, **_span(year.starts, year.ends)}, written, ADMIN)
    for number, term in enumerate(year.terms, 1):
        cells = {"year": year.id, "name": term.name, "number": number, **_span(term.starts, term.ends)}
        yield Draft("term", term.id, cells, written, ADMIN)
    for pause in year.breaks:
        yield Draft("break", pause.id, {"name": pause.name, **_span(pause.starts, pause.ends)}, written, ADMIN)
    for number, (starts, ends) in BELLS.items():
        yield Draft("bell", str(number), {"starts": starts, "ends": ends}, written, ADMIN)
    for course in COURSES.values():
        yield Draft("subject", course.subject, {"name": course.name, "short": course.short}, written, ADMIN)


def staff(school: DemoSchool) -> Iterator[Draft]:
    """Classes, people, roles, journals and who teaches them."""
    written = at(date(school.year.starts.year, 8, 24), "10:00")
    since = date(school.year.starts.year, 8, 25).isoformat()
    for each in school.staff.classes:
        yield Draft("class", each.id, {"name": each.name, "grade": each.grade}, written, ADMIN)
    for person, member in school.staff.members.items():
        yield Draft("person", person, {**_name(member.name), "position": member.position}, written, ADMIN)
    for person, *_, role, _position, _area in OFFICE:
        reason = "Приказ о распределении обязанностей"
        right = {"person": person, "role": role, "starts": since, "reason": reason}
        yield Draft("grant", f"{role}-{person}", right, written, ADMIN)
    for class_id, person in school.staff.tutors.items():
        right = {"person": person, "role": "class_teacher", "target": class_id, "starts": since}
        right["reason"] = "Приказ о классном руководстве"
        yield Draft("grant", f"tutor-{class_id}", right, written, ADMIN)
    starts = school.year.starts.isoformat()
    for charge in school.staff.charges:
        cells: dict[str, object] = {
            "class_id": charge.class_id,
            "subject": charge.course.subject,
            "year": school.year.id,
            "hours": charge.hours,
        }
        if charge.subgroup:
            cells["subgroup"] = charge.subgroup
        yield Draft("journal", charge.journal, cells, written, DEPUTY)
        yield Draft("teaching", f"{charge.journal}/{charge.teacher}/{starts}", {"active": True}, written, DEPUTY)


def pupils(school: DemoSchool) -> Iterator[Draft]:
    """Cards, class lists, subgroups, parents and consents; a pupil who came later is written on that day."""
    first = at(date(school.year.starts.year, 8, 27), "10:00")
    subgroups = {(c.class_id, c.subgroup) for c in school.staff.charges if c.subgroup}
    for charge in school.staff.charges:
        if charge.subgroup:
            cells = {"name": f"{charge.subgroup[-1]} подгруппа", "subject": charge.course.subject}
            yield Draft("subgroup", f"{charge.class_id}/{charge.subgroup}", cells, first, DEPUTY)
    came: dict[str, int] = {}
    for group in school.people.pupils.values():
        for pupil in group:
            written = first if pupil.starts == school.year.starts.isoformat() else at(pupil.starts, "08:00")
            came[pupil.id] = written
            yield Draft("pupil", pupil.id, _name(pupil.name), written, ADMIN)
            key = f"{pupil.class_id}/{pupil.id}/{pupil.starts}"
            yield Draft("enrolment", key, {"name": pupil.name.listed}, written, ADMIN)
            if pupil.ends:
                yield Draft("enrolment", key, {"ends": pupil.ends}, at(pupil.ends, "08:00"), ADMIN)
            for subgroup in pupil.subgroups:
                if (pupil.class_id, subgroup) in subgroups:
                    key = f"{pupil.class_id}/{subgroup}/{pupil.id}"
                    yield Draft("member", key, {"active": True}, written, DEPUTY)
            said = {"given": True} if pupil.consent else {"given": False, "reason": "Родители не подписали согласие"}
            yield Draft("consent", pupil.id, said, written + MINUTE, ADMIN)
    for guardian in school.people.guardians:
        written = max(came[child] for child in guardian.children) + 2 * MINUTE
        yield Draft("guardian", guardian.id, _name(guardian.name), written, ADMIN)
        for child in guardian.children:
            right = {"starts": school.year.starts.isoformat()}
            yield Draft("family", f"{guardian.id}/{child}", right, written, ADMIN)


def lessons_to_be(school: DemoSchool) -> Iterator[Draft]:
    """The timetable and the thematic plans."""
    written = at(date(school.year.starts.year, 8, 29), "12:00")
    starts, ends = school.year.starts.isoformat(), school.year.ends.isoformat()
    for slot in school.slots:
        key = f"{slot.journal}/{slot.weekday}/{slot.number}/{starts}"
        yield Draft("slot", key, {"room": slot.room, "ends": ends}, written, DEPUTY)
    for charge in school.staff.charges:
        for line in school.plan(charge):
            cells: dict[str, object] = {"topic": line.topic}
            if line.work:
                cells["work"] = line.work
            key = f"{charge.journal}/{line.number}"
            yield Draft("plan_item", key, cells, written + 60 * MINUTE, charge.teacher)


def changes(school: DemoSchool) -> Iterator[Draft]:
    """What the office wrote during the year: substitutions, and the locks of ended terms."""
    for stand in school.stands:
        key = f"{stand.journal}/{stand.person}/{stand.starts}"
        cells = {"ends": stand.ends.isoformat(), "reason": stand.reason}
        yield Draft("substitution", key, cells, at(stand.starts, "07:50"), DEPUTY)
    for term in school.year.terms:
        locked = term.ends + LOCKED_AFTER
        if locked < school.today:
            lock = {"locked": True, "reason": LOCK_REASON}
            yield Draft("term", term.id, lock, at(locked, "17:00"), ADMIN)


def _span(starts: date, ends: date) -> dict[str, str]:
    return {"starts": starts.isoformat(), "ends": ends.isoformat()}


def _name(name: Name) -> dict[str, str]:
    return {"last_name": name.last, "first_name": name.first, "middle_name": name.middle}
