"""`run` and `serve`: the house, Litestream and the web server, up in this order and down in the other.

At the end the server answers what is under way, the house closes, and the backup uploads what is left.
"""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from socket import socket
from types import FrameType

from rich.table import Table

from server import log as logging
from server.commands.folders import addresses, held, need_a_school, schools
from server.commands.words import err, out
from server.log import log

ROLES = {
    "teacher": "teacher",
    "class_teacher": "class teacher",
    "deputy_head": "deputy head",
    "director": "director",
    "admin": "admin",
    "parent": "parent",
    "guardian": "parent",
    "pupil": "pupil",
}


def run(host: str, port: int, data: Path, backups: Path) -> None:
    """Serve; with a demo school when there is no school yet. Returns after Ctrl-C."""
    from server.serve import listen

    # The port first: that it is taken is said before a school is made, not after.
    with _signals(), _held(host, port, data, backups), closing(listen(host, port)) as listener:
        if not schools(data):
            from server.commands.demo import make
            from server.commands.earlier import refuse

            refuse(data, backups)
            make(data)
        _serve(listener, host, port, data, backups, talk=True)


def serve(host: str, port: int, data: Path, backups: Path) -> None:
    """Serve what is there. Returns after a signal."""
    from server.serve import listen

    if not schools(data):
        from server.commands.earlier import refuse

        refuse(data, backups)
    need_a_school(data)
    with _signals(), _held(host, port, data, backups), closing(listen(host, port)) as listener:
        _serve(listener, host, port, data, backups, talk=sys.stdout.isatty())


def _held(host: str, port: int, data: Path, backups: Path) -> AbstractContextManager[None]:
    return held(data, "server", backups=backups, host=host, port=port)


def _serve(listener: socket, host: str, port: int, data: Path, backups: Path, *, talk: bool) -> None:
    from server.backup import Backup
    from server.house import House
    from server.serve import server_for

    logging.setup()
    house = House.open(data)
    try:
        backup = Backup(house, backups)
        house.backup = backup
        backup.start()
    except BaseException:
        house.close()
        raise
    try:
        server = server_for(house, host, port)
        if talk:
            _welcome(host, port, data, backup.shelf.says)
        else:
            log.info("serving", host=host, port=port, schools=sorted(house.exchanges))
        server.run(sockets=[listener])
    finally:
        with _impatient():
            began = time.monotonic()
            house.close()
            safe = backup.stop()
            log.info("ended", seconds=round(time.monotonic() - began, 2), everything_in_the_backup=safe)
    if talk:
        out.print("Ended. Everything is in the backup." if safe else "Ended. The backup lacks the last entries.")


def _welcome(host: str, port: int, data: Path, replica: str) -> None:
    import msgspec

    from server.routes.signing import Demo

    out.print()
    for address in addresses(host, port):
        out.print(f"  [bold]{address}[/]")
    demo = data / "demo.json"
    if demo.exists():
        table = Table(box=None, padding=(0, 3, 0, 0), header_style="dim")
        for column in ("who", "login", "password"):
            table.add_column(column)
        for role, login, password in msgspec.json.decode(demo.read_bytes(), type=Demo).sign_ins:
            table.add_row(ROLES.get(role, role), login, password)
        out.print()
        out.print(table)
        out.print()
        out.print("  These are demo passwords, known to everybody: no real pupil belongs here.")
    out.print(f"  Data: {data}   Backup: {replica}", soft_wrap=True)
    out.print("  Ctrl-C ends.")
    out.print()


@contextmanager
def _signals() -> Iterator[None]:
    """SIGTERM ends like Ctrl-C, at any moment; a closed terminal like SIGTERM."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    def terminate(number: int, frame: FrameType | None) -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    before = [(number, signal.getsignal(number)) for number in (signal.SIGTERM, signal.SIGHUP)]
    signal.signal(signal.SIGTERM, interrupt)
    signal.signal(signal.SIGHUP, terminate)
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)


@contextmanager
def _impatient() -> Iterator[None]:
    """While everything is closed a further signal is only answered; the one after it ends at once."""
    heard = 0

    def wait(number: int, frame: FrameType | None) -> None:
        nonlocal heard
        heard += 1
        if heard > 1:
            os._exit(130)
        err.print("Closing: the last entries go to the backup. Once more ends at once.")

    before = [(number, signal.getsignal(number)) for number in (signal.SIGINT, signal.SIGTERM)]
    for number, _ in before:
        signal.signal(number, wait)
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)
