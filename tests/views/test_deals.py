"""``armsledger deals`` and ``armsledger show``: what a deal is worth and to whom, and the words behind it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from armsledger.deals import disputes
from armsledger.ledger import ClaimFilter, Ledger
from armsledger.pipeline import resolve
from armsledger.views.dossier import dossier
from armsledger.views.told_deals import told_deals

from .made_up import line, lines, ran, run, write


def _flat(told: str) -> str:
    return " ".join(told.split())


def _deal(book: Path, recipient: str) -> dict[str, Any]:
    (told,) = (d for d in lines("deals", "--format", "jsonl") if d["recipient"] == recipient)
    return told


# -- which deals there are --------------------------------------------------------------------------------


def test_a_contract_is_a_deal_only_where_it_names_no_buyer(book: Path) -> None:
    with Ledger.open(book) as ledger:
        keys = {deal.key for deal, _ in resolve(ledger, ClaimFilter())}
    assert "contract N0002431C0001 NOR" in keys
    assert "contract N0002431C0001 -" not in keys
    assert "contract W31P4Q31C0002 -" in keys
    assert "transmittal USA 31-07 NOR" in keys


def test_as_of_a_day_only_what_was_published_by_then(book: Path) -> None:
    assert len(lines("deals", "--format", "jsonl")) == 6
    then = lines("deals", "--as-of", "2031-04-02", "--format", "jsonl")
    assert len(then) == 5
    assert all(d["conflicts"] == [] for d in then)
    assert lines("deals", "--as-of", "2031-04-01", "--format", "jsonl") == []


def test_a_shared_contract_gives_nobody_its_sum(book: Path) -> None:
    told = _deal(book, "PRT")
    assert told["values"] == []
    shared = told["shared_contract"]
    assert shared["buyers"] == ["DNK", "NOR", "PRT"]
    assert [v["amount"] for v in shared["values"]] == [9_000_000]
    table = ran("deals", "--recipient", "Portugal")
    assert "USD 9 million" in table
    assert "shared by 3 named" in _flat(table)


def test_a_contract_without_named_buyers(book: Path) -> None:
    told = _deal(book, "unnamed buyers")
    assert [v["amount"] for v in told["values"]] == [4_000_000]
    assert told["shared_contract"] is None
    assert "unnamed buyers" in ran("deals")


def test_conflicting_values_stand_side_by_side_and_are_marked(book: Path) -> None:
    (told,) = (
        d for d in lines("deals", "--recipient", "NOR", "--format", "jsonl") if d["key"].startswith("transmittal")
    )
    assert told["conflicts"] == ["value"]
    assert [v["amount"] for v in told["values"]] == [12_500_000, 14_000_000]
    assert "conflict: value" in ran("deals", "--stage", "approved")


# -- what can be asked ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["NOR", "nor", "Norway", "NORWAY", "Kingdom of Norway", "norway "])
def test_a_party_by_code_or_name(name: str, book: Path) -> None:
    assert {d["recipient"] for d in lines("deals", "--recipient", name, "--format", "jsonl")} == {"NOR"}


@pytest.mark.parametrize(("name", "code"), [("Turkey", "TUR"), ("Türkiye", "TUR"), ("turkiye", "TUR"), ("US", "USA")])
def test_other_names_of_a_party(name: str, code: str, book: Path) -> None:
    assert f"is {code}" in ran("deals", "--party", name)


def test_a_system_by_name(book: Path) -> None:
    assert "system is aim-120" in ran("deals", "--system", "AMRAAM")
    assert "system is aim-120" in ran("deals", "--system", "aim 120c-8")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--recipient", "Norwy"], "did you mean Norway (NOR)?"),
        (["--party", "Nowhere at all"], "the lexicon has no party named 'Nowhere at all'"),
        (["--party", ""], "the lexicon has no party named ''"),
        (["--system", "Falcon"], "can mean"),
        (["--since", "tomorrow"], "--since: not a date"),
        (["--as-of", "2025-13"], "--as-of: "),
        (["--recipient", "No\x1b[2Jway"], "'No\\x1b[2Jway'"),
    ],
)
def test_what_says_nothing_is_refused_with_candidates(arguments: list[str], told: str, book: Path) -> None:
    result = run("deals", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_it_says_in_words_what_it_shows(book: Path) -> None:
    told = ran("deals", "--recipient", "NOR", "--as-of", "2031-04-02")
    assert told.startswith("Deals that rest on claims where recipient is NOR, as of 2031-04-02:\n")


def test_limit(book: Path) -> None:
    assert len(lines("deals", "--limit", "2", "--format", "jsonl")) == 2
    assert "2 deals, and more" in ran("deals", "--limit", "2")


def test_a_stage_is_the_furthest_of_the_deal(book: Path) -> None:
    assert {d["stage"] for d in lines("deals", "--stage", "ordered", "--format", "jsonl")} == {"ordered"}
    assert lines("deals", "--stage", "delivered", "--format", "jsonl") == []


def _reports(here: Path, *told: tuple[str, str]) -> None:
    """A ledger of news reports, each with its day."""
    made = [line(f"{text}\n", doc=f"r{n}", published=day, kind="news") for n, (day, text) in enumerate(told)]
    (here / "reports.jsonl").write_text("".join(made))
    ran("read", "reports.jsonl")


def _stage(stage: str) -> list[str]:
    return [d["status_word"] for d in lines("deals", "--stage", stage, "--format", "jsonl")]


def test_what_may_be_is_no_stage_of_a_list(here: Path) -> None:
    sale = "Norway signed a contract to buy 4 S-400 systems from Russia on April 2, 2031, the ministry said."
    _reports(here, ("2031-04-03", sale))
    assert _stage("ordered") == ["ordered"]
    _reports(
        here, ("2031-05-03", "Russia may have delivered S-400 systems to Norway, according to unconfirmed reports.")
    )
    assert _stage("delivered") == []
    assert _stage("ordered") == ["ordered"]


def test_a_rejected_claim_carries_no_list(here: Path) -> None:
    sale = "Norway signed a contract to buy 4 S-400 systems from Russia on April 2, 2031, the ministry said."
    _reports(here, ("2031-04-03", sale))
    claims = [c["id"] for c in lines("claims", "--stage", "ordered", "--format", "jsonl")]
    ran("judge", "reject", *claims, "--author", "A. Reader", "--because", "misread", "--made", "2031-05-01")
    assert _stage("ordered") == []
    assert {d["stage"] for d in lines("deals", "--format", "jsonl")} == {None}


def test_a_deal_that_ended_is_found_as_halted_and_at_the_stage_it_had_reached(here: Path) -> None:
    sale = "Norway signed a contract to buy 4 S-400 systems from Russia on April 2, 2031, the ministry said."
    end = "Norway has cancelled its order of S-400 systems from Russia, the ministry said on June 2, 2031."
    _reports(here, ("2031-04-03", sale), ("2031-06-03", end))
    assert _stage("halted") == _stage("ordered") == ["ordered, cancelled"]


def test_deals_of_a_register_need_not_be_looked_through_for_conflicts(here: Path) -> None:
    ran("import", "sipri", str(dossier().parent / "registers" / "trade-register.csv"))
    with Ledger.open(here / "armsledger.db") as ledger:
        for told in told_deals(ledger, ClaimFilter()):
            found = disputes(told.claims, told.contract_claims, told.published)
            assert told.disputed == tuple(d.field for d in found if d.contradicts) == ()


@pytest.mark.parametrize("width", ["80", "120"])
def test_tables_fit(width: str, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", width)
    for command in ("deals", "claims", "documents", "show 31-07", "show N00024-31-C-0001"):
        told = ran(*command.split())
        for one in told.splitlines():
            assert len(one) <= int(width) or "armsledger " in one, one
            assert one == one.rstrip()


# -- empty states -----------------------------------------------------------------------------------------


def test_empty_states_say_what_to_do_next(here: Path) -> None:
    (here / "talk.txt").write_text("Nothing was said of any kind of thing.")
    with Ledger.open(here / "armsledger.db"):
        pass
    assert ran("deals") == "The ledger holds no deals yet: armsledger read FILE...\n"
    assert ran("claims") == "The ledger holds no claims yet: armsledger read FILE...\n"
    assert ran("documents") == "The ledger holds no documents yet: armsledger read FILE...\n"
    assert run("show", "31-07").stderr == "armsledger: 31-07: the ledger holds no deals yet (armsledger read FILE...)\n"
    assert run("show", "31-07").exit_code == 1
    ran("read", "talk.txt")
    assert "only 1 document without a claim: armsledger documents" in ran("deals")


def test_nothing_fits(book: Path) -> None:
    assert ran("deals", "--recipient", "Chad").startswith("No deals for claims where recipient is TCD.")


# -- show -------------------------------------------------------------------------------------------------


def test_show_by_transmittal_number(book: Path) -> None:
    told = ran("show", "31-07")
    assert "United States (USA) → Norway (NOR)" in told
    assert "CONFLICT: the sources differ on value" in told
    assert "≠ 1 of 2: USD 12,500,000 (ceiling: at most)" in told
    assert "≠ 2 of 2: USD 14,000,000 (ceiling: at most)" in told
    assert "“$14 million” [2] " in told
    assert "notice.txt (id " in told


def test_show_by_id_and_its_beginning(book: Path) -> None:
    told = _deal(book, "PRT")
    whole = ran("show", told["id"])
    assert ran("show", told["id"][:7]) == whole
    assert "Portugal's part of this contract is not stated." in whole
    assert "USD 9,000,000 (award" in whole
    assert "Denmark (DNK), Norway (NOR), Portugal (PRT)" in _flat(whole)


def test_show_a_contract_number_shows_the_contract_and_its_buyers(book: Path) -> None:
    told = ran("show", "N00024-31-C-0001")
    assert "a contract shared by 3 named buyers" in told
    assert "Portugal (PRT): part not stated" in told
    one = ran("show", "n0002431c0001", "--recipient", "Portugal")
    assert "United States (USA) → Portugal (PRT)" in one


def test_show_keeps_the_wrong_figure_of_a_correction(book: Path) -> None:
    told = ran("show", "N00024-31-C-0004")
    assert "USD 7,700,000" in told
    assert "CORRECTED: wrong" in told
    assert "USD 7,000,000" in told


def test_show_as_json_has_words_for_every_value(book: Path) -> None:
    for told in lines("show", "31-07", "--format", "jsonl") + lines("show", "N00024-31-C-0001", "--format", "jsonl"):
        assert told["fields"]
        for field in told["fields"]:
            for value in field["values"]:
                assert value["evidence"], (field["name"], value)
                for words in value["evidence"]:
                    text = (book.parent / words["name"]).read_text()
                    assert text[words["start"] : words["end"]] == words["quote"]


def test_show_as_of(book: Path) -> None:
    assert "14,000,000" not in ran("show", "31-07", "--as-of", "2031-04-02")
    assert run("show", "31-07", "--as-of", "2030").exit_code == 1


def test_show_a_claim(book: Path) -> None:
    claim = lines("claims", "--format", "jsonl")[0]
    told = ran("show", claim["id"])
    assert f"Claim {claim['id']}" in told
    assert claim["document"]["name"] in told
    assert lines("show", claim["id"], "--format", "jsonl") == [claim]


def test_show_a_document_gives_its_whole_text(here: Path) -> None:
    write(here, denial_txt="The embassy said on Tuesday that no such sale was being prepared.\n\nIt gave no reason.")
    ran("read", "denial.txt")
    told = ran("show", "denial.txt")
    assert "No claim of this document is in the ledger." in told
    assert "It gave no reason." in told
    (line,) = lines("show", "denial.txt", "--format", "jsonl")
    assert line["text"].endswith("It gave no reason.")
    assert ran("show", line["id"][:8]) == told


def test_a_document_without_claims_says_so_where_its_claims_are_asked_for(book: Path) -> None:
    write(book.parent, denial_txt="The embassy said on Tuesday that no such sale was being prepared.")
    ran("read", "denial.txt")
    assert "1 document fit, and gave none" in ran("claims", "--document", "denial.txt")


def test_a_misspelt_command_is_answered_with_the_nearest() -> None:
    assert "did you mean 'deals'?" in run("daels").stderr


@pytest.mark.parametrize("wanted", ["nothing", "99-99", "", "d0000000000", "%", "\x1b[31m"])
def test_show_nothing(wanted: str, book: Path) -> None:
    result = run("show", wanted)
    assert result.exit_code in {1, 2}
    assert len(result.stderr.splitlines()) == 1
    assert "\x1b" not in result.stderr


def test_show_is_ambiguous(book: Path) -> None:
    result = run("show", "d")
    assert result.exit_code == 2
    assert "stands for 6 deals: " in result.stderr
