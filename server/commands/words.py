"""How the command line speaks: one console for what was asked, one for troubles, and each trouble with what to do next.

Holds always:
1. A trouble that can be foreseen ends with a sentence and a hint, exit code 1, and no traceback.
2. Only a bug shows a traceback.
"""

import errno
import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import typer
from rich.console import Console

P = ParamSpec("P")
R = TypeVar("R")

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)

DISK = {
    errno.ENOSPC: "Make room on that disk, then try again.",
    errno.EDQUOT: "Make room on that disk, then try again.",
    errno.EIO: "See whether that disk is sound, then try again.",
    errno.EACCES: "See who owns that folder, or name another one (--data, --backups).",
    errno.EPERM: "See who owns that folder, or name another one (--data, --backups).",
    errno.EROFS: "That disk is mounted read-only: name another folder (--data, --backups).",
    errno.ENOTDIR: "A file stands where a folder belongs: name another folder (--data, --backups).",
    errno.EEXIST: "A file stands where a folder belongs: name another folder (--data, --backups).",
}


class Trouble(Exception):
    """What went wrong, for people, and what to do next."""

    def __init__(self, message: str, hint: str, code: int = 1) -> None:
        super().__init__(message)
        self.hint, self.code = hint, code


def spoken(command: Callable[P, R]) -> Callable[P, R]:
    """A command whose foreseeable troubles are said in words."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except (typer.Exit, typer.Abort):
            raise
        except KeyboardInterrupt:
            err.print("\nStopped.")
            raise typer.Exit(130) from None
        except Exception as bug:
            trouble = in_words(bug)
            if trouble is None:
                raise
            err.print(f"[bold red]✗[/] {_plain(str(trouble))}", soft_wrap=True)
            err.print(f"  → {_plain(trouble.hint)}", soft_wrap=True)
            raise typer.Exit(trouble.code) from None

    return wrapped


def in_words(bug: Exception) -> Trouble | None:
    """The trouble that an exception means; None when it is a bug."""
    from server.accounts.accounts import LoginTaken
    from server.backup.litestream import LeftOver, NoLitestream
    from server.backup.locks import InUse
    from server.backup.shelf import BadSettings, Unreachable
    from server.backup.sources import CantRestore
    from server.exchange import Rejected
    from server.interop import BadBundle
    from server.serve import AddressTaken
    from server.storage.sqlite import DatabaseError, OldSqlite

    match bug:
        case Trouble():
            return bug
        case CantRestore() | BadBundle():
            return Trouble(str(bug), bug.hint)
        case LoginTaken():
            return Trouble(
                str(bug), "Give one of the two another login, then import again: it goes on where it stopped."
            )
        case InUse():
            return Trouble(
                f"{bug.path.parent} is in use: process {bug.holder.pid} ({bug.holder.what or 'server'}) works on it.",
                "End that first (Ctrl-C, or: systemctl stop zvonok), or name another folder with --data.",
            )
        case AddressTaken():
            message, _, hint = str(bug).partition(". ")
            return Trouble(f"{message}.", hint or "Choose another port with --port.")
        case NoLitestream() | OldSqlite():
            message, _, hint = str(bug).partition(": ")
            return Trouble(f"{message}.", _sentence(hint))
        case LeftOver():
            message, _, hint = str(bug).partition(". ")
            return Trouble(f"{message}.", hint)
        case BadSettings():
            return Trouble(str(bug), "Mend backup.toml; what may stand in it is in the README of deploy/.")
        case Unreachable():
            return Trouble(str(bug), "See whether the disk is mounted or the host answers, then try again.")
        case Rejected() if bug.trouble.error == "disk_full":
            return Trouble("The disk is full; what was not written yet is not in the school.", DISK[errno.ENOSPC])
        case OSError() if bug.errno in DISK:
            where = f" ({bug.filename})" if bug.filename else ""
            return Trouble(f"The disk refused: {bug.strerror}{where}.", DISK[bug.errno])
        case DatabaseError() if "full" in str(bug):
            return Trouble("The disk is full.", DISK[errno.ENOSPC])
        case DatabaseError() if "disk I/O" in str(bug):
            return Trouble("The disk refused.", DISK[errno.EIO])
        case DatabaseError() if "malformed" in str(bug) or "not a database" in str(bug):
            return Trouble(
                f"A database is damaged: {bug}.",
                "Bring the school back from the backup: zvonok restore --replace (the damaged folder is kept aside).",
            )
        case DatabaseError() if "unable to open" in str(bug) or "readonly" in str(bug):
            return Trouble(f"A database can't be opened: {bug}.", DISK[errno.EACCES])
    return None


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape(text)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "."
