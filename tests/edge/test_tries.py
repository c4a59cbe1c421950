"""How often a sign-in may be tried: time is an argument, so no test waits."""

import pytest

from server.accounts.tries import ADDRESS, HOUR, LOGIN, TooManyTries, Tries, keys_of, network

NOW = 1_800_000_000_000


def keys(login: str = "anna", address: str = "10.0.0.7", device: str = "") -> list:
    return keys_of("32", login, address, device)


def fail(tries: Tries, times: int, now: int = NOW, **whose: str) -> None:
    for _ in range(times):
        tries.begin(keys(**whose), now)


def wait_of(tries: Tries, now: int = NOW, **whose: str) -> int:
    """Seconds to wait; 0 when a try is let in."""
    try:
        tries.begin(keys(**whose), now)
    except TooManyTries as told:
        return told.retry_after
    return 0


def test_the_first_failures_cost_nothing_and_then_each_doubles_the_wait() -> None:
    tries, now, waits = Tries(), NOW, []
    fail(tries, LOGIN.free)
    for _ in range(8):
        wait = wait_of(tries, now)
        waits.append(wait)
        now += wait * 1000
        assert wait_of(tries, now) == 0
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]


def test_the_wait_is_half_open() -> None:
    tries = Tries()
    fail(tries, LOGIN.free)
    assert wait_of(tries, NOW + 999) == 1
    assert wait_of(tries, NOW + 1000) == 0


def test_asking_while_waiting_does_not_lengthen_the_wait() -> None:
    tries = Tries()
    fail(tries, LOGIN.free)
    assert [wait_of(tries, NOW) for _ in range(100)] == [1] * 100


def test_many_tries_at_once_win_nothing() -> None:
    tries = Tries()
    let_in = sum(wait_of(tries, NOW) == 0 for _ in range(200))
    assert let_in == LOGIN.free


def test_a_right_password_forgets_the_failures_of_the_login() -> None:
    tries = Tries()
    fail(tries, LOGIN.free - 1)
    tries.begin(keys(), NOW)
    tries.forgive(keys(), NOW)
    fail(tries, LOGIN.free)
    assert wait_of(tries) == 1


def test_a_right_password_does_not_forget_the_failures_of_the_address() -> None:
    tries = Tries()
    for n in range(ADDRESS.free - 1):
        fail(tries, 1, login=f"guess{n}")
        tries.begin(keys(login="own"), NOW)
        tries.forgive(keys(login="own"), NOW)
    fail(tries, 1, login="one more")
    assert wait_of(tries, login="own") == 1


def test_one_address_can_not_try_every_login() -> None:
    tries = Tries()
    let_in = sum(wait_of(tries, login=f"login{n}") == 0 for n in range(500))
    assert let_in == ADDRESS.free


def test_one_login_can_not_be_tried_from_every_address() -> None:
    tries = Tries()
    let_in = sum(wait_of(tries, address=f"10.0.{n}.1") == 0 for n in range(200))
    assert let_in == LOGIN.free


def test_a_subscriber_of_ipv6_is_one_address() -> None:
    assert network("2001:db8:1:2:aaaa::1") == network("2001:db8:1:2:bbbb::9")
    assert network("2001:db8:1:2::1") != network("2001:db8:1:3::1")
    assert network("::ffff:10.0.0.7") == network("10.0.0.7")


def test_failing_on_purpose_does_not_lock_out_the_teachers_own_tablet() -> None:
    tries = Tries()
    for n in range(500):
        wait_of(tries, login=f"login{n}")
    fail(tries, LOGIN.free, address="10.0.0.99")
    assert wait_of(tries) > 0
    assert wait_of(tries, device="dabc") == 0


def test_a_stolen_tablet_may_not_guess_for_ever() -> None:
    tries = Tries()
    assert sum(wait_of(tries, device="dabc") == 0 for _ in range(100)) < 20


def test_failures_are_forgotten_after_an_hour() -> None:
    tries = Tries()
    fail(tries, LOGIN.free)
    assert wait_of(tries, NOW + HOUR - 1) == 0
    fresh = Tries()
    fail(fresh, LOGIN.free)
    fail(fresh, LOGIN.free, now=NOW + HOUR)
    with pytest.raises(TooManyTries):
        fail(fresh, 1, now=NOW + HOUR)


def test_schools_do_not_share_counts() -> None:
    tries = Tries()
    for n in range(LOGIN.free):
        tries.begin(keys_of("32", "anna", f"10.0.{n}.1", ""), NOW)
    with pytest.raises(TooManyTries):
        tries.begin(keys_of("32", "anna", "10.9.9.9", ""), NOW)
    tries.begin(keys_of("33", "anna", "10.9.9.9", ""), NOW)
