"""Making the demo school: the drafts, the accounts and the list of sign-ins.

Making it again finishes what a crash interrupted; `demo.json` is written last, so its presence says that all is there.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from time import monotonic

from msgspec import Struct
from msgspec.structs import replace

from server.demo import setup
from server.demo.entries import Pen
from server.demo.names import in_latin
from server.demo.school import ALL_CLASSES, DemoSchool, make_school
from server.demo.staff import FLAGSHIP
from server.exchange import Draft
from server.house import House

DEVICE = "demo"
SIGN_INS = "demo.json"
PASSWORD = "zvonok-{}"

Progress = Callable[[str, int, int], None]  # (what is under way, done, of how many)


class SignIn(Struct, frozen=True):
    """A sign-in that the demo tells: its password is public."""

    role: str
    login: str
    password: str


class Login(Struct, frozen=True):
    """An account to be made. `password` is None for those who get theirs from the admin."""

    login: str
    person: str
    password: str | None


class DemoReport(Struct, frozen=True):
    """What was made: entries by kind, one sign-in per role, and the seconds it took."""

    school: str
    entries: dict[str, int]
    accounts: int
    sign_ins: list[SignIn]
    seconds: float


def demo_drafts(today: date, classes: int = ALL_CLASSES, moment: int | None = None) -> Iterator[Draft]:
    """Every entry of the demo school as it stands on `today`, in the order in which they were written."""
    return school_drafts(make_school(today, classes), moment)


def school_drafts(school: DemoSchool, moment: int | None = None) -> Iterator[Draft]:
    """Every entry of a demo school: what stands at the beginning first, then the year as it went up to `moment`."""
    for part in (setup.settings, setup.staff, setup.pupils, setup.lessons_to_be):
        yield from part(school)
    pen = Pen(school, moment)
    year = [draft for charge in school.staff.charges for draft in pen.journal(charge)]
    year += setup.changes(school)
    year.sort(key=lambda draft: draft.at)
    for draft in year:  # what the office settled for this morning stands before the morning has come
        yield draft if moment is None else replace(draft, at=min(draft.at, moment))


def logins(school: DemoSchool) -> list[Login]:
    """An account for everybody; staff and one family of 8 «Б» know their password."""
    taken: set[str] = set()
    found = []
    for person, member in school.staff.members.items():
        login = _login(in_latin(member.name.last), in_latin(member.name.first), taken)
        found.append(Login(login, person, PASSWORD.format(login)))
    shown = _shown(school)
    families = [(g.id, g.name) for g in school.people.guardians]
    families += [(p.id, p.name) for group in school.people.pupils.values() for p in group]
    for person, name in families:
        login = _login(f"{in_latin(name.last)}-{in_latin(name.first)}", "", taken)
        password = PASSWORD.format(in_latin(name.last)) if person in shown.values() else None
        found.append(Login(login, person, password))
    return found


def _login(wanted: str, more: str, taken: set[str]) -> str:
    login, number = wanted, 1
    while login in taken:
        number += 1
        login = f"{wanted}-{more}" if more and number == 2 else f"{wanted}{number}"
    taken.add(login)
    return login


def _shown(school: DemoSchool) -> dict[str, str]:
    """Role -> the family member whose sign-in is told."""
    pupil = school.people.demo_pupil()
    parent = next(g for g in school.people.guardians if pupil.id in g.children and g.name.woman)
    return {"parent": parent.id, "pupil": pupil.id}


def sign_ins(school: DemoSchool) -> list[SignIn]:
    """One sign-in for each role."""
    known = {login.person: login for login in logins(school)}
    people = {
        "teacher": school.staff.flagship,
        "class_teacher": school.staff.tutors[FLAGSHIP],
        "deputy_head": setup.DEPUTY,
        "director": setup.DIRECTOR,
        "admin": setup.ADMIN,
        **_shown(school),
        "substitute": school.staff.substitute,
    }
    return [SignIn(role, known[person].login, known[person].password or "") for role, person in people.items()]


def make_demo(
    house: House,
    today: date,
    progress: Progress | None = None,
    *,
    classes: int = ALL_CLASSES,
    moment: int | None = None,
) -> DemoReport:
    """Make the demo school in a house. `classes`: fewer than all make it small and quick.

    `moment`: the present, UTC ms; today's lessons are written up to it, and at most to eleven o'clock.
    """
    began = monotonic()
    tell = progress or (lambda what, done, total: None)
    tell("Drawing up the school", 0, 0)
    school = make_school(today, classes)
    drafts = list(school_drafts(school, moment))
    exchange = house.add_school(setup.SCHOOL)
    done = 0

    def count(some: int) -> None:
        nonlocal done
        done += some
        tell("Writing entries", done, len(drafts))

    with house.publishers[setup.SCHOOL].paused():
        report = exchange.load(DEVICE, drafts, count)
    if report.refused:
        draft, reason = report.refused[0]
        raise RuntimeError(f"{len(report.refused)} entries were refused, the first: {reason} {draft}")
    everybody = logins(school)
    tell("Making accounts", 0, len(everybody))
    house.accounts.create_many(
        [(setup.SCHOOL, login.login, login.person, login.password) for login in everybody], demo=True
    )
    tell("Making accounts", len(everybody), len(everybody))
    told = sign_ins(school)
    path = house.data / SIGN_INS
    fresh = path.with_suffix(".new")
    text = json.dumps({"sign_ins": [[s.role, s.login, s.password] for s in told]}, ensure_ascii=False, indent=1)
    fresh.write_text(text + "\n", encoding="utf-8")
    fresh.replace(path)
    entries = Counter(draft.kind for draft in drafts)
    return DemoReport(setup.SCHOOL, dict(entries), len(everybody), told, monotonic() - began)
