"""A page that is one preformatted text, such as the Federal Register's text edition as it is served."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from armsledger.documents.layout import stretches
from armsledger.model import Run

_OPEN = re.compile(r"<pre\b[^<>]{0,300}>", re.IGNORECASE)
_CLOSE = re.compile(r"</pre\s{0,3}>", re.IGNORECASE)
_ENTITY = re.compile(r"&#?[A-Za-z0-9]{1,32};")
_SHARE = 5  # the text must be this many times as long as all else that can be seen


@dataclass(frozen=True, slots=True)
class Preformatted:
    """The text between ``<pre>`` and ``</pre>``, its lines as they are, and where they stand in the page."""

    text: str
    runs: tuple[Run, ...]


def preformatted(source: str) -> Preformatted | None:
    """The preformatted text of a page that holds little else, or None."""
    opened = _OPEN.search(source)
    if opened is None:
        return None
    closed = _CLOSE.search(source, opened.end())
    end = closed.start() if closed else len(source)
    inside = outside = 0
    for start, stop in stretches(source):
        within = max(0, min(stop, end) - max(start, opened.end()))
        inside += within
        outside += len(source[start:stop].strip()) if not within else 0
    if inside < 200 or inside < _SHARE * outside:
        return None
    return _unpacked(source, opened.end(), end)


def _unpacked(source: str, begin: int, end: int) -> Preformatted:
    parts: list[str] = []
    runs: list[Run] = []
    at = 0
    for start, stop in stretches(source, begin, end):
        place = start
        for piece in re.split(f"({_ENTITY.pattern})", source[start:stop]):
            seen = unescape(piece) if _ENTITY.fullmatch(piece) else piece
            if seen == piece and piece:
                runs.append(Run(at, place, len(piece)))
            parts.append(seen)
            at += len(seen)
            place += len(piece)
    return Preformatted("".join(parts), tuple(runs))
