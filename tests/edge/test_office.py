"""The office's views: tablets, backup, history."""

from pathlib import Path

import pytest

from server.backup import Backup
from tests.edge.served import Served, poke
from tests.school import MARK


def test_the_office_sees_which_tablets_have_not_sent_everything(served: Served) -> None:
    anna, deputy = served.sign_in("t1"), served.sign_in("deputy")
    served.clock.now += 60_000
    assert anna.sync([], held=7, clock=served.clock() + 5_000).status_code == 200
    found = deputy.http.get("/api/32/office/tablets").json()["tablets"]
    (tablet,) = (t for t in found if t["device"] == anna.device)
    assert tablet == {
        "device": anna.device,
        "name": "Планшет",
        "person": "t1",
        "last_contact": served.clock(),
        "unsent": 7,
        "skew": 5_000,
        "revoked": None,
    }
    assert [t["last_contact"] for t in found] == sorted(t["last_contact"] for t in found)


def test_phones_of_families_and_importing_devices_are_not_tablets(served: Served) -> None:
    parent, deputy = served.sign_in("guardian"), served.sign_in("deputy")
    found = {t["device"] for t in deputy.http.get("/api/32/office/tablets").json()["tablets"]}
    assert parent.device not in found
    assert not found & {"import", "publisher"}
    assert deputy.device in found


def test_without_a_backup_nothing_is_called_safe(served: Served) -> None:
    admin = served.sign_in("admin")
    found = admin.http.get("/api/32/office/backup").json()
    assert found["applied_seq"] == served.exchange.applied_seq
    assert {k: found[k] for k in ("durable_seq", "lag_ms", "last_sync_at", "replica", "healthy")} == {
        "durable_seq": 0,
        "lag_ms": None,
        "last_sync_at": None,
        "replica": None,
        "healthy": False,
    }


def test_with_a_backup_the_office_and_the_tablets_hear_what_is_safe(served: Served, tmp_path: Path) -> None:
    anna, boss = served.sign_in("t1"), served.sign_in("boss")
    served.house.backup = Backup(served.house, tmp_path / "backups")
    served.house.backup.start()
    try:
        with anna.live() as line:
            anna.verdicts(anna.op("mark", "8b-alg/2026-11-20/3/p1/1", value="5"))
            seq = served.exchange.applied_seq
            while poke(line, 20)["durable_seq"] < seq:
                pass
        found = boss.http.get("/api/32/office/backup").json()
    finally:
        served.house.backup.stop()
        served.house.backup = None
    assert (found["healthy"], found["trouble"]) == (True, "")
    assert seq <= found["durable_seq"] <= found["applied_seq"]  # the diary may have been published since
    assert found["replica"]


def test_a_records_history_names_every_entry_with_its_verdict(served: Served) -> None:
    anna, deputy = served.sign_in("t1"), served.sign_in("deputy")
    anna.verdicts(anna.op("mark", MARK, value="5"), anna.op("mark", MARK, value="17"), anna.op("mark", MARK, value="4"))
    for guest in (anna, deputy):
        found = guest.http.get("/api/32/history", params={"kind": "mark", "key": MARK}).json()["entries"]
        assert [(e["person"], e["set"], e["verdict"], e["reason"]) for e in found] == [
            ("t1", {"value": "5"}, "accepted", ""),
            ("t1", {"value": "17"}, "refused", "off_scale"),
            ("t1", {"value": "4"}, "accepted", ""),
        ]


@pytest.mark.parametrize("person", ["t2", "admin", "guardian", "p1"])
@pytest.mark.parametrize("key", [MARK, "no-such-journal/2026-11-20/2/p1/1"])
def test_a_stranger_is_not_told_whether_a_record_exists(served: Served, person: str, key: str) -> None:
    answer = served.sign_in(person).http.get("/api/32/history", params={"kind": "mark", "key": key})
    assert (answer.status_code, answer.json()["error"]) == (403, "forbidden")


def test_health_is_told_to_anybody_and_is_nothing_but_health(served: Served) -> None:
    answer = served.client().get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"ok": True})
