"""Time: the true one, which nobody but the simulation knows, and what a tablet's clock makes of it."""

from random import Random

SECOND = 1000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
YEAR = 365 * DAY


class TrueTime:
    """UTC ms. Only ever goes on; asking for it moves it by a little, so that no two things happen at once."""

    def __init__(self, now: int) -> None:
        self.now = now

    def __call__(self) -> int:
        """The server's clock is right."""
        self.now += 1
        return self.now

    def pass_by(self, span: int) -> None:
        """Let `span` ms pass."""
        self.now += span


class TabletClock:
    """A wall clock that may be wrong, jump, drift, or be set right."""

    def __init__(self, time: TrueTime) -> None:
        self.time = time
        self.offset = 0

    def __call__(self) -> int:
        """What the tablet believes, UTC ms."""
        return self.time.now + self.offset

    def disturb(self, random: Random) -> str:
        """Something happens to the clock; answers what."""
        what = random.choice(("year", "dst", "day", "minutes", "drift", "battery", "right", "right"))
        if what == "year":
            self.offset += random.choice((-10, -1, 1, 10)) * YEAR
        elif what == "dst":
            self.offset += random.choice((-HOUR, HOUR))
        elif what == "day":
            self.offset += random.choice((-1, 1)) * random.randint(1, 20) * DAY
        elif what == "minutes":
            self.offset += random.randint(-30 * MINUTE, 30 * MINUTE)
        elif what == "drift":
            self.offset += random.randint(-40 * SECOND, 40 * SECOND)
        elif what == "battery":
            self.offset = -self.time.now + random.randint(0, DAY)  # it woke up in 1970
        else:
            self.offset = 0
        return f"clock {what}: {self.offset / HOUR:+.2f} h"
