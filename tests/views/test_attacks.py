"""Hostile documents, read and shown: nothing of theirs runs, nothing is asked of another host, everything is only text."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient
from lxml import etree

from armsledger.ledger import ClaimFilter, Ledger
from armsledger.pipeline import Report, read_inputs, record
from armsledger.views.http import create_app

from .browsing import browser, served, watched
from .hostile_documents import write_all
from .made_up import run

if TYPE_CHECKING:
    from playwright.sync_api import Browser

chromium = pytest.fixture(scope="module", name="chromium")(browser)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of everything hostile; what no reader takes is told in the report, and the rest goes on."""
    folder = tmp_path_factory.mktemp("hostile")
    report = Report()
    with Ledger.open(folder / "ledger.db") as book:
        (folder / "in").mkdir()
        record(book, read_inputs(write_all(folder / "in"), report))
    assert report.errors, "a zip bomb is no document"
    return folder / "ledger.db"


@pytest.fixture(scope="module")
def pages(path: Path) -> list[str]:
    """The address of every page on which a word of theirs can stand."""
    from armsledger.deals import deal_id

    with Ledger.open(path) as book:
        documents = [f"/documents/{row.id}" for row in book.documents()]
        deals = [f"/deals/{deal_id(key)}" for key in book.keys(ClaimFilter())]
        first = [f"/documents/{c.document}?claim={c.id}" for c in book.claims(limit=40)]
    assert len(documents) > 40
    assert deals
    lists = ["/", "/deals", "/documents", "/sources", "/review", "/changes?since=2031-01-01&until=2031-12-31", "/check"]
    lists += ["/chains", "/statements", "/search?q=F-16", "/parties/TUR", "/pairs/USA/TUR", "/systems/f-16"]
    lists += [f"/search?q={harm}" for harm in ("%3Cscript%3Ealert(1)%3C/script%3E", "%22%3E%3Cimg%20src%3Dx%3E", "%00")]
    lists += [f"/deals/{'%3Cscript%3E'}", "/deals?recipient=%3Cb%3E", "/documents/%3Csvg%3E", "/brief?of=%3Cb%3E"]
    return [*lists, *documents, *deals, *(f"{deal}/brief" for deal in deals), *first]


def test_nothing_runs_and_nothing_is_asked_of_another_host(chromium: Browser, path: Path, pages: list[str]) -> None:
    with Ledger.open(path) as book, served(book) as home:
        context = chromium.new_context(viewport={"width": 1000, "height": 800})
        one = watched(context, home)
        for page in pages:
            answer = one.open(page)
            assert answer.status < 500, page
            assert one.page.evaluate("typeof window.ran") == "undefined", page
            assert (
                one.page.evaluate("document.querySelectorAll('body script, iframe, object, base, svg').length") == 0
            ), page
            assert one.page.evaluate("document.documentElement.scrollWidth") <= 1000, page
            faults = [fault for fault in one.faults() if not re.search("status of 40[04]", fault)]
            assert faults == [], page
        context.close()


def test_links_lead_to_pages_of_ours_or_to_the_web_and_nowhere_else(path: Path, pages: list[str]) -> None:
    with Ledger.open(path) as book:
        client = TestClient(create_app(book, per_minute=None))
        for page in pages:
            for href in re.findall(r'\b(?:href|src|action)="([^"]*)"', client.get(page).text):
                assert re.match(r"/(?!/)|[?#]|https?://", href), (page, href)


EXPORTS = ("claims", "deals", "documents", "anchors", "flat")


@pytest.mark.parametrize("what", EXPORTS)
def test_no_cell_of_a_table_is_a_formula(path: Path, what: str) -> None:
    told = run("export", what, "--ledger", str(path))
    assert told.exit_code == 0, told.output
    rows = list(csv.reader(io.StringIO(told.stdout)))
    assert len(rows) > 1
    assert not [cell for row in rows for cell in row if re.match(r"[=@+\t\r]|-(?![\d.])", cell)]


@pytest.mark.parametrize("what", ["graphml", "atom"])
def test_xml_is_whole_and_has_no_element_of_theirs(path: Path, what: str) -> None:
    told = run("export", what, "--ledger", str(path))
    assert told.exit_code == 0, told.output
    root = etree.fromstring(told.stdout_bytes, etree.XMLParser(resolve_entities=False))
    names = {etree.QName(node).localname for node in root.iter(etree.Element)}
    assert not names & {"script", "img", "svg", "iframe", "style", "b", "object"}


def test_lines_of_json_are_whole(path: Path) -> None:
    told = run("export", "claims", "--format", "jsonl", "--ledger", str(path))
    assert told.exit_code == 0
    assert all(json.loads(line)["quote"] for line in told.stdout.strip().split("\n"))


def test_pictures_and_files_of_a_deal_do_not_break(path: Path, pages: list[str]) -> None:
    deals = [page for page in pages if re.fullmatch(r"/deals/d[0-9a-f]{10}", page)][:3]
    with Ledger.open(path) as book:
        client = TestClient(create_app(book, per_minute=None), raise_server_exceptions=False)
        for page in deals:
            for file in ("brief?form=md", "brief?form=pdf", "brief?form=docx", "life.svg", "origins.svg"):
                answer = client.get(f"{page}/{file}")
                undated = "has no dated" in answer.text  # a sentence instead of a picture
                assert answer.status_code in (200, 503) or undated, (page, file, answer.text[:300])
                if file.endswith("svg") and answer.status_code == 200:
                    picture = etree.fromstring(answer.content, etree.XMLParser(resolve_entities=False))
                    assert not picture.xpath("//*[local-name()='script' or local-name()='foreignObject']")
