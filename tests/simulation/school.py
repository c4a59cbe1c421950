"""The school of the simulation: small, and full of edges: rights that begin and end, a pupil who moves, a first year.

Four journals in three classes, four teachers, two deputy heads, a class teacher, an admin, a director, an observer, two
guardians and a pupil.
"""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from server.exchange import Draft

SCHOOL = "32"
JOURNALS = ("8b-alg", "8b-eng", "9v-his", "1a-read")
TEACHERS = ("t1", "t2", "t3", "t4")
STAFF = (*TEACHERS, "tutor", "deputy", "deputy2", "admin", "director", "observer")
FAMILIES = ("guardian", "guardian2", "p1")
PUPILS = ("p1", "p2", "p3", "p4", "p5", "p6")
TERMS = ("2026-1", "2026-2", "2026-3")
ZONES = ("Europe/Moscow", "Europe/Berlin", "Asia/Kamchatka")


def begin(timezone: str) -> int:
    """UTC ms of the day on which the records were brought in."""
    return int(datetime(2026, 9, 1, 8, tzinfo=ZoneInfo(timezone)).timestamp() * 1000)


def drafts(timezone: str) -> list[Draft]:
    """The school as an import brings it."""
    at = begin(timezone)
    return [Draft(kind, key, values, at, "admin") for kind, key, values in records(timezone)]


def records(timezone: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Every record of the school: kind, key, cells."""
    found: list[tuple[str, str, dict[str, Any]]] = [
        ("school", SCHOOL, {"name": "Школа № 32", "timezone": timezone, "window_days": 14, "grace_days": 3}),
        ("year", "2026", {"starts": "2026-09-01", "ends": "2027-06-01"}),
        ("term", "2026-1", {"year": "2026", "starts": "2026-09-01", "ends": "2026-11-01"}),
        ("term", "2026-2", {"year": "2026", "starts": "2026-11-01", "ends": "2027-01-01"}),
        ("term", "2026-3", {"year": "2026", "starts": "2027-01-01", "ends": "2027-04-01"}),
        ("class", "8b", {"name": "8 «Б»", "grade": 8}),
        ("class", "9v", {"name": "9 «В»", "grade": 9}),
        ("class", "1a", {"name": "1 «А»", "grade": 1}),
        ("subject", "alg", {"name": "Алгебра"}),
        ("journal", "8b-alg", {"class_id": "8b", "subject": "alg", "year": "2026"}),
        ("journal", "8b-eng", {"class_id": "8b", "subject": "eng", "year": "2026", "subgroup": "a"}),
        ("journal", "9v-his", {"class_id": "9v", "subject": "his", "year": "2026"}),
        ("journal", "1a-read", {"class_id": "1a", "subject": "read", "year": "2026"}),
        ("teaching", "8b-alg/t1/2026-09-01", {"active": True}),
        ("teaching", "8b-eng/t2/2026-09-01", {"active": True}),
        ("teaching", "9v-his/t3/2026-09-01", {"active": True}),
        ("teaching", "9v-his/t4/2026-11-10", {"active": True, "ends": "2026-12-01"}),
        ("teaching", "1a-read/t2/2026-09-01", {"active": True}),
        ("substitution", "8b-alg/t2/2026-11-16", {"ends": "2026-11-19", "reason": "больничный"}),
        ("subgroup", "8b/a", {"name": "Первая", "subject": "eng"}),
        ("member", "8b/a/p1", {"active": True}),
        ("member", "8b/a/p2", {"active": False}),
        ("family", "guardian/p1", {"starts": "2026-09-01"}),
        ("family", "guardian2/p4", {"starts": "2026-09-01", "ends": "2026-12-01"}),
        ("consent", "p1", {"given": True}),
        ("consent", "p4", {"given": True}),
        ("bell", "1", {"starts": "08:30", "ends": "09:15"}),
        ("slot", "8b-alg/1/1/2026-09-01", {"room": "214"}),
    ]
    found += [("person", person, {"last_name": person.title()}) for person in STAFF]
    found += [("pupil", pupil, {"last_name": pupil.upper()}) for pupil in PUPILS]
    lists = {"8b": ("p1", "p2", "p3"), "9v": ("p4", "p5"), "1a": ("p6",)}
    found += [("enrolment", f"{c}/{p}/2026-09-01", {"name": p.upper()}) for c, row in lists.items() for p in row]
    for person, role, target, starts, ends in (
        ("deputy", "deputy_head", None, "2026-09-01", None),
        ("deputy2", "deputy_head", None, "2026-09-01", "2026-12-20"),
        ("t4", "deputy_head", None, "2026-11-20", "2026-11-27"),
        ("admin", "admin", None, "2026-09-01", None),
        ("director", "director", None, "2026-09-01", None),
        ("observer", "observer", None, "2026-11-05", "2026-11-25"),
        ("tutor", "class_teacher", "8b", "2026-09-01", None),
    ):
        found.append(
            ("grant", f"g-{person}", {"person": person, "role": role, "target": target, "starts": starts, "ends": ends})
        )
    return found
