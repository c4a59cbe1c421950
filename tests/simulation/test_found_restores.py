"""What the simulation has found of restored servers: each bug as the shortest story that shows it."""

from tests.simulation.clocks import HOUR
from tests.simulation.device import Tablet
from tests.simulation.story import MARK, Story


def restored_by_hand_and_grown_on(story: Story) -> tuple[Tablet, Tablet]:
    """Anna has seen entries that the restored server has lost, and Oleg has brought it as many others since."""
    oleg, anna = story.tablet("t2"), story.tablet("t1")
    story.sync(oleg)
    story.host.back_up()
    for place in (1, 2):
        story.note(anna, "mark", f"8b-alg/2026-11-09/2/p{place}/1", value="4")
        story.sync(anna)
    story.restore()
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


def test_a_tablet_of_an_epoch_that_nobody_knows_here_is_a_sign_of_another_history(story: Story) -> None:
    """Restored, found out, and then put back by hand once more: the tablet has lived in an epoch that is gone."""
    anna, _ = restored_by_hand_and_grown_on(story)
    story.sync(anna)
    story.sync(anna)
    gone = anna.store.epoch
    story.restore()
    before = story.host.exchange.epoch
    story.sync(anna)
    assert story.host.exchange.epoch not in (gone, before)


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
    story.restore()
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
    story.restore()
    epoch = story.host.exchange.epoch
    for number in range(1, 7):
        story.note(anna, "plan_item", f"8b-alg/{number}", topic="Корни")
    story.sync(anna)
    story.sync(parent)
    story.sync(parent)
    assert parent.store.rows["diary:p1"] == {}
    assert story.host.exchange.epoch == epoch
