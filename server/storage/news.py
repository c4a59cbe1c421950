"""News: the rows of a scope that changed since a cursor, as SQLite itself writes them.

A cold tablet is sent thousands of rows, and in a staff room sixty tablets ask for them at the same moment. So no row
becomes a Python object on its way out: SQLite writes the JSON of a table's rows, without holding up other threads.

Holds always:
1. A page never cuts between equal seqs: it ends before the first seq that may be incomplete. When one seq alone fills
   the page (a publication), it is sent whole.
2. What is kept for the next who asks is found by the scope's last seq, so what is outdated is never found.
"""

import threading
from collections import OrderedDict
from functools import cache
from typing import Any, cast

import msgspec
from msgspec import Struct

from server.storage.rows import sql
from server.storage.schema import table
from server.storage.sqlite import Connection
from sync.messages import News, Table
from sync.model import KINDS
from sync.scopes import kinds_in

KEPT = 8 * 1024 * 1024  # bytes of rows that are kept for the next who asks
IN_REACH = "school=:school AND scope=:scope AND seq>:after AND seq<=:upto"


class Page(Struct, frozen=True):
    """News with the number of rows in them."""

    news: News
    rows: int


class Found(Struct, frozen=True):
    """Rows as they go out, with their number and their size in bytes."""

    tables: dict[str, Table]
    rows: int
    size: int


@cache
def _rows_of(head: str) -> str:
    """The statement that answers (kind, number of rows, rows as JSON) for each kind of a scope of this sort."""
    return " UNION ALL ".join(
        f"SELECT '{kind}', COUNT(*), json_group_array({_row(kind)}) FROM {table(kind)} WHERE {IN_REACH}"
        for kind in kinds_in(head)
    )


@cache
def _seqs_of(head: str) -> str:
    """The statement that answers the seq at a place in the order of all the scope's rows."""
    found = " UNION ALL ".join(f"SELECT seq FROM {table(kind)} WHERE {IN_REACH}" for kind in kinds_in(head))
    return f"{found} ORDER BY 1 LIMIT 1 OFFSET :place"


def _row(kind: str) -> str:
    statements = sql(kind)
    cells = []
    for cell in statements.cells:
        if cell in statements.json:
            cells.append(f'json("c_{cell}")')
        elif cell in statements.flags:
            cells.append(f"json(CASE \"c_{cell}\" WHEN 0 THEN 'false' WHEN 1 THEN 'true' END)")
        else:
            cells.append(f'"c_{cell}"')
    return f"json_array(key, seq, {', '.join(cells)}, json(conflict))"


class Recent:
    """Rows that were asked for lately, by scope and cursor: who asks next is often a tablet beside the last one."""

    def __init__(self, most: int = KEPT) -> None:
        self._most, self._size = most, 0
        self._kept: OrderedDict[tuple[str, int, int], Found] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, scope: str, after: int, seq: int) -> Found | None:
        """The rows after a cursor of a scope that has last changed at `seq`, when they are kept."""
        with self._lock:
            return self._kept.get((scope, after, seq))

    def keep(self, scope: str, after: int, seq: int, found: Found) -> None:
        """Keep rows; the oldest are forgotten when there are too many."""
        with self._lock:
            if (scope, after, seq) not in self._kept:
                self._kept[scope, after, seq] = found
                self._size += found.size
            while self._size > self._most:
                self._size -= self._kept.popitem(last=False)[1].size


def news(db: Connection, school: str, scope: str, reach: tuple[int, int], page: int, total: tuple[int, int, int],
         recent: Recent) -> Page | None:  # fmt: skip
    """Rows of the scope with seq in the half-open `reach` (after, upto], at most about `page`; None when nothing has
    moved. `total`: the scope's last seq and its digest."""
    after, upto = reach
    seq, count, digest = total
    if after and seq <= after:
        return None
    asked = {"school": school, "scope": scope, "after": after, "upto": upto}
    if count > page:
        cut = _cut(db, asked, page)
        if cut is not None and cut < seq:  # a last seq that alone fills the page is sent whole, and nothing is left
            found = _find(db, {**asked, "upto": cut})
            return Page(News(scope, after, cut, True, found.tables), found.rows)
    known = recent.get(scope, after, seq)
    found = known or _find(db, asked)
    if known is None and seq <= upto:
        recent.keep(scope, after, seq, found)
    return Page(News(scope, after, upto, False, found.tables, (count, digest)), found.rows)


def _find(db: Connection, asked: dict[str, Any]) -> Found:
    tables: dict[str, Table] = {}
    rows = size = 0
    for kind, number, text in db.execute(_rows_of(_head(asked["scope"])), asked):
        if number:
            written = msgspec.Raw(text.encode())
            tables[kind] = Table(list(KINDS[kind].cells), cast(list[list[Any]], written))
            rows += number
            size += len(text)
    return Found(tables, rows, size)


def _cut(db: Connection, asked: dict[str, Any], page: int) -> int | None:
    """Up to where a page reaches; None when everything fits."""
    statement = _seqs_of(_head(asked["scope"]))
    beyond = db.execute(statement, {**asked, "place": page}).fetchone()
    if beyond is None:
        return None
    first = db.execute(statement, {**asked, "place": 0}).fetchone()
    return max(int(beyond[0]) - 1, int(first[0]))


def _head(scope: str) -> str:
    return scope.partition(":")[0]
