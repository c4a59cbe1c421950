"""The plan of an import: what will be written, and what becomes of each row. Nothing is written here.

Holds always:
1. Every row of every file has exactly one outcome.
2. A row whose drafts can't be stored is listed, so a plan can be carried out as a whole.
"""

from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from server.exchange import Draft
from server.interop.bundle import Bundle, Row
from server.interop.reasons import Listed, Remark, Why
from sync.facts import Facts
from sync.form import form
from sync.ops import Op
from sync.verdicts import Reason

DEVICE = "import"

Fate = Literal["imported", "ended", "listed"]
Wanted = tuple[str, str, dict[str, object]]  # kind, key, cells


class Standing(Struct, frozen=True):
    """The school as it stands before the import. `logins`: login -> person."""

    facts: Facts
    logins: dict[str, str]


class NewLogin(Struct, frozen=True):
    """An account to be made. `password`: from the bundle, or None; `staff` gets a one-time password then."""

    login: str
    person: str
    name: str
    password: str | None
    staff: bool


class Plan:
    """Collects drafts and outcomes. `today`: the day in the school; `at`: the moment of the entries, UTC ms."""

    def __init__(self, bundle: Bundle, standing: Standing, school: str, today: str, at: int) -> None:
        self.bundle, self.standing, self.school, self.today, self.at = bundle, standing, school, today, at
        self.drafts: list[Draft] = []
        self.fates: dict[tuple[str, int], Fate] = {}
        self.listed: list[Listed] = []
        self.remarks: list[Remark] = list(bundle.remarks)
        self.logins: list[NewLogin] = []
        self.closing: list[str] = []
        for listed in bundle.listed:
            self._settle(listed.file, listed.line, "listed")
            self.listed.append(listed)

    def write(self, *wanted: Wanted) -> None:
        """Plan entries that stand in no row (the school's own settings)."""
        for draft in self._drafts(wanted):
            self.drafts.append(draft)

    def take(self, row: Row, *wanted: Wanted, fate: Fate = "imported") -> bool:
        """Import a row by these entries (perhaps none). False when one can't be stored: then the row is listed."""
        drafts = self._drafts(wanted)
        for draft in drafts:
            column = unfit(draft)
            if column is not None:
                self.leave(row, Why.BAD_VALUE, column=column)
                return False
        self._settle(row.file, row.line, fate)
        self.drafts += drafts
        return True

    def leave(self, row: Row, why: Why, **detail: object) -> None:
        """List a row: it is not imported."""
        self._settle(row.file, row.line, "listed")
        self.listed.append(Listed(row.file, row.line, why, detail))

    def remark(self, row: Row, words: str) -> None:
        """Say what is odd about a row that is imported."""
        self.remarks.append(Remark(row.file, row.line, words))

    def note(self, file: str, words: str) -> None:
        """Say what is odd about a whole file, or ("") about the import."""
        self.remarks.append(Remark(file, 0, words))

    def unsettled(self) -> list[Row]:
        """Rows that have no outcome yet."""
        rows = (row for table in self.bundle.tables.values() for row in table.rows)
        return [row for row in rows if (row.file, row.line) not in self.fates]

    def _drafts(self, wanted: tuple[Wanted, ...]) -> list[Draft]:
        return [Draft(kind, key, cells, self.at, DEVICE) for kind, key, cells in wanted]

    def _settle(self, file: str, line: int, fate: Fate) -> None:
        if (file, line) in self.fates:
            raise AssertionError(f"{file}:{line} is settled twice")
        self.fates[file, line] = fate


def unfit(draft: Draft) -> str | None:
    """The cell that keeps a draft from being stored, "key" when it is the key; None when all is well."""
    if not isinstance(form(Op(1, draft.kind, draft.key, draft.set, draft.at)), Reason):
        return None
    for cell, value in draft.set.items():
        if isinstance(form(Op(1, draft.kind, draft.key, {cell: value}, draft.at)), Reason):
            return cell
    return "sourcedId"


def sift(plan: Plan, table: str, columns: tuple[str, ...], gone: Callable[[Row], None]) -> dict[str, Row]:
    """The rows of a file that stand, by sourcedId. Those without an id, doubled or inactive are listed here; those
    to be deleted go to `gone`. `columns`: without these the whole file is listed."""
    found: dict[str, Row] = {}
    there = plan.bundle.tables.get(table)
    if there is None:
        return found
    lacking = next((c for c in ("sourcedId", *columns) if c.lower() not in there.columns), None)
    if lacking is not None and there.columns:
        plan.note(there.file, f"has no column {lacking}")
    seen: dict[str, int] = {}
    for row in there.rows:
        source, status = row.get("sourcedId"), row.get("status").lower()
        if lacking is not None:
            plan.leave(row, Why.NO_COLUMN, column=lacking)
        elif not source:
            plan.leave(row, Why.NO_ID)
        elif source in seen:
            plan.leave(row, Why.TWICE, line=seen[source])
        else:
            seen[source] = row.line
            if status in ("", "active"):  # a bulk file may leave the status empty
                found[source] = row
            elif status == "inactive":
                plan.leave(row, Why.INACTIVE)
            elif status == "tobedeleted":
                gone(row)
            else:
                plan.leave(row, Why.BAD_STATUS, status=row.get("status"))
    return found
