"""The form of bytes: from themselves first, then from what is said of them."""

from __future__ import annotations

import gzip

import pytest

from armsledger.documents.form import Form, form_of


@pytest.mark.parametrize(
    ("head", "name", "media_type", "form"),
    [
        (b"", "x.html", "text/html", Form.EMPTY),
        (b"words", "x.txt", None, Form.PLAIN),
        (b"words", "x.html", "text/html", Form.PLAIN),  # no markup in it
        (b"words <b>in</b> bold", "x.html", None, Form.PAGE),
        (b"words <b>in</b> bold", "http://a.example/x", "text/html", Form.PAGE),
        (b"words <b>in</b> bold", "x.txt", None, Form.PLAIN),
        (b" <!-- saved --> <!DOCTYPE html><html>", "x.txt", "text/plain", Form.PAGE),
        (b"<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC 'x'><html>", "x", None, Form.PAGE),
        (b"\xff\xfe" + "<html>".encode("utf-16-le"), "x", None, Form.PAGE),
        (b"\xef\xbb\xbf<html>", "x", None, Form.PAGE),
        (b"<?xml version='1.0'?><feed>", "x", None, Form.XML),
        (b"<rss version='2.0'>", "x", None, Form.XML),
        (b"<-- see below", "x", None, Form.PLAIN),
        (b"<3 and more", "x", None, Form.PLAIN),
        (b"%PDF-1.7", "x.txt", "text/plain", Form.PDF),
        (b"\n%PDF-1.7", "x", None, Form.PDF),
        (b"WARC/1.0\r\n", "x", None, Form.WARC),
        (gzip.compress(b"WARC/1.0\r\n", mtime=0), "x", None, Form.WARC),
        (gzip.compress(b"words", mtime=0), "x.txt", None, Form.GZIP),
        (b"\x1f\x8bbroken", "x", None, Form.GZIP),
        (b'{"text": 1}', "x", None, Form.JSON_LINES),
        (b'{\n"text": 1}', "x", None, Form.JSON),
        (b'[{"text": 1}]', "x", None, Form.JSON),
        (b"no json", "x.json", None, Form.JSON),
        (b"no json", "x.jsonl", None, Form.JSON_LINES),
        (b"no json", "x", "application/json", Form.JSON),
        (b"{curly} words", "x", None, Form.PLAIN),
        (b"[1] a footnote", "x", None, Form.PLAIN),
    ],
)
def test_forms(head: bytes, name: str, media_type: str | None, form: Form) -> None:
    assert form_of(head, name, media_type) is form
