"""The curriculum: subjects, and how many hours a week each has in a grade.

Holds always: the hours of a grade are the most that the sanitary rules allow at a five-day week.
"""

from msgspec import Struct


class Course(Struct, frozen=True):
    """A subject with its hours by grade. `halves`: taught in two subgroups at once. `area`: whose teacher takes it."""

    subject: str
    name: str
    short: str
    area: str
    hours: dict[int, int]
    halves: bool = False


# The most lessons a week that a class of the grade may have (SanPiN 1.2.3685-21, five-day week).
MOST_HOURS = {1: 21, 2: 23, 3: 23, 4: 23, 5: 29, 6: 30, 7: 32, 8: 33, 9: 33, 10: 34, 11: 34}
WEEKS = {1: 33}  # teaching weeks of a year; 34 in every other grade


def _hours(text: str) -> dict[int, int]:
    """ "5-6:3 7:2" as hours by grade."""
    found = {}
    for piece in text.split():
        grades, hours = piece.split(":")
        first, _, last = grades.partition("-")
        for grade in range(int(first), int(last or first) + 1):
            found[grade] = int(hours)
    return found


# subject | name | short | area | hours by grade | taught in halves
TABLE = """
russian    | Русский язык               | Рус. яз.  | russian  | 1-5:5 6:6 7:4 8-11:3                          |
reading    | Литературное чтение        | Чтение    | primary  | 1-3:4 4:3                                     |
literature | Литература                 | Лит-ра    | russian  | 5-6:3 7-8:2 9-11:3                            |
english    | Английский язык            | Англ. яз. | english  | 2-4:2 5-11:3                                  | halves
maths      | Математика                 | Матем.    | maths    | 1-4:4 5-6:5                                   |
algebra    | Алгебра                    | Алгебра   | maths    | 7-9:3 10-11:4                                 |
geometry   | Геометрия                  | Геометрия | maths    | 7-11:2                                        |
statistics | Вероятность и статистика   | Вер. и ст.| maths    | 7-11:1                                        |
computing  | Информатика                | Информ.   | computing| 5-10:1 11:2                                   | halves
history    | История                    | История   | history  | 5-11:3                                        |
society    | Обществознание             | Общество  | history  | 6-9:1 10-11:2                                |
ethics     | Основы религиозных культур и светской этики | ОРКСЭ | primary | 4:1                              |
culture    | Основы духовно-нравственной культуры | ОДНКНР | history | 5:1                                   |
world      | Окружающий мир             | Окр. мир  | primary  | 1-4:2                                         |
geography  | География                  | География | geography| 5-6:1 7-9:2 10-11:1                           |
biology    | Биология                   | Биология  | biology  | 5-6:1 7-11:2                                  |
physics    | Физика                     | Физика    | physics  | 7-8:2 9-11:3                                  |
chemistry  | Химия                      | Химия     | chemistry| 8-11:2                                        |
art        | Изобразительное искусство  | ИЗО       | craft    | 1-7:1                                         |
music      | Музыка                     | Музыка    | music    | 1-8:1                                         |
craft      | Труд (технология)          | Труд      | craft    | 1-4:1 5-8:2 9:1                               |
sport      | Физическая культура        | Физ-ра    | sport    | 1-4:3 5-11:2                                  |
safety     | Основы безопасности и защиты Родины | ОБЗР | sport    | 8-11:1                                        |
project    | Индивидуальный проект      | Проект    | geography| 10:1                                          |
"""


def _courses() -> dict[str, Course]:
    found = {}
    for line in TABLE.strip().splitlines():
        subject, name, short, area, hours, halves = (piece.strip() for piece in line.split("|"))
        found[subject] = Course(subject, name, short, area, _hours(hours), halves == "halves")
    return found


COURSES = _courses()


def courses_of(grade: int) -> list[tuple[Course, int]]:
    """The subjects of a grade with their hours a week."""
    return [(course, course.hours[grade]) for course in COURSES.values() if grade in course.hours]


def area_of(course: Course, grade: int) -> str:
    """Who teaches it: up to grade 4 the class's own teacher gives all but foreign language, music and sport."""
    return "primary" if grade <= 4 and course.area not in ("english", "music", "sport") else course.area


def weeks_of(grade: int) -> int:
    """Teaching weeks of a year."""
    return WEEKS.get(grade, 34)


def days_of(grade: int, hours: int) -> list[int]:
    """Lessons on each of five days that make up `hours` a week, as even as can be, the middle of the week heaviest."""
    base, more = divmod(hours, 5)
    longer = {2: 0, 1: 1, 3: 2, 0: 3, 4: 4}  # Wednesday first, then Tuesday, Thursday, Monday, Friday
    return [base + (longer[day] < more) for day in range(5)]
