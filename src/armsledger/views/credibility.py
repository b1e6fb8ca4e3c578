"""How credible each value of a deal is, in words: information 1 to 6 by rule, and who stands behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from armsledger.views.terminal import CONFLICT, grid, indented, show, stacked, text
from armsledger.views.words import exact, many

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from armsledger.deals.credibility import Credibility
    from armsledger.deals.origins import Origin
    from armsledger.ledger import DocumentRow
    from armsledger.model import DocumentId
    from armsledger.views.told_deals import ToldDeal


_FIRST = {field: n for n, field in enumerate(("stage", "value", "programme", "quantity", "item"))}


def credibility_of(
    told: ToldDeal, rows: Mapping[DocumentId, DocumentRow], origins: Iterable[Origin]
) -> tuple[Credibility, ...]:
    """How credible each value of a deal is."""
    from armsledger.deals import credibility

    return credibility(told.claims, told.contract.claims if told.contract else (), rows, origins)


def show_credibility(
    told: ToldDeal, rows: Mapping[DocumentId, DocumentRow], origins: Sequence[Origin], shown: Console
) -> None:
    """Prints every value with its grade, the rule that gave it, and who stands behind it."""
    fields: dict[str, list[Credibility]] = {}
    for value in sorted(credibility_of(told, rows, origins), key=lambda v: _FIRST.get(v.field, len(_FIRST))):
        fields.setdefault(value.field, []).append(value)
    show(shown, text("How far each value is to be believed", "bold"))
    lines = ((field[:1].upper() + field[1:], stacked(_lines(values))) for field, values in fields.items())
    show(shown, grid(lines, indent=2))
    show(shown, "")
    scales = "1 (confirmed) to 6 (cannot be judged) is about what is said, A to F about who prints it."
    show(shown, text(f"{scales} Neither changes the other."))


def _lines(values: Iterable[Credibility]) -> Iterator[RenderableType]:
    for value in values:
        style = CONFLICT if value.against else "bold"
        yield text(f"{value_told(value)}: {graded(value)}", style)
        yield indented(text(f"{value.because} ({counted(value)})" if value.documents else value.because))


def value_told(value: Credibility) -> str:
    """A value as a person reads it, with what it is of."""
    from armsledger.views.names import party_label

    if value.field in ("supplier", "recipient"):
        return party_label(value.value)
    if value.field == "quantity" and value.about:
        return f"{value.value} × {_article(value.about)}"
    return exact(value.value) + (f" ({value.about})" if value.about and value.field != "item" else "")


def _article(about: str) -> str:
    """What is counted: the lexicon's name of a system, else the words that stand for the article."""
    from armsledger.views.names import system_name

    family, _, kind = about.lstrip("*").partition(" ")
    return system_name(family) + (f" ({kind})" if kind else "")


def graded(value: Credibility) -> str:
    """``3 possibly true · one primary source``."""
    return f"{value.information} {value.word} · {value.rung}"


def counted(value: Credibility) -> str:
    """``3 documents, 2 independent origins``; of one voice, where sources are fewer than origins."""
    told = f"{many(value.documents, 'document')}, {many(value.origins, 'independent origin')}"
    return told + (f", {many(value.independent, 'source')}" if value.independent < value.origins else "")


def credibility_line(value: Credibility) -> dict[str, Any]:
    """A value's credibility as JSON."""
    return {
        "field": value.field,
        "value": value.value,
        "about": value.about or None,
        "information": value.information,
        "word": value.word,
        "because": value.because,
        "rung": str(value.rung),
        "documents": value.documents,
        "independent_origins": value.origins,
        "independent_sources": value.independent,
        "claims": list(value.claims),
        "against": list(value.against),
    }
