"""Devices and sealed files on the command line, with the server running and without."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result
from websockets.exceptions import ConnectionClosed

from server.backup.locks import SERVER, Holder, take
from server.cli import app
from server.house import House
from tests.edge.served import SCHOOL, Guest, Served, serving
from tests.edge.test_parcels import mark, sealer


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A server of this test's own, that holds its data folder as `zvonok serve` does."""
    with serving(tmp_path) as running:
        lock = take(running.house.data / SERVER, Holder(1, "server", 0, "127.0.0.1", running.port))
        try:
            yield running
        finally:
            lock.release()


def call(data: Path, *words: object) -> Result:
    return CliRunner().invoke(app, [*map(str, words), "--data", str(data)])


def said(result: Result) -> str:
    return " ".join((result.output + result.stderr).split())


def export(path: Path, guest: Guest, *ops: dict[str, Any], **others: Any) -> Path:
    file = {"zvonok": 1, "school": SCHOOL, "device": guest.device, "name": "Планшет 214", "made": 0}
    path.write_text(json.dumps(file | {"parcels": [*map(sealer(guest), ops)]} | others))
    return path


def test_a_device_revoked_on_the_command_line_is_told_so_by_the_server_that_runs(served: Served) -> None:
    anna, data = served.sign_in("t1"), served.house.data
    with anna.live() as line:
        found = call(data, "device", "revoke", SCHOOL, anna.device, "--reason", "left [on] the bus")
        assert found.exit_code == 0 and f"{anna.device} is revoked" in said(found)
        with pytest.raises(ConnectionClosed):
            while True:  # the line ends by itself once the server has noticed
                line.recv(timeout=20)
    assert anna.sync().json()["error"] == "revoked"
    assert "had been revoked before" in said(call(data, "device", "revoke", SCHOOL, anna.device, "--reason", "x"))
    listed = said(call(data, "device", "list", SCHOOL))
    assert "by the command line: left [on] the bus" in listed and "t1" in listed


def test_a_school_in_which_nobody_has_signed_in_has_no_devices_and_says_so(served: Served) -> None:
    assert "No device has signed in" in said(call(served.house.data, "device", "list", SCHOOL))


def test_who_forgot_the_password_gets_a_new_one_and_the_old_opens_nothing(served: Served) -> None:
    anna, boris, data = served.sign_in("t1"), served.sign_in("t2"), served.house.data
    with anna.live() as line:
        found = call(data, "password", SCHOOL, "T1")
        assert found.exit_code == 0
        with pytest.raises(ConnectionClosed):
            while True:  # the line ends by itself once the server has noticed
                line.recv(timeout=20)
    assert (anna.sync().status_code, boris.sync().status_code) == (401, 200)
    new = re.search(r"is: ([a-z0-9-]+)", found.output)
    assert new is not None
    with served.client() as http:
        asked = {"login": "t1", "clock": served.clock(), "device": "", "name": ""}
        tried = [http.post(f"/api/{SCHOOL}/sign-in", json=asked | {"password": word}).status_code
                 for word in ("t1-secret", new.group(1))]  # fmt: skip
    assert tried == [401, 200]


def test_a_closed_account_gets_no_password_until_it_is_opened(served: Served) -> None:
    data = served.house.data
    served.house.accounts.disable(SCHOOL, "t1")
    asked = {"login": "t1", "clock": served.clock(), "device": "", "name": ""}
    with served.client() as http:
        found = call(data, "password", SCHOOL, "t1")
        assert found.exit_code == 1 and "is closed" in said(found) and "zvonok password 32 t1 --open" in said(found)
        old = asked | {"password": "t1-secret"}
        assert http.post(f"/api/{SCHOOL}/sign-in", json=old).status_code == 401
        new = re.search(r"is: ([a-z0-9-]+)", call(data, "password", SCHOOL, "t1", "--open").output)
        assert new is not None
        assert http.post(f"/api/{SCHOOL}/sign-in", json=asked | {"password": new.group(1)}).status_code == 200


def test_there_is_no_new_password_for_nobody(served: Served) -> None:
    for words, answer in ((("nowhere", "t1"), "Schools here: 32, 33"), ((SCHOOL, "nobody"), "There is no login")):
        found = call(served.house.data, "password", *words)
        assert found.exit_code == 2 and answer in said(found)
    assert served.sign_in("t1").sync().status_code == 200


def test_what_can_not_be_revoked_is_said_with_what_to_do(served: Served) -> None:
    anna, data = served.sign_in("t1"), served.house.data
    for words, answer in (
        (("revoke", SCHOOL, anna.device), "wants a reason"),
        (("revoke", SCHOOL, "dnobody", "--reason", "x"), f"zvonok device list {SCHOOL}"),
        (("revoke", "nowhere", anna.device, "--reason", "x"), "Schools here: 32, 33"),
        (("list", "nowhere"), "Schools here: 32, 33"),
    ):
        found = call(data, "device", *words)
        assert found.exit_code == 2 and answer in said(found)
    assert anna.sync().status_code == 200


def test_a_file_is_handed_to_the_server_that_runs(served: Served, tmp_path: Path) -> None:
    anna = served.sign_in("t1")
    ops = [mark(anna), mark(anna)]
    found = call(served.house.data, "parcels", "import", export(tmp_path / "a.zvonok", anna, *ops))
    assert found.exit_code == 0, said(found)
    assert "2 sealed entries" in said(found) and "2 decided" in said(found)
    assert anna.verdicts(*ops) == [("accepted", "")] * 2


def test_a_file_is_decided_without_a_server_and_more_than_a_batch_of_it(tmp_path: Path) -> None:
    with serving(tmp_path) as running:
        anna, data = running.sign_in("t1"), running.house.data
        path = export(tmp_path / "a.zvonok", anna, *(mark(anna) for _ in range(1_100)))
    found = call(data, "parcels", "import", path)
    assert found.exit_code == 0 and "1100 decided" in said(found)
    house = House.open(data)
    try:
        assert house.exchanges[SCHOOL].owner(anna.device) == "t1"
        assert {d.device: d.known for d in house.exchanges[SCHOOL].devices()}[anna.device] == 1_100
    finally:
        house.close()


def test_what_is_not_decided_is_counted_by_kind(served: Served, tmp_path: Path) -> None:
    anna = served.sign_in("t1")
    first, _, third, fourth = (mark(anna) for _ in range(4))
    seal = sealer(anna)
    broken = [4, *seal(fourth)[1:3], seal(fourth)[3][:-8]]
    path = export(tmp_path / "a.zvonok", anna, parcels=[seal(third), seal(first), broken])
    found = call(served.house.data, "parcels", "import", path)
    assert found.exit_code == 1
    for words in ("3 sealed entries", "1 decided", "1 wait: entries after number 1", "1 refused"):
        assert words in said(found)


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        ("{", "no file of sealed entries"),
        ('{"zvonok": 2, "school": "32", "device": "d", "parcels": []}', "newer version"),
        ('{"zvonok": 1, "school": "77", "device": "d", "parcels": []}', "Schools here: 32, 33"),
        (None, "can't be read"),
    ],
)
def test_a_file_that_is_none_is_said_so(served: Served, tmp_path: Path, content: str | None, answer: str) -> None:
    path = tmp_path / "a.zvonok"
    if content is not None:
        path.write_text(content)
    found = call(served.house.data, "parcels", "import", path)
    assert found.exit_code == 2 and answer in said(found)
