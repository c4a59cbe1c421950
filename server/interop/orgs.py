"""orgs and courses: which school is imported, and its subjects.

A bundle may hold a district with many schools; the journal of one school is filled from that to which most classes and
users belong. A department belongs to the school above it.
"""

from collections import Counter

from msgspec import Struct

from server.interop.bundle import Row
from server.interop.ids import ident
from server.interop.plan import Plan, sift
from server.interop.reasons import Why

TYPES = ("department", "school", "district", "local", "state", "national")


class Orgs(Struct, frozen=True):
    """`chosen`: sourcedId of the school that is imported; `inside`: it and what lies below; `known`: all orgs."""

    chosen: str
    inside: frozenset[str]
    known: frozenset[str]
    name: str

    def elsewhere(self, sources: list[str]) -> str | None:
        """Another school of the bundle to which these orgs belong; None when the chosen one is among them, or none of
        them is known: an unknown org is no reason to leave people out."""
        if not sources or any(s in self.inside for s in sources):
            return None
        return next((s for s in sources if s in self.known), None)


def plan_orgs(plan: Plan) -> Orgs:
    """Choose the school and plan its name."""
    rows = sift(plan, "orgs", (), lambda row: plan.leave(row, Why.KEPT))
    counts = Counter(row.get("schoolSourcedId") for row in plan.bundle.rows("classes"))
    counts.update(org for row in plan.bundle.rows("users") for org in row.many("orgSourcedIds"))
    counts.pop("", None)
    schools = [s for s, row in rows.items() if row.get("type").lower() == "school"]
    below = {source: _below(source, rows) for source in rows}
    # A school is chosen before a department, and of several that with the most classes and people.
    order = sorted(schools or rows or counts, key=lambda s: (-sum(counts[o] for o in below.get(s, {s})), s))
    chosen = order[0] if order else ""
    name = rows[chosen].get("name") if chosen in rows else ""
    for source, row in rows.items():
        kind = row.get("type").lower()
        if kind not in TYPES:
            plan.leave(row, Why.UNKNOWN_TYPE, type=row.get("type"))
        elif source != chosen:
            plan.leave(row, Why.NOT_THE_SCHOOL)
        elif plan.take(row) and kind != "school":
            plan.remark(row, f"is a {kind}: it gives the school its name, because there is no school in the bundle")
    if chosen and chosen not in rows:
        plan.note("orgs.csv", f"does not name the school {chosen!r}, to which the classes belong")
    return Orgs(chosen, frozenset(below.get(chosen, {chosen})), frozenset(rows), name[:500])


def _below(source: str, rows: dict[str, Row]) -> set[str]:
    """The org and everything that hangs on it."""
    found = {source}
    for _ in range(len(rows)):
        more = {s for s, row in rows.items() if row.get("parentSourcedId") in found and s not in found}
        if not more:
            break
        found |= more
    return found


def plan_courses(plan: Plan, orgs: Orgs) -> dict[str, str]:
    """Plan the subjects; answers sourcedId -> title of those that were taken."""
    rows = sift(plan, "courses", ("title",), lambda row: plan.leave(row, Why.KEPT))
    titles: dict[str, str] = {}
    for source, row in rows.items():
        elsewhere = orgs.elsewhere(row.many("orgSourcedId"))
        if elsewhere is not None:
            plan.leave(row, Why.OTHER_SCHOOL, school=elsewhere)
        elif not row.get("title"):
            plan.leave(row, Why.MISSING, column="title")
        else:
            cells: dict[str, object] = {"name": row.get("title"), "short": row.get("courseCode") or row.get("title")}
            if plan.take(row, ("subject", ident(source), cells)):
                titles[source] = row.get("title")
    return titles
