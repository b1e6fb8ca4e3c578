"""The review queue, and judgements: the one page that can write, for whoever has the token."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from armsledger.errors import InputError
from armsledger.views.page_frame import ROWS, filter_of, ledger_of, render, serving_of

if TYPE_CHECKING:
    from armsledger.ledger import Ledger

review_pages = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

_NAME, _REASON = 200, 2000  # characters of an author's name and of a reason that are kept


@review_pages.get("/review")
def review(request: Request) -> HTMLResponse:
    """What the rules could not decide, and what has been judged."""
    from armsledger.views.review import asked_of

    book = ledger_of(request)
    asked = [asked_of(book, question) for question in book.questions(filter_of(request), limit=ROWS)]
    return render(request, "review.html", asked=asked, judgements=_log(book), proof=proof(request))


def _log(book: Ledger) -> list[tuple[Any, bool]]:
    """The newest judgements, each with whether it stands."""
    from armsledger.deals.judgements import standing

    every = list(book.judgements())
    holds = {one.id for one in standing(every)}
    return [(one, one.id in holds) for one in reversed(every)][:ROWS]


@review_pages.post("/review")
async def judge(request: Request) -> Response:
    """Records a judgement from the form. Needs the token, and the form that a page of ours gave."""
    form = await _form(request)
    return await run_in_threadpool(_judge, request, form)


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form that was sent, the last of each name."""
    body = (await request.body()).decode("utf-8", "replace")
    try:
        return dict(parse_qsl(body, keep_blank_values=True, max_num_fields=20))
    except ValueError:
        raise InputError("form", "has too many fields", "send the form of the page") from None


def _judge(request: Request, form: Mapping[str, str]) -> Response:
    from armsledger.pipeline import judge as record
    from armsledger.views.judge import VERDICTS, judgement, now

    serving = serving_of(request)
    known = hmac.compare_digest(form.get("proof", "").encode(), proof(request).encode())
    if not serving.may_write(form.get("token")) or not known:
        told = "The token is not right, or writing is off."
        return render(request, "error.html", 403, title="Not allowed", told=told)
    because, author = (form.get(name, "").strip() for name in ("because", "author"))
    if not because or not author:
        raise InputError("judgement", "author and reason are needed", "go back and fill in both")
    if form.get("verdict") not in VERDICTS:
        raise InputError("verdict", "is none", f"one of: {', '.join(VERDICTS)}")
    about = form.get("about", "").split()
    one = judgement(serving.ledger, form["verdict"], about, author[:_NAME], now(), because[:_REASON])
    record(serving.ledger, [one])
    return RedirectResponse(_back(form.get("back", "")), 303)


def _back(asked: str) -> str:
    """The page of ours to go back to; never another host's."""
    path = urlsplit(asked)
    ours = not path.scheme and not path.netloc and asked.startswith(("/documents/", "/deals/")) and asked.isprintable()
    return asked if ours and "\\" not in asked else "/review"


def proof(request: Request) -> str:
    """What a form must bring back: so that no other page can send it for its reader."""
    return hmac.new(serving_of(request).form_secret, b"judgement", "sha256").hexdigest()
