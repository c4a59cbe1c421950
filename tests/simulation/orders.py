"""Order of arrival: the same entries, written by people who had seen the same, delivered in other orders.

Everybody writes offline on what all have seen; then the tablets come back in some order. Whatever the order, each
record must show the same values and keep the same heads. Seqs differ, so a head is told by its op. Verdict and
authority are part of what was accepted: a lock, a grant or a substitution that arrives in between binds those who come
after it.
"""

from datetime import datetime
from random import Random
from typing import Any

from msgspec.structs import replace

from tests.simulation.clocks import DAY, HOUR, TabletClock
from tests.simulation.deeds import Deed
from tests.simulation.device import Tablet
from tests.simulation.network import CALM
from tests.simulation.world import World

DECEMBER = 1796115600000  # the 1st, 2026: after the day on which any world begins
WRITERS = ("t1", "t1", "t2", "t3", "tutor", "deputy", "deputy2", "admin")


class Rounds(World):
    """A world without faults: rounds of writing, each followed by the return of some tablets in a given order."""

    persons: tuple[str, ...] = WRITERS

    def __init__(self, seed: int, order: Random) -> None:
        super().__init__(seed)
        self.order = order
        self.network.weather = CALM
        self.old_editors = 0.0
        self.host.exchange.page = 6000
        self.tablets = []
        for person in self.persons:
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


class Three(Rounds):
    """Three tablets write 200 entries each on the same few lessons, offline for ten days. Meanwhile the office locks a
    term, names a substitute and takes the journal from its teacher. They come back in batches of any size in any order,
    and some answers are lost."""

    persons = ("t1", "t2", "deputy2", "admin", "deputy")
    entries = 200

    def play(self) -> None:
        """Nothing but the order of the batches differs between two schedules."""
        self.time.now = DECEMBER  # so that some lessons lie in the locked term and some in the open one
        self._all_look()
        writers, (admin, deputy) = self.tablets[:3], self.tablets[3:]
        order = [tablet for tablet in writers for _ in range(self.entries)]
        self.random.shuffle(order)
        for place, tablet in enumerate(order):
            self.time.pass_by(10 * DAY // len(order))
            if place == len(order) // 4:
                self.write(deputy, Deed("substitution", f"8b-alg/t2/{self._day(0)}", {"ends": self._day(3)}))
                self.write(deputy, Deed("teaching", "8b-alg/t1/2026-09-01", {"ends": self._day(4)}))
                self.write(admin, Deed("term", "2026-1", {"locked": True, "reason": "отчёт"}))
                self._return(deputy)
                self._return(admin)
            self.write(tablet, self._entry())
        back, now = list(writers), self.time.now
        while back:
            tablet = self.order.choice(back)
            self.plan = replace(self.plan, batch=self.order.choice((1, 5, 30, 200)))
            self._ask(tablet)
            self.network.flush_up(self._deliver)
            if self.order.random() < 0.1:
                self.network.down.clear()
            self.network.flush_down(self._hand_over)
            self.time.now = now  # whatever the order, they come back at the same time
            back = [other for other in back if other.name.unanswered()]
        self.time.now = now + HOUR
        self._all_look()

    def _day(self, later: int) -> str:
        return datetime.fromtimestamp(self.time.now / 1000 + later * 86_400, self.people.zone).date().isoformat()

    def _entry(self) -> Deed:
        lesson = f"8b-alg/{self.random.choice((self._day(0), self._day(-1), '2026-10-05'))}/1"
        pupil, chance = self.random.choice(("p1", "p2", "p3")), self.random.random()
        if chance < 0.7:
            return Deed("mark", f"{lesson}/{pupil}/1", {"value": self.random.choice("5432")})
        if chance < 0.85:
            return Deed("attendance", f"{lesson}/{pupil}", {"presence": self.random.choice(("absent", "late"))})
        return Deed("lesson", lesson, {"topic": self.random.choice(("Корни", "Повторение"))})
