"""Official pages: where on them the text, the title and the date stand.

One entry a publisher. They are chosen by the address that the page was got from; a saved file is believed when it names
its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from armsledger.documents.address import is_under
from armsledger.documents.layout import Paragraph, one_line
from armsledger.documents.markup import PageHead, blocks_of, head_date, tree_of
from armsledger.documents.published import iso_date
from armsledger.model import SectionKind


@dataclass(frozen=True, slots=True)
class Extract:
    """What was taken out of a page: its paragraphs in order, and what it says of itself."""

    paragraphs: tuple[Paragraph, ...]
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    comments: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, slots=True)
class _Site:
    """A publisher: its hosts, and where text, title and date stand; the first path that finds one counts."""

    hosts: tuple[str, ...]
    publisher: str
    body: tuple[str, ...]
    title: tuple[str, ...] = ("//h1",)
    date: tuple[str, ...] = ("//time/@datetime", "//time")
    day_in_address: re.Pattern[str] | None = None


def _class(name: str, tag: str = "*") -> str:
    return f"//{tag}[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"


_ARTICLE_BODY = (
    _class("article-view", "div") + _class("body", "div"),
    _class("body", "div"),
    "//*[@itemprop='articleBody']",
)
_SITES = (
    _Site(
        hosts=("war.gov", "defense.gov"),
        publisher="U.S. Department of War",
        body=_ARTICLE_BODY,
        title=(_class("maintitle", "h1"), "//h1"),
        date=("//time/@datetime", "//time", _class("date")),
    ),
    _Site(
        hosts=("dsca.mil",),
        publisher="Defense Security Cooperation Agency",
        body=_ARTICLE_BODY,
        title=(_class("maintitle", "h1"), "//*[@itemprop='headline']", "//h1"),
        date=("//time/@datetime", "//time", _class("date")),
    ),
    _Site(
        hosts=("state.gov",),
        publisher="U.S. Department of State",
        body=(_class("entry-content"), _class("article__content"), "//article", "//main"),
        title=(_class("featured-content__headline"), "//h1"),
        date=(_class("article-meta__publish-date"), "//time/@datetime", "//time"),
    ),
    _Site(
        hosts=("federalregister.gov", "govinfo.gov"),
        publisher="Federal Register",
        body=("//*[@id='fulltext_content_area']", _class("doc-content"), "//main", "//body"),
        day_in_address=re.compile(r"/(?:documents/|FR-)((?:19|20)\d\d)[-/](\d\d)[-/](\d\d)"),
    ),
)


def is_official(url: str | None) -> bool:
    """Whether an address is one of a publisher whose pages have their own reader."""
    return _site(url) is not None


def official_extract(source: str, url: str, head: PageHead) -> Extract | None:
    """What stands on an official page, or None where the page is not built as it used to be."""
    site = _site(url)
    tree = tree_of(source)
    if site is None or tree is None:
        return None
    body = next((found for path in site.body for found in _elements(tree, path)), None)
    paragraphs = tuple(blocks_of(body)) if body is not None else ()
    if not paragraphs:
        return None
    title = _first_words(tree, site.title) or head.first("og:title", "title")
    return Extract(
        paragraphs=_titled(title, paragraphs),
        title=title,
        published=_day_in_address(site, url) or _first_day(tree, site.date) or head_date(head),
        publisher=head.first("og:site_name") or site.publisher,
    )


def _titled(title: str | None, paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    if title is None:
        return paragraphs
    rest = paragraphs[1:] if paragraphs[0].text == title else paragraphs
    return (Paragraph(title, SectionKind.TITLE), *rest)


def _site(url: str | None) -> _Site | None:
    return next((site for site in _SITES if is_under(url, site.hosts)), None)


def _day_in_address(site: _Site, url: str) -> str | None:
    found = site.day_in_address.search(url) if site.day_in_address else None
    return iso_date("-".join(found.groups())) if found else None


def _elements(tree: Any, path: str) -> list[Any]:
    found = tree.xpath(path)
    return [one for one in found if hasattr(one, "iter")] if isinstance(found, list) else []


def _first_words(tree: Any, paths: tuple[str, ...]) -> str | None:
    for path in paths:
        for one in _elements(tree, path):
            if words := one_line("".join(str(part) for part in one.itertext())):
                return words[:500]
    return None


def _first_day(tree: Any, paths: tuple[str, ...]) -> str | None:
    for path in paths:
        found = tree.xpath(path)
        for one in found[:5] if isinstance(found, list) else []:
            words = "".join(str(part) for part in one.itertext()) if hasattr(one, "itertext") else str(one)
            if day := iso_date(one_line(words)):
                return day
    return None
