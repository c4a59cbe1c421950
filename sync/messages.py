"""The wire, version 1: what a device sends and what the server answers.

`POST /api/{school}/sync` carries a SyncRequest and answers a SyncResponse. `GET /api/{school}/live` is a WebSocket
that carries Pokes, lossy by design. Sign-in is SignIn -> SignedIn. `POST /api/{school}/parcels` takes sealed ops from
anybody: Parcels -> Receipts. Errors of any route are Trouble. Bytes are base64.
All moments are UTC milliseconds; a cursor is a seq within an epoch.
"""

from hashlib import sha256
from typing import Any

import msgspec
from msgspec import Struct

PROTOCOL = 1
OLDEST = 1  # of the versions still understood: ops of it are lifted (`sync.lifts`) for at least a school year
MAX_OPS = 500
MAX_BYTES = 256 * 1024
PAGE = 6_000  # rows of news in one answer


class SyncRequest(Struct):
    """What the device holds and what is new on it.

    `clock`: its wall clock now. `held`: the highest op number it holds, sent or not. `cursors`: scope -> seq up to
    which it has the scope's rows (0: none yet). `ops`: in order of number, at most MAX_OPS and MAX_BYTES; left raw
    so that one malformed op spoils no other. `heard`: the server's time in the last answer that the device took in
    (0: none yet; -1: a device that does not tell, then a request counts as written when it arrives). `healed`:
    scopes whose digest did not match since the last answer that was taken in.
    """

    protocol: int
    device: str
    clock: int
    held: int
    epoch: str
    cursors: dict[str, int]
    ops: list[msgspec.Raw] = []
    heard: int = -1
    healed: int = 0


class Table(Struct):
    """Rows of one record type. Each row: key, seq, then the cells in the order of `cells`, then `heads`.

    `heads` is null unless cells are in conflict; then {cell: [Head, ...]}, the better head first.
    """

    cells: list[str]
    rows: list[list[Any]]


class Head(Struct, array_like=True):
    """One of several values of a cell: value, author (person id), moment of writing, op name, authority."""

    value: Any
    person: str
    written: int
    op: str
    authority: int


class News(Struct):
    """Rows of a scope with seq in (`after`, `upto`]. `more`: ask again from `upto`. `total`: digest of the whole scope
    (count, sum) as it stands at `upto`, only when not `more`."""

    scope: str
    after: int
    upto: int
    more: bool
    tables: dict[str, Table]
    total: tuple[int, int] | None = None


class Judged(Struct, array_like=True, gc=False):
    """The verdict on one op: its number, verdict, reason, detail, and the seq at which it was decided."""

    n: int
    verdict: str
    reason: str
    detail: dict[str, Any]
    seq: int


class SyncResponse(Struct):
    """What became of the ops, and what is new.

    `known`: highest op number of this device the server has decided; re-offer above it. `taken`: numbers under which
    the server knows other contents: the device is an old copy of itself and must renumber these under a new identity.
    `news`: scopes that have moved since the cursor, and all that are new. `lost`: scopes the person no longer may see.
    `published`: moment of the last publication of the diary, UTC ms. `missing`: the batch left a gap after this
    number (0: none).
    """

    protocol: int
    rules: int
    school: str
    epoch: str
    server_time: int
    known: int
    judged: list[Judged]
    taken: list[int]
    missing: int
    news: list[News]
    lost: list[str]
    applied_seq: int
    durable_seq: int
    published: int


class Poke(Struct):
    """Something changed: scopes with their new seq, or the durable seq moved. Ask with a sync."""

    scopes: dict[str, int]
    applied_seq: int
    durable_seq: int


class SignIn(Struct):
    """`device`: the identity this store got before, or empty. `clock`: the device's wall clock now."""

    login: str
    password: str
    clock: int
    device: str = ""
    name: str = ""


class SignedIn(Struct):
    """Who signed in, on which device identity. `roles`: role codes. `pupils`: pupil ids a parent or pupil may read.

    `seal`: the server's public key (P-256, raw) to which the device seals its ops; `mac`: the key under which this
    device signs them for this person.
    """

    school: str
    school_name: str
    person: str
    name: str
    roles: list[str]
    pupils: list[str]
    device: str
    epoch: str
    known: int
    server_time: int
    seal: str = ""
    mac: str = ""


class Parcel(Struct, array_like=True):
    """A sealed op: number, ephemeral public key, nonce, box. Only the server opens it, nobody forges it (README.md)."""

    n: int
    epk: str
    iv: str
    box: str


class Parcels(Struct):
    """Sealed ops of a device, brought by anybody: a locked tablet, another person on it, a file. `held`: the highest
    number that the device gave out, as far as the bringer knows; it is no evidence."""

    protocol: int
    device: str
    held: int
    parcels: list[Parcel]


class Receipts(Struct):
    """`known`: every op of the device up to this number has been decided; the verdicts are told to its person alone.
    `missing`: a gap after this number (0: none). `refused`: parcels that can't be opened or are not the device's.
    `revoked`: the device or its person may hold nothing any more."""

    protocol: int
    known: int
    missing: int
    refused: list[int]
    revoked: bool


class Hello(Struct):
    """Answer of `GET /api/hello`: which schools this server keeps, as [id, name]."""

    protocol: int
    version: str
    schools: list[tuple[str, str]]
    demo: list[tuple[str, str, str]] = []


class Trouble(Struct):
    """An error: a code of the closed list in `TROUBLES`, the number of the offending op where there is one,
    and seconds after which to try again where that helps."""

    error: str
    n: int | None = None
    retry_after: int | None = None
    limit: int | None = None


TROUBLES = (
    "bad_json",  # the body is not the message the route expects
    "bad_op",  # an op without a readable number: `n` is its place in the batch
    "too_large",  # more than `limit` bytes or ops
    "signed_out",  # no session, or it has ended
    "wrong_sign_in",  # login or password is wrong
    "too_many_tries",  # wait `retry_after` seconds
    "wrong_school",  # the session belongs to another school, or there is no such school
    "wrong_device",  # the session belongs to another device
    "revoked",  # the device or the account may hold nothing any more: deliver what is sealed, then purge
    "old_protocol",  # this server no longer speaks that version
    "forbidden",  # the person's role does not reach this page
    "not_found",  # nothing lives at this address
    "overloaded",  # try again after `retry_after` seconds
    "disk_full",  # nothing was written; the admin was told
    "internal",  # a bug; the log has it
)

MESSAGES = (SyncRequest, SyncResponse, Poke, SignIn, SignedIn, Parcels, Receipts, Hello, Trouble)


def schema_digest() -> str:
    """Digest over the JSON schema of every message and over the model; pinned beside PROTOCOL in a test."""
    from sync.model import KINDS
    from sync.ops import Op

    schemas, components = msgspec.json.schema_components((*MESSAGES, Op), ref_template="{name}")
    model = {k.name: [k.key, k.scope, {c.name: str(c.type) for c in k.cells.values()}] for k in KINDS.values()}
    return sha256(msgspec.json.encode(_shapes([schemas, components, model]), order="sorted")).hexdigest()[:16]


def _shapes(schema: Any) -> Any:
    """The schema without its words: a better docstring is not another wire."""
    if isinstance(schema, dict):
        return {name: _shapes(part) for name, part in schema.items() if name != "description"}
    return [_shapes(part) for part in schema] if isinstance(schema, list | tuple) else schema
