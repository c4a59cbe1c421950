"""The backup of a running house: Litestream, receipts, the daily copy, and what the office sees of them.

One thread looks every second: has a school or an epoch been added, was a line emptied, does the write-ahead log grow,
is it a new day, can the lines be restored from.

Holds always:
1. Litestream has opened every database before `start` returns, so before traffic.
2. A new epoch, a new school and a lost line each begin a new line; the old one is left as it is.
3. Nothing here stops the school: a trouble shows in `status` and in the log.
"""

import threading
import time
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from server.backup.control import Failed, Listed, Unanswered
from server.backup.daily import copies, make_copy
from server.backup.lines import ACCOUNTS, MARK, SCHOOLS, Line, Lines, Mark, accounts_epoch, database_of
from server.backup.litestream import Litestream
from server.backup.receipts import LineLost, Receipts
from server.backup.replica import plan
from server.backup.settings import keep
from server.backup.shelf import CONFIG, FolderShelf, Unreachable, read_shelf
from server.house import House
from server.log import log
from server.storage.sqlite import DatabaseError, connect

WAL_ALARM = 64 * 1024 * 1024
LAG_ALARM = 90_000  # ms
LOOK = 1.0  # seconds
SETTLED = 20.0  # seconds after a start of Litestream, before the slow looks: the start itself stays quick
PLANNED = 300.0  # seconds between two checks that the lines can be restored from
DAILY = 600.0  # seconds between two looks whether today's copy is there


class Backup:
    """See the module. `backups` holds daily copies and settings, and the lines too unless backup.toml says else."""

    def __init__(self, house: House, backups: Path) -> None:
        self._house, self._data, self.backups = house, house.data.absolute(), backups.absolute()
        self.backups.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.shelf = read_shelf(self._data / CONFIG, self.backups)
        self._record = Lines(self._data)
        self._lines: dict[str, Line] = {}
        self._lost: set[str] = set()
        self._receipts: dict[str, Receipts] = {}
        self._listed: dict[str, Listed] = {}
        self._wal: dict[str, int] = {}
        self._unplanned: dict[str, str] = {}
        self._daily_trouble = ""
        self._ended = threading.Event()
        self._root = self.shelf.root if isinstance(self.shelf, FolderShelf) else None
        if self._root is not None:
            self._root.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._disk = self._root.stat().st_dev
        self._litestream = Litestream(self._data, self.backups, self._prepare)
        self._thread = threading.Thread(target=self._look, name="backup", daemon=True)

    def start(self) -> None:
        """Start Litestream and wait until it has the databases. Raises LeftOver, or OSError for a folder."""
        keep(self._data, self.backups)
        self._litestream.start()
        self._list()
        self._follow()
        self._thread.start()

    def stop(self, wait: float = 1.5) -> bool:
        """Upload what there is, for at most `wait` seconds, and end Litestream; True when all of it is durable."""
        self._ended.set()
        until = time.monotonic() + wait
        safe = [receipts.stop(max(0.1, until - time.monotonic())) for receipts in self._receipts.values()]
        if self._litestream.pid:
            try:  # by itself Litestream leaves out a database that it has only just opened
                self._litestream.control.sync(self._house.accounts.path.absolute(), 1.0)
            except (Unanswered, Failed) as trouble:
                log.warning("the sign-ins are not in the backup up to the end", error=str(trouble))
        self._litestream.stop()
        if self._thread.is_alive():
            self._thread.join(1.0)
        return all(safe)

    @property
    def litestream_pid(self) -> int:
        """Litestream's process; 0 when it is down."""
        return self._litestream.pid

    def line(self, store: str) -> Line:
        """The line that a database is replicated to now."""
        return self._lines[store]

    def status(self, school: str) -> dict[str, Any]:
        """How safe a school is; KeyError when there is none. Moments are UTC ms.

        `trouble`: "" or one of litestream_down, line_lost, unreachable, unrestorable, wal_large, daily_failed.
        """
        exchange, receipts = self._house.exchanges[school], self._receipts.get(school)
        store = f"{SCHOOLS}/{school}"
        listed = self._listed.get(str(database_of(self._data, store)))
        lag = receipts.lag() if receipts else 0
        kept = copies(self.backups, store)
        trouble = self._trouble(store, receipts, lag)
        return {
            "applied_seq": exchange.applied_seq,
            "durable_seq": exchange.durable_seq,
            "lag_ms": lag,
            "last_sync_at": _ms(listed.last_sync_at) if listed and listed.last_sync_at else None,
            "replica": self.shelf.says,
            "healthy": trouble in ("", "daily_failed"),
            "trouble": trouble,
            "wal_bytes": self._wal.get(store, 0),
            "daily": kept[-1].day if kept else None,
        }

    def copy_today(self, today: date) -> None:
        """Make today's whole copies where they are missing."""
        self._daily_trouble = ""
        for store in list(self._lines):
            try:
                made = make_copy(self._data, self.backups, store, today)
            except (OSError, DatabaseError) as trouble:
                self._daily_trouble = str(trouble)
                log.error("the daily copy failed", store=store, error=str(trouble))
            else:
                if made:
                    log.info("daily copy", store=store, bytes=made.size)

    def _trouble(self, store: str, receipts: Receipts | None, lag: int) -> str:
        if not self._litestream.pid:
            return "litestream_down"
        if receipts is None or receipts.lost is not None:
            return "line_lost"
        if receipts.trouble or lag > LAG_ALARM or self._stale(ACCOUNTS) or self._stale(store):
            return "unreachable"
        if store in self._unplanned:
            return "unrestorable"
        if self._wal.get(store, 0) > WAL_ALARM:
            return "wal_large"
        return "daily_failed" if self._daily_trouble else ""

    def _stale(self, store: str) -> bool:
        """True when the last upload is long ago: Litestream's own error figures stay 0 in an outage."""
        listed = self._listed.get(str(database_of(self._data, store)))
        moment = listed.last_sync_at if listed else None
        return moment is not None and (datetime.now(UTC) - moment).total_seconds() * 1000 > LAG_ALARM

    def _prepare(self) -> dict[Path, dict[str, Any]]:
        """Called when Litestream is not running: the lines to write from now on."""
        wanted = {ACCOUNTS: accounts_epoch(self._house.accounts.path, self._house.clock())}
        wanted |= {f"{SCHOOLS}/{school}": exchange.epochs[-1] for school, exchange in self._house.exchanges.items()}
        lines = []
        for store, epoch in wanted.items():
            line = self._record.current(store, epoch)
            while store in self._lost or (self._record.known(line) and not self._marked(line)):
                self._lost.discard(store)
                line = msgspec.structs.replace(line, number=line.number + 1)
                log.warning("a new line is begun", store=store, line=line.name)
            lines.append(line)
        self._record.begin(lines)
        for line in lines:
            self._mark(line)
        self._lines = {line.store: line for line in lines}
        return {database_of(self._data, line.store): self.shelf.replica(line.path) for line in lines}

    def _marked(self, line: Line) -> bool:
        return self._root is None or (self._root / line.path / MARK).exists()

    def _mark(self, line: Line) -> None:
        if self._root is None or self._marked(line):
            return
        here = self._root if self._root.exists() else self._root.parent
        if here.stat().st_dev != self._disk:
            raise OSError(f"{self._root} is on another disk than before: was the backup disk taken out?")
        folder = self._root / line.path
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MARK).write_bytes(
            msgspec.json.encode(Mark(line.store, line.epoch, line.ordinal, self._house.clock()))
        )

    def _check(self, line: Line) -> None:
        if not self._marked(line):
            raise LineLost(f"{self.shelf.says}/{line.path} was emptied, or another disk is mounted there")

    def _follow(self) -> None:
        """Ask for receipts of every school that has a line."""
        for school, exchange in list(self._house.exchanges.items()):
            store = f"{SCHOOLS}/{school}"
            if school not in self._receipts and store in self._lines:
                database, control = database_of(self._data, store), self._litestream.control
                receipts = Receipts(exchange, database, control, partial(self.line, store), self._check)
                self._receipts[school] = receipts
                receipts.start()

    def _look(self) -> None:
        starts = 0
        daily = planned = time.monotonic() + SETTLED
        while not self._ended.wait(LOOK):
            now = time.monotonic()
            try:
                self._list()
                self._measure()
                if self._changed():
                    self._litestream.restart()
                if starts != self._litestream.starts:
                    starts, planned = self._litestream.starts, now + SETTLED
                    self._follow()
                    for receipts in self._receipts.values():
                        receipts.poke()
                if now > daily:
                    daily = now + DAILY
                    self.copy_today(datetime.now().date())
                if now > planned and self._litestream.pid:
                    planned = now + PLANNED
                    self._check_plans()
            except (OSError, DatabaseError) as trouble:
                log.error("the watch over the backup stumbled", error=str(trouble))

    def _list(self) -> None:
        try:
            self._listed = self._litestream.control.databases()
        except (Unanswered, Failed):
            self._listed = {}

    def _changed(self) -> bool:
        """True when Litestream must be restarted because a line is no longer the right one."""
        lost = {store for store, line in self._lines.items() if not self._marked(line)}
        for school, receipts in self._receipts.items():
            if receipts.lost is not None and receipts.lost == self._lines.get(f"{SCHOOLS}/{school}"):
                lost.add(f"{SCHOOLS}/{school}")
        self._lost |= lost
        if self._lost:
            return True
        now = {f"{SCHOOLS}/{school}": exchange.epoch for school, exchange in list(self._house.exchanges.items())}
        return any(store not in self._lines or self._lines[store].epoch != epoch for store, epoch in now.items())

    def _measure(self) -> None:
        for store in list(self._lines):
            wal = database_of(self._data, store).with_name(database_of(self._data, store).name + "-wal")
            size = wal.stat().st_size if wal.exists() else 0
            if size > WAL_ALARM and self._wal.get(store, 0) <= WAL_ALARM:
                log.error("the write-ahead log is large", store=store, bytes=size, litestream=self._litestream.pid)
            self._wal[store] = size
            if size > WAL_ALARM and not self._litestream.pid:
                # Litestream is known to be down, so nobody else will. It notices, and begins with a snapshot.
                db = connect(database_of(self._data, store))
                db.execute("PRAGMA busy_timeout=100")
                db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                db.close()

    def _check_plans(self) -> None:
        """Can every line be restored from? Litestream itself does not notice when files of it are gone."""
        for store, line in list(self._lines.items()):
            try:
                whole = plan(self.shelf.replica(line.path))
                if not (whole.ok or whole.empty):
                    whole = plan(self.shelf.replica(line.path))  # not a file that was tidied away under our eyes
            except Unreachable as trouble:
                log.warning("the backup can't be looked at", store=store, error=str(trouble))
                continue
            if whole.ok:
                self._unplanned.pop(store, None)
            elif whole.empty:
                continue  # nothing was uploaded yet; the lag says so
            else:
                log.error("the backup can't be restored from; a new line is begun", store=store, error=whole.error)
                if store not in self._unplanned:
                    self._unplanned[store] = whole.error
                    self._lost.add(store)


def _ms(moment: datetime) -> int:
    return int(moment.astimezone(UTC).timestamp() * 1000)
