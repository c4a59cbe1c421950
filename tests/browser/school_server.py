"""The demo school and the whole server for the browser's story, at a moment of the school year that the test names.

    school_server.py make DATA OFFSET             the demo school, small, as of the shifted moment
    school_server.py serve DATA BACKUPS PORT OFFSET [DIST]   house, Litestream and web server, as `zvonok serve` runs
                                                  them; DIST: another build of the app
    school_server.py password DATA LOGIN PASSWORD a password of the test's own, also beside the running server
    school_server.py close DATA OFFSET LOGIN      the account of somebody who has left, beside the running server
    school_server.py ledger DATA                  every entry by people (not by the import), as JSON lines

OFFSET is added to the machine's clock, in ms: so that the story has lessons to write in at night and in July.
"""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from server import log as logging
from server.accounts import Accounts
from server.app import DIST
from server.backup import Backup
from server.demo import make_demo
from server.demo.calendar import TIMEZONE
from server.house import House, wall_clock
from server.serve import listen, server_for
from server.storage.journal import JournalStore
from sync.days import zone

CLASSES = 6


def make(data: Path, offset: int) -> None:
    """Make the school."""
    now = wall_clock() + offset
    house = House.open(data, clock=lambda: wall_clock() + offset)
    make_demo(house, datetime.fromtimestamp(now / 1000, zone(TIMEZONE)).date(), classes=CLASSES, moment=now)
    house.publish("32")
    house.close()


def serve(data: Path, backups: Path, port: int, offset: int, dist: Path = DIST) -> None:
    """Serve until a signal; one line on standard output says that it listens."""
    logging.setup()
    house = House.open(data, clock=lambda: wall_clock() + offset)
    backup = Backup(house, backups)
    house.backup = backup
    backup.start()
    listener = listen("127.0.0.1", port)
    print("listens", flush=True)
    try:
        server_for(house, "127.0.0.1", port, dist=dist).run(sockets=[listener])
    finally:
        house.close()
        backup.stop()


def password(data: Path, login: str, secret: str) -> None:
    """Give an account of the school a password."""
    accounts = Accounts(data / "accounts.db", wall_clock)
    accounts.set_password("32", login, secret, must_change=False)
    accounts.close()


def close(data: Path, offset: int, login: str) -> None:
    """Close an account of the school."""
    accounts = Accounts(data / "accounts.db", lambda: wall_clock() + offset)
    accounts.disable("32", login)
    accounts.close()


def ledger(data: Path) -> None:
    """Print the entries of people's devices with the row each stands in now."""
    store = JournalStore(data / "schools" / "32" / "journal.db", "32")
    with store.read() as reader:
        for entry in reader.entries_after(0, 1 << 40):
            if entry.device in ("demo", "publisher", "watch"):
                continue
            said: dict[str, Any] = json.loads(entry.content)
            row = reader.get_many(entry.kind, [entry.key]).get(entry.key)
            line = {
                "device": entry.device, "n": entry.n, "person": entry.person, "kind": entry.kind, "key": entry.key,
                "set": said.get("set"), "verdict": entry.verdict, "reason": entry.reason,
                "row": row.values if row else None,
            }  # fmt: skip
            print(json.dumps(line, ensure_ascii=False))
    store.close()


if __name__ == "__main__":
    verb, folder, *rest = sys.argv[1:]
    if verb == "make":
        make(Path(folder), int(rest[0]))
    elif verb == "serve":
        serve(Path(folder), Path(rest[0]), int(rest[1]), int(rest[2]), *map(Path, rest[3:]))
    elif verb == "password":
        password(Path(folder), *rest)
    elif verb == "close":
        close(Path(folder), int(rest[0]), rest[1])
    else:
        ledger(Path(folder))
