"""Tables, made from the model, and migrations.

A migration is a named function; each runs in one transaction together with the row that records it, so a crash leaves
it either done and recorded or neither. Migrations are appended, never edited.
"""

from collections.abc import Callable, Iterable
from typing import get_origin

import sqlite_utils

from server.storage.sqlite import Connection
from sync.model import KINDS, CellType, Kind


def table(kind: str) -> str:
    """The table that holds a kind's rows."""
    return f"r_{kind}"


def is_json(cell: CellType) -> bool:
    """True for a cell that is stored as JSON text."""
    return get_origin(cell.type) in (list, dict)


def column_type(cell: CellType) -> type:
    """The column's Python type as sqlite-utils wants it."""
    return int if cell.type in (int, bool) else str


def create_kind(db: sqlite_utils.Database, kind: Kind) -> None:
    """The table of one kind: its cells as shown, the heads of each cell, and the conflict as the wire shows it."""
    columns: dict[str, type] = {"school": str, "key": str, "scope": str, "seq": int}
    columns |= {f"c_{c.name}": column_type(c) for c in kind.cells.values()}
    columns |= {"heads": str, "conflict": str}
    made = db.table(table(kind.name)).create(
        columns, pk=("school", "key"), not_null={"school", "key", "scope", "seq"}, if_not_exists=True
    )
    made.create_index(["school", "scope", "seq"], if_not_exists=True)


def _first(db: sqlite_utils.Database) -> None:
    db.table("meta").create({"school": str, "name": str, "value": str}, pk=("school", "name"))
    db.table("epoch").create(
        {"school": str, "ordinal": int, "epoch": str, "parted_seq": int, "at": int, "reason": str},
        pk=("school", "ordinal"),
    )
    db.table("device").create(
        {"school": str, "device": str, "person": str, "known": int, "claim": int, "contacts": str, "at": int},
        pk=("school", "device"),
    )
    db.table("scope").create(
        {"school": str, "scope": str, "seq": int, "count": int, "sum": int}, pk=("school", "scope")
    )
    db.table("entry").create(
        {
            "school": str, "seq": int, "device": str, "n": int, "person": str, "kind": str, "key": str,
            "content": bytes, "salt": bytes, "digest": bytes, "claimed": int, "written": int, "after": int,
            "before": int, "arrived": int, "verdict": str, "reason": str, "detail": str, "authority": int,
            "chain": bytes,
        },
        pk=("school", "seq"),
    )  # fmt: skip
    db.table("entry").create_index(["school", "device", "n"], unique=True)
    db.table("entry").create_index(["school", "kind", "key"])


def _other_names(db: sqlite_utils.Database) -> None:
    db.table("alias").create({"school": str, "device": str, "n": int, "seq": int}, pk=("school", "device", "n", "seq"))


MIGRATIONS: list[tuple[str, Callable[[sqlite_utils.Database], None]]] = [
    ("0001 the first tables", _first),
    ("0002 other names of an entry", _other_names),
]


def migrate(connection: Connection, migrations: list[tuple[str, Callable[[sqlite_utils.Database], None]]]) -> list[str]:
    """Run what has not run yet; answers the names of what ran."""
    db = sqlite_utils.Database(connection)
    db.table("migration").create({"name": str}, pk="name", if_not_exists=True)
    done = {row["name"] for row in db.table("migration").rows}
    ran = []
    for name, step in migrations:
        if name in done:
            continue
        connection.execute("BEGIN IMMEDIATE")
        try:
            step(db)
            connection.execute("INSERT INTO migration (name) VALUES (?)", [name])
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        ran.append(name)
    return ran


def follow_model(connection: Connection, kinds: Iterable[Kind] = tuple(KINDS.values())) -> list[str]:
    """Bring the record tables up to the model: a table for each new kind, a column for each new cell. Only adds, all or
    nothing; answers the tables it touched. A cell that leaves the model keeps its column."""
    asked = "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type='table'"
    have: dict[str, set[str]] = {}
    for name, column in connection.execute(asked):
        have.setdefault(name, set()).add(column)
    behind = [k for k in kinds if not {f"c_{cell}" for cell in k.cells} <= have.get(table(k.name), set())]
    if not behind:
        return []
    db = sqlite_utils.Database(connection)
    connection.execute("BEGIN IMMEDIATE")
    try:
        for kind in behind:
            create_kind(db, kind)
            for cell in kind.cells.values():
                if table(kind.name) in have and f"c_{cell.name}" not in have[table(kind.name)]:
                    db.table(table(kind.name)).add_column(f"c_{cell.name}", column_type(cell))
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return [table(kind.name) for kind in behind]
