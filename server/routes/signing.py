"""Signing in and out, and what a tablet may know before anybody has signed in."""

import asyncio
from importlib.metadata import version

import msgspec
from msgspec import Struct
from starlette.responses import Response

from server.accounts import Naming, Session
from server.exchange import DeviceState, Exchange, Rejected
from server.routes import cookies
from server.routes.access import Visit, is_dismissed
from server.routes.answers import answer
from server.routes.troubles import refuse
from server.routes.who import Who, who
from sync.messages import PROTOCOL, Hello, SignedIn, SignIn

HOUR = 3_600_000
STAFF_LASTS = 12 * HOUR
FAMILY_LASTS = 30 * 24 * HOUR
LATEST = 1 << 53


class Demo(Struct):
    """`demo.json` of a data folder that was made as a demo: [role, login, password] of its sign-ins."""

    sign_ins: list[tuple[str, str, str]]


class Copied(Struct):
    """A store that has found itself to be an old copy of its device. `name`: what the device calls itself."""

    clock: int
    name: str = ""


class Identity(Struct):
    """The new identity; its ops begin at `known` + 1. `mac`: the key under which it signs them."""

    device: str
    known: int
    mac: str


async def hello(visit: Visit) -> Response:
    """Which schools live here, and the demo's sign-ins where this is one."""
    return await answer(visit.asked, await asyncio.to_thread(_hello, visit))


async def sign_in(visit: Visit) -> Response:
    """Open a session, and give the device its identity."""
    said: SignIn = visit.message
    if abs(said.clock) >= LATEST:
        raise refuse("bad_json")
    exchange, accounts = visit.exchange, visit.house.accounts
    account = await accounts.prove(visit.school, said.login, said.password, device=said.device, address=visit.address)
    if await is_dismissed(exchange, account.person):
        raise refuse("revoked")
    person = await asyncio.to_thread(who, exchange, account.person)
    before = await asyncio.to_thread(_device, exchange, said.device)
    adopt = before is not None and before.person == account.person
    naming = Naming(said.device, said.name, visit.asked.headers.get("user-agent", ""), adopt)
    token, session = await accounts.begin(account, naming, STAFF_LASTS if person.staff else FAMILY_LASTS)
    try:
        known = await asyncio.to_thread(
            exchange.register_device, session.device, session.person, said.clock, fresh=not said.device
        )
    except Rejected:
        await accounts.sign_out(session)
        raise
    response = await answer(visit.asked, _signed_in(visit, session, person, known))
    await cookies.begin(accounts, visit.asked, response, token, session)
    return response


async def sign_out(visit: Visit) -> Response:
    """End the session. The tablet's unsent entries are the tablet's business: it sends them first."""
    await visit.house.accounts.sign_out(visit.session)
    response = await answer(visit.asked, {})
    cookies.forget(visit.asked, response, visit.cookie)
    return response


async def renew(visit: Visit) -> Response:
    """A new identity for the session's store. What the old one has delivered stays under the old name."""
    said: Copied = visit.message
    if abs(said.clock) >= LATEST:
        raise refuse("bad_json")
    session = await visit.house.accounts.renew(visit.session, said.name)
    register = visit.exchange.register_device
    known = await asyncio.to_thread(register, session.device, session.person, said.clock, fresh=False)
    response = await answer(visit.asked, Identity(session.device, known, _mac(visit, session)))
    if visit.cookie != cookies.PLAIN:
        cookies.forget(visit.asked, response, visit.cookie)
        cookies.keep(visit.asked, response, cookies.own_cookie(session.device), visit.asked.cookies[visit.cookie])
    return response


async def me(visit: Visit) -> Response:
    """Who is signed in, as the sign-in said it, but as of now."""
    session = visit.session
    person = await asyncio.to_thread(who, visit.exchange, session.person)
    device = await asyncio.to_thread(_device, visit.exchange, session.device)
    return await answer(visit.asked, _signed_in(visit, session, person, device.known if device else 0))


def _device(exchange: Exchange, device: str) -> DeviceState | None:
    return next((d for d in exchange.devices() if d.device == device), None)


def _signed_in(visit: Visit, session: Session, person: Who, known: int) -> SignedIn:
    return SignedIn(
        session.school, person.school_name, session.person, person.name, person.roles, person.pupils,
        session.device, visit.exchange.epoch, known, visit.now, visit.house.accounts.secrets.seal, _mac(visit, session),
    )  # fmt: skip


def _mac(visit: Visit, session: Session) -> str:
    return visit.house.accounts.secrets.mac(session.school, session.device, session.person)


def _hello(visit: Visit) -> Hello:
    schools = []
    for school, exchange in sorted(visit.house.exchanges.items()):
        with exchange.reading():
            schools.append((school, str(exchange.facts.school.get("name") or school)))
    demo = visit.house.data / "demo.json"
    sign_ins = msgspec.json.decode(demo.read_bytes(), type=Demo).sign_ins if demo.exists() else []
    return Hello(PROTOCOL, version("zvonok"), schools, sign_ins)
