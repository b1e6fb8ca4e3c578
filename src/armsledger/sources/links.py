"""An index page -> the addresses that it links to and that fit a pattern.

The page is cut at every "<" and walked once, without a tree: linear whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape

from armsledger.errors import NotReadable
from armsledger.sources.entries import LONGEST_ADDRESS, Entry, Listed, address, listed
from armsledger.sources.wildcards import fits

_TAG = re.compile(r"(a|base)\s", re.IGNORECASE)
_HREF = re.compile(r"""\shref\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", re.IGNORECASE)
_LONGEST_TAG = LONGEST_ADDRESS + 2_000
_LONGEST_TITLE = 200


def read_links(
    data: bytes, name: str, base: str, patterns: Sequence[str], most: int, charset: str | None = None
) -> Listed:
    """The links of a page that fit one of the patterns, in the order of the page, with the words of each as its title.

    Raises ``NotReadable`` where no link fits: a page without the links that it is watched for has been changed, was
    refused or is made by scripts, and to say that it lists nothing would be wrong.
    """
    found = [
        Entry(url, title or None)
        for url, title in _links(_text(data, charset), base)
        if url is not None and any(fits(pattern, url) for pattern in patterns)
    ]
    if not found:
        problem = "has no link that fits `follow`: it was changed, is made by scripts, or is another page"
        raise NotReadable(name, problem, "look at it in a browser")
    return listed(list(found), most)


def _links(source: str, base: str) -> Iterator[tuple[str | None, str]]:
    """Each link's absolute address, None where it has none, and its first words."""
    stated = False
    for part in source.split("<"):
        tag = _TAG.match(part)
        href = _HREF.search(part, 1, _LONGEST_TAG) if tag else None
        if tag is None or href is None:
            continue
        said = unescape(href[1] or href[2] or href[3] or "")
        if tag[1].lower() == "a":
            words = part[href.end() : href.end() + _LONGEST_TAG].partition(">")[2]
            yield address(said, base), " ".join(unescape(words).split())[:_LONGEST_TITLE]
        elif not stated:
            base, stated = address(said, base) or base, True


def _text(data: bytes, charset: str | None) -> str:
    try:
        return data.decode(charset or "utf-8", "replace")
    except LookupError:
        return data.decode("utf-8", "replace")
