"""Claims on one deal in the words of papers, for the tests of what becomes one deal. Everything told is invented."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from armsledger.deals import place, settle
from armsledger.model import Claim, ClaimId, DocumentId, Judgement, Mode, Settled

from .giving import giving


def published_of(claims: Iterable[Claim]) -> dict[DocumentId, str | None]:
    """The date of each document, which its name begins with (``2031-04-02 a``, ``undated b``)."""
    days = {c.document: c.document.partition(" ")[0] for c in claims}
    return {document: None if day == "undated" else day for document, day in days.items()}


def news(document: str, words: str = "", *, count: int | None = None, value: str | None = None, **more: Any) -> Claim:
    """A report: ``news("2031-04-02 a", "20 more", count=20, value="225")``; the value in millions of dollars."""
    told = " ".join(
        filter(None, (words, str(count or ""), more.get("item", "AIM-120C-8"), f"${value} million" * bool(value)))
    )
    return giving(
        told, document,
        count=None if count is None else (count, str(count)),
        value=None if value is None else (f"USD {value}000000 reported", f"${value} million"),
        **({"stage": "ordered"} | more),
    )  # fmt: skip


def notice(document: str, number: str, *, count: int | None = None, value: str | None = None, **more: Any) -> Claim:
    """What an official notice says; the value in millions of dollars is a ceiling."""
    told = (("transmittal", number), *more.pop("told", ()))
    words = " ".join(filter(None, (number, str(count or ""), f"${value} million" * bool(value), "AIM-120C-8")))
    return giving(
        words, document, "notice", told=told,
        count=None if count is None else (count, str(count)),
        value=None if value is None else (f"USD {value}000000 ceiling", f"${value} million"),
        **({"stage": "approved", "date": document[:10], "mode": Mode.SALE} | more),
    )  # fmt: skip


def contract(document: str, number: str, *, count: int | None = None, value: str | None = None, **more: Any) -> Claim:
    """What an announcement says of one buyer; ``value`` in millions is the buyer's own award."""
    told = (("contract", number), *more.pop("told", ()))
    words = " ".join(filter(None, (number, str(count or ""), f"${value} million" * bool(value), "AIM-120C-8")))
    return giving(
        words, document, "contracts", told=told,
        count=None if count is None else (count, str(count)),
        value=None if value is None else (f"USD {value}000000 award", f"${value} million"),
        **({"stage": "ordered", "date": document[:10], "mode": Mode.SALE} | more),
    )  # fmt: skip


def settled(*claims: Claim, judgements: Iterable[Judgement] = ()) -> Settled:
    """What claims of one ground come to."""
    (ground,) = {place(c)[0] for c in claims}
    return settle(ground, claims, published_of(claims), judgements)


def deals(*claims: Claim, judgements: Iterable[Judgement] = ()) -> list[set[int]]:
    """Which claims of one ground are of one deal, as their places in the arguments."""
    from armsledger.deals import representatives

    found = settled(*claims, judgements=judgements)
    return partition(claims, dict(found.keys), representatives(found.ties))


def partition(claims: Iterable[Claim], keys: Mapping[ClaimId, str], final: Mapping[str, str]) -> list[set[int]]:
    """Claims by their final keys, as places, each set and the sets in order."""
    groups: dict[str, set[int]] = {}
    for n, claim in enumerate(claims):
        key = keys[claim.id]
        groups.setdefault(final.get(key, key), set()).add(n)
    return sorted(groups.values(), key=min)


def judged(verdict: str, *claims: Claim, made: str = "2031-06-01T10:00:00Z", undoes: str | None = None) -> Judgement:
    """A judgement of an invented analyst."""
    return Judgement(verdict, tuple(c.id for c in claims), "A. Nalyst", made, "the annex says so", undoes)
