"""The pages over the whole ledger: overview, documents, parties, pairs, systems, search, sources."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from armsledger.ledger import ClaimFilter
from armsledger.model import DocumentId
from armsledger.views.page_frame import DEALS, ROWS, as_of, ledger_of, page_number, render, serving_of, stamped
from armsledger.views.page_review import proof
from armsledger.views.page_rows import DealRow, gathered, page_of_rows, rows_by_key
from armsledger.views.page_values import marked_parts, window

if TYPE_CHECKING:
    from armsledger.ledger import DocumentRow, Ledger, PublisherRow
    from armsledger.views.http import Serving
    from armsledger.views.publishers import Grades, Publisher

pages = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

NEW = 10  # documents that the overview shows
_ID = re.compile("[0-9a-f]{24}")  # of a document
_NUMBER = re.compile(r"(?=.*\d)[A-Za-z0-9][A-Za-z0-9-]{3,24}")  # of a deal: a transmittal, a contract, an id
CHARACTERS = 60_000  # of a document on one page


# -- overview ---------------------------------------------------------------------------------------------


@pages.get("/")
def overview(request: Request) -> HTMLResponse:
    """What the ledger holds, what is new, what is contested, which review periods run."""
    serving = serving_of(request)
    book, today = serving.ledger, datetime.now(UTC).date()
    newest = book.newest(NEW)
    deals = _rows_of(serving, newest)
    return render(
        request,
        "overview.html",
        counts=serving.kept("counts", book.counts),
        newest=newest,
        deals=gathered(deals),
        contested=[row for row in deals if row.contested],
        periods=[p for p in serving.kept("periods", lambda: _periods(book, today)) if p.runs_on(today)],
        today=today,
        questions=serving.kept("questions", lambda: sum(1 for _ in book.questions(limit=ROWS))),
    )


def _rows_of(serving: Serving, documents: tuple[DocumentRow, ...]) -> list[DealRow]:
    """The deals that these documents speak of, in the order of the documents."""
    keys = serving.ledger.keys_in(row.id for row in documents)
    every = dict.fromkeys(key for row in documents for key in keys.get(row.id, ()))
    return rows_by_key(serving, islice(every, 2 * DEALS), None)


def _periods(book: Ledger, today: date) -> list[Any]:
    from armsledger.deals.review_periods import LONGEST, review_periods

    since = date.fromordinal(today.toordinal() - LONGEST - 5)
    return list(review_periods(book.claims(ClaimFilter(kind="notice", since=since.isoformat()))))


# -- documents and claims ---------------------------------------------------------------------------------


@pages.get("/documents")
def documents(request: Request) -> HTMLResponse:
    """Documents, the newest first."""
    serving, page = serving_of(request), page_number(request)
    rows = serving.ledger.newest(ROWS + 1, (page - 1) * ROWS)
    counts = serving.kept("counts", serving.ledger.counts)
    return render(request, "documents.html", rows=rows[:ROWS], count=counts.documents, page=page, more=len(rows) > ROWS)


@pages.get("/documents/{wanted}")
def document(request: Request, wanted: str) -> Response:
    """The text of a document with the words of all its claims marked."""
    with ledger_of(request).at_once() as book:
        stamp = book.stamp_of_document(wanted) if _ID.fullmatch(wanted) else None
        return stamped(request, stamp, lambda: (_document(request, book, wanted), True))


def _document(request: Request, book: Ledger, wanted: str) -> HTMLResponse:
    from armsledger.deals.judgements import rejected, standing

    found = book.document(wanted)
    claims = list(book.claims(ClaimFilter(document=found.id)))
    chosen = request.query_params.get("claim")
    start, end, page = window(len(found.text), claims, chosen, page_number(request), CHARACTERS)
    row = book.documents_named([found.id])[found.id]
    return render(
        request, "document.html", document=found, row=row, claims=[c for c in claims if start <= c.start < end],
        parts=marked_parts(found.text, claims, start, end), chosen=chosen, page=page,
        pages=max(1, -(-len(found.text) // CHARACTERS)), every=len(claims), deals=_deals_in(request, book, found.id),
        publisher=serving_of(request).grades.of(row), rejected=rejected(standing(book.judgements())),
        proof=proof(request),
    )  # fmt: skip


def _deals_in(request: Request, book: Ledger, document: str) -> dict[str, str]:
    """The deal of each claim of a document, by the claim's id."""
    from armsledger.deals import deal_id

    keys = book.keys_of_claims(document)
    serving_of(request).seen(keys.values())
    return {claim: str(deal_id(key)) for claim, key in keys.items()}


@pages.get("/claims/{wanted}")
def claim(request: Request, wanted: str) -> Response:
    """A claim is shown in its document."""
    found = ledger_of(request).claim(wanted)
    return RedirectResponse(f"/documents/{found.document}?claim={found.id}#c-{found.id}", 303)


# -- parties and systems ----------------------------------------------------------------------------------


def _some(request: Request, **asked: str) -> list[DealRow]:
    """The first deals of a question, as of the date of the page."""
    return page_of_rows(serving_of(request), ClaimFilter(**asked, as_of=as_of(request)), 0, DEALS)[0]


@pages.get("/parties/{code}")
def party(request: Request, code: str) -> HTMLResponse:
    """What a party supplies and receives."""
    from armsledger.views.names import party_named

    known = party_named(code, "party")
    supplied, received = _some(request, supplier=known), _some(request, recipient=known)
    return render(request, "party.html", code=known, supplied=supplied, received=received, most=DEALS)


@pages.get("/pairs/{supplier}/{recipient}")
def pair(request: Request, supplier: str, recipient: str) -> HTMLResponse:
    """What one party supplies to another."""
    from armsledger.views.names import party_named

    sides = party_named(supplier, "supplier"), party_named(recipient, "recipient")
    found = _some(request, supplier=sides[0], recipient=sides[1])
    return render(request, "pair.html", supplier=sides[0], recipient=sides[1], deals=found, most=DEALS)


@pages.get("/systems/{wanted}")
def system(request: Request, wanted: str) -> HTMLResponse:
    """Deals that move a system."""
    from armsledger.lexicon.matcher import lexicon
    from armsledger.views.names import system_named

    known = system_named(wanted, "system")
    entry = next(s for s in lexicon().systems if s.id == known)
    return render(request, "system.html", entry=entry, deals=_some(request, system=known), most=DEALS)


# -- search -----------------------------------------------------------------------------------------------


@pages.get("/search")
def search(request: Request) -> HTMLResponse:
    """The deals of a number, and claims whose words have all the words that are asked for, with their deals."""
    serving, asked, when = serving_of(request), request.query_params.get("q", "").strip()[:200], as_of(request)
    book = serving.ledger
    found = list(book.claims(ClaimFilter(text=asked, as_of=when), limit=ROWS + 1)) if asked else []
    keys = book.keys_of(c.id for c in found[:ROWS])
    every = dict.fromkeys([*_numbered(book, asked, when), *(keys[c.id] for c in found[:ROWS] if c.id in keys)])
    return render(
        request, "search.html", asked=asked, found=found[:ROWS], more=len(found) > ROWS,
        rows=book.documents_named({c.document for c in found}), deals=rows_by_key(serving, islice(every, DEALS), when),
    )  # fmt: skip


def _numbered(book: Ledger, asked: str, when: str | None) -> list[str]:
    """The keys of the deals that have what is asked for as their number or id."""
    from armsledger.pipeline import keys_called

    return keys_called(book, asked, when)[:DEALS] if _NUMBER.fullmatch(asked) else []


# -- sources ----------------------------------------------------------------------------------------------


@pages.get("/sources")
def sources(request: Request) -> HTMLResponse:
    """Who published what the ledger holds, with kind, grade, and what came of it."""
    serving = serving_of(request)
    told = serving.kept("sources", lambda: _sources(serving.ledger, serving.grades))
    return render(request, "sources.html", sources=told)


def _sources(book: Ledger, grades: Grades) -> list[tuple[PublisherRow, Publisher]]:
    """Each publisher with its grade and with what came of its documents, those of most first."""
    rows = book.publishers()
    examples = book.documents_named(row.example for row in rows)
    return [(row, grades.of(examples[DocumentId(row.example)])) for row in rows]
