"""Signing in over HTTP, with a real server, real argon2 and the server's clock in the test's hand."""

import json

import pytest

from server.routes.signing import FAMILY_LASTS, STAFF_LASTS
from tests.edge.served import PEOPLE, Served
from tests.school import NOW

WRONG = {"error": "wrong_sign_in", "n": None, "retry_after": None, "limit": None}


@pytest.fixture(autouse=True)
def two_hours_later(served: Served) -> None:
    """The failures that the test before has left are forgotten."""
    served.clock.now += 7_200_000


def said(login: str, password: str, **others: object) -> dict[str, object]:
    return {"login": login, "password": password, "clock": NOW, **others}


def test_each_person_learns_who_they_are(served: Served) -> None:
    found = {p: served.sign_in(p).signed_in for p in PEOPLE}
    assert {p: (a["roles"], a["pupils"]) for p, a in found.items()} == {
        "t1": (["teacher"], []),
        "t2": ([], []),  # the substitution is over
        "tutor": (["class_teacher"], []),
        "deputy": (["deputy_head"], []),
        "admin": (["admin"], []),
        "boss": (["director"], []),
        "guardian": (["parent"], ["p1"]),
        "p1": (["pupil"], ["p1"]),
        "p2": (["pupil"], []),  # no consent, no diary
    }
    assert found["deputy"]["name"] == "Кузнецова Марина Львовна"
    assert found["p1"]["name"] == "Абрамов Илья"
    assert {a["school_name"] for a in found.values()} == {"Школа № 32"}
    assert {(a["school"], a["epoch"], a["known"]) for a in found.values()} == {("32", served.exchange.epoch, 0)}


def test_me_says_the_same_as_the_sign_in_but_as_of_now(served: Served) -> None:
    anna = served.sign_in("t1")
    assert anna.http.get("/api/32/me").json() == anna.signed_in
    anna.verdicts(anna.op("mark", "8b-alg/2026-11-20/2/p3/1", value="5"))
    assert anna.http.get("/api/32/me").json() == anna.signed_in | {"known": 1}


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(served: Served) -> None:
    answer = served.client().post("/api/32/sign-in", json=said("t1", "t1-secret"))
    name, *attributes = answer.headers["set-cookie"].split("; ")
    assert len(name.removeprefix("zvonok=")) == 43
    assert {a.lower() for a in attributes if not a.startswith(("expires", "Max-Age"))} == {
        "httponly",
        "path=/",
        "samesite=strict",
    }


def test_behind_https_the_cookie_is_only_for_https(served: Served) -> None:
    behind = served.client(**{"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"})
    answer = behind.post("/api/32/sign-in", json=said("t1", "t1-secret"))
    assert "Secure" in answer.headers["set-cookie"]
    assert answer.headers["strict-transport-security"].startswith("max-age=")


@pytest.mark.parametrize(("login", "password"), [("t1", "no"), ("nobody", "t1-secret"), ("t1", ""), ("", "")])
def test_what_was_wrong_is_not_told(served: Served, login: str, password: str) -> None:
    answer = served.client().post("/api/32/sign-in", json=said(login, password))
    assert (answer.status_code, answer.json()) == (401, WRONG)
    assert "set-cookie" not in answer.headers


def test_a_school_that_is_not_here_is_told_as_such(served: Served) -> None:
    answer = served.client().post("/api/34/sign-in", json=said("t1", "t1-secret"))
    assert (answer.status_code, answer.json()["error"]) == (404, "wrong_school")


def test_guessing_is_slowed_down_and_says_for_how_long(served: Served) -> None:
    guesser = served.client()
    answers = [guesser.post("/api/32/sign-in", json=said("boss", "guess")) for _ in range(6)]
    assert [a.status_code for a in answers] == [401] * 5 + [429]
    assert (answers[-1].json()["error"], answers[-1].json()["retry_after"]) == ("too_many_tries", 1)
    assert answers[-1].headers["retry-after"] == "1"
    assert guesser.post("/api/32/sign-in", json=said("boss", "boss-secret")).status_code == 429
    served.clock.now += 1_000
    assert guesser.post("/api/32/sign-in", json=said("boss", "boss-secret")).status_code == 200


def test_guessing_at_a_login_that_does_not_exist_is_slowed_down_alike(served: Served) -> None:
    guesser = served.client()
    answers = [guesser.post("/api/32/sign-in", json=said("ghost", "guess")).status_code for _ in range(6)]
    assert answers == [401] * 5 + [429]


def test_pupils_who_fail_on_purpose_do_not_lock_out_the_teachers_tablet(served: Served) -> None:
    tablet = served.sign_in("t2")
    for _ in range(8):
        served.client().post("/api/32/sign-in", json=said("t2", "guess"))
    assert served.client().post("/api/32/sign-in", json=said("t2", "t2-secret")).status_code == 429
    assert served.sign_in("t2", device=tablet.device).device == tablet.device


def test_a_store_keeps_its_identity_and_its_count(served: Served) -> None:
    anna = served.sign_in("t1")
    anna.verdicts(anna.op("mark", "8b-alg/2026-11-20/2/p2/1", value="4"))
    again = served.sign_in("t1", device=anna.device)
    assert (again.device, again.known) == (anna.device, 1)


def test_naming_another_persons_device_gets_a_new_one(served: Served) -> None:
    anna = served.sign_in("t1")
    assert served.sign_in("t2", device=anna.device).device != anna.device
    assert served.sign_in("t1", school="33", device=anna.device).device != anna.device


def test_a_device_that_only_the_journal_remembers_keeps_its_identity(served: Served) -> None:
    served.exchange.register_device("dqqqqqqqqqq", "t1", NOW)
    assert served.sign_in("t2", device="dqqqqqqqqqq").device != "dqqqqqqqqqq"
    assert served.sign_in("t1", device="dqqqqqqqqqq").device == "dqqqqqqqqqq"


def test_signing_out_ends_the_session_at_once(served: Served) -> None:
    anna = served.sign_in("t1")
    cookie = anna.cookie
    answer = anna.http.post("/api/32/sign-out")
    assert (answer.status_code, answer.json()) == (200, {})
    assert "zvonok" not in anna.http.cookies
    stolen = served.client(Cookie=cookie).get("/api/32/me")
    assert (stolen.status_code, stolen.json()["error"]) == (401, "signed_out")


def test_signing_in_anew_ends_the_session_that_the_browser_came_with(served: Served) -> None:
    anna = served.sign_in("t1")
    cookie = anna.cookie
    anna.http.post("/api/32/sign-in", json=said("t2", "t2-secret"))
    assert served.client(Cookie=cookie).get("/api/32/me").status_code == 401
    assert anna.http.get("/api/32/me").json()["person"] == "t2"


@pytest.mark.parametrize(("person", "lasts"), [("t1", STAFF_LASTS), ("guardian", FAMILY_LASTS), ("p1", FAMILY_LASTS)])
def test_a_session_unused_is_over_after_its_time(served: Served, person: str, lasts: int) -> None:
    guest = served.sign_in(person)
    served.clock.now += lasts - 1
    assert guest.http.get("/api/32/me").status_code == 200
    served.clock.now += lasts
    assert guest.http.get("/api/32/me").status_code == 401


def test_hello_names_the_schools_and_no_password_of_a_real_one(served: Served) -> None:
    found = served.client().get("/api/hello").json()
    assert found["schools"] == [["32", "Школа № 32"], ["33", "Школа № 32"]]
    assert found["demo"] == []


def test_hello_gives_the_sign_ins_of_a_demo(served: Served) -> None:
    mark = served.house.data / "demo.json"
    mark.write_text(json.dumps({"sign_ins": [["teacher", "t1", "t1-secret"]]}))
    try:
        assert served.client().get("/api/hello").json()["demo"] == [["teacher", "t1", "t1-secret"]]
    finally:
        mark.unlink()


def test_no_sign_in_leaves_a_login_or_a_password_in_the_log(served: Served) -> None:
    mark = served.mark()
    served.client().post("/api/32/sign-in", json=said("t1-mistyped", "hunter2"))
    served.client().post("/api/32/sign-in", content=b'{"login": "t1-mistyped", "password": "hunter2"')
    told = json.dumps(served.lines()[mark:])
    assert len(served.lines()) == mark + 2
    assert "hunter2" not in told
    assert "mistyped" not in told
