"""Analyses over HTTP: those that need nothing but the ledger."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field

from armsledger.ledger import ClaimFilter
from armsledger.views import api_models as out
from armsledger.views.api_asking import AsOf, Name, answer, claim_filter_of

if TYPE_CHECKING:
    from armsledger.analyses.result import Result
    from armsledger.ledger import Ledger

analyses = APIRouter(prefix="/analyses")
_OFFERED = ("dependence", "leadtime", "sanctions")


class Dependence(AsOf):
    """Whose imports or exports, in which years; ``as_of`` chooses the register that was the latest by then."""

    recipient: Name = None
    exporter: Name = None
    supplier: list[Annotated[str, Field(min_length=1, max_length=100)]] = Field(default=[], max_length=20)
    window: str = Field(default="2020-2024", pattern=r"^[12][0-9]{3}-[12][0-9]{3}$", description="First and last year.")


class LeadTime(AsOf):
    """Which orders, told by what; ``as_of`` as above."""

    supplier: Name = None
    recipient: Name = None
    kind: Name = None
    by: Literal["supplier", "recipient", "family", "route", "status", "kind"] = "supplier"
    begin: Literal["order", "notification", "request"] = "order"
    since: int = Field(default=1990, ge=1900, le=2200)


class Sanctions(AsOf):
    """A deal of the ledger or named parties, and the day that is asked about."""

    on: date
    deal: Name = None
    supplier: Name = None
    recipient: Name = None
    body: list[Annotated[str, Field(min_length=1, max_length=200)]] = Field(default=[], max_length=20)


@analyses.get("", response_model=out.Analyses)
def offered(request: Request) -> Response:
    """The analyses that can be asked for. Others need a file of yours: see ``armsledger analyse``."""
    from armsledger.views.analyse import ANALYSES

    here = request.url.path.rstrip("/")
    items = [{"name": name, "question": ANALYSES[name][1], "href": f"{here}/{name}"} for name in _OFFERED]
    return answer({"items": items})


@analyses.get("/dependence", response_model=out.Analysis)
def dependence(request: Request, asked: Annotated[Dependence, Query()]) -> Response:
    """Where a state's arms imports come from, or its exports go to, and how concentrated. Needs a register."""
    from armsledger.views.analyse_dependence import answer as found

    book = request.app.state.serving.ledger
    sides = (asked.recipient, asked.supplier, asked.exporter)
    return _told(found(lambda: nullcontext(book), *sides, asked.window, vintage=_vintage(book, asked)))


@analyses.get("/leadtime", response_model=out.Analysis)
def leadtime(request: Request, asked: Annotated[LeadTime, Query()]) -> Response:
    """How long from order to delivery, and how many still wait. From the order a register is needed; from a request or
    a notification the ledger's own deals are asked.
    """
    from armsledger.views.analyse_leadtime import answer as found
    from armsledger.views.analyse_leadtime import of_deals

    book = request.app.state.serving.ledger
    if asked.begin != "order":
        when = claim_filter_of(AsOf(as_of=asked.as_of)).as_of
        return _told(of_deals(lambda: nullcontext(book), asked.begin, asked.supplier, asked.recipient, asked.by, when))
    which = (asked.supplier, asked.recipient, asked.kind, asked.by, asked.since)
    return _told(found(lambda: nullcontext(book), *which, vintage=_vintage(book, asked)))


@analyses.get("/sanctions", response_model=out.Analysis)
def sanctions(request: Request, asked: Annotated[Sanctions, Query()]) -> Response:
    """Which embargoes and listings bore on a transfer on a day. A match is no accusation."""
    from armsledger.views.analyse_sanctions import answer as found

    book = request.app.state.serving.ledger
    sides = (asked.supplier, asked.recipient, tuple(asked.body))
    when = claim_filter_of(AsOf(as_of=asked.as_of)).as_of
    return _told(found(lambda: nullcontext(book), asked.deal, *sides, asked.on.isoformat(), as_of=when))


def _told(result: Result) -> Response:
    from armsledger.views.analyse import result_told

    return answer(result_told(result))


def _vintage(book: Ledger, asked: AsOf) -> str | None:
    """The day of the latest register that the ledger had as of a day; None, for the latest, where none was given."""
    when = claim_filter_of(AsOf(as_of=asked.as_of)).as_of
    if when is None:
        return None
    rows = book.documents(ClaimFilter(kind="register", as_of=when))
    return max((row.published for row in rows if row.publisher == "SIPRI" and row.published), default=when)
