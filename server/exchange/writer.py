"""The writer: one thread per school that commits in groups.

It takes what is waiting, decides it all in one transaction, commits once, then answers everybody. Between commits it
yields a moment, so that Litestream gets its turn at the database.

Holds always:
1. Nobody is answered before the commit is on disk.
2. A job that fails by a bug fails alone: the group is undone and each job runs again by itself.
3. Facts of what was undone are forgotten before the next commit, and the thread outlives whatever the disk does.
"""

import queue
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from server.exchange.jobs import Job, Rejected
from server.exchange.working import Working
from server.log import log
from server.storage.journal import JournalStore, fact_kinds
from server.storage.sqlite import DatabaseError, OperationalError
from sync.facts import Facts

GROUP = 4_000  # ops in one commit at the most
WAITING = 40_000  # ops waiting beyond which the server says that it is overloaded
YIELD = 0.001


class Writer:
    """Runs jobs on its own thread. `committed` is called there after each commit with (scopes moved, head).

    Not `threaded`: each job is a group of its own and runs on the thread that submits it. So a simulation can decide
    what happens when.
    """

    def __init__(
        self, store: JournalStore, committed: Callable[[dict[str, int], int], None], *, threaded: bool = True
    ) -> None:
        self.facts = Facts()
        # Held from a transaction's first change of facts to its commit, so that readers of facts see no half of it.
        self.lock = threading.RLock()
        self._store, self._committed = store, committed
        self._queue: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._waiting = 0
        self._stale = False  # True while the facts may hold what was undone
        self.disk_full = False  # True since a commit that the disk refused, until one succeeds
        with store.read() as reader:
            self.head, self._chain = reader.head(), reader.chain()
        self._load_facts()
        self._thread: threading.Thread | None = None
        if threaded:
            self._thread = threading.Thread(target=self._work, name=f"writer-{store.school}", daemon=True)
            self._thread.start()

    def submit(self, job: Job) -> None:
        """Queue a job; Rejected when too much is waiting already. Without a thread it has run when this returns."""
        if self._thread is None:
            self._group([job])
            return
        if self._waiting > WAITING:
            raise Rejected(503, "overloaded")
        self._waiting += job.weight
        self._queue.put(job)

    def close(self) -> None:
        """Finish what is queued, then stop."""
        if self._thread is None:
            return
        self._queue.put(None)
        self._thread.join()

    def _load_facts(self) -> None:
        facts = Facts()
        with self._store.read() as reader:
            for kind in fact_kinds():
                for row in reader.every(kind):
                    facts.put(kind, row.key, row.values)
        with self.lock:
            self.facts, self._stale = facts, False

    def _work(self) -> None:
        ending = False
        while not ending:
            jobs: list[Job] = []
            job = self._queue.get()
            while job is not None:
                jobs.append(job)
                if sum(j.weight for j in jobs) >= GROUP:
                    break
                try:
                    job = self._queue.get_nowait()
                except queue.Empty:
                    break
            ending = job is None
            if jobs:
                self._waiting -= sum(j.weight for j in jobs)
                self._group(jobs)
                time.sleep(YIELD)

    def _group(self, jobs: list[Job]) -> None:
        try:
            answers, scopes = self._commit(jobs)
        except Exception as bug:
            if len(jobs) == 1:
                refused = _in_words(bug)
                self.disk_full = self.disk_full or refused.trouble.error == "disk_full"
                jobs[0].future.set_exception(refused)
            else:
                for job in jobs:
                    self._group([job])
            return
        if self.disk_full:
            self.disk_full = False
            log.info("the disk takes entries again", school=self._store.school)
        self._committed(scopes, self.head)
        for job, answer in zip(jobs, answers, strict=True):
            job.future.set_result(answer)

    def _commit(self, jobs: list[Job]) -> tuple[list[Any], dict[str, int]]:
        if self._stale:
            self._load_facts()
        with ExitStack() as holding:
            try:
                with self._store.write() as tx:
                    work = Working(tx, self.facts, self.head, self._chain, lambda: holding.enter_context(self.lock))
                    answers = [job.run(work) for job in jobs]
                    work.flush()
            except Exception:
                holding.enter_context(self.lock)  # so that nobody reads facts of what was undone
                self._stale = True
                self._reload_facts()
                raise
        self.head, self._chain = work.seq, work.chain
        return answers, work.scopes

    def _reload_facts(self) -> None:
        try:
            self._load_facts()
        except DatabaseError as bug:
            log.error("the facts can't be read; before the next commit they will be", exc_info=bug)


def _in_words(bug: Exception) -> Rejected:
    if isinstance(bug, Rejected):
        return bug
    if isinstance(bug, OperationalError | DatabaseError):
        full = "full" in str(bug) or "disk I/O" in str(bug)
        log.error("write failed", exc_info=bug)
        return Rejected(507, "disk_full") if full else Rejected(503, "overloaded")
    log.exception("write failed by a bug", error=type(bug).__name__, exc_info=bug)
    return Rejected(500, "internal")
