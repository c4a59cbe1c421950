"""Bugs planted on purpose: the simulation must say so, by the invariant that is there for it."""

import pytest

from tests.simulation.planted import PLANTED, Planted, caught
from tests.simulation.seeds import one


@pytest.mark.parametrize("planted", PLANTED, ids=[p.says.replace(" ", "-") for p in PLANTED])
def test_a_planted_bug_is_caught(planted: Planted) -> None:
    assert one(planted.seed) == "", "without the bug the seed holds"
    assert f"[{planted.invariant}]" in caught(planted, planted.seed)


def test_every_invariant_has_a_planted_bug() -> None:
    assert {p.invariant for p in PLANTED} == {"1", "2", "3", "4", "5", "6", "7"}
