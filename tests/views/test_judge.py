"""A person's decisions: recorded with author and reason, seen at once in the deals, taken back, and listed as they are.

The ledger has two notified cases for one buyer and a report that may be of either: a question for a person.
"""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from .made_up import lines, ran, run
from .stories import Paper, Said, claim, tell

_MISSILE = {"system": "aim-120", "item": "AIM-120C-8"}


def _notice(day: str, number: str, count: int, *kinds: dict[str, str]) -> Paper:
    said = []
    for kind in kinds or (_MISSILE,):
        words = f"Transmittal {number}: the Department approved a sale of {count} {kind['item']} missiles to Norway."
        told = {"transmittal": number}
        fields = claim(
            "USA NOR", "approved", "US Government", date=day, quantity=Decimal(count), told=told, reader="notices/1",
            **kind,
        )  # fmt: skip
        said.append(Said(words, [fields]))
    return Paper(day, "Example Register", said)


PAPERS = (
    _notice("2031-05-14", "31-33", 53),
    _notice("2031-05-20", "31-60", 41),
    Paper(
        "2031-06-02",
        "Example Daily",
        [Said("Norway is to get American AIM-120C-8 missiles.", [claim("USA NOR", "approved", **_MISSILE)])],
    ),
)


@pytest.fixture(autouse=True)
def torn(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ledger, and an author in the settings."""
    monkeypatch.setenv("ARMSLEDGER_AUTHOR", "A. Analyst")
    tell(here / "armsledger.db", PAPERS)


def question() -> dict[str, Any]:
    """The only open question."""
    (found,) = lines("review", "--format", "jsonl")
    return found


def sides() -> tuple[str, str, str]:
    """The claim of the report, and those of the first and the second notice."""
    asked = question()
    at = {one["published"]: str(one["claim"]) for one in asked["candidates"]}
    return str(asked["claim"]["id"]), at["2031-05-14"], at["2031-05-20"]


def together() -> set[frozenset[str]]:
    """The deals, each as its claims: the report, the first notice, the second."""
    return {frozenset(deal["claims"]) for deal in lines("deals", "--format", "jsonl")}


def log() -> list[dict[str, Any]]:
    return lines("judgements", "--format", "jsonl")


def questions() -> list[dict[str, Any]]:
    return lines("review", "--format", "jsonl")


def asked_about(asked: dict[str, Any]) -> set[str]:
    """The claims that a question names."""
    return {asked["claim"]["id"], *(one["claim"] for one in asked["candidates"])}


# -- the queue --------------------------------------------------------------------------------------------


def test_two_candidates_are_a_question_and_no_link() -> None:
    asked = question()
    assert {one["published"] for one in asked["candidates"]} == {"2031-05-14", "2031-05-20"}
    assert all(sum(r["points"] for r in one["reasons"]) == one["points"] for one in asked["candidates"])
    assert len(together()) == 3


def test_the_queue_shows_both_sides_in_their_words_and_how_to_decide() -> None:
    told = ran("review")
    assert "Norway is to get American AIM-120C-8 missiles." in told
    assert "sale of 53 AIM-120C-8 missiles" in told
    report, first, _ = sides()
    assert f"armsledger judge same {report[:8]} " in told
    assert "--because WORDS" in told
    assert first[:8] in told


def test_one_question_by_how_its_id_begins() -> None:
    asked = question()
    assert lines("review", asked["id"][:6], "--format", "jsonl") == [asked]


def test_the_queue_takes_the_filters_of_deals() -> None:
    assert lines("review", "--recipient", "Norway", "--format", "jsonl") == [question()]
    assert ran("review", "--recipient", "India").startswith("Nothing waits for a decision")


@pytest.mark.parametrize("name", ["qffffffffff", "q", "25-33"])
def test_a_question_that_is_not_there(name: str) -> None:
    result = run("review", name)
    assert result.exit_code in (1, 2)
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"armsledger: {name}: ")


# -- judge ------------------------------------------------------------------------------------------------


def test_same_makes_one_deal_and_answers_the_question() -> None:
    report, first, second = sides()
    told = ran("judge", "same", report[:10], first[:10], "--because", "the paper names the case")
    assert "now holds 2 claims" in told
    assert together() == {frozenset({report, first}), frozenset({second})}
    assert questions() == []


def test_what_is_said_of_one_article_of_a_contract_is_not_asked_of_the_others(here: Path) -> None:
    kinds = (_MISSILE, {"system": "aim-9", "item": "AIM-9X"})
    cases = [_notice("2031-05-14", "31-33", 53, *kinds), _notice("2031-05-20", "31-60", 41, *kinds)]
    lines_of = [
        Said(
            f"Contract FA867532C0001: more {kind['item']} missiles for Norway.",
            [claim("USA NOR", "ordered", "Army", told={"contract": "FA867532C0001"}, reader="contracts/1", **kind)],
        )
        for kind in kinds
    ]
    (here / "armsledger.db").unlink()
    tell(here / "armsledger.db", [*cases, Paper("2032-03-01", "Example Register", lines_of)])
    asked = questions()
    assert len(asked) == 2  # one an article
    ran("judge", "same", asked[0]["claim"]["id"], asked[0]["candidates"][0]["claim"], "--because", "it names the case")
    assert questions() == []
    assert ran("review").startswith("Nothing waits for a decision")
    (decided,) = log()
    ran("judge", "undo", decided["id"], "--because", "it names another case")
    assert questions() == asked


def test_different_from_both_leaves_the_report_a_deal_of_its_own() -> None:
    report, first, second = sides()
    ran("judge", "different", report, first, "--because", "another buyer's share")
    ran("judge", "different", report, second, "--because", "another buyer's share")
    assert together() == {frozenset({report}), frozenset({first}), frozenset({second})}
    assert questions() == []


def test_deals_can_be_named_instead_of_claims() -> None:
    report, first, second = sides()
    of = {frozenset(deal["claims"]): str(deal["id"]) for deal in lines("deals", "--format", "jsonl")}
    one, other = of[frozenset({first})], of[frozenset({second})]
    ran("judge", "same", one[:8], other[:8], "--because", "one case under two numbers")
    assert any({first, second} <= claims for claims in together())
    assert report in {c for claims in together() for c in claims}


def test_a_rejected_claim_counts_for_nothing_and_stays() -> None:
    report, _, _ = sides()
    before = len(lines("claims", "--format", "jsonl"))
    ran("judge", "reject", report, "--because", "the paper has taken it back")
    assert questions() == []
    assert len(lines("claims", "--format", "jsonl")) == before
    ran("judge", "accept", report, "--because", "it has printed it again", "--made", "2099-01-01T00:00")
    assert question()["claim"]["id"] == report


def test_undo_brings_back_what_was_and_can_be_undone() -> None:
    report, first, _ = sides()
    before = together(), questions()
    ran("judge", "same", report, first, "--because", "it names the case")
    after = together(), questions()
    assert after != before
    (decided,) = log()
    ran("judge", "undo", decided["id"][:10], "--because", "it names another case")
    assert (together(), questions()) == before
    undo = next(one for one in log() if one["verdict"] == "undo")
    ran("judge", "undo", undo["id"], "--because", "it was right after all")
    assert (together(), questions()) == after


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("same", "{report}", "--because", "x"), "two deals or claims"),
        (("same", "{report}", "{report}", "--because", "x"), "two deals or claims"),
        (("same", "{report}", "{first}", "--because", "  "), "is empty"),
        (("same", "{report}", "{first}"), "--because"),
        (("same", "{report}", "ffffffffff", "--because", "x"), "ffffffffff"),
        (("same", "{report}", "dffffffffff", "--because", "x"), "dffffffffff"),
        (("reject", "ffffffffff", "--because", "x"), "ffffffffff"),
        (("undo", "ffffffffff", "--because", "x"), "no judgement"),
        (("undo", "aaaa", "bbbb", "--because", "x"), "no judgement"),
        (("perhaps", "{report}", "{first}", "--because", "x"), "perhaps"),
    ],
)
def test_what_cannot_be_judged_is_a_sentence_and_records_nothing(words: tuple[str, ...], told: str) -> None:
    report, first, _ = sides()
    before = together()
    result = run("judge", *(word.format(report=report, first=first) for word in words))
    assert result.exit_code in (1, 2)
    (line,) = result.stderr.splitlines()
    assert line.startswith("armsledger: ")
    assert told in line
    assert log() == []
    assert together() == before


def test_undo_takes_one_at_a_time() -> None:
    report, first, second = sides()
    ran("judge", "different", report, first, "--because", "no")
    ran("judge", "different", report, second, "--because", "no")
    result = run("judge", "undo", *(one["id"] for one in log()), "--because", "both")
    assert result.exit_code == 2
    assert "one at a time" in result.stderr
    assert len(log()) == 2


# -- who and when -----------------------------------------------------------------------------------------


def test_the_author_is_the_one_named_else_that_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    report, first, second = sides()
    made = "2031-07-01T10:00"
    ran("judge", "different", report, first, "--because", "no", "--made", made)
    ran("judge", "different", report, second, "--because", "no", "--made", made, "--author", "B. Other")
    monkeypatch.setenv("ARMSLEDGER_AUTHOR", " ")
    result = run("judge", "accept", report, "--because", "yes")
    assert result.exit_code == 2
    assert "ARMSLEDGER_AUTHOR" in result.stderr
    assert {(one["author"], one["made"]) for one in log()} == {("A. Analyst", made), ("B. Other", made)}


def test_the_same_judgement_twice_is_one() -> None:
    report, first, _ = sides()
    words = ("judge", "same", report, first, "--because", "it names the case", "--made", "2031-07-01T10:00")
    assert ran(*words).startswith("Recorded: ")
    assert ran(*words).startswith("Known already: ")
    assert len(log()) == 1


# -- deciding at the prompt -------------------------------------------------------------------------------


def test_ask_takes_the_number_of_a_candidate() -> None:
    report, _, _ = sides()
    picked = question()["candidates"][1]["claim"]
    result = run("review", "--ask", stdin="2\nit names the case\n")
    assert result.exit_code == 0, result.stderr
    assert "Decided: 1." in result.stdout
    assert frozenset({report, picked}) in together()
    (one,) = log()
    assert (one["verdict"], set(one["about"]), one["because"]) == ("same", {report, picked}, "it names the case")


def test_ask_with_none_of_them_keeps_the_report_apart_from_each() -> None:
    report, first, second = sides()
    assert run("review", "--ask", stdin="n\na follow-on order\n").exit_code == 0
    assert {frozenset(one["about"]) for one in log()} == {frozenset({report, first}), frozenset({report, second})}
    assert {one["verdict"] for one in log()} == {"different"}
    assert questions() == []


@pytest.mark.parametrize("answer", ["s\n", "q\n"])
def test_ask_can_be_skipped_and_left(answer: str) -> None:
    result = run("review", "--ask", stdin=answer)
    assert result.exit_code == 0, result.stderr
    assert "Decided: 0." in result.stdout
    assert log() == []


def test_ask_takes_no_other_answer() -> None:
    result = run("review", "--ask", stdin="7\ns\n")
    assert result.exit_code == 0
    assert "'7'" in result.output
    assert log() == []


# -- the log ----------------------------------------------------------------------------------------------


def test_an_empty_log_says_where_to_begin() -> None:
    assert "armsledger review" in ran("judgements")
    assert ran("judgements", "--format", "jsonl") == ""


def test_the_log_keeps_what_was_undone_and_says_so() -> None:
    report, first, _ = sides()
    ran("judge", "same", report, first, "--because", "it names the case", "--made", "2031-07-01T10:00")
    ran(
        "judge",
        "undo",
        log()[0]["id"],
        "--because",
        "another one",
        "--made",
        "2031-07-02T10:00",
        "--author",
        "B. Other",
    )
    first_line, second_line = sorted(log(), key=lambda one: one["made"])
    assert (first_line["standing"], second_line["undoes"]) == (False, first_line["id"])
    told = ran("judgements")
    assert "(undone)" in told
    assert "A. Analyst" in told
    assert "B. Other" in told
    assert first_line["id"] not in ran("judgements", "--standing", "--format", "jsonl").split('"undoes"')[0]


def test_a_line_of_the_log_has_these_fields() -> None:
    report, first, _ = sides()
    ran("judge", "same", report, first, "--because", "it names the case")
    (one,) = (json.loads(line) for line in ran("judgements", "--format", "jsonl").splitlines())
    assert set(one) == {"id", "verdict", "about", "author", "made", "because", "undoes", "standing"}


def test_ids_that_are_printed_are_taken(here: Path) -> None:
    """What a run prints to go on with can be pasted: the judgement's id, as long as it is shown."""
    report, first, _ = sides()
    told = ran("judge", "same", report, first, "--because", "it names the case")
    shown = told.rpartition("judge undo ")[2].split(" ")[0]
    assert ran("judge", "undo", shown, "--because", "no").startswith("Recorded: ")
    assert here.joinpath("armsledger.db").exists()
