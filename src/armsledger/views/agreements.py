"""Two readers on one passage, in words and as JSON: on which fields they agree, differ, or only one says anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from armsledger.deals.agreement import Verdict, agreements, reader_name
from armsledger.views.words import exact

if TYPE_CHECKING:
    from armsledger.deals.agreement import Agreement, FieldVerdict
    from armsledger.model import Claim


def agreement_text(pair: Agreement) -> str:
    """A few lines: who else read the passage, then what agrees, what differs, and what only one of them states."""
    return "\n".join(agreement_lines(pair))


def agreement_lines(pair: Agreement) -> Iterator[str]:
    """The lines of ``agreement_text``."""
    one, other = pair.one.reader, pair.other.reader
    yield f"{one} and {other} {'agree' if pair.agree else 'DIFFER'} (claim {pair.other.id[:8]})"
    if same := pair.of(Verdict.AGREE):
        yield f"the same: {_names(same)}"
    for field in pair.of(Verdict.DIFFER):
        yield f"≠ {field.name}: {told(field.name, field.one)} ({one}), {told(field.name, field.other)} ({other})"
    for field in pair.of(Verdict.ONE):
        by, value = (one, field.one) if field.one is not None else (other, field.other)
        yield f"only {by} states {field.name}: {told(field.name, value)}"


def _names(fields: Iterable[FieldVerdict]) -> str:
    return ", ".join(f.name for f in fields)


def told(name: str, value: str | None) -> str:
    """A field's value as a person reads it."""
    from armsledger.views.names import party_label

    if name in ("supplier", "recipient"):
        return party_label(value)
    return exact(value or "not stated")


def agreement_words(claims: Sequence[Claim]) -> dict[str, list[tuple[str, str]]]:
    """For each claim, by its id, a row with its reader and one for each other reader of the passage.

    Empty where one reader made all the claims.
    """
    if len({reader_name(c) for c in claims}) < 2:
        return {}
    rows = {str(c.id): [("Reader", c.reader)] for c in claims}
    for pair in agreements(claims):
        for claim in (pair.one, pair.other):
            seen = pair.seen_from(claim)
            differ = _names(seen.of(Verdict.DIFFER))
            said = f"DIFFERS on {differ}" if differ else "agrees"
            rows[claim.id].append(("Other reader", f"{seen.other.reader} {said} ({seen.other.id[:8]})"))
    return rows


def agreement_line(pair: Agreement) -> dict[str, Any]:
    """The comparison as JSON."""
    return {
        "claim": pair.one.id,
        "reader": pair.one.reader,
        "other_claim": pair.other.id,
        "other_reader": pair.other.reader,
        "agree": pair.agree,
        "fields": [
            {"name": f.name, "value": f.one, "other_value": f.other, "verdict": f.verdict.value} for f in pair.fields
        ],
    }
