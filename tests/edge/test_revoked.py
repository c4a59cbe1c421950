"""Who may hold nothing any more: a revoked device, a closed account, a person whose contract has ended."""

import itertools
import json
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from server.exchange import Draft
from tests.edge.served import SCHOOL, Guest, Served, poke
from tests.edge.test_parcels import deliver, sealer

PLACES = itertools.count(100)
SIGN_IN = {"clock": 0, "name": "Планшет"}


def mark(guest: Guest) -> dict[str, Any]:
    return guest.op("mark", f"8b-alg/2026-11-20/2/p1/{next(PLACES)}", value="5")


def revoke(admin: Guest, device: str, reason: str = "остался в автобусе") -> tuple[int, Any]:
    answer = admin.http.post(f"/api/{SCHOOL}/office/revoke", json={"device": device, "reason": reason})
    return answer.status_code, answer.json()


def told(guest: Guest) -> set[tuple[int, str]]:
    """What a tablet hears on the routes it uses."""
    answers = [guest.sync(), guest.http.get("/api/32/me"), guest.http.get("/api/32/history")]
    answers.append(guest.http.post("/api/32/device", json={"clock": 0}))
    with pytest.raises(InvalidStatus) as denied:
        guest.live()
    live = denied.value.response
    return {(a.status_code, a.json()["error"]) for a in answers} | {(live.status_code, json.loads(live.body)["error"])}


@pytest.fixture
def hired(served: Served) -> Guest:
    """A teacher with a contract up to today's evening, and no other."""
    return hire(served, "2026-11-21")


def hire(served: Served, until: str) -> Guest:
    n = next(PLACES)
    person, clock = f"hired{n}", served.clock()
    rows: list[tuple[str, str, dict[str, Any]]] = [
        ("person", person, {"last_name": "Новикова"}),
        ("teaching", f"8b-alg/{person}/2026-11-01", {"ends": until}),
    ]
    assert not served.exchange.load("import", [Draft(k, key, v, clock, "admin") for k, key, v in rows]).refused
    served.house.accounts.create(SCHOOL, person, person, f"{person}-secret", demo=True)
    return served.sign_in(person)


def test_a_device_that_the_admin_revokes_is_told_so_everywhere_and_its_line_ends_at_once(served: Served) -> None:
    anna, other, admin = served.sign_in("t1"), served.sign_in("t1"), served.sign_in("admin")
    with anna.live() as line, other.live() as beside:
        poke(line)
        start = served.mark()
        assert revoke(admin, anna.device) == (200, {})
        with pytest.raises(ConnectionClosed):
            while True:
                poke(line)
        poke(beside)
    assert told(anna) == {(403, "revoked")}
    assert other.sync().status_code == 200
    lines = [line for line in served.lines()[start:] if line["event"] == "device revoked"]
    assert [(line["device"], line["by"]) for line in lines] == [(anna.device, "admin")]
    assert "автобус" not in str(served.lines()), "a reason is no matter of the log"
    board = {t["device"]: t["revoked"] for t in admin.http.get("/api/32/office/tablets").json()["tablets"]}
    assert (board[anna.device], board[other.device]) == (served.clock(), None)


def test_only_an_admin_revokes_and_only_with_a_reason_a_device_of_the_school(served: Served) -> None:
    anna, admin, deputy = served.sign_in("t1"), served.sign_in("admin"), served.sign_in("deputy")
    assert revoke(deputy, anna.device)[0] == 403
    assert revoke(admin, anna.device, " ")[0] == revoke(admin, anna.device, "")[0] == 400
    assert revoke(admin, "dnobody")[0] == 404
    there = served.sign_in("t1", school="33")
    assert revoke(admin, there.device)[0] == 404
    assert anna.sync().status_code == there.sync().status_code == 200


def test_a_revoked_tablet_delivers_its_parcels_and_signs_out(served: Served) -> None:
    anna, admin = served.sign_in("t1"), served.sign_in("admin")
    ops = [mark(anna), mark(anna)]
    anna.verdicts(ops[0])
    revoke(admin, anna.device)
    receipts = deliver(served, anna.device, [*map(sealer(anna), ops)])
    assert (receipts.known, receipts.revoked, receipts.refused) == (2, True, [])
    assert anna.http.post("/api/32/sign-out").status_code == 200
    assert anna.http.get("/api/32/me").status_code == 401


def test_who_signs_in_on_a_revoked_device_gets_a_new_identity(served: Served) -> None:
    anna, admin = served.sign_in("t1"), served.sign_in("admin")
    op = mark(anna)
    revoke(admin, anna.device)
    again = served.sign_in("t1", device=anna.device)
    assert again.device != anna.device and again.sync().status_code == 200
    assert deliver(served, anna.device, [sealer(anna)(op)]).revoked
    assert told(anna) == {(403, "revoked")}


def test_nothing_written_after_the_revocation_is_applied_without_review(served: Served) -> None:
    anna, admin = served.sign_in("t1"), served.sign_in("admin")
    declared = mark(anna)
    anna.sync()  # declares the number, delivers nothing
    anna.sync(held=1)
    served.clock.now += 60_000
    revoke(admin, anna.device)
    served.clock.now += 60_000
    stolen = mark(anna)
    assert deliver(served, anna.device, [*map(sealer(anna), (declared, stolen))]).known == 2
    found = [served.exchange.history("mark", op["key"])[-1] for op in (declared, stolen)]
    assert [(e.verdict, e.reason) for e in found] == [("accepted", ""), ("held", "in_doubt")]


def test_a_closed_account_is_revoked_on_all_its_devices(served: Served) -> None:
    served.house.accounts.create(SCHOOL, "leaving", "t2", "leaving-secret", demo=True)
    leaving, elsewhere = served.sign_in("leaving"), served.sign_in("leaving")
    op = leaving.op("message", "m-9", text="x")
    served.house.accounts.disable(SCHOOL, "leaving")
    assert told(leaving) == told(elsewhere) == {(403, "revoked")}
    seal = sealer(leaving, person="t2")
    assert deliver(served, leaving.device, [seal(op)]).revoked


def test_a_contract_that_ends_revokes_by_date_and_its_entries_are_judged_by_the_moment_of_writing(
    served: Served, hired: Guest
) -> None:
    seal = sealer(hired, person=hired.person)
    before = served.clock.now
    ops = [mark(hired)]
    try:
        for moment in ("2026-11-20T11:00", "2026-11-20T20:00", "2026-11-20T23:59:59"):
            served.clock.set(moment)
            assert hired.sync(held=1).status_code == 200
        served.clock.set("2026-11-21T00:00:00")
        assert told(hired) == {(403, "revoked")}
        body = SIGN_IN | {"login": hired.person, "password": f"{hired.person}-secret"}
        answer = served.client().post("/api/32/sign-in", json=body)
        assert (answer.status_code, answer.json()["error"]) == (403, "revoked")
        served.clock.now += 60_000
        ops.append(mark(hired))
        receipts = deliver(served, hired.device, [*map(seal, ops)])
        assert (receipts.known, receipts.revoked) == (2, True)
        found = [served.exchange.history("mark", op["key"])[-1] for op in ops]
        assert [(e.verdict, e.reason) for e in found] == [("accepted", ""), ("held", "in_doubt")]
    finally:
        served.clock.now = before


def test_the_line_of_who_was_dismissed_ends(served: Served, hired: Guest) -> None:
    deputy = served.sign_in("deputy")
    with hired.live() as line:
        poke(line)
        assert deputy.verdicts(deputy.op("teaching", f"8b-alg/{hired.person}/2026-11-01", ends="2026-11-20")) == [
            ("accepted", "")
        ]
        with pytest.raises(ConnectionClosed):
            while True:
                poke(line)
    assert told(hired) == {(403, "revoked")}


def test_the_end_of_the_school_year_dismisses_nobody(served: Served) -> None:
    (year,) = served.exchange.facts.records["year"].values()
    hired = hire(served, year["ends"])
    before = served.clock.now
    try:
        served.clock.set(f"{year['ends']}T00:00:01")
        assert served.sign_in(hired.person).sync().status_code == 200
    finally:
        served.clock.now = before
