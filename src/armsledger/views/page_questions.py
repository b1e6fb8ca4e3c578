"""The pages that look across deals: what changed, what to look at, chains, and statements."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from armsledger.views.page_changes import alike, changed_rows
from armsledger.views.page_frame import ROWS, filter_of, ledger_of, render, said, serving_of

if TYPE_CHECKING:
    from armsledger.deals.findings import Finding
    from armsledger.ledger import ClaimFilter, Ledger
    from armsledger.model import DocumentId

questions_pages = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

_WHOLE = 3_000  # deals up to which the whole ledger is looked through for one page
_STATEMENTS = 500  # that are put together into matters on one page
_FEW = 20  # findings of a kind that a page shows
_DAYS = 30  # that the page of changes looks back


# -- changes ----------------------------------------------------------------------------------------------


@questions_pages.get("/changes")
def changes(request: Request) -> HTMLResponse:
    """What changed between two days, deal by deal, and because of which documents."""
    from armsledger.views.diff import days_asked

    book = ledger_of(request)
    since, until = said(request, "since"), said(request, "until")
    if since is None and until is None:
        since, until = _last_days(book)
    until = until or date.today().isoformat()  # noqa: DTZ011 (the reader's today)
    which = days_asked(since or until, until, {"party": said(request, "party")})
    found = changed_rows(serving_of(request), which, since or until, ROWS + 1)
    rows = book.documents_named({document for one in found for c in one.changes for document, _ in c.because})
    return render(
        request, "changes.html", changed=alike(found[:ROWS]), more=len(found) > ROWS, rows=rows, since=since or until,
        until=until, party=which.party,
    )  # fmt: skip


def _last_days(book: Ledger) -> tuple[str, str]:
    """The days up to the newest document."""
    newest = next((row.published for row in book.newest(1) if row.published), None)
    last = date.today() if newest is None else _day(newest)  # noqa: DTZ011 (as above)
    return (last - timedelta(days=_DAYS)).isoformat(), last.isoformat()


def _day(told: str) -> date:
    from armsledger.model import DateInterval

    return DateInterval(told).after - timedelta(days=1)


# -- findings ---------------------------------------------------------------------------------------------


@questions_pages.get("/check")
def check(request: Request) -> HTMLResponse:
    """Contradictions, sums on the wrong buyer, what rests on one origin: things to look at."""
    serving, which = serving_of(request), filter_of(request)
    if _is_too_much(request, which):
        return render(request, "check.html", too_much=True, kinds=(), which=which, sentence="", lines=())
    kinds, lines = serving.kept(f"check {which}", lambda: _check(serving.ledger, which))
    return render(
        request, "check.html", too_much=False, kinds=kinds, which=which, sentence=which.sentence(), lines=lines
    )


def _is_too_much(request: Request, which: ClaimFilter) -> bool:
    """Whether the whole of a large ledger is asked for; the command line does that."""
    serving = serving_of(request)
    asked = replace(which, as_of=None, since=None, until=None)
    return not asked.given() and serving.kept("counts", serving.ledger.counts).deals > _WHOLE


def _check(book: Ledger, which: ClaimFilter) -> tuple[list[tuple[str, str, list[Any], int]], list[str]]:
    """The findings by kind, the first of each with their documents, and the account of what was looked at."""
    from armsledger.deals.vintages import table_of
    from armsledger.views.check import HEADS, account_lines
    from armsledger.views.checking import Check

    done = Check(book, which, 3, table_of(()))
    found: dict[str, list[Finding]] = {}
    for finding in done.findings():
        found.setdefault(str(finding.code), []).append(finding)
    kinds = []
    for code, (head, what) in HEADS.items():
        some = found.get(code, [])
        shown = [(one, book.documents_named({w.document for w in one.where})) for one in some[:_FEW]]
        if some:
            kinds.append((head, what, shown, len(some)))
    lines = [line for line in account_lines(done.account, which, (), "") if "armsledger" not in line]
    return kinds, lines


# -- chains -----------------------------------------------------------------------------------------------


@questions_pages.get("/chains")
def chains(request: Request) -> HTMLResponse:
    """Transfers of one item that follow each other."""
    from armsledger.views.chains import chains_of

    book, which = ledger_of(request), filter_of(request, "party", "system", "as_of")
    if _is_too_much(request, which):
        return render(request, "chains.html", chains=(), too_much=True, rows={}, which=which)
    found = serving_of(request).kept(f"chains {which}", lambda: chains_of(book, which))[:ROWS]
    wanted: set[DocumentId] = {t.claim.document for chain in found for leg in chain.legs for t in leg.told}
    rows = book.documents_named(wanted)
    return render(request, "chains.html", chains=found, too_much=False, rows=rows, which=which)


# -- statements -------------------------------------------------------------------------------------------


@questions_pages.get("/statements")
def statements(request: Request) -> HTMLResponse:
    """What parties say about disputed matters: what is said of one matter stands together."""
    from armsledger.deals.matters import matters
    from armsledger.views.statements import TOPICS, statement_filter

    book = ledger_of(request)
    names = ("party", "topic", "system", "polarity", "since", "until", "as_of")
    which = statement_filter(**{name: said(request, name) for name in names})
    found = list(book.statements(which, limit=_STATEMENTS + 1))
    rows = book.documents_named({s.document for s in found})
    return render(
        request, "statements.html", matters=matters(found[:_STATEMENTS]), more=len(found) > _STATEMENTS, rows=rows,
        which=which, sentence=which.sentence(), topics=TOPICS, count=min(len(found), _STATEMENTS),
    )  # fmt: skip
