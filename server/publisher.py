"""When to publish the diary: live (shortly after each change) or daily at the school's hour (regulation 3.2.2).

One thread per school; it sleeps until something changes or the hour strikes.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from server.diary import AT, publish
from server.exchange import Exchange
from server.log import log
from sync.days import zone
from sync.messages import Poke

GATHER = 0.15  # seconds to gather changes into one publication
AGAIN = 5.0  # seconds after which a publication that failed is tried again
PUBLISH_AT = "17:00"


class Publisher:
    """Publishes one school's diary. `close` ends the thread; what was not published is published at the next start."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._changed = threading.Event()
        self._ended = threading.Event()
        self._paused = False
        with exchange.store.read() as reader:
            exchange.published = int(reader.meta(AT) or 0)
        exchange.listeners.append(self._on_poke)
        self._changed.set()
        self._thread = threading.Thread(target=self._work, name=f"publisher-{exchange.school}", daemon=True)
        self._thread.start()

    def publish_now(self) -> int:
        """Publish everything at once; answers how many records were written."""
        moment = self._exchange.clock()
        written: int = self._exchange.run(lambda work: publish(work, moment))
        self._exchange.published = moment
        return written

    @contextmanager
    def paused(self) -> Iterator[None]:
        """While a school is being loaded nothing is published: once at the end costs less than at each commit."""
        self._paused = True
        try:
            yield
        finally:
            self._paused = False

    def close(self) -> None:
        """End the thread."""
        self._ended.set()
        self._changed.set()
        self._thread.join()

    def _on_poke(self, poke: Poke) -> None:
        if any(not scope.startswith(("diary:", "bulletin:", "inbox:")) for scope in poke.scopes):
            self._changed.set()

    def _work(self) -> None:
        while not self._ended.is_set():
            self._changed.wait(timeout=30)
            if self._ended.wait(GATHER):
                return
            if self._paused:
                continue
            if self._due():
                self._changed.clear()
                try:
                    self.publish_now()
                except Exception as bug:  # the school goes on
                    log.error("publication failed", exc_info=bug)
                    self._changed.set()
                    if self._ended.wait(AGAIN):
                        return
            elif self._daily():
                self._changed.clear()

    def _daily(self) -> bool:
        return bool(self._exchange.facts.school.get("publication") == "daily")

    def _due(self) -> bool:
        if not self._daily():
            return self._changed.is_set()
        where = zone(self._exchange.facts.timezone)
        now = datetime.fromtimestamp(self._exchange.clock() / 1000, where)
        hour = self._exchange.facts.school.get("publish_at") or PUBLISH_AT
        struck = now.strftime("%H:%M") >= hour
        last = datetime.fromtimestamp(self._exchange.published / 1000, where)
        return struck and (last.date() < now.date() or last.strftime("%H:%M") < hour)
