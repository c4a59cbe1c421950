"""Ids: a sourcedId as an id of the journal.

Holds always:
1. The same sourcedId has the same id, whatever else is in the bundle.
2. Two different sourcedIds never have the same id: one that had to be changed carries a part of its hash.
"""

import re
from hashlib import sha256

LONGEST = 60
UNLAWFUL = re.compile(r"[^A-Za-z0-9_.:-]+")
HASHED = re.compile(r".*-x[0-9a-f]{10}")


def ident(source: str) -> str:
    """The id for a sourcedId."""
    plain = UNLAWFUL.sub("-", source)[:LONGEST]
    # What looks like a hash of ours is hashed too, so that nobody's id can be taken on purpose.
    if plain and plain == source and not HASHED.fullmatch(plain):
        return plain
    return f"{plain.strip('-') or 'id'}-x{sha256(source.encode()).hexdigest()[:10]}"
