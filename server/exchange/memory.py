"""Memory, the first rung: has the entry that is offered been decided before, under this name or another?

A device that finds its numbers taken by another copy of itself renumbers what it holds, and the entry may have come
under its former name meanwhile: from another copy, or sealed. What an entry is known by beside the name it was decided
under, `alias` keeps.

Holds always: contents that differ are different entries, whatever they are called.
"""

from collections.abc import Sequence

from server.exchange.offers import Offer
from server.exchange.working import Working
from server.storage.journal import DeviceRow, Seen
from sync.ledger import content_digest
from sync.ops import NEVER, under


class Memory:
    """What the ledger knows of the ops that a device offers. `renumbers`: what is taken comes again under another name,
    so that the device hears that it is an old copy of itself."""

    def __init__(self, work: Working, device: DeviceRow, offered: Sequence[Offer], *, renumbers: bool) -> None:
        self.work, self.device, self.renumbers = work, device, renumbers
        self.known = work.seen_ops(device.device, [offer.n for offer in offered if offer.n <= device.known])
        numbers = [offer.n for offer in offered]
        self.aliases = work.aliased(device.device, device.person, numbers) if numbers else {}
        known = bool(numbers) and (min(numbers) <= device.known or len(set(numbers)) < len(numbers))
        self.blank = not (known or self.aliases or [offer for offer in offered if offer.first is not NEVER])

    def of(self, offer: Offer) -> Seen | None:
        """The entry that this op is; None when it is new, or other contents stand under its number."""
        if self.blank:  # a storm's ops, all of them new
            return None
        found = self.aliases.get(offer.n, [])
        if offer.n <= self.device.known:
            own = self.known.get(offer.n) or self.work.decided(self.device.device, offer.n) or self._stored(offer.n)
            if own is not None and is_same(own, offer.content):
                return own
            if own is not None and self.renumbers:
                return None
        if offer.first != NEVER:
            found = [*found, *self._of_another_name(*offer.first)]
        # What was erased by law answers under its own name alone: of several under another nobody knows which it was.
        return next((s for s in found if s.salt is not None and is_same(s, under(offer.content, s.n))), None)

    def note(self, offer: Offer, seq: int) -> None:
        """The entry `seq` came under a later name: it is known by its first one, too, if that is of the same person."""
        if offer.first != NEVER:
            other = self.work.another(offer.first[0])
            if other is None or other.person == self.device.person:
                self.work.alias(*offer.first, seq)

    def _stored(self, n: int) -> Seen | None:
        """What has gone into the ledger in this very transaction."""
        return self.work.seen_ops(self.device.device, [n]).get(n)

    def _of_another_name(self, device: str, n: int) -> list[Seen]:
        self.work.append()
        other = self.work.another(device)
        if other is None or other.person != self.device.person:
            return []
        known = self.work.aliased(device, other.person, [n]).get(n, [])
        return [*self.work.seen_ops(device, [n]).values(), *known]


def is_same(before: Seen, content: bytes) -> bool:
    """True when the ledger's entry is of this content. Erased by law: nothing to compare, the number alone decides."""
    return before.salt is None or before.digest == content_digest(before.salt, content)
