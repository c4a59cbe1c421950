"""Tries: how often a sign-in may be tried. Kept in memory; time comes in as an argument.

A try is counted before the password is looked at, so that many at once win nothing, and taken back when it was right.
The first ones are free, then each failure doubles the wait, up to a cap that a teacher in a hurry can still bear.

Holds always:
1. Logins that exist and logins that don't are counted alike.
2. A device that already belongs to the login's person has a count of its own: pupils who fail on purpose at a teacher's
   login don't lock out the teacher's own tablet, nor does a staff room behind one address lock out itself.
3. A count forgets itself an hour after its last try.
"""

import ipaddress
import threading
from collections import OrderedDict
from collections.abc import Sequence

from msgspec import Struct

HOUR = 3_600_000
KEPT = 20_000  # counts kept at the most; beyond, the one idle longest goes


class Limit(Struct, frozen=True):
    """Failures that cost nothing, then the first wait and the longest, in ms."""

    free: int
    first: int
    longest: int


LOGIN = Limit(5, 1_000, 60_000)
DEVICE = Limit(10, 1_000, 60_000)
ADDRESS = Limit(50, 1_000, 60_000)  # a whole school may stand behind one address


class TooManyTries(Exception):
    """Try again in `retry_after` seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"try again in {retry_after} s")
        self.retry_after = retry_after


class Key(Struct, frozen=True):
    """What a try is counted under, and under which limit."""

    name: str
    limit: Limit


class _Count(Struct):
    failures: int = 0
    until: int = 0
    last: int = 0


def keys_of(school: str, login: str, address: str, own_device: str) -> list[Key]:
    """What a try is counted under. `own_device`: the device named, if it is known to be the login's person's."""
    if own_device:
        return [Key(f"device {school} {own_device}", DEVICE)]
    return [Key(f"login {school} {login}", LOGIN), Key(f"address {network(address)}", ADDRESS)]


def network(address: str) -> str:
    """The address; of IPv6 the /64, which one subscriber holds whole."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.IPv6Network((found, 64), strict=False))
    return str(found)


class Tries:
    """The counts. Safe from any thread."""

    def __init__(self) -> None:
        self._counts: OrderedDict[str, _Count] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, keys: Sequence[Key], now: int) -> None:
        """Count a try under each key, or raise TooManyTries and count nothing. `now`: UTC ms."""
        with self._lock:
            counts = [self._count(key, now) for key in keys]
            wait = max(count.until for count in counts) - now
            if wait > 0:
                raise TooManyTries(-(-wait // 1000))
            for key, count in zip(keys, counts, strict=True):
                count.failures += 1
                count.last = now
                self._delay(key.limit, count)

    def forgive(self, keys: Sequence[Key], now: int) -> None:
        """The try was right: the login's failures are forgotten; of the address's only this one."""
        with self._lock:
            for key in keys:
                count = self._count(key, now)
                count.failures = max(0, count.failures - 1) if key.limit is ADDRESS else 0
                self._delay(key.limit, count)

    def _count(self, key: Key, now: int) -> _Count:
        count = self._counts.get(key.name)
        if count is None or now - count.last >= HOUR:
            count = self._counts[key.name] = _Count(last=now)
        self._counts.move_to_end(key.name)
        while len(self._counts) > KEPT:
            self._counts.popitem(last=False)
        return count

    @staticmethod
    def _delay(limit: Limit, count: _Count) -> None:
        over = count.failures - limit.free
        count.until = count.last + min(limit.longest, limit.first << min(over, 30)) if over >= 0 else 0
