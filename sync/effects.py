"""Effects: what an op brings about beside its own cells. Pure: rows in, rows changed.

- The first accepted value of a mark sets `given`, from which the correction window runs.
- A change of a term's lock is appended to the term's `changes`, from which locks are judged.
- A held or refused op of a member of staff becomes a `matter`, in the office and in the author's inbox.
- An outcome written on a matter is mirrored to its twin; approval re-applies the held op under both names.
"""

from collections.abc import Callable
from typing import Any

from sync import access
from sync.merge import Head, Row, put
from sync.ops import Op, op_id, split_op_id
from sync.rules import Case
from sync.verdicts import Decision, Verdict

Rows = Callable[[str, str], Row]  # (kind, key) -> the row, blank when nobody has written it


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


def after_accepting(case: Case, row: Row, decision: Decision, head: Head, rows: Rows) -> list[tuple[str, Row]]:
    """Rows changed beside the op's own, which is changed in place where its own server cells move."""
    if case.kind.name == "mark":
        if row.values.get("given") is None and row.values.get("value") is not None:
            row.values["given"] = decision.written
        return []
    if case.kind.name == "term" and "locked" in case.op.set:
        _log_lock(row, case, decision.written)
        return []
    if case.kind.name == "matter" and case.op.set.get("outcome") is not None:
        return _settle(case, row, decision, head, rows)
    return []


def _log_lock(row: Row, case: Case, moment: int) -> None:
    changes = [list(c) for c in row.values.get("changes") or []]
    reason = str(case.op.set.get("reason") or row.values.get("reason") or "")
    changes.append([moment, bool(case.op.set["locked"]), case.person, reason])
    changes.sort(key=lambda c: c[0])
    row.values["changes"] = changes


def _settle(case: Case, row: Row, decision: Decision, head: Head, rows: Rows) -> list[tuple[str, Row]]:
    for matter in (row, rows("matter", twin(row.key, row.values))):
        matter.values |= {
            "outcome": case.op.set["outcome"],
            "note": case.op.set.get("note"),
            "decided_by": case.person,
            "decided": decision.written,
        }
        matter.seq = head.seq
    changed = [("matter", rows("matter", twin(row.key, row.values)))]
    name = split_op_id(row.key.split("/")[1])
    if case.op.set["outcome"] != "approved" or row.values.get("verdict") != Verdict.HELD or name is None:
        return changed
    # Under both names: the author's op and moment, the deputy head's authority; it replaces what the deputy has seen.
    target = rows(row.values["kind"], row.values["target"])
    approved = Head(None, row.values["author"], row.values["written"], name[0], name[1], access.DEPUTY, head.seq)
    put(target, row.values["set"], approved, head.seq)
    if target.values.get("given") is None and row.values["kind"] == "mark":
        target.values["given"] = row.values["written"]
    return [*changed, (row.values["kind"], target)]


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
