"""The simulation in the size of a commit: a thousand seeds on all cores.

What it has found stands as short stories in `test_found*.py`: a seed tells another history as soon as anything in the
simulation draws another number, a story stays what it is.
"""

from tests.simulation.coverage import LEAST, too_rare
from tests.simulation.seeds import many

SEEDS = 1_000


def test_a_thousand_seeds_hold_all_invariants_and_meet_everything_that_can_go_wrong() -> None:
    failures, met = many(range(SEEDS))
    assert failures == []
    assert too_rare(SEEDS, met) == {}
    assert met.keys() <= LEAST.keys() | {"verdict accepted"}, "what is counted is also demanded"
