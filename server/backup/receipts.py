"""Durable receipts: after each commit Litestream is asked to upload, and what was committed before the question is then
marked durable. One thread per school.

Holds always:
1. Only what was committed before the question was put is marked, and only when the answer says that all is uploaded,
   the line it went to is still there, and it is still the line that is written.
2. A failure is tried again after 1, 2, 4 ... 30 seconds: Litestream by itself waits up to 5 minutes after an outage.
3. The lag is the age of the oldest commit that is not durable: 0 when everything is.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

from server.backup.control import Control, Failed, Unanswered
from server.backup.lines import Line
from server.exchange import Exchange
from server.log import log
from sync.messages import Poke

GATHER = 0.05  # seconds between two questions: a storm of commits is uploaded in handfuls
RETRY = (1.0, 2.0, 4.0, 8.0, 16.0, 30.0)
HEARTBEAT = 30.0  # seconds: asked even when nothing was committed, so that an outage shows
KEPT = 4_096  # commits whose age is known one by one


class LineLost(Exception):
    """The folder that the line is written to was emptied or swapped."""


class Receipts:
    """Asks for one school. `line` answers the line that is written now; `check` raises LineLost when what was uploaded
    to a line can't be there any more."""

    def __init__(
        self, exchange: Exchange, database: Path, control: Control, line: Callable[[], Line],
        check: Callable[[Line], None],
    ) -> None:  # fmt: skip
        self._exchange, self._database = exchange, database.absolute()
        self._control, self._line, self._check = control, line, check
        self.trouble = ""  # what went wrong at the last question; "" when nothing did
        self.lost: Line | None = None  # the line that must be given up for a new one
        self._lock = threading.Lock()
        self._waiting: deque[tuple[int, float]] = deque()  # (seq, monotonic moment) of commits that are not durable
        self._noted = 0
        self._wake = threading.Event()
        self._ended = threading.Event()
        self._note(exchange.applied_seq)
        self._thread = threading.Thread(target=self._work, name=f"receipts-{exchange.school}", daemon=True)

    def start(self) -> None:
        """Begin to ask."""
        self._exchange.listeners.append(self._on_poke)
        self._thread.start()

    def stop(self, wait: float) -> bool:
        """Ask a last time, for at most `wait` seconds; True when everything is durable then."""
        if self._on_poke in self._exchange.listeners:
            self._exchange.listeners.remove(self._on_poke)
        self._ended.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(wait)
        return self._exchange.durable_seq >= self._exchange.applied_seq

    def poke(self) -> None:
        """Ask now, whatever is being waited for."""
        self._wake.set()

    def lag(self) -> int:
        """Age in ms of the oldest commit that is not durable; 0 when all are."""
        with self._lock:
            return int((time.monotonic() - self._waiting[0][1]) * 1000) if self._waiting else 0

    def _on_poke(self, poke: Poke) -> None:
        # After a failure a commit does not shorten the pause: it would ask hundreds of times a second.
        if self._note(poke.applied_seq) and not self.trouble:
            self._wake.set()

    def _note(self, seq: int) -> bool:
        with self._lock:
            if seq <= self._noted:
                return False
            self._noted = seq
            if len(self._waiting) >= KEPT:
                self._waiting[-1] = (seq, self._waiting[-1][1])
            else:
                self._waiting.append((seq, time.monotonic()))
            return True

    def _work(self) -> None:
        failures = 0
        while True:
            ending = self._ended.is_set()
            if self._ask(timeout=1.0 if ending else 30.0):
                failures, pause = 0, HEARTBEAT
            else:
                pause = RETRY[min(failures, len(RETRY) - 1)]
                failures += 1
            if ending:
                return
            self._ended.wait(GATHER)
            if failures or self._exchange.applied_seq <= self._exchange.durable_seq:
                self._wake.wait(pause)
            self._wake.clear()

    def _ask(self, timeout: float) -> bool:
        applied, line = self._exchange.applied_seq, self._line()
        try:
            self._control.sync(self._database, timeout)
            self._check(line)
            if self._line() != line:
                raise LineLost("a new line was begun meanwhile")
        except (Unanswered, Failed, LineLost, OSError) as trouble:
            if not self.trouble:
                log.warning("the backup lags", school=self._exchange.school, error=str(trouble))
            self.trouble = str(trouble)
            gone = "/ltx/" in self.trouble and "no such file" in self.trouble  # of Litestream's own local state
            self.lost = line if gone or isinstance(trouble, LineLost) else None
            return False
        if self.trouble:
            log.info("the backup has caught up", school=self._exchange.school, seq=applied)
        self.trouble, self.lost = "", None
        with self._lock:
            while self._waiting and self._waiting[0][0] <= applied:
                self._waiting.popleft()
        self._exchange.mark_durable(applied)
        return True
