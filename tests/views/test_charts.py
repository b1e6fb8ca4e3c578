"""Charts: the title is the finding, what is drawn stands in a table, and the picture carries it without colours."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from armsledger.analyses.balance import Imports, balance
from armsledger.analyses.between import between
from armsledger.analyses.cards import card_from
from armsledger.analyses.conversion import conversion
from armsledger.analyses.dependence import Coverage, Delivery, Window, depend
from armsledger.analyses.feasibility import assess
from armsledger.analyses.leadtime import Wait, lead_time
from armsledger.analyses.precedents import ALLY, Past, Route
from armsledger.analyses.regional import Series, Volumes, regional
from armsledger.analyses.result import Result
from armsledger.analyses.spending import Spending
from armsledger.errors import InputError
from armsledger.ledger import ClaimFilter, Ledger
from armsledger.lexicon.regions import region_named
from armsledger.pipeline import Report, read_inputs, record
from armsledger.views.charts import Chart, chart_of, flows_chart, life_chart, origins_chart, write_chart
from armsledger.views.cli import cli
from armsledger.views.show import find
from armsledger.views.told_deals import told_deals
from armsledger.views.whole_deal import whole_deal

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with Ledger.open(tmp_path_factory.mktemp("charts") / "ledger.db") as book:
        record(book, read_inputs([str(ROOT / "examples" / "dossier")], Report()))
        yield book


def shares() -> Chart:
    found = [Delivery(s, "PAK", 2022, Fraction(n), False, False) for s, n in (("CHN", 80), ("TUR", 20))]
    return chart_of(depend(found, Coverage(2, 0, 0, 0), "PAK", Window(2020, 2024), vintage="made up").result())


def waits() -> Chart:
    given = [Wait("A", "X", 2000 + n, 2001 + 2 * n, None, "new", "tank") for n in range(12)]
    return chart_of(lead_time(given, 2030).result())


def card() -> Chart:
    return chart_of(assess(card_from((ROOT / "examples/card-s-400.yml").read_text(), "card"), 100).result())


def _past(number: int, **more: Any) -> Past:
    day = date(2020, 1, 1), date(2020, 12, 31)
    return Past(f"d{number}", "USA", "NOR", "f-16", Route.NOTICE, ALLY, day[0], "approved", notified=day, **more)


def _deals() -> list[Past]:
    came = date(2022, 1, 1), date(2023, 6, 30)
    return [_past(n, ordered=came, delivered=came) for n in range(9)] + [_past(n) for n in range(9, 14)]


def waits_of_deals() -> Chart:
    return chart_of(between(_deals(), "notification", date(2026, 1, 1)).result())


def backlog() -> Chart:
    return chart_of(between(_deals(), "notification", date(2026, 1, 1)).result(), "backlog")


def backlog_of_a_register() -> Chart:
    given = [Wait("A", f"X{n % 3}", 2000 + n, 2001 + 2 * n if n % 2 else None, None, "new", "tank") for n in range(12)]
    return chart_of(lead_time(given, 2030).result(), "backlog")


def rates() -> Chart:
    return chart_of(conversion(_deals(), date(2026, 1, 1)).result())


def _two() -> Result:
    years = tuple(range(1990, 2000))
    series = [Spending(unit, "IND", "PAK", years, tuple(map(float, years)), (2.0,) * 10) for unit in ("dollars", "%")]
    moved = [
        Imports(Window(2016, 2020), Fraction(9), Fraction(3)),
        Imports(Window(2011, 2015), Fraction(1), Fraction(3)),
    ]
    return balance("IND", "PAK", date(2021, 1, 1), imports=moved, series=series, vintage="made up").result()


def imports_of_two() -> Chart:
    return chart_of(_two())


def spending_of_two() -> Chart:
    return chart_of(_two(), "spending")


def imports_of_a_region() -> Chart:
    moved = [Volumes(Window(2016, 2020), {"IND": Fraction(9), "PAK": Fraction(2)})]
    return chart_of(regional(region_named("South Asia"), date(2021, 1, 1), imports=moved).result())


def spending_of_a_region() -> Chart:
    series = [Series("dollars", {"IND": {1990: 2.0, 1995: 4.0}, "NPL": {}, "PAK": {1991: 1.0}})]
    return chart_of(regional(region_named("South Asia"), date(2021, 1, 1), series=series).result(), "spending")


DRAWN = [
    shares, waits, card, waits_of_deals, backlog, backlog_of_a_register, rates, imports_of_two, spending_of_two,
    imports_of_a_region, spending_of_a_region,
]  # fmt: skip


@pytest.mark.parametrize("made", DRAWN)
def test_a_chart_of_an_analysis_states_finding_unit_n_and_limit(made: Callable[[], Chart]) -> None:
    chart = made()
    assert chart.title
    assert len(chart.below) == 3
    assert "Data:" in chart.below[1]
    drawn = chart.svg()
    assert drawn.startswith("<svg")
    assert "<script" not in drawn
    assert "http://" not in drawn.replace("http://www.w3.org", "")


@pytest.mark.parametrize("made", DRAWN)
def test_no_difference_is_told_by_a_colour_alone(made: Callable[[], Chart]) -> None:
    told = json.dumps(made().whole())
    assert '"color": {"field"' not in told
    assert '"stroke": {"field"' not in told


def test_units_of_spending_have_panels_of_their_own_and_their_own_scales() -> None:
    chart = spending_of_two()
    assert {row[0] for row in chart.rows} == {"dollars", "%"}
    assert chart.spec["facet"]["row"]["field"] == "unit"
    assert chart.spec["resolve"]["scale"]["y"] == "independent"
    assert next(row for row in chart.rows if row[2] == 1990)[3] == 100
    assert "India × 1.0 (1990-1999)" in chart.title


def test_a_member_without_amounts_is_not_drawn_as_nothing() -> None:
    assert {row[1] for row in spending_of_a_region().rows} == {"India", "Pakistan"}


@pytest.mark.parametrize(
    ("result", "name", "says"),
    [
        (lambda: _two(), "bands", "balance has no chart 'bands'"),
        (lambda: balance("IND", "PAK", date(2021, 1, 1)).result(), None, "no register was read"),
        (lambda: balance("IND", "PAK", date(2021, 1, 1)).result(), "spending", "no series was given"),
        (lambda: between([_past(1)], "notification", date(2026, 1, 1)).result(), None, "there are too few deals"),
        (lambda: conversion([_past(1)], date(2026, 1, 1)).result(), None, "fewer than ten deals"),
    ],
)
def test_what_cannot_be_drawn_is_a_sentence(result: Callable[[], Result], name: str | None, says: str) -> None:
    with pytest.raises(InputError, match=says):
        chart_of(result(), name)


def test_every_value_that_is_drawn_stands_in_the_table() -> None:
    chart = shares()
    assert [row[:3] for row in chart.rows] == [("CHN", 80.0, 0.0), ("TUR", 20.0, 0.0)]
    assert chart.whole()["data"]["values"][0]["partner"] == "CHN"


def test_claims_for_and_against_have_other_shapes(ledger: Ledger) -> None:
    whole = whole_deal(ledger, find(ledger, "25-33", None, None)[0], None)
    chart = life_chart(whole)
    shape = chart.spec["layer"][0]["encoding"]["shape"]["scale"]
    assert len(set(shape["range"])) == len(shape["domain"]) == 3
    assert {row[0] for row in chart.rows} <= {str(step.stage) for step in whole.status.life.steps}
    assert "independent origin" in origins_chart(whole).title


def test_flows_count_deals_and_no_money(ledger: Ledger) -> None:
    chart = flows_chart(told_deals(ledger, _all()), "all claims")
    assert "neither pieces nor money" in chart.below[0]
    assert sum(row[2] for row in chart.rows) >= 3


def _all() -> ClaimFilter:
    return ClaimFilter()


def test_nothing_to_draw_is_told() -> None:
    with pytest.raises(InputError, match="no deal names both"):
        flows_chart([], "nothing")


@pytest.mark.parametrize(("ending", "begins"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("json", b"{")])
def test_the_ending_says_what_is_written(tmp_path: Path, ending: str, begins: bytes) -> None:
    path = tmp_path / f"chart.{ending}"
    write_chart(shares(), str(path))
    assert path.read_bytes().startswith(begins)
    with pytest.raises(InputError, match="its ending is none of"):
        write_chart(shares(), str(tmp_path / "chart.gif"))


def test_the_command_writes_a_chart_and_tells_the_finding(ledger: Ledger, tmp_path: Path) -> None:
    out = tmp_path / "flows.json"
    done = CliRunner().invoke(cli, ["chart", "flows", "-o", str(out), "--ledger", ledger.name])
    assert done.exit_code == 0
    assert json.loads(out.read_text())["title"]["text"]
    assert "deal" in done.output


def test_the_same_values_give_the_same_picture() -> None:
    assert shares().svg() == shares().svg()
