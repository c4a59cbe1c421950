"""The protocol document tells the truth: its examples are sent to a real server, and outboxes of every past version
are still understood."""

import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sync.messages import PROTOCOL, Parcels, Poke, Receipts, SignedIn, SignIn, SyncRequest, SyncResponse, Trouble
from tests.edge.served import SCHOOL, Served, poke
from tests.sealing import Sealer

ROOT = Path(__file__).parent.parent.parent
SIGN_IN, REQUEST, RESPONSE, PARCELS, RECEIPTS, TROUBLE, POKE = (
    json.loads(block) for block in re.findall(r"```json\n(.*?)```", (ROOT / "sync/README.md").read_text(), re.S)
)
OUTBOXES = sorted((ROOT / "tests/outboxes").glob("*.json"))


def shape(value: Any) -> Any:
    """What kind of thing a JSON value is: keys and types, not contents."""
    if isinstance(value, dict):
        return {key: shape(part) for key, part in value.items()}
    if isinstance(value, list):
        return [shape(part) for part in value]
    return "number" if isinstance(value, int) else type(value).__name__


def test_each_example_of_the_document_is_a_message() -> None:
    examples = (
        (SIGN_IN, SignIn), (REQUEST, SyncRequest), (RESPONSE, SyncResponse), (PARCELS, Parcels), (RECEIPTS, Receipts),
        (TROUBLE, Trouble), (POKE, Poke),
    )  # fmt: skip
    for example, message in examples:
        msgspec.json.decode(json.dumps(example), type=message)


def test_the_examples_of_the_document_are_answered_as_it_says(served: Served) -> None:
    http = served.client()
    answer = http.post(f"/api/{SCHOOL}/sign-in", json={**SIGN_IN, "clock": served.clock()})
    signed_in = msgspec.json.decode(answer.content, type=SignedIn)
    # Only what is of this server is put in: identity, epoch, clock and cursors.
    head, now, epoch = served.exchange.applied_seq, served.clock(), signed_in.epoch
    ops = [{**op, "seen": [epoch, head], "at": now + op["n"] - 9} for op in REQUEST["ops"]]
    ours = {"device": signed_in.device, "epoch": epoch, "clock": now, "ops": ops}
    ours["cursors"] = {"journal:8b-alg": head, "school": head}
    answer = http.post(f"/api/{SCHOOL}/sync", json=REQUEST | ours)
    assert answer.status_code == 200, answer.text
    said = answer.json()
    assert sorted(said) == sorted(RESPONSE)
    assert [judged[:3] for judged in said["judged"]] == [judged[:3] for judged in RESPONSE["judged"]]
    assert said["judged"][1][3] == RESPONSE["judged"][1][3], "the detail of the lock"
    news = {found["scope"]: found for found in said["news"]}["journal:8b-alg"]
    assert shape(news) == shape(RESPONSE["news"][0]) | {"total": ["number", "number"]}
    assert news["tables"]["mark"]["cells"] == RESPONSE["news"][0]["tables"]["mark"]["cells"]
    assert news["tables"]["mark"]["rows"][0][0] == RESPONSE["news"][0]["tables"]["mark"]["rows"][0][0]


def test_the_parcels_of_the_document_are_answered_as_it_says(served: Served) -> None:
    anna = served.sign_in("t1")
    ops = [anna.op("mark", f"8b-alg/2026-11-20/2/p1/{place}", value="5") for place in (7, 8, 9)]
    anna.verdicts(*ops[:2])
    seal = Sealer(SCHOOL, "t1", anna.device, anna.signed_in["seal"], anna.signed_in["mac"])
    # Only what is of this device is put in: its name, and the parcel that can be opened.
    ours = {"device": anna.device, "parcels": [seal(ops[2]), PARCELS["parcels"][1]]}
    answer = served.client().post(f"/api/{SCHOOL}/parcels", json=PARCELS | ours)
    assert answer.json() == RECEIPTS


def test_the_poke_of_the_document_is_what_the_live_channel_sends(served: Served) -> None:
    deputy, anna = served.sign_in("deputy"), served.sign_in("t1")
    with deputy.live() as line:
        anna.verdicts(anna.op("mark", "8b-alg/2026-11-20/2/p1/1", value="5"))
        found = poke(line)
        while not found["scopes"]:  # the first only says how things stand
            found = poke(line)
    assert sorted(found) == sorted(POKE)
    assert "journal:8b-alg" in found["scopes"]


def test_the_trouble_of_the_document_is_what_a_batch_too_large_gets(served: Served) -> None:
    anna = served.sign_in("t1")
    answer = anna.sync([anna.op("mark", "8b-alg/2026-11-20/2/p1/1", value="5") for _ in range(501)])
    assert (answer.status_code, answer.json()) == (413, TROUBLE)


def test_there_is_an_outbox_of_every_version() -> None:
    assert [path.stem for path in OUTBOXES] == [f"v{version}" for version in range(1, PROTOCOL + 1)]


@pytest.mark.parametrize("path", OUTBOXES, ids=lambda path: path.stem)
def test_an_outbox_of_a_past_version_is_understood(served: Served, path: Path) -> None:
    recorded = json.loads(path.read_text())
    tablet = served.sign_in(recorded["person"])
    answer = tablet.sync(recorded["ops"], protocol=int(path.stem[1:])).json()
    assert [judged[1:3] for judged in answer["judged"]] == recorded["verdicts"]
    assert answer["known"] == len(recorded["ops"])
