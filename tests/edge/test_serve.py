"""The server as a process: it listens, says why it can't, and ends in time with everything closed."""

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from websockets.sync.client import connect

from server.serve import AddressTaken, listen
from tests.ports import free_port

PROGRAM = """
import sys
from pathlib import Path
from server.house import House
from server.serve import serve
house = House.open(Path(sys.argv[1]))
house.add_school("32")
house.accounts.create("32", "anna", "t1", "anna-secret", demo=True)
serve(house, "127.0.0.1", int(sys.argv[2]), ready=lambda: print("ready", flush=True))
house.close()
print("closed", flush=True)
"""


def ask(port: int, request: str) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        line.sendall(request.encode())
        return b"".join(iter(lambda: line.recv(65536), b""))


def sign_in(port: int) -> str:
    """The cookie of a session."""
    body = json.dumps({"login": "anna", "password": "anna-secret", "clock": 1})
    answer = ask(
        port,
        "POST /api/32/sign-in HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}",
    )
    return next(
        row.split(b" ", 1)[1].split(b";")[0].decode() for row in answer.split(b"\r\n") if row.startswith(b"set-cookie")
    )


@pytest.fixture
def started(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A server in a process of its own, that listens on the port."""
    port = free_port()
    program = [sys.executable, "-c", PROGRAM, str(tmp_path / "data"), str(port)]
    process = subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process, port
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("with_signal", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_within_three_seconds_with_everything_closed(
    started: tuple[subprocess.Popen[str], int], tmp_path: Path, with_signal: signal.Signals
) -> None:
    process, port = started
    with connect(f"ws://127.0.0.1:{port}/api/32/live", additional_headers={"Cookie": sign_in(port)}) as line:
        line.recv(timeout=5)
        with socket.create_connection(("127.0.0.1", port)):
            began = time.monotonic()
            process.send_signal(with_signal)
            said, log = process.communicate(timeout=10)
    assert time.monotonic() - began < 3
    assert (said, process.returncode) == ("closed\n", 0)
    assert log == ""
    assert not list((tmp_path / "data").rglob("*-wal"))


def test_an_address_that_is_taken_is_told_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", free_port())) as other, pytest.raises(AddressTaken, match="--port"):
        listen("127.0.0.1", other.getsockname()[1])


def test_small_answers_do_not_wait_for_each_other() -> None:
    """asyncio turns Nagle off only on sockets that name their protocol; without it each answer takes 40 ms."""
    with listen("127.0.0.1", free_port()) as listener:
        assert listener.proto == socket.IPPROTO_TCP
