"""What the simulation has found of old copies of a tablet's store: each bug as the shortest story that shows it."""

import json

from tests.simulation.clocks import DAY
from tests.simulation.device import Tablet
from tests.simulation.story import MARK, Story


def back_from_a_copy(story: Story) -> Tablet:
    """Anna has written and synced since her store was copied, and the copy is put back."""
    anna = story.tablet("t1")
    copy = anna.copy_of_store()
    story.note(anna, "mark", MARK, value="5")
    story.sync(anna)
    anna.store = copy
    return anna


def an_old_copy_revoked(story: Story) -> Tablet:
    """The copy has written on under a number that is taken, and then its tablet was revoked."""
    anna = back_from_a_copy(story)
    story.put_back.add(anna.place)
    story.note(anna, "mark", MARK, value="4")
    story.host.revoked[anna.name.device] = story.time()
    return anna


def test_of_an_old_copy_nothing_new_is_decided_under_its_name(story: Story) -> None:
    anna = back_from_a_copy(story)
    anna.asked = 0
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
    story.declare(anna)
    story.arrive()  # declared, and then the tablet was put back
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
    late = story.declare(anna)
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


def test_numbers_of_an_old_copy_are_doubted_even_when_a_restore_has_forgotten_its_return(story: Story) -> None:
    anna = story.tablet("t1")
    copy = anna.copy_of_store()
    story.note(anna, "mark", MARK, value="5")
    story.declare(anna)
    story.arrive()  # declared, and then the tablet was put back
    story.host.back_up()
    anna.store, anna.asked = copy, 0
    story.time.pass_by(DAY)
    story.sync(anna)  # here the server learns that it is an old copy, and forgets it again
    story.note(anna, "mark", MARK, value="4")
    story.restore(new_epoch=True)
    story.sync(anna)
    assert story.entry(anna, 1).before >= story.written[1].at


def test_an_entry_of_an_old_copy_brought_before_it_was_renumbered_is_decided_once(story: Story) -> None:
    """It says which name it had first; once it stood in the ledger under both (seeds 2550 and 3318)."""
    anna = back_from_a_copy(story)
    for value in ("4", "3"):
        story.note(anna, "mark", MARK, value=value)
    former = anna.name
    story.sync(anna)
    story.couriers.send(anna, former, [(2, former.ops[2].body)])
    story.arrive()
    story.sync(anna)
    assert anna.name.device != former.device
    came = [e for e in story.host.ledger() if (e.device, e.n) in story.written[-1].names]
    assert [(e.device, e.n) for e in came] == [(former.device, 2)]
    assert anna.name.answers[2].said == [came[0].verdict, came[0].reason, {}, came[0].seq]


def test_an_entry_renumbered_after_the_copy_was_made_is_decided_once_when_the_copy_brings_it(story: Story) -> None:
    anna = back_from_a_copy(story)
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
    anna = an_old_copy_revoked(story)
    for _ in range(3):
        story.sync(anna)
    assert anna.is_done()
    assert [(e.device, e.n, e.verdict) for e in story.host.ledger()[-2:]] == [
        (anna.name.device, 1, "accepted"), (f"{anna.name.device}.copy", 1, "held"),
    ]  # fmt: skip


def test_what_a_revoked_old_copy_held_can_be_approved(story: Story) -> None:
    """Its name was none that a key may hold: what waited could not be decided, ever (seed 11725)."""
    anna, deputy = an_old_copy_revoked(story), story.tablet("deputy")
    story.sync(anna)
    story.sync(anna)
    story.sync(deputy)
    story.note(deputy, "matter", f"office/{anna.name.device}.copy:1", outcome="approved")
    story.sync(deputy)
    assert story.entry(deputy, 1).verdict == "accepted"
