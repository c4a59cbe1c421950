"""enrollments: who learns and who teaches in a class, and from when to when.

A pupil of a group that is a journal of a homeroom class stands in that class's list by the homeroom's own row; here
only the membership of the subgroup is written.
"""

from collections import defaultdict
from datetime import date

from msgspec import Struct

from server.interop.bundle import Row
from server.interop.classes import Group
from server.interop.dates import iso, modified, span_in
from server.interop.ids import ident
from server.interop.orgs import Orgs
from server.interop.plan import Plan, Wanted, sift
from server.interop.reasons import Why
from server.interop.users import User

TEACHER, STUDENT = "teacher", "student"
ROLES = ("administrator", "aide", "guardian", "parent", "proctor", "relative", STUDENT, TEACHER)


class Place(Struct, frozen=True):
    """A readable enrolment: the row, the class it is in, and its user. Days half-open, None where not given."""

    row: Row
    source: str
    user: User
    teaches: bool
    starts: date | None
    ends: date | None


def read_enrolments(plan: Plan, orgs: Orgs, groups: dict[str, Group], users: dict[str, User]) -> list[Place]:
    """The enrolments that can be imported."""
    columns = ("classSourcedId", "userSourcedId", "role")
    active = {_pair(row): row.line for row in reversed(plan.bundle.rows("enrollments")) if _is_active(row)}
    rows = sift(plan, "enrollments", columns, lambda row: _end(plan, row, active.get(_pair(row))))
    lines = {
        table: {row.get("sourcedId"): row.line for row in reversed(plan.bundle.rows(table))}
        for table in ("classes", "users")
    }
    found: list[Place] = []
    for row in rows.values():
        role = row.get("role").lower()
        source, who = row.get("classSourcedId"), row.get("userSourcedId")
        elsewhere = orgs.elsewhere(row.many("schoolSourcedId"))
        if elsewhere is not None:
            plan.leave(row, Why.OTHER_SCHOOL, school=elsewhere)
        elif role not in ROLES:
            plan.leave(row, Why.UNKNOWN_ROLE, role=row.get("role"))
        elif source not in groups:
            _leave_unknown(plan, row, "classSourcedId", source, lines["classes"])
        elif who not in users:
            _leave_unknown(plan, row, "userSourcedId", who, lines["users"])
        elif role not in (TEACHER, STUDENT):
            plan.leave(row, Why.NO_RIGHT, role=f"the role {role}")
        elif (role == TEACHER and not users[who].is_staff) or (role == STUDENT and not users[who].is_pupil):
            plan.leave(row, Why.WRONG_ROLE, is_a=f"a {users[who].role}", wanted=f"a {role}")
        else:
            span = span_in(plan, row, "beginDate", "endDate")
            if span is not None:
                found.append(Place(row, source, users[who], role == TEACHER, *span))
    return found


def _leave_unknown(plan: Plan, row: Row, column: str, value: str, lines: dict[str, int]) -> None:
    if not value:
        plan.leave(row, Why.MISSING, column=column)
    elif value in lines:
        plan.leave(row, Why.NOT_TAKEN, column=column, value=value, line=lines[value])
    else:
        plan.leave(row, Why.NO_SUCH, column=column, value=value)


def members_of(places: list[Place]) -> dict[str, set[str]]:
    """Class's sourcedId -> ids of its pupils."""
    found: dict[str, set[str]] = defaultdict(set)
    for place in places:
        if not place.teaches:
            found[place.source].add(place.user.id)
    return dict(found)


def plan_enrolments(plan: Plan, places: list[Place], groups: dict[str, Group]) -> None:
    """Plan class lists, subgroups and teaching."""
    said: dict[tuple[str, str], int] = {}
    tutors: set[str] = set()
    for place in places:
        group = groups.get(place.source)
        if group is None:  # its class could not be stored
            plan.leave(place.row, Why.NOT_TAKEN, column="classSourcedId", value=place.source, line=0)
            continue
        wanted = _teaching(plan, place, group, tutors) if place.teaches else _learning(plan, place, group)
        first = wanted[0][:2] if wanted else ("", f"{place.source}/{place.user.id}")
        if first in said:
            plan.leave(place.row, Why.SAME, line=said[first])
        elif plan.take(place.row, *wanted):
            said[first] = place.row.line


def _days(plan: Plan, place: Place, group: Group, standing: list[str]) -> tuple[str, str | None]:
    """From which day to which. Without a first day: the day that stands already, else that of the class's terms."""
    starts = place.starts or (date.fromisoformat(standing[0]) if standing else group.span[0])
    ends = place.ends or group.span[1]
    if starts >= group.span[1] or ends <= group.span[0]:
        plan.remark(place.row, "lies outside of the terms of its class")
    if ends <= starts:  # it begins after the terms of its class, and no end is given: open
        return starts.isoformat(), iso(place.ends)
    return starts.isoformat(), iso(ends)


def _starts(plan: Plan, kind: str, first: str, second: str) -> list[str]:
    """The first days of what stands between a class or journal and a person, the latest first."""
    keys = (key.split("/") for key in plan.standing.facts.records[kind])
    return sorted((k[2] for k in keys if k[0] == first and k[1] == second), reverse=True)


def _teaching(plan: Plan, place: Place, group: Group, tutors: set[str]) -> list[Wanted]:
    person = place.user.id
    starts, ends = _days(plan, place, group, _starts(plan, "teaching", group.id, person))
    found: list[Wanted] = [("teaching", f"{group.id}/{person}/{starts}", {"ends": ends, "active": True})]
    right = f"tutor-{group.id}-{person}"[:80]
    if group.homeroom and plan.standing.facts.get("grant", right) is None and right not in tutors:
        tutors.add(right)
        cells: dict[str, object] = {
            "person": person,
            "role": "class_teacher",
            "target": group.id,
            "starts": starts,
            "ends": ends,
            "reason": "OneRoster: teacher of the homeroom class",
        }
        found.append(("grant", right, cells))
    return found


def _learning(plan: Plan, place: Place, group: Group) -> list[Wanted]:
    pupil = place.user.id
    if group.own:
        starts, ends = _days(plan, place, group, _starts(plan, "enrolment", group.id, pupil))
        return [("enrolment", f"{group.id}/{pupil}/{starts}", {"name": place.user.name, "ends": ends})]
    if group.subgroup:
        return [("member", f"{group.class_id}/{group.subgroup}/{pupil}", {"active": True})]
    return []


def _pair(row: Row) -> tuple[str, str, bool]:
    return row.get("classSourcedId"), row.get("userSourcedId"), row.get("role").lower() == TEACHER


def _is_active(row: Row) -> bool:
    return row.get("status").lower() in ("", "active")


def _end(plan: Plan, row: Row, stands: int | None) -> None:
    """A row to be deleted: what stands between the class and the user ends on the day of the change. `stands`: the
    line of another row, by which the same is to stand."""
    if stands is not None:
        plan.leave(row, Why.STANDS, line=stands)
        return
    group, who = ident(row.get("classSourcedId") or "?"), ident(row.get("userSourcedId") or "?")
    facts = plan.standing.facts
    kind = "teaching" if row.get("role").lower() == TEACHER else "enrolment"
    day = min(modified(row) or date.max, date.fromisoformat(plan.today)).isoformat()
    standing = [key for key in facts.records[kind] if key.split("/")[:2] == [group, who]]
    ends: list[Wanted] = []
    for key in standing:
        values = facts.records[kind][key]
        if not values.get("ends") or values["ends"] > day:
            ends.append((kind, key, {"ends": max(day, key.split("/")[2])}))
    journal = facts.journal(group) or {}
    member = f"{journal.get('class_id')}/{journal.get('subgroup')}/{who}"
    if kind == "enrolment" and journal.get("subgroup") and facts.get("member", member) is not None:
        ends.append(("member", member, {"active": False}))
        standing.append(member)
    if standing:
        plan.take(row, *ends, fate="ended")
    else:
        plan.leave(row, Why.NOTHING_TO_END)
