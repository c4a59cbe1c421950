"""A backup that holds a school while the data folder has none: the sign of a lost disk, not of a beginning.

Holds always:
1. No new school is made over it: its line would stand before the old ones, and a restore would take the new school.
"""

from pathlib import Path

from server.backup.daily import FOLDER as DAILY
from server.backup.daily import copies
from server.backup.lines import SCHOOLS
from server.backup.replica import contents
from server.backup.shelf import CONFIG, Shelf, read_shelf
from server.backup.sources import CantRestore, from_lines, open_source
from server.commands.times import written, zone_in
from server.commands.words import Trouble


def refuse(data: Path, backups: Path) -> None:
    """Raise Trouble when the backup of a data folder without a school holds one. Raises Unreachable, BadSettings."""
    where = zone_in(data, backups)
    configured = data / CONFIG
    source = configured if configured.exists() else backups
    shelves = [read_shelf(configured, backups)] if configured.exists() else []
    if backups.is_dir():
        shelves.append(open_source(backups)[1])
    for shelf in shelves:
        if found := _newest(shelf):
            last = written(max(found.values()), where)
            raise _trouble(shelf.says, sorted(found), f"last entry at {last}", f"--from {source} --to {data}")
    days = {path.name: copies(backups, f"{SCHOOLS}/{path.name}") for path in (backups / DAILY / SCHOOLS).glob("*")}
    if kept := {school: found[-1].day for school, found in days.items() if found}:
        day = max(kept.values())
        way = f"--from {backups} --to {data} --daily {day}"
        raise _trouble(str(backups), sorted(kept), f"whole copy of {day}", way)


def _newest(shelf: Shelf) -> dict[str, int]:
    """School -> UTC ms of the last upload to its newest line."""
    if not shelf.names(SCHOOLS):
        return {}
    try:
        sources = from_lines(shelf, None)
    except CantRestore:  # lines that nothing was ever uploaded to
        return {}
    found = {}
    for source in sources:
        if source.store.startswith(f"{SCHOOLS}/") and source.line:
            last = max(file.timestamp for file in contents(shelf.replica(source.line.path)))
            found[source.store.removeprefix(f"{SCHOOLS}/")] = int(last.timestamp() * 1000)
    return found


def _trouble(place: str, schools: list[str], last: str, way: str) -> Trouble:
    many = "school" if len(schools) == 1 else "schools"
    return Trouble(
        f"The backup in {place} holds the {many} {', '.join(schools)} ({last}), and the data folder holds none.",
        f"Bring it back: zvonok restore {way}. For a new demo: name another --backups folder or move this one away.",
    )
