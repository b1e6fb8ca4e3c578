"""Plain text and Markdown -> Document. The text is kept exactly; only a byte order mark is left out."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from html import unescape

from armsledger.documents.decoding import decode
from armsledger.documents.kind import kind_of
from armsledger.documents.language import language_of
from armsledger.documents.lines import lines_of, tiled
from armsledger.documents.outline import outline, title_words
from armsledger.documents.published import iso_date, published_in
from armsledger.documents.tables import register_document
from armsledger.model import Document, DocumentKind, Fetched, SectionKind
from armsledger.text.registers import find_register, generated

_FRONT_MATTER = 20_000  # characters within which it must end
_FIELD = re.compile(r"([A-Za-z][\w -]{0,40}):[ \t]*(.*)")
_PUBLISHED = ("published", "published_at", "publishedat", "date", "pubdate", "datepublished")
_PUBLISHER = ("publisher", "source", "site", "sitename", "outlet")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields between the two ``---`` lines at the top of a Markdown file, and where the text goes on."""

    end: int = 0
    fields: dict[str, str] = field(default_factory=dict)

    def first(self, *names: str) -> str | None:
        """The first of these fields that is not empty."""
        return next((self.fields[name] for name in names if self.fields.get(name)), None)


def read_plain(fetched: Fetched, data: bytes) -> Document:
    """The document of a text or Markdown file. Raises ``NotReadable`` for what is empty or binary."""
    text = decode(data, fetched.name, fetched.charset)
    media_type = "text/markdown" if fetched.name.lower().endswith((".md", ".markdown")) else "text/plain"
    return document_of(fetched, text, hashlib.sha256(data).hexdigest(), media_type)


def document_of(
    fetched: Fetched, text: str, digest: str, media_type: str = "text/plain", language: str | None = None
) -> Document:
    """The document whose text is ``text``, exactly; what ``fetched`` says wins over what the text says."""
    # 1. What stands above the text
    front = front_matter(text)
    lines = lines_of(text, front.end)
    url = fetched.url or front.first("url", "link", "canonical")
    # 2. What it is
    kind = fetched.kind or kind_of(text, url, front.end)
    if kind is DocumentKind.REGISTER and (found := find_register(text)):
        layout, table = found
        published = fetched.published or generated(text, table)
        return register_document(fetched, text, digest, layout, table, published)
    title = fetched.title or front.first("title")
    marks = outline(lines, kind, title)
    if title is None and SectionKind.TITLE in marks:
        title = title_words(lines[marks.index(SectionKind.TITLE)].text)
    # 3. Its sections cover all of it
    starts = [(0, SectionKind.BOILERPLATE)] if front.end else []
    starts += [(line.start, mark) for line, mark in zip(lines, marks, strict=True)]
    published = fetched.published or iso_date(front.first(*_PUBLISHED))
    return Document(
        name=fetched.name,
        kind=kind,
        text=text,
        sections=tiled(text, starts),
        title=unescape(title) if title else None,
        published=published or published_in(text, lines, kind, fetched.name),
        publisher=fetched.publisher or front.first(*_PUBLISHER),
        url=url,
        language=language or front.first("language", "lang") or language_of(text, front.end),
        media_type=media_type,
        digest=digest,
    )


def front_matter(text: str) -> FrontMatter:
    """The front matter of a text, or an empty one. A value spread over indented lines is joined by blanks.

    A horizontal rule at the top is no front matter: at least one ``name: value`` must stand there before the next rule.
    """
    first, _, _ = text[:200].partition("\n")
    if first.rstrip() != "---":
        return FrontMatter()
    fields: dict[str, str] = {}
    last, at = "", len(first) + 1
    while 0 < at < _FRONT_MATTER and at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        line = text[at:stop].rstrip()
        at = stop + 1
        if line in {"---", "..."}:
            return FrontMatter(min(at, len(text)), fields) if fields else FrontMatter()
        if line[:1] not in {" ", "\t"} and (found := _FIELD.match(line)):
            last = found[1].strip().lower()
            fields[last] = found[2].strip().strip("\"'")
        elif last and line.strip() and line[:1] in {" ", "\t", "-"}:
            fields[last] = f"{fields[last]} {line.strip()}".strip()
    return FrontMatter()
