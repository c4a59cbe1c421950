"""Whatever a stranger sends: a clear error or verdict, one line in the log, and nothing else disturbed."""

import gzip
import json
import socket
import tracemalloc
import zlib
from typing import Any

import httpx2
import pytest

from server.exchange import Rejected
from server.routes import bodies
from tests.edge.served import Guest, Served
from tests.school import MARK

LIMIT = 512 * 1024


def body_of(guest: Guest, **others: Any) -> bytes:
    return json.dumps(guest.request(**others)).encode()


def with_op(guest: Guest, op: str) -> bytes:
    """A lawful sync with one op, given as JSON text."""
    return body_of(guest).replace(b'"ops": []', b'"ops": [' + op.encode() + b"]")


def deep(levels: int) -> str:
    return "[" * levels + "]" * levels


BODIES: dict[str, Any] = {
    "nothing": lambda g: b"",
    "not JSON": lambda g: b"hello",
    "half of it": lambda g: body_of(g)[:-20],
    "something after it": lambda g: body_of(g) + b"{}",
    "null": lambda g: b"null",
    "a list": lambda g: b"[]",
    "a field is missing": lambda g: b'{"protocol": 1}',
    "text for a number": lambda g: body_of(g, held="1"),
    "a fraction for a number": lambda g: body_of(g, held=1.5),
    "null for a number": lambda g: body_of(g, clock=None),
    "a list for the cursors": lambda g: body_of(g, cursors=[]),
    "text for a cursor": lambda g: body_of(g, cursors={"school": "1"}),
    "an object for the ops": lambda g: body_of(g).replace(b'"ops": []', b'"ops": {}'),
    "NaN": lambda g: body_of(g, clock=float("nan")),
    "infinity": lambda g: body_of(g, clock=float("inf")),
    "1e400": lambda g: body_of(g, clock=-4711).replace(b"-4711", b"1e400"),
    "a number of 5000 digits": lambda g: body_of(g, held=4711).replace(b"4711", b"9" * 5000),
    "a negative count": lambda g: body_of(g, held=-1),
    "a count past every count": lambda g: body_of(g, held=1 << 60),
    "a clock past every clock": lambda g: body_of(g, clock=1 << 60),
    "a negative cursor": lambda g: body_of(g, cursors={"school": -1}),
    "a cursor past every cursor": lambda g: body_of(g, cursors={"school": 1 << 70}),
    "invalid UTF-8": lambda g: body_of(g).replace(b'"epoch": "', b'"epoch": "\xff\xfe'),
    "UTF-16": lambda g: body_of(g).decode().encode("utf-16"),
    "nested too deep": lambda g: deep(100_000).encode(),
    "an op nested too deep": lambda g: with_op(g, deep(100_000)),
    "an unknown field nested too deep": lambda g: body_of(g)[:-1] + b', "more": ' + deep(100_000).encode() + b"}",
    "a zero byte": lambda g: body_of(g).replace(b'"epoch": "', b'"epoch": "\x00'),
}

OPS: dict[str, tuple[str, tuple[str, str]]] = {
    "an op that is a number": ("7", ("", "bad_op")),
    "an op without a number": ('{"kind": "mark"}', ("", "bad_op")),
    "an op whose number is text": ('{"n": "1"}', ("", "bad_op")),
    "an op whose number is too large": ('{"n": 1e400}', ("", "bad_op")),
    "an op without anything else": ('{"n": N}', ("refused", "malformed")),
    "an unknown record": (
        '{"n": N, "kind": "money", "key": "1", "set": {"a": 1}, "at": 1}', ("refused", "unknown_record"),
    ),
    "an unknown cell": (
        '{"n": N, "kind": "mark", "key": "KEY", "set": {"colour": "red"}, "at": 1}', ("refused", "unknown_record"),
    ),
    "a key with a path in it": (
        '{"n": N, "kind": "mark", "key": "../../../etc/passwd", "set": {"value": "5"}, "at": 1}',
        ("refused", "unknown_record"),
    ),
    "an unknown pupil": (
        '{"n": N, "kind": "mark", "key": "8b-alg/2026-11-20/2/nobody/1", "set": {"value": "5"}, "at": 1}',
        ("refused", "unknown_pupil"),
    ),
    "a value of another type": (
        '{"n": N, "kind": "mark", "key": "KEY", "set": {"value": 5}, "at": 1}', ("refused", "bad_value"),
    ),
    "a value off the scale": (
        '{"n": N, "kind": "mark", "key": "KEY", "set": {"value": "17"}, "at": 1}', ("refused", "off_scale"),
    ),
    "a value of SQL": (
        '{"n": N, "kind": "lesson", "key": "8b-alg/2026-11-20/2", "set": {"due": "1\'; DROP TABLE entry;"}, "at": 1}',
        ("refused", "bad_value"),
    ),
    "a comment too long": (
        '{"n": N, "kind": "mark", "key": "KEY", "set": {"comment": "' + "я" * 20_000 + '"}, "at": 1}',
        ("refused", "bad_value"),
    ),
}  # fmt: skip

ODD_NUMBERS = {
    "a moment past every moment": '{"n": N, "kind": "mark", "key": "KEY", "set": {"value": "5"}, "at": 1'
    + "0" * 40
    + "}",
    "a moment long before time": '{"n": N, "kind": "mark", "key": "KEY", "set": {"value": "5"}, "at": -1'
    + "0" * 40
    + "}",
    "a seq past every seq": (
        '{"n": N, "kind": "mark", "key": "KEY", "set": {"value": "5"}, "at": 1, "seen": ["e", 1' + "0" * 40 + "]}"
    ),
    "minutes past every lesson": (
        '{"n": N, "kind": "attendance", "key": "8b-alg/2026-11-20/2/p1", "set": {"minutes": 1'
        + "0" * 40
        + '}, "at": 1}'
    ),
    "half a character": '{"n": N, "kind": "mark", "key": "KEY", "set": {"comment": "\\ud800"}, "at": 1}',
    "a value nested deep": '{"n": N, "kind": "mark", "key": "KEY", "set": {"value": ' + deep(900) + '}, "at": 1}',
    "invalid UTF-8 in a value": '{"n": N, "kind": "mark", "key": "KEY", "set": {"comment": "\\u0000"}, "at": 1}',
}


def written(served: Served) -> list[tuple[int, ...]]:
    """The digests of everything that people write; the diary publishes itself when it likes."""
    with served.exchange.store.read() as reader:
        return [reader.scope_total(scope) for scope in ("school", "office", "journal:8b-alg", "class:8b", "inbox:t1")]


class Calm:
    """Watches that a bad request leaves one line in the log and the school as it was."""

    def __init__(self, served: Served) -> None:
        self.served, self.guest = served, served.sign_in("t1")
        self.lines, self.written = served.mark(), written(served)

    def refused(self, answer: httpx2.Response, status: int, error: str) -> dict[str, Any]:
        assert (answer.status_code, answer.json()["error"]) == (status, error), answer.text
        told = self.served.lines()[self.lines :]
        assert [(line["event"], line["error"], line["status"]) for line in told] == [("refused", error, status)]
        assert written(self.served) == self.written
        self.goes_on()
        found: dict[str, Any] = answer.json()
        return found

    def goes_on(self) -> None:
        """The next sync of the same tablet is taken as ever."""
        key = "8b-alg/2026-11-20/3/p1/1"
        assert self.guest.verdicts(self.guest.op("mark", key, value="5"))[0][0] == "accepted"


@pytest.fixture
def calm(served: Served) -> Calm:
    return Calm(served)


@pytest.mark.parametrize("kind", BODIES)
def test_a_body_that_is_no_sync_is_refused_whole(calm: Calm, kind: str) -> None:
    calm.refused(calm.guest.send(BODIES[kind](calm.guest)), 400, "bad_json")


@pytest.mark.parametrize("kind", BODIES)
def test_a_packed_body_that_is_no_sync_is_refused_alike(calm: Calm, kind: str) -> None:
    packed = gzip.compress(BODIES[kind](calm.guest))
    calm.refused(calm.guest.send(packed, Content_Encoding="gzip"), 400, "bad_json")


@pytest.mark.parametrize("kind", OPS)
def test_an_op_that_can_not_be_taken_gets_its_own_verdict(calm: Calm, kind: str) -> None:
    text, (verdict, reason) = OPS[kind]
    guest = calm.guest
    op = text.replace("N,", f"{guest.known + 1},").replace("N}", f"{guest.known + 1}}}").replace("KEY", MARK)
    answer = guest.send(with_op(guest, op).replace(b'"held": 0', b'"held": 1'))
    if not verdict:
        assert calm.refused(answer, 400, reason)["n"] == 0
        return
    guest.known += 1
    assert [j[1:3] for j in answer.json()["judged"]] == [[verdict, reason]]
    told = calm.served.lines()[calm.lines :]
    assert [(line["event"], line["others"]) for line in told] == [("sync", {f"{verdict} {reason}": 1})]
    calm.goes_on()


@pytest.mark.parametrize("kind", ODD_NUMBERS)
def test_an_op_with_an_odd_number_gets_a_verdict_and_stops_nobody(calm: Calm, kind: str) -> None:
    guest = calm.guest
    op = ODD_NUMBERS[kind].replace("N,", f"{guest.known + 1},").replace("KEY", MARK)
    answer = guest.send(with_op(guest, op).replace(b'"held": 0', b'"held": 1'))
    assert answer.status_code == 200, answer.text
    assert len(answer.json()["judged"]) == 1
    guest.known += 1
    told = calm.served.lines()[calm.lines :]
    assert [line["event"] for line in told] == ["sync"]
    calm.goes_on()


def test_half_a_character_costs_only_itself(served: Served) -> None:
    guest = served.sign_in("t1")
    ops = [guest.op("mark", f"8b-alg/2026-11-20/{n}/p3/2", value="4", comment="молодец") for n in (1, 2, 3)]
    body = body_of(guest, ops=ops, held=3).replace(
        json.dumps("молодец").encode(), b'"\\\\ud800 \\ud83d\\ude00 \\ud83d"', 1
    )
    judged = guest.send(body).json()["judged"]
    assert [j[1] for j in judged] == ["accepted"] * 3
    with served.exchange.store.read() as reader:
        row = reader.get_many("mark", ["8b-alg/2026-11-20/1/p3/2"]).popitem()[1]
    assert row.values["comment"] == "\\ud800 😀 \ufffd"


def test_an_op_of_a_megabyte_is_too_large_and_the_limit_is_told(calm: Calm) -> None:
    op = calm.guest.op("mark", MARK, comment="я" * 524_288)
    calm.guest.known -= 1
    assert calm.refused(calm.guest.sync([op]), 413, "too_large")["limit"] == LIMIT


def test_an_op_past_the_limit_of_ops_but_not_of_the_body_is_too_large(calm: Calm) -> None:
    op = calm.guest.op("mark", MARK, comment="x" * 300_000)
    calm.guest.known -= 1
    assert calm.refused(calm.guest.sync([op]), 413, "too_large")["limit"] == 256 * 1024


def test_ten_thousand_ops_at_once_are_too_many_and_the_limit_is_told(calm: Calm) -> None:
    ops = ",".join(f'{{"n":{n}}}' for n in range(1, 10_001))
    answer = calm.guest.send(with_op(calm.guest, ops))
    assert calm.refused(answer, 413, "too_large")["limit"] == 500


def test_ten_megabytes_are_not_even_read(calm: Calm) -> None:
    head = (
        f"POST /api/32/sync HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {calm.guest.cookie}\r\n"
        "Content-Type: application/json\r\nContent-Length: 10485760\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", calm.served.port), timeout=5) as line:
        line.sendall(head.encode())
        found = line.makefile("rb").readline()
    assert found.split()[1] == b"413"
    assert [told["error"] for told in calm.served.lines()[calm.lines :]] == ["too_large"]


def test_a_body_cut_off_on_its_way_disturbs_nobody(calm: Calm) -> None:
    head = (
        f"POST /api/32/sync HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {calm.guest.cookie}\r\n"
        "Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", calm.served.port), timeout=5) as line:
        line.sendall(head.encode() + body_of(calm.guest)[:50])
    calm.goes_on()
    assert written(calm.served) != calm.written
    assert [told["event"] for told in calm.served.lines()[calm.lines :]] == ["sync"]


@pytest.mark.parametrize(
    ("begin", "more"),
    [
        ("GET /", "x" * 11),
        ("GET /api/hello HTTP/1.1\r\nX-Long: ", "x" * 11),
        ("GET /api/hello HTTP/1.1\r\n", "X-More: 12\r\n"),
        ("POST /api/32/sync HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", "X-More: 12\r\n"),
    ],
    ids=["address", "header", "headers", "trailers"],
)
def test_a_head_without_end_is_cut_off(calm: Calm, begin: str, more: str) -> None:
    with socket.create_connection(("127.0.0.1", calm.served.port), timeout=5) as line:
        line.sendall(begin.encode())
        with pytest.raises(ConnectionError):  # the server has closed the line
            for _ in range(20):
                line.sendall(more.encode() * 50_000)


def test_a_small_body_that_inflates_without_end_is_cut_off(calm: Calm) -> None:
    bomb = gzip.compress(b"[" + b" " * 50_000_000, 9)
    assert len(bomb) < LIMIT
    assert calm.refused(calm.guest.send(bomb, Content_Encoding="gzip"), 413, "too_large")["limit"] == LIMIT


def test_what_is_cut_off_was_never_in_memory() -> None:
    bomb = gzip.compress(b" " * 50_000_000, 9)
    tracemalloc.start()
    with pytest.raises(Rejected):
        bodies._inflate(bomb, "gzip", LIMIT)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * LIMIT


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "nonsense"])
def test_a_coding_that_is_not_spoken_is_refused(calm: Calm, coding: str) -> None:
    calm.refused(calm.guest.send(body_of(calm.guest), Content_Encoding=coding), 415, "bad_json")


@pytest.mark.parametrize("packed", [b"", b"not gzip", gzip.compress(b"{}")[:-4], gzip.compress(b"{}") + b"more"])
def test_a_broken_gzip_is_refused(calm: Calm, packed: bytes) -> None:
    calm.refused(calm.guest.send(packed, Content_Encoding="gzip"), 400, "bad_json")


@pytest.mark.parametrize("kind", ["", "text/plain", "application/x-www-form-urlencoded", "application/jsonx"])
def test_only_json_is_taken(calm: Calm, kind: str) -> None:
    calm.refused(calm.guest.send(body_of(calm.guest), Content_Type=kind), 415, "bad_json")


def test_gzip_and_deflate_are_taken(served: Served) -> None:
    guest = served.sign_in("t1")
    for coding, pack in (("gzip", gzip.compress), ("deflate", zlib.compress), ("identity", bytes)):
        answer = guest.send(pack(body_of(guest)), Content_Encoding=coding)
        assert answer.status_code == 200, coding


def test_a_wrong_school_is_refused(calm: Calm) -> None:
    answer = calm.guest.http.post("/api/33/sync", json=calm.guest.request())
    calm.refused(answer, 404, "wrong_school")


def test_an_expired_session_is_refused(served: Served) -> None:
    guest, line, before = served.sign_in("t1"), served.mark(), written(served)
    served.clock.now += 12 * 3_600_000
    answer = guest.sync([guest.op("mark", MARK, value="5")])
    assert (answer.status_code, answer.json()["error"]) == (401, "signed_out")
    assert [told["error"] for told in served.lines()[line:]] == ["signed_out"]
    assert written(served) == before


def test_another_protocol_is_refused(calm: Calm) -> None:
    calm.refused(calm.guest.sync(protocol=99), 426, "old_protocol")


def test_too_many_cursors_are_refused(calm: Calm) -> None:
    answer = calm.guest.sync(cursors={f"journal:{n}": 0 for n in range(3_000)})
    calm.refused(answer, 413, "too_large")


def test_a_known_number_with_another_content_is_told_and_not_taken(served: Served) -> None:
    guest = served.sign_in("t1")
    op = guest.op("mark", MARK, value="5")
    guest.verdicts(op)
    line, before = served.mark(), written(served)
    answer = guest.sync([op | {"set": {"value": "2"}}]).json()
    assert (answer["taken"], answer["judged"]) == ([1], [])
    assert written(served) == before
    assert [(told["event"], told["taken"]) for told in served.lines()[line:]] == [("sync", 1)]


def test_one_bad_op_among_good_ones_disturbs_none(served: Served) -> None:
    guest = served.sign_in("t1")
    good = [guest.op("mark", f"8b-alg/2026-11-20/{n}/p3/1", value="4") for n in range(1, 6)]
    good[2] = {"n": good[2]["n"], "kind": ["nonsense"]}
    assert [verdict for verdict, _ in guest.verdicts(*good)] == [
        "accepted",
        "accepted",
        "refused",
        "accepted",
        "accepted",
    ]


def test_a_sign_in_that_is_none_is_refused(served: Served) -> None:
    line = served.mark()
    for body in (
        b"",
        b"{}",
        b'{"login": 1, "password": "x", "clock": 1}',
        b'{"login": "a", "password": "x", "clock": 1e99}',
    ):
        answer = served.client().post("/api/32/sign-in", content=body, headers={"Content-Type": "application/json"})
        assert (answer.status_code, answer.json()["error"]) == (400, "bad_json"), body
    huge = served.client().post("/api/32/sign-in", json={"login": "a" * 20_000, "password": "x", "clock": 1})
    assert (huge.status_code, huge.json()) == (
        413,
        {"error": "too_large", "n": None, "retry_after": None, "limit": 8192},
    )
    assert len(served.lines()) == line + 5


@pytest.mark.parametrize(
    "asked", ["", "?kind=mark", "?kind=mark&key=", "?kind=nope&key=1", "?kind=mark&key=a/b", "?key=1"]
)
def test_a_history_of_nothing_is_not_found(served: Served, asked: str) -> None:
    answer = served.sign_in("t1").http.get(f"/api/32/history{asked}")
    assert (answer.status_code, answer.json()["error"]) == (404, "not_found")


def test_no_mark_or_comment_reaches_the_log(served: Served) -> None:
    guest, line = served.sign_in("t1"), served.mark()
    guest.verdicts(guest.op("mark", MARK, value="5", comment="болел весь месяц"))
    guest.send(b'{"comment": "hunter2"')
    told = json.dumps(served.lines()[line:], ensure_ascii=False)
    assert len(served.lines()) == line + 2
    assert "болел" not in told and "hunter2" not in told and MARK not in told
