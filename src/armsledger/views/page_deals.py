"""The pages of deals: the list with its filters, one deal, and a contract that several buyers share."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from armsledger.errors import InputError, NotFound
from armsledger.views.page_frame import DEALS, as_of, filter_of, ledger_of, page_number, render, serving_of, stamped
from armsledger.views.page_rows import page_of_rows, row_of
from armsledger.views.page_values import differing, moments
from armsledger.views.whole_deal import AROUND, WholeDeal, whole_deal

if TYPE_CHECKING:
    from armsledger.ledger import Ledger
    from armsledger.pipeline import SharedContract
    from armsledger.views.told_deals import ToldDeal

deals_pages = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

_CANDIDATES = 20  # deals that are named where a number stands for several


@deals_pages.get("/deals")
def deals(request: Request) -> HTMLResponse:
    """Deals that fit the questions, twenty-five a page, said in words above the list."""
    book, which, page = ledger_of(request), filter_of(request), page_number(request)
    found, more = page_of_rows(serving_of(request), which, (page - 1) * DEALS, DEALS)
    return render(
        request, "deals.html", deals=found, more=more, page=page, which=which,
        sentence=which.sentence(), left_out=book.left_out(which),
    )  # fmt: skip


@deals_pages.get("/deals/{wanted}")
def deal(request: Request, wanted: str) -> Response:
    """One deal: status, life, fields with the words behind them, conflicts, origins, timeline.

    Where a number is a contract's that several buyers share, the contract with the deal of each.
    """
    from armsledger.deals.chains import relatives

    key = serving_of(request).key_of(wanted)
    with ledger_of(request).at_once() as book:
        stamp = None if key is None else book.stamp_of_deal(key, relatives, AROUND)
        return stamped(request, stamp, lambda: _one_page(request, book, wanted, as_of(request)))


def _one_page(request: Request, book: Ledger, wanted: str, when: str | None) -> tuple[HTMLResponse, bool]:
    found = find(request, wanted, when, book)
    if len(found) == 1:
        return _deal(request, book, found[0], when)
    shared = [one for one in found[0].contracts if all(one in told.contracts for told in found)]
    rows = [row_of(told) for told in (found if shared else found[:_CANDIDATES])]
    if shared:
        about = _contract(book, shared[0])
        return render(request, "contract.html", deals=rows, as_of=when, **about), False
    return render(request, "candidates.html", wanted=wanted, deals=rows, count=len(found)), False


def find(request: Request, wanted: str, when: str | None, book: Ledger | None = None) -> list[ToldDeal]:
    """The deals of an id or a number; raises NotFound where there is none."""
    from armsledger.views import show
    from armsledger.views.told_deals import told_by_key

    book, key = book or ledger_of(request), serving_of(request).key_of(wanted)
    found = list(told_by_key(book, [key], when)) if key is not None else []
    found = found or show.find(book, wanted, None, when)
    serving_of(request).seen(told.deal.key for told in found)
    if found:
        return found
    if when and show.find(book, wanted, None, None):
        raise NotFound(wanted, f"nothing was published of it by {when}", "ask for a later date")
    raise NotFound(wanted, "no deal is called so", "see all deals")


def one_deal(request: Request, wanted: str, when: str | None) -> ToldDeal:
    """The one deal of an id or a number. Raises NotFound, or InputError where several are meant."""
    found = find(request, wanted, when)
    if len(found) > 1:
        raise InputError(wanted, f"stands for {len(found)} deals", "give the id of one")
    return found[0]


def _deal(request: Request, book: Ledger, told: ToldDeal, when: str | None) -> tuple[HTMLResponse, bool]:
    """The page, and whether the deal's stamp stands for all of it: it does not say what the legs of chains are."""
    whole = whole_deal(book, told, when)
    contradicting, other = differing(whole.disputes)
    page = render(
        request, "deal.html", whole=whole, deal=whole.told.deal, stops=stops_of(book, whole),
        claims={str(c.id): c for c in (*whole.told.claims, *whole.told.contract_claims)},
        contradicting=contradicting, conflicting={d.field for d in contradicting}, differing=other,
        moments=moments(whole.timeline), origins_behind=_behind(whole),
        charts=find_spec("vl_convert") is not None, briefs=find_spec("typst") is not None,
    )  # fmt: skip
    return page, not whole.chains


def _behind(whole: WholeDeal) -> int | None:
    from armsledger.views.life import origins_behind

    return origins_behind(whole.status, whole.origins)


@dataclass(frozen=True, slots=True)
class Stop:
    """A day on which something was published of a deal."""

    day: str
    status: str
    chosen: bool


def stops_of(book: Ledger, whole: WholeDeal) -> list[Stop]:
    """The days on which something was published of a deal, each with the status that it had come to by then."""
    from armsledger.deals.bearing import known
    from armsledger.deals.judgements import rejected, standing
    from armsledger.deals.life import status

    claims = list(whole.claims)
    if whole.as_of is not None:
        every = [c for _, held in book.claims_of([whole.told.deal.key]) for c in held]
        out = rejected(standing(book.judgements()))
        claims = [c for c in every if c.id not in out] or every
    missing = {c.document for c in claims} - set(whole.told.published)
    published = {**whole.told.published, **(book.published(missing) if missing else {})}
    days = sorted({day for day in published.values() if day})
    stops = [Stop(day, status(known(claims, published, day), published).word, chosen=False) for day in days]
    if not stops:
        return []
    last = max((s.day for s in stops if whole.as_of is None or s.day <= whole.as_of), default=None)
    return [Stop(s.day, s.status, s.day == last) for s in stops]


def _contract(book: Ledger, contract: SharedContract) -> dict[str, Any]:
    from armsledger.views.page_values import contract_number

    rows = book.documents_named({c.document for c in contract.claims})
    order = sorted(rows, key=lambda d: (rows[d].published or "~", d))
    numbers = {str(d): f"[{n}]" for n, d in enumerate(order, 1)}
    return {"contract": contract, "number": contract_number(contract), "rows": rows, "numbers": numbers}
