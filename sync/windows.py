"""Edit windows: until when a mark may still be corrected without a second person.

Holds always:
1. A window is half-open: at the instant it closes a correction is already too late (regulation 3.2.4).
2. It runs from the moment the first value was given, not from the lesson's date, and never reopens by itself.
Not here: locks of a term or a year (`sync.locks`).
"""

from sync.days import DAY, Span

WINDOW_DAYS = 14


def correction_window(given: int, days: int | None) -> Span:
    """The span in which a mark given at `given` (UTC ms) may be corrected; `days` of the school's window."""
    return Span(given, given + (WINDOW_DAYS if days is None else days) * DAY)
