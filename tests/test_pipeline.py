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
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armsledger.errors import InputError, NotFound, NotReadable
from armsledger.ledger import ClaimFilter, DocumentRow, Ledger
from armsledger.ledger.rows import UNPLACED
from armsledger.model import Claim, Deal, DocumentKind, Judgement, Question, Reading
from armsledger.pipeline import (
    RULES,
    Report,
    SharedContract,
    buyers_by_contract,
    contracts_over,
    judge,
    keys_called,
    put_together,
    read_inputs,
    record,
    resolve,
    shared_contracts,
)
from armsledger.views.options import open_ledger
from armsledger.views.told_deals import told_by_key, told_deals
from ledger.older import to_0002
from ledger.places import derived

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
    questions: list[Question]


def _holding(path: Path) -> _Holding:
    with Ledger.open(path, create=False) as ledger:
        deals = list(resolve(ledger, ClaimFilter()))
        contracts = shared_contracts(ledger, (claim for _, claims in deals for claim in claims), None)
        questions = list(ledger.questions())
        return _Holding(list(ledger.documents()), list(ledger.claims()), deals, contracts, questions)


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


# -- putting together -------------------------------------------------------------------------------------


@_few
@given(texts=_texts)
def test_reading_one_by_one_comes_to_what_a_full_rebuild_makes(texts: list[str]) -> None:
    with _dossier(texts) as (folder, files):
        path = folder / "a.db"
        for file in files:
            _read(path, [file])
        found = derived(path)
        with Ledger.open(path) as ledger:
            ledger.resettle(RULES)
        assert derived(path) == found


@_few
@given(texts=_texts)
def test_a_claim_that_is_alone_in_its_ground_is_called_as_it_would_be(texts: list[str]) -> None:
    """The ledger does not look at it again: its own key must be what settling would give."""
    with _dossier(texts) as (_, files):
        readings = _readings(files, Report())
    for reading in readings:
        for claim in reading.claims:
            ground, own = RULES.place(claim)
            assert ground
            if own.endswith(claim.id):
                settled = RULES.settle(ground, [claim], {claim.document: reading.document.published}, ())
                assert (settled.keys, settled.ties, settled.questions) == (((claim.id, own),), (), ())


@pytest.fixture
def merged() -> Iterator[Ledger]:
    """A notice, and two contracts that Norway shares with others; all that is said of Norway was judged one deal."""
    notice = _notice("Norway", 7, 12, _DAYS[0])
    day = _day(_shared_award(["Norway", "Denmark"], 1, 9), _shared_award(["Norway", "Japan"], 2, 8))
    with _dossier([notice, day]) as (folder, files):
        path = folder / "a.db"
        _read(path, files)
        with Ledger.open(path) as ledger:
            ids = tuple(c.id for c in ledger.claims(ClaimFilter(recipient="NOR")))
            judge(ledger, [Judgement("same", ids, "A. Nalyst", "2031-05-01", "one purchase")])
            yield ledger


_OVER = tuple(f"contract N0002431C000{n} -" for n in (1, 2))


def test_a_deal_may_hold_several_numbers(merged: Ledger) -> None:
    deals = {deal.recipient: (deal, claims) for deal, claims in resolve(merged, ClaimFilter())}
    assert deals.keys() == {"NOR", "DNK", "JPN"}, "no contract as a whole is a deal beside those of its buyers"
    deal, claims = deals["NOR"]
    assert deal.key == "transmittal USA 31-07 NOR"
    assert sorted(contracts_over(claims)) == sorted(_OVER)
    assert buyers_by_contract(merged, _OVER, None) == {_OVER[0]: ("DNK", "NOR"), _OVER[1]: ("JPN", "NOR")}
    over = shared_contracts(merged, claims, None)
    assert [str(c.value) for key in sorted(over) for c in over[key].claims] == ["USD 9000000", "USD 8000000"]


@pytest.mark.parametrize("wanted", ["31-07", "N00024-31-C-0001", "n0002431c0002", "deal id"])
def test_any_of_its_numbers_finds_it(wanted: str, merged: Ledger) -> None:
    ((deal, _),) = resolve(merged, ClaimFilter(recipient="NOR"))
    said = deal.id[:8] if wanted == "deal id" else wanted
    (told,) = (t for t in told_by_key(merged, keys_called(merged, said, None), None) if t.deal.recipient == "NOR")
    assert told.deal == deal
    assert sorted(contract.key for contract in told.contracts) == sorted(_OVER)
    assert told.contract == told.contracts[0]
    assert {c.document for c in told.contract_claims} <= set(told.documents)


@pytest.mark.parametrize("wanted", ["31-08", "N00024-31-C-0009", "", " ", "d0000000", "transmittal", "\ud800"])
def test_another_number_finds_nothing(wanted: str, merged: Ledger) -> None:
    assert keys_called(merged, wanted, None) == []


_CASES = {
    f"transmittal {supplier} {number} {buyer}": number
    for supplier in ("-", "USA", "Korea", "Korea South", "FRA")
    for number in ("25-33", "25-3", "0M-25", "X-25")
    for buyer in ("-", "NOR", "Saudi Arabia", "B 25-3")
}


class _Keys:
    """Stands for a ledger that has these own keys, each its own deal's, and counts what it is asked."""

    def __init__(self, own: list[str]) -> None:
        self.own, self.asked = sorted(own), 0

    def own_key_from(self, least: str) -> str | None:
        self.asked += 1
        return next((key for key in self.own if key >= least), None)

    def own_keys(self, beginning: str, _as_of: str | None) -> Iterator[tuple[str, str]]:
        self.asked += 1
        return ((key, key) for key in self.own if key.startswith(beginning))

    def keys(self, _which: object) -> list[str]:
        return self.own


@given(
    own=st.lists(st.sampled_from(sorted(_CASES)), unique=True),
    wanted=st.sampled_from(["25-33", "25-3", "0M-25", "x-25"]),
)
def test_a_number_finds_the_cases_of_every_supplier(own: list[str], wanted: str) -> None:
    book = _Keys([*own, "claims ITA f-35 0", "contract C1 NOR", "zzz"])
    assert keys_called(cast(Ledger, book), wanted, None) == sorted(k for k in own if _CASES[k] == wanted.upper())


def test_a_number_is_looked_up_and_not_searched_for() -> None:
    book = _Keys([f"transmittal {supplier} 25-{n} NOR" for supplier in ("FRA", "USA") for n in range(500)])
    assert len(keys_called(cast(Ledger, book), "25-77", None)) == 2
    assert book.asked < 10


def test_as_of_a_day_a_deal_is_found_by_what_was_known(merged: Ledger) -> None:
    assert keys_called(merged, "31-07", "2031-03-03") == ["transmittal USA 31-07 NOR"]
    assert keys_called(merged, "31-07", "2031-03-02") == []
    assert keys_called(merged, "N00024-31-C-0001", "2031-03-03") == []


def test_a_listing_looks_at_no_other_documents(merged: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    def scanned(*_: object) -> Iterator[DocumentRow]:
        raise AssertionError("all documents were looked at")

    monkeypatch.setattr(Ledger, "documents", scanned)
    assert len(list(told_deals(merged, ClaimFilter()))) == 3
    assert len(list(told_by_key(merged, keys_called(merged, "31-07", None), None))) == 1


def test_a_ledger_of_an_earlier_version_is_put_together_when_it_is_opened() -> None:
    with _dossier([_notice("Norway", 7, 12, _DAYS[0]), _day(_shared_award(["Norway", "Denmark"], 1, 9))]) as (
        folder,
        files,
    ):
        path = folder / "a.db"
        _read(path, files)
        held, found = _holding(path), derived(path)
        to_0002(path)
        with open_ledger(str(path)) as ledger:
            assert not ledger.outdated()
            assert ledger.unsettled() == 0
        assert _holding(path) == held
        assert derived(path) == found


def test_what_a_run_has_left_apart_is_told_and_put_together_by_the_next(capsys: pytest.CaptureFixture[str]) -> None:
    with _dossier([_notice("Norway", 7, 12, _DAYS[0])]) as (folder, files):
        path = folder / "a.db"
        with Ledger.open(path) as ledger:
            ledger.record(read_inputs([str(files[0])], Report()), RULES)  # and no more: it was killed
        with open_ledger(str(path)) as ledger:
            assert ledger.unsettled() == 2
            assert UNPLACED not in {ground for (ground,) in derived(path)["stale"]}
        assert "2 groups of claims are not yet put together" in capsys.readouterr().err
        _read(path, files)
        with open_ledger(str(path)) as ledger:
            assert put_together(ledger) == 0
        assert capsys.readouterr().err == ""


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
