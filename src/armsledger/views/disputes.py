"""Where the values of a deal differ: each value with its voices, why they differ, which one leads and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from armsledger.views.names import party_label
from armsledger.views.one_claim import grouped_place
from armsledger.views.terminal import CONFLICT, grid, indented, show, stacked, text
from armsledger.views.words import exact, shortened

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from armsledger.deals.disputes import Dispute, Value, Voice
    from armsledger.ledger import DocumentRow
    from armsledger.model import DocumentId
    from armsledger.views.told_deals import ToldDeal

_LONGEST_QUOTE = 160
_MOST_VOICES = 4  # that are shown of one value; ``--format jsonl`` has them all


def disputes_of(
    told: ToldDeal, published: Mapping[DocumentId, str | None], stories: Mapping[DocumentId, str] | None = None
) -> tuple[Dispute, ...]:
    """What is said of each field of a deal; ``stories`` gives documents the origin that they lead back to."""
    from armsledger.deals.disputes import disputes

    return disputes(told.claims, told.contract_claims, published, stories)


def differing(disputes: Iterable[Dispute]) -> list[Dispute]:
    """Those in which some value differs from another for a cause that can be told, or contradicts it."""
    return [d for d in disputes if d.contradicts or any(v.difference and v.difference.cause for v in d.values)]


def show_disputes(disputes: Iterable[Dispute], numbers: Mapping[str, str], shown: Console) -> None:
    """Prints the fields whose values differ; nothing where none do. ``numbers`` are those of the documents' list."""
    found = differing(disputes)
    if not found:
        return
    show(shown, "")
    show(shown, text("Where values differ, and why", "bold"))
    show(
        shown, grid(((d.field[:1].upper() + d.field[1:], stacked(dispute_lines(d, numbers))) for d in found), indent=2)
    )


def dispute_lines(dispute: Dispute, numbers: Mapping[str, str]) -> Iterator[RenderableType]:
    """Which value leads and why, then every value with its cause and its voices."""
    lead = _told(dispute.field, dispute.lead) if dispute.lead else "no value leads"
    yield text(f"{lead}: {dispute.because}", "bold")
    for value in dispute.values:
        yield _value_line(dispute, value)
        for voice in value.voices[:_MOST_VOICES]:
            yield indented(text(f"{voice_told(voice)} {numbers.get(voice.document, voice.document[:8])}"))
        if len(value.voices) > _MOST_VOICES:
            yield indented(text(f"and {len(value.voices) - _MOST_VOICES} more"))


def _value_line(dispute: Dispute, value: Value) -> RenderableType:
    about = f" ({value.about})" if value.about and dispute.field != "item" else ""
    line = text(f"{_told(dispute.field, value.value)}{about}")
    if value.difference is not None:
        told, contradicts = difference_told(value), value.difference.contradicts
        line.append_text(text(f" · {'CONFLICT: ' if contradicts else ''}{told}", CONFLICT if contradicts else ""))
    return line


def difference_told(value: Value) -> str:
    """``ceiling against contract: a notice says ...``; the rule alone where no cause is told."""
    if value.difference is None:
        return ""
    cause = value.difference.cause
    return f"{cause}: {value.difference.rule}" if cause else value.difference.rule


def voice_told(voice: Voice) -> str:
    """Whose word it is, in which words."""
    denies = "DENIES: " if voice.polarity == "denied" else ""
    whose = "the report itself" if voice.speaker_kind == "author" else voice.speaker
    return f"{whose}: {denies}“{shortened(voice.quote, _LONGEST_QUOTE)}” {grouped_place(voice.start, voice.end)}"


def _told(field: str, value: str) -> str:
    return party_label(value) if field in ("supplier", "recipient") else exact(value)


# -- as JSON ----------------------------------------------------------------------------------------------


def dispute_line(dispute: Dispute, documents: Mapping[DocumentId, DocumentRow]) -> dict[str, Any]:
    """A field with its values, causes and voices, as JSON."""
    return {
        "field": dispute.field,
        "lead": dispute.lead,
        "because": dispute.because,
        "contested": dispute.contested,
        "contradicts": dispute.contradicts,
        "values": [
            {
                "value": value.value,
                "about": value.about or None,
                "difference": value.difference
                and {
                    "against": value.difference.against,
                    "contradicts": value.difference.contradicts,
                    "cause": value.difference.cause,
                    "rule": value.difference.rule,
                },
                "voices": [voice_line(voice, documents) for voice in value.voices],
            }
            for value in dispute.values
        ],
    }


def voice_line(voice: Voice, documents: Mapping[DocumentId, DocumentRow]) -> dict[str, Any]:
    """A voice with its words and its document, as JSON."""
    row = documents.get(voice.document)
    return {
        "claim": voice.claim,
        "speaker": voice.speaker,
        "speaker_kind": voice.speaker_kind,
        "polarity": voice.polarity,
        "document": voice.document,
        "name": row.names[0] if row and row.names else None,
        "title": row.title if row else None,
        "publisher": row.publisher if row else None,
        "published": voice.published,
        "url": row.url if row else None,
        "start": voice.start,
        "end": voice.end,
        "quote": voice.quote,
    }
