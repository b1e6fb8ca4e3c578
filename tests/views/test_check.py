"""``check``: what is to be looked at, with the words; what was looked for where nothing is found; never an error."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from armsledger.views.dossier import dossier

from .made_up import DAY, NOTICE, lines, ran, run, write

PROGRAMME = """---
title: Nine billion for one buyer
date: 2031-04-20
publisher: Example Opinion
---
# Nine billion for one buyer

Washington has sold harbour patrol boats to Norway. The programme that Norway now joins is worth more than $9 million.
"""
SHARES = """---
title: Who arms Norway
date: 2031-03-10
publisher: Example Wire
---
# Who arms Norway

Sweden supplied 55 per cent of Norway's arms imports in 2020-24, the study says.

Norway accounted for 4.1 per cent of global arms imports in 2020-24.
"""
TABLE = (
    "importer,supplier,window,vintage_year,share_pct\nNorway,Sweden,2015-19,2020,55\nNorway,Sweden,2020-24,2025,36\n"
)


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A ledger of the bundled examples, read once."""
    ledger = str(tmp_path_factory.mktemp("dossier") / "ledger.db")
    assert run("read", str(dossier()), "--ledger", ledger).exit_code == 0
    return ledger


def checked(ledger: str, *asked: str) -> list[dict[str, Any]]:
    return lines("check", "--ledger", ledger, "--format", "jsonl", *asked)


# -- the three cases --------------------------------------------------------------------------------------


def test_pakistan_has_no_two_and_a_half_billion_and_check_says_why(cases: str) -> None:
    (found,) = checked(cases, "--code", "shared sum")
    assert "USD 2,500,000,000" in found["what"]
    assert "34 named buyers share (USD 2,512,389,558); this buyer's part is not stated" in found["what"]
    assert {deal["recipient"] for deal in found["deals"]} == {"PAK"}
    op_ed, cumulative, amount, denial = found["where"]
    assert "more than $2.5 billion" in op_ed["quote"]
    assert (cumulative["quote"], amount["quote"]) == ("$2,512,389,558", "$41,681,329")
    assert "no delivery of new air-to-air missiles to Pakistan" in denial["quote"]
    assert denial["polarity"] == "denied"
    assert found["why"]
    assert found["settle"]


@pytest.mark.parametrize(
    ("day", "found"),
    [("2025-10-05", 0), ("2025-10-08", 1), ("2026-01-01", 1)],
)
def test_as_of(cases: str, day: str, found: int) -> None:
    told = checked(cases, "--code", "shared sum", "--as-of", day)
    assert len(told) == found
    assert all(words["published"] <= day for one in told for words in one["where"])


def test_every_word_of_a_finding_stands_in_its_document(cases: str) -> None:
    for found in checked(cases):
        for words in found["where"]:
            (document,) = lines("show", words["document"], "--ledger", cases, "--format", "jsonl")
            assert document["text"][words["start"] : words["end"]] == words["quote"]


def test_the_resale_is_contested(cases: str) -> None:
    told = checked(cases, "--code", "contested", "--recipient", "India")
    assert [one["what"] for one in told] == [
        "considered: asserted by the article itself, denied by defence ministry official in Ankara"
    ]
    assert {words["polarity"] for words in told[0]["where"]} == {"affirmed", "denied"}


def test_the_return_is_denied_in_a_deal_of_its_own(cases: str) -> None:
    (found,) = checked(cases, "--code", "contested", "--supplier", "Turkey")
    assert found["what"].startswith("offered: asserted by Turkish media; defence ministry official in Ankara denies it")
    assert {words["polarity"] for words in found["where"]} == {"affirmed", "denied"}


# -- made-up ledgers --------------------------------------------------------------------------------------


def test_two_sums_of_one_case(book: Path) -> None:
    assert book.is_file()
    (found,) = checked(str(book), "--code", "contradiction")
    assert found["what"] == "value (ceiling): USD 14,000,000 against USD 12,500,000"
    assert [(w["published"], w["quote"]) for w in found["where"]] == [
        ("2031-04-09", "$14 million"),
        ("2031-04-02", "$12.5 million"),
    ]
    told = ran("check")
    assert "Contradictions (1)" in told
    assert "“$14 million”" in told
    assert "Why it matters" in told
    assert "What would settle it" in told
    assert told.rstrip().splitlines()[-3].startswith("1 finding in 6 deals and 0 news documents: 1 contradiction.")
    assert "Too young to be missed a contract: 1 notice." in told


def test_a_contracts_sum_beside_one_buyer(here: Path) -> None:
    day = f"---\ntitle: Contracts for April 2, 2031\ndate: 2031-04-02\n---\n{DAY}"
    write(here, day_md=day, programme_md=PROGRAMME)
    ran("read", "day.md", "programme.md")
    (found,) = checked("armsledger.db", "--code", "shared sum")
    assert "it is the amount of a contract that 3 named buyers share (USD 9,000,000)" in found["what"]
    assert not checked("armsledger.db", "--code", "shared sum", "--recipient", "Denmark")


def test_where_nothing_is_found_it_says_what_was_looked_for(here: Path) -> None:
    write(here, notice_txt=NOTICE)
    ran("read", "notice.txt")
    told = ran("check")
    assert told.startswith("No findings in 1 deal and 0 news documents. Looked for:")
    assert "sums of reports that are a shared contract's" in told
    only = ran("check", "--code", "sum")
    assert "articles times price" in only
    assert "one party asserts" not in only
    assert ran("check", "--format", "jsonl") == ""
    assert ran("check", "--recipient", "Peru").startswith("Nothing to check (claims where recipient is PER).")


# -- figures ----------------------------------------------------------------------------------------------


def test_figures_against_a_table_of_published_shares(here: Path) -> None:
    write(here, shares_md=SHARES, table_csv=TABLE)
    ran("read", "shares.md")
    assert ran("check", "--code", "figure").startswith("No findings in 0 deals and 1 news document.")
    (found,) = checked("armsledger.db", "--shares", "table.csv")
    assert found["what"] == (
        "Sweden's share of Norway's arms imports in 2020-24: 55 %: the share of 2015-19, told of 2020-24"
    )
    assert found["where"][0]["quote"].startswith("Sweden supplied 55 per cent")
    assert found["facts"]["verdict"] == "window_mismatch"
    assert found["deals"] == []


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("a,b\n1,2\n", "has none of the heads of a table of shares"),
        (TABLE.replace("Sweden", "Swedistan"), "table.csv, line 2: the lexicon has no party named 'Swedistan'"),
        (TABLE.replace("2015-19", "2015"), "expected years of the form 2020-24, got '2015'"),
        (TABLE.replace(",55", ",155"), "expected a share from 0 to 100, got '155'"),
        (TABLE.replace(",55", ",much"), "table.csv, line 2"),
        (TABLE.replace("2020,", "then,"), "table.csv, line 2"),
        (b"\xff\xfe\x00", "cannot be read as a table of shares"),
    ],
)
def test_a_table_that_cannot_be_read(book: Path, here: Path, table: str | bytes, said: str) -> None:
    assert book.is_file()
    write(here, table_csv=table)
    result = run("check", "--shares", "table.csv")
    assert result.exit_code == 2
    assert said in result.stderr


def test_other_layouts_of_shares(here: Path) -> None:
    world = "country,role,window,vintage_year,share_pct_of_world\nNorway,importer,2020-24,2025,4.6\n"
    exports = "exporter,window,vintage_year,recipient,share_pct_of_exporter\nSweden,2020-24,2025,Norway,12\n"
    write(here, shares_md=SHARES, world_csv=world, exports_csv=exports)
    ran("read", "shares.md")
    (found,) = checked("armsledger.db", "--shares", "world.csv", "--shares", "exports.csv")
    assert found["facts"]["verdict"] == "error"
    assert found["facts"]["published"] == "4.6 % of 2020-24, printed in 2025"


# -- how it is shown --------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", ["60", "80", "120"])
def test_no_line_is_wider_than_the_terminal(cases: str, width: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", width)
    told = ran("check", "--ledger", cases, "--code", "shared sum", "--code", "contested")
    assert max(map(len, told.splitlines()[:-2])) <= int(width)


def test_the_same_bytes_every_time(cases: str) -> None:
    assert ran("check", "--ledger", cases, "--format", "jsonl") == ran("check", "--ledger", cases, "--format", "jsonl")


def test_a_limit_is_told(here: Path) -> None:
    notices = []
    for n in range(3):
        first = NOTICE.replace("31-07", f"31-0{n + 1}")
        notices += [first, first.replace("April 2", "April 9").replace("12.5 million", "14 million")]
    write(here, **{f"n{n}_txt": text for n, text in enumerate(notices)})
    ran("read", *(f"n{n}.txt" for n in range(len(notices))))
    told = ran("check", "--limit", "1")
    assert "Contradictions (3)" in told
    assert "and 2 more: --code contradiction --limit 3" in told
    assert len(checked("armsledger.db")) == 3


def test_text_from_outside_cannot_command_the_terminal(here: Path) -> None:
    write(here, shares_md=SHARES.replace("the study says", "the \x1b[2J study says"), table_csv=TABLE)
    ran("read", "shares.md")
    assert "\x1b[2J" not in ran("check", "--shares", "table.csv")


def test_no_ledger(here: Path) -> None:
    assert not list(here.iterdir())
    assert run("check").exit_code == 2
    assert not list(here.iterdir())
