"""Backup with the real Litestream: receipts, outages, lines, daily copies."""

import os
import shutil
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from server.backup import Backup
from server.backup.daily import KEEP, copies, make_copy
from server.backup.lines import SCHOOLS, Line, read_line
from server.backup.litestream import LONGEST_SOCKET, LeftOver, configuration, socket_path
from server.backup.replica import plan
from server.house import House
from server.storage.sqlite import connect
from sync.messages import Poke
from tests.edge.backing import SCHOOL, Backed, backed, until
from tests.school import Clock

STORE = f"{SCHOOLS}/{SCHOOL}"


def line_of(house: Backed) -> Path:
    """The folder that the school's line is written to."""
    return house.backup.backups / house.backup.line(STORE).path


def test_a_commit_becomes_durable_and_listeners_are_told(tmp_path: Path) -> None:
    with backed(tmp_path) as house:
        house.until_durable()
        told: list[Poke] = []
        house.exchange.listeners.append(told.append)
        seq = house.write()
        house.until_durable()
        assert house.exchange.durable_seq >= seq
        assert told[-1].durable_seq >= seq
        until(lambda: house.backup.status(SCHOOL)["lag_ms"] == 0)
        status = house.backup.status(SCHOOL)
        assert status["applied_seq"] == status["durable_seq"] >= seq
        assert status["healthy"] and status["replica"] == str(tmp_path / "backups")
        until(lambda: house.backup.status(SCHOOL)["last_sync_at"])


def test_what_is_durable_can_be_restored_after_both_were_killed(tmp_path: Path) -> None:
    from server.backup.replica import fetch

    with backed(tmp_path) as house:
        for _ in range(5):
            house.write()
        house.until_durable()
        durable = house.exchange.durable_seq
        os.kill(house.pid, signal.SIGKILL)
        line = house.backup.shelf.replica(house.backup.line(STORE).path)
        fetch(line, tmp_path / "back.db")
    db = connect(tmp_path / "back.db")
    assert db.execute("SELECT MAX(seq) FROM entry").fetchone()[0] >= durable
    db.close()


def test_litestream_killed_comes_back_and_everything_is_durable_again(tmp_path: Path) -> None:
    with backed(tmp_path) as house:
        house.until_durable()
        first = house.pid
        os.kill(first, signal.SIGKILL)
        house.write()
        assert not house.durable()
        house.until_durable()
        assert house.pid not in (0, first)
        until(lambda: house.backup.status(SCHOOL)["healthy"])


def test_without_a_working_replica_nothing_is_called_durable_and_the_lag_grows(tmp_path: Path) -> None:
    with backed(tmp_path) as house:
        house.until_durable()
        os.kill(house.pid, signal.SIGSTOP)
        try:
            durable = house.exchange.durable_seq
            house.write()
            until(lambda: house.backup.status(SCHOOL)["lag_ms"] > 50)
            assert house.exchange.durable_seq == durable
        finally:
            os.kill(house.pid, signal.SIGCONT)
        house.until_durable()
        assert house.backup.status(SCHOOL)["lag_ms"] == 0


def test_an_emptied_backup_folder_is_noticed_and_a_whole_new_line_begun(tmp_path: Path) -> None:
    # Litestream goes on answering "synced" here, while nothing can be restored from what is left.
    with backed(tmp_path) as house:
        house.until_durable()
        before = house.backup.line(STORE)
        shutil.rmtree(tmp_path / "backups")
        house.write()
        house.until_durable()
        after = house.backup.line(STORE)
        assert (after.epoch, after.number) == (before.epoch, before.number + 1)
        assert plan(house.backup.shelf.replica(after.path)).ok


def test_a_new_epoch_replicates_to_a_path_of_its_own(tmp_path: Path) -> None:
    with backed(tmp_path) as house:
        house.until_durable()
        old = line_of(house)
        house.exchange.new_epoch()
        house.write()
        until(lambda: house.backup.line(STORE).epoch == house.exchange.epoch)
        house.write()
        house.until_durable()
        assert old.is_dir() and line_of(house).name.startswith("0002-")
        until(lambda: plan(house.backup.shelf.replica(house.backup.line(STORE).path)).ok)


def test_a_second_run_continues_the_line(tmp_path: Path) -> None:
    with backed(tmp_path) as house:
        house.until_durable()
        first = line_of(house)
    with backed(tmp_path, school=False) as house:
        house.write()
        house.until_durable()
        assert line_of(house) == first
        assert plan(house.backup.shelf.replica(house.backup.line(STORE).path)).ok


def test_the_end_of_the_server_uploads_what_is_left(tmp_path: Path) -> None:
    with backed(tmp_path) as house:
        seq = house.write()
        assert house.backup.stop()
        assert house.exchange.durable_seq >= seq


SERVE_AND_WAIT = """
import sys
from pathlib import Path
from tests.edge.backing import backed
with backed(Path(sys.argv[1])) as house:
    house.until_durable()
    print(house.pid, flush=True)
    sys.stdin.read()
"""


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux ends a child with its parent")
def test_no_litestream_outlives_a_killed_server(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", SERVE_AND_WAIT, str(tmp_path)]
    with subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        litestream = int(server.stdout.readline())
        assert alive(litestream)
        server.kill()
        server.wait()
        until(lambda: not alive(litestream))


def test_a_litestream_of_an_earlier_run_is_ended_before_the_next_starts(tmp_path: Path) -> None:
    with backed(tmp_path) as house:
        house.until_durable()
        old = house.pid
        lost = tmp_path / "data" / "litestream.lock"
        # As after a crash: Litestream goes on, its server knows nothing of it any more.
        config = tmp_path / "data" / "litestream.yml"
        program = os.readlink(f"/proc/{old}/exe")
    stray = subprocess.Popen(
        [sys.executable, "-c", STRAY, str(lost), program, str(config)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert stray.stdout is not None and stray.stdout.readline().strip() == "locked"
        with backed(tmp_path, school=False) as house:
            assert stray.wait(10) is not None
            house.write()
            house.until_durable()
    finally:
        stray.kill()
        stray.wait()
        stray.stdout.close()


STRAY = """
import fcntl, os, sys
lock, program, config = sys.argv[1:]
fd = os.open(lock, os.O_RDWR)
fcntl.flock(fd, fcntl.LOCK_EX)
os.ftruncate(fd, 0)
os.pwrite(fd, b'{"pid": %d}' % os.getpid(), 0)
os.set_inheritable(fd, True)
print("locked", flush=True)
os.execv(program, [program, "replicate", "-config", config, "-no-expand-env"])
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are looked at in /proc")
def test_a_frozen_litestream_whose_server_and_data_are_gone_does_not_keep_the_backup_folder(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", SERVE_AND_WAIT, str(tmp_path)]
    with subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        frozen = int(server.stdout.readline())
        os.kill(frozen, signal.SIGSTOP)
        server.kill()
    shutil.rmtree(tmp_path / "data")
    assert alive(frozen)
    with backed(tmp_path) as house:
        house.until_durable()
        assert not alive(frozen)


def test_two_servers_never_write_one_backup_folder(tmp_path: Path) -> None:
    with backed(tmp_path / "a") as house:
        other = House.open(tmp_path / "b" / "data", clock=Clock())
        try:
            with pytest.raises(LeftOver, match="is in use"):
                Backup(other, house.backup.backups).start()
        finally:
            other.close()


def test_the_configuration_keeps_to_what_was_measured(tmp_path: Path) -> None:
    text = configuration({tmp_path / "a b\"'.db": {"type": "file", "path": "/x"}}, tmp_path / "s").decode()
    for wanted in ('"monitor-interval":"100ms"', '"sync-interval":"100ms"', '"busy-timeout":"1s"', '"720h"'):
        assert wanted in text
    assert "addr" not in text


def test_a_long_data_path_gets_a_short_socket(tmp_path: Path) -> None:
    deep = tmp_path / ("x" * 60) / ("y" * 60)
    assert socket_path(tmp_path).parent == tmp_path or len(str(tmp_path)) > 80
    short = socket_path(deep)
    assert len(os.fsencode(short)) <= LONGEST_SOCKET
    short.parent.rmdir()
    with backed(deep) as house:
        house.until_durable()


def test_one_whole_copy_a_day_is_made_without_litestream_and_thirty_are_kept(tmp_path: Path) -> None:
    with backed(tmp_path) as house:
        day = date(2026, 11, 23)
        house.backup.copy_today(day)
        assert house.backup.status(SCHOOL)["daily"] == "2026-11-23"
        assert make_copy(tmp_path / "data", tmp_path / "backups", STORE, day) is None, "once a day"
        for n in range(1, KEEP + 3):
            make_copy(tmp_path / "data", tmp_path / "backups", STORE, date.fromordinal(day.toordinal() + n))
        kept = copies(tmp_path / "backups", STORE)
        assert (len(kept), kept[0].day, kept[-1].day) == (KEEP, "2026-11-26", "2026-12-25")
        assert kept[-1].path.stat().st_mode & 0o077 == 0
        db = connect(kept[-1].path, readonly=True)
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("SELECT MAX(seq) FROM entry").fetchone()[0] <= house.exchange.applied_seq
        db.close()


def test_a_line_is_read_back_from_its_name() -> None:
    for line in (Line(STORE, 1, 1, "9f3a2c"), Line(STORE, 12, 3, "00aa11"), Line(STORE, 10_000, 1, "c0")):
        assert read_line(STORE, line.name) == line
    assert read_line(STORE, "writer.lock") is None
    assert Line(STORE, 2, 1, "aa") > Line(STORE, 1, 9, "zz")
