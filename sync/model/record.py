"""How a record type is declared: its key, its scope, its cells, and who may write each.

A record type is a msgspec Struct with the `@record` decorator. Its attributes are the cells; each is
`Annotated` with a `Cell` that names the writers and the guards. Tables, wire types, TypeScript types
and the table of rights are all made from `KINDS`.

Holds always:
1. A key is the key parts joined by "/"; no part contains "/".
2. The scope of a record follows from its key alone, so a record never moves between scopes.
3. A cell without a `Cell` annotation can't be declared: every cell says who writes it.
Not here: what a writer's right means (`sync.access`).
"""

import re
import types
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from msgspec import Struct

Writers = Literal["lesson", "journal", "tutor", "deputy", "admin", "decider", "author", "server"]
PartType = Literal["id", "date", "number"]


LONGEST = 400  # characters of a key: more than any lawful one has


class Cell(Struct, frozen=True):
    """Who may write a cell and what guards it.

    `window`: once given, only correctable for the school's window (regulation 3.2.4).
    `begun`: what happens at a lesson can't be written before its day has begun.
    `longest`: characters of a text. `choices`: the closed list of values, empty when open.
    """

    writers: Writers
    window: bool = False
    begun: bool = False
    longest: int = 500
    choices: tuple[str, ...] = ()
    text: Literal["plain", "date", "time", "mark"] = "plain"


class CellType(Struct, frozen=True):
    """One cell of a kind: its name, its guards, and its type as a Python type (None is always lawful: cleared)."""

    name: str
    guard: Cell
    type: Any


class Kind(Struct, frozen=True):
    """A record type as declared.

    `scope` may name the first part of the key ("journal:{journal}"). `dated`: the key part that holds the day the
    term lock looks at ("date"), "term" when the key names the term itself, "journal" when it is of the journal's year
    as a whole, or "" when no lock guards it.
    `fact`: the rules themselves read this kind, so the server keeps it in memory. `where` and `whose`: the names of the
    key parts as the key has them, up to the pupil and from there on (`own` parts); a lesson's records share the first
    half.
    """

    name: str
    key: tuple[str, ...]
    scope: str
    dated: str
    fact: bool
    cells: dict[str, CellType]
    record: Any
    summary: str
    where: str
    whose: str
    own: int

    def parts(self, key: str) -> dict[str, str] | None:
        """Key parts by name; None when the key is not of this kind's form."""
        if len(key) > LONGEST:
            return None
        where = key.rsplit("/", self.own)[0]
        found = _read(self.where, where)
        if found is None or not self.own:
            return found
        rest = _read(self.whose, key[len(where) + 1 :])
        return None if rest is None else found | rest

    def where_of(self, key: str) -> str:
        """The part of a key that a lesson's records share."""
        return key.rsplit("/", self.own)[0]

    def scope_of(self, key: str) -> str:
        """The scope a lawful key belongs to."""
        head, named, _ = self.scope.partition("{")
        return head + key.partition("/")[0] if named else head


def part_type(name: str) -> PartType:
    """The form of a key part, by its name: a day, a small number, or an id."""
    if name in ("date", "starts"):
        return "date"
    if name in ("number", "place", "weekday"):
        return "number"
    return "id"


FORMS = {"id": r"[A-Za-z0-9_.:-]{1,80}", "number": r"[0-9]{1,4}", "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}"}


@lru_cache(maxsize=8192)
def is_date(value: str) -> bool:
    """True for a calendar day written as YYYY-MM-DD."""
    if re.fullmatch(FORMS["date"], value) is None:  # fromisoformat also takes the days of a week, "2026-W47-5"
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=8192)
def _read(names: str, text: str) -> dict[str, str] | None:
    """Key parts by name, not to be changed; None when one has not its form. Half a key is read once for a lesson."""
    parts = dict(zip(names.split("/"), text.split("/"), strict=False))
    if text.count("/") != names.count("/"):
        return None
    lawful = all(re.fullmatch(FORMS[part_type(name)], part) for name, part in parts.items())
    days = all(is_date(part) for name, part in parts.items() if part_type(name) == "date")
    return parts if lawful and days else None


KINDS: dict[str, Kind] = {}


def record(name: str, *, key: str, scope: str, dated: str = "", fact: bool = False) -> Callable[[type], type]:
    """Declare a Struct as a record type; see the module's docstring for what holds."""

    def declare(declared: type) -> type:
        cells = {}
        for cell_name, hint in get_type_hints(declared, include_extras=True).items():
            if get_origin(hint) is not Annotated:
                raise TypeError(f"{declared.__name__}.{cell_name} does not say who writes it")
            base, guard = get_args(hint)[:2]
            cells[cell_name] = CellType(cell_name, guard, _without_none(base))
        summary = (declared.__doc__ or "").strip().split("\n")[0]
        parts = tuple(key.split("/"))
        if "{" in scope and not scope.endswith(f"{{{parts[0]}}}"):
            raise TypeError(f"{declared.__name__}: a scope can only name the first part of the key")
        own = len(parts) - parts.index("pupil") if "pupil" in parts[1:] else 0
        where, whose = "/".join(parts[: len(parts) - own]), "/".join(parts[len(parts) - own :])
        KINDS[name] = Kind(name, parts, scope, dated, fact, cells, declared, summary, where, whose, own)
        return declared

    return declare


def _without_none(hint: Any) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        kept = [a for a in get_args(hint) if a is not type(None)]
        if len(kept) == 1:
            return kept[0]
    return hint
