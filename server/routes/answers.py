"""Answers: a message as JSON, packed when the other side takes it packed, on another thread when it is large."""

import asyncio
import zlib
from collections.abc import Mapping

import msgspec
from starlette.requests import HTTPConnection
from starlette.responses import Response

from server.exchange import Rejected
from sync.messages import SyncResponse

PACKED_FROM = 1024  # bytes; a smaller answer fits one packet anyway
ROWS_ASIDE = 200  # rows of news from which an answer is made on another thread
LEVEL = 5

_encoder = msgspec.json.Encoder()


def takes_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding header allows gzip."""
    for part in accepted.lower().split(","):
        coding, _, quality = part.partition(";")
        if coding.strip() in ("gzip", "*"):
            return quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def gzip(body: bytes, level: int = LEVEL) -> bytes:
    """The body gzipped, the same bytes each time."""
    packer = zlib.compressobj(level, zlib.DEFLATED, 31)
    return packer.compress(body) + packer.flush()


async def answer(asked: HTTPConnection, message: object, headers: Mapping[str, str] | None = None) -> Response:
    """The message as the answer to a request, status 200."""
    packed = takes_gzip(asked.headers.get("accept-encoding", ""))
    if isinstance(message, SyncResponse) and _rows(message) >= ROWS_ASIDE:
        body, coded = await asyncio.to_thread(_pack, message, packed)
    else:
        body, coded = _pack(message, packed)
    return _response(200, body, coded, headers)


def trouble(rejected: Rejected) -> Response:
    """A refusal as the answer to a request."""
    wait = rejected.trouble.retry_after
    headers = {"Retry-After": str(wait)} if wait is not None else None
    return _response(rejected.status, _encoder.encode(rejected.trouble), False, headers)


def _rows(response: SyncResponse) -> int:
    return sum(len(table.rows) for news in response.news for table in news.tables.values())


def _pack(message: object, packed: bool) -> tuple[bytes, bool]:
    body = _encoder.encode(message)
    if packed and len(body) >= PACKED_FROM:
        return gzip(body), True
    return body, False


def _response(status: int, body: bytes, coded: bool, headers: Mapping[str, str] | None) -> Response:
    response = Response(body, status, headers, "application/json")
    response.headers["Vary"] = "Accept-Encoding"
    if coded:
        response.headers["Content-Encoding"] = "gzip"
    return response
