"""`status`: is the server up, which schools, how far the backup is, which tablets are silent. From the files and from
what is running; it changes nothing and needs no password, so it is for whoever may read the data folder."""

import time
import urllib.error
import urllib.request
from pathlib import Path
from zoneinfo import ZoneInfo

from server.backup.control import Control, Failed, Unanswered
from server.backup.daily import copies
from server.backup.lines import SCHOOLS, database_of
from server.backup.litestream import CONFIG as LITESTREAM_CONFIG
from server.backup.litestream import socket_of
from server.backup.locks import SERVER, Holder, holder_of
from server.backup.proof import look, name_of
from server.backup.shelf import CONFIG, read_shelf
from server.commands.folders import need_a_school, schools
from server.commands.restoring import DRILLED
from server.commands.times import written, zone_in, zone_of
from server.commands.words import out

ASK = 8.0  # seconds for an upload that is asked for


def status(data: Path, backups: Path) -> bool:
    """Print how things stand; True when nothing wants attention."""
    need_a_school(data)
    holder = holder_of(data / SERVER)
    well = _server(holder, zone_in(data))
    kept = Path(holder.backups) if holder and holder.backups else backups
    shelf = read_shelf(data / CONFIG, kept)
    for school in schools(data):
        out.print()
        well = _school(data, school) and well
        well = _backup(data, kept, school, shelf.says, running=holder is not None) and well
    return well


def _server(holder: Holder | None, where: ZoneInfo) -> bool:
    if holder is None or not holder.port:
        out.print("[yellow]●[/] The server is down." + (f" ({holder.what} is at work on the data.)" if holder else ""))
        if holder is None:
            out.print("  → Start it: zvonok serve (or: systemctl start zvonok)")
        return False
    host = "127.0.0.1" if holder.host in ("", "0.0.0.0", "::") else holder.host
    since = written(holder.at, where, "%Y-%m-%d %H:%M")
    try:
        with urllib.request.urlopen(f"http://{host}:{holder.port}/healthz", timeout=5) as answer:
            answer.read()
    except urllib.error.HTTPError as refused:
        hint = "make room on the disk" if refused.code == 507 else "look at its log"
        out.print(f"[red]●[/] The server on port {holder.port} is not well (HTTP {refused.code}).\n  → {hint}")
        return False
    except OSError as trouble:
        out.print(f"[red]●[/] The server (process {holder.pid}) does not answer on {host}:{holder.port}: {trouble}")
        out.print("  → Look at its log; end it and start it again.")
        return False
    out.print(f"[green]●[/] The server answers on http://{host}:{holder.port} since {since}.", soft_wrap=True)
    return True


def _school(data: Path, school: str) -> bool:
    with look(database_of(data, f"{SCHOOLS}/{school}"), school) as reader:
        head, devices, epochs = reader.head(), reader.devices(), reader.epochs()
        out.print(f"  [bold]{name_of(reader)}[/] ({school}, {zone_of(reader).key})", soft_wrap=True)
    now = time.time()
    tablets = [row for row in devices if row.contacts]
    unsent = [row for row in tablets if row.contacts[-1].declared > row.known]
    out.print(f"  entries   {head:,} (epoch {epochs[-1].ordinal})")
    told = f"  tablets   {len(tablets)}"
    if tablets:
        told += f", the last contact {_ago(now - max(row.at for row in tablets) / 1000)}"
    if unsent:
        held = sum(row.contacts[-1].declared - row.known for row in unsent)
        oldest = now - min(row.at for row in unsent) / 1000
        told += f"; {len(unsent)} hold {held} unsent entries, the longest silent for {_span(oldest)}"
    out.print(told, soft_wrap=True)
    return True


def _backup(data: Path, backups: Path, school: str, replica: str, *, running: bool) -> bool:
    database = database_of(data, f"{SCHOOLS}/{school}").absolute()
    kept = copies(backups, f"{SCHOOLS}/{school}")
    out.print(f"  backup    {replica}", soft_wrap=True)
    well = True
    if not running:
        out.print("            [dim]not under way while the server is down[/]")
    else:
        control = Control(socket_of(data / LITESTREAM_CONFIG))
        try:
            control.sync(database, ASK)
            out.print("            [green]everything is in it, asked just now[/]")
        except (Unanswered, Failed) as trouble:
            well = False
            last = _last_upload(control, database)
            out.print(f"            [red]the last entries are not in it[/]: {trouble}", soft_wrap=True)
            out.print(f"            the last upload {_ago(time.time() - last) if last else 'is unknown'}")
            out.print(
                "            → Is the disk mounted and not full? Does the host answer? Nothing is lost meanwhile."
            )
    day = f"{kept[-1].day} ({len(kept)} kept, the newest {kept[-1].size / 1e6:.1f} MB)" if kept else "none yet"
    out.print(f"  copy      {day}")
    drilled = backups / DRILLED
    out.print(f"  drill     {drilled.read_text().strip() if drilled.exists() else 'none yet: zvonok drill'}")
    return well


def _last_upload(control: Control, database: Path) -> float | None:
    try:
        listed = control.databases().get(str(database))
    except (Unanswered, Failed):
        return None
    return listed.last_sync_at.timestamp() if listed and listed.last_sync_at else None


def _ago(seconds: float) -> str:
    return "just now" if seconds < 60 else f"{_span(seconds)} ago"


def _span(seconds: float) -> str:
    for name, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= length:
            n = int(seconds // length)
            return f"{n} {name}{'s' if n > 1 else ''}"
    return "less than a minute"
