"""A tablet, written anew from `sync/README.md`: it knows messages and nothing of the server.

Holds always:
1. It numbers its ops without gaps and offers all that the server says it does not know, in order.
2. Only a verdict is a receipt; when the server was restored, no receipt counts and everything held is offered again.
3. A snapshot is staged beside what is shown and swapped in when it is whole and its digest is right.
4. Numbers that are taken make it ask for a new identity and renumber what has no receipt; nothing is dropped.
"""

import copy
import json
from typing import Any
from zlib import crc32

from msgspec import Struct

from tests.simulation.clocks import DAY, TabletClock

PROTOCOL = 1
KEPT = 30 * DAY
OLDER, PRESENT, NEWER = range(3)  # versions of the app; entries stay as the version that made them wrote them

Rows = dict[tuple[str, str], list[Any]]


class Made(Struct):
    """An op as written. `uid`: which deed of the simulation this is, whatever number it goes under."""

    uid: int
    n: int
    body: bytes
    scope: str


class Answered(Struct):
    """A receipt: verdict, reason, detail, seq as the server said them, and the server's time then."""

    said: list[Any]
    at: int


class Identity(Struct):
    """A name under which the tablet writes, its ops and their receipts. `known` is None until the server has said."""

    device: str
    n: int = 0
    known: int | None = 0
    ops: dict[int, Made] = {}
    answers: dict[int, Answered] = {}

    def unanswered(self) -> list[int]:
        """Numbers without a receipt, in order."""
        return [n for n in sorted(self.ops) if n not in self.answers]


class Store(Struct):
    """What lies on the tablet's disk: an old copy of this may come back."""

    names: list[Identity]
    epoch: str
    cursors: dict[str, int] = {}
    rows: dict[str, Rows] = {}
    columns: dict[str, list[str]] = {}
    staged: dict[str, tuple[int, Rows]] = {}
    durable: int = 0
    applied: int = 0
    heard: int = 0
    forked: bool = False


def scope_digest(rows: Rows) -> list[int]:
    """Count and sum of crc32("kind/key@seq")."""
    return [len(rows), sum(crc32(f"{kind}/{key}@{row[1]}".encode()) for (kind, key), row in rows.items()) % (1 << 32)]


class Tablet:
    """One tablet of one person."""

    def __init__(self, place: int, person: str, device: str, epoch: str, clock: TabletClock) -> None:
        self.place, self.person, self.clock = place, person, clock
        self.store = Store([Identity(device)], epoch)
        self.asked = 0  # the question whose answer it waits for; 0: none
        self.asking: Identity | None = None
        self.offline_until = 0
        self.locked_until = 0
        self.revoked = False  # it has heard so
        self.receipts: dict[str, tuple[int, bool]] = {}  # of parcels, by name: known, and whether there was a gap
        self.brought: set[tuple[str, int]] = set()  # what receipts of parcels say has been decided
        self.app = PRESENT
        self.healed = 0
        self.forks = 0

    @property
    def name(self) -> Identity:
        """The present identity."""
        return self.store.names[-1]

    # ---- writing

    def write(self, uid: int, op: dict[str, Any], scope: str, raw: bytes | None = None) -> Made:
        """Number an op and keep it. `raw`: bytes that are no op at all, with the number still readable."""
        name = self.name
        name.n += 1
        if self.app == NEWER:
            op = op | {"v": 2, "mood": {"from": "a later model"}}
        elif self.app == OLDER:
            op = {part: value for part, value in op.items() if part != "seen"}
        body = raw.replace(b"NUMBER", b"%d" % name.n) if raw else json.dumps({"n": name.n, **op}).encode()
        name.ops[name.n] = Made(uid, name.n, body, scope)
        return name.ops[name.n]

    def row(self, scope: str, kind: str, key: str) -> dict[str, Any] | None:
        """A row as the tablet shows it, its cells by name, `heads` among them."""
        row = self.store.rows.get(scope, {}).get((kind, key))
        return dict(zip([*self.store.columns[kind], "heads"], row[2:], strict=True)) if row else None

    def rows_of(self, scope: str, kind: str) -> dict[str, dict[str, Any]]:
        """All rows of a kind in a scope."""
        rows = self.store.rows.get(scope, {})
        return {key: self.row(scope, kind, key) or {} for (k, key) in rows if k == kind}

    # ---- asking

    def needs_identity(self) -> bool:
        """True when another copy of this tablet has used up its numbers."""
        return self.store.forked

    def next_name(self) -> Identity:
        """Who speaks next: a former name whose ops a restored server may have forgotten, else the present one."""
        for former in self.store.names[:-1]:
            if former.known is None or former.unanswered():
                return former
        return self.name

    def request(self, most: int) -> bytes:
        """The next question, as bytes."""
        name = self.asking = self.next_name()
        store = self.store
        ops = []
        if name.known is not None:
            first = min([*name.unanswered()[:1], name.known + 1])  # an old copy may lack receipts for what is known
            for n in range(first, name.n + 1):
                made = name.ops.get(n)
                if made is not None:
                    ops.append(made.body)
                elif n > name.known:  # it was in the backup and old, so it was thrown away; now nobody has it
                    ops.append(b'{"n": %d, "kind": "void", "key": "", "set": {}, "at": 0}' % n)
                if len(ops) == most:
                    break
        cursors = {
            scope: store.staged[scope][0] if scope in store.staged else at for scope, at in store.cursors.items()
        }
        head = {
            "protocol": 2 if self.app == NEWER else PROTOCOL, "device": name.device, "clock": self.clock(),
            "held": name.n, "epoch": store.epoch, "heard": store.heard, "cursors": cursors if name is self.name else {},
        }  # fmt: skip
        return json.dumps(head).encode()[:-1] + b', "ops": [' + b", ".join(ops) + b"]}"

    # ---- taking in

    def take(self, body: bytes, school: str) -> dict[str, Any] | None:
        """Take in an answer; the answer when it was one."""
        name, self.asking = self.asking, None
        try:
            answer = json.loads(body)
        except ValueError:
            return None
        if name is None or not isinstance(answer, dict) or answer.get("protocol") != PROTOCOL:
            return None
        if answer["school"] != school:
            return None
        self.take_in(answer, name)
        return answer

    def take_in(self, answer: dict[str, Any], name: Identity) -> None:
        """Taking the same answer in twice is the same as once."""
        store = self.store
        store.heard = max(store.heard, answer["server_time"])
        restored = answer["epoch"] != store.epoch
        behind = answer["applied_seq"] < store.applied or (name.known is not None and answer["known"] < name.known)
        if restored or behind:
            self._server_was_restored(answer["epoch"])
        name.known = answer["known"]
        for n, *said in answer["judged"]:
            if n in name.ops:
                name.answers[n] = Answered(said, answer["server_time"])
        if (answer["taken"] and not (restored or behind)) or (answer["known"] > name.n and not name.unanswered()):
            self._is_an_old_copy(name, answer["taken"])
        store.durable, store.applied = answer["durable_seq"], answer["applied_seq"]
        if name is not self.name or restored:
            return
        for news in answer["news"]:
            self._take_news(news)
        for scope in answer["lost"]:
            if not any(name.ops[n].scope == scope for name in store.names for n in name.unanswered()):
                for held in (store.rows, store.cursors, store.staged):
                    held.pop(scope, None)
        self._prune(answer["server_time"])

    def _server_was_restored(self, epoch: str) -> None:
        """Everything is fetched anew and every name asks what is still known of it. What is shown stays until then."""
        store = self.store
        store.epoch = epoch
        store.cursors = dict.fromkeys(store.cursors, 0)
        store.staged = {}
        store.durable = 0
        for name in store.names:
            name.known = None
            name.answers = {}

    def _is_an_old_copy(self, name: Identity, taken: list[int]) -> None:
        for n in taken:
            name.answers.pop(n, None)
        if name is self.name:
            self.store.forked = True

    def become(self, device: str) -> list[Made]:
        """A new identity: what has no receipt gets new numbers under it, in order. Answers it."""
        old, new = self.name, Identity(device, ops={}, answers={})
        moved = []
        for n in old.unanswered():
            made = old.ops.pop(n)
            new.n += 1
            body = made.body.replace(b'"n": %d' % n, b'"n": %d' % new.n, 1)
            if b'"at": ' in body and b'"first": ' not in body:  # else it is no op, or was renumbered before
                body = body[:-1] + b', "first": ["%s", %d]}' % (old.device.encode(), n)
            new.ops[new.n] = Made(made.uid, new.n, body, made.scope)
            moved.append(new.ops[new.n])
        self.store.names.append(new)
        self.store.forked = False
        self.forks += 1
        return moved

    def give_up(self) -> None:
        """Its device may hold nothing any more: all goes but what it has sealed."""
        self.revoked = True
        store = self.store
        store.rows, store.cursors, store.staged = {}, {}, {}
        for name in store.names:
            name.answers = {}

    def _take_news(self, news: dict[str, Any]) -> None:
        store, scope = self.store, news["scope"]
        anew = scope in store.staged or store.cursors.get(scope, 0) == 0
        at, rows = store.staged.get(scope, (0, {})) if anew else (store.cursors[scope], store.rows[scope])
        if news["after"] != at:
            return  # this page joins nothing that is held
        for kind, table in news["tables"].items():
            store.columns[kind] = table["cells"]
            for row in table["rows"]:
                rows[kind, row[0]] = row
        if anew and news["more"]:
            store.staged[scope] = (news["upto"], rows)
            store.cursors.setdefault(scope, 0)
            return
        store.staged.pop(scope, None)
        store.rows[scope], store.cursors[scope] = rows, news["upto"]
        if news["total"] is not None and scope_digest(rows) != news["total"]:
            self.healed += 1
            store.staged[scope] = (0, {})

    def _prune(self, now: int) -> None:
        """What is in the backup and older than a month may go."""
        for name in self.store.names:
            for n, answer in list(name.answers.items()):
                if answer.said[3] <= self.store.durable and answer.at < now - KEPT:
                    del name.ops[n], name.answers[n]

    # ---- mishaps

    def copy_of_store(self) -> Store:
        """What a backup of the tablet holds."""
        return copy.deepcopy(self.store)

    def is_done(self) -> bool:
        """True when nothing is left to send, to stage or to ask."""
        store = self.store
        if self.revoked:
            heard = all(self.receipts.get(name.device, (0, False))[0] >= name.n for name in store.names)
            return heard and all((name.device, n) in self.brought for name in store.names for n in name.ops)
        idle = not store.forked and not store.staged and all(at for at in store.cursors.values())
        return idle and all(n.known is not None and not n.unanswered() for n in store.names)
