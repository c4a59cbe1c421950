"""Accounts of all schools in one database, with the sessions that are open.

All SQL runs on one thread of its own; the event loop only waits. Sessions in use are kept in memory, so that a sync
reads no database.

Holds always:
1. Which of login, password or a closed account was wrong is not told, not by the time it takes either.
2. Making an account that is there already changes nothing, so that an import may be run twice.
3. A new password ends the account's sessions. A closed account revokes its person's devices, and what is revoked stays
   so: who may come back gets a new identity.
Not here: what a person may see or write (`sync.access`, `sync.scopes`), and cookies (`server.routes.cookies`).
"""

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct

from server.accounts.passwords import COST, Busy, Cost, Passwords
from server.accounts.schema import MIGRATIONS
from server.accounts.secrets import Secrets
from server.accounts.sessions import Device, Naming, Session, Sessions, identity_of
from server.accounts.tries import Tries, keys_of
from server.log import log
from server.storage.schema import migrate
from server.storage.sqlite import Connection, connect

WAL_LARGE = 16 * 1024 * 1024  # a write-ahead log past this is checkpointed here: nobody else seems to do it

Clock = Callable[[], int]
T = TypeVar("T")


class Account(Struct, frozen=True):
    """A sign-in. `hash` is None while no password was given: nobody can sign in then."""

    school: str
    login: str
    person: str
    hash: str | None
    disabled: bool
    must_change: bool


class WrongSignIn(Exception):
    """Login or password is wrong, or the account is closed."""


class LoginTaken(Exception):
    """The login belongs to another person of the school."""


def plain(login: str) -> str:
    """A login as it is stored: a tablet's keyboard adds capitals and spaces that nobody meant."""
    return login.strip().casefold()


class Accounts:
    """See the module. Methods without `async` block: for the command line and for threads."""

    def __init__(self, path: Path, clock: Clock, *, cost: Cost = COST) -> None:
        self.path, self.clock = path, clock
        self._passwords = Passwords(cost)
        self._tries = Tries()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="accounts")
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db: Connection = self._wait(self._open)
        self._sessions = Sessions(self._db)
        self.secrets: Secrets = self._wait(lambda: Secrets(self._db))

    @property
    def ended(self) -> list[Callable[[Session], None]]:
        """Called on the accounts' thread for each session that is ended or revoked."""
        return self._sessions.ended

    def create(self, school: str, login: str, person: str, password: str | None = None, *, demo: bool = False) -> bool:
        """Make an account; False when it is there already, which changes nothing. Raises LoginTaken.

        `demo`: the password is public, so it is hashed cheaply and need not be changed.
        """
        return self.create_many([(school, login, person, password)], demo=demo) == 1

    def create_many(self, wanted: Iterable[tuple[str, str, str, str | None]], *, demo: bool = False) -> int:
        """Make accounts of (school, login, person, password or None), all or none; answers how many are new."""
        asked = list(wanted)
        known = {school: self.logins(school) for school in {row[0] for row in asked}}
        new = [row for row in asked if known[row[0]].get(plain(row[1])) != row[2]]  # no hash for what is there
        rows = [
            (school, plain(login), person, self._passwords.hash(password, public=demo) if password else None,
             int(password is not None and not demo), self.clock())
            for school, login, person, password in new
        ]  # fmt: skip
        return self._wait(lambda: self._create(rows))

    def set_password(self, school: str, login: str, password: str, *, must_change: bool = True) -> None:
        """Give an account a password. KeyError when there is no such account."""
        stored = self._passwords.hash(password)
        self._wait(lambda: self._set_password(school, plain(login), stored, must_change))

    def is_closed(self, school: str, login: str) -> bool:
        """Whether nobody can sign in by it. KeyError when there is no such account."""
        account, _ = self._wait(lambda: self._look_up(school, plain(login), ""))
        if account is None:
            raise _unknown(school, login)
        return account.disabled

    def disable(self, school: str, login: str, disabled: bool = True) -> None:
        """Close an account, or open it again. KeyError when there is no such account."""
        self._wait(lambda: self._disable(school, plain(login), disabled))

    def revoke(self, school: str, device: str, reason: str, by: str) -> bool:
        """From now on a device may hold nothing; False when it was revoked before. KeyError when there is none.

        `by`: the person, or what did it. The reason stays here and in no log.
        """
        return self._wait(lambda: self._revoke(school, device, reason, by))

    def devices(self, school: str) -> list[Device]:
        """Every device that has signed in at a school, the oldest first."""
        return self._wait(lambda: self._sessions.devices(school))

    def logins(self, school: str) -> dict[str, str]:
        """Login -> person of every account of a school."""
        asked = "SELECT login, person FROM account WHERE school=? ORDER BY login"
        return dict(self._wait(lambda: self._db.execute(asked, [school]).fetchall()))

    async def prove(self, school: str, login: str, password: str, *, device: str, address: str) -> Account:
        """The account whose password this is. Raises WrongSignIn, TooManyTries, Busy.

        `device`: the identity that the store names; `address`: where the try comes from.
        """
        login = plain(login)
        account, own = await self._on_thread(lambda: self._look_up(school, login, device))
        keys = keys_of(school, login, address, device if own else "")
        self._tries.begin(keys, self.clock())
        stored = account.hash if account is not None else None
        try:
            right = await asyncio.wrap_future(self._passwords.verify(stored, password))
        except Busy:
            self._tries.forgive(keys, self.clock())
            raise
        if account is None or not right or account.disabled:
            raise WrongSignIn
        self._tries.forgive(keys, self.clock())
        if stored is not None and self._passwords.stale(stored):
            fresh = await asyncio.to_thread(self._passwords.hash, password)
            await self._on_thread(lambda: self._rehash(account, fresh))
        return account

    async def begin(self, account: Account, naming: Naming, lasts: int) -> tuple[str, Session]:
        """Open a session of `lasts` ms; answers its token, which is known nowhere else, and the session."""
        return await self._on_thread(
            lambda: self._sessions.begin(account.school, account.person, account.login, naming, self.clock(), lasts)
        )

    async def renew(self, session: Session, name: str) -> Session:
        """The session on a new identity of its device."""
        return await self._on_thread(lambda: self._sessions.renew(session, name, self.clock()))

    async def session(self, token: str) -> Session | None:
        """The open session of this token, slid on; None when there is none."""
        identity, now = identity_of(token), self.clock()
        if identity is None:
            return None
        found = self._sessions.cached(identity, now)
        return found or await self._on_thread(lambda: self._sessions.load(identity, now))

    async def look(self, token: str) -> Session | None:
        """The open session of this token, as it stands: being looked at does not prolong it."""
        identity, now = identity_of(token), self.clock()
        found = None if identity is None else await self._on_thread(lambda: self._sessions.read(identity))
        return found if found is not None and now < found.expires else None

    async def is_open(self, session: Session) -> bool:
        """Whether a session is still open and not revoked. Does not slide it."""
        now = self.clock()
        found = self._sessions.cached(session.id, now) or await self._on_thread(lambda: self._sessions.read(session.id))
        return found is not None and now < found.expires and not found.revoked

    async def device(self, school: str, device: str) -> Device | None:
        """A device by its id."""
        return await self._on_thread(lambda: next(iter(self._sessions.devices(school, device)), None))

    async def follow(self) -> None:
        """Notice what another process has changed, such as a device revoked by the command line."""
        await self._on_thread(self._sessions.follow)

    async def sign_out(self, session: Session) -> None:
        """End a session."""
        await self._on_thread(lambda: self._sessions.end("id=?", [session.id]))

    async def sweep(self) -> None:
        """Forget what has expired, and keep the write-ahead log short when nobody else does."""
        await self._on_thread(self._sweep)

    def close(self) -> None:
        """Finish what is under way and close the database."""
        self._passwords.close()
        self._wait(self._db.close)
        self._thread.shutdown()

    def _wait(self, work: Callable[[], T]) -> T:
        return self._thread.submit(work).result()

    async def _on_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.wrap_future(self._thread.submit(work))

    def _open(self) -> Connection:
        db = connect(self.path)
        migrate(db, MIGRATIONS)
        return db

    def _create(self, rows: list[tuple[Any, ...]]) -> int:
        new = 0
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            for row in rows:
                holder = self._db.execute("SELECT person FROM account WHERE school=? AND login=?", row[:2]).fetchone()
                if holder is None:
                    self._db.execute(
                        "INSERT INTO account (school, login, person, hash, disabled, must_change, created) "
                        "VALUES (?, ?, ?, ?, 0, ?, ?)",
                        row,
                    )
                    new += 1
                elif holder[0] != row[2]:
                    raise LoginTaken(f"{row[1]!r} is the sign-in of another person of {row[0]!r}: choose another login")
        return new

    def _change(self, school: str, login: str, what: str, values: list[Any]) -> str:
        """Change an account; answers its person."""
        row = self._db.execute(
            f"UPDATE account SET {what} WHERE school=? AND login=? RETURNING person", [*values, school, login]
        ).fetchone()
        if row is None:
            raise _unknown(school, login)
        person: str = row[0]
        return person

    def _set_password(self, school: str, login: str, stored: str, must_change: bool) -> None:
        self._change(school, login, "hash=?, must_change=?", [stored, int(must_change)])
        self._sessions.end("school=? AND login=?", [school, login])

    def _disable(self, school: str, login: str, disabled: bool) -> None:
        person = self._change(school, login, "disabled=?", [int(disabled)])
        if disabled:
            revoked = self._sessions.revoke(
                "school=? AND person=?", [school, person], self.clock(), "the account was closed", "accounts"
            )
            log.info("account closed", school=school, devices=revoked)
        self._sessions.reread()

    def _revoke(self, school: str, device: str, reason: str, by: str) -> bool:
        if not self._sessions.devices(school, device):
            raise KeyError(f"there is no device {device!r} in {school!r}: zvonok device list {school}")
        revoked = self._sessions.revoke("school=? AND id=?", [school, device], self.clock(), reason, by)
        self._sessions.reread()
        log.info("device revoked", school=school, device=device, by=by, before=not revoked)
        return bool(revoked)

    def _look_up(self, school: str, login: str, device: str) -> tuple[Account | None, bool]:
        row = self._db.execute(
            "SELECT school, login, person, hash, disabled, must_change FROM account WHERE school=? AND login=?",
            [school, login],
        ).fetchone()
        if row is None:
            return None, False
        account = Account(row[0], row[1], row[2], row[3], bool(row[4]), bool(row[5]))
        known = next(iter(self._sessions.devices(school, device)), None)
        return account, known is not None and known.person == account.person

    def _rehash(self, account: Account, fresh: str) -> None:
        # Only where the hash is still the one that was verified: an admin may have given a new password meanwhile.
        self._db.execute(
            "UPDATE account SET hash=? WHERE school=? AND login=? AND hash=?",
            [fresh, account.school, account.login, account.hash],
        )

    def _sweep(self) -> None:
        self._sessions.end("expires<=?", [self.clock()])
        wal = self.path.with_name(self.path.name + "-wal")
        if wal.exists() and wal.stat().st_size > WAL_LARGE:
            self._db.execute("PRAGMA wal_checkpoint(PASSIVE)")


def _unknown(school: str, login: str) -> KeyError:
    return KeyError(f"there is no sign-in {login!r} in {school!r}: look it up among the school's accounts")
