"""`consent`: a parents' signed paper, given or withdrawn, into the ledger. The server must not be running."""

from pathlib import Path

from server.commands.folders import held, need_a_school, schools
from server.commands.words import Trouble, out
from server.diary import short_name
from server.exchange import Draft
from server.house import House

DEVICE = "office"


def consent(data: Path, school: str, pupil: str, reason: str, *, given: bool) -> None:
    """Note whether the parents of a pupil consent; the diary shows it when the school is published next."""
    need_a_school(data)
    if school not in (there := schools(data)):
        raise Trouble(f"There is no school {school!r} in {data}.", f"Schools here: {', '.join(there)}.", 2)
    if not given and not reason.strip():
        raise Trouble(
            "A withdrawn consent wants a reason.", "Say it: --reason 'the parents' letter of 20 November'.", 2
        )
    with held(data, "consent"):
        house = House.open(data)
        try:
            exchange = house.exchanges[school]
            with exchange.store.read() as reader:
                row = reader.get_many("pupil", [pupil]).get(pupil)
            if row is None:
                raise Trouble(
                    f"There is no pupil {pupil!r} in the school {school}.",
                    "Give the pupil's id: after an import it is the sourcedId of users.csv.",
                    2,
                )
            cells: dict[str, object] = {"given": given, "reason": reason.strip() or None}
            report = exchange.load(DEVICE, [Draft("consent", pupil, cells, house.clock(), DEVICE)])
            if report.refused:
                raise Trouble(f"It was refused: {report.refused[0][1]}.", "Nothing was written.")
            house.publish(school)
        finally:
            house.close()
    stands = "given" if given else "withdrawn"
    done = "stood so already" if report.unchanged else "is written"
    out.print(
        f"Consent for {short_name(row.values) or pupil} ({pupil}): {stands}; it {done}.", soft_wrap=True, markup=False
    )
