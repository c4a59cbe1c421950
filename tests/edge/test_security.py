"""The wall: what every answer carries, and whose page may not ask."""

import json
from pathlib import Path

import pytest

from server.app import create_app
from server.routes.access import PUBLIC, Endpoint, Visit
from tests.edge.served import Served

NEEDED = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
ALLOWED = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "zvonok",
}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 503), ("GET", "/api/hello", 200), ("GET", "/missing.js", 503), ("GET", "/api/nowhere", 404),
        ("GET", "/api/32/me", 401), ("POST", "/api/32/sync", 401), ("DELETE", "/api/hello", 405),
        ("HEAD", "/healthz", 200),
    ],
)  # fmt: skip
def test_every_answer_carries_the_headers(served: Served, method: str, path: str, status: int) -> None:
    answer = served.client().request(method, path)
    assert answer.status_code == status
    assert NEEDED.items() <= dict(answer.headers).items()
    assert "camera=()" in answer.headers["permissions-policy"]
    assert "server" not in answer.headers
    if path.startswith("/api"):
        assert answer.headers["cache-control"] == "no-store"


def test_the_policy_allows_the_apps_own_files_and_nothing_else(served: Served) -> None:
    policy = served.client().get("/").headers["content-security-policy"]
    found = dict(rule.split(" ", 1) for rule in policy.split("; "))
    live = found.pop("connect-src")
    assert found == ALLOWED
    assert live == f"'self' ws://127.0.0.1:{served.port}"


def test_only_the_worker_that_stretches_passwords_may_compile_webassembly(served: Served) -> None:
    policies = {
        path: served.client().get(path).headers["content-security-policy"]
        for path in ("/", "/sw.js", "/assets/index-1.js", "/assets/argon2-worker-1.js", "/api/hello")
    }
    assert policies["/assets/argon2-worker-1.js"] == "default-src 'none'; script-src 'wasm-unsafe-eval'"
    assert [path for path, policy in policies.items() if "wasm" in policy] == ["/assets/argon2-worker-1.js"]
    assert not any("unsafe-inline" in policy or "'unsafe-eval'" in policy for policy in policies.values())


def test_behind_https_the_live_channel_is_secure_and_http_is_over(served: Served) -> None:
    answer = served.client(**{"X-Forwarded-Proto": "https", "Host": "journal.school.example"}).get("/")
    assert "connect-src 'self' wss://journal.school.example;" in answer.headers["content-security-policy"]
    assert answer.headers["strict-transport-security"] == "max-age=63072000"
    assert "strict-transport-security" not in served.client().get("/").headers


@pytest.mark.parametrize(
    "host", ["a; script-src *", "a b", "*", "https://x", "a,b", "x" * 300, "[", "[::1", "a:99999999", ""]
)
def test_no_host_writes_its_own_policy(served: Served, host: str) -> None:
    for path, status in (("/", 503), ("/api/hello", 200), ("/api/32/me", 401)):
        answer = served.client(Host=host).get(path)
        assert answer.status_code == status
        assert "connect-src 'self';" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "http://127.0.0.1", "file://", "", "http://"])
@pytest.mark.parametrize("path", ["/api/32/sign-in", "/api/32/sign-out", "/api/32/sync", "/", "/api/nowhere"])
def test_another_sites_page_changes_nothing(served: Served, origin: str, path: str) -> None:
    line = served.mark()
    answer = served.client(Origin=origin).post(path, json={"login": "t1", "password": "t1-secret", "clock": 1})
    assert (answer.status_code, answer.json()["error"]) == (403, "forbidden")
    assert NEEDED.items() <= dict(answer.headers).items()
    assert len(served.lines()) == line + 1


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_browser_that_says_cross_site_is_believed(served: Served, site: str) -> None:
    answer = served.client(**{"Sec-Fetch-Site": site}).post("/api/32/sign-out")
    assert (answer.status_code, answer.json()["error"]) == (403, "forbidden")


def test_the_apps_own_page_may_sign_in(served: Served) -> None:
    own = served.client(**{"Origin": served.url, "Sec-Fetch-Site": "same-origin"})
    said = {"login": "t1", "password": "t1-secret", "clock": 1}
    assert own.post("/api/32/sign-in", json=said).status_code == 200
    behind = {
        "Origin": "https://journal.school.example",
        "Host": "journal.school.example",
        "X-Forwarded-Proto": "https",
    }
    assert served.client(**behind).post("/api/32/sign-in", json=said).status_code == 200


def test_a_page_of_http_does_not_ask_on_behalf_of_https(served: Served) -> None:
    behind = {"Origin": "http://journal.school.example", "Host": "journal.school.example", "X-Forwarded-Proto": "https"}
    assert served.client(**behind).post("/api/32/sign-out").status_code == 403


async def _broken(visit: Visit) -> None:
    raise ValueError("мама мыла раму")


def test_a_bug_is_one_line_and_nobody_elses_trouble(
    served: Served, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from starlette.testclient import TestClient

    monkeypatch.setattr("server.app.ENDPOINTS", (Endpoint("GET", "/api/broken", PUBLIC, _broken),))
    line = served.mark()
    with TestClient(create_app(served.house, dist=tmp_path)) as client:
        answer = client.get("/api/broken")
    assert (answer.status_code, answer.json()["error"]) == (500, "internal")
    assert NEEDED.items() <= dict(answer.headers).items()
    told = served.lines()[line:]
    assert [t["event"] for t in told] == ["a bug", "refused"]
    assert told[0]["bug"] == "ValueError"
    assert "test_security.py" in told[0]["where"]
    assert "мама" not in json.dumps(told, ensure_ascii=False)
