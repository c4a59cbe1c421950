"""Who may see what, said a second time and plainly: scopes from the reference's rows."""

from datetime import datetime

from tests.simulation.reference import Reference


def may_hold(person: str, scope: str, school: Reference, moment: int) -> bool:
    """True when the person may hold the scope at that moment."""
    kind, _, name = scope.partition(":")
    if person in school.rows("person"):
        return _staff(person, kind, name, school, moment)
    pupils = [
        key.split("/")[1]
        for key, row in school.rows("family").items()
        if key.split("/")[0] == person and school.lasts(row.get("starts"), row.get("ends"), moment)
    ]
    if person in school.rows("pupil"):
        pupils.append(person)
    shown = [p for p in pupils if school.rows("consent").get(p, {}).get("given")]
    if kind == "diary":
        return name in shown
    today = datetime.fromtimestamp(moment / 1000, school.zone).date().isoformat()
    for key, row in school.rows("enrolment").items():
        home, pupil, starts = key.split("/")
        if kind == "bulletin" and home == name and pupil in shown and starts <= today < (row.get("ends") or "9"):
            return True
    return False


def _staff(person: str, kind: str, name: str, school: Reference, moment: int) -> bool:
    def has(role: str, target: str | None = None) -> bool:
        return school.has_role(person, role, moment, target)

    if kind == "school" or (kind == "inbox" and name == person):
        return True
    heads = has("deputy_head") or has("director") or has("observer")
    if kind == "office":
        return heads or has("admin")
    if kind == "class":
        own = [
            row.get("class_id") for key, row in school.rows("journal").items() if _gives(person, key, school, moment)
        ]
        return heads or has("admin") or has("class_teacher", name) or name in own
    if kind == "journal":
        home = school.rows("journal").get(name, {}).get("class_id")
        return heads or _gives(person, name, school, moment) or (home is not None and has("class_teacher", home))
    return False


def _gives(person: str, journal: str, school: Reference, moment: int) -> bool:
    """True when the person teaches the journal at that moment, as its teacher or instead of one."""
    instead = any(p == person and school.lasts(s, e, moment) for p, s, e in school.substitutes(journal))
    return instead or school.teaches(person, journal, moment)
