"""``armsledger claims``, ``documents`` and ``export``."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from armsledger.ledger import ClaimFilter, Ledger

from .made_up import NOTICE, line, lines, ran, run, write

PROVENANCE = {"document", "name", "title", "publisher", "published", "url", "start", "end", "quote"}


def _csv(*arguments: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run(*arguments).stdout_bytes.decode(), newline="")))


# -- claims and documents ---------------------------------------------------------------------------------


def test_claims_in_the_order_of_the_ledger_each_with_its_document(book: Path) -> None:
    told = lines("claims", "--format", "jsonl")
    with Ledger.open(book) as ledger:
        assert [c["id"] for c in told] == [c.id for c in ledger.claims()]
    for claim in told:
        text = (book.parent / claim["document"]["name"]).read_text()
        assert text[claim["start"] : claim["end"]] == claim["quote"]


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        (["--document", "notice.txt"], 3),
        (["--recipient", "Portugal"], 1),
        (["--text", "patrol BOATS"], 1),
        (["--speaker", "nobody"], 0),
        (["--limit", "2"], 2),
        (["--document", "notice.txt", "--limit", "3"], 3),
        (["--since", "2031-04-09"], 3),
    ],
)
def test_claims_asked_for(arguments: list[str], count: int, book: Path) -> None:
    assert len(lines("claims", *arguments, "--format", "jsonl")) == count


def test_claims_for_people(book: Path) -> None:
    told = ran("claims", "--document", "notice.txt")
    assert told.startswith("Claims where document is notice.txt:\n")
    assert "4 × AN/SPS-73" in " ".join(told.split())
    assert "3 claims. Open one with: armsledger show CLAIM" in told
    assert "and more" in ran("claims", "--limit", "1")


def test_documents(book: Path) -> None:
    told = lines("documents", "--format", "jsonl")
    assert [d["names"] for d in told] == [["notice.txt"], ["day.md"], ["later.md"], ["again.txt"]] or len(told) == 4
    assert {d["kind"] for d in lines("documents", "--kind", "notice", "--format", "jsonl")} == {"notice"}
    assert len(lines("documents", "--party", "Portugal", "--format", "jsonl")) == 1
    assert "Contracts for April 2, 2031" in ran("documents", "--since", "2031-04")


def test_what_dates_leave_out_is_said(here: Path) -> None:
    write(here, a_jsonl=line("No date at all.", doc="a"))
    ran("read", "a.jsonl")
    assert "Left out, because it is not known well enough when they were published: 1 document" in ran(
        "documents", "--since", "2020"
    )


def test_titles_from_outside_cannot_command_the_terminal(here: Path) -> None:
    write(here, a_jsonl=line("Text.", doc="a\x1b[2J\nb", title="Red \x1b[31m [bold]x[/bold] \u202eback"))
    ran("read", "a.jsonl")
    told = ran("documents") + run("read", "a.jsonl").stdout
    assert "\x1b" not in told
    assert "\u202e" not in told
    assert "[bold]x[/bold]" in " ".join(told.split())


# -- export -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["claims", "deals", "documents", "anchors"])
def test_every_row_says_where_its_words_stand(what: str, book: Path) -> None:
    rows = lines("export", what, "--format", "jsonl")
    assert rows
    for row in rows:
        assert row.keys() >= PROVENANCE
        text = (book.parent / row["name"]).read_text()
        assert what == "documents" or text[row["start"] : row["end"]] == row["quote"]
    table = _csv("export", what)
    assert [
        {k: "" if v is None else str(v).lower() if isinstance(v, bool) else str(v) for k, v in r.items()} for r in rows
    ] == table


def test_exported_deals_say_what_is_not_the_buyers_own(book: Path) -> None:
    rows = [
        r for r in lines("export", "deals", "--recipient", "Portugal", "--format", "jsonl") if r["field"] == "value"
    ]
    assert [(r["value"], r["own"]) for r in rows] == [("USD 9000000 (award)", False)]


def test_csv_is_safe_against_formulas(here: Path) -> None:
    write(
        here, a_jsonl=line("Text.", doc="=cmd()", title="+1", publisher="@x") + line("More.", doc="-2", title="plain")
    )
    ran("read", "a.jsonl")
    first, second = sorted(_csv("export", "documents"), key=lambda r: r["title"] == "plain")
    assert (first["name"], first["title"], first["publisher"]) == ("'=cmd()", "'+1", "'@x")
    assert (second["name"], second["title"]) == ("'-2", "plain")
    assert {r["name"] for r in lines("export", "documents", "--format", "jsonl")} == {"=cmd()", "-2"}


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_a_file_is_the_same_every_time(form: str, book: Path) -> None:
    for name in ("1", "2"):
        result = run("export", "claims", "--format", form, "-o", name)
        assert (result.exit_code, result.stdout) == (0, "")
        assert result.stderr.endswith(f"rows to {name}\n")
    assert (book.parent / "1").read_bytes() == (book.parent / "2").read_bytes()
    assert not [p for p in book.parent.iterdir() if p.name.endswith(".part")]


def test_parquet(book: Path) -> None:
    import pyarrow.parquet as pq

    for what in ("claims", "deals", "documents", "anchors"):
        ran("export", what, "--format", "parquet", "-o", "x.parquet")
        rows: list[dict[str, Any]] = pq.read_table("x.parquet").to_pylist()
        told = lines("export", what, "--format", "jsonl")
        assert [{k: r[k] for k in told[0]} for r in rows] == told
        if what == "claims":
            assert {r["value_double"] for r in rows} >= {12_500_000.0, None}


def test_parquet_needs_an_extra(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    result = run("export", "claims", "--format", "parquet", "-o", "x.parquet")
    assert result.exit_code == 2
    assert "pip install 'armsledger[analysis]'" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["-o", "nowhere/x.csv"], "nowhere/x.csv: cannot be written"),
        (["-o", "."], ".: is a folder"),
        (["--format", "parquet"], "not written to standard output"),
    ],
)
def test_export_that_cannot_be(arguments: list[str], told: str, book: Path) -> None:
    result = run("export", "claims", *arguments)
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
    assert told in result.stderr


def test_an_export_that_fails_leaves_the_old_file(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran("export", "claims", "-o", "x.csv")
    before = Path("x.csv").read_bytes()

    def failing(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("armsledger.views.row_files.write_csv", failing)
    assert run("export", "claims", "-o", "x.csv").exit_code == 2
    assert Path("x.csv").read_bytes() == before
    assert not [p for p in Path().iterdir() if p.name.endswith(".part")]


def test_an_empty_ledger_gives_a_head_and_no_row(here: Path) -> None:
    with Ledger.open(here / "armsledger.db"):
        pass
    assert len(ran("export", "deals").splitlines()) == 1
    assert ran("export", "deals", "--format", "jsonl") == ""


def test_exact_numbers(here: Path) -> None:
    write(here, a_txt=NOTICE.replace("12.5 million", "12,345,678.25"))
    ran("read", "a.txt")
    assert [r["value"] for r in _csv("export", "claims") if r["value"]] == ["12345678.25"]
    with Ledger.open(here / "armsledger.db") as ledger:
        assert len(list(ledger.claims(ClaimFilter()))) == len(_csv("export", "claims"))
    assert json.loads(ran("claims", "--limit", "1", "--format", "jsonl"))["value"]["amount"] == 12345678.25
