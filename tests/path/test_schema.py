"""The tables follow the model: a school made by an older version opens under a newer one, with everything in it."""

from pathlib import Path

from server.storage.journal import JournalStore
from server.storage.schema import follow_model, table
from server.storage.sqlite import connect
from sync.merge import Head, blank, put
from sync.model import KINDS


def test_a_school_of_an_older_model_opens_and_keeps_what_it_has(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    store = JournalStore(path, "32")
    row = blank("8b-alg/2026-11-20/2/p1/1", "journal:8b-alg")
    put(row, {"value": "5"}, Head(None, "t1", 1, "d1", 1, 2, 1), 0)
    with store.write() as tx:
        tx.put_many("mark", [(row, 0)])
    store.close()
    older = connect(path)  # as if the model had not had these yet
    older.execute(f"DROP TABLE {table('opening')}")
    older.execute(f"ALTER TABLE {table('mark')} DROP COLUMN c_comment")
    older.close()
    store = JournalStore(path, "32")
    with store.read() as reader:
        assert reader.get_many("mark", [row.key])[row.key].values == {"value": "5", "comment": None, "given": None}
        assert list(reader.every("opening")) == []
        assert reader.scope_total("journal:8b-alg")[1] == 1
    store.close()


def test_a_school_of_this_model_is_left_alone(tmp_path: Path) -> None:
    JournalStore(tmp_path / "journal.db", "32").close()
    db = connect(tmp_path / "journal.db")
    assert follow_model(db) == []
    db.close()


def test_there_is_a_table_for_every_kind(tmp_path: Path) -> None:
    db = connect(tmp_path / "journal.db")
    assert follow_model(db) == [table(kind) for kind in KINDS]
    db.close()
