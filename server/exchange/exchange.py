"""One school's exchange: sync in, verdicts and news out. The only door through which the school changes.

Reads run on a small pool of threads, writes on the writer's; the event loop only waits.
"""

import asyncio
import secrets
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from itertools import islice
from typing import Any

from server.exchange.at_once import AtOnce
from server.exchange.decide import decide_drafts, decide_push
from server.exchange.jobs import (
    DeviceState,
    Draft,
    HistoryEntry,
    Job,
    LoadReport,
    Push,
    Pushed,
    Rejected,
)  # fmt: skip
from server.exchange.offers import Offer, offers
from server.exchange.working import Working
from server.exchange.writer import Writer
from server.storage.journal import DeviceRow, Epoch, JournalStore
from sync.access import dismissed
from sync.days import ALWAYS
from sync.evidence import Contact, remember
from sync.facts import Facts
from sync.messages import MAX_BYTES, MAX_OPS, OLDEST, PAGE, PROTOCOL, News, Poke, SyncRequest, SyncResponse
from sync.scopes import Entitlement, entitlement
from sync.verdicts import RULES

CHUNK = 5_000
CONTACT_KEPT = 600_000  # ms: a contact without ops is stored at least this often
MAX_CURSORS = 2_000

Clock = Callable[[], int]


class Exchange:
    """See the module. `clock` answers UTC ms. `listeners` are called on the writer's thread after each commit.

    `page`: rows of news in one answer. Not `threaded`: everything runs on the caller's thread, in the order of the
    calls (a simulation's way).
    """

    page = PAGE

    def __init__(self, store: JournalStore, clock: Clock, *, threaded: bool = True) -> None:
        self.school, self.store, self.clock = store.school, store, clock
        self.listeners: list[Callable[[Poke], None]] = []
        self.durable_seq = 0
        self.published = 0
        self._opened = clock()
        self._epochs = self._open_epochs()
        self._writer = Writer(store, self._committed, threaded=threaded)
        self._pool: Executor = ThreadPoolExecutor(4, f"reader-{self.school}") if threaded else AtOnce()
        self._durable_lock = threading.Lock()
        with store.read() as reader:
            self._devices = {d.device: d for d in reader.devices()}

    @property
    def facts(self) -> Facts:
        """What the rules know of the school; read it under `reading()`."""
        return self._writer.facts

    def reading(self) -> threading.RLock:
        """Holds the facts still while a reader looks at several of them."""
        return self._writer.lock

    @property
    def applied_seq(self) -> int:
        """The head of the ledger."""
        return self._writer.head

    @property
    def disk_full(self) -> bool:
        """True since the disk refused a commit (it is full, or failed), until one succeeds."""
        return self._writer.disk_full

    @property
    def epoch(self) -> str:
        """The present epoch."""
        return self._epochs[-1].epoch

    @property
    def epochs(self) -> list[Epoch]:
        """Every epoch, oldest first."""
        return list(self._epochs)

    async def sync(self, request: SyncRequest, person: str) -> SyncResponse:
        """One round: decide the ops, which are taken out of the request, then answer what is new. Raises Rejected."""
        self._check(request)
        ops = offers(request.ops)
        request.ops = []  # they hold the whole body, and a storm waits here with a body of each tablet
        stale = False
        if self._could_know_more(request):
            first = ops[0].n if ops else request.held + 1
            loop = asyncio.get_running_loop()
            parted = await loop.run_in_executor(self._pool, self._parted_from, request, person, first)
            if parted is not None and self.facts.get("person", person) is None:
                stale = True
            elif parted is not None:
                self._follow(await asyncio.wrap_future(self._part("a device knew more than the server", parted)))
        push = Push(request.device, person, request.clock, request.held, request.heard, request.epoch, self.clock())
        pushed = await self._push(push, ops)
        if stale and request.epoch == self.epoch:
            news, lost = list[News](), list(request.cursors)
        else:
            news, lost = await asyncio.get_running_loop().run_in_executor(self._pool, self._pull, request, person)
        return SyncResponse(
            request.protocol, RULES, self.school, self.epoch, self.clock(), pushed.known, pushed.judged, pushed.taken,
            pushed.missing, news, lost, self.applied_seq, self.durable_seq, self.published,
        )  # fmt: skip

    async def deliver(
        self, device: str, person: str, ops: list[Offer], revoked: int = ALWAYS, *, renumbers: bool = True
    ) -> Pushed:
        """Decide ops that somebody brought sealed by this device for this person; nothing is pulled. `revoked`: since
        when the device may hold nothing any more. `renumbers`: see `Push`."""
        arrived = self.clock()
        return await self._push(Push(device, person, arrived, 0, -1, "", arrived, True, revoked, renumbers), ops)

    def load(self, device: str, drafts: Iterable[Draft], progress: Callable[[int], None] | None = None) -> LoadReport:
        """Decide drafts of a trusted device, CHUNK per commit. Blocks."""
        report = LoadReport(refused=[])
        rest = iter(drafts)
        while chunk := list(islice(rest, CHUNK)):
            arrived = self.clock()

            def run(work: Working, chunk: list[Draft] = chunk, arrived: int = arrived) -> LoadReport:
                part = LoadReport(refused=[])  # of its own: a chunk whose neighbour failed runs again
                decide_drafts(work, device, chunk, arrived, part)
                return part

            part: LoadReport = self.run(run, len(chunk))
            report.accepted += part.accepted
            report.unchanged += part.unchanged
            report.refused += part.refused
            if progress:
                progress(len(chunk))
        return report

    def run(self, work: Callable[[Working], Any], weight: int = 1) -> Any:
        """Run work in the writer's transaction and wait for the commit."""
        return self._submit(Job(work, Future(), weight)).result()

    def register_device(self, device: str, person: str, clock: int, *, fresh: bool = True) -> int:
        """A sign-in on a device; answers the highest op number known of it. `fresh`: its store is empty.

        A store that is not fresh may hold ops that a sign-in does not declare, so its sign-in is no evidence: an entry
        made while the session had ended would be taken for one made after it.
        """

        def run(work: Working) -> DeviceRow:
            row = work.device(device, person)
            row.at = self.clock()
            if fresh and not row.known and not row.contacts:
                row.contacts = remember(row.contacts, Contact(row.at, clock, 0))
            work.touch(row)
            return row

        row: DeviceRow = self.run(run)
        self._devices[device] = row
        return row.known

    def owner(self, device: str) -> str | None:
        """The person of a device that has been in contact."""
        row = self._devices.get(device)
        return row.person if row else None

    def devices(self) -> list[DeviceState]:
        """Every device, for the office."""
        found = []
        for row in list(self._devices.values()):
            last = row.contacts[-1] if row.contacts else Contact(row.at, row.at, row.known)
            found.append(DeviceState(row.device, row.person, row.known, last.declared, last.at, last.clock - last.at))
        return found

    def mark_durable(self, seq: int) -> None:
        """The backup has everything up to `seq`."""
        with self._durable_lock:
            if seq <= self.durable_seq:
                return
            self.durable_seq = seq
        self._tell({})

    def scopes_of(self, person: str) -> Entitlement:
        """What the person may hold now."""
        with self.reading():
            return entitlement(person, self.facts, self.clock())

    def dismissed(self, person: str) -> bool:
        """True when all that a member of staff was given has ended."""
        with self.reading():
            return dismissed(person, self.facts, self.clock())

    def history(self, kind: str, key: str) -> list[HistoryEntry]:
        """Every entry on a record, oldest first."""
        with self.store.read() as reader:
            entries = reader.entries_of(kind, key)
        return [HistoryEntry(e.seq, e.person, e.cells(), e.written, e.arrived, e.verdict, e.reason) for e in entries]

    def new_epoch(self, reason: str = "restored") -> str:
        """Part from the present epoch; answers the new one."""
        self._follow(self._part(reason).result())
        return self.epoch

    def close(self) -> None:
        """Finish what is queued and close the store."""
        self._writer.close()
        self._pool.shutdown()
        self.store.close()

    def _check(self, request: SyncRequest) -> None:
        if not OLDEST <= request.protocol <= PROTOCOL:
            raise Rejected(426, "old_protocol")
        if len(request.ops) > MAX_OPS:
            raise Rejected(413, "too_large", limit=MAX_OPS)
        if sum([len(memoryview(raw)) for raw in request.ops]) > MAX_BYTES:
            raise Rejected(413, "too_large", limit=MAX_BYTES)
        if len(request.cursors) > MAX_CURSORS:
            raise Rejected(413, "too_large", limit=MAX_CURSORS)
        if not 0 <= request.held < 1 << 40 or abs(request.clock) >= 1 << 53:
            raise Rejected(400, "bad_json")

    def _could_know_more(self, request: SyncRequest) -> bool:
        """A device of this very epoch that has seen a later seq proves that this server was restored; one that has not
        heard from this process yet may have. So does one that lately heard of an epoch which nobody knows here.

        Only staff are believed for everybody: a new epoch makes every device pull anew. A family's device is told for
        itself that it lost what it holds, so that it begins anew."""
        if request.epoch == self.epoch:
            ahead = max(request.cursors.values(), default=0) > self.applied_seq
            return ahead or 0 <= request.heard < self._opened
        return self._is_of_another_line(request)

    def _is_of_another_line(self, request: SyncRequest) -> bool:
        unknown = request.epoch not in ("", *(known.epoch for known in self._epochs))
        return unknown and request.heard >= self._epochs[-1].at

    def _parted_from(self, request: SyncRequest, person: str, first: int) -> int | None:
        """The seq up to which the device and this server tell the same history; None when nothing speaks against it.

        What a device has seen arrived before it heard of it. So an entry that bears the number it has seen, and arrived
        later, is another one; and what arrived up to then is what the backup held. Likewise the op before the `first`
        that it offers: it holds a receipt for that one, and a late request may have brought it here once more, or
        found it here under another name.
        """
        seen = max(request.cursors.values(), default=0)
        with self.store.read() as reader:
            if request.epoch != self.epoch:
                return reader.head_at(request.heard)
            if seen > reader.head():
                return reader.head_at(request.heard) if request.heard >= 0 else reader.head()
            if seen and (reader.arrived(seen) or 0) > request.heard >= 0:
                return reader.head_at(request.heard)
            if (reader.arrived_of(request.device, first - 1, person) or 0) > request.heard >= 0:
                return reader.head_at(request.heard)
        return None

    async def _push(self, push: Push, ops: list[Offer]) -> Pushed:
        known = self._devices.get(push.device)
        if not ops and known is not None and known.contacts:
            last = known.contacts[-1]
            if last.declared == push.held and push.arrived - last.at < CONTACT_KEPT:
                return Pushed(known.known, [], [], 0)
        caps = self._caps()

        def run(work: Working) -> tuple[Pushed, DeviceRow]:
            pushed = decide_push(work, push, ops, caps)
            return pushed, work.device(push.device, push.person)

        pushed: Pushed
        pushed, row = await asyncio.wrap_future(self._submit(Job(run, Future(), max(1, len(ops)))))
        self._devices[push.device] = row
        return pushed

    def _caps(self) -> dict[str, int]:
        """Epoch -> seq up to which a `seen` of that epoch counts: where the next parted from it. Latest first."""
        caps = {}
        limit = 1 << 53
        for epoch in reversed(self._epochs):
            caps[epoch.epoch] = limit
            limit = min(limit, epoch.parted_seq)
        return caps

    def _pull(self, request: SyncRequest, person: str) -> tuple[list[News], list[str]]:
        right = self.scopes_of(person)
        wanted = {s: c for s, c in request.cursors.items() if right.may(s)}
        lost = [s for s in request.cursors if s not in wanted]
        if request.epoch not in ("", self.epoch):
            return [], lost  # the cursors count in another epoch: the device must begin anew
        for scope in right.default:
            wanted.setdefault(scope, 0)
        order = {scope: place for place, scope in enumerate(right.default)}
        in_order = sorted(wanted, key=lambda scope: order.get(scope, len(order)))
        with self.store.read() as reader:
            pages = reader.news({scope: wanted[scope] for scope in in_order}, reader.head(), self.page)
            return [page.news for page in pages], lost

    def _submit(self, job: Job) -> Future[Any]:
        self._writer.submit(job)
        return job.future

    def _part(self, reason: str, parted: int | None = None) -> Future[Epoch | None]:
        """Ask for a new epoch: None when somebody has just begun one. It counts once it is committed: `_follow` it."""
        present = self.epoch

        def run(work: Working) -> Epoch | None:
            if work.tx.epochs()[-1].epoch != present:
                return None
            return work.tx.begin_epoch(secrets.token_hex(6), self.clock(), reason, parted=parted)

        return self._submit(Job(run, Future()))

    def _follow(self, begun: Epoch | None) -> None:
        if begun is not None:
            self._epochs = [*self._epochs, begun]

    def _open_epochs(self) -> list[Epoch]:
        with self.store.read() as reader:
            epochs = reader.epochs()
        if not epochs:
            with self.store.write() as tx:
                epochs = [tx.begin_epoch(secrets.token_hex(6), self.clock(), "founded")]
        return epochs

    def _committed(self, scopes: dict[str, int], head: int) -> None:
        self._tell(scopes)

    def _tell(self, scopes: dict[str, int]) -> None:
        poke = Poke(scopes, self.applied_seq if hasattr(self, "_writer") else 0, self.durable_seq)
        for listener in list(self.listeners):
            listener(poke)
