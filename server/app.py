"""The app: the declared routes behind their guards, the tablet's files, and the wall around both."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.front import Front
from server.house import House
from server.log import log
from server.routes import ENDPOINTS
from server.routes.answers import trouble
from server.routes.troubles import note, refuse
from server.security import Wall

DIST = Path(__file__).parent.parent / "pwa" / "dist"
SWEEP = 3600.0  # seconds between two sweeps of expired sessions
FOLLOW = 1.0  # seconds after which it is noticed what the command line did to accounts and devices


def create_app(house: House, *, dist: Path = DIST) -> Starlette:
    """The app that serves a house. The caller opens and closes the house; `app.state.front` is what runs beside it."""
    front = Front(house, dist)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        work = ((SWEEP, house.accounts.sweep), (FOLLOW, house.accounts.follow))
        upkeep = [asyncio.create_task(_every(pause, look)) for pause, look in work]
        try:
            yield
        finally:
            for task in upkeep:
                task.cancel()
            await asyncio.gather(*upkeep, return_exceptions=True)
            await front.live.close()

    async def files(request: Request) -> Response:
        return await front.tablet.answer(request)

    app = Starlette(
        routes=[*(endpoint.route(front) for endpoint in ENDPOINTS), Route("/{rest:path}", files)],
        middleware=[Middleware(Wall)],
        exception_handlers={HTTPException: _unrouted},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    app.state.front = front
    return app


async def _unrouted(request: Request, bug: Exception) -> Response:
    """A method that no route has."""
    rejected = refuse("not_found", status=bug.status_code if isinstance(bug, HTTPException) else 404)
    note(rejected, route=f"{request.method} somewhere")
    return trouble(rejected)


async def _every(pause: float, work: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            await work()
        except Exception as bug:
            log.error("the accounts could not be looked after", exc_info=bug)
        await asyncio.sleep(pause)
