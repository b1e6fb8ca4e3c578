"""Register files as documents: encoding, packing, vintage, and refusals that say what was expected."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from armsledger.documents import read_documents
from armsledger.documents.tables import LARGEST, read_register
from armsledger.errors import InputError, NotReadable
from armsledger.model import Document, DocumentKind, Fetched, SectionKind
from armsledger.text.registers import Register

from .test_laws import tiles

REGISTERS = Path(__file__).resolve().parents[1] / "claims" / "registers"
TRADE = (REGISTERS / "trade-register-2030.csv").read_bytes()
UNDATED = (REGISTERS / "trade-register-2032.csv").read_bytes()


def _read(data: bytes, register: Register = Register.SIPRI, vintage: str | None = None) -> Document:
    return read_register(Fetched("made-up.csv", body=data), register, vintage)


def _refused(data: bytes, register: Register = Register.SIPRI, vintage: str | None = None) -> str:
    with pytest.raises(InputError) as error:
        _read(data, register, vintage)
    return str(error.value)


def test_a_register_is_one_document_with_its_vintage() -> None:
    document = _read(TRADE)
    assert document.kind is DocumentKind.REGISTER
    assert (document.published, document.publisher, document.language) == ("2030-11-05", "SIPRI", "en")
    assert document.title == "Rows made up for tests in the layout of a trade register"
    assert document.text == TRADE.decode("cp1252")
    assert "Véhicule" in document.text


def test_sections_part_what_stands_above_the_head_and_the_rows() -> None:
    document = _read(TRADE)
    tiles(document)
    assert [section.kind for section in document.sections] == [
        SectionKind.BOILERPLATE,
        SectionKind.HEADING,
        SectionKind.BODY,
    ]
    assert document.text[document.sections[2].start :].startswith("Norway,Sweden,2021")


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    document = _read(UNDATED, vintage="2032-03")
    assert document.text.startswith("Recipient,")
    assert (document.published, document.title) == ("2032-03", None)


def test_packed_and_plain_are_one_document() -> None:
    assert _read(gzip.compress(TRADE)).id == _read(TRADE).id


def test_two_vintages_are_two_documents() -> None:
    assert _read(UNDATED, vintage="2032-03").id != _read(UNDATED, vintage="2033-03").id


def test_the_date_of_the_file_wins_and_may_be_given_less_exactly() -> None:
    assert _read(TRADE, vintage="2030").published == "2030-11-05"
    assert _read(TRADE, vintage="2030-11-05").published == "2030-11-05"
    assert "2029 was given, but made-up.csv says that it was made on 2030-11-05" in _refused(TRADE, vintage="2029")


@pytest.mark.parametrize(("given", "date"), [("2031", "2031"), ("2031-02", "2031-02"), ("12 Feb 2031", "2031-02-12")])
def test_a_vintage_is_as_exact_as_it_is_given(given: str, date: str) -> None:
    assert _read(UNDATED, vintage=given).published == date


@pytest.mark.parametrize(
    ("data", "register", "vintage", "told"),
    [
        (UNDATED, Register.SIPRI, None, "does not say when it was made, and a register is revised with every release"),
        (UNDATED, Register.SIPRI, "soon", "--vintage: 'soon' is no date"),
        (b"", Register.SIPRI, None, "is empty"),
        (b"\0\1\2", Register.SIPRI, None, "is binary"),
        (b"a,b\n1,2\n", Register.SIPRI, None, "“Recipient”, “Year of order”, “Weapon designation” or"),
        (b"a,b\n1,2\n", Register.US_EDA, None, "“Transfer Authority”, “Fiscal Year of Request”, “Qty Requested” were"),
        (gzip.compress(TRADE)[:-300], Register.SIPRI, None, "is a damaged gzip archive (was it cut short?)"),
        (b"PK\x03\x04 a workbook", Register.SIPRI, None, "is a ZIP archive or an Office document"),
    ],
)
def test_refusals_say_what_was_expected(data: bytes, register: Register, vintage: str | None, told: str) -> None:
    assert told in _refused(data, register, vintage)


def test_another_register_says_which_it_is() -> None:
    told = _refused(TRADE, Register.UK_LICENCES, "2031")
    assert "holds “SIPRI trade register”, not licences of the United Kingdom" in told
    assert "armsledger import sipri FILE" in told


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("armsledger.documents.tables.LARGEST", 10_000)
    assert LARGEST > 10_000_000
    with pytest.raises(NotReadable, match="unpacks to more than 10,000 bytes"):
        _read(gzip.compress(b"," * 1_000_000))


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(NotReadable, match="could not read it"):
        read_register(Fetched("gone.csv", path=Path("no/such/file.csv")), Register.SIPRI)


def test_read_knows_a_register_when_it_meets_one() -> None:
    """``armsledger read`` on a folder with a register in it makes the same document as the import."""
    (found,) = read_documents(Fetched("made-up.csv", body=TRADE))
    assert isinstance(found, Document)
    assert (found.id, found.kind) == (_read(TRADE).id, DocumentKind.REGISTER)
    (undated,) = read_documents(Fetched("made-up.csv", body=UNDATED))
    assert isinstance(undated, Document)
    assert (undated.kind, undated.published) == (DocumentKind.REGISTER, None)


def test_words_about_registers_are_no_register() -> None:
    (found,) = read_documents(Fetched("news.txt", body=b"The year of order, the recipient and the supplier were told."))
    assert isinstance(found, Document)
    assert found.kind is DocumentKind.NEWS
