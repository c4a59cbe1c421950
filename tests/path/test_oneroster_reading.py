"""Reading bundles as they come: encodings, damage, tricks. Every line becomes a row or is listed."""

import stat
import zipfile
from pathlib import Path

import pytest

from server.interop import BadBundle, Why, read_bundle

ORGS = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n"


def folder(path: Path, **files: str | bytes) -> Path:
    path.mkdir(exist_ok=True)
    for name, content in files.items():
        raw = content if isinstance(content, bytes) else content.encode()
        (path / f"{name}.csv").write_bytes(raw)
    return path


def packed(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    return path


def names(path: Path) -> list[str]:
    return [row.get("name") for row in read_bundle(path).rows("orgs")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_a_file_is_read_in_the_encoding_in_which_it_comes(tmp_path: Path, encoding: str) -> None:
    path = folder(tmp_path / "b", orgs=(ORGS + "s,,,Школа № 5,school,,\n").encode(encoding))
    assert [n.replace("№", "N") for n in names(path)] == ["Школа N 5"]
    odd = [r.words for r in read_bundle(path).remarks if r.file == "orgs.csv"]
    assert bool(odd) == (encoding in ("cp1251", "utf-16"))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way_and_the_last_not_at_all(tmp_path: Path, end: str) -> None:
    path = folder(tmp_path / "b", orgs=f"{ORGS}a,,,A,school,,\n\nb,,,B,school,,".replace("\n", end).encode())
    assert [(row.line, row.get("name")) for row in read_bundle(path).rows("orgs")] == [(2, "A"), (4, "B")]


def test_columns_are_found_by_name_in_any_order_and_case(tmp_path: Path) -> None:
    path = folder(tmp_path / "b", orgs=" NAME ,Type,extra,sourcedid\nШкола,school,x, s \n")
    row = read_bundle(path).rows("orgs")[0]
    assert (row.get("name"), row.get("sourcedId"), row.get("parentSourcedId")) == ("Школа", "s", "")


def test_quoted_lists_and_line_breaks_are_one_cell(tmp_path: Path) -> None:
    path = folder(tmp_path / "b", classes='sourcedId,title,grades\nc,"8 «Б»\nалгебра","08, 09"\nd,x,1\n')
    first, second = read_bundle(path).rows("classes")
    assert first.get("title") == "8 «Б»\nалгебра"
    assert first.many("grades") == ["08", "09"]
    assert second.line == 4


def test_a_stray_quote_damages_its_own_line_only(tmp_path: Path) -> None:
    path = folder(tmp_path / "b", orgs=f'{ORGS}a,,,A,school,,\nb,,,"B,school,,\nc,,,C,school,,\nd,,,D,school,,\n')
    bundle = read_bundle(path)
    assert [row.get("name") for row in bundle.rows("orgs")] == ["A", "C", "D"]
    assert [(x.line, x.why) for x in bundle.listed] == [(3, Why.STRAY_QUOTE)]


def test_a_list_without_quotes_is_listed_and_missing_cells_are_remarked(tmp_path: Path) -> None:
    path = folder(tmp_path / "b", classes="sourcedId,title,grades\nc,8,08,09\nd,9\n,,\n")
    bundle = read_bundle(path)
    assert [(x.line, x.why) for x in bundle.listed] == [(2, Why.TOO_MANY_CELLS), (4, Why.EMPTY_ROW)]
    assert "4 cells instead of 3" in bundle.listed[0].words
    assert [row.get("title") for row in bundle.rows("classes")] == ["9"]
    assert any(r.line == 3 for r in bundle.remarks)


def test_a_line_of_ten_megabytes_is_listed_and_the_next_one_read(tmp_path: Path) -> None:
    path = folder(tmp_path / "b", orgs=f"{ORGS}a,,,{'x' * 10_000_000},school,,\nb,,,B,school,,\n")
    bundle = read_bundle(path)
    assert [(x.line, x.why) for x in bundle.listed] == [(2, Why.TOO_LONG_A_LINE)]
    assert [row.get("name") for row in bundle.rows("orgs")] == ["B"]


def test_semicolons_are_understood(tmp_path: Path) -> None:
    assert names(folder(tmp_path / "b", orgs="sourcedId;name\ns;Школа, новая\n")) == ["Школа, новая"]


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff", ORGS])
def test_a_file_without_rows_is_no_error(tmp_path: Path, content: str) -> None:
    bundle = read_bundle(folder(tmp_path / "b", orgs=content))
    assert bundle.rows("orgs") == [] and bundle.listed == []


def test_what_the_manifest_promises_is_compared_with_what_is_there(tmp_path: Path) -> None:
    manifest = "propertyName,value\noneroster.version,1.2\nfile.users,bulk\nfile.orgs,absent\nfile.classes,absent\n"
    path = folder(tmp_path / "b", manifest=manifest, orgs=ORGS, notes="x\n1\n")
    words = {(r.file, r.words.split(":")[0].split(";")[0]) for r in read_bundle(path).remarks}
    assert ("manifest.csv", "says OneRoster 1.2") in words
    assert ("users.csv", "is promised by the manifest and missing") in words
    assert ("orgs.csv", "is there although the manifest calls it absent") in words
    assert ("enrollments.csv", "is missing") in words
    assert ("notes.csv", "is no file of OneRoster and was not read") in words
    assert not any(file == "classes.csv" for file, _ in words)


def test_a_missing_manifest_is_said_and_nothing_more(tmp_path: Path) -> None:
    words = [r.words for r in read_bundle(folder(tmp_path / "b", orgs=ORGS)).remarks if r.file == "manifest.csv"]
    assert words == ["is missing: what was there has been read"]


def test_a_zip_file_is_read_from_its_folder_and_without_what_a_mac_adds(tmp_path: Path) -> None:
    files = {"export/orgs.csv": (ORGS + "s,,,A,school,,\n").encode(), "__MACOSX/export/._orgs.csv": b"\x00\x05"}
    assert names(packed(tmp_path / "b.zip", files)) == ["A"]


@pytest.mark.parametrize("name", ["../orgs.csv", "/etc/orgs.csv", "a/../../orgs.csv", "..\\orgs.csv", "c:orgs.csv"])
def test_a_zip_file_that_wants_to_lie_outside_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadBundle, match="outside"):
        read_bundle(packed(tmp_path / "b.zip", {"orgs.csv": ORGS.encode(), name: b"x"}))


def test_a_link_is_refused_in_a_zip_file_and_in_a_folder(tmp_path: Path) -> None:
    path = tmp_path / "b.zip"
    entry = zipfile.ZipInfo("orgs.csv")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as opened:
        opened.writestr(entry, "/etc/passwd")
    with pytest.raises(BadBundle, match="outside"):
        read_bundle(path)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "orgs.csv").symlink_to("/etc/passwd")
    with pytest.raises(BadBundle, match="plain file"):
        read_bundle(tmp_path / "b")


def test_a_zip_file_that_unpacks_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = packed(tmp_path / "b.zip", {"orgs.csv": b"0" * 3_000_000, "users.csv": b"0" * 3_000_000})
    assert path.stat().st_size < 20_000
    monkeypatch.setattr("server.interop.bundle.MOST_BYTES", 5_000_000)
    with pytest.raises(BadBundle, match="unpacks to more"):
        read_bundle(path)


def test_a_damaged_or_empty_bundle_is_refused_with_a_hint(tmp_path: Path) -> None:
    cut = packed(tmp_path / "cut.zip", {"orgs.csv": b"sourcedId,name\n" * 500})
    damaged = bytearray(cut.read_bytes())
    damaged[60] ^= 0xFF
    cut.write_bytes(damaged)
    (tmp_path / "no.zip").write_bytes(b"not a zip file")
    (tmp_path / "empty").mkdir()
    for path in (cut, tmp_path / "no.zip", tmp_path / "empty", tmp_path / "absent"):
        with pytest.raises(BadBundle) as told:
            read_bundle(path)
        assert told.value.hint.endswith(".")


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadBundle, match="two files"):
        read_bundle(packed(tmp_path / "b.zip", {"a/orgs.csv": ORGS.encode(), "b/orgs.csv": ORGS.encode()}))
