"""Days as OneRoster writes them, and the half-open spans that the journal keeps.

An end date is read as the last day inside: most senders write the last day of a term or of an enrolment, and the
other reading would take a day of lessons away.
"""

from datetime import date, datetime, timedelta

from server.interop.bundle import Row
from server.interop.plan import Plan
from server.interop.reasons import Why

DAY = timedelta(1)


class Unreadable(Exception):
    """A cell that should hold a date."""


def day_in(text: str) -> date | None:
    """The day of a date, or of a moment; None when the cell is empty. Raises Unreadable."""
    if not text:
        return None
    try:
        if len(text) == 10:
            return date.fromisoformat(text)
        return datetime.fromisoformat(text).date()
    except ValueError:
        raise Unreadable(text) from None


def span_in(plan: Plan, row: Row, begins: str, ends: str) -> tuple[date | None, date | None] | None:
    """(first day, first day outside) of a row; a date that is not given is None. None when the row was listed."""
    found = []
    for column in (begins, ends):
        try:
            found.append(day_in(row.get(column)))
        except Unreadable:
            plan.leave(row, Why.BAD_DATE, column=column, value=row.get(column))
            return None
    first, last = found
    if first is not None and last is not None and last < first:
        plan.leave(row, Why.BACKWARDS)
        return None
    return first, last + DAY if last is not None and last < date.max else last


def modified(row: Row) -> date | None:
    """The day on which the row was last changed, when it is readable."""
    try:
        return day_in(row.get("dateLastModified"))
    except Unreadable:
        return None


def iso(day: date | None) -> str | None:
    """A day as the journal writes it."""
    return day.isoformat() if day else None
