"""The web page: an ASGI application over one ledger. Reading is open; writing is off unless a token is set.

No request leaves for another host: every style and script is served from here, and the policy that is sent with each
answer forbids the rest. What a document says is only ever escaped text.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import threading
import time
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from anyio import fail_after
from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.datastructures import MutableHeaders

from armsledger import __version__
from armsledger.errors import ArmsledgerError, LedgerError, MissingExtra, NotFound, NotPermitted
from armsledger.ledger import Ledger
from armsledger.views.page_memo import Memo
from armsledger.views.page_workers import Common, SharedPace

if TYPE_CHECKING:
    from anyio import CancelScope
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from armsledger.views.page_changes import ChangedRow
    from armsledger.views.page_rows import DealRow
    from armsledger.views.publishers import Grades

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
LARGEST_BODY = 2_000_000  # bytes that a request may bring
_PORT = re.compile(r":\d*$")
_DEAL = re.compile("d[0-9a-f]{10}")
_REMEMBERED = 500_000  # keys of deals
_LONGEST = 30.0  # seconds that a request may take to come in
_QUICK, _LONG, _PAGES = 0.05, 200_000, 500  # seconds, bytes and number of pages: what is kept of them
_KEPT = 64  # answers that take long to work out
_HERE = Path(__file__).parent
T = TypeVar("T")


@dataclass(slots=True)
class Serving:
    """What the application works with: the ledger, the grades, and the digest of the token that may write."""

    ledger: Ledger
    grades: Grades
    token_digest: bytes | None = None
    author: str = "web"
    common: Common = field(default_factory=Common)
    clock: Callable[[], float] = time.monotonic
    rows: Memo[tuple[DealRow, ...]] = field(default_factory=lambda: Memo(20_000))
    changes: Memo[tuple[ChangedRow, ...]] = field(default_factory=lambda: Memo(10_000))
    pages: Memo[tuple[bytes, str]] = field(default_factory=lambda: Memo(_PAGES))
    _kept: dict[str, tuple[float, Any]] = field(default_factory=dict)
    _making: dict[str, threading.Lock] = field(default_factory=lambda: defaultdict(threading.Lock))
    _keys: dict[str, str] = field(default_factory=dict)
    _known_writes: int = 0

    @property
    def form_secret(self) -> bytes:
        """What forms of this server are known by."""
        return self.common.form_secret

    def may_write(self, token: str | None) -> bool:
        """Whether a token is the one that was set; compared in constant time, and False where none was."""
        if self.token_digest is None or not token:
            return False
        return secrets.compare_digest(hashlib.sha256(token.encode()).digest(), self.token_digest)

    def kept(self, name: str, make: Callable[[], T]) -> T:
        """What ``make`` gives, worked out again when it is older than twenty times what working it out took, at most a
        minute: on a small ledger it is always new, on a large one its pages do not wait for it.

        One thread works it out; whoever asks meanwhile gets what was known before, and waits only where nothing was.
        """
        until, value = self._kept.get(name, (None, None))
        if until is not None and self.clock() < until:
            return cast("T", value)
        with ExitStack() as held:
            making = self._making[name]
            if until is not None and not making.acquire(blocking=False):
                return cast("T", value)
            if until is None:
                making.acquire()
            held.callback(making.release)
            until, value = self._kept.get(name, (None, None))
            begun, writes = self.clock(), self.common.writes.value
            if until is not None and begun < until:  # somebody else has just done it
                return cast("T", value)
            made = make()
            done = self.clock()
            if writes != self.common.writes.value:  # it may not know what was written meanwhile
                return made
            while len(self._kept) >= _KEPT:
                gone = next(iter(self._kept))
                self._kept.pop(gone, None)
                self._making.pop(gone, None)
            self._kept[name] = (done + min(60.0, 20 * (done - begun)), made)
            return made

    def catch_up(self, pages: _Pages) -> None:
        """Forgets what was kept for a while, where something was written since, by this process or another."""
        writes = self.common.writes.value
        if writes != self._known_writes:
            self._known_writes = writes
            self._kept.clear()
            pages.clear()

    def seen(self, keys: Iterable[str]) -> None:
        """Remembers the keys of deals that are shown, so that their pages are found by id without a search."""
        from armsledger.deals import deal_id

        if len(self._keys) > _REMEMBERED:
            self._keys.clear()
        self._keys.update((deal_id(key), key) for key in keys)

    def key_of(self, deal: str) -> str | None:
        """The key of the deal of this id; None where there is none. An id is a hash of its key: it never means another.

        All keys are looked through once, and again (not too often) for an id that is not among them.
        """
        if _DEAL.fullmatch(deal) and deal not in self._keys:
            self.kept("keys", lambda: self.seen(self.ledger.keys()))
        return self._keys.get(deal)


def create_app(
    ledger: Ledger,
    grades: Grades | None = None,
    *,
    token: str | None = None,
    per_minute: int | None = 1200,
    hosts: Iterable[str] = (),
    clock: Callable[[], float] = time.monotonic,
    common: Common | None = None,
) -> FastAPI:
    """The application. ``token`` allows writing to whoever sends it; ``per_minute`` is what one address may ask; with
    ``hosts`` it answers to these names alone, so that no page of another name can be made to read it. ``common`` is
    what it shares with other processes of the same server.
    """
    from armsledger.views.api import api
    from armsledger.views.api_errors import install
    from armsledger.views.page_analyses import analyses_pages
    from armsledger.views.page_briefs import briefs_pages
    from armsledger.views.page_deals import deals_pages
    from armsledger.views.page_frame import show_error
    from armsledger.views.page_questions import questions_pages
    from armsledger.views.page_review import review_pages
    from armsledger.views.pages import pages
    from armsledger.views.publishers import Grades

    app = FastAPI(
        title="armsledger", version=__version__, docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json"
    )
    digest = hashlib.sha256(token.encode()).digest() if token else None
    shared = common or Common()
    app.state.serving = Serving(ledger, grades or Grades(), digest, common=shared, clock=clock)
    app.mount("/static", StaticFiles(directory=_HERE / "static"), name="static")
    app.include_router(api)
    for router in (pages, deals_pages, review_pages, questions_pages, analyses_pages, briefs_pages):
        app.include_router(router)
    pace = _pace(per_minute, clock, shared) if per_minute else None
    app.add_middleware(_Guard, pace=pace, pages=_Pages(clock), hosts=frozenset(hosts))
    install(app)
    app.add_exception_handler(ArmsledgerError, show_error)
    app.add_exception_handler(404, show_error)
    app.add_exception_handler(405, show_error)
    app.add_exception_handler(500, show_error)
    return app


def warm(app: FastAPI) -> None:
    """Loads what the first page would have to wait for: the lexicon, the templates, the counts, the ids of deals."""
    from armsledger.lexicon.matcher import matcher
    from armsledger.views.page_frame import templates

    serving: Serving = app.state.serving
    matcher()
    for name in templates().list_templates(extensions=["html"]):
        templates().get_template(name)
    serving.kept("counts", serving.ledger.counts)
    serving.kept("keys", lambda: serving.seen(serving.ledger.keys()))


def status_of_error(error: Exception) -> int:
    """The HTTP status of an error raised on purpose."""
    from armsledger.views.exits import NothingFound

    if isinstance(error, NotFound | NothingFound):
        return 404
    if isinstance(error, NotPermitted):
        return 403
    return 503 if isinstance(error, LedgerError | MissingExtra) else 400


# -- what every request passes ----------------------------------------------------------------------------


def _pace(per_minute: int, clock: Callable[[], float], common: Common) -> _Pace | SharedPace:
    return _Pace(per_minute, clock) if common.buckets is None else SharedPace(per_minute, clock, common.buckets)


class _Pace:
    """How many requests one address may make: a bucket that fills evenly. Old addresses are forgotten."""

    def __init__(self, per_minute: int, clock: Callable[[], float]) -> None:
        self.most, self.clock = per_minute, clock
        self.held: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, address: str) -> bool:
        now = self.clock()
        left, then = self.held.pop(address, (float(self.most), now))
        left = min(self.most, left + (now - then) * self.most / 60)
        self.held[address] = (max(0.0, left - 1), now)
        while len(self.held) > 10_000:
            self.held.popitem(last=False)
        return left >= 1


@dataclass(frozen=True, slots=True)
class _Guard:
    """Limits before, headers after: pace, size of the body, policy, and an ETag for pages that have not changed."""

    app: ASGIApp
    pace: _Pace | SharedPace | None
    pages: _Pages
    hosts: frozenset[str]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        refused = self._refused(request)
        if refused is not None:
            await self._finished(request, refused)(scope, receive, send)
            return
        serving: Serving = request.app.state.serving
        serving.catch_up(self.pages)
        known = self.pages.get(request)
        if known is not None:
            await _or_unchanged(request, known)(scope, receive, send)
            return
        answer, writes, begun = _Answer(request, send), serving.common.writes.value, self.pages.clock()
        try:
            with fail_after(_LONGEST) as limit:
                answer.limit = limit
                await self.app(scope, receive, answer.take)
        except TimeoutError:
            told, status = "This took too long: ask for less.", 503 if request.method == "GET" else 408
            await self._finished(request, _refusal(request, told, status))(scope, receive, send)
            return
        finally:
            if request.method not in ("GET", "HEAD"):
                serving.common.wrote()
        if answer.whole is not None:
            if answer.made and writes == serving.common.writes.value:
                self.pages.keep(request, answer.whole, self.pages.clock() - begun)
            await _or_unchanged(request, answer.whole)(scope, receive, send)

    def _finished(self, request: Request, response: Response) -> Response:
        _add_headers(request, response.headers)
        return response

    def _refused(self, request: Request) -> Response | None:
        named = request.headers.get("host", "").lower()
        if self.hosts and _PORT.sub("", named) not in self.hosts:
            return _refusal(request, "This server is not called so.", 421)
        address = request.client.host if request.client else "-"
        if self.pace is not None and not self.pace.allows(address):
            return _refusal(request, "Too many requests: wait a minute.", 429, {"Retry-After": "60"})
        length = request.headers.get("content-length", "0")
        if request.method in ("POST", "PUT", "PATCH") and (
            not length.isdecimal() or int(length) > LARGEST_BODY or "content-length" not in request.headers
        ):
            return _refusal(request, f"The body must say its length and have at most {LARGEST_BODY:,} bytes.", 413)
        return None


def _refusal(request: Request, told: str, status: int, headers: dict[str, str] | None = None) -> Response:
    """What is refused before anything is looked at, in the shape of the API's errors or as a line of text."""
    from armsledger.views.api_errors import error_answer

    if request.url.path.startswith("/api/"):
        return error_answer(status, told, headers)
    return PlainTextResponse(f"{told}\n", status, headers)


class _Answer:
    """What the application answers: a page or a document of known length is taken whole and gets a hash of its body as
    ETag; all else goes on as it comes, with the headers that everything has, and may take as long as it likes.
    """

    def __init__(self, request: Request, send: Send) -> None:
        self.request, self.send = request, send
        self.limit: CancelScope | None = None
        self.whole: Response | None = None
        self.made = False  # whether the ETag was made here
        self._start: Message | None = None
        self._body = bytearray()

    async def take(self, message: Message) -> None:
        """Takes a message of the application's."""
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=list(message["headers"]))
            _add_headers(self.request, headers)
            message["headers"] = headers.raw
            kind, is_get = headers.get("content-type", ""), self.request.method == "GET"
            known = "content-length" in headers and kind.startswith(("text/html", "application/json", "text/csv"))
            if is_get and message["status"] == 200 and known:
                self._start = message
                return
            if self.limit is not None:
                self.limit.deadline = inf
            await self.send(message)
        elif self._start is None:
            await self.send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                self._whole()

    def _whole(self) -> None:
        headers = {k.decode("latin-1"): v.decode("latin-1") for k, v in self._start["headers"]} if self._start else {}
        headers.pop("content-length")
        body = bytes(self._body)
        if "etag" not in headers:
            self.made = True
            headers["etag"] = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        self.whole = Response(body, 200, headers)


def _add_headers(request: Request, headers: MutableHeaders) -> None:
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    if request.url.path.startswith("/static/"):
        headers["Cache-Control"] = "public, max-age=3600"
    else:
        headers.setdefault("Cache-Control", "no-cache")


def _or_unchanged(request: Request, response: Response) -> Response:
    """The answer, or 304 where the asker has it already."""
    tag = response.headers.get("etag")
    if tag is None or response.status_code != 200 or tag not in request.headers.get("if-none-match", ""):
        return response
    headers = {n: v for n, v in response.headers.items() if n not in ("content-type", "content-length")}
    return Response(status_code=304, headers=headers)


class _Pages:
    """Pages that took long to make, kept for twenty times as long as that (a minute at most): a server with much to do
    shows a large ledger as it was some seconds ago, one with little to do as it is now. Writing forgets them all.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.held: OrderedDict[str, tuple[float, Response]] = OrderedDict()

    def get(self, request: Request) -> Response | None:
        """The page that is kept for an address."""
        until, page = self.held.get(_asked(request), (0.0, None))
        return page if request.method == "GET" and self.clock() < until else None

    def keep(self, request: Request, page: Response, took: float) -> None:
        """Keeps a page, unless it was quick, is long, or has a form that writes."""
        is_page = page.headers.get("content-type", "").startswith("text/html") and len(page.body) <= _LONG
        if took < _QUICK or not is_page or request.url.path == "/review":
            return
        self.held[_asked(request)] = (self.clock() + min(60.0, 20 * took), page)
        while len(self.held) > _PAGES:
            self.held.popitem(last=False)

    def clear(self) -> None:
        """Forgets all, because something was written."""
        self.held.clear()


def _asked(request: Request) -> str:
    return f"{request.url.path}?{request.url.query}"
