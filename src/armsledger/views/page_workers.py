"""Several processes that serve one ledger on one port, and what they have in common.

Each process has its own socket on the port, and the system gives every connection to one of them (``SO_REUSEPORT``).
They share the secret of forms, the buckets of who may ask how much, and a count of what was written, by which each
knows that it is to forget what it keeps. Everything else is in the ledger.
"""

from __future__ import annotations

import multiprocessing
import os
import secrets
import signal
import threading
import time
import zlib
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

if TYPE_CHECKING:
    from armsledger.views.publishers import Grades

Socket: TypeAlias = Any  # one that listens; this module opens none
LARGE = 200_000_000  # bytes of a ledger that is worth more than one process
_MOST = 4  # processes, where nobody says how many
_BUCKETS = 4_096


class Count(Protocol):
    """A number that processes have in common."""

    value: int

    def get_lock(self) -> AbstractContextManager[Any]:
        """What to hold while it is changed."""


@dataclass(slots=True)
class _Alone:
    """The count of a process that serves alone."""

    value: int = 0

    def get_lock(self) -> AbstractContextManager[Any]:
        """Threads may count one write twice for one: it differs from before all the same."""
        return nullcontext()


@dataclass(frozen=True, slots=True)
class Common:
    """What the processes of one server have in common: the secret of forms, how many requests have written, and the
    buckets of requests (None: each keeps its own).
    """

    form_secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    writes: Count = field(default_factory=_Alone)
    buckets: Any = None

    def wrote(self) -> None:
        """Tells all that something was written."""
        with self.writes.get_lock():
            self.writes.value += 1


class SharedPace:
    """How many requests one address may make of all processes together: a bucket that fills evenly.

    Addresses share a few thousand buckets, so that nothing grows; two that meet in one have it together.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float], buckets: Any) -> None:
        self.most, self.clock, self.buckets = per_minute, clock, buckets

    def allows(self, address: str) -> bool:
        """Whether an address may ask once more, which is counted."""
        at = 2 * (zlib.crc32(address.encode()) % (len(self.buckets) // 2))
        now = self.clock()
        with self.buckets.get_lock():
            spent, then = self.buckets[at], self.buckets[at + 1]
            spent = max(0.0, spent - (now - then) * self.most / 60)
            allowed = bool(spent <= self.most - 1)
            self.buckets[at], self.buckets[at + 1] = min(float(self.most), spent + 1), now
        return allowed


@dataclass(frozen=True, slots=True)
class Served:
    """What every process serves."""

    ledger: str
    grades: Grades
    token: str | None
    hosts: tuple[str, ...]
    per_minute: int | None = 1200


def usual(ledger: str) -> int:
    """How many processes serve a ledger where nobody says: one, or one a core where its file is large."""
    path = Path(ledger)
    if "://" in ledger or not path.is_file() or path.stat().st_size < LARGE:
        return 1
    return max(1, min(_MOST, os.cpu_count() or 1))


# -- the processes ----------------------------------------------------------------------------------------


def serve_one(served: Served, taken: Socket, common: Common, ends: Callable[[Any], None] = lambda _: None) -> None:
    """Serves until it is told to end. ``ends`` is given the server, to end it from elsewhere."""
    import uvicorn

    from armsledger.ledger import Ledger
    from armsledger.views.http import create_app, warm

    with Ledger.open(served.ledger, create=False) as book:
        app = create_app(
            book, served.grades, token=served.token, hosts=served.hosts, per_minute=served.per_minute, common=common
        )
        threading.Thread(target=warm, args=(app,), daemon=True).start()
        config = uvicorn.Config(
            app, log_level="warning", server_header=False, timeout_keep_alive=10, limit_concurrency=200
        )
        server = uvicorn.Server(config)
        ends(server)
        server.run([taken])


def serve_together(served: Served, sockets: Sequence[Socket]) -> None:
    """Serves with a process for each socket until it is told to end; one that is lost is replaced."""
    context = multiprocessing.get_context("spawn")
    common = Common(writes=context.Value("Q", 0), buckets=context.Array("d", 2 * _BUCKETS))
    ended = threading.Event()
    for told in (signal.SIGINT, signal.SIGTERM):
        signal.signal(told, lambda *_: ended.set())

    def start(taken: Socket) -> BaseProcess:
        process = context.Process(target=_work, args=(served, taken, common), daemon=True)
        process.start()
        return process

    working = [(taken, start(taken)) for taken in sockets]
    try:
        while not ended.wait(1):
            working = [(taken, one if one.is_alive() else start(taken)) for taken, one in working]
    finally:
        for _, one in working:
            one.terminate()
        for _, one in working:
            one.join()


def _work(served: Served, taken: Socket, common: Common) -> None:
    """One of several processes; it ends when the one that started it does, however that ends."""

    def watch(server: Any) -> None:
        def wait() -> None:
            parent = multiprocessing.parent_process()
            if parent is not None:
                parent.join()
            server.should_exit = True
            time.sleep(10)  # for what is being answered
            os._exit(0)

        threading.Thread(target=wait, daemon=True).start()

    serve_one(served, taken, common, watch)
