"""Sync: the one route on which a tablet writes, and reads what is new. What becomes of an op the exchange says."""

import time
from collections import Counter

from starlette.responses import Response

from server.log import log
from server.routes.access import Visit
from server.routes.answers import answer
from server.routes.troubles import AGAIN, refuse
from sync.messages import SyncRequest, SyncResponse
from sync.verdicts import Verdict

AT_ONCE = 256  # syncs under way; each may hold a body of half a megabyte
LATEST = 1 << 53


async def sync(visit: Visit) -> Response:
    """One round of a device: its ops in, their verdicts and the news out."""
    front, request = visit.front, visit.message
    if front.syncing >= AT_ONCE:
        raise refuse("overloaded", retry_after=AGAIN)
    if not _is_lawful(request):
        raise refuse("bad_json")
    brought = bool(request.ops)
    front.syncing += 1
    began = time.perf_counter()
    try:
        found = await visit.exchange.sync(request, visit.session.person)
        response = await answer(visit.asked, found)
    finally:
        front.syncing -= 1
    front.metrics.sync_seconds.observe(time.perf_counter() - began)
    front.metrics.healed.inc(request.healed)
    if brought:
        _tell(visit, found)
    return response


def _is_lawful(request: SyncRequest) -> bool:
    """True when no number is one that no device could mean."""
    numbers = (request.held, *request.cursors.values())
    if abs(request.clock) >= LATEST or not 0 <= request.healed < 10_000:
        return False
    return all(0 <= n < LATEST for n in numbers)


def _tell(visit: Visit, found: SyncResponse) -> None:
    """One line for a sync that brought ops: how many, and why those that were not accepted were not."""
    became = Counter([(j.verdict, j.reason) for j in found.judged])
    for (verdict, _), number in became.items():
        visit.front.metrics.ops.labels(verdict).inc(number)
    others = {f"{verdict} {reason}": n for (verdict, reason), n in became.items() if verdict != Verdict.ACCEPTED}
    log.info(
        "sync", school=visit.school, device=visit.session.device, ops=len(found.judged), others=others,
        taken=len(found.taken), missing=found.missing,
    )  # fmt: skip
