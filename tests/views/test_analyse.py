"""Every analysis from the command line: as a table and as JSON, on what is missing, and on what cannot be asked."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from armsledger.ledger import Ledger
from armsledger.views.analyse import ANALYSES
from armsledger.views.dossier import dossier

from .made_up import NOTICE, ran, run, write
from .stories import NOTICE_STORY, RUMOUR, Paper, Said, claim, tell

REGISTERS = dossier().parent / "registers"
CARD = dossier().parent / "card-s-400.yml"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with a rumour, a notice and a register, a log of forecasts, a card and two series of spending."""
    folder = tmp_path_factory.mktemp("analyse")
    ledger = str(folder / "armsledger.db")
    shutil.copy(REGISTERS / "trade-register.csv", folder)
    shutil.copy(CARD, folder / "card.yml")
    rows = "\n".join(f"{1990 + n},{10 + n + n % 3},{5 + (n * n) % 7}" for n in range(24))
    write(folder, usd_csv=f"year,one,other\n{rows}\n", notice_txt=NOTICE)
    tell(folder / "armsledger.db", (*RUMOUR, *NOTICE_STORY, *_RIVALS))
    ran("import", "sipri", str(folder / "trade-register.csv"), "--ledger", ledger)
    ran("read", str(folder / "notice.txt"), "--ledger", ledger)
    asked = ("--by", "2032-01-01", "--probability", "35", "--author", "A", "--made", "2031-01-01")
    ran("forecast", "ask", "Will it be ordered?", *asked, "--ledger", ledger)
    return folder


@pytest.fixture
def told(here: Path, made: Path) -> Path:
    """A copy of all that in the working folder."""
    shutil.copytree(made, here, dirs_exist_ok=True)
    return here


_RIVALS = (
    Paper(
        "2031-03-02",
        "Example Daily",
        [
            Said(
                "India has ordered Rafale jets from France to counter the new fleet.",
                [claim("FRA IND", "ordered", date="2031-03-01", system="rafale", item="Rafale")],
            ),
            Said(
                "Pakistan has ordered J-10 jets from China.",
                [claim("CHN PAK", "ordered", date="2031-02-01", system="j-10", item="J-10")],
            ),
        ],
    ),
)

ASKED: dict[str, tuple[str, ...]] = {
    "dependence": ("--recipient", "Norway", "--window", "2026-2030"),
    "leadtime": ("--since", "2000"),
    "conversion": (),
    "precedents": ("31-33",),
    "retransfer": ("--supplier", "Russia", "--recipient", "Turkey", "--system", "S-400", "--third", "India"),
    "balance": ("India", "Pakistan", "--spending", "usd.csv", "--unit", "US dollars"),
    "feasibility": ("card.yml", "--draws", "100"),
    "forecasts": (),
    "sanctions": ("--supplier", "Russia", "--recipient", "Turkey", "--body", "SSB", "--on", "2020-12-14"),
}


def asked(name: str, *more: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(ran("analyse", name, *(more or ASKED[name]), "--format", "json"))
    return told


def test_every_analysis_is_asked_here() -> None:
    assert set(ASKED) == set(ANALYSES)


def _register_recipient(told: Path) -> str:
    lines = (told / "trade-register.csv").read_text().splitlines()
    head = next(n for n, line in enumerate(lines) if line.startswith("Recipient"))
    return lines[head + 1].split(",")[0].strip('"')


@pytest.mark.parametrize("name", ANALYSES)
def test_as_a_table_and_as_json_with_all_that_a_result_must_say(told: Path, name: str) -> None:
    arguments = _arguments(told, name)
    table = " ".join(ran("analyse", name, *arguments).split())
    found = asked(name, *arguments) if arguments else asked(name)
    for head in ("Limit", "Data as of", "Vintage", "Counted", "Unknown", "Method"):
        assert head in table
    assert found["limit"].endswith(".")
    assert found["answer"]
    assert found["method"]["source"]
    assert found["n"]
    assert " ".join(found["answer"][0].split()) in table
    for word in ("risky", "riskiest", "rank"):
        assert word not in table.lower()


def _arguments(told: Path, name: str) -> tuple[str, ...]:
    if name == "dependence":
        return ("--recipient", _register_recipient(told), "--window", "2000-2030")
    return ASKED[name]


@pytest.mark.parametrize("name", ANALYSES)
def test_asked_twice_it_says_the_same(told: Path, name: str) -> None:
    arguments = (*_arguments(told, name), "--format", "json")
    assert ran("analyse", name, *arguments) == ran("analyse", name, *arguments)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("retransfer",), "a transfer has two sides and a system"),
        (("retransfer", "--supplier", "Russia"), "a transfer has two sides and a system"),
        (("retransfer", "31-33", "--third", "Atlantis"), "no party named 'Atlantis'"),
        (("retransfer", "31-33", "--as-of", "soon"), "--as-of"),
        (("balance",), "two states are needed, none given"),
        (("balance", "India"), "two states are needed, 1 given"),
        (("balance", "--region", "Atlantis"), "is no region that the list has"),
        (("balance", "India", "Pakistan", "--region", "GCC"), "is asked instead of two states"),
        (("balance", "--region", "GCC", "--spending", "usd.csv"), "1 files and 0 units"),
        (("balance", "--region", "GCC", "--spending", "usd.csv", "--unit", "x"), "no party named 'one'"),
        (("balance", "--region", "GCC", "--spending", "gulf.csv", "--unit", "x"), "India: not in Gulf"),
        (("balance", "--region", "South Asia", "--spending", "minus.csv", "--unit", "x"), "amounts of nothing or more"),
        (("balance", "--region", "South Asia", "--spending", "back-2.csv", "--unit", "x"), "1990 stands after 1991"),
        (("balance", "India", "India"), "stands on both sides"),
        (("balance", "India", "Pakistan", "--spending", "usd.csv"), "1 files and 0 units"),
        (("balance", "India", "Pakistan", "--spending", "no.csv", "--unit", "x"), "no such file"),
        (("balance", "India", "Pakistan", "--spending", "gap.csv", "--unit", "x"), "has no row for 1991"),
        (("balance", "India", "Pakistan", "--spending", "back.csv", "--unit", "x"), "1990 stands after 1991"),
        (("balance", "India", "Pakistan", "--spending", "odd.csv", "--unit", "x"), "is not a year and two numbers"),
        (("balance", "India", "Pakistan", "--spending", "head.csv", "--unit", "x"), "is not year and two columns"),
        (("balance", "India", "Pakistan", *("--spending", "usd.csv", "--unit", "x") * 2), "one unit is named twice"),
        (("balance", "India", "Pakistan", "--window", "2024-2020"), "ends before it begins"),
        (("conversion", "--recipient", "Atlantis"), "no party named 'Atlantis'"),
        (("conversion", "--recipient", "Chile"), "no notified sale"),
        (("forecasts", "--author", "nobody"), "no forecast of 'nobody'"),
        (("forecasts", "--as-of", "soon"), "is no day"),
        (("dependence",), "one of --recipient and --exporter"),
        (("leadtime", "--by", "route"), "does not tell by which route"),
        (("conversion", "--drawn", "rates"), "none is drawn"),
        (("conversion", "--drawn", "bands", "--chart", "x.json"), "has no chart 'bands'"),
        (("sanctions", *ASKED["sanctions"], "--chart", "x.json"), "sanctions: has no chart"),
        (("leadtime", "--as-of", "2031"), "is of deals"),
        (("leadtime", "--from", "request", "--vintage", "2031"), "is of a register"),
        (("leadtime", "--from", "notification", "--back-test"), "is of a register"),
        (("leadtime", "--from", "notification", "--by", "status"), "are not told by status"),
        (("leadtime", "--from", "notification", "--recipient", "Chile"), "no deal of the ledger is told as notified"),
    ],
)
def test_what_cannot_be_asked_is_a_sentence(told: Path, arguments: tuple[str, ...], says: str) -> None:
    write(
        told,
        gap_csv="year,one,other\n1990,1,1\n1992,1,1\n",
        back_csv="year,one,other\n1991,1,1\n1990,1,1\n",
        odd_csv="year,one,other\n1990,much,1\n",
        head_csv="a,b\n1,2\n",
        gulf_csv="year,India\n1990,1\n",
        minus_csv="year,India,Pakistan\n1990,1,-1\n",
        **{"back-2_csv": "year,India,Pakistan\n1991,1,1\n1990,1,\n"},
    )
    result = run("analyse", *arguments)
    assert result.exit_code == 2, result.stdout
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert says in line


# -- an empty ledger --------------------------------------------------------------------------------------


@pytest.fixture
def empty(here: Path) -> Path:
    Ledger.open(here / "armsledger.db").close()
    return here


@pytest.mark.parametrize(
    ("arguments", "missing", "still"),
    [
        (("retransfer", *ASKED["retransfer"]), "no dated document", "embargoes and the Arms Trade Treaty"),
        (("balance", "India", "Pakistan"), "no dated document", "measures between the two"),
        (("conversion",), "no dated document", "read notices first"),
        (("precedents", "31-33"), "no dated document", "read documents first"),
        (("forecasts",), "no forecast has been logged", "armsledger forecast ask"),
        (("dependence", "--recipient", "Norway"), "no SIPRI register", "armsledger import sipri"),
        (("leadtime",), "no SIPRI register", "armsledger import sipri"),
        (("leadtime", "--from", "notification"), "no dated document", "read documents first"),
    ],
)
def test_an_empty_ledger_says_what_is_missing_and_what_can_be_done(
    empty: Path, arguments: tuple[str, ...], missing: str, still: str
) -> None:
    result = run("analyse", *arguments)
    assert result.exit_code == 2
    assert missing in result.stderr
    assert still in result.stderr


def test_with_a_day_an_empty_ledger_still_tells_what_acts_say(empty: Path) -> None:
    found = asked("retransfer", *ASKED["retransfer"], "--as-of", "2025-01-01")
    states = {row[0]: row[2] for row in found["tables"][0]["rows"]}
    assert states == {"R5": "absent", "R10": "present"}
    assert found["as_of"] == "2025-01-01"
    found = asked("balance", "India", "Pakistan", "--as-of", "2025-01-01")
    assert any("imports: the ledger has no register" in line for line in found["unknown"])
    assert any("nuclear installations" in line for line in found["answer"])


# -- what the ledger's deals become -----------------------------------------------------------------------


def test_a_rumour_is_a_pathway_on_paper_and_a_denial_stands_beside_it(told: Path) -> None:
    found = asked("retransfer")
    paths = next(t for t in found["tables"] if t["title"].startswith("Pathways"))
    assert [row[0] for row in paths["rows"]] == ["RUS → TUR → RUS", "TUR → RUS → IND"]
    assert "possible" in paths["rows"][1][1]
    assert all(paths["evidence"])
    early = asked("retransfer", *ASKED["retransfer"], "--as-of", "2031-08-10")
    paths = next(t for t in early["tables"] if t["title"].startswith("Pathways"))
    assert all("denied" not in row[1] for row in paths["rows"])


def test_evidence_of_a_path_can_be_shown(told: Path) -> None:
    found = asked("retransfer")
    paths = next(t for t in found["tables"] if t["title"].startswith("Pathways"))
    assert "S-400" in ran("show", paths["evidence"][0][0])


def test_a_deal_of_the_ledger_is_a_notified_sale(told: Path) -> None:
    found = asked("retransfer", "31-33")
    seventh = next(row for row in found["tables"][0]["rows"] if row[0] == "R7")
    assert seventh[2] == "present"


def test_a_notice_of_which_nothing_more_is_told_is_undetermined(told: Path) -> None:
    found = asked("conversion")
    first = found["tables"][0]["rows"][0]
    assert first[:3] == ["notified, then contracted", 0, 1]
    assert first[6] == 1


def test_waits_from_a_notification_are_those_of_the_ledgers_deals(told: Path) -> None:
    found = asked("leadtime", "--from", "notification", "--by", "route")
    (count,) = [n for what, n in found["n"].items() if what.startswith("deals told as notified")]
    assert count == 2
    assert found["data"]["from"] == "notification"
    assert "fewer than 10" in found["answer"][0]
    assert found["as_of"] == found["data"]["censored"]


def test_steps_stand_in_the_order_of_time_with_motives_as_words(told: Path) -> None:
    found = asked("balance", "India", "Pakistan", "--as-of", "2031-12-31")
    steps = [s for s in found["data"]["steps"] if s["first"].startswith("2031")]
    assert [(s["party"], s["days_since_the_other"]) for s in steps if "ordered" in s["what"]] == [
        ("PAK", None),
        ("IND", 28),
    ]
    motives = next(t for t in found["tables"] if t["title"].startswith("Motives"))
    assert "to counter the new fleet" in motives["rows"][0][2]


def test_a_region_stands_side_by_side_with_what_claims_tell(told: Path) -> None:
    write(told, region_csv="year,India,Pakistan\n1990,10,5\n1991,12,\n1992,15,6\n")
    more = ("--as-of", "2031-12-31", "--spending", "region.csv", "--unit", "US dollars")
    found = asked("balance", "--region", "South Asia", *more)
    assert found["question"].startswith("What do the states of South Asia")
    assert {s["party"] for s in found["data"]["steps"]} >= {"IND", "PAK"}
    assert found["data"]["spending"][0]["PAK"] == {"1990": 5.0, "1992": 6.0}
    spent = next(t for t in found["tables"] if t["title"] == "Spending, in US dollars")
    assert ["Nepal", None, None, None, None, None] in spent["rows"]
    assert any("South Asian Association" in found["method"][part] for part in ("source",))


def test_spending_is_a_model_and_says_which_column_was_whose(told: Path) -> None:
    found = asked("balance")
    assert any(line.startswith("Model: ") for line in found["answer"])
    assert "column 'one' as India" in found["method"]["inputs"]["US dollars"]


# -- forecasts --------------------------------------------------------------------------------------------


def _id(told: Path) -> str:
    return str(json.loads((told / "forecasts.jsonl").read_text().splitlines()[0])["id"])


def test_a_forecast_is_asked_resolved_and_scored_and_no_line_is_lost(told: Path) -> None:
    log = told / "forecasts.jsonl"
    before = log.read_bytes()
    ran("forecast", "resolve", _id(told), "no", "--because", "no order", "--on", "2032-01-01", "--author", "B")
    assert log.read_bytes().startswith(before)
    found = asked("forecasts")
    assert found["n"] == {"resolved questions": 1, "open": 0, "void": 0}
    assert "Brier 0.122" in found["answer"][1]
    ran("analyse", "forecasts", "--chart", "calibration.json")
    drawn = json.loads((told / "calibration.json").read_text())
    assert "Brier 0.122" in " ".join(drawn["title"]["text"])
    assert drawn["data"]["values"][0]["label"] == "1"
    ran("forecast", "resolve", _id(told), "void", "--because", "badly put", "--on", "2032-01-02", "--author", "B")
    assert asked("forecasts")["n"]["void"] == 1
    assert len(log.read_text().splitlines()) == 3


def test_words_of_probability_stand_with_their_number(here: Path) -> None:
    told = ran("forecast", "ask", "Will it?", "--by", "2099-01-01", "--probability", "60", "--author", "A")
    assert "likely (60 %)" in told
    told = ran("forecast", "ask", "Will it?", "--by", "2099-01-01", "--probability", "99.5", "--author", "A")
    assert "99.5 % by" in told


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("ask", "Q?", "--by", "2099-01-01", "--probability", "120", "--author", "A"), "is no probability"),
        (("ask", "Q?", "--by", "2000-01-01", "--probability", "20", "--author", "A"), "is not after"),
        (("ask", " ", "--by", "2099-01-01", "--probability", "20", "--author", "A"), "is empty"),
        (("ask", "Q?", "--by", "soon", "--probability", "20", "--author", "A"), "is no day"),
        (("resolve", "f00", "yes", "--because", "x"), "no question"),
        (("resolve", "f", "no", "--because", "x", "--on", "2031-06-01"), "can still come about"),
        (("resolve", "f", "yes", "--because", " "), "is empty"),
    ],
)
def test_what_cannot_be_logged_is_a_sentence_and_writes_nothing(
    told: Path, arguments: tuple[str, ...], says: str
) -> None:
    before = (told / "forecasts.jsonl").read_bytes()
    result = run("forecast", *arguments)
    assert result.exit_code == 2
    assert says in result.stderr
    assert (told / "forecasts.jsonl").read_bytes() == before


def test_a_log_that_was_changed_says_so(told: Path) -> None:
    log = told / "forecasts.jsonl"
    ran("forecast", "ask", "Another?", "--by", "2099-01-01", "--probability", "20", "--author", "A")
    ran("forecast", "ask", "A third?", "--by", "2099-01-01", "--probability", "20", "--author", "A")
    assert asked("forecasts")["unknown"] == []
    lines = log.read_text().splitlines(keepends=True)
    log.write_text("".join([lines[0], lines[2]]))
    assert any("line 2 does not follow" in line for line in asked("forecasts")["unknown"])
    log.write_text("".join([lines[0].replace("0.35", "0.05"), *lines[1:]]))
    assert any("the log was changed" in line for line in asked("forecasts")["unknown"])


def test_a_line_that_was_cut_short_is_told_and_the_next_one_is_whole(told: Path) -> None:
    log = told / "forecasts.jsonl"
    with log.open("ab") as file:
        file.write(b'{"is": "forecast", "quest')
    ran("forecast", "ask", "Another?", "--by", "2099-01-01", "--probability", "20", "--author", "A")
    found = asked("forecasts")
    assert found["n"]["open"] == 2
    assert found["unknown"] == ["line 2 cannot be read and does not count (JSONDecodeError)"]


def test_a_ledger_in_a_database_needs_a_log_by_name(here: Path) -> None:
    result = run("analyse", "forecasts", "--ledger", "postgresql://localhost/x")
    assert result.exit_code == 2
    assert "--log FILE" in result.stderr
