"""One world, one seed: a school, its tablets and what befalls them; then quiet, and what must hold then.

Nothing here sleeps and nothing reads a clock: the true time is a number that the world moves.
"""

import json
from collections import Counter
from random import Random
from typing import Any

from msgspec import Struct

from tests.simulation.clocks import DAY, HOUR, MINUTE, TabletClock, TrueTime
from tests.simulation.couriers import Couriers
from tests.simulation.coverage import note_answer, note_start, note_zone
from tests.simulation.deeds import THEMES, Deed, People
from tests.simulation.device import NEWER, OLDER, PRESENT, Made, Store, Tablet
from tests.simulation.failure import Failure
from tests.simulation.host import Host
from tests.simulation.network import CALM, Network, Parcel, weather
from tests.simulation.school import FAMILIES, SCHOOL, STAFF, TEACHERS, ZONES, begin

ROUNDS = 60  # of quiet: a world that is not done by then never will be


class Written(Struct):
    """The truth about an op: who wrote it when, whatever any clock said. `claimed`: what the tablet's clock said.
    `line`: how often the server had been restored when the author's rows came from it. `names`: numbers it has had."""

    uid: int
    person: str
    at: int
    claimed: int
    deed: Deed
    line: int
    names: list[tuple[str, int]]


class Plan(Struct, frozen=True):
    """What sort of seed this is."""

    theme: str
    steps: int
    days: float
    tablets: int
    clocks: float
    crashes: float
    restores: float
    by_hand: float
    copies: float
    page: int
    batch: int
    locks: float
    revokes: float


def plan(random: Random) -> Plan:
    """Drawn from the seed: some worlds are quiet in one respect, so that the others show."""

    def often(p: float, most: float) -> float:
        return random.random() * most if random.random() < p else 0.0

    return Plan(
        theme=random.choice(list(THEMES)), steps=random.randint(8, 34), days=random.choice((0.07, 0.07, 0.07, 0.4)),
        tablets=random.randint(2, 12) if random.random() < 0.7 else random.randint(2, 4),
        clocks=often(0.5, 0.15), crashes=often(0.4, 0.08), restores=often(0.45, 0.1),
        by_hand=random.choice((0.0, 0.0, 1.0)), copies=often(0.35, 0.1), page=random.choice((6000, 6000, 7, 20)),
        batch=random.choice((500, 500, 2, 20)), locks=often(0.4, 0.2), revokes=often(0.25, 0.04),
    )  # fmt: skip


class World:
    """Plays a seed. `tell` gets a line for everything that happens; `met` counts it, see `coverage`."""

    def __init__(self, seed: int, tell: Any = None) -> None:
        self.seed, self.random, self.tell = seed, Random(seed), tell
        self.plan = plan(self.random)
        self.met = Counter[str]()
        self.timezone = self.random.choice(ZONES)
        start = begin(self.timezone) + self.random.randint(20, 85) * DAY
        self.time = TrueTime(start + self.random.randint(0, DAY))
        self.host = Host(self.time, self.timezone, self.plan.page)
        self.network = Network(self.random, weather(self.random), self.met)
        self.people = People(self.random, self.timezone, self.plan.theme)
        self.written: list[Written] = []
        self.by_name: dict[tuple[str, int], list[int]] = {}
        self.said: dict[tuple[str, int], list[Any]] = {}  # what the server has said, in its present line
        self.forgotten: set[tuple[str, int]] = set()  # what it said before a restore
        self.copies: dict[int, Store] = {}
        self.partings: list[tuple[int, int]] = []  # (which restore, the seq it went back to)
        self.lines: dict[tuple[int, str], int] = {}  # (tablet, scope) -> restores before its rows were fetched
        self.contact: dict[int, int] = {}
        self.declared: dict[str, tuple[int, int]] = {}  # (highest number, latest answer) any request has named
        self.reused: set[tuple[str, int]] = set()
        self.reused_sealed: set[tuple[str, int]] = set()  # the same for who brings them: parcels tell nothing of copies
        self.put_back: set[int] = set()  # tablets of which an old copy has come back
        self.questions = 0
        self.calm = False
        self.couriers = Couriers(self)
        self.restless = ""  # what still moved when it should have been quiet
        self.old_editors = 0.1
        self.tablets: list[Tablet] = []
        for person in self._persons():
            self._new_tablet(person)
            if self.random.random() < 0.2:
                self.tablets[-1].clock.disturb(self.random)
            self.tablets[-1].app = self.random.choice((PRESENT,) * 8 + (OLDER, NEWER))
        if self.random.random() < 0.7:
            self._prelude()
        for tablet in self.tablets:
            if self.random.random() < 0.8:
                self._first_look(tablet)

    def _prelude(self) -> None:
        """What the office is busy with has begun before most tablets look."""
        for tablet in self.tablets:
            deed = THEMES[self.plan.theme].get(tablet.person)
            if deed:
                self._first_look(tablet)
                for _ in range(2):
                    self._write(tablet, deed)
                self._first_look(tablet)

    def _persons(self) -> list[str]:
        always = ["t1", *THEMES[self.plan.theme]]
        pool = [*TEACHERS, *TEACHERS, "t1", "t1", "deputy", "deputy", "admin", "admin", *STAFF, *FAMILIES]
        return [*always, *(self.random.choice(pool) for _ in range(self.plan.tablets))][: self.plan.tablets]

    def _new_tablet(self, person: str) -> None:
        clock = TabletClock(self.time)
        device = self.host.new_identity(person, clock(), fresh=True)
        self.tablets.append(Tablet(len(self.tablets), person, device, self.host.exchange.epoch, clock))

    def _first_look(self, tablet: Tablet) -> None:
        """Most tablets are signed in beside the server."""
        sky, self.network.weather = self.network.weather, CALM
        self._ask(tablet)
        self.network.flush_up(self._deliver)
        self.network.flush_down(self._hand_over)
        self.network.weather = sky

    def say(self, line: str) -> None:
        """A line of the history."""
        if self.tell:
            self.tell(f"{self.time.now} {line}")

    # ---- the story

    def play(self) -> None:
        """The whole seed: trouble, then quiet."""
        note_start(self.met, len(self.tablets))
        began = self.time.now
        for _ in range(self.plan.steps):
            self.step()
        if self.random.random() < 0.3:
            self.time.now = max([self.time.now, *(tablet.offline_until for tablet in self.tablets)])
        note_zone(self.met, self.timezone, began, self.time.now)
        self.quiet()

    def step(self) -> None:
        """A little time, and what happens in it."""
        random, plan = self.random, self.plan
        self.time.pass_by(
            random.choice((random.randint(1, 90), random.randint(1, 20) * MINUTE, random.randint(1, 9) * HOUR))
            if random.random() >= plan.days
            else random.randint(1, 6) * DAY
        )
        for tablet in self.tablets:
            self.couriers.step(tablet)
            if tablet.revoked or tablet.locked_until > self.time.now:
                continue
            chance = random.random()
            if chance < 0.25:
                self._write(tablet)
            if tablet.offline_until > self.time.now:
                continue
            if random.random() < 0.05:
                tablet.offline_until = self.time.now + random.choice((HOUR, DAY, 9 * DAY, random.randint(1, 60) * DAY))
                self.say(f"{tablet.place} goes offline")
            elif random.random() < 0.45:
                self._ask(tablet)
            if random.random() < plan.clocks:
                self.say(f"{tablet.place} {tablet.clock.disturb(random)}")
                self.met["clock jumps"] += bool(tablet.name.unanswered())
            if tablet.app != PRESENT and random.random() < 0.1:
                tablet.app = PRESENT  # updated, or put back
            if random.random() < plan.copies:
                self._copy_or_restore(tablet)
        if random.random() < 0.8:
            self.network.flush_up(self._deliver)
        if random.random() < 0.9:
            self.network.flush_down(self._hand_over)
        self._fate()

    def _fate(self) -> None:
        random, plan, host = self.random, self.plan, self.host
        if random.random() < plan.crashes:
            if random.random() < 0.5:
                host.crash()
            else:
                host.restart()
            self.met["server restarts"] += 1
            self.say("server crashes")
        if random.random() < 0.12:
            host.back_up()
        if host.backups and random.random() < plan.restores:
            self._restore()
        if random.random() < 0.04:
            host.publish()
            self.met["diary published"] += 1

    def _restore(self) -> None:
        which = self.random.randrange(len(self.host.backups))
        by_hand = self.random.random() < self.plan.by_hand
        before = self.host.exchange.applied_seq
        after = self.go_back_to(which, new_epoch=not by_hand)
        self.met["server restored by hand" if by_hand else "server restored"] += 1
        self.say(f"server restored from {before} to {after}{' by hand' if by_hand else ''}")

    def go_back_to(self, which: int, *, new_epoch: bool) -> int:
        """Restores a backup; gives the seq from which on the server knows nothing any more."""
        self.host.restore(which, new_epoch=new_epoch)
        after = self.host.exchange.applied_seq
        self.partings.append((len(self.partings) + 1, after))
        self.forgotten |= self.said.keys()
        self.said = {}
        return after

    def _write(self, tablet: Tablet, only: str = "") -> None:
        for deed in self.people.deeds(tablet, self.time.now, only):
            self.time()
            self.write(tablet, deed)

    def write(self, tablet: Tablet, deed: Deed, back: int | None = None) -> Written:
        """A person writes on a tablet. `seen` is now and then that of an editor that was opened long ago."""
        scope = scope_of(deed)
        seen = tablet.store.cursors.get(scope, 0)
        if self.random.random() < self.old_editors:
            seen = max(0, seen - self.random.randint(0, 12))
        op = {
            "kind": deed.kind,
            "key": deed.key,
            "set": deed.set,
            "at": tablet.clock(),
            "seen": [tablet.store.epoch, seen],
        }
        line = self.lines.get((tablet.place, scope), len(self.partings))
        truth = Written(len(self.written), tablet.person, self.time.now, op["at"], deed, line, [])
        made = tablet.write(truth.uid, op, scope, deed.raw)
        self.written.append(truth)
        self._named(tablet.name.device, made)
        self.say(
            f"{tablet.place} {tablet.person} {tablet.name.device}:{made.n} writes {deed.kind} {deed.key} {deed.set}"
            f" seen {seen}"
        )
        return truth

    def _named(self, device: str, made: Made) -> None:
        self.written[made.uid].names.append((device, made.n))
        self.by_name.setdefault((device, made.n), []).append(made.uid)

    def _ask(self, tablet: Tablet) -> None:
        if tablet.revoked:
            self.couriers.bring(tablet)
            return
        if tablet.needs_identity():
            if self.random.random() < self.network.weather.lost:
                return
            if tablet.name.device in self.host.revoked:
                tablet.give_up()
                return
            self.met["numbers taken"] += 1
            device = self.host.new_identity(tablet.person, tablet.clock(), fresh=False)
            self.say(f"{tablet.place} becomes {device}")
            for made in tablet.become(device):
                self._named(device, made)
        self.questions += 1
        body = tablet.request(self.plan.batch)
        tablet.asked = self.questions
        assert tablet.asking is not None
        declared = self.declared.get(tablet.asking.device, (0, 0))
        self.declared[tablet.asking.device] = max(tablet.asking.n, declared[0]), max(tablet.store.heard, declared[1])
        self.network.send(Parcel(tablet.place, self.questions, tablet.asking.device, tablet.person, body))

    def _deliver(self, parcel: Parcel) -> bytes | None:
        self.time()
        if parcel.sealed:
            self.couriers.deliver(parcel)
            return None
        epoch = self.host.exchange.epoch
        body = self.host.answer(parcel.body, parcel.identity, parcel.person)
        self.met["restore found out"] += self.host.exchange.epoch != epoch
        if body is None:
            self.met["server dies over a request"] += 1
            self.say("server dies over a request")
            return None
        if body.startswith(b'{"error"'):
            return body
        for n, *said in json.loads(body)["judged"]:
            before = self.said.setdefault((parcel.identity, n), said)
            if before != said:
                raise Failure("2", f"{parcel.identity}:{n} was {before}, now {said}")
            self.met["synced after its parcel"] += (parcel.identity, n) in self.couriers.decided
            self.met["entries recovered"] += (parcel.identity, n) in self.forgotten
            self.say(f"  {parcel.identity}:{n} {said}")
        return body

    def _hand_over(self, parcel: Parcel) -> None:
        tablet = self.tablets[parcel.tablet]
        if parcel.asked != tablet.asked:
            return
        tablet.asked = 0
        if parcel.body == b'{"error": "revoked"}':
            tablet.give_up()
            return
        answer = tablet.take(parcel.body, SCHOOL)
        self.met["newer app"] += b'"old_protocol"' in parcel.body
        if answer is not None:
            note_answer(self.met, tablet, answer, self.contact.get(tablet.place, self.time.now))
            self.contact[tablet.place] = answer["server_time"]
            for news in answer["news"]:
                if tablet.store.cursors.get(news["scope"]) == news["upto"]:
                    self.lines[tablet.place, news["scope"]] = len(self.partings)
            self.say(f"{tablet.place} took known {answer['known']} taken {answer['taken']} lost {answer['lost']}")

    def _copy_or_restore(self, tablet: Tablet) -> None:
        if tablet.name.device in self.host.revoked:
            return
        if tablet.place in self.copies and self.random.random() < 0.5:
            self.met["tablet restored"] += 1
            tablet.store = self.copies.pop(tablet.place)
            self.put_back.add(tablet.place)
            declared, heard = self.declared.get(tablet.name.device, (0, 0))
            anew = {(tablet.name.device, n) for n in range(tablet.name.n + 1, declared + 1)}
            self.reused_sealed |= anew
            if tablet.store.heard >= heard:
                # Made since the last answer: nothing tells these numbers from those declared and lost. See the README.
                self.reused |= anew
            tablet.store = tablet.copy_of_store()
            tablet.asked = 0
            self.say(f"{tablet.place} comes back as an old copy of itself, at {tablet.name.device}:{tablet.name.n}")
        else:
            self.copies[tablet.place] = tablet.copy_of_store()

    # ---- quiet

    def quiet(self) -> None:
        """The network is mended, everybody is online and up to date, nobody writes: until nothing moves any more."""
        self.network.weather, self.calm = CALM, True
        self.host.exchange.page = 6000
        self.host.store.fail_next = False
        for tablet in self.tablets:
            tablet.offline_until = tablet.locked_until = 0
            tablet.app = PRESENT
        still = 0
        for _ in range(ROUNDS):
            moved = False
            for tablet in self.tablets:
                self.time.pass_by(1000)
                before = (self.host.exchange.applied_seq, self.host.exchange.epoch)
                cursors = dict(tablet.store.cursors)
                self._ask(tablet)
                self.network.flush_up(self._deliver)
                self.network.flush_down(self._hand_over)
                after = (self.host.exchange.applied_seq, self.host.exchange.epoch)
                moved = moved or before != after or cursors != tablet.store.cursors or not tablet.is_done()
            still = 0 if moved else still + 1
            if still == 2:
                return
        waiting = [
            (
                t.place,
                [(n.device, n.n, n.known, n.unanswered()) for n in t.store.names],
                [*t.store.staged],
                t.store.cursors,
                t.store.forked,
            )
            for t in self.tablets
            if not t.is_done()
        ]
        self.restless = f"not quiet after {ROUNDS} rounds: {waiting}"

    def close(self) -> None:
        """Leave nothing behind."""
        self.host.close()


SCOPES = {
    "mark": "journal", "lesson": "journal", "attendance": "journal", "term_mark": "journal", "plan_item": "journal",
    "slot": "journal", "enrolment": "class", "subgroup": "class", "member": "class", "pupil": "office",
    "guardian": "office", "family": "office", "consent": "office",
}  # fmt: skip


def scope_of(deed: Deed) -> str:
    """The scope a record belongs to, by the table of the protocol."""
    if deed.kind == "matter":
        return deed.key.split("/")[0]
    where = SCOPES.get(deed.kind, "school")
    return f"{where}:{deed.key.split('/')[0]}" if where in ("journal", "class") else where
