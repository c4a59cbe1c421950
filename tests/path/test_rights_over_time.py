"""Rights and locks that change while entries wait on a tablet: each entry is judged for the moment it was written."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from server.exchange import Draft, Exchange
from tests.school import MARK, Clock, Tablet

YES, NOT_YOURS = ("accepted", ""), ("refused", "not_yours")
HOUR = 3_600_000


def lives(story: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(story())


async def turn(admin: Tablet, clock: Clock, state: str) -> tuple[str, str]:
    """An hour later the year is put into another state; answers the verdict."""
    clock.now += HOUR
    admin.write("year", "2026", state=state, reason="приказ № 7")
    return (await admin.verdicts())[0]


async def looks(tablet: Tablet, clock: Clock, when: str) -> None:
    """A contact, so that what is written next is known to be later and what waits is known to be earlier."""
    clock.set(when)
    await tablet.send([], held=len(tablet.ops))


def test_of_a_dismissed_teachers_entries_those_before_the_end_are_taken(exchange: Exchange, clock: Clock) -> None:
    async def story() -> None:
        anna, admin = Tablet(exchange, "t1", "d1", clock), Tablet(exchange, "deputy", "d9", clock)
        clock.set("2026-11-20T12:00")
        anna.write("mark", MARK, value="5")
        await looks(anna, clock, "2026-11-20T13:00")  # declared, not delivered
        admin.write("teaching", "8b-alg/t1/2026-09-01", ends="2026-11-21")
        assert await admin.verdicts() == [YES]
        await looks(anna, clock, "2026-11-23T09:00")
        clock.set("2026-11-23T10:00")
        anna.write("mark", MARK, value="4")
        clock.set("2026-11-23T11:00")
        answer = await anna.sync()
        assert [(j.verdict, j.reason) for j in answer.judged] == [YES, NOT_YOURS]
        assert "journal:8b-alg" in answer.lost, "delivered first, then given up: in one and the same round"
        assert (await anna.sync()).lost == ["journal:8b-alg"], "asked for again, refused again"

    lives(story)


def test_a_right_called_off_at_once_takes_in_nothing_written_after_it(exchange: Exchange, clock: Clock) -> None:
    async def story() -> None:
        anna, deputy = Tablet(exchange, "t1", "d1", clock), Tablet(exchange, "deputy", "d9", clock)
        await anna.sync()
        deputy.write("teaching", "8b-alg/t1/2026-09-01", ends="2026-11-20")
        await deputy.sync()
        for n in range(1, 21):
            clock.now += 60_000
            anna.write("mark", f"8b-alg/2026-11-20/{n}/p1/1", value="5")
        clock.now += 60_000
        assert await anna.verdicts() == [NOT_YOURS] * 20
        assert not [key for kind, key in anna.rows if kind == "mark"]

    lives(story)


def test_a_mad_clock_does_not_bring_a_right_back(exchange: Exchange, clock: Clock) -> None:
    async def story() -> None:
        anna, deputy = Tablet(exchange, "t1", "d1", clock), Tablet(exchange, "deputy", "d9", clock)
        await anna.sync()
        deputy.write("teaching", "8b-alg/t1/2026-09-01", ends="2026-11-20")
        await deputy.sync()
        clock.now += HOUR
        op = anna.write("mark", MARK, value="5")
        op["at"] -= 40 * 24 * HOUR
        assert await anna.verdicts() == [NOT_YOURS]

    lives(story)


def test_a_substitute_for_one_lesson_writes_that_lesson_only_and_its_teacher_gives_way_there(
    exchange: Exchange, clock: Clock
) -> None:
    async def story() -> None:
        deputy, boris = Tablet(exchange, "deputy", "d9", clock), Tablet(exchange, "t3", "d3", clock)
        anna = Tablet(exchange, "t1", "d1", clock)
        deputy.write("substitution", "8b-alg/t3/2026-11-20", ends="2026-11-21", numbers=[2], reason="совещание")
        assert await deputy.verdicts() == [YES]
        clock.now += HOUR
        for number in (2, 3):
            boris.write("mark", f"8b-alg/2026-11-20/{number}/p1/1", value="5")
            anna.write("mark", f"8b-alg/2026-11-20/{number}/p1/1", value="3")
        clock.now += HOUR
        assert await boris.verdicts() == [YES, NOT_YOURS]
        assert await anna.verdicts() == [("superseded", "lost"), YES]

    lives(story)


def test_a_pupil_who_left_takes_no_later_lesson_and_keeps_the_earlier_ones(exchange: Exchange, clock: Clock) -> None:
    async def story() -> None:
        anna, admin = Tablet(exchange, "t1", "d1", clock), Tablet(exchange, "admin", "d8", clock)
        for day in ("19", "20"):
            anna.write("mark", f"8b-alg/2026-11-{day}/2/p1/1", value="5")
        admin.write("enrolment", "8b/p1/2026-09-01", ends="2026-11-20")
        assert await admin.verdicts() == [YES]
        clock.now += HOUR
        assert await anna.verdicts() == [YES, ("refused", "not_enrolled")]

    lives(story)


def test_a_pupil_who_goes_to_another_subgroup_keeps_the_lessons_before_that_day(
    exchange: Exchange, clock: Clock
) -> None:
    async def story() -> None:
        anna, deputy = Tablet(exchange, "t1", "d1", clock), Tablet(exchange, "deputy", "d9", clock)
        for day in ("19", "20"):
            anna.write("mark", f"8b-eng1/2026-11-{day}/2/p1/1", value="5")
        deputy.write("member", "8b/eng1/p1", active=False, since="2026-11-20")
        assert await deputy.verdicts() == [YES]
        clock.now += HOUR
        assert await anna.verdicts() == [YES, ("refused", "not_enrolled")]

    lives(story)


def test_what_is_opened_for_one_by_name_is_open_to_that_one_until_its_end(exchange: Exchange, clock: Clock) -> None:
    async def story() -> None:
        anna, deputy = Tablet(exchange, "t1", "d1", clock), Tablet(exchange, "deputy", "d9", clock)
        await anna.sync()
        opening = {"term": "2026-1", "ends": "2026-11-22", "reason": "болела"}
        deputy.write("opening", "t1/2026-11-20/o1", **opening)
        deputy.write("opening", "t1/2026-11-20/o2", **{**opening, "reason": " "})
        assert await deputy.verdicts() == [YES, ("refused", "bad_value")]
        old = "8b-alg/2026-10-20/2/p1/1"
        clock.set("2026-11-20T15:00")
        anna.write("mark", old, value="4")
        await looks(anna, clock, "2026-11-20T16:00")
        clock.set("2026-11-22T00:00")
        await anna.send([], held=1)
        clock.set("2026-11-22T09:00")
        anna.write("mark", old, value="5")
        clock.set("2026-11-22T10:00")
        assert await anna.verdicts() == [YES, ("held", "term_locked")]

    lives(story)


WAYS = {
    "created": [{"value": "5"}],
    "changed": [{"value": "5"}, {"value": "4"}],
    "cleared": [{"value": "5"}, {"value": None}],
    "commented": [{"comment": "у доски"}],
    "in bulk": [{"value": "5"}] * 200,
}


@pytest.mark.parametrize("way", WAYS)
def test_a_lock_holds_whatever_is_done_to_a_mark(exchange: Exchange, clock: Clock, way: str) -> None:
    async def story() -> None:
        anna = Tablet(exchange, "t1", "d1", clock)
        await anna.sync()
        clock.now += HOUR
        for place, cells in enumerate(WAYS[way]):
            anna.write("mark", f"8b-alg/2026-10-20/{1 + place % 9}/p1/1", **cells)
        clock.now += HOUR
        assert set(await anna.verdicts()) == {("held", "term_locked")}
        assert not [key for kind, key in anna.rows if kind == "mark"]

    lives(story)


def test_after_a_new_epoch_a_lock_still_holds_what_is_offered_again(exchange: Exchange, clock: Clock) -> None:
    async def story() -> None:
        anna = Tablet(exchange, "t1", "d1", clock)
        await anna.sync()
        clock.now += HOUR
        anna.write("mark", "8b-alg/2026-10-20/2/p1/1", value="5")
        exchange.new_epoch()
        anna.epoch, anna.cursors = exchange.epoch, {}
        clock.now += HOUR
        assert await anna.verdicts() == [("held", "term_locked")]

    lives(story)


def test_a_year_is_locked_then_archived_and_nobody_writes_in_the_archive(exchange: Exchange, clock: Clock) -> None:
    async def story() -> None:
        admin, anna = Tablet(exchange, "admin", "d8", clock), Tablet(exchange, "t1", "d1", clock)
        deputy = Tablet(exchange, "deputy", "d9", clock)
        await asyncio.gather(anna.sync(), deputy.sync())

        async def writes(who: Tablet) -> tuple[str, str]:
            clock.now += HOUR
            await who.sync()
            who.write("mark", MARK, value="4")
            clock.now += 1000
            return (await who.verdicts())[0]

        assert await turn(admin, clock, "archived") == ("refused", "illegal_step")
        assert await turn(admin, clock, "locked") == YES
        assert (await writes(anna), await writes(deputy)) == (("held", "year_locked"), YES)
        assert await turn(admin, clock, "archived") == YES
        archived = ("refused", "year_archived")
        assert (await writes(anna), await writes(deputy)) == (archived, archived)
        assert await turn(admin, clock, "open") == ("refused", "illegal_step")
        await admin.sync()
        assert [change[1] for change in admin.rows["year", "2026"]["changes"]] == ["locked", "archived"]

    lives(story)


def test_nothing_is_approved_into_an_archived_year_and_what_waited_stays_where_people_see_it(
    exchange: Exchange, clock: Clock
) -> None:
    async def story() -> None:
        admin, anna = Tablet(exchange, "admin", "d8", clock), Tablet(exchange, "t1", "d1", clock)
        deputy = Tablet(exchange, "deputy", "d9", clock)
        await asyncio.gather(anna.sync(), deputy.sync())

        assert await turn(admin, clock, "locked") == YES
        clock.now += HOUR
        await anna.sync()
        for value, lesson in (("4", 2), ("3", 3), ("2", 4)):
            anna.write("mark", f"8b-alg/2026-11-20/{lesson}/p1/1", value=value)
        clock.now += HOUR
        assert await anna.verdicts() == [("held", "year_locked")] * 3
        await deputy.sync()
        deputy.write("matter", "office/d1:1", outcome="approved")
        clock.now += 1000
        assert await deputy.verdicts() == [YES], "a locked year takes in what is approved"
        assert await turn(admin, clock, "archived") == YES
        clock.now += HOUR
        await deputy.sync()
        deputy.write("matter", "office/d1:2", outcome="approved")
        deputy.write("matter", "office/d1:3", outcome="declined", note="год в архиве")
        clock.now += 1000
        assert await deputy.verdicts() == [("refused", "year_archived"), YES]
        await asyncio.gather(deputy.sync(), anna.sync())
        marks = {key: row["value"] for (kind, key), row in anna.rows.items() if kind == "mark"}
        assert marks == {"8b-alg/2026-11-20/2/p1/1": "4"}
        for tablet, holder in ((deputy, "office"), (anna, "inbox:t1")):
            waits, declined = (tablet.rows["matter", f"{holder}/d1:{n}"] for n in (2, 3))
            assert (waits["outcome"], waits["verdict"], waits["set"]) == (None, "held", {"value": "3"})
            assert (declined["outcome"], declined["note"]) == ("declined", "год в архиве")
        why = deputy.rows["matter", "office/d9:2"]
        assert (why["target"], why["reason"], why["detail"]["year"]) == ("office/d1:2", "year_archived", "2026")

    lives(story)


def test_an_approval_that_is_itself_approved_after_the_archive_writes_nothing(exchange: Exchange, clock: Clock) -> None:
    async def story() -> None:
        admin, anna = Tablet(exchange, "admin", "d8", clock), Tablet(exchange, "t1", "d1", clock)
        deputy, other = Tablet(exchange, "deputy", "d9", clock), Tablet(exchange, "deputy", "d7", clock)
        await asyncio.gather(anna.sync(), deputy.sync())

        assert await turn(admin, clock, "locked") == YES
        clock.now += HOUR
        await anna.sync()
        anna.write("mark", MARK, value="4")
        clock.now += HOUR
        assert await anna.verdicts() == [("held", "year_locked")]
        deputy.write("matter", "office/d1:1", outcome="approved")
        deputy.ops[0] |= {"at": 0}  # a clock that nobody can trust, and the archive between two contacts
        assert await turn(admin, clock, "archived") == YES
        clock.now += HOUR
        assert await deputy.verdicts() == [("held", "in_doubt")]
        await other.sync()
        other.write("matter", "office/d9:1", outcome="approved")
        clock.now += 1000
        assert await other.verdicts() == [("refused", "year_archived")]
        await anna.sync()
        assert ("mark", MARK) not in anna.rows

    lives(story)


def test_nothing_is_imported_into_an_archived_year(exchange: Exchange, clock: Clock) -> None:
    for state in ("locked", "archived"):
        clock.now += HOUR
        report = exchange.load(
            "import", [Draft("year", "2026", {"state": state, "reason": "приказ"}, clock.now, "admin")]
        )
        assert report.accepted == 1
        clock.now += HOUR
        mark = Draft("mark", f"8b-alg/2026-11-20/{len(state)}/p1/1", {"value": "5"}, clock.now, "t1")
        refused = exchange.load("import", [mark]).refused
        assert [reason for _, reason in refused] == (["year_archived"] if state == "archived" else [])


def test_what_happened_at_a_lesson_is_not_written_before_its_day(exchange: Exchange, clock: Clock) -> None:
    async def story() -> None:
        anna, tutor = Tablet(exchange, "t1", "d1", clock), Tablet(exchange, "tutor", "d4", clock)
        await asyncio.gather(anna.sync(), tutor.sync())
        tomorrow = "8b-alg/2026-11-21/2"
        clock.set("2026-11-20T23:00")
        anna.write("mark", f"{tomorrow}/p1/1", value="5")
        anna.write("attendance", f"{tomorrow}/p1", presence="absent")
        anna.write("lesson", tomorrow, topic="Теорема Виета", homework="№ 7")
        tutor.write("attendance", f"{tomorrow}/p1", reason="valid")
        clock.set("2026-11-20T23:30")
        not_begun = ("refused", "not_begun")
        assert (await anna.verdicts(), await tutor.verdicts()) == ([not_begun, not_begun, YES], [YES])
        clock.set("2026-11-20T23:59")
        anna.write("mark", f"{tomorrow}/p1/1", value="4")
        clock.set("2026-11-21T08:00")
        assert await anna.verdicts() == [YES], "it may have been written in time: no clock is asked"

    lives(story)


def test_entries_of_thirteen_months_ago_are_taken(exchange: Exchange, clock: Clock) -> None:
    async def story() -> None:
        anna = Tablet(exchange, "t1", "d1", clock)
        await anna.sync()
        for n in range(1, 31):
            clock.now += 60_000
            anna.write("mark", f"8b-alg/2026-11-20/{n}/p1/1", value="5")
        clock.set("2027-12-24T11:00")
        answer = await anna.sync()
        assert {j.verdict for j in answer.judged} == {"accepted"}
        assert answer.known == 30

    lives(story)


def test_a_lock_that_comes_right_after_the_last_contact_binds_whatever_a_clock_says(
    exchange: Exchange, clock: Clock
) -> None:
    """An entry whose claim lay before the contact was judged for the moment of the contact itself, which was just
    before the lock, though it had been written after it (seed 14216 of the simulation)."""

    async def story() -> None:
        anna, admin = Tablet(exchange, "t1", "d1", clock), Tablet(exchange, "admin", "d8", clock)
        clock.now += 1
        admin.write("term", "2026-2", locked=True, reason="отчёт за четверть")
        clock.now += HOUR
        assert await admin.verdicts() == [YES]
        anna.skew = -40 * 365 * 24 * HOUR  # for this entry alone
        anna.write("mark", MARK, value="5")
        anna.skew = 0
        clock.now += HOUR
        assert await anna.verdicts() == [("held", "term_locked")]

    lives(story)
