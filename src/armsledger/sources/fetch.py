"""An address becomes bytes. The only network code of the project.

Plain requests, nothing hidden: our name is in the user agent, no cookies, no retries, no scripts. A server that
refuses, hangs, drips, lies about lengths or sends a bomb costs bounded time and memory, and gives ``NotFetched``.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import zlib
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from functools import partial
from http import HTTPStatus
from time import monotonic
from types import TracebackType
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit, urlunsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from armsledger.errors import NotFetched
from armsledger.model import Fetched

USER_AGENT = "armsledger/0.1 (reads published documents; one request at a time)"
_UNSEEN = "it could not be seen, which does not mean that nothing is there"
_BY_HAND = "save the page in a browser and read the file"
_PIECE = 65536


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost: seconds of silence, seconds in all, bytes on the wire, bytes unpacked, redirects."""

    silence_s: float = 20.0
    total_s: float = 90.0
    wire_bytes: int = 50_000_000
    unpacked_bytes: int = 100_000_000
    redirects: int = 6


def fetch(url: str, limits: Limits | None = None) -> Fetched:
    """The bytes that stand at an address, with the address they came from in the end, their media type and charset.

    Redirects are followed to http and https only. Raises ``NotFetched`` with the reason whenever the whole of it could
    not be had; half a page is never returned.
    """
    limits = limits or Limits()
    deadline = _Deadline(limits.total_s)
    try:
        with deadline, _opener(limits, deadline).open(_request(url), timeout=limits.silence_s) as response:
            wire = _read(response, url, limits)
            headers: Message = response.headers
            final = str(response.geturl())
    except HTTPError as error:
        error.close()
        raise _status(url, error.code, error.headers.get("Location") or "") from error
    except NotFetched as error:
        raise _late(url, limits) if deadline.passed else error from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise _late(url, limits) if deadline.passed else _failure(url, error, limits) from error
    if deadline.passed:
        raise _late(url, limits)  # a connection cut within its head looks like an empty answer
    return Fetched(
        name=url,
        body=_unpack(wire, headers.get("Content-Encoding", ""), url, limits),
        url=final,
        media_type=headers.get_content_type() if headers.get("Content-Type") else None,
        charset=headers.get_content_charset(),
    )


# -- asking -----------------------------------------------------------------------------------------------


def _request(url: str) -> Request:
    try:
        parts = urlsplit(url)
        host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode("ascii")
    except ValueError as error:
        raise NotFetched(url, f"is not an address: {error}") from error
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        raise NotFetched(url, "is not an address of the form https://host/path")
    path, query = (quote(part, safe="/%:=&?~+!$,;'@()*[]#") for part in (parts.path, parts.query))
    headers = {
        "User-Agent": USER_AGENT,
        "Accept": "text/html,application/xhtml+xml,text/plain,application/pdf,*/*;q=0.5",
        "Accept-Encoding": "gzip, deflate",
    }
    return Request(urlunsplit((parts.scheme, host, path, query, "")), headers=headers)  # noqa: S310 (checked above)


def _opener(limits: Limits, deadline: _Deadline) -> OpenerDirector:
    """An opener that knows http and https and nothing else: no file:, ftp: or data: addresses."""
    opener = OpenerDirector()
    for handler in (
        ProxyHandler(),
        _Http(deadline),
        _Https(deadline),
        _Redirects(limits.redirects),
        HTTPErrorProcessor(),
        HTTPDefaultErrorHandler(),
    ):
        opener.add_handler(handler)
    return opener


class _Redirects(HTTPRedirectHandler):
    def __init__(self, at_most: int) -> None:
        setattr(self, "max_redirections", at_most)  # noqa: B010 (typeshed has it as a class variable)

    def redirect_request(self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Request | None:
        # None: no redirect, so the answer itself becomes the error that is told.
        return super().redirect_request(req, fp, code, msg, headers, newurl) if _is_http(newurl) else None


def _is_http(url: str) -> bool:
    return urlsplit(url).scheme.lower() in {"http", "https"}


class _Deadline:
    """Cuts the connections of one fetch when its time is up: a timeout alone never ends a server that drips."""

    def __init__(self, seconds: float) -> None:
        self.passed = False
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()
        self._until = monotonic() + seconds
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> _Deadline:
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, tb: TracebackType | None) -> None:
        self._timer.cancel()
        with self._lock:
            for one in self._sockets:
                one.close()
            self._sockets.clear()

    def connect(self, *args: Any, **kwargs: Any) -> socket.socket:
        """Connects as ``socket.create_connection`` does and keeps a second handle by which it can be cut."""
        made = socket.create_connection(*args, **kwargs)
        with self._lock:
            # A duplicate, because TLS takes the first handle away; shutting one down shuts the connection.
            self._sockets.append(made.dup())
        if monotonic() > self._until:
            self._cut()
        return made

    def _cut(self) -> None:
        self.passed = True
        with self._lock:
            for one in self._sockets:
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)


class _Http(HTTPHandler):
    def __init__(self, deadline: _Deadline) -> None:
        super().__init__()
        self._deadline = deadline

    def http_open(self, req: Request) -> http.client.HTTPResponse:
        return self.do_open(partial(_connection, http.client.HTTPConnection, self._deadline), req)


class _Https(HTTPSHandler):
    def __init__(self, deadline: _Deadline) -> None:
        super().__init__()
        self._deadline = deadline

    def https_open(self, req: Request) -> http.client.HTTPResponse:
        context = ssl.create_default_context()
        return self.do_open(partial(_connection, http.client.HTTPSConnection, self._deadline, context=context), req)


def _connection(
    kind: type[http.client.HTTPConnection], deadline: _Deadline, host: str, **kwargs: Any
) -> http.client.HTTPConnection:
    made = kind(host, **kwargs)
    made._create_connection = deadline.connect  # type: ignore[attr-defined]  # where http.client gets its sockets
    return made


# -- receiving --------------------------------------------------------------------------------------------


def _read(response: http.client.HTTPResponse, url: str, limits: Limits) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while piece := response.read1(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > limits.wire_bytes:
            raise NotFetched(url, f"is larger than {limits.wire_bytes:,} bytes", "save it and read the file")
    if response.length:
        raise _cut_short(url, f"{response.length:,} bytes are missing")
    return b"".join(pieces)


def _unpack(wire: bytes, encoding: str, url: str, limits: Limits) -> bytes:
    for name in reversed([part.strip().lower() for part in encoding.split(",")]):
        if name in {"", "identity"}:
            continue
        if name not in {"gzip", "x-gzip", "deflate"}:
            raise NotFetched(url, f"the server packed it as {name!r}, which was not asked for", _BY_HAND)
        wire = _inflate(wire, url, limits)
    return wire


def _inflate(wire: bytes, url: str, limits: Limits) -> bytes:
    # 47 knows gzip and zlib by their heads; servers also say "deflate" for the bare stream, which has none.
    bits = 47 if wire[:2] == b"\x1f\x8b" or (wire[:1] == b"\x78" and int.from_bytes(wire[:2], "big") % 31 == 0) else -15
    out: list[bytes] = []
    room = limits.unpacked_bytes
    while wire:
        stream = zlib.decompressobj(bits)
        try:
            out.append(stream.decompress(wire, room + 1))
        except zlib.error as error:
            raise NotFetched(url, f"is packed wrongly ({error}); {_UNSEEN}", _BY_HAND) from error
        room -= len(out[-1])
        if room < 0:
            raise NotFetched(url, f"unpacks to more than {limits.unpacked_bytes:,} bytes", _BY_HAND)
        if not stream.eof:
            raise _cut_short(url, "the packed stream has no end")
        wire = stream.unused_data.lstrip(b"\0") if bits == 47 else b""
    return b"".join(out)


# -- saying why not ---------------------------------------------------------------------------------------


def _status(url: str, code: int, goal: str) -> NotFetched:
    if 300 <= code < 400 and urlsplit(goal).scheme and not _is_http(goal):
        return NotFetched(url, f"the server redirects to {goal[:80]!r}, which is no http address; {_UNSEEN}", _BY_HAND)
    if 300 <= code < 400:
        return NotFetched(url, f"the server redirects without end or without a goal ({code}); {_UNSEEN}", _BY_HAND)
    try:
        phrase = f"{code} {HTTPStatus(code).phrase}"
    except ValueError:
        phrase = str(code)
    later = "try again later" if code >= 500 or code == 429 else _BY_HAND
    if code in {404, 410}:
        return NotFetched(url, f"the server answered {phrase}: {_UNSEEN}", "check the address, or look in an archive")
    return NotFetched(url, f"the server answered {phrase}: {_UNSEEN}", later)


def _late(url: str, limits: Limits) -> NotFetched:
    return NotFetched(url, f"did not end within {limits.total_s:g} seconds: {_UNSEEN}", "try again later")


def _failure(url: str, error: Exception, limits: Limits) -> NotFetched:
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, TimeoutError):
        return NotFetched(url, f"was silent for {limits.silence_s:g} seconds: {_UNSEEN}", "try again later")
    if isinstance(reason, http.client.IncompleteRead):
        return _cut_short(url, "the last piece is missing")
    if isinstance(reason, ssl.SSLError):
        why = getattr(reason, "verify_message", "") or getattr(reason, "reason", "") or "TLS failed"
        return NotFetched(url, f"the server could not prove who it is ({why}): {_UNSEEN}", _BY_HAND)
    if isinstance(reason, socket.gaierror):
        return NotFetched(url, "no server of that name was found", "check the address and the network")
    said = _printable(str(getattr(reason, "strerror", None) or reason)) or type(reason).__name__
    return NotFetched(url, f"the server could not be reached ({said}): {_UNSEEN}", "check the address and the network")


def _printable(said: str) -> str:
    """One line of at most 200 characters: a server may put anything into what becomes our message."""
    return " ".join("".join(c if c.isprintable() else " " for c in said[:200]).split())


def _cut_short(url: str, what: str) -> NotFetched:
    return NotFetched(url, f"was cut short: {what}; {_UNSEEN}", "try again later")
