"""Merge: a cell keeps its heads.

Holds always:
1. An accepted op replaces the heads it has seen (seq up to its `seen`) and its own device's earlier ones, and no other.
2. The better head shows: (authority, moment of writing, op id), compared in that order. So the outcome does not
   depend on the order of arrival.
3. A head leaves a cell only by being seen. Equal values merely make that no conflict is shown.
"""

from typing import Any

from msgspec import Struct

from sync.messages import Head as WireHead
from sync.ops import op_id


class Head(Struct, array_like=True, frozen=True, gc=False):
    """One accepted value of a cell, with what is needed to compare it. `seq`: when it was accepted."""

    value: Any
    person: str
    written: int
    device: str
    n: int
    authority: int
    seq: int

    @property
    def rank(self) -> tuple[int, int, str, int]:
        """The better head has the greater rank."""
        return (self.authority, self.written, self.device, self.n)


class Row(Struct, gc=False):
    """A record as it stands: values as shown, heads by cell, and the seq of its last change."""

    key: str
    scope: str
    seq: int
    values: dict[str, Any]
    heads: dict[str, list[Head]]


def blank(key: str, scope: str) -> Row:
    """A record that nobody has written yet."""
    return Row(key, scope, 0, {}, {})


def put(row: Row, cells: dict[str, Any], head: Head, seen: int) -> list[str]:
    """Write cells into the row with `head` as the pattern (its value is replaced per cell); answers the cells in
    which another head of another value stands higher."""
    lost = []
    for cell, value in cells.items():
        mine = Head(value, head.person, head.written, head.device, head.n, head.authority, head.seq)
        standing = row.heads.get(cell)
        if standing:
            kept = [h for h in standing if h.seq > seen and not (h.device == mine.device and h.n <= mine.n)]
            if kept:
                kept.append(mine)
                kept.sort(key=lambda h: h.rank, reverse=True)
                row.heads[cell] = kept
                row.values[cell] = kept[0].value
                if kept[0] is not mine and kept[0].value != value:
                    lost.append(cell)
                continue
        row.heads[cell] = [mine]
        row.values[cell] = value
    row.seq = head.seq
    return lost


def conflicts(row: Row) -> dict[str, list[WireHead]] | None:
    """The cells whose heads differ in value, with their heads as the wire shows them; None when all is settled."""
    found = {}
    for cell, heads in row.heads.items():
        if len(heads) > 1 and any(h.value != heads[0].value for h in heads):
            found[cell] = [WireHead(h.value, h.person, h.written, op_id(h.device, h.n), h.authority) for h in heads]
    return found or None
