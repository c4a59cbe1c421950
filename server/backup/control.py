"""Litestream's control socket: HTTP over a unix socket.

`sync` bypasses the back-off (up to 5 minutes) that Litestream keeps after an outage of the replica.
"""

import http.client
import socket
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

ASK = 30.0  # seconds that a sync may take: the first one uploads the whole database


class Unanswered(Exception):
    """Litestream is not there, or did not answer in time."""


class Failed(Exception):
    """Litestream answered that it could not do it; the message is its own."""


class Synced(Struct):
    """Answer of a sync: everything up to local transaction `txid` is local, up to `replicated_txid` in the replica."""

    status: str
    txid: int
    replicated_txid: int


class Listed(Struct):
    """A database as Litestream lists it. `last_sync_at`: None before the first upload."""

    path: str
    status: str
    last_sync_at: datetime | None = None


class _List(Struct):
    databases: list[Listed]


class _Trouble(Struct):
    error: str = ""


class _Connection(http.client.HTTPConnection):
    def __init__(self, path: str, timeout: float) -> None:
        super().__init__("localhost", timeout=timeout)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


class Control:
    """The control socket at `path`. Every call opens a connection of its own, so any thread may ask."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def sync(self, database: Path, timeout: float = ASK) -> Synced:
        """Have everything committed before the call uploaded. Raises Unanswered, Failed."""
        asked = {"path": str(database), "wait": True, "timeout": max(1, int(timeout))}
        answer = msgspec.json.decode(self._ask("POST", "/sync", timeout + 1, asked), type=Synced)
        if answer.replicated_txid < answer.txid:
            raise Failed(f"uploaded up to {answer.replicated_txid} of {answer.txid}")
        return answer

    def databases(self, timeout: float = 2.0) -> dict[str, Listed]:
        """Every database that Litestream has, by path. Raises Unanswered, Failed."""
        answer = msgspec.json.decode(self._ask("GET", "/list", timeout), type=_List)
        return {database.path: database for database in answer.databases}

    def _ask(self, method: str, path: str, timeout: float, body: Any = None) -> bytes:
        connection = _Connection(str(self.path), timeout)
        try:
            connection.request(method, path, body=msgspec.json.encode(body) if body is not None else None)
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as trouble:
            raise Unanswered(str(trouble) or type(trouble).__name__) from trouble
        finally:
            connection.close()
        if answer.status != 200:
            try:
                said = msgspec.json.decode(content, type=_Trouble).error
            except msgspec.DecodeError:
                said = content.decode(errors="replace")
            raise Failed(said)
        return content
