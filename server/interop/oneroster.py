"""Import of a OneRoster 1.1 bundle: read, plan, prove, write.

    bundle   a zip file or a folder as tables of rows
    orgs · sessions · users · classes · enrolments   what the rows mean
    plan     drafts, and the outcome of every row
    run      the plan carried out, and the report

Holds always:
1. A plan depends on nothing but the bundle, the school as it stands, and the day.
2. Importing the same bundle twice changes nothing the second time.
3. What an admin has set up (the school's settings, bells, rights) is never overwritten.
"""

from datetime import date

from server.interop.bundle import UNUSED, Bundle, read_bundle
from server.interop.classes import plan_classes, read_classes
from server.interop.dates import DAY
from server.interop.enrolments import members_of, plan_enrolments, read_enrolments
from server.interop.orgs import Orgs, plan_courses, plan_orgs
from server.interop.plan import Plan, Standing, Wanted
from server.interop.reasons import Why
from server.interop.sessions import Sessions, plan_sessions
from server.interop.users import plan_users
from sync.facts import SCALE
from sync.locks import GRACE_DAYS
from sync.marks import WEIGHTS
from sync.windows import WINDOW_DAYS

__all__ = ["BELLS", "TIMEZONE", "Plan", "Standing", "plan_import", "read_bundle"]

TIMEZONE = "Europe/Moscow"
BELLS = ("08:30", "09:25", "10:30", "11:35", "12:30", "13:25", "14:20", "15:15")
LESSON = 45


def plan_import(bundle: Bundle, standing: Standing, school: str, today: date, at: int) -> Plan:
    """What importing the bundle into the school would do. `at`: the moment of the entries, UTC ms."""
    plan = Plan(bundle, standing, school, today.isoformat(), at)
    orgs = plan_orgs(plan)
    _settings(plan, orgs)
    sessions = plan_sessions(plan)
    subjects = plan_courses(plan, orgs)
    first = min(starts for starts, _ in sessions.years.values())
    users = plan_users(plan, orgs, first)
    groups = read_classes(plan, orgs, sessions)
    places = read_enrolments(plan, orgs, groups, users)
    plan_classes(plan, groups, members_of(places), subjects, sessions)
    plan_enrolments(plan, places, groups)
    for table in UNUSED:
        for row in bundle.rows(table):
            plan.leave(row, Why.UNUSED_FILE)
    _look_at_the_days(plan, sessions)
    left = plan.unsettled()
    if left:
        raise AssertionError(f"{left[0].file}:{left[0].line} has no outcome")
    return plan


def _settings(plan: Plan, orgs: Orgs) -> None:
    """A new school begins with bells and usual settings. The school's own record comes last: where it is, they are."""
    if plan.standing.facts.school:
        return
    bells: list[Wanted] = []
    for number, starts in enumerate(BELLS, 1):
        minutes = int(starts[:2]) * 60 + int(starts[3:]) + LESSON
        cells: dict[str, object] = {"starts": starts, "ends": f"{minutes // 60:02}:{minutes % 60:02}"}
        bells.append(("bell", str(number), cells))
    plan.write(*bells)
    if not orgs.name:
        plan.note(
            "orgs.csv",
            f"gives no name: the school is called «{plan.school}»; a new import with the name does not rename it",
        )
    settings: dict[str, object] = {
        "name": orgs.name or plan.school,
        "timezone": TIMEZONE,
        "window_days": WINDOW_DAYS,
        "grace_days": GRACE_DAYS,
        "hold_in_doubt": False,
        "publication": "live",
        "publish_at": "17:00",
        "scale": list(SCALE),
        "weights": dict(WEIGHTS),
    }
    plan.write(("school", plan.school, settings))
    plan.note(
        "",
        f"a new school: time zone {TIMEZONE}, {len(BELLS)} bells from {BELLS[0]}; neither can be changed yet",
    )


def _look_at_the_days(plan: Plan, sessions: Sessions) -> None:
    today = date.fromisoformat(plan.today)
    last = max(ends for _, ends in sessions.years.values()) - DAY
    first = min(starts for starts, _ in sessions.years.values())
    if last < today:
        plan.note(
            "",
            f"every term lies in the past (the last day is {last}): nobody can teach until there is a year with today",
        )
    elif first > today:
        plan.note("", f"every term lies in the future (the first day is {first})")
    if any(draft.kind == "guardian" for draft in plan.drafts):
        plan.note(
            "",
            "no family reads the diary before consent is noted (server stopped): zvonok consent SCHOOL PUPIL --given",
        )
