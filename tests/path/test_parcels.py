"""Sealed ops on the write path: what the bringing proves, and that it proves nothing else."""

import asyncio
from typing import Any

import msgspec
import pytest

from server.exchange import Exchange
from server.exchange.jobs import Pushed
from server.exchange.offers import offers
from server.parcels import decide
from sync.messages import Parcel, Parcels
from tests.school import Clock, Tablet, reasons

MINUTE = 60_000


async def bring(exchange: Exchange, tablet: Tablet, ops: list[dict[str, Any]]) -> Pushed:
    """What a bearer does with opened parcels."""
    return await exchange.deliver(
        tablet.device, tablet.person, offers([msgspec.Raw(msgspec.json.encode(o)) for o in ops])
    )


def place(n: int) -> str:
    return f"8b-alg/2026-11-20/2/p1/{n}"


def locked(exchange: Exchange, clock: Clock, *, after: int) -> None:
    """The term is locked some minutes from now."""

    async def story() -> None:
        admin = Tablet(exchange, "admin", "d8", clock)
        clock.now += after * MINUTE
        admin.write("term", "2026-2", locked=True, reason="отчёт за четверть")
        assert await admin.verdicts() == [("accepted", "")]

    asyncio.run(story())


def test_an_edge_between_the_last_contact_and_the_bringing_holds_a_sealed_entry(
    exchange: Exchange, clock: Clock
) -> None:
    anna = Tablet(exchange, "t1", "d1", clock)
    op = anna.write("mark", place(1), value="5")
    locked(exchange, clock, after=5)
    clock.now += 5 * MINUTE
    assert reasons(asyncio.run(bring(exchange, anna, [op])).judged) == [("held", "in_doubt")]


def test_a_sealed_entry_that_was_declared_before_the_edge_is_accepted(exchange: Exchange, clock: Clock) -> None:
    async def declared() -> dict[str, Any]:
        op = anna.write("mark", place(1), value="5")
        await anna.send([])
        return op

    anna = Tablet(exchange, "t1", "d1", clock)
    clock.now += MINUTE
    op = asyncio.run(declared())
    locked(exchange, clock, after=5)
    clock.now += 5 * MINUTE
    assert reasons(asyncio.run(bring(exchange, anna, [op])).judged) == [("accepted", "in_grace")]


def test_a_clock_that_claims_to_be_before_the_edge_has_no_say_in_a_parcel(exchange: Exchange, clock: Clock) -> None:
    """The same entry, synced by its device, is accepted on its steady clock."""
    sealed, plain = Tablet(exchange, "t1", "d1", clock), Tablet(exchange, "t1", "d2", clock)
    ops = [sealed.write("mark", place(1), value="5"), plain.write("mark", place(2), value="5")]
    locked(exchange, clock, after=5)
    clock.now += 5 * MINUTE
    assert asyncio.run(plain.verdicts()) == [("accepted", "on_clock")]
    assert reasons(asyncio.run(bring(exchange, sealed, ops[:1])).judged) == [("held", "in_doubt")]


@pytest.mark.parametrize("replays", [1, 100])
def test_the_bringing_of_parcels_leaves_the_evidence_of_later_entries_as_it_was(
    exchange: Exchange, clock: Clock, replays: int
) -> None:
    """Whoever holds parcels back, brings them late or a hundred times, moves no bound of an honest entry."""

    def contacts(tablet: Tablet) -> Any:
        with exchange.store.read() as reader:
            row = reader.device(tablet.device)
            return row and (row.contacts, row.claim, row.at)

    anna, twin = Tablet(exchange, "t1", "d1", clock), Tablet(exchange, "t1", "d2", clock)
    ops = [t.write("mark", place(n), value="5") for n, t in enumerate((anna, twin))]
    before = contacts(anna)
    for _ in range(replays):
        clock.now += MINUTE
        assert asyncio.run(bring(exchange, anna, ops[:1])).known == 1
    assert contacts(anna) == before
    later = [t.write("mark", place(n), value="4") for n, t in enumerate((anna, twin), 10)]
    assert later[0]["n"] == later[1]["n"] == 2
    locked(exchange, clock, after=5)
    clock.now += 5 * MINUTE
    ours, others = asyncio.run(anna.send(later[:1])), asyncio.run(twin.send([ops[1], later[1]]))
    assert reasons(ours.judged) == reasons(others.judged)[1:] == [("accepted", "on_clock")]
    with exchange.store.read() as reader:
        found = [e for n in (10, 11) for e in reader.entries_of("mark", place(n))]
    assert len({(e.after, e.before, e.written) for e in found}) == 1


def test_the_order_of_arrival_of_parcels_does_not_matter(exchange: Exchange, clock: Clock) -> None:
    anna = Tablet(exchange, "t1", "d1", clock)
    first, second = (anna.write("mark", place(n), value="5") for n in (1, 2))
    clock.now += MINUTE
    gap = asyncio.run(bring(exchange, anna, [second]))
    assert (gap.known, gap.missing, gap.judged) == (0, 0, [])
    clock.now += MINUTE
    both = asyncio.run(bring(exchange, anna, [first, second]))
    assert (both.known, reasons(both.judged)) == (2, [("accepted", "")] * 2)


def test_a_device_that_a_restore_has_forgotten_delivers_too(exchange: Exchange, clock: Clock) -> None:
    anna = Tablet(exchange, "t1", "d1", clock)
    op = anna.write("mark", place(1), value="5")
    anna.device = "dforgotten"
    found = asyncio.run(bring(exchange, anna, [op]))
    assert found.known == 1
    assert reasons(found.judged)[0][0] in ("accepted", "held")
    assert exchange.owner("dforgotten") == "t1"


def test_who_was_dismissed_gets_no_new_identity_and_an_old_copy_delivers_all_the_same(
    exchange: Exchange, clock: Clock
) -> None:
    anna = Tablet(exchange, "t1", "d1", clock)
    op = anna.write("mark", place(1), value="5")
    asyncio.run(anna.sync())
    said = Parcels(1, "d1", 1, [Parcel(1, "", "", "")])
    other = [msgspec.json.encode({**op, "set": {"value": "4"}})]
    for dismissed, refused, decided in ((False, [1], 0), (True, [], 1), (True, [], 1)):
        found = asyncio.run(decide(exchange, said, list(other), "t1", None, dismissed=dismissed))
        assert found is not None
        receipts, judged = found
        assert (receipts.refused, receipts.revoked, len(judged)) == (refused, dismissed, decided)
    assert len(exchange.history("mark", place(1))) == 2
