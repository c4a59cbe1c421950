"""What every answer carries, and what no request may be: the outermost wall, around all routes.

Holds always:
1. Every answer has the headers below, errors too; nothing under /api is kept by a cache.
2. What changes anything, and the live channel, is refused when another site's page asks for it.
3. A bug answers `internal`, leaves one line in the log, and disturbs nobody else.

The policy allows the app's own files and nothing else: no inline script or style, no other origin, no frame. What makes
markup or starts a script from a string goes through the app's one policy of Trusted Types (`pwa/src/trusted.ts`). Only
the worker that stretches passwords may compile WebAssembly, and it may do nothing else.
"""

import re
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from server.routes.answers import trouble
from server.routes.troubles import in_words, note, refuse

HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](:[0-9]{1,5})?")
READING = frozenset({"GET", "HEAD", "OPTIONS"})
TWO_YEARS = 63_072_000

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'{live}; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types zvonok"
)
STRETCHING = "/assets/argon2-worker"
STRETCHING_POLICY = "default-src 'none'; script-src 'wasm-unsafe-eval'"
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), midi=()",
}


class Wall:
    """The outermost layer of the app."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        answered = False

        async def with_headers(message: Message) -> None:
            nonlocal answered
            if message["type"] in ("http.response.start", "websocket.http.response.start", "websocket.accept"):
                answered = True
                if message["type"] != "websocket.accept":
                    given = MutableHeaders(scope=message)
                    for name, value in _headers(scope):
                        given[name] = value
            await send(message)

        changes = scope["type"] == "websocket" or scope["method"] not in READING
        if changes and not is_same_origin(scope):
            rejected = refuse("forbidden")
            note(rejected, route="another site's page")
            await _deny(scope, receive, with_headers, rejected)
            return
        try:
            await self.app(scope, receive, with_headers)
        except (ClientDisconnect, WebSocketDisconnect):
            return
        except Exception as bug:
            if scope["type"] == "websocket" and isinstance(bug, OSError):
                return  # the tablet went while it was being let in
            rejected = in_words(bug)
            if not answered:
                await _deny(scope, receive, with_headers, rejected)


async def _deny(scope: Scope, receive: Receive, send: Send, rejected: Exception) -> None:
    response = trouble(in_words(rejected))
    if scope["type"] == "websocket":
        await WebSocket(scope, receive, send).send_denial_response(response)
    else:
        await response(scope, receive, send)


def is_secure(scope: Scope) -> bool:
    """True when the browser speaks TLS, to us or to the proxy in front of us."""
    return scope["scheme"] in ("https", "wss")


def is_same_origin(scope: Scope) -> bool:
    """False when a browser says that another site's page asks. A program that is no browser says nothing."""
    headers = Headers(scope=scope)
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    if origin is None:
        return True
    scheme, _, host = origin.partition("://")
    # A proxy in front that ends TLS may have left the scheme behind; the host it passes on is the one that was asked.
    return (
        scheme in (("https",) if is_secure(scope) else ("http", "https"))
        and host.lower() == headers.get("host", "").lower()
    )


def _headers(scope: Scope) -> Iterable[tuple[str, str]]:
    yield from ALWAYS.items()
    stretching = scope["path"].startswith(STRETCHING)
    yield "Content-Security-Policy", STRETCHING_POLICY if stretching else _page_policy(scope)
    if is_secure(scope):
        yield "Strict-Transport-Security", f"max-age={TWO_YEARS}"
    if scope["path"].startswith("/api") or scope["path"] in ("/healthz", "/metrics"):
        yield "Cache-Control", "no-store"


def _page_policy(scope: Scope) -> str:
    # Safari before 15.4 does not count the WebSocket of the same host as 'self'.
    host = Headers(scope=scope).get("host", "")
    live = f" {'wss' if is_secure(scope) else 'ws'}://{host}" if HOST.fullmatch(host) else ""
    return POLICY.format(live=live)
