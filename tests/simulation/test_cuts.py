"""The line is cut before and behind every request and every answer of a story, one cut at a time: nothing is lost.

The simulation cuts at random; this goes through all places of one story, so that none is left to chance.
"""

from collections.abc import Callable, Iterator
from itertools import count

import pytest

from tests.simulation.clocks import DAY
from tests.simulation.device import Tablet
from tests.simulation.invariants import check
from tests.simulation.story import MARK, Story

Cut = Callable[["Told"], None]


class Told(Story):
    """Two teachers and the office write and sync in turns; the `at`-th round is cut by `cut`."""

    def __init__(self, at: int, cut: Cut) -> None:
        super().__init__()
        self.at, self.cut, self.rounds = at, cut, 0

    def sync(self, tablet: Tablet) -> None:
        self.rounds += 1
        self.send(tablet)
        if self.rounds == self.at:
            self.cut(self)
        self.arrive()

    def play(self) -> None:
        """Entries of every verdict, a lock, a substitution, an approval, a renumbered copy."""
        anna, oleg = self.tablet("t1"), self.tablet("t2")
        admin, deputy = self.tablet("admin"), self.tablet("deputy")
        copy = anna.copy_of_store()
        self.note(anna, "mark", MARK, value="4")
        self.note(anna, "lesson", "8b-alg/2026-11-09/1", topic="Корни")
        self.note(oleg, "mark", MARK, value="5")
        self.note(admin, "term", "2026-1", locked=True, reason="отчёт")
        self.note(deputy, "substitution", "8b-alg/t2/2026-11-10", ends="2026-11-12", reason="больничный")
        for tablet in (anna, admin, deputy, oleg):
            self.sync(tablet)
        self.note(oleg, "mark", "8b-alg/2026-11-10/1/p2/1", value="3")
        self.note(anna, "mark", "8b-alg/2026-10-20/1/p1/1", value="2")
        self.note(deputy, "mark", MARK, value="3")
        self.sync(anna)
        self.sync(oleg)
        self.sync(deputy)
        anna.store, anna.asked = copy, 0
        self.note(anna, "mark", MARK, value="2")
        self.sync(anna)
        self.sync(anna)
        for matter in sorted(deputy.rows_of("office", "matter")):
            self.note(deputy, "matter", f"office/{matter.split('/')[-1]}", outcome="approved")
        self.sync(deputy)
        self.sync(anna)


def request_lost(told: Told) -> None:
    told.network.up.clear()


def request_in_half(told: Told) -> None:
    told.network.up[-1].body = told.network.up[-1].body[: len(told.network.up[-1].body) // 2]


def dies_before_the_commit(told: Told) -> None:
    told.host.crash()


def dies_behind_the_commit(told: Told) -> None:
    told.network.flush_up(told._deliver)
    told.network.down.clear()
    told.host.restart()


def answer_lost(told: Told) -> None:
    told.network.flush_up(told._deliver)
    told.network.down.clear()


def answer_in_half(told: Told) -> None:
    told.network.flush_up(told._deliver)
    for parcel in told.network.down:
        parcel.body = parcel.body[: len(parcel.body) // 2]


def request_twice(told: Told) -> None:
    told.network.up.append(told.network.up[-1])


def request_again_a_day_later(told: Told) -> None:
    again = told.network.up[-1]
    told.arrive()
    told.time.pass_by(DAY)
    told.network.up.append(again)


def answer_a_day_late(told: Told) -> None:
    told.network.flush_up(told._deliver)
    told.time.pass_by(DAY)


CUTS = (
    request_lost, request_in_half, dies_before_the_commit, dies_behind_the_commit, answer_lost, answer_in_half,
    request_twice, request_again_a_day_later, answer_a_day_late,
)  # fmt: skip


def told(cut: Cut) -> Iterator[int]:
    """Tells the story with the cut at one round after another; the rounds that the cut has met."""
    for at in count(1):
        story = Told(at, cut)
        try:
            story.play()
            story.quiet()
            check(story)
            if story.rounds < at:
                return
            yield at
        finally:
            story.close()


@pytest.mark.parametrize("cut", CUTS)
def test_a_cut_at_any_round_loses_nothing(cut: Cut) -> None:
    assert len(list(told(cut))) == 15
