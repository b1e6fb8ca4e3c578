"""``armsledger serve``: the web page over a ledger, on this machine alone unless told otherwise."""

from __future__ import annotations

import os
import socket
from ipaddress import ip_address

import click

from armsledger.errors import InputError
from armsledger.views.options import ledger_option
from armsledger.views.publishers import grades_from, publishers_option

TOKEN = "ARMSLEDGER_WRITE_TOKEN"  # noqa: S105 (the name of a setting)
_WAITING = 512  # connections that wait to be taken
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")  # what a server is called that only this machine can reach


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any that is free.")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    metavar="NUMBER",
    help="How many processes answer.  [default: 1; one a core, 4 at most, where the ledger is a file of over 200 MB]",
)
@publishers_option
@ledger_option
def command(host: str, port: int, workers: int | None, publishers: str | None, ledger: str) -> None:
    """Show the ledger as web pages and answer its HTTP API.

    Only this machine can reach it unless --host says otherwise. Reading is open. Writing (judgements, documents) is off
    unless ARMSLEDGER_WRITE_TOKEN is set; whoever writes has to send that token.

    \b
    Examples:
      armsledger serve
      armsledger serve --ledger my.db --port 8080
      armsledger serve --workers 2
    """
    from contextlib import ExitStack

    from armsledger.ledger import Ledger
    from armsledger.views.page_workers import Common, Served, serve_one, serve_together, usual

    grades, count = grades_from(publishers), workers or (usual(ledger) if can_share() else 1)
    if count > 1 and not can_share():
        raise InputError("--workers", "this system does not share a port between processes", "leave it out")
    with Ledger.open(ledger, create=False) as book:  # so that what is wrong with it is told at once
        name = book.name
    with ExitStack() as held:
        if count > 1:  # a port that another server has is not to be shared with it
            listening(host, port).close()
        sockets = [held.enter_context(listening(host, port, shared=count > 1))]
        where = sockets[0].getsockname()
        while len(sockets) < count:
            sockets.append(held.enter_context(listening(host, where[1], shared=True)))
        for taken in sockets:
            taken.listen(_WAITING)  # whoever comes from now on is answered as soon as it can be
        hosts = LOOPBACK if ip_address(where[0].partition("%")[0]).is_loopback else ()
        served = Served(ledger, grades, os.environ.get(TOKEN) or None, hosts)
        shown = f"[{where[0]}]" if ":" in where[0] else where[0]
        click.echo(f"{name} is at http://{shown}:{where[1]}/ (stop with Ctrl-C)")
        if count == 1:
            serve_one(served, sockets[0], Common())
        else:
            serve_together(served, sockets)


def can_share() -> bool:
    """Whether the system gives connections to one of several processes on one port."""
    return hasattr(socket, "SO_REUSEPORT")


def listening(host: str, port: int, *, shared: bool = False) -> socket.socket:
    """A socket that is bound to an address; ``shared`` with other sockets of this user. Raises InputError where it
    cannot be.
    """
    taken: socket.socket | None = None
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        taken = socket.socket(family, socket.SOCK_STREAM)
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if shared:
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        taken.bind((host, port))
    except OSError as problem:
        if taken is not None:
            taken.close()
        raise InputError(
            f"{host}:{port}", f"cannot be listened on: {problem.strerror}", "give another --port"
        ) from problem
    return taken
