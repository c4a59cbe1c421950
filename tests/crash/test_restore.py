"""`zvonok restore`, failing at every call that it or its Litestream makes.

Afterwards the folder to fill is as it was or whole, what stood there is never lost, and the next restore needs nobody.
"""

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec import Struct

from server.backup.proof import digest, look, prove
from server.backup.restore import LEFT_BEHIND
from server.commands.restoring import bring_back
from server.house import House
from tests.crash.rehearsal import EVERY
from tests.crash.restoring import wrap
from tests.crash.saboteur import BROKEN, CALLS, FULL, KILLED, Fault, calls_of, options, triggered
from tests.crash.tally import Tally
from tests.edge.backing import SCHOOL, backed
from tests.school import Clock

ROOT = Path(__file__).parents[2]
ENDS = 60.0  # seconds
OURS = "the restore itself"  # and of its Litestreams those with this in their command line:
THE_SCHOOLS, THE_ACCOUNTS, THE_LISTS = "schools/32/journal.db", "accounts.db", "ltx"
SWAPPING = (
    "rename",
    "renameat",
    "renameat2",
    *(("unlink", "fsync") if EVERY == 1 else ()),
)  # an older folder goes aside
GO_CRASHED = "/src/runtime/"  # of Litestream's own words: a call of Go's runtime failed, which it does not survive
TIRED = 3  # of Go's threads now this one works, now that: a call is exhausted when N was missed so often

every_fault = pytest.mark.parametrize("fault", [KILLED, FULL, BROKEN], ids=lambda fault: fault.name)


Check = Callable[["Room", "Ran"], None]


class Ran(Struct):
    """How a restore ended. `says`: what it said to people; `calls`: call -> the most that one thread made."""

    code: int
    says: str
    reached: bool
    calls: dict[str, int]


class Room:
    """A folder for one restore."""

    def __init__(self, folder: Path, backups: Path) -> None:
        self.folder, self.backups = folder, backups
        self.target, self.bin, self.log = folder / "data", folder / "bin", folder / "strace.log"
        (folder / "tmp").mkdir(parents=True)
        self.bin.mkdir()

    def restore(self, who: str, calls: tuple[str, ...], fault: Fault | None, n: int, *, replace: bool = False) -> Ran:
        """`zvonok restore` in a process of its own; `who` of it strace has hold of."""
        given = options(self.log, calls, fault, n)
        wrap(self.bin, f'"{who}"', given)
        traced = ["strace", *given] if who == OURS else []
        command = [sys.executable, "-B", "-m", "tests.crash.restoring", str(self.bin), "restore"]
        where = ["--from", str(self.backups), "--to", str(self.target), *(["--replace"] if replace else [])]
        with open(self.folder / "said", "wb+") as said:
            code = subprocess.run(
                [*traced, *command, *where], cwd=ROOT, stdout=said, stderr=said, timeout=ENDS,
                env=os.environ | {"TMPDIR": str(self.folder / "tmp")},
            ).returncode  # fmt: skip
        text = (self.folder / "said").read_text()
        made = (
            {call: max(threads.values()) for call, threads in calls_of(self.log).items()} if self.log.exists() else {}
        )
        return Ran(code, text, self.log.exists() and triggered(self.log), made)


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with data and backups of a house that has ended."""
    root = tmp_path_factory.mktemp("saved")
    (root / "data").mkdir()
    (root / "data" / "demo.json").write_text('{"sign_ins": []}')
    with backed(root) as house:
        for _ in range(2):
            house.write()
            house.until_durable()
    yield root


@pytest.fixture(scope="module", params=[OURS, THE_SCHOOLS, *([THE_ACCOUNTS, THE_LISTS] if EVERY == 1 else [])])
def part(
    request: pytest.FixtureRequest, saved: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, dict[str, int]]:
    """A part of a restore, and how often it makes which call."""
    return request.param, _counted(saved, tmp_path_factory.mktemp("counted") / "room", request.param, CALLS)


@every_fault
def test_a_restore_that_fails_leaves_the_folder_as_it_was_and_the_next_one_needs_nobody(
    part: tuple[str, dict[str, int]], fault: Fault, saved: Path, tally: Tally, tmp_path: Path
) -> None:
    def check(room: Room, ran: Ran) -> None:
        whole = room.target.exists() and bool({path.name for path in room.target.iterdir()} - LEFT_BEHIND)
        if whole:
            is_whole(room.target, saved)
        assert whole or ran.code, f"it said that all was well: {ran.says}"
        assert ran.code or "✗" not in ran.says, ran.says
        assert not whole or "Nothing was changed" not in ran.says, ran.says
        assert "Traceback" not in ran.says, ran.says
        assert "is broken" not in ran.says or GO_CRASHED in ran.says, f"the backup is blamed: {ran.says}"
        if not whole:
            bring_back(room.backups, room.target, "", "", False)
            is_whole(room.target, saved)
        assert not list(room.folder.glob(".data.restoring-*")), "half of a restore is left lying about"

    who, counted = part
    _try_all(saved, tally, tmp_path, who, fault, counted, check, most=2)


@every_fault
def test_what_a_restore_replaces_is_never_lost(fault: Fault, saved: Path, tally: Tally, tmp_path: Path) -> None:
    def check(room: Room, ran: Ran) -> None:
        asides = list(room.folder.glob("data.replaced-*"))
        kept = [folder for folder in (room.target, *asides) if (folder / "kept.txt").exists()]
        assert [(folder / "kept.txt").read_text() for folder in kept] == ["work of a year"]
        in_place = kept == [room.target]
        if ran.code >= 0:
            assert in_place == ("Nothing was changed" in ran.says), ran.says
        if not in_place and room.target.exists():
            is_whole(room.target, saved)
        else:
            # A disk that refuses to put the older folder back too: then it is said where that stands.
            assert in_place or ran.code < 0 or str(kept[0]) in ran.says.replace("\n", ""), ran.says
            bring_back(room.backups, room.target, "", "", True)
            is_whole(room.target, saved)

    counted = _counted(saved, tmp_path / "counted", OURS, SWAPPING, replace=True)
    _try_all(saved, tally, tmp_path, OURS, fault, counted, check, most=2, replace=True)


def _try_all(
    saved: Path, tally: Tally, room: Path, who: str, fault: Fault, counted: dict[str, int], check: Check, *,
    most: int, replace: bool = False,
) -> None:  # fmt: skip
    """Let a restore fail at its points; on a commit at `most` of them."""
    step = f"restore, {'over an older folder' if replace else who}"
    problems, reached, missed = [], 0, Counter[str]()
    for call, n in _points(counted, most, replace):
        if missed[call] == TIRED:
            continue
        place = _room(room / f"{call}-{n}", saved, replace)
        ran, problem = place.restore(who, (call,), fault, n, replace=replace), None
        if ran.reached:
            reached += 1
            missed[call] = 0
            try:
                check(place, ran)
            except AssertionError as broken:
                problem = broken
                problems.append(f"{step}, {call} number {n}, {fault.name}: {broken}")
            tally.count(
                step, call, fault.name, "killed" if fault.ends else "refused" if ran.code else "unnoticed", problem
            )
        else:
            missed[call] += 1
        shutil.rmtree(place.folder)
    assert reached, "no point was reached"
    assert not problems, "\n".join(problems)


def _points(counted: dict[str, int], most: int, last: bool) -> list[tuple[str, int]]:
    """Which call to let fail, and the how manieth of it."""
    if EVERY == 1:
        return [(call, n) for call, times in sorted(counted.items()) for n in range(1, 2 * times + TIRED)]
    found = [(call, n) for call, times in sorted(counted.items()) for n in range(1, times + 1)]
    return found[-most:] if last else [found[len(found) * (2 * at + 1) // (2 * most)] for at in range(most)]


def _counted(saved: Path, room: Path, who: str, calls: tuple[str, ...], *, replace: bool = False) -> dict[str, int]:
    """How often which call is made when nothing fails."""
    place = _room(room, saved, replace)
    ran = place.restore(who, calls, None, 0, replace=replace)
    assert ran.code == 0 and not ran.reached and ran.calls, ran.says
    is_whole(place.target, saved)
    shutil.rmtree(place.folder)
    return ran.calls


def _room(folder: Path, saved: Path, replace: bool) -> Room:
    room = Room(folder, saved / "backups")
    if replace:
        room.target.mkdir()
        (room.target / "kept.txt").write_text("work of a year")
    return room


def is_whole(target: Path, saved: Path) -> None:
    """Everything is back: the school as it was, a new epoch, the sign-ins, the settings."""
    database = Path("schools", SCHOOL, "journal.db")
    with look(saved / "data" / database, SCHOOL) as live, look(target / database, SCHOOL) as back:
        prove(back)
        assert digest(back) == digest(live)
        assert [epoch.ordinal for epoch in back.epochs()] == [1, 2]
    assert (target / "demo.json").read_text() == '{"sign_ins": []}'
    house = House.open(target, clock=Clock())
    try:
        assert house.accounts.logins(SCHOOL) == {"t1": "t1"}
    finally:
        house.close()
