"""The count of a claim stands beside its own item, not beside another's."""

from __future__ import annotations

import pytest

from armsledger.claims import read
from armsledger.model import Document, DocumentKind, plain

# Invented: neither the articles nor the sale exist.
_NOTICE = (
    "The Government of Norway has requested to buy four (4) AN/XQZ-73 radars and two (2) AN/XQZ-74 radars. "
    "The estimated cost is $3 million."
)
_AWARD = (
    "Foo Corp., Reno, Nevada, was awarded a $4,000,000 contract for the procurement of 40 AN/XQZ-73 radars and 12 "
    "AN/XQZ-74 radars for the government of Norway. This contract involves 100% foreign military sales to Norway. The "
    "Air Force Life Cycle Management Center, Eglin Air Force Base, Florida, is the contracting activity "
    "(FA8675-31-C-0002)."
)


@pytest.mark.parametrize(
    ("kind", "text", "counted"),
    [
        (DocumentKind.NOTICE, _NOTICE, {"4": "four (4)", "2": "two (2)"}),
        (DocumentKind.CONTRACTS, _AWARD, {"40": "40"}),
    ],
)
def test_a_count_opens_onto_its_own_words(kind: DocumentKind, text: str, counted: dict[str, str]) -> None:
    claims = read(Document("invented", kind, text, ())).claims
    told = {plain(c.quantity): [a.quote for a in c.anchored("quantity")] for c in claims if c.quantity is not None}
    assert told == {count: [words] for count, words in counted.items()}


def test_the_quote_of_a_counted_article_holds_its_count() -> None:
    claims = read(Document("invented", DocumentKind.NOTICE, _NOTICE, ())).claims
    counts = [(c, a) for c in claims for a in c.anchored("quantity")]
    assert [a.quote for _, a in counts] == ["four (4)", "two (2)"]
    assert all(c.start <= a.start and a.end <= c.end for c, a in counts)


@pytest.mark.parametrize("title", ["DEPARTMENT OF DEFENSE", "Media/Public Contact: press@example.org", None])
def test_a_title_that_does_not_name_the_buyer_is_no_item(title: str | None) -> None:
    claims = read(Document("invented", DocumentKind.NOTICE, _NOTICE, (), title=title)).claims
    assert {c.item for c in claims} - {None} == {"AN/XQZ-73", "AN/XQZ-74"}  # the whole notice is of no one article


@pytest.mark.parametrize("title", ["Norway - Coastal Radars", "Norway: Coastal Radars"])
def test_a_title_that_names_the_buyer_says_what_the_package_is(title: str) -> None:
    claims = read(Document("invented", DocumentKind.NOTICE, _NOTICE, (), title=title)).claims
    assert any("Coastal Radars" in (c.item or "") for c in claims)
