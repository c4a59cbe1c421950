"""The cookies of sessions: one for each device identity, so that everybody on a shared tablet stays signed in.

A request names its device (`Zvonok-Device`; on the live channel, where a browser sets no header, `?device=`). Its
session is the one in the cookie of that name, and it must be that device's. Beside it the request shows the device's
proof (`Zvonok-Proof`, `?proof=`), which the tablet derives from the key that lies sealed until its person unlocks it.

Holds always:
1. A cookie alone opens nothing: who sits at a shared tablet can't ask in the name of those whose cookies lie there.
2. A request that names no device is for the session in the plain cookie, as of a client that serves one person, and
   of a tablet from before there were others. A device finds its own session there, too.
3. A sign-in that names its device ends only what this browser held of the same person; a plain cookie of somebody else
   moves under its own device's name.
4. A browser keeps at most `MOST`: what has ended goes at the next sign-in, and then the session unused for longest,
   whose person signs in again.
"""

import re

from starlette.requests import HTTPConnection
from starlette.responses import Response

from server.accounts import Accounts, Session
from server.security import is_secure

PLAIN = "zvonok"
OWN = re.compile(r"zvonok-d[a-z2-7]{10}")
MOST = 16
LASTS = 400 * 24 * 3600  # seconds, the longest a browser keeps one; when the session ends is the server's to say


def device_named(asked: HTTPConnection) -> str | None:
    """The device that a request is for; None: it names none."""
    return _said(asked, "device")


def own_cookie(device: str) -> str:
    """The name of a device's cookie."""
    return f"{PLAIN}-{device}"


async def find(accounts: Accounts, asked: HTTPConnection) -> tuple[str, Session] | None:
    """The open session that a request may use, and the name of its cookie."""
    device = device_named(asked)
    own = own_cookie(device or "")
    session = await accounts.session(asked.cookies.get(own, "")) if device is not None else None
    if session is not None:
        proof = _said(asked, "proof") or ""
        proved = accounts.secrets.proves(proof, session.school, session.device, session.person)
        return (own, session) if session.device == device and proved else None
    session = await accounts.session(asked.cookies.get(PLAIN, ""))
    return (PLAIN, session) if session is not None and device in (None, session.device) else None


async def begin(accounts: Accounts, asked: HTTPConnection, answer: Response, token: str, session: Session) -> None:
    """Give the browser the cookie of a new session, and clear away what it replaces."""
    if device_named(asked) is None:
        replaced = await accounts.session(asked.cookies.get(PLAIN, ""))
        if replaced is not None:
            await accounts.sign_out(replaced)
        keep(asked, answer, PLAIN, token)
        return
    own, others = own_cookie(session.device), []
    for name, value in asked.cookies.items():
        if name != PLAIN and not OWN.fullmatch(name):
            continue
        other = await accounts.look(value)
        if other is not None and (other.school, other.person) != (session.school, session.person):
            others.append((other, name, value))
            continue
        if other is not None:
            await accounts.sign_out(other)
        if name != own:
            forget(asked, answer, name)
    others.sort(key=lambda one: one[0].seen, reverse=True)
    for place, (other, name, value) in enumerate(others):
        if place >= MOST - 1:
            await accounts.sign_out(other)
            forget(asked, answer, name)
        elif name == PLAIN:
            forget(asked, answer, name)
            keep(asked, answer, own_cookie(other.device), value)
    keep(asked, answer, own, token)


def keep(asked: HTTPConnection, answer: Response, name: str, token: str) -> None:
    """Have the browser keep a session's token."""
    secure = is_secure(asked.scope)
    answer.set_cookie(name, token, max_age=LASTS, path="/", httponly=True, samesite="strict", secure=secure)


def forget(asked: HTTPConnection, answer: Response, name: str) -> None:
    """Have the browser forget a session's token."""
    answer.delete_cookie(name, path="/", httponly=True, samesite="strict", secure=is_secure(asked.scope))


def _said(asked: HTTPConnection, name: str) -> str | None:
    """What a request says of its device: in a header, or where a browser can set none, in the address."""
    if asked.scope["type"] == "websocket":
        return asked.query_params.get(name)
    return asked.headers.get(f"zvonok-{name}")
