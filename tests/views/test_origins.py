"""``armsledger origins``: what a deal rests on, how far each value is to be believed, what one source is worth."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from armsledger.ledger import Ledger

from .made_up import NOTICE, line, lines, ran, run, write

DSCA, TRADE = "Defense Security Cooperation Agency", "Breaking Defense"
REPRINT = (
    "Radars for Norway's harbours\n\n" + NOTICE.replace("Norway - Harbour Radars\n\n", "") + "\nWith inputs from AFP\n"
)
ENLARGED = NOTICE.replace("April 2", "May 9").replace("12.5 million", "14 million")


@pytest.fixture
def papers(here: Path) -> Path:
    """A notice, its reprint in a trade journal, and a second notice of the same case with another sum."""
    told = line(NOTICE, doc="notice", publisher=DSCA, published="2031-04-02", kind="notice")
    told += line(REPRINT, doc="reprint", publisher=TRADE, published="2031-04-03", kind="notice")
    told += line(ENLARGED, doc="enlarged", publisher="Federal Register", published="2031-05-09", kind="notice")
    write(here, papers_jsonl=told)
    ran("read", "papers.jsonl")
    return here / "armsledger.db"


def _flat(told: str) -> str:
    return " ".join(told.split())


def _ids(book: Path) -> dict[str, str]:
    with Ledger.open(book) as ledger:
        return {row.names[0]: row.id for row in ledger.documents()}


def _line(*more: str) -> dict[str, Any]:
    (told,) = lines("origins", "31-07", "--format", "jsonl", *more)
    return told


def test_counts_are_given_twice(papers: Path) -> None:
    assert "3 documents, 2 independent origins" in ran("origins", "31-07")
    told = _line()
    assert (told["documents"], told["independent_origins"]) == (3, 2)


def test_each_origin_has_its_documents_with_reasons(papers: Path) -> None:
    ids = _ids(papers)
    first, second = _line()["origins"]
    assert first["documents"] == [ids["notice"], ids["reprint"]]
    assert (first["first"], first["official"], first["read"]) == (ids["notice"], True, True)
    assert [(t["document"], t["to"], t["why"]) for t in first["ties"]] == [(ids["reprint"], ids["notice"], "copy")]
    assert second["documents"] == [ids["enlarged"]]
    page = _flat(ran("origins", "31-07"))
    assert f"an official paper of {DSCA}" in page
    assert "has the wording of [1]: 100 % of the shorter text" in page
    assert "source B" in page
    assert "source C" in page


def test_as_of_a_day_only_documents_published_by_then_count(papers: Path) -> None:
    assert [len(_line("--as-of", day)["origins"]) for day in ("2031-04-02", "2031-04-30", "2031-05-09")] == [1, 1, 2]
    told = _line("--as-of", "2031-04-30")
    assert (told["documents"], told["as_of"]) == (2, "2031-04-30")
    assert "as of 2031-04-30" in ran("origins", "31-07", "--as-of", "2031-04-30")


def test_every_value_has_its_grade_its_rung_and_the_rule(papers: Path) -> None:
    values = [v for v in _line()["values"] if v["field"] == "stage"]
    (stage,) = (v for v in values if v["value"] == "approved")
    assert (stage["information"], stage["word"], stage["rung"]) == (1, "confirmed", "official document")
    assert stage["because"]
    assert len(stage["claims"]) >= 3
    page = _flat(ran("origins", "31-07"))
    assert "approved: 1 confirmed · official document" in page
    assert "Neither changes the other." in page


def test_an_agencys_report_that_is_not_here_is_said_not_to_have_been_read(here: Path) -> None:
    write(here, reprint_jsonl=line(REPRINT, doc="reprint", publisher=TRADE, published="2031-04-03", kind="notice"))
    ran("read", "reprint.jsonl")
    told = _line()
    (origin,) = told["origins"]
    assert (origin["read"], origin["name"]) == (False, "Agence France-Presse (not read)")
    ((words,),) = (t["words"] for t in origin["ties"])
    assert words["quote"] == "AFP"
    assert REPRINT[words["start"] : words["end"]] == "AFP"
    page = _flat(ran("origins", "31-07"))
    assert "1 document, 1 independent origin (not read)" in page
    assert "credited to Agence France-Presse: “With inputs from AFP”" in page


def test_without_one_source(papers: Path) -> None:
    page = _flat(ran("origins", "31-07", "--without", DSCA))
    assert f"Without {DSCA}: 2 of 3 documents" in page
    assert "3 documents, 2 independent origins → 1 document, 1 independent origin" in page
    removal = _line("--without", DSCA)["without"]
    ids = _ids(papers)
    assert [g["document"] for g in removal["documents"]] == [ids["notice"], ids["reprint"]]
    assert removal["after"]["independent_origins"] == 1
    lost = [v["before"]["value"] for v in removal["values"] if v["after"] is None and v["before"]["field"] == "value"]
    assert lost == ["USD 12500000"]


def test_without_the_only_source_nothing_is_left(here: Path) -> None:
    write(here, notice_jsonl=line(NOTICE, doc="notice", publisher=DSCA, published="2031-04-02", kind="notice"))
    ran("read", "notice.jsonl")
    assert "Nothing of the deal is left." in ran("origins", "31-07", "--without", DSCA)
    assert _line("--without", DSCA)["without"]["after"] is None


def test_what_methods_make_of_it_is_labelled_as_a_model(papers: Path) -> None:
    assert "research" not in _line()
    told = _line("--research")["research"]
    assert told["label"] == "model"
    assert {i["source"] for i in told["inputs"]} == {"defensesecuritycooperationagency", "federal-register"}
    sums = {b["value"]: b["voting"] for b in told["belief"] if b["object"] == "value ceiling"}
    assert sums == {"USD 12500000": 0.5, "USD 14000000": 0.5}
    page = ran("origins", "31-07", "--research")
    assert "MODEL: what truth discovery makes of it" in page
    assert page.startswith(ran("origins", "31-07"))  # the grades stay as they are


def test_with_one_value_a_field_there_is_nothing_to_weigh(here: Path) -> None:
    write(here, notice_jsonl=line(NOTICE, doc="notice", publisher=DSCA, published="2031-04-02", kind="notice"))
    ran("read", "notice.jsonl")
    told = _line("--research")["research"]
    assert all(b["voting"] == 1 or b["object"] != "value ceiling" for b in told["belief"])


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["31-99"], 1, "no deal, transmittal or contract"),
        (["31-07", "--without", "Nobody's Gazette"], 2, 'nobody of this deal is called "Nobody\'s Gazette"'),
        (["31-07", "--without", ""], 2, "nobody of this deal is called ''"),
        (["31-07", "--as-of", "soon"], 2, "--as-of"),
    ],
)
def test_what_is_not_there_is_said_in_one_line(arguments: list[str], code: int, told: str, papers: Path) -> None:
    result = run("origins", *arguments)
    assert result.exit_code == code
    assert told in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_the_names_that_can_be_dropped_are_offered(papers: Path) -> None:
    told = run("origins", "31-07", "--without", "Nobody").stderr
    assert all(name in told for name in (TRADE, DSCA, "Federal Register"))


def test_a_hostile_title_commands_no_terminal(here: Path) -> None:
    told = line(
        NOTICE, doc="x", title="\x1b[2JRadars", publisher="\x1b]0;Evil\x07", published="2031-04-02", kind="notice"
    )
    write(here, notice_jsonl=told)
    ran("read", "notice.jsonl")
    assert "\x1b" not in ran("origins", "31-07")


def test_sketches_of_another_form_are_made_anew(papers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = ran("origins", "31-07", "--format", "jsonl")
    monkeypatch.setattr(Ledger, "sketches", lambda self, ids: dict.fromkeys(ids, "[0]"))
    assert ran("origins", "31-07", "--format", "jsonl") == before
    monkeypatch.setattr(Ledger, "sketches", lambda self, ids: {})
    assert ran("origins", "31-07", "--format", "jsonl") == before
