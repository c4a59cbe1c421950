"""Lifts: how an op that was written under an older version of the protocol is read today.

A tablet may keep unsent ops through an update of its app, for a whole holiday. Its outbox is never rewritten, so each
op says under which version it was written. A change of PROTOCOL brings a line here, and an outbox in tests/outboxes.

Holds always:
1. From every version below the present one there is a lift; they are applied one after the other.
2. A lift changes what the op says, never which op it is: its number stays.
Not here: ops of a later version than this server's (refused as malformed: nobody knows what they say).
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
    for version in range(op.v, to):
        op = lifts[version](op)
    return structs.replace(op, n=number, v=to)
