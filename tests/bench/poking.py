"""Live pokes: thousands of open lines, one entry, and how long until every line has heard of it.

The entry changes the school's own scope (the name of a term), which every member of staff holds.
"""

import asyncio
import base64
import os
import resource
import time

import msgspec

from tests.bench.serving import Served, serving
from tests.bench.staffroom import SCHOOL, Room
from tests.bench.wire import Caller

LINES = 5_000
AT_ONCE = 100  # lines opened at a time
POKES = 5


class Pokes(msgspec.Struct):
    """Lines open, milliseconds from the answer to the entry until half and all of the lines were poked (the median of
    several), and kB of the server's memory per line."""

    lines: int
    half_ms: float
    all_ms: float
    kb_per_line: float


def pokes(room: Room, wanted: int = LINES) -> Pokes:
    """Open the lines and poke them a few times."""
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit[1], limit[1]))
    number = wanted if limit[1] == resource.RLIM_INFINITY else min(wanted, limit[1] - 500)
    with serving("product", room.data) as server:
        return asyncio.run(_pokes(room, server, number))


class Line(asyncio.Protocol):
    """One line: it only notes when it was last told something."""

    def __init__(self, hello: bytes) -> None:
        self._hello = hello
        self.heard = 0.0
        self.transport: asyncio.BaseTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        assert isinstance(transport, asyncio.WriteTransport)
        transport.write(self._hello)

    def data_received(self, data: bytes) -> None:
        self.heard = time.perf_counter()


async def _pokes(room: Room, server: Served, number: int) -> Pokes:
    loop = asyncio.get_running_loop()
    assert room.admin is not None
    async with Caller(server.port, room.admin) as caller:
        await caller.ask(caller.request({}, [], 0))
        empty = server.memory()
        lines: list[Line] = []
        for start in range(0, number, AT_ONCE):
            wanted = [Line(_hello(room, server, place)) for place in range(start, min(start + AT_ONCE, number))]
            for line in wanted:
                await loop.create_connection(lambda line=line: line, "127.0.0.1", server.port)
            lines += wanted
            await _until_heard(wanted, 0.0)
        await asyncio.sleep(1)
        per_line = (server.memory() - empty) * 1024 / number
        halves, alls = [], []
        for turn in range(POKES):
            done = await _one_entry(room, caller, turn)
            await _until_heard(lines, done - 0.5)
            heard = sorted(line.heard for line in lines)
            halves.append((heard[len(heard) // 2] - done) * 1000)
            alls.append((heard[-1] - done) * 1000)
            await asyncio.sleep(0.5)
        for line in lines:
            assert line.transport is not None
            line.transport.close()
    return Pokes(number, sorted(halves)[POKES // 2], sorted(alls)[POKES // 2], per_line)


def _hello(room: Room, server: Served, place: int) -> bytes:
    token = room.tablets[place % len(room.tablets)].token
    key = base64.b64encode(os.urandom(16)).decode()
    return (
        f"GET /api/{SCHOOL}/live HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nCookie: zvonok={token}\r\n"
        f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n"
    ).encode()


async def _one_entry(room: Room, caller: Caller, turn: int) -> float:
    """An entry that concerns the whole staff; the moment at which it was answered."""
    op = {
        "n": turn + 1, "kind": "term", "key": "2", "set": {"name": f"II четверть {turn}"},
        "at": int(room.today.timestamp() * 1000), "seen": [caller.tablet.epoch, 0],
    }  # fmt: skip
    answer = await caller.ask(caller.request({}, [msgspec.json.encode(op)], turn + 1))
    assert msgspec.json.decode(answer.plain())["judged"][0][1] == "accepted", answer.plain()[:300]
    return time.perf_counter()


async def _until_heard(lines: list[Line], since: float) -> None:
    for _ in range(3000):
        if all(line.heard > since for line in lines):
            return
        await asyncio.sleep(0.01)
    raise RuntimeError("some lines were never poked")
