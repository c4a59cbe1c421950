"""Tables of accounts.db, as migrations: appended, never edited (see `server.storage.schema.migrate`).

No session token is stored, only its SHA-256: who reads the database or a backup of it can't act as anybody.
"""

from collections.abc import Callable

import sqlite_utils

from server.accounts.secrets import make_secrets


def _first(db: sqlite_utils.Database) -> None:
    db.table("account").create(
        {
            "school": str, "login": str, "person": str, "hash": str, "disabled": int, "must_change": int,
            "created": int,
        },
        pk=("school", "login"),
        not_null={"school", "login", "person", "disabled", "must_change", "created"},
    )  # fmt: skip
    db.table("account").create_index(["school", "person"])
    db.table("session").create(
        {
            "id": bytes, "school": str, "person": str, "login": str, "device": str, "created": int, "seen": int,
            "expires": int,
        },
        pk="id",
        not_null={"school", "person", "login", "device", "created", "seen", "expires"},
        foreign_keys=[(("school", "login"), "account", ("school", "login"))],
    )  # fmt: skip
    db.table("session").create_index(["school", "login"])
    db.table("session").create_index(["expires"])
    db.table("device").create(
        {"school": str, "id": str, "person": str, "name": str, "agent": str, "created": int},
        pk=("school", "id"),
        not_null={"school", "id", "person", "name", "agent", "created"},
    )


def _revoked(db: sqlite_utils.Database) -> None:
    device = db.table("device")
    device.add_column("revoked", int)  # UTC ms; NULL: it may hold what its person may
    device.add_column("reason", str, not_null_default="")
    device.add_column("revoked_by", str, not_null_default="")
    device.create_index(["school", "person"])


MIGRATIONS: list[tuple[str, Callable[[sqlite_utils.Database], None]]] = [
    ("0001 accounts, sessions, devices", _first),
    ("0002 the server's own secrets", make_secrets),
    ("0003 revoked devices", _revoked),
]
