"""What must hold when all is quiet. The numbers are those of the README.

1. No entry that was acknowledged, or lies on a tablet, is missing in the ledger.
2. Every entry has exactly one verdict, the same in the ledger and on the tablet.
3. All tablets that hold a scope show the same rows, those of the database, and the digests agree.
4. Nothing was decided outside the rules (`reference`), and every row is what the accepted entries make of it.
5. Held and refused entries of staff stand in the office and in the author's inbox.
6. Anything applied twice is the same as once.
7. What a tablet holds after its last contact is only what its person may see.
"""

import json
from collections import defaultdict
from typing import Any

from server.storage.journal import Entry
from sync.model import KINDS
from tests.simulation.coverage import conflicts, note_entry, note_names
from tests.simulation.device import scope_digest
from tests.simulation.failure import Failure
from tests.simulation.reference import Head, Reference
from tests.simulation.school import STAFF
from tests.simulation.visible import may_hold
from tests.simulation.world import World, Written

TRUSTED = ("import", "publisher", "watch")


def check(world: World) -> None:
    """All of them. The order is from plain to subtle, so that a failure names the plainest thing that is wrong."""
    ledger = world.host.ledger()
    nothing_acknowledged_is_missing(world, ledger)
    if world.restless:
        raise Failure("3" if any(t.store.staged for t in world.tablets) else "1", world.restless)
    decided = one_verdict_each(world, ledger)
    note_names(world.met, decided, world.host.names())
    nothing_is_missing(world, ledger, decided)
    tablets_know_it(world, ledger, decided)
    everybody_shows_the_same(world)
    kept_where_people_see_it(world, ledger)
    school = lawful(world, ledger)
    rows_are_what_was_accepted(world, school)
    nobody_holds_more_than_the_own(world, school)
    twice_is_once(world, ledger)


def nothing_acknowledged_is_missing(world: World, ledger: list[Entry]) -> None:
    """Invariant 1: whatever the server said it had decided, it has."""
    names = world.host.names()
    for (device, n), (*_, seq) in world.said.items():
        if seq not in names.get((device, n), set()) or seq > len(ledger):
            raise Failure("1", f"{device}:{n} was acknowledged as {seq} and is not in the ledger")


def one_verdict_each(world: World, ledger: list[Entry]) -> dict[int, list[Entry]]:
    """Invariant 2. Answers the entries by who wrote what: one for each, but for what is no op at all: nothing in it can
    say that it was renumbered."""
    decided: dict[int, list[Entry]] = defaultdict(list)
    places = set()
    for entry in ledger:
        if (entry.device, entry.n) in places:
            raise Failure("2", f"{entry.device}:{entry.n} stands twice in the ledger")
        places.add((entry.device, entry.n))
        truth = written_as(world, entry)
        if truth is None:
            continue
        decided[truth.uid].append(entry)
        if len(decided[truth.uid]) > 1 and truth.deed.raw is None:
            found = [f"{e.device}:{e.n}" for e in decided[truth.uid]]
            raise Failure("2", f"{found} are one entry with two verdicts")
    return decided


def nothing_is_missing(world: World, ledger: list[Entry], decided: dict[int, list[Entry]]) -> None:
    """Invariant 1: nothing lies on a tablet alone."""
    for tablet in world.tablets:
        for name in tablet.store.names:
            for n, made in name.ops.items():
                if made.uid not in decided:
                    raise Failure("1", f"{name.device}:{n} lies on a tablet and not in the ledger")


def tablets_know_it(world: World, ledger: list[Entry], decided: dict[int, list[Entry]]) -> None:
    """Invariant 2: what a tablet shows as the verdict is the ledger's, under whatever name it was decided."""
    for tablet in world.tablets:
        for name in tablet.store.names:
            for n, answer in name.answers.items():
                found = [[e.verdict, e.reason, json.loads(e.detail), e.seq] for e in decided[name.ops[n].uid]]
                if answer.said not in found:
                    raise Failure("2", f"{name.device}:{n} is {answer.said} there, {found} here")


def everybody_shows_the_same(world: World) -> None:
    """Invariant 3. The canonical dump is read from the tables by hand, not through the server's news."""
    dump = rows_in_database(world)
    for tablet in world.tablets:
        for scope, rows in tablet.store.rows.items():
            if rows != dump[scope]:
                keys = {k for k in rows.keys() | dump[scope].keys() if rows.get(k) != dump[scope].get(k)}
                one = sorted(keys)[0]
                raise Failure(
                    "3",
                    f"{tablet.place} shows {rows.get(one)} in {scope}, the server has {dump[scope].get(one)}: {one}",
                )
    with world.host.store.read() as reader:
        for scope, (_, *total) in reader.scope_totals(dump).items():
            if total != scope_digest(dump[scope]):
                raise Failure("3", f"the digest of {scope} is not that of its rows")


def rows_in_database(world: World) -> dict[str, dict[tuple[str, str], list[Any]]]:
    """Every row by scope, as the wire would have it, by plain SQL."""
    found: dict[str, dict[tuple[str, str], list[Any]]] = defaultdict(dict)
    with world.host.store.read() as reader:
        for kind in KINDS:
            rows = reader.db.execute(f"SELECT * FROM r_{kind}")
            columns = [c[0][2:] for c in rows.description][4:-2]
            for _, key, scope, seq, *cells, _, torn in rows:
                values = [plain(kind, c, v) for c, v in zip(columns, cells, strict=True)]
                found[scope][kind, key] = [key, seq, *values, json.loads(torn) if torn else None]
    return found


FLAGS = {"locked", "active", "hold_in_doubt", "roll", "given"}
STRUCTURED = {"changes", "scale", "weights", "set", "was", "detail", "timetable", "bells", "breaks", "terms", "marks",
              "journals"}  # fmt: skip


def plain(kind: str, cell: str, value: Any) -> Any:
    """A stored value as JSON has it."""
    if value is None:
        return None
    if cell in FLAGS and (kind, cell) != ("mark", "given"):
        return bool(value)
    return json.loads(value) if cell in STRUCTURED else value


def written_as(world: World, entry: Entry) -> Written | None:
    """The truth about an entry; None for those of trusted devices and for numbers whose content was lost."""
    if entry.device in TRUSTED:
        return None
    content = bytes(entry.content or b"")
    numbers = {entry.n: world.by_name.get((entry.device, entry.n), [])}
    if entry.device.endswith(".copy"):  # of an old copy that was revoked: the server numbered it
        former = entry.device.removesuffix(".copy")
        numbers = {n: uids for (device, n), uids in world.by_name.items() if device == former}
    for n, uid in ((n, uid) for n, uids in numbers.items() for uid in uids):
        truth = world.written[uid]
        if truth.deed.raw is not None:
            if content == truth.deed.raw.replace(b"NUMBER", b"%d" % n):
                return truth
            continue
        op = json.loads(content)
        said = (op.get("kind"), op.get("key"), op.get("set"), op.get("at"))
        if said == (truth.deed.kind, truth.deed.key, truth.deed.set, truth.claimed):
            return truth
    if entry.kind == "void":
        return None
    raise Failure("1", f"{entry.device}:{entry.n} is in the ledger and nobody wrote it: {content!r}")


def lawful(world: World, ledger: list[Entry]) -> Reference:
    """Invariant 4: each entry's verdict is that of the reference at the true moment, wherever the evidence is clear."""
    school = Reference(world.timezone)
    for entry in ledger:
        if entry.device in TRUSTED and entry.device != "import":
            continue
        content = bytes(entry.content or b"")
        truth = written_as(world, entry)
        if truth is not None and truth.deed.raw is not None:
            world.met["verdict refused malformed"] += 1
            expect(entry, {("refused", "malformed")})
            continue
        op = json.loads(content)
        head = Head(entry.authority, entry.written, entry.device, entry.n, None, entry.person, entry.seq)
        if entry.device in TRUSTED:
            school.accept(op, head, entry.seq)
            continue
        if truth is None:
            expect(entry, {("refused", "malformed")})
            continue
        note_entry(world.met, school, entry, op, truth.at)
        sealed = entry.arrived in world.couriers.arrived
        if (entry.device, entry.n) not in (world.reused_sealed if sealed else world.reused):
            judged_rightly(world, school, entry, op, truth)
        if entry.verdict in ("accepted", "superseded"):
            moment = entry.written
            parts = dict(zip(*parts_of(op), strict=True))
            rank = school.authority(op, parts, entry.person, moment)
            if clear(school, entry, op) and rank != entry.authority:
                raise Failure("4", f"{entry.device}:{entry.n} has authority {entry.authority}, it should be {rank}")
            torn = conflicts(school, op)
            school.accept(op, head, seen_by(world, entry, truth))
            world.met["two values"] += bool(conflicts(school, op))
            world.met["conflict settled"] += bool(torn - conflicts(school, op))
        elif entry.person in STAFF and entry.kind != "void":
            school.keep(op, entry.person, f"{entry.device}:{entry.n}", entry.verdict, entry.written, entry.seq)
    return school


def parts_of(op: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Names and values of the key's parts."""
    from tests.simulation.reference import RECORDS

    return RECORDS[op["kind"]][0].split("/"), op["key"].split("/")


def sides(school: Reference, entry: Entry, op: dict[str, Any]) -> set[tuple[str, str]]:
    """All verdicts that moments within the evidence would get: what no edge divides gets one."""
    first = entry.after + 1
    moments = {first} | {m for m in school.edges(entry.key) if first <= m <= entry.before}
    return {school.judge(op, entry.person, m, entry.arrived, entry.before) for m in moments}


def clear(school: Reference, entry: Entry, op: dict[str, Any]) -> bool:
    """True when no moment within the evidence would bring another verdict or another authority."""
    first = entry.after + 1
    return not any(first < m <= entry.before for m in school.edges(entry.key))


def judged_rightly(world: World, school: Reference, entry: Entry, op: dict[str, Any], truth: Written) -> None:
    """The interval holds the true moment; a clear case gets the true verdict; an unclear one that, or held, or is
    marked as accepted on the tablet's clock, or was not accepted by a consistent clock's word."""
    name = f"{entry.device}:{entry.n} {op['kind']} {op['key']} {op['set']} by {entry.person}"
    if not entry.after < truth.at <= entry.before:
        raise Failure("4", f"{name} was written at {truth.at}, the evidence says {entry.after} to {entry.before}")
    if not entry.after <= entry.written <= entry.before:
        raise Failure("4", f"{name} is said to be of {entry.written}, outside its evidence")
    right = school.judge(op, entry.person, truth.at, entry.arrived, entry.before)
    possible = sides(school, entry, op) | {right}
    sealed = entry.arrived in world.couriers.arrived
    if sealed and len({v for v, _ in possible}) > 1:  # nobody knows how the clock of a parcel stood
        expect(entry, {("held", "in_doubt")})
        world.met["sealed in doubt"] += 1
        return
    revoked = world.host.revoked_by(entry.device.removesuffix(".copy"), entry.arrived)
    if sealed and right[0] == "accepted" and entry.before > revoked:
        expect(entry, {("held", "in_doubt")})
        world.met["sealed after revoked"] += 1
        return
    found = ("accepted", "") if entry.verdict == "superseded" else (entry.verdict, entry.reason)
    if len({v for v, _ in possible}) == 1:
        same = found[0] == right[0] and (
            len(possible) > 1 or found[1] in (right[1], "on_clock") or entry.verdict == "superseded"
        )
        if not same:
            raise Failure("4", f"{name} got {found}, the rules say {right}; {entry.detail}")
        return
    claimed = school.judge(op, entry.person, entry.written, entry.arrived, entry.before)
    if found[0] == "held" or found[1] == "on_clock" or found[0] == right[0]:
        return
    if entry.verdict == "superseded" and claimed[0] == "accepted":
        return
    if found[0] != "accepted" and found == claimed:
        return
    raise Failure("4", f"{name} got {found}; truly {right}, by its clock {claimed}; {entry.detail}")


def expect(entry: Entry, lawful: set[tuple[str, str]]) -> None:
    """The entry got one of these."""
    if (entry.verdict, entry.reason) not in lawful:
        raise Failure("4", f"{entry.device}:{entry.n} got {entry.verdict} {entry.reason}")


def seen_by(world: World, entry: Entry, truth: Written) -> int:
    """The seq up to which the author truly had seen the record, in the line that the ledger now tells."""
    op = json.loads(bytes(entry.content or b""))
    epochs = [e for e in world.host.exchange.epochs if e.at <= entry.arrived]
    names = [e.epoch for e in epochs]
    if "seen" not in op or op["seen"][0] not in names:
        return 0  # an epoch that a second restore has forgotten: nothing of it counts as seen, so nothing is replaced
    later = [parted for life, parted in world.partings if life > truth.line]
    # Where a server had to find out by itself, what the author saw since the restore bears the old epoch's name too,
    # and counts only up to where the epochs part.
    found_out = [e.parted_seq for e in epochs[names.index(op["seen"][0]) + 1 :]]
    return int(min([op["seen"][1], *later, *found_out]))


def rows_are_what_was_accepted(world: World, school: Reference) -> None:
    """Invariant 4, the merge: values and heads of every record are those of the reference."""
    with world.host.store.read() as reader:
        for kind, rows in school.cells.items():
            stored = {row.key: row for row in reader.every(kind)}
            for key, cells in rows.items():
                row = stored.get(key)
                if row is None:
                    raise Failure("4", f"{kind} {key} is not in the database")
                for cell, heads in cells.items():
                    there = [
                        Head(h.authority, h.written, h.device, h.n, h.value, h.person, h.seq)
                        for h in row.heads.get(cell, [])
                    ]
                    if kind != "matter" and (there != heads or row.values[cell] != heads[0].value):
                        raise Failure("4", f"{kind} {key} {cell} is {there}, it should be {heads}")
                if kind == "mark" and row.values["given"] != school.given.get(key):
                    raise Failure(
                        "4", f"{key} was given at {row.values['given']}, it should be {school.given.get(key)}"
                    )
                if kind in ("term", "year"):
                    changes: list[Any] = sorted((school.locks if kind == "term" else school.years).get(key, []))
                    told = sorted(tuple(c[:3]) for c in row.values["changes"] or [])
                    if told != changes:
                        raise Failure("4", f"the lock of {key} is {told}, it should be {changes}")
        matters = {row.key: row.values for row in reader.every("matter")}
    for name, matter in school.matters.items():
        for key in (f"office/{name}", f"inbox:{matter['author']}/{name}"):
            found = matters.get(key, {"outcome": "-", "seen": None, "plea": None})
            told = (found["outcome"], found["seen"], found["plea"])
            seen = school.rows("matter").get(key, {}).get("seen")
            if told != (due := (matter["outcome"], seen, matter["plea"])):
                raise Failure("4", f"matter {key} is {told}, it should be {due}")


def kept_where_people_see_it(world: World, ledger: list[Entry]) -> None:
    """Invariant 5: in the office and in the inbox, in the database and on the tablets of those who look there."""
    with world.host.store.read() as reader:
        there = {r[0] for r in reader.db.execute("SELECT key FROM r_matter")}
    for entry in ledger:
        if entry.verdict not in ("held", "refused") or entry.person not in STAFF or entry.kind in ("void", ""):
            continue
        if entry.kind == "matter" and entry.cells().keys() == {"seen"}:
            continue  # who has read it wants nothing
        name = f"{entry.device}:{entry.n}"
        for scope in ("office", f"inbox:{entry.person}"):
            if f"{scope}/{name}" not in there:
                raise Failure("5", f"{name} was {entry.verdict} and is not in {scope}")
            for tablet in world.tablets:
                if tablet.revoked:
                    continue
                looks = tablet.person == scope[6:] or (tablet.person == "deputy" and scope == "office")
                if looks and ("matter", f"{scope}/{name}") not in tablet.store.rows.get(scope, {}):
                    raise Failure("5", f"{name} was {entry.verdict} and {tablet.person} can't see it in {scope}")


def nobody_holds_more_than_the_own(world: World, school: Reference) -> None:
    """Invariant 7."""
    for tablet in world.tablets:
        if tablet.name.device in world.host.revoked and tablet.store.rows:
            raise Failure("7", f"{tablet.place} has been revoked and still holds {sorted(tablet.store.rows)}")
        for scope in tablet.store.rows:
            if not may_hold(tablet.person, scope, school, world.contact[tablet.place]):
                raise Failure("7", f"{tablet.person} still holds {scope} on {tablet.place}")


def twice_is_once(world: World, ledger: list[Entry]) -> None:
    """Invariant 6: everything is sent once more, and every answer taken in twice."""
    before = held_by(world)
    for tablet in world.tablets:
        world.couriers.bring(tablet)
        world.network.flush_up(world.couriers.deliver)
        if tablet.revoked:
            continue
        for name in tablet.store.names:
            if not name.n:
                continue
            bodies = [name.ops[n].body for n in sorted(name.ops)][-40:]
            head = {"protocol": 1, "device": name.device, "clock": tablet.clock(), "held": name.n,
                    "epoch": tablet.store.epoch,
                    "cursors": tablet.store.cursors if name is tablet.name else {}}  # fmt: skip
            body = json.dumps(head).encode()[:-1] + b', "ops": [' + b", ".join(bodies) + b"]}"
            answer = json.loads(world.host.answer(body, name.device, tablet.person) or b"{}")
            if "judged" not in answer:
                raise Failure("6", f"sent again, {name.device} hears {answer}")
            tablet.take_in(answer, name)
            tablet.take_in(answer, name)
    if before != held_by(world):
        raise Failure("6", "sent again, something has moved")
    if [e.seq for e in world.host.ledger() if e.device not in TRUSTED] != [
        e.seq for e in ledger if e.device not in TRUSTED
    ]:
        raise Failure("6", "sent again, the ledger has grown")


def held_by(world: World) -> list[Any]:
    """What every tablet shows, and what it has been told of its entries."""
    return [
        ({scope: dict(rows) for scope, rows in t.store.rows.items()},
         {n.device: {at: answer.said for at, answer in n.answers.items()} for n in t.store.names})
        for t in world.tablets
    ]  # fmt: skip
