"""The host: the real Exchange and JournalStore on a memory disk, with backups, crashes and restores.

The school is brought in once per process and time zone; each seed starts from a copy of that file.
"""

import asyncio
import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from logging import CRITICAL
from pathlib import Path
from typing import Any

import msgspec
import sqlite_utils
import structlog

from server.accounts.secrets import Secrets, make_secrets
from server.diary import publish
from server.exchange import Exchange, Rejected
from server.parcels import decide
from server.storage.journal import Entry, JournalStore, Transaction
from server.storage.sqlite import connect
from sync.messages import Parcels, SyncRequest
from tests.simulation.clocks import TrueTime
from tests.simulation.school import SCHOOL, begin, drafts

DISK = Path("/dev/shm") if Path("/dev/shm").is_dir() else Path(tempfile.gettempdir())
SHELF = 6  # backups kept


class Crash(BaseException):
    """The power went, before the commit."""


class FragileStore(JournalStore):
    """The real store, which loses power before the commit when it is told to."""

    fail_next = False

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """As the store's, but for the cut."""
        with super().write() as tx:
            yield tx
            if self.fail_next:
                self.fail_next = False
                raise Crash


class OneThread(asyncio.SelectorEventLoop):
    """Nothing here runs on another thread, so nobody has to wake the loop: no bytes through a socket for each call."""

    def _write_to_self(self) -> None:
        """Nobody sleeps."""


@cache
def loop(process: int) -> asyncio.AbstractEventLoop:
    """One event loop for a process; the server's log would drown everything else."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(CRITICAL))
    made = OneThread()
    atexit.register(made.close)
    return made


@cache
def secrets(process: int) -> Secrets:
    """The server's own, which no restore of a journal takes back."""
    folder = Path(tempfile.mkdtemp(prefix="zvonok-secrets-", dir=DISK))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    db = connect(folder / "accounts.db")
    make_secrets(sqlite_utils.Database(db))
    return Secrets(db)


@cache
def founded(timezone: str) -> Path:
    """The database of the school as it was founded."""
    folder = Path(tempfile.mkdtemp(prefix="zvonok-founded-", dir=DISK))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    time = TrueTime(begin(timezone))
    exchange = Exchange(JournalStore(folder / "journal.db", SCHOOL), time, threaded=False)
    report = exchange.load("import", drafts(timezone))
    assert not report.refused, report.refused
    with exchange.store.write() as tx:
        tx.set_meta("founded", timezone)
    exchange.store._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    exchange.close()
    return folder / "journal.db"


class Host:
    """The server with its disk. `crashes` and `restores` count what befell it."""

    def __init__(self, time: TrueTime, timezone: str, page: int) -> None:
        self.time, self.page = time, page
        self.folder = Path(tempfile.mkdtemp(prefix="zvonok-", dir=DISK))
        self.lives = 0
        self.backups: list[tuple[int, int, Path]] = []  # (true time, head, file)
        self.devices = 0
        self.secrets = secrets(os.getpid())
        self.persons: dict[str, str] = {}  # what the accounts know of devices: whose they are,
        self.revoked: dict[str, int] = {}  # and since when they may hold nothing any more
        self.path = self.folder / "0" / "journal.db"
        self.path.parent.mkdir()
        shutil.copy(founded(timezone), self.path)
        self.exchange = self._open()
        self.founded_seq = self.exchange.applied_seq

    def _open(self) -> Exchange:
        self.store = FragileStore(self.path, SCHOOL)
        exchange = Exchange(self.store, self.time, threaded=False)
        exchange.page = self.page
        return exchange

    def answer(self, body: bytes, identity: str, person: str) -> bytes | None:
        """What comes back for a request; None when the server died over it. The session says who asks."""
        try:
            request = msgspec.json.decode(body, type=SyncRequest)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return b'{"error": "bad_json"}'
        if request.device != identity:
            return b'{"error": "wrong_device"}'
        if identity in self.revoked:
            return b'{"error": "revoked"}'
        try:
            return msgspec.json.encode(loop(os.getpid()).run_until_complete(self.exchange.sync(request, person)))
        except Rejected as rejected:
            if rejected.trouble.error == "internal":
                raise AssertionError(f"the server has a bug: {rejected.__context__ or rejected!r}") from rejected
            return msgspec.json.encode(rejected.trouble)
        except Crash:
            self.restart()
            return None

    def bring(self, body: bytes) -> tuple[dict[str, Any], list[list[Any]]] | None:
        """What parcels are told, and the verdicts for who counts them; None when nothing of them was authentic or the
        server died over them."""
        try:
            said = msgspec.json.decode(body, type=Parcels)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return None
        person = self.persons.get(said.device, "")
        ops = self.secrets.open_all(SCHOOL, said.device, person, said.parcels)
        try:
            deciding = decide(self.exchange, said, ops, person, self.revoked.get(said.device))
            found = loop(os.getpid()).run_until_complete(deciding)
        except Crash:
            self.restart()
            return None
        return found and msgspec.to_builtins(found)

    def revoked_by(self, device: str, moment: int) -> int:
        """Since when the device might hold nothing any more, as was known at that moment; else the end of time."""
        since = self.revoked.get(device, moment)
        return since if since < moment else 1 << 53

    def new_identity(self, person: str, clock: int, *, fresh: bool) -> str:
        """Sign-in, or a store that asks for another name; ids are never given twice."""
        self.devices += 1
        device = f"d{self.devices}"
        self.persons[device] = person
        try:
            self.exchange.register_device(device, person, clock, fresh=fresh)
        except Crash:
            self.restart()
            return self.new_identity(person, clock, fresh=fresh)
        return device

    def restart(self) -> None:
        """The process died and was started again on the same disk."""
        self.store.close()
        self.exchange = self._open()

    def back_up(self) -> None:
        """The replica has everything up to now."""
        if self.store._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            return
        self.lives += 1
        copy = self.folder / f"backup-{self.lives}.db"
        shutil.copy(self.path, copy)
        self.backups.append((self.time.now, self.exchange.applied_seq, copy))
        self.exchange.mark_durable(self.exchange.applied_seq)
        if len(self.backups) > SHELF:
            self.backups.pop(1)[2].unlink()

    def crash(self) -> None:
        """The power goes before the next commit."""
        self.store.fail_next = True

    def restore(self, which: int, *, new_epoch: bool) -> None:
        """Back to a backup. Without `new_epoch` somebody copied the file by hand, and the server has to find out."""
        self.lives += 1
        self.exchange.close()
        self.path = self.folder / str(self.lives) / "journal.db"
        self.path.parent.mkdir()
        shutil.copy(self.backups[which][2], self.path)
        self.backups = [self.backups[which]]
        self.exchange = self._open()
        if new_epoch:
            self.exchange.new_epoch()

    def publish(self) -> None:
        """The diary's hour."""
        try:
            self.exchange.run(lambda work: publish(work, self.time()))
        except Crash:
            self.restart()

    def ledger(self, after: int = 0) -> list[Entry]:
        """Every entry, oldest first."""
        with self.store.read() as reader:
            return reader.entries_after(after, 1 << 30)

    def highest(self, device: str) -> int:
        """The last number of a device that the ledger knows."""
        return max([0, *(n for name, n in self.names() if name == device)])

    def names(self) -> dict[tuple[str, int], set[int]]:
        """Name of an op -> the seqs of the entries that bear it: decided under it, or also known by it."""
        found: dict[tuple[str, int], set[int]] = {}
        with self.store.read() as reader:
            for device, n, seq in reader.db.execute(
                "SELECT device, n, seq FROM entry UNION ALL SELECT device, n, seq FROM alias"
            ):
                found.setdefault((device, n), set()).add(seq)
        return found

    def close(self) -> None:
        """Leave nothing on the disk."""
        self.exchange.close()
        shutil.rmtree(self.folder, ignore_errors=True)
