"""The school year: four terms, holidays, bells, and the days on which lessons are given.

Holds always:
1. Terms and holidays follow from the year alone; both are half-open and never overlap.
2. A day in June, July or August belongs to the year that has just ended.
"""

from datetime import date, timedelta
from functools import lru_cache

from msgspec import Struct

from sync.days import moment_of

TIMEZONE = "Europe/Moscow"
MINUTE = 60_000
HOUR = 60 * MINUTE
# Number of the lesson -> (begins, ends): 45 minutes each, two long breaks for breakfast and dinner.
BELLS = {
    1: ("08:30", "09:15"),
    2: ("09:25", "10:10"),
    3: ("10:30", "11:15"),
    4: ("11:35", "12:20"),
    5: ("12:30", "13:15"),
    6: ("13:25", "14:10"),
    7: ("14:20", "15:05"),
    8: ("15:15", "16:00"),
}
TERM_NAMES = ("I четверть", "II четверть", "III четверть", "IV четверть")


class Period(Struct, frozen=True):
    """Days from `starts` up to `ends` (outside): a term, or holidays."""

    id: str
    name: str
    starts: date
    ends: date

    def holds(self, day: date) -> bool:
        """True for a day inside."""
        return self.starts <= day < self.ends


class SchoolYear(Struct, frozen=True):
    """A school year from September 1 to May 31, with its terms and its holidays."""

    id: str
    name: str
    starts: date
    ends: date
    terms: tuple[Period, ...]
    breaks: tuple[Period, ...]

    def is_school_day(self, day: date) -> bool:
        """True when lessons are given: Monday to Friday, in a term, no holiday."""
        in_term = any(t.holds(day) for t in self.terms)
        return day.weekday() < 5 and in_term and not any(b.holds(day) for b in self.breaks)

    def school_days(self) -> list[date]:
        """Every day with lessons, in order."""
        days = (self.starts + timedelta(n) for n in range((self.ends - self.starts).days))
        return [day for day in days if self.is_school_day(day)]

    def term_of(self, day: date) -> Period | None:
        """The term that holds the day."""
        return next((t for t in self.terms if t.holds(day)), None)


def year_of(today: date) -> SchoolYear:
    """The school year that `today` belongs to."""
    first = today.year if today.month >= 9 else today.year - 1
    return _year(first)


@lru_cache(maxsize=4)
def _year(first: int) -> SchoolYear:
    starts, ends = date(first, 9, 1), date(first + 1, 6, 1)
    autumn = _week_off(date(first, 10, 31))
    spring = _week_off(date(first + 1, 3, 31))
    winter = (_winter_begins(first), _monday_from(date(first + 1, 1, 9)))
    edges = (starts, *autumn, *winter, *spring, ends)
    terms = tuple(Period(f"q{n + 1}", name, edges[2 * n], edges[2 * n + 1]) for n, name in enumerate(TERM_NAMES))
    long_breaks = (
        Period("autumn", "Осенние каникулы", *autumn),
        Period("winter", "Зимние каникулы", *winter),
        Period("spring", "Весенние каникулы", *spring),
    )
    days_off = (
        _day_off("unity", "День народного единства", date(first, 11, 4)),
        _day_off("defenders", "День защитника Отечества", date(first + 1, 2, 23)),
        _day_off("women", "Международный женский день", date(first + 1, 3, 8)),
        _day_off("labour", "Праздник Весны и Труда", date(first + 1, 5, 1)),
        _day_off("victory", "День Победы", date(first + 1, 5, 9)),
    )
    breaks = tuple(sorted((*long_breaks, *days_off), key=lambda b: b.starts))
    return SchoolYear(f"{first}-{first + 1}", f"{first}/{first + 1} учебный год", starts, ends, terms, breaks)


def _week_off(end_of_month: date) -> tuple[date, date]:
    """Nine days from Saturday on, about the last Monday of a month."""
    monday = end_of_month - timedelta(end_of_month.weekday())
    return monday - timedelta(2), monday + timedelta(7)


def _winter_begins(first: int) -> date:
    """December 31, or the Saturday before when it falls on Sunday or Monday."""
    eve = date(first, 12, 31)
    return eve - timedelta({6: 1, 0: 2}.get(eve.weekday(), 0))


def _monday_from(day: date) -> date:
    return day + timedelta(-day.weekday() % 7)


def _day_off(name: str, title: str, day: date) -> Period:
    """A public holiday; one at the weekend moves to Monday."""
    moved = _monday_from(day) if day.weekday() >= 5 else day
    return Period(name, title, moved, moved + timedelta(1))


def at(day: date | str, clock: str) -> int:
    """UTC ms of a local time in the school."""
    hours, _, minutes = clock.partition(":")
    iso = day if isinstance(day, str) else day.isoformat()
    return moment_of(iso, TIMEZONE) + int(hours) * HOUR + int(minutes) * MINUTE
