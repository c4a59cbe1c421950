"""Offers: ops as a device sends them, read and looked at as far as that needs nothing of the school.

It is done before the writer's turn comes, so that the one thread that writes has less to do for each op.
"""

import re

import msgspec
from msgspec import Struct

from server.exchange.jobs import Rejected
from sync.form import form
from sync.lifts import lift
from sync.messages import OLDEST, PROTOCOL
from sync.model import Kind
from sync.ops import NEVER, Op, canonical
from sync.verdicts import Reason

# Half of a character that JavaScript writes as two, or both halves, or an escaped backslash before what looks like one.
HALVES = re.compile(
    rb"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)
HIGHEST = 1 << 40  # no device numbers its ops so high
LONGEST = 40  # characters of a device's name


class Numbered(Struct):
    """The least that must be readable of an op for it to get a verdict."""

    n: int


class Offer(Struct, frozen=True, gc=False):
    """An op under its number. `op` is None when it is malformed. `form`: its kind and key parts, or why it has none.
    `content`: what the ledger keeps of it, as it was sent: an op sent again after the server has learned a newer
    version is still the same. `first`: the name it had before its device renumbered it, else `NEVER`."""

    n: int
    op: Op | None
    form: tuple[Kind, dict[str, str]] | Reason
    content: bytes
    first: tuple[str, int] = NEVER


_op = msgspec.json.Decoder(Op)
_numbered = msgspec.json.Decoder(Numbered)


def offers(raws: list[msgspec.Raw]) -> list[Offer]:
    """The ops of a request in their order. Rejected when a number can't be read, or is none."""
    return [_offer(raw, place) for place, raw in enumerate(raws)]


def _offer(raw: msgspec.Raw, place: int) -> Offer:
    try:
        op = _op.decode(raw)
        found = Offer(op.n, op, form(op), canonical(op), _first(op)) if op.v == PROTOCOL else _of_another_version(op)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        try:
            found = Offer(_numbered.decode(raw).n, None, Reason.MALFORMED, bytes(raw))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise Rejected(400, "bad_op", n=place) from None
    if not 0 < found.n < HIGHEST:
        raise Rejected(400, "bad_op", n=place)
    return found


def _first(op: Op) -> tuple[str, int]:
    if op.first == NEVER or not 0 < op.first[1] < HIGHEST or len(op.first[0]) > LONGEST:
        return NEVER
    return op.first


def _of_another_version(op: Op) -> Offer:
    if op.v < OLDEST:
        return Offer(op.n, op, Reason.MALFORMED, canonical(op), _first(op))
    lifted = lift(op)
    return Offer(op.n, lifted, form(lifted), canonical(op), _first(op))


def mend(body: bytes) -> bytes:
    """The body with each half of a character replaced by the sign for one that can't be shown.

    A browser lets a text be cut in the middle of an emoji and sends the half as an escape; no JSON reader takes it, and
    one such comment would keep all other entries of a tablet from ever arriving.
    """
    return HALVES.sub(lambda found: b"\\ufffd" if found.group(1) else found.group(), body)
