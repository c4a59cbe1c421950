"""The staff-room storm: 60 tablets come back into the wifi at once, each with its entries, then all converge.

A tablet first hands in its ops, asking for what its teacher holds by default; then it asks for all 60 journals until
nothing is left. Afterwards everything is checked: each op accepted, each tablet with the same rows, by digest.
"""

import asyncio
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from typing import Any

import msgspec

from sync.messages import MAX_OPS
from sync.scopes import SUM, version_hash
from tests.bench.serving import Served, serving
from tests.bench.staffroom import TEACHERS, Room, ops_of
from tests.bench.wire import Answer, Caller


class Moved(msgspec.Struct):
    """What a tablet must read of a scope's news to go on asking; the rows are left for later."""

    scope: str
    upto: int
    more: bool


class Read(msgspec.Struct):
    """The same of a whole answer."""

    news: list[Moved]


class Storm(msgspec.Struct):
    """How a storm went: seconds of the pushes and of the whole, the server's processor time, its memory in MB."""

    ops: int
    push_s: float
    whole_s: float
    push_cpu_s: float
    whole_cpu_s: float
    rss: float
    peak: float

    @property
    def push_ops_per_s(self) -> float:
        """Ops decided and on disk per second, until the last tablet has its verdicts."""
        return self.ops / self.push_s


_read = msgspec.json.Decoder(Read)


def storm(room: Room, count: int) -> Storm:
    """Let the storm loose on a server of the product."""
    with serving("product", room.data) as server:
        return asyncio.run(_storm(room, server, count))


def bare(room: Room, count: int, data: Path) -> float:
    """Ops per second of the ceiling: the same bytes, stored without any rules."""
    data.mkdir(exist_ok=True)
    with serving("bare", data) as server:
        return TEACHERS * count / asyncio.run(_pushes_alone(room, server, count))


@contextmanager
def _quiet_collector() -> Iterator[None]:
    """No pause for garbage on the tablets' side while the clock runs."""
    import gc

    gc.disable()
    try:
        yield
    finally:
        gc.enable()


async def _pushes_alone(room: Room, server: Served, count: int) -> float:
    async with AsyncExitStack() as stack:
        callers = [await stack.enter_async_context(Caller(server.port, tablet)) for tablet in room.tablets]
        pushes = [_batches(room, caller, count, {}) for caller in callers]
        with _quiet_collector():
            began = time.perf_counter()
            await asyncio.gather(*(_push(*both) for both in zip(callers, pushes, strict=True)))
            return time.perf_counter() - began


async def _storm(room: Room, server: Served, count: int) -> Storm:
    async with AsyncExitStack() as stack:
        callers = [await stack.enter_async_context(Caller(server.port, tablet)) for tablet in room.tablets]
        held = [_cursors((await caller.ask(caller.request({}, [], 0))).plain(), {}) for caller in callers]
        pushes = [_batches(room, caller, count, cursors) for caller, cursors in zip(callers, held, strict=True)]
        with _quiet_collector():
            began, used = time.perf_counter(), server.cpu()
            judged = await asyncio.gather(*(_push(*both) for both in zip(callers, pushes, strict=True)))
            pushed, push_cpu = time.perf_counter() - began, server.cpu() - used
            pulled = await asyncio.gather(*(_pull(*all_) for all_ in zip(callers, judged, held, strict=True)))
            whole, whole_cpu = time.perf_counter() - began, server.cpu() - used
        _check(judged, pulled, count)
        ops = count * len(callers)
        return Storm(ops, pushed, whole, push_cpu, whole_cpu, server.memory(), server.memory("VmHWM"))


def _batches(room: Room, caller: Caller, count: int, cursors: dict[str, int]) -> list[bytes]:
    ops = ops_of(room, caller.tablet, count)
    return [caller.request(cursors, ops[at : at + MAX_OPS], count) for at in range(0, count, MAX_OPS)]


async def _push(caller: Caller, batches: list[bytes]) -> list[Answer]:
    return [await caller.ask(batch) for batch in batches]


async def _pull(caller: Caller, judged: list[Answer], held: dict[str, int]) -> list[Answer]:
    """Ask for every journal from the start until nothing is left, the tablet's own from where its push has left it."""
    cursors = {f"journal:j{n:02d}": 0 for n in range(TEACHERS)} | held
    for answer in judged:
        cursors = _cursors(answer.plain(), cursors)
    answers: list[Answer] = []
    while True:
        answers.append(await caller.ask(caller.request(cursors, [], 0)))
        news = _read.decode(answers[-1].plain()).news
        if not news:
            return [*judged, *answers]
        cursors |= {one.scope: one.upto for one in news}


def _cursors(body: bytes, cursors: dict[str, int]) -> dict[str, int]:
    return cursors | {one.scope: one.upto for one in _read.decode(body).news}


def _check(judged: list[list[Answer]], pulled: list[list[Answer]], count: int) -> None:
    for answers in judged:
        verdicts = [entry[1] for answer in answers for entry in msgspec.json.decode(answer.plain())["judged"]]
        assert verdicts == ["accepted"] * count, set(verdicts)
    digests = [_digests(answers) for answers in pulled]
    assert len(digests[0]) == TEACHERS
    assert sum(seen for seen, _ in digests[0].values()) == count * TEACHERS
    assert all(one == digests[0] for one in digests), "the tablets have not converged"


def _digests(answers: list[Answer]) -> dict[str, tuple[int, int]]:
    """Journal -> digest of the rows received, each compared with what the server has told of the scope."""
    seqs: dict[str, dict[str, int]] = {}
    told: dict[str, tuple[int, int]] = {}
    for answer in answers:
        message: dict[str, Any] = msgspec.json.decode(answer.plain())
        for news in message["news"]:
            if news["scope"].startswith("journal:"):
                rows = seqs.setdefault(news["scope"], {})
                for kind, table in news["tables"].items():
                    rows |= {f"{kind} {row[0]}": row[1] for row in table["rows"]}
                if news["total"]:
                    told[news["scope"]] = tuple(news["total"])
    found = {}
    for scope, rows in seqs.items():
        total = sum(version_hash(*name.split(" "), seq) for name, seq in rows.items())
        found[scope] = (len(rows), total % SUM)
    assert found == told, "a tablet's rows are not what the server says they are"
    return found
