"""The three cases that the project exists for, told by the bundled dossier, each as of three days.

1. A notice is not a sale: Turkey's AIM-120C-8 is approved, for at most so much, and never ordered.
2. A shared contract is not one buyer's: Pakistan is given no $2.5 billion, and ``check`` says why.
3. A rumour has legs: back from Turkey and on to India, by whom it is said, and who denies it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from armsledger.ledger import ClaimFilter, Ledger
from armsledger.model import Stage
from armsledger.pipeline import Report, read_inputs, record
from armsledger.views.cli import cli
from armsledger.views.show import find
from armsledger.views.told_deals import ToldDeal, told_deals
from armsledger.views.whole_deal import WholeDeal, whole_deal

DOSSIER = Path(__file__).resolve().parents[2] / "examples" / "dossier"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with Ledger.open(tmp_path_factory.mktemp("cases") / "ledger.db") as book:
        record(book, read_inputs([str(DOSSIER)], Report()))
        yield book


def turkeys(ledger: Ledger, as_of: str | None) -> WholeDeal:
    (told,) = [t for t in find(ledger, "25-33", None, as_of) if t.deal.recipient == "TUR"]
    return whole_deal(ledger, told, as_of)


def run(ledger: Ledger, *words: str) -> list[dict[str, Any]]:
    done = CliRunner().invoke(cli, [*words, "--ledger", ledger.name, "--format", "jsonl"])
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


# -- 1: a notice is not a sale ----------------------------------------------------------------------------


@pytest.mark.parametrize("as_of", ["2025-05-14", "2025-10-08", None])
def test_turkeys_missiles_are_approved_and_never_ordered(ledger: Ledger, as_of: str | None) -> None:
    whole = turkeys(ledger, as_of)
    assert whole.status.stage is Stage.APPROVED
    assert "ordered: not told" in whole.status.sentence()
    values = {(str(c.value), str(c.value.meaning)) for c in whole.claims if c.value}
    assert values == {("USD 225000000", "ceiling")}


@pytest.mark.parametrize("as_of", ["2025-05-14", "2025-10-08", None])
def test_in_lists_they_are_approved_and_never_ordered_either(ledger: Ledger, as_of: str | None) -> None:
    one = turkeys(ledger, as_of).told.deal.id
    asked = ["--party", "Turkey", *(["--as-of", as_of] if as_of else [])]
    (line,) = [told for told in run(ledger, "deals", *asked) if told["id"] == one]
    assert (line["stage"], line["status_word"], line["contested"]) == ("approved", "approved", False)
    assert one in {told["id"] for told in run(ledger, "deals", *asked, "--stage", "approved")}
    for stage in ("ordered", "delivered", "requested"):
        assert one not in {told["id"] for told in run(ledger, "deals", *asked, "--stage", stage)}


def test_before_its_notice_nothing_is_told_of_it(ledger: Ledger) -> None:
    assert find(ledger, "25-33", None, "2025-05-13") == []


def test_that_a_contract_names_turkey_among_its_buyers_is_another_deal(ledger: Ledger) -> None:
    (under,) = [t for t in find(ledger, "FA8675-23-C-0037", None, None) if t.deal.recipient == "TUR"]
    assert under.deal.id != turkeys(ledger, None).told.deal.id
    assert all(c.value is None for c in under.claims)


# -- 2: a shared contract is not one buyer's --------------------------------------------------------------


def pakistans(ledger: Ledger, as_of: str | None) -> list[ToldDeal]:
    return [t for t in told_deals(ledger, ClaimFilter(recipient="PAK", as_of=as_of)) if t.deal.recipient == "PAK"]


@pytest.mark.parametrize("as_of", ["2025-09-30", "2025-10-08", None])
def test_pakistan_is_given_no_sum_of_the_shared_contract(ledger: Ledger, as_of: str | None) -> None:
    found = pakistans(ledger, as_of)
    assert found
    assert not [c for told in found for c in told.claims if c.value and c.value.amount > 1_000_000_000]
    (shared,) = [t.contract for t in found if t.contract]
    assert len(shared.buyers) == 34
    assert {str(c.programme.amount) for c in shared.claims if c.programme} == {"2512389558"}


def test_in_lists_pakistan_has_the_order_and_no_sum(ledger: Ledger) -> None:
    found = run(ledger, "deals", "--recipient", "Pakistan", "--stage", "ordered")
    (shared,) = [told for told in found if told["shared_contract"]]
    assert (shared["status_word"], shared["values"], shared["conflicts"]) == ("ordered", [], [])


def test_check_says_whose_sum_it_is(ledger: Ledger) -> None:
    found = [one for one in run(ledger, "check") if "shared" in str(one["code"])]
    assert found, "the op-ed's sum is the shared contract's, and check has to say so"
    told = json.dumps(found)
    assert "2.5 billion" in told
    assert "2,512,389,558" in told
    assert "34" in told


# -- 3: a rumour has legs ---------------------------------------------------------------------------------

STEPS = {
    "2025-08-05": set[tuple[str, str, str]](),
    "2025-08-06": {("RUS", "TUR", "done"), ("TUR", "RUS", "possible"), ("RUS", "IND", "possible")},
    "2025-08-13": {("RUS", "TUR", "done"), ("TUR", "RUS", "possible"), ("RUS", "IND", "possible")},
}


@pytest.mark.parametrize("as_of", sorted(STEPS))
def test_the_legs_of_the_chain(ledger: Ledger, as_of: str) -> None:
    found = run(ledger, "chains", "--system", "s-400", "--as-of", as_of)
    legs = {(leg["supplier"], leg["recipient"], leg["state"]) for chain in found for leg in chain["legs"]}
    assert legs == STEPS[as_of]


def test_the_return_is_denied_by_ankara_and_said_to_be_so(ledger: Ledger) -> None:
    found = run(ledger, "chains", "--system", "s-400")
    contested = [leg for chain in found for leg in chain["legs"] if leg["contested"]]
    assert ("TUR", "RUS") in {(leg["supplier"], leg["recipient"]) for leg in contested}
    early = run(ledger, "chains", "--system", "s-400", "--as-of", "2025-08-06")
    assert not [leg for chain in early for leg in chain["legs"] if leg["contested"]]


def test_in_lists_the_resale_is_possible_and_contested_and_of_no_stage(ledger: Ledger) -> None:
    (resale,) = run(ledger, "deals", "--recipient", "India", "--system", "s-400")
    assert (resale["stage"], resale["contested"]) == (None, True)
    assert resale["status_word"].startswith("possibly ")
    assert "stage" in resale["conflicts"]
    for stage in Stage:
        asked = ("--recipient", "India", "--system", "s-400", "--stage", str(stage))
        assert resale["id"] not in {told["id"] for told in run(ledger, "deals", *asked)}


def test_lists_say_what_show_says(ledger: Ledger) -> None:
    for line in run(ledger, "deals"):
        (whole,) = run(ledger, "show", line["id"])
        assert (line["stage"], line["status_word"], line["contested"]) == (
            whole["status"]["stage"],
            whole["status"]["word"],
            whole["status"]["contested"],
        )


def test_who_said_it_first_and_how_many_independently(ledger: Ledger) -> None:
    told = next(
        t for t in told_deals(ledger, ClaimFilter(system="s-400", recipient="IND")) if t.deal.recipient == "IND"
    )
    whole = whole_deal(ledger, told, None)
    first = whole.origins[0]
    assert whole.documents[first.first].published == "2025-08-06"
    assert 1 <= len(whole.origins) <= len(told.documents)
