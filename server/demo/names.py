"""Names of people: Russian first names, patronymics and family names, each with the ending that its bearer needs.

Holds always: `full_name` answers the same for the same random state, and never twice the same (last, first) while
`taken` is the same set.
"""

import random
from pathlib import Path

from msgspec import Struct


def _lists() -> dict[str, list[str]]:
    """The lists of `names.txt`, by heading."""
    found: dict[str, list[str]] = {}
    for block in (Path(__file__).parent / "names.txt").read_text(encoding="utf-8").split("== ")[1:]:
        heading, *words = block.split()
        found[heading] = words
    return found


LISTS = _lists()
BOYS, GIRLS = LISTS["boys"], LISTS["girls"]
# Of a man; a woman's has an «а» or «ая» (see `last_name`), a few have the same form for both.
FAMILIES = LISTS["families"]
# A father's first name -> what his son and his daughter are called after it, where that is not «-ович», «-овна».
PATRONYMICS: dict[str, tuple[str, ...]] = {
    name: tuple(forms.split(",")) if forms else () for name, _, forms in (f.partition("/") for f in LISTS["fathers"])
}
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
    return "".join(
        LATIN.get(letter, letter if letter.isascii() and letter.isalnum() else "") for letter in word.lower()
    )
