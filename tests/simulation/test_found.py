"""What the simulation has found: each bug as the shortest story that shows it.

Of old copies of a store: `test_found_copies.py`; of restored servers: `test_found_restores.py`.
"""

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
