"""What goes out: news in pages, digests, and to families only what they may see."""

import asyncio

import msgspec

from server.diary import publish
from server.exchange import Draft, Exchange
from sync.messages import News
from sync.scopes import kinds_in, version_hash
from tests.school import MARK, NOW, Clock, Tablet


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
