"""`import oneroster`: a bundle into the school, shown row by row what became of it. The server must not be running."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from server.commands.folders import held, schools
from server.commands.progress import bar
from server.commands.words import Trouble, out
from server.house import SCHOOL, House
from server.interop import Bundle, Remark, Report, read_bundle, run_import

SHOWN = 60  # listed rows on the screen; all of them go into the file of --list


def oneroster(path: Path, school: str, data: Path, listing: Path | None, *, dry_run: bool) -> None:
    """Import, or show what would be imported."""
    if not SCHOOL.fullmatch(school):
        hint = "Use small Latin letters, digits and hyphens, such as --school 32 or --school lyceum-5."
        raise Trouble(f"--school {school!r} is no school id.", hint, code=2)
    with bar() as progress:
        progress.count("Reading the bundle", 0, 0)
        bundle = read_bundle(path)
        with _house(data, dry_run) as house:
            report = run_import(house, school, bundle, dry_run=dry_run, progress=progress.count)
    _tell(report, bundle, data, listing)


@contextmanager
def _house(data: Path, dry_run: bool) -> Iterator[House]:
    """The house, held; for a dry run without a house a fleeting one, so that none is left behind."""
    if dry_run and not schools(data):
        with tempfile.TemporaryDirectory(prefix="zvonok-") as fleeting:
            yield from _opened(Path(fleeting))
    else:
        with held(data, "import"):
            yield from _opened(data)


def _opened(data: Path) -> Iterator[House]:
    house = House.open(data)
    try:
        yield house
    finally:
        house.close()


def _tell(report: Report, bundle: Bundle, data: Path, listing: Path | None) -> None:
    table = Table(box=None, padding=(0, 3, 0, 0), header_style="dim")
    table.add_column("file")
    for column in ("imported", "ended", "not imported"):
        table.add_column(column, justify="right")
    for file, count in report.files.items():
        table.add_row(file, f"{count.imported:,}", f"{count.ended:,}", f"{count.listed:,}")
    out.print(table)
    lines = [f"{row.file}:{row.line}: not imported: {row.words}" for row in report.listed]
    lines += [f"{_place(remark)}{remark.words}" for remark in report.remarks]
    if listing is not None:
        listing.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        out.print(f"What was not imported, and every remark: {listing} ({len(lines):,} lines)", soft_wrap=True)
    else:
        for line in lines[:SHOWN]:
            out.print(f"  {escape(line)}", soft_wrap=True)
        if len(lines) > SHOWN:
            out.print(f"  … and {len(lines) - SHOWN:,} more: --list FILE writes all of them to a file.")
    out.print()
    _next(report, bundle, data)


def _place(remark: Remark) -> str:
    if not remark.file:
        return ""
    return f"{remark.file}:{remark.line}: " if remark.line else f"{remark.file}: "


def _passwords(report: Report) -> str:
    """Where the new sign-ins have their passwords from."""
    without = report.accounts - report.bundled - report.one_time
    parts = [
        f"{number:,} {words}"
        for number, words in (
            (report.one_time, "with a one-time password"),
            (report.bundled, "with the password of the bundle"),
            (without, "without a password yet"),
        )
        if number
    ]
    return f" ({', '.join(parts)})" if parts else ""


def _next(report: Report, bundle: Bundle, data: Path) -> None:
    new = "a new school" if report.new_school else f"the school {report.school}"
    said = (
        f"{report.changed:,} of {report.entries:,} records are new or different; "
        f"{report.accounts:,} new sign-ins{_passwords(report)}, {report.closed:,} closed."
    )
    if report.dry_run:
        out.print(f"[bold]Nothing was written.[/] Into {new}: {said}", soft_wrap=True)
        command = f"zvonok import oneroster {bundle.path} --school {report.school} --data {data}"
        out.print(f"To import: {command}", soft_wrap=True)
        return
    out.print(f"Imported into {new}: {said}", soft_wrap=True)
    if report.passwords:
        out.print(f"One-time passwords: {report.passwords} (hand them out, then delete the file)", soft_wrap=True)
    out.print(f"Start the server: zvonok serve --data {data}", soft_wrap=True)
