"""A run: a child plays a step, strace lets a call of it fail, and somebody writes down what was heard until the end."""

import itertools
import multiprocessing
import os
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from msgspec import Struct

from tests.crash.saboteur import CALLS, Fault, Hold, calls_of, hold_of, triggered
from tests.crash.stage import play

HANGS = 30.0  # seconds without a word after which a child is taken to hang
EVERY = max(1, int(os.environ.get("CRASH_EVERY", "5")))  # of the points: each fifth on a commit, each one in full
MOST = 6  # points of one call and one fault on a commit


class Heard(Struct):
    """What a child said. `reached`: the fault came about; `same_facts`: no refused op left a trace in the facts."""

    acknowledged: list[int] = []
    refused: list[tuple[int, str]] = []
    killed: bool = False
    done: bool = False
    reached: bool = False
    same_facts: bool = True


class Stage:
    """Plays steps in children of a process that has everything imported already. `room`: for the runs' folders."""

    def __init__(self, room: Path) -> None:
        self.room = room
        self._runs = itertools.count()
        self._forks = multiprocessing.get_context("forkserver")
        self._forks.set_forkserver_preload(
            ["pytest", "tests.crash.stage"]
        )  # pytest: children look at how we were started

    def folder(self, before: Path | None) -> Path:
        """A folder of its own for a run, as it stands before."""
        folder = self.room / f"run-{next(self._runs)}"
        if before is None:
            folder.mkdir()
        else:
            shutil.copytree(before, folder)
        return folder

    def run(
        self,
        step: str,
        folder: Path,
        calls: Sequence[str] = CALLS,
        fault: Fault | None = None,
        n: int = 0,
        *,
        then_kill: bool = False,
    ) -> Heard:
        """Play a step to its end. `then_kill`: when the fault was answered by a refusal, the process ends there."""
        line, theirs = self._forks.Pipe()
        child = self._forks.Process(target=play, args=(step, str(folder), theirs))
        child.start()
        theirs.close()
        log = folder / "strace.log"
        heard = Heard()
        try:
            assert _next(line) == ("ready",)
            assert child.pid is not None
            with hold_of(child.pid, log, calls, fault, n) as hold:
                line.send("go")
                _listen(line, hold, heard, then_kill)
        finally:
            if not heard.done:
                child.kill()
            child.join(HANGS)
            hangs = child.is_alive()
            child.kill()
            child.join()
            line.close()
        assert not hangs, "the child does not end"
        heard.reached = heard.killed or triggered(log)
        assert not heard.killed or (fault is not None and fault.ends), f"died by itself: {child.exitcode}"
        assert not heard.done or child.exitcode == 0, child.exitcode
        return heard

    def calls(self, step: str, before: Path | None) -> dict[str, Counter[str]]:
        """How often the step makes which call: call -> thread -> times."""
        folder = self.folder(before)
        assert self.run(step, folder).done
        found = calls_of(folder / "strace.log")
        shutil.rmtree(folder)
        return found


def points(times: int, every: int = EVERY, most: int = MOST) -> Iterator[int]:
    """Which N to try of a call that is made so many times: the first, the last and some between; in full until it is no
    longer reached."""
    if every == 1:
        return itertools.count(1)
    return iter(sorted({*range(1, times, max(every, -(-times // most))), times}))


def _listen(line: Connection, hold: Hold, heard: Heard, then_kill: bool) -> None:
    """Until the child has ended the step. A refused one is told to try again: once while the disk is as it is, then
    with the fault gone."""
    while (said := _next(line)) is not None:
        match said:
            case ("ack", n):
                heard.acknowledged.append(n)
            case ("refused", status, error, same_facts):
                heard.refused.append((status, error))
                heard.same_facts = heard.same_facts and same_facts
                if then_kill:
                    hold.let_go()
                    return
                if len(heard.refused) == 2:
                    hold.let_go()
                assert len(heard.refused) < 3, f"refused without a fault: {heard.refused}"
                line.send("again")
            case ("done",):
                heard.done = True
                hold.let_go()
                line.send("end")
                return
            case _:
                raise AssertionError(said)
    heard.killed = True
    hold.until_its_end()


def _next(line: Connection) -> Any:
    """What the child says next; None when it has ended without a word."""
    assert line.poll(HANGS), "the child hangs: a server like that would need a human"
    try:
        return line.recv()
    except (EOFError, ConnectionResetError):
        return None
