"""Whole pages beside the whole of what is read in them: ``golden/X.txt`` or ``X.html`` and ``golden/X.expected.json``.

The pages are written for this project; no such sale, award, firm's part or number exists. A page without an expectation
gets one, and the run fails until somebody has looked at it and committed it.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from armsledger.claims import read
from armsledger.documents import read_documents
from armsledger.model import Document, DocumentKind, Fetched
from armsledger.views.reading import reading_line

GOLDEN = Path(__file__).with_name("golden")
PAGES = sorted(p for p in GOLDEN.iterdir() if p.suffix in (".txt", ".html"))


def reading_of(page: Path) -> list[dict[str, object]]:
    """What the program tells of a page, as JSON, under the page's own name."""
    kind = DocumentKind.NOTICE if page.name.startswith("notice") else DocumentKind.CONTRACTS
    lines = []
    for document in read_documents(Fetched(page.name, body=page.read_bytes(), kind=kind)):
        assert isinstance(document, Document), document
        lines.append(json.loads(json.dumps(reading_line(read(document)))))
    return lines


def told(reading: list[dict[str, object]]) -> str:
    return json.dumps(reading, ensure_ascii=False, indent=1) + "\n"


def test_there_are_pages() -> None:
    assert len(PAGES) >= 8
    assert {p.suffix for p in PAGES} == {".txt", ".html"}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_a_page_is_read_as_reviewed(page: Path) -> None:
    expected = page.with_suffix(".expected.json")
    reading = reading_of(page)
    if not expected.exists():
        expected.write_text(told(reading), encoding="utf-8")
        pytest.fail(f"{expected.name} did not exist and was written: review it, and commit it when it is right")
    assert reading == json.loads(expected.read_text(encoding="utf-8"))


def test_no_expectation_is_left_without_its_page() -> None:
    pages = {p.stem for p in PAGES}
    assert {p.name.removesuffix(".expected.json") for p in GOLDEN.glob("*.expected.json")} <= pages


def test_a_page_without_an_expectation_fails_and_writes_one(tmp_path: Path) -> None:
    page = tmp_path / "contracts-new.txt"
    page.write_text("ARMY\n\nVulcan Inc., Reno, Nevada, was awarded a $9,000,000 contract for QX-9 masts.\n")
    with pytest.raises(pytest.fail.Exception, match="review it"):
        test_a_page_is_read_as_reviewed(page)
    test_a_page_is_read_as_reviewed(page)
