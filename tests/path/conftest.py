"""What every test of the write path stands on: a school of its own, and the clock it goes by."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from server.exchange import Exchange
from tests.school import Clock, open_exchange


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def exchange(tmp_path: Path, clock: Clock) -> Iterator[Exchange]:
    with open_exchange(tmp_path, clock) as opened:
        yield opened
