"""Bodies: reading a request's JSON within its limits, and whatever else a stranger may send.

Holds always:
1. No more than `limit` bytes are kept, as sent and as inflated: a small body that inflates without end is cut off.
2. Whatever can't be read is `bad_json`; nothing that a body holds is ever logged.
"""

import asyncio
import zlib
from typing import Any

import msgspec
from starlette.requests import Request

from server.exchange.offers import mend
from server.routes.troubles import refuse

SLOWEST = 60  # seconds for a whole body
DRAINED = 4 * 1024 * 1024  # bytes read past the limit and thrown away, so that the sender hears the answer
ASIDE = 64 * 1024  # a body past this is decoded on another thread
INFLATE = {"gzip": 31, "x-gzip": 31, "deflate": 15}

Decoder = msgspec.json.Decoder[Any]


async def read(request: Request, decoder: Decoder, limit: int) -> Any:
    """The request's message. Raises Rejected: bad_json, too_large."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise refuse("bad_json", status=415)
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    if coding != "identity" and coding not in INFLATE:
        raise refuse("bad_json", status=415)
    try:
        async with asyncio.timeout(SLOWEST):
            body = await _collect(request, limit)
    except TimeoutError:
        raise refuse("bad_json", status=408) from None
    if coding == "identity" and len(body) <= ASIDE:
        return _decode(decoder, body)
    return await asyncio.to_thread(lambda: _decode(decoder, _inflate(body, coding, limit)))


async def _collect(request: Request, limit: int) -> bytes:
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > limit + DRAINED:
        raise refuse("too_large", limit=limit)
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size <= limit:
            parts.append(part)
        elif size > limit + DRAINED:
            break
        else:
            parts.clear()
    if size > limit:
        raise refuse("too_large", limit=limit)
    return b"".join(parts)


def _inflate(body: bytes, coding: str, limit: int) -> bytes:
    if coding == "identity":
        return body
    inflater = zlib.decompressobj(INFLATE[coding])
    try:
        whole = inflater.decompress(body, limit + 1)
    except zlib.error:
        raise refuse("bad_json") from None
    if len(whole) > limit:
        raise refuse("too_large", limit=limit)
    if not inflater.eof or inflater.unused_data:
        raise refuse("bad_json")
    return whole


def _decode(decoder: Decoder, body: bytes) -> Any:
    try:
        return decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        mended = mend(body)
    if mended == body:
        raise refuse("bad_json")
    try:
        return decoder.decode(mended)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise refuse("bad_json") from None
