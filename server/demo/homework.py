"""Homework as teachers write it, by subject."""

import random

# In braces: a number that grows through the year (§, page, exercise) or one at random.
TEXTS = {
    "algebra": ("§ {s}, № {n} (а, в), {m}", "№ {n}, {m} (чётные)", "§ {s}, № {n}; повторить формулы", "карточка {k}"),
    "geometry": ("п. {s}, № {n}, {m}", "выучить теорему, № {n}", "п. {s}, вопросы {k}–{l}, № {n}"),
    "statistics": ("§ {s}, № {n}", "§ {s}, задача {k}"),
    "maths": ("с. {p}, № {n}, {m}", "№ {n} (а, б), {m}", "с. {p}, № {n}; таблица умножения"),
    "russian": ("упр. {n}, правило на с. {p}", "§ {s}, упр. {n}", "упр. {n} (по заданию)", "словарные слова, с. {p}"),
    "literature": (
        "прочитать до с. {p}",
        "ответить на вопросы, с. {p}",
        "выучить отрывок наизусть",
        "характеристика героя",
    ),
    "reading": ("с. {p}–{q}, пересказ", "с. {p}, выразительное чтение", "выучить наизусть, с. {p}"),
    "english": ("слова, с. {p}", "упр. {k}, с. {p}", "с. {p}, упр. {k}, {l} (письменно)", "WB, с. {p}"),
    "history": ("§ {s}, таблица в тетради", "§ {s}, вопросы {k}–{l}", "§ {s}, даты наизусть"),
    "society": ("§ {s}, вопросы {k}–{l}", "§ {s}, понятия выучить", "привести примеры из новостей"),
    "geography": ("§ {s}, контурная карта", "§ {s}, вопросы {k}–{l}", "§ {s}, номенклатура"),
    "biology": ("§ {s}, вопросы {k}–{l}", "§ {s}, рисунок в тетради", "§ {s}, таблица"),
    "physics": ("§ {s}, упр. {k}", "§ {s}, задачи № {n}, {m}", "§ {s}, оформить лабораторную работу"),
    "chemistry": ("§ {s}, упр. {k}–{l}", "§ {s}, уравнения реакций № {k}", "§ {s}, задача {l}"),
    "computing": ("§ {s}, вопросы {k}–{l}", "§ {s}; закончить программу", "РТ, № {n}"),
    "world": ("с. {p}–{q}, вопросы", "с. {p}, рабочая тетрадь", "наблюдения за погодой"),
    "safety": ("§ {s}", "§ {s}, вопросы {k}–{l}"),
    "culture": ("§ {s}, пересказ", "§ {s}, вопрос {k}"),
    "project": ("дополнить черновик", "найти два источника"),
}
NONE = ("art", "music", "craft", "sport", "ethics")  # nothing is set at home, but rarely
RARELY = ("принести материалы к следующему уроку", "закончить работу", "спортивная форма")


def homework(dice: random.Random, subject: str, place: float) -> str:
    """What is set, or "". `place`: how far the year has gone, 0 to 1."""
    if subject in NONE:
        return dice.choice(RARELY) if dice.random() < 0.08 else ""
    number = 20 + int(place * 800) + dice.randrange(12)
    page = 6 + int(place * 180) + dice.randrange(3)
    few = dice.randrange(1, 6)
    return dice.choice(TEXTS[subject]).format(
        s=1 + int(place * 50), n=number, m=number + dice.randrange(1, 8), p=page, q=page + 2, k=few, l=few + 2
    )
