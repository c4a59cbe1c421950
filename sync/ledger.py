"""The ledger's chain: each entry's digest covers the one before it, so that nothing can be changed or taken out unseen.

The chain covers a salted digest of the content, not the content: by law content can be erased (with its salt)
and the chain still verifies.
"""

from hashlib import sha256

START = b"\0" * 32


def content_digest(salt: bytes, content: bytes) -> bytes:
    """32 bytes over an entry's content; meaningless without the salt."""
    return sha256(salt + content).digest()


def link(previous: bytes, seq: int, device: str, n: int, verdict: str, content: bytes) -> bytes:
    """The chain's value at an entry. `content` is its content digest."""
    return sha256(previous + f"|{seq}|{device}|{n}|{verdict}|".encode() + content).digest()
