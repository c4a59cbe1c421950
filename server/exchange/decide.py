"""Deciding: ops in, verdicts out, rows changed. The law is `sync`; this only brings it rows and keeps its numbers.

Holds always:
1. An op already in the ledger is answered from it, whatever the rules say today.
2. Ops of a device are decided in the order of their numbers; a gap stops the batch and is told.
3. A malformed op gets a verdict of its own and disturbs no other.
4. What may have been written after its device was revoked is never applied without a person's review.
5. Of an old copy of a device nothing new is decided under the device's name.
6. An entry is decided once, whatever names it comes under (`Memory`).
"""

import msgspec
from msgspec.structs import replace

from server.exchange.jobs import Draft, LoadReport, Push, Pushed
from server.exchange.memory import Memory
from server.exchange.offers import Offer
from server.exchange.working import Working
from server.storage.journal import DeviceRow
from sync.access import TEACHER
from sync.approvals import Target, approves
from sync.effects import brought_about, keep, matter_keys, matter_of, touched
from sync.evidence import TOLERANCE, Contact, Gap, Interval, gap, gap_sealed, is_of_another_copy, remember, still_sure
from sync.form import LATEST, form
from sync.merge import Head, Row, put
from sync.messages import Judged
from sync.model import Kind
from sync.ops import VOID, Op, canonical, under
from sync.rules import Case, judge, sense
from sync.verdicts import Decision, Reason, Verdict

WATCH = "watch"  # the device that records what clocks did


def decide_push(work: Working, job: Push, offered: list[Offer], cap: dict[str, int]) -> Pushed:
    """Decide a device's ops. `cap`: epoch -> the seq up to which its `seen` counts, the present epoch first."""
    device = work.device(job.device, job.person)
    contacts = device.contacts
    if not job.sealed:
        held = max(job.held, max((offer.n for offer in offered), default=0))
        contact = Contact(job.arrived, job.clock, held, job.heard)
        _watch(work, device, job.person, contact)
        parted = bool(job.epoch) and job.epoch != next(iter(cap))
        sure = still_sure(device.contacts, contact, device.known, parted=parted)
        contacts = remember(sure, contact)  # what came with it came before its arrival, whichever copy sent it
        device.contacts = sure if is_of_another_copy(device.contacts, contact) else contacts
        device.at = job.arrived
    work.touch(device)
    memory = Memory(work, device, offered, renumbers=job.renumbers)
    _prefetch(work, [offer for offer in offered if offer.n > device.known])
    judged: list[Judged] = []
    taken: list[int] = []
    since: Gap | None = None
    for offer in offered:
        n = offer.n
        if taken and n > device.known:  # an old copy of the device: what it has numbered since is not this device's
            break
        if n > device.known + 1:
            return Pushed(device.known, judged, taken, device.known)
        before = memory.of(offer)
        if before is not None:
            judged.append(Judged(n, before.verdict, before.reason, msgspec.json.decode(before.detail), before.seq))
            if n > device.known:
                device.known = n
                work.alias(job.device, n, before.seq)
            continue
        if n <= device.known and memory.renumbers:
            taken.append(n)
            continue
        if n <= device.known:
            judged.append(_of_an_old_copy(work, device, job, offer, cap))
        else:
            if since is None or n > since.last:
                since = gap_sealed(contacts, n, job.arrived) if job.sealed else gap(contacts, n)
            judged.append(_one(work, device, job, offer, since, cap))
            device.known = n
        memory.note(offer, judged[-1].seq)
    return Pushed(device.known, judged, taken, 0)


def _of_an_old_copy(work: Working, device: DeviceRow, job: Push, offer: Offer, cap: dict[str, int]) -> Judged:
    """Decide a sealed op of a revoked device whose number other contents have: as the next of `{device}.copy`.

    All that is sure of its moment is that the device had come into being, if a contact at which it held nothing is
    still remembered, and that it had been written when it was brought.
    """
    other = work.device(f"{device.device}.copy", job.person)
    n = other.known + 1
    op = None if offer.op is None else replace(offer.op, n=n)
    begun = [c for c in device.contacts[:1] if not c.declared]
    found = _one(work, other, job, Offer(n, op, offer.form, under(offer.content, n)),
                 gap_sealed(begun, n, job.arrived), cap)  # fmt: skip
    other.known, other.at = n, job.arrived
    work.touch(other)
    work.alias(device.device, offer.n, found.seq)
    found.n = offer.n
    return found


def _watch(work: Working, device: DeviceRow, person: str, contact: Contact) -> None:
    """A clock that jumped since the last contact is recorded: people will ask why entries of that time were doubted."""
    if not device.contacts:
        return
    before, after = device.contacts[-1].skew, contact.skew
    if abs(after - before) <= TOLERANCE:
        return
    watch = work.device(WATCH, WATCH)
    watch.known += 1
    watch.at = contact.at
    work.touch(watch)
    work.log(
        device=WATCH, n=watch.known, person=person, kind="clock", key=device.device, content=b"{}",
        claimed=contact.clock, written=contact.at, after=device.contacts[-1].at, before=contact.at,
        arrived=contact.at, verdict="accepted", reason="", detail={"skew_before": before, "skew_after": after},
        authority=0,
    )  # fmt: skip


def _prefetch(work: Working, offered: list[Offer]) -> None:
    known = [(o.form[0].name, o.op.key) for o in offered if o.op is not None and not isinstance(o.form, Reason)]
    work.fetch(known)
    further = [t for kind, key in known if kind == "matter" for t in touched(kind, key, work.row(kind, key).values)]
    work.fetch(further)


def _one(work: Working, device: DeviceRow, job: Push, offer: Offer, since: Gap, cap: dict[str, int]) -> Judged:
    n, op = offer.n, offer.op
    claim = op.at if op is not None and abs(op.at) < LATEST else job.clock
    when = since.interval(claim, device.claim)
    if when.consistent:
        device.claim = max(device.claim, claim)
    row: Row | None = None
    if op is None or isinstance(offer.form, Reason):
        lost = op is not None and op.kind == VOID
        decision = Decision(Verdict.REFUSED, Reason.MALFORMED if lost else Reason(str(offer.form)), {}, when.written)
    else:
        kind, parts = offer.form
        row = work.row(kind.name, op.key)
        case = Case(op, kind, parts, job.person, row.values, job.arrived, _target(work, op, row))
        decision = judge(case, work.facts, when)
        if decision.verdict == Verdict.ACCEPTED and when.before > job.revoked:
            # Whoever had the tablet may have written it.
            detail = {"after": when.after, "before": when.before}
            decision = Decision(Verdict.HELD, Reason.IN_DOUBT, detail, when.written, decision.authority)
        if decision.verdict == Verdict.ACCEPTED:
            head = Head(None, job.person, when.written, device.device, n, decision.authority, work.next_seq)
            epoch, seen = op.seen
            decision = accept(work, case, kind, row, decision, head, min(seen, cap.get(epoch, 0)))
    if decision.verdict != Verdict.ACCEPTED and decision.verdict != Verdict.SUPERSEDED and op is not None:
        _keep(work, device, job, op, decision, row)
    kind_name, key = (op.kind[:40], op.key[:400]) if op is not None else ("", "")
    verdict, reason = decision.verdict._value_, decision.reason._value_  # `value` is a Python function on each enum
    seq = work.log(
        device=device.device, n=n, person=job.person, kind=kind_name, key=key, content=offer.content, claimed=claim,
        written=decision.written, after=when.after, before=when.before, arrived=job.arrived, verdict=verdict,
        reason=reason, detail=decision.detail, authority=decision.authority,
    )  # fmt: skip
    return Judged(n, verdict, reason, decision.detail, seq)


def _target(work: Working, op: Op, row: Row) -> Target | None:
    if op.kind != "matter":
        return None
    return approves(op.kind, op.set, row.values, lambda key: work.row("matter", key).values)


def accept(work: Working, case: Case, kind: Kind, row: Row, decision: Decision, head: Head, seen: int) -> Decision:
    """Merge an accepted op into its row and bring about its effects; superseded when a better head stands."""
    lost = put(row, case.op.set, head, seen)
    further = brought_about(kind.name, row, case.op.set, head, work.row)
    work.change(kind.name, row)
    for name, other in further:
        work.change(name, other)
    if not lost:
        return decision
    detail = {**decision.detail, "cells": lost}
    return Decision(Verdict.SUPERSEDED, Reason.LOST, detail, decision.written, decision.authority)


def _keep(work: Working, device: DeviceRow, job: Push, op: Op, decision: Decision, row: Row | None) -> None:
    """A held or refused op of staff stays where people see it. Others may not fill the office with refusals."""
    if op.kind == VOID or work.facts.get("person", job.person) is None:
        return
    if op.kind == "matter" and op.set.keys() == {"seen"}:  # who has read it wants nothing
        return
    values = matter_of(op, device.device, job.person, decision, row.values if row else {}, job.arrived)
    entry = Head(None, job.person, decision.written, device.device, op.n, decision.authority, work.next_seq)
    for key in matter_keys(device.device, op.n, job.person):
        matter = work.row("matter", key)
        keep(matter, values, entry)
        work.change("matter", matter)


def decide_drafts(work: Working, device_name: str, drafts: list[Draft], arrived: int, report: LoadReport) -> None:
    """Decide drafts of a trusted device: form, sense and the archive bind it; rights, locks and windows don't."""
    device = work.device(device_name, device_name)
    device.at = arrived
    work.touch(device)
    ops = [Op(device.known + 1 + i, d.kind, d.key, d.set, d.at) for i, d in enumerate(drafts)]
    forms = [form(op) for op in ops]
    work.fetch((op.kind, op.key) for op, found in zip(ops, forms, strict=True) if not isinstance(found, Reason))
    for draft, op, found in zip(drafts, ops, forms, strict=True):
        op.n = device.known + 1
        if isinstance(found, Reason):
            report.refused.append((draft, found))
            continue
        kind, parts = found
        row = work.row(kind.name, op.key)
        case = Case(op, kind, parts, draft.person, row.values, arrived)
        foolish = sense(case, work.facts, draft.at)
        if foolish is not None:
            report.refused.append((draft, foolish[0]))
            continue
        if row.seq and all(row.values.get(c) == v for c, v in op.set.items()):
            report.unchanged += 1
            continue
        decision = Decision(Verdict.ACCEPTED, Reason.NONE, {}, draft.at, TEACHER)
        head = Head(None, draft.person, draft.at, device_name, op.n, TEACHER, work.next_seq)
        accept(work, case, kind, row, decision, head, row.seq)
        when = Interval(draft.at, draft.at, draft.at, True)
        work.log(
            device=device_name, n=op.n, person=draft.person, kind=op.kind, key=op.key,
            content=canonical(op), claimed=draft.at, written=draft.at, after=when.after,
            before=when.before, arrived=arrived, verdict=Verdict.ACCEPTED.value, reason="", detail={},
            authority=TEACHER,
        )  # fmt: skip
        device.known = op.n
        report.accepted += 1
