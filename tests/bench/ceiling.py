"""Ceilings: what the same machine does at the same moment when nothing but the unavoidable is done.

bare: the ops of a request are parsed and stored in one SQLite table with synchronous=FULL, in groups like ours, and the
      request is answered after the commit. No rules, no memory, no rows, no chain, no verdicts.
echo: answers bytes that were handed over beforehand.
"""

import asyncio
import queue
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.storage.sqlite import connect
from sync.messages import SyncRequest
from sync.ops import Op

_request = msgspec.json.Decoder(SyncRequest)
_op = msgspec.json.Decoder(Op)
Row = tuple[str, int, str, str, bytes]
Waiting = tuple[list[Row], "asyncio.Future[None]"]


class Table:
    """One table and the thread that writes it, a group per commit."""

    def __init__(self, path: Path) -> None:
        self._db = connect(path)
        self._db.execute("CREATE TABLE IF NOT EXISTS op (device, n, kind, key, content, PRIMARY KEY (device, n))")
        self._queue: queue.SimpleQueue[Waiting | None] = queue.SimpleQueue()
        self._loop = asyncio.get_running_loop()
        self._thread = threading.Thread(target=self._work)
        self._thread.start()

    async def store(self, rows: list[Row]) -> None:
        """Returns when the rows are on disk."""
        done: asyncio.Future[None] = self._loop.create_future()
        self._queue.put((rows, done))
        await done

    def close(self) -> None:
        """Write what is waiting and stop."""
        self._queue.put(None)
        self._thread.join()
        self._db.close()

    def _work(self) -> None:
        while (first := self._queue.get()) is not None:
            group = [first]
            while not self._queue.empty() and (more := self._queue.get()) is not None:
                group.append(more)
            self._db.execute("BEGIN IMMEDIATE")
            for rows, _ in group:
                self._db.executemany("INSERT OR REPLACE INTO op VALUES (?, ?, ?, ?, ?)", rows)
            self._db.execute("COMMIT")
            self._loop.call_soon_threadsafe(_tell, [done for _, done in group])


def _tell(done: list["asyncio.Future[None]"]) -> None:
    for one in done:
        one.set_result(None)


def app_for(kind: str, data: Path) -> Starlette:
    """The ceiling of that name."""
    return _bare(data) if kind == "bare" else _echo(data)


def _bare(data: Path) -> Starlette:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.table = Table(data / "bare.db")
        yield
        app.state.table.close()

    async def sync(request: Request) -> Response:
        said = _request.decode(await request.body())
        ops = [(_op.decode(raw), bytes(raw)) for raw in said.ops]
        await request.app.state.table.store([(said.device, op.n, op.kind, op.key, raw) for op, raw in ops])
        return Response(b'{"known": %d}' % ops[-1][0].n, media_type="application/json")

    return Starlette(routes=[Route("/{rest:path}", sync, methods=["POST"])], lifespan=lifespan)


def _echo(data: Path) -> Starlette:
    body = (data / "answer").read_bytes()

    async def answer(request: Request) -> Response:
        await request.body()
        return Response(body, media_type="application/json")

    return Starlette(routes=[Route("/{rest:path}", answer, methods=["POST"])])
