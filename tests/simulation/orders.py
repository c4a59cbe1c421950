"""Order of arrival: the same entries, written by people who had seen the same, delivered in other orders.

Everybody writes offline on what all have seen; then the tablets come back in some order. Whatever the order, each
record must show the same values and keep the same heads. Seqs differ, so a head is told by its op. Verdict and
authority are part of what was accepted: a lock, a grant or a substitution that arrives in between binds those who come
after it.
"""

from random import Random
from typing import Any

from tests.simulation.clocks import HOUR, TabletClock
from tests.simulation.device import Tablet
from tests.simulation.network import CALM
from tests.simulation.world import World

WRITERS = ("t1", "t1", "t2", "t3", "tutor", "deputy", "deputy2", "admin")


class Rounds(World):
    """A world without faults: rounds of writing, each followed by the return of some tablets in a given order."""

    def __init__(self, seed: int, order: Random) -> None:
        super().__init__(seed)
        self.order = order
        self.network.weather = CALM
        self.old_editors = 0.0
        self.host.exchange.page = 6000
        self.tablets = []
        for person in WRITERS:
            device = self.host.new_identity(person, self.time(), fresh=True)
            self.tablets.append(
                Tablet(len(self.tablets), person, device, self.host.exchange.epoch, TabletClock(self.time))
            )

    def _persons(self) -> list[str]:
        return []

    def play(self) -> None:
        """Three rounds. A tablet that stays away comes back in a later one, with what it has seen long ago."""
        self._all_look()
        for _ in range(3):
            for tablet in self.tablets:
                for _ in range(self.random.randint(0, 3)):
                    self.time.pass_by(HOUR // 7)
                    self._write(tablet)
            back = [t for t in self.tablets if self.random.random() < 0.8]
            arriving, now = self.order.sample(back, len(back)), self.time.now
            for tablet in arriving:
                self._return(tablet)
            self.time.now = now + HOUR  # the next round begins at the same time whatever the order was
            for tablet in back:
                self._ask(tablet)
                self._flush()
        self._all_look()

    def _return(self, tablet: Tablet) -> None:
        while tablet.name.unanswered():
            self._ask(tablet)
            self._flush()

    def _all_look(self) -> None:
        for tablet in self.tablets:
            self._return(tablet)
        for tablet in self.tablets:
            self._ask(tablet)
            self._flush()

    def _flush(self) -> None:
        self.network.flush_up(self._deliver)
        self.network.flush_down(self._hand_over)

    def state(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """(what was decided, what the records show), both without seqs."""
        decided = {f"{e.device}:{e.n}": ("lawful" if e.verdict in ("accepted", "superseded") else e.verdict,
                                         e.kind, e.key, e.cells(), e.written, e.authority)
                   for e in self.host.ledger(self.host.founded_seq)}  # fmt: skip
        shown: dict[str, Any] = {}
        with self.host.store.read() as reader:
            for kind in ("mark", "lesson", "attendance", "term_mark", "plan_item", "term", "grant", "member", "school",
                         "teaching", "substitution", "opening", "enrolment", "consent", "family"):  # fmt: skip
                for row in reader.every(kind):
                    heads = {c: [(h.value, h.person, h.written, h.device, h.n, h.authority) for h in all_of]
                             for c, all_of in row.heads.items()}  # fmt: skip
                    shown[f"{kind} {row.key}"] = (row.values, heads)
        return decided, shown
