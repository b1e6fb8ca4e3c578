"""A real browser for the tests of the web page: Debian's Chromium through Playwright, and a server on this machine.

Tests that need it are skipped where Playwright or Chromium is missing, unless ARMSLEDGER_NEEDS_CHROMIUM is set.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from armsledger.ledger import Ledger
from armsledger.views.http import create_app
from armsledger.views.serve import listening

from .stories import Paper, Said, claim

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

CHROMIUM = os.environ.get("ARMSLEDGER_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
TOKEN = "a token of the test"


_MISSILE: dict[str, Any] = {"system": "aim-120", "item": "AIM-120C-8", "reader": "notices/1"}


def _said(day: str, words: str, stage: str) -> Paper:
    told = {"transmittal": "31-90"}
    return Paper(
        day, "Example Register", [Said(words, [claim("USA FIN", stage, "US Government", told=told, **_MISSILE)])]
    )


GROWING = (
    _said(
        "2031-03-01", "Transmittal 31-90: a possible sale of AIM-120C-8 missiles to Finland was approved.", "approved"
    ),
    _said("2031-06-01", "Transmittal 31-90: Finland has ordered the AIM-120C-8 missiles.", "ordered"),
)
"""Two papers of one case, by its number: approved in March, ordered in June."""


def browser() -> Iterator[Browser]:
    """Chromium; to be the body of a module's fixture."""
    needed = bool(os.environ.get("ARMSLEDGER_NEEDS_CHROMIUM"))
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        if needed:
            raise
        pytest.skip("playwright is not installed: pip install 'armsledger[dev]'")
    if not Path(CHROMIUM).exists() and not needed:
        pytest.skip(f"no Chromium at {CHROMIUM}: apt-get install chromium, or set ARMSLEDGER_CHROMIUM")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


@contextmanager
def served(ledger: Ledger, token: str | None = None) -> Iterator[str]:
    """The address of the web page over a ledger, served from a thread for as long as the block lasts."""
    import uvicorn

    with listening("127.0.0.1", 0) as taken:
        app = create_app(ledger, token=token, per_minute=None)
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]})
        thread.start()
        try:
            while not server.started and thread.is_alive():
                time.sleep(0.01)
            yield f"http://127.0.0.1:{taken.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@dataclass
class Watched:
    """A page and what it did: requests to other hosts, dialogs, messages of the console, faults of scripts."""

    page: Page
    home: str
    foreign: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)

    def open(self, path: str) -> Any:
        """The answer to going to a page of ours."""
        return self.page.goto(self.home + path)

    def follow(self, what: Locator) -> None:
        """Clicks a link or a button and waits for the page that it leads to."""
        with self.page.expect_navigation():
            what.click()

    def faults(self) -> list[str]:
        """Everything that should not have happened."""
        return [*self.foreign, *self.dialogs, *self.console]


def watched(context: BrowserContext, home: str) -> Watched:
    """A new page of which everything is written down; no dialog stays open, no request leaves this machine."""
    seen = Watched(context.new_page(), home)
    page = seen.page

    def ask(route: Any) -> None:
        url = route.request.url
        if url.startswith((home + "/", "data:", "blob:")):
            route.continue_()
        else:
            seen.foreign.append(url)
            route.abort()

    def dialog(shown: Any) -> None:
        seen.dialogs.append(shown.message)
        shown.dismiss()

    def message(said: Any) -> None:
        if said.type in ("error", "warning"):
            seen.console.append(said.text)

    context.route("**/*", ask)
    page.on("dialog", dialog)
    page.on("console", message)
    page.on("pageerror", lambda error: seen.console.append(str(error)))
    return seen
