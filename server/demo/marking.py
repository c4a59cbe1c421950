"""Marks as teachers give them: how many at a lesson, which value, with what comment.

A pupil's marks lie about his or her own level, which differs a little from subject to subject.
"""

import random

from server.demo.staff import SEED

# Of the pupils present, how many get a mark for a piece of work.
SHARES = {
    "control": 0.95, "dictation": 0.95, "independent": 0.85, "laboratory": 0.7, "practical": 0.7, "excursion": 0.0,
    "homework": 0.3,
}  # fmt: skip
PRACTICAL = ("sport", "music", "art", "craft")  # everybody does something at each lesson
UNMARKED = ("ethics",)  # taught without marks
PASSED = ("project", "culture")  # зач, незач
EXEMPT = 0.02  # of pupils are exempt from physical training
SPREAD = 0.62
COMMENTED = 0.03
PRAISE = (
    "Красивое решение", "Отличный ответ у доски", "Молодец, заметный рост", "Полный и самостоятельный ответ",
    "Интересный пример из жизни", "Работа без единой ошибки", "Помог соседу разобраться", "Аккуратная работа",
    "Задача 4 — красивое решение",
)  # fmt: skip
MIDDLE = (
    "Ход решения верный, ошибка в вычислении", "Нужно подробнее обосновывать", "Потерян знак в последнем действии",
    "Две ошибки по невнимательности", "Правило знает, применяет неуверенно", "Не хватило одного примера",
)  # fmt: skip
CONCERN = (
    "Задание выполнено наполовину", "Повторить тему к следующему уроку", "Не был готов к уроку",
    "Приглашаю на консультацию", "Домашняя работа не сделана", "Можно пересдать на этой неделе",
)  # fmt: skip


class Level:
    """How well a pupil does in each subject."""

    def __init__(self, pupils: list[str]) -> None:
        self._of: dict[str, tuple[float, float, bool]] = {}
        for pupil in pupils:
            dice = random.Random(f"{SEED}/level/{pupil}")
            self._of[pupil] = (min(5.0, max(2.7, dice.gauss(4.0, 0.55))), dice.random(), dice.random() < EXEMPT)

    def of(self, pupil: str, subject: str) -> float:
        """The level that the pupil's marks in a subject lie about."""
        level, phase, _ = self._of[pupil]
        bias = ((phase * 997 + sum(map(ord, subject))) % 1.0 - 0.5) * 0.7
        return level + bias + (0.35 if subject in PRACTICAL else 0.0)

    def exempt(self, pupil: str, subject: str) -> bool:
        """True for a pupil who doesn't take part in physical training."""
        return subject == "sport" and self._of[pupil][2]


def how_many(dice: random.Random, subject: str, work: str, present: int, hours: int) -> int:
    """How many of the pupils present get a mark at a lesson with this kind of work: more where lessons are few."""
    if subject in UNMARKED or present == 0:
        return 0
    if work in SHARES:
        return round(present * min(1.0, SHARES[work] + dice.random() * 0.05))
    usual = {1: 5, 2: 3}.get(hours, 2) * present // 25 + (subject in PRACTICAL)
    return min(present, max(0, usual + dice.randrange(-1, 2)))


def value_of(dice: random.Random, level: float, subject: str, work: str) -> str:
    """A mark's value."""
    if subject in PASSED:
        return "зач" if dice.random() < 0.97 else "незач"
    if work in SHARES and dice.random() < 0.015:
        return "."  # the work is owed
    harder = 0.25 if work in ("control", "dictation") else 0.0
    drawn = level - harder + (dice.random() + dice.random() - 1) * 2 * SPREAD
    return str(min(5, max(2, round(drawn))))


def comment_on(dice: random.Random, value: str) -> str:
    """What the teacher adds; mostly nothing."""
    if dice.random() >= COMMENTED:
        return ""
    return dice.choice({"5": PRAISE, "4": MIDDLE, "зач": PRAISE}.get(value, CONCERN))
