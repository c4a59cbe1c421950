"""Bugs planted on purpose: each must be caught by the invariant that is there for it.

`python -m tests.simulation.planted` looks for the first seed that catches each, for the table in the README.
"""

import importlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from msgspec import Struct

from sync.messages import Judged
from tests.simulation import test_found as found
from tests.simulation import test_found_copies as copies
from tests.simulation import test_found_restores as restores
from tests.simulation.host import founded
from tests.simulation.school import ZONES
from tests.simulation.seeds import one
from tests.simulation.story import Story

By = TypeVar("By")

SEEDS = 200  # a bug that the first of these don't catch is too deep for a seed: it wants a story


class Planted(Struct, Generic[By], frozen=True):
    """A bug: what is replaced where, by what (made from the original), and which invariant or story catches it."""

    says: str
    by: By
    place: str  # "module:name" or "module:Class.name"
    bug: Callable[[Any], Any]


def _commit_loses_an_entry(real: Any) -> Any:
    return lambda tx, entries: real(tx, entries[:-1] if len(entries) > 2 else entries)


def _nobody_was_renumbered(real: Any) -> Any:
    return lambda memory, device, n: []


def _taken_is_taken(real: Any) -> Any:
    return lambda work, device, job, offer, cap: Judged(offer.n, "refused", "malformed", {}, work.seq)


def _never_finds_out(real: Any) -> Any:
    return lambda exchange, request: False


def _parts_at_its_head(real: Any) -> Any:
    def planted(exchange: Any, request: Any, person: str, first: int) -> int | None:
        return None if real(exchange, request, person, first) is None else exchange.applied_seq

    return planted


def _receipts_tell_nothing(real: Any) -> Any:
    return lambda exchange, request, person, first: real(exchange, request, person, 1)


def _contacts_are_never_doubted(real: Any) -> Any:
    return lambda contacts, contact, known, parted: list(contacts)


def _there_is_but_one_copy(real: Any) -> Any:
    return lambda contacts, contact: False


def _a_restore_forgets_no_contact(real: Any) -> Any:
    return lambda contacts, contact, known, parted: real(contacts, contact, known)


def _a_grace_is_a_grace(real: Any) -> Any:
    return lambda found, reason: found if found.reason == "in_grace" else real(found, reason)


def _after_the_contact_itself(real: Any) -> Any:
    return property(lambda contact: contact.at)


def _memory_says_accepted(real: Any) -> Any:
    def planted(work: Any, device: str, numbers: Any) -> Any:
        return {n: seen._replace(verdict="accepted") if hasattr(seen, "_replace") else _accepted(seen)
                for n, seen in real(work, device, numbers).items()}  # fmt: skip

    return planted


def _accepted(seen: Any) -> Any:
    from msgspec.structs import replace

    return replace(seen, verdict="accepted")


def _classes_never_move(real: Any) -> Any:
    def planted(reader: Any, wanted: Any, upto: int, page: int) -> Any:
        return real(reader, {s: c for s, c in wanted.items() if not (c and s.startswith("class:"))}, upto, page)

    return planted


def _digest_forgets(real: Any) -> Any:
    return lambda tx, kind, rows: real(tx, kind, [(row, before if kind != "lesson" else 0) for row, before in rows])


def _judged_on_arrival(real: Any) -> Any:
    from sync.evidence import Interval

    def planted(gap: Any, at: int, claim: int) -> Any:
        found = real(gap, at, claim)
        return Interval(found.before - 1, found.before, found.before, True)

    return planted


def _judged_by_the_clock(real: Any) -> Any:
    from sync.evidence import Interval

    def planted(gap: Any, at: int, claim: int) -> Any:
        found = real(gap, at, claim)
        moment = min(max(at, found.after + 1), found.before)
        return Interval(moment - 1, moment, moment, True)

    return planted


def _everything_counts_as_seen(real: Any) -> Any:
    return lambda row, cells, head, seen: real(row, cells, head, head.seq)


def _first_to_arrive_gives(real: Any) -> Any:
    def planted(row: Any, cells: Any, written: int) -> None:
        if row.values.get("given") is None:
            real(row, cells, written)

    return planted


def _a_week_longer(real: Any) -> Any:
    from sync.days import Span

    def planted(given: int, facts: Any) -> Any:
        span = real(given, facts)
        return Span(span.opens, span.closes + 7 * 86_400_000)

    return planted


def _refused_are_dropped(real: Any) -> Any:
    def planted(work: Any, device: Any, job: Any, op: Any, decision: Any, row: Any) -> None:
        if decision.verdict != "refused":
            real(work, device, job, op, decision, row)

    return planted


def _office_only(real: Any) -> Any:
    return lambda device, n, person: (real(device, n, person)[0], f"inbox:office/{device}:{n}")


def _a_retry_touches_the_row(real: Any) -> Any:
    def planted(work: Any, job: Any, ops: Any, caps: Any) -> Any:
        known = work.device(job.device, job.person).known
        pushed = real(work, job, ops, caps)
        for offer in ops:
            if offer.op is not None and offer.n <= known and offer.op.kind == "lesson":
                row = work.row(offer.op.kind, offer.op.key)
                if row.seq:
                    row.seq = work.seq
                    work.change(offer.op.kind, row)
        return pushed

    return planted


def _everybody_may(real: Any) -> Any:
    return lambda right, scope: True


def _rights_end_a_week_later(real: Any) -> Any:
    return lambda person, facts, moment, *first: real(person, facts, moment - 7 * 86_400_000, *first)


def _approvals_meet_no_lock(real: Any) -> Any:
    return lambda kind, cells, values, matters: None


def _no_archive(real: Any) -> Any:
    return lambda here, moment: None


def _years_bind_nobody(real: Any) -> Any:
    return lambda facts, dated, parts: (None, real(facts, dated, parts)[1])


def _a_parcel_is_like_a_sync(real: Any) -> Any:
    from msgspec.structs import replace

    return lambda contacts, n, arrived: replace(real(contacts, n, arrived), sealed=False)


def _nothing_is_revoked(real: Any) -> Any:
    return lambda exchange, device, person, ops, revoked=0, **others: real(exchange, device, person, ops, **others)


def _any_signature_will_do(real: Any) -> Any:
    return lambda said, own: True


def _receipts_promise_one_more(real: Any) -> Any:
    from msgspec.structs import replace

    async def planted(exchange: Any, device: str, person: str, ops: Any, *revoked: Any, **others: Any) -> Any:
        pushed = await real(exchange, device, person, ops, *revoked, **others)
        return replace(pushed, known=pushed.known + 1) if pushed.missing else pushed

    return planted


def _a_revoked_tablet_keeps_its_rows(real: Any) -> Any:
    def planted(tablet: Any) -> None:
        rows = tablet.store.rows
        real(tablet)
        tablet.store.rows = rows

    return planted


def _once_archived(real: Any) -> Any:
    return lambda changes, moment: next((c for c in changes if c.state == "archived" and c.at <= moment), None)


PLANTED: list[Planted[str]] = [
    Planted("a commit loses its last entry", "1", "server.storage.journal:Transaction.log_many",
            _commit_loses_an_entry),
    Planted("a retry is answered \"accepted\", whatever it was", "2", "server.storage.journal:Transaction.seen_ops",
            _memory_says_accepted),
    Planted("a moved class is never mentioned", "3", "server.storage.journal:Reader.news", _classes_never_move),
    Planted("the digest counts a changed lesson twice", "3", "server.storage.journal:Transaction.put_many",
            _digest_forgets),
    Planted("written after the contact, not after what it had heard", "4", "sync.evidence:Contact.floor",
            _after_the_contact_itself),
    Planted("judged for the moment of arrival", "4", "sync.evidence:Gap.interval", _judged_on_arrival),
    Planted("judged by the tablet's clock alone", "4", "sync.evidence:Gap.interval", _judged_by_the_clock),
    Planted("a window a week too long", "4", "sync.rules:correction_window", _a_week_longer),
    Planted("an op replaces what its author has not seen", "4", "server.exchange.decide:put",
            _everything_counts_as_seen),
    Planted("the first value to arrive gives the mark", "4", "sync.effects:_note_given", _first_to_arrive_gives),
    Planted("refused entries are not kept", "5", "server.exchange.decide:_keep", _refused_are_dropped),
    Planted("kept in the office only", "5", "server.exchange.decide:matter_keys", _office_only),
    Planted("a retry touches the row", "6", "server.exchange.exchange:decide_push", _a_retry_touches_the_row),
    Planted("an approval writes into the archive", "4", "server.exchange.decide:approves", _approvals_meet_no_lock),
    Planted("the archive binds nobody", "4", "sync.rules:_archive", _no_archive),
    Planted("a year's lock binds nobody", "4", "sync.facts:Facts.guards_of", _years_bind_nobody),
    Planted("a parcel's clock has a say", "4", "server.exchange.decide:gap_sealed", _a_parcel_is_like_a_sync),
    Planted("a revoked tablet's parcels are like any", "4", "server.exchange.exchange:Exchange.deliver",
            _nothing_is_revoked),
    Planted("anybody signs a parcel", "1", "server.accounts.secrets:hmac.compare_digest", _any_signature_will_do),
    Planted("a receipt promises one more", "1", "server.exchange.exchange:Exchange.deliver",
            _receipts_promise_one_more),
    Planted("a revoked tablet keeps its rows", "7", "tests.simulation.device:Tablet.give_up",
            _a_revoked_tablet_keeps_its_rows),
    Planted("nobody is told that a scope is lost", "7", "sync.scopes:Entitlement.may", _everybody_may),
    Planted("rights end a week later", "7", "server.exchange.exchange:entitlement", _rights_end_a_week_later),
]  # fmt: skip

# Too rare for the first seeds, or too deep: each is caught by a story of what was found.
IN_STORIES: list[Planted[Callable[[Story], None]]] = [
    Planted("an entry has but one name",
            copies.test_an_entry_of_an_old_copy_brought_before_it_was_renumbered_is_decided_once,
            "server.exchange.memory:Memory._of_another_name", _nobody_was_renumbered),
    Planted("nothing under a number that is taken",
            copies.test_what_a_revoked_old_copy_holds_under_numbers_that_are_taken_is_brought_all_the_same,
            "server.exchange.decide:_of_an_old_copy", _taken_is_taken),
    Planted("after the contact itself",
            found.test_what_is_written_while_a_request_is_under_way_was_not_written_after_it,
            "sync.evidence:Contact.floor", _after_the_contact_itself),
    Planted("a late contact counts like any",
            found.test_a_request_that_comes_again_days_later_moves_no_moment_of_writing,
            "sync.evidence:Contact.floor", _after_the_contact_itself),
    Planted("declarations are never doubted",
            copies.test_numbers_declared_and_lost_bound_nothing_when_an_old_copy_gives_them_anew,
            "server.exchange.decide:still_sure", _contacts_are_never_doubted),
    Planted("a late request of another copy counts like any",
            copies.test_a_late_request_of_before_an_old_copy_came_back_bounds_nothing,
            "server.exchange.decide:is_of_another_copy", _there_is_but_one_copy),
    Planted("a restore forgets no contact",
            copies.test_numbers_of_an_old_copy_are_doubted_even_when_a_restore_has_forgotten_its_return,
            "server.exchange.decide:still_sure", _a_restore_forgets_no_contact),
    Planted("a server never finds out",
            restores.test_a_server_restored_by_hand_is_noticed_even_when_it_has_grown_past_what_the_tablet_has_seen,
            "server.exchange.exchange:Exchange._could_know_more", _never_finds_out),
    Planted("an approval replaces what was not seen",
            found.test_an_approval_that_comes_second_leaves_the_first_standing,
            "sync.effects:put", _everything_counts_as_seen),
    Planted("it parts at its head",
            restores.test_a_server_restored_by_hand_is_noticed_even_when_it_has_grown_past_what_the_tablet_has_seen,
            "server.exchange.exchange:Exchange._parted_from", _parts_at_its_head),
    Planted("receipts tell nothing",
            restores.test_a_receipt_of_a_lost_history_is_noticed_when_a_late_request_has_brought_the_entry_once_more,
            "server.exchange.exchange:Exchange._parted_from", _receipts_tell_nothing),
    Planted("families tell nothing", restores.test_a_family_gives_up_what_only_a_lost_history_knew,
            "server.exchange.exchange:Exchange._could_know_more", _never_finds_out),
    Planted("an unknown epoch says nothing",
            restores.test_a_tablet_of_an_epoch_that_nobody_knows_here_is_a_sign_of_another_history,
            "server.exchange.exchange:Exchange._is_of_another_line", _never_finds_out),
    Planted("once archived, always archived", found.test_an_archive_that_came_after_a_later_opening_binds_nobody,
            "sync.rules:archived_at", _once_archived),
    Planted("approvals meet no lock", found.test_an_approval_after_the_archive_writes_nothing,
            "server.exchange.decide:approves", _approvals_meet_no_lock),
    Planted("in the grace by the clock alone, unmarked",
            found.test_accepted_in_the_grace_by_the_clock_alone_is_marked_so, "sync.rules:_mark", _a_grace_is_a_grace),
]  # fmt: skip


@contextmanager
def plant(planted: Planted[By]) -> Iterator[None]:
    """The bug is there while the block runs, and gone afterwards."""
    module, _, path = planted.place.partition(":")
    owner: Any = importlib.import_module(module)
    *outer, name = path.split(".")
    for part in outer:
        owner = getattr(owner, part)
    inherited = name not in vars(owner)
    real = getattr(owner, name)
    setattr(owner, name, planted.bug(real))
    try:
        yield
    finally:
        if inherited:
            delattr(owner, name)
        else:
            setattr(owner, name, real)


def catching(planted: Planted[str]) -> Iterator[int]:
    """The seeds of the first SEEDS whose world the planted bug spoils in the way its invariant says; the school was
    founded without it."""
    for timezone in ZONES:
        founded(timezone)
    for seed in range(SEEDS):
        with plant(planted):
            failure = one(seed)
        if f"[{planted.by}]" in failure:
            yield seed


if __name__ == "__main__":
    print("| invariant | planted bug | first seed |\n|---|---|---:|")
    for bug in sorted(PLANTED, key=lambda planted: planted.by):
        print(f"| {bug.by} | {bug.says} | {next(catching(bug), '-')} |", flush=True)
