"""Reading a OneRoster 1.1 CSV bundle: a zip file or a folder in, tables of rows out. Nothing here knows what they mean.

Holds always:
1. Every line of a file that is neither its header nor empty becomes a row or is listed with a reason.
2. Nothing is unpacked to disk, and no more than `MOST_BYTES` are ever read, whatever a zip file promises.
3. A damaged line damages no other: a stray quote ends with its line.
"""

import csv
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from msgspec import Struct

from server.interop.reasons import Listed, Remark, Why

MOST_FILES = 200
MOST_BYTES = 128 << 20
LONGEST_LINE = 100_000  # characters
MOST_LINES = 20  # a quoted cell may hold line breaks, but not this many

TABLES = ("academicSessions", "orgs", "courses", "classes", "users", "enrollments")
# Files of the standard that the journal has no use for.
UNUSED = ("demographics", "classResources", "courseResources", "resources", "categories", "lineItems", "results")
MANIFEST = "manifest"
KNOWN = {name.lower(): name for name in (*TABLES, *UNUSED, MANIFEST)}


class BadBundle(Exception):
    """Nothing can be read here at all. `hint`: what to do next."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class Row(Struct, frozen=True):
    """A row: its file, the line it begins on, and its cells by the standard's column names in small letters."""

    file: str
    line: int
    cells: dict[str, str]

    def get(self, column: str) -> str:
        """A cell without the blanks around it; "" when there is none."""
        return self.cells.get(column.lower(), "").strip()

    def many(self, column: str) -> list[str]:
        """A cell that holds a list."""
        return [piece.strip() for piece in self.get(column).split(",") if piece.strip()]


class Table(Struct):
    """A file of the bundle. `columns`: in small letters."""

    file: str
    columns: list[str]
    rows: list[Row]


class Bundle(Struct):
    """What was read. `listed`: lines that could not become rows; `remarks`: what is odd about whole files."""

    path: Path
    tables: dict[str, Table]
    manifest: dict[str, str]
    listed: list[Listed]
    remarks: list[Remark]

    def rows(self, table: str) -> list[Row]:
        """The rows of a file; none when it is absent."""
        found = self.tables.get(table)
        return found.rows if found else []


def read_bundle(path: Path) -> Bundle:
    """Read a bundle. Raises BadBundle."""
    bundle = Bundle(path, {}, {}, [], [])
    files = dict(_files(path))
    known = {KNOWN[stem]: content for stem, content in files.items() if stem in KNOWN}
    if not any(name in known for name in TABLES):
        raise BadBundle(
            f"{path} holds none of the files of OneRoster ({', '.join(f'{n}.csv' for n in TABLES)}).",
            "Name the zip file or the folder in which these files lie.",
        )
    for stem in sorted(files.keys() - KNOWN.keys()):
        bundle.remarks.append(Remark(f"{stem}.csv", 0, "is no file of OneRoster and was not read"))
    for name in (MANIFEST, *TABLES, *UNUSED):
        if name in known:
            bundle.tables[name] = _table(f"{name}.csv", known[name], bundle)
    _compare_with_manifest(bundle)
    return bundle


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    """(file's name in small letters without ".csv", content) of every CSV file."""
    if path.is_dir():
        yield from _in_folder(path)
    elif path.is_file() and zipfile.is_zipfile(path):
        try:
            yield from _in_zip(path)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as bug:
            raise BadBundle(f"{path} is a damaged zip file: {bug}.", "Have it exported anew.") from None
    else:
        there = "is neither a zip file nor a folder" if path.exists() else "does not exist"
        raise BadBundle(f"{path} {there}.", "Name the OneRoster bundle: a zip file, or the folder it was unpacked to.")


def _in_folder(path: Path) -> Iterator[tuple[str, bytes]]:
    left = MOST_BYTES
    seen: set[str] = set()
    for file in sorted(path.iterdir()):
        if file.suffix.lower() != ".csv":
            continue
        if file.is_symlink() or not file.is_file():
            raise BadBundle(f"{file} is no plain file.", "Put a copy of the file itself there, not a link.")
        with file.open("rb") as opened:
            content = opened.read(left + 1)
        left = _rest(left, content, path)
        yield _once(file.stem.lower(), seen, path), content


def _in_zip(path: Path) -> Iterator[tuple[str, bytes]]:
    left = MOST_BYTES
    seen: set[str] = set()
    with zipfile.ZipFile(path) as packed:
        entries = packed.infolist()
        if len(entries) > MOST_FILES:
            raise BadBundle(f"{path} holds {len(entries)} files.", "A OneRoster bundle has about ten: check the file.")
        for entry in entries:
            name = PurePosixPath(entry.filename)
            linked = stat.S_ISLNK(entry.external_attr >> 16)
            if name.is_absolute() or ".." in name.parts or "\\" in entry.filename or ":" in entry.filename or linked:
                raise BadBundle(
                    f"{path} holds a file that wants to lie outside of it: {entry.filename!r}.",
                    "This is not how a roster is packed: ask who made it.",
                )
            if entry.is_dir() or name.suffix.lower() != ".csv" or "__MACOSX" in name.parts:
                continue
            if entry.flag_bits & 1:
                raise BadBundle(f"{path} is locked with a password.", "Unpack it yourself and name the folder.")
            with packed.open(entry) as opened:
                content = opened.read(left + 1)
            left = _rest(left, content, path)
            yield _once(name.stem.lower(), seen, path), content


def _rest(left: int, content: bytes, path: Path) -> int:
    if len(content) > left:
        raise BadBundle(
            f"{path} unpacks to more than {MOST_BYTES >> 20} MB.", "No roster is that large: check where it is from."
        )
    return left - len(content)


def _once(stem: str, seen: set[str], path: Path) -> str:
    if stem in seen:
        raise BadBundle(f"{path} holds two files called {stem}.csv.", "Leave the one that is meant.")
    seen.add(stem)
    return stem


def _decoded(content: bytes, file: str, bundle: Bundle) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        bundle.remarks.append(Remark(file, 0, "is written in UTF-16; the standard wants UTF-8"))
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        bundle.remarks.append(Remark(file, 0, "is not UTF-8; it was read as Windows-1251: look at the names"))
        return content.decode("cp1251", "replace")


def _table(file: str, content: bytes, bundle: Bundle) -> Table:
    lines = _decoded(content, file, bundle).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    start = next((n for n, line in enumerate(lines) if line.strip()), None)
    table = Table(file, [], [])
    if start is None:
        bundle.remarks.append(Remark(file, 0, "is empty"))
        return table
    head = lines[start][:LONGEST_LINE]
    comma = "," if "," in head or ";" not in head else ";"
    if comma == ";":
        bundle.remarks.append(Remark(file, 0, "is separated by semicolons; the standard wants commas"))
    table.columns = [name.strip().lower() for name in next(csv.reader([head], delimiter=comma))]
    place = start + 1
    while place < len(lines):
        if lines[place].strip():
            place += _row(table, lines, place, comma, bundle)
        else:
            place += 1
    return table


def _row(table: Table, lines: list[str], place: int, comma: str, bundle: Bundle) -> int:
    """Read the row that begins on a line; answers how many lines it takes."""
    line, wide = place + 1, len(table.columns)
    if len(lines[place]) > LONGEST_LINE:
        bundle.listed.append(Listed(table.file, line, Why.TOO_LONG_A_LINE, {}))
        return 1
    upto = place + (MOST_LINES if lines[place].count('"') % 2 else 1)
    reader = csv.reader((text + "\n" for text in lines[place:upto]), delimiter=comma)
    try:
        cells = next(reader)
        used = reader.line_num
    except csv.Error:
        cells, used = [], 2
    if used > 1 and len(cells) != wide:  # a stray quote has swallowed the lines below: they are read by themselves
        bundle.listed.append(Listed(table.file, line, Why.STRAY_QUOTE, {}))
        return 1
    if len(cells) > wide:
        bundle.listed.append(Listed(table.file, line, Why.TOO_MANY_CELLS, {"found": len(cells), "wanted": wide}))
        return used
    if not any(cell.strip() for cell in cells):
        bundle.listed.append(Listed(table.file, line, Why.EMPTY_ROW, {}))
        return used
    if len(cells) < wide:
        bundle.remarks.append(Remark(table.file, line, f"has {len(cells)} cells instead of {wide}: the rest are empty"))
    table.rows.append(Row(table.file, line, dict(zip(table.columns, cells, strict=False))))
    return used


def _compare_with_manifest(bundle: Bundle) -> None:
    said = bundle.tables.pop(MANIFEST, None)
    if said is None:
        bundle.remarks.append(Remark("manifest.csv", 0, "is missing: what was there has been read"))
    for row in said.rows if said else ():
        bundle.manifest[row.get("propertyName")] = row.get("value")
    version = bundle.manifest.get("oneroster.version", "1.1")
    if version != "1.1":
        bundle.remarks.append(Remark("manifest.csv", 0, f"says OneRoster {version}; the bundle was read as 1.1"))
    for name in TABLES:
        kind, there = bundle.manifest.get(f"file.{name}", ""), name in bundle.tables
        if kind in ("bulk", "delta") and not there:
            bundle.remarks.append(Remark(f"{name}.csv", 0, "is promised by the manifest and missing"))
        elif there and kind == "absent":
            bundle.remarks.append(Remark(f"{name}.csv", 0, "is there although the manifest calls it absent"))
        elif not there and not kind:
            bundle.remarks.append(Remark(f"{name}.csv", 0, "is missing"))
