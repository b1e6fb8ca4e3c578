"""Numbers for what a brief rests on: a claim, statement or event gets one when a sentence first cites it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from armsledger.views.brief_value import Citation, Kind, Part, Sentence, Source, Words, letter, shown

if TYPE_CHECKING:
    from armsledger.deals.bearing import Told
    from armsledger.deals.disputes import Voice
    from armsledger.deals.timeline import Entry
    from armsledger.ledger import DocumentRow
    from armsledger.model import Anchor, Claim, DocumentId

    Cited: TypeAlias = "Claim | Told | Entry | Voice"

# The fields that a brief tells in words of its own: where the quote does not say one, the citation tells from where.
_TOLD = frozenset(
    "supplier recipient item system quantity value share amount cumulative obligated speaker date transmittal contract "
    "modification amends notified completion contractor".split()
)
_WITHOUT_WORDS = ("supplier", "recipient", "speaker", "date")
_FORMS = {
    "notices": "the form, a sale notice of the United States",
    "contracts": "the form, a contract announcement of the United States",
    "register": "the register that the row is of",
}


class Citing:
    """Gives numbers in the order of first use, and keeps what they stand for. ``rows`` are the documents.

    Claims of the same words share a number.
    """

    def __init__(self, rows: Mapping[str, DocumentRow]) -> None:
        self.rows = dict(rows)
        self._made: dict[tuple[str, int, int], _Cited] = {}
        self._sources: dict[str, Source] = {}

    def learn(self, rows: Mapping[DocumentId, DocumentRow]) -> None:
        """Adds documents that may be cited."""
        self.rows |= {str(key): row for key, row in rows.items()}

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What has been cited, by number."""
        return tuple(
            Citation(number, tuple(one.carries), one.source, one.quote, start, end, tuple(one.fields))
            for number, ((_, start, end), one) in enumerate(self._made.items(), 1)
        )

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents of these, by letter."""
        return tuple(self._sources.values())

    def say(self, *parts: str | Part, by: Iterable[Cited] = ()) -> Sentence:
        """A sentence of these parts that rests on these claims, statements and events."""
        told = (p if isinstance(p, Part) else Part(p) for p in parts)
        safe = tuple(Part(_shown(p.text), p.kind) for p in told if p.text)
        return Sentence(safe, tuple(sorted({self._number(one) for one in by})) if safe else ())

    def _number(self, one: Cited) -> int:
        from armsledger.deals.bearing import Told
        from armsledger.deals.disputes import Voice
        from armsledger.deals.timeline import Entry

        claim = one.claim if isinstance(one, Told) else one
        key = (str(claim.document), claim.start, claim.end)
        if key not in self._made:
            self._made[key] = _Cited(len(self._made) + 1, self._source(claim.document), shown(claim.quote))
        cited = self._made[key]
        if isinstance(claim, Voice):
            name = f"claim {str(claim.claim)[:8]}" if claim.claim else "statement"
        else:
            name = f"{claim.kind if isinstance(claim, Entry) else 'claim'} {str(claim.id)[:8]}"
        if name not in cited.carries:
            cited.carries[name] = None
            if not isinstance(claim, Entry | Voice):
                cited.fields |= dict.fromkeys(_fields(claim))
        return cited.number

    def _source(self, document: str) -> Source:
        if document not in self._sources:
            row = self.rows[document]
            self._sources[document] = Source(
                letter(len(self._sources)),
                str(document),
                shown(row.title or (row.names[0] if row.names else str(document))),
                shown(row.publisher or "publisher not stated"),
                shown(row.published or "undated"),
                shown(row.url) if row.url else None,
                row.digest,
            )
        return self._sources[document]


@dataclass(slots=True)
class _Cited:
    """Words that have a number, and what has been cited of them so far."""

    number: int
    source: Source
    quote: str
    carries: dict[str, None] = field(default_factory=dict)
    fields: dict[Words, None] = field(default_factory=dict)


def _shown(text: str) -> str:
    """As ``shown``, but the blanks at the ends stay: parts stand beside one another."""
    before = " " if text[:1].isspace() else ""
    after = " " if text.strip() and text[-1:].isspace() else ""
    return before + shown(text) + after


def strong(text: str) -> Part:
    """What the reader's eye should meet."""
    return Part(text, Kind.STRONG)


def contested(text: str) -> Part:
    """The same, of what somebody denies."""
    return Part(text, Kind.CONTESTED)


def asked(text: str) -> Part:
    """What the brief was asked to be about."""
    return Part(text, Kind.ASKED)


def computed(text: str) -> Part:
    """What no document says: a count, or the outcome of a written rule."""
    return Part(text, Kind.COMPUTED)


def quoted(text: str) -> Part:
    """Words of a document."""
    return Part(text, Kind.QUOTE)


# -- fields that the quote does not say -------------------------------------------------------------------


def _fields(claim: Claim) -> Iterator[Words]:
    """Where the fields come from that the claim's quote does not say by itself, and by which rule."""
    seen = set()
    for anchor in claim.anchors:
        inside = claim.start <= anchor.start and anchor.end <= claim.end
        if anchor.field in _TOLD and not (inside and anchor.how == "stated"):
            made = _words(anchor)
            if made not in seen:
                seen.add(made)
                yield made
    rule = _FORMS.get(claim.reader.partition("/")[0].partition("-")[0].partition(" ")[0])
    if rule is None:
        return
    for name in _WITHOUT_WORDS:
        value = getattr(claim, name)
        if value is not None and not claim.anchored(name):
            told = "the date of the document" if name == "date" else rule
            yield Words(name, _value(name, str(value)), "", claim.start, claim.end, told)


def _words(anchor: Anchor) -> Words:
    from armsledger.views.hows import how_told

    rule = "" if anchor.how == "stated" else how_told(anchor.field, anchor.how)
    value = _value(anchor.field, anchor.value)
    return Words(anchor.field, value, shown(anchor.quote), anchor.start, anchor.end, shown(rule))


def _value(field: str, value: str) -> str:
    from armsledger.views.names import party_name, system_name

    if field in ("supplier", "recipient"):
        return shown(party_name(value))
    return shown(system_name(value) if field == "system" else value)
