"""Form: is an op well-formed, of a known record, with values that its cells can hold? Needs no facts.

Holds always: what passes here can be stored, and what fails here disturbs no other op.
"""

import re
from typing import Any, get_origin

from sync.model.record import KINDS, Cell, CellType, Kind, is_date
from sync.ops import Op
from sync.verdicts import Reason

LATEST = 1 << 53  # a moment beyond this is no moment
MARK = re.compile(r"[^\s]{1,6}")
TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


def form(op: Op) -> tuple[Kind, dict[str, str]] | Reason:
    """The op's kind and key parts, or the reason why it has no lawful form."""
    if op.n < 1 or not -LATEST < op.at < LATEST or not op.set or not 0 <= op.seen[1] < LATEST:
        return Reason.MALFORMED
    kind = KINDS.get(op.kind)
    parts = kind.parts(op.key) if kind else None
    if kind is None or parts is None:
        return Reason.UNKNOWN_RECORD
    for name, value in op.set.items():
        cell = kind.cells.get(name)
        if cell is None:
            return Reason.UNKNOWN_RECORD
        if value is not None and not fits(value, cell):
            return Reason.BAD_VALUE
    return kind, parts


def fits(value: Any, cell: CellType) -> bool:
    """True when the value has the type, length and form of the cell."""
    if cell.type is str:
        return _is_text(value, cell.guard)
    if cell.type is bool:
        return isinstance(value, bool)
    if cell.type is int:
        return isinstance(value, int) and not isinstance(value, bool) and abs(value) < LATEST
    if get_origin(cell.type) is list:
        return isinstance(value, list) and len(value) <= 1000
    return isinstance(value, dict) and len(value) <= 100


def _is_text(value: Any, guard: Cell) -> bool:
    if not isinstance(value, str) or len(value) > guard.longest or "\x00" in value:
        return False
    if guard.choices:
        return value in guard.choices
    if guard.text == "date":
        return is_date(value)
    if guard.text == "time":
        return TIME.fullmatch(value) is not None
    return guard.text != "mark" or MARK.fullmatch(value) is not None
