"""Where each database of a restore comes from: the newest line that holds anything, or the daily copies of one day.

A line that holds nothing is one that a server began and never uploaded to; the line before it is then the newest.
Of two lines with one ordinal (a server that was thought dead parted by itself) the one uploaded to last is the newer.
"""

from datetime import date, datetime
from pathlib import Path

from msgspec import Struct

from server.backup.daily import FOLDER as DAILY
from server.backup.daily import copies
from server.backup.lines import ACCOUNTS, SCHOOLS, Line, read_line
from server.backup.replica import contents
from server.backup.settings import SETTINGS
from server.backup.shelf import CONFIG, Shelf, Unreachable, read_shelf


class CantRestore(Exception):
    """Nothing was restored and nothing was changed. `hint`: what to do next."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class Source(Struct, frozen=True):
    """Where one database comes from: a line or a daily copy. `above`: the highest ordinal on the shelf."""

    store: str
    above: int = 0
    line: Line | None = None
    copy: Path | None = None

    @property
    def says(self) -> str:
        """For people."""
        return self.line.path if self.line else str(self.copy)


def open_source(source: Path) -> tuple[Path, Shelf]:
    """The backup folder (settings, daily copies) and the shelf with the lines. Raises CantRestore, BadSettings."""
    if source.is_file():
        return source.parent, read_shelf(source, source.parent)
    if not source.is_dir():
        raise CantRestore(f"There is no backup folder {source}.", "Say where it is: --from FOLDER (or a backup.toml).")
    return source, read_shelf(source / SETTINGS / CONFIG, source)


def from_lines(shelf: Shelf, at: datetime | None) -> list[Source]:
    """The newest line of each database that reaches back to `at`; of the accounts, which hold secrets only, the newest.

    Raises CantRestore, Unreachable.
    """
    stores = [f"{SCHOOLS}/{school}" for school in shelf.names(SCHOOLS)]
    found = [_newest(shelf, ACCOUNTS, None), *(_newest(shelf, store, at) for store in stores)]
    if not any(found[1:]):
        when = f" from before {at:%Y-%m-%d %H:%M:%S %Z}" if at else ""
        hint = "Check --at." if at else "Is --from right? A backup folder has the folders accounts and schools in it."
        raise CantRestore(f"There is no backup of a school{when} in {shelf.says}.", hint)
    return [item for item in found if item]


def from_copies(folder: Path, shelf: Shelf, day: date) -> list[Source]:
    """The whole copies of a day. Raises CantRestore."""
    schools = sorted((folder / DAILY / SCHOOLS).glob("*"))
    stores = [ACCOUNTS, *(f"{SCHOOLS}/{path.name}" for path in schools)]
    kept = {store: {copy.day: copy.path for copy in copies(folder, store)} for store in stores}
    named = day.isoformat()
    found = [Source(store, _highest(shelf, store), None, days[named]) for store, days in kept.items() if named in days]
    if not any(item.store != ACCOUNTS for item in found):
        days = sorted({known for store in stores[1:] for known in kept[store]})
        hint = f"There are copies of: {', '.join(days[-7:])}." if days else "There are no daily copies there at all."
        raise CantRestore(f"There is no whole copy of {named} in {folder}.", hint)
    return found


def _newest(shelf: Shelf, store: str, at: datetime | None) -> Source | None:
    lines = [line for name in shelf.names(store) if (line := read_line(store, name))]
    above = max((line.ordinal for line in lines), default=0)
    for ordinal in sorted({line.ordinal for line in lines}, reverse=True):
        dated = []
        for line in lines:
            if line.ordinal == ordinal and (files := contents(shelf.replica(line.path))):
                moments = [file.timestamp for file in files]
                if at is None or min(moments) <= at:
                    dated.append((max(moments), line))
        if dated:
            return Source(store, above, max(dated)[1])
    return None


def _highest(shelf: Shelf, store: str) -> int:
    try:
        return max((line.ordinal for name in shelf.names(store) if (line := read_line(store, name))), default=0)
    except Unreachable:
        return 0  # the copies are the way back when the shelf is lost
