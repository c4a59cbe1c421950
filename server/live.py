"""The live channel: tells open tablets that something changed. Pokes only, gathered, lossy by design; polling repairs.

A commit is heard on the writer's thread, gathered for `GATHER` seconds and then offered to the lines it concerns. A
line that is slow to take pokes keeps one that grows together: the newest seq of each scope, never a queue.

Holds always:
1. A line is poked for scopes that its person may hold, as of at most `REVIEW` seconds ago, and for nothing else.
2. A line ends when its session ends, or when its device or person may hold nothing any more.
3. The receipt of the backup (`durable_seq`) goes to the staff; a family has nothing to wait for.
Not here: the WebSocket itself (`server.routes.live`).
"""

import asyncio
import threading
from collections import defaultdict
from collections.abc import Callable, Coroutine
from typing import Any

from server.accounts import Session
from server.exchange import Exchange
from server.house import House
from server.log import log
from sync.messages import Poke
from sync.scopes import Entitlement

GATHER = 0.05  # seconds
REVIEW = 60.0  # seconds between two looks at rights and sessions
BATCH = 200  # lines whose rights are looked at together, on another thread
STAFF_SCOPE = "school"  # every member of staff holds it, and no family does
RIGHTS_IN = ("school", "office", "class:")  # scopes from which rights are made


Say = Callable[["Line"], Coroutine[Any, Any, None]]


class Line:
    """One open tablet. `say` is started when there is something to say, and asks `take` what it is until that is None.

    No task waits while there is nothing to say: a silent line costs memory only.
    """

    __slots__ = ("_applied", "_due", "_durable", "_say", "_saying", "_scopes", "_task", "over", "right", "session")

    def __init__(self, session: Session, right: Entitlement, say: Say) -> None:
        self.session, self.right = session, right
        self.over = False  # the session has ended
        self._say = say
        self._scopes: dict[str, int] = {}
        self._applied = self._durable = 0
        self._due = self._saying = False
        self._task: asyncio.Task[None] | None = None

    @property
    def staff(self) -> bool:
        """True for a member of staff."""
        return STAFF_SCOPE in self.right.default

    def offer(self, scopes: dict[str, int], applied: int, durable: int) -> None:
        """Poke, or grow the poke that has not been taken yet."""
        self._scopes |= scopes
        self._applied, self._durable = applied, durable if self.staff else 0
        self._rouse()

    def end(self) -> None:
        """The session has ended: `say` finds the line `over`."""
        self.over = True
        self._rouse()

    def take(self) -> Poke | None:
        """The poke to say; None when there is none, or when the line is over."""
        if self.over or not self._due:
            self._saying = self.over
            if not self.over:  # else the task still has the closing to do
                self._task = None
            return None
        self._due = False
        scopes, self._scopes = self._scopes, {}
        return Poke(scopes, self._applied, self._durable)

    async def hang_up(self) -> None:
        """The tablet has gone: whatever is being said is broken off."""
        self.over = self._saying = True
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def _rouse(self) -> None:
        self._due = True
        if not self._saying:
            self._saying = True
            self._task = asyncio.create_task(self._say(self))


class Channel:
    """The lines of one school. All but `_hear` runs on the event loop."""

    def __init__(self, exchange: Exchange, house: House) -> None:
        self.lines: set[Line] = set()
        self._exchange, self._house = exchange, house
        self._loop = asyncio.get_running_loop()
        self._by_scope: dict[str, set[Line]] = defaultdict(set)
        self._wide: set[Line] = set()  # lines that may open further scopes
        self._lock = threading.Lock()
        self._heard: dict[str, int] = {}
        self._waking = False
        self._reviewed_at = 0.0
        exchange.listeners.append(self._hear)
        house.accounts.ended.append(self._session_ended)
        self._reviewing = asyncio.create_task(self._review_for_ever())

    async def open(self, session: Session, say: Say) -> Line:
        """A new line; its first poke tells where the school stands."""
        line = Line(session, await asyncio.to_thread(self._exchange.scopes_of, session.person), say)
        self._enter(line)
        line.offer({}, self._exchange.applied_seq, self._exchange.durable_seq)
        if not await self._house.accounts.is_open(session):  # it may have ended while the line was opened
            line.end()
        return line

    def leave(self, line: Line) -> None:
        """The tablet has gone."""
        self.lines.discard(line)
        self._wide.discard(line)
        for scope in line.right.default:
            self._by_scope[scope].discard(line)
            if not self._by_scope[scope]:
                del self._by_scope[scope]

    async def close(self) -> None:
        """Stop listening."""
        self._exchange.listeners.remove(self._hear)
        self._house.accounts.ended.remove(self._session_ended)
        self._reviewing.cancel()
        await asyncio.gather(self._reviewing, return_exceptions=True)

    def _enter(self, line: Line) -> None:
        self.lines.add(line)
        for scope in line.right.default:
            self._by_scope[scope].add(line)
        if line.right.prefixes:
            self._wide.add(line)

    def _hear(self, poke: Poke) -> None:
        """On another thread: after a commit, or when the backup has moved."""
        with self._lock:
            self._heard |= poke.scopes
            waking, self._waking = self._waking, True
        if not waking:
            self._on_loop(lambda: self._loop.call_later(GATHER, self._tell))

    def _session_ended(self, session: Session) -> None:
        if session.school == self._exchange.school:
            self._on_loop(lambda: self._end(session.id))

    def _on_loop(self, work: Callable[[], object]) -> None:
        try:
            self._loop.call_soon_threadsafe(work)
        except RuntimeError:
            log.info("a poke came after the server had stopped", school=self._exchange.school)

    def _end(self, session: bytes) -> None:
        for line in self.lines:
            if line.session.id == session:
                line.end()

    def _tell(self) -> None:
        with self._lock:
            changed, self._heard, self._waking = self._heard, {}, False
        found: dict[Line, dict[str, int]] = defaultdict(dict)
        for scope, seq in changed.items():
            for line in self._by_scope.get(scope, ()):
                found[line][scope] = seq
            for line in self._wide:
                if line.right.may(scope):
                    found[line][scope] = seq
        applied, durable = self._exchange.applied_seq, self._exchange.durable_seq
        for line in self._by_scope.get(STAFF_SCOPE, ()):
            found.setdefault(line, {})
        for line, scopes in found.items():
            line.offer(scopes, applied, durable)
        if any(scope.startswith(RIGHTS_IN) for scope in changed):
            self._reviewed_at = 0.0

    async def _review_for_ever(self) -> None:
        while True:
            await asyncio.sleep(1.0)
            if self._loop.time() - self._reviewed_at >= REVIEW:
                self._reviewed_at = self._loop.time()
                try:
                    await self._review()
                except Exception as bug:
                    log.error("the live channel could not look at rights", school=self._exchange.school, exc_info=bug)

    async def _review(self) -> None:
        """Look again at what each line may be poked for, and whether its session is still open."""
        lines = list(self.lines)
        for batch in (lines[i : i + BATCH] for i in range(0, len(lines), BATCH)):
            rights = await asyncio.to_thread(lambda b: [self._right_of(line) for line in b], batch)
            for line, right in zip(batch, rights, strict=True):
                if right is None or not await self._house.accounts.is_open(line.session):
                    line.end()
                elif right != line.right and line in self.lines:
                    self._move(line, right)

    def _right_of(self, line: Line) -> Entitlement | None:
        person = line.session.person
        return None if self._exchange.dismissed(person) else self._exchange.scopes_of(person)

    def _move(self, line: Line, right: Entitlement) -> None:
        gained = [scope for scope in right.default if scope not in line.right.default]
        self.leave(line)
        line.right = right
        self._enter(line)
        if gained:  # so that the tablet asks for its new scopes at once instead of at the next poll
            head = self._exchange.applied_seq
            line.offer(dict.fromkeys(gained, head), head, self._exchange.durable_seq)


class Live:
    """The channels of a house, opened when the first line asks for them."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._channels: dict[str, Channel] = {}

    def channel(self, school: str) -> Channel:
        """The channel of a school of the house."""
        found = self._channels.get(school)
        if found is None:
            found = self._channels[school] = Channel(self._house.exchanges[school], self._house)
        return found

    def count(self) -> int:
        """Lines open now."""
        return sum(len(channel.lines) for channel in self._channels.values())

    async def close(self) -> None:
        """Close every channel."""
        for channel in self._channels.values():
            await channel.close()
