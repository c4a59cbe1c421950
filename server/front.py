"""The front: what the running server keeps beside the house. One per app."""

from pathlib import Path

from server.house import House
from server.live import Live
from server.metrics import Metrics
from server.static import Tablet


class Front:
    """The house with its live channels, its counters and the tablet's app. `syncing`: syncs under way."""

    def __init__(self, house: House, dist: Path) -> None:
        self.house = house
        self.live = Live(house)
        self.metrics = Metrics()
        self.metrics.lines.set_function(self.live.count)
        self.tablet = Tablet(dist, house.data)
        self.syncing = 0
