"""The tablet's app: the files of `pwa/dist`, kept in memory, packed once: by the build (`pwa/build/pack.mjs`), or here.

A request's path is only looked up in the table of files that were there, never joined to a folder, so no path can
leave it. Assets carry their content's hash in their name and may be kept for ever; everything else is asked for anew,
with an ETag. An address of the app (no dot in its last part) answers the app itself. While the admin says so, the
worker is another one, which takes the app out of the tablets' caches (`leaving`).
"""

import asyncio
import mimetypes
import zlib
from hashlib import sha256
from pathlib import Path

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

from server.leaving import WORKER, is_on
from server.routes.answers import gzip, takes_gzip, trouble
from server.routes.troubles import refuse

INDEX = "/index.html"
BUILT_LAST = ("sw.js", "index.html")  # a change of these tells that the app was built anew
FOR_EVER = "public, max-age=31536000, immutable"
ANEW = "no-cache"
PACKED = ".gz"
SMALLER = 0.95  # packed is only worth it below this part of the size
TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
MISSING = (
    "The tablet's app has not been built yet.\n\n"
    "    make run\n\n"
    "builds it and starts the server.\n"
    "(Приложение для планшета ещё не собрано: запустите make run.)\n"
)


class File(Struct, frozen=True):
    """A file as it is answered. `packed` is None where packing does not pay."""

    body: bytes
    packed: bytes | None
    type: str
    etag: str
    keep: str


class Tablet:
    """Answers the app's files. They are read again when the app has been built anew."""

    def __init__(self, dist: Path, data: Path) -> None:
        self._dist = dist
        self._data = data
        self._files: dict[str, File] = {}
        self._stamp: tuple[int, ...] = ()
        self._lock = asyncio.Lock()

    async def answer(self, request: Request) -> Response:
        """The file at the request's path; the app for an address of the app; else not_found."""
        files = await self._current()
        path: str = request.scope["path"]
        if path == "/api" or path.startswith("/api/"):
            return trouble(refuse("not_found"))
        if path == "/sw.js" and await asyncio.to_thread(is_on, self._data):
            return Response(WORKER, headers={"Cache-Control": "no-store"}, media_type=TYPES[".js"])
        if INDEX not in files:
            return Response(MISSING, 503, media_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"})
        found = files.get(path)
        if found is None and "." not in path.rpartition("/")[2]:
            found = files[INDEX]
        if found is None:
            return trouble(refuse("not_found"))
        return _respond(found, request)

    async def _current(self) -> dict[str, File]:
        stamp = tuple(_changed(self._dist / name) for name in BUILT_LAST)
        if stamp != self._stamp:
            async with self._lock:
                if stamp != self._stamp:
                    self._files = await asyncio.to_thread(_read, self._dist)
                    self._stamp = stamp
        return self._files


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _read(dist: Path) -> dict[str, File]:
    root = dist.resolve()
    found = {}
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix != PACKED and path.resolve().is_relative_to(root):
            name = "/" + path.relative_to(root).as_posix()
            found[name] = _file(name, path)
    return found


def _file(name: str, path: Path) -> File:
    body = path.read_bytes()
    packed = _packed(path, body)
    kind = TYPES.get(path.suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return File(
        body,
        packed if len(packed) < len(body) * SMALLER else None,
        kind,
        f'"{sha256(body).hexdigest()[:20]}"',
        FOR_EVER if name.startswith("/assets/") else ANEW,
    )


def _packed(path: Path, body: bytes) -> bytes:
    """As the build packed it, if that is this very file."""
    try:
        packed = path.with_name(path.name + PACKED).read_bytes()
        same = zlib.decompress(packed, zlib.MAX_WBITS | 16) == body
    except (OSError, zlib.error):
        same = False
    return packed if same else gzip(body, 9)


def _respond(file: File, request: Request) -> Response:
    headers = {"ETag": file.etag, "Cache-Control": file.keep, "Vary": "Accept-Encoding"}
    known = {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}
    if file.etag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    body = file.body
    if file.packed is not None and takes_gzip(request.headers.get("accept-encoding", "")):
        body = file.packed
        headers["Content-Encoding"] = "gzip"
    return Response(body, headers=headers | {"Content-Type": file.type})
