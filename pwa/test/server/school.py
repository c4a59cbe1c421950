"""A real server for the tablet's tests: the small school of tests/school.py behind real uvicorn on loopback.

    python school.py DATA PORT OFFSET

Everybody's password is their login with "-secret-word". The clock runs OFFSET ms beside the machine's. Each line on
standard input is a command, each is answered by one line of JSON: `offset MS`, `durable`, `epoch`, `entries AFTER`,
`head`, `row KIND KEY`, `revoke DEVICE`.
"""

import json
import sys
import threading
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[3]))

from server import log as logging
from server.exchange import Draft
from server.house import House
from server.serve import serve
from tests.school import NOW, drafts

SCHOOL = "32"
PEOPLE = ("t1", "t2", "tutor", "deputy", "admin", "guardian", "p1")
MORE = (
    ("slot", "8b-alg/1/3/2026-09-01", {"room": "214"}),
    ("enrolment", "8b/p4/2026-09-01", {"name": "Гордеев Пётр"}),
)


class Clock:
    """The machine's clock, moved."""

    def __init__(self, offset: int) -> None:
        self.offset = offset

    def __call__(self) -> int:
        return time.time_ns() // 1_000_000 + self.offset


def found(house: House) -> None:
    """The school, when there is none yet."""
    if SCHOOL in house.exchanges:
        return
    more = [Draft(kind, key, values, NOW - 86_400_000 * 60, "admin") for kind, key, values in MORE]
    report = house.add_school(SCHOOL).load("import", [*drafts(), *more])
    assert not report.refused, report.refused
    for person in PEOPLE:
        house.accounts.create(SCHOOL, person, person, f"{person}-secret-word", demo=True)


def obey(house: House, clock: Clock, line: str) -> Any:
    """Do what the test asks for."""
    verb, *words = line.split()
    exchange = house.exchanges[SCHOOL]
    match verb:
        case "offset":
            clock.offset = int(words[0])
        case "durable":
            exchange.mark_durable(exchange.applied_seq)
        case "epoch":
            return exchange.new_epoch()
        case "entries":
            with exchange.store.read() as reader:
                entries = reader.entries_after(int(words[0]), 1_000_000)
            tablets = {device.id for device in house.accounts.devices(SCHOOL)}
            return [[e.device, e.n, e.kind, e.key, e.verdict, e.reason] for e in entries if e.device in tablets]
        case "head":
            return exchange.applied_seq
        case "row":
            with exchange.store.read() as reader:
                row = reader.get_many(words[0], [words[1]]).get(words[1])
            return None if row is None else row.values
        case "revoke":
            return house.accounts.revoke(SCHOOL, words[0], "lost", "admin")
        case _:
            raise ValueError(line)
    return True


def main() -> None:
    """Serve until standard input ends."""
    logging.setup()  # what it says would stand between the answers
    data, port, clock = Path(sys.argv[1]), int(sys.argv[2]), Clock(int(sys.argv[3]))
    house = House.open(data, clock=clock)
    found(house)

    def listen() -> None:
        for line in sys.stdin:
            print(json.dumps(obey(house, clock, line)), flush=True)
        import os
        import signal

        os.kill(os.getpid(), signal.SIGTERM)

    def ready() -> None:
        print(json.dumps("ready"), flush=True)
        threading.Thread(target=listen, daemon=True).start()

    try:
        serve(house, "127.0.0.1", port, ready=ready)
    finally:
        house.close()


if __name__ == "__main__":
    main()
