"""``armsledger serve``: the web page over a ledger, on this machine alone unless told otherwise."""

from __future__ import annotations

import os
import socket
import threading
from ipaddress import ip_address

import click

from armsledger.errors import InputError
from armsledger.views.options import ledger_option
from armsledger.views.publishers import grades_from, publishers_option

TOKEN = "ARMSLEDGER_WRITE_TOKEN"  # noqa: S105 (the name of a setting)
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")  # what a server is called that only this machine can reach


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any that is free.")
@publishers_option
@ledger_option
def command(host: str, port: int, publishers: str | None, ledger: str) -> None:
    """Show the ledger as web pages and answer its HTTP API.

    Only this machine can reach it unless --host says otherwise. Reading is open. Writing (judgements, documents) is off
    unless ARMSLEDGER_WRITE_TOKEN is set; whoever writes has to send that token.

    \b
    Examples:
      armsledger serve
      armsledger serve --ledger my.db --port 8080
    """
    import uvicorn

    from armsledger.ledger import Ledger
    from armsledger.views.http import create_app, warm

    grades = grades_from(publishers)
    with Ledger.open(ledger, create=False) as book, listening(host, port) as taken:
        where = taken.getsockname()
        hosts = LOOPBACK if ip_address(where[0].partition("%")[0]).is_loopback else ()
        app = create_app(book, grades, token=os.environ.get(TOKEN) or None, hosts=hosts)
        threading.Thread(target=warm, args=(app,), daemon=True).start()
        shown = f"[{where[0]}]" if ":" in where[0] else where[0]
        click.echo(f"{book.name} is at http://{shown}:{where[1]}/ (stop with Ctrl-C)")
        config = uvicorn.Config(
            app, log_level="warning", server_header=False, timeout_keep_alive=10, limit_concurrency=200
        )
        uvicorn.Server(config).run([taken])


def listening(host: str, port: int) -> socket.socket:
    """A socket that is bound to an address. Raises InputError where it cannot be."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        taken = socket.socket(family, socket.SOCK_STREAM)
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind((host, port))
    except OSError as problem:
        raise InputError(
            f"{host}:{port}", f"cannot be listened on: {problem.strerror}", "give another --port"
        ) from problem
    return taken
