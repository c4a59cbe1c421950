"""Passwords: argon2id on a few threads of its own, so that a morning's sign-ins never hold up a sync.

Holds always:
1. A login that does not exist takes as long as a wrong password: something is always verified.
2. At most `WORKERS` hashes are reckoned at once and `WAITING` wait; beyond that `Busy` is raised.
3. A password is compared as typed, but for the way its letters are composed (й may be one character or two).
"""

import secrets
import threading
import unicodedata
from concurrent.futures import Future, ThreadPoolExecutor

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError
from msgspec import Struct

WORKERS = 2
WAITING = 64
LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # what looks alike on paper is left out
LONGEST = 512  # characters; a longer password is never right


class Cost(Struct, frozen=True):
    """Parameters of argon2id: passes over the memory, memory in KiB, lanes."""

    passes: int
    memory: int
    lanes: int


COST = Cost(2, 19_456, 1)  # OWASP's second choice: about 30 ms, and two at once stay under 40 MB
CHEAP = Cost(1, 64, 1)  # for passwords that are public anyway (the demo) and for tests


class Busy(Exception):
    """Too many sign-ins wait already; try again in `retry_after` seconds."""

    retry_after = 2


def one_time() -> str:
    """A password that is easy to read out and hard to guess: fifteen letters in groups of five."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(3))


def _hasher(cost: Cost) -> PasswordHasher:
    return PasswordHasher(cost.passes, cost.memory, cost.lanes, type=Type.ID)


def _plain(password: str) -> str:
    return unicodedata.normalize("NFC", password)


class Passwords:
    """Hashes and verifies. `cost` is what new hashes get; older ones are told by `stale`."""

    def __init__(self, cost: Cost = COST) -> None:
        self._hasher = _hasher(cost)
        self._public = _hasher(CHEAP)
        self._nobody = self._hasher.hash("nobody's password")
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="argon2")
        self._lock = threading.Lock()
        self._waiting = 0

    def hash(self, password: str, *, public: bool = False) -> str:
        """The hash to store; cheap when the password is public anyway. Takes its time."""
        return (self._public if public else self._hasher).hash(_plain(password))

    def verify(self, stored: str | None, password: str) -> "Future[bool]":
        """Whether the password is that of the stored hash (None: of nobody), reckoned on the pool. Raises Busy."""
        with self._lock:
            if self._waiting >= WORKERS + WAITING:
                raise Busy
            self._waiting += 1
        try:
            future = self._pool.submit(self._verify, stored, password)
        except BaseException:
            self._leave()
            raise
        future.add_done_callback(lambda _: self._leave())
        return future

    def stale(self, stored: str) -> bool:
        """True when the hash was made with other parameters than new ones get."""
        return self._hasher.check_needs_rehash(stored)

    def close(self) -> None:
        """Wait for what is being reckoned."""
        self._pool.shutdown()

    def _leave(self) -> None:
        with self._lock:
            self._waiting -= 1

    def _verify(self, stored: str | None, password: str) -> bool:
        lawful = len(password) <= LONGEST
        try:
            right = self._hasher.verify(stored or self._nobody, _plain(password) if lawful else "")
        except (VerificationError, InvalidHashError):
            return False
        except UnicodeEncodeError:  # a lone surrogate: nobody's password
            return False
        return right and lawful and stored is not None
