"""Makes `edges.json`: for each edge of the rules a pair of cases, one millisecond before it and on it.

    python tests/vectors/make_edges.py

What must come out is said here by construction (inside, outside), not computed by the law. Each pair is asked in three
ways: with the moment known exactly; with the edge inside the evidence and a consistent clock; with the edge inside the
evidence and a clock that can't be trusted. Time zones and dates lie on both sides of changes to summer time.
"""

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

DAY = 86_400_000
HOUR = 3_600_000
ZONES = ("Europe/Moscow", "Asia/Yekaterinburg", "Europe/Berlin", "America/St_Johns")
EDGES = ("2026-11-10", "2026-10-25", "2027-03-28")  # a plain day; the ends and beginnings of summer time in Berlin
PAST = {"starts": "2020-09-01", "ends": "2021-06-01"}  # takes the locked first term of the vectors out of the way
Case = dict[str, Any]


def midnight(day: str, zone: str) -> int:
    """UTC ms of the first instant of a day."""
    return int(datetime.combine(date.fromisoformat(day), time.min, ZoneInfo(zone)).timestamp() * 1000)


def plus(day: str, days: int) -> str:
    """Another day."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def school(zone: str, **settings: Any) -> list[Any]:
    """The school with its settings."""
    return ["school", "32", {"name": "Школа", "timezone": zone, "window_days": 14, "grace_days": 3, **settings}]


def asked(
    says: str, edge: int, before: tuple[str, str], after: tuple[str, str], body: Case, *, exact_only: bool = False
) -> list[Case]:
    """The pair at an edge, exactly and, where the evidence may straddle it, by a good and by a bad clock."""
    out = []
    for moment, word, (verdict, reason) in ((edge - 1, "just before", before), (edge, "on", after)):
        case = {**body, "after": moment - 1, "before": moment, "written": moment, "consistent": True, "arrived": moment}
        out.append({"says": f"{says}: {word} it", "case": case, "verdict": verdict, "reason": reason})
        if exact_only:
            continue
        wide = {**case, "after": edge - HOUR, "before": edge + HOUR, "arrived": edge + HOUR}
        marked = "on_clock" if verdict == "accepted" and not reason else reason
        out.append(
            {"says": f"{says}: {word} it, by a consistent clock", "case": wide, "verdict": verdict, "reason": marked}
        )
        doubt = {**wide, "consistent": False}
        told = ("held", "in_doubt") if before[0] != after[0] else after
        out.append(
            {"says": f"{says}: {word} it, no clock to trust", "case": doubt, "verdict": told[0], "reason": told[1]}
        )
    return out


def mark(day: str, person: str = "t1", given: int | None = None, pupil: str = "p1") -> Case:
    """A mark for a lesson of that day."""
    key = f"8b-alg/{day}/2/{pupil}/1"
    values = {"value": "4", "given": given} if given is not None else {}
    return {"person": person, "kind": "mark", "key": key, "set": {"value": "5"}, "values": values}


YES, NOT_YOURS = ("accepted", ""), ("refused", "not_yours")


def rights(zone: str, day: str) -> list[Case]:
    """Rights begin and end with a day of the school, wherever the school is."""
    edge = midnight(day, zone)
    where = f"{zone} {day}"
    out = []
    teaching = [school(zone), ["teaching", f"8b-alg/new/{day}", {"active": True}]]
    body = {**mark(plus(day, -1), "new"), "facts": teaching}
    out += asked(f"{where}, teaching begins", edge, NOT_YOURS, YES, body)
    ending = [school(zone), ["teaching", "8b-alg/old/2026-09-01", {"active": True, "ends": day}]]
    out += asked(f"{where}, teaching ends", edge, YES, NOT_YOURS, {**mark(plus(day, -1), "old"), "facts": ending})
    starting = [school(zone), ["substitution", f"8b-alg/sub/{day}", {"ends": plus(day, 3)}]]
    out += asked(f"{where}, a substitution begins", edge, NOT_YOURS, YES, {**mark(day, "sub"), "facts": starting})
    over = [school(zone), ["substitution", f"8b-alg/sub/{plus(day, -3)}", {"ends": day}]]
    out += asked(f"{where}, a substitution ends", edge, YES, NOT_YOURS, {**mark(plus(day, -1), "sub"), "facts": over})
    role = [school(zone), ["grant", "gx", {"person": "boss", "role": "deputy_head", "starts": day}]]
    out += asked(f"{where}, a role begins", edge, NOT_YOURS, YES, {**mark(day, "boss"), "facts": role})
    gone = [
        school(zone),
        ["grant", "gx", {"person": "boss", "role": "deputy_head", "starts": "2026-09-01", "ends": day}],
    ]
    out += asked(f"{where}, a role ends", edge, YES, NOT_YOURS, {**mark(plus(day, -1), "boss"), "facts": gone})
    return out


def lessons(zone: str, day: str) -> list[Case]:
    """What happened at a lesson is not written before its day; what is planned for it may be. No clock is asked."""
    edge, where = midnight(day, zone), f"{zone} {day}"
    facts = [school(zone), ["substitution", f"8b-alg/sub/{plus(day, -1)}", {"ends": plus(day, 2), "numbers": [2, 5]}]]
    lesson = {"person": "t1", "key": f"8b-alg/{day}/2", "values": {}, "facts": facts}
    place = f"{lesson['key']}/p1"
    not_begun = ("refused", "not_begun")
    out = []
    for says, verdict, body in (
        ("a mark", not_begun, {"kind": "mark", "key": f"{place}/1", "set": {"value": "5"}}),
        ("a mark cleared", YES, {"kind": "mark", "key": f"{place}/1", "set": {"value": None}}),
        ("an absence", not_begun, {"kind": "attendance", "key": place, "set": {"presence": "absent"}}),
        ("its reason", YES, {"kind": "attendance", "key": place, "set": {"reason": "valid"}, "person": "tutor"}),
        ("the roll", not_begun, {"kind": "lesson", "set": {"roll": True}}),
        ("a topic", YES, {"kind": "lesson", "set": {"topic": "Дроби", "homework": "№ 7"}}),
        ("the deputy head's mark", not_begun, {"kind": "mark", "key": f"{place}/1", "set": {"value": "5"},
                                               "person": "deputy"}),
    ):  # fmt: skip
        pair = asked(f"{where}, the day of a lesson begins, {says}", edge, verdict, YES, {**lesson, **body})
        # With the day's beginning inside the evidence it may have been written in time: nobody is refused for a clock.
        out += [{**c, "verdict": "accepted", "reason": ""} if "clock" in c["says"] else c for c in pair]
    begun = {"after": edge + 9 * HOUR - 1, "before": edge + 9 * HOUR, "written": edge + 9 * HOUR, "consistent": True}
    for number, verdict, authority in ((2, YES, 2), (3, NOT_YOURS, 0), (5, YES, 2)):
        key = f"8b-alg/{day}/{number}/p1/1"
        case = {**mark(day, "sub"), "key": key, "facts": facts, **begun, "arrived": edge + 10 * HOUR}
        says = f"{where}, a substitution for lessons 2 and 5, lesson {number}"
        out.append({"says": says, "case": case, "verdict": verdict[0], "reason": verdict[1], "authority": authority})
        own, rank = {**case, "person": "t1"}, {2: 1, 3: 2, 5: 1}[number]
        out.append(
            {"says": f"{says}, its teacher", "case": own, "verdict": "accepted", "reason": "", "authority": rank}
        )
    return out


OPEN_YEAR = {"name": "2026/27", "starts": "2026-09-01", "ends": "2027-09-01"}
TURNS = [("locked", 0), ("open", 1), ("locked", 10), ("archived", 20)]  # state, days after the first


def turned(noon: int) -> list[list[Any]]:
    """What the year's record tells of its turns, the first at `noon` (UTC ms)."""
    return [[noon + days * DAY, state, "admin", "приказ"] for state, days in TURNS]


def years(zone: str, day: str) -> list[Case]:
    """A year locked at noon, unlocked, locked again and archived."""
    noon, where = midnight(day, zone) + 12 * HOUR, f"{zone} {day}"
    opening = ["opening", f"t1/{plus(day, 15)}/o1", {"journal": "8b-alg", "ends": plus(day, 30), "reason": "болезнь"}]
    held, archived = ("held", "year_locked"), ("refused", "year_archived")
    out = []

    def told(says: str, at: int, before: Any, after: Any, *, last: int, **more: Any) -> None:
        year = {**OPEN_YEAR, "state": TURNS[last - 1][0], "changes": turned(noon)[:last]}
        facts = [school(zone), ["year", "2026", year], ["term", "2026-1", PAST], opening]
        asking = {**mark("2026-11-02"), "facts": facts, **more}
        out.extend(asked(f"{where}, {says}", at, before, after, asking, exact_only=True))

    told("a year is locked", noon, YES, held, last=1)
    told("a year is unlocked", noon + DAY, held, YES, last=2)
    told("a year is locked again, the deputy head", noon + 10 * DAY, YES, YES, last=3, person="deputy")
    told("a year is opened by name", midnight(plus(day, 15), zone), held, YES, last=3)
    told("a year goes into the archive, though opened by name", noon + 20 * DAY, YES, archived, last=4)
    told("a year goes into the archive, the deputy head", noon + 20 * DAY, YES, archived, last=4, person="deputy")
    told("a year goes into the archive, a stranger", noon + 20 * DAY, NOT_YOURS, NOT_YOURS, last=4, person="t3")
    term_mark = {"kind": "term_mark", "key": "8b-alg/2026-2/p1", "set": {"value": "5"}, "values": {}}
    told("a year goes into the archive, a term mark", noon + 20 * DAY, YES, archived, last=4, **term_mark)
    held_mark = {"kind": "mark", "target": "8b-alg/2026-11-02/2/p1/1", "set": {"value": "5"}, "author": "t1",
                 "verdict": "held"}  # fmt: skip
    twice = {"kind": "matter", "target": "office/d1:5", "set": {"outcome": "approved"}, "author": "deputy",
             "verdict": "held"}  # fmt: skip
    decision = {"person": "deputy", "kind": "matter", "key": "office/d1:5", "values": held_mark}
    for says, after, cells, more in (
        ("its held entry approved", archived, {"outcome": "approved"}, {}),
        ("its held entry declined", YES, {"outcome": "declined"}, {}),
        ("its held term mark approved", archived, {"outcome": "approved"},
         {"values": {**held_mark, "kind": "term_mark", "target": "8b-alg/2026-2/p1"}}),
        ("its held plan line approved", archived, {"outcome": "approved"},
         {"values": {**held_mark, "kind": "plan_item", "target": "8b-alg/3", "set": {"topic": "Дроби"}}}),
        ("what was refused there approved", YES, {"outcome": "approved"},
         {"values": {**held_mark, "verdict": "refused"}}),
        ("a held approval approved", archived, {"outcome": "approved"},
         {"key": "office/d9:7", "values": twice, "matters": {"office/d1:5": held_mark}}),
    ):  # fmt: skip
        body = {**decision, "set": cells, **more}
        told(f"a year goes into the archive, {says}", noon + 20 * DAY, YES, after, last=4, **body)
    crossed = [*turned(noon), [noon + 25 * DAY, "open", "admin", "приказ"]]
    opened = ["year", "2026", {**OPEN_YEAR, "state": "open", "changes": crossed}]
    facts = [school(zone), opened, ["term", "2026-1", PAST]]
    out += asked(f"{where}, a year opened after an archive that came too late", noon + 25 * DAY, archived, YES,
                 {**mark("2026-11-02"), "facts": facts}, exact_only=True)  # fmt: skip
    return out


def grace_of_a_year(zone: str, day: str) -> list[Case]:
    """An entry written before the year was locked at noon, and come about the end of its grace."""
    noon, where = midnight(day, zone) + 12 * HOUR, f"{zone} {day}"
    out = []
    late = {"after": noon - 2 * HOUR, "before": noon - HOUR, "written": noon - HOUR, "consistent": True}
    year = ["year", "2026", {**OPEN_YEAR, "state": "locked", "changes": turned(noon)[:1]}]
    for word, arrived, verdict in (
        ("just before", noon + 3 * DAY - 1, ("accepted", "in_grace")),
        ("on", noon + 3 * DAY, ("held", "after_grace")),
    ):
        facts = [school(zone), year, ["term", "2026-1", PAST]]
        case = {**mark("2026-11-02"), "facts": facts, **late, "arrived": arrived}
        says = f"{where}, the grace of a year's lock: {word} it"
        out.append({"says": says, "case": case, "verdict": verdict[0], "reason": verdict[1]})
    return out


def steps_of_a_year(zone: str, day: str) -> list[Case]:
    """Every step of a year's state, lawful or not, and what else is changed of it."""
    noon, where = midnight(day, zone) + 12 * HOUR, f"{zone} {day}"
    out = []
    known = {"after": noon - 1, "before": noon, "written": noon, "consistent": True, "arrived": noon}
    steps = {"open": ("open", "locked"), "locked": ("locked", "open", "archived"), "archived": ("archived",)}
    for state, lawful in steps.items():
        for new in steps:
            verdict = YES if new in lawful else ("refused", "illegal_step")
            values = {**OPEN_YEAR, "state": state}
            body = {"person": "admin", "kind": "year", "key": "2026", "values": values, "facts": [school(zone)]}
            case = {**body, "set": {"state": new, "reason": "приказ"}, **known}
            out.append({"says": f"{where}, a year goes from {state} to {new}", "case": case,
                        "verdict": verdict[0], "reason": verdict[1]})  # fmt: skip
    silent = {"person": "admin", "kind": "year", "key": "2026", "values": OPEN_YEAR, "facts": [school(zone)]}
    for says, cells, verdict in (
        ("without a word why", {"state": "locked"}, ("refused", "bad_value")),
        ("by its first day", {"starts": "2026-09-02"}, YES),
    ):
        case = {**silent, "set": cells, **known}
        out.append({"says": f"{where}, a year changed {says}", "case": case,
                    "verdict": verdict[0], "reason": verdict[1]})  # fmt: skip
    return out


def locks(zone: str, day: str) -> list[Case]:
    """A term locked at noon, its grace, its unlocking, and what is opened for a named teacher."""
    noon = midnight(day, zone) + 12 * HOUR
    where = f"{zone} {day}"
    term = {"year": "2026", "starts": "2026-09-01", "ends": "2027-06-01", "locked": True}
    shut = [noon, True, "admin", "отчёт"]
    locked = [school(zone), ["term", "2026-2", {**term, "changes": [shut]}], ["term", "2026-1", PAST]]
    body = {**mark("2026-11-02"), "facts": locked}
    # Just before the lock and arrived on it: within the grace.
    out = asked(f"{where}, a term is locked", noon, YES, ("held", "term_locked"), body, exact_only=True)
    grace = noon + 3 * DAY
    late = {**body, "after": noon - 2 * HOUR, "before": noon - HOUR, "written": noon - HOUR, "consistent": True}
    inside, outside = {**late, "arrived": grace - 1}, {**late, "arrived": grace}
    out.append(
        {"says": f"{where}, the grace: just before it", "case": inside, "verdict": "accepted", "reason": "in_grace"}
    )
    out.append({"says": f"{where}, the grace: on it", "case": outside, "verdict": "held", "reason": "after_grace"})
    free = [noon + DAY, False, "admin", "исправления"]
    again = [school(zone), ["term", "2026-2", {**term, "changes": [shut, free]}], locked[2]]
    held = ("held", "term_locked")
    out += asked(
        f"{where}, a term is unlocked", noon + DAY, held, YES, {**mark("2026-11-02"), "facts": again}, exact_only=True
    )
    opening = ["opening", f"t1/{plus(day, 2)}/o1", {"term": "2026-2", "ends": plus(day, 5), "reason": "болезнь"}]
    opened = {**mark("2026-11-02"), "facts": [*locked, opening]}
    out += asked(f"{where}, an opening begins", midnight(plus(day, 2), zone), held, YES, opened)
    out += asked(f"{where}, an opening ends", midnight(plus(day, 5), zone), YES, held, opened, exact_only=True)
    return out


def windows(zone: str, day: str) -> list[Case]:
    """The correction window: spans of 24 hours from the moment of giving, whatever the clocks of the land do."""
    out = []
    for days in (14, 1):
        given = midnight(day, zone) + 10 * HOUR
        body = {**mark(day, given=given), "facts": [school(zone, window_days=days), ["term", "2026-1", PAST]]}
        says = f"{zone} {day}, a window of {days} days closes"
        out += asked(says, given + days * DAY, YES, ("held", "window_closed"), body)
    return out


def enrolments(zone: str, day: str) -> list[Case]:
    """A pupil belongs to the class from the first day to the day before the last: days, not moments."""
    came = [school(zone), ["enrolment", f"8b/px/{day}", {"name": "Новый Ученик"}]]
    left = [school(zone), ["enrolment", "8b/px/2026-09-01", {"name": "Бывший Ученик", "ends": day}]]
    at = midnight(plus(day, 1), zone)
    known = {"after": at - 1, "before": at, "written": at, "consistent": True, "arrived": at}
    out = []
    out += _members(zone, day, known)
    for says, facts, on, verdict in (
        ("came: the day before", came, plus(day, -1), ("refused", "not_enrolled")),
        ("came: the first day", came, day, YES),
        ("left: the last day", left, plus(day, -1), YES),
        ("left: the day after", left, day, ("refused", "not_enrolled")),
    ):
        case = {**mark(on, pupil="px"), "facts": facts, **known}
        out.append({"says": f"{zone} {day}, a pupil {says}", "case": case, "verdict": verdict[0], "reason": verdict[1]})
    return out


def _members(zone: str, day: str, known: Case) -> list[Case]:
    """A pupil goes from one subgroup to another on a day: earlier lessons stay with the earlier one."""
    out = []
    for says, member, before, on in (
        ("goes", {"active": False, "since": day}, YES, ("refused", "not_enrolled")),
        ("comes", {"active": True, "since": day}, ("refused", "not_enrolled"), YES),
        ("was always there", {"active": True}, YES, YES),
        ("was never there", {"active": False}, ("refused", "not_enrolled"), ("refused", "not_enrolled")),
    ):
        facts = [
            school(zone),
            ["member", "8b/eng1/p1", member],
            ["teaching", "8b-eng1/te/2026-09-01", {"active": True}],
        ]
        for word, date_of, verdict in (("the day before", plus(day, -1), before), ("that day", day, on)):
            case = {**mark(date_of, "te"), "key": f"8b-eng1/{date_of}/2/p1/1", "facts": facts, **known}
            says_all = f"{zone} {day}, a subgroup that a pupil {says}: {word}"
            out.append({"says": says_all, "case": case, "verdict": verdict[0], "reason": verdict[1]})
    return out


def every() -> list[Case]:
    """All of them."""
    cases = []
    for zone in ZONES:
        for day in EDGES:
            cases += rights(zone, day) + windows(zone, day) + enrolments(zone, day) + lessons(zone, day)
        cases += locks(zone, EDGES[0]) + years(zone, EDGES[0])
        cases += grace_of_a_year(zone, EDGES[0]) + steps_of_a_year(zone, EDGES[0])
    return cases


def main() -> None:
    """Write the file."""
    cases = every()
    target = Path(__file__).with_name("edges.json")
    target.write_text(json.dumps(cases, ensure_ascii=False, separators=(",", ":")) + "\n")
    print(len(cases), "cases")


if __name__ == "__main__":
    main()
