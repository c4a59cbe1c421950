"""Whether the server is well, for whoever watches it: `/healthz` for anybody, `/metrics` for this machine only."""

import asyncio

from msgspec import Struct
from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.responses import Response

from server.routes.access import Visit
from server.routes.answers import answer
from server.routes.troubles import refuse


class Health(Struct):
    """Answer of healthz; while the disk refuses entries, or is about to, it is `disk_full` instead."""

    ok: bool = True


async def healthz(visit: Visit) -> Response:
    """Alive, and with room on the disk."""
    if await asyncio.to_thread(visit.house.disk_full):
        raise refuse("disk_full")
    return await answer(visit.asked, Health())


async def metrics(visit: Visit) -> Response:
    """Counters for Prometheus."""
    visit.front.metrics.look_at(visit.house)
    return Response(generate_latest(visit.front.metrics.registry), headers={"Content-Type": CONTENT_TYPE_LATEST})


async def lost(visit: Visit) -> Response:
    """Nothing lives at this address of the API."""
    raise refuse("not_found")
