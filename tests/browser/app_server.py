"""The real server over an empty house, with an app folder of the test's own: `python app_server.py DATA DIST PORT`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from server.house import House
from server.serve import listen, server_for


def main() -> None:
    """Serve until a signal; one line on standard output says that it listens."""
    data, dist, port = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    house = House.open(data)
    listener = listen("127.0.0.1", port)
    print("listens", flush=True)
    try:
        server_for(house, "127.0.0.1", port, dist=dist).run(sockets=[listener])
    finally:
        house.close()


if __name__ == "__main__":
    main()
