"""The child's side of a full disk: the whole server with its backup, on a clock that stands still.

python -m tests.crash.serving DATA BACKUPS PORT
"""

import sys
from contextlib import closing
from pathlib import Path

from server import log as logging
from server.backup import Backup
from server.house import House
from server.serve import listen, server_for
from tests.school import Clock


def main(data: Path, backups: Path, port: int) -> None:
    logging.setup(json=True)
    house = House.open(data, clock=Clock())
    backup = Backup(house, backups)
    house.backup = backup
    backup.start()
    try:
        with closing(listen("127.0.0.1", port)) as listener:
            print("ready", flush=True)
            server_for(house, "127.0.0.1", port, dist=data / "dist").run(sockets=[listener])
    finally:
        house.close()
        backup.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
