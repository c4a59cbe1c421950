"""The office's view of the machinery: which tablets have reported, how far the backup is, what befell a record."""

import asyncio
import re
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct
from starlette.responses import Response

from server.exchange import HistoryEntry
from server.routes.access import Visit
from server.routes.answers import answer
from server.routes.troubles import refuse
from sync.model import KINDS

TABLET = re.compile(r"d[a-z2-7]{10}")


class Tablet(Struct):
    """A tablet of the staff. `unsent`: entries it held at its last contact that have not arrived; `skew` in ms.
    `revoked`: since when it may hold nothing any more, UTC ms; null: it may."""

    device: str
    name: str
    person: str
    last_contact: int
    unsent: int
    skew: int
    revoked: int | None = None


class Revoke(Struct):
    """A device that may hold nothing any more, and why."""

    device: str
    reason: Annotated[str, Meta(min_length=1, max_length=500)]


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


async def revoke(visit: Visit) -> Response:
    """From now on a device may hold nothing; what it has written so far it still delivers. There is no way back: who
    signs in on it again gets a new identity."""
    said: Revoke = visit.message
    if not said.reason.strip():
        raise refuse("bad_json")
    accounts, by = visit.house.accounts, visit.session.person
    try:
        await asyncio.to_thread(accounts.revoke, visit.school, said.device, said.reason.strip(), by)
    except KeyError:
        raise refuse("not_found") from None
    return await answer(visit.asked, {})


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
    known = {device.id: device for device in visit.house.accounts.devices(visit.school)}
    exchange = visit.exchange
    with exchange.reading():
        staff = set(exchange.facts.records["person"])
    found = [
        Tablet(
            d.device, known[d.device].name if d.device in known else "", d.person, d.last_contact, d.unsent, d.skew,
            known[d.device].revoked if d.device in known else None,
        )
        for d in exchange.devices()
        if d.person in staff and TABLET.fullmatch(d.device)
    ]  # fmt: skip
    return Tablets(sorted(found, key=lambda t: (t.last_contact, t.device)))


def _backup(visit: Visit) -> BackupState:
    exchange = visit.exchange
    state: dict[str, Any] = {"applied_seq": exchange.applied_seq, "durable_seq": exchange.durable_seq}
    if visit.house.backup is not None:
        state |= visit.house.backup.status(visit.school)
    if visit.house.disk_full():
        state |= {"healthy": False, "trouble": "disk_full"}
    return msgspec.convert(state, BackupState)
