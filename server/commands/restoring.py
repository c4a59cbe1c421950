"""`restore` and `drill`: the way back, and the rehearsal of it."""

import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

from server.backup.control import Control, Failed, Unanswered
from server.backup.lines import SCHOOLS, database_of
from server.backup.litestream import CONFIG as LITESTREAM_CONFIG
from server.backup.litestream import socket_of
from server.backup.proof import changed_since, digest, look
from server.backup.restore import RestoreReport, SchoolBack, restore
from server.commands.folders import schools
from server.commands.progress import bar
from server.commands.times import USUAL, read, written, zone_in
from server.commands.words import Trouble, out
from sync.days import zone

DRILLED = "drilled.txt"  # in the backup folder: when a rehearsal last went well
NEXT = """  Start the server now: zvonok serve --data {data}
  Tablets that had sent entries after the last one above will offer them again by themselves, as soon as they meet
  the server. Who has reported: see the page Tablets."""


def bring_back(source: Path, target: Path, at: str, daily: str, replace: bool) -> None:
    """Restore, and say what came back and what happens next."""
    where = zone_in(target, source if source.is_dir() else None)
    moment, day = (read(at, where) if at else None), (_day(daily) if daily else None)
    if moment and day:
        raise Trouble("--at and --daily exclude each other.", "Give one of them.", code=2)
    began = time.monotonic()
    with bar() as progress:
        report = restore(source, target, moment, replace=replace, daily=day, progress=progress.weigh)
        progress.end()
    out.print(f"Restored from {report.source} to {report.target} in {time.monotonic() - began:.1f} s.", soft_wrap=True)
    if moment:
        out.print(f"As it stood at {written(moment, where)}.", soft_wrap=True)
    _tell(report)


def drill(backups: Path, data: Path, room: Path | None) -> None:
    """Restore into a temporary folder and compare with the live data at that point."""
    live = schools(data)
    if not live:
        raise Trouble(f"There is no school in {data} to compare with.", "Name the data folder with --data.")
    _upload(data, live)
    with tempfile.TemporaryDirectory(prefix="zvonok-drill-", dir=room) as folder:
        with bar() as progress:
            report = restore(backups, Path(folder) / "data", progress=progress.weigh)
            progress.end()
        found = {school.school: school for school in report.schools}
        if missing := sorted(set(live) - set(found)):
            raise Trouble(f"The backup lacks: {', '.join(missing)}.", "See zvonok status: does the server run?")
        for school in live:
            _compare(database_of(data, f"{SCHOOLS}/{school}"), report.target, found[school])
        (backups / DRILLED).write_text(written(datetime.now(UTC), zone_in(data), "%Y-%m-%d %H:%M") + "\n")


def _upload(data: Path, live: list[str]) -> None:
    """Have a running server's Litestream upload everything, so that the drill is about this moment."""
    control = Control(socket_of(data / LITESTREAM_CONFIG))
    for school in live:
        try:
            control.sync(database_of(data, f"{SCHOOLS}/{school}").absolute())
        except (Unanswered, Failed):
            out.print("[dim]The server is not running or can't upload now: the backup is compared as it is.[/]")
            return


def _compare(live: Path, target: Path, back: SchoolBack) -> None:
    restored = database_of(target, f"{SCHOOLS}/{back.school}")
    with look(live, back.school) as here, look(restored, back.school) as there:
        changed = changed_since(here, back.head)
        if digest(here, upto=back.head, without=changed) != digest(there, upto=back.head, without=changed):
            raise Trouble(
                f"School {back.school}: what comes back differs from the live data at entry {back.head}.",
                "Keep both folders, take a whole copy (backups/daily), and look at the log for what Litestream said.",
            )
        behind = here.head() - back.head
    out.print(
        f"[green]✓[/] {back.name}: {back.head:,} entries and {back.rows:,} records come back whole and equal"
        + (f"; {behind} newer entries were not in the backup yet." if behind else "."),
        soft_wrap=True,
    )


def _tell(report: RestoreReport) -> None:
    for school in report.schools:
        last = written(school.last_at, zone(school.timezone or USUAL)) if school.last_at else "none"
        out.print()
        out.print(f"  [bold]{school.name}[/] ({school.school})", soft_wrap=True)
        out.print(f"  last entry   {last}")
        out.print(f"  entries      {school.head:,} in {school.rows:,} records, every one checked")
        out.print(f"  epoch        {school.ordinal} ({school.epoch}), from {school.line}", soft_wrap=True)
    out.print()
    if not report.accounts:
        out.print("  There are no sign-ins in it: nobody can sign in before passwords are given again.", soft_wrap=True)
    if report.settings:
        out.print(f"  Settings: {', '.join(report.settings)}")
    if report.aside:
        out.print(f"  What stood there before is kept in {report.aside}", soft_wrap=True)
    out.print(NEXT.format(data=report.target), soft_wrap=True)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Trouble(f"--daily {text!r} is no day.", "Write it like 2026-11-20.", code=2) from None
