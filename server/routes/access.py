"""Access: every route is declared with the rule that guards it, and only the guard can call what is behind it.

Order of the guard: session → school → revoked → role → body → device. So a stranger is told `signed_out` and learns
nothing else, and no body is read for somebody who may not send one.

Holds always:
1. A route without a rule can't be declared.
2. A session reaches only its own school; another school answers as one that does not exist.
3. A device or a person that may hold nothing any more is told `revoked` by every route, and may only sign out.
4. A body is read within the limit that its route declares, and nowhere else.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from msgspec import Struct
from starlette.requests import ClientDisconnect, HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from server.accounts import Session
from server.exchange import Exchange, Rejected
from server.house import House
from server.routes import bodies, cookies
from server.routes.answers import trouble
from server.routes.troubles import in_words, note, refuse
from sync.access import dismissed

if TYPE_CHECKING:
    from server.front import Front


class Rule(Struct, frozen=True):
    """Who may call a route.

    public: anybody · session: who is signed in · roles: who is signed in and holds one of `roles` now ·
    device: who is signed in, for the session's own device · loopback: a program on this machine

    `revoked`: also who may hold nothing any more.
    """

    kind: Literal["public", "session", "roles", "device", "loopback"]
    roles: frozenset[str] = frozenset()
    revoked: bool = False


PUBLIC = Rule("public")
SESSION = Rule("session")
LEAVING = Rule("session", revoked=True)
DEVICE = Rule("device")
LOOPBACK = Rule("loopback")


def roles(*names: str) -> Rule:
    """Only people who hold one of these roles at the moment of asking."""
    return Rule("roles", frozenset(names))


class Visit:
    """A request past its guard, with what the guard found. `message`: the body, where the route takes one."""

    def __init__(self, asked: HTTPConnection, front: "Front") -> None:
        self.asked, self.front = asked, front
        self.message: Any = None
        self.opened: Session | None = None
        self.cookie = ""  # in which the session came
        self.school = asked.path_params.get("school", "")

    @property
    def house(self) -> House:
        """The house that is asked."""
        return self.front.house

    @property
    def session(self) -> Session:
        """The session; only behind a rule that demands one."""
        if self.opened is None:
            raise RuntimeError("a public route has asked for the session")
        return self.opened

    @property
    def exchange(self) -> Exchange:
        """The exchange of the school in the address."""
        found = self.house.exchanges.get(self.school)
        if found is None:
            raise refuse("wrong_school")
        return found

    @property
    def address(self) -> str:
        """Where the request comes from."""
        return self.asked.client.host if self.asked.client else ""

    @property
    def now(self) -> int:
        """UTC ms."""
        return self.house.clock()


class Endpoint(Struct, frozen=True):
    """A declared route. `method` "LIVE" is a WebSocket. `takes`: the message of its body, of at most `limit` bytes."""

    method: Literal["GET", "POST", "LIVE"]
    path: str
    rule: Rule
    handler: Callable[..., Awaitable[Any]]
    takes: Any = None
    limit: int = 8192

    def route(self, front: "Front") -> Route | WebSocketRoute:
        """The route as Starlette wants it, with the guard before the handler."""
        decoder = msgspec.json.Decoder(self.takes) if self.takes is not None else None

        async def guard(request: Request) -> Response:
            visit = Visit(request, front)
            try:
                await _admit(self.rule, visit)
                if decoder is not None:
                    visit.message = await bodies.read(request, decoder, self.limit)
                if self.rule is DEVICE and visit.message.device != visit.session.device:
                    raise refuse("wrong_device")
                found: Response = await self.handler(visit)
                return found
            except ClientDisconnect:
                raise
            except Exception as bug:
                return trouble(self._noted(in_words(bug), visit))

        async def guard_live(socket: WebSocket) -> None:
            visit = Visit(socket, front)
            try:
                await _admit(self.rule, visit)
            except Exception as bug:
                await socket.send_denial_response(trouble(self._noted(in_words(bug), visit)))
                return
            await self.handler(visit, socket)

        if self.method == "LIVE":
            return WebSocketRoute(self.path, guard_live)
        return Route(self.path, guard, methods=[self.method])

    def _noted(self, rejected: Rejected, visit: Visit) -> Rejected:
        device = visit.opened.device if visit.opened else ""
        note(rejected, route=f"{self.method} {self.path}", school=visit.school[:40], device=device)
        visit.front.metrics.troubles.labels(rejected.trouble.error).inc()
        return rejected


async def _admit(rule: Rule, visit: Visit) -> None:
    """Let the visit in, or raise Rejected."""
    if rule.kind == "public":
        return
    if rule.kind == "loopback":
        if not _is_local(visit.asked):
            raise refuse("not_found")
        return
    found = await cookies.find(visit.house.accounts, visit.asked)
    if found is None:
        raise refuse("signed_out")
    visit.cookie, session = found
    visit.opened = session
    if session.school != visit.school or session.school not in visit.house.exchanges:
        raise refuse("wrong_school")
    if not rule.revoked and (session.revoked or await is_dismissed(visit.exchange, session.person)):
        raise refuse("revoked")
    if rule.kind == "roles" and not await asyncio.to_thread(_holds_one, rule.roles, visit):
        raise refuse("forbidden")


async def is_dismissed(exchange: Exchange, person: str) -> bool:
    """Whether all that a member of staff was given has ended."""
    # The first look waits for nobody, but may see half of a commit; what follows from it can't be taken back.
    return dismissed(person, exchange.facts, exchange.clock()) and await asyncio.to_thread(exchange.dismissed, person)


def _holds_one(names: frozenset[str], visit: Visit) -> bool:
    with visit.exchange.reading():
        return any(visit.exchange.facts.role(visit.session.person, name, visit.now) for name in names)


def _is_local(asked: HTTPConnection) -> bool:
    """True for a program on this machine itself, not for what a proxy on it passes on."""
    passed_on = any(name in asked.headers for name in ("forwarded", "x-forwarded-for", "x-real-ip"))
    return not passed_on and asked.client is not None and asked.client.host in ("127.0.0.1", "::1")
