"""Sync over HTTP: packed both ways, in order, and no more at once than the server can hold."""

import gzip
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest

from server.accounts.sessions import SLIDE
from server.exchange import Draft
from server.routes.answers import takes_gzip
from tests.edge.served import Served


@pytest.mark.parametrize(
    ("accepted", "takes"),
    [
        ("gzip", True), ("GZIP, deflate, br", True), ("br;q=1.0, gzip;q=0.5", True), ("*", True),
        ("", False), ("identity", False), ("gzip;q=0", False), ("gzip; q=0.0", False), ("x-gzip-not", False),
    ],
)  # fmt: skip
def test_an_answer_is_packed_only_for_whom_it_may_be(accepted: str, takes: bool) -> None:
    assert takes_gzip(accepted) is takes


def test_a_long_answer_is_packed_and_a_short_one_is_not(served: Served) -> None:
    guest = served.sign_in("t1")
    long = guest.http.post("/api/32/sync", json=guest.request(), headers={"Accept-Encoding": "gzip"})
    assert long.headers["content-encoding"] == "gzip"
    assert int(long.headers["content-length"]) < len(long.content) / 2
    plain = guest.http.post("/api/32/sync", json=guest.request(), headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.json()["news"] == long.json()["news"]
    short = guest.http.get("/api/32/me", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in short.headers
    assert "Accept-Encoding" in short.headers["vary"]


def test_a_snapshot_of_thousands_of_rows_comes_packed_and_whole(served: Served) -> None:
    drafts = [
        Draft("plan_item", f"8b-alg/{n}", {"topic": f"Тема {n}"}, served.clock(), "admin") for n in range(1, 3_001)
    ]
    assert served.exchange.load("import", drafts).accepted == 3_000
    guest = served.sign_in("t1")
    answer = guest.http.post("/api/32/sync", json=guest.request(), headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    (rows,) = (n["tables"]["plan_item"]["rows"] for n in answer.json()["news"] if n["scope"] == "journal:8b-alg")
    assert len(rows) == 3_000


def test_a_large_packed_batch_is_taken(served: Served) -> None:
    guest = served.sign_in("t1")
    ops = [guest.op("mark", f"8b-alg/2026-11-{d:02}/{n}/p1/1", value="5") for d in range(2, 30) for n in range(1, 9)]
    ops = [op for op in ops if op["key"][7:17] <= "2026-11-20"]
    for place, op in enumerate(ops):
        op |= {"n": place + 1, "set": {"value": "5", "comment": "я" * 300}}
    body = guest.http.build_request("POST", "/", json=guest.request(ops)).content
    answer = guest.send(gzip.compress(body), Content_Encoding="gzip")
    assert answer.status_code == 200
    assert len(answer.json()["judged"]) == len(ops)


def test_the_same_batch_twice_at_once_is_judged_once(served: Served) -> None:
    guest = served.sign_in("t1")
    op = guest.op("mark", "8b-alg/2026-11-19/1/p1/1", value="5")
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: guest.sync([op]).json(), range(8)))
    assert {tuple(map(str, a["judged"][0])) for a in answers} == {tuple(map(str, answers[0]["judged"][0]))}


def test_forty_tablets_at_once_are_all_answered_and_none_hears_of_a_locked_database(served: Served) -> None:
    guests = [served.sign_in("t1") for _ in range(40)]
    start = threading.Barrier(len(guests))

    def bring(place: int) -> list[tuple[str, str]]:
        guest = guests[place]
        ops = [
            guest.op("mark", f"8b-alg/2026-11-{d:02}/{n}/p3/2", value="5") for d in (17, 18, 19) for n in range(1, 9)
        ]
        start.wait()
        return guest.verdicts(*ops)

    with ThreadPoolExecutor(len(guests)) as pool:
        found = list(pool.map(bring, range(len(guests))))
    assert all(len(verdicts) == 24 for verdicts in found)
    assert {verdict for verdicts in found for verdict, _ in verdicts} <= {"accepted", "superseded"}
    assert [line for line in served.lines() if "locked" in str(line) or line.get("level") == "error"] == []


def test_a_tablets_scopes_that_healed_are_counted_in_the_metrics(served: Served) -> None:
    guest = served.sign_in("t1")
    assert "zvonok_healed_scopes_total 0.0" in served.client().get("/metrics").text
    assert guest.sync(healed=2).status_code == 200
    assert guest.sync().status_code == 200
    assert "zvonok_healed_scopes_total 2.0" in served.client().get("/metrics").text
    assert guest.sync(healed=-1).status_code == 400


def test_a_full_server_says_when_to_come_back(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    guest = served.sign_in("t1")
    monkeypatch.setattr("server.routes.syncing.AT_ONCE", 0)
    answer = guest.sync()
    assert (answer.status_code, answer.json()["error"]) == (503, "overloaded")
    assert int(answer.headers["retry-after"]) == answer.json()["retry_after"] > 0
    monkeypatch.undo()
    assert guest.sync().status_code == 200


@contextmanager
def full(db: Any) -> Iterator[None]:
    """No page more for a database: SQLite says what it says on a full disk."""
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    before = db.execute("PRAGMA max_page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count={pages}")
    try:
        yield
    finally:
        db.execute(f"PRAGMA max_page_count={before}")


def test_a_full_disk_is_told_and_the_same_entries_are_taken_once_there_is_room(served: Served) -> None:
    guest, deputy = served.sign_in("t1"), served.sign_in("deputy")
    ops = [guest.op("lesson", f"8b-alg/2026-11-20/{n}", homework="x" * 1_900) for n in range(100, 180)]
    seq = served.exchange.applied_seq
    with full(served.exchange.store._writer):
        answer = guest.sync(ops)
        assert (answer.status_code, answer.json()["error"]) == (507, "disk_full")
        assert deputy.http.get("/api/32/office/tablets").status_code == 200
        assert guest.sync().status_code == 200
    found = guest.verdicts(*ops)
    assert {verdict for verdict, _ in found} == {"accepted"}
    assert len(found) == 80 and served.exchange.applied_seq >= seq + 80


def test_a_full_disk_signs_nobody_out_and_says_why_nobody_signs_in(served: Served) -> None:
    guest = served.sign_in("t1")
    accounts = served.house.accounts
    with full(accounts._db):
        served.clock.now += SLIDE
        assert guest.http.get("/api/32/me").status_code == 200
        said = {"login": "t1", "password": "t1-secret", "clock": served.clock(), "name": "Планшет"}
        answers = [served.client().post("/api/32/sign-in", json=said) for _ in range(40)]
        assert (answers[-1].status_code, answers[-1].json()["error"]) == (507, "disk_full")
    assert served.sign_in("t1").http.get("/api/32/me").status_code == 200


def test_what_was_refused_a_moment_ago_is_counted(served: Served) -> None:
    guest = served.sign_in("t1")
    guest.verdicts(guest.op("mark", "8b-alg/2026-11-20/2/nobody/1", value="5"))
    guest.send(b"{")
    counted = served.client().get("/metrics").text
    assert 'zvonok_ops_total{verdict="refused"}' in counted
    assert 'zvonok_troubles_total{error="bad_json"}' in counted
