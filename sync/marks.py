"""Arithmetic of marks: exact, never in floats.

A mark counts towards a mean when it is 1 to 5. «осв», «н/а», «.», «зач» and «незач» don't count.
Weights, thresholds and floors are the school's, laid over those below; a proposal is decided on the exact mean, not on
the shown one. The same in `pwa/src/rules/marks.ts`; `tests/vectors/marks.json` and `floors.json` prove it.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from msgspec import Struct

WEIGHTS = {"control": 3, "dictation": 2, "independent": 2, "practical": 2, "laboratory": 2}
# Mark -> the least mean for it, in hundredths.
THRESHOLDS = {"5": 450, "4": 350, "3": 250}
# Weekly hours -> marks asked for in a term: the usual floor of a school (facts: 3 at one or two hours, 5 to 7 above).
FLOORS = {"1": 3, "3": 5, "5": 7}
LOWEST = 2

Settings = Mapping[str, int] | None


class Weighted(Struct, frozen=True):
    """A mark's value as written, and its weight."""

    value: str
    weight: int


def weight_of(work: str | None, weights: Settings = None) -> int:
    """The weight of a kind of work; 1 where neither school nor custom says more."""
    return {**WEIGHTS, **(weights or {})}.get(work or "", 1)


def weighted_mean(marks: Sequence[Weighted]) -> Fraction | None:
    """Exact Σ(w·m)/Σw of the marks that count; None when nothing counts."""
    counting = [(int(m.value), m.weight) for m in marks if m.value in ("1", "2", "3", "4", "5") and m.weight > 0]
    total = sum(w for _, w in counting)
    return Fraction(sum(v * w for v, w in counting), total) if total else None


def proposal(mean: Fraction, thresholds: Settings = None) -> int:
    """The term mark that the thresholds propose for an exact mean: the best whose least mean is reached, else 2."""
    least = {**THRESHOLDS, **(thresholds or {})}
    reached = [int(mark) for mark, hundredths in least.items() if mean * 100 >= hundredths]
    return max(reached, default=LOWEST)


def floor_of(hours: int | None, floors: Settings = None) -> int:
    """How many marks a pupil should have in a term: by the greatest number of hours not above the journal's."""
    asked = {int(least): marks for least, marks in (floors or FLOORS).items()}
    return asked[max((least for least in asked if least <= (hours or 1)), default=min(asked))]
