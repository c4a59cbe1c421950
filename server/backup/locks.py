"""Locks on files: one server per data folder, one Litestream per data folder and per backup folder.

A lock is held by the operating system for as long as a process has the file open, so nothing is left behind by a
process that was killed. Litestream inherits its locks: a Litestream that outlives its server still holds them.

Holds always:
1. Of two who take a lock, one gets it and the other is told who has it.
2. A lock file is never deleted: who deleted one could hold a lock that nobody else sees.
"""

import fcntl
import os
import time
from pathlib import Path

import msgspec
from msgspec import Struct

from server.log import log

SERVER = "server.lock"  # in the data folder: held by the server, or by a command that changes the data
LITESTREAM = "litestream.lock"  # in the data folder: held by Litestream
WRITER = "writer.lock"  # in the backup folder: held by Litestream
PATIENCE = 0.4  # seconds: somebody may merely be looking


class Holder(Struct):
    """Who holds a lock, in its own words. `what`: "server" or a command's name; `at`: since when, UTC ms.

    `server`: of a Litestream, the process that started it.
    """

    pid: int
    what: str = ""
    at: int = 0
    host: str = ""
    port: int = 0
    data: str = ""
    backups: str = ""
    server: int = 0


class InUse(Exception):
    """The lock is held by somebody else."""

    def __init__(self, path: Path, holder: Holder) -> None:
        super().__init__(f"{path} is held by process {holder.pid}")
        self.path, self.holder = path, holder


class Lock:
    """A lock that is held until `release`."""

    def __init__(self, path: Path, fd: int) -> None:
        self.path, self.fd = path, fd

    def says(self, holder: Holder) -> None:
        """Write down who holds it."""
        os.ftruncate(self.fd, 0)
        os.pwrite(self.fd, msgspec.json.encode(holder), 0)

    def release(self) -> None:
        """Give it back. A child that inherited it keeps holding it."""
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1


def take(path: Path, holder: Holder) -> Lock:
    """Take a lock; the folder must exist. Raises InUse, or OSError when the folder can't be written."""
    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    until = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            if time.monotonic() > until:
                os.close(fd)
                raise InUse(path, _read(path)) from None
            time.sleep(0.02)
        except OSError as trouble:
            # Some network folders know no locks. Better a backup there without a lock than none.
            log.warning("no locks here: let only one server write there", path=str(path), error=str(trouble))
            break
    lock = Lock(path, fd)
    lock.says(holder)
    return lock


def holder_of(path: Path) -> Holder | None:
    """Who holds the lock now; None when nobody does."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return None
    except BlockingIOError:
        return _read(path)
    except OSError:
        return None
    finally:
        os.close(fd)


def _read(path: Path) -> Holder:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Holder)
    except (OSError, msgspec.DecodeError):
        return Holder(0)
