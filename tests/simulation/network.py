"""The network: two queues, up and down, that move only when the world flushes them.

On the way a parcel may be lost, cut short, doubled, kept back, or come again much later. A tablet waits for one answer
at a time; what answers a question that it has given up is dropped at its door.
"""

from collections import Counter
from collections.abc import Callable
from random import Random

from msgspec import Struct


class Parcel(Struct):
    """Bytes under way. `asked`: which question of which tablet this is, or answers. `sealed`: parcels, that somebody
    brings without a session."""

    tablet: int
    asked: int
    identity: str
    person: str
    body: bytes
    sealed: bool = False


class Weather(Struct, frozen=True):
    """How likely each fault is, for one parcel."""

    lost: float = 0.0
    cut: float = 0.0
    doubled: float = 0.0
    kept: float = 0.0
    again: float = 0.0
    shuffled: float = 0.0


CALM = Weather()


def weather(random: Random) -> Weather:
    """The weather of a seed."""
    rough = random.choice((0.0, 0.02, 0.06, 0.15))
    return Weather(*(rough * random.random() * 2 for _ in range(6)))


NAMES = {"up": "request", "down": "answer"}


class Network:
    """Queues up (tablet to server) and down. `past`: what once was sent and may be sent again by somebody. `met`: what
    it did, see `coverage`."""

    def __init__(self, random: Random, weather: Weather, met: Counter[str]) -> None:
        self.random, self.weather, self.met = random, weather, met
        self.up: list[Parcel] = []
        self.down: list[Parcel] = []
        self.past: list[Parcel] = []

    def send(self, parcel: Parcel) -> None:
        """A tablet asks."""
        self.up.append(parcel)
        if len(self.past) < 40:
            self.past.append(parcel)
        else:
            self.past[self.random.randrange(40)] = parcel

    def flush_up(self, deliver: Callable[[Parcel], bytes | None]) -> None:
        """Bring what is under way to the server; its answers go down. A server that crashes answers nothing."""
        for parcel in self._arriving("up"):
            body = deliver(parcel)
            if body is not None:
                self.down.append(Parcel(parcel.tablet, parcel.asked, parcel.identity, parcel.person, body))

    def flush_down(self, deliver: Callable[[Parcel], None]) -> None:
        """Bring the answers to the tablets."""
        for parcel in self._arriving("down"):
            deliver(parcel)

    def _arriving(self, way: str) -> list[Parcel]:
        """What arrives now, in the order in which it arrives; what is kept back stays in the queue."""
        sky, random, met, what = self.weather, self.random, self.met, NAMES[way]
        waiting: list[Parcel] = getattr(self, way)
        if sky.again and way == "up" and self.past and random.random() < sky.again:
            waiting.append(random.choice(self.past))
            met["request replayed"] += 1
        arriving, kept = [], []
        for parcel in waiting:
            if random.random() < sky.lost:
                met[f"{what} lost"] += 1
                continue
            if random.random() < sky.kept:
                met[f"{what} late"] += 1
                kept.append(parcel)
                continue
            if parcel.body and random.random() < sky.cut:
                parcel = Parcel(
                    parcel.tablet, parcel.asked, parcel.identity, parcel.person,
                    parcel.body[: random.randrange(len(parcel.body))], parcel.sealed,
                )  # fmt: skip
                met["parcels truncated" if parcel.sealed else f"{what} truncated"] += 1
            arriving.append(parcel)
            if random.random() < sky.doubled:
                met[f"{what} doubled"] += 1
                (arriving if random.random() < 0.5 else kept).append(parcel)
        if random.random() < sky.shuffled:
            random.shuffle(arriving)
            met["out of order"] += len(arriving) > 1
        setattr(self, way, kept)
        return arriving
