"""Small settings files of the data folder, copied to the backup at each start, so that a restore brings them back."""

import shutil
from pathlib import Path

from server.backup.shelf import CONFIG

SETTINGS = "settings"  # in the backup folder
KEPT = ("demo.json", CONFIG)


def keep(data: Path, backups: Path) -> None:
    """Copy what is there of KEPT, readable for nobody else: there may be a key to the shelf in it."""
    (backups / SETTINGS).mkdir(exist_ok=True, mode=0o700)
    for name in KEPT:
        if (data / name).is_file():
            _copy(data / name, backups / SETTINGS / name)


def bring_back(backups: Path, data: Path) -> list[str]:
    """Copy back what was kept; answers the names."""
    found = [name for name in KEPT if (backups / SETTINGS / name).is_file()]
    for name in found:
        _copy(backups / SETTINGS / name, data / name)
    return found


def _copy(source: Path, target: Path) -> None:
    whole = target.with_name(f"{target.name}.new")
    whole.touch(0o600)
    whole.chmod(0o600)
    shutil.copyfile(source, whole)
    whole.replace(target)
