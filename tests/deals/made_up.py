"""Claims made for these tests: a line each. The states and systems are only names; what is told of them is invented.

A document is named by the day of its publication and a letter (``2031-04-02 a``), or ``undated a``.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from armsledger.model import (
    Anchor,
    Certainty,
    Claim,
    DateInterval,
    DocumentId,
    Polarity,
    SpeakerKind,
    Stage,
)

READERS = {"notice": "notices/1", "contracts": "contracts/1"}


def said(
    stage: str,
    document: str = "2031-04-02 a",
    by: str = "Example Wire",
    *,
    kind: SpeakerKind = SpeakerKind.OUTLET,
    denied: bool = False,
    certainty: str = "certain",
    date: str | None = None,
    count: int | None = None,
    words: str = "",
    sides: str = "USA NOR",
    item: str | None = "AIM-120C-8",
    system: str | None = "aim-120",
    at: int = 0,
    told: Iterable[tuple[str, str]] = (),
    **more: Any,
) -> Claim:
    """A claim: who said of which stage what. ``by`` may be ``notice`` or ``contracts``: official papers.

    ``sides`` are supplier and recipient, ``-`` for one that is not named. ``told`` are anchors by field and value; an
    anchor's words are the value where it stands in ``words``, else the first letter. ``stage=word`` anchors the stage.
    """
    stage, _, word = stage.partition("=")
    supplier, _, recipient = sides.partition(" ")
    quote = words or f"{by} {stage} {item}"
    fields = [*told, *([("stage", word)] if word else [])]
    return Claim(
        document=DocumentId(document),
        start=at,
        end=at + len(quote),
        quote=quote,
        reader=READERS.get(by, "news/1"),
        stage=Stage(stage),
        supplier=None if supplier == "-" else supplier,
        recipient=None if recipient == "-" else recipient,
        item=item,
        system=system,
        quantity=None if count is None else Decimal(count),
        polarity=Polarity.DENIED if denied else Polarity.AFFIRMED,
        certainty=Certainty(certainty),
        speaker="US Government" if by in READERS else by,
        speaker_kind=SpeakerKind.OFFICE if by in READERS else kind,
        date=DateInterval(date) if date else None,
        anchors=tuple(sorted(_anchor(field, value, quote, at) for field, value in fields)),
        **more,
    )


def _anchor(field: str, value: str, quote: str, at: int) -> Anchor:
    found = quote.find(value)
    start, end = (found, found + len(value)) if found >= 0 else (0, 1)
    value = "probable" if field == "certainty" else value
    return Anchor(field, value, at + start, at + end, quote[start:end])


def dates(claims: Iterable[Claim]) -> dict[DocumentId, str | None]:
    """When the documents of these claims were published, by their names."""
    return {c.document: None if c.document.startswith("undated") else c.document.split(" ")[0] for c in claims}
