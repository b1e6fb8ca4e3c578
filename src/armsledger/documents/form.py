"""What form some bytes have: told from the bytes first, then from what their source says, then from the name."""

from __future__ import annotations

import re
import zlib
from contextlib import suppress
from enum import StrEnum

HEAD = 65_536  # bytes that are looked at

_MARKUP = re.compile(
    r"(?:\s|<!--.*?-->|<\?xml[^>]*>)*"
    r"<(?:!doctype\s+html|html|head|body|meta|title|link|div|article|section|main|header|p|h1|h2|pre|table|span)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(r"\s*<(?:\?xml|rss|feed|svg|!doctype|[A-Za-z][\w.-]*:?[\w.-]*[\s/>])", re.IGNORECASE)
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
    if _MARKUP.match(text):
        return Form.PAGE
    opening = text.lstrip()[:1]
    if opening and opening in "{[" and (told := _json_form(text, name, media_type)) is not None:
        return told
    if name.endswith((".jsonl", ".ndjson")) or media_type in {"application/x-ndjson", "application/jsonl"}:
        return Form.JSON_LINES
    if name.endswith(".json") or media_type == "application/json":
        return Form.JSON
    if opening == "<" and (name.endswith((".html", ".htm", ".xhtml")) or "html" in media_type):
        return Form.PAGE
    if opening == "<" and _XML.match(text):
        return Form.XML
    return Form.PLAIN


def _json_form(text: str, name: str, media_type: str) -> Form | None:
    import json

    if name.endswith((".jsonl", ".ndjson")) or "ndjson" in media_type or "jsonl" in media_type:
        return Form.JSON_LINES
    first, _, rest = text.lstrip().partition("\n")
    whole = False
    with suppress(ValueError, RecursionError):
        whole = isinstance(json.loads(first), dict)
    if whole and (rest.lstrip().startswith("{") or not rest.strip()):
        return Form.JSON_LINES
    if name.endswith(".json") or "json" in media_type:
        return Form.JSON
    if not whole and re.match(r'\{\s*"[^"\n]{1,40}"\s*:', text.lstrip()):
        # A first line longer than what is looked at, or an object spread over lines.
        return Form.JSON_LINES if "\n" not in text.strip() else Form.JSON
    return Form.JSON if re.match(r'\[\s*\{\s*"', text.lstrip()) else None


def _glance(head: bytes) -> str:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "ignore")
    return head.decode("latin-1")


def _inflated(head: bytes) -> bytes:
    with suppress(zlib.error):
        return zlib.decompressobj(47).decompress(head, 1024)
    return b""
