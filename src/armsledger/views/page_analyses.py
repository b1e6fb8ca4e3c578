"""The analyses: what each asks, what it needs, a form for those that a ledger answers, and the answer."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from armsledger.errors import ArmsledgerError, NotFound
from armsledger.views.page_briefs import charts_there
from armsledger.views.page_frame import ledger_of, render, said, told_of

if TYPE_CHECKING:
    from armsledger.analyses.result import Result

analyses_pages = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an analysis' form: its name, what it is called, and what it may be (free words where empty)."""

    name: str
    told: str
    example: str = ""
    choices: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """What an analysis needs besides the ledger, and the form that asks it; without fields it is not run here."""

    needs: str
    fields: tuple[Field, ...] = ()


_REGISTER = "Needs a register of deliveries in the ledger: armsledger import sipri FILE"
FORMS = {
    "dependence": Form(
        _REGISTER,
        (
            Field("recipient", "Whose imports", "Pakistan"),
            Field("exporter", "or whose exports", "Turkey"),
            Field("supplier", "Suppliers to set against one another", "Turkey, China"),
            Field("window", "Years", "2020-2024"),
        ),
    ),
    "feasibility": Form("Needs a card with the positions of the parties: armsledger analyse feasibility CARD"),
    "leadtime": Form(
        _REGISTER,
        (
            Field("recipient", "Orders of", "India"),
            Field("supplier", "Orders from", "Russia"),
            Field("begin", "From", choices=("order", "notification", "request")),
            Field("by", "Told by", choices=("supplier", "recipient", "family", "route", "status", "kind")),
        ),
    ),
    "sanctions": Form(
        "Rules and listings by day are part of the install; lists of your own only from the command line",
        (
            Field("deal", "A deal or its number", "25-33"),
            Field("supplier", "or a supplier", "Russia"),
            Field("recipient", "and a recipient", "Turkey"),
            Field("body", "An agency or company that takes part", "SSB"),
            Field("on", "On the day", "2020-12-14", required=True),
        ),
    ),
}


@analyses_pages.get("/analyses")
def analyses(request: Request) -> HTMLResponse:
    """All analyses with what they ask and what they need."""
    from armsledger.views.analyse import ANALYSES

    told = [(name, question, FORMS.get(name, Form(""))) for name, (_, question) in ANALYSES.items()]
    return render(request, "analyses.html", analyses=told)


@analyses_pages.get("/analyses/{name}")
def analysis(request: Request, name: str) -> HTMLResponse:
    """One analysis: its form, and the answer where something is asked."""
    from armsledger.views.analyse import ANALYSES
    from armsledger.views.http import status_of_error

    if name not in _ASKED:
        raise NotFound(name, "no such analysis is run here", "see all analyses")
    asked = any(said(request, field.name) for field in FORMS[name].fields)
    result, problem, status = None, "", 200
    try:
        result = _ASKED[name](request) if asked else None
    except ArmsledgerError as error:
        problem, status = told_of(request, error), status_of_error(error)
    return render(
        request, "analysis.html", status, name=name, question=ANALYSES[name][1], form=FORMS[name], result=result,
        problem=problem, cell=cell, charts=charts_there() and _is_drawn(result),
    )  # fmt: skip


def _is_drawn(result: Result | None) -> bool:
    """Whether there is a picture of an answer: some have none, and some too little to draw."""
    from armsledger.views.charts import chart_of

    try:
        return result is not None and bool(chart_of(result))
    except ArmsledgerError:
        return False


def answered(request: Request, name: str) -> Result:
    """The answer to what a request asks of an analysis."""
    if name not in _ASKED:
        raise NotFound(name, "no such analysis is run here", "see all analyses")
    return _ASKED[name](request)


def cell(value: object, decimals: int | None) -> str:
    """A cell as a person reads it; what is unknown says so."""
    from decimal import Decimal

    if value is None:
        return "unknown"
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        if decimals is not None:
            return f"{value:,.{decimals}f}"
        return f"{value:,}" if isinstance(value, int) else str(value)
    return str(value)


def _listed(words: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in (words or "").split(",") if name.strip())[:20]


def _dependence(request: Request) -> Result:
    from armsledger.views.analyse_dependence import WINDOW, answer

    book = ledger_of(request)
    return answer(
        lambda: nullcontext(book), said(request, "recipient"), _listed(said(request, "supplier")),
        said(request, "exporter"), said(request, "window") or WINDOW,
    )  # fmt: skip


def _leadtime(request: Request) -> Result:
    from armsledger.views.analyse_leadtime import answer, of_deals

    book, by, begin = ledger_of(request), _chosen(request, "by"), _chosen(request, "begin")
    sides = said(request, "supplier"), said(request, "recipient")
    if begin != "order":
        return of_deals(lambda: nullcontext(book), begin, *sides, by)
    return answer(lambda: nullcontext(book), *sides, by=by)


def _chosen(request: Request, name: str) -> str:
    """What is chosen of a field of lead times; the first where it is none of its choices."""
    known = next(f.choices for f in FORMS["leadtime"].fields if f.name == name)
    given = said(request, name)
    return given if given in known else known[0]


def _sanctions(request: Request) -> Result:
    from armsledger.views.analyse_sanctions import answer

    book = ledger_of(request)
    sides = (said(request, "supplier"), said(request, "recipient"))
    bodies, day = _listed(said(request, "body")), said(request, "on") or ""
    return answer(lambda: nullcontext(book), said(request, "deal"), *sides, bodies, day)


_ASKED: dict[str, Callable[[Request], Result]] = {
    "dependence": _dependence,
    "leadtime": _leadtime,
    "sanctions": _sanctions,
}
