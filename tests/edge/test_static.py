"""The tablet's files: the right ones, kept as long as they may be, and never one from beside the folder."""

import gzip
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.leaving import SWITCH, WORKER
from tests.edge.served import Served, serving

SCRIPT = "console.log('звонок');\n" * 200


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    (folder / "assets").mkdir()
    (folder / "index.html").write_text("<!doctype html><title>Звонок</title>" + "<p>текст</p>" * 200)
    (folder / "sw.js").write_text("// worker")
    (folder / "assets" / "app-5f3a.js").write_text(SCRIPT)
    (folder / "assets" / "text-1b2c.woff2").write_bytes(bytes(range(256)) * 8)
    (folder / "manifest.webmanifest").write_text("{}")
    (folder.parent / "secret.txt").write_text("nobody's business")
    (folder / "link.txt").symlink_to(folder.parent / "secret.txt")
    return folder


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, dist: Path) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("served"), dist=dist) as running:
        yield running


@pytest.mark.parametrize(
    ("path", "kind", "keep"),
    [
        ("/", "text/html; charset=utf-8", "no-cache"),
        ("/index.html", "text/html; charset=utf-8", "no-cache"),
        ("/sw.js", "text/javascript; charset=utf-8", "no-cache"),
        ("/manifest.webmanifest", "application/manifest+json", "no-cache"),
        ("/assets/app-5f3a.js", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"),
        ("/assets/text-1b2c.woff2", "font/woff2", "public, max-age=31536000, immutable"),
    ],
)
def test_only_what_carries_its_hash_is_kept_for_ever(served: Served, path: str, kind: str, keep: str) -> None:
    answer = served.client().get(path)
    assert (answer.status_code, answer.headers["content-type"], answer.headers["cache-control"]) == (200, kind, keep)


@pytest.mark.parametrize("path", ["/today", "/journal/8b-alg", "/lesson/8b-alg/2026-11-20/2", "/a/b/", "/дневник"])
def test_an_address_of_the_app_answers_the_app(served: Served, path: str) -> None:
    answer = served.client().get(path)
    assert (answer.status_code, answer.text) == (200, served.client().get("/").text)


@pytest.mark.parametrize(
    "path", ["/missing.js", "/assets/app-0000.js", "/a/favicon.ico", "/link.txt", "/.env", "/api", "/api/"]
)
def test_a_file_that_is_not_there_is_not_the_app(served: Served, path: str) -> None:
    answer = served.client().get(path)
    assert (answer.status_code, answer.json()["error"]) == (404, "not_found")


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt",
        "/assets/..%5c..%5csecret.txt",
        "//etc/passwd", "/%00secret.txt", "/....//secret.txt", "/assets/%2e%2e/%2e%2e/secret.txt", "/\\..\\secret.txt",
    ],
)  # fmt: skip
def test_no_path_leads_out_of_the_folder(served: Served, path: str) -> None:
    with socket.create_connection(("127.0.0.1", served.port), timeout=5) as line:
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
        found = b"".join(iter(lambda: line.recv(65536), b""))
    assert b"nobody's business" not in found
    assert b"root:" not in found


def test_a_file_is_packed_once_and_only_where_it_pays(served: Served) -> None:
    packed = served.client().get("/assets/app-5f3a.js", headers={"Accept-Encoding": "gzip"})
    assert (packed.headers["content-encoding"], packed.text) == ("gzip", SCRIPT)
    assert int(packed.headers["content-length"]) < len(SCRIPT) / 4
    plain = served.client().get("/assets/app-5f3a.js", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    font = served.client().get("/assets/text-1b2c.woff2", headers={"Accept-Encoding": "gzip"})
    assert len(font.content) == 2048


def test_what_the_build_packed_goes_out_as_it_lies_if_it_is_the_same_file(served: Served, dist: Path) -> None:
    part = b"packed by the build\n" * 200
    aside = gzip.compress(part, 1, mtime=1)
    (dist / "assets" / "part-0a1b.js").write_bytes(part)
    (dist / "assets" / "part-0a1b.js.gz").write_bytes(aside)
    for name, packed in (("stale", aside), ("torn", aside[:-9]), ("junk", b"not packed")):
        (dist / "assets" / f"{name}-2c3d.js").write_text(SCRIPT)
        (dist / "assets" / f"{name}-2c3d.js.gz").write_bytes(packed)
    worker = dist / "sw.js"
    os.utime(worker, ns=(worker.stat().st_atime_ns, worker.stat().st_mtime_ns + 1_000_000))
    with served.client().stream("GET", "/assets/part-0a1b.js", headers={"Accept-Encoding": "gzip"}) as answer:
        assert b"".join(answer.iter_raw()) == aside
    for name in ("stale", "torn", "junk"):
        answer = served.client().get(f"/assets/{name}-2c3d.js", headers={"Accept-Encoding": "gzip"})
        assert (answer.headers["content-encoding"], answer.text) == ("gzip", SCRIPT)
    assert served.client().get("/assets/part-0a1b.js.gz").status_code == 404


def test_what_is_known_already_is_not_sent_again(served: Served) -> None:
    first = served.client().get("/")
    again = served.client().get("/", headers={"If-None-Match": f'"other", W/{first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


def test_head_answers_without_a_body(served: Served) -> None:
    answer = served.client().head("/index.html")
    assert (answer.status_code, answer.content) == (200, b"")


def test_a_new_build_is_served_without_a_restart(served: Served, dist: Path) -> None:
    (dist / "assets" / "app-77aa.js").write_text("new")
    worker = dist / "sw.js"
    worker.write_text("// a new worker")
    os.utime(worker, ns=(worker.stat().st_atime_ns, worker.stat().st_mtime_ns + 1_000_000))
    assert served.client().get("/assets/app-77aa.js").text == "new"
    assert served.client().get("/sw.js").text == "// a new worker"


def test_before_the_first_build_a_plain_page_says_what_to_do(tmp_path: Path) -> None:
    with serving(tmp_path) as running:
        answer = running.client().get("/today")
        assert answer.status_code == 503
        assert "make run" in answer.text
        assert running.client().get("/api/hello").status_code == 200


def test_while_the_admin_says_so_the_worker_is_one_that_takes_the_app_out_of_the_caches(served: Served) -> None:
    switch = served.house.data / SWITCH
    usual = served.client().get("/sw.js").content
    switch.touch()
    leaving = served.client().get("/sw.js")
    assert (leaving.content, leaving.headers["cache-control"]) == (WORKER, "no-store")
    assert leaving.headers["content-type"].startswith("text/javascript")
    assert b"indexedDB" not in WORKER
    switch.unlink()
    assert served.client().get("/sw.js").content == usual
