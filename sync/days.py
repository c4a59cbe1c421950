"""Days and moments: a school day as a half-open span of UTC milliseconds in the school's time zone."""

from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

DAY = 86_400_000
ALWAYS = 1 << 53
UTC = ZoneInfo("UTC")


class Span(Struct, frozen=True):
    """Half-open span in UTC milliseconds: `opens` is inside, `closes` is not."""

    opens: int
    closes: int

    def holds(self, moment: int) -> bool:
        """True while `moment` is inside."""
        return self.opens <= moment < self.closes


@lru_cache(maxsize=64)
def zone(name: str | None) -> ZoneInfo:
    """The time zone by its name; UTC when it is unknown or empty."""
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


@lru_cache(maxsize=8192)
def moment_of(day: str, timezone: str | None) -> int:
    """UTC ms of the first instant of the day (YYYY-MM-DD) in the time zone."""
    first = datetime.combine(date.fromisoformat(day), time.min, zone(timezone))
    return int(first.timestamp() * 1000)


def day_of(moment: int, timezone: str | None) -> str:
    """The day (YYYY-MM-DD) on which a moment falls in the time zone; clamped to the years 1970 to 9999."""
    seconds = min(max(moment, 0) / 1000, 253_370_764_800)
    return datetime.fromtimestamp(seconds, zone(timezone)).date().isoformat()


def span_of(starts: str | None, ends: str | None, timezone: str | None) -> Span:
    """The span of the days from `starts` up to `ends` (outside); an empty end is open."""
    opens = moment_of(starts, timezone) if starts else -ALWAYS
    return Span(opens, moment_of(ends, timezone) if ends else ALWAYS)
