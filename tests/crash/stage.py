"""The child's side: a step of a server's life, played with the real exchange while the disk fails.

The child gets ready unseen, says so, waits for strace to take hold, plays the step, and tells what came of it, each
acknowledged op in a message of its own. Refused, it waits for a word and plays the step again, as a tablet would.

    child -> parent   ready · ack N · refused STATUS ERROR SAME_FACTS · done
    parent -> child   a word: go, again, end
"""

import asyncio
import copy
import ctypes
import sys
from collections.abc import Callable
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import msgspec
import sqlite_utils

from server import log as logging
from server.exchange import Exchange, Rejected
from server.storage import schema
from server.storage.journal import JournalStore
from server.storage.sqlite import DatabaseError, connect
from sync.messages import SyncRequest
from tests.crash.afterwards import facts_of
from tests.crash.scene import JOURNAL, PERSON, REQUEST, SCHOOL, chunk
from tests.school import Clock

LOG = "server.log"
BOOK, PAGES = "9999 a house book", 200
ANY_TRACER = 0x59616D61  # PR_SET_PTRACER: a kernel with Yama lets only those trace that were named


class Step:
    """What is played. `prepare` is unseen by strace, `act` answers the numbers of the ops it was acknowledged."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.exchange: Exchange | None = None

    def prepare(self) -> None:
        self.exchange = self.open()

    def act(self) -> list[int]:
        raise NotImplementedError

    def end(self) -> None:
        if self.exchange is not None:
            self.exchange.close()

    def open(self) -> Exchange:
        return Exchange(JournalStore(self.folder / JOURNAL, SCHOOL), Clock())

    def facts(self) -> Any:
        """Everything the rules know now, to be compared with what they knew before."""
        return None if self.exchange is None else copy.deepcopy(facts_of(self.exchange.facts))


class Sync(Step):
    """One sync of thirty ops."""

    def act(self) -> list[int]:
        assert self.exchange is not None
        request = msgspec.json.decode((self.folder / REQUEST).read_bytes(), type=SyncRequest)
        return [judged.n for judged in asyncio.run(self.exchange.sync(request, PERSON)).judged]


class Load(Step):
    """One chunk of an import."""

    def act(self) -> list[int]:
        assert self.exchange is not None
        report = self.exchange.load("import", chunk())
        assert not report.refused
        return list(range(report.accepted))


class Checkpoint(Sync):
    """What Litestream does beside the server: the write-ahead log goes into the database and is cut off."""

    def prepare(self) -> None:
        super().prepare()
        super().act()

    def act(self) -> list[int]:
        with closing(connect(self.folder / JOURNAL)) as beside:
            beside.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return []


class Close(Checkpoint):
    """The end of the server: the last connection does the same and takes the log away."""

    def act(self) -> list[int]:
        if self.exchange is not None:
            self.exchange.close()
        self.exchange = None
        return []


class Wake(Step):
    """The first open after a crash: the write-ahead log is read back."""

    def prepare(self) -> None:
        pass

    def act(self) -> list[int]:
        self.exchange = self.open()
        return []


class Found(Wake):
    """The first open of an empty folder: every table is made."""


class Migrate(Wake):
    """The first open by a newer version, which has one migration more."""

    def prepare(self) -> None:
        schema.MIGRATIONS.append((BOOK, house_book))


def house_book(db: sqlite_utils.Database) -> None:
    """A migration as they come: a table with an index, a column more, rows rewritten."""
    db.table("house_book").create({"school": str, "page": int, "text": str}, pk=("school", "page"))
    db.table("house_book").create_index(["school", "text"])
    db.table("device").add_column("seal", str)
    db.execute("UPDATE device SET seal = device || '/' || known")
    db.table("house_book").insert_all({"school": SCHOOL, "page": n, "text": "запись " * 20} for n in range(PAGES))


STEPS: dict[str, Callable[[Path], Step]] = {
    "sync": Sync, "load": Load, "checkpoint": Checkpoint, "close": Close, "wake": Wake, "found": Found,
    "migrate": Migrate,
}  # fmt: skip


def play(name: str, folder: str, line: Connection) -> None:
    """Play a step in this process."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(ANY_TRACER, ctypes.c_ulong(-1), 0, 0, 0)
    step = STEPS[name](Path(folder))
    logging.setup(json=True, stream=(step.folder / LOG).open("w", buffering=1))
    step.prepare()
    before = step.facts()
    line.send(("ready",))
    line.recv()
    while True:
        try:
            for n in step.act():
                line.send(("ack", n))
            break
        except Rejected as refused:
            line.send(("refused", refused.status, refused.trouble.error, step.facts() == before))
        except DatabaseError as refused:
            line.send(("refused", 0, str(refused), True))
        line.recv()
    line.send(("done",))
    line.recv()
    step.end()
