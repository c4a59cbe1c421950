"""Why a row was not imported: a closed list, one sentence each.

The sentence is for the admin who has to mend the bundle; words in braces stand in the detail.
"""

from enum import StrEnum
from typing import Any

from msgspec import Struct


class Why(StrEnum):
    """Reasons. The list only grows."""

    TOO_LONG_A_LINE = "too_long_a_line"
    STRAY_QUOTE = "stray_quote"
    TOO_MANY_CELLS = "too_many_cells"
    EMPTY_ROW = "empty_row"
    UNUSED_FILE = "unused_file"
    NO_COLUMN = "no_column"
    NO_ID = "no_id"
    TWICE = "twice"
    BAD_STATUS = "bad_status"
    INACTIVE = "inactive"
    NOTHING_TO_END = "nothing_to_end"
    KEPT = "kept"
    MISSING = "missing"
    BAD_DATE = "bad_date"
    BACKWARDS = "backwards"
    OVERLAPS = "overlaps"
    UNKNOWN_TYPE = "unknown_type"
    UNKNOWN_ROLE = "unknown_role"
    NOT_THE_SCHOOL = "not_the_school"
    OTHER_SCHOOL = "other_school"
    NO_SUCH = "no_such"
    NOT_TAKEN = "not_taken"
    WRONG_ROLE = "wrong_role"
    NO_RIGHT = "no_right"
    SAME = "same"
    STANDS = "stands"
    BAD_VALUE = "bad_value"


SENTENCES = {
    Why.TOO_LONG_A_LINE: "the line is longer than any row can be",
    Why.STRAY_QUOTE: "a quotation mark is opened and not closed",
    Why.TOO_MANY_CELLS: "the row has {found} cells instead of {wanted}: a list with commas wants quotation marks",
    Why.EMPTY_ROW: "the row is empty",
    Why.UNUSED_FILE: "a school journal has no use for this file",
    Why.NO_COLUMN: "the file has no column {column}",
    Why.NO_ID: "the row has no sourcedId",
    Why.TWICE: "the same sourcedId stands in line {line} already",
    Why.BAD_STATUS: "the status is {status!r}, not active, inactive or tobedeleted",
    Why.INACTIVE: "the row is inactive",
    Why.NOTHING_TO_END: "it is to be deleted, and the journal does not have it",
    Why.KEPT: "it is to be deleted, but the journal keeps the records of its year",
    Why.MISSING: "{column} is empty",
    Why.BAD_DATE: "{column} is {value!r}, not a date like 2026-09-01",
    Why.BACKWARDS: "it ends before it begins",
    Why.OVERLAPS: "it overlaps with {title!r} (line {line}), which was taken as the term",
    Why.UNKNOWN_TYPE: "the type is {type!r}, which the standard does not know",
    Why.UNKNOWN_ROLE: "the role is {role!r}, which the standard does not know",
    Why.NOT_THE_SCHOOL: "it is not the school that is imported",
    Why.OTHER_SCHOOL: "it belongs to another school of the bundle ({school})",
    Why.NO_SUCH: "{column} is {value!r}, which stands nowhere in the bundle",
    Why.NOT_TAKEN: "{column} is {value!r}, which was not imported (line {line})",
    Why.WRONG_ROLE: "the user is {is_a}, but the row is about {wanted}",
    Why.NO_RIGHT: "a class gives {role} no right in the journal",
    Why.SAME: "it says the same as line {line}",
    Why.STANDS: "it is to be deleted, but line {line} says that it stands",
    Why.BAD_VALUE: "{column} is too long or holds what can't be stored",
}


class Listed(Struct, frozen=True):
    """A row that was not imported, and why."""

    file: str
    line: int
    why: Why
    detail: dict[str, Any]

    @property
    def words(self) -> str:
        """The reason as a sentence."""
        return SENTENCES[self.why].format(**self.detail)


class Remark(Struct, frozen=True):
    """Something odd about a row that was imported, or about a whole file (line 0)."""

    file: str
    line: int
    words: str
