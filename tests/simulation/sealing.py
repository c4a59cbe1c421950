"""What a tablet does to deliver without a session: each op sealed to the server, written anew from `sync/README.md`."""

import base64
import hmac
import json
import os
from functools import cache
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.simulation.school import SCHOOL


@cache
def opened_case(seal: str) -> tuple[str, bytes]:
    """(epk, key): what a tablet agrees on with the server from unlock to lock; here once for all of them."""
    curve = ec.SECP256R1()
    own = ec.generate_private_key(curve)
    raw = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = own.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(curve, base64.b64decode(seal)))
    return text(raw), HKDF(SHA256(), 32, raw, b"zvonok parcel 1").derive(shared)


def sealed(seal: str, mac: str, person: str, device: str, n: int, op: bytes) -> list[Any]:
    """One parcel as the wire has it."""
    epk, key = opened_case(seal)
    said = hmac.digest(base64.b64decode(mac), f"{SCHOOL}|{person}|{device}|{n}|".encode() + op, sha256)
    iv = os.urandom(12)
    return [n, epk, text(iv), text(AESGCM(key).encrypt(iv, op + said, f"{SCHOOL}|{device}|{n}".encode()))]


def bundle(device: str, held: int, parcels: list[list[Any]]) -> bytes:
    """What the bearer sends."""
    return json.dumps({"protocol": 1, "device": device, "held": held, "parcels": parcels}).encode()


def text(raw: bytes) -> str:
    """Base64."""
    return base64.b64encode(raw).decode()
