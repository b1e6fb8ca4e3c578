"""What a feed, an index page or the Register lists: addresses, with what the list says of each."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

LONGEST_ADDRESS = 2_000  # characters
_LINE_BREAKS = dict.fromkeys((9, 10, 13))  # within an address they mean nothing


@dataclass(frozen=True, slots=True)
class Entry:
    """One address that a list leads to; title and day (ISO) as the list gives them, None where it does not."""

    url: str
    title: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list leads to, in its order, each address once.

    ``beyond`` counts entries behind the limit, ``odd`` those that lead to no http address; ``problem`` says why the
    list may not be whole, empty where it is. ``more`` is the address of its next page.
    """

    entries: tuple[Entry, ...]
    beyond: int = 0
    odd: int = 0
    problem: str = ""
    more: str | None = None


def address(said: str, base: str) -> str | None:
    """The absolute http address that is meant, without its fragment; None where none is."""
    try:
        url = urldefrag(urljoin(base, said.strip().translate(_LINE_BREAKS))).url
        parts = urlsplit(url)
        fine = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname) and len(url) <= LONGEST_ADDRESS
    except ValueError:
        return None
    return url if fine and url.isprintable() else None


def listed(found: list[Entry | None], most: int, *, odd: int = 0, problem: str = "", more: str | None = None) -> Listed:
    """The first ``most`` of what was found, each address once; None stands for what leads nowhere."""
    entries: dict[str, Entry] = {}
    for entry in found:
        if entry is not None:
            entries.setdefault(entry.url, entry)
    odd += sum(1 for entry in found if entry is None)
    kept = tuple(entries.values())
    return Listed(kept[:most], beyond=max(0, len(kept) - most), odd=odd, problem=problem, more=more)
