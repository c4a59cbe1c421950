"""Making the demo school in a house: stored, signed in, read by a family; making it again changes nothing."""

import asyncio
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from server.demo import DemoReport, make_demo
from server.demo.late import correct_late
from server.house import House
from sync.model import KINDS
from tests.school import Clock, moment

TODAY = date(2026, 11, 23)
ROLES = ["teacher", "class_teacher", "deputy_head", "director", "admin", "parent", "pupil", "substitute"]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    opened = House.open(tmp_path_factory.mktemp("demo"), clock=Clock(moment("2026-11-23T12:00")))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def report(house: House) -> DemoReport:
    told: list[tuple[str, int, int]] = []
    made = make_demo(house, TODAY, lambda *step: told.append(step), classes=2)
    assert told[0][0] != told[-1][0]
    assert all(done <= total for _, done, total in told)
    return made


def stand(house: House) -> dict[str, dict[str, Any]]:
    with house.exchanges["32"].store.read() as reader:
        kinds = [kind for kind in KINDS if not kind.startswith(("diary", "bulletin"))]
        return {f"{kind}/{row.key}": row.values for kind in kinds for row in reader.every(kind)}


def test_one_sign_in_is_told_for_each_role_and_each_works(house: House, report: DemoReport) -> None:
    told = json.loads((house.data / "demo.json").read_text())["sign_ins"]
    assert [role for role, _, _ in told] == ROLES
    persons = {}
    for role, login, password in told:
        account = asyncio.run(house.accounts.prove("32", login, password, device="", address="::1"))
        persons[role] = account.person
        assert not account.must_change
    facts = house.exchanges["32"].facts
    now = house.clock()
    for role in ("deputy_head", "director", "admin"):
        assert facts.role(persons[role], role, now)
    assert facts.role(persons["class_teacher"], "class_teacher", now, "8b")
    assert "8b-algebra" in facts.taught[persons["teacher"]]
    assert persons["pupil"] in facts.families[persons["parent"]]
    assert any(right.person == persons["substitute"] for s in facts.substitutions.values() for right in s.values())


def test_families_have_a_sign_in_without_a_password(house: House, report: DemoReport) -> None:
    persons = set(house.accounts.logins("32").values())
    facts = house.exchanges["32"].facts
    assert set(facts.records["pupil"]) <= persons
    assert set(facts.families) <= persons
    assert set(facts.records["person"]) <= persons
    assert report.accounts == len(persons)


def test_the_family_reads_the_published_diary(house: House, report: DemoReport) -> None:
    house.publish("32")
    exchange = house.exchanges["32"]
    parent = next(p for login, p in house.accounts.logins("32").items() if login == report.sign_ins[5].login)
    scopes = exchange.scopes_of(parent).default
    assert [scope.split(":")[0] for scope in scopes] == ["diary", "bulletin"]
    with exchange.store.read() as reader:
        assert all(reader.scope_total(scope)[1] > 20 for scope in scopes)


def test_making_it_again_leaves_everything_as_it_was(house: House, report: DemoReport) -> None:
    before = stand(house)
    again = make_demo(house, TODAY, classes=2)
    assert again.entries == report.entries
    assert stand(house) == before


def test_the_secrets_are_not_in_the_school(house: House, report: DemoReport) -> None:
    path: Path = house.data / "schools" / "32" / "journal.db"
    with house.exchanges["32"].store.read() as reader:
        assert reader.head() > 5_000
    assert b"zvonok-petrova" not in path.read_bytes()


def made_late(folder: Path, noon: str) -> House:
    """The school as `zvonok demo` makes it at a noon, late corrections and all."""
    house = House.open(folder, clock=Clock(moment(f"{noon}T12:00")))
    make_demo(house, date.fromisoformat(noon), classes=2)
    correct_late(house.exchanges["32"], date.fromisoformat(noon))
    return house


def test_of_three_late_corrections_one_is_approved_one_declined_and_one_waits(tmp_path: Path) -> None:
    house = made_late(tmp_path, "2026-11-23")
    exchange = house.exchanges["32"]
    with exchange.store.read() as reader:
        matters = [row.values for row in reader.every("matter") if row.key.startswith("office/")]
        marks = {row.key: row.values["value"] for row in reader.every("mark")}
    approved, declined, waiting = sorted(matters, key=lambda matter: str(matter["outcome"] or "waits"))
    assert [m["outcome"] for m in (approved, declined, waiting)] == ["approved", "declined", None]
    assert all(m["verdict"] == "held" and m["reason"] and m["plea"] for m in matters)
    assert {approved["author"], declined["author"]} == {"t06"} != {waiting["author"]}
    assert marks[approved["target"]] == approved["set"]["value"]
    for matter in (declined, waiting):
        assert marks[matter["target"]] == matter["was"]["value"] != matter["set"]["value"]
    for matter in matters:
        *before, late = [entry.verdict for entry in exchange.history("mark", matter["target"])]
        assert late == "held" and set(before) == {"accepted"}
    house.close()


def test_early_in_a_year_no_mark_is_old_enough_to_be_corrected_late(tmp_path: Path) -> None:
    house = made_late(tmp_path, "2026-09-10")
    with house.exchanges["32"].store.read() as reader:
        assert not list(reader.every("matter"))
    house.close()
