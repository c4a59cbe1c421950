"""Accounts, sessions and devices, with the real database and real argon2."""

import asyncio
import threading
import time
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import extract_parameters
from pysqlite3 import dbapi2 as sqlite3

from server.accounts import CHEAP, Account, Accounts, Cost, LoginTaken, Naming, Session, WrongSignIn
from server.accounts.passwords import WAITING, WORKERS, Busy, Passwords
from server.accounts.sessions import SLIDE
from tests.school import NOW, Clock

HOUR = 3_600_000
LASTS = 12 * HOUR


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(tmp_path: Path, clock: Clock) -> Iterator[Accounts]:
    opened = Accounts(tmp_path / "accounts.db", clock, cost=CHEAP)
    opened.create("32", "anna", "t1", "right")
    opened.create("32", "boris", "t2", "right too")
    yield opened
    opened.close()


def run(story: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(story)


def prove(accounts: Accounts, login: str = "anna", password: str = "right", device: str = "") -> Account:
    return run(accounts.prove("32", login, password, device=device, address="10.0.0.7"))


def begin(accounts: Accounts, login: str = "anna", password: str = "right", device: str = "", adopt: bool = False):
    account = prove(accounts, login, password, device)
    return run(accounts.begin(account, Naming(device, "Планшет", "Firefox", adopt), LASTS))


def columns(accounts: Accounts, asked: str) -> list[Any]:
    with sqlite3.connect(accounts.path) as db:
        return db.execute(asked).fetchall()


def test_the_right_password_proves_the_account(accounts: Accounts) -> None:
    assert prove(accounts).person == "t1"


def test_a_login_is_the_same_in_capitals_and_with_spaces_around(accounts: Accounts) -> None:
    assert prove(accounts, " Anna ").person == "t1"


def test_a_password_is_the_same_however_its_letters_are_composed(accounts: Accounts) -> None:
    accounts.set_password("32", "anna", "чай")
    assert prove(accounts, password="чаи\u0306").person == "t1"


@pytest.mark.parametrize(
    ("login", "password"),
    [("anna", "wrong"), ("anna", ""), ("nobody", "right"), ("", ""), ("anna", "x" * 10_000), ("anna", "\ud800")],
)
def test_what_was_wrong_is_not_told(accounts: Accounts, login: str, password: str) -> None:
    with pytest.raises(WrongSignIn):
        prove(accounts, login, password)


def test_nobody_signs_in_without_a_password_of_their_own(accounts: Accounts) -> None:
    accounts.create("32", "new", "t3")
    for password in ("", "nobody's password"):
        with pytest.raises(WrongSignIn):
            prove(accounts, "new", password)


def test_an_unknown_login_takes_as_long_as_a_wrong_password(tmp_path: Path, clock: Clock) -> None:
    accounts = Accounts(tmp_path / "slow.db", clock, cost=Cost(4, 16 * 1024, 1))
    accounts.create("32", "anna", "t1", "right")

    def cpu(login: str) -> float:
        began = time.process_time()
        with pytest.raises(WrongSignIn):
            prove(accounts, login, "wrong")
        return time.process_time() - began

    known, unknown = min(cpu("anna") for _ in range(3)), min(cpu(f"nobody{n}") for n in range(3))
    accounts.close()
    assert known / 2 < unknown < known * 2


def test_a_hash_is_remade_when_the_parameters_have_changed(tmp_path: Path, clock: Clock) -> None:
    for cost in (CHEAP, Cost(2, 128, 1)):
        accounts = Accounts(tmp_path / "a.db", clock, cost=cost)
        accounts.create("32", "anna", "t1", "right")
        prove(accounts)
        (stored,) = columns(accounts, "SELECT hash FROM account")[0]
        assert extract_parameters(stored).memory_cost == cost.memory
        accounts.close()


def test_making_an_account_twice_changes_nothing(accounts: Accounts) -> None:
    assert accounts.create("32", "ANNA", "t1", "another") is False
    assert prove(accounts).person == "t1"


def test_a_login_belongs_to_one_person_and_nothing_is_half_made(accounts: Accounts) -> None:
    with pytest.raises(LoginTaken, match="another person"):
        accounts.create_many([("32", "new", "t9", None), ("32", "anna", "t9", None)])
    assert accounts.logins("32") == {"anna": "t1", "boris": "t2"}


def test_the_same_login_in_another_school_is_another_person(accounts: Accounts) -> None:
    accounts.create("33", "anna", "x1", "other")
    with pytest.raises(WrongSignIn):
        prove(accounts, "anna", "other")
    assert accounts.logins("33") == {"anna": "x1"}


def test_a_token_is_never_stored(accounts: Accounts) -> None:
    token, _ = begin(accounts)
    kept = b"".join(path.read_bytes() for path in accounts.path.parent.iterdir())
    assert b"anna" in kept  # what was committed is read here, in the log beside the database too
    assert token.encode() not in kept
    assert b"right" not in kept


def test_a_session_is_found_by_its_token_alone(accounts: Accounts) -> None:
    token, session = begin(accounts)
    assert run(accounts.session(token)) == session
    other = token[:-1] + ("A" if token[-1] != "A" else "B")
    for wrong in ("", "x", other, "ы" * 43, token + "A"):
        assert run(accounts.session(wrong)) is None


def test_a_session_survives_a_restart(accounts: Accounts, clock: Clock) -> None:
    token, session = begin(accounts)
    again = Accounts(accounts.path, clock, cost=CHEAP)
    assert run(again.session(token)) == session
    again.close()


def test_a_session_in_use_reads_no_database(accounts: Accounts) -> None:
    token, session = begin(accounts)
    statements: list[str] = []
    accounts._db.set_trace_callback(statements.append)
    assert [run(accounts.session(token)) for _ in range(50)] == [session] * 50
    assert statements == []


def test_a_session_slides_while_it_is_used(accounts: Accounts, clock: Clock) -> None:
    token, _ = begin(accounts)
    for hours in range(1, 40):
        clock.now = NOW + hours * HOUR
        assert run(accounts.session(token)) is not None
    clock.now += LASTS - 1
    assert run(accounts.session(token)) is not None


def test_a_session_is_over_at_the_instant_it_expires(accounts: Accounts, clock: Clock) -> None:
    token, session = begin(accounts)
    clock.now = session.expires - 1
    assert run(accounts.is_open(session))
    clock.now = session.expires
    assert not run(accounts.is_open(session))
    assert run(accounts.session(token)) is None


def test_sliding_is_written_down(accounts: Accounts, clock: Clock) -> None:
    token, _ = begin(accounts)
    clock.now = NOW + SLIDE
    run(accounts.session(token))
    assert columns(accounts, "SELECT seen, expires FROM session") == [(NOW + SLIDE, NOW + SLIDE + LASTS)]


def test_a_session_is_over_once_signed_out_and_tells_so(accounts: Accounts) -> None:
    token, session = begin(accounts)
    told: list[Session] = []
    accounts.ended.append(told.append)
    run(accounts.sign_out(session))
    assert run(accounts.session(token)) is None
    assert [s.id for s in told] == [session.id]


def test_a_new_password_ends_the_sessions(accounts: Accounts) -> None:
    token, _ = begin(accounts)
    other, _ = begin(accounts, "boris", "right too")
    accounts.set_password("32", "anna", "fresh")
    assert prove(accounts, password="fresh").must_change
    assert run(accounts.session(token)) is None
    assert run(accounts.session(other)) is not None


def revoked(accounts: Accounts, token: str) -> bool | None:
    session = run(accounts.session(token))
    return session.revoked if session else None


@pytest.mark.parametrize("how", ["account", "device"])
def test_who_is_revoked_is_told_so_until_the_session_would_have_expired(
    accounts: Accounts, clock: Clock, how: str
) -> None:
    token, session = begin(accounts)
    other, _ = begin(accounts, "boris", "right too")
    told: list[Session] = []
    accounts.ended.append(told.append)
    if how == "account":
        accounts.disable("32", "Anna")
        with pytest.raises(WrongSignIn):
            prove(accounts)
    else:
        assert accounts.revoke("32", session.device, "lost", "admin")
        assert not accounts.revoke("32", session.device, "lost again", "admin")
        assert begin(accounts)[1].device != session.device
    assert [s.id for s in told] == [session.id]
    assert revoked(accounts, token) and not run(accounts.is_open(session))
    assert revoked(accounts, other) is False
    clock.now = session.expires - 1
    assert revoked(accounts, token), "and nothing has prolonged it"
    clock.now = session.expires
    assert revoked(accounts, token) is None


def test_an_account_that_is_opened_again_gets_new_devices(accounts: Accounts) -> None:
    token, session = begin(accounts)
    accounts.disable("32", "anna")
    accounts.disable("32", "anna", False)
    assert revoked(accounts, token)
    fresh, again = begin(accounts, device=session.device)
    assert again.device != session.device and revoked(accounts, fresh) is False
    assert [bool(d.revoked) for d in accounts.devices("32")] == [True, False]


def test_a_revoked_device_keeps_when_why_and_by_whom(accounts: Accounts, clock: Clock) -> None:
    _, session = begin(accounts)
    accounts.revoke("32", session.device, "left on the bus", "admin")
    (device,) = accounts.devices("32")
    assert (device.person, device.revoked, device.reason, device.by) == ("t1", clock.now, "left on the bus", "admin")
    with pytest.raises(KeyError):
        accounts.revoke("33", session.device, "lost", "admin")


def test_what_another_process_changed_is_noticed_without_waiting_for_a_slide(accounts: Accounts, clock: Clock) -> None:
    token, session = begin(accounts)
    ended, _ = begin(accounts, "boris", "right too")
    told: list[Session] = []
    accounts.ended.append(told.append)
    beside = Accounts(accounts.path, clock, cost=CHEAP)
    beside.revoke("32", session.device, "lost", "admin")
    beside.set_password("32", "boris", "another")
    beside.close()
    run(accounts.follow())
    assert revoked(accounts, token) and revoked(accounts, ended) is None
    assert len(told) == 2
    run(accounts.follow())
    assert len(told) == 2


def test_a_device_keeps_its_identity_for_its_person_only(accounts: Accounts) -> None:
    _, first = begin(accounts)
    _, again = begin(accounts, device=first.device)
    _, other = begin(accounts, "boris", "right too", device=first.device)
    assert again.device == first.device
    assert other.device != first.device


@pytest.mark.parametrize("named", ["", "import", "dabcdefghij", "d" * 500, "d:1"])
def test_a_device_nobody_knows_gets_a_new_identity(accounts: Accounts, named: str) -> None:
    _, session = begin(accounts, device=named)
    assert session.device != named
    assert len(session.device) == 11


def test_a_device_that_the_journal_knows_keeps_its_identity_after_a_restore_of_the_accounts(accounts: Accounts) -> None:
    _, session = begin(accounts, device="dabcdefghij", adopt=True)
    assert session.device == "dabcdefghij"
    _, other = begin(accounts, "boris", "right too", device="dabcdefghij", adopt=True)
    assert other.device != "dabcdefghij"


def test_what_has_expired_is_swept(accounts: Accounts, clock: Clock) -> None:
    begin(accounts)
    clock.now = NOW + 1
    _, kept = begin(accounts, "boris", "right too")
    clock.now = NOW + LASTS
    run(accounts.sweep())
    assert columns(accounts, "SELECT id FROM session") == [(kept.id,)]


def test_only_so_many_passwords_are_reckoned_at_once() -> None:
    passwords = Passwords(Cost(1, 8 * 1024, 1))
    stored = passwords.hash("right")
    waiting = [passwords.verify(stored, "right") for _ in range(WORKERS + WAITING)]
    with pytest.raises(Busy):
        for _ in range(WORKERS + WAITING):
            waiting.append(passwords.verify(stored, "right"))
    assert all(future.result() for future in waiting)
    assert passwords.verify(stored, "right").result()
    passwords.close()


def test_sign_ins_that_found_no_place_are_not_counted_as_failures(accounts: Accounts) -> None:
    passwords, ended = accounts._passwords, threading.Event()
    for _ in range(WORKERS):
        passwords._pool.submit(ended.wait)
    waiting = [passwords.verify(None, "") for _ in range(WORKERS + WAITING)]
    for _ in range(20):
        with pytest.raises(Busy):
            prove(accounts)
    ended.set()
    assert not any(future.result() for future in waiting)
    assert prove(accounts).person == "t1"


def test_the_database_is_as_durable_as_the_journal(accounts: Accounts) -> None:
    def asked(pragma: str) -> Any:
        return accounts._wait(lambda: accounts._db.execute(f"PRAGMA {pragma}").fetchone()[0])

    found = {p: asked(p) for p in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "wal_autocheckpoint")}
    assert found == {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000, "wal_autocheckpoint": 0,
    }  # fmt: skip
