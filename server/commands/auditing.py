"""`audit`: is the ledger whole, and what happened to one record. Reads beside a running server; changes nothing."""

from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from rich.markup import escape
from rich.table import Table

from server.backup.lines import SCHOOLS
from server.backup.proof import Unsound, look, prove
from server.commands.folders import need_a_school, schools
from server.commands.words import Trouble, out
from server.diary import short_name
from server.storage.journal import Entry, Reader
from sync.days import zone
from sync.model import KINDS
from sync.ops import op_id
from sync.verdicts import Verdict


def verify(data: Path, school: str) -> None:
    """Read every ledger from its first entry; raises Trouble at the first that does not follow from the one before."""
    for each in _chosen(data, school):
        try:
            with look(_database(data, each), each) as reader:
                found = prove(reader)
        except Unsound as why:
            raise Trouble(
                f"School {each}: {why}.",
                "Somebody or something has changed the database beside the server. Keep this file as it is, "
                "and bring the school back from the backup: zvonok restore.",
            ) from None
        out.print(
            f"School {each} ({escape(found.school_name)}): {found.head:,} entries follow each from the one before; "
            f"{found.rows:,} rows agree with their digests.",
            soft_wrap=True,
        )


def cell(data: Path, school: str, kind: str, key: str) -> None:
    """Print what happened to a record: who wrote what, when, when it arrived, from what to what, and who approved."""
    declared = KINDS.get(kind)
    if declared is None:
        raise Trouble(f"There is no record type {kind!r}.", f"Record types: {', '.join(sorted(KINDS))}.", 2)
    if declared.parts(key) is None:
        raise Trouble(f"{key!r} is no key of {kind}.", f"Its form: {'/'.join(declared.key)}.", 2)
    for each in _chosen(data, school):
        with look(_database(data, each), each) as reader:
            lines = story(reader, kind, key)
        if not lines:
            out.print(f"School {each}: nobody has written {kind} {key}.", soft_wrap=True)
            continue
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", title=f"{kind} {key}", title_justify="left")
        for column in ("entry", "who", "written", "arrived", "from → to", "verdict", "settled by"):
            table.add_column(column)
        for line in lines:
            table.add_row(*(escape(part) for part in line))
        out.print(table)


def story(reader: Reader, kind: str, key: str) -> list[tuple[str, ...]]:
    """One line per entry on the record, oldest first, in the order of the table's columns."""
    names = {row.key: short_name(row.values) or row.key for row in reader.every("person")}
    where = next((row.values.get("timezone") for row in reader.every("school")), None)

    def when(moment: int) -> str:
        return datetime.fromtimestamp(moment / 1000, zone(where)).strftime("%Y-%m-%d %H:%M:%S")

    stands: dict[str, Any] = {}
    lines: list[tuple[str, ...]] = []
    for entry in reader.entries_of(kind, key):
        cells = entry.cells()
        change = ", ".join(f"{cell}: {_word(stands.get(cell))} → {_word(value)}" for cell, value in cells.items())
        outcome, decider, moment = _settled(reader, entry)
        if entry.verdict == Verdict.ACCEPTED or outcome == "approved":
            stands |= cells
        said = f"{entry.verdict} ({entry.reason})" if entry.reason else entry.verdict
        by = f"{outcome} by {names.get(decider, decider)}, {when(moment)}" if outcome else ""
        lines.append(
            (str(entry.seq), names.get(entry.person, entry.person), when(entry.written), when(entry.arrived),
             change or "(erased)", said, by)
        )  # fmt: skip
    return lines


def _settled(reader: Reader, entry: Entry) -> tuple[str, str, int]:
    """(outcome, person, moment) of the matter that a held entry became; empty while it waits."""
    if entry.verdict != Verdict.HELD:
        return "", "", 0
    name = f"office/{op_id(entry.device, entry.n)}"
    matter = reader.get_many("matter", [name]).get(name)
    if matter is None or matter.values.get("outcome") is None:
        return "", "", 0
    return matter.values["outcome"], matter.values.get("decided_by") or "", matter.values.get("decided") or 0


def _word(value: Any) -> str:
    return "—" if value is None else value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _chosen(data: Path, school: str) -> list[str]:
    need_a_school(data)
    there = schools(data)
    if school and school not in there:
        raise Trouble(f"There is no school {school!r} in {data}.", f"Schools here: {', '.join(there)}.", 2)
    return [school] if school else there


def _database(data: Path, school: str) -> Path:
    return data / SCHOOLS / school / "journal.db"
