"""``armsledger diff`` and the status that ``show`` gives as of a day. The stories are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from armsledger.ledger import Ledger
from armsledger.model import Judgement
from armsledger.pipeline import judge

from .made_up import lines, ran, run
from .stories import NOTICE_STORY, RUMOUR, tell


@pytest.fixture
def case(here: Path) -> Path:
    """A notice, a rumour of an order, its denial, and a blog without a date."""
    tell(here / "armsledger.db", NOTICE_STORY)
    return here


def _flat(told: str) -> str:
    return " ".join(told.split())


# -- status as of a day -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (
            "2031-05-14",
            "Status: approved (official notice, certain; 1 document, 1 independent origin); ordered: not told; contested: no",
        ),
        (
            "2031-05-20",
            (
                "Status: approved (official notice, certain; 1 document, 1 independent origin); possibly ordered, according to the article "
                "itself; contested: no"
            ),
        ),
        (
            "2031-06",
            (
                "Status: approved (official notice, certain; 1 document, 1 independent origin); possibly ordered, according to the article "
                "itself; contested: affirmed by the article itself, denied by ministry in Ankara"
            ),
        ),
        # the blog has no date: it counts only where none is asked
        (
            None,
            (
                "Status: approved (official notice, certain; 1 document, 1 independent origin); possibly delivered, according to the article "
                "itself; contested: affirmed by the article itself, denied by ministry in Ankara"
            ),
        ),
    ],
)
def test_show_tells_the_status_as_of_a_day(case: Path, day: str | None, status: str) -> None:
    told = ran("show", "31-33", *(["--as-of", day] if day else []))
    assert status in _flat(told)
    (line,) = lines("show", "31-33", "--format", "jsonl", *(["--as-of", day] if day else []))
    assert f"Status: {line['status']['sentence']}" == status
    assert line["status"]["stage"] == "approved"


@pytest.mark.parametrize("day", ["2031-05-14", "2031-05-20", "2031-06-30", "2031-08-10", "2040"])
def test_as_of_a_day_is_the_ledger_of_the_documents_published_by_then(here: Path, day: str) -> None:
    papers = [*NOTICE_STORY, *RUMOUR]
    tell(here / "all.db", papers)
    known = [p for p in papers if p.published is not None and p.published <= day]
    tell(here / "then.db", known)
    then = lines("deals", "--format", "jsonl", "--ledger", "then.db")
    assert {one["id"] for one in lines("deals", "--format", "jsonl", "--as-of", day, "--ledger", "all.db")} == {
        one["id"] for one in then
    }
    for one in then:
        (whole,) = lines("show", one["id"], "--format", "jsonl", "--as-of", day, "--ledger", "all.db")
        (alone,) = lines("show", one["id"], "--format", "jsonl", "--ledger", "then.db")
        assert (whole["status"], whole["life"]) == (alone["status"], alone["life"])


def test_show_tells_the_life_under_the_head(case: Path) -> None:
    told = ran("show", "31-33")
    head, _, rest = told.partition("\nLife\n")
    assert "Status: approved" in head
    life = rest.partition("\nFields\n")[0]
    assert "approved   2031-05-14, told 2031-05-14" in life
    assert "for: official notice, certain [1]" in life
    assert "ordered    told 2031-05-16, CONTESTED" in life
    assert "possible: the article itself, possible [2]" in life
    assert "against: ministry in Ankara, certain [3]" in life
    assert "possible: the article itself, possible [4]" in life
    assert "papers     31-33: notice, 2031-05-14 [1]" in life


def test_the_life_as_json_names_its_claims(case: Path) -> None:
    (line,) = lines("show", "31-33", "--format", "jsonl")
    by_stage = {step["stage"]: step for step in line["life"]["steps"]}
    assert list(by_stage) == ["approved", "ordered", "delivered"]
    assert by_stage["ordered"]["contested"]
    named = {
        one["claim"]
        for step in line["life"]["steps"]
        for part in ("reached", "possible", "still_to_come", "against", "doubted")
        for one in step[part]
    }
    assert named == set(line["claims"])


def test_what_an_analyst_rejects_counts_for_nothing(case: Path) -> None:
    (denial,) = (one["id"] for one in lines("claims", "--format", "jsonl") if one["polarity"] == "denied")
    judgement = Judgement("reject", (denial,), "A. Reader", "2031-07-01T09:00:00Z", "of another ministry")
    with Ledger.open(case / "armsledger.db") as book:
        judge(book, [judgement])
    told = _flat(ran("show", "31-33"))
    assert "contested: no" in told
    assert "REJECTED, counts for nothing: of another ministry (A. Reader, 2031-07-01T09:00:00Z)" in told
    (line,) = lines("show", "31-33", "--format", "jsonl")
    assert (line["status"]["contested"], line["rejected"]) == (False, [denial])
    kinds = {one["change"] for one in lines("diff", "2031-05-14", "2031-06-30", "--format", "jsonl")}
    assert kinds == {"stage possible"}
    assert denial not in {one["id"] for one in lines("timeline", "31-33", "--format", "jsonl")}


# -- diff -------------------------------------------------------------------------------------------------


def test_diff_tells_what_changed_and_because_of_which_document(case: Path) -> None:
    told = _flat(ran("diff", "2031-05-14", "2031-06-30"))
    assert told.startswith("What changed from 2031-05-14 to 2031-06-30:")
    assert "United States → Turkey: AIM-120C-8" in told
    assert "stage possible ordered, according to the article itself 2031-05-16 paper 1 · Example Daily" in told
    assert "denial ordered: denied by ministry in Ankara 2031-06-01 paper 2 · Example Daily" in told
    assert "contested affirmed by the article itself, denied by ministry in Ankara" in told
    assert "3 changes in 1 deal, because of 2 documents." in told
    assert "Left out, because it is not known well enough when they were published: 1 document with 1 claim." in told


def test_diff_of_one_deal(case: Path) -> None:
    found = lines("diff", "2031-05-14", "2031-05-20", "--deal", "31-33", "--format", "jsonl")
    assert [(one["change"], one["told"]) for one in found] == [
        ("stage possible", "ordered, according to the article itself")
    ]
    (words,) = found[0]["claims"]
    assert words["quote"] == "The missiles of case 31-33 may be bought soon."
    assert words["published"] == "2031-05-16"
    assert found[0]["documents"] == [words["document"]]


def test_a_deal_that_is_new_is_told_with_its_status(here: Path) -> None:
    tell(here / "armsledger.db", RUMOUR)
    found = lines("diff", "2031-01", "2031-08-10", "--format", "jsonl")
    assert {one["change"] for one in found} == {"new deal"}
    assert {(one["supplier"], one["recipient"]) for one in found} == {("RUS", "TUR"), ("TUR", "RUS"), ("RUS", "IND")}


def test_diff_asks_by_party_and_system(here: Path) -> None:
    tell(here / "armsledger.db", [*RUMOUR, *NOTICE_STORY])
    found = lines("diff", "2031-01", "2032-12", "--party", "India", "--format", "jsonl")
    assert {one["recipient"] for one in found} == {"IND"}
    told = ran("diff", "2031-01", "2032-12", "--system", "AMRAAM", "--limit", "1")
    assert "of deals that rest on claims where system is aim-120" in told


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (
            ["2031-06-30", "2031-05-14"],
            2,
            "armsledger: FROM: 2031-06-30 is after 2031-05-14 (give the earlier day first)",
        ),
        (["yesterday", "2031-05-14"], 2, "armsledger: FROM: not a date of the form"),
        (["2031", "2031-13"], 2, "armsledger: TO: "),
        (["2031", "9999-12-31"], 2, "armsledger: TO: "),
        (["2031", "2032", "--deal", "99-99"], 1, "armsledger: 99-99: no such deal is known by 2032"),
        (["2031"], 2, "Missing argument 'TO'"),
    ],
)
def test_diff_refuses_in_one_line(case: Path, arguments: list[str], code: int, words: str) -> None:
    result = run("diff", *arguments)
    assert result.exit_code == code
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_nothing_changed(case: Path) -> None:
    told = ran("diff", "2031-07", "2031-08")
    assert told.startswith("Nothing changed from 2031-07 to 2031-08: no document of these days tells of it.")
    assert lines("diff", "2031-07", "2031-08", "--format", "jsonl") == []


def test_diff_of_a_ledger_that_holds_nothing(here: Path) -> None:
    tell(here / "armsledger.db", [])
    assert ran("diff", "2031", "2032") == "The ledger holds no deals yet: armsledger read FILE...\n"
