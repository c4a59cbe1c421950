"""A school year ends and the next begins: the old one goes into the archive, pupils move up, a tablet comes late."""

import asyncio

from server.diary import publish
from server.exchange import Exchange
from tests.school import Clock, Tablet

YES = ("accepted", "")
LAST = "8b-alg/2027-05-28/{}/p1/1"  # lessons of the old year's last week
FIRST = "9b-alg/2027-09-03/2"  # one of the new year's first

MOVED_UP = (
    ("year", "2027", {"name": "2027/28", "starts": "2027-09-01", "ends": "2028-06-01"}),
    ("term", "2027-1", {"year": "2027", "name": "I четверть", "starts": "2027-09-01", "ends": "2027-11-01"}),
    ("class", "9b", {"name": "9 «Б»", "grade": 9}),
    ("enrolment", "8b/p1/2026-09-01", {"ends": "2027-09-01"}),
    ("enrolment", "8b/p3/2026-11-12", {"ends": "2027-09-01"}),
    ("enrolment", "9b/p1/2027-09-01", {"name": "Абрамов Илья"}),
    ("enrolment", "9b/p3/2027-09-01", {"name": "Васильев Артём"}),
    ("journal", "9b-alg", {"class_id": "9b", "subject": "alg", "year": "2027"}),
    ("teaching", "8b-alg/t1/2026-09-01", {"ends": "2027-09-01"}),
    ("teaching", "9b-alg/t1/2027-09-01", {"active": True}),
    ("grant", "g3", {"ends": "2027-09-01", "reason": "класс перешёл"}),
    ("grant", "g4", {"person": "tutor", "role": "class_teacher", "target": "9b", "starts": "2027-09-01"}),
)


async def closes(admin: Tablet, clock: Clock) -> None:
    """The old year is locked, put into the archive a fortnight later, and the next one is set up in August."""
    for day, state in (("2027-06-05", "locked"), ("2027-06-20", "archived")):
        clock.set(f"{day}T09:00")
        admin.write("year", "2026", state=state, reason=f"приказ от {day}")
        assert await admin.verdicts() == [YES]
    clock.set("2027-08-25T09:00")
    for kind, key, cells in MOVED_UP:
        admin.write(kind, key, **cells)
    assert await admin.verdicts() == [YES] * len(MOVED_UP)


def test_a_year_goes_into_the_archive_and_the_next_begins_while_a_tablet_lies_in_a_drawer(
    exchange: Exchange, clock: Clock
) -> None:
    async def story() -> None:
        clock.set("2027-05-28T12:00")
        anna, admin = Tablet(exchange, "t1", "d1", clock), Tablet(exchange, "admin", "d8", clock)
        deputy, parent = Tablet(exchange, "deputy", "d9", clock), Tablet(exchange, "guardian", "d5", clock)
        anna.write("mark", LAST.format(2), value="5")
        assert await anna.verdicts() == [YES]
        clock.set("2027-05-28T15:00")
        anna.write("mark", LAST.format(3), value="4")  # in time, but the tablet goes into a drawer with it
        await closes(admin, clock)
        clock.set("2027-08-26T10:00")
        anna.write("mark", LAST.format(4), value="3")

        clock.set("2027-09-03T09:00")
        found = [(j.verdict, j.reason) for j in (await anna.sync()).judged]
        assert found == [("held", "after_grace"), ("refused", "year_archived")]
        await anna.sync()
        assert "journal:9b-alg" in anna.cursors
        assert anna.rows["year", "2026"]["state"] == "archived"
        await deputy.send([])
        for holder, tablet in (("office", deputy), ("inbox:t1", anna)):
            kept = [tablet.rows["matter", f"{holder}/d1:{n}"] for n in (2, 3)]
            assert [(k["target"], k["set"]) for k in kept] == [
                (LAST.format(3), {"value": "4"}), (LAST.format(4), {"value": "3"}),
            ]  # fmt: skip
        clock.now += 1000
        deputy.write("matter", "office/d1:2", outcome="approved")
        deputy.write("mark", LAST.format(5), value="5")
        archived = ("refused", "year_archived")
        assert await deputy.verdicts() == [archived, archived], "nobody writes there any more"

        anna.write("lesson", FIRST, topic="Повторение")
        anna.write("mark", f"{FIRST}/p1/1", value="5")
        anna.write("mark", LAST.format(2).replace("8b", "9b"), value="5")
        clock.now += 1000
        assert await anna.verdicts() == [YES, YES, ("refused", "not_enrolled")], "in May there was no 9 «Б»"

        with exchange.store.read() as reader:
            marks = {row.key: row.values["value"] for row in reader.every("mark")}
        assert marks == {LAST.format(2): "5", f"{FIRST}/p1/1": "5"}, "the old year is as it was, the new one has begun"

        exchange.run(lambda work: publish(work, clock()))
        await parent.sync()
        assert set(parent.cursors) == {"diary:p1", "bulletin:9b"}
        assert parent.rows["diary_card", "p1"]["class_id"] == "9b"
        assert parent.rows["diary", "p1/2027-09-03/2/9b-alg"]["marks"] == [["5", None]]
        assert parent.rows["diary", "p1/2027-05-28/2/8b-alg"]["marks"] == [["5", None]], "and last year's can be read"
        assert parent.rows["bulletin_lesson", "9b/2027-09-03/2/9b-alg"]["topic"] == "Повторение"

    asyncio.run(story())
