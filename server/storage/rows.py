"""Rows of record tables: the SQL of each kind, and the way between a Row and its columns."""

from functools import cache
from typing import Any

import msgspec
from msgspec import Struct

from server.storage.schema import is_json, table
from sync.merge import Head, Row, conflicts
from sync.model import KINDS

_heads = msgspec.json.Decoder(dict[str, list[Head]])
encode = msgspec.json.encode


class Sql(Struct, frozen=True):
    """The statements of one kind. `get` takes (school, keys as a JSON list); `put` takes the row's columns."""

    cells: tuple[str, ...]
    json: frozenset[str]
    flags: frozenset[str]
    get: str
    put: str


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
        f"INSERT INTO {table(kind)} ({', '.join(everything)}) VALUES ({', '.join('?' * len(everything))}) "
        f"ON CONFLICT (school, key) DO UPDATE SET {moved}",
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


def columns_of(kind: str, school: str, row: Row) -> tuple[Any, ...]:
    """The columns of `sql(kind).put` from a Row."""
    statements = sql(kind)
    values = [row.values.get(c) for c in statements.cells]
    if statements.json:
        values = [
            encode(v).decode() if c in statements.json and v is not None else v
            for c, v in zip(statements.cells, values, strict=True)
        ]
    torn = conflicts(row)
    heads = encode(row.heads).decode() if row.heads else None
    return (school, row.key, row.scope, row.seq, *values, heads, encode(torn).decode() if torn else None)
