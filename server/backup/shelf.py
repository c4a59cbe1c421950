"""Where backups stand: a folder (the default), an S3 bucket or an SFTP host, as data/backup.toml says.

    [replica]
    type = "s3"                      # or "sftp", or "folder"
    bucket = "school-17"
    path = "zvonok"
    endpoint = "https://storage.example.ru"
    region = "ru-central1"
    access-key-id = "…"              # or the environment: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY
    secret-access-key = "…"

Whatever else stands under [replica] is passed on to Litestream as it is. On the shelf, each database has a folder
("accounts", "schools/<id>") with one folder per line in it (see `lines`).
"""

import subprocess
import tempfile
import tomllib
from pathlib import Path
from typing import Any, Protocol

from server.backup import s3

CONFIG = "backup.toml"
TYPES = ("folder", "s3", "sftp")


class BadSettings(Exception):
    """data/backup.toml says something that can't be done; the message says what to change."""


class Unreachable(Exception):
    """The shelf can't be looked at now; the message says why."""


class Shelf(Protocol):
    """A place for backups. `says`: the folder or host, for people, without secrets."""

    says: str

    def replica(self, path: str) -> dict[str, Any]:
        """Litestream's settings for the replica at a path of the shelf."""

    def names(self, folder: str) -> list[str]:
        """Names of the folders in a folder of the shelf; none when it does not exist. Raises Unreachable."""


class FolderShelf:
    """A folder of this machine, or one that is mounted there."""

    def __init__(self, root: Path) -> None:
        self.root = root.absolute()
        self.says = str(self.root)

    def replica(self, path: str) -> dict[str, Any]:
        return {"type": "file", "path": str(self.root / path)}

    def names(self, folder: str) -> list[str]:
        try:
            return sorted(entry.name for entry in (self.root / folder).iterdir() if entry.is_dir())
        except FileNotFoundError:
            return []
        except OSError as trouble:
            raise Unreachable(str(trouble)) from trouble


class S3Shelf:
    """A bucket of an S3 service."""

    def __init__(self, options: dict[str, Any]) -> None:
        self._options = options
        self._prefix = str(options.get("path", "zvonok")).strip("/")
        if not options.get("bucket"):
            raise BadSettings('[replica] of type s3 needs a bucket: add a line  bucket = "…"')
        host = str(options.get("endpoint", "s3")).split("//")[-1].split("@")[-1]
        self.says = f"s3: {host}/{options['bucket']}/{self._prefix}"

    def replica(self, path: str) -> dict[str, Any]:
        return {**self._options, "path": f"{self._prefix}/{path}"}

    def names(self, folder: str) -> list[str]:
        try:
            return s3.folders(self._options, f"{self._prefix}/{folder}/")
        except OSError as trouble:
            raise Unreachable(str(trouble)) from trouble


class SftpShelf:
    """A folder on a host that speaks SFTP; looked at with the system's own `sftp`."""

    def __init__(self, options: dict[str, Any]) -> None:
        self._options = options
        for needed in ("host", "user", "path"):
            if not options.get(needed):
                raise BadSettings(f'[replica] of type sftp needs {needed}: add a line  {needed} = "…"')
        self._prefix = str(options["path"]).rstrip("/")
        self.says = f"sftp: {options['host']}{'' if self._prefix.startswith('/') else '/'}{self._prefix}"

    def replica(self, path: str) -> dict[str, Any]:
        return {**self._options, "path": f"{self._prefix}/{path}"}

    def names(self, folder: str) -> list[str]:
        host, _, port = str(self._options["host"]).partition(":")
        with tempfile.TemporaryDirectory(prefix="zvonok-") as room:
            command = ["sftp", "-q", "-b", "-", "-P", port or "22", "-o", "ConnectTimeout=15"]
            if key := self._options.get("key-path"):
                command += ["-i", str(key)]
            if host_key := self._options.get("host-key"):
                known = Path(room, "known_hosts")
                name = f"[{host}]:{port}" if port not in ("", "22") else host
                known.write_text(f"{name} {host_key}\n")
                command += ["-o", f"UserKnownHostsFile={known}", "-o", "StrictHostKeyChecking=yes"]
            ask = f'cd "{self._prefix}/{folder}"\nls -1\n'
            try:
                done = subprocess.run(
                    [*command, f"{self._options['user']}@{host}"], input=ask, capture_output=True, text=True, timeout=60
                )
            except FileNotFoundError:
                raise Unreachable("the command sftp is missing: install it (Debian: openssh-client)") from None
            except subprocess.TimeoutExpired:
                raise Unreachable(f"{host} did not answer within a minute") from None
        if done.returncode and ("No such file" in done.stderr or "not found" in done.stderr):
            return []
        if done.returncode:
            raise Unreachable(" ".join(done.stderr.split()) or f"sftp to {host} failed")
        return sorted(line.strip() for line in done.stdout.splitlines() if not line.startswith("sftp>"))


def read_shelf(config: Path, backups: Path) -> Shelf:
    """The shelf that a backup.toml names, or the folder when there is no such file. Raises BadSettings."""
    try:
        said = tomllib.loads(config.read_text())
    except FileNotFoundError:
        return FolderShelf(backups)
    except (OSError, ValueError) as trouble:
        raise BadSettings(f"{config} can't be read: {trouble}") from trouble
    options = said.get("replica", {})
    if not isinstance(options, dict):
        raise BadSettings(f"{config}: [replica] must be a section, see the README of deploy/")
    kind = options.get("type", "folder")
    if kind == "s3":
        return S3Shelf(options)
    if kind == "sftp":
        return SftpShelf(options)
    if kind == "folder":
        return FolderShelf(Path(options.get("path") or backups))
    raise BadSettings(f"{config}: type = {kind!r} is unknown. Known are: {', '.join(TYPES)}")
