"""Where backups stand: backup.toml, the bucket's listing, and the examples in deploy/."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from server.backup import s3
from server.backup.litestream import configuration, find
from server.backup.shelf import BadSettings, FolderShelf, S3Shelf, SftpShelf, Unreachable, read_shelf

DEPLOY = Path(__file__).parents[2] / "deploy"


def shelf_of(tmp_path: Path, text: str) -> object:
    (tmp_path / "backup.toml").write_text(text)
    return read_shelf(tmp_path / "backup.toml", tmp_path / "backups")


def test_without_a_backup_toml_it_is_the_folder(tmp_path: Path) -> None:
    shelf = read_shelf(tmp_path / "backup.toml", tmp_path / "backups")
    assert isinstance(shelf, FolderShelf) and shelf.says == str(tmp_path / "backups")
    assert shelf.names("schools") == []
    (tmp_path / "backups" / "schools" / "32").mkdir(parents=True)
    assert shelf.names("schools") == ["32"]
    assert shelf.replica("accounts/0001-a") == {
        "type": "file",
        "path": str(tmp_path / "backups" / "accounts" / "0001-a"),
    }


def test_s3_and_sftp_settings_are_passed_on_and_no_secret_is_told(tmp_path: Path) -> None:
    bucket = shelf_of(
        tmp_path,
        '[replica]\ntype="s3"\nbucket="b1"\npath="z"\nendpoint="https://s3.example"\nregion="r"\n'
        'access-key-id="KEYNAME"\nsecret-access-key="HUSH"\nforce-path-style=true\n',
    )
    assert isinstance(bucket, S3Shelf)
    replica = bucket.replica("schools/32/0001-a")
    assert (replica["path"], replica["secret-access-key"]) == ("z/schools/32/0001-a", "HUSH")
    assert replica["force-path-style"] is True and bucket.says == "s3: s3.example/b1/z"
    host = shelf_of(tmp_path, '[replica]\ntype="sftp"\nhost="h:22"\nuser="u"\npassword="HUSH"\npath="/z"\n')
    assert isinstance(host, SftpShelf)
    assert host.replica("accounts/0001-a")["path"] == "/z/accounts/0001-a" and host.says == "sftp: h:22/z"
    assert b'"password":"HUSH"' in configuration({tmp_path / "a.db": host.replica("x")}, tmp_path / "s")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[replica]\ntype="s3"\n', "needs a bucket"),
        ('[replica]\ntype="sftp"\nhost="h"\nuser="u"\n', "needs path"),
        ('[replica]\ntype="tape"\n', "Known are"),
        ("replica = 3\n", "must be a section"),
        ("[replica\n", "can't be read"),
    ],
)
def test_settings_that_make_no_sense_say_what_to_change(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(BadSettings, match=says):
        shelf_of(tmp_path, text)


def test_the_signature_is_the_one_of_the_published_example() -> None:
    # "GET Bucket (List Objects)" of the AWS documentation on Signature Version 4.
    headers = s3.sign(
        "https://examplebucket.s3.amazonaws.com", "/", {"max-keys": "2", "prefix": "J"},
        "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1",
        datetime(2013, 5, 24, tzinfo=UTC),
    )  # fmt: skip
    signature = "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
    assert headers["authorization"].endswith(f"Signature={signature}")


@contextmanager
def bucket_of(folders: list[str]) -> Iterator[tuple[str, list[str]]]:
    """An S3 service with one bucket that lists two folders a page; answers its address and the prefixes asked for."""
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            asked.append(query["prefix"])
            first = int(query.get("continuation-token", "0"))
            found = "".join(
                f"<CommonPrefixes><Prefix>{query['prefix']}{name}/</Prefix></CommonPrefixes>"
                for name in folders[first : first + 2]
            )
            more = f"<NextContinuationToken>{first + 2}</NextContinuationToken>" if first + 2 < len(folders) else ""
            text = f'<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">{found}{more}</ListBucketResult>'
            self.send_response(200 if "AWS4-HMAC-SHA256" in self.headers["authorization"] else 403)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", asked
        finally:
            server.shutdown()
            thread.join()


def test_the_lines_of_a_bucket_are_listed_over_all_pages() -> None:
    lines = ["0001-a", "0002-b", "0003-c", "0004-d", "0005-e"]
    with bucket_of(lines) as (address, asked):
        options = {"bucket": "b1", "endpoint": address, "access-key-id": "k", "secret-access-key": "s", "path": "z"}
        assert S3Shelf(options).names("schools/32") == lines
    assert asked == ["z/schools/32/"] * 3


def test_a_bucket_that_does_not_answer_is_said_in_words() -> None:
    options = {"bucket": "b1", "endpoint": "http://127.0.0.1:9", "access-key-id": "k", "secret-access-key": "s"}
    with pytest.raises(Unreachable, match="can't be reached"):
        S3Shelf(options).names("schools")


def test_the_examples_in_deploy_are_lawful(tmp_path: Path) -> None:
    done = subprocess.run(
        [str(find()), "databases", "-config", str(DEPLOY / "litestream.yml")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "journal.db" in done.stdout
    text = (DEPLOY / "backup.toml.example").read_text()
    examples = [part for part in text.split("\n\n") if "[replica]" in part and "type =" in part]
    kinds = [type(shelf_of(tmp_path, _uncommented(part))) for part in examples]
    assert kinds == [FolderShelf, S3Shelf, SftpShelf]


def _uncommented(part: str) -> str:
    lines = part.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("# [replica]"))
    return "\n".join(line.removeprefix("# ") for line in lines[start:])
