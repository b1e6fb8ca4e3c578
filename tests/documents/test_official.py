"""Official pages, by stored pages of their build with invented words."""

from __future__ import annotations

from pathlib import Path

import pytest

from armsledger.model import Document, DocumentKind, SectionKind

from .made_up import PARAGRAPHS, page, parts, read, refused
from .test_page import runs_hold

PAGES = Path(__file__).parent / "pages"


def stored(name: str) -> tuple[Document, str]:
    source = (PAGES / name).read_text(encoding="utf-8")
    return read(source, name), source


def test_a_day_of_contracts() -> None:
    document, source = stored("contracts.html")
    assert (document.kind, document.published) == (DocumentKind.CONTRACTS, "2031-05-06")
    assert (document.title, document.publisher) == ("Contracts For May 6, 2031", "U.S. Department of War")
    assert document.text.split("\n\n") == [
        "Contracts For May 6, 2031",
        "NAVY",
        (
            "Example Boats Inc.,* Dayton, Ohio, is awarded a $9,000,000 firm-fixed-price contract for harbour boats. "
            "Work will be "
            "performed in Dayton & Akron. The Naval Sea Systems Command is the contracting activity (N00024-31-C-0001)."
        ),
        "ARMY",
        (
            "Example Tents LLC, Akron, Ohio, has been awarded a maximum $8,100,000 modification (P00003) for tents. "
            "The Army "
            "Contracting Command is the contracting activity."
        ),
        "CORRECTION: The contract announced on May 5, 2031, to Example Ropes Inc. is corrected to the following:",
        (
            "Example Ropes Inc., Dayton, Ohio, was awarded a $7,700,000 contract for ropes. The Army Contracting "
            "Command is the "
            "contracting activity."
        ),
        "AIR FORCE",
        (
            "Example Kites Inc., Dayton, Ohio, was awarded a $7,600,000 contract for kites. The Air Force is the "
            "contracting "
            "activity."
        ),
        "*Small business",
    ]
    assert parts(document, SectionKind.TITLE) == ["Contracts For May 6, 2031"]
    assert parts(document, SectionKind.HEADING) == ["NAVY", "ARMY", "AIR FORCE"]
    assert parts(document, SectionKind.BOILERPLATE) == ["*Small business"]
    assert runs_hold(document, source)


def test_a_notice_of_the_defense_security_cooperation_agency() -> None:
    document, source = stored("notice-dsca.html")
    assert (document.kind, document.published) == (DocumentKind.NOTICE, "2031-04-02")
    assert document.title == "Syldavia \u2013 Coastal Radars"
    assert document.publisher == "Defense Security Cooperation Agency"
    lines = document.text.split("\n\n")
    assert lines[2:7] == [
        "The Government of Syldavia has requested to buy:",
        "twelve (12) coastal radars",
        "three (3) masts",
        "Major Defense Equipment $10 million",
        "Other $2 million",
    ]
    assert "Menu" not in document.text
    assert runs_hold(document, source)


def test_a_notice_of_the_state_department() -> None:
    document, _ = stored("notice-state.html")
    assert (document.kind, document.published) == (DocumentKind.NOTICE, "2031-04-02")
    assert (document.title, document.publisher) == ("Syldavia \u2013 Coastal Radars", "U.S. Department of State")
    assert document.text.endswith("required by law.")


def test_a_page_of_the_federal_register() -> None:
    document, _ = stored("register.html")
    assert (document.kind, document.published) == (DocumentKind.NOTICE, "2031-04-14")
    assert (document.title, document.publisher) == ("Arms Sales Notification", "Federal Register")
    assert "Browse" not in document.text


@pytest.mark.parametrize("url", ["https://www.war.gov/News/Contracts/Contract/Article/9/", "https://www.state.gov/x/"])
def test_an_official_page_of_a_new_build_is_read_as_any_page(url: str) -> None:
    built = page().replace("<article>", "<div class='new'>").replace("</article>", "</div>")
    assert PARAGRAPHS[0] in read(built, url=url).text


def test_a_page_got_elsewhere_is_not_believed_when_it_names_an_official_address() -> None:
    source = (PAGES / "contracts.html").read_text(encoding="utf-8")
    document = read(source, url="https://blog.example/copy")
    assert document.url == "https://blog.example/copy"


def test_an_official_page_that_is_empty_says_so() -> None:
    assert "has no article" in refused("<html>", url="https://www.war.gov/News/Contracts/Contract/Article/9/")
    assert "has no article" in refused("<p>", url="https://www.state.gov/releases/x/")
