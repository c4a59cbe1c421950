"""Couriers: what lies sealed on a tablet that can't sync, brought by whoever meets the server.

A tablet is locked for a while (its person is away and the pupils are not), or its device is revoked for good. Its
outbox then leaves it as parcels: through its own lock screen, another person's contact or a file. On the way parcels
are shuffled, left out, and now and then forged.
"""

import json
from typing import TYPE_CHECKING, Any

from tests.simulation.clocks import DAY, HOUR
from tests.simulation.device import Identity, Tablet
from tests.simulation.failure import Failure
from tests.simulation.network import Parcel
from tests.simulation.sealing import bundle, sealed, text

if TYPE_CHECKING:
    from tests.simulation.world import World

FORGED = b'{"n": %d, "kind": "mark", "key": "8b-alg/2026-11-09/1/p1/1", "set": {"value": "1"}, "at": 0}'
MOST = 500


class Couriers:
    """Those of a world. `arrived`: moments at which ops were decided that came sealed, `decided`: which (device, n)."""

    def __init__(self, world: "World") -> None:
        self.world, self.random = world, world.random
        self.arrived: set[int] = set()
        self.decided: set[tuple[str, int]] = set()

    # ---- what befalls a tablet

    def step(self, tablet: Tablet) -> None:
        """The tablet is locked or revoked, now and then, and somebody brings what is sealed on it."""
        random, world = self.random, self.world
        if tablet.name.unanswered() and tablet.locked_until <= world.time.now and random.random() < world.plan.locks:
            tablet.locked_until = world.time.now + random.choice((HOUR, DAY, 5 * DAY))
            world.met["tablet locked"] += 1
            world.say(f"{tablet.place} is locked")
        fit = not tablet.store.forked and len(tablet.store.names) == 1
        likely = world.plan.revokes * (8 if tablet.place in world.put_back else 1)
        if fit and tablet.name.device not in world.host.revoked and random.random() < likely:
            world.host.revoked[tablet.name.device] = world.time()
            world.met["tablet revoked"] += 1
            world.met["revoked with entries"] += bool(tablet.name.unanswered())
            world.say(f"{tablet.place} {tablet.name.device} is revoked")
        away = tablet.revoked or tablet.locked_until > world.time.now
        if (away and random.random() < 0.5) or random.random() < 0.01:
            self.bring(tablet)

    def bring(self, tablet: Tablet) -> None:
        """Everything that lies sealed on the tablet sets out, name by name."""
        for name in tablet.store.names:
            ops = self._sealed_on(tablet, name)
            if ops:
                self.send(tablet, name, ops[:MOST])

    def _sealed_on(self, tablet: Tablet, name: Identity) -> list[tuple[int, bytes]]:
        known, missing = tablet.receipts.get(name.device, (0, False))
        first = min(name.unanswered(), default=name.n + 1) if not tablet.revoked else 1
        ops = [(n, name.ops[n].body) for n in range(first, name.n + 1) if n in name.ops]
        if tablet.revoked and missing:  # what was in the backup and old has been thrown away: now nobody has it
            void = b'{"n": %d, "kind": "void", "key": "", "set": {}, "at": 0}'
            ops += [(n, void % n) for n in range(known + 1, name.n + 1) if n not in name.ops]
        return sorted(ops)

    def send(self, tablet: Tablet, name: Identity, ops: list[tuple[int, bytes]]) -> None:
        """These ops of a tablet set out, in whatever state its bearer leaves them."""
        random, world = self.random, self.world
        seal, mac = world.host.secrets.seal, world.host.secrets.mac("32", name.device, tablet.person)
        parcels = [sealed(seal, mac, tablet.person, name.device, n, op) for n, op in ops]
        calm = world.calm
        if not calm and random.random() < 0.3:
            random.shuffle(parcels)
            world.met["parcels out of order"] += len(parcels) > 1
        if not calm and random.random() < 0.2:
            parcels.pop(random.randrange(len(parcels)))
            world.met["parcels left out"] += 1
        if not calm and random.random() < 0.3:
            parcels.insert(random.randint(0, len(parcels)), self._forged(tablet, name, seal))
            world.met["parcel forged"] += 1
        world.say(f"{tablet.place} {name.device} parcels {[p[0] for p in parcels]} set out")
        body = bundle(name.device, name.n, parcels)
        world.network.send(Parcel(tablet.place, 0, name.device, tablet.person, body, True))

    def _forged(self, tablet: Tablet, name: Identity, seal: str) -> list[Any]:
        """A parcel that opens and is not the tablet's: signed with another key, or for another, or bytes."""
        n = name.n + self.random.randint(0, 1)
        other = self.random.choice(("key", "number", "bytes"))
        mac = self.world.host.secrets.mac("32", name.device, tablet.person if other == "number" else "stranger")
        made = sealed(seal, mac, tablet.person, name.device, n + (other == "number"), FORGED % n)
        if other == "bytes":
            made[3] = text(b"\0" * 40)
        return [n, *made[1:]]

    # ---- what the server makes of it

    def deliver(self, parcel: Parcel) -> None:
        """A courier meets the server; the tablet hears of it by its receipts at once or never."""
        world, host = self.world, self.world.host
        before = host.exchange.applied_seq
        told = host.bring(parcel.body)
        if told is None:
            return
        receipts, judged = told
        tablet = world.tablets[parcel.tablet]
        for n, *said in judged:
            first = world.said.setdefault((parcel.identity, n), said)
            # Of an old copy that is revoked the entry may be another one than that of the same number.
            if first != said and not (parcel.identity in host.revoked and tablet.place in world.put_back):
                raise Failure("2", f"{parcel.identity}:{n} was {first}, brought as a parcel it is {said}")
        new = host.ledger(before)
        if not new and judged:
            world.met["parcels replayed"] += 1
        self.arrived |= {entry.arrived for entry in new}
        self.decided |= {(entry.device, entry.n) for entry in new}
        world.met["parcels delivered"] += bool(new)
        highest = host.highest(parcel.identity)
        if receipts["known"] > highest:
            raise Failure("1", f"{parcel.identity} has a receipt up to {receipts['known']}, the ledger up to {highest}")
        world.met["revoked delivers"] += bool(new) and tablet.revoked
        world.met["old copy revoked"] += any(entry.device.endswith(".copy") for entry in new)
        world.say(f"  {parcel.identity} receipts {json.dumps(receipts)}")
        numbers = {n for n, *_ in json.loads(parcel.body)["parcels"]} - set(receipts["refused"])
        tablet.brought |= {(parcel.identity, n) for n in numbers if n <= receipts["known"]}
        tablet.receipts[parcel.identity] = (receipts["known"], bool(receipts["missing"]))
