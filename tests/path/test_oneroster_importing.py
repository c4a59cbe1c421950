"""Importing into a house: dry run, real run, once more, after a crash; and the school can be taught in at once."""

import asyncio
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.accounts import WrongSignIn
from server.exchange import Exchange
from server.house import House
from server.interop import Report, read_bundle, run_import
from tests.school import Clock, Tablet, moment

SAMPLE = Path(__file__).parents[1] / "fixtures" / "oneroster" / "school"
SCHOOL = "5"


@pytest.fixture
def clock() -> Clock:
    return Clock(moment("2026-11-23T12:00"))


@pytest.fixture
def house(tmp_path: Path, clock: Clock) -> Iterator[House]:
    opened = House.open(tmp_path / "data", clock=clock)
    yield opened
    opened.close()


def bring(house: House, path: Path = SAMPLE, *, dry_run: bool = False) -> Report:
    return run_import(house, SCHOOL, read_bundle(path), dry_run=dry_run)


def head(house: House) -> int:
    with house.exchanges[SCHOOL].store.read() as reader:
        return reader.head()


def tidy(report: Report) -> tuple[object, ...]:
    """What a report says of the rows."""
    return report.files, report.listed, report.remarks, report.entries, report.accounts, report.new_school


def test_a_dry_run_says_the_same_and_writes_nothing(house: House) -> None:
    dry = bring(house, dry_run=True)
    assert not (house.data / "schools").exists()
    assert house.accounts.logins(SCHOOL) == {} and not list(house.data.glob("passwords-*"))
    real = bring(house)
    assert tidy(dry) == tidy(real)
    assert dry.changed == real.changed == real.entries > 50
    assert dry.dry_run and not real.dry_run and real.new_school
    assert real.rows == sum(len(p.read_text().splitlines()) - 1 for p in SAMPLE.glob("*.csv") if p.stem != "manifest")


def test_importing_twice_changes_nothing(house: House) -> None:
    bring(house)
    before, accounts = head(house), house.accounts.logins(SCHOOL)
    house.publish(SCHOOL)
    before = head(house)
    again = bring(house)
    assert (again.changed, again.accounts, again.passwords, again.new_school) == (0, 0, None, False)
    assert head(house) == before and house.accounts.logins(SCHOOL) == accounts


def test_a_crash_in_the_middle_is_finished_by_importing_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = bring(house, dry_run=True).changed
    load = Exchange.load

    def cut(self: Exchange, device: str, drafts: list[object], progress: object = None) -> None:
        load(self, device, drafts[: len(drafts) // 2])
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Exchange, "load", cut)
        with pytest.raises(KeyboardInterrupt):
            bring(house)
    assert 0 < head(house) < whole
    rest = bring(house)
    assert rest.changed == whole - whole // 2
    assert bring(house).changed == 0
    assert len(house.accounts.logins(SCHOOL)) == 9


def test_the_folder_and_its_zip_file_are_the_same(house: House, tmp_path: Path) -> None:
    bring(house)
    with zipfile.ZipFile(tmp_path / "school.zip", "w") as packed:
        for path in SAMPLE.glob("*.csv"):
            packed.write(path, f"export/{path.name}")
    assert bring(house, tmp_path / "school.zip").changed == 0


def test_staff_get_a_password_that_only_the_admins_file_tells(house: House) -> None:
    report = bring(house)
    path = report.passwords
    assert path is not None and stat.S_IMODE(path.stat().st_mode) == 0o600
    told = {line.split("\t")[0]: line.split("\t")[1] for line in path.read_text().splitlines()}
    assert set(told) == {"petrova", "belova"}

    async def enter(login: str, password: str) -> tuple[str, bool]:
        account = await house.accounts.prove(SCHOOL, login, password, device="", address="::1")
        return account.person, account.must_change

    assert asyncio.run(enter("petrova", told["petrova"])) == ("u-petrova", True)
    assert asyncio.run(enter("lvova", "nachalo-2026")) == ("u-boss", True)  # the bundle gave it
    families = {login for login in house.accounts.logins(SCHOOL) if login not in ("petrova", "belova", "lvova")}
    assert families == {"abramov", "belov", "vasilev@school.example", "dmitriev", "abramova", "belov2"}


def test_the_imported_school_can_be_taught_in_at_once(house: House, clock: Clock) -> None:
    bring(house)
    exchange = house.exchanges[SCHOOL]

    async def day() -> list[tuple[str, str]]:
        teacher = Tablet(exchange, "u-petrova", "tablet-1", clock)
        await teacher.sync()
        assert ("journal", "8b-alg") in teacher.rows and ("enrolment", "8b/p1/2026-09-01") in teacher.rows
        teacher.write("lesson", "8b-alg/2026-11-23/3", topic="Теорема Виета", roll=True)
        teacher.write("mark", "8b-alg/2026-11-23/3/p1/1", value="5")
        teacher.write("attendance", "8b-alg/2026-11-23/3/p2", presence="absent")
        teacher.write("mark", "8b-alg/2026-11-23/3/p4/1", value="4")  # has left on the 13th
        teacher.write("mark", "8b-eng-2/2026-11-23/4/p1/1", value="4")  # another's journal
        first = await teacher.verdicts()
        tutor = Tablet(exchange, "u-belova", "tablet-2", clock)
        await tutor.sync()
        tutor.write("attendance", "8b-alg/2026-11-23/3/p2", reason="ill")
        tutor.write("mark", "8b-eng-2/2026-11-23/4/p1/1", value="4")
        tutor.write("mark", "8b-eng-2/2026-11-23/4/p2/1", value="4")  # of the other subgroup
        return first + await tutor.verdicts()

    assert asyncio.run(day()) == [
        ("accepted", ""), ("accepted", ""), ("accepted", ""), ("refused", "not_enrolled"), ("refused", "not_yours"),
        ("accepted", ""), ("accepted", ""), ("refused", "not_enrolled"),
    ]  # fmt: skip


def test_the_admin_of_the_bundle_may_set_up_the_rest(house: House, clock: Clock) -> None:
    bring(house)

    async def day() -> list[tuple[str, str]]:
        admin = Tablet(house.exchanges[SCHOOL], "u-boss", "office", clock)
        await admin.sync()
        admin.write("grant", "deputy", person="u-petrova", role="deputy_head", reason="Приказ № 1")
        admin.write("consent", "p1", given=True)
        admin.write("slot", "8b-alg/1/3/2026-09-01", room="12")
        return await admin.verdicts()

    assert asyncio.run(day()) == [("accepted", "")] * 3
    house.publish(SCHOOL)
    assert house.exchanges[SCHOOL].scopes_of("m1").default[0] == "diary:p1"
    assert house.exchanges[SCHOOL].scopes_of("f2").default == ()  # no consent for this child


def test_a_user_to_be_deleted_can_sign_in_no_longer(house: House, tmp_path: Path) -> None:
    bring(house)
    later = tmp_path / "later"
    later.mkdir()
    for path in SAMPLE.glob("*.csv"):
        text = path.read_text()
        if path.stem == "users":
            text = text.replace("u-boss,,,", "u-boss,tobedeleted,2026-11-20,")
        (later / path.name).write_text(text)
    report = bring(house, later)
    assert report.closed == 1 and report.files["users.csv"].ended == 1
    with pytest.raises(WrongSignIn):
        asyncio.run(house.accounts.prove(SCHOOL, "lvova", "nachalo-2026", device="", address="::1"))
    # Nobody is left who could give rights, so an account for that is made.
    assert house.accounts.logins(SCHOOL)["admin"] == "office-admin"
    again = bring(house, later)
    assert (again.changed, again.closed, again.accounts) == (0, 0, 0)


def test_an_unlawful_school_id_is_refused_before_anything_is_written(house: House) -> None:
    with pytest.raises(ValueError, match="no school id"):
        run_import(house, "Школа 5", read_bundle(SAMPLE))
    assert house.accounts.logins("Школа 5") == {}
