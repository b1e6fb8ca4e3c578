"""When two names name one item, for the news gold set: by designator where both have one, else by their words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LITTLE = frozenset(("the", "a", "an", "of", "and", "for", "system"))


@lru_cache(maxsize=100_000)
def same_item(one: str | None, two: str | None) -> bool:
    """Whether two names name one item; two open ones do.

    >>> same_item("F-16C/D jets", "F-16"), same_item("M777", "M777A2 howitzer"), same_item("drone", "TB2 drone")
    (True, True, True)
    >>> same_item("F-16", "F-35"), same_item("tank", "drone"), same_item("tank", None)
    (False, False, False)
    """
    if not one or not two:
        return not one and not two
    if _plain(one) == _plain(two):
        return True
    marks, others = _marks(one), _marks(two)
    if marks and others:
        return any(m.startswith(o) or o.startswith(m) for m in marks for o in others)
    words, rest = _words(one), _words(two)
    return bool(words) and bool(rest) and (words <= rest or rest <= words)


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name).lower()
    return "".join(c for c in letters if c.isascii() and c.isalnum())


def _marks(name: str) -> frozenset[str]:
    """The words with a digit, without signs: "f16cd"."""
    return frozenset(_plain(w) for w in re.split(r"[\s,;()]+", name) if any(c.isdigit() for c in w))


def _words(name: str) -> frozenset[str]:
    letters = unicodedata.normalize("NFKD", name).lower()
    parts = re.findall(r"[a-z]+|\d+", letters)
    return frozenset(_singular(p) for p in parts if p not in _LITTLE)


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") else word
