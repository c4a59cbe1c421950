"""Approvals: which record an outcome written on a matter writes in the end.

A held entry may itself be an approval (its clock was in doubt, or its tablet revoked): to approve that one writes what
it would have written, through however many hands.
"""

from collections.abc import Callable
from typing import Any

from sync.verdicts import Verdict

Values = dict[str, Any]
Target = tuple[str, str]  # (kind, key)


def approves(kind: str, cells: Values, values: Values, matters: Callable[[str], Values]) -> Target | None:
    """The record that these cells, written on a record of `values`, would write by approval; None when they approve
    nothing. `matters`: a matter's values, by its key."""
    while kind == "matter" and cells.get("outcome") == "approved" and values.get("verdict") == Verdict.HELD:
        kind, key, cells = values["kind"], values["target"], values["set"]
        if kind != "matter":
            return kind, key
        values = matters(key)
    return None
