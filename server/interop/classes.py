"""classes: OneRoster's classes are teaching groups; the journal knows classes, their parts, and a journal for each.

A scheduled class whose pupils are all of one homeroom class (two of them at least: one proves nothing) is a journal of
that class, for a subgroup when not everybody is in it. Any other scheduled class is a class of its own. Every class has
a journal, so that its teacher can begin; where a journal stands already, it stays with its class.
"""

from datetime import date

from msgspec import Struct

from server.interop.bundle import Row
from server.interop.dates import modified
from server.interop.ids import ident
from server.interop.orgs import Orgs
from server.interop.plan import Plan, Wanted, sift
from server.interop.reasons import Why
from server.interop.sessions import Sessions

HOMEROOM = "homeroom"
LEAST_SHARED = 2


class Group(Struct):
    """A class of the bundle as the journal will keep it. `class_id`, `subgroup`: whose journal it is."""

    row: Row
    id: str
    homeroom: bool
    span: tuple[date, date]
    class_id: str
    subgroup: str | None = None

    @property
    def own(self) -> bool:
        """It is a class of the journal itself, not a journal of another class."""
        return self.class_id == self.id


def read_classes(plan: Plan, orgs: Orgs, sessions: Sessions) -> dict[str, Group]:
    """The classes that can be imported; whose journals they are is settled by `plan_classes`."""
    rows = sift(plan, "classes", ("title",), lambda row: _end(plan, row))
    found: dict[str, Group] = {}
    for source, row in rows.items():
        elsewhere = orgs.elsewhere(row.many("schoolSourcedId"))
        if elsewhere is not None:
            plan.leave(row, Why.OTHER_SCHOOL, school=elsewhere)
        elif not row.get("title"):
            plan.leave(row, Why.MISSING, column="title")
        else:
            terms = row.many("termSourcedIds")
            unknown = [t for t in terms if t not in sessions.known]
            if unknown:
                plan.remark(row, f"termSourcedIds names {', '.join(unknown)}, not among the sessions that can be read")
            span = sessions.span_of(terms) or _latest(sessions)
            homeroom = row.get("classType").lower() == HOMEROOM
            found[source] = Group(row, ident(source), homeroom, span, ident(source))
    return found


def _latest(sessions: Sessions) -> tuple[date, date]:
    return max(sessions.years.values(), key=lambda span: span[1])


def plan_classes(
    plan: Plan, groups: dict[str, Group], members: dict[str, set[str]], subjects: dict[str, str], sessions: Sessions
) -> None:
    """Plan classes, journals, subjects and subgroups. `members`: class's sourcedId -> its pupils."""
    homerooms = {s: g for s, g in groups.items() if g.homeroom}
    for source, group in groups.items():
        _settle(plan, source, group, homerooms, members)
    for source, group in sorted(groups.items(), key=lambda item: not item[1].homeroom):
        wanted: list[Wanted] = []
        subject, name = _subject(plan, group, subjects)
        if name:
            wanted.append(("subject", subject, {"name": name, "short": group.row.get("classCode") or name}))
        if group.own:
            wanted.append(("class", group.id, {"name": group.row.get("title"), "grade": _grade(plan, group.row)}))
        elif group.subgroup:
            key = f"{group.class_id}/{group.subgroup}"
            wanted.append(("subgroup", key, {"name": group.row.get("title"), "subject": subject}))
        cells: dict[str, object] = {
            "class_id": group.class_id,
            "subject": subject,
            "year": sessions.year_on(group.span[0]),
            "subgroup": group.subgroup,
        }
        if not plan.take(group.row, *wanted, ("journal", group.id, cells)):
            del groups[source]
            for other in groups.values():  # what was to be a journal of this class is a class of its own after all
                if other.class_id == group.id:
                    other.class_id, other.subgroup = other.id, None


def _settle(
    plan: Plan, source: str, group: Group, homerooms: dict[str, Group], members: dict[str, set[str]]
) -> None:  # fmt: skip
    """Whose journal the group is."""
    standing = plan.standing.facts.journal(group.id)
    if standing is not None and standing.get("class_id"):
        group.class_id, group.subgroup = standing["class_id"], standing.get("subgroup")
        return
    mine = members.get(source, set())
    if group.homeroom or len(mine) < LEAST_SHARED:
        return
    around = [h for s, h in homerooms.items() if mine <= members.get(s, set())]
    if len(around) == 1:
        group.class_id = around[0].id
        whole = members[around[0].row.get("sourcedId")]
        group.subgroup = None if mine == whole else group.id


def _subject(plan: Plan, group: Group, subjects: dict[str, str]) -> tuple[str, str]:
    """(id, name) of the subject; the name is "" when the subject has a row of its own in courses."""
    course = group.row.get("courseSourcedId")
    if course in subjects:
        return ident(course), ""
    if course:
        plan.remark(group.row, f"courseSourcedId is {course!r}, not among the courses: the title names the subject")
    return group.id, group.row.get("title")


def _grade(plan: Plan, row: Row) -> int | None:
    """The grade of a class; None when it is none of 1 to 13 or there are several."""
    found = {int(g) for g in row.many("grades") if g.isdecimal() and 1 <= int(g) <= 13}
    if len(found) == 1:
        grade = found.pop()
        if grade == 1:
            plan.remark(row, "is of the first grade: its pupils get no marks")
        return grade
    if row.get("grades"):
        plan.remark(row, f"the grades {row.get('grades')!r} are not one grade: it was left open")
    return None


def _end(plan: Plan, row: Row) -> None:
    """A class to be deleted: its teaching and its enrolments that stand end on the day of the change."""
    id, facts = ident(row.get("sourcedId")), plan.standing.facts
    if facts.journal(id) is None and facts.get("class", id) is None:
        plan.leave(row, Why.NOTHING_TO_END)
        return
    today = date.fromisoformat(plan.today)
    day = min(modified(row) or today, today).isoformat()
    ends: list[Wanted] = []
    for kind in ("teaching", "enrolment"):
        for key, values in facts.records[kind].items():
            if key.split("/")[0] == id and (not values.get("ends") or values["ends"] > day):
                ends.append((kind, key, {"ends": day}))
    plan.take(row, *ends, fate="ended")
