"""Counters for Prometheus, one set per running server. Only numbers: no person and no device is a label."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from server.house import House

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class Metrics:
    """What is counted. `look_at` reads what need not be counted all the time."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.ops = Counter("zvonok_ops", "Ops by verdict, repeats included", ["verdict"], registry=self.registry)
        self.troubles = Counter("zvonok_troubles", "Refused requests by error", ["error"], registry=self.registry)
        self.parcels_refused = Counter(
            "zvonok_parcels_refused", "Parcels that could not be opened or were not authentic", registry=self.registry
        )
        self.sync_seconds = Histogram("zvonok_sync_seconds", "Time of a sync", buckets=SECONDS, registry=self.registry)
        self.healed = Counter("zvonok_healed_scopes", "Scopes that did not match their digest", registry=self.registry)
        self.lines = Gauge("zvonok_live_lines", "Tablets on the live channel", registry=self.registry)
        self._applied = Gauge("zvonok_applied_seq", "Head of the ledger", ["school"], registry=self.registry)
        self._durable = Gauge("zvonok_durable_seq", "Seq in the backup", ["school"], registry=self.registry)

    def look_at(self, house: House) -> None:
        """Read the house's numbers."""
        for school, exchange in house.exchanges.items():
            self._applied.labels(school).set(exchange.applied_seq)
            self._durable.labels(school).set(exchange.durable_seq)
