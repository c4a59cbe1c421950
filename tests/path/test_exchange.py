"""The write path with a real database: what is answered is on disk, once, whatever is sent."""

import asyncio
from pathlib import Path

import pytest

from server.exchange import Draft, Exchange, Rejected
from server.storage.journal import JournalStore
from sync.days import DAY
from tests.school import MARK, NOW, Clock, Tablet, reasons


def test_an_op_sent_twice_is_judged_once(exchange: Exchange, clock: Clock) -> None:
    async def story() -> None:
        anna = Tablet(exchange, "t1", "d1", clock)
        op = anna.write("mark", MARK, value="5")
        first, again = await anna.send([op]), await anna.send([op])
        assert first.judged == again.judged
        assert exchange.applied_seq == first.judged[0].seq

    asyncio.run(story())


def test_a_request_doubled_on_the_way_is_judged_once_even_in_one_commit(exchange: Exchange, clock: Clock) -> None:
    async def story() -> None:
        anna = Tablet(exchange, "t1", "d1", clock)
        ops = [anna.write("mark", MARK, value="5"), anna.write("mark", MARK, value="4")]
        answers = await asyncio.gather(*(exchange.sync(anna.request(ops), "t1") for _ in range(8)))
        assert all(answer.judged == answers[0].judged and answer.taken == [] for answer in answers)
        assert len(exchange.history("mark", MARK)) == 2

    asyncio.run(story())


def test_another_content_under_a_known_number_is_told_and_not_taken(exchange: Exchange, clock: Clock) -> None:
    async def story() -> None:
        anna = Tablet(exchange, "t1", "d1", clock)
        op = anna.write("mark", MARK, value="5")
        await anna.send([op])
        answer = await anna.send([{**op, "set": {"value": "2"}}])
        assert answer.taken == [1]
        assert answer.judged == []
        await anna.sync()
        assert anna.rows["mark", MARK]["value"] == "5"

    asyncio.run(story())


def test_the_same_number_twice_in_one_batch_counts_once(exchange: Exchange, clock: Clock) -> None:
    async def story() -> None:
        anna = Tablet(exchange, "t1", "d1", clock)
        op = anna.write("mark", MARK, value="5")
        answer = await anna.send(
            [op, {**op, "kind": "lesson", "key": "8b-alg/2026-11-20/2", "set": {"topic": "x"}}, op]
        )
        assert (reasons(answer.judged), answer.taken) == ([("accepted", ""), ("accepted", "")], [1])
        assert anna.rows["mark", MARK]["value"] == "5"

    asyncio.run(story())


def test_a_gap_in_the_numbers_stops_the_batch_and_is_told(exchange: Exchange, clock: Clock) -> None:
    async def story() -> None:
        anna = Tablet(exchange, "t1", "d1", clock)
        ops = [anna.write("mark", f"8b-alg/2026-11-20/{n}/p1/1", value="5") for n in range(1, 4)]
        answer = await anna.send([ops[0], ops[2]])
        assert (answer.known, answer.missing, len(answer.judged)) == (1, 1, 1)
        assert len((await anna.sync()).judged) == 2

    asyncio.run(story())


def test_everything_answered_is_there_after_a_restart(exchange: Exchange, clock: Clock, tmp_path: Path) -> None:
    async def story() -> None:
        anna = Tablet(exchange, "t1", "d1", clock)
        for n in range(1, 8):
            anna.write("mark", f"8b-alg/2026-11-20/{n}/p1/1", value="5")
        await anna.sync()

    asyncio.run(story())
    again = Exchange(JournalStore(tmp_path / "journal.db", "32"), clock)
    assert again.applied_seq == exchange.applied_seq
    assert set_cells(again) == set_cells(exchange)
    assert again.epoch == exchange.epoch
    again.close()


def set_cells(exchange: Exchange) -> dict[tuple[str, str], dict[str, object]]:
    records = exchange.facts.records
    return {
        (k, key): {c: v for c, v in row.items() if v is not None} for k in records for key, row in records[k].items()
    }


def test_a_draft_equal_to_what_stands_changes_nothing(exchange: Exchange) -> None:
    from tests.school import drafts

    before = exchange.applied_seq
    report = exchange.load("import", [d for d in drafts() if d.key != "t1" and d.key != "deputy"])
    assert (report.accepted, report.refused, exchange.applied_seq) == (0, [], before)


def test_what_a_draft_can_not_be_is_told(exchange: Exchange) -> None:
    report = exchange.load("import", [Draft("mark", MARK.replace("p1", "p77"), {"value": "5"}, NOW, "t1")])
    assert [(d.kind, str(reason)) for d, reason in report.refused] == [("mark", "unknown_pupil")]


def test_a_bug_in_one_job_undoes_that_job_alone(exchange: Exchange) -> None:
    before = exchange.applied_seq

    def broken(work: object) -> None:
        raise ZeroDivisionError("a planted bug")

    with pytest.raises(Rejected) as refused:
        exchange.run(broken)
    assert refused.value.status == 500
    assert exchange.load("import", [Draft("subject", "geo", {"name": "Геометрия"}, NOW, "admin")]).accepted == 1
    assert exchange.applied_seq == before + 1


def test_a_clock_that_jumped_is_recorded_and_stops_nothing(exchange: Exchange, clock: Clock) -> None:
    async def story() -> None:
        anna = Tablet(exchange, "t1", "d1", clock, skew=5_000)
        await anna.sync()
        anna.skew = 365 * DAY
        anna.write("mark", MARK, value="5")
        assert await anna.verdicts() == [("accepted", "")]

    asyncio.run(story())
    with exchange.store.read() as reader:
        (jump,) = reader.entries_of("clock", "d1")
    assert (jump.person, jump.detail) == ("t1", '{"skew_before":5000,"skew_after":31536000000}')
