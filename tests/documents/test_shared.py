"""Real documents, where they are at hand: nothing of them is kept in this repository."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from armsledger.documents import read_documents
from armsledger.errors import InputError
from armsledger.model import Document, DocumentKind, Fetched, SectionKind

from .made_up import parts
from .test_laws import tiles
from .test_page import runs_hold

SHARED = Path(__file__).resolve().parents[3] / "shared"
pytestmark = pytest.mark.skipif(
    not (SHARED / "data").is_dir(), reason="the shared data folder is not beside the checkout"
)


def read_under(folder: str, pattern: str = "*") -> list[Document | InputError]:
    found: list[Document | InputError] = []
    for path in sorted((SHARED / folder).glob(pattern)):
        if path.is_file() and path.name != "README.md":
            found.extend(read_documents(Fetched(str(path), path=path)))
    return found


def one(path: str) -> Document:
    (found,) = read_documents(Fetched(path, path=SHARED / path))
    assert isinstance(found, Document)
    return found


def test_the_page_of_contracts_gives_every_award_on_a_line_of_its_own() -> None:
    path = "data/2-contracts/war-gov-2025/contracts-2025-09-30.html"
    document = one(path)
    source = (SHARED / path).read_text(encoding="utf-8")
    awards = [line for line in document.text.split("\n") if re.search(r"\$\s*\d", line)]
    assert len(awards) == 54
    assert (document.kind, document.published) == (DocumentKind.CONTRACTS, "2025-09-30")
    assert document.url == "https://www.war.gov/News/Contracts/Contract/Article/4319114//"
    assert parts(document, SectionKind.HEADING) == ["NAVY", "AIR FORCE", "DEFENSE LOGISTICS AGENCY"]
    assert sum(line.startswith("CORRECTION:") for line in document.text.split("\n")) == 1
    body = source[source.index('<div class="body">') :].partition("</div>")[0]
    assert Counter(re.findall(r"\$ ?[\d,.]*\d", body)) == Counter(re.findall(r"\$ ?[\d,.]*\d", document.text))
    assert runs_hold(document, source)
    assert sum(r.length for r in document.runs) > 0.99 * len(document.text)


def test_every_day_of_contracts_is_known_by_its_kind_and_day() -> None:
    found = read_under("data/2-contracts/dod-daily-2014-2019/txt", "*.txt")
    documents = [d for d in found if isinstance(d, Document)]
    assert len(found) - len(documents) == 2  # two days are empty
    assert {d.kind for d in documents} == {DocumentKind.CONTRACTS}
    assert all(d.published == Path(d.name).stem and tiles(d) for d in documents)
    assert sum(d.language == "en" for d in documents) == len(documents)


def test_every_notice_is_known_as_one() -> None:
    found = read_under("data/1-notices/dsca-fara-2009-2014", "**/*") + read_under(
        "data/1-notices/federal-register-2026"
    )
    documents = [d for d in found if isinstance(d, Document)]
    assert len(documents) == len(found) == 165
    assert {d.kind for d in documents} == {DocumentKind.NOTICE}
    assert all(d.published and d.title and tiles(d) for d in documents)


def test_news_is_known_as_news_with_its_language() -> None:
    found = read_under("data/5-news", "*/*/*.md") + read_under("data/5-news", "*/txt/*.txt")
    documents = [d for d in found if isinstance(d, Document)]
    assert len(documents) == len(found) == 285
    assert {d.kind for d in documents} == {DocumentKind.NEWS}
    assert all(tiles(d) for d in documents)
    for folder, language in {"ko-arms": "ko", "en-arms": "en", "sweden-gov-g0vse/arms": "sv"}.items():
        told = [d.language for d in documents if folder in d.name]
        assert told.count(language) == len(told) > 0


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("000_f05ddd59917c0493.txt", {"body", "heading"}),
        ("001_246183ae3c947a98.txt", {"body"}),
        ("004_ceee868ae8a638a9.txt", {"caption", "body", "boilerplate", "comment"}),
    ],
)
def test_the_three_articles(name: str, kinds: set[str]) -> None:
    document = one(f"seeds/{name}")
    assert document.text == (SHARED / "seeds" / name).read_bytes().decode()
    assert (document.kind, document.language, document.published) == (DocumentKind.NEWS, "en", None)
    assert {s.kind.value for s in document.sections} == kinds
    comments = "".join(parts(document, SectionKind.COMMENT))
    assert ("I thought both" in comments) == ("comment" in kinds)
