"""Sealing as a device does it, said a second time from the protocol's page and not from the server's code."""

import base64
import hmac
import json
import os
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

Sealed = list[Any]  # n, epk, iv, box


def text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


class Sealer:
    """One device from unlock to lock: `seal` and `mac` are those of its sign-in."""

    def __init__(self, school: str, person: str, device: str, seal: str, mac: str) -> None:
        self.school, self.person, self.device = school, person, device
        self.mac = base64.b64decode(mac)
        mine = ec.generate_private_key(ec.SECP256R1())
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), base64.b64decode(seal))
        epk = mine.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.epk = text(epk)
        self.box = AESGCM(HKDF(SHA256(), 32, epk, b"zvonok parcel 1").derive(mine.exchange(ec.ECDH(), public)))

    def __call__(self, op: dict[str, Any] | bytes, n: int | None = None) -> Sealed:
        """The parcel of an op, under its own number or another."""
        said = op if isinstance(op, bytes) else json.dumps(op, ensure_ascii=False).encode()
        number = n if n is not None else json.loads(said)["n"]
        about = f"{self.school}|{self.person}|{self.device}|{number}|".encode()
        iv = os.urandom(12)
        plain = said + hmac.digest(self.mac, about + said, sha256)
        box = self.box.encrypt(iv, plain, f"{self.school}|{self.device}|{number}".encode())
        return [number, self.epk, text(iv), text(box)]
