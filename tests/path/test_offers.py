"""What is offered badly: it is refused by itself, and its neighbours are decided all the same."""

import asyncio
from typing import Any

import pytest

from server.exchange import Exchange, Rejected
from tests.school import MARK, NOW, Clock, Tablet, reasons


def test_one_malformed_op_disturbs_no_other(exchange: Exchange, clock: Clock) -> None:
    async def story() -> None:
        anna = Tablet(exchange, "t1", "d1", clock)
        ops: list[object] = [anna.write("mark", f"8b-alg/2026-11-20/{n}/p1/1", value="5") for n in range(1, 5)]
        ops[1] = b'{"n": 2, "kind": ["mark"], "key": null}'
        ops[2] = {"n": 3, "kind": "mark", "key": MARK, "set": {"value": {"deep": [1]}}, "at": NOW}
        answer = await anna.send(ops)
        assert reasons(answer.judged) == [
            ("accepted", ""),
            ("refused", "malformed"),
            ("refused", "bad_value"),
            ("accepted", ""),
        ]

    asyncio.run(story())


def test_an_op_without_a_number_refuses_the_batch_and_names_its_place(exchange: Exchange, clock: Clock) -> None:
    async def story() -> None:
        anna = Tablet(exchange, "t1", "d1", clock)
        op = anna.write("mark", MARK, value="5")
        with pytest.raises(Rejected) as refused:
            await anna.send([op, b'{"kind": "mark"}'])
        assert (refused.value.status, refused.value.trouble.error, refused.value.trouble.n) == (400, "bad_op", 1)
        assert (await anna.send([op])).judged[0].verdict == "accepted"

    asyncio.run(story())


def test_ten_thousand_ops_in_one_batch_are_refused_as_a_whole(exchange: Exchange, clock: Clock) -> None:
    async def story() -> None:
        anna = Tablet(exchange, "t1", "d1", clock)
        before = exchange.applied_seq
        with pytest.raises(Rejected) as refused:
            await anna.send([anna.write("mark", MARK, value="5") for _ in range(10_000)])
        assert (refused.value.status, refused.value.trouble.limit) == (413, 500)
        assert exchange.applied_seq == before

    asyncio.run(story())


BAD_MARK = b'{"n": NUMBER, "kind": "mark", "key": "8b-alg/2026-11-20/2/p1/1", '
BAD_LESSON = b'{"n": NUMBER, "kind": "lesson", "key": "8b-alg/2026-11-20/2", '
BAD: dict[str, bytes] = {
    "no op at all": b'{"n": NUMBER}',
    "a kind that is a list": b'{"n": NUMBER, "kind": ["mark"], "key": null}',
    "nested without end": BAD_MARK + b'"set": ' + b"[" * 200 + b"]" * 200 + b"}",
    "an unknown record": b'{"n": NUMBER, "kind": "wish", "key": "x", "set": {"for": "snow"}, "at": 1}',
    "an unknown cell": BAD_MARK + b'"set": {"mood": 1}, "at": 1}',
    "a value that does not fit": BAD_MARK + b'"set": {"value": 5}, "at": 1}',
    "a day that is none": BAD_LESSON.replace(b"11-20", b"02-30") + b'"set": {"topic": "x"}, "at": 1}',
    "a moment beyond all time": BAD_LESSON + b'"set": {"topic": "x"}, "at": 99999999999999999}',
    "a version that is no more": BAD_LESSON + b'"set": {"topic": "x"}, "at": 1, "v": 0}',
    "half a character": BAD_LESSON + b'"set": {"topic": "\xd0"}, "at": 1}',
}


@pytest.mark.parametrize("place", [0, 250, 499])
@pytest.mark.parametrize("what", BAD)
def test_of_five_hundred_one_is_bad_and_the_others_are_decided_in_the_same_round(
    exchange: Exchange, clock: Clock, what: str, place: int
) -> None:
    async def story() -> None:
        anna = Tablet(exchange, "t1", "d1", clock)
        ops: list[Any] = [
            anna.write("mark", f"8b-alg/2026-11-20/{1 + n // 60}/p{1 + 2 * (n % 2)}/{1 + n % 30 % 2}", value="5")
            for n in range(500)
        ]
        ops[place] = BAD[what].replace(b"NUMBER", str(place + 1).encode())
        answer = await anna.send(ops)
        verdicts = [j.verdict for j in answer.judged]
        assert (answer.known, verdicts.pop(place)) == (500, "refused")
        assert verdicts == ["accepted"] * 499

    asyncio.run(story())
