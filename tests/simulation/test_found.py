"""What the simulation has found: each bug as the shortest story that shows it."""

import json

import pytest

from tests.simulation.clocks import DAY, HOUR
from tests.simulation.device import Tablet
from tests.simulation.story import BEGIN, MARK, Story


def test_deciding_on_a_refused_entry_of_an_unknown_record_stops_nobody(story: Story) -> None:
    anna, deputy = story.tablet("t1"), story.tablet("deputy")
    story.note(anna, "wish", "x", **{"for": "snow"})
    story.sync(anna)
    story.sync(deputy)
    story.note(deputy, "matter", f"office/{anna.name.device}:1", outcome="declined")
    story.sync(deputy)
    assert story.entry(deputy, 1).verdict == "accepted"


def test_what_is_written_while_a_request_is_under_way_was_not_written_after_it(story: Story) -> None:
    anna = story.tablet("t1")
    story.send(anna)
    story.note(anna, "mark", MARK, value="5")
    story.time.pass_by(3 * HOUR)
    story.arrive()
    story.sync(anna)
    assert story.entry(anna, 1).after < story.written[0].at


def test_a_request_that_comes_again_days_later_moves_no_moment_of_writing(story: Story) -> None:
    anna = story.tablet("t1")
    again = story.send(anna)
    story.arrive()
    story.note(anna, "mark", MARK, value="5")
    story.time.pass_by(5 * DAY)
    story.network.up.append(again)
    story.arrive()
    story.sync(anna)
    assert story.entry(anna, 1).after < story.written[0].at


@pytest.mark.parametrize("first", ["t1", "t2"])
def test_a_mark_is_given_at_its_earliest_writing_whoever_arrives_first(story: Story, first: str) -> None:
    key = "8b-alg/2026-11-17/1/p1/1"
    story.time.now = BEGIN + 8 * DAY
    anna, oleg = story.tablet("t1"), story.tablet("t2")
    story.note(anna, "mark", key, value="3")
    story.time.pass_by(HOUR)
    story.note(oleg, "mark", key, value="4")
    for tablet in sorted((anna, oleg), key=lambda t: t.person != first):
        story.sync(tablet)
    story.sync(anna)
    row = anna.row("journal:8b-alg", "mark", key)
    assert row is not None
    assert row["given"] == story.entry(anna, 1).written


def test_an_approval_that_comes_first_is_left_standing(story: Story) -> None:
    approved_and_written_anew(story, approves_first=True)


def test_an_approval_that_comes_second_leaves_the_first_standing(story: Story) -> None:
    approved_and_written_anew(story, approves_first=False)


def approved_and_written_anew(story: Story, *, approves_first: bool) -> None:
    """The author writes again while the deputy head, who has not seen it, approves the first entry."""
    key = "8b-alg/2026-10-20/1/p1/1"
    admin, anna, deputy = story.tablet("admin"), story.tablet("t1"), story.tablet("deputy")
    story.note(admin, "term", "2026-1", locked=True, reason="отчёт")
    story.sync(admin)
    story.note(anna, "mark", key, value="3")
    story.sync(anna)
    story.sync(deputy)
    story.note(admin, "term", "2026-1", locked=False, reason="правка")
    story.sync(admin)
    story.note(anna, "mark", key, value="5")
    story.note(deputy, "matter", f"office/{anna.name.device}:1", outcome="approved")
    for tablet in (deputy, anna) if approves_first else (anna, deputy):
        story.sync(tablet)
    story.sync(anna)
    assert story.shown(anna, key) == ("3", ["3", "5"]), "both stand until somebody who has seen both decides"


def test_an_approved_lock_locks(story: Story) -> None:
    """The admin's grant ended while her tablet was away and its clock can't be trusted: the lock is held in doubt."""
    admin, other, deputy = story.tablet("admin"), story.tablet("admin"), story.tablet("deputy")
    story.note(other, "grant", "g-admin", ends="2026-11-11", reason="приказ")
    story.sync(other)
    story.note(admin, "term", "2026-2", locked=True, reason="отчёт")
    admin.clock.offset = 30 * DAY
    story.time.pass_by(3 * DAY)
    story.sync(admin)
    assert story.entry(admin, 1).reason == "in_doubt"
    story.sync(deputy)
    story.note(deputy, "matter", f"office/{admin.name.device}:1", outcome="approved")
    story.sync(deputy)
    term = deputy.row("school", "term", "2026-2")
    assert term is not None
    assert [change[1] for change in term["changes"]] == [True]


def test_a_page_that_one_seq_fills_and_that_is_the_last_says_so(story: Story) -> None:
    anna = story.tablet("t1")
    for number in range(1, 9):
        story.note(anna, "lesson", f"8b-alg/2026-11-09/{number}", topic="Корни")
    story.sync(anna)
    story.host.publish()
    story.host.exchange.page = 3
    parent = story.tablet("guardian")
    for _ in range(4):
        story.sync(parent)
    assert "bulletin:8b" in parent.store.rows


def restored_by_hand_and_grown_on(story: Story) -> tuple[Tablet, Tablet]:
    """Anna has seen entries that the restored server has lost, and Oleg has brought it as many others since."""
    oleg, anna = story.tablet("t2"), story.tablet("t1")
    story.sync(oleg)
    story.host.back_up()
    for place in (1, 2):
        story.note(anna, "mark", f"8b-alg/2026-11-09/2/p{place}/1", value="4")
        story.sync(anna)
    story.host.restore(0, new_epoch=False)
    story.partings.append((1, story.host.exchange.applied_seq))
    story.said = {}
    for number in range(1, 7):
        story.note(oleg, "plan_item", f"8b-eng/{number}", topic="Глагол")
    story.sync(oleg)
    return anna, oleg


def test_a_server_restored_by_hand_is_noticed_even_when_it_has_grown_past_what_the_tablet_has_seen(
    story: Story,
) -> None:
    anna, _ = restored_by_hand_and_grown_on(story)
    epoch = story.host.exchange.epoch
    assert max(anna.store.cursors.values()) <= story.host.exchange.applied_seq
    story.sync(anna)
    assert story.host.exchange.epoch != epoch
    assert story.host.exchange.epochs[-1].parted_seq == story.partings[0][1]


def test_of_an_old_copy_nothing_new_is_decided_under_its_name(story: Story) -> None:
    anna = story.tablet("t1")
    copy = anna.copy_of_store()
    story.note(anna, "mark", MARK, value="5")
    story.sync(anna)
    anna.store, anna.asked = copy, 0
    story.note(anna, "mark", MARK, value="4")
    story.note(anna, "mark", MARK, value="3")
    old = anna.name.device
    story.sync(anna)
    assert [e.n for e in story.host.ledger() if e.device == old] == [1]
    story.sync(anna)
    assert anna.name.device != old
    assert story.entry(anna, 2).verdict in ("accepted", "superseded")


def test_numbers_declared_and_lost_bound_nothing_when_an_old_copy_gives_them_anew(story: Story) -> None:
    anna = story.tablet("t1")
    copy = anna.copy_of_store()
    story.sync(anna)
    story.note(anna, "mark", MARK, value="5")
    story.send(anna)
    head, _, _ = story.network.up[-1].body.partition(b', "ops"')
    story.network.up[-1].body = head + b', "ops": []}'  # declared, and then the tablet was put back
    story.arrive()
    anna.store, anna.asked = copy, 0
    story.time.pass_by(DAY)
    story.note(anna, "mark", MARK, value="4")
    story.sync(anna)
    assert json.loads(story.entry(anna, 1).content or b"")["set"] == {"value": "4"}
    assert story.entry(anna, 1).before >= story.written[1].at


def test_a_late_request_of_before_an_old_copy_came_back_bounds_nothing(story: Story) -> None:
    anna = story.tablet("t1")
    copy = anna.copy_of_store()
    story.note(anna, "mark", MARK, value="5")
    story.note(anna, "mark", MARK, value="4")
    late = story.send(anna)
    head, _, _ = late.body.partition(b', "ops"')
    late.body = head + b', "ops": []}'  # two declared
    story.network.up.remove(late)
    anna.store, anna.asked = copy, 0
    story.sync(anna)
    story.note(anna, "mark", MARK, value="3")
    story.sync(anna)  # with what it has heard since, it tells that it is not the store that had asked before
    story.network.up.append(late)
    story.arrive()
    story.time.pass_by(DAY)
    story.note(anna, "mark", MARK, value="2")
    story.sync(anna)
    assert story.entry(anna, 2).before >= story.written[3].at


def test_a_tablet_of_an_epoch_that_nobody_knows_here_is_a_sign_of_another_history(story: Story) -> None:
    """Restored, found out, and then put back by hand once more: the tablet has lived in an epoch that is gone."""
    anna, _ = restored_by_hand_and_grown_on(story)
    story.sync(anna)
    story.sync(anna)
    gone = anna.store.epoch
    story.host.restore(0, new_epoch=False)
    story.partings.append((2, story.host.exchange.applied_seq))
    story.said = {}
    before = story.host.exchange.epoch
    story.sync(anna)
    assert story.host.exchange.epoch not in (gone, before)


def test_accepted_in_the_grace_by_the_clock_alone_is_marked_so(story: Story) -> None:
    key = "8b-alg/2026-10-20/1/p1/1"
    admin, anna = story.tablet("admin"), story.tablet("t1")
    story.time.pass_by(5 * HOUR)
    story.note(admin, "term", "2026-1", locked=True, reason="отчёт")
    story.sync(admin)
    story.time.pass_by(HOUR)
    anna.clock.offset = -2 * HOUR  # she sets it back, writes, and sets it right
    story.note(anna, "mark", key, value="5")
    anna.clock.offset = 0
    story.sync(anna)
    found = story.entry(anna, 1)
    assert (found.verdict, found.reason) == ("accepted", "on_clock")
    assert "until" in json.loads(found.detail), "and until when the grace lasted"


def test_a_receipt_of_a_lost_history_is_noticed_when_a_late_request_has_brought_the_entry_once_more(
    story: Story,
) -> None:
    """The tablet has seen nothing that tells: only its receipt is older than the entry's arrival here."""
    story.host.back_up()
    story.host.exchange.page = 3
    admin = story.tablet("admin")
    story.note(admin, "term", "2026-1", locked=True, reason="отчёт")
    late = story.send(admin)
    story.arrive()
    story.host.restore(0, new_epoch=False)
    story.partings.append((1, story.host.exchange.applied_seq))
    story.said = {}
    epoch = story.host.exchange.epoch
    story.time.pass_by(HOUR)
    story.network.up.append(late)
    story.arrive()
    assert max(admin.store.cursors.values()) <= story.host.exchange.applied_seq
    story.note(admin, "term", "2026-1", locked=False, reason="правка")
    story.sync(admin)
    assert story.host.exchange.epoch != epoch


def test_a_family_gives_up_what_only_a_lost_history_knew(story: Story) -> None:
    """A family's tablet is no witness for the whole school, but it must not show for ever what is not there."""
    anna, parent = story.tablet("t1"), story.tablet("guardian")
    story.note(anna, "mark", MARK, value="5")
    story.sync(anna)
    story.host.back_up()
    story.host.publish()
    story.sync(parent)
    assert parent.rows_of("diary:p1", "diary")
    story.host.restore(0, new_epoch=False)
    story.partings.append((1, story.host.exchange.applied_seq))
    epoch = story.host.exchange.epoch
    for number in range(1, 7):
        story.note(anna, "plan_item", f"8b-alg/{number}", topic="Корни")
    story.sync(anna)
    story.sync(parent)
    story.sync(parent)
    assert parent.store.rows["diary:p1"] == {}
    assert story.host.exchange.epoch == epoch


def test_numbers_of_an_old_copy_are_doubted_even_when_a_restore_has_forgotten_its_return(story: Story) -> None:
    anna = story.tablet("t1")
    copy = anna.copy_of_store()
    story.note(anna, "mark", MARK, value="5")
    story.send(anna)
    head, _, _ = story.network.up[-1].body.partition(b', "ops"')
    story.network.up[-1].body = head + b', "ops": []}'  # declared, and then the tablet was put back
    story.arrive()
    story.host.back_up()
    anna.store, anna.asked = copy, 0
    story.time.pass_by(DAY)
    story.sync(anna)  # here the server learns that it is an old copy, and forgets it again
    story.note(anna, "mark", MARK, value="4")
    story.host.restore(0, new_epoch=True)
    story.partings.append((1, story.host.exchange.applied_seq))
    story.said = {}
    story.sync(anna)
    assert story.entry(anna, 1).before >= story.written[1].at


def meets_a_locked_year(story: Story, anna: Tablet) -> None:
    story.sync(anna)
    story.note(anna, "mark", MARK, value="5")
    story.sync(anna)
    assert (story.entry(anna, 1).verdict, story.entry(anna, 1).reason) == ("held", "year_locked")


def test_of_two_steps_of_a_lock_in_one_moment_the_later_one_binds(story: Story) -> None:
    """A clock of 1970 cuts both to the same moment: the cell said locked, and the year was open."""
    admin, anna = story.tablet("admin"), story.tablet("t1")
    admin.clock.offset = -story.time.now
    for state in ("locked", "open", "locked"):
        story.note(admin, "year", "2026", state=state, reason="приказ")
    story.sync(admin)
    meets_a_locked_year(story, anna)


def test_an_archive_that_came_after_a_later_opening_binds_nobody(story: Story) -> None:
    """It is the value that lost: the cell said locked, and even what was held was refused."""
    first, second, anna = story.tablet("admin"), story.tablet("admin"), story.tablet("t1")
    story.note(first, "year", "2026", state="locked", reason="приказ")
    story.sync(first)
    story.sync(second)
    story.note(first, "year", "2026", state="archived", reason="приказ")
    for state in ("open", "locked"):
        story.note(second, "year", "2026", state=state, reason="ошибка в отметках")
    story.sync(second)
    story.sync(first)
    assert story.entry(first, 2).verdict == "superseded"
    meets_a_locked_year(story, anna)


def test_an_approval_after_the_archive_writes_nothing(story: Story) -> None:
    admin, anna, deputy = story.tablet("admin"), story.tablet("t1"), story.tablet("deputy")
    story.note(admin, "year", "2026", state="locked", reason="приказ")
    story.sync(admin)
    story.sync(anna)
    story.note(anna, "mark", MARK, value="5")
    story.sync(anna)
    story.note(admin, "year", "2026", state="archived", reason="приказ")
    story.sync(admin)
    story.sync(deputy)
    story.note(deputy, "matter", f"office/{anna.name.device}:1", outcome="approved")
    story.sync(deputy)
    assert (story.entry(deputy, 1).verdict, story.entry(deputy, 1).reason) == ("refused", "year_archived")
    assert anna.row("journal:8b-alg", "mark", MARK) is None


def test_what_a_revoked_tablet_holds_is_brought_by_a_courier_and_waits_for_a_person(story: Story) -> None:
    anna = story.tablet("t1")
    story.note(anna, "mark", MARK, value="5")
    story.host.revoked[anna.name.device] = story.time()
    story.note(anna, "mark", MARK, value="4")
    story.sync(anna)
    assert anna.revoked and not anna.store.rows
    story.sync(anna)
    assert [story.entry(anna, n).verdict for n in (1, 2)] == ["held", "held"]


def test_a_parcel_that_is_brought_twice_and_then_synced_has_one_verdict(story: Story) -> None:
    anna = story.tablet("t1")
    story.note(anna, "mark", MARK, value="5")
    for _ in range(2):
        story.couriers.bring(anna)
        story.arrive()
    assert not anna.name.answers
    story.sync(anna)
    assert anna.name.answers[1].said[:2] == ["accepted", ""]


def test_an_entry_of_an_old_copy_brought_before_it_was_renumbered_is_decided_once(story: Story) -> None:
    """It says which name it had first; once it stood in the ledger under both (seeds 2550 and 3318)."""
    anna = story.tablet("t1")
    copy = anna.copy_of_store()
    story.note(anna, "mark", MARK, value="5")
    story.sync(anna)
    anna.store = copy
    for value in ("4", "3"):
        story.note(anna, "mark", MARK, value=value)
    former = anna.name
    story.sync(anna)
    story.couriers.send(anna, former, [(2, former.ops[2].body)])
    story.arrive()
    story.sync(anna)
    assert anna.name.device != former.device
    (once,) = [e for e in story.host.ledger() if (e.device, e.n) in story.written[-1].names]
    assert (once.device, once.n) == (former.device, 2)
    assert anna.name.answers[2].said == [once.verdict, once.reason, {}, once.seq]


def test_an_entry_renumbered_after_the_copy_was_made_is_decided_once_when_the_copy_brings_it(story: Story) -> None:
    anna = story.tablet("t1")
    copy = anna.copy_of_store()
    story.note(anna, "mark", MARK, value="5")
    story.sync(anna)
    anna.store = copy
    for value in ("4", "3"):
        story.note(anna, "mark", MARK, value=value)
    copy = anna.copy_of_store()
    for _ in range(3):
        story.sync(anna)
    assert anna.is_done()
    anna.store = copy
    story.couriers.send(anna, anna.name, [(2, anna.name.ops[2].body)])
    story.arrive()
    for _ in range(3):
        story.sync(anna)
    assert anna.is_done() and anna.forks == 2
    assert len([e for e in story.host.ledger() if e.device.startswith("d")]) == 3


def test_what_a_revoked_old_copy_holds_under_numbers_that_are_taken_is_brought_all_the_same(story: Story) -> None:
    anna = story.tablet("t1")
    copy = anna.copy_of_store()
    story.note(anna, "mark", MARK, value="5")
    story.sync(anna)
    anna.store = copy
    story.put_back.add(anna.place)
    story.note(anna, "mark", MARK, value="4")
    story.host.revoked[anna.name.device] = story.time()
    for _ in range(3):
        story.sync(anna)
    assert anna.is_done()
    assert [(e.device, e.n, e.verdict) for e in story.host.ledger()[-2:]] == [
        (anna.name.device, 1, "accepted"), (f"{anna.name.device}.copy", 1, "held"),
    ]  # fmt: skip


def test_what_a_revoked_old_copy_held_can_be_approved(story: Story) -> None:
    """Its name was none that a key may hold: what waited could not be decided, ever (seed 11725)."""
    anna, deputy = story.tablet("t1"), story.tablet("deputy")
    copy = anna.copy_of_store()
    story.note(anna, "mark", MARK, value="5")
    story.sync(anna)
    anna.store = copy
    story.put_back.add(anna.place)
    story.note(anna, "mark", MARK, value="4")
    story.host.revoked[anna.name.device] = story.time()
    story.sync(anna)
    story.sync(anna)
    story.sync(deputy)
    story.note(deputy, "matter", f"office/{anna.name.device}.copy:1", outcome="approved")
    story.sync(deputy)
    assert story.entry(deputy, 1).verdict == "accepted"
