"""The audit: a ledger that was touched is told from one that was not, and a record's story is told in words."""

import asyncio
from pathlib import Path

import pytest

from server.backup.proof import Unsound, look, prove
from server.commands.auditing import story
from server.storage.sqlite import connect
from tests.school import Clock, Tablet, open_exchange

OLD = "8b-alg/2026-11-06/2/p1/1"


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A journal in which a mark was given, corrected too late, and the correction approved."""
    clock = Clock()
    clock.set("2026-11-06T10:51")
    with open_exchange(tmp_path, clock) as exchange:

        async def lives() -> None:
            anna = Tablet(exchange, "t1", "d1", clock)
            anna.write("mark", OLD, value="3")
            await anna.sync()
            clock.set("2026-11-22T09:14")
            anna.write("mark", OLD, value="4")
            await anna.sync()
            deputy = Tablet(exchange, "deputy", "d9", clock)
            await deputy.sync()
            deputy.write("matter", "office/d1:2", outcome="approved")
            await deputy.sync()

        asyncio.run(lives())
    return tmp_path / "journal.db"


def test_the_story_of_a_cell_says_who_what_when_and_who_approved(journal: Path) -> None:
    with look(journal, "32") as reader:
        lines = story(reader, "mark", OLD)
    assert [line[1:2] + line[4:6] for line in lines] == [
        ("Петрова А. П.", "value: — → 3", "accepted"),
        ("Петрова А. П.", "value: 3 → 4", "held (window_closed)"),
    ]
    assert lines[0][2:4] == ("2026-11-06 10:51:00", "2026-11-06 10:51:00")
    assert lines[1][6] == "approved by Кузнецова М. Л., 2026-11-22 09:14:00"


TOUCHES: dict[str, tuple[str, str]] = {
    "a mark rewritten": (
        "UPDATE entry SET content=CAST(replace(content, '\"3\"', '\"5\"') AS BLOB) WHERE key=? AND n=1",
        "written",
    ),
    "a verdict changed": ("UPDATE entry SET verdict='accepted' WHERE key=? AND n=2", "does not follow"),
    "an entry taken out": ("DELETE FROM entry WHERE key=? AND n=1", "belongs"),
    "a salt exchanged": ("UPDATE entry SET salt=randomblob(16) WHERE key=? AND n=1", "written"),
}


@pytest.mark.parametrize("what", TOUCHES)
def test_a_ledger_that_was_touched_is_told(journal: Path, what: str) -> None:
    statement, says = TOUCHES[what]
    db = connect(journal)
    assert db.execute(statement, [OLD]).rowcount == 1
    db.close()
    with look(journal, "32") as reader, pytest.raises(Unsound, match=says):
        prove(reader)


def test_content_erased_by_law_leaves_a_ledger_that_verifies(journal: Path) -> None:
    db = connect(journal)
    db.execute("UPDATE entry SET content=NULL, salt=NULL WHERE key=?", [OLD])
    db.close()
    with look(journal, "32") as reader:
        assert prove(reader).head > 0
        assert [line[4] for line in story(reader, "mark", OLD)] == ["(erased)", "(erased)"]


def test_an_untouched_ledger_verifies(journal: Path) -> None:
    with look(journal, "32") as reader:
        assert prove(reader).head == reader.head()
