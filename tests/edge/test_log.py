"""The log: one line per event, and nothing in it that a person wrote or must keep to themselves."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
from pysqlite3 import dbapi2 as sqlite3

from server.log import log, setup


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    setup(json=True, stream=stream)
    yield stream
    setup()


def lines(out: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def raised(bug: Exception) -> Exception:
    try:
        raise bug
    except Exception as caught:
        return caught


def test_an_event_is_one_line_with_its_moment(out: io.StringIO) -> None:
    log.info("started", port=8080, said="two\nlines")
    (line,) = lines(out)
    assert (line["event"], line["port"], line["level"]) == ("started", 8080, "info")
    assert str(line["timestamp"]).endswith("Z")


@pytest.mark.parametrize("key", ["password", "token", "cookie", "login", "name", "value", "comment", "set", "content"])
def test_what_could_be_personal_is_blotted_out(out: io.StringIO, key: str) -> None:
    log.info("something", **{key: "Абрамов"})
    assert "Абрамов" not in out.getvalue()
    assert lines(out)[0][key] == "…"


def test_an_exception_is_one_line_without_its_words(out: io.StringIO) -> None:
    try:
        try:
            raise KeyError("Абрамов")
        except KeyError as first:
            raise ValueError("hunter2") from first
    except ValueError:
        log.exception("a bug")
    (line,) = lines(out)
    assert line["bug"] == "ValueError"
    assert "test_log.py" in str(line["where"])
    assert "hunter2" not in out.getvalue() and "Абрамов" not in out.getvalue()


@pytest.mark.parametrize(
    "bug", [OSError(28, "No space left on device"), sqlite3.OperationalError("database is locked")]
)
def test_the_systems_own_words_are_kept(out: io.StringIO, bug: Exception) -> None:
    log.error("trouble", exc_info=raised(bug))
    assert str(bug) == lines(out)[0]["said"]


def test_warnings_of_libraries_are_lines_of_this_log(out: io.StringIO) -> None:
    logging.getLogger("uvicorn.error").info("GET /api/32/history?key=p1")
    logging.getLogger("uvicorn.error").warning("Invalid HTTP request\nreceived.")
    (line,) = lines(out)
    assert (line["source"], line["said"]) == ("uvicorn.error", "Invalid HTTP request received.")


def test_on_a_terminal_it_is_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    stream = io.StringIO()
    setup(json=False, stream=stream)
    log.info("started", port=8080)
    assert "started" in stream.getvalue() and "8080" in stream.getvalue()
    assert not stream.getvalue().startswith("{")
    setup()
