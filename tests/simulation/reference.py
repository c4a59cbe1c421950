"""The rules said a second time: plainly, without indexes, from the design and the regulation, not from the code.

`Reference` is fed the ledger's entries in their order. It keeps every accepted value itself, answers what the verdict
on an op is for a moment of writing, and what a record must show. It shares no code with `sync` and `server`.
"""

from datetime import date, datetime, time
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

DAY = 86_400_000
DEPUTY, TEACHER, REGULAR, NOBODY = 3, 2, 1, 0
SCALE = ["5", "4", "3", "2", "1", "зач", "незач", "н/а", "осв", "."]
WORKS = ("answer", "control", "independent", "practical", "laboratory", "excursion", "homework", "dictation")
STATES = ("open", "locked", "archived")
ROLES = ("director", "admin", "deputy_head", "class_teacher", "observer")


class Head(NamedTuple):
    """One accepted value. The greater tuple is the better head."""

    authority: int
    written: int
    device: str
    n: int
    value: Any
    person: str
    seq: int


def text(longest: int = 500, among: tuple[str, ...] = ()) -> Any:
    """A lawful text."""
    return lambda v: isinstance(v, str) and len(v) <= longest and "\0" not in v and (not among or v in among)


def flag(value: Any) -> bool:
    """True or false."""
    return isinstance(value, bool)


def number(value: Any) -> bool:
    """A whole number."""
    return isinstance(value, int) and not isinstance(value, bool)


def day(value: Any) -> bool:
    """A day of the calendar."""
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def mark(value: Any) -> bool:
    """A mark has one to six characters and no blank."""
    return isinstance(value, str) and 0 < len(value) <= 6 and not any(c.isspace() for c in value)


# kind: (key, {cell: (who writes it, what it may be)})
RECORDS: dict[str, tuple[str, dict[str, tuple[str, Any]]]] = {
    "mark": ("journal/date/number/pupil/place", {"value": ("lesson", mark), "comment": ("lesson", text()),
                                                 "given": ("server", number)}),
    "lesson": ("journal/date/number", {"topic": ("lesson", text()), "work": ("lesson", text(among=WORKS))}),
    "attendance": ("journal/date/number/pupil", {
        "presence": ("lesson", text(among=("absent", "late", "present"))), "minutes": ("lesson", number),
        "reason": ("tutor", text(among=("valid", "ill", "parents", "none")))}),
    "term_mark": ("journal/term/pupil", {"value": ("journal", mark), "reason": ("journal", text())}),
    "plan_item": ("journal/number", {"topic": ("journal", text())}),
    "slot": ("journal/weekday/number/starts", {"ends": ("deputy", day), "room": ("deputy", text())}),
    "matter": ("holder/op", {"outcome": ("decider", text(among=("approved", "declined", "withdrawn"))),
                             "note": ("decider", text()), "seen": ("author", flag), "plea": ("author", text())}),
    "substitution": ("journal/person/starts", {"ends": ("deputy", day), "reason": ("deputy", text())}),
    "teaching": ("journal/person/starts", {"ends": ("deputy", day), "active": ("deputy", flag)}),
    "opening": ("person/starts/opening", {"term": ("deputy", text()), "journal": ("deputy", text()),
                                          "ends": ("deputy", day), "reason": ("deputy", text())}),
    "member": ("class/subgroup/pupil", {"active": ("deputy", flag)}),
    "year": ("year", {"state": ("admin", text(among=STATES)), "reason": ("admin", text())}),
    "term": ("term", {"locked": ("admin", flag), "reason": ("admin", text())}),
    "grant": ("grant", {"person": ("admin", text()), "role": ("admin", text(among=ROLES)), "target": ("admin", text()),
                        "starts": ("admin", day), "ends": ("admin", day), "reason": ("admin", text())}),
    "enrolment": ("class/pupil/starts", {"name": ("admin", text()), "ends": ("admin", day)}),
    "consent": ("pupil", {"given": ("admin", flag), "reason": ("admin", text())}),
    "family": ("guardian/pupil", {"starts": ("admin", day), "ends": ("admin", day)}),
    "school": ("school", {"hold_in_doubt": ("admin", flag), "window_days": ("admin", number),
                          "grace_days": ("admin", number)}),
}  # fmt: skip

DAYS_IN_KEYS = (("teaching", 2), ("substitution", 2), ("opening", 1))

Found = tuple[str, str]  # verdict, reason


def in_order(changes: list[Any]) -> list[Any]:
    """By moment; of one moment, as they came."""
    return sorted(changes, key=lambda change: change[0])


class Reference:
    """See the module."""

    def __init__(self, timezone: str) -> None:
        self.zone = ZoneInfo(timezone)
        self.days: dict[str, int] = {}
        self.cells: dict[str, dict[str, dict[str, list[Head]]]] = {}
        self.shown: dict[str, dict[str, dict[str, Any]]] = {}
        self.given: dict[str, int] = {}
        self.locks: dict[str, list[tuple[int, bool, str]]] = {}
        self.years: dict[str, list[tuple[int, str, str]]] = {}
        self.matters: dict[str, dict[str, Any]] = {}

    # ---- what is known

    def rows(self, kind: str) -> dict[str, dict[str, Any]]:
        """All records of a kind as they show: key -> cell -> value."""
        return self.shown.get(kind, {})

    def start_of(self, day: str) -> int:
        """UTC ms at which a day begins in the school."""
        if day not in self.days:
            self.days[day] = int(datetime.combine(date.fromisoformat(day), time(), self.zone).timestamp() * 1000)
        return self.days[day]

    def lasts(self, starts: str | None, ends: str | None, moment: int) -> bool:
        """True between the beginning of `starts` and the beginning of `ends`."""
        return (not starts or self.start_of(starts) <= moment) and (not ends or moment < self.start_of(ends))

    def has_role(self, person: str, role: str, moment: int, target: str | None = None) -> bool:
        """True when a grant gives the role then."""
        return any(
            g.get("person") == person and g.get("role") == role and (target is None or g.get("target") == target)
            and self.lasts(g.get("starts"), g.get("ends"), moment)
            for g in self.rows("grant").values()
        )  # fmt: skip

    def teaches(self, person: str, journal: str, moment: int) -> bool:
        """True when the journal is the person's then."""
        for key, row in self.rows("teaching").items():
            j, p, starts = key.split("/")
            if (
                (j, p) == (journal, person)
                and row.get("active") is not False
                and self.lasts(starts, row.get("ends"), moment)
            ):
                return True
        return False

    def substitutes(self, journal: str) -> list[tuple[str, str, str]]:
        """(person, from, until) of the journal's substitutions."""
        keys = [(key.split("/"), row.get("ends")) for key, row in self.rows("substitution").items()]
        return [(p, starts, ends) for (j, p, starts), ends in keys if j == journal and ends]

    def edges(self, key: str) -> list[int]:
        """Every moment at which anything about a record may change, whomever it concerns."""
        found = [m for locks in (self.locks, self.years) for changes in locks.values() for m, _, _ in changes]
        if key in self.given:
            found.append(self.given[key] + self._days("window_days", 14))
        days = {k.split("/")[at] for kind, at in DAYS_IN_KEYS for k in self.rows(kind)}
        for kind in ("grant", "teaching", "substitution", "opening"):
            days |= {row[cell] for row in self.rows(kind).values() for cell in ("starts", "ends") if row.get(cell)}
        return found + [self.start_of(d) for d in days]

    def _days(self, setting: str, usual: int) -> int:
        value = next(iter(self.rows("school").values()), {}).get(setting)
        return (usual if value is None else value) * DAY

    # ---- the verdict

    def judge(self, op: dict[str, Any], person: str, moment: int, arrived: int, latest: int) -> Found:
        """The verdict on an op written at `moment` (at `latest` as far as the evidence goes), by all that is known."""
        wrong = self.form(op)
        if wrong:
            return "refused", wrong
        names = RECORDS[op["kind"]][0].split("/")
        parts = dict(zip(names, op["key"].split("/"), strict=True))
        rank = self.authority(op, parts, person, moment)
        if rank == NOBODY:
            return "refused", "not_yours"
        wrong = self.sense(op, parts, latest)
        if wrong:
            return "refused", wrong
        term, year = self.term_of(op["kind"], parts), self.year_of(op)
        if year and self.state_at(year, moment) == "archived":
            return "refused", "year_archived"
        if rank == DEPUTY or self.is_opened(person, term, parts.get("journal", ""), moment):
            return "accepted", ""
        if self.lock_at(year, moment) is not None:
            return "held", "year_locked"
        if self.lock_at(term, moment) is not None:
            return "held", "term_locked"
        later = [at for at in (self.lock_at(year, arrived), self.lock_at(term, arrived)) if at is not None]
        since = min(later, default=None)
        if since is not None and arrived >= since + self._days("grace_days", 3):
            return "held", "after_grace"
        given = self.given.get(op["key"]) if op["kind"] == "mark" and "value" in op["set"] else None
        if given is not None and moment >= given + self._days("window_days", 14):
            return "held", "window_closed"
        return "accepted", "" if since is None else "in_grace"

    def form(self, op: dict[str, Any]) -> str:
        """Why it is no op at all, or nothing."""
        if not op["set"]:
            return "malformed"
        if op["kind"] not in RECORDS:
            return "unknown_record"
        names, cells = RECORDS[op["kind"]]
        parts = op["key"].split("/")
        if len(parts) != len(names.split("/")):
            return "unknown_record"
        for name, part in zip(names.split("/"), parts, strict=True):
            if name in ("date", "starts") and not day(part):
                return "unknown_record"
        for cell, value in op["set"].items():
            if cell not in cells:
                return "unknown_record"
            if value is not None and not cells[cell][1](value):
                return "bad_value"
        return ""

    def authority(self, op: dict[str, Any], parts: dict[str, str], person: str, moment: int) -> int:
        """What right the person has to all the cells of the op."""
        cells = RECORDS[op["kind"]][1]
        return min(self._may(cells[cell][0], parts, person, moment) for cell in op["set"])

    def _may(self, writers: str, parts: dict[str, str], person: str, moment: int) -> int:
        deputy, admin = (self.has_role(person, role, moment) for role in ("deputy_head", "admin"))
        if writers == "server":
            return NOBODY
        if writers in ("decider", "author"):
            if parts["holder"] == f"inbox:{person}":
                return TEACHER
            return DEPUTY if writers == "decider" and parts["holder"] == "office" and deputy else NOBODY
        if writers == "admin":
            return DEPUTY if admin else NOBODY
        if deputy:
            return DEPUTY
        if writers == "deputy":
            return DEPUTY if admin else NOBODY
        journal = parts["journal"]
        if writers == "tutor":
            home = self.rows("journal").get(journal, {}).get("class_id")
            return TEACHER if home and self.has_role(person, "class_teacher", moment, home) else NOBODY
        own = self.teaches(person, journal, moment)
        if writers == "journal":
            return TEACHER if own else NOBODY
        instead = [s for s in self.substitutes(journal) if s[1] <= parts["date"] < s[2]]
        if any(p == person and self.lasts(starts, ends, moment) for p, starts, ends in instead):
            return TEACHER
        return (REGULAR if instead else TEACHER) if own else NOBODY

    def sense(self, op: dict[str, Any], parts: dict[str, str], latest: int) -> str:
        """Why it can't be right whoever wrote it, or nothing."""
        kind, cells = op["kind"], op["set"]
        if kind == "matter":
            return self._sense_of_matter(op, parts)
        if kind == "term" and "locked" in cells and not (cells.get("reason") or "").strip():
            return "bad_value"
        if kind == "year" and "state" in cells:
            before, new = self.rows("year").get(op["key"], {}).get("state") or "open", cells["state"] or "open"
            if new != before and (before, new) not in (("open", "locked"), ("locked", "open"), ("locked", "archived")):
                return "illegal_step"
            return "" if (cells.get("reason") or "").strip() else "bad_value"
        if kind == "opening":
            whole = self.rows("opening").get(op["key"], {}) | cells
            bound = whole.get("term") or whole.get("journal")
            called_off = whole.get("ends") is None
            return "" if called_off or (bound and (whole.get("reason") or "").strip()) else "bad_value"
        journal = parts.get("journal")
        if journal is None:
            return ""
        known = self.rows("journal").get(journal)
        if known is None:
            return "unknown_record"
        when, pupil = parts.get("date"), parts.get("pupil")
        if when and not any(y["starts"] <= when < y["ends"] for y in self.rows("year").values()):
            return "out_of_year"
        happened = {"mark": ("value",), "attendance": ("presence", "minutes")}.get(kind, ())
        if when and latest < self.start_of(when) and any(cells.get(cell) is not None for cell in happened):
            return "not_begun"
        if pupil:
            lists = {
                k: row for k, row in self.rows("enrolment").items() if k.split("/")[:2] == [known["class_id"], pupil]
            }
            if not lists:
                return "unknown_pupil"
            member = self.rows("member").get(f"{known['class_id']}/{known.get('subgroup')}/{pupil}", {})
            if when and known.get("subgroup") and not member.get("active"):
                return "not_enrolled"
            if when and not any(k.split("/")[2] <= when < (row.get("ends") or "9") for k, row in lists.items()):
                return "not_enrolled"
        if kind in ("mark", "term_mark") and cells.get("value") is not None:
            if self.rows("class").get(known["class_id"], {}).get("grade") == 1:
                return "no_marks"
            if cells["value"] not in SCALE:
                return "off_scale"
        return ""

    def _sense_of_matter(self, op: dict[str, Any], parts: dict[str, str]) -> str:
        matter = self.matters.get(parts["op"])
        there = matter is not None and parts["holder"] in ("office", f"inbox:{matter['author']}")
        if there and matter and matter["outcome"] is not None:
            reads = parts["holder"] != "office" and list(op["set"]) == ["seen"]
            return "" if reads else "already_decided"
        if "seen" in op["set"]:
            return "bad_value"
        lawful = ("withdrawn",) if parts["holder"].startswith("inbox:") else ("approved", "declined")
        if "outcome" in op["set"] and op["set"]["outcome"] not in lawful:
            return "bad_value"
        return "" if there else "unknown_record"

    def term_of(self, kind: str, parts: dict[str, str]) -> str:
        """The term whose lock guards the record."""
        if kind == "term_mark":
            return parts["term"]
        if kind not in ("mark", "lesson", "attendance"):
            return ""
        terms = self.rows("term").items()
        return next((k for k, t in terms if t["starts"] <= parts["date"] < t["ends"]), "")

    def year_of(self, op: dict[str, Any]) -> str:
        """The year whose lock guards what the op writes: by approval, what the approved entry would write."""
        kind, key, cells = op["kind"], op["key"], op["set"]
        while kind == "matter":
            matter = self.matters.get(key.split("/")[1], {})
            if cells.get("outcome") != "approved" or matter.get("verdict") != "held":
                return ""
            kind, key, cells = matter["kind"], matter["key"], matter["set"]
        return "2026" if kind in ("mark", "lesson", "attendance", "term_mark", "plan_item") else ""

    def state_at(self, year: str, moment: int) -> str:
        """Open, locked or archived: what was last said of the year at or before that moment."""
        return next((state for at, state, _ in in_order(self.years.get(year, []))[::-1] if at <= moment), "open")

    def lock_at(self, guard: str, moment: int) -> int | None:
        """Since when the term or year has been locked at that moment; None when it was open."""
        since = None
        years = [(at, state != "open", person) for at, state, person in self.years.get(guard, [])]
        for at, locked, _ in in_order(years or self.locks.get(guard, [])):
            if at <= moment:
                since = (at if since is None else since) if locked else None
        return since

    def is_opened(self, person: str, term: str, journal: str, moment: int) -> bool:
        """True when the deputy head has opened this for the person."""
        for key, row in self.rows("opening").items():
            who, starts, _ = key.split("/")
            bound = row.get("term") or row.get("journal")
            if who != person or not bound or not row.get("ends") or not self.lasts(starts, row["ends"], moment):
                continue
            if row.get("term") in (None, "", term) and row.get("journal") in (None, "", journal):
                return True
        return False

    # ---- what follows

    def accept(self, op: dict[str, Any], head: Head, seen: int) -> None:
        """Take in an accepted op: a head replaces those its author has seen, and her own tablet's earlier ones."""
        kind, key, cells = op["kind"], op["key"], op["set"]
        row = self.cells.setdefault(kind, {}).setdefault(key, {})
        for cell, value in cells.items():
            own = [h for h in row.get(cell, []) if h.device == head.device and h.n <= head.n]
            standing = [h for h in row.get(cell, []) if h.seq > seen and h not in own]
            row[cell] = sorted([*standing, head._replace(value=value)], key=lambda h: h[:4], reverse=True)
            self.shown.setdefault(kind, {}).setdefault(key, {})[cell] = row[cell][0].value
        if kind == "mark" and cells.get("value") is not None:
            self.given[key] = min(head.written, self.given.get(key, head.written))
        if kind == "term" and "locked" in cells:
            self.locks.setdefault(key, []).append((head.written, cells["locked"], head.person))
        if kind == "year" and "state" in cells:
            self.years.setdefault(key, []).append((head.written, cells["state"] or "open", head.person))
        if kind == "matter" and "plea" in cells:
            self.matters[key.split("/")[1]]["plea"] = row["plea"][0].value
        if kind == "matter" and cells.get("outcome") is not None:
            self._settle(self.matters[key.split("/")[1]], cells["outcome"], head)

    def _settle(self, matter: dict[str, Any], outcome: str, head: Head) -> None:
        """Approved: as if the author had written it now with the deputy head's authority, having seen what the journal
        showed when the entry came."""
        matter["outcome"] = outcome
        if outcome != "approved" or matter["verdict"] != "held":
            return
        if matter["kind"] == "matter" and self.matters[matter["key"].split("/")[1]]["outcome"] is not None:
            return
        approved = head._replace(authority=DEPUTY, written=matter["written"], person=matter["author"])
        self.accept({"kind": matter["kind"], "key": matter["key"], "set": matter["set"]}, approved, matter["seq"])

    def keep(self, op: dict[str, Any], person: str, name: str, verdict: str, written: int, seq: int) -> None:
        """A held or refused op of staff is kept as a matter; that one has read a decision wants nothing."""
        if op["kind"] == "matter" and op["set"].keys() == {"seen"}:
            return
        self.matters[name] = {
            "kind": op["kind"], "key": op["key"], "set": op["set"], "author": person, "verdict": verdict,
            "written": written, "seq": seq, "outcome": None, "plea": None,
        }  # fmt: skip
