"""From files to a ledger through the public interface: what is read twice, in another order or in two runs is the same.

The wordings are those of official notices and announcements; states are real so that the lexicon knows them, but every
sale, system, firm, number and date in them is invented.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armsledger.errors import InputError, NotFound, NotReadable
from armsledger.ledger import ClaimFilter, DocumentRow, Ledger
from armsledger.model import Claim, Deal, DocumentKind, Reading
from armsledger.pipeline import (
    Report,
    SharedContract,
    buyers_by_contract,
    read_inputs,
    record,
    resolve,
    shared_contracts,
)

# -- invented documents -----------------------------------------------------------------------------------

_BUYERS = ("Norway", "Denmark", "Portugal", "Singapore", "Japan")
_DAYS = ("March 3, 2031", "April 2, 2031", "December 30, 2031")


def _notice(buyer: str, number: int, millions: int, day: str) -> str:
    return (
        f"{buyer} - Harbour Lamps\n\nTransmittal No: 31-{number:02}\n\n"
        f"WASHINGTON, {day} - The State Department has made a determination approving a possible Foreign Military Sale "
        f"to the Government of {buyer} of harbour lamps and related equipment for an estimated cost of ${millions} "
        f"million.\n\nThe Government of {buyer} has requested to buy {number + 2} AN/XQZ-73 lamps. Also included are "
        f"spare wicks. The estimated total cost is ${millions} million.\n\n"
        "The principal contractor will be Example Lamps Inc., located in Dayton, Ohio. There are no known offset "
        "agreements.\n"
    )


def _register(buyer: str, number: int, millions: int, day: str) -> str:
    return (
        f"{buyer} - Harbour Lamps\n\n[Transmittal No. 31-{number:02}]\n\nArms Sales Notification\n\n"
        "Notice of Proposed Issuance of Letter of Offer Pursuant to Section 36(b)(1) of the Arms Export Control Act\n\n"
        f"(i) Prospective Purchaser: Government of {buyer}\n\n(ii) Total Estimated Value:\n\n"
        f"Major Defense Equipment * ${millions - 1} million\nOther $1 million\nTOTAL ${millions} million\n\n"
        "(iii) Description and Quantity or Quantities of Articles or Services under Consideration for Purchase:\n\n"
        f"Major Defense Equipment (MDE):\n{number + 2} AN/XQZ-73 Lamps\n\nNon-MDE:\nSpare wicks.\n\n"
        f"(viii) Date Report Delivered to Congress: {day}\n"
    )


def _shared_award(buyers: Sequence[str], number: int, millions: int) -> str:
    listed = ", ".join(buyers[:-1]) + (" and " if len(buyers) > 1 else "") + buyers[-1]
    return (
        f"Example Boats Inc., Dayton, Ohio, is awarded a ${millions},000,000 firm-fixed-price contract for harbour "
        f"patrol boats. This contract involves foreign military sales to {listed}. Work will be performed in Dayton, "
        "Ohio, and is expected to be completed by March 2032. The Naval Sea Systems Command, Washington, D.C., is the "
        f"contracting activity (N00024-31-C-{number:04})."
    )


def _domestic_award(number: int) -> str:
    return (
        "Example Tents LLC, Akron, Ohio, is awarded an $8,100,000 firm-fixed-price contract for tents. Work will be "
        "performed in Akron, Ohio, and is expected to be completed by June 2032. The Army Contracting Command, Natick, "
        f"Massachusetts, is the contracting activity (W911QY-31-C-{number:04})."
    )


def _day(*paragraphs: str) -> str:
    return "CONTRACTS\n\nNAVY\n\n" + "\n\n".join(paragraphs) + "\n\n*Small business\n"


_NUMBERS, _MILLIONS = st.integers(1, 3), st.integers(2, 90)
_NOTICES = st.builds(
    lambda form, buyer, number, millions, day: form(buyer, number, millions, day),
    st.sampled_from([_notice, _register]),
    st.sampled_from(_BUYERS),
    _NUMBERS,
    _MILLIONS,
    st.sampled_from(_DAYS),
)
_AWARDS = st.one_of(
    st.builds(_shared_award, st.lists(st.sampled_from(_BUYERS), min_size=1, unique=True), _NUMBERS, _MILLIONS),
    st.builds(_domestic_award, _NUMBERS),
)
_DOCUMENTS = st.one_of(_NOTICES, st.lists(_AWARDS, min_size=1, max_size=3).map(lambda awards: _day(*awards)))


# -- what a ledger holds ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Holding:
    """All that a ledger holds and all that can be made of it."""

    documents: list[DocumentRow]
    claims: list[Claim]
    deals: list[tuple[Deal, list[Claim]]]
    contracts: dict[str, SharedContract]


def _holding(path: Path) -> _Holding:
    with Ledger.open(path, create=False) as ledger:
        deals = list(resolve(ledger, ClaimFilter()))
        buyers = buyers_by_contract(ledger, None)
        contracts = shared_contracts(ledger, [deal for deal, _ in deals], buyers, None)
        return _Holding(list(ledger.documents()), list(ledger.claims()), deals, contracts)


def _read(path: Path, inputs: Sequence[Path]) -> tuple[int, int]:
    """Reads files into a ledger; gives how many documents and claims were new."""
    report = Report()
    with Ledger.open(path) as ledger:
        new = record(ledger, read_inputs([str(i) for i in inputs], report))
    assert report.errors == []
    return new


@contextmanager
def _dossier(texts: Sequence[str]) -> Iterator[tuple[Path, list[Path]]]:
    """A folder with the texts as files, for as long as an example runs."""
    with TemporaryDirectory() as made:
        folder = Path(made)
        files = [folder / f"{n:02}.txt" for n in range(len(texts))]
        for file, text in zip(files, texts, strict=True):
            file.write_text(text, encoding="utf-8")
        yield folder, files


_few = settings(max_examples=12, deadline=None)
_texts = st.lists(_DOCUMENTS, min_size=1, max_size=5)


@_few
@given(texts=_texts)
def test_reading_twice_adds_nothing(texts: list[str]) -> None:
    with _dossier(texts) as (folder, files):
        ledger = folder / "a.db"
        documents, claims = _read(ledger, files)
        once = _holding(ledger)
        assert (documents, claims) == (len(once.documents), len(once.claims))
        assert documents == len(set(texts))
        assert _read(ledger, files) == (0, 0)
        assert _holding(ledger) == once


@_few
@given(texts=_texts, data=st.data())
def test_the_order_of_reading_changes_nothing(texts: list[str], data: st.DataObject) -> None:
    with _dossier(texts) as (folder, files):
        _read(folder / "a.db", files)
        _read(folder / "b.db", data.draw(st.permutations(files)))
        assert _holding(folder / "a.db") == _holding(folder / "b.db")


@_few
@given(texts=_texts, data=st.data())
def test_two_runs_into_one_ledger_are_one_run(texts: list[str], data: st.DataObject) -> None:
    first = data.draw(st.lists(st.sampled_from(range(len(texts))), unique=True), "read first")
    with _dossier(texts) as (folder, files):
        _read(folder / "a.db", files)
        _read(folder / "b.db", [files[n] for n in first])
        _read(folder / "b.db", [file for n, file in enumerate(files) if n not in first])
        assert _holding(folder / "a.db") == _holding(folder / "b.db")


@_few
@given(texts=_texts)
def test_every_claim_of_the_ledger_stands_in_its_document(texts: list[str]) -> None:
    with _dossier(texts) as (folder, files):
        _read(folder / "a.db", files)
        with Ledger.open(folder / "a.db", create=False) as ledger:
            for claim in ledger.claims():
                text = ledger.document(claim.document).text
                assert text in texts
                assert text[claim.start : claim.end] == claim.quote
                assert all(text[a.start : a.end] == a.quote for a in claim.anchors)


@_few
@given(texts=_texts)
def test_every_claim_is_in_exactly_one_deal_or_behind_its_contract(texts: list[str]) -> None:
    with _dossier(texts) as (folder, files):
        _read(folder / "a.db", files)
        held = _holding(folder / "a.db")
    placed = Counter(claim.id for _, claims in held.deals for claim in claims)
    placed.update(claim.id for contract in held.contracts.values() for claim in contract.claims)
    assert placed == Counter(claim.id for claim in held.claims)


def test_a_register_text_and_a_press_text_of_one_transmittal_are_one_deal() -> None:
    texts = [_notice("Norway", 7, 12, _DAYS[0]), _register("Norway", 7, 14, _DAYS[0])]
    with _dossier(texts) as (folder, files):
        _read(folder / "a.db", files)
        ((deal, claims),) = _holding(folder / "a.db").deals
    assert deal.key == "transmittal USA 31-07 NOR"
    assert {value.value for value in deal.values("value")} == {"USD 12000000 (ceiling)", "USD 14000000 (ceiling)"}
    assert len({claim.document for claim in claims}) == 2


def test_a_shared_contract_gives_none_of_its_buyers_its_sum() -> None:
    with _dossier([_day(_shared_award(["Norway", "Denmark"], 1, 9))]) as (folder, files):
        _read(folder / "a.db", files)
        held = _holding(folder / "a.db")
    assert [(deal.recipient, deal.values("value")) for deal, _ in held.deals] == [("DNK", ()), ("NOR", ())]
    (contract,) = held.contracts.values()
    assert contract.buyers == ("DNK", "NOR")
    assert [str(claim.value) for claim in contract.claims] == ["USD 9000000"]


# -- the report -------------------------------------------------------------------------------------------

_NEWS = "The harbour lamps were lit on Monday, said a man who lights them, and nobody saw them go out again. " * 4


def _readings(inputs: Sequence[Path], report: Report) -> list[Reading]:
    return list(read_inputs([str(i) for i in inputs], report))


def test_the_report_counts_what_gave_nothing_and_why() -> None:
    quiet = "The department also wishes everybody a quiet evening and thanks the caterers of the spring fair."
    with _dossier([_day(_shared_award(["Norway"], 1, 9), _domestic_award(2), quiet, _domestic_award(3))]) as (_, files):
        report = Report()
        (reading,) = _readings(files, report)
    assert (report.documents, report.notices, report.contracts) == (1, 0, 3)
    assert report.claims == len(reading.claims) > 0
    assert report.silences["no foreign customer"] == 2
    assert report.silences["no sum of money"] == 1
    assert report.silences["heading"] >= 2
    text = reading.document.text
    told = {text[s.start : s.end]: s.reason for s in reading.silences}
    assert told[quiet] == "no sum of money"
    assert told[_domestic_award(2)] == told[_domestic_award(3)] == "no foreign customer"
    assert told["NAVY"] == "heading"


def test_the_report_is_the_sum_of_its_readings() -> None:
    texts = [_notice("Japan", 1, 5, _DAYS[0]), _day(_domestic_award(1)), _register("Norway", 2, 9, _DAYS[1])]
    with _dossier(texts) as (_, files):
        report = Report()
        readings = _readings(files, report)
    again = Report()
    for reading in readings:
        again.add(reading)
    assert again == report
    assert [reading.document.kind for reading in readings] == [
        DocumentKind.NOTICE,
        DocumentKind.CONTRACTS,
        DocumentKind.NOTICE,
    ]


def test_each_reading_is_told_before_it_is_given() -> None:
    with _dossier([_NEWS, _day(_domestic_award(1))]) as (_, files):
        seen: list[Reading] = []
        for n, reading in enumerate(read_inputs([str(f) for f in files], Report(), seen.append), start=1):
            assert seen[-1] is reading
            assert len(seen) == n


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", NotReadable),
        (b" \n\t \n", NotReadable),
        (b"\x00\xff\xfe\x80" * 100, NotReadable),
        (b"%PDF-1.7 and nothing more", NotReadable),
        (None, NotFound),
    ],
    ids=["empty", "blank", "binary", "broken PDF", "missing"],
)
def test_one_bad_input_among_good_ones_does_not_stop_the_batch(content: bytes | None, kind: type[InputError]) -> None:
    texts = [_notice("Norway", 7, 12, _DAYS[0]), _day(_shared_award(["Japan"], 1, 9))]
    with _dossier(texts) as (folder, files):
        bad = folder / ("bad.pdf" if content and content.startswith(b"%PDF") else "bad.txt")
        if content is not None:
            bad.write_bytes(content)
        report = Report()
        with Ledger.open(folder / "a.db") as ledger:
            documents, _ = record(ledger, read_inputs([str(f) for f in (files[0], bad, files[1])], report))
        _read(folder / "b.db", files)
        assert _holding(folder / "a.db") == _holding(folder / "b.db")
    assert documents == report.documents == 2
    (error,) = report.errors
    assert isinstance(error, kind)
    assert error.source == str(bad)


def test_errors_come_in_the_order_of_the_inputs() -> None:
    with _dossier([_NEWS]) as (folder, files):
        report = Report()
        _readings([folder / "x.txt", *files, folder / "y.txt"], report)
    assert [Path(error.source).name for error in report.errors] == ["x.txt", "y.txt"]
    assert report.documents == 1


def test_no_inputs_give_nothing() -> None:
    report = Report()
    assert list(read_inputs([], report)) == []
    assert report == Report()
