"""The other side of the wire: kept connections that send bytes made beforehand and only look at an answer's length.

An answer is unpacked and judged when the clock has stopped, so that the tablets, which share the machine with the
server, take as little of it as they can.
"""

import asyncio
import time
import zlib
from types import TracebackType

import msgspec

from sync.messages import SyncRequest
from tests.bench.staffroom import SCHOOL, Tablet

_encoder = msgspec.json.Encoder()


class Answer(msgspec.Struct):
    """An answer as it came: seconds from the first byte sent to the last one received, and the body as sent."""

    seconds: float
    status: int
    coded: bool
    body: bytes

    def plain(self) -> bytes:
        """The body unpacked."""
        return zlib.decompress(self.body, 47) if self.coded else self.body


class Caller:
    """One tablet's connection."""

    def __init__(self, port: int, tablet: Tablet) -> None:
        self._port, self.tablet = port, tablet

    async def __aenter__(self) -> "Caller":
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port, limit=1 << 24)
        return self

    async def __aexit__(self, kind: type | None, bug: BaseException | None, trace: TracebackType | None) -> None:
        self._writer.close()

    def request(self, cursors: dict[str, int], ops: list[bytes], held: int) -> bytes:
        """The bytes of a round of sync."""
        raws = [msgspec.Raw(op) for op in ops]
        clock = time.time_ns() // 1_000_000
        body = _encoder.encode(SyncRequest(1, self.tablet.device, clock, held, self.tablet.epoch, cursors, raws))
        head = (
            f"POST /api/{SCHOOL}/sync HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n"
            f"Cookie: zvonok={self.tablet.token}\r\n"
            f"Content-Type: application/json\r\nAccept-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body

    async def ask(self, request: bytes) -> Answer:
        """Send a request and wait for the whole answer."""
        began = time.perf_counter()
        self._writer.write(request)
        head = (await self._reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0])
        body = await self._reader.readexactly(length)
        return Answer(time.perf_counter() - began, int(head[9:12]), b"content-encoding: gzip" in head, body)
