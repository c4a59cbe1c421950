"""What the exchange takes and gives: jobs for the writer, reports, and the refusal of a whole request."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from msgspec import Struct

from server.exchange.working import Working
from sync.days import ALWAYS
from sync.messages import Judged, Trouble
from sync.verdicts import Reason


class Rejected(Exception):
    """A request that can't be answered as asked: an HTTP status and the trouble in one word."""

    def __init__(self, status: int, error: str, *, n: int | None = None, limit: int | None = None) -> None:
        super().__init__(error)
        self.status = status
        retry = 2 if status in (429, 503) else None
        self.trouble = Trouble(error=error, n=n, retry_after=retry, limit=limit)


class Draft(Struct):
    """An entry by a trusted device (import, demo): not numbered yet. `at`: UTC ms; `person`: its author."""

    kind: str
    key: str
    set: dict[str, Any]
    at: int
    person: str


class LoadReport(Struct):
    """What became of drafts. `unchanged`: equal to what stands already, and therefore not logged."""

    accepted: int = 0
    unchanged: int = 0
    refused: list[tuple[Draft, Reason]] = []


class DeviceState(Struct):
    """A device as the office sees it. `declared`: highest op number it said it holds; `skew`: its clock minus ours."""

    device: str
    person: str
    known: int
    declared: int
    last_contact: int
    skew: int

    @property
    def unsent(self) -> int:
        """Ops the device held at its last contact that have not arrived."""
        return max(0, self.declared - self.known)


class HistoryEntry(Struct):
    """One entry on a record, for people: who wrote what when, when it arrived, and what became of it."""

    seq: int
    person: str
    set: dict[str, Any]
    written: int
    arrived: int
    verdict: str
    reason: str


class Push(Struct):
    """The contact that brought a device's ops. `arrived`: server time, UTC ms.

    `sealed`: somebody brought them in parcels, and the contact proves nothing but that they existed when it arrived.
    `revoked`: since when the device may hold nothing any more (UTC ms). `renumbers`: it can get a new identity, and
    will bring under that what another copy of it has taken the numbers of.
    """

    device: str
    person: str
    clock: int
    held: int
    heard: int
    epoch: str
    arrived: int
    sealed: bool = False
    revoked: int = ALWAYS
    renumbers: bool = True


class Pushed(Struct):
    """What became of a Push."""

    known: int
    judged: list[Judged]
    taken: list[int]
    missing: int


class Job(Struct):
    """Work for the writer thread: `run` is called in a transaction; its answer goes to `future` after the commit."""

    run: Callable[[Working], Any]
    future: Future[Any]
    weight: int = 1
