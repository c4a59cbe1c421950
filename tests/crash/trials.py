"""Trials: a step, tried with one kind of fault at one point after the other; what is broken is told all at once."""

import shutil
from collections.abc import Callable
from pathlib import Path

from tests.crash.rehearsal import Heard, Stage, points
from tests.crash.saboteur import Fault
from tests.crash.tally import Tally

Check = Callable[[Path, Heard], None]


def try_all(
    stage: Stage, tally: Tally, step: str, before: Path | None, fault: Fault, check: Check, *, then_kill: bool = False
) -> None:
    """Let the step fail at its points. `check` looks at what is left, and raises AssertionError."""
    name = f"{fault.name}, then SIGKILL" if then_kill else fault.name
    problems = []
    for call, threads in sorted(stage.calls(step, before).items()):
        assert len(threads) == 1, f"strace counts by thread, and {call} is made by {len(threads)} threads"
        if call == "write" and not fault.ends:
            continue  # SQLite writes with pwrite64; the others are words to the parent
        reached = 0
        for n in points(threads.total()):
            folder = stage.folder(before)
            heard, problem = Heard(), None
            try:
                heard = stage.run(step, folder, [call], fault, n, then_kill=then_kill)
                if not heard.reached:
                    break
                check(folder, heard)
            except AssertionError as broken:
                problem = broken
                problems.append(f"{step}, {call} number {n}, {name}: {broken}")
            finally:
                shutil.rmtree(folder)
            reached += 1
            tally.count(step, call, name, became(heard), problem)
        assert reached, f"{call} was never reached"
    assert not problems, "\n".join(problems)


def became(heard: Heard) -> str:
    """What the fault did to the step, in the tally's word."""
    if heard.killed:
        return "killed"
    return "refused" if heard.refused else "unnoticed"
