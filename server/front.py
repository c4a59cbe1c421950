"""The front: what the running server keeps beside the house. One per app."""

from pathlib import Path

from server.accounts.tries import Tries
from server.house import House
from server.live import Live
from server.metrics import Metrics
from server.static import Tablet


class Front:
    """The house with its live channels, its counters and the tablet's app. `syncing`, `delivering`: syncs and
    deliveries of parcels under way; `deliveries`: how often somebody has tried to deliver what is not authentic."""

    def __init__(self, house: House, dist: Path) -> None:
        self.house = house
        self.live = Live(house)
        self.metrics = Metrics()
        self.metrics.lines.set_function(self.live.count)
        self.tablet = Tablet(dist, house.data)
        self.syncing = self.delivering = 0
        self.deliveries = Tries()
