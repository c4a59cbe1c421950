"""The writer: groups, a full disk, overload. Whatever goes wrong, nobody is told "applied" for what is not on disk."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from server.exchange import Draft, Exchange, LoadReport, Rejected
from server.exchange.decide import decide_drafts
from server.exchange.working import Working
from tests.edge.backing import until
from tests.school import NOW, Clock, Tablet, open_exchange, reasons

KEY = "8b-alg/2026-11-20/{}/p1/1"


def test_many_devices_at_once_share_commits_and_each_gets_its_own_verdicts(tmp_path: Path) -> None:
    clock = Clock()
    with open_exchange(tmp_path, clock) as exchange:
        commits: list[int] = []
        exchange.listeners.append(lambda poke: commits.append(poke.applied_seq))

        async def story() -> None:
            tablets = [Tablet(exchange, "t1", f"d{n}", clock) for n in range(40)]
            before = len(commits)
            for place, tablet in enumerate(tablets):
                for n in range(1, 4):
                    tablet.write("mark", f"8b-alg/2026-11-{10 + place % 10}/{n}/p1/1", value="5")
            answers = await asyncio.gather(*(t.sync() for t in tablets))
            for answer in answers:
                assert [v for v, _ in reasons(answer.judged)] in (["accepted"] * 3, ["superseded"] * 3)
            seqs = [j.seq for a in answers for j in a.judged]
            assert len(set(seqs)) == len(seqs) == 120
            assert len(commits) - before < 40, "waiting syncs are committed together"

        asyncio.run(story())


def fill(exchange: Exchange, pages: int) -> None:
    """Let the database grow by so many pages and no more: SQLite then says that the disk is full."""

    def run(work: object) -> None:
        db = exchange._writer._store._writer
        used = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count={used + pages if pages else 1 << 30}")

    exchange.run(run)


def test_a_full_disk_is_told_nothing_is_applied_and_it_recovers_by_itself(tmp_path: Path) -> None:
    clock = Clock()
    with open_exchange(tmp_path, clock) as exchange:

        async def story() -> None:
            anna = Tablet(exchange, "t1", "d1", clock)
            anna.write("mark", KEY.format(1), value="5")
            await anna.sync()
            fill(exchange, 1)
            head, facts = exchange.applied_seq, len(exchange.facts.records["person"])
            for n in range(2, 200):
                anna.write("lesson", f"8b-alg/2026-11-20/{n}", topic="Очень длинная тема урока " * 10)
            with pytest.raises(Rejected) as refused:
                await anna.sync()
            assert (refused.value.status, refused.value.trouble.error) == (507, "disk_full")
            assert (exchange.applied_seq, len(exchange.facts.records["person"])) == (head, facts)
            fill(exchange, 0)
            answer = await anna.sync()
            assert {v for v, _ in reasons(answer.judged)} == {"accepted"}
            assert answer.known == 199
            assert anna.rows["lesson", "8b-alg/2026-11-20/199"]["topic"].startswith("Очень")

        asyncio.run(story())


def test_facts_of_what_was_undone_are_forgotten_even_when_the_disk_can_not_be_read_at_once(tmp_path: Path) -> None:
    clock = Clock()
    with open_exchange(tmp_path / "school", clock) as exchange:
        known = set(exchange.facts.records["person"])

        def bring_a_stranger(work: Working) -> None:
            decide_drafts(
                work, "import", [Draft("person", "x9", {"last_name": "Чужой"}, NOW, "admin")], NOW, LoadReport()
            )
            raise RuntimeError("after the facts have changed")

        exchange.store._free.clear()
        away = exchange.store.path.parent.rename(tmp_path / "away")  # who opens the database now finds none
        with pytest.raises(Rejected, match="internal"):
            exchange.run(bring_a_stranger)
        away.rename(exchange.store.path.parent)
        exchange.run(lambda work: None)
        assert set(exchange.facts.records["person"]) == known


def test_a_chunk_that_runs_again_because_its_neighbour_failed_is_counted_once(tmp_path: Path) -> None:
    clock = Clock()
    with open_exchange(tmp_path, clock) as exchange:
        started, go_on = threading.Event(), threading.Event()

        def occupy(work: Working) -> None:
            started.set()
            go_on.wait(10)

        def fail(work: Working) -> None:
            raise RuntimeError("a bug")

        with ThreadPoolExecutor(3) as pool:
            first = pool.submit(exchange.run, occupy)
            assert started.wait(10)
            loading = pool.submit(exchange.load, "import", [Draft("subject", "dr", {"name": "Черчение"}, NOW, "admin")])
            until(lambda: exchange._writer._waiting == 1)
            failing = pool.submit(exchange.run, fail)
            until(lambda: exchange._writer._waiting == 2)
            go_on.set()
            assert loading.result(10).accepted == 1
            assert isinstance(failing.exception(10), Rejected) and first.result(10) is None
