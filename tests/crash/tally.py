"""The tally: how many faults came about where, and what came of them."""

import time
from collections import Counter

from msgspec import Struct

from tests.crash.afterwards import Damaged, Lost

HEAD = ("step", "call", "fault", "points", "killed", "refused", "unnoticed", "acked lost", "not whole", "other")


class Row(Struct):
    """Of one call of one step and one kind of fault. A fault is unnoticed when the step succeeds in spite of it."""

    points: int = 0
    killed: int = 0
    refused: int = 0
    unnoticed: int = 0
    lost: int = 0
    damaged: int = 0
    other: int = 0


class Tally:
    """Counts. `began`: monotonic moment of the start."""

    def __init__(self, began: float) -> None:
        self._began = began
        self._rows: dict[tuple[str, str, str], Row] = {}

    def count(self, step: str, call: str, fault: str, became: str, problem: Exception | None = None) -> None:
        """One point: the fault came about, and the step was `became`; `problem` is the law that was broken."""
        row = self._rows.setdefault((step, call, fault), Row())
        row.points += 1
        setattr(row, became, getattr(row, became) + 1)
        match problem:
            case None:
                pass
            case Lost():
                row.lost += 1
            case Damaged():
                row.damaged += 1
            case _:
                row.other += 1

    def lines(self, every: int) -> list[str]:
        """The counts as a table, and their sums."""
        if not self._rows:
            return []
        told = [
            [*where, *(str(getattr(row, name)) for name in Row.__struct_fields__)] for where, row in self._rows.items()
        ]
        sums = Counter[str]()
        for row in self._rows.values():
            sums.update({name: getattr(row, name) for name in Row.__struct_fields__})
        told.append(["all", "", "", *(str(sums[name]) for name in Row.__struct_fields__)])
        ruler = ["---"] * 3 + ["---:"] * (len(HEAD) - 3)
        table = [f"| {' | '.join(cells)} |" for cells in (list(HEAD), ruler, *told)]
        which = "every point" if every == 1 else f"every {every}th point"
        return [*table, "", f"{which}, {time.monotonic() - self._began:.0f} s"]
