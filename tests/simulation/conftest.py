"""A story of its own for each test; what must hold in every world is checked at its end."""

from collections.abc import Iterator

import pytest

from tests.simulation.invariants import check
from tests.simulation.story import Story


@pytest.fixture
def story() -> Iterator[Story]:
    told = Story()
    try:
        yield told
        told.quiet()
        check(told)
    finally:
        told.close()
