"""Facts: the part of the school that the rules read, indexed for constant-time questions.

The server keeps one Facts per school and puts every accepted record of a `fact` kind into it; the tablet's
port is fed from the scopes it holds. Putting a record twice is the same as once.
"""

from collections import defaultdict
from typing import Any

from msgspec import Struct, structs

from sync.days import Span, span_of
from sync.locks import LOCKED, OPEN, Change

Values = dict[str, Any]

SCALE = ("5", "4", "3", "2", "1", "зач", "незач", "н/а", "осв", ".")


class Right(Struct, frozen=True):
    """A right of a person: the days of lessons it covers, and the `span` in which it may be used. `numbers`: only the
    lessons of these numbers; all of the day's when empty."""

    person: str
    span: Span
    starts: str
    ends: str
    numbers: frozenset[str] = frozenset()

    def covers(self, day: str, number: str = "") -> bool:
        """True for a lesson on that day with that number."""
        if self.numbers and number not in self.numbers:
            return False
        return self.starts <= day and (not self.ends or day < self.ends)


class Membership(Struct, frozen=True):
    """That a pupil is in a subgroup (or out of it) from the day `since` on; before it the opposite held."""

    active: bool
    since: str

    def covers(self, day: str) -> bool:
        """True for a lesson on that day."""
        return self.active == (day >= self.since)


class Held(Struct, frozen=True):
    """A role of a person (`sync.model.school.Grant`), with the class it is for where it has one."""

    role: str
    target: str
    span: Span


class OpeningFact(Struct, frozen=True):
    """What was opened for a person, and when it may be used. Empty `term` or `journal`: any."""

    term: str
    journal: str
    span: Span

    def covers(self, term: str, journal: str) -> bool:
        """True when an entry of that term and journal may be written in the span in spite of lock and window."""
        return self.term in ("", term) and self.journal in ("", journal)


class TermFact(Struct, frozen=True):
    """A term: its days (half-open) and the changes of its lock, oldest first."""

    term: str
    year: str
    starts: str
    ends: str
    changes: tuple[Change, ...]


class YearFact(Struct, frozen=True):
    """A school year: its days (half-open) and the changes of its lock, oldest first."""

    year: str
    starts: str
    ends: str
    changes: tuple[Change, ...]


class Facts:
    """What the rules may ask about a school. Only `put` changes it.

    `follows`: what was found to follow from the facts alone, by question, for the next who asks the same. With any
    change of a fact all of it is forgotten: an entry never meets what was true before.
    """

    def __init__(self) -> None:
        self.records: dict[str, dict[str, Values]] = defaultdict(dict)
        self.school: Values = {}
        self.teachings: dict[str, dict[str, Right]] = defaultdict(dict)
        self.substitutions: dict[str, dict[str, Right]] = defaultdict(dict)
        self.grants: dict[str, dict[str, Held]] = defaultdict(dict)
        self.openings: dict[str, dict[str, OpeningFact]] = defaultdict(dict)
        self.enrolments: dict[str, dict[str, dict[str, Right]]] = defaultdict(lambda: defaultdict(dict))
        self.classes_with: dict[str, set[str]] = defaultdict(set)
        self.members: dict[str, dict[str, Membership]] = defaultdict(dict)
        self.families: dict[str, dict[str, Span]] = defaultdict(dict)
        self.terms: dict[str, TermFact] = {}
        self.years: dict[str, YearFact] = {}
        self.taught: dict[str, set[str]] = defaultdict(set)
        self.journals_of: dict[str, set[str]] = defaultdict(set)
        self.scale = frozenset(SCALE)
        self.follows: dict[Any, Any] = {}

    def put(self, kind: str, key: str, values: Values) -> None:
        """Take in a record as it now stands."""
        self.follows = {}  # another one: who is still working out an answer keeps it in the old one
        before = self.records[kind].get(key)
        self.records[kind][key] = values
        index = getattr(self, f"_put_{kind}", None)
        if index is not None:
            index(key, values, before)

    @property
    def timezone(self) -> str | None:
        """Name of the school's time zone."""
        return self.school.get("timezone")

    def get(self, kind: str, key: str) -> Values | None:
        """A record's values, or None."""
        return self.records[kind].get(key)

    def journal(self, journal: str) -> Values | None:
        """A journal's values, or None."""
        return self.records["journal"].get(journal)

    def term_on(self, day: str) -> TermFact | None:
        """The term that a day lies in."""
        for term in self.terms.values():
            if term.starts <= day < term.ends:
                return term
        return None

    def year_on(self, day: str) -> YearFact | None:
        """The school year that a day lies in."""
        for year in self.years.values():
            if year.starts <= day < year.ends:
                return year
        return None

    def guards_of(self, dated: str, parts: dict[str, str]) -> tuple[YearFact | None, TermFact | None]:
        """The year and the term whose locks guard a record of this key; `dated` as its kind declares it."""
        if dated == "term":
            term = self.terms.get(parts["term"])
            return self.years.get(term.year) if term else None, term
        if dated == "journal":
            return self.years.get((self.journal(parts["journal"]) or {}).get("year") or ""), None
        return (self.year_on(parts["date"]), self.term_on(parts["date"])) if dated else (None, None)

    def in_year(self, day: str) -> bool:
        """True when a school year holds the day, or when no year is known yet."""
        return not self.years or self.year_on(day) is not None

    def role(self, person: str, role: str, moment: int, target: str | None = None) -> bool:
        """True when the person holds the role at that moment (for that class, when one is named)."""
        return any(span.holds(moment) for span in self.spans(person, role, target))

    def spans(self, person: str, role: str, target: str | None = None) -> list[Span]:
        """When the person holds the role (for that class, when one is named)."""
        held = self.grants.get(person, {}).values()
        return [h.span for h in held if h.role == role and (target is None or h.target == target)]

    def enrolled(self, class_id: str, subgroup: str | None, pupil: str, day: str) -> bool | None:
        """Whether the pupil was of the class (and subgroup) that day; None when never of this class at all."""
        lines = self.enrolments[class_id].get(pupil) if class_id in self.enrolments else None
        if not lines:
            return None
        if subgroup:
            member = self.members.get(f"{class_id}/{subgroup}", {}).get(pupil)
            if member is None or not member.covers(day):
                return False
        return any(line.covers(day) for line in lines.values())

    def _put_school(self, key: str, values: Values, before: Values | None) -> None:
        moved = values.get("timezone") != self.school.get("timezone")
        self.school = values
        self.scale = frozenset(values.get("scale") or SCALE)
        if moved:  # every span was reckoned in the old time zone
            for kind in ("teaching", "substitution", "grant", "opening", "enrolment", "family", "term"):
                for other, row in list(self.records[kind].items()):
                    self.put(kind, other, row)

    def _put_journal(self, key: str, values: Values, before: Values | None) -> None:
        if before and before.get("class_id"):
            self.journals_of[before["class_id"]].discard(key)
        if values.get("class_id"):
            self.journals_of[values["class_id"]].add(key)

    def _right(self, key: str, values: Values) -> tuple[str, Right]:
        journal, person, starts = key.split("/")
        ends = values.get("ends") or ""
        return journal, Right(person, span_of(starts, ends, self.timezone), starts, ends)

    def _put_teaching(self, key: str, values: Values, before: Values | None) -> None:
        journal, right = self._right(key, values)
        if values.get("active") is False:
            self.teachings[journal].pop(key, None)
        else:
            self.teachings[journal][key] = right
        self.taught[right.person].add(journal)

    def _put_substitution(self, key: str, values: Values, before: Values | None) -> None:
        journal, right = self._right(key, values)
        if values.get("numbers"):
            right = structs.replace(right, numbers=frozenset(map(str, values["numbers"])))
        if right.ends:
            self.substitutions[journal][key] = right
        else:  # a substitution without an end has been called off
            self.substitutions[journal].pop(key, None)
        self.taught[right.person].add(journal)

    def _put_grant(self, key: str, values: Values, before: Values | None) -> None:
        if before and before.get("person"):
            self.grants[before["person"]].pop(key, None)
        if values.get("person") and values.get("role"):
            span = span_of(values.get("starts"), values.get("ends"), self.timezone)
            self.grants[values["person"]][key] = Held(values["role"], values.get("target") or "", span)

    def _put_opening(self, key: str, values: Values, before: Values | None) -> None:
        person, starts, _ = key.split("/")
        if values.get("ends") and (values.get("term") or values.get("journal")):
            span = span_of(starts, values["ends"], self.timezone)
            self.openings[person][key] = OpeningFact(values.get("term") or "", values.get("journal") or "", span)
        else:  # an opening without an end or a bound opens nothing
            self.openings[person].pop(key, None)

    def _put_enrolment(self, key: str, values: Values, before: Values | None) -> None:
        class_id, pupil, starts = key.split("/")
        ends = values.get("ends") or ""
        right = Right(pupil, span_of(starts, ends, self.timezone), starts, ends)
        self.enrolments[class_id][pupil][starts] = right
        self.classes_with[pupil].add(class_id)

    def _put_member(self, key: str, values: Values, before: Values | None) -> None:
        class_id, subgroup, pupil = key.split("/")
        self.members[f"{class_id}/{subgroup}"][pupil] = Membership(
            bool(values.get("active")), values.get("since") or ""
        )

    def _put_family(self, key: str, values: Values, before: Values | None) -> None:
        guardian, pupil = key.split("/")
        self.families[guardian][pupil] = span_of(values.get("starts"), values.get("ends"), self.timezone)

    def _put_term(self, key: str, values: Values, before: Values | None) -> None:
        changes = tuple(Change(c[0], LOCKED if c[1] else OPEN, c[2], c[3]) for c in values.get("changes") or ())
        starts, ends = values.get("starts") or "9999", values.get("ends") or ""
        self.terms[key] = TermFact(key, values.get("year") or "", starts, ends, changes)

    def _put_year(self, key: str, values: Values, before: Values | None) -> None:
        changes = tuple(Change(*c) for c in values.get("changes") or ())
        self.years[key] = YearFact(key, values.get("starts") or "", values.get("ends") or "9999", changes)
