"""Thematic plans (КТП): the topics of a year, one line per lesson, from the texts in `plans/`.

A text names the sections of a year and their topics; a topic that has more than one lesson is stretched by steps
("решение задач"), a section ends with a control work or a summary, and a plan that is too short for its topics joins
neighbours.

Holds always:
1. A plan has exactly as many lines as the year has lessons.
2. Control works are at most a tenth of the lessons (letter of the ministry, 06.08.2021); grade 1 has none.
"""

import re
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from server.demo.curriculum import COURSES

FOLDER = Path(__file__).parent / "plans"
HEADING = re.compile(r"== (?:([a-z]+) )?(\d+)(?:-(\d+))?")
# What a topic that begins so is, as a kind of work; such a topic has one lesson.
ONCE = {"Лабораторная работа": "laboratory", "Практическая работа": "practical", "Экскурсия": "excursion"}
EXACT = ("", "решение задач", "закрепление", "самостоятельная работа", "задачи повышенной трудности", "повторение")
LANGUAGE = ("", "упражнения", "закрепление", "самостоятельная работа", "развитие речи", "повторение")
TEXT = ("", "работа с источником", "обсуждение", "практикум", "повторение")
FICTION = ("", "герои и события", "анализ текста", "проблемы произведения", "развитие речи")
SKILL = ("", "упражнения", "закрепление", "самостоятельное выполнение", "зачётный урок")
STEPS = {
    **dict.fromkeys(("maths", "algebra", "geometry", "statistics", "physics", "chemistry", "computing"), EXACT),
    **dict.fromkeys(("russian", "english"), LANGUAGE),
    **dict.fromkeys(("literature", "reading"), FICTION),
    **dict.fromkeys(("art", "music", "craft", "sport"), SKILL),
}
INDEPENDENT = "самостоятельная работа"
# Subjects whose sections end with a control work; the others end with a summary.
TESTED = (
    "russian", "maths", "algebra", "geometry", "statistics", "physics", "chemistry", "english", "biology", "history",
    "geography", "computing", "society", "world",
)  # fmt: skip
OPENING = "Вводный урок. Повторение изученного"
CLOSING = "Итоговый урок года"


class Line(Struct, frozen=True):
    """A line of a thematic plan. `work`: the kind of work, "" for an ordinary lesson."""

    number: int
    topic: str
    work: str = ""


@lru_cache(maxsize=1)
def texts() -> dict[tuple[str, int], list[tuple[str, list[str]]]]:
    """(subject, grade) -> sections with their topics, as they stand in the texts."""
    found: dict[tuple[str, int], list[tuple[str, list[str]]]] = {}
    for path in sorted(FOLDER.glob("*.txt")):
        sections: list[tuple[str, list[str]]] = []
        for line in path.read_text(encoding="utf-8").splitlines():
            heading = HEADING.fullmatch(line)
            if heading:
                subject, first, last = heading.groups()
                sections = []
                for grade in range(int(first), int(last or first) + 1):
                    found[subject or path.stem, grade] = sections
            elif line.strip():
                section, _, topics = line.partition(": ")
                sections.append((section, [topic.strip() for topic in topics.split(";")]))
    return found


@lru_cache(maxsize=256)
def plan_of(subject: str, grade: int, lessons: int) -> tuple[Line, ...]:
    """The plan of a year of so many lessons."""
    sections = texts()[subject, grade]
    closings = _closings(subject, grade, sections, lessons)
    count = lessons - sum(1 for c in closings if c) - 2
    shares = _shares([topic for _, topics in sections for topic in topics], count)
    lines: list[tuple[str, str]] = [(OPENING, "")]
    place = 0
    works = dict.fromkeys(ONCE, 0)
    for (_, topics), closing in zip(sections, closings, strict=True):
        waiting: list[str] = []
        for topic in topics:
            share = shares[place]
            place += 1
            waiting.append(_numbered(topic, works))
            if share:
                lines += _stretched(". ".join(waiting), share, STEPS.get(subject, TEXT), grade)
                waiting = []
        if waiting and lines:  # a topic without a lesson of its own goes with the one before
            topic, work = lines[-1]
            lines[-1] = (". ".join((topic, *waiting)), work)
        if closing:
            lines.append(closing)
    lines.append((CLOSING, ""))
    return tuple(Line(number, topic, work) for number, (topic, work) in enumerate(lines, 1))


def _closings(
    subject: str, grade: int, sections: list[tuple[str, list[str]]], lessons: int
) -> list[tuple[str, str] | None]:
    """How each section ends: (topic, kind of work), or None when the year has no lesson to spare."""
    tests = lessons // 10 if subject in TESTED and grade > 1 else 0
    found: list[tuple[str, str] | None] = []
    number = 0
    for place, (section, topics) in enumerate(sections):
        left = len(sections) - place
        if tests - number > 0 and (left <= tests - number or len(topics) > 3):
            number += 1
            if subject == "russian" and number % 2:
                found.append((f"Контрольный диктант № {number // 2 + 1} «{section}»", "dictation"))
            else:
                label = number // 2 if subject == "russian" else number
                found.append((f"Контрольная работа № {label} «{section}»", "control"))
        elif lessons > 60 or len(sections) < 5:
            found.append((f"Проверяем себя: {section}" if grade == 1 else f"Обобщение: {section}", ""))
        else:
            found.append(None)
    return found


def _shares(topics: list[str], count: int) -> list[int]:
    """How many lessons each topic gets, `count` in all and as even as can be; a single work gets one."""
    single = [topic.startswith(tuple(ONCE)) for topic in topics]
    rest, wide = count - sum(single), len(topics) - sum(single)
    if rest < wide * 0.5:  # hardly any room: works are stretched and joined like every topic
        single, rest, wide = [False] * len(topics), count, len(topics)
    shares = []
    given = place = 0
    for once in single:
        if once:
            shares.append(1)
            continue
        place += 1
        upto = rest * place // wide
        shares.append(upto - given)
        given = upto
    return shares


def _numbered(topic: str, works: dict[str, int]) -> str:
    """ "Лабораторная работа «…»" gets its number in the year."""
    for start in ("Лабораторная работа", "Практическая работа"):
        if topic.startswith(start):
            works[start] += 1
            return topic.replace(start, f"{start} № {works[start]}", 1)
    return topic


def _stretched(topic: str, lessons: int, steps: tuple[str, ...], grade: int) -> list[tuple[str, str]]:
    work = next((work for start, work in ONCE.items() if topic.startswith(start)), "")
    found = [(topic, work)]
    for n in range(1, lessons):
        step = steps[n] if n < len(steps) else f"урок {n + 1}"
        label = f"{topic}. {step[0].upper()}{step[1:]}"
        found.append((label, "independent" if step == INDEPENDENT and grade > 1 else ""))
    return found


def missing() -> list[str]:
    """Courses of the curriculum that no text covers."""
    return [
        f"{course.subject} {grade}" for course in COURSES.values() for grade in course.hours
        if (course.subject, grade) not in texts()
    ]  # fmt: skip
