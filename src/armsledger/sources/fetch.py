"""An address becomes bytes. The only network code of the project.

Plain requests, nothing hidden: our name is in the user agent, no cookies, no retries, no scripts. A server that
refuses, hangs, drips, lies about lengths or sends a bomb costs bounded time and memory, and gives ``NotFetched``.

``fetch`` is for an address that a person has typed. ``ask`` is for addresses that others have put into feeds and pages:
one request, one answer, no redirect followed, and no connection to a private address.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
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
    BaseHandler,
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from armsledger.errors import InputError, NotFetched
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
    opener = _opener(
        ProxyHandler(),
        _Http(deadline),
        _Https(deadline),
        _Redirects(limits.redirects),
        HTTPErrorProcessor(),
        HTTPDefaultErrorHandler(),
    )
    with _told(url, limits, deadline), opener.open(_request(url, {}), timeout=limits.silence_s) as response:
        wire = _read(response, url, limits)
        headers: Message = response.headers
        final = str(response.geturl())
    return Fetched(
        name=url,
        body=_unpack(wire, headers.get("Content-Encoding", ""), url, limits),
        url=final,
        media_type=headers.get_content_type() if headers.get("Content-Type") else None,
        charset=headers.get_content_charset(),
    )


@dataclass(frozen=True, slots=True)
class Reach:
    """Which addresses ``ask`` may connect to: public ones, and private ones whose host and port are in ``private``.

    ``proxy`` sends requests through the proxy that the environment names. Then the proxy makes the connection and it
    is the proxy that has to refuse private addresses; only those that are plain from here are refused here.
    """

    private: frozenset[str] = frozenset()  # host:port, as ``place`` gives it
    proxy: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a server to one request, as it came: whatever its status, packed as it was, no redirect followed.

    ``peer`` is the network address that answered, None behind a proxy.
    """

    url: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    wire: bytes
    peer: str | None = None

    def header(self, name: str) -> str:
        """The first header of that name, or an empty text."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


def ask(
    url: str, limits: Limits | None = None, reach: Reach | None = None, headers: Mapping[str, str] | None = None
) -> Answer:
    """The answer to one request for an address. Raises ``NotFetched`` where there was none, or not the whole of it;
    ``PrivateAddress``, which is one, where nobody was asked.

    The name of the host is looked up once, every address that it stands for is checked, and the connection is made to a
    checked one, so that a name cannot lead elsewhere the second time.
    """
    limits, reach = limits or Limits(), reach or Reach()
    deadline = _Deadline(limits.total_s, None if place(url) in reach.private else url)
    opener = _opener(_Http(deadline), _Https(deadline))
    if reach.proxy:
        deadline.checked = None
        if place(url) not in reach.private:
            _refuse_private(url)
        opener.add_handler(ProxyHandler())
    with _told(url, limits, deadline), opener.open(_request(url, headers or {}), timeout=limits.silence_s) as response:
        return Answer(
            url=url,
            status=response.status,
            reason=_printable(response.reason or ""),
            headers=tuple((str(name), _unfolded(str(value))) for name, value in response.headers.items()),
            wire=_read(response, url, limits),
            peer=None if reach.proxy else deadline.peer,
        )


def body_of(answer: Answer, limits: Limits | None = None) -> bytes:
    """The body of an answer, unpacked. Raises ``NotFetched`` where it is packed wrongly or unpacks to too much."""
    return _unpack(answer.wire, answer.header("Content-Encoding"), answer.url, limits or Limits())


def not_seen(answer: Answer) -> NotFetched:
    """The error that says why an answer that is no page is none."""
    return _status(answer.url, answer.status, answer.header("Location"))


def reason(error: InputError) -> str:
    """Why an address could not be seen and what to do, without saying once more that nothing follows from it."""
    why = error.problem.replace(f": {_UNSEEN}", "").replace(f"; {_UNSEEN}", "")
    return why + (f" ({error.advice})" if error.advice else "")


def place(url: str) -> str:
    """``host:port`` of an address, the port that goes without saying written out; empty where it is no address.

    >>> place("https://Example.org/a"), place("http://example.org:8080"), place("mailto:a@example.org")
    ('example.org:443', 'example.org:8080', '')
    """
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme.lower())
    except ValueError:
        return ""
    return f"{(parts.hostname or '').lower()}:{port}" if parts.hostname and port and _is_http(url) else ""


@contextmanager
def _told(url: str, limits: Limits, deadline: _Deadline) -> Iterator[None]:
    """Within the time of the deadline; whatever ends it early becomes ``NotFetched`` with a reason."""
    try:
        with deadline:
            yield
    except HTTPError as error:
        error.close()
        raise _status(url, error.code, error.headers.get("Location") or "") from error
    except NotFetched as error:
        raise _late(url, limits) if deadline.passed else error from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise _late(url, limits) if deadline.passed else _failure(url, error, limits) from error
    if deadline.passed:
        raise _late(url, limits)  # a connection cut within its head looks like an empty answer


# -- asking -----------------------------------------------------------------------------------------------


def _request(url: str, more: Mapping[str, str]) -> Request:
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
        **more,
    }
    return Request(urlunsplit((parts.scheme, host, path, query, "")), headers=headers)  # noqa: S310 (checked above)


def _opener(*handlers: BaseHandler) -> OpenerDirector:
    """An opener that knows http and https and nothing else: no file:, ftp: or data: addresses."""
    opener = OpenerDirector()
    for handler in handlers:
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
    """Cuts the connections of one fetch when its time is up: a timeout alone never ends a server that drips.

    ``checked`` is the address that is asked for, where only public addresses may be connected to; else None.
    """

    def __init__(self, seconds: float, checked: str | None = None) -> None:
        self.passed = False
        self.checked = checked
        self.peer: str | None = None
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

    def connect(self, address: tuple[str, int], *args: Any, **kwargs: Any) -> socket.socket:
        """Connects as ``socket.create_connection`` does and keeps a second handle by which it can be cut."""
        if self.checked is None:
            made = socket.create_connection(address, *args, **kwargs)
        else:
            made = _first(_public(address, self.checked), *args, **kwargs)
        with suppress(OSError):  # gone already: what is sent next tells
            self.peer = str(made.getpeername()[0])
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


# -- public and private addresses -------------------------------------------------------------------------


class PrivateAddress(NotFetched):
    """An address that leads into a private network, where a feed or a page has no business to send us."""


_SEVERAL = 4  # addresses of one name that are tried, each for as long as a silent server is waited for


def _public(address: tuple[str, int], url: str) -> list[tuple[str, int]]:
    """The network addresses behind a name and a port, all public. Raises ``PrivateAddress`` where one is not."""
    host, port = address
    found = [str(told[4][0]).partition("%")[0] for told in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    for one in found:
        if not is_public(one):
            raise PrivateAddress(
                url,
                f"leads to {one}, an address of this machine or of a private network, where nothing is asked",
                "allow_private in the config file allows it for the address of a source",
            )
    return [(one, port) for one in dict.fromkeys(found)][:_SEVERAL]


def _first(addresses: list[tuple[str, int]], *args: Any, **kwargs: Any) -> socket.socket:
    """A connection to the first of the addresses that takes one."""
    for address in addresses[:-1]:
        with suppress(OSError):
            return socket.create_connection(address, *args, **kwargs)
    return socket.create_connection(addresses[-1], *args, **kwargs)


def _refuse_private(url: str) -> None:
    """Raises ``PrivateAddress`` where the name of the host stands for one, as far as can be told from here."""
    host, _, port = place(url).rpartition(":")
    with suppress(OSError, ValueError):
        _public((host, int(port or 0)), url)


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether a network address is one of the public net: not this machine, no private network, no group of machines.

    An IPv6 address that stands for an IPv4 address is judged by that one.

    >>> is_public("93.184.216.34"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1"), is_public("169.254.1.1")
    (True, False, False, False)
    """
    one = ipaddress.ip_address(address)
    if isinstance(one, ipaddress.IPv6Address):
        inner = one.ipv4_mapped or one.sixtofour or (one.teredo[1] if one.teredo else None)
        if one in _NAT64 or (inner is None and int(one) >> 32 == 0):  # the latter once stood for an IPv4 address, too
            inner = ipaddress.IPv4Address(int(one) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if one.is_site_local:
            return False
    return one.is_global and not one.is_multicast and not one.is_reserved and not one.is_unspecified


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
    if 300 <= code < 400 and code != HTTPStatus.NOT_MODIFIED:
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


def _unfolded(value: str) -> str:
    """A header on one line: servers may break it, and what is written as a header must not be broken."""
    return value if value.isprintable() else " ".join(value.split())


def _printable(said: str) -> str:
    """One line of at most 200 characters: a server may put anything into what becomes our message."""
    return " ".join("".join(c if c.isprintable() else " " for c in said[:200]).split())


def _cut_short(url: str, what: str) -> NotFetched:
    return NotFetched(url, f"was cut short: {what}; {_UNSEEN}", "try again later")
