"""What form some bytes have: told from the bytes first, then from what their source says, then from the name."""

from __future__ import annotations

import json
import re
import zlib
from contextlib import suppress
from enum import StrEnum

HEAD = 65_536  # bytes that are looked at

_MARKUP = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|link|div|article|section|main|header|p|h1|h2|pre|table|span)\b",
    re.IGNORECASE,
)
_XML = re.compile(r"<(?:\?xml|!doctype|[A-Za-z][\w.-]{0,40}(?::[\w.-]{1,40})?[\s/>])", re.IGNORECASE)
_OBJECT = re.compile(r'\{\s{0,100}"[^"\n]{1,40}"\s{0,20}:')
_LIST = re.compile(r'\[\s{0,100}\{\s{0,100}"')
_LINES = (".jsonl", ".ndjson")
_LINES_TYPES = ("application/x-ndjson", "application/jsonl", "application/x-jsonlines")
_PACKED = {
    b"PK\x03\x04": "a ZIP archive or an Office document",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"7z\xbc\xaf": "a 7z archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"\x28\xb5\x2f\xfd": "a zstd archive",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"SQLite format 3": "a database",
}


class Form(StrEnum):
    """The forms that are told apart."""

    EMPTY = "empty"
    PLAIN = "plain text"
    PAGE = "HTML"
    PDF = "PDF"
    JSON = "JSON"
    JSON_LINES = "JSON Lines"
    WARC = "WARC"
    GZIP = "a gzip archive"
    XML = "XML"


def form_of(head: bytes, name: str, media_type: str | None) -> Form:
    """The form of a file that begins with ``head``; what is none of the others is plain text."""
    if not head:
        return Form.EMPTY
    if b"%PDF-" in head[:1024]:
        return Form.PDF
    if head.startswith(b"WARC/"):
        return Form.WARC
    if head.startswith(b"\x1f\x8b"):
        return Form.WARC if _inflated(head).startswith(b"WARC/") else Form.GZIP
    return _text_form(_glance(head), name.lower(), (media_type or "").lower())


def packed(head: bytes) -> str | None:
    """The name of a form of packed or pictorial bytes that is known but not read, or None."""
    return next((said for mark, said in _PACKED.items() if head.startswith(mark)), None)


def _text_form(text: str, name: str, media_type: str) -> Form:
    start = _opening(text)
    if _MARKUP.match(text, start):
        return Form.PAGE
    sign = text[start : start + 1]
    if sign and sign in "{[" and (told := _json_form(text[start:], name, media_type)) is not None:
        return told
    if name.endswith(_LINES) or media_type in _LINES_TYPES:
        return Form.JSON_LINES
    if name.endswith(".json") or media_type == "application/json":
        return Form.JSON
    if "<" in text and (name.endswith((".html", ".htm", ".xhtml")) or "html" in media_type):
        return Form.PAGE
    return Form.XML if _XML.match(text, start) or text.lstrip().startswith("<?xml") else Form.PLAIN


def _opening(text: str) -> int:
    """Where the first sign stands that is no blank and in no comment or XML declaration."""
    at = 0
    while True:
        at += len(text) - at - len(text[at:].lstrip()) if text[at : at + 1].isspace() else 0
        closing = {"<!--": "-->", "<?xm": "?>"}.get(text[at : at + 4])
        end = text.find(closing, at + 4) if closing else -1
        if closing is None or end < 0:
            return at
        at = end + len(closing)


def _json_form(text: str, name: str, media_type: str) -> Form | None:
    """JSON or JSON Lines, for a text that begins with a bracket; None where it is only a text in brackets."""
    if name.endswith(_LINES) or media_type in _LINES_TYPES:
        return Form.JSON_LINES
    first, _, rest = text.partition("\n")
    whole = False
    with suppress(ValueError, RecursionError):
        whole = isinstance(json.loads(first), dict)
    if whole and (rest.lstrip().startswith("{") or not rest.strip()):
        return Form.JSON_LINES
    if name.endswith(".json") or "json" in media_type:
        return Form.JSON
    if not whole and _OBJECT.match(text):
        # A first line longer than what is looked at, or an object spread over lines.
        return Form.JSON_LINES if not rest.strip() else Form.JSON
    return Form.JSON if _LIST.match(text) else None


def _glance(head: bytes) -> str:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "ignore")
    return head.decode("latin-1")


def _inflated(head: bytes) -> bytes:
    with suppress(zlib.error):
        return zlib.decompressobj(47).decompress(head, 1024)
    return b""
