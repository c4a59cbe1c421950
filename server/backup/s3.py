"""One question to an S3 service: which folders are under a prefix. Signed as AWS Signature Version 4 asks.

Litestream does everything else with the bucket; it only can't list the lines that we keep in it.
"""

import hmac
import os
import urllib.error
import urllib.request
import xml.etree.ElementTree as Xml
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import quote, urlsplit

NOTHING = sha256(b"").hexdigest()


def folders(options: dict[str, Any], prefix: str) -> list[str]:
    """Names of the folders directly under `prefix` (which ends with a slash). Raises OSError with words."""
    key = options.get("access-key-id") or _environment("ACCESS_KEY_ID")
    secret = options.get("secret-access-key") or _environment("SECRET_ACCESS_KEY")
    if not key or not secret:
        raise OSError("the bucket's key is missing: set access-key-id and secret-access-key in backup.toml")
    region = str(options.get("region") or "us-east-1")
    base, path = _address(options, region)
    found: list[str] = []
    token = ""
    while True:
        query = {"delimiter": "/", "list-type": "2", "prefix": prefix}
        if token:
            query["continuation-token"] = token
        headers = sign(base, path, query, key, secret, region, datetime.now(UTC))
        page = _fetch(f"{base}{path}?{_query(query)}", headers)
        names = [node.text or "" for node in page.iterfind("{*}CommonPrefixes/{*}Prefix")]
        found += [name[len(prefix) :].strip("/") for name in names]
        token = page.findtext("{*}NextContinuationToken") or ""
        if not token:
            return sorted(found)


def sign(
    base: str, path: str, query: dict[str, str], key: str, secret: str, region: str, moment: datetime
) -> dict[str, str]:
    """Headers that sign a GET."""
    stamp = moment.strftime("%Y%m%dT%H%M%SZ")
    scope = f"{stamp[:8]}/{region}/s3/aws4_request"
    headers = {"host": urlsplit(base).netloc, "x-amz-content-sha256": NOTHING, "x-amz-date": stamp}
    names = ";".join(headers)
    listed = "".join(f"{name}:{value}\n" for name, value in headers.items())
    request = "\n".join(["GET", quote(path), _query(query), listed, names, NOTHING])
    text = "\n".join(["AWS4-HMAC-SHA256", stamp, scope, sha256(request.encode()).hexdigest()])
    signing = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        signing = hmac.digest(signing, part.encode(), "sha256")
    signature = hmac.new(signing, text.encode(), "sha256").hexdigest()
    headers["authorization"] = (
        f"AWS4-HMAC-SHA256 Credential={key}/{scope}, SignedHeaders={names}, Signature={signature}"
    )
    return headers


def _query(query: dict[str, str]) -> str:
    return "&".join(f"{quote(name, safe='')}={quote(query[name], safe='')}" for name in sorted(query))


def _address(options: dict[str, Any], region: str) -> tuple[str, str]:
    endpoint = str(options.get("endpoint") or "").rstrip("/")
    if not endpoint:
        return f"https://{options['bucket']}.s3.{region}.amazonaws.com", "/"
    if "://" not in endpoint:
        endpoint = f"https://{endpoint}"
    return endpoint, f"/{options['bucket']}"


def _environment(name: str) -> str:
    return os.environ.get(f"AWS_{name}") or os.environ.get(f"LITESTREAM_{name}") or ""


def _fetch(address: str, headers: dict[str, str]) -> Xml.Element:
    request = urllib.request.Request(address, headers=headers)
    host = urlsplit(address).netloc
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return Xml.fromstring(answer.read())
    except urllib.error.HTTPError as refused:
        raise OSError(f"{host} refused to list the bucket ({refused.code} {refused.reason})") from refused
    except urllib.error.URLError as trouble:
        raise OSError(f"{host} can't be reached: {trouble.reason}") from trouble
    except Xml.ParseError as trouble:
        raise OSError(f"{host} answered something that is no bucket listing") from trouble
