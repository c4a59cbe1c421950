"""Ops of an older version of the protocol are read as the present one means them."""

from msgspec import structs

from sync.lifts import LIFTS, lift
from sync.messages import OLDEST, PROTOCOL
from sync.ops import Op

OLD = Op(7, "mark", "8b-alg/2026-11-20/2/p1/1", {"mark": "5"}, 1_795_161_500_000, ("e1", 4))


def renamed(op: Op) -> Op:
    """As if version 2 had called the cell «value»."""
    return structs.replace(op, set={"value": op.set["mark"]})


def placed(op: Op) -> Op:
    """As if version 3 had numbered places from 2, and the lift had a slip of the pen in the number."""
    return structs.replace(op, key=op.key[:-1] + "2", n=99)


def test_lifts_are_applied_one_after_the_other_and_the_number_stays() -> None:
    lifted = lift(OLD, {1: renamed, 2: placed}, to=3)
    assert (lifted.n, lifted.v, lifted.key, lifted.set) == (7, 3, "8b-alg/2026-11-20/2/p1/2", {"value": "5"})
    assert (OLD.v, OLD.set) == (1, {"mark": "5"}), "what was sent is left as it is"


def test_an_op_of_a_version_between_starts_there() -> None:
    between = structs.replace(OLD, v=2, set={"value": "4"})
    assert lift(between, {1: renamed, 2: placed}, to=3).set == {"value": "4"}


def test_every_version_that_is_still_understood_has_its_lift() -> None:
    assert sorted(LIFTS) == list(range(OLDEST, PROTOCOL))
