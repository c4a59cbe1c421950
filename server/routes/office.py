"""The office's view of the machinery: which tablets have reported, how far the backup is, what befell a record."""

import asyncio
import re
from typing import Any

import msgspec
from msgspec import Struct
from starlette.responses import Response

from server.exchange import HistoryEntry
from server.routes.access import Visit
from server.routes.answers import answer
from server.routes.troubles import refuse
from sync.model import KINDS

TABLET = re.compile(r"d[a-z2-7]{10}")


class Tablet(Struct):
    """A tablet of the staff. `unsent`: entries it held at its last contact that have not arrived; `skew` in ms."""

    device: str
    name: str
    person: str
    last_contact: int
    unsent: int
    skew: int


class Tablets(Struct):
    """Answer of office/tablets, the longest silent first."""

    tablets: list[Tablet]


class BackupState(Struct):
    """Answer of office/backup. `lag_ms`: age of the oldest change that the replica lacks; null when nobody knows.

    `trouble`: what is wrong, in one word of `server.backup`'s, or `disk_full` while the disk of the data itself refuses
    entries or is about to; `daily`: the day of the last whole copy.
    """

    applied_seq: int
    durable_seq: int
    lag_ms: int | None = None
    last_sync_at: int | None = None
    replica: str | None = None
    healthy: bool = False
    trouble: str = ""
    wal_bytes: int = 0
    daily: str | None = None


class History(Struct):
    """Answer of history, oldest entry first."""

    entries: list[HistoryEntry]


async def tablets(visit: Visit) -> Response:
    """Every tablet of the staff. Phones of families hold no entries, so they are not here."""
    return await answer(visit.asked, await asyncio.to_thread(_tablets, visit))


async def backup(visit: Visit) -> Response:
    """How far the backup is behind."""
    return await answer(visit.asked, await asyncio.to_thread(_backup, visit))


async def history(visit: Visit) -> Response:
    """Every entry on one record, for whoever may see the record. A stranger is not told whether it exists."""
    asked = visit.asked.query_params
    name, key = asked.get("kind", ""), asked.get("key", "")
    kind = KINDS.get(name)
    if kind is None or kind.parts(key) is None:
        raise refuse("not_found")
    right = await asyncio.to_thread(visit.exchange.scopes_of, visit.session.person)
    if not right.may(kind.scope_of(key)):
        raise refuse("forbidden")
    return await answer(visit.asked, History(await asyncio.to_thread(visit.exchange.history, name, key)))


def _tablets(visit: Visit) -> Tablets:
    names = visit.house.accounts.device_names(visit.school)
    exchange = visit.exchange
    with exchange.reading():
        staff = set(exchange.facts.records["person"])
    found = [
        Tablet(d.device, names.get(d.device, ""), d.person, d.last_contact, d.unsent, d.skew)
        for d in exchange.devices()
        if d.person in staff and TABLET.fullmatch(d.device)
    ]
    return Tablets(sorted(found, key=lambda t: (t.last_contact, t.device)))


def _backup(visit: Visit) -> BackupState:
    exchange = visit.exchange
    state: dict[str, Any] = {"applied_seq": exchange.applied_seq, "durable_seq": exchange.durable_seq}
    if visit.house.backup is not None:
        state |= visit.house.backup.status(visit.school)
    if visit.house.disk_full():
        state |= {"healthy": False, "trouble": "disk_full"}
    return msgspec.convert(state, BackupState)
