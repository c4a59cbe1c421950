"""What the crash tests share: the stage, the school as it stands before, and the tally that is told at the end."""

import time
from pathlib import Path
from typing import Any

import pytest

from tests.crash import scene
from tests.crash.rehearsal import EVERY, Stage
from tests.crash.saboteur import why_not
from tests.crash.tally import Tally

_tally = Tally(time.monotonic())


@pytest.fixture(scope="session", autouse=True)
def strace() -> None:
    """Without strace nothing here can be said."""
    if reason := why_not():
        pytest.skip(reason)


@pytest.fixture(scope="session")
def tally() -> Tally:
    return _tally


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage(tmp_path_factory.mktemp("stage"))


@pytest.fixture(scope="session")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a school in the middle of a day, with a tablet's request that has not been sent."""
    folder = tmp_path_factory.mktemp("scene") / "before"
    scene.make(folder)
    return folder


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The counts, when something was counted."""
    lines = _tally.lines(EVERY)
    if lines:
        terminalreporter.section("crash points")
        for line in lines:
            terminalreporter.write_line(line)
