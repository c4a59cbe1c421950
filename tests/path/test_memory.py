"""Memory: an entry is decided once, whatever names it comes under."""

import asyncio
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from server.exchange import Exchange
from server.exchange.decide import decide_push
from server.exchange.jobs import Push, Pushed
from server.exchange.offers import offers
from server.exchange.working import Working
from server.storage.journal import ALIASES
from tests.school import Clock, Tablet

KEY = "8b-alg/2026-11-20/2/p1/1"


def ledger(exchange: Exchange) -> list[tuple[str, int]]:
    with exchange.store.read() as reader:
        return [(e.device, e.n) for e in reader.entries_after(0, 1000) if e.device.startswith("d")]


def renumbered(op: dict[str, Any], n: int, device: str, was: int) -> dict[str, Any]:
    return {**op, "n": n, "first": [device, was]}


@pytest.fixture
def story(exchange: Exchange, clock: Clock) -> tuple[Tablet, dict[str, Any]]:
    """A tablet whose only entry is decided, under its next name, and the entry."""
    former, present = Tablet(exchange, "t1", "d1", clock), Tablet(exchange, "t1", "d2", clock)
    op = former.write("mark", KEY, value="5")
    asyncio.run(former.sync())
    return present, op


def test_a_renumbered_entry_is_answered_as_it_was_decided_under_its_first_name(
    exchange: Exchange, story: tuple[Tablet, dict[str, Any]]
) -> None:
    present, op = story
    present.ops = [renumbered(op, 1, "d1", 1), {**op, "n": 2, "key": KEY[:-1] + "2"}]
    for _ in range(2):
        answer = asyncio.run(present.send(present.ops))
        assert [(j.n, j.verdict, j.seq) for j in answer.judged] == [
            (1, "accepted", exchange.applied_seq - 1), (2, "accepted", exchange.applied_seq),
        ]  # fmt: skip
        assert answer.known == 2 and answer.taken == []
    assert ledger(exchange) == [("d1", 1), ("d2", 2)]


def test_a_third_name_is_known_by_the_first(
    exchange: Exchange, clock: Clock, story: tuple[Tablet, dict[str, Any]]
) -> None:
    """Two copies were renumbered, and it was another entry that had taken the first name."""
    present, op = story
    other = {**op, "set": {"value": "4"}}
    third = Tablet(exchange, "t1", "d3", clock)
    for tablet in (present, third):
        tablet.ops = [renumbered(other, 1, "d1", 1)]
        assert [j.seq for j in asyncio.run(tablet.sync()).judged] == [exchange.applied_seq]
    assert ledger(exchange) == [("d1", 1), ("d2", 1)]


def test_the_first_name_comes_last(exchange: Exchange, clock: Clock) -> None:
    """A copy that does not know that it is one brings the entry under the name that nobody has used."""
    former, present = Tablet(exchange, "t1", "d1", clock), Tablet(exchange, "t1", "d2", clock)
    op = former.write("mark", KEY, value="5")
    present.ops = [renumbered(op, 1, "d1", 1)]
    asyncio.run(present.sync())
    for _ in range(2):
        assert [j.seq for j in asyncio.run(former.send([op])).judged] == [exchange.applied_seq]
    assert ledger(exchange) == [("d2", 1)]


@pytest.mark.parametrize(
    "change",
    [
        {"set": {"value": "4"}}, {"at": 1}, {"first": ["d1", 2]}, {"first": ["nobody", 1]}, {"first": ["", 0]},
        {"first": ["d1", 1 << 70]}, {"first": ["d1", -1]}, {"first": ["d" * 500, 1]}, {"first": ["d1\0", 1]},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_not_the_same_entry_is_decided_anew(
    exchange: Exchange, story: tuple[Tablet, dict[str, Any]], change: dict[str, Any]
) -> None:
    present, op = story
    present.ops = [{**renumbered(op, 1, "d1", 1), **change}]
    (judged,) = asyncio.run(present.sync()).judged
    assert judged.seq == exchange.applied_seq and ledger(exchange) == [("d1", 1), ("d2", 1)]


@pytest.mark.parametrize("first", [["d1"], "d1:1", {"device": "d1"}, [1, "d1"], None], ids=str)
def test_a_first_name_that_is_none_makes_the_op_malformed(
    exchange: Exchange, story: tuple[Tablet, dict[str, Any]], first: object
) -> None:
    present, op = story
    present.ops = [{**op, "first": first}]
    assert asyncio.run(present.verdicts()) == [("refused", "malformed")]


def test_nobody_hears_of_another_persons_entry(
    exchange: Exchange, clock: Clock, story: tuple[Tablet, dict[str, Any]]
) -> None:
    _, op = story
    other = Tablet(exchange, "t2", "d9", clock)
    other.ops = [renumbered(op, 1, "d1", 1)]
    (judged,) = asyncio.run(other.sync()).judged
    assert judged.seq == exchange.applied_seq and ledger(exchange) == [("d1", 1), ("d9", 1)]


def test_both_names_in_one_commit(exchange: Exchange, clock: Clock) -> None:
    former, present = Tablet(exchange, "t1", "d1", clock), Tablet(exchange, "t1", "d2", clock)
    op = former.write("mark", KEY, value="5")

    def run(work: Working) -> list[Pushed]:
        return [
            decide_push(work, Push(device, "t1", clock(), 1, 0, exchange.epoch, clock()),
                        offers([msgspec.Raw(msgspec.json.encode(sent))]), {exchange.epoch: 1 << 53})
            for device, sent in (("d1", op), (present.device, renumbered(op, 1, "d1", 1)), ("d1", op))
        ]  # fmt: skip

    pushed = exchange.run(run)
    assert [[(j.n, j.seq) for j in p.judged] for p in pushed] == [[(1, exchange.applied_seq)]] * 3
    assert [p.known for p in pushed] == [1, 1, 1] and ledger(exchange) == [("d1", 1)]
    with exchange.store.read() as reader:
        assert [reader.device(name).known for name in ("d1", "d2")] == [1, 1]


def sealed(exchange: Exchange, clock: Clock, ops: list[dict[str, Any]]) -> Callable[[Working], Pushed]:
    """What a courier brings of a device that is revoked now and gets no new identity."""
    push = Push("d1", "t1", clock(), 0, -1, "", clock(), True, clock(), False)
    brought = offers([msgspec.Raw(msgspec.json.encode(op)) for op in ops])
    return lambda work: decide_push(work, push, brought, {exchange.epoch: 1 << 53})


def test_a_revoked_old_copy_brings_what_it_holds_once(exchange: Exchange, clock: Clock) -> None:
    anna = Tablet(exchange, "t1", "d1", clock)
    ours = anna.write("mark", KEY, value="5")
    asyncio.run(anna.sync())
    held = [{**ours, "set": {"value": "4"}}, {**ours, "n": 2, "set": {"value": "3"}}]
    for _ in range(2):
        found = exchange.run(sealed(exchange, clock, held))
        assert [j.n for j in found.judged] == [1, 2]
        assert (found.known, found.taken, found.missing) == (2, [], 0)
    assert ledger(exchange) == [("d1", 1), ("d1.copy", 1), ("d1", 2)]


def test_two_bearers_of_two_copies_share_a_commit(exchange: Exchange, clock: Clock) -> None:
    """What the first has brought is in the ledger, and no longer in hand, once the second brings something else."""
    anna = Tablet(exchange, "t1", "d1", clock)
    ours = anna.write("mark", KEY, value="5")
    asyncio.run(anna.sync())
    other, later = {**ours, "set": {"value": "4"}}, {**ours, "n": 2, "set": {"value": "3"}}
    both = [sealed(exchange, clock, ops) for ops in ([ours, later], [other, later])]
    exchange.run(lambda work: [bring(work) for bring in both])
    assert ledger(exchange) == [("d1", 1), ("d1", 2), ("d1.copy", 1)]


def test_a_renumbered_op_twice_in_one_batch_is_the_same(exchange: Exchange, clock: Clock) -> None:
    anna = Tablet(exchange, "t1", "d1", clock)
    op = {**anna.write("mark", KEY, value="5"), "first": ["d0", 7]}
    answer = asyncio.run(anna.send([op, op]))
    assert [(j.n, j.seq) for j in answer.judged] == [(1, exchange.applied_seq)] * 2 and answer.taken == []


def test_nobody_gives_another_persons_entry_a_name(exchange: Exchange, clock: Clock) -> None:
    anna, other = Tablet(exchange, "t1", "d1", clock), Tablet(exchange, "t2", "d9", clock)
    op = anna.write("mark", KEY, value="5")
    other.ops = [{**op, "first": ["d1", 1]}]
    assert asyncio.run(other.verdicts()) == [("refused", "not_yours")]
    assert asyncio.run(anna.verdicts()) == [("accepted", "")]
    assert ledger(exchange) == [("d9", 1), ("d1", 1)]


def test_what_was_erased_answers_under_its_own_name_alone(
    exchange: Exchange, clock: Clock, story: tuple[Tablet, dict[str, Any]]
) -> None:
    present, op = story
    present.ops = [{**renumbered(op, 1, "d1", 1), "set": {"value": "4"}}]
    asyncio.run(present.sync())
    exchange.run(lambda work: work.tx.db.execute("UPDATE entry SET salt=NULL, content=NULL WHERE device='d2'"))
    assert asyncio.run(present.send(present.ops)).judged[0].seq == exchange.applied_seq
    third = Tablet(exchange, "t1", "d3", clock)
    third.ops = [{**renumbered(op, 1, "d1", 1), "set": {"value": "3"}}]
    asyncio.run(third.sync())
    assert ledger(exchange) == [("d1", 1), ("d2", 1), ("d3", 1)]


def test_a_name_is_given_to_no_more_entries_than_copies_there_can_be(exchange: Exchange, clock: Clock) -> None:
    """Each op that bears it is compared with all of them, on the thread that writes for everybody."""
    anna = Tablet(exchange, "t1", "d1", clock)
    for n in range(1, 101):
        anna.write("mark", KEY, value="5")
        anna.ops[-1] |= {"at": anna.ops[-1]["at"] + n, "first": ["d1", 1 << 30]}
    assert len(asyncio.run(anna.sync()).judged) == 100
    with exchange.store.read() as reader:
        assert len(reader.aliased("d1", "t1", [1 << 30])[1 << 30]) == ALIASES
