"""users: staff, pupils and parents, who belongs to whom, and their sign-ins.

A user to be deleted loses every right that stands: the journal keeps the name, because entries bear it.
"""

from datetime import date

from msgspec import Struct

from server.accounts.accounts import plain
from server.interop.bundle import Row
from server.interop.dates import iso, modified
from server.interop.ids import ident
from server.interop.orgs import Orgs
from server.interop.plan import NewLogin, Plan, Wanted, sift
from server.interop.reasons import Why

STAFF = {"teacher": "учитель", "aide": "помощник учителя", "proctor": "дежурный", "administrator": "администратор"}
PUPILS = ("student",)
PARENTS = ("parent", "guardian", "relative")
FOREVER = date(9999, 1, 1)
OFFICE = "office-admin"  # the admin who is made when the bundle has none
LONGEST_LOGIN = 80


class User(Struct, frozen=True):
    """A user of the school that is imported. `id`: as person, pupil or guardian."""

    row: Row
    id: str
    role: str

    @property
    def name(self) -> str:
        """As in a class list."""
        return f"{self.row.get('familyName')} {self.row.get('givenName')}".strip()

    @property
    def is_staff(self) -> bool:
        """A member of staff."""
        return self.role in STAFF

    @property
    def is_pupil(self) -> bool:
        """A pupil."""
        return self.role in PUPILS


def plan_users(plan: Plan, orgs: Orgs, since: date | None) -> dict[str, User]:
    """Plan everybody; answers sourcedId -> user of those that were taken. `since`: the first day of parents' rights."""
    columns = ("role", "givenName", "familyName")
    rows = sift(plan, "users", columns, lambda row: _end(plan, row))
    users: dict[str, User] = {}
    for source, row in rows.items():
        role = row.get("role").lower()
        elsewhere = orgs.elsewhere(row.many("orgSourcedIds"))
        if elsewhere is not None:
            plan.leave(row, Why.OTHER_SCHOOL, school=elsewhere)
        elif role not in (*STAFF, *PUPILS, *PARENTS):
            plan.leave(row, Why.UNKNOWN_ROLE, role=row.get("role"))
        elif not row.get("givenName") and not row.get("familyName"):
            plan.leave(row, Why.MISSING, column="familyName")
        elif plan.standing.facts.get("person" if role in PUPILS else "pupil", ident(source)) and role not in PARENTS:
            is_a = "a member of staff" if role in PUPILS else "a pupil"
            plan.leave(row, Why.WRONG_ROLE, is_a=f"{is_a} of the journal", wanted=_a(role))
        elif plan.take(row, *_cards(plan, row, role)):
            users[source] = User(row, ident(source), role)
    _families(plan, users, since)
    _sign_ins(plan, users)
    return users


def _cards(plan: Plan, row: Row, role: str) -> list[Wanted]:
    id = ident(row.get("sourcedId"))
    cells: dict[str, object] = {
        "last_name": row.get("familyName"),
        "first_name": row.get("givenName"),
        "middle_name": row.get("middleName") or None,
    }
    if role in PUPILS:
        return [("pupil", id, cells)]
    if role in PARENTS:
        return [("guardian", id, cells)]
    found: list[Wanted] = [("person", id, {**cells, "position": STAFF[role]})]
    right = f"admin-{id}"
    if role == "administrator" and plan.standing.facts.get("grant", right) is None:
        found.append(("grant", right, {"person": id, "role": "admin", "reason": "OneRoster: administrator"}))
    return found


def _families(plan: Plan, users: dict[str, User], since: date | None) -> None:
    """Who may read whose diary: `agentSourcedIds` of the pupil, or of the parent."""
    standing = plan.standing.facts.records["family"]
    written: set[str] = set()
    for source, user in users.items():
        found = False
        for agent in user.row.many("agentSourcedIds"):
            other = users.get(agent)
            if other is None:
                plan.remark(user.row, f"agentSourcedIds names {agent!r}, who was not imported")
                continue
            parent, child = (other, user) if user.is_pupil else (user, other)
            if parent.role not in PARENTS or not child.is_pupil:
                if not user.is_staff:
                    plan.remark(
                        user.row, f"agentSourcedIds names {agent!r}, who is {_a(other.role)}: no parent and child"
                    )
                continue
            found = True
            key = f"{parent.id}/{child.id}"
            if key not in standing and key not in written:
                written.add(key)
                plan.write(("family", key, {"starts": iso(since)}))
        if user.role in PARENTS and not found:
            named = any(source in u.row.many("agentSourcedIds") for u in users.values() if u.is_pupil)
            if not named:
                plan.remark(
                    user.row, "belongs to no pupil: nothing to read; name the child in agentSourcedIds and import again"
                )


def _end(plan: Plan, row: Row) -> None:
    """A user to be deleted: every right that stands ends on the day of the change."""
    id, facts = ident(row.get("sourcedId")), plan.standing.facts
    if not any(facts.get(kind, id) for kind in ("person", "pupil", "guardian")) and id not in facts.families:
        plan.leave(row, Why.NOTHING_TO_END)
        return
    day = min(modified(row) or FOREVER, date.fromisoformat(plan.today)).isoformat()
    ends: list[Wanted] = []
    for kind, parts in (("teaching", (1,)), ("enrolment", (1,)), ("family", (0, 1))):
        for key, values in facts.records[kind].items():
            if any(key.split("/")[part] == id for part in parts) and (not values.get("ends") or values["ends"] > day):
                ends.append((kind, key, {"ends": day}))
    for key, values in facts.records["grant"].items():
        if values.get("person") == id and (not values.get("ends") or values["ends"] > day):
            ends.append(("grant", key, {"ends": day}))
    if plan.take(row, *ends, fate="ended") and ends:
        plan.closing += [login for login, person in plan.standing.logins.items() if person == id]


def _sign_ins(plan: Plan, users: dict[str, User]) -> None:
    holders = dict(plan.standing.logins)
    served = set(holders.values())
    for source, user in users.items():
        if user.id in served:
            continue
        row = user.row
        if row.get("enabledUser").lower() == "false":
            plan.remark(row, "is not enabled: no sign-in was made")
            continue
        wanted = next(filter(None, (row.get(c) for c in ("username", "email", "identifier"))), source)
        wanted = plain("".join(wanted.split()))[:LONGEST_LOGIN]
        login, number = wanted, 1
        while login in holders:
            number += 1
            login = f"{wanted}{number}"
        if login != wanted:
            plan.remark(row, f"the sign-in {wanted!r} is taken: it became {login!r}")
        holders[login] = user.id
        plan.logins.append(NewLogin(login, user.id, user.name, row.get("password") or None, user.is_staff))
    _office(plan, users, holders)


def _office(plan: Plan, users: dict[str, User], holders: dict[str, str]) -> None:
    """Somebody must be able to give rights: when nobody is an administrator, an account `admin` is made."""
    leaving = {plan.standing.logins[login] for login in plan.closing}
    enabled = ({login.person for login in plan.logins} | set(plan.standing.logins.values())) - leaving
    held = {g.get("person") for g in plan.standing.facts.records["grant"].values() if _rules(g, plan.today)}
    admins = held | {u.id for u in users.values() if u.role == "administrator"}
    if admins & enabled:
        return
    plan.note("users.csv", "has no administrator who can sign in: the account 'admin' is made")
    cells: dict[str, object] = {"last_name": "Администратор", "first_name": "", "position": "администратор журнала"}
    plan.write(
        ("person", OFFICE, cells),
        ("grant", f"admin-{OFFICE}", {"person": OFFICE, "role": "admin", "ends": None, "reason": "OneRoster: import"}),
    )
    login, number = "admin", 1
    while holders.get(login, OFFICE) != OFFICE:
        number += 1
        login = f"admin{number}"
    if OFFICE not in enabled:
        plan.logins.append(NewLogin(login, OFFICE, "Администратор", None, staff=True))


def _rules(grant: dict[str, object], today: str) -> bool:
    return grant.get("role") == "admin" and str(grant.get("ends") or "9999") > today


def _a(role: str) -> str:
    return f"an {role}" if role[0] in "aeiou" else f"a {role}"
