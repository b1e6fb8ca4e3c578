"""Deals of real notices that appear in real days of contracts, against what a person says of their numbers.

``notices_and_contracts.csv`` has numbers alone: which contract carries out which notified case (``same``), which
tempting one does not (``different``), and of which the papers do not tell (``unsure``: it counts neither way). A pair is
``same`` where buyer, system, wording and scope agree and no other notice of the buyer fits. The papers themselves lie
beside the checkout or nowhere. Run with ``-s`` to see the figures.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from armsledger.claims import read
from armsledger.deals import place
from armsledger.documents import read_documents
from armsledger.model import Claim, Document, DocumentId, Fetched

from .measuring import Found, Pairs, pairs, put_together

FILES = (
    "data/1-notices/dsca-fara-2009-2014/notices.dev.jsonl",
    "data/1-notices/federal-register-2026/*.txt",
    "data/2-contracts/dod-daily-2014-2019/txt/*.txt",
    "data/2-contracts/war-gov-2025/*.html",
)
PRECISION, RECALL = 0.98, 0.90  # over pairs of claims
NUMBERS = 12  # pairs of numbers that are found at least, of those that are the same

Rows = list[tuple[str, str, str]]


def _rows() -> Rows:
    with (Path(__file__).parent / "notices_and_contracts.csv").open(encoding="utf-8", newline="") as stream:
        return [
            (f"transmittal USA {r['transmittal']} {r['buyer']}", f"contract {r['contract']} {r['buyer']}", r["verdict"])
            for r in csv.DictReader(stream)
        ]


def test_the_table_is_in_order() -> None:
    rows = _rows()
    assert {verdict for _, _, verdict in rows} == {"same", "different", "unsure"}
    assert len({row[:2] for row in rows}) == len(rows)
    assert sum(verdict == "same" for _, _, verdict in rows) >= 15


@pytest.fixture(scope="module")
def papers(shared: Path) -> tuple[list[Claim], dict[DocumentId, str | None]]:
    claims: list[Claim] = []
    published: dict[DocumentId, str | None] = {}
    for path in (path for pattern in FILES for path in sorted(shared.glob(pattern))):
        for document in read_documents(Fetched(str(path), path=path)):
            if isinstance(document, Document):
                claims += read(document).claims
                published[document.id] = document.published
    return claims, published


@pytest.fixture(scope="module")
def found(papers: tuple[list[Claim], dict[DocumentId, str | None]]) -> Found:
    return put_together(*papers)


def test_a_contract_is_put_to_its_notice_and_to_no_other(
    papers: tuple[list[Claim], dict[DocumentId, str | None]], found: Found
) -> None:
    final = {place(c)[1]: found.keys[c.id] for c in papers[0]}
    joined = [(one, other, verdict) for one, other, verdict in _rows() if final[one] == final[other]]
    right = [row for row in joined if row[2] == "same"]
    wrong = [row for row in joined if row[2] == "different"]
    same = [row for row in _rows() if row[2] == "same"]
    print(f"\nnotices and contracts: {len(right)} of {len(same)} found, {len(wrong)} wrong, {len(joined)} put together")
    print("\n".join(f"  missed: {one} and {other}" for one, other, _ in same if final[one] != final[other]))
    assert wrong == []
    assert len(right) >= NUMBERS


def test_pairs_of_claims_of_these_deals(papers: tuple[list[Claim], dict[DocumentId, str | None]], found: Found) -> None:
    counted = _counted(papers[0], found)
    print(f"\nclaims of these notices and contracts: {counted}")
    assert counted.precision >= PRECISION, counted
    assert counted.recall >= RECALL, counted


def _counted(claims: list[Claim], found: Found) -> Pairs:
    """The pairs among the claims of the deals of which a contract is known to carry out a notice."""
    true = dict(_true_deals())
    return pairs(found.keys, {c.id: true[key] for c in claims if (key := place(c)[1]) in true})


def _true_deals() -> Iterator[tuple[str, str]]:
    """Each number of a known deal, and the notice that it is of."""
    for one, other, verdict in _rows():
        if verdict == "same":
            yield one, one
            yield other, one
