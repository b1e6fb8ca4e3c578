"""Bytes -> the code points that they stand for, unchanged; or the reason why they are no text."""

from __future__ import annotations

import codecs
import re

from armsledger.documents.form import packed
from armsledger.errors import NotReadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Bytes without NUL never give a NUL or half a character in these: their text need not be looked through for them.
_WHOLE = frozenset({"utf-8", "ascii", "cp1252", "iso8859-1"})
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27} | {127})
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)


def decode(data: bytes, name: str, charset: str | None = None) -> str:
    """The text of some bytes; a byte order mark is left out, line ends stay as they are.

    A mark decides, then ``charset`` where the bytes agree with it, then UTF-8, then Windows-1252 and Latin-1, which
    fit anything that is not binary. Raises ``NotReadable`` for what is binary, empty or only blanks.
    """
    text = _marked(data, name)
    if text is None:
        _refuse_binary(data, name)
        text, encoding = _tried(data, (charset, "utf-8", "cp1252", "latin-1"))
        if encoding in _WHOLE and text and not text.isspace():
            return text
    return checked(text, name)


def decode_page(data: bytes, name: str, charset: str | None = None) -> str:
    """The same for HTML, which may declare its encoding near its beginning."""
    declared = _DECLARED.search(data, 0, 4096)
    return decode(data, name, charset or (declared[1].decode("ascii") if declared else None))


def checked(text: str, name: str) -> str:
    """The text itself; raises ``NotReadable`` where it is empty, only blanks, or holds what cannot be kept."""
    if not text or text.isspace():
        raise NotReadable(name, "is empty" if not text else "is empty: it holds only blanks")
    if "\0" in text:
        raise NotReadable(name, "is binary: it holds NUL characters")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotReadable(name, f"holds half a character (a lone surrogate) at {error.start}") from error
    return text


def _marked(data: bytes, name: str) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                problem = f"says that it is {encoding.upper()}, but is not from byte {error.start} on"
                raise NotReadable(name, problem, "was it cut short?") from error
    return None


def _tried(data: bytes, encodings: tuple[str | None, ...]) -> tuple[str, str]:
    """The text in the first of the encodings that fits, and that encoding's own name."""
    for encoding in encodings:
        try:
            if encoding is not None and (known := codecs.lookup(encoding))._is_text_encoding:
                return data.decode(encoding), known.name
        except (LookupError, ValueError):
            continue
    return data.decode("latin-1"), "iso8859-1"


def _refuse_binary(data: bytes, name: str) -> None:
    if said := packed(data[:16]):
        raise NotReadable(name, f"is {said}, which is not read", "unpack it, or save its text")
    # A sample from the beginning and one from the end; NUL bytes anywhere are no text.
    sample = data[:65_536] + data[-4096:]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if b"\0" in data or controls > max(1, len(sample) // 50):
        raise NotReadable(name, "is binary, not text", "read the text, HTML or PDF of it")
