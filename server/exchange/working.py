"""The working set of one transaction: rows fetched in sets, changed in memory, stored in sets at the end.

Holds always:
1. A row is fetched at most once per transaction and stored at most once.
2. Entries get consecutive seqs and one chain, whoever wrote them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from secrets import token_bytes
from typing import Any

import msgspec

from server.storage.journal import DeviceRow, Entry, Seen, Transaction
from sync.facts import Facts
from sync.ledger import content_digest, link
from sync.merge import Row, blank
from sync.model import KINDS

STOCK = 64  # salts drawn at once


class Working:
    """Rows and entries of a transaction under way. `facts` follow at once; the writer reloads them on failure.

    `hold` keeps readers of the facts waiting until the commit. It is called before the facts change: most transactions
    change none, and nobody waits for them.
    """

    def __init__(self, tx: Transaction, facts: Facts, seq: int, chain: bytes, hold: Callable[[], object]) -> None:
        self.tx, self.facts, self._hold = tx, facts, hold
        self.seq, self.chain = seq, chain
        self.scopes: dict[str, int] = {}
        # Each by kind, then by key. `_before`: the seqs of those that are stored.
        self._rows: dict[str, dict[str, Row]] = defaultdict(dict)
        self._before: dict[str, dict[str, int]] = defaultdict(dict)
        self._changed: dict[str, dict[str, Row]] = defaultdict(dict)
        self._entries: list[Entry] = []
        self._decided: dict[tuple[str, int], Entry] = {}
        self._devices: dict[str, DeviceRow] = {}
        self._touched: dict[str, None] = {}
        self._salts: list[bytes] = []

    def fetch(self, wanted: Iterable[tuple[str, str]]) -> None:
        """Fetch rows by (kind, key) in one question per kind."""
        missing: dict[str, dict[str, None]] = defaultdict(dict)
        for kind, key in wanted:
            if key not in self._rows[kind]:
                missing[kind][key] = None
        for kind, keys in missing.items():
            found = self.tx.get_many(kind, list(keys))
            rows, before, scope_of = self._rows[kind], self._before[kind], KINDS[kind].scope_of
            for key in keys:
                row = found.get(key)
                if row is None:
                    rows[key] = blank(key, scope_of(key))
                else:
                    rows[key], before[key] = row, row.seq

    def row(self, kind: str, key: str) -> Row:
        """A row as it stands in this transaction; blank when nobody has written it."""
        row = self._rows[kind].get(key)
        if row is None:
            self.fetch([(kind, key)])
            row = self._rows[kind][key]
        return row

    def change(self, kind: str, row: Row) -> None:
        """The row has been changed: it will be stored, and the facts follow."""
        self._changed[kind][row.key] = row
        self.scopes[row.scope] = row.seq
        if KINDS[kind].fact:
            self._hold()
            self.facts.put(kind, row.key, dict(row.values))

    def device(self, device: str, person: str) -> DeviceRow:
        """What is known of the device; a new one when it was never in contact (or a restore has forgotten it)."""
        row = self._devices.get(device)
        if row is None:
            row = self.tx.device(device) or DeviceRow(device, person)
            self._devices[device] = row
        return row

    def seen_ops(self, device: str, numbers: list[int]) -> dict[int, Seen]:
        """What the ledger knows of these ops of the device."""
        return self.tx.seen_ops(device, numbers) if numbers else {}

    def another(self, device: str) -> DeviceRow | None:
        """A device that is spoken of; None when it was never in contact."""
        return self._devices.get(device) or self.tx.device(device)

    def aliased(self, device: str, person: str, numbers: list[int]) -> dict[int, list[Seen]]:
        """What the ledger knows of the person's entries that bear one of these numbers as another name."""
        return self.tx.aliased(device, person, numbers)

    def alias(self, device: str, n: int, seq: int) -> None:
        """The entry `seq` is also known under this name."""
        self.append()
        self.tx.alias(device, n, seq)

    def decided(self, device: str, n: int) -> Seen | None:
        """An op that was decided in this very transaction: a request that was doubled on the way may share a commit
        with its twin."""
        for e in self._entries[len(self._decided) :]:
            self._decided[e.device, e.n] = e
        found = self._decided.get((device, n))
        if found is None:
            return None
        return Seen(n, found.salt, found.digest, found.verdict, found.reason, found.detail, found.seq)

    def touch(self, row: DeviceRow) -> None:
        """The device's row has been changed."""
        self._touched[row.device] = None

    def log(
        self, *, device: str, n: int, person: str, kind: str, key: str, content: bytes, claimed: int,
        written: int, after: int, before: int, arrived: int, verdict: str, reason: str, detail: dict[str, Any],
        authority: int,
    ) -> int:  # fmt: skip
        """Append an entry to the ledger; answers its seq. The row's seq must have been taken from `next_seq`."""
        self.seq += 1
        salt = self._new_salt()
        digest = content_digest(salt, content)
        self.chain = link(self.chain, self.seq, device, n, verdict, digest)
        text = msgspec.json.encode(detail).decode() if detail else "{}"
        entry = Entry(self.seq, device, n, person, kind, key, content, salt, digest, claimed, written, after, before,
                      arrived, verdict, reason, text, authority, self.chain)  # fmt: skip
        self._entries.append(entry)
        return self.seq

    def _new_salt(self) -> bytes:
        """From a stock: each question to the system lets another thread in, and the writer would wait for its turn."""
        if not self._salts:
            stock = token_bytes(16 * STOCK)
            self._salts = [stock[at : at + 16] for at in range(0, len(stock), 16)]
        return self._salts.pop()

    @property
    def next_seq(self) -> int:
        """The seq that the next entry will get."""
        return self.seq + 1

    def append(self) -> None:
        """Append the entries so far to the ledger: from here on it knows them itself."""
        if self._entries:
            self.tx.log_many(self._entries)
            self._entries.clear()
            self._decided.clear()

    def flush(self) -> None:
        """Store everything so far; the caller commits. What comes after may be stored by another flush."""
        for kind, rows in self._changed.items():
            before = self._before[kind]
            self.tx.put_many(kind, [(row, before.get(row.key, 0)) for row in rows.values()])
            before.update((row.key, row.seq) for row in rows.values())
        self.append()
        for device in self._touched:
            self.tx.put_device(self._devices[device])
        self._changed.clear()
        self._touched.clear()
