"""What a page says of itself in its head, and its blocks as paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from armsledger.documents.layout import Paragraph, one_line
from armsledger.documents.published import iso_date
from armsledger.model import SectionKind

_HEAD = 400_000  # characters in which a head is looked for
_LONGEST_TAG = 3000
_TAG = re.compile(r"<(meta|link|html|title)\b([^<>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([A-Za-z][\w:-]{0,40})\s{0,5}=\s{0,5}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_DATES = (
    "article:published_time", "datepublished", "citation_publication_date", "dc.date.issued", "dcterms.issued",
    "dc.date", "dcterms.date", "publishdate", "pubdate", "publish_date", "publication_date", "parsely-pub-date",
    "sailthru.date", "date",
)  # fmt: skip
_LINKED_DATE = re.compile(r'"datePublished"\s{0,5}:\s{0,5}"([^"]{4,40})"')

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "head"}
_BLOCKS = _HEADINGS | {
    "p", "li", "item", "tr", "row", "div", "section", "article", "blockquote", "quote", "pre", "table", "ul", "ol",
    "list", "dl", "dt", "dd", "ab", "code", "caption", "header", "center", "body", "address", "main", "hr",
}  # fmt: skip
_LEFT_OUT = {
    "script", "style", "nav", "footer", "aside", "form", "button", "noscript", "template", "svg", "iframe", "select",
    "textarea", "object", "video", "audio",
}  # fmt: skip
_CAPITALS = 80  # characters of the longest line that is taken for a heading because it is in capitals
_EMPTY_LINE = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class PageHead:
    """The fields of a page's head by their names in lower case, and its own address where it gives one."""

    fields: dict[str, str] = field(default_factory=dict)
    address: str | None = None
    language: str | None = None

    def first(self, *names: str) -> str | None:
        """The first of these fields that is not empty."""
        return next((self.fields[name] for name in names if self.fields.get(name)), None)


def page_head(source: str) -> PageHead:
    """What the head of a page says: ``meta`` fields, canonical address, declared language, dates for machines."""
    fields: dict[str, str] = {}
    address = language = None
    for found in _TAG.finditer(source, 0, _HEAD):
        tag = found[1].lower()
        # Most links of a head are style sheets: they are not looked into.
        if len(found[2]) > _LONGEST_TAG or (tag == "link" and "canonical" not in found[2].lower()):
            continue
        attributes = {a[1].lower(): _attribute(a[2] or a[3] or a[4] or "") for a in _ATTRIBUTE.finditer(found[2])}
        if tag == "html":
            language = (attributes.get("lang") or attributes.get("xml:lang") or "")[:2].lower() or language
        elif tag == "title":
            fields.setdefault("title", one_line(unescape(source[found.end() : found.end() + 400].partition("<")[0])))
        elif tag == "link" and attributes.get("rel", "").lower() == "canonical":
            address = _http(attributes.get("href")) or address
        elif name := (attributes.get("property") or attributes.get("name") or attributes.get("itemprop")):
            fields.setdefault(name.lower(), one_line(attributes.get("content", "")))
    if linked := _LINKED_DATE.search(source):
        fields.setdefault("datepublished", linked[1])
    return PageHead(fields, address or _http(fields.get("og:url")), language)


def _attribute(value: str) -> str:
    return unescape(value) if "&" in value else value


def head_date(head: PageHead) -> str | None:
    """The date of publication that the head gives for machines, or None."""
    return next((day for name in _DATES if (day := iso_date(head.fields.get(name)))), None)


def tree_of(source: str) -> Any:
    """The ``lxml`` tree of a page, or None where it has none. The parser itself bounds depth, entities and size."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(source.encode("utf-8"), parser)
    except etree.LxmlError:
        return None


def blocks_of(element: Any) -> Iterator[Paragraph]:
    """The blocks below an element as paragraphs of one line, in order; headings are told apart.

    A single ``<br>`` is a blank, unless what stands before it is in capitals; two of them part
    paragraphs. Cells of a table row are parted by blanks.
    """
    from lxml import etree

    held: list[str] = []
    heading = False
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start" and (tag in _LEFT_OUT or not tag):
            walk.skip_subtree()
            continue
        if tag in _BLOCKS:
            yield from _flushed(held, heading)
            heading = event == "start" and tag in _HEADINGS
        if event == "start":
            held.append(_BREAKS.get(tag, ""))
            held.append((node.text or "").replace("\n", " ").replace("\r", " "))
        else:
            held.append(" " if tag in {"td", "th", "cell"} else "")
        if event == "end" and node is not element:
            held.append((node.tail or "").replace("\n", " ").replace("\r", " "))
    yield from _flushed(held, heading)


_BREAKS = {"br": "\n", "lb": "\n"}


def _flushed(held: list[str], heading: bool) -> Iterator[Paragraph]:
    words = "".join(held)
    held.clear()
    for part in _broken(words) if "\n" in words else (words,):
        if line := one_line(part):
            yield Paragraph(line, SectionKind.HEADING if heading else SectionKind.BODY)


def _broken(words: str) -> Iterator[str]:
    """The parts of a block between two line breaks in a row; a line in capitals before a single one stands alone."""
    for part in _EMPTY_LINE.split(words):
        first, _, rest = part.strip().partition("\n")
        if rest and first.isupper() and len(first) <= _CAPITALS:
            yield first
            yield rest
        else:
            yield part


def _http(url: str | None) -> str | None:
    return url.strip() if url and url.strip().lower().startswith(("http://", "https://")) else None
