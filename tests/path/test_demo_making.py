"""Making the demo school in a house: stored, signed in, read by a family; making it again changes nothing."""

import asyncio
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from server.demo import DemoReport, make_demo
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
