"""Bugs planted on purpose: the simulation must say so, by the invariant that is there for it."""

from collections.abc import Callable

import pytest

from tests.simulation.failure import Failure
from tests.simulation.planted import IN_STORIES, PLANTED, Planted, catching, plant
from tests.simulation.seeds import one
from tests.simulation.story import Story


@pytest.mark.parametrize("planted", PLANTED, ids=[p.says.replace(" ", "-") for p in PLANTED])
def test_a_planted_bug_is_caught(planted: Planted[str]) -> None:
    seed = next(catching(planted))
    assert one(seed) == "", "without the bug the seed holds"


def test_every_invariant_has_a_planted_bug() -> None:
    assert {p.by for p in PLANTED} == {"1", "2", "3", "4", "5", "6", "7"}


@pytest.mark.parametrize("planted", IN_STORIES, ids=[p.says.replace(" ", "-") for p in IN_STORIES])
def test_a_planted_bug_spoils_its_story(planted: Planted[Callable[[Story], None]]) -> None:
    story = Story()
    try:
        with plant(planted), pytest.raises((AssertionError, Failure)):
            planted.by(story)
    finally:
        story.close()
