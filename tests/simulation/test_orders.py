"""R5: the same accepted entries make the same school, in whatever order the tablets came back."""

from random import Random
from typing import Any

from tests.simulation.orders import Rounds, Three
from tests.simulation.planted import PLANTED, plant

STORIES = 60
ORDERS = 3
THREES = 4
SCHEDULES = 6


def told(story: int, order: int, kind: type[Rounds] = Rounds) -> tuple[dict[str, Any], dict[str, Any]]:
    world = kind(story, Random(order))
    try:
        world.play()
        return world.state()
    finally:
        world.close()


def differing(story: int) -> list[str]:
    """Records that depend on the order, among orders in which the same entries were accepted."""
    first = told(story, 0)
    found = []
    for order in range(1, ORDERS):
        other = told(story, order)
        if other[0] == first[0]:
            found += [key for key in first[1] if first[1][key] != other[1].get(key)]
    return found


def test_the_same_accepted_entries_make_the_same_school_in_every_order() -> None:
    compared = 0
    for story in range(STORIES):
        assert differing(story) == [], story
        compared += told(story, 0)[0] == told(story, 1)[0]
    assert compared > STORIES // 4, "enough orders accept the same entries for this to say anything"


def test_three_tablets_of_two_hundred_entries_make_the_same_school_on_every_schedule() -> None:
    """A lock, a substitution and a revocation came while they were away: who is judged first makes no difference."""
    for story in range(THREES):
        decided, shown = told(story, 0, Three)
        verdicts = {entry[0] for entry in decided.values()}
        assert len(decided) == 3 * 200 + 3
        assert verdicts >= {"lawful", "held", "refused"}
        for schedule in range(1, SCHEDULES):
            assert told(story, schedule, Three) == (decided, shown), (story, schedule)


def test_a_value_that_the_first_to_arrive_decides_is_noticed() -> None:
    planted = next(p for p in PLANTED if p.says == "the first value to arrive gives the mark")
    with plant(planted):  # two first values of one mark, in orders that accept the same: three stories of a hundred
        assert any(differing(story) for story in range(2 * STORIES))


def test_an_entry_that_replaces_what_nobody_has_seen_is_noticed_too() -> None:
    planted = next(p for p in PLANTED if p.says == "an op replaces what its author has not seen")
    with plant(planted):
        assert any(told(0, schedule, Three) != told(0, 0, Three) for schedule in range(1, SCHEDULES))
