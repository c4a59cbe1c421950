"""Who was away when, and why: illness of some days, days off, single lessons missed, and coming late.

Each pupil has a year of his or her own, drawn once, so that yesterday's absences stay what they were when the demo is
made a day later.
"""

import random
from bisect import bisect_left
from datetime import date

from msgspec import Struct

from server.demo.staff import SEED

ILL_A_YEAR = 2.1  # spells of illness, of four school days on average
OFF_A_YEAR = 1.8  # single days off
ILL_DAYS = (1, 2, 3, 4, 5, 5, 6, 8)
MISSED = 0.006  # of single lessons
LATE = (0.024, 0.006)  # of the first lesson of a day, of a later one


class Absence(Struct, frozen=True):
    """A span of school days away. `excuse`: the reason that the class teacher will set, "" when never told;
    `told`: index of the school day on which it is set."""

    first: int
    last: int
    excuse: str
    told: int


def absences_of(pupil: str, days: int) -> list[Absence]:
    """A pupil's absences in a year of so many school days, which are counted from 0."""
    dice = random.Random(f"{SEED}/attendance/{pupil}")
    frailty = 0.3 + 1.4 * dice.random()
    found: list[Absence] = []
    taken = 0
    while taken < days:
        taken += int(dice.expovariate(frailty * (ILL_A_YEAR + OFF_A_YEAR) / days)) + 1
        if taken >= days:
            break
        if dice.random() < ILL_A_YEAR / (ILL_A_YEAR + OFF_A_YEAR):
            length, excuse = dice.choice(ILL_DAYS), "ill"
        else:
            length, excuse = 1, dice.choice(("parents", "parents", "valid", "none"))
        last = min(taken + length - 1, days - 1)
        told = last + dice.choice((1, 1, 1, 2, 3))
        found.append(Absence(taken, last, excuse if dice.random() < 0.92 else "", told))
        taken = last + 2
    return found


class Register:
    """The absences of all pupils of a year, asked by day."""

    def __init__(self, pupils: list[str], days: list[date]) -> None:
        self.days = [day.isoformat() for day in days]
        self._away: dict[tuple[str, int], Absence] = {}
        for pupil in pupils:
            for absence in absences_of(pupil, len(days)):
                for index in range(absence.first, absence.last + 1):
                    self._away[pupil, index] = absence

    def index_of(self, day: str) -> int:
        """Which school day of the year it is, counted from 0."""
        return bisect_left(self.days, day)

    def away(self, pupil: str, index: int) -> Absence | None:
        """Why the pupil is away all that day, or None."""
        return self._away.get((pupil, index))


def minutes_late(dice: random.Random, number: int) -> int:
    """Minutes late at the lesson of this number; mostly 0."""
    if dice.random() >= LATE[number > 1]:
        return 0
    return dice.choice((2, 3, 5, 5, 7, 10, 15, 20))
