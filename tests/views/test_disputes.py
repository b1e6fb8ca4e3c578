"""How the values of a deal are shown where they differ: each with its voices, its cause, and the one that leads."""

from __future__ import annotations

from pathlib import Path

import pytest

from armsledger.ledger import ClaimFilter, Ledger
from armsledger.model import DocumentId
from armsledger.views.disputes import differing, dispute_line, disputes_of, show_disputes
from armsledger.views.terminal import console
from armsledger.views.told_deals import told_deals

from .made_up import NOTICE, ran, write


def test_values_that_differ(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Ledger.open(book, create=False) as ledger:
        (told,) = told_deals(ledger, ClaimFilter(item="SPS-73"))
        published = ledger.published(told.documents)
        rows = ledger.documents_named(told.documents)
    disputes = disputes_of(told, published)
    numbers = {document: f"[{n}]" for n, document in enumerate(told.documents, 1)}
    capsys.readouterr()
    show_disputes(disputes, numbers, console())
    shown = capsys.readouterr().out
    assert "Where values differ, and why" in shown
    assert "USD 14,000,000: an official form says it, the latest of its kind" in shown
    assert "CONFLICT: unknown: no rule tells why they differ" in shown
    assert "US Government: “$12.5 million”" in shown
    (value,) = [dispute_line(d, rows) for d in disputes if d.field == "value"]
    assert value["lead"] == "USD 14000000"
    assert value["contradicts"]
    assert [v["value"] for v in value["values"]] == ["USD 14000000", "USD 12500000"]
    assert value["values"][1]["difference"]["cause"] == "unknown"
    assert {voice["name"] for v in value["values"] for voice in v["voices"]} == {"notice.txt", "again.txt"}


def test_nothing_is_shown_where_nothing_differs(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(here, notice_txt=NOTICE)
    ran("read", "notice.txt")
    with Ledger.open(here / "armsledger.db", create=False) as ledger:
        (told,) = told_deals(ledger, ClaimFilter())
        disputes = disputes_of(told, ledger.published(told.documents), {DocumentId(d): d for d in told.documents})
    assert [d.field for d in disputes][:3] == ["supplier", "recipient", "item"]
    assert not differing(disputes)
    capsys.readouterr()
    show_disputes(disputes, {}, console())
    assert capsys.readouterr().out == ""
