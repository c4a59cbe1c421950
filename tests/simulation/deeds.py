"""What people do: each deed is an op that somebody writes on a tablet, by what that tablet shows.

Most deeds are lawful, many are late, some are a stranger's, some are nonsense.
"""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from tests.simulation.device import Tablet
from tests.simulation.school import JOURNALS, PUPILS, TEACHERS, TERMS

VALUES = ("5", "4", "3", "2", None, "н/а", "5", "4")
HOME_TEACHER = {"8b-alg": "t1", "8b-eng": "t2", "9v-his": "t3", "1a-read": "t2"}
HOME = {"t1": "8b-alg", "t2": "8b-eng", "t3": "9v-his", "t4": "9v-his", "tutor": "8b-alg"}


class Deed(Struct, frozen=True):
    """One op: or `raw` bytes that are none."""

    kind: str
    key: str
    set: dict[str, Any]
    raw: bytes | None = None


# What a school is busy with in a story: who takes part, and what that person mostly does.
THEMES = {
    "lock": {"admin": "lock", "deputy": "decide"}, "grant": {"admin": "grant"}, "transfer": {"admin": "transfer"},
    "consent": {"admin": "consent", "guardian": "nothing"}, "family": {"admin": "family", "guardian": "nothing"},
    "substitute": {"deputy": "substitute", "t2": "mark"}, "teaching": {"deputy": "teaching", "t3": "mark"},
    "year": {"admin": "year", "deputy": "decide", "t2": "mark"}, "reopened": {"admin": "year", "deputy": "opening"},
    "opening": {"deputy": "opening", "admin": "lock"}, "decide": {"deputy": "decide"},
}  # fmt: skip


class People:
    """Chooses deeds. `timezone`: the school's. `theme`: one of THEMES."""

    def __init__(self, random: Random, timezone: str, theme: str) -> None:
        self.random, self.zone, self.theme = random, ZoneInfo(timezone), theme

    def deeds(self, tablet: Tablet, now: int, only: str = "") -> list[Deed]:
        """What the tablet's person does now: mostly one thing, sometimes several at once. `only`: nothing but this."""
        random, person = self.random, tablet.person
        today = datetime.fromtimestamp(now / 1000, self.zone).date()
        choices = [self._nonsense] if random.random() < 0.04 else self._of(person)
        theme = THEMES[self.theme].get(person)
        if only or (theme and random.random() < 0.4):
            choices = [getattr(self, f"_{only or theme}")]
        found = []
        for _ in range(random.choice((1, 1, 2, 3, 5))):
            deed = random.choice(choices)(tablet, today)
            if deed is not None:
                found.append(deed)
        return found

    def _of(self, person: str) -> list[Any]:
        if person in TEACHERS:
            mine = [self._mark] * 5 + [self._lesson, self._presence, self._term_mark, self._plan, self._settle]
            mine += [self._read, self._plead]
            return mine if person != "t4" else [*mine, self._decide]
        if person == "tutor":
            return [self._excuse, self._excuse, self._mark, self._settle, self._read]
        if person in ("deputy", "deputy2"):
            decide = [self._decide] * 5
            return [*decide, self._mark, self._settle, self._settle, self._substitute, self._teaching, self._opening,
                    self._member, self._follow]  # fmt: skip
        if person == "admin":
            return [
                self._lock,
                self._lock,
                self._lock,
                self._grant,
                self._transfer,
                self._consent,
                self._setting,
                self._family,
            ]
        if person in ("director", "observer"):
            return [self._follow, self._follow, self._nothing, self._mark]
        return [self._nothing] * 5 + [self._mark]

    # ---- teachers

    def _day(self, today: date) -> str:
        back = self.random.choice((0, 0, 0, 0, 1, 1, 2, 4, 9, 13, 15, 20, 35, -1))
        return (today - timedelta(days=back)).isoformat()

    def _lesson_key(self, tablet: Tablet, today: date) -> str:
        own = sorted(scope[8:] for scope in tablet.store.cursors if scope.startswith("journal:"))
        own = own or [HOME.get(tablet.person, "8b-alg")]  # she knows what she teaches before any tablet does
        journal = self.random.choice(own if self.random.random() < 0.95 else JOURNALS)
        told = self._told(tablet, today) if self.random.random() < 0.6 else []
        journal, day = self.random.choice(told or [(journal, self._day(today))])
        return f"{journal}/{day}/{self.random.choice('112')}"

    def _told(self, tablet: Tablet, today: date) -> list[tuple[str, str]]:
        """Lessons that the office has spoken of: (journal, day) of the person's substitutions and openings."""
        found, now = [], today.isoformat()
        for key, row in sorted(tablet.rows_of("school", "substitution").items()):
            journal, person, starts = key.split("/")
            if row["ends"] and person == tablet.person and starts <= now < row["ends"]:
                found += [(journal, starts), (journal, now)]
            elif row["ends"] and HOME_TEACHER[journal] == tablet.person and self.random.random() < 0.2:
                found.append((journal, starts))
        terms = tablet.rows_of("school", "term")
        for key, row in sorted(tablet.rows_of("school", "opening").items()):
            person, starts, _ = key.split("/")
            if person == tablet.person and row["ends"] and starts <= now < row["ends"]:
                day = terms[row["term"]]["starts"] if row["term"] in terms else self._day(today)
                found.append((row["journal"] or HOME[person], day))
        return found

    def _pupil(self, journal: str) -> str:
        usual = {"8b-alg": ("p1", "p2", "p3"), "8b-eng": ("p1", "p1", "p2"), "9v-his": ("p4", "p5", "p3")}
        return self.random.choice(usual.get(journal, ("p6",)) if self.random.random() < 0.93 else PUPILS)

    def _old_mark(self, tablet: Tablet) -> str | None:
        marks = [
            key for scope in tablet.store.rows if scope.startswith("journal:") for key in tablet.rows_of(scope, "mark")
        ]
        return self.random.choice(sorted(marks)) if marks else None

    def _mark(self, tablet: Tablet, today: date) -> Deed:
        random = self.random
        old = self._old_mark(tablet) if random.random() < 0.5 else None
        lesson = self._lesson_key(tablet, today)
        key = old or f"{lesson}/{self._pupil(lesson.split('/')[0])}/{random.choice('1112')}"
        cells: dict[str, Any] = {"value": random.choice(VALUES)}
        if random.random() < 0.15:
            cells["comment"] = random.choice(("у доски", None, "тетрадь"))
        return Deed("mark", key, cells)

    def _lesson(self, tablet: Tablet, today: date) -> Deed:
        topic = self.random.choice(("Теорема Виета", "Корни", "Повторение"))
        return Deed("lesson", self._lesson_key(tablet, today), {"topic": topic, "work": "control"})

    def _presence(self, tablet: Tablet, today: date) -> Deed:
        lesson = self._lesson_key(tablet, today)
        cells = {"presence": self.random.choice(("absent", "late", "present", None)), "minutes": 5}
        return Deed("attendance", f"{lesson}/{self._pupil(lesson.split('/')[0])}", cells)

    def _term_mark(self, tablet: Tablet, today: date) -> Deed:
        journal = self._lesson_key(tablet, today).split("/")[0]
        key = f"{journal}/{self.random.choice(TERMS)}/{self._pupil(journal)}"
        return Deed("term_mark", key, {"value": self.random.choice("5432")})

    def _plan(self, tablet: Tablet, today: date) -> Deed:
        journal = self._lesson_key(tablet, today).split("/")[0]
        return Deed("plan_item", f"{journal}/{self.random.randint(1, 2)}", {"topic": self.random.choice("АБВ")})

    def _settle(self, tablet: Tablet, today: date) -> Deed | None:
        """Set a cell that shows two values, having seen both."""
        torn = []
        for rows in tablet.store.rows.values():
            for (kind, key), row in rows.items():
                if row[-1]:
                    torn.append((kind, key, row[-1]))
        if not torn:
            return None
        kind, key, heads = self.random.choice(sorted(torn, key=lambda row: row[:2]))
        cell = self.random.choice(sorted(heads))
        return Deed(kind, key, {cell: self.random.choice(heads[cell])[0]} | self._reason_for(kind))

    def _reason_for(self, kind: str) -> dict[str, Any]:
        return {"reason": "так решили"} if kind in ("term", "year") else {}

    def _excuse(self, tablet: Tablet, today: date) -> Deed:
        lesson = self._lesson_key(tablet, today)
        cells = {"reason": self.random.choice(("valid", "ill", "parents"))}
        return Deed("attendance", f"{lesson}/{self._pupil(lesson.split('/')[0])}", cells)

    def _read(self, tablet: Tablet, today: date) -> Deed | None:
        """Say in the own inbox that a decision was read; now and then before there is one, or in the office."""
        scope = f"inbox:{tablet.person}" if self.random.random() < 0.9 else "office"
        matters = sorted(tablet.rows_of(scope, "matter").items())
        decided = [key for key, row in matters if row["outcome"] is not None or self.random.random() < 0.1]
        return Deed("matter", self.random.choice(decided), {"seen": True}) if decided else None

    def _plead(self, tablet: Tablet, today: date) -> Deed | None:
        """Say something for an own entry that waits; now and then for one that was decided, or in the office."""
        scope = f"inbox:{tablet.person}" if self.random.random() < 0.9 else "office"
        matters = sorted(tablet.rows_of(scope, "matter").items())
        waiting = [key for key, row in matters if row["outcome"] is None or self.random.random() < 0.1]
        return Deed("matter", self.random.choice(waiting), {"plea": "болел"}) if waiting else None

    # ---- the office

    def _decide(self, tablet: Tablet, today: date) -> Deed | None:
        """Approve or decline in the office, withdraw in the own inbox."""
        random = self.random
        for scope, outcomes in (
            ("office", ("approved", "approved", "declined")), (f"inbox:{tablet.person}", ("withdrawn",)),
        ):  # fmt: skip
            matters = tablet.rows_of(scope, "matter")
            waiting = sorted(key for key, row in matters.items() if row["outcome"] is None)
            if waiting and random.random() < 0.9:
                return Deed("matter", random.choice(waiting), {"outcome": random.choice(outcomes), "note": "решено"})
            if matters and random.random() < 0.1:
                return Deed("matter", random.choice(sorted(matters)), {"outcome": random.choice(outcomes)})
        return None

    def _substitute(self, tablet: Tablet, today: date) -> Deed:
        random = self.random
        starts = today + timedelta(days=random.randint(-3, 3))
        ends = starts + timedelta(days=random.randint(1, 6))
        journal, person = random.choice((("8b-alg", "t2"), (random.choice(JOURNALS), random.choice(TEACHERS))))
        key = f"{journal}/{person}/{starts.isoformat()}"
        day = ends.isoformat()
        return Deed("substitution", key, {"ends": random.choice((day, day, None)), "reason": "больничный"})

    def _teaching(self, tablet: Tablet, today: date) -> Deed:
        random = self.random
        standing = sorted(tablet.rows_of("school", "teaching"))
        if standing and random.random() < 0.6:
            ends = (today + timedelta(days=random.randint(-2, 5))).isoformat()
            return Deed("teaching", random.choice(standing), {"ends": random.choice((ends, ends, None))})
        starts = (today + timedelta(days=random.randint(-2, 3))).isoformat()
        return Deed("teaching", f"{random.choice(JOURNALS)}/{random.choice(TEACHERS)}/{starts}", {"active": True})

    def _opening(self, tablet: Tablet, today: date) -> Deed:
        random = self.random
        starts = today + timedelta(days=random.randint(-1, 1))
        cells: dict[str, Any] = {
            "ends": (starts + timedelta(days=random.randint(1, 9))).isoformat(),
            "reason": "опечатка",
        }
        bounds = {"term": random.choice(TERMS[:2])}, {"journal": random.choice(JOURNALS)}
        cells |= random.choice((*bounds, *bounds, {}))
        return Deed("opening", f"{random.choice(('t1', *TEACHERS))}/{starts.isoformat()}/{random.randint(1, 2)}", cells)

    def _member(self, tablet: Tablet, today: date) -> Deed:
        return Deed("member", f"8b/a/{self.random.choice(('p1', 'p2', 'p3'))}", {"active": self.random.random() < 0.6})

    def _follow(self, tablet: Tablet, today: date) -> None:
        """Open a journal or a class: no op, only a further cursor."""
        wanted = [f"journal:{j}" for j in JOURNALS] + ["class:8b", "class:9v"]
        tablet.store.cursors.setdefault(self.random.choice(wanted), 0)

    def _nothing(self, tablet: Tablet, today: date) -> None:
        """Only looking."""

    def _lock(self, tablet: Tablet, today: date) -> Deed:
        random = self.random
        cells: dict[str, Any] = {
            "locked": random.random() < 0.6,
            "reason": random.choice(("отчёт", "отчёт", "правка", "")),
        }
        present = TERMS[0] if today.isoformat() < "2026-11-01" else TERMS[1]
        return Deed("term", present if random.random() < 0.6 else random.choice(TERMS[:2]), cells)

    def _year(self, tablet: Tablet, today: date) -> Deed:
        """The next step of the year's lock, as the tablet shows it; now and then one that is none."""
        random = self.random
        state = tablet.rows_of("school", "year").get("2026", {}).get("state") or "open"
        steps = {"open": ("locked",), "locked": ("open", "locked", "archived", "archived"), "archived": ("archived",)}
        lawful = random.random() < 0.9
        new = random.choice(steps[state] if lawful else ("open", "locked", "archived", None))
        return Deed("year", "2026", {"state": new, "reason": random.choice(("приказ", "приказ", "приказ", ""))})

    def _grant(self, tablet: Tablet, today: date) -> Deed:
        random = self.random
        day = (today + timedelta(days=random.randint(-2, 4))).isoformat()
        if random.random() < 0.6:
            key = random.choice(("g-deputy2", "g-t4", "g-tutor", "g-observer", "g-new"))
            return Deed("grant", key, {"ends": random.choice((day, day, None)), "reason": "приказ"})
        role = random.choice(("class_teacher", "deputy_head", "observer"))
        person = random.choice((*TEACHERS, "tutor"))
        return Deed(
            "grant", "g-new", {"person": person, "role": role, "target": "8b", "starts": day, "reason": "приказ"}
        )

    def _transfer(self, tablet: Tablet, today: date) -> Deed:
        random = self.random
        day = (today + timedelta(days=random.randint(-3, 2))).isoformat()
        pupil = random.choice(PUPILS)
        if random.random() < 0.5:
            home = {"p4": "9v", "p5": "9v", "p6": "1a"}.get(pupil, "8b")
            return Deed("enrolment", f"{home}/{pupil}/2026-09-01", {"ends": random.choice((day, None))})
        return Deed("enrolment", f"{random.choice(('8b', '9v'))}/{pupil}/{day}", {"name": pupil.upper()})

    def _consent(self, tablet: Tablet, today: date) -> Deed:
        return Deed("consent", self.random.choice(("p1", "p3", "p4")), {"given": self.random.random() < 0.6})

    def _family(self, tablet: Tablet, today: date) -> Deed:
        ends = (today + timedelta(days=self.random.randint(-2, 5))).isoformat()
        key = self.random.choice(("guardian/p1", "guardian2/p4", "guardian/p3"))
        return Deed("family", key, {"starts": "2026-09-01", "ends": self.random.choice((ends, None))})

    def _setting(self, tablet: Tablet, today: date) -> Deed:
        random = self.random
        cells = random.choice(
            ({"hold_in_doubt": random.random() < 0.5}, {"window_days": random.choice((7, 14))},
             {"grace_days": random.choice((0, 3, 5))})
        )  # fmt: skip
        return Deed("school", "32", cells)

    # ---- nonsense

    def _nonsense(self, tablet: Tablet, today: date) -> Deed:
        day = today.isoformat()
        return self.random.choice(
            (
                Deed("mark", f"8b-alg/{day}/1/p1/1", {"value": "17"}),
                Deed("mark", f"8b-alg/{day}/1/p9/1", {"value": "5"}),
                Deed("mark", "8b-alg/2026-13-40/1/p1/1", {"value": "5"}),
                Deed("mark", "8b-alg/2024-11-11/1/p1/1", {"value": "5"}),
                Deed("mark", f"8b-alg/{day}/1/p1/1", {"given": 5}),
                Deed("mark", f"8b-alg/{day}/1/p1/1", {"value": ["5"]}),
                Deed("mark", f"7a-alg/{day}/1/p1/1", {"value": "5"}),
                Deed("lesson", f"8b-alg/{day}/1", {"topic": "т" * 600}),
                Deed("lesson", f"8b-alg/{day}/1", {"colour": "red"}),
                Deed("wish", "x", {"for": "snow"}),
                Deed("", "", {}, b'{"n": NUMBER, "kind": ["mark"], "key": null}'),
                Deed("void", "", {}),
            )
        )
