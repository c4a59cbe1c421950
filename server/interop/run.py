"""Carrying out a plan: prove it on a copy of the facts, write it, make the accounts, report.

Holds always:
1. Nothing is written unless every entry of the plan would be accepted.
2. A dry run writes nothing and reports the same.
3. A one-time password is on disk, readable by the owner alone, before its account exists.
4. What a crash interrupted is finished by importing again.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from msgspec import Struct

from server.accounts.passwords import one_time
from server.exchange import Draft, Exchange
from server.house import SCHOOL, House
from server.interop.bundle import Bundle
from server.interop.oneroster import TIMEZONE, plan_import
from server.interop.plan import DEVICE, NewLogin, Plan, Standing
from server.interop.reasons import Listed, Remark
from sync.days import day_of
from sync.facts import Facts
from sync.form import form
from sync.model import KINDS
from sync.ops import Op
from sync.rules import Case, sense
from sync.verdicts import Reason

Progress = Callable[[str, int, int], None]  # (what is under way, done, of how many)
BATCH = 20


class FileCount(Struct):
    """What became of the rows of a file."""

    imported: int = 0
    ended: int = 0
    listed: int = 0


class Report(Struct):
    """What an import did, or would do. `changed`: records that are new or different now; `accounts`: new sign-ins,
    of them `bundled` with the password of the bundle and `one_time` with one made here; the others have none yet.
    `passwords`: the file with the one-time passwords, None when there are none."""

    school: str
    dry_run: bool
    new_school: bool
    files: dict[str, FileCount]
    listed: list[Listed]
    remarks: list[Remark]
    entries: int
    changed: int
    accounts: int
    bundled: int
    one_time: int
    closed: int
    passwords: Path | None = None

    @property
    def rows(self) -> int:
        """Rows of all files."""
        return sum(f.imported + f.ended + f.listed for f in self.files.values())


def run_import(
    house: House, school: str, bundle: Bundle, *, dry_run: bool = False, progress: Progress | None = None
) -> Report:
    """Import a bundle into a school, which is made when it is new. Blocks. ValueError for an unlawful school id."""
    tell = progress or (lambda what, done, total: None)
    if not SCHOOL.fullmatch(school):
        raise ValueError(f"{school!r} is no school id: use small Latin letters, digits and hyphens")
    exchange = house.exchanges.get(school)
    tell("Checking every row", 0, 0)
    facts = _copy(exchange)
    timezone = facts.timezone or TIMEZONE
    now = house.clock()
    standing = Standing(facts, house.accounts.logins(school))
    plan = plan_import(bundle, standing, school, date.fromisoformat(day_of(now, timezone)), now)
    changed = _changed(exchange, plan.drafts)
    prove(facts, plan.drafts)
    report = _report(plan, dry_run, exchange is None, len(changed))
    if dry_run:
        return report
    exchange = house.add_school(school)
    done = 0

    def count(some: int) -> None:
        nonlocal done
        done += some
        tell("Writing entries", done, len(changed))

    with house.publishers[school].paused():
        loaded = exchange.load(DEVICE, changed, count)
    if loaded.refused:
        draft, reason = loaded.refused[0]
        raise RuntimeError(f"{len(loaded.refused)} entries were refused, the first: {reason} {draft}")
    report.changed = loaded.accepted
    for login in plan.closing:
        house.accounts.disable(school, login)
    report.passwords = _make_accounts(house, school, plan.logins, tell)
    return report


def _copy(exchange: Exchange | None) -> Facts:
    """The school's facts for planning, apart from those that the server works with."""
    facts = Facts()
    if exchange is not None:
        with exchange.reading():
            for kind, rows in exchange.facts.records.items():
                for key, values in rows.items():
                    facts.put(kind, key, dict(values))
    return facts


def _changed(exchange: Exchange | None, drafts: list[Draft]) -> list[Draft]:
    """The drafts that say something new."""
    standing: dict[tuple[str, str], dict[str, object]] = {}
    if exchange is not None:
        with exchange.store.read() as reader:
            for kind in {d.kind for d in drafts}:
                found = reader.get_many(kind, [d.key for d in drafts if d.kind == kind])
                standing |= {(kind, key): dict(row.values) for key, row in found.items() if row.seq}
    changed = []
    for draft in drafts:
        now = standing.get((draft.kind, draft.key))
        if now is None or any(now.get(cell) != value for cell, value in draft.set.items()):
            standing[draft.kind, draft.key] = (now or {}) | draft.set
            changed.append(draft)
    return changed


def prove(facts: Facts, drafts: list[Draft]) -> None:
    """Judge every draft as the exchange will, on these facts, which take them in. Raises RuntimeError."""
    for draft in drafts:
        op = Op(1, draft.kind, draft.key, draft.set, draft.at)
        found = form(op)
        if isinstance(found, Reason):
            raise RuntimeError(f"the plan is wrong: {found} {draft}")
        kind, parts = found
        values = facts.get(draft.kind, draft.key) or {}
        foolish = sense(Case(op, kind, parts, draft.person, values, draft.at), facts, draft.at)
        if foolish is not None:
            raise RuntimeError(f"the plan is wrong: {foolish[0]} {draft}")
        if KINDS[draft.kind].fact:
            facts.put(draft.kind, draft.key, values | draft.set)


def _report(plan: Plan, dry_run: bool, new_school: bool, changed: int) -> Report:
    files = {table.file: FileCount() for table in plan.bundle.tables.values()}
    for (file, _), fate in plan.fates.items():
        count = files.setdefault(file, FileCount())
        setattr(count, fate, getattr(count, fate) + 1)
    order = {file: place for place, file in enumerate(files)}
    listed = sorted(plan.listed, key=lambda row: (order.get(row.file, -1), row.line))
    remarks = sorted(plan.remarks, key=lambda remark: (order.get(remark.file, -1), remark.line))
    bundled = sum(1 for login in plan.logins if login.password)
    made = sum(1 for login in plan.logins if login.staff and not login.password)
    return Report(
        plan.school, dry_run, new_school, files, listed, remarks, len(plan.drafts), changed, len(plan.logins),
        bundled, made, len(plan.closing),
    )  # fmt: skip


def _make_accounts(house: House, school: str, logins: list[NewLogin], tell: Progress) -> Path | None:
    """Make the accounts, some at a time; answers the file with the one-time passwords."""
    path: Path | None = None
    for start in range(0, len(logins), BATCH):
        batch = logins[start : start + BATCH]
        wanted = [(x, x.password or (one_time() if x.staff else None)) for x in batch]
        told = [(x, password) for x, password in wanted if x.staff and x.password is None]
        if told:
            path = path or _new_file(house.data, school, house.clock())
            with path.open("a", encoding="utf-8") as file:
                file.writelines(f"{x.login}\t{password}\t{x.name}\n" for x, password in told)
                file.flush()
        house.accounts.create_many([(school, x.login, x.person, password) for x, password in wanted])
        tell("Making accounts", min(start + BATCH, len(logins)), len(logins))
    return path


def _new_file(data: Path, school: str, moment: int) -> Path:
    path = data / f"passwords-{school}-{moment}.txt"
    path.touch(mode=0o600)
    return path
