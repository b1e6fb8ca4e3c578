"""Excess defense articles as claims: how far each request has come, in the stages that the table tells of."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from armsledger.model import Claim, DateInterval, Meaning, Mode, Money, Stage
from armsledger.text.registers import Register

from .made_up_registers import holds, read, read_bytes, said

READ = read("articles.csv", Register.US_EDA, "2032")


def _of(recipient: str) -> dict[Stage, Claim]:
    return {c.stage: c for c in READ.reading.claims if c.recipient == recipient}


def test_every_claim_stands_in_its_row() -> None:
    holds(READ)
    assert READ.rows == 4


def test_a_row_tells_each_stage_with_its_quantity() -> None:
    found = _of("GRC")
    assert {stage: claim.quantity for stage, claim in found.items()} == {
        Stage.REQUESTED: Decimal(12),
        Stage.APPROVED: Decimal(10),
        Stage.ORDERED: Decimal(8),
        Stage.DELIVERED: Decimal(8),
    }
    for claim in found.values():
        assert (claim.supplier, claim.item, claim.system) == ("USA", "HOWITZER, MEDIUM, TOWED, M198", "m198")
        assert (claim.mode, claim.second_hand) == (Mode.AID, True)
        assert claim.speaker == "Defense Security Cooperation Agency"
        assert said(claim, "authority") == [("Grant Authority",) * 2]
        assert said(claim, "quantity rejected") == [("2", "2")]


def test_the_day_of_the_status_belongs_to_its_stage_alone() -> None:
    found = _of("GRC")
    assert found[Stage.DELIVERED].date == DateInterval("2031-09-30")
    assert found[Stage.APPROVED].date is found[Stage.ORDERED].date is None
    request = found[Stage.REQUESTED]
    assert request.date == DateInterval("2029-10/2030-09")
    assert [(a.value, a.quote, a.how) for a in request.anchored("date")] == [("2029-10/2030-09", "2030", "fiscal year")]


def test_the_current_value_stands_with_what_was_allocated() -> None:
    found = _of("GRC")
    assert found[Stage.APPROVED].value == Money(Decimal(600_000), "USD", Meaning.REPORTED)
    assert [s for s, c in found.items() if c.value] == [Stage.APPROVED]
    assert said(found[Stage.APPROVED], "acquisition value") == [("USD 6000000", "$6,000,000.00")]


def test_where_nothing_was_allocated_the_status_still_tells_of_it() -> None:
    found = _of("KOR")
    assert set(found) == {Stage.REQUESTED, Stage.APPROVED}
    assert found[Stage.APPROVED].quantity is None  # 0 is printed: not allocated yet, or not counted
    assert found[Stage.REQUESTED].mode is Mode.SALE
    assert found[Stage.REQUESTED].system is None  # an M1 is a detonator here


def test_a_cancelled_request_is_halted_and_has_no_count() -> None:
    found = _of("KEN")
    assert set(found) == {Stage.REQUESTED, Stage.HALTED}
    assert found[Stage.HALTED].date == DateInterval("2031-01-02")
    assert found[Stage.REQUESTED].quantity is None
    assert found[Stage.REQUESTED].value is None
    assert said(found[Stage.REQUESTED], "acquisition value") == [("USD 22997270.35", "$22,997,270.35")]


def test_an_offered_letter_is_an_offer() -> None:
    assert set(_of("PER")) == {Stage.REQUESTED, Stage.APPROVED, Stage.OFFERED}


def test_faults_are_listed() -> None:
    assert [(f.line, f.problem) for f in READ.faults] == [
        (6, "status: 'Lost At Sea' is none that is known"),
        (7, "status date: a date such as 6/10/20 was expected, '31/4/31' is there"),
    ]


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({1: "last year"}, "fiscal year of request: a year was expected, 'last year' is there"),
        ({4: ""}, "item description: is empty"),
        ({7: "some"}, "qty requested: a number was expected, 'some' is there"),
        ({13: "eight"}, "total current value: a sum was expected, 'eight' is there"),
    ],
)
def test_a_cell_that_holds_something_else_is_told(cells: dict[int, str], problem: str) -> None:
    head, first = (
        READ.reading.document.text.splitlines()[0],
        "Grant Authority,2031,Army,Peru,TRUCK,LOA Offered,3/4/31,4,4,0,0,0,$80.00,$8.00",
    )
    row = [cells.get(place, cell) for place, cell in enumerate(first.split(","))]
    found = read_bytes(f"{head}\n{first}\n{','.join(row)}\n".encode(), Register.US_EDA, "2032")
    assert (found.rows, [f.problem for f in found.faults]) == (1, [problem])


def test_the_published_table_is_read_whole(shared: Path) -> None:
    path = shared / "data" / "4-licences" / "us-eda" / "EDA_Public_Report.csv"
    found = read_bytes(path.read_bytes(), Register.US_EDA, "2020")
    assert (found.rows, found.faults, found.unknown) == (4_116, (), ())
    assert sum(c.stage is Stage.REQUESTED for c in found.reading.claims) == 4_116
    holds(found)
