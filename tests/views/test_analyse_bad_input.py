"""What an analysis cannot be asked, or not with this input: one sentence, exit code 2, never a traceback.

The table has every kind of bad input that is known to be met: missing vintages, mixed units, overlapping windows,
capabilities of nothing, one actor, unanimity, actors off the scale, runs that go in a circle, dates out of order, and
ledgers that are empty.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from armsledger.ledger import Ledger
from armsledger.views.dossier import dossier

from .made_up import ran, run, write

CARD: dict[str, Any] = yaml.safe_load((dossier().parent / "card-s-400.yml").read_text(encoding="utf-8"))
REGISTER = (dossier().parent / "registers" / "trade-register.csv").read_text(encoding="utf-8")
_HEAD = "year,one,other\n"
_YEARS = "".join(f"{1990 + n},{10 + n % 3},{5 + n % 4}\n" for n in range(24))


def changed(**of_first_actor: Any) -> dict[str, Any]:
    """The card with other values of its first actor."""
    card = copy.deepcopy(CARD)
    card["actors"][0].update(of_first_actor)
    return card


def every(**of_all_actors: Any) -> dict[str, Any]:
    card = copy.deepcopy(CARD)
    for actor in card["actors"]:
        actor.update(of_all_actors)
    return card


def with_(**fields: Any) -> dict[str, Any]:
    return {**copy.deepcopy(CARD), **fields}


CARDS: list[tuple[str, dict[str, Any], str]] = [
    ("a capability below zero", changed(capability=-1), "actors[1].capability: -1 is not above zero"),
    ("a capability of nothing", changed(capability=[0, 1]), "actors[1].capability: 0 is not above zero"),
    ("a capability without end", changed(capability=float("inf")), "inf is no number"),
    ("a capability that is none", changed(capability=float("nan")), "nan is no number"),
    ("one actor only", with_(actors=CARD["actors"][:1]), "there is 1, a bargain needs two or more"),
    ("no actor", with_(actors=[]), "actors: is missing or no list"),
    ("unanimity", every(position=50), "all hold the same position, 50"),
    ("nobody cares", every(salience=0), "nobody has any weight"),
    (
        "an actor outside the scale",
        changed(position=[60, 80, 140]),
        "140 is outside the scale, which runs from 0 to 100",
    ),
    ("a status quo outside the scale", with_(status_quo=-5), "-5 is outside the scale"),
    ("a salience above one", changed(salience=1.5), "leaves 0 to 1"),
    ("a range that falls", changed(position=[100, 80, 60]), "is no range"),
    ("a judgement after the card's day", changed(date="2099-01-01"), "2099-01-01 is after as_of, 2026-06-30"),
    ("a day that is none", changed(date="soon"), "Russia.date: not a date"),
    ("two actors of one name", with_(actors=[*CARD["actors"], CARD["actors"][0]]), "is the name of two actors"),
    ("no round", with_(rounds=0), "0 is no number of rounds"),
    ("rounds without end", with_(rounds=10**9), "is no number of rounds"),
    ("a scale of one end", with_(scale={0: "nothing changes"}), "its scale has no two ends"),
    ("an actor without a source", changed(source=None), "has no source"),
]


@pytest.mark.parametrize(("card", "says"), [row[1:] for row in CARDS], ids=[row[0] for row in CARDS])
def test_a_card_that_models_have_no_meaning_for(here: Path, card: dict[str, Any], says: str) -> None:
    (here / "card.yml").write_text(yaml.safe_dump(card, allow_unicode=True, sort_keys=False), encoding="utf-8")
    refused(("feasibility", "card.yml", "--draws", "100"), says)


def refused(arguments: tuple[str, ...], says: str) -> None:
    result = run("analyse", *arguments)
    assert result.exit_code == 2, result.stdout
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("armsledger: ")
    assert says in line


def test_a_run_that_goes_in_a_circle_says_that_where_it_stops_says_nothing(here: Path) -> None:
    card = copy.deepcopy(CARD)
    places = ((0, 1.0, 0.5), (100, 1.0, 0.5), (50, 0.1, 0.5), (20, 0.9, 0.5))
    for actor, (position, salience, capability) in zip(card["actors"], places, strict=True):
        actor.update(position=position, salience=salience, capability=capability)
    (here / "card.yml").write_text(yaml.safe_dump({**card, "rounds": 60}, allow_unicode=True), encoding="utf-8")
    told = " ".join(ran("analyse", "feasibility", "card.yml", "--draws", "100").split())
    assert "in round 10 all stand where they stood in round 5, so that it goes in a circle" in told
    assert "says nothing" in told


ASKED: list[tuple[str, tuple[str, ...], str]] = [
    ("a register without a vintage", ("dependence", "--recipient", "NOR", "--register", "undated.csv"), "--vintage"),
    ("a vintage that is not there", ("leadtime", "--vintage", "1999"), "no SIPRI register of 1999"),
    ("the same beside other data", ("balance", "IND", "PAK", "--vintage", "1999"), "no SIPRI register of 1999"),
    ("series without their unit", ("balance", "IND", "PAK", "--spending", "a.csv"), "1 files and 0 units"),
    ("two series of one unit", ("balance", "IND", "PAK", *("--spending", "a.csv", "--unit", "x") * 2), "named twice"),
    ("the same of a region", ("balance", "--region", "SAARC", *("--spending", "r.csv", "--unit", "x") * 2), "named twice"),
    ("windows that overlap", ("balance", "IND", "PAK", "--spending", "a.csv", "--unit", "x", *("--break", "2000") * 2),
     "must not overlap"),
    ("a period outside", ("balance", "IND", "PAK", "--spending", "a.csv", "--unit", "x", "--break", "1900"),
     "1900 begins no period within x, which runs from 1990 to 2013"),
    ("a window that ends before it begins", ("dependence", "--recipient", "NOR", "--window", "2024-2020"),
     "ends before it begins"),
    ("a window that is none", ("dependence", "--recipient", "NOR", "--window", "lately"), "is no window of years"),
    ("a window before the register", ("dependence", "--recipient", "NOR", "--window", "1900-1904"), "no imports of it"),
    ("years out of order", ("balance", "IND", "PAK", "--spending", "back.csv", "--unit", "x"), "1990 stands after 1991"),
    ("years that are missing", ("balance", "IND", "PAK", "--spending", "gap.csv", "--unit", "x"), "has no row for 1991"),
    ("spending of nothing", ("balance", "IND", "PAK", "--spending", "zero.csv", "--unit", "x"), "unknown is not zero"),
    ("one state on both sides", ("retransfer", "--supplier", "RUS", "--recipient", "RUS", "--system", "S-400"),
     "is both supplier and recipient"),
    ("a third that is the second", ("retransfer", "--supplier", "RUS", "--recipient", "TUR", "--system", "S-400",
                                    "--third", "TUR"), "is the recipient itself"),
    ("a day that is none", ("sanctions", "--supplier", "RUS", "--recipient", "TUR", "--on", "2020-13-40"), "is no day"),
    ("nobody", ("sanctions", "--on", "2020-12-14"), "nobody is named"),
    ("a day before all documents", ("conversion", "--as-of", "1900"), "no notified sale"),
    ("a card that is none", ("feasibility", "a.csv"), "is no entry of names and values"),
    ("a card that is not there", ("feasibility", "nowhere.yml"), "nowhere.yml"),
]  # fmt: skip


@pytest.fixture
def filled(here: Path) -> Path:
    """A ledger with a register, and files that are wrong in one way each."""
    undated = "\n".join(REGISTER.splitlines()[_first_line() :])
    write(
        here, a_csv=_HEAD + _YEARS, back_csv=_HEAD + "1991,1,1\n1990,1,1\n", gap_csv=_HEAD + "1990,1,1\n1992,1,1\n",
        zero_csv=_HEAD + "1990,0,1\n1991,1,1\n", few_csv=_HEAD + "1990,1,2\n1991,2,1\n", undated_csv=undated + "\n",
        r_csv="year,IND,PAK\n1990,1,2\n", register_csv=REGISTER,
    )  # fmt: skip
    ran("import", "sipri", "register.csv")
    return here


def _first_line() -> int:
    return next(n for n, line in enumerate(REGISTER.splitlines()) if line.startswith("Recipient"))


@pytest.mark.parametrize(("arguments", "says"), [row[1:] for row in ASKED], ids=[row[0] for row in ASKED])
def test_what_cannot_be_asked(filled: Path, arguments: tuple[str, ...], says: str) -> None:
    refused(arguments, says)


def test_a_series_of_too_few_years_is_left_out_and_the_rest_is_told(filled: Path) -> None:
    asked = ("--spending", "few.csv", "--unit", "x", "--as-of", "2031-12-31")
    told = " ".join(ran("analyse", "balance", "IND", "PAK", *asked).split())
    assert "x, 1990-1991: 2 years are too few" in told
    assert "nuclear installations" in told


@pytest.mark.parametrize(
    ("amounts", "says"),
    [
        (lambda n: (10, 5 + n % 7), "no equations can be fitted: a series never changes"),
        (lambda n: (10 + n * n, 10 + n * n), "no equations can be fitted: a series never changes, or both move as one"),
        (lambda n: (10 + n % 3, 5 + n % 4), "cannot be tested with lag 3"),
    ],
    ids=["a series that never changes", "two series that are one", "series that follow exactly from their past"],
)
def test_series_of_which_nothing_can_be_worked_out(
    filled: Path, amounts: Callable[[int], tuple[int, int]], says: str
) -> None:
    rows = "".join("{},{},{}\n".format(1990 + n, *amounts(n)) for n in range(24))
    write(filled, odd_csv=_HEAD + rows)
    asked = ("--spending", "odd.csv", "--unit", "x", "--as-of", "2031-12-31")
    told = " ".join(ran("analyse", "balance", "IND", "PAK", *asked).split())
    assert says in told
    assert "nan" not in told.lower().split()


EMPTY: list[tuple[str, ...]] = [
    ("dependence", "--recipient", "NOR"),
    ("leadtime",),
    ("leadtime", "--from", "notification"),
    ("conversion",),
    ("precedents", "25-33"),
    ("retransfer", "--supplier", "RUS", "--recipient", "TUR", "--system", "S-400"),
    ("balance", "IND", "PAK"),
    ("balance", "--region", "GCC"),
    ("forecasts",),
]


@pytest.mark.parametrize("arguments", EMPTY, ids=" ".join)
def test_an_empty_ledger_says_what_is_missing_and_what_to_do(here: Path, arguments: tuple[str, ...]) -> None:
    Ledger.open(here / "armsledger.db").close()
    result = run("analyse", *arguments)
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert line.endswith(")"), "what can still be said or done stands in brackets"


def test_an_empty_ledger_and_sanctions_need_each_other_not(here: Path) -> None:
    told: Callable[..., str] = ran
    found = told("analyse", "sanctions", "--supplier", "RUS", "--recipient", "TUR", "--on", "2020-12-14")
    assert "Limit" in found
