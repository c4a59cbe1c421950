"""The server's own secrets, and the opening of parcels: ops that a device has sealed to this server.

One P-256 key, to which everybody may seal, and one secret, from which the keys are derived with which a device signs
for its person. Both are made once, with the database, and never leave it; what the wire carries is their public or
derived half.

Holds always:
1. A parcel opens only under the school, device, person and number that it was sealed for.
2. Whatever else the bytes are, the answer is None: nobody learns what was wrong with them.
"""

import base64
import binascii
import hmac
import secrets
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256

import sqlite_utils
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)

from server.storage.sqlite import Connection
from sync.messages import Parcel

CURVE = ec.SECP256R1()
MAC = 32  # bytes at the end of what a parcel holds
IV = 12
INFO = b"zvonok parcel 1"
PROOF = b"zvonok session 1"


def make_secrets(db: sqlite_utils.Database) -> None:
    """Fill the table of secrets; part of a migration, so it happens once in the life of a database."""
    key = ec.generate_private_key(CURVE).private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    db.table("secret").create({"name": str, "value": bytes}, pk="name", not_null={"name", "value"})
    db.table("secret").insert_all([{"name": "seal", "value": key}, {"name": "mac", "value": secrets.token_bytes(32)}])


class Secrets:
    """See the module. Safe from any thread once it is made."""

    def __init__(self, db: Connection) -> None:
        kept = dict(db.execute("SELECT name, value FROM secret").fetchall())
        self._secret: bytes = kept["mac"]
        private = load_der_private_key(kept["seal"], None)
        assert isinstance(private, ec.EllipticCurvePrivateKey)
        self._private = private
        self.seal = _text(private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))

    def mac(self, school: str, device: str, person: str) -> str:
        """The key under which a device signs the ops of its person, base64."""
        return _text(self._mac(school, device, person))

    def proves(self, proof: str, school: str, device: str, person: str) -> bool:
        """Whether this shows, in base64, that who asks has the device's key for its person."""
        own = hmac.digest(self._mac(school, device, person), PROOF, sha256)
        return hmac.compare_digest(_text(own).encode(), proof.encode())

    def open_all(self, school: str, device: str, person: str, parcels: Sequence[Parcel]) -> list[bytes | None]:
        """The ops in these parcels, as the device wrote them; None for each that is not the device's and person's."""
        shared = lru_cache(maxsize=8)(self._shared)  # a device seals with one key from unlock to lock
        key = self._mac(school, device, person)
        about = f"{school}|{device}|"
        found: list[bytes | None] = []
        for parcel in parcels:
            try:
                box = AESGCM(shared(parcel.epk))
                plain = box.decrypt(_bytes(parcel.iv, IV), _bytes(parcel.box), f"{about}{parcel.n}".encode())
            except (ValueError, InvalidTag):
                found.append(None)
                continue
            op, mac = plain[:-MAC], plain[-MAC:]
            said = hmac.digest(key, f"{school}|{person}|{device}|{parcel.n}|".encode() + op, sha256)
            found.append(op if hmac.compare_digest(said, mac) else None)
        return found

    def _mac(self, school: str, device: str, person: str) -> bytes:
        return hmac.digest(self._secret, f"mac|{school}|{device}|{person}".encode(), sha256)

    def _shared(self, epk: str) -> bytes:
        raw = _bytes(epk)
        point = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, raw)
        return HKDF(SHA256(), 32, raw, INFO).derive(self._private.exchange(ec.ECDH(), point))


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str, length: int | None = None) -> bytes:
    """Bytes of base64; ValueError when it is none, or of another length."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, UnicodeEncodeError) as bug:
        raise ValueError("no base64") from bug
    if length is not None and len(raw) != length:
        raise ValueError("another length")
    return raw
