"""Real documents that nobody has annotated, where they are at hand: everything is read, nothing is refused, and what
stays silent says why. Nothing of them is kept in this repository.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from armsledger.claims import read
from armsledger.documents import read_documents
from armsledger.model import Claim, Document, DocumentKind, Fetched, Reading, SectionKind

NOTICES = "data/1-notices/dsca-fara-2009-2014/notices.dev.jsonl"
DAYS = "data/2-contracts/dod-daily-2014-2019/txt"
PAGE = "data/2-contracts/war-gov-2025/contracts-2025-09-30.html"


@cache
def readings(*paths: Path) -> tuple[Reading, ...]:
    found: list[Reading] = []
    for path in paths:
        for document in read_documents(Fetched(str(path), path=path)):
            if isinstance(document, Document):
                found.append(read(document))
            else:  # two days of the collection are empty
                assert document.problem == "is empty"
    return tuple(found)


def anchored(reading: Reading) -> None:
    """Laws 1 and 2 of one reading."""
    text = reading.document.text
    assert reading.refused == ()
    for claim in reading.claims:
        assert text[claim.start : claim.end] == claim.quote
        for anchor in claim.anchors:
            assert text[anchor.start : anchor.end] == anchor.quote
    assert len({c.id for c in reading.claims}) == len(reading.claims)


def silences(found: tuple[Reading, ...]) -> Counter[str]:
    return Counter(s.reason for reading in found for s in reading.silences)


def test_all_development_notices(shared: Path) -> None:
    found = readings(shared / NOTICES)
    assert len(found) == 137
    for reading in found:
        anchored(reading)
        (notice,) = reading.notices
        assert notice.recipient is not None
        assert notice.transmittal is not None
        assert notice.value is not None
        assert notice.date is not None
        assert reading.claims
    # 26 say that there is no contractor, that he is not known yet, or name none
    assert sum(bool(r.notices[0].contractors) for r in found) == 111
    assert sum(bool(r.notices[0].items) for r in found) >= 80
    assert silences(found) == Counter()


def test_all_days_of_contracts(shared: Path) -> None:
    found = readings(*sorted((shared / DAYS).glob("*.txt")))
    assert len(found) == 553  # of 555
    for reading in found:
        anchored(reading)
        assert all(c.amount is None or c.amount >= 0 for c in reading.contracts)
        for contract in reading.contracts:
            assert contract.foreign or not contract.customers
            assert "USA" not in contract.customers
    paragraphs = [c for r in found for c in r.contracts]
    told = silences(found)
    print("\nparagraphs", len(paragraphs), "claims", sum(len(r.claims) for r in found), dict(told))
    # The shape that the collection's own description gives: some 7,700 paragraphs, one in eight foreign.
    assert 7_600 <= len(paragraphs) <= 8_000
    assert 0.10 <= sum(c.foreign for c in paragraphs) / len(paragraphs) <= 0.16
    assert set(told) <= {
        "heading",
        "no sum of money",
        "no contractor",
        "no foreign customer",
        "no sum that can be read",
    }
    assert told["no contractor"] <= 40
    assert told["no sum that can be read"] <= 5
    assert sum(bool(c.items) for c in paragraphs) / len(paragraphs) >= 0.95
    assert sum(bool(c.contractors) for c in paragraphs) / len(paragraphs) >= 0.99
    assert sum(c.amount is not None for c in paragraphs) / len(paragraphs) >= 0.995


def test_the_page_that_the_project_began_with(shared: Path) -> None:
    (reading,) = readings(shared / PAGE)
    anchored(reading)
    assert len(reading.contracts) == 54
    missiles, parts = (c for c in reading.contracts if c.contract == "FA8675-23-C-0037")
    assert parts.modification == "PZ0002"
    assert missiles.modification == "P00026"
    assert (missiles.amount, missiles.cumulative) == (Decimal(41_681_329), Decimal(2_512_389_558))
    assert [i.designation for i in missiles.items] == ["Advance Medium Range Air-to-Air Missile"]
    assert len(missiles.customers) >= 34
    assert {"PAK", "TUR", "GBR", "TWN"} <= set(missiles.customers)
    # the paragraph before it only announces the correction
    assert missiles.correction
    assert sum(c.correction for c in reading.contracts) == 1
    buyers = [c for c in reading.claims if c.start >= missiles.start and c.end <= missiles.end and c.recipient]
    assert {c.recipient for c in buyers} == set(missiles.customers)
    assert all(c.value is None for c in buyers)
    assert {c.programme and c.programme.amount for c in buyers} == {missiles.cumulative}


def test_the_three_articles_are_documents_and_a_readers_comments_are_apart(shared: Path) -> None:
    found = readings(*sorted((shared / "seeds").glob("*.txt")))
    assert [r.document.kind for r in found] == [DocumentKind.NEWS] * 3
    third = found[2].document
    comments = [s for s in third.sections if s.kind is SectionKind.COMMENT]
    assert comments
    body = "".join(third.text[s.start : s.end] for s in third.sections if s.kind is SectionKind.BODY)
    said = "".join(third.text[s.start : s.end] for s in comments)
    assert "misguided and uninformed" in said
    assert "misguided and uninformed" not in body
    for reading in found:
        anchored(reading)
        for claim in reading.claims:
            assert not any(s.start < claim.end and claim.start < s.end for s in comments if reading is found[2])


@pytest.mark.parametrize("kind", ["notices", "contracts"])
def test_no_claim_is_lost_or_made_by_reading_in_another_order(shared: Path, kind: str) -> None:
    paths = [shared / NOTICES] if kind == "notices" else sorted((shared / DAYS).glob("2014-1*.txt"))
    forth: list[Claim] = [c for r in readings(*paths) for c in r.claims]
    back = [c for path in reversed(paths) for r in readings(path) for c in r.claims]
    assert sorted(c.id for c in forth) == sorted(c.id for c in back)
