"""Who published a document, what kind of publisher that is, and the default grade that follows from the kind.

Grades are those of source reliability in the Admiralty code (NATO AJP-2.1). They are about a source, never about one
report, and follow from the kind alone: ``docs/explanation/publishers.md`` gives the reasons. ``A`` and ``E`` need a
record of right or wrong reports, which a kind does not have, so no default is one of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Protocol
from urllib.parse import urlsplit

from armsledger.lexicon.entries import OutletEntry
from armsledger.lexicon.matcher import lexicon

GRADES: Mapping[str, str] = MappingProxyType(
    {
        "A": "completely reliable",
        "B": "usually reliable",
        "C": "fairly reliable",
        "D": "not usually reliable",
        "E": "unreliable",
        "F": "cannot be judged",
    }
)
UNKNOWN = "F"
DEFAULT_GRADES: Mapping[str, str] = MappingProxyType(
    {
        "official": "B",
        "ministry": "B",
        "agency": "B",
        "paper": "C",
        "broadcaster": "C",
        "magazine": "C",
        "trade": "C",
        "online": "C",
        "think-tank": "C",
        "company": "C",
        "state-media": "D",
        "blog": UNKNOWN,
        "aggregator": UNKNOWN,
    }
)


class Published(Protocol):
    """Something that was published: a document, or its row in a ledger."""

    @property
    def publisher(self) -> str | None:
        """The publisher's name as the document gives it."""

    @property
    def url(self) -> str | None:
        """The address that it was published at."""


def default_grade(outlet: OutletEntry | None) -> str:
    """The grade that an outlet has by its kind; ``F`` for one that is not known."""
    return UNKNOWN if outlet is None else DEFAULT_GRADES.get(outlet.kind, UNKNOWN)


def outlet_of(document: Published) -> OutletEntry | None:
    """The outlet that published a document: by the name that it gives, else by its address; None where none is known.

    A name of two outlets means none of them by itself; then the address decides.
    """
    named = outlet_named(document.publisher) if document.publisher else None
    return named or (outlet_at(document.url) if document.url else None)


def outlet_named(said: str) -> OutletEntry | None:
    """The outlet of an id, a name (case, accents, blanks and a leading "the" do not count) or a domain."""
    found = _by_id().get(said) or _by_name().get(fold_name(said))
    return found or (outlet_at(said) if "." in said else None)


def outlet_at(address: str) -> OutletEntry | None:
    """The outlet whose domain an address belongs to, subdomains included; of several the most exact.

    >>> outlet_at("https://www.reuters.com/world/").id, outlet_at("https://reuters.com.example.org/")
    ('reuters', None)
    """
    place = place_of(address)
    table = _by_domain()
    return next((table[part] for part in _wider(place) if part in table), None) if place else None


def place_of(address: str) -> str | None:
    """Host and path of an address, in lower case, without ``www.``; None where it has no host.

    >>> place_of("https://www.Congress.gov:443/crs-products/r1?x=1"), place_of("not an address")
    ('congress.gov/crs-products/r1', None)
    """
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
        host = parts.hostname or ""
    except ValueError:
        return None
    if not re.fullmatch(r"[a-z0-9.-]+\.[a-z0-9-]+", host):
        return None
    return host.removeprefix("www.") + parts.path.lower().rstrip("/")


def _wider(place: str) -> Iterator[str]:
    """A place, then every one that holds it, the nearest first: paths before hosts, subdomains before domains."""
    host, _, path = place.partition("/")
    labels = host.split(".")[-8:]
    steps = path.split("/")[:4] if path else []
    for first in range(len(labels) - 1):
        domain = ".".join(labels[first:])
        for last in range(len(steps), -1, -1):
            yield "/".join([domain, *steps[:last]])


@lru_cache(maxsize=4096)
def fold_name(name: str) -> str:
    """A publisher's name without case, accents, signs, blanks and a leading "the".

    >>> fold_name("The Türkiye Gazetesi"), fold_name("turkiye-gazetesi")
    ('turkiyegazetesi', 'turkiyegazetesi')
    """
    bare = unicodedata.normalize("NFKD", name.replace("ı", "i")).casefold()
    words = re.sub(r"^\s*the\s+", "", bare)
    return "".join(c for c in words if c.isalnum())


@cache
def _by_id() -> Mapping[str, OutletEntry]:
    return {outlet.id: outlet for outlet in lexicon().outlets}


@cache
def _by_name() -> Mapping[str, OutletEntry]:
    """Folded name -> outlet. A strong name wins over a weak one; what two outlets share is left out."""
    found: dict[str, OutletEntry] = {}
    for names in (_weak, _strong):
        table: dict[str, list[OutletEntry]] = {}
        for outlet in lexicon().outlets:
            for key in {fold_name(name) for name in names(outlet)} - {""}:
                table.setdefault(key, []).append(outlet)
        found = {k: v for k, v in found.items() if k not in table}
        found |= {key: outlets[0] for key, outlets in table.items() if len(outlets) == 1}
    return found


def _strong(outlet: OutletEntry) -> Iterable[str]:
    return (outlet.name, *outlet.names)


def _weak(outlet: OutletEntry) -> Iterable[str]:
    return outlet.weak


@cache
def _by_domain() -> Mapping[str, OutletEntry]:
    return {domain: outlet for outlet in lexicon().outlets for domain in outlet.domains}
