"""What a run has really met: a simulation that never reaches a rung proves nothing about it.

A world counts what befalls it in `met`, under the names below; `many` adds up in how many worlds each was met, and
`test_simulation.py` demands a least number of worlds per thousand: about half of what was measured.
`python -m tests.simulation --seeds 1000 --coverage` prints the table of the README.
"""

from collections import Counter
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from server.storage.journal import Entry
from tests.simulation.clocks import DAY, HOUR, YEAR
from tests.simulation.device import Tablet
from tests.simulation.reference import NOBODY, RECORDS, REGULAR, TEACHER, Reference
from tests.simulation.school import FAMILIES

# name: (what it means, in how many of a thousand worlds it must be met)
LEAST: dict[str, tuple[str, int]] = {
    "two tablets": ("the smallest staff room", 80),
    "twelve tablets": ("the largest", 31),
    "offline 14 days": ("entries handed in after 14 days or more without a contact", 165),
    "offline 30 days": ("the same after 30 days or more", 80),
    "offline 50 days": ("the same after 50 to 60 days", 26),
    "request lost": ("cut before the server", 260),
    "answer lost": ("cut behind the server: decided, and the tablet does not know", 255),
    "request truncated": ("half a request arrives", 245),
    "answer truncated": ("half an answer arrives", 245),
    "request doubled": ("arrives twice", 250),
    "answer doubled": ("arrives twice", 240),
    "request late": ("kept back and delivered in a later step", 250),
    "answer late": ("the same", 245),
    "request replayed": ("one of long ago arrives once more", 200),
    "out of order": ("parcels overtake each other", 195),
    "server dies over a request": ("the power goes before the commit", 39),
    "server restarts": ("between requests, with answers under way", 100),
    "server restored": ("to an earlier point, with a new epoch", 60),
    "server restored by hand": ("without being told", 31),
    "restore found out": ("by the server itself, from what a tablet knows", 22),
    "entries recovered": ("handed in once more after a restore", 85),
    "tablet restored": ("comes back as an old copy of itself", 70),
    "numbers taken": ("an old copy asks for a new identity and renumbers", 41),
    "known by two names": ("an entry that had come under its former name, or came under it later", 20),
    "old copy revoked": ("its entries are decided under numbers of the server's", 2),
    "snapshot in pages": ("staged beside what is shown", 245),
    "newer app": ("an app ahead of the server is answered 426 and keeps its entries", 205),
    "newer entry": ("an entry of a newer app: unknown fields, records or cells", 175),
    "older entry": ("an entry of an app that does not say what its author has seen", 175),
    "clock ± 10 years": ("an entry written under it", 80),
    "clock ± 1 year": ("the same", 80),
    "clock in 1970": ("the same", 145),
    "clock ± days": ("the same", 130),
    "clock ± 1 h": ("an entry of a tablet that changed to summer time or back by mistake", 115),
    "clock jumps": ("while entries wait to be sent", 190),
    "school's clocks change": ("the school's own zone changes its time within the story", 38),
    "substitute writes": ("for the lesson of a colleague", 14),
    "colleague is substituted": ("and writes all the same, with less authority", 140),
    "right ends while waiting": ("written in time, arrived after it ended: accepted", 16),
    "right had ended": ("written after it ended: refused", 38),
    "right not begun": ("written before it began: refused", 95),
    "lock while waiting": ("written before the term was locked, arrived after it", 140),
    "opening used": ("a locked term or a closed window, opened for this teacher", 22),
    "pupil transferred": ("a list changes", 245),
    "mark after the transfer": ("for a day on which the pupil was elsewhere", 35),
    "consent changes": ("given or withdrawn", 245),
    "family loses a scope": ("consent, class or guardianship ended", 60),
    "scope lost": ("a person's tablet gives up what the person may no longer see", 180),
    "lost scope waits": ("unsent entries go first, then the purge", 29),
    "two values": ("a cell in conflict", 310),
    "conflict settled": ("by somebody who has seen both", 150),
    "matter approved": ("a held entry lives on", 145),
    "matter declined": ("or not", 105),
    "matter withdrawn": ("by its author", 60),
    "decision read": ("by the author of what was decided", 32),
    "said for an entry": ("by its author, while it waits", 130),
    "diary published": ("while tablets write", 275),
    "year lock while waiting": ("written before the year was locked, arrived after it", 14),
    "year opened by name": ("a locked year, opened for this teacher", 10),
    "approval after the archive": ("the deputy head approves what waits in an archived year: refused", 2),
    "tablet locked": ("while entries wait; only couriers deliver", 175),
    "tablet revoked": ("its device may hold nothing any more", 90),
    "revoked with entries": ("unsent ones, which only couriers deliver", 62),
    "revoked delivers": ("by parcels, after it has heard", 70),
    "parcels delivered": ("sealed entries, decided as their author's", 290),
    "synced after its parcel": ("the tablet's own sync of an entry that was brought sealed", 240),
    "parcels replayed": ("all of them known already", 225),
    "parcels out of order": ("shuffled by the bearer", 195),
    "parcels left out": ("by the bearer", 190),
    "parcels truncated": ("half of them arrive", 80),
    "parcel forged": ("signed with another key, for another, or no parcel at all", 210),
    "sealed in doubt": ("an edge between the last contact and the bringing: held", 60),
    "sealed after revoked": ("may have been written after its tablet was revoked: held", 65),
} | {
    f"verdict {name}": ("in the ledger", least)
    for name, least in (
        ("accepted", 495), ("accepted on_clock", 235), ("accepted in_grace", 4), ("superseded lost", 130),
        ("held term_locked", 150), ("held year_locked", 58), ("refused year_archived", 22),
        ("refused illegal_step", 29), ("held after_grace", 22), ("held window_closed", 33), ("held in_doubt", 165),
        ("refused malformed", 135), ("refused unknown_record", 175), ("refused bad_value", 325),
        ("refused not_yours", 390), ("refused unknown_pupil", 295), ("refused not_enrolled", 175),
        ("refused off_scale", 42), ("refused no_marks", 120), ("refused out_of_year", 67), ("refused not_begun", 245),
        ("refused already_decided", 110),
    )
}  # fmt: skip


def note_start(met: Counter[str], tablets: int) -> None:
    """Count what the world begins with."""
    met["two tablets"] += tablets == 2
    met["twelve tablets"] += tablets == 12


def note_zone(met: Counter[str], timezone: str, began: int, ended: int) -> None:
    """Count a story over which the school's clocks were changed."""
    first, last = (datetime.fromtimestamp(moment / 1000, ZoneInfo(timezone)).utcoffset() for moment in (began, ended))
    met["school's clocks change"] += first != last


def note_answer(met: Counter[str], tablet: Tablet, answer: dict[str, Any], contact: int) -> None:
    """Count what an answer means to a tablet that has just taken it in. `contact`: when it last took one in."""
    days = (answer["server_time"] - contact) / DAY if answer["judged"] else 0
    for least in (14, 30, 50):
        met[f"offline {least} days"] += days >= least
    met["snapshot in pages"] += any(news["more"] for news in answer["news"])
    if answer["lost"]:
        met["scope lost"] += 1
        met["family loses a scope"] += tablet.person in FAMILIES
        met["lost scope waits"] += any(scope in tablet.store.rows for scope in answer["lost"])


def conflicts(school: Reference, op: dict[str, Any]) -> set[str]:
    """The cells of an op that show two values."""
    row = school.cells.get(op["kind"], {}).get(op["key"], {})
    return {cell for cell in op["set"] if len({str(head.value) for head in row.get(cell, [])}) > 1}


def note_entry(met: Counter[str], school: Reference, entry: Entry, op: dict[str, Any], at: int) -> None:
    """Count what one entry met on the ladder. `school`: as it was just before; `at`: the true moment of writing."""
    met[f"verdict {entry.verdict} {entry.reason}".rstrip()] += 1
    _note_clock(met, entry.claimed - at)
    met["newer entry"] += op.get("v") == 2
    met["older entry"] += "seen" not in op and op.get("kind") != "void"
    lawful = entry.verdict in ("accepted", "superseded")
    if op.get("kind") == "enrolment" and lawful:
        met["pupil transferred"] += 1
    if op.get("kind") == "consent" and lawful:
        met["consent changes"] += 1
    if op.get("kind") == "matter" and lawful and "outcome" in op["set"]:
        met[f"matter {op['set']['outcome']}"] += 1
    met["said for an entry"] += op.get("kind") == "matter" and lawful and "plea" in op["set"]
    met["decision read"] += op.get("kind") == "matter" and lawful and "seen" in op["set"]
    if entry.reason == "not_enrolled":
        parts = op["key"].split("/")
        met["mark after the transfer"] += any(key.split("/")[1] == parts[3] and row.get("ends")
                                              for key, row in school.rows("enrolment").items())  # fmt: skip
    if op.get("kind") in RECORDS and not school.form(op):
        _note_right(met, school, entry, op, at)


def note_names(met: Counter[str], decided: dict[int, list[Entry]], names: dict[tuple[str, int], set[int]]) -> None:
    """Count entries that were offered under another name than the one they were decided under."""
    own = {entry.seq for entries in decided.values() for entry in entries if not entry.device.endswith(".copy")}
    met["known by two names"] += len([seq for seqs in names.values() for seq in seqs if seq in own]) > len(own)


def _note_right(met: Counter[str], school: Reference, entry: Entry, op: dict[str, Any], at: int) -> None:
    parts = dict(zip(RECORDS[op["kind"]][0].split("/"), op["key"].split("/"), strict=True))
    then, now = (school.authority(op, parts, entry.person, moment) for moment in (at, entry.arrived))
    lawful = entry.verdict in ("accepted", "superseded")
    if lawful and now == NOBODY:
        met["right ends while waiting"] += 1
    term = school.term_of(op["kind"], parts)
    year = school.year_of(op)
    for name, guard in (("lock while waiting", term), ("year lock while waiting", year)):
        met[name] += school.lock_at(guard, at) is None and school.lock_at(guard, entry.arrived) is not None
    met["approval after the archive"] += op["kind"] == "matter" and entry.reason == "year_archived"
    journal = parts.get("journal")
    if then == NOBODY and journal and entry.reason == "not_yours":
        spans = [(k.split("/")[2], row.get("ends")) for k, row in school.rows("teaching").items()
                 if k.split("/")[:2] == [journal, entry.person] and row.get("active") is not False]  # fmt: skip
        met["right had ended"] += any(ends and school.start_of(ends) <= at for _, ends in spans)
        met["right not begun"] += any(at < school.start_of(starts) for starts, _ in spans)
    if lawful and journal and "date" in parts and entry.person not in FAMILIES:
        instead = any(p == entry.person and s <= parts["date"] < e for p, s, e in school.substitutes(journal))
        met["substitute writes"] += instead and then == TEACHER and not school.teaches(entry.person, journal, at)
        met["colleague is substituted"] += then == REGULAR
        given = school.given.get(op["key"]) if op["kind"] == "mark" and "value" in op["set"] else None
        barred = school.lock_at(term, at) is not None or (given is not None and at >= given + 14 * DAY)
        opened = school.is_opened(entry.person, term, journal, at)
        met["opening used"] += barred and opened and then < 3
        met["year opened by name"] += school.lock_at(year, at) is not None and opened and then < 3


def _note_clock(met: Counter[str], wrong: int) -> None:
    if abs(wrong) > 20 * YEAR:
        met["clock in 1970"] += 1
    elif abs(wrong) > 9 * YEAR:
        met["clock ± 10 years"] += 1
    elif abs(wrong) > 0.9 * YEAR:
        met["clock ± 1 year"] += 1
    elif abs(wrong) >= DAY:
        met["clock ± days"] += 1
    elif abs(abs(wrong) - HOUR) < 1000:
        met["clock ± 1 h"] += 1


def table(worlds: int, met: Counter[str]) -> str:
    """The README's table. `met`: name -> worlds in which it was met."""
    lines = ["| met | what it is | worlds of " + f"{worlds:,} |", "|---|---|---:|"]
    return "\n".join(lines + [f"| {name} | {says} | {met[name]:,} |" for name, (says, _) in LEAST.items()])


def too_rare(worlds: int, met: Counter[str]) -> dict[str, tuple[int, float]]:
    """What was met in fewer worlds than it must be: name -> (worlds, least)."""
    return {name: (met[name], least * worlds / 1000) for name, (_, least) in LEAST.items()
            if met[name] < least * worlds / 1000}  # fmt: skip
