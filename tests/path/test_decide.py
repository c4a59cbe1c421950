"""What the law decides of what tablets bring: conflicts, locks, and what is held until somebody decides."""

import asyncio

import pytest

from server.exchange import Exchange
from server.exchange.decide import decide_push
from server.exchange.jobs import Push
from server.exchange.offers import offers
from server.exchange.working import Working
from sync.days import DAY
from tests.school import MARK, Clock, Tablet, reasons


def test_two_who_wrote_the_same_cell_offline_both_see_both_values_and_settle_it(
    exchange: Exchange, clock: Clock
) -> None:
    async def story() -> None:
        key = "8b-alg/2026-11-17/2/p1/1"
        clock.set("2026-11-17T11:00")
        anna, oleg = Tablet(exchange, "t1", "d1", clock), Tablet(exchange, "t2", "d2", clock)
        await anna.sync()
        await oleg.sync()
        anna.write("mark", key, value="3")
        oleg.write("mark", key, value="4")
        assert await oleg.verdicts() == [("accepted", "")]
        assert await anna.verdicts() == [("superseded", "lost")], "the substitute is the lesson's teacher"
        await oleg.sync()
        for tablet in (anna, oleg):
            row = tablet.rows["mark", key]
            assert row["value"] == "4"
            assert [(h[0], h[1]) for h in row["heads"]["value"]] == [("4", "t2"), ("3", "t1")]
        anna.write("mark", key, value="3")
        assert await anna.verdicts() == [("accepted", "")], "she has seen both, so hers settles it"
        await oleg.sync()
        assert (oleg.rows["mark", key]["value"], oleg.rows["mark", key]["heads"]) == ("3", None)

    asyncio.run(story())


def test_a_late_correction_is_held_and_the_deputy_head_approves_it(exchange: Exchange, clock: Clock) -> None:
    async def story() -> None:
        key = "8b-alg/2026-11-06/2/p1/1"
        clock.set("2026-11-06T10:51")
        anna = Tablet(exchange, "t1", "d1", clock)
        anna.write("mark", key, value="3")
        await anna.sync()
        clock.set("2026-11-22T09:14")
        deputy = Tablet(exchange, "deputy", "d9", clock)
        anna.write("mark", key, value="4")
        judged = (await anna.sync()).judged
        assert reasons(judged) == [("held", "window_closed")]
        assert judged[0].detail["since"] - judged[0].detail["given"] == 14 * DAY
        assert anna.rows["mark", key]["value"] == "3"
        await anna.sync()
        assert anna.rows["matter", "inbox:t1/d1:2"]["outcome"] is None
        await deputy.sync()
        matter = deputy.rows["matter", "office/d1:2"]
        assert (matter["set"], matter["was"], matter["author"]) == ({"value": "4"}, {"value": "3"}, "t1")
        deputy.write("matter", "office/d1:2", outcome="approved", note="ошибка учителя")
        assert await deputy.verdicts() == [("accepted", "")]
        await anna.sync()
        assert anna.rows["mark", key]["value"] == "4"
        assert anna.rows["matter", "inbox:t1/d1:2"]["outcome"] == "approved"
        assert anna.rows["matter", "inbox:t1/d1:2"]["decided_by"] == "deputy"
        deputy.write("matter", "office/d1:2", outcome="declined")
        assert await deputy.verdicts() == [("refused", "already_decided")]

    asyncio.run(story())


def test_what_the_author_says_for_a_held_entry_reaches_the_deputy_head_and_outlives_the_decision(
    exchange: Exchange, clock: Clock
) -> None:
    async def story() -> None:
        anna = Tablet(exchange, "t1", "d1", clock)
        anna.write("mark", "8b-alg/2026-10-20/2/p1/1", value="5")
        anna.write("matter", "inbox:t1/d1:1", plea="болел")  # in one batch: her tablet knows the name it will have
        assert await anna.verdicts() == [("held", "term_locked"), ("accepted", "")]
        anna.write("matter", "inbox:t1/d1:1", plea="болел, справка у вас")
        anna.write("matter", "inbox:t1/d1:7", plea="ни о чём")
        assert await anna.verdicts() == [("accepted", ""), ("refused", "unknown_record")]
        deputy = Tablet(exchange, "deputy", "d9", clock)
        await deputy.sync()
        assert deputy.rows["matter", "office/d1:1"]["plea"] == "болел, справка у вас"
        deputy.write("matter", "office/d1:1", plea="я за неё")
        deputy.write("matter", "office/d1:1", outcome="approved", note="верю")
        assert await deputy.verdicts() == [("refused", "not_yours"), ("accepted", "")]
        anna.write("matter", "inbox:t1/d1:1", plea="поздно")
        assert await anna.verdicts() == [("refused", "already_decided")]
        await anna.sync()
        told = anna.rows["matter", "inbox:t1/d1:1"]
        assert (told["plea"], told["note"], told["outcome"]) == ("болел, справка у вас", "верю", "approved")

    asyncio.run(story())


@pytest.mark.parametrize("plea", ["", "болел"])
def test_an_approval_leaves_standing_what_came_after_the_held_entry_whatever_was_said_for_it_since(
    exchange: Exchange, clock: Clock, plea: str
) -> None:
    async def story() -> None:
        key = "8b-alg/2026-10-20/2/p1/1"
        anna, deputy = Tablet(exchange, "t1", "d1", clock), Tablet(exchange, "deputy", "d9", clock)
        anna.write("mark", key, value="5")
        assert await anna.verdicts() == [("held", "term_locked")]
        deputy.write("mark", key, value="3")
        assert await deputy.verdicts() == [("accepted", "")]
        if plea:
            anna.write("matter", "inbox:t1/d1:1", plea=plea)
            assert await anna.verdicts() == [("accepted", "")]
        other = Tablet(exchange, "deputy", "d8", clock)
        other.write("matter", "office/d1:1", outcome="approved")
        assert await other.verdicts() == [("accepted", "")]
        with exchange.store.read() as reader:
            heads = reader.get_many("mark", [key])[key].heads["value"]
        assert sorted(str(head.value) for head in heads) == ["3", "5"]

    asyncio.run(story())


@pytest.mark.parametrize(
    ("holder", "who", "outcome"), [("office", "deputy", "declined"), ("inbox:t1", "t1", "withdrawn")]
)
def test_what_is_declined_or_withdrawn_never_reaches_the_cell(
    exchange: Exchange, clock: Clock, holder: str, who: str, outcome: str
) -> None:
    async def story() -> None:
        key = "8b-alg/2026-10-20/2/p1/1"
        anna = Tablet(exchange, "t1", "d1", clock)
        anna.write("mark", key, value="5")
        assert await anna.verdicts() == [("held", "term_locked")]
        decider = anna if who == "t1" else Tablet(exchange, who, "d9", clock)
        decider.write("matter", f"{holder}/d1:1", outcome=outcome)
        assert await decider.verdicts() == [("accepted", "")]
        await anna.sync()
        assert ("mark", key) not in anna.rows
        assert anna.rows["matter", "inbox:t1/d1:1"]["outcome"] == outcome
        with exchange.store.read() as reader:
            assert reader.get_many("matter", ["office/d1:1"])["office/d1:1"].values["outcome"] == outcome

    asyncio.run(story())


def test_excuse_and_presence_never_conflict(exchange: Exchange, clock: Clock) -> None:
    async def story() -> None:
        key = "8b-alg/2026-11-20/2/p1"
        anna, tutor = Tablet(exchange, "t1", "d1", clock), Tablet(exchange, "tutor", "d2", clock)
        anna.write("attendance", key, presence="absent")
        tutor.write("attendance", key, reason="ill")
        assert await anna.verdicts() == [("accepted", "")]
        assert await tutor.verdicts() == [("accepted", "")]
        await anna.sync()
        row = anna.rows["attendance", key]
        assert (row["presence"], row["reason"], row["heads"]) == ("absent", "ill", None)

    asyncio.run(story())


def test_the_lock_of_a_term_is_an_op_and_holds_what_comes_after_it(exchange: Exchange, clock: Clock) -> None:
    async def story() -> None:
        admin, anna = Tablet(exchange, "admin", "d8", clock), Tablet(exchange, "t1", "d1", clock)
        admin.write("term", "2026-2", locked=True, reason="отчёт за четверть")
        assert await admin.verdicts() == [("accepted", "")]
        clock.now += 60_000
        anna.write("mark", MARK, value="5")
        clock.now += 60_000
        judged = (await anna.sync()).judged
        assert reasons(judged) == [("held", "term_locked")]
        assert judged[0].detail["by"] == "admin"
        admin.write("term", "2026-2", locked=False, reason="исправления")
        await admin.sync()
        clock.now += 60_000
        anna.write("mark", MARK, value="4")
        clock.now += 60_000
        assert await anna.verdicts() == [("accepted", "")]

    asyncio.run(story())


def test_a_lock_and_a_right_count_for_what_comes_after_them_in_the_same_commit(
    exchange: Exchange, clock: Clock
) -> None:
    first, second = Tablet(exchange, "t1", "d1", clock), Tablet(exchange, "t1", "d2", clock)
    other, later = Tablet(exchange, "t3", "d3", clock), Tablet(exchange, "t3", "d4", clock)
    admin = Tablet(exchange, "admin", "d8", clock)
    clock.now += 60_000
    first.write("mark", MARK, value="5")
    other.write("plan_item", "8b-alg/7", topic="Дроби")
    admin.write("teaching", "8b-alg/t3/2026-11-19", active=True)
    admin.write("term", "2026-2", locked=True, reason="отчёт за четверть")
    clock.now += 60_000
    later.write("plan_item", "8b-alg/7", topic="Дроби")
    second.write("mark", MARK, value="4")
    clock.now += 60_000

    def run(work: Working) -> list[tuple[str, str]]:
        found = []
        for tablet in (first, other, admin, later, second):
            asked = tablet.request(tablet.ops)
            push = Push(tablet.device, tablet.person, asked.clock, asked.held, -1, "", clock.now)
            found += reasons(decide_push(work, push, offers(asked.ops), {}).judged)
        return found

    accepted = ("accepted", "")
    assert exchange.run(run) == [
        accepted, ("refused", "not_yours"), accepted, accepted, accepted, ("held", "term_locked"),
    ]  # fmt: skip
