"""Addresses as documents give them: any text, so that a broken one has no host and no path."""

from __future__ import annotations

from urllib.parse import urlsplit


def is_under(url: str | None, domains: tuple[str, ...]) -> bool:
    """Whether an address stands under one of these domains; ``notwar.gov`` does not stand under ``war.gov``."""
    host = _split(url)[0]
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def path_of(url: str | None) -> str:
    """The path of an address in lower case; empty where there is none."""
    return _split(url)[1]


def _split(url: str | None) -> tuple[str, str]:
    try:
        parts = urlsplit(url or "")
        return (parts.hostname or "").lower(), parts.path.lower()
    except ValueError:
        return "", ""
