"""The house: one data folder, opened and closed as a whole.

data/accounts.db               sign-ins, sessions, devices, the keys of parcels
data/schools/<id>/journal.db   everything else, one database per school
"""

import re
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

from server.accounts import Accounts
from server.exchange import Exchange
from server.exchange.exchange import Clock
from server.publisher import Publisher
from server.storage.journal import JournalStore

if TYPE_CHECKING:
    from server.backup import Backup

LEAST_FREE = 64 * 1024 * 1024  # bytes on the data folder's disk
SCHOOL = re.compile(r"[a-z0-9][a-z0-9-]{0,30}")


def wall_clock() -> int:
    """UTC milliseconds."""
    return time.time_ns() // 1_000_000


class House:
    """Everything one server keeps. `backup` is set by whoever runs Litestream beside it."""

    def __init__(self, data: Path, clock: Clock = wall_clock) -> None:
        self.data, self.clock = data, clock
        data.mkdir(parents=True, exist_ok=True)
        self.accounts = Accounts(data / "accounts.db", clock)
        self.exchanges: dict[str, Exchange] = {}
        self.publishers: dict[str, Publisher] = {}
        self.backup: Backup | None = None
        for path in sorted((data / "schools").glob("*/journal.db")):
            self._open_school(path.parent.name)

    @classmethod
    def open(cls, data: Path, *, clock: Clock = wall_clock) -> "House":
        """Open a data folder; it is made when it does not exist."""
        return cls(data, clock)

    def add_school(self, school: str) -> Exchange:
        """The school's exchange; its database is made when it does not exist. ValueError for an unlawful id."""
        if not SCHOOL.fullmatch(school):
            raise ValueError(f"{school!r} is no school id: use small Latin letters, digits and hyphens")
        return self.exchanges.get(school) or self._open_school(school)

    def publish(self, school: str) -> int:
        """Publish the school's diary now."""
        return self.publishers[school].publish_now()

    def disk_full(self) -> bool:
        """True when the disk refuses entries, or has hardly any room left."""
        refused = any(exchange.disk_full for exchange in list(self.exchanges.values()))
        return refused or shutil.disk_usage(self.data).free < LEAST_FREE

    def close(self) -> None:
        """Finish what is under way and close every database."""
        for publisher in self.publishers.values():
            publisher.close()
        for exchange in self.exchanges.values():
            exchange.close()
        self.accounts.close()

    def _open_school(self, school: str) -> Exchange:
        exchange = Exchange(JournalStore(self.data / "schools" / school / "journal.db", school), self.clock)
        self.exchanges[school] = exchange
        self.publishers[school] = Publisher(exchange)
        return exchange
