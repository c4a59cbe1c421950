"""Generated cases with the verdicts of the law in Python, for the tablet's port to agree with.

    python -m tests.parity COUNT SEED      one JSON line per case

Cases are drawn at random over a small school, with moments close to its edges, so that most rungs are reached.
"""

import json
import random
import sys
from typing import Any

from sync.approvals import approves
from sync.days import DAY, moment_of
from sync.evidence import Interval
from sync.facts import Facts
from sync.form import form
from sync.ops import Op
from sync.rules import Case, judge
from sync.verdicts import Reason
from tests.school import VECTORS

ZONES = ("Europe/Moscow", "Europe/Berlin", "Asia/Kamchatka", "America/St_Johns")
PEOPLE = ("t1", "t2", "t3", "tutor", "deputy", "admin", "gone", "guardian")
DAYS = tuple(f"2026-{m}-{d:02d}" for m, ds in (("10", (20, 25, 31)), ("11", range(1, 29)), ("12", (1, 31))) for d in ds)
VALUES = ("5", "2", "зач", "н/а", ".", "6", "осв", None)


def facts_of(rnd: random.Random) -> list[list[Any]]:
    """Facts that differ from the vectors' school in what the draw says."""
    zone = rnd.choice(ZONES)
    settings: dict[str, Any] = {
        "timezone": zone,
        "window_days": rnd.choice((14, 14, 3, 0)),
        "grace_days": rnd.choice((3, 0)),
    }
    settings["hold_in_doubt"] = rnd.random() < 0.2
    extra: list[list[Any]] = [["school", "32", settings]]
    if rnd.random() < 0.5:
        changes = []
        at = moment_of(rnd.choice(DAYS), zone)
        for locked in (True, False, True)[: rnd.randrange(1, 4)]:
            changes.append([at, locked, "admin", "причина"])
            at += rnd.randrange(1, 10 * DAY)
        term = {"year": "2026", "starts": "2026-11-01", "ends": "2027-01-01", "locked": True, "changes": changes}
        extra.append(["term", "2026-2", term])
    if rnd.random() < 0.4:
        person = rnd.choice(PEOPLE)
        ends = rnd.choice(DAYS)
        extra.append(["opening", f"{person}/{rnd.choice(DAYS)}/o", {"term": "2026-2", "ends": ends, "reason": "x"}])
    if rnd.random() < 0.4:
        values = {"ends": rnd.choice(DAYS), "numbers": rnd.choice((None, [], [2], [1, 3]))}
        extra.append(["substitution", f"8b-alg/{rnd.choice(PEOPLE)}/{rnd.choice(DAYS)}", values])
    if rnd.random() < 0.3:
        extra.append(["member", "8b/eng1/p1", {"active": rnd.random() < 0.5, "since": rnd.choice((*DAYS, None))}])
    if rnd.random() < 0.3:
        extra.append(["year", "2026", year_of(rnd, zone)])
    if rnd.random() < 0.3:
        extra.append(
            ["teaching", f"8b-alg/{rnd.choice(PEOPLE)}/{rnd.choice(DAYS)}", {"ends": rnd.choice((*DAYS, None))}]
        )
    if rnd.random() < 0.3:
        grant = {
            "person": rnd.choice(PEOPLE),
            "role": rnd.choice(("deputy_head", "admin", "class_teacher")),
            "target": "8b",
        }
        extra.append(["grant", "gz", {**grant, "starts": rnd.choice(DAYS), "ends": rnd.choice((*DAYS, None))}])
    return extra


def year_of(rnd: random.Random, zone: str) -> dict[str, Any]:
    """The year with some of its way into the archive behind it."""
    at = moment_of(rnd.choice(DAYS), zone)
    changes = []
    for state in ("locked", "open", "locked", "archived")[: rnd.randrange(1, 5)]:
        changes.append([at, state, "admin", "приказ"])
        at += rnd.randrange(1, 10 * DAY)
    return {"starts": "2026-09-01", "ends": "2027-06-01", "state": changes[-1][1], "changes": changes}


def entry_of(rnd: random.Random) -> tuple[str, str, dict[str, Any], dict[str, Any]]:
    """(kind, key, set, values as they stand) of an entry."""
    day, pupil = rnd.choice(DAYS), rnd.choice(("p1", "p1", "p1", "p2", "p3", "p9", "p77"))
    journal = rnd.choice(("8b-alg",) * 6 + ("8b-eng1", "1a-rus", "nope"))
    lesson = f"{journal}/{day}/2"
    draw = rnd.randrange(11)
    if draw < 4:
        given = moment_of(rnd.choice(DAYS), "UTC") + rnd.randrange(DAY)
        values = {"value": "4", "given": given} if rnd.random() < 0.6 else {}
        cells = {"value": rnd.choice(VALUES)} if rnd.random() < 0.8 else {"comment": "хорошо"}
        return "mark", f"{lesson}/{pupil}/1", cells, values
    if draw == 4:
        cells = rnd.choice(({"presence": "absent"}, {"reason": "ill"}, {"presence": "late", "reason": "valid"}))
        return "attendance", f"{lesson}/{pupil}", dict(cells), {}
    if draw == 5:
        return "lesson", lesson, rnd.choice(({"topic": "Дроби"}, {"roll": True}, {"roll": None})), {}
    if draw == 6:
        return "term_mark", f"{journal}/{rnd.choice(('2026-1', '2026-2'))}/{pupil}", {"value": rnd.choice(VALUES)}, {}
    if draw == 7:
        reason = rnd.choice(({"reason": "отчёт"}, {}))
        return "term", "2026-2", {"locked": rnd.random() < 0.5, **reason}, {}
    if draw == 8:
        cells = {"state": rnd.choice((None, "open", "locked", "archived")), "reason": rnd.choice(("приказ", "", None))}
        return "year", "2026", cells, {"state": rnd.choice((None, "open", "locked", "archived"))}
    if draw == 9:
        return "plan_item", f"{journal}/7", {"topic": "Дроби"}, {}
    author = rnd.choice(PEOPLE)
    held = {"kind": "mark", "target": f"{lesson}/p1/1", "set": {"value": "5"}, "author": author, "verdict": "held"}
    if rnd.random() < 0.3:
        held["outcome"] = "approved"
    holder = rnd.choice(("office", f"inbox:{author}"))
    outcome = {"outcome": rnd.choice(("approved", "declined", "withdrawn"))}
    cells = rnd.choice((outcome, outcome, outcome, {"seen": True}, {"plea": "болел"}))
    return "matter", f"{holder}/d1:5", cells, held


def case_of(rnd: random.Random) -> dict[str, Any]:
    """One case with its verdict; drawn anew until its form is lawful (form has vectors of its own)."""
    extra = facts_of(rnd)
    facts = Facts()
    for kind, key, values in [*VECTORS["facts"], *extra]:
        facts.put(kind, key, values)
    while True:
        kind_name, key, cells, values = entry_of(rnd)
        written = moment_of(rnd.choice(DAYS), rnd.choice(ZONES)) + rnd.choice((-1, 0, 1, rnd.randrange(DAY)))
        op = Op(1, kind_name, key, cells, written)
        found = form(op)
        if not isinstance(found, Reason):
            break
    after = written - rnd.choice((1, 1, rnd.randrange(1, 20 * DAY)))
    before = written + rnd.choice((0, 0, rnd.randrange(20 * DAY)))
    arrived = before + rnd.choice((0, rnd.randrange(10 * DAY)))
    # Mostly somebody with a right, else nearly every case would end at the first rung.
    person = rnd.choice(PEOPLE) if rnd.random() < 0.4 else _entitled(kind_name, rnd)
    consistent = rnd.random() < 0.7
    target = approves(kind_name, cells, values, {}.__getitem__)
    decision = judge(
        Case(op, *found, person, values, arrived, target), facts, Interval(after, before, written, consistent)
    )
    return {
        "facts": extra, "person": person, "kind": kind_name, "key": key, "set": cells, "values": values,
        "after": after, "before": before, "written": written, "consistent": consistent, "arrived": arrived,
        "told": [decision.verdict, decision.reason, decision.detail, decision.authority],
    }  # fmt: skip


def _entitled(kind: str, rnd: random.Random) -> str:
    return {"term": "admin", "year": "admin", "matter": "deputy"}.get(kind) or rnd.choice(
        ("t1", "t1", "t1", "t2", "tutor")
    )


def main() -> None:
    """Print the cases."""
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    rnd = random.Random(seed)
    for _ in range(count):
        print(json.dumps(case_of(rnd), ensure_ascii=False))


if __name__ == "__main__":
    main()
