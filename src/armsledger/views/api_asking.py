"""What can be asked of the HTTP API: the parameters of each list, cursors, and the forms of an answer."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Annotated, Any, Generic, Literal, TypeVar

from fastapi import Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from armsledger.errors import InputError
from armsledger.ledger import ClaimFilter, StatementFilter
from armsledger.model import Certainty, DocumentKind, Polarity, Stage, StatementTopic, Subject

if TYPE_CHECKING:
    from armsledger.ledger import Ledger
    from armsledger.views.rows import Row

Listed = TypeVar("Listed")

Day = Annotated[
    str | None,
    Field(
        pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$", description="A day, month or year: 2025-05-14, 2025-05, 2025."
    ),
]
Name = Annotated[str | None, Field(min_length=1, max_length=100)]
Form = Annotated[Literal["json", "csv"] | None, Field(description="Else by the header Accept; JSON where it is open.")]


class AsOf(BaseModel):
    """What everything can be asked with. A parameter that is not known is refused, not overlooked."""

    model_config = ConfigDict(extra="forbid")

    as_of: Day = Field(default=None, description="As it stood then: only documents published by that day count.")


class Listing(AsOf):
    """What every list can be asked with."""

    limit: int = Field(default=50, ge=1, le=500, description="At most so many on a page.")
    cursor: str | None = Field(default=None, max_length=4000, description="The ``next`` of the page before.")
    format: Form = None


class Sides(Listing):
    """Who supplies what to whom, by codes or names, and how far it has come."""

    supplier: Name = None
    recipient: Name = None
    party: Name = None
    system: Name = None
    stage: Stage | None = None


class Filters(Sides):
    """All filters of claims, as on the pages and the command line."""

    item: Name = None
    polarity: Polarity | None = None
    certainty: Certainty | None = None
    speaker: Name = None
    publisher: Name = None
    kind: DocumentKind | None = None
    subject: Subject | None = None
    since: Day = None
    until: Day = None
    document: Name = None
    text: Name = None


class StatementFilters(Listing):
    """All filters of statements."""

    speaker: Name = None
    party: Name = None
    speaks_for: Name = None
    topic: StatementTopic | None = None
    polarity: Polarity | None = None
    system: Name = None
    document: Name = None
    since: Day = None
    until: Day = None


class Changes(Sides):
    """Between which days changes are asked for: after ``since``, until ``as_of``."""

    since: str = Field(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$")


class Judgements(Listing):
    """Which judgements; ``as_of`` is about the day that their authors gave."""

    standing: bool = Field(default=False, description="Only those that have not been undone.")


_NOT_OF_THE_FILTER = frozenset({"limit", "cursor", "format", "standing"})


def _given(asked: Listing | AsOf) -> dict[str, str]:
    """What was asked, names as codes. Raises InputError for a name that says nothing."""
    from armsledger.views.names import party_named, system_named

    given = {k: str(v) for k, v in asked.model_dump(exclude_none=True, exclude=set(_NOT_OF_THE_FILTER)).items()}
    for side in ("supplier", "recipient", "party", "speaks_for"):
        if side in given:
            given[side] = party_named(given[side], side)
    if "system" in given:
        given["system"] = system_named(given["system"], "system")
    return given


def claim_filter_of(asked: Listing | AsOf) -> ClaimFilter:
    """The filter of claims that was asked for. Raises InputError for what can never match."""
    return ClaimFilter(**_given(asked))


def statement_filter_of(asked: StatementFilters) -> StatementFilter:
    """The filter of statements that was asked for. Raises InputError as above."""
    return StatementFilter(**_given(asked))


# -- cursors ----------------------------------------------------------------------------------------------


def cursor_of(what: str, *place: str) -> str:
    """Where the next page of a list begins: behind the thing of this id or key. Nobody else need read it.

    >>> place_in("claims", cursor_of("claims", "3fa1"))
    ('3fa1',)
    """
    told = "\n".join((what, *place)).encode("utf-8", "surrogatepass")
    return base64.urlsafe_b64encode(told).decode().rstrip("=")


def place_in(what: str, cursor: str | None, parts: int = 1) -> tuple[str, ...] | None:
    """What a cursor of this list says; None where there is none. Raises InputError for one that is not of this list."""
    if cursor is None:
        return None
    try:
        told = base64.b64decode(cursor.encode() + b"=" * (-len(cursor) % 4), b"-_", validate=True)
        named, *place = told.decode("utf-8", "surrogatepass").split("\n", parts)
    except (binascii.Error, UnicodeError, ValueError):
        named, place = "", []
    if named != what or len(place) != parts:
        raise InputError("cursor", f"is none of {what}", "send the next of the page before, or none")
    return tuple(place)


def behind(what: str, cursor: str | None) -> str | None:
    """The one part of a cursor of this list; None where there is none."""
    place = place_in(what, cursor)
    return None if place is None else place[0]


# -- answers ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OnePage(Generic[Listed]):
    """One page of a list: what is on it, and the cursor of the next."""

    items: Sequence[Listed]
    next: str | None

    @classmethod
    def of(cls, found: Sequence[Listed], limit: int, cursor: Callable[[Listed], str]) -> OnePage[Listed]:
        """The page of what was found, of which one more was asked for than is shown."""
        more = len(found) > limit
        return cls(found[:limit], cursor(found[limit - 1]) if more else None)


def answer(value: Any, status: int = 200) -> Response:
    """A value as JSON, in the same bytes as on the command line."""
    from armsledger.views.json_lines import as_line

    return Response(as_line(value), status, {"Vary": "Accept"}, "application/json")


def listed(told: str, page: OnePage[Any], lines: Iterable[Any], **more: Any) -> Response:
    """A page of a list as JSON."""
    value = {"asked": told, "next": page.next, "left_out": None, **more, "items": list(lines)}
    return answer(value)


def wants_csv(request: Request, asked: Listing) -> bool:
    """Whether a table is asked for: by ``format``, else where the header Accept names CSV and not JSON."""
    if asked.format is not None:
        return asked.format == "csv"
    accepted = request.headers.get("accept", "")
    return "text/csv" in accepted and "application/json" not in accepted


def table(request: Request, columns: tuple[str, ...], rows: Iterable[Row], page: OnePage[Any]) -> Response:
    """A page of a list as CSV; the address of the next one stands in the header Link."""
    from armsledger.views.row_files import write_csv

    held = StringIO(newline="")
    write_csv(held, columns, iter(rows))
    headers = {"Vary": "Accept"}
    if page.next is not None:
        there = request.url.include_query_params(cursor=page.next)
        headers["Link"] = f'<{there.path}?{there.query}>; rel="next"'
    return Response(held.getvalue().encode("utf-8", "backslashreplace"), 200, headers, "text/csv; charset=utf-8")


def left_out(book: Ledger, which: ClaimFilter, asked: Listing) -> dict[str, int] | None:
    """What the dates left out; told on the first page only, as it is the same on each."""
    if asked.cursor is not None:
        return None
    out = book.left_out(which)
    return {"documents": out.documents, "claims": out.claims}
