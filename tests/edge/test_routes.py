"""A walk along the route table: every route is guarded as it is declared, and nothing lives outside the table."""

import pytest
from starlette.routing import Route, WebSocketRoute

from server.app import create_app
from server.routes import ENDPOINTS
from server.routes.access import Endpoint
from tests.edge.served import PEOPLE, Guest, Served

GUARDED = [e for e in ENDPOINTS if e.rule.kind in ("session", "roles", "device")]
HOLDS = {"deputy": {"deputy_head"}, "admin": {"admin"}, "boss": {"director"}, "tutor": {"class_teacher"}}
FAMILY = ("guardian", "p1")


def name(endpoint: Endpoint) -> str:
    return f"{endpoint.method} {endpoint.path}"


def call(
    served: Served, endpoint: Endpoint, cookie: str = "", school: str = "32", body: bytes = b"{}"
) -> tuple[int, str]:
    """(status, error) of calling a route; the body is never one that the route could take."""
    path = endpoint.path.format(school=school, rest="nowhere") if "{rest" not in endpoint.path else "/api/32/nowhere"
    headers: dict[str, str | bytes] = {"Content-Type": "application/json"} | (
        {"Cookie": cookie.encode()} if cookie else {}
    )
    if endpoint.method == "LIVE":
        headers |= {
            "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        }  # fmt: skip
    method = "GET" if endpoint.method == "LIVE" else endpoint.method
    content = body if method == "POST" else None
    answer = served.client().request(method, path, headers=headers, content=content)
    if "json" not in answer.headers.get("content-type", ""):
        return answer.status_code, ""
    found = answer.json()
    return answer.status_code, found.get("error", "") if isinstance(found, dict) else ""


@pytest.fixture(scope="module")
def guests(served: Served) -> dict[str, Guest]:
    return {person: served.sign_in(person) for person in PEOPLE}


def test_the_app_has_the_declared_routes_and_the_files_and_nothing_else(served: Served) -> None:
    routes = create_app(served.house).routes
    assert all(isinstance(route, Route | WebSocketRoute) for route in routes)
    declared = [e.path for e in ENDPOINTS]
    assert [route.path for route in routes] == [*declared, "/{rest:path}"]


def test_what_is_public_is_known_by_name() -> None:
    assert {name(e) for e in ENDPOINTS if e.rule.kind == "public"} == {
        "GET /api/hello",
        "POST /api/{school}/sign-in",
        "POST /api/{school}/parcels",
        "GET /healthz",
        "GET /api/{rest:path}",
        "POST /api/{rest:path}",
    }


@pytest.mark.parametrize("endpoint", GUARDED, ids=name)
@pytest.mark.parametrize("cookie", ["", "zvonok=", "zvonok=" + "A" * 43, "zvonok=" + "ы" * 43, "other=1"])
def test_without_a_session_every_guarded_route_says_signed_out(served: Served, endpoint: Endpoint, cookie: str) -> None:
    assert call(served, endpoint, cookie) == (401, "signed_out")
    assert call(served, endpoint, cookie, school="nowhere") == (401, "signed_out")


@pytest.mark.parametrize("endpoint", GUARDED, ids=name)
@pytest.mark.parametrize("person", ["t1", "deputy", "guardian"])
def test_a_session_of_another_school_learns_nothing(
    served: Served, guests: dict[str, Guest], endpoint: Endpoint, person: str
) -> None:
    cookie = guests[person].cookie
    there, nowhere = call(served, endpoint, cookie, "33"), call(served, endpoint, cookie, "no-such-school")
    assert there == nowhere == (404, "wrong_school")


@pytest.mark.parametrize("endpoint", [e for e in GUARDED if e.rule.kind == "roles"], ids=name)
@pytest.mark.parametrize("person", PEOPLE)
def test_a_route_for_roles_is_for_these_roles_only(
    served: Served, guests: dict[str, Guest], endpoint: Endpoint, person: str
) -> None:
    may = bool(HOLDS.get(person, set()) & endpoint.rule.roles)
    served_as = (400, "bad_json") if endpoint.takes else (200, "")
    assert call(served, endpoint, guests[person].cookie) == (served_as if may else (403, "forbidden"))


def test_a_role_that_has_ended_no_longer_opens_anything(served: Served) -> None:
    deputy = served.sign_in("boss")
    office = next(e for e in ENDPOINTS if e.rule.kind == "roles")
    grant = served.exchange.facts.get("grant", "g-boss") or {}
    assert call(served, office, deputy.cookie)[0] == 200
    admin = served.sign_in("admin")
    assert admin.verdicts(admin.op("grant", "g-boss", ends="2026-11-20"))[0][0] == "accepted"
    assert call(served, office, deputy.cookie) == (403, "revoked"), "it was all that she had"
    assert admin.verdicts(admin.op("grant", "g-boss", ends=grant.get("ends")))[0][0] == "accepted"
    assert call(served, office, deputy.cookie)[0] == 200


@pytest.mark.parametrize("endpoint", [e for e in ENDPOINTS if e.rule.kind == "device"], ids=name)
def test_a_route_for_devices_takes_only_the_sessions_own(
    served: Served, guests: dict[str, Guest], endpoint: Endpoint
) -> None:
    anna = guests["t1"]
    for device in (guests["t2"].device, "import", ""):
        answer = anna.sync(device=device)
        assert (answer.status_code, answer.json()["error"]) == (409, "wrong_device")


def test_a_family_can_write_by_sync_and_by_nothing_else() -> None:
    writes = {name(e) for e in ENDPOINTS if e.method == "POST" and e.rule.kind in ("session", "device")}
    own = {"POST /api/{school}/sign-out", "POST /api/{school}/device"}  # of the session itself, nothing of the school
    assert writes == {"POST /api/{school}/sync", *own}
    others = {name(e) for e in ENDPOINTS if e.method == "POST" and e.rule.kind in ("roles", "loopback")}
    assert others == {"POST /api/{school}/office/revoke"}, "of devices, nothing of the school"


@pytest.mark.parametrize("person", FAMILY)
def test_a_sync_of_a_family_writes_nothing(served: Served, person: str) -> None:
    guest = served.sign_in(person)
    before = served.exchange.store.read
    with before() as reader:
        totals = {
            scope: reader.scope_total(scope) for scope in ("journal:8b-alg", "class:8b", "school", "office", "inbox:t1")
        }
    ops = [
        guest.op("mark", "8b-alg/2026-11-20/2/p1/1", value="5"),
        guest.op("attendance", "8b-alg/2026-11-20/2/p1", presence="present"),
        guest.op("attendance", "8b-alg/2026-11-20/2/p1", reason="valid"),
        guest.op("lesson", "8b-alg/2026-11-20/2", homework="нет"),
        guest.op("term_mark", "8b-alg/q2/p1", value="5"),
        guest.op("grant", "g-own", person=person, role="deputy_head"),
        guest.op("consent", "p2", given=True),
        guest.op("family", f"{person}/p2", starts="2026-09-01"),
        guest.op("diary", "p1/2026-11-20/2/8b-alg", marks=[["5", None]]),
        guest.op("matter", "office/d1:1", outcome="approved"),
        guest.op("matter", f"inbox:{person}/d1:1", outcome="withdrawn"),
        guest.op("school", "32", window_days=999),
    ]
    found = guest.verdicts(*ops)
    assert {verdict for verdict, _ in found} == {"refused"}
    with before() as reader:
        assert {scope: reader.scope_total(scope) for scope in totals} == totals


@pytest.mark.parametrize("person", FAMILY)
def test_a_family_is_sent_its_diary_and_its_class_bulletin_and_nothing_else(served: Served, person: str) -> None:
    served.house.publish("32")
    guest = served.sign_in(person)
    asked = {"school": 0, "office": 0, "journal:8b-alg": 0, "class:8b": 0, "inbox:t1": 0, "diary:p2": 0, "diary:p1": 0}
    answer = guest.sync(cursors=asked).json()
    assert {news["scope"] for news in answer["news"]} <= {"diary:p1", "bulletin:8b"}
    assert "diary:p1" in {news["scope"] for news in answer["news"]}
    assert sorted(answer["lost"]) == sorted(set(asked) - {"diary:p1"})


def test_metrics_are_for_programs_on_this_machine_only(served: Served) -> None:
    assert served.client().get("/metrics").status_code == 200
    for header in ("X-Forwarded-For", "Forwarded", "X-Real-IP"):
        assert served.client(**{header: "192.0.2.7"}).get("/metrics").status_code == 404


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("endpoint", [e for e in ENDPOINTS if e.method != "LIVE"], ids=name)
def test_no_route_takes_a_method_that_it_has_not_declared(served: Served, endpoint: Endpoint, method: str) -> None:
    path = endpoint.path.format(school="32") if "{rest" not in endpoint.path else "/api/nowhere"
    answer = served.client().request(method, path)
    assert (answer.status_code, answer.json()["error"]) == (405, "not_found")
