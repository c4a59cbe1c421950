"""The first open of an empty folder, and the first open by a newer version, failing at every call they make.

A migration is there whole and recorded or not at all, and whoever opens next makes what is missing.
"""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from server.storage import schema
from server.storage.sqlite import connect
from tests.crash.afterwards import exchange_of, goes_on, holds, is_whole, send_again, tables_of
from tests.crash.rehearsal import Heard, Stage
from tests.crash.saboteur import BROKEN, FULL, KILLED, Fault
from tests.crash.scene import DEVICE, JOURNAL, OPS
from tests.crash.stage import BOOK, PAGES, house_book
from tests.crash.tally import Tally
from tests.crash.test_writes import wanted_of
from tests.crash.trials import try_all
from tests.school import drafts

every_fault = pytest.mark.parametrize("fault", [KILLED, FULL, BROKEN], ids=lambda fault: fault.name)


@pytest.fixture
def newer_version() -> Iterator[None]:
    """Whoever opens a school in this test has one migration more."""
    schema.MIGRATIONS.append((BOOK, house_book))
    yield
    schema.MIGRATIONS.pop()


@every_fault
def test_a_school_that_was_being_founded_is_founded_by_the_next_start(fault: Fault, stage: Stage, tally: Tally) -> None:
    folder = stage.folder(None)
    assert stage.run("found", folder).done
    tables = tables_of(folder)
    shutil.rmtree(folder)

    def check(folder: Path, heard: Heard) -> None:
        assert heard.killed or heard.done
        with exchange_of(folder) as exchange:
            assert [epoch.ordinal for epoch in exchange.epochs] == [1]
            report = exchange.load("import", drafts())
            assert not report.refused and report.accepted == len(drafts())
        is_whole(folder)
        assert tables_of(folder) == tables
        goes_on(folder)

    try_all(stage, tally, "found", None, fault, check)


@every_fault
def test_a_migration_that_was_cut_off_is_made_by_the_next_start(
    fault: Fault, stage: Stage, tally: Tally, before: Path, newer_version: None
) -> None:
    wanted = wanted_of(stage, before, "migrate", DEVICE, OPS, send_again)

    def check(folder: Path, heard: Heard) -> None:
        assert heard.killed or heard.done
        assert pages_and_seals(folder) in [(None, None), (PAGES, 3)], "the migration is there by halves"
        holds(folder, wanted, [])
        assert pages_and_seals(folder) == (PAGES, 3)

    try_all(stage, tally, "migrate", before, fault, check)


def pages_and_seals(folder: Path) -> tuple[int | None, int | None]:
    """What is there of the migration: the pages of the new table and the devices with a seal; None where nothing is."""
    with closing(connect(folder / JOURNAL)) as db:
        columns = {row[1] for row in db.execute("PRAGMA table_info(device)")}
        recorded = db.execute("SELECT 1 FROM migration WHERE name=?", [BOOK]).fetchone() is not None
        assert recorded == ("seal" in columns) == bool(list(db.execute("PRAGMA table_info(house_book)")))
        if not recorded:
            return None, None
        pages = db.execute("SELECT COUNT(*) FROM house_book").fetchone()[0]
        seals = db.execute("SELECT COUNT(seal) FROM device WHERE seal IS NOT NULL").fetchone()[0]
    return pages, seals
