"""The write path with a real database: what is answered is on disk, once, whatever is sent."""

import asyncio
from pathlib import Path
from typing import Any

import msgspec
import pytest

from server.diary import publish
from server.exchange import Draft, Exchange, Rejected
from server.exchange.decide import decide_push
from server.exchange.jobs import Push
from server.exchange.offers import offers
from server.exchange.working import Working
from server.storage.journal import JournalStore
from sync.messages import News
from sync.scopes import kinds_in, version_hash
from tests.school import NOW, Clock, Tablet, reasons

MARK = "8b-alg/2026-11-20/2/p1/1"
DAY = 86_400_000


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


def test_a_gap_in_the_numbers_stops_the_batch_and_is_told(exchange: Exchange, clock: Clock) -> None:
    async def story() -> None:
        anna = Tablet(exchange, "t1", "d1", clock)
        ops = [anna.write("mark", f"8b-alg/2026-11-20/{n}/p1/1", value="5") for n in range(1, 4)]
        answer = await anna.send([ops[0], ops[2]])
        assert (answer.known, answer.missing, len(answer.judged)) == (1, 1, 1)
        assert len((await anna.sync()).judged) == 2

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


def test_digests_kept_by_difference_equal_digests_counted_anew(exchange: Exchange, clock: Clock) -> None:
    async def story() -> None:
        anna = Tablet(exchange, "t1", "d1", clock)
        for n in range(1, 6):
            anna.write("mark", f"8b-alg/2026-11-20/{n % 3 + 1}/p1/1", value="5")
            anna.write("lesson", f"8b-alg/2026-11-20/{n % 3 + 1}", topic=f"Тема {n}")
        await anna.sync()

    asyncio.run(story())
    exchange.run(lambda work: publish(work, clock()))
    with exchange.store.read() as reader:
        scopes = [row[0] for row in reader.db.execute("SELECT scope FROM scope")]
        assert {"school", "office", "journal:8b-alg", "diary:p1", "bulletin:8b"} <= set(scopes)
        for scope in scopes:
            rows = [(kind, row) for kind in kinds_in(scope) for row in reader.every(kind) if row.scope == scope]
            anew = (len(rows), sum(version_hash(kind, row.key, row.seq) for kind, row in rows) % (1 << 32))
            assert reader.scope_total(scope)[1:] == anew, scope


def test_news_come_in_pages_without_loss_and_without_doubles(exchange: Exchange, clock: Clock) -> None:
    def keys(news: News) -> list[tuple[str, str]]:
        sent = msgspec.json.decode(msgspec.json.encode(news.tables))
        return [(kind, row[0]) for kind, table in sent.items() for row in table["rows"]]

    with exchange.store.read() as reader:
        whole = next(reader.news({"school": 0}, reader.head(), 10_000)).news
        for size in (1, 2, 3, 7):
            after, seen = 0, list[tuple[str, str]]()
            while True:
                page = next(reader.news({"school": after}, reader.head(), size)).news
                seen += keys(page)
                after = page.upto
                if not page.more:
                    break
            assert sorted(seen) == sorted(keys(whole))
            assert page.total == whole.total


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


def test_a_parent_holds_the_diary_of_the_own_child_only(exchange: Exchange, clock: Clock) -> None:
    async def story() -> None:
        anna, parent = Tablet(exchange, "t1", "d1", clock), Tablet(exchange, "guardian", "d5", clock)
        anna.write("mark", MARK, value="5")
        anna.write("mark", MARK.replace("p1", "p3"), value="2")
        await anna.sync()
        exchange.run(lambda work: publish(work, clock()))
        parent.cursors = {"journal:8b-alg": 0, "school": 0, "office": 0, "diary:p3": 0, "class:8b": 0}
        answer = await parent.sync()
        assert sorted(answer.lost) == ["class:8b", "diary:p3", "journal:8b-alg", "office", "school"]
        assert {n.scope for n in answer.news} == {"diary:p1", "bulletin:8b"}
        assert parent.rows["diary", "p1/2026-11-20/2/8b-alg"]["marks"] == [["5", None]]
        parent.write("mark", MARK, value="5")
        assert await parent.verdicts() == [("refused", "not_yours")]

    asyncio.run(story())


def test_without_consent_nothing_is_published_and_the_scope_is_taken_away(exchange: Exchange, clock: Clock) -> None:
    async def story() -> None:
        parent = Tablet(exchange, "guardian", "d5", clock)
        exchange.run(lambda work: publish(work, clock()))
        await parent.sync()
        exchange.load("import", [Draft("consent", "p1", {"given": False, "reason": "отозвано"}, NOW, "admin")])
        answer = await parent.sync()
        assert sorted(answer.lost) == ["bulletin:8b", "diary:p1"]
        assert exchange.scopes_of("guardian").default == ()

    asyncio.run(story())


def test_what_is_held_is_not_published(exchange: Exchange, clock: Clock) -> None:
    async def story() -> None:
        anna = Tablet(exchange, "t1", "d1", clock)
        anna.write("mark", "8b-alg/2026-10-20/2/p1/1", value="2")
        assert await anna.verdicts() == [("held", "term_locked")]

    asyncio.run(story())
    exchange.run(lambda work: publish(work, clock()))
    with exchange.store.read() as reader:
        assert [row.key for row in reader.every("diary")] == []


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
