"""A sync, a chunk of an import, a checkpoint, the end and the next start of a server, failing at every call they make.

Whatever fails where: what was acknowledged is there, nothing is there twice or by halves, and nobody has to help.
"""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.crash.afterwards import Wanted, holds, load_again, send_again, story_of, tables_of
from tests.crash.rehearsal import EVERY, Heard, Stage
from tests.crash.saboteur import BROKEN, CALLS, FULL, GONE, KILLED, Fault
from tests.crash.scene import DEVICE, OPS, chunk
from tests.crash.tally import Tally
from tests.crash.trials import became, try_all

Again = Callable[[Path], Any]
WRITES: dict[str, tuple[str, int, Again]] = {
    "sync": (DEVICE, OPS, send_again),
    "load": ("import", len(chunk()), load_again),
}
TIDYING = ("checkpoint", "close", "wake")
SAID = {(507, "disk_full"), (503, "overloaded")}
DISK = ("pread64", *(call for call in CALLS if call != "write"))  # "write" carries the words to the parent
READS = 3 if EVERY > 1 else 20
ACKNOWLEDGED = {"checkpoint": list(range(1, OPS + 1)), "close": list(range(1, OPS + 1)), "wake": []}


@pytest.fixture(scope="module", params=WRITES)
def write(request: pytest.FixtureRequest, stage: Stage, before: Path) -> tuple[str, Wanted]:
    """A step that writes, and what it leaves without a fault."""
    step: str = request.param
    return step, wanted_of(stage, before, step, *WRITES[step])


def wanted_of(stage: Stage, before: Path, step: str, device: str, batch: int, again: Again) -> Wanted:
    """What the step leaves without a fault, once everything has been sent."""
    untouched, folder = stage.folder(before), stage.folder(before)
    heard = stage.run(step, folder)
    assert heard.done and not heard.refused
    answer = again(folder)
    after = story_of(folder)
    wanted = Wanted(story_of(untouched), after, answer, tables_of(folder), device, batch)
    assert len(after.entries) == len(wanted.before.entries) + batch
    shutil.rmtree(untouched)
    shutil.rmtree(folder)
    return wanted


def test_the_request_holds_every_kind_of_verdict(write: tuple[str, Wanted]) -> None:
    step, wanted = write
    if step == "sync":
        assert {verdict for _, verdict, *_ in wanted.answer} == {"accepted", "superseded", "held", "refused"}
    else:
        assert wanted.before.facts != wanted.after.facts, "the chunk changes what the rules read"


def test_a_server_killed_at_any_call_keeps_what_it_acknowledged(
    write: tuple[str, Wanted], stage: Stage, tally: Tally, before: Path
) -> None:
    step, wanted = write

    def check(folder: Path, heard: Heard) -> None:
        assert heard.killed and not heard.refused
        holds(folder, wanted, heard.acknowledged, WRITES[step][2])

    try_all(stage, tally, step, before, KILLED, check)


@pytest.mark.parametrize("fault", [FULL, BROKEN], ids=lambda fault: fault.name)
def test_a_refusing_disk_is_told_nothing_is_applied_and_the_same_server_goes_on_by_itself(
    write: tuple[str, Wanted], fault: Fault, stage: Stage, tally: Tally, before: Path
) -> None:
    step, wanted = write

    def check(folder: Path, heard: Heard) -> None:
        assert set(heard.refused) <= SAID, heard.refused
        assert heard.same_facts, "the rules know of something that was undone"
        assert heard.done and len(heard.acknowledged) == wanted.batch
        holds(folder, wanted, heard.acknowledged, WRITES[step][2])

    try_all(stage, tally, step, before, fault, check)


def test_a_server_that_is_killed_after_it_refused_has_the_batch_whole_or_not_at_all(
    write: tuple[str, Wanted], stage: Stage, tally: Tally, before: Path
) -> None:
    step, wanted = write

    def check(folder: Path, heard: Heard) -> None:
        assert set(heard.refused) <= SAID and heard.done == (not heard.refused), heard.refused
        assert not (heard.refused and heard.acknowledged)
        holds(folder, wanted, heard.acknowledged, WRITES[step][2])

    try_all(stage, tally, step, before, BROKEN, check, then_kill=True)


def test_while_the_disk_is_gone_everything_is_refused_and_when_it_is_back_the_same_server_goes_on(
    write: tuple[str, Wanted], stage: Stage, tally: Tally, before: Path
) -> None:
    step, wanted = write
    for n in range(1, READS + 1):
        folder = stage.folder(before)
        heard = stage.run(step, folder, DISK, GONE, n)
        assert heard.reached and heard.done and heard.same_facts
        assert set(heard.refused) <= SAID | {(0, "disk I/O error")}, heard.refused
        holds(folder, wanted, heard.acknowledged, WRITES[step][2])
        tally.count(step, "any", GONE.name, became(heard))
        shutil.rmtree(folder)


@pytest.mark.parametrize("fault", [KILLED, FULL, BROKEN], ids=lambda fault: fault.name)
@pytest.mark.parametrize("step", TIDYING)
def test_a_checkpoint_an_end_and_a_start_that_fail_cost_nothing(
    step: str, fault: Fault, stage: Stage, tally: Tally, before: Path
) -> None:
    wanted = wanted_of(stage, before, step, DEVICE, OPS, send_again)

    def check(folder: Path, heard: Heard) -> None:
        assert heard.killed or heard.done
        holds(folder, wanted, ACKNOWLEDGED[step])

    try_all(stage, tally, step, before, fault, check)
