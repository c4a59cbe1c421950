"""Hypothesis against the real server: whatever sequence of steps it finds, the server equals the reference.

Where the simulation plays what a school would do, this looks for the shortest strange sequence; same checks.
"""

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.simulation.clocks import DAY, HOUR, MINUTE
from tests.simulation.deeds import Deed
from tests.simulation.device import Tablet
from tests.simulation.invariants import check, lawful, one_verdict_each, rows_are_what_was_accepted
from tests.simulation.network import CALM
from tests.simulation.world import World

PERSONS = ("t1", "t2", "deputy", "admin", "tutor")
DATES = ("2026-10-30", "2026-11-01", "2026-11-16", "2026-11-18", "2026-11-19")
KEYS = st.builds("8b-alg/{}/1/{}/1".format, st.sampled_from(DATES), st.sampled_from(("p1", "p2")))
DAYS = st.sampled_from(("2026-11-02", "2026-11-10", "2026-11-18", "2026-11-20", "2026-12-01", None))


class Server(RuleBasedStateMachine):
    """Five tablets, one cell or two, and everything that can move a rule's edge."""

    @initialize()
    def begin(self) -> None:
        self.world = World(1)
        world = self.world
        world.network.weather = CALM
        world.host.exchange.page = 6000
        world.old_editors = 0.0
        world.time.now = max(world.time.now, 1793500000000)
        world.tablets = []
        for person in PERSONS:
            world._new_tablet(person)

    def tablet(self, person: str) -> Tablet:
        return next(t for t in self.world.tablets if t.person == person)

    def write(self, person: str, kind: str, key: str, **cells: Any) -> None:
        self.world.time()
        self.world.write(self.tablet(person), Deed(kind, key, cells))

    @rule(who=st.sampled_from(PERSONS), key=KEYS, value=st.sampled_from(("5", "4", "2", None, "17")))
    def mark(self, who: str, key: str, value: str | None) -> None:
        self.write(who, "mark", key, value=value)

    @rule(who=st.sampled_from(("t1", "tutor", "t2")), key=KEYS, presence=st.booleans())
    def attendance(self, who: str, key: str, presence: bool) -> None:
        cells = {"presence": "absent"} if presence else {"reason": "ill"}
        self.write(who, "attendance", key[:-2], **cells)

    @rule(term=st.sampled_from(("2026-1", "2026-2")), locked=st.booleans())
    def lock(self, term: str, locked: bool) -> None:
        self.write("admin", "term", term, locked=locked, reason="отчёт")

    @rule(ends=DAYS)
    def teaching(self, ends: str | None) -> None:
        self.write("deputy", "teaching", "8b-alg/t1/2026-09-01", ends=ends)

    @rule(ends=DAYS)
    def substitution(self, ends: str | None) -> None:
        self.write("deputy", "substitution", "8b-alg/t2/2026-11-16", ends=ends)

    @rule(ends=DAYS)
    def opening(self, ends: str | None) -> None:
        self.write("deputy", "opening", "t1/2026-11-01/1", ends=ends, reason="опечатка", term="2026-1")

    @rule(ends=DAYS)
    def dismissal(self, ends: str | None) -> None:
        self.write("admin", "grant", "g-tutor", ends=ends)

    @rule(hold=st.booleans(), days=st.sampled_from((0, 3)))
    def settings_of_the_school(self, hold: bool, days: int) -> None:
        self.write("admin", "school", "32", hold_in_doubt=hold, grace_days=days)

    @rule(who=st.sampled_from(("deputy", "t1")), outcome=st.sampled_from(("approved", "declined", "withdrawn")))
    def decide(self, who: str, outcome: str) -> None:
        scope = "office" if who == "deputy" else f"inbox:{who}"
        matters = self.tablet(who).rows_of(scope, "matter")
        if matters:
            self.write(who, "matter", min(matters, key=lambda k: (matters[k]["outcome"] or "", k)), outcome=outcome)

    @rule(span=st.sampled_from((MINUTE, HOUR, DAY, 4 * DAY, 15 * DAY)))
    def time_passes(self, span: int) -> None:
        self.world.time.pass_by(span)

    @rule(who=st.sampled_from(PERSONS), offset=st.sampled_from((-20 * DAY, -HOUR, 0, HOUR, 400 * DAY)))
    def clock(self, who: str, offset: int) -> None:
        self.tablet(who).clock.offset = offset

    @rule(who=st.sampled_from(PERSONS), heard=st.booleans())
    def sync(self, who: str, heard: bool) -> None:
        world = self.world
        world._ask(self.tablet(who))
        world.network.flush_up(world._deliver)
        world.network.flush_down(world._hand_over if heard else lambda parcel: None)

    @rule()
    def crash(self) -> None:
        self.world.host.restart()

    @invariant()
    def the_server_equals_the_reference(self) -> None:
        ledger = self.world.host.ledger()
        one_verdict_each(self.world, ledger)
        rows_are_what_was_accepted(self.world, lawful(self.world, ledger))

    def teardown(self) -> None:
        if hasattr(self, "world"):
            try:
                self.world.quiet()
                check(self.world)
            finally:
                self.world.close()


ServerTest = Server.TestCase
ServerTest.settings = settings(
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
