"""Parcels: ops that a device sealed to the server, brought by anybody. What became of an op only its person hears.

Public, because the seal is the authority: a locked, revoked or forgotten tablet can still deliver, through whomsoever.

Holds always:
1. Who brings nothing authentic learns nothing: a device that nobody knows and a wrong signature look the same.
2. Nothing but what was opened is believed, neither `held` nor any order, and forging costs the forger: tries that
   bring nothing authentic are counted by device and by address (`server.accounts.tries`).
"""

import asyncio

import msgspec
from starlette.responses import Response

from server.accounts.tries import ADDRESS, DEVICE, Key, network
from server.exchange import Rejected
from server.exchange.offers import Offer, offers
from server.log import log
from server.routes.access import Visit
from server.routes.answers import answer
from server.routes.bodies import mend
from server.routes.troubles import AGAIN, refuse
from sync.messages import MAX_OPS, PROTOCOL, Parcel, Parcels, Receipts

AT_ONCE = 4  # deliveries under way; opening a full one keeps a thread busy for a tenth of a second
LONGEST = 40  # characters of a device's name that are worth remembering


async def deliver(visit: Visit) -> Response:
    """Open the parcels and decide the ops in them, as of their device and its person."""
    front, said = visit.front, visit.message
    if said.protocol != PROTOCOL:
        raise refuse("old_protocol")
    if len(said.parcels) > MAX_OPS:
        raise refuse("too_large", limit=MAX_OPS)
    if front.delivering >= AT_ONCE:
        raise refuse("overloaded", retry_after=AGAIN)
    receipts = Receipts(PROTOCOL, 0, 0, sorted({parcel.n for parcel in said.parcels}), False)
    if visit.exchange and said.parcels:
        tries = [
            Key(f"device {visit.school} {said.device[:LONGEST]}", DEVICE),
            Key(f"address {network(visit.address)}", ADDRESS),
        ]
        front.deliveries.begin(tries, visit.now)
        front.delivering += 1
        try:
            receipts = await _delivered(visit, said, tries) or receipts
        finally:
            front.delivering -= 1
    if receipts.refused:
        front.metrics.parcels_refused.inc(len(receipts.refused))
    log.info(
        "parcels", school=visit.school, device=said.device[:LONGEST], parcels=len(said.parcels),
        refused=len(receipts.refused), missing=receipts.missing,
    )  # fmt: skip
    return await answer(visit.asked, receipts)


async def _delivered(visit: Visit, said: Parcels, tries: list[Key]) -> Receipts | None:
    """What became of the parcels; None when nothing of them is authentic."""
    accounts, exchange = visit.house.accounts, visit.exchange
    # One of the two databases may have been restored to a time before the device was known.
    person = await accounts.owner(visit.school, said.device) or exchange.owner(said.device) or ""
    opened = await asyncio.to_thread(
        lambda: _offers(
            said.parcels, accounts.secrets.open_all(visit.school, said.device, person, said.parcels)
        )
    )  # fmt: skip
    if not opened or not person:
        return None
    visit.front.deliveries.forgive(tries, visit.now)
    pushed = await exchange.deliver(said.device, person, [opened[n] for n in sorted(opened)])
    for judged in pushed.judged:
        visit.front.metrics.ops.labels(judged.verdict).inc()
    # Other contents than the server knows under these numbers: an old copy of the device, and not delivered.
    refused = {parcel.n for parcel in said.parcels if parcel.n not in opened} | set(pushed.taken)
    return Receipts(PROTOCOL, pushed.known, pushed.missing, sorted(refused), False)


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
