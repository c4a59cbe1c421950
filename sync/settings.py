"""Settings of the school: within which bounds they make sense.

Holds always:
1. A tablet of staff locks itself within an hour, and no device opens what it holds a month after its last contact.
2. A better mark never asks for a lower mean than a worse one.
"""

from collections.abc import Mapping
from typing import Any

from sync.marks import THRESHOLDS

BOUNDS = {"lock_minutes": (1, 60), "lease_days": (1, 30)}
MEANS = (100, 500)  # of a threshold, in hundredths of a mark
HOURS = 40  # of a week, at the most
MARKS = 100  # of a term that a floor may ask for


def senseless(cells: Mapping[str, Any]) -> str | None:
    """The first of these cells of a school that makes no sense; None when all do. An empty cell always does."""
    for cell, value in cells.items():
        if value is not None and not _makes_sense(cell, value):
            return cell
    return None


def _makes_sense(cell: str, value: Any) -> bool:
    if cell in BOUNDS:
        return _within(value, *BOUNDS[cell])
    if cell == "thresholds":
        if not all(mark in THRESHOLDS and _within(mean, *MEANS) for mark, mean in value.items()):
            return False
        five, four, three = (int(value.get(mark, THRESHOLDS[mark])) for mark in ("5", "4", "3"))
        return five > four > three
    if cell == "floors":
        return all(_hours(hours) and _within(marks, 0, MARKS) for hours, marks in value.items())
    return True


def _within(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _hours(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 2 and 1 <= int(text) <= HOURS and text == str(int(text))
