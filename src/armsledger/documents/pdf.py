"""PDF -> Document: the text layer, page after page; pictures of text are not read.

Layout: pages are parted by a line break and a form feed; lines end as they do on the page, hyphens stay. There is no
published text to map back to, so runs are empty and the extracted text counts as the source.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from armsledger.documents.decoding import checked
from armsledger.documents.plain import document_of
from armsledger.errors import NotReadable
from armsledger.model import Document, Fetched

PAGE_BREAK = "\n\f"
_LONGEST_TEXT = 50_000_000  # characters
# pdfium writes one sign of its own for a hyphen at the end of a line and the line break after it.
_SIGNS = {"\r\n": "\n", "\r": "\n", "\ufffe": "-\n", "\u0002": "-\n", "\0": ""}
_SIGN = re.compile("\r\n|[\r\ufffe\u0002\0]")


def read_pdf(fetched: Fetched, data: bytes) -> Document:
    """The document of a PDF. Raises ``NotReadable`` for one that is encrypted, broken or without a text layer."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _broken(fetched.name, str(error)) from error
    try:
        text = PAGE_BREAK.join(_pages(pdf, fetched.name))
        said = pdf.get_metadata_dict()
    except pypdfium2.PdfiumError as error:
        raise _broken(fetched.name, str(error)) from error
    finally:
        pdf.close()
    if not text.strip():
        raise NotReadable(fetched.name, "is a PDF without text (a scan?)", "run OCR on it first")
    document = document_of(fetched, checked(text, fetched.name), hashlib.sha256(data).hexdigest(), "application/pdf")
    if document.title is None and (title := _title(said.get("Title", ""))):
        document = replace(document, title=title)
    return document


def _pages(pdf: Any, name: str) -> Iterator[str]:
    total = 0
    for number in range(len(pdf)):
        page = pdf[number]
        words = page.get_textpage()
        try:
            raw = str(words.get_text_range())
        finally:
            words.close()
            page.close()
        total += len(raw)
        if total > _LONGEST_TEXT:
            raise NotReadable(name, f"holds more than {_LONGEST_TEXT:,} characters", "cut it into smaller files")
        yield _SIGN.sub(lambda found: _SIGNS[found[0]], raw)


def _title(said: str) -> str | None:
    """The title in a PDF's properties, unless it is a file name. Its dates say when the file was made: not used."""
    words = " ".join(said.split())
    named = re.search(r"\.\w{2,4}$", words) or words.lower().startswith(("microsoft word", "untitled"))
    return words if words and " " in words and not named else None


def _broken(name: str, said: str) -> NotReadable:
    if "password" in said.lower() or "security" in said.lower():
        return NotReadable(name, "is an encrypted PDF", "save it without a password and read that")
    return NotReadable(name, f"is a broken or truncated PDF ({said})", "get it again")
