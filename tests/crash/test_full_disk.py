"""A server whose disk is full: it says so to tablets, to whoever watches and to the admin, and recovers by itself."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from server.backup.proof import look, prove
from server.house import House
from tests.crash.saboteur import FULL, Hold, hold_of
from tests.edge.backing import until
from tests.edge.served import SCHOOL, furnish
from tests.ports import free_port
from tests.school import NOW, Clock

ROOT = Path(__file__).parents[2]
ROOM = ("pwrite64", "ftruncate", "fsync", "fdatasync")  # what a full disk refuses a database


class Server:
    """A server in a process of its own."""

    def __init__(self, folder: Path, process: subprocess.Popen[str], port: int) -> None:
        self.folder, self.process = folder, process
        self.url = f"http://127.0.0.1:{port}"
        self.lines = httpx2.HTTPTransport()  # everybody's, closed at the end

    @contextmanager
    def full_disk(self) -> Iterator[Hold]:
        """Nothing can be written any more while the block runs."""
        with hold_of(self.process.pid, self.folder / "strace.log", ROOM, FULL, 1) as hold:
            yield hold
            hold.let_go()

    def log(self) -> str:
        return (self.folder / "server.log").read_text()

    def published(self) -> bool:
        """True when families see everything."""
        with look(self.folder / "data" / "schools" / SCHOOL / "journal.db", SCHOOL) as reader:
            return reader.meta("published_seq") == str(reader.head())


class Person:
    """Somebody who has signed in."""

    def __init__(self, server: Server, login: str) -> None:
        self.http = httpx2.Client(base_url=server.url, timeout=20, transport=server.lines)
        said = {"login": login, "password": f"{login}-secret", "clock": NOW, "device": "", "name": "Планшет"}
        signed_in = self.http.post(f"/api/{SCHOOL}/sign-in", json=said)
        assert signed_in.status_code == 200, signed_in.text
        self.device = signed_in.json()["device"]
        self.ops: list[dict[str, Any]] = []

    def mark(self, value: str) -> None:
        """One more entry."""
        n = len(self.ops) + 1
        key = f"8b-alg/2026-11-20/2/p1/{n}"
        self.ops.append({"n": n, "kind": "mark", "key": key, "set": {"value": value}, "at": NOW})

    def sync(self) -> httpx2.Response:
        """Everything, sent and unsent."""
        body = {"protocol": 1, "device": self.device, "clock": NOW, "held": len(self.ops), "epoch": "", "cursors": {}}
        return self.http.post(f"/api/{SCHOOL}/sync", json=body | {"ops": self.ops})

    def backup(self) -> dict[str, Any]:
        found: dict[str, Any] = self.http.get(f"/api/{SCHOOL}/office/backup").json()
        return found

    def health(self) -> int:
        return self.http.get("/healthz").status_code


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    house = House.open(tmp_path / "data", clock=Clock())
    furnish(house)
    house.close()
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "tests.crash.serving",
        str(tmp_path / "data"),
        str(tmp_path / "backups"),
        str(port),
    ]
    with (
        (tmp_path / "server.log").open("w") as log,
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True) as process,
    ):
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n", (tmp_path / "server.log").read_text()
            served = Server(tmp_path, process, port)
            with served.lines:
                yield served
        finally:
            process.terminate()
            process.wait(20)
    assert process.returncode == 0


def test_a_full_disk_is_told_to_everybody_and_with_room_again_everything_goes_on_by_itself(server: Server) -> None:
    anna, admin = Person(server, "t1"), Person(server, "admin")
    anna.mark("5")
    assert anna.sync().status_code == 200
    until(lambda: server.published() and admin.backup()["healthy"], what="the server is well")
    assert (admin.health(), admin.backup()["trouble"]) == (200, "")
    anna.mark("4")
    with server.full_disk():
        for _ in range(2):
            refused = anna.sync()
            assert (refused.status_code, refused.json()["error"]) == (507, "disk_full")
        assert admin.health() == 507
        assert (admin.backup()["healthy"], admin.backup()["trouble"]) == (False, "disk_full")
        assert '"event": "write failed"' in server.log() and "database or disk is full" in server.log()
        assert admin.http.get(f"/api/{SCHOOL}/office/tablets").status_code == 200, "what needs no room goes on"
    answer = anna.sync()
    assert answer.status_code == 200
    assert [(n, verdict) for n, verdict, *_ in answer.json()["judged"]] == [(1, "accepted"), (2, "accepted")]
    assert admin.health() == 200
    until(lambda: admin.backup()["healthy"], what="the backup is well")
    assert '"event": "the disk takes entries again"' in server.log()
    with look(server.folder / "data" / "schools" / SCHOOL / "journal.db", SCHOOL) as reader:
        prove(reader)


def test_a_publication_that_a_full_disk_prevented_is_made_up_for_without_a_further_entry(server: Server) -> None:
    anna = Person(server, "t1")
    until(server.published, what="the school is published")
    while "publication failed" not in server.log():  # the disk fills up just between an entry and its publication
        assert len(anna.ops) < 50
        anna.mark("5")
        assert anna.sync().status_code == 200
        with server.full_disk():
            until(lambda: server.published() or "publication failed" in server.log(), what="a publication")
    until(server.published, what="the publication is made up for")
