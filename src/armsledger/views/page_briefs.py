"""Briefs to send on and pictures, as files of their own."""

from __future__ import annotations

import base64
import hashlib
import re
from importlib.util import find_spec
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import Response

from armsledger.errors import InputError
from armsledger.views.page_deals import one_deal
from armsledger.views.page_frame import as_of, ledger_of, said

if TYPE_CHECKING:
    from armsledger.views.brief_value import Brief
    from armsledger.views.charts import Chart
    from armsledger.views.told_deals import ToldDeal
    from armsledger.views.whole_deal import WholeDeal

briefs_pages = APIRouter(include_in_schema=False)

_FORMS = {
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_POLICY = "default-src 'none'; style-src {}; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_FILE = re.compile(r"[^A-Za-z0-9-]+")


def charts_there() -> bool:
    """Whether the extra that draws charts is installed."""
    return find_spec("vl_convert") is not None


@briefs_pages.get("/deals/{wanted}/brief")
def brief_of_deal(request: Request, wanted: str) -> Response:
    """The brief of a deal: HTML, or what ``form`` says."""
    return _brief(request, one_deal(request, wanted, as_of(request)).deal.id)


@briefs_pages.get("/brief")
def brief(request: Request) -> Response:
    """The brief of what ``of`` names: a deal, a pair (RUS:IND), a party or a system."""
    wanted = said(request, "of")
    if wanted is None:
        raise InputError("of", "names nothing", "a deal, a pair as RUS:IND, a state or a system")
    return _brief(request, wanted)


def _brief(request: Request, wanted: str) -> Response:
    from armsledger.ledger import ClaimFilter
    from armsledger.views.brief import brief_of

    form = said(request, "form") or "html"
    if form not in _FORMS:
        raise InputError("form", f"{form[:20]!r} is no form of a brief", f"one of: {', '.join(_FORMS)}")
    made = brief_of(ledger_of(request), wanted, ClaimFilter(as_of=as_of(request)), _since(request))
    content = _rendered(made, form)
    headers = {"Content-Security-Policy": _POLICY.format(_hashes(content) if form == "html" else "'none'")}
    if form != "html":
        name = _FILE.sub("-", wanted)[:60].strip("-") or "brief"
        headers["Content-Disposition"] = f'attachment; filename="brief-{name}.{form}"'
    return Response(content, media_type=_FORMS[form], headers=headers)


def _since(request: Request) -> str | None:
    from armsledger.model import DateInterval

    since = said(request, "since")
    try:
        _ = since and DateInterval(since).after
    except (ValueError, OverflowError) as problem:
        raise InputError("since", str(problem)) from problem
    return since


def _rendered(made: Brief, form: str) -> bytes:
    from armsledger.views.extras import needing

    if form == "html":
        from armsledger.views.brief_html import html

        return html(made).encode("utf-8", "replace")
    if form == "md":
        from armsledger.views.brief_markdown import markdown

        return markdown(made).encode("utf-8", "replace")
    with needing("briefs", f"a brief as {form.upper()}"):
        if form == "pdf":
            from armsledger.views.brief_pdf import pdf

            return pdf(made)
        from armsledger.views.brief_docx import docx

        return docx(made)


def _hashes(content: bytes) -> str:
    """The one style of a brief's page by its hash, so that the policy lets no other in."""
    found = _STYLE.search(content.decode())
    digest = hashlib.sha256((found[1] if found else "").encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


# -- pictures ---------------------------------------------------------------------------------------------


@briefs_pages.get("/deals/{wanted}/life.svg")
def life_picture(request: Request, wanted: str) -> Response:
    """A deal's claims by stage and day."""
    from armsledger.views.charts import life_chart

    when = as_of(request)
    told = one_deal(request, wanted, when)
    return _picture(life_chart(_whole(request, told, when)))


@briefs_pages.get("/deals/{wanted}/origins.svg")
def origins_picture(request: Request, wanted: str) -> Response:
    """A deal's documents by the origins that they lead back to."""
    from armsledger.views.charts import origins_chart

    when = as_of(request)
    told = one_deal(request, wanted, when)
    return _picture(origins_chart(_whole(request, told, when)))


@briefs_pages.get("/analyses/{name}/chart.svg")
def analysis_picture(request: Request, name: str) -> Response:
    """The chart of an analysis' answer."""
    from armsledger.views.charts import chart_of
    from armsledger.views.page_analyses import answered

    return _picture(chart_of(answered(request, name)))


def _whole(request: Request, told: ToldDeal, when: str | None) -> WholeDeal:
    from armsledger.views.whole_deal import whole_deal

    return whole_deal(ledger_of(request), told, when)


def _picture(chart: Chart) -> Response:
    policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
    return Response(chart.svg(), media_type="image/svg+xml", headers={"Content-Security-Policy": policy})
