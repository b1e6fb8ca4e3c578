"""``import``: registers into a ledger, with an account of every row that is to be looked at."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path

import pytest

from armsledger.views.dossier import dossier

from .made_up import dump, lines, ran, run

REGISTERS = Path(__file__).resolve().parents[1] / "claims" / "registers"
OLD, NEW = "trade-register-2030.csv", "trade-register-2032.csv"


@pytest.fixture(autouse=True)
def registers(here: Path) -> Path:
    """The invented registers, in the working folder."""
    for path in REGISTERS.glob("*.csv"):
        shutil.copy(path, here)
    return here


def test_the_account_of_an_import() -> None:
    told = ran("import", "sipri", OLD)
    assert told.splitlines()[:4] == [
        f"SIPRI trade register, vintage 2030-11-05: {OLD}",
        "10 rows read: 9 whole, 1 broken over two lines and put together; 2 left out.",
        "TIV per unit × units gives the stated total, within rounding: 18 of 19.",
        "New in armsledger.db: 1 document, 18 claims.",
    ]
    for words in (
        "line 10: broken over lines 10 and 11; put together\n",
        "line 13: 5 cells, 16 were expected (left out)\n      Ghana,France,2019,?,2\n",
        "line 14: year of order: a year was expected, '20x9' is there (left out)\n",
        "line 15: TIV of deliveries: 11 is stated, 5 per unit × 2 is 10\n",
        "1 row  SNA (Somalia)*\n",
    ):
        assert words in told
    assert told.endswith("Next: armsledger deals --recipient NOR\n")


def test_the_claims_are_in_the_ledger() -> None:
    ran("import", "sipri", OLD)
    (order,) = lines("claims", "--recipient", "Norway", "--stage", "ordered", "--format", "jsonl")
    assert (order["item"], order["quantity"], order["certainty"]) == ("CV-90", 30, "probable")
    assert order["value"] == {"amount": 79_000_000, "currency": "USD", "meaning": "reported"}
    (document,) = lines("documents", "--format", "jsonl")
    assert (document["kind"], document["published"], document["claims"]) == ("register", "2030-11-05", 18)


def test_a_second_import_adds_nothing(here: Path) -> None:
    ran("import", "sipri", OLD)
    before = dump(here / "armsledger.db")
    assert "New in armsledger.db: 0 documents, 0 claims." in ran("import", "sipri", OLD)
    assert dump(here / "armsledger.db") == before


def test_a_newer_vintage_stands_beside_the_older_one(here: Path) -> None:
    ran("import", "sipri", OLD)
    old = lines("claims", "--format", "jsonl")
    told = ran("import", "sipri", NEW, "--vintage", "2032-03")
    assert f"Beside it: 2030-11-05 ({OLD}), unchanged.\n" in told
    both = lines("claims", "--format", "jsonl")
    assert [c for c in both if c["id"] in {o["id"] for o in old}] == old
    assert len(both) == 2 * len(old)
    assert len(lines("claims", "--as-of", "2031", "--format", "jsonl")) == len(old)


def test_the_order_of_imports_does_not_matter(here: Path) -> None:
    ran("import", "sipri", OLD, "--ledger", "one.db")
    ran("import", "sipri", NEW, "--vintage", "2032-03", "--ledger", "one.db")
    ran("import", "sipri", NEW, "--vintage", "2032-03", "--ledger", "other.db")
    ran("import", "sipri", OLD, "--ledger", "other.db")
    assert dump(here / "one.db") == dump(here / "other.db")


def test_packed_files_are_read_as_they_are(here: Path) -> None:
    (here / "packed.csv.gz").write_bytes(gzip.compress((here / OLD).read_bytes()))
    assert "10 rows read" in ran("import", "sipri", "packed.csv.gz")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ("uk-licences", "licences.csv"),
            ("United Kingdom export licences, vintage 2031-07-29", "4 rows read", "2 left out"),
        ),
        (
            ("us-eda", "articles.csv"),
            ("United States excess defense articles, vintage 2031-07-29", "4 rows read", "11 claims"),
        ),
        (("sipri", NEW), ("SIPRI trade register, vintage 2031-07-29", "10 rows read", "18 claims")),
    ],
)
def test_registers_without_a_date_take_the_vintage(arguments: tuple[str, ...], told: tuple[str, ...]) -> None:
    account = ran("import", *arguments, "--vintage", "2031-07-29")
    assert all(words in account for words in told)
    assert "TIV" not in account or arguments[0] == "sipri"


def test_no_ledger_writes_nothing(here: Path) -> None:
    told = ran("import", "sipri", OLD, "--no-ledger")
    assert "10 rows read" in told
    assert "New in" not in told
    assert not (here / "armsledger.db").exists()


def test_the_account_as_json(here: Path) -> None:
    (told,) = lines("import", "sipri", OLD, "--format", "jsonl")
    kept = ("register", "publisher", "vintage", "rows", "whole", "mended", "left_out", "claims", "claims_new")
    assert [told[name] for name in kept] == ["sipri", "SIPRI", "2030-11-05", 10, 9, 1, 2, 18, 18]
    assert (told["totals_that_multiply"], told["totals_that_do_not"]) == (18, 1)
    assert [f["line"] for f in told["faults"]] == [10, 13, 14, 15]
    assert told["unknown_parties"] == {"SNA (Somalia)*": 1}


def test_many_faults_are_counted_and_all_of_them_can_be_had(here: Path) -> None:
    data = (here / OLD).read_bytes() + b"Ghana,France,20x9\n" * 40
    (here / "bad.csv").write_bytes(data)
    short, whole = ran("import", "sipri", "bad.csv"), ran("import", "sipri", "bad.csv", "--all")
    assert "  and 24 more, which --all lists\n" in short
    assert whole.count("(left out)") == 42
    assert "42 left out." in short


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("sipri", NEW), "(give the date of the release or of your download: --vintage 2025-03-10)"),
        (("sipri", "licences.csv"), "licences.csv: holds “United Kingdom export licences”, not a register of SIPRI"),
        (("uk-licences", OLD), "(import it with: armsledger import sipri FILE)"),
        (("us-eda", "notice.txt"), "columns “Transfer Authority”, “Fiscal Year of Request”, “Qty Requested” were"),
        (("sipri", "none.csv"), "none.csv: no such file or folder"),
        (("sipri", "head.csv", "--vintage", "2031"), "head.csv: has no row that can be read (was the file cut short?)"),
        (("sipri", "."), ".: is a folder with several files (name the file of one register)"),
        (("sipri", OLD, "--vintage", "never"), "--vintage: 'never' is no date"),
        (("somebody", OLD), "'somebody' is not one of 'sipri', 'uk-licences', 'us-eda'"),
    ],
)
def test_a_wrong_file_is_refused_in_one_line_and_makes_no_ledger(
    arguments: tuple[str, ...], told: str, here: Path
) -> None:
    (here / "notice.txt").write_text("A notice.\n")
    (here / "head.csv").write_text((here / NEW).read_text(encoding="utf-8-sig").split("\n")[0])
    result = run("import", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert not (here / "armsledger.db").exists()


def test_what_a_row_says_cannot_command_the_terminal(here: Path) -> None:
    (here / "odd.csv").write_bytes((here / OLD).read_bytes() + b"\x1b[2JGhana,France\n")
    told = ran("import", "sipri", "odd.csv")
    assert "\x1b" not in told
    assert "␛[2JGhana,France" in told


def test_read_takes_a_dated_register_and_tells_of_one_without(here: Path) -> None:
    assert "18 claims" in run("read", OLD).stderr
    undated = run("read", NEW).stderr
    assert "1  a register whose date is not known: import it" in undated


def test_the_bundled_registers_are_read(here: Path) -> None:
    folder = dossier().parent / "registers"
    told = ran("import", "sipri", str(folder / "trade-register.csv"))
    assert "5 rows read: 4 whole, 1 broken over two lines and put together; 1 left out." in told
    (licences,) = lines("import", "uk-licences", str(folder / "licences.csv"), "--vintage", "2031", "--format", "jsonl")
    assert licences["claims"] == 3
    assert json.dumps(licences["faults"]) == "[]"
