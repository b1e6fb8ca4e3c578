"""The HTTP API, version 1: JSON over the same values as the pages; one error shape, cursors, ``as_of`` everywhere.

Answers are made of the values that the command line prints, and are the same bytes for the same ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from armsledger.errors import InputError, NotFound
from armsledger.ledger import ClaimFilter
from armsledger.model import DateInterval, DocumentId
from armsledger.views import api_models as out
from armsledger.views.api_analyses import analyses
from armsledger.views.api_asking import (
    AsOf,
    Changes,
    Filters,
    Judgements,
    Listing,
    OnePage,
    Sides,
    StatementFilters,
    answer,
    behind,
    claim_filter_of,
    cursor_of,
    left_out,
    listed,
    place_in,
    statement_filter_of,
    table,
    wants_csv,
)
from armsledger.views.api_errors import ERRORS
from armsledger.views.api_writing import writing

if TYPE_CHECKING:
    from armsledger.ledger import DocumentRow, Ledger
    from armsledger.views.told_deals import ToldDeal

Wanted = Annotated[str, Path(min_length=1, max_length=200, description="An id, or how it begins.")]
_CSV: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": {"schema": {"type": "string"}}}, "description": "A page of the list."}
}
_LEAST = 50  # deals that are looked at together

api = APIRouter(prefix="/api/v1", tags=["ledger"], responses=ERRORS)


def _book(request: Request) -> Ledger:
    book: Ledger = request.app.state.serving.ledger
    return book


# -- deals ------------------------------------------------------------------------------------------------


@api.get("/deals", response_model=out.DealPage, responses=_CSV)
def deals(request: Request, asked: Annotated[Filters, Query()]) -> Response:
    """Deals with a claim that fits, each whole, by key. As CSV: a row for each value and each place that carries it."""
    from armsledger.views.rows import COLUMNS, deal_rows
    from armsledger.views.told_deals import documents_of

    book, which = _book(request), claim_filter_of(asked)
    page = deal_page(book, which, asked)
    request.app.state.serving.seen(told.deal.key for told in page.items)
    if wants_csv(request, asked):
        rows = book.documents_named(documents_of(page.items))
        return table(request, COLUMNS["deals"], (r for told in page.items for r in deal_rows(told, rows)), page)
    return listed(which.sentence(), page, _deal_lines(page.items), left_out=left_out(book, which, asked))


def deal_page(book: Ledger, which: ClaimFilter, asked: Listing) -> OnePage[ToldDeal]:
    """One page of deals. A cursor is a key, so that deals that come meanwhile shift nothing."""
    place = behind("deals", asked.cursor)
    found = list(islice(_deals_after(book, which, place, asked.limit), asked.limit + 1))
    return OnePage.of(found, asked.limit, lambda told: cursor_of("deals", told.deal.key))


def _deals_after(book: Ledger, which: ClaimFilter, key: str | None, limit: int) -> Iterator[ToldDeal]:
    from armsledger.views.told_deals import told_by_key

    keys = book.keys(which, key)
    while some := list(islice(keys, max(limit + 1, _LEAST))):
        for told in told_by_key(book, some, which.as_of):
            if told.stands_at(which.stage):
                yield told


def _deal_lines(found: Iterable[ToldDeal]) -> Iterator[dict[str, Any]]:
    from armsledger.views.deals import deal_line

    return map(deal_line, found)


@api.get("/deals/{wanted}", response_model=out.DealWhole)
def deal(request: Request, wanted: Wanted, asked: Annotated[AsOf, Query()]) -> Response:
    """One deal by its id or an official number: status, life, fields with their words, disputes, origins, timeline."""
    from armsledger.views.show import find
    from armsledger.views.told_deals import told_by_key
    from armsledger.views.whole_deal import whole_deal
    from armsledger.views.whole_line import whole_deal_line

    book, when = _book(request), claim_filter_of(asked).as_of
    known = request.app.state.serving.key_of(wanted)
    found = list(told_by_key(book, [known], when)) if known else find(book, wanted, None, when)
    if len(found) > 1:
        raise InputError(wanted, f"stands for {len(found)} deals: {', '.join(t.deal.id for t in found[:10])}")
    if not found:
        raise NotFound(wanted, f"no such deal is known{f' by {when}' if when else ''}", "list them: /api/v1/deals")
    return answer(whole_deal_line(book, whole_deal(book, found[0], when), request.app.state.serving.grades))


# -- claims and statements --------------------------------------------------------------------------------


@api.get("/claims", response_model=out.ClaimPage, responses=_CSV)
def claims(request: Request, asked: Annotated[Filters, Query()]) -> Response:
    """Claims that fit, by date of publication, document, start and id."""
    from armsledger.views.one_claim import claim_line
    from armsledger.views.rows import COLUMNS, claim_row

    book, which, place = _book(request), claim_filter_of(asked), behind("claims", asked.cursor)
    found = list(book.claims(which, asked.limit + 1, place))
    page = OnePage.of(found, asked.limit, lambda claim: cursor_of("claims", claim.id))
    rows = book.documents_named({c.document for c in page.items})
    if wants_csv(request, asked):
        return table(request, COLUMNS["claims"], (claim_row(c, rows[c.document]) for c in page.items), page)
    lines = (claim_line(c, rows[c.document]) for c in page.items)
    return listed(which.sentence(), page, lines, left_out=left_out(book, which, asked))


@api.get("/claims/{wanted}", response_model=out.ClaimLine)
def claim(request: Request, wanted: Wanted, asked: Annotated[AsOf, Query()]) -> Response:
    """One claim with the words of each of its fields."""
    from armsledger.views.one_claim import claim_line

    book = _book(request)
    found = book.claim(wanted.lower())
    return answer(claim_line(found, _known_by(book, found.document, claim_filter_of(asked).as_of, wanted)))


def _known_by(book: Ledger, document: str, when: str | None, wanted: str) -> DocumentRow:
    """The row of a document. Raises NotFound where it was not certainly published by a day."""
    row = next(book.documents(ClaimFilter(document=document, as_of=when)), None)
    if row is None:
        raise NotFound(wanted, f"was not certainly published by {when}", "ask for a later date")
    return row


@api.get("/statements", response_model=out.StatementPage, responses=_CSV)
def statements(request: Request, asked: Annotated[StatementFilters, Query()]) -> Response:
    """What parties say about disputed matters, by date of publication."""
    from armsledger.views.evidence import Evidence, provenance
    from armsledger.views.one_claim import document_told
    from armsledger.views.reading import statement_of
    from armsledger.views.statements import COLUMNS

    book, which, place = _book(request), statement_filter_of(asked), behind("statements", asked.cursor)
    found = list(book.statements(which, asked.limit + 1, place))
    page = OnePage.of(found, asked.limit, lambda one: cursor_of("statements", one.id))
    rows = book.documents_named({s.document for s in page.items})
    lines = [{**statement_of(s), "document": document_told(rows[s.document])} for s in page.items]
    if wants_csv(request, asked):
        words = [Evidence("", s.document, s.start, s.end, s.quote, "") for s in page.items]
        flat = (
            {**line, "statement": line["id"], "parties": " ".join(line["parties"])}
            | provenance(w, rows[DocumentId(w.document)])
            for line, w in zip(lines, words, strict=True)
        )
        columns = tuple(name for name in COLUMNS if name not in ("matter", "contested"))
        return table(request, columns, flat, page)
    return listed(which.sentence(), page, lines)


# -- documents --------------------------------------------------------------------------------------------


@api.get("/documents", response_model=out.DocumentPage, responses=_CSV)
def documents(request: Request, asked: Annotated[Filters, Query()]) -> Response:
    """Documents that fit, without their text, by date of publication and id."""
    from armsledger.views.documents import document_line
    from armsledger.views.rows import COLUMNS, document_row

    book, which, place = _book(request), claim_filter_of(asked), behind("documents", asked.cursor)
    found = list(islice(book.documents(which, place), asked.limit + 1))
    page = OnePage.of(found, asked.limit, lambda row: cursor_of("documents", row.id))
    if wants_csv(request, asked):
        return table(request, COLUMNS["documents"], map(document_row, page.items), page)
    grades = request.app.state.serving.grades
    lines = (document_line(row, grades) for row in page.items)
    return listed(which.sentence(), page, lines, left_out=left_out(book, which, asked))


@api.get("/documents/{wanted}", response_model=out.DocumentWhole)
def document(request: Request, wanted: Wanted, asked: Annotated[AsOf, Query()]) -> Response:
    """One document with its text, and the ids of its claims."""
    from armsledger.views.documents import document_line

    book = _book(request)
    found = book.document(wanted)
    row = _known_by(book, found.id, claim_filter_of(asked).as_of, wanted)
    more = {
        "text": found.text,
        "sections": [{"kind": s.kind, "start": s.start, "end": s.end} for s in found.sections],
        "skipped": [{"kind": s.reason, "start": s.start, "end": s.end} for s in found.skipped],
        "claim_ids": [c.id for c in book.claims(ClaimFilter(document=found.id))],
    }
    return answer({**document_line(row, request.app.state.serving.grades), **more})


# -- chains, changes --------------------------------------------------------------------------------------


@api.get("/chains", response_model=out.ChainPage, responses=_CSV)
def chains(request: Request, asked: Annotated[Filters, Query()]) -> Response:
    """Transfers of one item that follow each other. As CSV: a row for each claim of each leg."""
    from armsledger.views.api_tables import CHAIN, chain_rows
    from armsledger.views.chains import chain_line, chains_of
    from armsledger.views.life import origins_among

    book, which, place = _book(request), claim_filter_of(asked), place_in("chains", asked.cursor)
    every = sorted(chains_of(book, which), key=lambda chain: chain.id)
    found = [chain for chain in every if place is None or chain.id > place[0]]
    page = OnePage.of(found, asked.limit, lambda chain: cursor_of("chains", chain.id))
    told = [[t.claim for leg in chain.legs for t in leg.told] for chain in page.items]
    rows = book.documents_named({c.document for some in told for c in some})
    pairs = zip(page.items, told, strict=True)
    lines = [chain_line(chain, rows, origins_among(book, some)) for chain, some in pairs]
    if wants_csv(request, asked):
        return table(request, CHAIN, chain_rows(lines), page)
    return listed(which.sentence(), page, lines, left_out=left_out(book, which, asked))


@api.get("/changes", response_model=out.ChangePage, responses=_CSV)
def changes(request: Request, asked: Annotated[Changes, Query()]) -> Response:
    """What came after ``since`` and until ``as_of``, deal by deal, by key. ``limit`` counts deals that are told of."""
    from armsledger.views.api_tables import CHANGE, change_rows
    from armsledger.views.diff import change_line, changed

    sides = Sides(**asked.model_dump(exclude={"since"}))
    book, which, place = _book(request), claim_filter_of(sides), behind("changes", asked.cursor)
    _turned(asked.since, which.as_of)
    every = changed(book, which, None, asked.since, place)
    page = OnePage.of(list(islice(every, asked.limit + 1)), asked.limit, lambda one: cursor_of("changes", one.deal.key))
    rows = book.documents_named({d for one in page.items for change in one.changes for d in change.documents})
    lines = [change_line(one, c, asked.since, which.as_of, rows) for one in page.items for c in one.changes]
    if wants_csv(request, asked):
        return table(request, CHANGE, change_rows(lines), page)
    sentence = f"what changed after {asked.since} in deals that rest on {which.sentence()}"
    return listed(sentence, page, lines, left_out=left_out(book, which, asked))


def _turned(since: str, until: str | None) -> None:
    """Raises InputError where a day is none, or the later one comes first."""
    try:
        earlier = DateInterval(since).after
    except (ValueError, OverflowError) as problem:
        raise InputError("since", str(problem)) from problem
    if until is not None and earlier > DateInterval(until).after:
        raise InputError("since", f"{since} is after {until}", "give the earlier day first")


# -- questions and judgements -----------------------------------------------------------------------------


@api.get("/questions", response_model=out.QuestionPage, responses=_CSV)
def questions(request: Request, asked: Annotated[Filters, Query()]) -> Response:
    """What the rules cannot decide. As CSV: a row for each candidate."""
    from armsledger.views.api_tables import QUESTION, question_rows
    from armsledger.views.review import asked_of, question_line

    book, which, place = _book(request), claim_filter_of(asked), place_in("questions", asked.cursor, 2)
    found = list(book.questions(which, asked.limit + 1, None if place is None else (place[0], place[1])))
    page = OnePage.of(found, asked.limit, lambda one: cursor_of("questions", one.claim, one.id))
    lines = [question_line(asked_of(book, one)) for one in page.items]
    if wants_csv(request, asked):
        return table(request, QUESTION, question_rows(lines), page)
    return listed(which.sentence(), page, lines, left_out=left_out(book, which, asked))


@api.get("/judgements", response_model=out.JudgementPage, responses=_CSV)
def judgements(request: Request, asked: Annotated[Judgements, Query()]) -> Response:
    """Decisions of analysts by the day that their authors gave, those that were undone included."""
    from armsledger.deals.judgements import standing
    from armsledger.views.api_tables import JUDGEMENT, judgement_rows
    from armsledger.views.judgements import judgement_line

    place = place_in("judgements", asked.cursor, 2)
    which = claim_filter_of(AsOf(as_of=asked.as_of))
    before = DateInterval(which.as_of).after.isoformat() if which.as_of else None
    every = [j for j in _book(request).judgements() if before is None or j.made < before]
    holds = {one.id for one in standing(every)}
    behind = (j for j in every if place is None or (j.made, j.id) > place)
    found = [j for j in behind if j.id in holds or not asked.standing]
    page = OnePage.of(found, asked.limit, lambda one: cursor_of("judgements", one.made, one.id))
    lines = [judgement_line(one, one.id in holds) for one in page.items]
    if wants_csv(request, asked):
        return table(request, JUDGEMENT, judgement_rows(lines), page)
    sentence = ("standing " if asked.standing else "all ") + "judgements"
    return listed(sentence + (f", as of {which.as_of}" if which.as_of else ""), page, lines)


# -- systems and parties ----------------------------------------------------------------------------------


@api.get("/systems/{wanted}", response_model=out.SystemWhole)
def system(request: Request, wanted: Wanted, asked: Annotated[AsOf, Query()]) -> Response:
    """A system of the lexicon, by id or name, and the first deals that move it: the rest is at /deals?system=ID."""
    from armsledger.lexicon.matcher import lexicon
    from armsledger.views.names import system_named

    try:
        known = system_named(wanted)
    except InputError as error:
        raise NotFound(wanted, error.problem, error.advice) from None
    entry = next(s for s in lexicon().systems if s.id == known)
    told = {
        "id": entry.id,
        "name": entry.name,
        "type": entry.type,
        "register": entry.register,
        "maker": entry.maker,
        "origin": list(entry.origin),
        "names": list(entry.names),
        "variants": [variant.name for variant in entry.variants],
        "source": entry.source,
    }
    which = ClaimFilter(system=known, as_of=claim_filter_of(asked).as_of)
    return answer({"system": told, "as_of": which.as_of, "deals": _first_deals(_book(request), which)})


def _first_deals(book: Ledger, which: ClaimFilter) -> dict[str, Any]:
    """The first page of a list of deals, as the list itself gives it."""
    asked = Listing()
    page = deal_page(book, which, asked)
    head = {"asked": which.sentence(), "next": page.next, "left_out": left_out(book, which, asked)}
    return {**head, "items": list(_deal_lines(page.items))}


@api.get("/parties/{code}", response_model=out.PartyWhole)
def party(
    request: Request,
    code: Annotated[str, Path(min_length=1, max_length=100, description="A code or a name.")],
    asked: Annotated[AsOf, Query()],
) -> Response:
    """A party, and the first deals in which it supplies and in which it receives."""
    from armsledger.lexicon.matcher import lexicon
    from armsledger.views.names import party_named

    book, when = _book(request), claim_filter_of(asked).as_of
    try:
        known = party_named(code, "party")
    except InputError as error:
        if next(book.claims(ClaimFilter(party=code), 1), None) is None:
            raise NotFound(code, error.problem, error.advice) from None
        known = code  # a party that documents name and the lexicon does not
    entry = next((p for p in lexicon().parties if p.code == known), None)
    told = entry and {
        "code": entry.code,
        "name": entry.name,
        "kind": entry.kind,
        "official": entry.official,
        "source": entry.source,
    }
    return answer(
        {
            "code": known,
            "party": told,
            "as_of": when,
            "supplied": _first_deals(book, ClaimFilter(supplier=known, as_of=when)),
            "received": _first_deals(book, ClaimFilter(recipient=known, as_of=when)),
        }
    )


api.include_router(analyses)
api.include_router(writing)
