"""A running server for tests: a real house with the small school in it, real uvicorn on loopback, in a thread.

Everybody's password is their login with "-secret". A second school, "33", has the same people and shares the accounts.
"""

import io
import json
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import msgspec
from websockets.sync.client import ClientConnection, connect

from server import log as logging
from server.exchange import Draft
from server.front import Front
from server.house import House
from server.serve import AddressTaken, listen, server_for
from tests.school import NOW, Clock, drafts

SCHOOL = "32"
PEOPLE = ("t1", "t2", "tutor", "deputy", "admin", "boss", "guardian", "p1", "p2")


class Served:
    """A server that runs. `clock` is the server's; `lines()` are what it has logged."""

    def __init__(self, house: House, clock: Clock, port: int, out: io.StringIO, front: Front) -> None:
        self.house, self.clock, self.port, self._out, self.front = house, clock, port, out, front
        self.exchange = house.exchanges[SCHOOL]
        self.url = f"http://127.0.0.1:{port}"
        self.lines_to = httpx2.HTTPTransport()  # one pool of connections for everybody, closed at the end

    def client(self, **headers: str) -> httpx2.Client:
        """Somebody who has not signed in."""
        return httpx2.Client(base_url=self.url, headers=headers, timeout=20, transport=self.lines_to)

    def sign_in(self, person: str, school: str = SCHOOL, device: str = "") -> "Guest":
        """A person who has signed in, on a device of their own."""
        return Guest(self, person, school, device)

    def lines(self) -> list[dict[str, Any]]:
        """The log so far."""
        return [json.loads(line) for line in self._out.getvalue().splitlines()]

    def mark(self) -> int:
        """How long the log is now."""
        return len(self.lines())


class Guest:
    """A signed-in person: an HTTP client with the session's cookie, and the answer of the sign-in."""

    def __init__(self, served: Served, person: str, school: str, device: str) -> None:
        self.served, self.person, self.school = served, person, school
        self.http = served.client()
        said = {
            "login": person,
            "password": f"{person}-secret",
            "clock": served.clock(),
            "device": device,
            "name": "Планшет",
        }
        answer = self.http.post(f"/api/{school}/sign-in", json=said)
        assert answer.status_code == 200, answer.text
        self.signed_in = answer.json()
        self.device: str = self.signed_in["device"]
        self.known: int = self.signed_in["known"]

    @property
    def cookie(self) -> str:
        return f"zvonok={self.http.cookies['zvonok']}"

    def request(self, ops: list[dict[str, Any]] | None = None, **others: Any) -> dict[str, Any]:
        """The body of a sync; `others` replace its fields."""
        held = max((op["n"] for op in ops or []), default=self.known)
        body = {"protocol": 1, "device": self.device, "clock": self.served.clock(), "held": held}
        return body | {"epoch": self.served.exchange.epoch, "cursors": {}, "ops": ops or []} | others

    def op(self, kind: str, key: str, **cells: Any) -> dict[str, Any]:
        """The next op of this device."""
        self.known += 1
        return {"n": self.known, "kind": kind, "key": key, "set": cells, "at": self.served.clock()}

    def sync(self, ops: list[dict[str, Any]] | None = None, **others: Any) -> httpx2.Response:
        return self.http.post(f"/api/{self.school}/sync", json=self.request(ops, **others))

    def send(self, body: bytes, **headers: str) -> httpx2.Response:
        """A sync of which each byte is chosen by the test."""
        given = {"Content-Type": "application/json"} | {k.replace("_", "-"): v for k, v in headers.items()}
        return self.http.post(f"/api/{self.school}/sync", content=body, headers=given)

    def verdicts(self, *ops: dict[str, Any]) -> list[tuple[str, str]]:
        """Sync ops and answer (verdict, reason) of each."""
        answer = self.sync(list(ops))
        assert answer.status_code == 200, answer.text
        return [(verdict, reason) for _, verdict, reason, _, _ in answer.json()["judged"]]

    def live(self, **headers: str) -> ClientConnection:
        """The live channel of this session."""
        address = f"ws://127.0.0.1:{self.served.port}/api/{self.school}/live"
        given = {"Cookie": self.cookie} | headers
        return connect(address, additional_headers=given, compression=None, open_timeout=10)


def poke(line: ClientConnection, timeout: float = 5) -> dict[str, Any]:
    """The next poke of a line."""
    found: dict[str, Any] = json.loads(line.recv(timeout=timeout))
    return found


def furnish(house: House) -> None:
    """Two schools with the same people, and a sign-in for each person."""
    more = [
        Draft("person", "boss", {"last_name": "Орлова"}, NOW - 86_400_000 * 60, "admin"),
        Draft("grant", "g-boss", {"person": "boss", "role": "director"}, NOW - 86_400_000 * 60, "admin"),
    ]
    for school in (SCHOOL, "33"):
        report = house.add_school(school).load("import", [*drafts(), *msgspec.convert(more, list[Draft])])
        assert not report.refused, report.refused
        wanted = [(school, person, person, f"{person}-secret") for person in PEOPLE]
        assert house.accounts.create_many(wanted, demo=True) == len(PEOPLE)


@contextmanager
def serving(folder: Path, *, dist: Path | None = None) -> Iterator[Served]:
    """A furnished house in `folder`, served."""
    out, clock = io.StringIO(), Clock()
    logging.setup(json=True, stream=out)
    house = House.open(folder / "data", clock=clock)
    furnish(house)
    while True:
        try:
            listener = listen("127.0.0.1", random.randrange(20_000, 32_000))
            break
        except AddressTaken:
            continue
    port = listener.getsockname()[1]
    server = server_for(house, "127.0.0.1", port, dist=dist or folder / "dist")
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    running = Served(house, clock, port, out, server.config.app.state.front)
    try:
        yield running
    finally:
        running.lines_to.close()
        server.should_exit = True
        thread.join()
        house.close()
        logging.setup()
