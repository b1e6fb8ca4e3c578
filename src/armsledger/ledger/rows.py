"""Values to rows and back, exactly: one function each way for each kind of value.

A row is a tuple in the order of the table's columns in ``schema.py``.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any

from armsledger.errors import Unanchored
from armsledger.model import (
    Anchor,
    Certainty,
    Claim,
    ClaimId,
    DateInterval,
    Document,
    DocumentId,
    DocumentKind,
    Judgement,
    Link,
    Meaning,
    Mode,
    Money,
    Occurrence,
    Polarity,
    Question,
    Reading,
    Reason,
    Run,
    Section,
    SectionKind,
    Skipped,
    SpeakerKind,
    Stage,
    Statement,
    StatementTopic,
    Subject,
    plain,
)

Row = tuple[Any, ...]

UNDATED = "~"  # sorts after every date

UNPLACED = ""
"""The ground of claims that are to be placed again, and the mark in ``stale`` that there may be such."""

# -- text that a database cannot hold ---------------------------------------------------------------------

_ESCAPE = "\ufdd0"  # a noncharacter: never meant for interchange, so next to never met
_ODD = re.compile("[\x00\ud800-\udfff\ufdd0]")
_ESCAPED = re.compile("\ufdd0([0-9a-f]{4})")


def stored(text: str) -> str:
    """The text as it is kept. Lone surrogates (from file names, from JSON) and U+0000 become U+FDD0 and four digits.

    Both would be refused or cut off by a database; ``told`` gives them back exactly.

    >>> stored("plain"), told(stored("a\\ud800b")) == "a\\ud800b"
    ('plain', True)
    """
    if text.isascii() and "\0" not in text:  # the fast way out: nearly every string
        return text
    return _ODD.sub(lambda odd: f"{_ESCAPE}{ord(odd[0]):04x}", text) if _ODD.search(text) else text


def told(text: str) -> str:
    """The text that ``stored`` was given."""
    return _ESCAPED.sub(lambda odd: chr(int(odd[1], 16)), text) if _ESCAPE in text else text


def _stored(text: str | None) -> str | None:
    return None if text is None else stored(text)


def _told(text: str | None) -> str | None:
    return None if text is None else told(text)


_encoded = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def _json(value: Any) -> str:
    return stored(_encoded(value))


def _from_json(text: str) -> Any:
    return json.loads(told(text))


# -- the law ----------------------------------------------------------------------------------------------


def check(reading: Reading, document_id: DocumentId) -> None:
    """Hold law 1 at the door: every quote stands where it says. Raises Unanchored; ValueError for a foreign claim."""
    text, name = reading.document.text, reading.document.name
    for claim in reading.claims:
        if claim.document != document_id:
            raise ValueError(f"{name}: a claim of document {claim.document} in a reading of document {document_id}")
        if text[claim.start : claim.end] != claim.quote:
            raise Unanchored(name, claim.start, claim.end, claim.quote, text[claim.start : claim.end])
        for anchor in claim.anchors:
            if text[anchor.start : anchor.end] != anchor.quote:
                raise Unanchored(name, anchor.start, anchor.end, anchor.quote, text[anchor.start : anchor.end])

    told_beside: tuple[Statement | Occurrence, ...] = (*reading.statements, *reading.occurrences)
    for one in told_beside:
        _check_told(one, text, name, document_id)


def _check_told(one: Statement | Occurrence, text: str, name: str, document_id: DocumentId) -> None:
    if one.document != document_id:
        raise ValueError(f"{name}: words of document {one.document} in a reading of document {document_id}")
    for told in (one, *one.anchors):
        if text[told.start : told.end] != told.quote:
            raise Unanchored(name, told.start, told.end, told.quote, text[told.start : told.end])


# -- documents --------------------------------------------------------------------------------------------


def document_row(document: Document, document_id: DocumentId) -> Row:
    """The row of ``document``: what its identity is made of."""
    first, after = days(document.published)
    return (
        document_id,
        _stored(document.title),
        _stored(document.published),
        first,
        after,
        first or UNDATED,
        _stored(document.publisher),
        _stored(document.url),
        len(document.text),
        stored(document.text),
    )


@lru_cache(maxsize=4096)
def days(published: str | None) -> tuple[str | None, str | None]:
    """First day that is meant and first day that is no longer meant, as ISO dates; two None where that cannot be told.

    >>> days("2016-07"), days("soon")
    (('2016-07-01', '2016-08-01'), (None, None))
    """
    if published is None:
        return None, None
    try:
        date = DateInterval(published)
        return date.first.isoformat(), date.after.isoformat()
    except (ValueError, OverflowError):  # 9999-12-31 has no day after it
        return None, None


def form_row(document: Document, document_id: DocumentId) -> Row:
    """The row of ``form``: what two copies of one document can differ in."""
    columns = (
        document.kind.value,
        _stored(document.language),
        stored(document.media_type),
        stored(document.digest),
        "[" + ",".join([f'["{s.kind._value_}",{s.start},{s.end}]' for s in document.sections]) + "]",
        "[" + ",".join([f"[{r.start},{r.source},{r.length}]" for r in document.runs]) + "]",
        _json([[s.reason, s.start, s.end] for s in document.skipped]) if document.skipped else "[]",
    )
    form_id = hashlib.sha256(json.dumps(columns).encode("ascii")).hexdigest()[:24]
    return (document_id, form_id, *columns)


def document_from(document: Any, form: Any, name: str) -> Document:
    """The document of its row, one row of its form and one of the names it was read under."""
    return Document(
        name=told(name),
        kind=DocumentKind(form.kind),
        text=told(document.text),
        sections=tuple(Section(SectionKind(kind), start, end) for kind, start, end in _from_json(form.sections)),
        title=_told(document.title),
        published=_told(document.published),
        publisher=_told(document.publisher),
        url=_told(document.url),
        language=_told(form.language),
        media_type=told(form.media_type),
        digest=told(form.digest),
        runs=tuple(Run(*run) for run in _from_json(form.runs)),
        skipped=tuple(Skipped(*part) for part in _from_json(form.skipped)),
    )


# -- claims -----------------------------------------------------------------------------------------------


def claim_row(claim: Claim, claim_id: str) -> Row:
    """The row of ``claim``: all slots but what is no part of the identity."""
    # ``_value_`` is what ``value`` gives, without a detour: there are many claims.
    quantity = claim.quantity
    return (
        claim_id,
        claim.document,
        claim.start,
        claim.end,
        stored(claim.quote),
        claim.stage._value_,
        claim.subject._value_,
        _stored(claim.supplier),
        _stored(claim.recipient),
        _stored(claim.item),
        _stored(claim.system),
        None if quantity is None else plain(quantity),
        None if quantity is None else float(quantity),
        *_money_columns(claim.value),
        *_money_columns(claim.programme),
        None if claim.mode is None else claim.mode.value,
        claim.second_hand,
        claim.modernised,
        claim.polarity._value_,
        claim.certainty._value_,
        stored(claim.speaker),
        claim.speaker_kind._value_,
        None if claim.date is None else claim.date.iso,
        _stored(claim.condition),
        anchors_json(claim.anchors) if claim.anchors else None,
    )


def found_by_row(claim: Claim, claim_id: str) -> Row:
    """The row of ``found_by``: which reader gave the claim, and with how many points."""
    return claim_id, stored(claim.reader), "" if claim.evidence is None else plain(claim.evidence)


def claim_from(row: Any, found: Sequence[tuple[str, str]]) -> Claim:
    """The claim of its row and of the readers that found it (the latest version is named)."""
    reader, evidence = max(found, key=_lateness) if len(found) > 1 else found[0]
    claim = Claim(
        document=DocumentId(row.document_id),
        start=row.start,
        end=row.end,
        quote=told(row.quote),
        reader=told(reader),
        stage=Stage(row.stage),
        subject=Subject(row.subject),
        supplier=_told(row.supplier),
        recipient=_told(row.recipient),
        item=_told(row.item),
        system=_told(row.system),
        quantity=None if row.quantity is None else Decimal(row.quantity),
        value=_money(row.value, row.value_currency, row.value_meaning),
        programme=_money(row.programme, row.programme_currency, row.programme_meaning),
        mode=None if row.mode is None else Mode(row.mode),
        second_hand=row.second_hand,
        modernised=row.modernised,
        polarity=Polarity(row.polarity),
        certainty=Certainty(row.certainty),
        speaker=told(row.speaker),
        speaker_kind=SpeakerKind(row.speaker_kind),
        date=None if row.date is None else _date(row.date),
        condition=_told(row.condition),
        anchors=() if row.anchors is None else _anchors_from(row.anchors),
        evidence=Decimal(evidence) if evidence else None,
    )
    object.__setattr__(claim, "_id", ClaimId(row.id))  # it was worked out when the row was written, and is dear
    return claim


@lru_cache(maxsize=16_384)
def _date(iso: str) -> DateInterval:
    return DateInterval(iso)


_OF_ANCHOR = attrgetter("field", "value", "start", "end", "quote", "how")


def anchors_json(anchors: Sequence[Anchor]) -> str:
    """Anchors as they are kept, in their order: JSON, as an encoder writes it."""
    told = "],[".join([f'"{a.field}","{a.value}",{a.start},{a.end},"{a.quote}","{a.how}"' for a in anchors])
    if told.isprintable() and "\\" not in told and told.count('"') == 8 * len(anchors):
        return f"[[{told}]]" if anchors else "[]"  # nothing to escape: half the time of the encoder
    return _json(list(map(_OF_ANCHOR, anchors)))


def _anchors_from(kept: str) -> tuple[Anchor, ...]:
    return tuple([Anchor(*fields) for fields in _from_json(kept)])


def _lateness(found: tuple[str, str]) -> tuple[int, str, Decimal, str]:
    """Orders readers of one claim by version (news/9 before news/10), then by points; the last one is named."""
    reader, evidence = found
    return len(reader), reader, Decimal(evidence or "-Infinity"), evidence


def _money_columns(money: Money | None) -> Row:
    if money is None:
        return None, None, None, None
    meaning = None if money.meaning is None else money.meaning.value
    return plain(money.amount), float(money.amount), stored(money.currency), meaning


def _money(amount: str | None, currency: str | None, meaning: str | None) -> Money | None:
    if amount is None or currency is None:
        return None
    return Money(Decimal(amount), told(currency), None if meaning is None else Meaning(meaning))


# -- statements and occurrences ---------------------------------------------------------------------------


def statement_row(statement: Statement, statement_id: str) -> Row:
    """The row of ``statement``: all slots but the reader."""
    return (
        statement_id,
        statement.document,
        statement.start,
        statement.end,
        stored(statement.quote),
        stored(statement.speaker),
        statement.speaker_kind.value,
        _stored(statement.speaks_for),
        stored(statement.verb),
        statement.topic.value,
        statement.polarity.value,
        _json(list(statement.parties)),
        _stored(statement.system),
        None if statement.date is None else statement.date.iso,
        anchors_json(statement.anchors),
    )


def party_rows(statement: Statement, statement_id: str) -> list[Row]:
    """The rows of ``statement_party``."""
    parties = {*statement.parties, *([statement.speaks_for] if statement.speaks_for else [])}
    return [(statement_id, stored(party)) for party in sorted(parties)]


def statement_from(row: Any, readers: Iterable[str]) -> Statement:
    """The statement of its row; of its readers the latest version is named."""
    return Statement(
        document=DocumentId(row.document_id),
        start=row.start,
        end=row.end,
        quote=told(row.quote),
        speaker=told(row.speaker),
        speaker_kind=SpeakerKind(row.speaker_kind),
        speaks_for=_told(row.speaks_for),
        verb=told(row.verb),
        topic=StatementTopic(row.topic),
        polarity=Polarity(row.polarity),
        parties=tuple(_from_json(row.parties)),
        system=_told(row.system),
        date=None if row.date is None else DateInterval(row.date),
        anchors=_anchors_from(row.anchors),
        reader=told(max(readers, key=lambda reader: (len(reader), reader))),
    )


def occurrence_row(occurrence: Occurrence, occurrence_id: str) -> Row:
    """The row of ``occurrence``."""
    return (
        occurrence_id,
        occurrence.document,
        occurrence.start,
        occurrence.end,
        stored(occurrence.quote),
        stored(occurrence.kind),
        occurrence.date.iso,
        occurrence.date.first.isoformat(),
        _json(list(occurrence.parties)),
        anchors_json(occurrence.anchors),
    )


def occurrence_from(row: Any) -> Occurrence:
    """The occurrence of its row."""
    return Occurrence(
        document=DocumentId(row.document_id),
        start=row.start,
        end=row.end,
        quote=told(row.quote),
        kind=told(row.kind),
        date=DateInterval(row.date),
        parties=tuple(_from_json(row.parties)),
        anchors=_anchors_from(row.anchors),
    )


# -- judgements -------------------------------------------------------------------------------------------


def judgement_row(judgement: Judgement) -> Row:
    """The row of ``judgement``."""
    said = (judgement.author, judgement.made, judgement.because)
    about = _json(list(judgement.about))
    return judgement.id, stored(judgement.verdict), about, *map(stored, said), _stored(judgement.undoes)


def judgement_from(row: Any) -> Judgement:
    """The judgement of a row of ``judgement``."""
    about = tuple(_from_json(row.about))
    return Judgement(told(row.verdict), about, told(row.author), told(row.made), told(row.because), _told(row.undoes))


# -- questions --------------------------------------------------------------------------------------------


def question_row(question: Question) -> Row:
    """The row of ``question``."""
    candidates = [[link.other, [[r.name, r.points, r.told] for r in link.reasons]] for link in question.candidates]
    told_ = {"because": question.because, "candidates": candidates}
    return question.id, stored(question.ground), question.claim, _json(told_)


def question_from(row: Any) -> Question:
    """The question of a row of ``question``."""
    kept, claim = _from_json(row.told), ClaimId(row.claim_id)
    candidates = (Link(claim, ClaimId(o), tuple(Reason(*reason) for reason in why)) for o, why in kept["candidates"])
    return Question(told(row.ground), claim, tuple(candidates), kept["because"])


# -- sketches ---------------------------------------------------------------------------------------------


def sketch_rows(document_id: str, sketch: str, bands: Iterable[str]) -> tuple[Row, list[Row]]:
    """The row of ``sketch`` and those of ``band``."""
    return (document_id, stored(sketch)), [(stored(one), document_id) for one in sorted(set(bands))]
