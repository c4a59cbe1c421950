"""strace as a saboteur: it hangs on to a process and lets the Nth call of one kind fail, or kills the process there.

strace counts the calls of each thread by itself. So a step is exhausted by N = 1, 2, 3 … only where one thread alone
makes the calls; `calls_of` tells which thread made which.

A process that is killed on entering a call has not made it: N runs over every state that a disk can be left in
between two calls.
"""

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

# What changes a file. A name that this machine's architecture does not have is passed over ("?").
CALLS = (
    "pwrite64", "write", "fsync", "fdatasync", "ftruncate", "rename", "renameat", "renameat2", "unlink", "unlinkat",
    "sendfile", "copy_file_range",
)  # fmt: skip
ENDS = 20.0  # seconds
_CALL = re.compile(r"^(?:(\d+) +)?(\w+)\(", re.MULTILINE)


class Fault(Struct, frozen=True):
    """A way to fail. `inject`: in strace's words, for the call N. `ends`: the process does not outlive it."""

    name: str
    inject: str
    ends: bool = False


KILLED = Fault("SIGKILL", "signal=SIGKILL:when={n}", True)
FULL = Fault("ENOSPC", "error=ENOSPC:when={n}+")  # a full disk stays full until somebody makes room
BROKEN = Fault("EIO", "error=EIO:when={n}")  # once
GONE = Fault("EIO on all", "error=EIO:when={n}+")  # a disk that is gone until somebody plugs it in again


def why_not() -> str:
    """Why strace can't be used here, and what to do; "" when it can."""
    if shutil.which("strace") is None:
        return "strace is not installed: run deploy/setup/strace.sh, or: sudo apt install strace"
    tried = subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], capture_output=True, text=True)
    if tried.returncode:
        return f"strace may not trace here (a container without the right SYS_PTRACE?): {tried.stderr.strip()}"
    return ""


def options(log: Path, calls: Sequence[str], fault: Fault | None = None, n: int = 0) -> list[str]:
    """strace's options: write down these calls, and let the Nth of them (of each, by each thread) fail.

    A call must be traced, else nothing is injected into it.
    """
    named = ",".join(f"?{call}" for call in calls)
    given = ["-o", str(log), "-e", f"trace={named}"]
    return [*given, "-e", f"inject={named}:{fault.inject.format(n=n)}"] if fault else given


@contextmanager
def hold_of(pid: int, log: Path, calls: Sequence[str], fault: Fault | None = None, n: int = 0) -> Iterator["Hold"]:
    """strace on every thread of a running process; its calls are counted from here on."""
    strace = subprocess.Popen(
        ["strace", "-f", *options(log, calls, fault, n), "-p", str(pid)], stderr=subprocess.PIPE, text=True
    )
    assert strace.stderr is not None
    try:
        said = []
        for line in strace.stderr:  # it says so once every thread has been stopped by it
            said.append(line)
            if "attached" in line:
                break
        else:
            raise RuntimeError(f"strace: {''.join(said)}")
        yield Hold(strace)
    finally:
        strace.kill()
        strace.wait()
        strace.stderr.close()


class Hold:
    """strace's hold of a process."""

    def __init__(self, strace: subprocess.Popen[str]) -> None:
        self._strace = strace

    def let_go(self) -> None:
        """The fault is gone: the process goes on by itself."""
        self._strace.terminate()
        self._strace.wait(ENDS)

    def until_its_end(self) -> None:
        """Wait until the process has ended. (Asked to let go of one that is just dying, strace waits for ever.)"""
        self._strace.wait(ENDS)


def triggered(log: Path) -> bool:
    """True when a call was made to fail, or a process to end at one."""
    found = log.read_text(errors="replace")
    return "(INJECTED)" in found or "+++ killed by SIGKILL" in found


def calls_of(log: Path) -> dict[str, Counter[str]]:
    """How often each call was made, by thread: call -> thread -> times."""
    found: dict[str, Counter[str]] = {}
    for thread, call in _CALL.findall(log.read_text(errors="replace")):
        found.setdefault(call, Counter())[thread] += 1
    return found
