"""Parcels: sealed ops are delivered by anybody and forged by nobody."""

import base64
import itertools
import threading
from collections.abc import Callable
from typing import Any

import httpx2
import msgspec
import pytest

from server.accounts.tries import ADDRESS, DEVICE
from sync.messages import MAX_OPS, Receipts
from tests.edge.served import SCHOOL, Guest, Served
from tests.sealing import Sealed, Sealer, text

PLACES = itertools.count(1)


@pytest.fixture(autouse=True)
def another_hour(served: Served) -> None:
    """Each test begins without counted tries."""
    served.front.deliveries._counts.clear()


def sealer(guest: Guest, **others: str) -> Sealer:
    said = guest.signed_in
    given = {"school": guest.school, "person": guest.person, "device": guest.device, "mac": said["mac"]}
    return Sealer(seal=said["seal"], **(given | others))


def mark(guest: Guest, value: str = "5") -> dict[str, Any]:
    """The guest's next op, on a cell of its own."""
    return guest.op("mark", f"8b-alg/2026-11-20/2/p1/{next(PLACES)}", value=value)


def post(served: Served, device: str, parcels: list[Sealed], school: str = SCHOOL, held: int = 0) -> httpx2.Response:
    body = {"protocol": 1, "device": device, "held": held, "parcels": parcels}
    return served.client().post(f"/api/{school}/parcels", json=body)


def deliver(served: Served, device: str, parcels: list[Sealed], **others: Any) -> Receipts:
    answer = post(served, device, parcels, **others)
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=Receipts)


def refused(*numbers: int) -> Receipts:
    return Receipts(1, 0, 0, list(numbers), False)


def state(served: Served, device: str) -> Any:
    """All that the server knows of a device."""
    with served.exchange.store.read() as reader:
        return reader.device(device)


def test_sealed_ops_are_delivered_by_anybody_and_judged_as_their_persons(served: Served) -> None:
    anna = served.sign_in("t1")
    ops = [mark(anna), mark(anna, "4")]
    assert deliver(served, anna.device, [*map(sealer(anna), ops)]) == Receipts(1, 2, 0, [], False)
    entries = served.exchange.history("mark", ops[1]["key"])
    assert [(e.person, e.set, e.verdict) for e in entries] == [("t1", {"value": "4"}, "accepted")]


def test_what_came_in_parcels_is_answered_from_memory_when_it_is_synced(served: Served) -> None:
    anna = served.sign_in("t1")
    ops = [mark(anna), anna.op("mark", "8b-alg/2026-11-20/2/nobody/1", value="5"), mark(anna)]
    deliver(served, anna.device, [*map(sealer(anna), ops)])
    assert anna.verdicts(*ops) == [("accepted", ""), ("refused", "unknown_pupil"), ("accepted", "")]
    assert deliver(served, anna.device, [*map(sealer(anna), ops)]).known == 3
    assert [len(served.exchange.history("mark", op["key"])) for op in ops] == [1, 1, 1]


def test_what_was_synced_before_is_known_when_it_comes_in_parcels(served: Served) -> None:
    anna = served.sign_in("t1")
    ops = [mark(anna), mark(anna)]
    anna.verdicts(ops[0])
    assert deliver(served, anna.device, [*map(sealer(anna), ops)]) == Receipts(1, 2, 0, [], False)


def test_parcels_are_decided_in_order_and_a_gap_is_told(served: Served) -> None:
    anna = served.sign_in("t1")
    first, second, third = (sealer(anna)(mark(anna)) for _ in range(3))
    assert deliver(served, anna.device, [third, first]) == Receipts(1, 1, 1, [], False)
    assert deliver(served, anna.device, [third, second]) == Receipts(1, 3, 0, [], False)


def test_one_broken_parcel_spoils_no_other(served: Served) -> None:
    anna = served.sign_in("t1")
    seal = sealer(anna)
    good, other = seal(mark(anna)), seal(mark(anna))
    broken = [2, other[1], other[2], text(b"x" * 80)]
    assert deliver(served, anna.device, [broken, good]) == Receipts(1, 1, 0, [2], False)
    assert deliver(served, anna.device, [other]) == Receipts(1, 2, 0, [], False)


def test_an_entry_that_has_half_a_character_has_the_same_verdict_both_ways(served: Served) -> None:
    anna = served.sign_in("t1")
    op = mark(anna) | {"set": {"value": "5", "comment": "смайлик"}}
    raw = msgspec.json.encode(op).replace("смайлик".encode(), b"\\ud83d")
    assert deliver(served, anna.device, [sealer(anna)(raw, op["n"])]) == Receipts(1, 1, 0, [], False)
    body = msgspec.json.encode(anna.request([op])).replace("смайлик".encode(), b"\\ud83d")
    assert [j[1] for j in anna.send(body).json()["judged"]] == ["accepted"]


Forgery = Callable[[Guest, Guest, dict[str, Any]], Sealed]
FORGERIES: dict[str, Forgery] = {
    "of another number": lambda a, b, op: [op["n"] + 1, *sealer(a)(op)[1:]],
    "sealed under another number": lambda a, b, op: sealer(a)(op, op["n"] + 1),
    "of another device": lambda a, b, op: sealer(b)(op),
    "sealed as if by this device": lambda a, b, op: sealer(b, device=a.device, person=a.person)(op),
    "signed for another person": lambda a, b, op: sealer(a, person=b.person)(op),
    "of another school": lambda a, b, op: sealer(a, school="33")(op),
    "with a key of one's own": lambda a, b, op: sealer(a, mac=text(b"k" * 32))(op),
    "cut short": lambda a, b, op: [*sealer(a)(op)[:3], text(base64.b64decode(sealer(a)(op)[3])[:-1])],
    "shorter than a signature": lambda a, b, op: [*sealer(a)(op)[:3], text(b"short")],
    "empty": lambda a, b, op: [op["n"], "", "", ""],
    "with a key that is on no curve": lambda a, b, op: [op["n"], text(b"\x04" + b"\x01" * 64), *sealer(a)(op)[2:]],
    "with the point at infinity": lambda a, b, op: [op["n"], text(b"\x00"), *sealer(a)(op)[2:]],
    "with a nonce too long": lambda a, b, op: [*sealer(a)(op)[:2], text(b"1" * 13), sealer(a)(op)[3]],
    "not base64": lambda a, b, op: [op["n"], "ы", "ы", "ы"],
    "numbered below one": lambda a, b, op: sealer(a)(op | {"n": 0}),
    "numbered past every device": lambda a, b, op: sealer(a)(op | {"n": 1 << 41}),
    "of an op that is none": lambda a, b, op: sealer(a)(b"[]", op["n"]),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_parcel_changes_nothing(served: Served, forgery: str) -> None:
    anna, vera = served.sign_in("t1"), served.sign_in("t2")
    op = mark(anna)
    parcel = FORGERIES[forgery](anna, vera, op)
    before = state(served, anna.device)
    assert deliver(served, anna.device, [parcel]).refused == [parcel[0]]
    assert state(served, anna.device) == before
    assert anna.verdicts(op) == [("accepted", "")]


def test_a_parcel_of_this_device_is_nothing_to_another_school_or_device(served: Served) -> None:
    anna, vera = served.sign_in("t1"), served.sign_in("t2")
    parcel = sealer(anna)(mark(anna))
    assert deliver(served, anna.device, [parcel], school="33") == refused(1)
    assert deliver(served, vera.device, [parcel]) == refused(1)


def test_an_unknown_device_a_wrong_signature_and_no_parcels_tell_nothing(served: Served) -> None:
    anna = served.sign_in("t1")
    anna.verdicts(mark(anna))
    parcel = sealer(anna)(mark(anna))
    wrong = [*parcel[:3], text(b"y" * 100)]
    assert deliver(served, anna.device, [wrong]) == deliver(served, "dunknown", [wrong]) == refused(2)
    assert deliver(served, "import", [wrong]) == deliver(served, "", [wrong]) == refused(2)
    assert deliver(served, anna.device, []) == deliver(served, "dunknown", []) == refused()
    assert post(served, anna.device, [wrong], school="nowhere").json()["error"] == "wrong_school"


def test_an_old_copy_of_the_device_is_not_told_that_it_was_delivered(served: Served) -> None:
    anna = served.sign_in("t1")
    op = mark(anna)
    anna.verdicts(op)
    other = op | {"set": {"value": "2"}}
    assert deliver(served, anna.device, [sealer(anna)(other)]) == Receipts(1, 1, 0, [1], False)
    assert served.exchange.history("mark", op["key"])[-1].set == {"value": "5"}


def test_two_bearers_at_once_are_judged_once(served: Served) -> None:
    anna = served.sign_in("t1")
    op = mark(anna)
    parcel, start, found = sealer(anna)(op), threading.Barrier(3), list[Receipts]()

    def bring() -> None:
        start.wait()
        found.append(deliver(served, anna.device, [parcel]))

    bearers = [threading.Thread(target=bring) for _ in range(3)]
    for bearer in bearers:
        bearer.start()
    for bearer in bearers:
        bearer.join()
    assert found == [Receipts(1, 1, 0, [], False)] * 3
    assert len(served.exchange.history("mark", op["key"])) == 1


def test_too_many_too_large_and_another_version_are_refused_before_anything_is_opened(served: Served) -> None:
    anna = served.sign_in("t1")
    parcel = sealer(anna)(mark(anna))
    many = post(served, anna.device, [parcel] * (MAX_OPS + 1))
    assert (many.status_code, many.json()["error"], many.json()["limit"]) == (413, "too_large", MAX_OPS)
    large = post(served, anna.device, [[1, "", "", "A" * 600_000]])
    assert (large.status_code, large.json()["error"]) == (413, "too_large")
    body = {"protocol": 2, "device": anna.device, "held": 0, "parcels": [parcel]}
    assert served.client().post(f"/api/{SCHOOL}/parcels", json=body).json()["error"] == "old_protocol"
    assert post(served, anna.device, [["x", "", "", ""]]).json()["error"] == "bad_json"


def test_whoever_brings_only_forgeries_has_to_wait_and_nobody_else(served: Served) -> None:
    anna, vera = served.sign_in("t1"), served.sign_in("t2")
    forged = [1, "", "", ""]
    answers = [post(served, anna.device, [forged]) for _ in range(DEVICE.free + 1)]
    assert [a.status_code for a in answers] == [200] * DEVICE.free + [429]
    assert answers[-1].json()["error"] == "too_many_tries" and answers[-1].headers["retry-after"]
    assert deliver(served, vera.device, [sealer(vera)(vera.op("message", "m-1", text="x"))]).known == 1
    strangers = [post(served, f"d{n}", [forged]).status_code for n in range(ADDRESS.free)]
    assert set(strangers) == {200, 429} and strangers == sorted(strangers)
    served.clock.now += 61_000
    assert deliver(served, anna.device, [sealer(anna)(mark(anna))]).known == 1


def test_who_brings_what_is_authentic_may_bring_as_much_as_there_is(served: Served) -> None:
    anna = served.sign_in("t1")
    for n in range(ADDRESS.free + 5):
        assert deliver(served, anna.device, [sealer(anna)(mark(anna))]).known == n + 1


def test_refused_parcels_are_counted_and_logged_without_their_contents(served: Served) -> None:
    anna = served.sign_in("t1")
    start = served.mark()
    deliver(served, anna.device, [[1, "c2VjcmV0", "", ""]])
    (line,) = [line for line in served.lines()[start:] if line["event"] == "parcels"]
    assert (line["device"], line["parcels"], line["refused"]) == (anna.device, 1, 1)
    assert "c2VjcmV0" not in str(line)
    assert "zvonok_parcels_refused_total" in served.client().get("/metrics").text


def test_the_keys_outlive_the_server_and_each_device_and_person_has_its_own(served: Served) -> None:
    anna, again, vera = served.sign_in("t1"), served.sign_in("t1"), served.sign_in("t2")
    assert anna.signed_in["seal"] == vera.signed_in["seal"]
    assert len({g.signed_in["mac"] for g in (anna, again, vera)}) == 3
    assert anna.http.get("/api/32/me").json()["mac"] == anna.signed_in["mac"]
    assert served.sign_in("t1", device=anna.device).signed_in["mac"] == anna.signed_in["mac"]
    said = again.http.post("/api/32/device", json={"clock": served.clock(), "name": "x"}).json()
    seal = Sealer(SCHOOL, "t1", said["device"], again.signed_in["seal"], said["mac"])
    assert deliver(served, said["device"], [seal(mark(anna) | {"n": 1})]).known == 1
