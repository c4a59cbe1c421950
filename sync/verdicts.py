"""Verdicts, and the closed list of reasons for them.

A verdict carries no prose: a reason is a code, and the phrase book of the app says it in words with the
facts in `detail`. The list only grows; a code never changes its meaning.
"""

from enum import StrEnum
from typing import Any

from msgspec import Struct

RULES = 1  # version of the rules, told to the tablet so that it can say that its own are older


class Verdict(StrEnum):
    """What became of an op. Final: a later arrival never rewrites it."""

    ACCEPTED = "accepted"
    SUPERSEDED = "superseded"
    HELD = "held"
    REFUSED = "refused"


class Reason(StrEnum):
    """Why an op is not simply accepted, or what is remarkable about its acceptance. One sentence each."""

    NONE = ""
    ON_CLOCK = "on_clock"  # accepted: an edge fell inside the evidence, the tablet's consistent clock decided
    IN_GRACE = "in_grace"  # accepted: written before the lock, arrived after it, within the school's grace
    MALFORMED = "malformed"  # the op does not have the form of the protocol
    UNKNOWN_RECORD = "unknown_record"  # no such record type, key or cell
    BAD_VALUE = "bad_value"  # the value has not the type, length or form of its cell
    NOT_YOURS = "not_yours"  # the author had no right to this cell at the moment of writing; a stranger learns no more
    TERM_LOCKED = "term_locked"  # the term was locked when the entry was written
    YEAR_LOCKED = "year_locked"  # the school year was locked when the entry was written
    YEAR_ARCHIVED = "year_archived"  # the school year had been put into the archive, where nobody writes any more
    AFTER_GRACE = "after_grace"  # written before the lock, but arrived after the school's grace
    WINDOW_CLOSED = "window_closed"  # the mark was given longer ago than the school allows corrections
    IN_DOUBT = "in_doubt"  # an edge fell inside the evidence and the tablet's clock can't be trusted
    UNKNOWN_PUPIL = "unknown_pupil"  # no such pupil in this journal's class
    NOT_ENROLLED = "not_enrolled"  # the pupil was not of this class or subgroup on that day
    OFF_SCALE = "off_scale"  # the value is not on the school's scale
    NO_MARKS = "no_marks"  # a class of the first year gets no marks
    NOT_BEGUN = "not_begun"  # the lesson's day had not begun when the entry was written
    ILLEGAL_STEP = "illegal_step"  # the year's lock can't go from where it stands to where the entry wants it
    OUT_OF_YEAR = "out_of_year"  # the day lies in no term of the school year
    LOST = "lost"  # another entry of the same cell stands higher
    ALREADY_DECIDED = "already_decided"  # the matter was settled before


class Decision(Struct, frozen=True, gc=False):
    """A verdict with its reason and the facts that the app needs to put it in words.

    `detail` may hold: `since` (UTC ms: when the rule began to bite), `until` (UTC ms), `by` (person id), `cell`,
    `term`, `year`.
    `written`: the moment the rules were judged for, UTC ms. `authority`: see `sync.access`.
    """

    verdict: Verdict
    reason: Reason = Reason.NONE
    detail: dict[str, Any] = {}
    written: int = 0
    authority: int = 0
