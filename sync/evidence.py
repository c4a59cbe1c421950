"""Evidence: when was an op written?

The ops of a device are numbered without gaps, and each contact declares the highest number the device holds. So an
op came into being after the last contact that did not declare its number and before the first that did; no clock is
needed for that. A request may be long under way, or come twice; so "after a contact" means: after the last answer that
the device had heard when it wrote that request. Inside the interval the device's claimed time helps, if its clock was
consistent.

Holds always:
1. The interval contains the true moment whatever the device's clock says.
2. Nothing is refused for a wrong clock; a clock only loses its say.
3. `written` lies inside the interval, past its open end: at that end itself the rules may be those of before an edge.
"""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from sync.days import ALWAYS

TOLERANCE = 120_000  # ms by which skew may differ at both ends: network delay and drift over weeks
KEPT = 64  # contacts kept for a device; dropping the oldest only widens intervals


class Contact(Struct, frozen=True, array_like=True):
    """A contact of a device: server time of arrival, the device's clock, highest number it then held, and the server's
    time in the last answer it had heard (0: none yet; -1: it does not tell)."""

    at: int
    clock: int
    declared: int
    heard: int = -1

    @property
    def floor(self) -> int:
        """What the device had not written at this contact it wrote after this moment."""
        return self.at if self.heard < 0 else min(self.heard, self.at)

    @property
    def skew(self) -> int:
        """The device's clock minus the server's, ms."""
        return self.clock - self.at


class Interval(Struct, frozen=True, gc=False):
    """`after` < moment of writing <= `before`. `written`: the best single moment. `consistent`: the clock decides."""

    after: int
    before: int
    written: int
    consistent: bool


class Gap(Struct, frozen=True):
    """The time between two contacts, in which each op up to number `last` came into being that did not before. `start`
    is None when the server has lost the contacts before (a restore): only the later end is known. `sealed`: the op was
    brought by somebody, and its clock has no say."""

    last: int
    start: Contact | None
    end: Contact
    floor: int
    steady: bool
    sealed: bool = False

    def interval(self, at: int, latest_claim: int) -> Interval:
        """The evidence for an op of the gap that claims the wall time `at`. `latest_claim`: the highest claim of the
        device's earlier ops."""
        end, start = self.end, self.start
        claimed = at - end.skew
        if start is None:
            return Interval(self.floor, end.at, min(claimed, end.at), at <= end.clock + TOLERANCE and not self.sealed)
        inside = start.clock - TOLERANCE <= at <= end.clock + TOLERANCE
        monotone = at >= latest_claim - TOLERANCE
        written = min(max(claimed, self.floor + 1), end.at)
        return Interval(self.floor, end.at, written, self.steady and inside and monotone and not self.sealed)


def gap(contacts: Sequence[Contact], n: int) -> Gap:
    """The gap of op `n`. `contacts` in order of time, the present one last."""
    place = next((i for i, c in enumerate(contacts) if c.declared >= n), len(contacts) - 1)
    end = contacts[place]
    last = max(end.declared, n)
    if not place:
        return Gap(last, None, end, -ALWAYS, False)
    start = contacts[place - 1]
    steady = abs(start.skew - end.skew) <= TOLERANCE
    return Gap(last, start, end, max(c.floor for c in contacts[:place]), steady)


def gap_sealed(contacts: Sequence[Contact], n: int, arrived: int) -> Gap:
    """The gap of op `n` that was brought sealed at `arrived`, by whomsoever.

    It had been written by then; all else is what earlier contacts of the device itself bound. Who brings it can hold it
    back, so the bringing is no contact: it is not remembered, and says nothing of what the device wrote later. The
    clock has no say, for nobody knows how it stood when this op was written; that it still goes wrong by as much as at
    the last contact is only the best guess for `written`.
    """
    skew = contacts[-1].skew if contacts else 0
    return replace(gap([*contacts, Contact(arrived, arrived + skew, n)], n), sealed=True)


def remember(contacts: Sequence[Contact], contact: Contact) -> list[Contact]:
    """The contacts with a new one. Of contacts that declared the same number only the first and the last bound
    an interval, so the ones between are dropped."""
    kept = list(contacts)
    if len(kept) >= 2 and kept[-1].declared == kept[-2].declared == contact.declared:
        kept.pop()
    kept.append(contact)
    return kept[-KEPT:]


def still_sure(contacts: Sequence[Contact], contact: Contact, known: int, *, parted: bool = False) -> list[Contact]:
    """The contacts that still bound ops above `known` when this one has come.

    A contact that holds or has heard less than one before it is late, or an old copy of the device that came back. Then
    a number that was declared and never delivered may be given anew: such declarations bound nothing any more.
    `parted`: the device speaks from another epoch, so the contact that would have told may be forgotten here.
    """
    late = parted or any(contact.declared < c.declared or 0 <= contact.heard < c.heard for c in contacts)
    return [c for c in contacts if c.declared <= known] if late else list(contacts)


def is_of_another_copy(contacts: Sequence[Contact], contact: Contact) -> bool:
    """True when the contact had heard less than one before it and yet declares more. One store only grows, so the
    device has been put back to an old copy of itself meanwhile, and what this contact declares bounds nothing. One that
    has heard nothing at all is no copy: its store is gone, and it tells how much was in it."""
    return any(0 < contact.heard < c.heard and contact.declared > c.declared for c in contacts)
