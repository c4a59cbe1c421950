"""The diary: copies what consent and rules allow from the journals into records of its own.

A publication looks at what changed since the last one and writes, for each touched lesson, a line for the class
(`bulletin_lesson`) and a line for each pupil who has something of his own there (`diary`). It is one entry in the
ledger, whatever its size, and runs on the write path like everything else.

Holds always:
1. Families hold diary and bulletin scopes only, so what is not published can't leak (regulation 1.6).
2. Nothing is published for a pupil without consent; withdrawing it takes the scope away (`sync.scopes`).
3. What is held is not in the journal's cells, so it is never published.
Not here: when to publish (`server.publisher`).
"""

from collections import defaultdict
from typing import Any

from server.exchange.working import Working
from sync.days import day_of
from sync.facts import Facts, Values
from sync.marks import weight_of
from sync.scopes import consented

SINCE = "published_seq"
AT = "published_at"
DEVICE = "publisher"

Lesson = tuple[str, str, str]  # journal, date, number


def publish(work: Working, moment: int) -> int:
    """Publish what changed since the last publication; answers how many records it wrote."""
    work.flush()  # what other jobs of this commit have written must be seen by the questions below
    since = int(work.tx.meta(SINCE) or 0)
    head = work.seq
    seq = work.next_seq
    facts = work.facts
    lessons, lines = _touched(work, since, head)
    _prefetch(work, lessons, lines)
    written = _covers(work, since, head, moment, seq)
    for lesson in lessons:
        written += _bulletin_lesson(work, facts, lesson, seq)
    for lesson, pupil in lines:
        if consented(pupil, facts):
            written += _line(work, lesson, pupil, seq)
    if written:
        row = work.device(DEVICE, DEVICE)
        row.known += 1
        row.at = moment
        work.touch(row)
        work.log(
            device=DEVICE, n=row.known, person=DEVICE, kind="publication", key=f"{since}-{head}", content=b"{}",
            claimed=moment, written=moment, after=moment, before=moment, arrived=moment,
            verdict="accepted", reason="", detail={"records": written}, authority=0,
        )  # fmt: skip
    work.tx.set_meta(SINCE, str(work.seq))
    work.tx.set_meta(AT, str(moment))
    return written


def _touched(work: Working, since: int, head: int) -> tuple[list[Lesson], list[tuple[Lesson, str]]]:
    """Lessons whose own cells changed, and (lesson, pupil) of those whose marks or attendance did."""
    lessons: dict[Lesson, None] = {}
    lines: dict[tuple[Lesson, str], None] = {}
    for key in work.tx.changed("lesson", since, head):
        journal, date, number = key.split("/")
        lessons[journal, date, number] = None
    for kind in ("mark", "attendance"):
        for key in work.tx.changed(kind, since, head):
            journal, date, number, pupil, *_ = key.split("/")
            lines[(journal, date, number), pupil] = None
            lessons[journal, date, number] = None
    for pupil in work.tx.changed("consent", since, head):
        if consented(pupil, work.facts):  # given anew: everything of this pupil is published from the start
            for kind in ("mark", "attendance"):
                for key in work.tx.keys_with_part(kind, pupil):
                    journal, date, number, *_ = key.split("/")
                    lines[(journal, date, number), pupil] = None
    return list(lessons), list(lines)


def _prefetch(work: Working, lessons: list[Lesson], lines: list[tuple[Lesson, str]]) -> None:
    wanted: list[tuple[str, str]] = [("lesson", "/".join(x)) for x in lessons]
    for (journal, date, number), pupil in lines:
        key = f"{journal}/{date}/{number}/{pupil}"
        wanted += [("mark", f"{key}/1"), ("mark", f"{key}/2"), ("attendance", key)]
        wanted.append(("diary", f"{pupil}/{date}/{number}/{journal}"))
    for journal, date, number in lessons:
        class_id = (work.facts.journal(journal) or {}).get("class_id")
        if class_id:
            wanted.append(("bulletin_lesson", f"{class_id}/{date}/{number}/{journal}"))
    work.fetch(wanted)


def _write(work: Working, kind: str, key: str, values: Values, seq: int) -> int:
    row = work.row(kind, key)
    if all(row.values.get(c) == v for c, v in values.items()):
        return 0
    row.values |= values
    row.seq = seq
    work.change(kind, row)
    return 1


def _line(work: Working, lesson: Lesson, pupil: str, seq: int) -> int:
    journal, date, number = lesson
    key = f"{journal}/{date}/{number}/{pupil}"
    rows = [work.row("mark", f"{key}/{place}").values for place in (1, 2)]
    marks = [[r["value"], r.get("comment")] for r in rows if r.get("value") is not None]
    here = work.row("attendance", key).values
    presence = here.get("presence") if here.get("presence") != "present" else None
    excuse = here.get("reason") if presence == "absent" else None
    values: Values = {
        "marks": marks or None,
        "presence": presence,
        "minutes": here.get("minutes") if presence == "late" else None,
        "excuse": excuse,
    }
    return _write(work, "diary", f"{pupil}/{date}/{number}/{journal}", values, seq)


def _bulletin_lesson(work: Working, facts: Facts, lesson: Lesson, seq: int) -> int:
    journal, date, number = lesson
    known = facts.journal(journal)
    if known is None or not known.get("class_id"):
        return 0
    row = work.row("lesson", "/".join(lesson)).values
    values: Values = {
        "subject": subject_name(facts, known),
        "teacher": _teacher(facts, journal, date, number),
        "topic": row.get("topic"),
        "work": row.get("work"),
        "weight": weight_of(row.get("work"), facts.school.get("weights")),
        "homework": row.get("homework"),
        "due": row.get("due"),
    }
    return _write(work, "bulletin_lesson", f"{known['class_id']}/{date}/{number}/{journal}", values, seq)


def _teacher(facts: Facts, journal: str, date: str, number: str) -> str | None:
    rights = [*facts.substitutions[journal].values(), *facts.teachings[journal].values()]
    right = next((r for r in rights if r.covers(date, number)), None)
    return short_name(facts.get("person", right.person)) if right else None


def short_name(person: Values | None) -> str | None:
    """«Петрова А. П.»: how a member of staff is named to families."""
    if not person:
        return None
    initials = " ".join(f"{n[0]}." for n in (person.get("first_name"), person.get("middle_name")) if n)
    return f"{person.get('last_name') or ''} {initials}".strip()


def subject_name(facts: Facts, journal: Values) -> str | None:
    """The subject's name as families read it."""
    return (facts.get("subject", journal.get("subject") or "") or {}).get("name")


def _covers(work: Working, since: int, head: int, moment: int, seq: int) -> int:
    """Bulletins and diary cards; only looked at when something they show has changed."""
    shown = ("slot", "bell", "break", "term", "class", "enrolment", "member", "journal", "subject", "school", "consent")
    if not any(work.tx.changed(kind, since, head) for kind in shown):
        return 0
    facts = work.facts
    today = day_of(moment, facts.timezone)
    slots: dict[str, list[list[Any]]] = defaultdict(list)
    for slot in work.tx.every("slot"):
        journal, weekday, number, starts = slot.key.split("/")
        slots[journal].append([int(weekday), int(number), starts, slot.values.get("ends"), slot.values.get("room")])
    shared = {
        "school_name": facts.school.get("name"),
        "publication": facts.school.get("publication") or "live",
        "timezone": facts.timezone,  # a family holds no record of the school, and "today" is the school's day
        "bells": sorted([int(b.key), b.values.get("starts"), b.values.get("ends")] for b in work.tx.every("bell")),
        "breaks": [[b.values.get(c) for c in ("name", "starts", "ends")] for b in work.tx.every("break")],
        "terms": [[t.values.get(c) for c in ("name", "starts", "ends")] for t in work.tx.every("term")],
    }
    work.fetch(("bulletin", c) for c in facts.records["class"])
    work.fetch(("diary_card", p) for p in facts.records["pupil"])
    written = 0
    for class_id, row in facts.records["class"].items():
        timetable = _timetable(facts, class_id, slots)
        written += _write(
            work, "bulletin", class_id, {**shared, "class_name": row.get("name"), "timetable": timetable}, seq
        )
        written += sum(_card(work, facts, class_id, pupil, today, seq) for pupil in facts.enrolments.get(class_id, {}))
    return written


def _timetable(facts: Facts, class_id: str, slots: dict[str, list[list[Any]]]) -> list[list[Any]]:
    out = []
    for journal in sorted(facts.journals_of.get(class_id, ())):
        name = subject_name(facts, facts.journal(journal) or {})
        out += [[day, number, journal, name, room, starts, ends] for day, number, starts, ends, room in slots[journal]]
    return sorted(out, key=lambda line: (line[0], line[1], line[2]))


def _card(work: Working, facts: Facts, class_id: str, pupil: str, today: str, seq: int) -> int:
    lines = facts.enrolments[class_id][pupil].values()
    if not consented(pupil, facts) or not any(line.covers(today) for line in lines):
        return 0
    journals = [j for j in sorted(facts.journals_of.get(class_id, ())) if _attends(facts, class_id, j, pupil, today)]
    card = facts.get("pupil", pupil) or {}
    name = f"{card.get('last_name') or ''} {card.get('first_name') or ''}".strip()
    return _write(work, "diary_card", pupil, {"name": name, "class_id": class_id, "journals": journals}, seq)


def _attends(facts: Facts, class_id: str, journal: str, pupil: str, today: str) -> bool:
    subgroup = (facts.journal(journal) or {}).get("subgroup")
    if not subgroup:
        return True
    member = facts.members.get(f"{class_id}/{subgroup}", {}).get(pupil)
    return member is not None and member.covers(today)
