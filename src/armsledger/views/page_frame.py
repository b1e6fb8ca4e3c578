"""What every page shares: the templates, what a request asks, and the frame that a page is shown in."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse, Response

from armsledger.errors import ArmsledgerError, InputError
from armsledger.model import Stage

if TYPE_CHECKING:
    from jinja2 import Environment

    from armsledger.ledger import ClaimFilter, DocumentRow, Ledger
    from armsledger.views.http import Serving

ROWS = 50  # documents and questions of one page
DEALS = 25  # deals of one list
_LAST_PAGE = 100_000
_LONGEST = 200_000  # bytes of a page that is kept
_HERE = Path(__file__).parent
_ASKED = ("supplier", "recipient", "party", "system", "stage", "since", "until", "as_of")


@cache
def templates() -> Environment:
    """The templates. Everything is escaped, and a name that is missing is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from armsledger.views import names, page_rows, page_values, words
    from armsledger.views.disputes import difference_told
    from armsledger.views.one_deal import field_label, field_value
    from armsledger.views.origins import origin_label
    from armsledger.views.told_deals import buyer_label, recipient_of, value_of

    made = Environment(
        loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    made.globals |= {
        "party_name": names.party_name,
        "party_label": names.party_label,
        "system_name": names.system_name,
        "words": words,
        "value_of": value_of,
        "buyer_label": buyer_label,
        "recipient_of": recipient_of,
        "field_label": field_label,
        "field_value": field_value,
        "difference_told": difference_told,
        "origin_label": origin_label,
        "stages": tuple(Stage),
        "title_of": title_of,
        "values": page_values,
        "rows_together": page_rows.gathered,
        "link": link,
    }
    return made


def title_of(row: DocumentRow) -> str:
    """A document's title with publisher and date."""
    from armsledger.views.one_claim import title_of

    return title_of(row)


def render(request: Request, template: str, status: int = 200, **shown: Any) -> HTMLResponse:
    """A page. Every one has the ledger's name, whether it may be written to, and the address it was asked under."""
    serving = serving_of(request)
    shown |= {
        "ledger": serving.ledger.name.rpartition("/")[2],
        "may_judge": serving.token_digest is not None,
        "here": request.url.path,
        "query": dict(request.query_params),
    }
    return HTMLResponse(templates().get_template(template).render(shown), status)


def stamped(request: Request, stamp: str | None, make: Callable[[], tuple[HTMLResponse, bool]]) -> Response:
    """The page that was made when the stamp of all that it shows was the same, else a new one.

    ``make`` gives the page, and whether the stamp stands for all that is on it; without a stamp nothing is kept.
    """
    if stamp is None:
        return make()[0]
    serving, name = serving_of(request), (request.url.path, request.url.query, stamp)
    kept = serving.pages.get(name)
    if kept is None:
        page, whole = make()
        if not whole or page.status_code != 200 or len(page.body) > _LONGEST:
            return page
        body = bytes(page.body)
        kept = body, f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        serving.pages.keep(name, kept)
    return HTMLResponse(kept[0], headers={"ETag": kept[1]})


def serving_of(request: Request) -> Serving:
    """What the application works with."""
    serving: Serving = request.app.state.serving
    return serving


def ledger_of(request: Request) -> Ledger:
    """The ledger that is shown."""
    return serving_of(request).ledger


# -- what is asked ----------------------------------------------------------------------------------------


def link(path: str, given: Mapping[str, str], **more: Any) -> str:
    """An address with the questions that were asked, some of them changed; None takes one away."""
    asked = {name: str(value) for name, value in {**given, **more}.items() if value not in (None, "")}
    return f"{path}?{urlencode(asked)}" if asked else path


def filter_of(request: Request, *names: str) -> ClaimFilter:
    """The filter of the query. Raises InputError for a name or a date that says nothing."""
    from armsledger.views.options import claim_filter

    return claim_filter(**{name: said(request, name) for name in names or _ASKED})


def said(request: Request, name: str) -> str | None:
    """What the query says under a name; None where it says nothing."""
    return request.query_params.get(name, "").strip() or None


def as_of(request: Request) -> str | None:
    """The date as of which a page is asked for."""
    return filter_of(request, "as_of").as_of


def page_number(request: Request) -> int:
    """Which page of a list is asked for, from 1."""
    asked = request.query_params.get("page") or "1"
    if not (asked.isascii() and asked.isdigit() and len(asked) < 9 and 1 <= int(asked) <= _LAST_PAGE):
        raise InputError("page", f"{asked[:20]!r} is no page", "give a number from 1")
    return int(asked)


# -- errors -----------------------------------------------------------------------------------------------

_TOLD = {404: "There is nothing under this address.", 405: "This cannot be done here."}
_TITLES = {400: "That cannot be asked", 403: "Not allowed", 404: "Not found", 503: "The ledger cannot be read"}


def told_of(request: Request, error: ArmsledgerError) -> str:
    """An error for who reads pages: no option or command of the command line, no place on the machine that serves."""
    told, name = str(error).removeprefix("--"), ledger_of(request).name
    advice = told.rfind(" (")
    if advice >= 0 and any(words in told[advice:] for words in ("armsledger ", "--")):
        told = told[:advice]
    return told.replace(name, name.rpartition("/")[2])


async def show_error(request: Request, error: Exception) -> Response:
    """An error as a page, or in the one shape of the API; what went wrong inside is never told."""
    from armsledger.views.api_errors import error_answer
    from armsledger.views.http import status_of_error

    if isinstance(error, ArmsledgerError):
        code, told = status_of_error(error), told_of(request, error)
    else:
        code = getattr(error, "status_code", 500)
        told = _TOLD.get(code, "A fault of the program itself: please report it.")
    if request.url.path.startswith("/api/"):
        return error_answer(code, told, getattr(error, "headers", None))
    return render(request, "error.html", code, title=_TITLES.get(code, "Something went wrong"), told=told)
