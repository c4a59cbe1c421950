"""The log: one line per event, in UTC, as JSON or for a terminal.

Holds always:
1. One event is one line, an exception included: its kind and where it went through, innermost first.
2. No password, token, name, mark or comment is logged. Keys that could carry one are blotted out, and of an exception
   only the system's and SQLite's own words are kept: another's message may quote what a person wrote.

`setup` is called once by whoever starts a process; until then structlog's own defaults hold.
"""

import logging
import os
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

from server.storage.sqlite import DatabaseError

SECRET = frozenset(
    {"password", "token", "cookie", "hash", "login", "name", "value", "comment", "body", "content", "set", "was"}
)
QUOTABLE = (OSError, DatabaseError)
DEEPEST = 8  # frames of an exception that are kept

Event = MutableMapping[str, Any]

log: structlog.stdlib.BoundLogger = structlog.get_logger("zvonok")


def discreet(logger: Any, method: str, event: Event) -> Event:
    """Blot out what could be a secret or personal data."""
    for key in SECRET & event.keys():
        event[key] = "…"
    return event


def in_one_line(logger: Any, method: str, event: Event) -> Event:
    """An exception as `bug` (its kind) and `where` (the frames, innermost first)."""
    given = event.pop("exc_info", None)
    if not given:
        return event
    bug = given if isinstance(given, BaseException) else sys.exc_info()[1]
    if isinstance(given, tuple):
        bug = given[1]
    if bug is None:
        return event
    event["bug"] = type(bug).__name__
    if isinstance(bug, QUOTABLE):
        event["said"] = str(bug)
    frames = traceback.extract_tb(bug.__traceback__)[-DEEPEST:]
    event["where"] = " < ".join(f"{os.path.basename(f.filename)}:{f.lineno} {f.name}" for f in reversed(frames))
    return event


class _FromLibraries(logging.Handler):
    """Warnings and errors of libraries (uvicorn, asyncio) become lines of this log."""

    def emit(self, record: logging.LogRecord) -> None:
        level = "error" if record.levelno >= logging.ERROR else "warning"
        said = " ".join(record.getMessage().split())
        getattr(log, level)("a library says", source=record.name, said=said, exc_info=record.exc_info or None)


def setup(*, json: bool | None = None, stream: TextIO | None = None) -> None:
    """Send the log to `stream` (standard error); as JSON unless it is a terminal or `json` says otherwise."""
    out = stream or sys.stderr
    as_json = json if json is not None else not out.isatty()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            discreet,
            in_one_line,
            structlog.processors.JSONRenderer(ensure_ascii=False)
            if as_json
            else structlog.dev.ConsoleRenderer(colors=out.isatty()),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(out),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    root.handlers = [h for h in root.handlers if not isinstance(h, _FromLibraries)]
    root.addHandler(_FromLibraries(logging.WARNING))
