"""A restored server is an older server: epochs, re-offer, and a server that finds out by itself."""

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from server.exchange import Exchange
from server.storage.journal import JournalStore
from sync.messages import SyncRequest
from tests.school import Clock, Tablet, open_exchange, reasons

KEY = "8b-alg/2026-11-20/{}/p1/1"


def older_copy(source: Path, target: Path) -> None:
    """What a backup gives back: the database as it was, without what came after."""
    target.mkdir()
    for path in source.glob("journal.db*"):
        shutil.copy(path, target / path.name)


@contextmanager
def older_server(folder: Path, clock: Clock) -> Iterator[Exchange]:
    """The server over what the backup gave back; it has not noticed anything yet."""
    exchange = Exchange(JournalStore(folder / "journal.db", "32"), clock)
    try:
        yield exchange
    finally:
        exchange.close()


def test_after_a_restore_devices_reoffer_and_every_entry_is_there_once(tmp_path: Path) -> None:
    clock = Clock()
    with open_exchange(tmp_path / "a", clock) as exchange:
        anna = Tablet(exchange, "t1", "d1", clock)

        async def before() -> None:
            anna.write("mark", KEY.format(1), value="5")
            await anna.sync()
            older_copy(tmp_path / "a", tmp_path / "b")
            anna.write("mark", KEY.format(2), value="4")
            anna.write("mark", KEY.format(1), value="3")
            await anna.sync()
            assert anna.known == 3

        asyncio.run(before())
    with older_server(tmp_path / "b", clock) as restored:
        restored.new_epoch()
        anna.exchange = restored

        async def after() -> None:
            answer = await anna.send([])
            assert answer.epoch == restored.epoch != anna.epoch
            assert (answer.known, answer.news) == (1, [])
            anna.epoch, anna.cursors, anna.rows = answer.epoch, {}, {}
            answer = await anna.sync()
            assert reasons(answer.judged) == [("accepted", ""), ("accepted", "")]
            assert anna.rows["mark", KEY.format(2)]["value"] == "4"
            assert anna.rows["mark", KEY.format(1)]["value"] == "3"
            assert (await anna.send(anna.ops)).judged[1:] == answer.judged, "offered again: answered as before"
            assert len([row for row in anna.rows if row[0] == "mark"]) == 2

        asyncio.run(after())


def test_a_server_that_meets_a_device_that_knows_more_concludes_that_it_was_restored(tmp_path: Path) -> None:
    clock = Clock()
    with open_exchange(tmp_path / "a", clock) as exchange:
        anna = Tablet(exchange, "t1", "d1", clock)

        async def before() -> None:
            await anna.sync()
            older_copy(tmp_path / "a", tmp_path / "b")
            anna.write("mark", KEY.format(2), value="4")
            await anna.sync()
            await anna.sync()

        asyncio.run(before())
    with older_server(tmp_path / "b", clock) as restored:
        first = restored.epoch
        anna.exchange = restored

        async def after() -> None:
            answer = await anna.send([])
            assert answer.epoch != first
            assert restored.epochs[-1].parted_seq < max(anna.cursors.values())
            anna.epoch, anna.cursors = answer.epoch, {}
            assert reasons((await anna.sync()).judged) == [("accepted", "")]

        asyncio.run(after())


def test_a_receipt_of_a_lost_history_is_noticed_when_the_entry_came_here_under_another_name(tmp_path: Path) -> None:
    """A copy of her tablet has brought it, renumbered, to the restored server, and a request of her own came late:
    she would keep a verdict of which nobody here knows."""
    clock = Clock()
    with open_exchange(tmp_path / "a", clock) as exchange:
        anna = Tablet(exchange, "t1", "d1", clock)

        async def before() -> SyncRequest:
            await anna.sync()
            older_copy(tmp_path / "a", tmp_path / "b")
            op = anna.write("mark", KEY.format(2), value="4")
            late = anna.request([op])
            await exchange.sync(anna.request([op]), "t1")
            return late

        late, heard = asyncio.run(before()), clock()
    clock.now += 3_600_000
    with older_server(tmp_path / "b", clock) as restored:
        first = restored.epoch

        async def after() -> None:
            came = await Tablet(restored, "t1", "d2", clock).send([{**anna.ops[0], "first": ["d1", 1]}], 1)
            assert (await restored.sync(late, "t1")).judged[0].seq == came.judged[0].seq
            assert restored.epoch == first
            asks = anna.request([])
            asks.heard = heard
            await restored.sync(asks, "t1")
            assert restored.epoch != first
            assert restored.epochs[-1].parted_seq == came.judged[0].seq - 1

        asyncio.run(after())


def test_a_parent_can_not_make_the_server_believe_that_it_was_restored(tmp_path: Path) -> None:
    clock = Clock()
    with open_exchange(tmp_path / "a", clock) as exchange:
        parent = Tablet(exchange, "guardian", "d5", clock)
        parent.cursors = {"diary:p1": 1 << 40}
        epoch = exchange.epoch
        asyncio.run(parent.send([]))
        assert exchange.epoch == epoch


def test_seen_of_an_older_epoch_counts_up_to_where_the_epochs_part(tmp_path: Path) -> None:
    clock = Clock()
    with open_exchange(tmp_path / "a", clock) as exchange:
        anna, deputy = Tablet(exchange, "t1", "d1", clock), Tablet(exchange, "deputy", "d9", clock)

        async def story() -> None:
            anna.write("mark", KEY.format(1), value="5")
            await anna.sync()
            old_epoch, far = anna.epoch, exchange.applied_seq + 1000
            exchange.new_epoch()
            anna.epoch, anna.cursors = exchange.epoch, {}
            anna.write("mark", KEY.format(1), value="4")
            await anna.sync()
            op = deputy.write("mark", KEY.format(1), seen=far, value="2")
            op["seen"] = [old_epoch, far]
            deputy.epoch = exchange.epoch
            await deputy.sync()
            await anna.sync()
            heads = anna.rows["mark", KEY.format(1)]["heads"]["value"]
            assert [h[0] for h in heads] == ["2", "4"], "what came after the parting was not seen"

        asyncio.run(story())
