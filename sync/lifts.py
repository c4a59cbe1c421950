"""Lifts: how an op that was written under an older version of the protocol is read today.

A tablet may keep unsent ops through an update of its app, for a whole holiday. Its outbox is never rewritten, so each
op says under which version it was written. A change of PROTOCOL brings a line here, and an outbox in tests/outboxes.

Holds always:
1. From every version below the present one there is a lift; they are applied one after the other.
2. A lift changes what the op says, never which op it is: its number stays.
An op of a later version comes from an app that was put back to an earlier one: it is read as far as this version
knows it, and a cell that is unknown here is refused by its form.
"""

from collections.abc import Callable, Mapping

from msgspec import structs

from sync.messages import PROTOCOL
from sync.ops import Op

Lift = Callable[[Op], Op]

LIFTS: Mapping[int, Lift] = {}  # version -> how its ops become those of the next


def lift(op: Op, lifts: Mapping[int, Lift] = LIFTS, to: int = PROTOCOL) -> Op:
    """The op as one of version `to`."""
    number = op.n
    for version in range(op.v, to):  # none, when the op is of a later version
        op = lifts[version](op)
    return structs.replace(op, n=number, v=to)
