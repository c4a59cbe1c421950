"""academicSessions: school years and their terms.

OneRoster has sessions within sessions (school year, semester, term, grading period); the journal has one row of terms
that never overlap. The finest level that covers the year well gives its terms (quarters leave out the holidays that a
semester holds, so "well" is four fifths of the best); sessions of other levels fill what they can without overlapping,
and the rest is listed. A listed session still tells when the classes that name it are held.
"""

from datetime import date

from msgspec import Struct

from server.interop.bundle import Row
from server.interop.dates import DAY, iso, span_in
from server.interop.ids import ident
from server.interop.plan import Plan, sift
from server.interop.reasons import Why

LEVELS = ("gradingPeriod", "term", "semester")  # the finest first
YEAR = "schoolYear"


class Session(Struct):
    """A session with its days (half-open)."""

    row: Row
    source: str
    kind: str
    starts: date
    ends: date


class Sessions(Struct, frozen=True):
    """What the classes need: all sessions by sourcedId, taken or not, and the years as id -> days."""

    known: dict[str, Session]
    years: dict[str, tuple[date, date]]

    def span_of(self, sources: list[str]) -> tuple[date, date] | None:
        """From the first day of these sessions to the day after their last; None when none of them is known."""
        found = [self.known[s] for s in sources if s in self.known]
        return (min(s.starts for s in found), max(s.ends for s in found)) if found else None

    def year_on(self, day: date) -> str | None:
        """The year that holds the day, else the only one, else None."""
        inside = next((y for y, (starts, ends) in self.years.items() if starts <= day < ends), None)
        return inside or (next(iter(self.years)) if len(self.years) == 1 else None)


def plan_sessions(plan: Plan) -> Sessions:
    """Plan years and terms."""
    rows = sift(plan, "academicSessions", ("startDate", "endDate"), lambda row: plan.leave(row, Why.KEPT))
    known: dict[str, Session] = {}
    for source, row in rows.items():
        span = span_in(plan, row, "startDate", "endDate")
        if span is None:
            continue
        kind = next((k for k in (*LEVELS, YEAR) if k.lower() == row.get("type").lower()), "")
        starts, ends = span
        if starts is None or ends is None:
            plan.leave(row, Why.MISSING, column="startDate" if starts is None else "endDate")
        elif not kind:
            plan.leave(row, Why.UNKNOWN_TYPE, type=row.get("type"))
        else:
            known[source] = Session(row, source, kind, starts, ends)
    _part_neighbours(known)
    years = _years(plan, known)
    for year, sessions in years.items():
        _terms(plan, year, sessions)
    return Sessions(known, _all_years(plan, years))


def _part_neighbours(known: dict[str, Session]) -> None:
    """A sender who writes the day after the last as the end date makes neighbours overlap by one day."""
    for session in known.values():
        for other in known.values():
            if session.kind == other.kind and session.ends == other.starts + DAY and session.starts < other.starts:
                session.ends = other.starts


def _years(plan: Plan, known: dict[str, Session]) -> dict[str, list[Session]]:
    """Year id -> its sessions; a year that has no row of its own is made from its sessions."""
    of_year: dict[str, list[Session]] = {s.source: [] for s in known.values() if s.kind == YEAR}
    made: dict[str, list[Session]] = {}
    for session in known.values():
        if session.kind == YEAR:
            continue
        parent = session.row.get("parentSourcedId")
        for _ in range(len(known)):  # a term may hang on a semester, and that on the year
            if parent not in known or known[parent].kind == YEAR:
                break
            parent = known[parent].row.get("parentSourcedId")
        if parent and parent not in known:
            plan.remark(session.row, f"parentSourcedId is {parent!r}, which is not among the sessions")
        if parent not in of_year:
            parent = next((y for y in of_year if _alike(known[y], session)), "")
        if parent:
            of_year[parent].append(session)
        else:
            made.setdefault(_name(session), []).append(session)
    found: dict[str, list[Session]] = {}
    for source, sessions in of_year.items():
        year = known[source]
        starts = min([year.starts, *(s.starts for s in sessions)])
        ends = max([year.ends, *(s.ends for s in sessions)])
        if (starts, ends) != (year.starts, year.ends):
            plan.remark(year.row, f"the year was widened to hold its terms: {starts} to {ends - DAY}")
        title = year.row.get("title") or source
        cells: dict[str, object] = {"name": title, "starts": iso(starts), "ends": iso(ends)}
        if not plan.take(year.row, ("year", ident(source), cells)):
            plan.write(
                ("year", ident(source), {**cells, "name": ident(source)})
            )  # its terms need the year all the same
        found[ident(source)] = [Session(year.row, source, YEAR, starts, ends), *sessions]
    for name, sessions in made.items():
        starts, ends = min(s.starts for s in sessions), max(s.ends for s in sessions)
        plan.note("academicSessions.csv", f"has no school year for {len(sessions)} sessions: {name} was made of them")
        plan.write(("year", name, {"name": name, "starts": iso(starts), "ends": iso(ends)}))
        found[name] = [Session(sessions[0].row, name, YEAR, starts, ends), *sessions]
    return found


def _alike(year: Session, session: Session) -> bool:
    same = year.row.get("schoolYear") and year.row.get("schoolYear") == session.row.get("schoolYear")
    return bool(same) or year.starts <= session.starts < year.ends


def _name(session: Session) -> str:
    """The school year of a session: by the column (the year in which it ends), else by its first day."""
    column = session.row.get("schoolYear")
    if column.isdecimal() and len(column) == 4:
        return f"{int(column) - 1}-{column}"
    first = session.starts.year - (session.starts.month < 8)
    return f"{first}-{first + 1}"


def _terms(plan: Plan, year: str, sessions: list[Session]) -> None:
    whole, *rest = sessions
    picked: list[Session] = []
    by_level = {level: _apart([s for s in rest if s.kind == level], []) for level in LEVELS}
    covered = {level: sum((s.ends - s.starts).days for s in by_level[level]) for level in LEVELS}
    best = next(level for level in LEVELS if covered[level] * 5 >= max(covered.values()) * 4)
    for level in (best, *LEVELS):
        picked += _apart([s for s in rest if s.kind == level and s not in picked], picked)
    picked.sort(key=lambda s: s.starts)
    for number, session in enumerate(picked, 1):
        cells: dict[str, object] = {
            "year": year,
            "name": session.row.get("title") or session.source,
            "number": number,
            "starts": iso(session.starts),
            "ends": iso(session.ends),
        }
        plan.take(session.row, ("term", ident(session.source), cells))
    for session in rest:
        if session not in picked:
            other = next(p for p in picked if _overlap(p, session))
            title = other.row.get("title") or other.source
            plan.leave(session.row, Why.OVERLAPS, title=title, line=other.row.line)
    if not picked:
        plan.note("academicSessions.csv", f"has no terms for {year}: the whole year is one term")
        span = {"starts": iso(whole.starts), "ends": iso(whole.ends)}
        plan.write(("term", f"{year}-term", {"year": year, "name": year, "number": 1, **span}))


def _apart(sessions: list[Session], taken: list[Session]) -> list[Session]:
    """Of these as many as overlap neither each other nor what is taken."""
    found: list[Session] = []
    for session in sorted(sessions, key=lambda s: (s.starts, s.ends, s.row.line)):
        if not any(_overlap(session, other) for other in (*taken, *found)):
            found.append(session)
    return found


def _overlap(one: Session, other: Session) -> bool:
    return one.starts < other.ends and other.starts < one.ends


def _all_years(plan: Plan, years: dict[str, list[Session]]) -> dict[str, tuple[date, date]]:
    """The years of the bundle and those that stand; when there is none at all, the present one is made."""
    found = {year: (sessions[0].starts, sessions[0].ends) for year, sessions in years.items()}
    for year, values in plan.standing.facts.records["year"].items():
        if year not in found and values.get("starts") and values.get("ends"):
            found[year] = (date.fromisoformat(values["starts"]), date.fromisoformat(values["ends"]))
    if not found:
        today = date.fromisoformat(plan.today)
        first = today.year - (today.month < 7)
        starts, ends, year = date(first, 9, 1), date(first + 1, 6, 1), f"{first}-{first + 1}"
        plan.note("academicSessions.csv", f"gives no school year: {year} was made, with one term")
        span: dict[str, object] = {"starts": iso(starts), "ends": iso(ends)}
        plan.write(("year", year, {"name": year, **span}))
        plan.write(("term", f"{year}-term", {"year": year, "name": year, "number": 1, **span}))
        found[year] = (starts, ends)
    return found
