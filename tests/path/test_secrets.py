"""The server's own secrets: made once, kept, and of the bytes that tablets are told to reckon with."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
import sqlite_utils

from server.accounts.accounts import Accounts
from server.accounts.schema import MIGRATIONS
from server.accounts.secrets import Secrets
from server.storage.schema import migrate
from server.storage.sqlite import connect
from sync.messages import Parcel
from tests.school import Clock

VECTORS = json.loads((Path(__file__).parent.parent / "vectors" / "parcels.json").read_text())


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Secrets:
    """The secrets of the vectors."""
    db = connect(tmp_path_factory.mktemp("secrets") / "accounts.db")
    kept = {name: base64.b64decode(VECTORS["server"][key]) for name, key in (("seal", "private"), ("mac", "secret"))}
    db.execute("CREATE TABLE secret (name TEXT PRIMARY KEY, value BLOB)")
    db.executemany("INSERT INTO secret VALUES (?, ?)", list(kept.items()))
    return Secrets(db)


@pytest.mark.parametrize("vector", VECTORS["cases"], ids=[v["says"] for v in VECTORS["cases"]])
def test_a_parcel_of_the_vectors_is_opened(secrets: Secrets, vector: dict[str, Any]) -> None:
    case = vector["case"]
    who = (case["school"], case["device"], case["person"])
    assert secrets.seal == VECTORS["server"]["seal"]
    assert secrets.mac(*who) == vector["mac"]
    assert secrets.open_all(*who, [Parcel(*vector["parcel"])]) == [case["op"].encode()]


def test_secrets_are_made_once_and_survive(tmp_path: Path) -> None:
    path = tmp_path / "accounts.db"
    found = []
    for _ in range(2):
        accounts = Accounts(path, Clock())
        found.append((accounts.secrets.seal, accounts.secrets.mac("32", "d1", "t1")))
        accounts.close()
    assert found[0] == found[1]
    assert len(base64.b64decode(found[0][0])) == 65 and len(base64.b64decode(found[0][1])) == 32


def test_an_accounts_database_of_before_the_secrets_gets_them(tmp_path: Path) -> None:
    path = tmp_path / "accounts.db"
    db = connect(path)
    migrate(db, MIGRATIONS[:1])
    assert "secret" not in sqlite_utils.Database(db).table_names()
    db.close()
    accounts = Accounts(path, Clock())
    assert accounts.secrets.seal
    accounts.close()


def test_two_servers_have_nothing_in_common(tmp_path: Path) -> None:
    both = [Accounts(tmp_path / name, Clock()) for name in ("a.db", "b.db")]
    assert len({a.secrets.seal for a in both} | {a.secrets.mac("32", "d1", "t1") for a in both}) == 4
    for accounts in both:
        accounts.close()
