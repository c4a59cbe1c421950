"""Effects: what an op brings about beside its own cells. Pure: rows in, rows changed.

- The earliest accepted value of a mark sets `given`, from which the correction window runs.
- A change of a term's or a year's lock is appended to its `changes`, from which locks are judged.
- A held or refused op of a member of staff becomes a `matter`, in the office and in the author's inbox.
- What the author says for a held entry stands in the office too.
- An outcome written on a matter is mirrored to its twin; approval re-applies the held op under both names.
"""

from collections.abc import Callable
from typing import Any

from sync import access
from sync.locks import OPEN
from sync.merge import Head, Row, put
from sync.ops import Op, op_id
from sync.verdicts import Decision, Verdict

Rows = Callable[[str, str], Row]  # (kind, key) -> the row, blank when nobody has written it
CAME = "verdict"  # the cell of a matter whose head is the entry that it keeps


def touched(case_kind: str, key: str, values: dict[str, Any]) -> list[tuple[str, str]]:
    """(kind, key) of the further records that an op on this record may change, to be fetched beforehand."""
    if case_kind != "matter":
        return []
    found = [("matter", twin(key, values))]
    if values.get("verdict") == Verdict.HELD:  # a refused op may name a record that there can't be
        found.append((values["kind"], values["target"]))
    return found


def twin(key: str, values: dict[str, Any]) -> str:
    """Key of the other copy of a matter."""
    holder, op = key.split("/")
    return f"office/{op}" if holder.startswith("inbox:") else f"inbox:{values.get('author')}/{op}"


def brought_about(kind: str, row: Row, cells: dict[str, Any], head: Head, rows: Rows) -> list[tuple[str, Row]]:
    """Rows changed beside the accepted op's own, which is changed in place where its own server cells move. The same
    whether the author's own right carries it or an approval."""
    if kind == "mark":
        _note_given(row, cells, head.written)
    if kind == "term" and "locked" in cells:
        _log_lock(row, cells, head, bool(cells["locked"]))
    if kind == "year" and "state" in cells:
        _log_lock(row, cells, head, cells["state"] or OPEN)
    if kind == "matter" and cells.get("outcome") is not None:
        return _settle(row, cells, head, rows)
    if kind == "matter" and "plea" in cells:
        other = rows("matter", twin(row.key, row.values))
        other.values["plea"], other.seq = row.values["plea"], head.seq
        return [("matter", other)]
    return []


def _note_given(row: Row, cells: dict[str, Any], written: int) -> None:
    """The window runs from the earliest value by moment of writing, whichever arrived first."""
    if cells.get("value") is not None:
        given = row.values.get("given")
        row.values["given"] = written if given is None else min(given, written)


def _log_lock(row: Row, cells: dict[str, Any], head: Head, state: bool | str) -> None:
    changes = [list(c) for c in row.values.get("changes") or []]
    reason = str(cells.get("reason") or row.values.get("reason") or "")
    changes.append([head.written, state, head.person, reason])
    # By the moment alone: of one moment (a wrong clock is cut to the evidence) a device's later op decides, as it
    # does in the cell beside it.
    row.values["changes"] = sorted(changes, key=lambda change: change[0])


def _settle(row: Row, cells: dict[str, Any], head: Head, rows: Rows) -> list[tuple[str, Row]]:
    other = rows("matter", twin(row.key, row.values))
    # When the entry came, and what it found was put into the matter; matters of before have no such head.
    kept = other.heads[CAME][0].seq if CAME in other.heads else other.seq
    for matter in (row, other):
        matter.values |= {
            "outcome": cells["outcome"],
            "note": cells.get("note"),
            "plea": row.values.get("plea"),
            "decided_by": head.person,
            "decided": head.written,
        }
        matter.seq = head.seq
    changed = [("matter", other)]
    if cells["outcome"] != "approved" or row.values.get("verdict") != Verdict.HELD:
        return changed
    kind, target = row.values["kind"], rows(row.values["kind"], row.values["target"])
    if kind == "matter" and target.values.get("outcome") is not None:
        return changed  # somebody else has settled it meanwhile
    # Under both names: the author's moment, the deputy head's authority. It is the deputy head's op, so that later
    # ones of the author's own tablet don't count as having seen it; it replaces what the matter showed, nothing later.
    approved = Head(None, row.values["author"], row.values["written"], head.device, head.n, access.DEPUTY, head.seq)
    put(target, row.values["set"], approved, kept)
    further = brought_about(kind, target, row.values["set"], approved, rows)
    return [*changed, (kind, target), *further]


def keep(matter: Row, values: dict[str, Any], entry: Head) -> None:
    """Fill a new matter. Its head tells for ever when the entry came; the row moves with each word for it."""
    matter.values |= values
    matter.heads[CAME] = [entry]
    matter.seq = entry.seq


def matter_of(
    op: Op, device: str, person: str, decision: Decision, was: dict[str, Any], arrived: int
) -> dict[str, Any]:
    """The cells of the matter that keeps a held or refused op."""
    return {
        "kind": op.kind,
        "target": op.key,
        "set": op.set,
        "was": {cell: was.get(cell) for cell in op.set},
        "author": person,
        "written": decision.written,
        "arrived": arrived,
        "verdict": str(decision.verdict),
        "reason": str(decision.reason),
        "detail": decision.detail,
    }


def matter_keys(device: str, n: int, person: str) -> tuple[str, str]:
    """Keys of the two copies of a matter."""
    name = op_id(device, n)
    return f"office/{name}", f"inbox:{person}/{name}"
