"""What a tablet waits for: one lesson handed in, a cold start, and a staff room in which everybody starts cold.

Server time of a cold start is what the server says of itself (`zvonok_sync_seconds`): from the request to the packed
answer, without the network.
"""

import asyncio
import time
from statistics import median

import msgspec

from tests.bench.serving import Served, serving
from tests.bench.staffroom import OPS_PER_LESSON, TEACHERS, Room, Tablet, ops_of
from tests.bench.wire import Answer, Caller

LESSONS = 400
TRIES = 15


class Lesson(msgspec.Struct):
    """Milliseconds from the first byte sent to the last one received, for 30 ops in one round trip; and the same for
    the ceiling, SQLite with fsync behind Starlette."""

    p50: float
    p99: float
    ceiling_p50: float
    ceiling_p99: float


class Cold(msgspec.Struct):
    """A cold start: rows, milliseconds at the server (all pages, the median of several), bytes packed and unpacked."""

    rows: int
    server_ms: float
    packed: int
    plain: int


class Pull(msgspec.Struct):
    """60 tablets that ask for the same rows at once: seconds until the last one has them, the ceiling (Starlette that
    answers the same bytes) and the server's processor time."""

    rows: int
    seconds: float
    ceiling_s: float
    cpu_s: float


def lesson(room: Room) -> Lesson:
    """One tablet after another hands in a lesson."""
    with serving("product", room.data) as server:
        times = sorted(asyncio.run(_lessons(room, server, judged=True)))
    aside = room.data / "bare"
    aside.mkdir()
    with serving("bare", aside) as server:
        ceiling = sorted(asyncio.run(_lessons(room, server, judged=False)))
    at = int(LESSONS * 0.99)
    return Lesson(median(times), times[at], median(ceiling), ceiling[at])


async def _lessons(room: Room, server: Served, *, judged: bool) -> list[float]:
    times = []
    for turn in range(LESSONS + 5):  # the first ones warm up
        given, tablet = divmod(turn, TEACHERS)[0], room.tablets[turn % TEACHERS]
        async with Caller(server.port, tablet) as caller:
            cursors = _cursors(await caller.ask(caller.request({}, [], 0))) if judged else {}
            ops = ops_of(room, tablet, OPS_PER_LESSON, first=1 + given * OPS_PER_LESSON, lesson=given)
            answer = await caller.ask(caller.request(cursors, ops, (given + 1) * OPS_PER_LESSON))
        if judged:
            verdicts = [entry[1] for entry in msgspec.json.decode(answer.plain())["judged"]]
            assert verdicts == ["accepted"] * OPS_PER_LESSON
        times.append(answer.seconds * 1000)
    return times[5:]


def cold(room: Room, rows: int) -> Cold:
    """A tablet that has nothing asks for journals of so many rows. Those are handed in first."""
    with serving("product", room.data) as server:
        return asyncio.run(_cold(room, server, rows))


async def _cold(room: Room, server: Served, rows: int) -> Cold:
    journals = await fill(room, server, rows)
    times: list[float] = []
    for turn in range(TRIES):
        tablet = room.tablets[-1 - turn]  # another one each time, but the same rows: what is kept for the next counts
        async with Caller(server.port, tablet) as caller:
            before = await _seconds(server)
            answers = await everything(caller, dict.fromkeys(journals, 0))
            times.append((await _seconds(server) - before) * 1000)
    found = sum(len(t["rows"]) for a in answers for n in msgspec.json.decode(a.plain())["news"]
                for t in n["tables"].values() if n["scope"] in journals)  # fmt: skip
    return Cold(found, times[0], sum(len(a.body) for a in answers), sum(len(a.plain()) for a in answers))


def pull(room: Room, rows: int) -> Pull:
    """60 tablets lack the same rows."""
    with serving("product", room.data) as server:
        seconds, cpu, answer = asyncio.run(_pulls(room, server, rows))
    aside = room.data / "echo"
    aside.mkdir()
    (aside / "answer").write_bytes(answer)
    with serving("echo", aside) as server:
        ceiling = asyncio.run(_echoes(room, server))
    return Pull(rows, seconds, ceiling, cpu)


async def _pulls(room: Room, server: Served, rows: int) -> tuple[float, float, bytes]:
    journals = dict.fromkeys(await fill(room, server, rows), 0)
    callers = [await Caller(server.port, tablet).__aenter__() for tablet in room.tablets]
    held = [_cursors(await caller.ask(caller.request({}, [], 0))) for caller in callers]
    asked = [c.request(h | journals, [], 0) for c, h in zip(callers, held, strict=True)]
    began, used = time.perf_counter(), server.cpu()
    answers = await asyncio.gather(*(c.ask(a) for c, a in zip(callers, asked, strict=True)))
    seconds, cpu = time.perf_counter() - began, server.cpu() - used
    for caller in callers:
        await caller.__aexit__(None, None, None)
    return seconds, cpu, max((a.body for a in answers), key=len)


async def _echoes(room: Room, server: Served) -> float:
    callers = [await Caller(server.port, tablet).__aenter__() for tablet in room.tablets]
    began = time.perf_counter()
    await asyncio.gather(*(caller.ask(caller.request({}, [], 0)) for caller in callers))
    seconds = time.perf_counter() - began
    for caller in callers:
        await caller.__aexit__(None, None, None)
    return seconds


async def fill(room: Room, server: Served, rows: int) -> list[str]:
    """Hand in entries, 500 per teacher and journal as far as they go; answers the journals."""
    teachers: list[Tablet] = room.tablets[: -(-rows // 500)]
    for place, tablet in enumerate(teachers):
        ops = ops_of(room, tablet, min(500, rows - 500 * place))
        async with Caller(server.port, tablet) as caller:
            answer = await caller.ask(caller.request({}, ops, len(ops)))
            assert answer.status == 200, answer.plain()
    return [f"journal:{tablet.journal}" for tablet in teachers]


async def everything(caller: Caller, cursors: dict[str, int]) -> list[Answer]:
    """Ask until nothing is left; the answers that brought something."""
    answers: list[Answer] = []
    while True:
        answer = await caller.ask(caller.request(cursors, [], 0))
        moved = _cursors(answer)
        if not moved:
            return answers
        answers.append(answer)
        cursors = cursors | moved


def _cursors(answer: Answer) -> dict[str, int]:
    return {news["scope"]: news["upto"] for news in msgspec.json.decode(answer.plain())["news"]}


async def _seconds(server: Served) -> float:
    """Seconds that the server has spent on syncs so far."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(b"GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    text = (await reader.read()).decode()
    writer.close()
    return next(float(line.split()[1]) for line in text.splitlines() if line.startswith("zvonok_sync_seconds_sum"))
