"""A server that speaks the form of OpenAI's chat completions, on this machine, with answers that a test lines up.

It is a real server on a real socket: what the client library does with time, retries and broken answers is tested with
it. Nothing sleeps: a server that is to be silent waits for the test to end.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True, slots=True)
class Said:
    """One answer: a status, a text that is put into a completion (or sent as it is), and how it ends."""

    text: str | None = ""
    status: int = 200
    finish: str = "stop"
    raw: bytes | None = None
    silent: bool = False
    hang_up: bool = False
    headers: dict[str, str] = field(default_factory=dict)


def claims(*records: dict[str, Any]) -> Said:
    """An answer with these records."""
    return Said(json.dumps({"claims": records}))


class FakeModel:
    """The server: give it ``answers``, look at ``requests`` (bodies) and ``keys`` (what came as authorisation)."""

    def __init__(self) -> None:
        self.answers: list[Said] = []
        self.otherwise = claims()  # what is said when no answer is left
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.ended = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Ends silent answers and the server."""
        self.ended.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler(model: FakeModel) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            model.requests.append(body)
            model.keys.append(self.headers.get("Authorization"))
            said = model.answers.pop(0) if model.answers else model.otherwise
            if said.silent:
                model.ended.wait(30)
            if said.silent or said.hang_up:
                self.close_connection = True
                return
            sent = said.raw if said.raw is not None else _completion(body, said)
            self.send_response(said.status)
            for name, value in {"Content-Type": "application/json", **said.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    return Handler


def _completion(body: dict[str, Any], said: Said) -> bytes:
    if said.status != 200:
        return json.dumps({"error": {"message": said.text, "type": "error"}}).encode()
    choice = {"index": 0, "finish_reason": said.finish, "message": {"role": "assistant", "content": said.text}}
    usage = {"prompt_tokens": 1000, "completion_tokens": 100, "total_tokens": 1100}
    whole = {"id": "1", "object": "chat.completion", "created": 0, "model": body["model"]}
    return json.dumps({**whole, "choices": [choice], "usage": usage}).encode()


@contextmanager
def fake_model() -> Iterator[FakeModel]:
    """A server for the length of a block."""
    model = FakeModel()
    try:
        yield model
    finally:
        model.close()
