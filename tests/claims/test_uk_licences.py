"""Licences as claims: leave to export, and refusals, which are leave denied."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from armsledger.model import DateInterval, Meaning, Money, Polarity, SpeakerKind, Stage
from armsledger.text.registers import Register

from .made_up_registers import holds, read, read_bytes, said

READ = read("licences.csv", Register.UK_LICENCES, "2031-07-29")
CLAIMS = READ.reading.claims


def test_every_claim_stands_in_its_row() -> None:
    holds(READ)
    assert len(CLAIMS) == READ.rows == 4


def test_a_licence_is_an_approval_and_no_order() -> None:
    one = CLAIMS[0]
    assert (one.supplier, one.recipient, one.item) == ("GBR", "NOR", "ML10")
    assert (one.stage, one.polarity) == (Stage.APPROVED, Polarity.AFFIRMED)
    assert one.value == Money(Decimal(125_000), "GBP", Meaning.LICENCE)
    assert one.date == DateInterval("2031-01-08")
    assert (one.speaker, one.speaker_kind) == ("Export Control Joint Unit", SpeakerKind.OFFICE)
    assert one.quantity is None  # licences are counted, not articles
    assert [said(c, "licences") for c in CLAIMS[:2]] == [[("1", "1")], [("2", "2")]]


def test_a_refusal_is_an_approval_denied() -> None:
    one = CLAIMS[2]
    assert (one.recipient, one.stage, one.polarity, one.value) == ("ARE", Stage.APPROVED, Polarity.DENIED, None)
    assert said(one, "polarity") == [("denied", "1")]
    assert said(one, "recipient") == [("ARE", "United Arab Emirates")]


def test_a_value_of_nothing_is_kept_as_printed_and_is_no_value() -> None:
    one = CLAIMS[3]
    assert one.value is None
    assert said(one, "value as printed") == [("GBP 0", "0")]


def test_a_place_that_is_no_state_stays_as_written() -> None:
    assert CLAIMS[3].recipient == "Continental Shelf, Northern Sector"
    assert READ.unknown == (("Continental Shelf, Northern Sector", 1),)


def test_rows_are_named() -> None:
    assert [said(c, "register row")[0][0] for c in CLAIMS[:2]] == [
        "UK-licences 2031-07-29 2",
        "UK-licences 2031-07-29 3",
    ]
    assert {v for c in CLAIMS[:2] for v, _ in said(c, "licence group")} == {"1"}


def test_faults_are_listed() -> None:
    assert [(f.line, f.problem) for f in READ.faults] == [
        (6, "date: a date such as 2008-01-02 was expected, '2031-02-30' is there"),
        (7, "refused: 0 or 1 was expected, 'maybe' is there"),
    ]


def test_the_published_table_is_read_whole(shared: Path) -> None:
    path = shared / "data" / "4-licences" / "uk-caat" / "values-2008-2015.csv.gz"
    found = read_bytes(path.read_bytes(), Register.UK_LICENCES, "2015-07-29")
    assert (found.rows, found.faults) == (96_311, ())
    assert sum(c.polarity is Polarity.DENIED for c in found.reading.claims) == 1_411
    assert all(c.value is None or c.value.meaning is Meaning.LICENCE for c in found.reading.claims)
    holds(found)
