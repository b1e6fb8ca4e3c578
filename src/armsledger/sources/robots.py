"""What a host's robots.txt lets us read, by RFC 9309: the longest rule that fits decides, ``*`` and ``$`` count.

Python's own parser takes the first rule that fits and reads ``*`` as a letter, so it would read what hosts forbid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from armsledger.sources.wildcards import fits

AGENT = "armsledger"
LARGEST = 512_000  # bytes that are read, as RFC 9309 asks at least
_LONGEST_RULE = 2_000  # characters; a longer path is no path of a page
_LONGEST_DELAY = 300.0  # seconds


@dataclass(frozen=True, slots=True)
class Rule:
    """A path that may be read, or may not; ``end`` where it must be the whole of the address's path."""

    path: str
    allowed: bool
    end: bool = False


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host for us, and the seconds that it wants between two requests."""

    rules: tuple[Rule, ...] = ()
    delay_s: float = 0.0

    def allow(self, url: str) -> bool:
        """Whether an address of that host may be read. Of rules equally long the one that allows wins."""
        parts = urlsplit(url)
        path = _even((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        if path == "/robots.txt":
            return True
        fitting = [(len(rule.path), rule.allowed) for rule in self.rules if fits(rule.path, path, whole=rule.end)]
        return max(fitting)[1] if fitting else True


NO_RULES = Robots()


def read_robots(text: str) -> Robots:
    """The rules of a robots.txt for us: those of every group that names us, else those of every group for all."""
    groups = list(_groups(text))
    ours = [group for group in groups if AGENT in group.agents] or [group for group in groups if "*" in group.agents]
    delays = [group.delay_s for group in ours]
    return Robots(tuple(rule for group in ours for rule in group.rules), min(max(delays, default=0.0), _LONGEST_DELAY))


class _Group:
    def __init__(self) -> None:
        self.agents: set[str] = set()
        self.rules: list[Rule] = []
        self.delay_s = 0.0


def _groups(text: str) -> Iterator[_Group]:
    """Groups begin where agents are named after rules; lines that are neither are passed over."""
    group, ruled = _Group(), False
    for line in text.removeprefix("\ufeff").splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            if ruled:
                yield group
                group, ruled = _Group(), False
            group.agents.add(value.partition("/")[0].strip().lower())
        elif key in {"allow", "disallow"}:
            ruled = True
            if value and len(value) <= _LONGEST_RULE:
                end = value.endswith("$")
                group.rules.append(Rule(_even(value.removesuffix("$")), key == "allow", end))
        elif key == "crawl-delay":
            ruled = True
            group.delay_s = float(value) if re.fullmatch(r"\d{1,6}(?:\.\d{1,3})?", value) else group.delay_s
    yield group


_ENCODED = re.compile(r"%([0-9A-Fa-f]{2})")
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def _even(path: str) -> str:
    """A path in one way of writing: letters as they are, all else that is encoded in capitals.

    >>> _even("/%7euser/ü%2fb")
    '/~user/%C3%BC%2Fb'
    """

    def evened(found: re.Match[str]) -> str:
        letter = chr(int(found[1], 16))
        return letter if letter in _PLAIN else found[0].upper()

    return _ENCODED.sub(evened, quote(path, safe="/%:=&?~+!$,;'@()*[]#"))
