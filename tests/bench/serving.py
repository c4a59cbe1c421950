"""Servers in processes of their own, and what they cost: `python -m tests.bench.serving product|bare|echo PORT DATA`.

product: the house as it is served in production, without Litestream beside it
bare: the ceiling of a push, SQLite with fsync behind Starlette and no rules (`tests.bench.ceiling`)
echo: the ceiling of a pull, Starlette that answers bytes which it has ready
All three run in uvicorn with the same settings.
"""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn


class Served:
    """A server that runs: where it listens, and what its process has used so far."""

    def __init__(self, port: int, pid: int) -> None:
        self.port, self.pid = port, pid

    def cpu(self) -> float:
        """Seconds of processor time of its threads. (The process's own account counts in steps of 10 ms.)"""
        used = (task.read_text().split()[0] for task in Path(f"/proc/{self.pid}/task").glob("*/schedstat"))
        return sum(map(int, used)) / 1e9

    def memory(self, which: str = "VmRSS") -> float:
        """Resident memory in MB; the highest so far as VmHWM."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(which)) / 1024


@contextmanager
def serving(kind: str, data: Path) -> Iterator[Served]:
    """A server while the block runs."""
    port = _free_port()
    process = subprocess.Popen([sys.executable, "-m", "tests.bench.serving", kind, str(port), str(data)])
    try:
        _await(port, process)
        yield Served(port, process.pid)
    finally:
        process.terminate()
        process.wait(60)


def _free_port() -> int:
    for port in range(27_100, 27_400):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError("no port from 27100 to 27399 is free")


def _await(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError("the server has ended at once")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the server does not listen")


def main(kind: str, port: int, data: Path) -> None:
    """Serve until a signal comes."""
    from server import log
    from server.serve import listen, serve

    log.setup(json=True, stream=(data / "server.log").open("a", buffering=1))
    if kind == "product":
        from server.house import House

        house = House.open(data)
        try:
            serve(house, "127.0.0.1", port)
        finally:
            house.close()
    else:
        from tests.bench.ceiling import app_for

        config = uvicorn.Config(app_for(kind, data), log_config=None, access_log=False, lifespan="on")
        uvicorn.Server(config).run(sockets=[listen("127.0.0.1", port)])


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
