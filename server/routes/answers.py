"""Answers: a message as JSON, packed when the other side takes it packed, on another thread when it is large."""

import asyncio
import zlib
from collections.abc import Mapping

import msgspec
from starlette.requests import HTTPConnection
from starlette.responses import Response

from server.exchange import Rejected

PACKED_FROM = 1024  # bytes; a smaller answer fits one packet anyway
ASIDE = 16 * 1024  # bytes; a larger answer is packed on another thread
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
    body = _encoder.encode(message)  # quick whatever its size: rows of news are JSON already
    coded = len(body) >= PACKED_FROM and takes_gzip(asked.headers.get("accept-encoding", ""))
    if coded:
        body = await asyncio.to_thread(gzip, body) if len(body) >= ASIDE else gzip(body)
    return _response(200, body, coded, headers)


def trouble(rejected: Rejected) -> Response:
    """A refusal as the answer to a request."""
    wait = rejected.trouble.retry_after
    headers = {"Retry-After": str(wait)} if wait is not None else None
    return _response(rejected.status, _encoder.encode(rejected.trouble), False, headers)


def _response(status: int, body: bytes, coded: bool, headers: Mapping[str, str] | None) -> Response:
    response = Response(body, status, headers, "application/json")
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Accept-Encoding"] = "gzip"  # RFC 7694: a tablet on a thin line may pack what it sends
    if coded:
        response.headers["Content-Encoding"] = "gzip"
    return response
