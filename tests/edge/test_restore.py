"""The way back, with the real Litestream: whole, proved, with a new epoch, or not at all."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from server.backup.locks import SERVER, Holder, take
from server.backup.proof import Unsound, changed_since, digest, look, prove
from server.backup.restore import CantRestore, restore
from server.house import House
from server.storage.journal import Reader
from server.storage.sqlite import connect
from tests.edge.backing import SCHOOL, Backed, backed, everything, until, write
from tests.school import Clock


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with data and backups of a house that has ended."""
    root = tmp_path_factory.mktemp("saved")
    (root / "data").mkdir()
    (root / "data" / "demo.json").write_text('{"sign_ins": []}')
    with backed(root) as house:
        for _ in range(3):
            house.write()
            house.until_durable()
        house.backup.copy_today(date(2026, 11, 23))
    yield root


@pytest.fixture
def own(saved: Path, tmp_path: Path) -> Path:
    """A copy of the backups that a test may spoil."""
    shutil.copytree(saved / "backups", tmp_path / "backups")
    return tmp_path / "backups"


def journal(data: Path) -> Path:
    return data / "schools" / SCHOOL / "journal.db"


def looking(data: Path) -> AbstractContextManager[Reader]:
    return look(journal(data), SCHOOL)


def test_a_restore_brings_the_same_school_back_with_a_new_epoch(saved: Path, tmp_path: Path) -> None:
    seen: list[tuple[str, int]] = []
    report = restore(saved / "backups", tmp_path / "data", progress=lambda says, size: seen.append((says, size)))
    with looking(saved / "data") as old, looking(tmp_path / "data") as new:
        assert digest(new) == digest(old)
        assert [e.epoch for e in new.epochs()][:-1] == [e.epoch for e in old.epochs()]
        assert new.epochs()[-1].parted_seq == old.head() == report.schools[0].head
        assert new.epochs()[-1].epoch == report.schools[0].epoch
    school = report.schools[0]
    assert (school.school, school.ordinal, report.accounts, report.settings) == (SCHOOL, 2, True, ["demo.json"])
    assert school.last_at and school.rows > 20
    assert {"accounts", SCHOOL} == {says for says, _ in seen} and max(size for _, size in seen) > 10_000
    assert (tmp_path / "data" / "demo.json").read_text() == '{"sign_ins": []}'


def test_the_restored_house_opens_people_sign_in_and_it_is_backed_up_to_a_line_of_its_own(own: Path) -> None:
    restore(own, own.parent / "data")
    with backed(own.parent, school=False) as house:
        assert house.house.accounts.logins(SCHOOL) == {"t1": "t1"}
        house.write()
        house.until_durable()
        lines = sorted(path.name for path in (own / "schools" / SCHOOL).iterdir())
        assert [name[:5] for name in lines] == ["0001-", "0002-"]
        assert lines[1] == house.backup.line(f"schools/{SCHOOL}").name


def test_a_second_restore_takes_the_newest_line_and_goes_past_every_epoch_there_is(own: Path) -> None:
    first = restore(own, own.parent / "data")
    with backed(own.parent, school=False) as house:
        seq = house.write()
        house.until_durable()
    again = restore(own, own.parent / "again")
    assert (again.schools[0].ordinal, again.schools[0].head >= seq) == (3, True)
    assert first.schools[0].epoch in again.schools[0].line


def test_a_line_that_nothing_was_uploaded_to_is_passed_over(own: Path) -> None:
    (own / "schools" / SCHOOL / "0007-abcdef").mkdir()
    report = restore(own, own.parent / "data")
    assert report.schools[0].line.startswith(f"schools/{SCHOOL}/0001-")
    assert report.schools[0].ordinal == 8


def test_as_it_was_at_a_moment(tmp_path: Path) -> None:
    with backed(tmp_path) as house:
        house.until_durable()
        until(lambda: _second(house) is not None, what="a second between two entries")
        before = house.exchange.applied_seq
        moment = datetime.now(UTC)
        until(lambda: datetime.now(UTC) > moment + timedelta(seconds=1.1))
        house.write()
        house.until_durable()
    report = restore(tmp_path / "backups", tmp_path / "then", moment)
    assert report.schools[0].head == before
    assert restore(tmp_path / "backups", tmp_path / "now").schools[0].head > before
    with pytest.raises(CantRestore, match="no backup of a school from before"):
        restore(tmp_path / "backups", tmp_path / "never", moment - timedelta(days=1))
    assert not (tmp_path / "never").exists()


def _second(house: Backed) -> int | None:
    """The publisher writes too: wait until it has nothing left to say."""
    published = house.exchange.published
    return published if published and house.durable() else None


def test_a_flipped_byte_in_the_replica_is_refused_or_changes_nothing(saved: Path, tmp_path: Path) -> None:
    """A page that a later transaction replaces is not read: a byte of it harms nobody. Where it falls varies."""
    name, size = max((p.stat().st_size, p.name) for p in (saved / "backups" / "schools").rglob("*.ltx"))[::-1]
    with looking(saved / "data") as old:
        whole = digest(old)
    refused = 0
    for at in range(7, size, size // 8):
        backups, target = tmp_path / f"backups-{at}", tmp_path / f"data-{at}"
        shutil.copytree(saved / "backups", backups)
        target.mkdir()
        for path in (backups / "schools").rglob(name):
            content = bytearray(path.read_bytes())
            content[at] ^= 0x40
            path.write_bytes(content)
        try:
            restore(backups, target)
        except CantRestore as broken:
            refused += 1
            assert "is broken" in str(broken) and "--daily" in broken.hint
            assert list(target.iterdir()) == [target / SERVER], "nothing but the lock that kept servers out"
            assert not list(tmp_path.glob(f".{target.name}.restoring-*"))
        else:
            with looking(target) as new:
                assert digest(new) == whole
    assert refused > 4


def test_a_line_without_its_beginning_is_broken_and_not_passed_over(own: Path) -> None:
    for folder in list((own / "schools").rglob("ltx/*")):
        for path in sorted(folder.glob("*.ltx"))[:1]:
            path.unlink()
    assert list((own / "schools").rglob("*.ltx")), "the line had only one file"
    with pytest.raises(CantRestore, match="is broken"):
        restore(own, own.parent / "data")
    assert not (own.parent / "data").exists()


def test_a_target_that_is_not_empty_is_refused_or_moved_aside(own: Path) -> None:
    target = own.parent / "data"
    (target / "schools").mkdir(parents=True)
    (target / "schools" / "kept.txt").write_text("work of a year")
    before = everything(target)
    with pytest.raises(CantRestore, match="not empty") as refused:
        restore(own, target)
    assert "--replace" in refused.value.hint and everything(target) == before
    report = restore(own, target, replace=True)
    assert report.aside is not None and everything(report.aside)["schools/kept.txt"] == b"work of a year"
    assert (target / "accounts.db").exists()


def test_a_folder_that_a_server_runs_on_is_refused(own: Path) -> None:
    target = own.parent / "data"
    target.mkdir()
    lock = take(target / SERVER, Holder(4711, "server"))
    try:
        with pytest.raises(CantRestore, match="4711"):
            restore(own, target)
        with pytest.raises(CantRestore, match="4711"):
            restore(own, target, replace=True)
    finally:
        lock.release()
    restore(own, target)


def test_what_a_cut_off_restore_left_is_cleared_and_nothing_else(own: Path) -> None:
    left = own.parent / ".data.restoring-cafe0000"
    other = own.parent / ".data2.restoring-cafe0000"
    for folder in (left, other):
        folder.mkdir()
        (folder / "half.db").write_text("half")
    restore(own, own.parent / "data")
    assert not left.exists() and other.exists()


def test_a_restore_that_is_killed_leaves_the_target_as_it_was(own: Path) -> None:
    target = own.parent / "data"
    command = [sys.executable, "-m", "server.cli", "restore", "--from", str(own), "--to", str(target)]
    with subprocess.Popen(command, cwd=Path(__file__).parents[2], stdout=subprocess.DEVNULL) as process:
        until(lambda: list(own.parent.glob(".data.restoring-*/**/*.db*")), what="the restore is under way")
        process.kill()
    assert not target.exists()
    report = restore(own, target)
    assert report.schools[0].ordinal == 2 and not list(own.parent.glob(".data.restoring-*"))


def test_whole_daily_copies_are_a_way_back_without_litestream(own: Path) -> None:
    shutil.rmtree(own / "schools")
    report = restore(own, own.parent / "data", daily=date(2026, 11, 23))
    assert report.schools[0].head > 30 and report.schools[0].line.endswith("2026-11-23.db")
    house = House.open(report.target, clock=Clock())
    try:
        assert house.exchanges[SCHOOL].epochs[-1].ordinal == 2
    finally:
        house.close()
    with pytest.raises(CantRestore) as missing:
        restore(own, own.parent / "other", daily=date(2026, 11, 20))
    assert "2026-11-23" in missing.value.hint


def test_nothing_to_restore_from_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(CantRestore, match="no backup folder"):
        restore(tmp_path / "nowhere", tmp_path / "data")
    (tmp_path / "empty").mkdir()
    with pytest.raises(CantRestore, match="no backup of a school"):
        restore(tmp_path / "empty", tmp_path / "data")
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        ("DELETE FROM entry WHERE seq=7", "entry 8 where 7 belongs"),
        ("UPDATE entry SET verdict='refused' WHERE seq=7", "entry 7"),
        ("DELETE FROM r_subject WHERE key='alg'", "scope school"),
    ],
)
def test_a_journal_that_contradicts_itself_is_unsound(saved: Path, tmp_path: Path, spoil: str, says: str) -> None:
    restore(saved / "backups", tmp_path / "data")
    db = connect(journal(tmp_path / "data"))
    assert db.execute(spoil).rowcount == 1
    db.close()
    with looking(tmp_path / "data") as reader, pytest.raises(Unsound, match=says):
        prove(reader)


def test_a_restored_journal_equals_the_live_one_at_that_point(own: Path, saved: Path) -> None:
    restore(own, own.parent / "then")
    restore(own, own.parent / "live")
    house = House.open(own.parent / "live", clock=Clock())
    try:
        write(house.exchanges[SCHOOL])
        with house.exchanges[SCHOOL].store.read() as live, looking(own.parent / "then") as then:
            head = then.head()
            changed = changed_since(live, head)
            assert changed and digest(live, upto=head, without=changed) == digest(then, upto=head, without=changed)
            assert digest(live) != digest(then)
    finally:
        house.close()
