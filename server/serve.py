"""Serving a house over HTTP: uvicorn with the settings that were measured, and an end that leaves time to close up.

TLS is a proxy's task (deploy/Caddyfile); on its word alone (from this machine) an address or https is believed.
"""

import gc
import resource
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from server.app import DIST, create_app
from server.house import House
from server.http import Http, Live

CONNECTIONS = 20_000  # one process held 10,000 live lines when it was measured
WAITING = 2048  # callers that the system keeps waiting until they are heard
GRACE = 3  # seconds a request may still take when the server ends
KEEP_ALIVE = 75  # longer than a tablet's pause between polls
SAYS = 4096  # bytes a tablet may say on the live channel, where it has nothing to say


class AddressTaken(Exception):
    """The address can't be listened on."""


class Server(uvicorn.Server):
    """uvicorn that returns to its caller after a signal instead of raising it again: the house must still be closed."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        with super().capture_signals():
            yield
            self._captured_signals.clear()


def server_for(house: House, host: str, port: int, *, dist: Path = DIST) -> Server:
    """A server that is not running yet; `should_exit = True` ends it from any thread."""
    _open_more_files()
    _collect_seldom()
    config = uvicorn.Config(
        create_app(house, dist=dist), host=host, port=port, http=Http, ws=Live,
        ws_per_message_deflate=False, ws_max_size=SAYS, lifespan="on", log_config=None, access_log=False,
        server_header=False, limit_concurrency=CONNECTIONS, timeout_keep_alive=KEEP_ALIVE,
        timeout_graceful_shutdown=GRACE, proxy_headers=True, forwarded_allow_ips="127.0.0.1",
    )  # fmt: skip
    return Server(config)


def _open_more_files() -> None:
    """Each line is an open file, and a shell's usual 1,024 are soon used up: take as many as the system lets us."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * CONNECTIONS if hard == resource.RLIM_INFINITY else min(2 * CONNECTIONS, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _collect_seldom() -> None:
    """A sync makes thousands of objects and no rings of them; looking for rings at each 700 made pauses in a storm.

    What a house has read at its opening stays to the end and is never looked at again.
    """
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on the address. Raises AddressTaken with what to do."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol must be named: asyncio turns Nagle off only where it is, and each answer would wait 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(
            WAITING
        )  # from now on a caller waits instead of being turned away, and nobody else gets the port
    except OSError as bug:
        listener.close()
        hint = f"Stop the other program on port {port}, or choose another port with --port."
        raise AddressTaken(f"Can't listen on {host}:{port}: {bug.strerror}. {hint}") from bug
    listener.set_inheritable(False)
    return listener


def serve(house: House, host: str, port: int, *, ready: Callable[[], None] | None = None) -> None:
    """Serve until a signal comes, then return; the caller closes the house. `ready` is called once it listens."""
    listener = listen(host, port)
    if ready is not None:
        ready()
    server_for(house, host, port).run(sockets=[listener])
