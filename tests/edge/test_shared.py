"""A browser with several people: a session for each, each found by its own device's cookie and the device's proof."""

import base64
import hmac
import json
from typing import Any
from urllib.parse import urlencode

import httpx2
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from server.routes import ENDPOINTS
from server.routes.cookies import MOST
from server.routes.signing import STAFF_LASTS
from tests.edge.served import PEOPLE, Served, poke
from tests.school import NOW

SIGNED_OUT = (401, "signed_out")


@pytest.fixture(autouse=True)
def two_hours_later(served: Served) -> None:
    """The sign-ins of the test before are forgotten."""
    served.clock.now += 7_200_000


class Shared:
    """A browser on a shared tablet. Beside its cookies it has nothing: names and proofs come from the people."""

    def __init__(self, served: Served, **headers: str) -> None:
        self.served = served
        self.http = served.client(**headers)

    def sign_in(self, person: str, school: str = "32", device: str = "") -> "Sitting":
        said = {"login": person, "password": f"{person}-secret", "clock": NOW, "device": device}
        named = {"Zvonok-Device": device or "new"}
        answer = self.http.post(f"/api/{school}/sign-in", json=said, headers=named)
        assert answer.status_code == 200, answer.text
        return Sitting(self, school, answer)

    @property
    def cookies(self) -> set[str]:
        return set(self.http.cookies)


class Sitting:
    """Somebody who has signed in there: what is theirs is the device and, sealed, its key."""

    def __init__(self, browser: Shared, school: str, answer: httpx2.Response) -> None:
        self.browser, self.school, self.answer = browser, school, answer
        said = answer.json()
        self.person: str = said["person"]
        self.became(said)

    def became(self, said: dict[str, Any]) -> None:
        self.device: str = said["device"]
        digest = hmac.digest(base64.b64decode(said["mac"]), b"zvonok session 1", "sha256")
        self.proof = base64.b64encode(digest).decode()

    @property
    def cookie(self) -> str:
        return f"zvonok-{self.device}"

    @property
    def token(self) -> str:
        return self.browser.http.cookies[self.cookie]

    @property
    def headers(self) -> dict[str, str]:
        return {"Zvonok-Device": self.device, "Zvonok-Proof": self.proof}

    def me(self, **headers: str) -> tuple[int, str]:
        given = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.browser.http.get(f"/api/{self.school}/me", headers=given)
        return answer.status_code, answer.json().get("error") or answer.json()["person"]

    def post(self, path: str, body: object) -> httpx2.Response:
        return self.browser.http.post(f"/api/{self.school}/{path}", json=body, headers=self.headers)

    def live(self, asked: str) -> ClientConnection:
        cookies = "; ".join(f"{name}={value}" for name, value in self.browser.http.cookies.items())
        address = f"ws://127.0.0.1:{self.browser.served.port}/api/{self.school}/live?{asked}"
        return connect(address, additional_headers={"Cookie": cookies}, compression=None, open_timeout=10)


def test_whoever_signs_in_leaves_the_others_signed_in(served: Served) -> None:
    browser = Shared(served)
    anna = browser.sign_in("t1")
    boris = browser.sign_in("t2")
    assert (anna.me(), boris.me(), anna.me()) == ((200, "t1"), (200, "t2"), (200, "t1"))
    assert browser.cookies == {anna.cookie, boris.cookie}
    for one in (anna, boris):
        body = {"protocol": 1, "device": one.device, "clock": NOW, "held": 0, "epoch": "", "cursors": {}, "ops": []}
        assert one.post("sync", body).status_code == 200
        with one.live(urlencode({"device": one.device, "proof": one.proof})) as line:
            poke(line)


def test_the_cookies_are_out_of_reach_of_scripts_and_other_sites(served: Served) -> None:
    behind = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
    for browser, secure in ((Shared(served), set()), (Shared(served, **behind), {"secure"})):
        anna = browser.sign_in("t1")
        name, *attributes = anna.answer.headers["set-cookie"].split("; ")
        assert (name.split("=")[0], len(name.split("=")[1])) == (anna.cookie, 43)
        named = {a.lower() for a in attributes if not a.startswith(("expires", "Max-Age"))}
        assert named == {"httponly", "path=/", "samesite=strict"} | secure


GUARDED = [e for e in ENDPOINTS if e.rule.kind not in ("public", "loopback") and e.method != "LIVE"]


@pytest.mark.parametrize("endpoint", GUARDED, ids=lambda e: f"{e.method} {e.path}")
def test_who_sits_at_the_tablet_can_not_ask_as_somebody_whose_cookie_lies_there(served: Served, endpoint: Any) -> None:
    browser = Shared(served)
    anna, boris = browser.sign_in("admin"), browser.sign_in("t2")
    path = endpoint.path.format(school="32")
    others: list[dict[str, str]] = [
        {},
        {"Zvonok-Device": anna.device},
        {"Zvonok-Device": anna.device, "Zvonok-Proof": ""},
        {"Zvonok-Device": anna.device, "Zvonok-Proof": boris.proof},
        {"Zvonok-Device": anna.device, "Zvonok-Proof": "ÿ"},
        {"Zvonok-Device": "", "Zvonok-Proof": anna.proof},
    ]
    for headers in others:
        raw = {name: value.encode("latin-1") for name, value in headers.items()}
        answer = browser.http.request(endpoint.method, path, headers=raw, content=b"{}")
        assert (answer.status_code, answer.json()["error"]) == SIGNED_OUT, headers
    assert (anna.me(), boris.me()) == ((200, "admin"), (200, "t2"))


def test_nor_hear_their_live_channel(served: Served) -> None:
    browser = Shared(served)
    anna, boris = browser.sign_in("t1"), browser.sign_in("t2")
    for asked in ("", f"device={anna.device}", urlencode({"device": anna.device, "proof": boris.proof})):
        with pytest.raises(InvalidStatus) as denied:
            anna.live(asked)
        assert (denied.value.response.status_code, json.loads(denied.value.response.body)["error"]) == SIGNED_OUT


def test_a_proof_without_its_cookie_is_nothing(served: Served) -> None:
    anna = Shared(served).sign_in("t1")
    elsewhere = served.client().get("/api/32/me", headers=anna.headers)
    assert (elsewhere.status_code, elsewhere.json()["error"]) == SIGNED_OUT


def test_another_sites_page_is_refused_whatever_it_shows(served: Served) -> None:
    anna = Shared(served).sign_in("t1")
    for way in ({"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = anna.browser.http.post("/api/32/sign-out", headers=anna.headers | way)
        assert (answer.status_code, answer.json()["error"]) == (403, "forbidden")
    assert anna.me() == (200, "t1")


def test_signing_out_ends_the_own_session_and_takes_the_own_cookie(served: Served) -> None:
    browser = Shared(served)
    anna, boris = browser.sign_in("t1"), browser.sign_in("t2")
    token = anna.token
    assert anna.post("sign-out", {}).json() == {}
    assert (browser.cookies, boris.me()) == ({boris.cookie}, (200, "t2"))
    stolen = served.client(Cookie=f"{anna.cookie}={token}").get("/api/32/me", headers=anna.headers)
    assert stolen.status_code == 401


def test_signing_in_again_ends_the_own_session_before_and_nobody_elses(served: Served) -> None:
    browser = Shared(served)
    anna, boris = browser.sign_in("t1"), browser.sign_in("t2")
    before = anna.token
    again = browser.sign_in("t1", device=anna.device)
    assert (again.device, browser.cookies) == (anna.device, {anna.cookie, boris.cookie})
    stolen = served.client(Cookie=f"{anna.cookie}={before}").get("/api/32/me", headers=anna.headers)
    assert (stolen.status_code, again.me(), boris.me()) == (401, (200, "t1"), (200, "t2"))


def test_who_gets_another_identity_leaves_no_cookie_of_the_one_before(served: Served) -> None:
    browser = Shared(served)
    boris, anna = browser.sign_in("t2"), browser.sign_in("t1")
    served.house.accounts.revoke("32", anna.device, "потерян", "admin")
    assert anna.me() == (403, "revoked"), "its tablet is told, and not merely signed out"
    assert boris.browser.sign_in("t2", device=boris.device).me() == (200, "t2")
    assert anna.me() == (403, "revoked"), "still"
    again = browser.sign_in("t1", device=anna.device)
    assert again.device != anna.device
    assert browser.cookies == {again.cookie, boris.cookie}


def test_an_old_copy_of_a_device_goes_on_under_its_new_name(served: Served) -> None:
    browser = Shared(served)
    anna, boris = browser.sign_in("t1"), browser.sign_in("t2")
    before, lapsed = anna.device, anna.headers
    anna.became(anna.post("device", {"clock": NOW}).json())
    assert before != anna.device
    assert (browser.cookies, anna.me(), boris.me()) == ({anna.cookie, boris.cookie}, (200, "t1"), (200, "t2"))
    assert browser.http.get("/api/32/me", headers=lapsed).status_code == 401
    unheard = served.client(Cookie=f"zvonok-{before}={anna.token}")
    assert unheard.get("/api/32/me", headers=anna.headers | {"Zvonok-Device": before}).status_code == 401


def test_the_cookie_of_an_earlier_version_serves_its_device_and_moves_when_somebody_else_signs_in(
    served: Served,
) -> None:
    browser = Shared(served)
    said = {"login": "t1", "password": "t1-secret", "clock": NOW}
    anna = Sitting(browser, "32", browser.http.post("/api/32/sign-in", json=said))
    assert (browser.cookies, anna.me()) == ({"zvonok"}, (200, "t1"))
    assert anna.me(Zvonok_Proof="")[0] == 200, "a store from before there were keys has no proof"
    assert anna.me(Zvonok_Device="daaaaaaaaaa") == SIGNED_OUT
    boris = browser.sign_in("t2")
    assert (browser.cookies, anna.me(), boris.me()) == ({anna.cookie, boris.cookie}, (200, "t1"), (200, "t2"))
    assert anna.me(Zvonok_Proof="") == SIGNED_OUT


def test_the_cookie_of_an_earlier_version_goes_when_its_person_signs_in(served: Served) -> None:
    browser = Shared(served)
    said = {"login": "t1", "password": "t1-secret", "clock": NOW}
    anna = Sitting(browser, "32", browser.http.post("/api/32/sign-in", json=said))
    plain = browser.http.cookies["zvonok"]
    assert browser.sign_in("t1", device=anna.device).me() == (200, "t1")
    assert browser.cookies == {anna.cookie}
    assert served.client(Cookie=f"zvonok={plain}").get("/api/32/me").status_code == 401


def test_what_has_ended_goes_at_the_next_sign_in_which_prolongs_nobody(served: Served) -> None:
    browser = Shared(served)
    anna = browser.sign_in("t1")
    served.clock.now += STAFF_LASTS - 1
    boris = browser.sign_in("t2")
    assert browser.cookies == {anna.cookie, boris.cookie}
    served.clock.now += 1
    carla = browser.sign_in("tutor")
    assert browser.cookies == {boris.cookie, carla.cookie}


def test_a_browser_keeps_so_many_sessions_and_the_one_unused_for_longest_makes_room(served: Served) -> None:
    browser = Shared(served)
    everybody = [(person, school) for school in ("32", "33") for person in PEOPLE]
    assert len(everybody) == MOST + 2
    sat: list[Sitting] = []
    for person, school in everybody:
        served.clock.now += 600_000
        sat.append(browser.sign_in(person, school))
        assert sat[0].me()[0] == 200, "at work between the others"
    assert len(browser.cookies) == MOST
    gone = [one for one in sat if one.me() == SIGNED_OUT]
    assert gone == sat[1:3]
