"""A feed (RSS 2.0, RSS 1.0, Atom) -> its entries: where each leads, its title, its day.

Read with the standard library's expat as the bytes come, without a tree. Entities are refused where they are declared,
before one of them is expanded, and nothing is ever loaded from elsewhere.
"""

from __future__ import annotations

import re
from datetime import date
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Any
from xml.parsers import expat

from armsledger.errors import NotReadable
from armsledger.sources.entries import Entry, Listed, address, listed
from armsledger.text.dates import first_date

MOST = 1_000  # entries that are looked at
_DEEPEST = 200  # elements within one another
_LONGEST = 10_000  # characters of a title, an address or a date
_PIECE = 65_536

_ATOM = "http://www.w3.org/2005/Atom"
_ROOTS = {"rss", "RDF", "feed"}
_ENTRIES = {"item", "entry"}
_FIELDS = {"title", "link", "guid", "id", "pubDate", "date", "published", "updated"}
_BASE = "http://www.w3.org/XML/1998/namespace base"
_ISO = re.compile(r"\d{4}-\d\d-\d\d")


def read_feed(data: bytes, name: str, base: str, most: int = MOST) -> Listed:
    """The entries of a feed. Where it breaks off, those before the break, with the reason as ``problem``.

    ``base`` is the address that it came from. Raises ``NotReadable`` for what is no feed, and for one that declares
    entities.
    """
    reader = _Reader(base)
    problem = ""
    try:
        for at in range(0, len(data), _PIECE):
            reader.parser.Parse(data[at : at + _PIECE], False)
        reader.parser.Parse(b"", True)
    except expat.ExpatError as error:
        problem = f"is no well-formed XML: {expat.ErrorString(error.code)} in line {error.lineno}"
    except _Refused as error:
        raise NotReadable(name, f"is no feed that is read: {error}") from error
    if problem and not reader.found:
        raise NotReadable(name, f"is no feed that can be read: {problem}", "give the address of the feed itself")
    if problem:
        problem = f"{problem}; what stands behind it could not be seen"
    return listed(reader.found, most, problem=problem)


class _Refused(Exception):
    pass


class _Reader:
    """Takes expat's events; what is told of an entry is what stands directly in it."""

    def __init__(self, base: str) -> None:
        self.found: list[Entry | None] = []
        self._bases = [base]
        self._depth = 0
        self._entry = 0  # the depth of the entry that is read, 0 outside
        self._told: dict[str, str] = {}
        self._field: str | None = None
        self._words: list[str] = []
        self._size = 0
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.EntityDeclHandler = self._declared
        parser.SkippedEntityHandler = self._skipped
        self.parser = parser

    def _declared(self, *_: Any) -> None:
        raise _Refused("it declares entities, which can blow up or fetch files")

    def _skipped(self, name: str, _parameter: bool) -> None:
        self._characters(unescape(f"&{name};"))  # of an old RSS that names its definition: &eacute; and the like

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, name = tag.rpartition(" ")
        if not self._depth and name not in _ROOTS:
            raise _Refused(f"its outermost element is {name[:40]!r}, expected rss, RDF or feed")
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _Refused(f"it has more than {_DEEPEST} elements within one another")
        base = attributes.get(_BASE)
        self._bases.append((address(base, self._bases[-1]) if base else None) or self._bases[-1])
        if not self._entry and name in _ENTRIES:
            self._entry, self._told = self._depth, {}
        elif self._entry and self._depth == self._entry + 1 and name in _FIELDS:
            self._field, self._words, self._size = name, [], 0
            if name == "link" and space == _ATOM and attributes.get("rel", "alternate") == "alternate":
                self._keep("link", attributes.get("href", ""))
            if name == "guid":
                self._told["permalink"] = attributes.get("isPermaLink", "true")

    def _characters(self, words: str) -> None:
        if self._field is not None and self._size < _LONGEST:
            self._words.append(words[: _LONGEST - self._size])
            self._size += len(words)

    def _end(self, _tag: str) -> None:
        if self._field is not None and self._depth == self._entry + 1:
            self._keep(self._field, "".join(self._words))
            self._field = None
        elif self._entry and self._depth == self._entry:
            self.found.append(_entry(self._told, self._bases[-1]))
            self._entry = 0
        self._bases.pop()
        self._depth -= 1

    def _keep(self, field: str, words: str) -> None:
        words = " ".join(words.split())
        if words and field not in self._told:
            self._told[field] = words


def _entry(told: dict[str, str], base: str) -> Entry | None:
    """An entry of its fields; None where it leads to no http address."""
    link = told.get("link") or (told.get("guid") if told.get("permalink", "true") == "true" else None)
    url = address(link, base) if link else None
    days = (day(told[name]) for name in ("published", "pubDate", "date", "updated") if name in told)
    return None if url is None else Entry(url, told.get("title"), next((d for d in days if d), None))


def day(said: str) -> str | None:
    """The day of a date as feeds write it, in the time zone in which it was said; None where it is none.

    >>> day("Wed, 14 May 2025 23:30:00 -0400"), day("2025-05-14T23:30:00Z"), day("14 May 2025"), day("soon")
    ('2025-05-14', '2025-05-14', '2025-05-14', None)
    """
    try:
        if found := _ISO.match(said.strip()):
            return date.fromisoformat(found[0]).isoformat()
        return parsedate_to_datetime(said).date().isoformat()
    except (ValueError, IndexError, TypeError, OverflowError):
        mention = first_date(said[:100])
        return mention.interval.iso if mention and mention.interval.iso.count("-") == 2 else None
