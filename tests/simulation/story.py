"""A story: a world in which only that happens which is told, on a calm network."""

from server.storage.journal import Entry
from tests.simulation.clocks import MINUTE
from tests.simulation.deeds import Deed
from tests.simulation.device import Tablet
from tests.simulation.network import CALM, Parcel
from tests.simulation.world import World

BEGIN = 1794300000000  # 10 November 2026
MARK = "8b-alg/2026-11-09/1/p1/1"


class Story(World):
    """A world in which only that happens which the story tells."""

    def __init__(self) -> None:
        super().__init__(1)
        self.network.weather, self.calm = CALM, True
        self.host.exchange.page = 6000
        self.old_editors = 0.0
        self.time.now = BEGIN
        self.tablets = []

    def _persons(self) -> list[str]:
        return []

    def tablet(self, person: str) -> Tablet:
        self._new_tablet(person)
        self.sync(self.tablets[-1])
        return self.tablets[-1]

    def note(self, tablet: Tablet, kind: str, key: str, **cells: object) -> None:
        self.time.pass_by(MINUTE)
        self.write(tablet, Deed(kind, key, cells))

    def send(self, tablet: Tablet) -> Parcel:
        """Ask, and leave the request under way."""
        self.time.pass_by(MINUTE)
        self._ask(tablet)
        return self.network.up[-1]

    def declare(self, tablet: Tablet) -> Parcel:
        """Ask with the numbers held alone: what is under them stays behind."""
        parcel = self.send(tablet)
        head, _, _ = parcel.body.partition(b', "ops"')
        parcel.body = head + b', "ops": []}'
        return parcel

    def restore(self, *, new_epoch: bool = False) -> None:
        """Put the only backup back: by hand, or with an epoch of its own."""
        self.go_back_to(0, new_epoch=new_epoch)

    def arrive(self) -> None:
        self.network.flush_up(self._deliver)
        self.network.flush_down(self._hand_over)

    def sync(self, tablet: Tablet) -> None:
        self.send(tablet)
        self.arrive()

    def entry(self, tablet: Tablet, n: int) -> Entry:
        return next(e for e in self.host.ledger() if (e.device, e.n) == (tablet.name.device, n))

    def shown(self, tablet: Tablet, key: str = MARK) -> tuple[object, list[object]]:
        row = tablet.row("journal:8b-alg", "mark", key)
        assert row is not None
        return row["value"], [head[0] for head in (row["heads"] or {}).get("value", [])]
