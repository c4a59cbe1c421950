"""The rules of the house itself: who may import whom, generated files, the pinned wire, the size of rooms."""

import ast
from pathlib import Path

from sync.codegen import generated
from sync.messages import PROTOCOL, schema_digest

ROOT = Path(__file__).parent.parent.parent
# Change the wire or the model → a new digest here; a change that an older tablet would not understand → a new PROTOCOL.
PINNED = (1, "070240d71c311c4d")


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def test_sync_imports_nobody() -> None:
    lawful = {"sync", "msgspec", "ast"} | set(__import__("sys").stdlib_module_names)
    for path in modules("sync"):
        assert {name.split(".")[0] for name in imports(path)} <= lawful, path


def test_the_law_reads_no_clock_and_does_no_io() -> None:
    forbidden = {"time", "os", "io", "socket", "random", "secrets", "logging", "asyncio", "threading", "subprocess"}
    for path in modules("sync"):
        assert not {name.split(".")[0] for name in imports(path)} & forbidden, path


def test_storage_knows_nothing_of_exchange_routes_or_live() -> None:
    for path in modules("server/storage"):
        others = {n for n in imports(path) if n.startswith("server.") and not n.startswith("server.storage")}
        assert not others, path


def test_exchange_is_imported_by_routes_and_not_the_other_way_round() -> None:
    for path in modules("server/exchange"):
        others = {n for n in imports(path) if n.startswith("server.")}
        assert all(n.startswith(("server.exchange", "server.storage", "server.log")) for n in others), path


def test_only_storage_speaks_sql_to_a_school() -> None:
    for path in modules("server"):
        if "storage" in path.parts or "accounts" in path.parts or "backup" in path.parts:
            continue
        assert not {"sqlite3", "pysqlite3", "sqlite_utils"} & {n.split(".")[0] for n in imports(path)}, path


def test_generated_files_are_fresh() -> None:
    stale = [path for path, text in generated().items() if not path.exists() or path.read_text() != text]
    assert stale == [], "run `make generate`"


def test_the_wire_is_pinned() -> None:
    assert (PROTOCOL, schema_digest()) == PINNED


def test_no_room_is_overcrowded() -> None:
    crowded = {p: n for p in modules("sync") + modules("server") if (n := p.read_text().count("\n")) > 400}
    assert crowded == {}
