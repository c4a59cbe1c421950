"""A port for a server of the test's own, below the range from which the system gives ports to its own connections."""

import random

from server.serve import AddressTaken, listen


def free_port() -> int:
    """A port of the loopback on which nobody listens."""
    while True:
        port = random.randrange(20_000, 32_000)
        try:
            listen("127.0.0.1", port).close()
        except AddressTaken:
            continue
        return port
