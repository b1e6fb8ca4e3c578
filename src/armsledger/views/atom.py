"""News of a saved query as an Atom feed (RFC 4287): the same news, the same bytes."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from armsledger.model import DateInterval
from armsledger.views.words import many

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from armsledger.views.saved import News

_ATOM = "http://www.w3.org/2005/Atom"
_NEVER = "1970-01-01T00:00:00Z"  # of news whose documents have no date: the time of the round would be no fact of it


def atom(name: str, sentence: str, news: Sequence[News]) -> bytes:
    """The feed of a query, the latest news first. Its times are the days on which the documents were published."""
    from xml.etree import ElementTree

    ElementTree.register_namespace("", _ATOM)
    feed = ElementTree.Element(f"{{{_ATOM}}}feed")
    _add(feed, "id", _urn("query", name))
    _add(feed, "title", f"armsledger: {name}")
    _add(feed, "subtitle", f"What is new in {sentence}")
    _add(feed, "updated", max((_updated(one) for one in news), default=_NEVER))
    author = ElementTree.SubElement(feed, f"{{{_ATOM}}}author")
    _add(author, "name", "armsledger")
    _add(feed, "generator", "armsledger")
    for one in reversed(news):
        _entry(feed, name, one)
    ElementTree.indent(feed)
    written: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _entry(feed: Element, name: str, news: News) -> None:
    from xml.etree import ElementTree

    entry = ElementTree.SubElement(feed, f"{{{_ATOM}}}entry")
    _add(entry, "id", _urn("news", name, news.id))
    _add(entry, "title", f"{news.label}: {', '.join(dict.fromkeys(line.kind for line in news.lines))}")
    _add(entry, "updated", _updated(news))
    for document in news.documents:
        if document.url:
            ElementTree.SubElement(entry, f"{{{_ATOM}}}link", {"rel": "via", "href": fit_for_xml(document.url)})
    _add(entry, "content", "\n".join(_content(news)), {"type": "text"})


def _content(news: News) -> Iterable[str]:
    yield f"Deal {news.deal}: {news.label}"
    yield from (f"{line.kind}: {line.what}" for line in news.lines)
    if news.documents:
        yield f"Because of {many(len(news.documents), 'document')}:"
        yield from (f"- {document.told()}" for document in news.documents)


def _updated(news: News) -> str:
    days = [DateInterval(document.published).first for document in news.documents if document.published]
    return f"{max(days).isoformat()}T00:00:00Z" if days else _NEVER


def _urn(*parts: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, fit_for_xml("armsledger:" + "\n".join(parts))).urn


def _add(parent: Element, tag: str, text: str, attributes: dict[str, str] | None = None) -> None:
    from xml.etree import ElementTree

    ElementTree.SubElement(parent, f"{{{_ATOM}}}{tag}", attributes or {}).text = fit_for_xml(text)


def fit_for_xml(text: str) -> str:
    """The text without characters that no XML may hold: documents may."""
    return "".join(c if _fit(ord(c)) else "\ufffd" for c in text)


def _fit(code: int) -> bool:
    return code in (9, 10, 13) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000
