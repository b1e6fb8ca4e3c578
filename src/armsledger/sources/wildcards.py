"""Addresses with ``*`` for anything, as robots.txt and config files write them. Linear in the address."""

from __future__ import annotations


def fits(pattern: str, text: str, *, whole: bool = True) -> bool:
    """Whether a text is what the pattern says, each ``*`` standing for any characters or none.

    With ``whole`` false the pattern need only fit the beginning.

    >>> fits("https://a.example/*/notice-*", "https://a.example/2026/notice-7"), fits("/a*b", "/a-b-c", whole=False)
    (True, True)
    """
    first, *others = pattern.split("*")
    if not text.startswith(first):
        return False
    at = len(first)
    if not others:
        return not whole or at == len(text)
    last = others.pop() if whole else ""
    for piece in others:
        found = text.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return text.endswith(last) and len(text) - len(last) >= at
