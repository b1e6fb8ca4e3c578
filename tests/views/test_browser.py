"""The web page as a person uses it, in Debian's Chromium: with and without JavaScript, by mouse and by keyboard."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from armsledger.ledger import Ledger
from armsledger.pipeline import Report, read_inputs, record

from .browsing import GROWING, TOKEN, Watched, browser, served, watched
from .stories import tell
from .test_judge import PAPERS

if TYPE_CHECKING:
    from playwright.sync_api import Browser

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "dossier"

chromium = pytest.fixture(scope="module", name="chromium")(browser)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The dossier, with a pair that the rules could not decide; writing is on."""
    path = tmp_path_factory.mktemp("browser") / "ledger.db"
    with Ledger.open(path) as book:
        record(book, read_inputs([str(EXAMPLES)], Report()))
    tell(path, (*PAPERS, *GROWING))
    with Ledger.open(path) as book, served(book, TOKEN) as address:
        yield address


@pytest.fixture
def seen(chromium: Browser, home: str) -> Iterator[Watched]:
    context = chromium.new_context(viewport={"width": 1200, "height": 900})
    one = watched(context, home)
    yield one
    assert one.faults() == []
    context.close()


@pytest.fixture
def unscripted(chromium: Browser, home: str) -> Iterator[Watched]:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 1200, "height": 900})
    one = watched(context, home)
    yield one
    assert one.faults() == []
    context.close()


def from_document_to_deal_to_words(seen: Watched) -> None:
    """Open a document, its deal, and from there the words in their document."""
    page = seen.page
    seen.open("/documents")
    seen.follow(page.get_by_role("link", name="Turkey - AIM-120C-8"))
    assert page.locator("mark").count() >= 3
    seen.follow(page.get_by_role("link", name="Its deal").first)
    assert (
        page.get_by_role("heading", level=1).inner_text() == "United States → Turkey: 53 × AIM-120C-8 and 1 more item"
    )
    seen.follow(page.locator("#fields ~ dl details[open] a.cite").first)
    assert re.search(r"/documents/\w+\?claim=\w+#c-\w+$", page.url)
    assert page.locator("mark.chosen").count() >= 1


def test_from_a_document_to_its_deal_to_the_words(seen: Watched) -> None:
    from_document_to_deal_to_words(seen)
    box = seen.page.locator("mark.chosen").first.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 900  # the words are in view


def test_the_same_without_javascript(unscripted: Watched) -> None:
    from_document_to_deal_to_words(unscripted)


def test_the_status_is_that_of_the_day_that_is_asked_for(seen: Watched) -> None:
    page = seen.page
    seen.open("/deals/31-90")
    assert page.locator(".badge").inner_text() == "ordered"
    page.get_by_label("As it stood on").fill("2031-04-15")
    seen.follow(page.get_by_role("button", name="Show"))
    assert page.locator(".badge").inner_text() == "approved"
    assert "as of 2031-04-15" in page.locator(".status").inner_text()
    seen.follow(page.get_by_role("link", name=re.compile("2031-06-01")).first)
    assert page.locator(".badge").inner_text() == "ordered"


def test_deals_are_filtered_and_it_is_said_in_words(unscripted: Watched) -> None:
    page = unscripted.page
    unscripted.open("/deals")
    every = page.locator("tbody tr").count()
    page.get_by_label("Recipient").fill("Pakistan")
    unscripted.follow(page.get_by_role("button", name="Show"))
    assert 0 < page.locator("tbody tr").count() < every
    assert "recipient is PAK" in page.locator(".told").inner_text()
    unscripted.follow(page.get_by_role("link", name="Clear"))
    assert page.locator("tbody tr").count() == every


@pytest.mark.parametrize("form", ["CSV", "JSON"])
def test_a_filtered_list_is_saved_as_a_file(unscripted: Watched, form: str) -> None:
    page = unscripted.page
    unscripted.open("/deals?recipient=Pakistan&stage=ordered")
    shown = [found.get_attribute("href") for found in page.locator("tbody th a").all()]
    with page.expect_download() as waited:
        page.get_by_role("link", name=form, exact=True).click()
    saved = Path(waited.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(saved))) if form == "CSV" else json.loads(saved)["items"]
    ids = {row.get("deal") or row["id"] for row in rows}
    assert {f"/deals/{one}" for one in ids} == set(shown)
    assert waited.value.suggested_filename == f"deals.{form.lower()}"


def test_a_pair_is_judged_in_the_queue_and_the_judgement_undone(unscripted: Watched) -> None:
    page = unscripted.page
    unscripted.open("/review")
    question = page.locator("section.question", has_text="Norway is to get").first
    asked = f"#{question.locator('h2').get_attribute('id')}"
    same = question.locator("details", has_text="The same deal").first
    same.locator("summary").click()
    same.get_by_label("Because").fill("the paper names the case")
    same.get_by_label("Author").fill("A. Analyst")
    same.get_by_label("Token").fill(TOKEN)
    unscripted.follow(same.get_by_role("button"))
    assert page.locator(asked).count() == 0
    assert "the paper names the case" in page.locator("#log ~ ul").inner_text()
    undo = page.locator("#log ~ ul details").first
    undo.locator("summary").click()
    undo.get_by_label("Because").fill("it was another one")
    undo.get_by_label("Author").fill("A. Analyst")
    undo.get_by_label("Token").fill(TOKEN)
    unscripted.follow(undo.get_by_role("button"))
    assert page.locator(asked).count() == 1
    assert "undone" in page.locator("#log ~ ul").inner_text()


def test_a_claim_is_rejected_on_the_page_of_its_document(seen: Watched) -> None:
    page = seen.page
    seen.open("/deals/25-33")
    seen.follow(page.locator("a.cite").first)
    chosen = page.locator("aside li.chosen")
    reject = chosen.locator("details", has_text="Reject this claim")
    reject.locator("summary").click()
    reject.get_by_label("Because").fill("it is of another case")
    reject.get_by_label("Author").fill("A. Analyst")
    reject.get_by_label("Token").fill(TOKEN)
    seen.follow(reject.get_by_role("button"))
    assert "rejected by A. Analyst" in page.locator("aside li.chosen").inner_text()
    seen.open("/review")
    undo = page.locator("#log ~ ul details").first
    undo.locator("summary").click()
    undo.get_by_label("Because").fill("it was right")
    undo.get_by_label("Author").fill("A. Analyst")
    undo.get_by_label("Token").fill(TOKEN)
    seen.follow(undo.get_by_role("button"))


def test_a_table_sorts_by_its_heads(seen: Watched) -> None:
    page = seen.page
    seen.open("/deals")
    page.get_by_role("button", name="Published").click()
    days = page.locator("tbody td:nth-child(4)").all_inner_texts()
    assert days == sorted(days)
    assert page.locator("th[aria-sort=ascending]").inner_text() == "Published"
    page.get_by_role("button", name="Published").click()
    assert page.locator("tbody td:nth-child(4)").all_inner_texts() == sorted(days, reverse=True)


def test_the_keyboard_reaches_the_content_by_the_skip_link(seen: Watched) -> None:
    page = seen.page
    seen.open("/deals")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert page.locator(".skip").bounding_box()["x"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "supplier"


def test_a_printed_page_has_no_forms_and_shows_what_is_folded(seen: Watched) -> None:
    page = seen.page
    seen.open("/deals/25-33")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("details:not([open])").count() == 0
    assert not page.locator(".asof").is_visible()
    assert not page.locator("body > header").is_visible()
    assert page.pdf().startswith(b"%PDF")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details:not([open])").count() > 0


PAGES = (
    "/", "/deals", "/deals/25-33", "/deals/FA8675-23-C-0037", "/documents", "/review", "/sources", "/search?q=missiles",
    "/parties/TUR", "/pairs/USA/TUR", "/systems/aim-120", "/changes", "/check", "/chains", "/statements", "/analyses",
    "/analyses/sanctions?supplier=Russia&recipient=Turkey&on=2020-12-14", "/analyses/dependence?recipient=Turkey",
    "/nothing", "/deals/25-33/brief",
)  # fmt: skip


@pytest.mark.parametrize("width", [320, 380, 1200])
def test_no_page_is_wider_than_its_window(chromium: Browser, home: str, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 900})
    one = watched(context, home)
    for path in PAGES:
        one.open(path)
        assert one.page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert [fault for fault in one.faults() if "404" not in fault] == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(chromium: Browser, home: str, scheme: str) -> None:
    """Only this context may run a foreign script: axe itself, from the package that carries it."""
    axe = pytest.importorskip("axe_playwright_python", reason="pip install 'armsledger[dev]'")
    script = (Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    context = chromium.new_context(color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    one = watched(context, home)
    found = []
    one.open("/deals/25-33")
    words = one.page.locator("a.cite").first.get_attribute("href") or ""
    for path in (*PAGES, words):
        one.open(path)
        one.page.evaluate(script)
        result = one.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        found += [
            f"{path}: {v['id']} ({v['impact']}): {v['nodes'][0]['html'][:160]}"
            for v in result["violations"]
            if v["impact"] in ("serious", "critical")
        ]
    assert found == []
    context.close()
