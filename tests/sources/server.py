"""A real server on this machine: it serves pages that a test puts there, edits them, refuses, stalls and lies.

Nothing sleeps: a stalled answer is held until the test lets go of it, and the client's own short limit ends the wait.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(slots=True)
class Held:
    """How a path is answered. ``says`` is the length that the head gives, where that is a lie."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    tag: str = ""
    says: int | None = None
    stalls: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that came in."""

    path: str
    headers: dict[str, str]


class Site:
    """What the server serves, and what it was asked. Paths are whole, query included.

    ``stalled`` is set when somebody waits for an answer that does not come.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.asked: list[Asked] = []
        self.stalled = threading.Event()
        self.let_go = threading.Event()
        self._held: dict[str, Held] = {}

    def put(self, path: str, body: str | bytes, tag: str = "", **headers: str) -> None:
        """Serves a page from now on, in place of what stood there. With a tag it answers 304 to who has it already."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        data = body if isinstance(body, bytes) else body.encode()
        self._held[path] = Held(data, headers={"Content-Type": "text/html; charset=utf-8", **named}, tag=tag)

    def refuse(self, path: str, status: int, **headers: str) -> None:
        """Answers with a status and nothing of use."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._held[path] = Held(b"no", status=status, headers=named)

    def redirect(self, path: str, goal: str) -> None:
        """Leads elsewhere."""
        self._held[path] = Held(b"", status=302, headers={"Location": goal})

    def stall(self, path: str) -> None:
        """Takes the request and says nothing until ``let_go``."""
        self._held[path] = Held(stalls=True)

    def lie(self, path: str, body: str, says: int) -> None:
        """Sends a body and says that it is longer."""
        self._held[path] = Held(body.encode(), says=says)

    def take_away(self, path: str) -> None:
        """Answers 404 from now on."""
        self._held.pop(path, None)

    def paths(self) -> list[str]:
        """What was asked for since the last time, in order."""
        asked = [one.path for one in self.asked]
        self.asked.clear()
        return asked

    def answer(self, path: str) -> Held:
        """How a path is answered now."""
        return self._held.get(path, Held(b"not here", status=404))


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Callable[[], Site]

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is the base class's)
        pass

    def do_GET(self) -> None:
        self.close_connection = True
        site = type(self).site()
        site.asked.append(Asked(self.path, dict(self.headers)))
        held = site.answer(self.path)
        if held.stalls:
            site.stalled.set()
            site.let_go.wait()
            return
        if held.tag and self.headers["If-None-Match"] == held.tag:
            self._send(Held(status=304, headers={"ETag": held.tag}))
        else:
            self._send(held)

    def _send(self, held: Held) -> None:
        self.send_response(held.status)
        for name, value in held.headers.items():
            self.send_header(name, value)
        if held.tag:
            self.send_header("ETag", held.tag)
        self.send_header("Content-Length", str(len(held.body) if held.says is None else held.says))
        self.end_headers()
        self.wfile.write(held.body)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that hang up are what is tested here."""


@contextmanager
def serving() -> Iterator[Site]:
    """A server on a free port of this machine, with nothing on it."""
    held: list[Site] = []
    handler = type("Handler", (_Handler,), {"site": staticmethod(lambda: held[0])})
    server = _Server(("127.0.0.1", 0), handler)
    held.append(Site(f"http://127.0.0.1:{server.server_port}"))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield held[0]
    finally:
        held[0].let_go.set()
        server.shutdown()
        thread.join()
        server.server_close()
