"""The way back: databases from the shelf into an empty data folder, proved whole, each with a new epoch.

Everything is made in a folder beside the target and takes the target's place in one rename at the very end.

Holds always:
1. Whatever goes wrong before that rename, a cut of the power included, the target is as it was.
2. Nothing is deleted but what this restore, or one that was cut off, has itself made; with `replace` the old folder
   is moved aside just before, and back when the rename fails.
3. What comes back passed Litestream's checksums, SQLite's integrity check and the journal's own proof (`proof`).
4. Each database comes from its newest line that anything was uploaded to. A newest line that is broken is an error,
   never a reason to fall back in silence.
"""

import os
import secrets
import shutil
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path

from msgspec import Struct

from server.backup import settings
from server.backup.lines import ACCOUNTS, RECORD, SCHOOLS, accounts_epoch, database_of
from server.backup.litestream import CONFIG as LITESTREAM_CONFIG
from server.backup.litestream import SOCKET
from server.backup.locks import LITESTREAM, SERVER, Holder, InUse, Lock, holder_of, take
from server.backup.proof import Unsound, prove
from server.backup.replica import Broken, fetch
from server.backup.shelf import CONFIG, BadSettings, Shelf, Unreachable
from server.backup.sources import CantRestore, Source, from_copies, from_lines, open_source
from server.house import wall_clock
from server.storage.journal import JournalStore
from server.storage.sqlite import DatabaseError, connect

__all__ = ["CantRestore", "RestoreReport", "SchoolBack", "restore"]

LEFT_BEHIND = {SERVER, LITESTREAM, SOCKET, LITESTREAM_CONFIG, RECORD, f"{RECORD}.new"}  # of a server that ran here
DISK = ("no space left", "database or disk is full", "input/output error", "disk I/O error")

Progress = Callable[[str, int], None]  # (which database, bytes written so far)


class SchoolBack(Struct, frozen=True):
    """A school that came back. `line`: where from; `last_at`: arrival of its last entry, UTC ms, 0 without entries.

    `timezone`: as the school's settings name it, or "".
    """

    school: str
    name: str
    timezone: str
    line: str
    head: int
    rows: int
    last_at: int
    epoch: str
    ordinal: int
    size: int


class RestoreReport(Struct, frozen=True):
    """What came back. `aside`: where the folder went that stood there before."""

    source: str
    target: Path
    schools: list[SchoolBack]
    accounts: bool
    settings: list[str]
    aside: Path | None = None


def restore(
    source: Path,
    target: Path,
    at: datetime | None = None,
    *,
    replace: bool = False,
    daily: date | None = None,
    progress: Progress | None = None,
) -> RestoreReport:
    """Bring everything back from `source`, a backup folder or a backup.toml, into `target`. Raises CantRestore.

    `at`: as it stood then. `daily`: from the whole copies of that day, without Litestream.
    """
    target = target.resolve()
    lock = _hold(target, replace)
    staging = target.with_name(f".{target.name}.restoring-{secrets.token_hex(4)}")
    try:
        folder, shelf = open_source(source)
        wanted = from_copies(folder, shelf, daily) if daily else from_lines(shelf, at)
        _clear_old_staging(target)
        staging.mkdir(mode=0o700, parents=True)
        busy = take(staging / SERVER, Holder(os.getpid(), "restore"))
        try:
            back = [_bring(item, shelf, staging, at, progress) for item in wanted]
            kept = settings.bring_back(folder, staging)
            if source.is_file():
                shutil.copyfile(source, staging / CONFIG)
                (staging / CONFIG).chmod(0o600)
            aside = _swap(staging, target)
        finally:
            busy.release()
    except (BadSettings, Unreachable) as trouble:
        raise CantRestore(str(trouble), "Mend that, then restore again.") from trouble
    except OSError as trouble:
        raise _disk(trouble) from trouble
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        if lock is not None:
            lock.release()
    accounts = any(item.store == ACCOUNTS for item in wanted)
    return RestoreReport(str(source), target, [school for school in back if school], accounts, kept, aside)


def _hold(target: Path, replace: bool) -> Lock | None:
    """Refuse a target that is in use or not empty; its lock when there is a folder to lock."""
    if not target.exists():
        return None
    if not target.is_dir():
        raise CantRestore(f"{target} is a file.", "Name a folder: --to FOLDER.")
    if os.path.ismount(target):
        raise CantRestore(
            f"{target} is a mount point and can't be swapped.", f"Name a folder in it: --to {target}/data"
        )
    if not replace and {entry.name for entry in target.iterdir()} - LEFT_BEHIND:
        hint = "Name an empty folder with --to, or add --replace: the old folder is then moved aside, not deleted."
        raise CantRestore(f"{target} is not empty.", hint)
    try:
        lock = take(target / SERVER, Holder(os.getpid(), "restore"))
    except OSError as trouble:
        raise _disk(trouble) from trouble
    except InUse as taken:
        raise _running(target, taken.holder) from taken
    if running := holder_of(target / LITESTREAM):
        lock.release()
        raise _running(target, running)
    return lock


def _running(target: Path, holder: Holder) -> CantRestore:
    hint = "End it first (Ctrl-C, or: systemctl stop zvonok), then restore again."
    return CantRestore(f"{target} is in use by process {holder.pid} ({holder.what}).", hint)


def _disk(trouble: Exception) -> CantRestore:
    hint = "Nothing was changed. See that the disk has room, is sound and may be written, then restore again."
    return CantRestore(f"The disk refused: {trouble}", hint)


def _bring(
    item: Source, shelf: Shelf, staging: Path, at: datetime | None, progress: Progress | None
) -> SchoolBack | None:
    """One database into the staging folder, proved, with a new epoch."""
    database = database_of(staging, item.store)
    database.parent.mkdir(parents=True, exist_ok=True)
    says = item.store.removeprefix(f"{SCHOOLS}/")
    try:
        if item.line is not None:
            told = partial(progress, says) if progress else None
            fetch(shelf.replica(item.line.path), database, None if item.store == ACCOUNTS else at, told)
        elif item.copy is not None:
            shutil.copyfile(item.copy, database)
        database.chmod(0o600)
        _check(database)
        size = database.stat().st_size
        if item.store == ACCOUNTS:
            accounts_epoch(database, wall_clock(), restored=True, above=item.above)
            return None
        return _prove_and_part(database, says, item, size)
    except (Broken, Unsound, DatabaseError) as trouble:
        if any(word in str(trouble) for word in DISK):  # nothing is known against the backup then
            raise _disk(trouble) from trouble
        hint = (
            "Nothing was changed. Go back to an earlier moment (--at '2026-11-20 14:00'), or to a whole daily copy "
            "(--daily 2026-11-20). Keep the broken backup as it is: it may still be of use."
        )
        raise CantRestore(f"The backup {item.says} is broken: {trouble}", hint) from trouble


def _prove_and_part(database: Path, school: str, item: Source, size: int) -> SchoolBack:
    store = JournalStore(database, school)
    try:
        with store.read() as reader:
            proof = prove(reader)
            timezone = next((row.values.get("timezone") or "" for row in reader.every("school")), "")
        with store.write() as tx:
            epoch = tx.begin_epoch(secrets.token_hex(6), wall_clock(), "restored", above=item.above)
    finally:
        store.close()
    return SchoolBack(
        school,
        proof.school_name,
        timezone,
        item.says,
        proof.head,
        proof.rows,
        proof.last_at,
        epoch.epoch,
        epoch.ordinal,
        size,
    )


def _check(database: Path) -> None:
    db = connect(database)
    try:
        found = [row[0] for row in db.execute("PRAGMA integrity_check(3)")]
    finally:
        db.close()
    if found != ["ok"]:
        raise Unsound("; ".join(found))


def _put_back(aside: Path, target: Path, trouble: OSError) -> None:
    try:
        aside.rename(target)
    except OSError:
        raise CantRestore(
            f"The disk refused: {trouble}. The older folder is whole, but stands in {aside}.",
            f"See that the disk has room, is sound and may be written. Then move {aside} back to {target}.",
        ) from trouble


def _swap(staging: Path, target: Path) -> Path | None:
    """Everything to disk, then the staging folder becomes the target."""
    for path in staging.rglob("*"):
        _fsync(path)
    _fsync(staging)
    aside = None
    if target.exists():
        left = {entry.name for entry in target.iterdir()}
        if left - LEFT_BEHIND:
            aside = target.with_name(f"{target.name}.replaced-{datetime.now():%Y%m%d-%H%M%S}")
            target.rename(aside)
        else:
            for name in left:
                (target / name).unlink()
    try:
        staging.rename(target)
    except OSError as trouble:
        if aside is not None:
            _put_back(aside, target, trouble)
        raise
    try:
        _fsync(target.parent)
    except OSError as trouble:
        raise CantRestore(
            f"Everything is back in {target}, but the disk did not confirm it: {trouble}",
            f"See what is wrong with that disk. Until you know, keep the backup{f' and {aside}' if aside else ''}.",
        ) from trouble
    return aside


def _fsync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _clear_old_staging(target: Path) -> None:
    """Folders of restores that were cut off; one that is still under way holds its lock."""
    for left in target.parent.glob(f".{target.name}.restoring-*"):
        if holder_of(left / SERVER) is None:
            shutil.rmtree(left, ignore_errors=True)
