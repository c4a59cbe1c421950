"""Sessions and the devices they run on. Everything but `cached` runs on the accounts' thread.

A session's length is `expires - seen`, always: using it moves both.

Holds always:
1. Whoever asks for a session after it was ended gets None: ending and loading run on the same thread.
2. A session slides at most once in `SLIDE`; in between it is answered from memory. What another process ended
   (the command line) is noticed then, at the latest.
3. A device belongs to one person of one school; naming another's device gets a new one.
"""

import base64
import secrets
from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from msgspec import Struct
from msgspec.structs import astuple, replace

from server.log import log
from server.storage.sqlite import Connection, OperationalError

SLIDE = 300_000  # ms
CACHED = 50_000  # sessions in memory
NAME = 120  # characters kept of what a device calls itself

COLUMNS = "id, school, person, login, device, created, seen, expires"


class Session(Struct, frozen=True):
    """An open session: `id` is the SHA-256 of its token. Moments in UTC ms; from `expires` on it is over."""

    id: bytes
    school: str
    person: str
    login: str
    device: str
    created: int
    seen: int
    expires: int


class Naming(Struct, frozen=True):
    """How a store names itself at sign-in: the identity it got before (or ""), its name, the browser's agent line.

    `adopt`: the school's journal knows the identity for this person's even if this database does not: one of the two
    was restored to an earlier point.
    """

    device: str
    name: str
    agent: str
    adopt: bool = False


def identity_of(token: str) -> bytes | None:
    """What a token is stored as; None when it has not the form of one."""
    return sha256(token.encode()).digest() if len(token) == 43 and token.isascii() else None


def new_device() -> str:
    """A fresh device id: "d" and ten letters of base32."""
    return "d" + base64.b32encode(secrets.token_bytes(7)).decode().lower()[:10]


class Sessions:
    """The open sessions. `ended` are called when one is ended before its time."""

    def __init__(self, db: Connection) -> None:
        self.ended: list[Callable[[Session], None]] = []
        self._db = db
        self._cache: OrderedDict[bytes, Session] = OrderedDict()

    def cached(self, identity: bytes, now: int) -> Session | None:
        """The session from memory, when it needs neither loading nor sliding. From any thread."""
        found = self._cache.get(identity)
        return found if found is not None and now < found.expires and now - found.seen < SLIDE else None

    def load(self, identity: bytes, now: int) -> Session | None:
        """The open session, slid on; None when there is none."""
        session = self.read(identity)
        if session is None or now >= session.expires:
            self._cache.pop(identity, None)
            return None
        if now - session.seen >= SLIDE:
            session = replace(session, seen=now, expires=now + session.expires - session.seen)
            try:
                self._db.execute("UPDATE session SET seen=?, expires=? WHERE id=?", [now, session.expires, identity])
            except OperationalError as bug:  # a full disk must not sign anybody out
                log.error("a session could not be prolonged", exc_info=bug)
        self._keep(session)
        return session

    def read(self, identity: bytes) -> Session | None:
        """The session as it is stored, expired or not, unless its account is closed."""
        row = self._db.execute(
            "SELECT s.id, s.school, s.person, s.login, s.device, s.created, s.seen, s.expires FROM session s "
            "JOIN account a ON a.school=s.school AND a.login=s.login WHERE s.id=? AND a.disabled=0",
            [identity],
        ).fetchone()
        return Session(*row) if row else None

    def begin(self, school: str, person: str, login: str, naming: Naming, now: int, lasts: int) -> tuple[str, Session]:
        """Open a session of `lasts` ms; its token, which is known nowhere else, and the session."""
        token = secrets.token_urlsafe(32)
        owner = self.owner(school, naming.device)
        kept = owner == person or (owner is None and naming.adopt)
        device = naming.device if kept else new_device()
        session = Session(sha256(token.encode()).digest(), school, person, login, device, now, now, now + lasts)
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.execute(
                "INSERT INTO device (school, id, person, name, agent, created) VALUES (?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (school, id) DO UPDATE SET name=excluded.name, agent=excluded.agent",
                [school, device, person, naming.name[:NAME], naming.agent[:NAME], now],
            )
            self._db.execute(f"INSERT INTO session ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", astuple(session))
        self._keep(session)
        return token, session

    def renew(self, session: Session, name: str, now: int) -> Session:
        """The session on a new identity: its store has found itself to be an old copy of the device."""
        renewed = replace(session, device=new_device())
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.execute(
                "INSERT INTO device (school, id, person, name, agent, created) "
                "SELECT school, ?, person, ?, agent, ? FROM device WHERE school=? AND id=?",
                [renewed.device, name[:NAME], now, session.school, session.device],
            )
            self._db.execute("UPDATE session SET device=? WHERE id=?", [renewed.device, session.id])
        self._keep(renewed)
        return renewed

    def owner(self, school: str, device: str) -> str | None:
        """The person that a device belongs to."""
        row = self._db.execute("SELECT person FROM device WHERE school=? AND id=?", [school, device]).fetchone()
        return row[0] if row else None

    def end(self, where: str, values: list[Any]) -> None:
        """End the sessions of a condition on the table's columns."""
        rows = self._db.execute(f"DELETE FROM session WHERE {where} RETURNING {COLUMNS}", values).fetchall()
        for row in rows:
            self._cache.pop(row[0], None)
            for tell in list(self.ended):
                tell(Session(*row))

    def _keep(self, session: Session) -> None:
        self._cache[session.id] = session
        self._cache.move_to_end(session.id)
        while len(self._cache) > CACHED:
            self._cache.popitem(last=False)
