"""Parcels: what the server does with sealed ops, whoever brought them, by the network or from a file.

Holds always:
1. Only what opens, is signed and bears its own number is an op; everything else is refused and decides nothing.
2. Crypto never holds up the event loop.
"""

import asyncio

import msgspec

from server.exchange import Exchange, Rejected
from server.exchange.offers import Offer, mend, offers
from server.house import House
from sync.days import ALWAYS
from sync.messages import PROTOCOL, Judged, Parcel, Parcels, Receipts


async def open_and_decide(house: House, school: str, said: Parcels) -> tuple[Receipts, list[Judged]] | None:
    """The receipts, and the verdicts for who counts them; None when nothing of the parcels is authentic."""
    accounts, exchange = house.accounts, house.exchanges[school]
    known = await accounts.device(school, said.device)
    # One of the two databases may have been restored to a time before the device was known.
    person = known.person if known else exchange.owner(said.device) or ""
    ops = await asyncio.to_thread(accounts.secrets.open_all, school, said.device, person, said.parcels)
    revoked = known.revoked if known else None
    dismissed = await asyncio.to_thread(exchange.dismissed, person)
    return await decide(exchange, said, ops, person, revoked, dismissed=dismissed)


async def decide(
    exchange: Exchange,
    said: Parcels,
    ops: list[bytes | None],
    person: str,
    revoked: int | None,
    *,
    dismissed: bool = False,
) -> tuple[Receipts, list[Judged]] | None:
    """The same of parcels that have been opened: `ops` in their order, None for what is not authentic. `revoked`: since
    when the device may hold nothing any more."""
    ended = dismissed or revoked is not None
    opened = _offers(said.parcels, ops)
    if not opened or not person:
        return None
    in_order = [opened[n] for n in sorted(opened)]
    since = ALWAYS if revoked is None else revoked
    pushed = await exchange.deliver(said.device, person, in_order, since, renumbers=not ended)
    # Other contents than the server knows under these numbers: an old copy of the device, and not delivered.
    refused = {parcel.n for parcel in said.parcels if parcel.n not in opened} | set(pushed.taken)
    receipts = Receipts(PROTOCOL, pushed.known, pushed.missing, sorted(refused), ended)
    return receipts, pushed.judged


def _offers(parcels: list[Parcel], ops: list[bytes | None]) -> dict[int, Offer]:
    """The ops that were opened, by number; of two under one number the first."""
    found: dict[int, Offer] = {}
    for parcel, op in zip(parcels, ops, strict=True):
        if op is None or parcel.n in found:
            continue
        try:
            (offer,) = offers([msgspec.Raw(mend(op))])
        except Rejected:
            continue
        if offer.n == parcel.n:
            found[parcel.n] = offer
    return found
