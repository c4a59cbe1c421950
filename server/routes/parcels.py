"""Parcels: ops that a device sealed to the server, brought by anybody. What became of an op only its person hears.

Public, because the seal is the authority: a locked, revoked or forgotten tablet can still deliver, through whomsoever.

Holds always:
1. Who brings nothing authentic learns nothing: a device that nobody knows and a wrong signature look the same.
2. Nothing but what was opened is believed, neither `held` nor any order, and forging costs the forger: tries that
   bring nothing authentic are counted by device and by address (`server.accounts.tries`).
"""

from starlette.responses import Response

from server.accounts.tries import ADDRESS, DEVICE, Key, network
from server.log import log
from server.parcels import open_and_decide
from server.routes.access import Visit
from server.routes.answers import answer
from server.routes.troubles import AGAIN, refuse
from sync.messages import MAX_OPS, PROTOCOL, Parcels, Receipts

AT_ONCE = 4  # deliveries under way; opening one of 500 keys takes a thread about 40 ms
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
    found = await open_and_decide(visit.house, visit.school, said)
    if found is None:
        return None
    receipts, judged = found
    visit.front.deliveries.forgive(tries, visit.now)
    for verdict in judged:
        visit.front.metrics.ops.labels(verdict.verdict).inc()
    return receipts
