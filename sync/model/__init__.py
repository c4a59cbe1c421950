"""The model: every record type, declared once. `KINDS` is the whole of it, by name."""

from sync.model import journal, office, people, school
from sync.model.record import KINDS, Cell, CellType, Kind, is_date, part_type

__all__ = [
    "KINDS",
    "Cell",
    "CellType",
    "Kind",
    "is_date",
    "journal",
    "office",
    "part_type",
    "people",
    "school",
]
