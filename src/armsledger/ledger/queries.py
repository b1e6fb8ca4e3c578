"""Questions to the ledger: each takes an open connection and gives values, streamed where there may be many.

Order never depends on the order of reading: claims come by date of publication (undated ones last), document id,
start, claim id; documents by date and id; deal keys by code point.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    TextClause,
    func,
    literal,
    select,
    text,
    tuple_,
)
from sqlalchemy.sql.functions import coalesce

from armsledger.errors import InputError, NotFound
from armsledger.model import Claim, Document, DocumentId, DocumentKind, Judgement, Question

from . import search
from .connect import stretches
from .filters import ClaimFilter
from .rows import UNPLACED, claim_from, document_from, judgement_from, question_from, stored, told
from .schema import (
    band,
    claim,
    document,
    form,
    found_by,
    judgement,
    placed,
    question,
    refusal,
    sighting,
    silence,
    sketch,
    stale,
)

_STRETCH = 500  # rows fetched, and ids asked for, at a time; far below every database's limit of parameters
_SHOWN = 10  # candidates named in an error

Condition: TypeAlias = ColumnElement[bool] | TextClause

_CLAIM_ORDER = (document.c.published_order, document.c.id, claim.c.start, claim.c.id)


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document without its text, and what is counted of it.

    ``claims`` counts those that the filter lets through; ``silences`` passages without a claim; ``refused`` claims
    that the gate refused; ``characters`` code points of the text. ``names`` are sorted. Where the document was got in
    several forms, ``kind``, ``language``, ``media_type`` and ``digest`` are those that ``Ledger.document`` gives.
    """

    id: str
    kind: DocumentKind
    title: str | None
    published: str | None
    publisher: str | None
    url: str | None
    language: str | None
    media_type: str
    digest: str
    characters: int
    names: tuple[str, ...]
    claims: int
    silences: int
    refused: int


@dataclass(frozen=True, slots=True)
class PublisherRow:
    """A publisher (None: not stated) and what came of it: ``telling`` documents have a claim, ``refused`` counts claims
    that the gate refused, ``newest`` is the latest date of publication, ``example`` the id of one of its documents.
    """

    publisher: str | None
    documents: int
    telling: int
    claims: int
    refused: int
    newest: str | None
    example: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a date filter left out because its document's date is unknown, or too vague to tell."""

    documents: int
    claims: int


@dataclass(frozen=True, slots=True)
class Counts:
    """What the whole ledger holds. ``undated`` documents have no date of publication that can be told.

    ``deals`` counts deal keys; ``silences`` passages without a claim by reason; ``refused`` claims that the gate
    refused.
    """

    documents: int
    undated: int
    claims: int
    deals: int
    judgements: int
    refused: int
    silences: dict[str, int]


# -- the filter in SQL ------------------------------------------------------------------------------------


def _where(connection: Connection, which: ClaimFilter, *tables: str) -> list[Condition]:
    """The given conditions on the named tables; ``_bound`` gives their parameters.

    Where words are asked for and the index of words leads to few claims, only these are looked at.
    """
    found: list[Condition] = [text(c.sql) for c, _ in which.given() if c.of in tables]
    if which.text is not None and "claim" in tables:
        ids = search.candidates(connection, which.text)
        if ids is not None:
            found.append(claim.c.id.in_(ids))
    return found


def _claims_with_documents(connection: Connection, which: ClaimFilter, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(claim.join(document, claim.c.document_id == document.c.id))
        .where(*_where(connection, which, "claim", "document"))
    )


# -- claims -----------------------------------------------------------------------------------------------


def claims(
    connection: Connection, which: ClaimFilter, limit: int | None = None, after: str | None = None
) -> Iterator[Claim]:
    """The claims that the filter lets through, whole, in order; with ``after`` those behind the claim of this id."""
    query = _claims_with_documents(connection, which, *claim.c).order_by(*_CLAIM_ORDER).limit(limit)
    if after is not None:
        query = query.where(*behind(_CLAIM_ORDER, place(connection, claim, after)))
    for rows in _stretches(connection, query, which.parameters()):
        yield from _whole_claims(connection, rows)


def place(connection: Connection, table: Table, wanted: str) -> tuple[Any, ...]:
    """Where a claim stands in the order: what ``_CLAIM_ORDER`` says of it; so of a statement. Raises NotFound."""
    query = select(document.c.published_order, document.c.id, table.c.start, table.c.id).select_from(
        table.join(document, table.c.document_id == document.c.id)
    )
    row = connection.execute(query.where(table.c.id == stored(wanted))).first()
    if row is None:
        raise NotFound(wanted, f"no {table.name} has this id", "begin again without it")
    return tuple(row)


def behind(order: Sequence[ColumnElement[Any]], at: Sequence[Any]) -> tuple[ColumnElement[bool], ...]:
    """What stands behind a place in an order. The first condition says nothing new, and an index serves it."""
    return order[0] >= at[0], tuple_(*order) > tuple_(*map(literal, at))


def _whole_claims(connection: Connection, rows: Sequence[Any]) -> Iterator[Claim]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    asked = select(found_by).where(found_by.c.claim_id.in_([row.id for row in rows]))
    for claim_id, reader, evidence in connection.execute(asked):
        found[claim_id].append((reader, evidence))
    for row in rows:
        yield claim_from(row, found[row.id])


def claims_named(connection: Connection, ids: Sequence[str]) -> Iterator[Claim]:
    """The claims of exactly these ids, by id."""
    for some in stretches(sorted(ids)):
        rows = connection.execute(select(claim).where(claim.c.id.in_(some)).order_by(claim.c.id)).all()
        yield from _whole_claims(connection, rows)


def one_claim(connection: Connection, prefix: str) -> Claim:
    """The claim whose id begins so. Raises NotFound, or InputError with the candidates."""
    starts = _begins(claim.c.id, prefix)
    rows = connection.execute(select(claim).where(starts).order_by(claim.c.id).limit(_SHOWN + 1)).all()
    if not rows:
        raise NotFound(prefix, "no claim has an id that begins so", "list claims with: armsledger claims")
    if len(rows) > 1:
        raise _ambiguous(prefix, "claims", [f"{row.id} (“{told(row.quote)[:40]}”)" for row in rows])
    return next(_whole_claims(connection, rows))


def _begins(column: ColumnElement[str], prefix: str) -> ColumnElement[bool]:
    # A range, not LIKE: SQLite's index serves it, and no character of the prefix has a meaning of its own. Ids are
    # hexadecimal, so "g" sorts after all that begin so.
    return (column >= stored(prefix)) & (column < stored(prefix) + "g")


def _ambiguous(wanted: str, what: str, candidates: Sequence[str]) -> InputError:
    more = " and more" if len(candidates) > _SHOWN else ""
    problem = f"stands for several {what}: {', '.join(candidates[:_SHOWN])}{more}"
    return InputError(wanted, problem, "give more of the id")


def claims_of(connection: Connection, wanted: Iterable[str], as_of: str | None) -> Iterator[tuple[str, list[Claim]]]:
    """For each key, in the order given, all its claims in order; keys without a claim by that date are left out."""
    yield from _together(connection, wanted, placed.c.key, as_of)


def claims_under(connection: Connection, wanted: Iterable[str], as_of: str | None) -> Iterator[tuple[str, list[Claim]]]:
    """The same by own keys: the claims that have this number themselves."""
    yield from _together(connection, wanted, placed.c.own_key, as_of)


def claims_in(connection: Connection, grounds: Iterable[str]) -> Iterator[tuple[str, list[Claim]]]:
    """The same by grounds."""
    yield from _together(connection, grounds, placed.c.ground, None)


def _together(
    connection: Connection, wanted: Iterable[str], by: ColumnElement[str], as_of: str | None
) -> Iterator[tuple[str, list[Claim]]]:
    which = ClaimFilter(as_of=as_of)
    query = _claims_with_documents(connection, which, *claim.c, by.label("wanted"))
    query = query.join(placed, placed.c.claim_id == claim.c.id).order_by(*_CLAIM_ORDER)
    remaining = iter(wanted)
    while some := list(islice(remaining, _STRETCH)):
        asked = query.where(by.in_({stored(key) for key in some}))
        together: dict[str, list[Claim]] = defaultdict(list)
        for rows in _stretches(connection, asked, which.parameters()):
            for row, whole in zip(rows, _whole_claims(connection, rows), strict=True):
                together[told(row.wanted)].append(whole)
        yield from ((key, together[key]) for key in some if key in together)


def questions(
    connection: Connection, which: ClaimFilter, limit: int | None, after: tuple[str, str] | None = None
) -> Iterator[Question]:
    """The open questions about claims that the filter lets through, in the order of the claims, then by id.

    ``after`` is a claim and the id of a question about it, which need not be open any more.
    """
    query = _claims_with_documents(connection, which, question).join(question, question.c.claim_id == claim.c.id)
    query = query.order_by(*_CLAIM_ORDER, question.c.id).limit(limit)
    if after is not None:
        at = (*place(connection, claim, after[0]), stored(after[1]))
        query = query.where(*behind((*_CLAIM_ORDER, question.c.id), at))
    for rows in _stretches(connection, query, which.parameters()):
        yield from (question_from(row) for row in rows)


def unsettled(connection: Connection) -> int:
    """How many grounds are still to be settled."""
    return int(connection.execute(select(func.count()).select_from(stale)).scalar_one())


def outdated(connection: Connection) -> bool:
    """Whether all grounds are to be settled anew, and their claims placed again."""
    return connection.execute(select(stale.c.ground).where(stale.c.ground == UNPLACED)).first() is not None


# -- documents --------------------------------------------------------------------------------------------


def documents(
    connection: Connection, which: ClaimFilter, ids: Sequence[str] | None = None, after: str | None = None
) -> Iterator[DocumentRow]:
    """The documents that the filter lets through: with a condition on claims, those that have such a claim.

    With ``ids``, only those of them; with ``after`` those behind the document of this id.
    """
    on_claims = _where(connection, which, "claim")
    counted = select(func.count().label("n")).where(*on_claims)
    other = form.alias("other")
    shown = select(func.min(other.c.id)).where(other.c.document_id == document.c.id).correlate(document)
    columns = [column for column in document.c if column.name != "text"]
    sums = [_sum_of(silence).label("silences"), _sum_of(refusal).label("refused")]
    query = (
        select(*columns, form.c.kind, form.c.language, form.c.media_type, form.c.digest, *sums)
        .join_from(document, form, (form.c.document_id == document.c.id) & (form.c.id == shown.scalar_subquery()))
        .where(*_where(connection, which, "document"))
        .order_by(document.c.published_order, document.c.id)
    )
    if on_claims:  # few claims lead to few documents
        hits = counted.add_columns(claim.c.document_id).group_by(claim.c.document_id).subquery("hits")
        query = query.add_columns(hits.c.n).join(hits, hits.c.document_id == document.c.id)
    else:  # each document counts its own when its turn comes
        own = counted.select_from(claim).where(claim.c.document_id == document.c.id).correlate(document)
        query = query.add_columns(own.scalar_subquery().label("n"))
    if ids is not None:
        query = query.where(document.c.id.in_(ids))
    if after is not None:
        query = query.where(*behind((document.c.published_order, document.c.id), _place_of_document(connection, after)))
    for rows in _stretches(connection, query, which.parameters()):
        yield from _document_rows(connection, rows)


def _sum_of(table: Table) -> ColumnElement[int]:
    counted = select(coalesce(func.sum(table.c["count"]), literal(0))).where(table.c.document_id == document.c.id)
    return counted.correlate(document).scalar_subquery()


def _place_of_document(connection: Connection, wanted: str) -> tuple[Any, ...]:
    row = connection.execute(
        select(document.c.published_order, document.c.id).where(document.c.id == stored(wanted))
    ).first()
    if row is None:
        raise NotFound(wanted, "no document has this id", "begin again without it")
    return tuple(row)


def newest(connection: Connection, limit: int, skip: int) -> Iterator[DocumentRow]:
    """The documents from the newest on, undated ones last; ``skip`` are left out first."""
    order = document.c.published_order
    dated = select(document.c.id).where(order < "~").order_by(order.desc(), document.c.id.desc())
    ids = list(connection.scalars(dated.limit(limit).offset(skip)))
    if len(ids) < limit:
        count = connection.execute(select(func.count()).select_from(document).where(order < "~")).scalar_one()
        undated = select(document.c.id).where(order >= "~").order_by(document.c.id.desc())
        ids += connection.scalars(undated.limit(limit - len(ids)).offset(max(0, skip - count)))
    rows = {row.id: row for row in documents_named(connection, ids)}
    yield from (rows[key] for key in ids)


def documents_named(connection: Connection, ids: Iterable[str]) -> Iterator[DocumentRow]:
    """The documents of exactly these ids."""
    for some in stretches(sorted({stored(one) for one in ids})):
        yield from documents(connection, ClaimFilter(), some)


def publishers(connection: Connection) -> Iterator[PublisherRow]:
    """Every publisher with what came of it, those of most documents first, then by name."""
    own = document.c.publisher
    held = select(own, func.count(), func.max(document.c.published), func.min(document.c.id)).group_by(own)
    said = claim.join(document, claim.c.document_id == document.c.id)
    claims_ = select(own, func.count(), func.count(claim.c.document_id.distinct())).select_from(said).group_by(own)
    gone = refusal.join(document, refusal.c.document_id == document.c.id)
    refused = select(own, func.sum(refusal.c["count"])).select_from(gone).group_by(own)
    told_ = {name: (n, documents_) for name, n, documents_ in connection.execute(claims_)}
    lost = {name: int(n) for name, n in connection.execute(refused)}
    for name, n, newest_, example in sorted(connection.execute(held), key=lambda row: (-row[1], row[0] or "")):
        count, telling = told_.get(name, (0, 0))
        known = None if name is None else told(name)
        yield PublisherRow(known, n, telling, count, lost.get(name, 0), newest_ and told(newest_), example)


def published(connection: Connection, ids: Iterable[str]) -> dict[DocumentId, str | None]:
    """When each of the documents was published; None where that is unknown."""
    found: dict[DocumentId, str | None] = {}
    for some in stretches(sorted({stored(one) for one in ids})):
        for key, date in connection.execute(select(document.c.id, document.c.published).where(document.c.id.in_(some))):
            found[DocumentId(key)] = None if date is None else told(date)
    return found


def sketches(connection: Connection, ids: Iterable[str]) -> dict[DocumentId, str]:
    """The sketches of those of the documents that have one."""
    found: dict[DocumentId, str] = {}
    for some in stretches(sorted({stored(one) for one in ids})):
        for key, kept in connection.execute(select(sketch).where(sketch.c.document_id.in_(some))):
            found[DocumentId(key)] = told(kept)
    return found


def alike(connection: Connection, bands: Iterable[str]) -> tuple[DocumentId, ...]:
    """The ids of the documents that have any of the bands, sorted."""
    found: set[str] = set()
    for some in stretches(sorted({stored(one) for one in bands})):
        found.update(connection.scalars(select(band.c.document_id).where(band.c.band.in_(some))))
    return tuple(map(DocumentId, sorted(found)))


def _document_rows(connection: Connection, rows: Sequence[Any]) -> Iterator[DocumentRow]:
    ids = [row.id for row in rows]
    names: dict[str, list[str]] = defaultdict(list)
    query = select(sighting.c.document_id, sighting.c.name).where(sighting.c.document_id.in_(ids)).distinct()
    for document_id, name in connection.execute(query):
        names[document_id].append(told(name))
    for row in rows:
        optional = (row.title, row.published, row.publisher, row.url, row.language)
        title, published, publisher, url, language = (None if value is None else told(value) for value in optional)
        yield DocumentRow(
            id=row.id,
            kind=DocumentKind(row.kind),
            title=title,
            published=published,
            publisher=publisher,
            url=url,
            language=language,
            media_type=told(row.media_type),
            digest=told(row.digest),
            characters=row.characters,
            names=tuple(sorted(names[row.id])),
            claims=row.n,
            silences=int(row.silences),
            refused=int(row.refused),
        )


def one_document(connection: Connection, wanted: str) -> Document:
    """The document of that id, of that name, or whose id begins so, in this order. Raises as ``one_claim`` does.

    Of several forms that of the least id is given, of several names in that form the first.
    """
    tiers: tuple[tuple[str | None, ColumnElement[bool]], ...] = (
        (None, document.c.id == stored(wanted)),
        (wanted, document.c.id.in_(select(sighting.c.document_id).where(sighting.c.name == stored(wanted)))),
        (None, _begins(document.c.id, wanted)),
    )
    for name, condition in tiers:
        query = select(document.c.id, document.c.title, document.c.published).where(condition).order_by(document.c.id)
        rows = connection.execute(query.limit(_SHOWN + 1)).all()
        if len(rows) > 1:
            shown = [f"{row.id} ({row.published or 'undated'}, “{told(row.title or '')[:40]}”)" for row in rows]
            raise _ambiguous(wanted, "documents", shown)
        if rows:
            return whole_document(connection, rows[0].id, name)
    raise NotFound(wanted, "no document has this id or name", "list documents with: armsledger documents")


def whole_document(connection: Connection, document_id: str, name: str | None = None) -> Document:
    """The document of exactly this id, in the least of its forms, or in that it has under a name."""
    seen = select(sighting).where(sighting.c.document_id == document_id)
    if name is not None:
        seen = seen.where(sighting.c.name == stored(name))
    sight = connection.execute(seen.order_by(sighting.c.form_id, sighting.c.name).limit(1)).one()
    got = select(form).where(form.c.document_id == document_id, form.c.id == sight.form_id)
    kept = connection.execute(select(document).where(document.c.id == document_id)).one()
    return document_from(kept, connection.execute(got).one(), sight.name)


# -- counts -----------------------------------------------------------------------------------------------


def counts(connection: Connection) -> Counts:
    """What the whole ledger holds."""
    documents_, undated, claims_, deals, judgements_, refused = (
        connection.execute(query).scalar_one()
        for query in (
            select(func.count()).select_from(document),
            select(func.count()).select_from(document).where(document.c.published_first.is_(None)),
            select(func.count()).select_from(claim),
            select(func.count(placed.c.key.distinct())),
            select(func.count()).select_from(judgement),
            select(coalesce(func.sum(refusal.c["count"]), literal(0))),
        )
    )
    by_reason = select(silence.c.reason, func.sum(silence.c["count"])).group_by(silence.c.reason)
    silences = {told(reason): int(n) for reason, n in connection.execute(by_reason.order_by(silence.c.reason))}
    return Counts(documents_, undated, claims_, deals, judgements_, int(refused), silences)


def left_out(connection: Connection, which: ClaimFilter) -> LeftOut:
    """What would pass all other conditions and may have been published within the dates, but not certainly."""
    dated = [condition for condition, _ in which.given() if condition.possible]
    if not dated:
        return LeftOut(0, 0)
    certain = " AND ".join(condition.sql for condition in dated)
    possible = " AND ".join(condition.possible for condition in dated)
    vague = text(f"(document.published_first IS NULL OR ({possible} AND NOT ({certain})))")
    others = [
        text(condition.sql) for condition, _ in which.given() if not condition.possible and condition.of == "document"
    ]
    on_claims = _where(connection, which, "claim")
    joined = document.join(claim, claim.c.document_id == document.c.id, isouter=not on_claims)
    query = (
        select(func.count(document.c.id.distinct()), func.count(claim.c.id))
        .select_from(joined)
        .where(vague, *others, *on_claims)
    )
    row = connection.execute(query, which.parameters()).one()
    return LeftOut(documents=row[0], claims=row[1])


def judgements(connection: Connection) -> Iterator[Judgement]:
    """All judgements, by the date that their authors gave, then by id."""
    for rows in _stretches(connection, select(judgement).order_by(judgement.c.made, judgement.c.id), {}):
        yield from (judgement_from(row) for row in rows)


def _stretches(connection: Connection, query: Select[Any], parameters: dict[str, Any]) -> Iterator[Sequence[Any]]:
    result = connection.execute(query, parameters, execution_options={"yield_per": _STRETCH})
    try:
        yield from result.partitions(_STRETCH)
    finally:
        result.close()  # at once where a stream is left: PostgreSQL keeps a cursor for it
