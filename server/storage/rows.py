"""Rows of record tables: the SQL of each kind, and the way between a Row and its columns."""

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain
from typing import Any

import msgspec
from msgspec import Struct

from server.storage.schema import is_json, table
from server.storage.sqlite import Connection
from sync.merge import Head, Row, conflicts
from sync.model import KINDS

_heads = msgspec.json.Decoder(dict[str, list[Head]])
_encode = msgspec.json.Encoder().encode

BLOCK = 32  # rows in one INSERT


class Insert(Struct, frozen=True):
    """INSERT of many rows of `width` columns beside the school into a table; `then`: what follows the rows."""

    into: str
    width: int
    then: str = ""

    def run(self, db: Connection, school: str, rows: Sequence[Sequence[Any]]) -> None:
        """Insert rows of a school, a block in each statement.

        Python gives up its lock at each step of a statement. Were each row a statement of its own, the writer would
        queue for the lock after each row as long as a storm keeps the event loop busy.
        """
        for at in range(0, len(rows), BLOCK):
            block = rows[at : at + BLOCK]
            db.execute(_insert(self.into, self.width, len(block), self.then), [school, *chain.from_iterable(block)])


@cache
def _insert(into: str, width: int, rows: int, then: str) -> str:
    row = f"(?1, {', '.join('?' * width)})"
    return f"INSERT INTO {into} VALUES {', '.join([row] * rows)} {then}"


class Sql(Struct, frozen=True):
    """The statements of one kind. `get` takes (school, keys as a JSON list); `put` takes rows of columns."""

    cells: tuple[str, ...]
    json: frozenset[str]
    flags: frozenset[str]
    get: str
    put: Insert


@cache
def sql(kind: str) -> Sql:
    """The statements of a kind, made once from the model."""
    declared = KINDS[kind].cells.values()
    cells = tuple(c.name for c in declared)
    columns = [f'"c_{c}"' for c in cells]
    row = ["key", "scope", "seq", *columns, "heads"]
    everything = ["school", *row, "conflict"]
    moved = ", ".join(f"{c}=excluded.{c}" for c in [*everything[4:], "seq"])
    return Sql(
        cells,
        frozenset(c.name for c in declared if is_json(c)),
        frozenset(c.name for c in declared if c.type is bool),
        f"SELECT {', '.join(row)} FROM {table(kind)} WHERE school=? AND key IN (SELECT value FROM json_each(?))",
        Insert(
            f"{table(kind)} ({', '.join(everything)})",
            len(everything) - 1,
            f"ON CONFLICT (school, key) DO UPDATE SET {moved}",
        ),
    )


def row_of(kind: str, stored: tuple[Any, ...]) -> Row:
    """A Row from the columns of `sql(kind).get`."""
    statements = sql(kind)
    key, scope, seq, *values = stored
    heads = values.pop()
    found = dict(zip(statements.cells, values, strict=True))
    for cell in statements.json:
        if found[cell] is not None:
            found[cell] = msgspec.json.decode(found[cell])
    for cell in statements.flags:
        if found[cell] is not None:
            found[cell] = bool(found[cell])
    return Row(key, scope, seq, found, _heads.decode(heads) if heads else {})


def columns_of(kind: str, rows: Iterable[Row]) -> list[list[Any]]:
    """The columns of `sql(kind).put` from Rows."""
    cells, json = sql(kind).cells, sql(kind).json
    found = []
    for row in rows:
        values = list(map(row.values.get, cells))
        if json:
            values = [_text(v) if c in json else v for c, v in zip(cells, values, strict=True)]
        heads = _encode(row.heads).decode() if row.heads else None
        found.append([row.key, row.scope, row.seq, *values, heads, _text(conflicts(row))])
    return found


def _text(value: Any) -> str | None:
    return None if value is None else _encode(value).decode()
