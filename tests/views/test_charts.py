"""Charts: the title is the finding, what is drawn stands in a table, and the picture carries it without colours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner

from armsledger.analyses.cards import card_from
from armsledger.analyses.dependence import Coverage, Delivery, Window, depend
from armsledger.analyses.feasibility import assess
from armsledger.analyses.leadtime import Wait, lead_time
from armsledger.errors import InputError
from armsledger.ledger import ClaimFilter, Ledger
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


@pytest.mark.parametrize("made", [shares, waits, card])
def test_a_chart_of_an_analysis_states_finding_unit_n_and_limit(made: object) -> None:
    chart: Chart = made()  # type: ignore[operator]
    assert chart.title
    assert len(chart.below) == 3
    assert "Data:" in chart.below[1]
    drawn = chart.svg()
    assert drawn.startswith("<svg")
    assert "<script" not in drawn
    assert "http://" not in drawn.replace("http://www.w3.org", "")


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
