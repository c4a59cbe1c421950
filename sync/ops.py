"""Ops: what a device writes. One op sets cells of one record and says what its author was looking at.

Holds always:
1. The ops of a device are numbered from 1 without gaps; (device, n) is the identity of an op.
2. A cell set to None is cleared. A cell that is absent is left alone.
3. `canonical` is the same for the same content: it tells a retry from another op under the same number.
"""

from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

# gc=False, here and on what is made for each op: what came as JSON holds no ring, and a storm makes so many of them
# that looking for rings in them cost a twentieth of a push.
VOID = "void"  # kind of an op whose content the device has lost: it keeps the numbers gapless, and is a finding
NEVER = ("", 0)  # `first` of an op that was never renumbered


class Op(Struct, omit_defaults=True, gc=False):
    """One entry of a person on a device.

    `n`: its number on the device. `at`: the device's wall clock when it was written, UTC ms. `seen`: (epoch, seq) of
    the record's scope as it stood when the editor opened. `v`: protocol version it was written under. `first`: the
    (device, n) under which it was first written, when its device has renumbered it since; no part of its content.
    """

    n: int
    kind: str
    key: str
    set: dict[str, Any]
    at: int
    seen: tuple[str, int] = ("", 0)
    v: int = 1
    first: tuple[str, int] = NEVER


def op_id(device: str, n: int) -> str:
    """The name of an op for people's screens and records: "device:n"."""
    return f"{device}:{n}"


_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder(Op)


def canonical(op: Op) -> bytes:
    """The op's content in one form, however it was sent: what the ledger keeps and compares."""
    return _encoder.encode(op if op.first == NEVER else replace(op, first=NEVER))


def under(content: bytes, n: int) -> bytes:
    """The content as it would be under another number; as it is when it is no op's."""
    try:
        return canonical(replace(_decoder.decode(content), n=n))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return content
