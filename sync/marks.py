"""Arithmetic of marks: exact, never in floats.

A mark counts towards a mean when it is 1 to 5. «осв», «н/а», «.», «зач» and «незач» don't count.
Weights and thresholds are the school's; see facts on rounding: decided on the exact mean, not on the shown one.
"""

from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct

WEIGHTS = {"control": 3, "dictation": 2, "independent": 2, "practical": 2, "laboratory": 2}
THRESHOLDS = ((5, Fraction(9, 2)), (4, Fraction(7, 2)), (3, Fraction(5, 2)))


class Weighted(Struct, frozen=True):
    """A mark's value as written, and its weight."""

    value: str
    weight: int


def weighted_mean(marks: Sequence[Weighted]) -> Fraction | None:
    """Exact Σ(w·m)/Σw of the marks that count; None when nothing counts."""
    counting = [(int(m.value), m.weight) for m in marks if m.value in ("1", "2", "3", "4", "5") and m.weight > 0]
    total = sum(w for _, w in counting)
    return Fraction(sum(v * w for v, w in counting), total) if total else None


def proposal(mean: Fraction, thresholds: Sequence[tuple[int, Fraction]] = THRESHOLDS) -> int:
    """The term mark that the school's thresholds propose for an exact mean; 2 below the lowest."""
    return next((mark for mark, least in thresholds if mean >= least), 2)
