"""Sessions and the devices they run on. Everything but `cached` runs on the accounts' thread.

A session's length is `expires - seen`, always: using it moves both.

Holds always:
1. Whoever asks for a session after it was ended gets None: ending and loading run on the same thread.
2. A session slides at most once in `SLIDE`; in between it is answered from memory. What another process ended
   (the command line) is noticed by `follow`.
3. A device belongs to one person of one school; naming another's device, or a revoked one, gets a new one.
4. A session of a revoked device or a closed account is still found until it would have expired, so that its tablet is
   told what has become of it; it slides no more.
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
    """An open session: `id` is the SHA-256 of its token. Moments in UTC ms; from `expires` on it is over.
    `revoked`: its device or account may hold nothing any more."""

    id: bytes
    school: str
    person: str
    login: str
    device: str
    created: int
    seen: int
    expires: int
    revoked: bool = False


class Device(Struct, frozen=True):
    """A device: whose, what it calls itself, and since when (UTC ms; None: never), why and by whom it is revoked."""

    id: str
    person: str
    name: str
    created: int
    revoked: int | None
    reason: str
    by: str


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
    """The open sessions. `ended` are called when one is ended or revoked before its time."""

    def __init__(self, db: Connection) -> None:
        self.ended: list[Callable[[Session], None]] = []
        self._db = db
        self._cache: OrderedDict[bytes, Session] = OrderedDict()
        self._changes = self._changed_elsewhere()

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
        if now - session.seen >= SLIDE and not session.revoked:
            session = replace(session, seen=now, expires=now + session.expires - session.seen)
            try:
                self._db.execute("UPDATE session SET seen=?, expires=? WHERE id=?", [now, session.expires, identity])
            except OperationalError as bug:  # a full disk must not sign anybody out
                log.error("a session could not be prolonged", exc_info=bug)
        self._keep(session)
        return session

    def read(self, identity: bytes) -> Session | None:
        """The session as it is stored, expired or not."""
        row = self._db.execute(
            "SELECT s.id, s.school, s.person, s.login, s.device, s.created, s.seen, s.expires, "
            "a.disabled OR d.revoked IS NOT NULL FROM session s "
            "JOIN account a ON a.school=s.school AND a.login=s.login "
            "LEFT JOIN device d ON d.school=s.school AND d.id=s.device WHERE s.id=?",
            [identity],
        ).fetchone()
        return replace(Session(*row[:-1]), revoked=bool(row[-1])) if row else None

    def begin(self, school: str, person: str, login: str, naming: Naming, now: int, lasts: int) -> tuple[str, Session]:
        """Open a session of `lasts` ms; its token, which is known nowhere else, and the session."""
        token = secrets.token_urlsafe(32)
        known = next(iter(self.devices(school, naming.device)), None)
        kept = naming.adopt if known is None else known.person == person and known.revoked is None
        device = naming.device if kept else new_device()
        session = Session(sha256(token.encode()).digest(), school, person, login, device, now, now, now + lasts)
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.execute(
                "INSERT INTO device (school, id, person, name, agent, created) VALUES (?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (school, id) DO UPDATE SET name=excluded.name, agent=excluded.agent",
                [school, device, person, naming.name[:NAME], naming.agent[:NAME], now],
            )
            self._db.execute(f"INSERT INTO session ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", astuple(session)[:-1])
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

    def devices(self, school: str, device: str | None = None) -> list[Device]:
        """The devices of a school, or the one of this id if there is one."""
        asked = "SELECT id, person, name, created, revoked, reason, revoked_by FROM device WHERE school=?"
        only = " AND id=?" if device is not None else " ORDER BY created"
        rows = self._db.execute(asked + only, [school] if device is None else [school, device]).fetchall()
        return [Device(*row) for row in rows]

    def revoke(self, where: str, values: list[Any], now: int, reason: str, by: str) -> list[str]:
        """Revoke the devices of a condition on the table's columns, those that are not yet; answers their ids."""
        rows = self._db.execute(
            f"UPDATE device SET revoked=?, reason=?, revoked_by=? WHERE {where} AND revoked IS NULL RETURNING id",
            [now, reason, by, *values],
        ).fetchall()
        return [row[0] for row in rows]

    def follow(self) -> None:
        """Notice what another process has changed: the command line, while the server runs."""
        changes = self._changed_elsewhere()
        if changes != self._changes:
            self._changes = changes
            self.reread()

    def reread(self) -> None:
        """Look again at every session in memory, and tell of those that are ended or revoked."""
        for before in list(self._cache.values()):
            now = self.read(before.id)
            if now is None:
                self._cache.pop(before.id, None)
            elif now != before:
                self._cache[before.id] = now
            if now is None or now.revoked > before.revoked:
                self._tell(before)

    def _changed_elsewhere(self) -> int:
        found: int = self._db.execute("PRAGMA data_version").fetchone()[0]
        return found

    def end(self, where: str, values: list[Any]) -> None:
        """End the sessions of a condition on the table's columns."""
        rows = self._db.execute(f"DELETE FROM session WHERE {where} RETURNING {COLUMNS}", values).fetchall()
        for row in rows:
            self._cache.pop(row[0], None)
            self._tell(Session(*row))

    def _tell(self, session: Session) -> None:
        for tell in list(self.ended):
            tell(session)

    def _keep(self, session: Session) -> None:
        self._cache[session.id] = session
        self._cache.move_to_end(session.id)
        while len(self._cache) > CACHED:
            self._cache.popitem(last=False)
