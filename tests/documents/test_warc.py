"""Web archives: every record that may hold a document, and a word about every one that cannot be read."""

from __future__ import annotations

import gzip

import pytest

from armsledger.errors import InputError
from armsledger.model import Document

from .made_up import ARTICLE, PARAGRAPHS, page, read_all

PAGE = page().encode()


def archive(*records: tuple[str, bytes, str, str], packed: bool = True) -> bytes:
    """A WARC of responses: (address, payload, media type, status)."""
    made = [_record("warcinfo", "", b"software: test\r\n")]
    for address, payload, media_type, status in records:
        coding = "Content-Encoding: gzip\r\n" if payload.startswith(b"\x1f\x8b") else ""
        head = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n{coding}Content-Length: {len(payload)}\r\n\r\n"
        made.append(_record("response", f"WARC-Target-URI: {address}\r\n", head.encode() + payload))
    return b"".join(gzip.compress(one, mtime=0) if packed else one for one in made)


def _record(kind: str, fields: str, block: bytes) -> bytes:
    media_type = "application/http; msgtype=response" if kind == "response" else "application/warc-fields"
    return (
        (
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\n"
            f"WARC-Date: 2031-09-09T09:09:09Z\r\n{fields}Content-Type: {media_type}\r\nContent-Length: "
            f"{len(block)}\r\n\r\n"
        ).encode()
        + block
        + b"\r\n\r\n"
    )


MIXED = (
    ("http://klow.example/1", PAGE, "text/html; charset=utf-8", "200 OK"),
    ("http://klow.example/2", b"\x89PNG", "image/png", "200 OK"),
    ("http://klow.example/3", b"\0\0", "text/plain", "200 OK"),
    ("http://klow.example/4", b"", "text/html", "301 Moved"),
    ("http://klow.example/5", PAGE, "text/html", "404 Not Found"),
    ("http://klow.example/6", ARTICLE.encode("utf-16"), "text/plain", "200 OK"),
    ("http://klow.example/7", b'{"text": "one"}\n{"text": "two"}', "application/json", "200 OK"),
    ("http://klow.example/8", gzip.compress(PAGE, mtime=0), "text/html", "200 OK"),
)


@pytest.mark.parametrize("packed", [True, False])
def test_records_become_documents_and_a_bad_one_is_told(packed: bool) -> None:
    found = read_all(archive(*MIXED, packed=packed), "x.warc.gz")
    names = [one.name if isinstance(one, Document) else one.source for one in found]
    assert names == ["x.warc.gz#2", "x.warc.gz#4", "x.warc.gz#7", "x.warc.gz#8#1", "x.warc.gz#8#2", "x.warc.gz#9"]
    assert [type(one) for one in found].count(Document) == 5
    first = found[0]
    assert isinstance(first, Document)
    assert first.url == "http://klow.example/1"
    assert PARAGRAPHS[0] in first.text
    assert first.published is None  # the day of fetching is not the day of publishing


@pytest.mark.parametrize("packed", [True, False])
def test_a_truncated_archive_gives_what_is_whole_and_says_where_it_ends(packed: bool) -> None:
    whole = archive(MIXED[0], MIXED[0], packed=packed)
    found = read_all(whole[: -len(whole) // 6], "x.warc")
    assert isinstance(found[0], Document)
    assert isinstance(found[1], InputError)
    assert "cut short" in str(found[1])
    assert len(found) == 2


@pytest.mark.parametrize("raw", [b"WARC/1.0\r\nnonsense", b"WARC/", archive()[:30]])
def test_an_archive_without_records_is_told(raw: bytes) -> None:
    found = read_all(raw, "x.warc")
    assert len(found) == 1
    assert isinstance(found[0], InputError)


def test_an_archive_within_an_archive_is_not_opened() -> None:
    inner = archive(MIXED[0], packed=False)
    (found,) = read_all(archive(("http://klow.example/9", inner, "text/plain", "200 OK")), "x.warc")
    assert "archive within an archive" in str(found)
