"""Names of people: Russian first names, patronymics and family names, each with the ending that its bearer needs.

Holds always: `full_name` answers the same for the same random state, and never twice the same (last, first) while
`taken` is the same set.
"""

import random

from msgspec import Struct

BOYS = (
    "Александр Алексей Андрей Антон Арсений Артём Артур Богдан Вадим Василий Виктор Владимир Владислав Всеволод "
    "Вячеслав Георгий Герман Глеб Григорий Даниил Денис Дмитрий Евгений Егор Елисей Захар Иван Игорь Илья Кирилл "
    "Константин Лев Леонид Макар Максим Марк Матвей Михаил Мирон Никита Николай Олег Павел Пётр Платон Роман Руслан "
    "Савелий Семён Сергей Степан Тимофей Тимур Фёдор Юрий Ярослав"
).split()
GIRLS = (
    "Аделина Алина Алиса Алла Анастасия Ангелина Анна Арина Валерия Варвара Василиса Вера Вероника Виктория Виолетта "
    "Дарья Диана Ева Евгения Екатерина Елена Елизавета Есения Жанна Злата Инна Ирина Карина Кира Кристина Ксения "
    "Лариса Лидия Любовь Людмила Майя Маргарита Марина Мария Милана Мирослава Надежда Наталья Ника Оксана Ольга "
    "Полина Регина Светлана София Таисия Татьяна Ульяна Юлия Яна Ярослава"
).split()
# A father's name, and what his son and his daughter are called after it where that is not «-ович», «-овна».
FATHERS = (
    "Александр/ Алексей/Алексеевич,Алексеевна Анатолий/Анатольевич,Анатольевна Андрей/Андреевич,Андреевна "
    "Антон/ Борис/ Вадим/ Василий/Васильевич,Васильевна Виктор/ Владимир/ Вячеслав/ "
    "Геннадий/Геннадьевич,Геннадьевна Григорий/Григорьевич,Григорьевна Денис/ "
    "Дмитрий/Дмитриевич,Дмитриевна Евгений/Евгеньевич,Евгеньевна Иван/ Игорь/Игоревич,Игоревна "
    "Илья/Ильич,Ильинична Константин/ Леонид/ Лев/Львович,Львовна Максим/ Михаил/Михайлович,Михайловна "
    "Николай/Николаевич,Николаевна Олег/ Павел/Павлович,Павловна Пётр/Петрович,Петровна Роман/ "
    "Сергей/Сергеевич,Сергеевна Станислав/ Степан/ Фёдор/ Юрий/Юрьевич,Юрьевна Яков/Яковлевич,Яковлевна "
    "Ярослав/"
).split()
# Of a man; a woman's has an «а» or «ая» (see `last_name`), a few have the same form for both.
FAMILIES = (
    "Абрамов Авдеев Агапов Аксёнов Алексеев Андреев Анисимов Антонов Артемьев Архипов Афанасьев Баранов Барсуков "
    "Белов Беляев Беспалов Блинов Бобров Богданов Болотников Борисов Бочаров Булгаков Быков Васильев Веселов Виноградов "
    "Власов Волков Воробьёв Воронцов Гаврилов Галкин Герасимов Глухов Голубев Гончаров Горбунов Гордеев Горшков "
    "Грачёв Григорьев Громов Гусев Давыдов Данилов Дегтярёв Дементьев Денисов Дмитриев Добрынин Дорофеев Дроздов "
    "Дубинин Евдокимов Егоров Елисеев Емельянов Ерёмин Ермаков Ершов Ефимов Жаров Жданов Жилин Журавлёв Завьялов "
    "Зайцев Захаров Зверев Зимин Золотов Зотов Зубов Зуев Иванов Игнатьев Ильин Исаев Исаков Калашников Калинин "
    "Карпов Касаткин Киселёв Климов Князев Козлов Колесников Комаров Кондратьев Коновалов Корнилов Коротков Королёв "
    "Костин Котов Кошелев Крылов Крюков Кудрявцев Кузьмин Куликов Лаврентьев Лазарев Лапин Лебедев Логинов Лукин Лыков "
    "Мазуров Макаров Максимов Малышев Мальцев Марков Мартынов Маслов Матвеев Медведев Мельников Миронов Михайлов "
    "Моисеев Молчанов Морозов Муравьёв Назаров Наумов Нестеров Никитин Николаев Никулин Новиков Овчинников Одинцов "
    "Осипов Павлов Панов Панфилов Пахомов Песков Петухов Поляков Пономарёв Попов Потапов Прокофьев Прохоров Пугачёв "
    "Рогов Родионов Романов Рощин Рыбаков Рябов Савельев Савин Сазонов Самойлов Сафонов Свиридов Селезнёв Семёнов "
    "Сергеев Серов Сидоров Симонов Ситников Скворцов Соболев Соловьёв Сорокин Степанов Столяров Субботин Суворов "
    "Суханов Сычёв Тарасов Терентьев Тимофеев Титов Тихонов Третьяков Трофимов Туманов Уваров Ульянов Успенский "
    "Устинов Фадеев Федосеев Филатов Филиппов Фокин Фомин Фролов Харитонов Хохлов Царёв Цветков Чернов Черных "
    "Чистяков Шаповалов Шевченко Шилов Ширяев Шубин Щеглов Щербаков Юдин Яковлев Яровой Ярославцев"
).split()
PATRONYMICS = {name: tuple(forms.split(",")) if forms else () for name, _, forms in (f.partition("/") for f in FATHERS)}
LATIN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh sch _ y _ e yu ya".replace("_", "").split(" "),
        strict=True,
    )
)


class Name(Struct, frozen=True):
    """A person's name in full."""

    last: str
    first: str
    middle: str
    woman: bool

    @property
    def listed(self) -> str:
        """As in a class list: «Ковалёва Дарья»."""
        return f"{self.last} {self.first}"


def last_name(of_a_man: str, woman: bool) -> str:
    """The family name with its bearer's ending."""
    if not woman or of_a_man.endswith(("их", "ых", "ко")):
        return of_a_man
    if of_a_man.endswith(("ий", "ой")):
        return of_a_man[:-2] + "ая"
    return of_a_man + "а"


def middle_name(father: str, woman: bool) -> str:
    """The patronymic of a child of a father with this first name, with its bearer's ending."""
    irregular = PATRONYMICS[father]
    return irregular[woman] if irregular else father + ("овна" if woman else "ович")


def name_of(last: str, first: str, middle: str) -> Name:
    """A chosen name; the sex follows from the patronymic."""
    return Name(last, first, middle, middle.endswith("на"))


def full_name(
    dice: random.Random, taken: set[tuple[str, str]], family: str = "", woman: bool | None = None, father: str = ""
) -> Name:
    """A name at random whose (last, first) nobody in `taken` has; it is added there."""
    while True:
        female = dice.random() < 0.5 if woman is None else woman
        last = last_name(family or dice.choice(FAMILIES), female)
        first = dice.choice(GIRLS if female else BOYS)
        if (last, first) not in taken:
            taken.add((last, first))
            return Name(last, first, middle_name(father or dice.choice(list(PATRONYMICS)), female), female)


def in_latin(word: str) -> str:
    """A word in small Latin letters, for a login that is easy to type."""
    return "".join(LATIN.get(letter, letter if letter.isascii() and letter.isalnum() else "") for letter in word.lower())
