"""Times as the school reads them: which zone that is, a moment as it is said and as it is written."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from server.backup.daily import FOLDER as DAILY
from server.backup.daily import copies
from server.backup.lines import SCHOOLS, database_of
from server.backup.proof import look
from server.commands.folders import schools
from server.commands.words import Trouble
from server.storage.journal import Reader
from server.storage.sqlite import DatabaseError
from sync.days import zone

USUAL = "Europe/Moscow"  # the zone of the demo and of an import; taken while no school is there to be asked


def zone_of(reader: Reader) -> ZoneInfo:
    """The zone of a school, from its settings."""
    return zone(next((row.values.get("timezone") for row in reader.every("school")), None) or USUAL)


def zone_in(data: Path, backups: Path | None = None) -> ZoneInfo:
    """The zone of the first school that can be asked: in the data folder, then in the whole copies; else the usual."""
    databases = [(school, database_of(data, f"{SCHOOLS}/{school}")) for school in schools(data)]
    if backups is not None:
        for folder in sorted((backups / DAILY / SCHOOLS).glob("*")):
            databases += [(folder.name, copy.path) for copy in copies(backups, f"{SCHOOLS}/{folder.name}")[-1:]]
    for school, database in databases:
        try:
            with look(database, school) as reader:
                return zone_of(reader)
        except DatabaseError:
            continue  # damaged, and perhaps the very reason of a restore
    return zone(USUAL)


def written(moment: datetime | int, where: ZoneInfo, form: str = "%Y-%m-%d %H:%M:%S") -> str:
    """A moment (UTC ms, or aware) on the clock of a zone, with the zone's name."""
    if isinstance(moment, int):
        moment = datetime.fromtimestamp(moment / 1000, where)
    return f"{moment.astimezone(where).strftime(form)} {where.key}"


def read(text: str, where: ZoneInfo) -> datetime:
    """A past moment: "2026-11-20 14:00" or "14:00" (today) on the clock of the zone, or ISO with an offset."""
    now = datetime.now(where)
    try:
        if len(text) <= 5 and ":" in text:
            said = datetime.combine(now.date(), datetime.strptime(text.zfill(5), "%H:%M").time())
        else:
            said = datetime.fromisoformat(text.strip())
    except ValueError:
        hint = f"Write it like '2026-11-20 14:00' (time of {where.key}) or with an offset: 2026-11-20T14:00+03:00."
        raise Trouble(f"--at {text!r} is no moment.", hint, code=2) from None
    moment = said if said.tzinfo else said.replace(tzinfo=where)
    if moment > now + timedelta(seconds=1):
        raise Trouble(f"--at {written(moment, where)} lies in the future.", "Give a moment that has been.", code=2)
    return moment.astimezone(where)
