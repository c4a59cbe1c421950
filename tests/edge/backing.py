"""A house with the small school and a real Litestream beside it, for the tests of backup and restore."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from server.backup import Backup
from server.exchange import Draft, Exchange
from server.house import House
from tests.school import Clock, drafts

SCHOOL = "32"


def until(holds: Callable[[], object], seconds: float = 60.0, what: str = "") -> None:
    """Wait for a condition; fails when it does not come."""
    ends = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < ends, f"did not come within {seconds} s: {what or holds}"
        time.sleep(0.005)


def write(exchange: Exchange) -> int:
    """One more entry; answers its seq."""
    number = exchange.applied_seq + 1
    named = Draft("subject", f"s{number}", {"name": f"Предмет {number}"}, exchange.clock(), "admin")
    report = exchange.load("import", [named])
    assert report.accepted == 1, report
    return exchange.applied_seq


class Backed:
    """A house that is backed up."""

    def __init__(self, house: House, backup: Backup) -> None:
        self.house, self.backup = house, backup
        self.exchange: Exchange = house.exchanges[SCHOOL]

    def write(self) -> int:
        """One more entry; answers its seq."""
        return write(self.exchange)

    def durable(self) -> bool:
        return self.exchange.durable_seq >= self.exchange.applied_seq

    def until_durable(self) -> None:
        until(self.durable, what=f"durable: {self.backup.status(SCHOOL)}")

    @property
    def pid(self) -> int:
        """Litestream's process; 0 when it is down."""
        return self.backup.litestream_pid


@contextmanager
def backed(root: Path, *, school: bool = True) -> Iterator[Backed]:
    """A running house in root/data, backed up to root/backups; `school`: put the small school in."""
    house = House.open(root / "data", clock=Clock())
    try:
        exchange = house.add_school(SCHOOL)
        if school:
            report = exchange.load("import", drafts())
            assert not report.refused
            house.accounts.create(SCHOOL, "t1", "t1", "t1-secret", demo=True)
        backup = Backup(house, root / "backups")
        house.backup = backup
        backup.start()
        try:
            yield Backed(house, backup)
        finally:
            backup.stop()
    finally:
        house.close()


def everything(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its content."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
