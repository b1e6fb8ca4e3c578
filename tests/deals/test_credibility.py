"""Credibility: each grade of information and each rung of the ladder by its rule; words of probability by their bands."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from decimal import Decimal
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsledger.deals.credibility import BANDS, INFORMATION, Credibility, Rung, _paired, credibility, likelihood
from armsledger.deals.origins import origins
from armsledger.model import (
    Certainty,
    Claim,
    Document,
    DocumentId,
    DocumentKind,
    Meaning,
    Money,
    Polarity,
    SpeakerKind,
    Stage,
)

PERSON, OFFICE, OUTLET, UNNAMED = SpeakerKind.PERSON, SpeakerKind.OFFICE, SpeakerKind.OUTLET, SpeakerKind.UNNAMED


class Deal:
    """A deal put together line by line: each line a claim of a document of its own, unless one is named."""

    def __init__(self) -> None:
        self.documents: dict[DocumentId, Document] = {}
        self.claims: list[Claim] = []

    def add(
        self,
        publisher: str | None,
        speaker: str = "author",
        kind: SpeakerKind = SpeakerKind.AUTHOR,
        day: int = 1,
        *,
        value: int | None = None,
        meaning: Meaning = Meaning.REPORTED,
        denied: bool = False,
        **slots: Any,
    ) -> Deal:
        text = f"{publisher} says it on {day}. Report number {len(self.claims)}."
        told = Document("d", DocumentKind.NEWS, text, (), publisher=publisher, published=f"2031-04-{day:02d}")
        self.documents[told.id] = told
        money = None if value is None else Money(Decimal(value), "USD", meaning)
        slots = {"stage": Stage.ORDERED, "supplier": "USA", "recipient": "NOR", "system": "aim-120"} | slots
        polarity = Polarity.DENIED if denied else Polarity.AFFIRMED
        said: dict[str, Any] = {"speaker": speaker, "speaker_kind": kind, "value": money, "polarity": polarity}
        reader, stage = slots.pop("reader", "news/1"), slots.pop("stage")
        self.claims.append(Claim(told.id, 0, 10, text[:10], reader, stage, **said, **slots))
        return self

    def graded(self, claims: Iterable[Claim] | None = None) -> tuple[Credibility, ...]:
        own = list(self.claims if claims is None else claims)
        return credibility(own, [], self.documents, origins(own, self.documents, {}))

    def of(self, field: str, value: str | None = None) -> Credibility:
        (found,) = (v for v in self.graded() if v.field == field and value in (None, v.value))
        return found


def stage(deal: Deal, name: str = "ordered") -> tuple[int, Rung]:
    found = deal.of("stage", name)
    return found.information, found.rung


def paper(deal: Deal, **slots: Any) -> Deal:
    """Adds an official contract announcement."""
    return deal.add("U.S. Department of War", reader="contracts/1", **slots)


# -- each rule --------------------------------------------------------------------------------------------

GRADES = [
    ("an official paper", lambda: paper(Deal()), 1, Rung.OFFICIAL),
    ("two reports of their own", lambda: Deal().add("One").add("Two"), 1, Rung.PRIMARIES),
    ("a report and a minister elsewhere", lambda: Deal().add("One").add("Two", "Minister Berg", PERSON), 1, Rung.PRIMARIES),
    ("a party's own word", lambda: Deal().add("One", "Norwegian defence ministry", OFFICE), 2, Rung.PRIMARY),
    ("the maker's word", lambda: Deal().add("One", "Raytheon", SpeakerKind.COMPANY), 2, Rung.PRIMARY),
    ("a report and a report of reports", lambda: Deal().add("One").add("Two", "Reuters", OUTLET), 2, Rung.PRIMARY),
    ("two outlets that nobody read", lambda: Deal().add("One", "Reuters", OUTLET).add("Two", "Bloomberg", OUTLET), 2, Rung.SECONDARY),
    ("one report", lambda: Deal().add("One"), 3, Rung.PRIMARY),
    ("one person", lambda: Deal().add("One", "Analyst Dahl", PERSON), 3, Rung.PRIMARY),
    ("a report of a report", lambda: Deal().add("One", "Reuters", OUTLET), 3, Rung.SECONDARY),
    ("an institute that compiles", lambda: Deal().add("SIPRI"), 3, Rung.SECONDARY),
    ("a register that an institute keeps", lambda: Deal().add(None, reader="register-sipri/1"), 3, Rung.SECONDARY),
    ("a register that a government keeps", lambda: Deal().add(None, reader="register-uk-licences/1"), 1, Rung.OFFICIAL),
    ("two, only as possible", lambda: Deal().add("One", certainty=Certainty.POSSIBLE).add("Two", certainty=Certainty.POSSIBLE), 3, Rung.PRIMARIES),
    ("one unnamed source", lambda: Deal().add("One", "unnamed sources", UNNAMED), 4, Rung.ANONYMOUS),
    ("one, only as possible", lambda: Deal().add("One", certainty=Certainty.POSSIBLE), 4, Rung.PRIMARY),
    ("one, on a condition", lambda: Deal().add("One", condition="if the law is changed"), 4, Rung.PRIMARY),
    ("left open", lambda: Deal().add("One", certainty=Certainty.UNKNOWN).add("Two", certainty=Certainty.UNKNOWN), 6, Rung.PRIMARIES),
    # denials
    ("one against a party", lambda: Deal().add("One").add("Two", "US embassy", OFFICE, denied=True), 5, Rung.DENIED),
    ("two against a party", lambda: Deal().add("One").add("Three").add("Two", "US embassy", OFFICE, denied=True), 4, Rung.DENIED),
    ("one against somebody else", lambda: Deal().add("One").add("Two", "Analyst Dahl", PERSON, denied=True), 4, Rung.PRIMARY),
    ("two against somebody else", lambda: Deal().add("One").add("Three").add("Two", "Analyst Dahl", PERSON, denied=True), 3, Rung.PRIMARIES),
    ("a third state has no say", lambda: Deal().add("One").add("Two", "Kremlin", OFFICE, denied=True), 4, Rung.PRIMARY),
    ("a paper against a party", lambda: paper(Deal()).add("Two", "Norwegian defence ministry", OFFICE, denied=True), 2, Rung.OFFICIAL),
    ("only denied, by a party", lambda: Deal().add("Two", "US embassy", OFFICE, denied=True), 5, Rung.DENIED),
    ("only denied, by an author", lambda: Deal().add("Two", denied=True), 6, Rung.NOBODY),
    ("denied by an unnamed official", lambda: Deal().add("One").add("Two", "a ministry official in Oslo", UNNAMED, denied=True), 5, Rung.DENIED),
]  # fmt: skip


@pytest.mark.parametrize(("case", "deal", "information", "rung"), GRADES, ids=[g[0] for g in GRADES])
def test_each_grade_by_its_rule(case: str, deal: Any, information: int, rung: Rung) -> None:
    found = deal().of("stage", "ordered")
    assert (found.information, found.rung) == (information, rung)
    assert found.word == INFORMATION[information]
    assert len(found.because) > 10


@pytest.mark.parametrize(("case", "deal", "information", "rung"), GRADES, ids=[g[0] for g in GRADES])
def test_order_changes_nothing(case: str, deal: Any, information: int, rung: Rung) -> None:
    made = deal()
    assert len({made.graded(claims) for claims in permutations(made.claims)}) == 1


def test_the_next_stage_is_graded_for_itself() -> None:
    deal = paper(Deal()).add("One", "unnamed sources", UNNAMED, stage=Stage.DELIVERED)
    assert stage(deal) == (1, Rung.OFFICIAL)
    assert stage(deal, "delivered") == (4, Rung.ANONYMOUS)


def test_a_denied_delivery_denies_no_order() -> None:
    deal = Deal().add("One").add("Two", "US embassy", OFFICE, stage=Stage.DELIVERED, denied=True)
    assert stage(deal) == (3, Rung.PRIMARY)


# -- what is independent ----------------------------------------------------------------------------------


def test_two_reports_of_one_voice_are_one_source() -> None:
    deal = Deal().add("One", "Minister Berg", PERSON).add("Two", "Minister Berg", PERSON)
    found = deal.of("stage")
    assert (found.documents, found.origins, found.independent) == (2, 2, 1)
    assert found.information == 3


def test_two_reports_of_one_house_are_one_source() -> None:
    found = Deal().add("One").add("One", day=9).of("stage")
    assert (found.documents, found.origins, found.independent) == (2, 2, 1)
    assert found.information == 3


def test_a_voice_that_two_share_does_not_take_away_what_one_says_itself() -> None:
    deal = Deal().add("One").add("One", "Minister Berg", PERSON).add("Two", "Minister Berg", PERSON)
    assert deal.of("stage").independent == 2


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.lists(st.tuples(st.just("v"), st.sampled_from("123456"))), max_size=6)
)
def test_sources_are_counted_as_by_trying_every_choice(voices: dict[str, list[tuple[str, str]]]) -> None:
    """The most pairs of house and voice: every choice is tried."""

    def most(houses: list[str], taken: frozenset[tuple[str, str]]) -> int:
        if not houses:
            return 0
        free = [v for v in set(voices[houses[0]]) if v not in taken]
        return max([most(houses[1:], taken), *(1 + most(houses[1:], taken | {v}) for v in free)])

    assert _paired(voices) == most(list(voices), frozenset())


def test_a_long_chain_of_shared_voices_is_counted() -> None:
    chain = {str(n): [("v", str(n)), ("v", str(n + 1))] for n in range(3000)}
    assert _paired(chain) == 3000


def test_an_office_is_one_voice_whatever_it_is_called() -> None:
    deal = Deal().add("One", "Pentagon", OFFICE).add("Two", "Department of Defense", OFFICE)
    assert deal.of("stage").independent == 1


def test_twelve_who_cite_one_outlet_are_one_source() -> None:
    deal = Deal()
    for n in range(12):
        deal.add(f"Paper {n}", "Bloomberg", OUTLET)
    found = deal.of("stage")
    assert (found.documents, found.origins, found.independent) == (12, 1, 1)
    assert (found.information, found.rung) == (3, Rung.SECONDARY)


# -- values that differ -----------------------------------------------------------------------------------


def test_an_official_paper_says_otherwise() -> None:
    deal = (
        paper(Deal(), value=40, meaning=Meaning.AWARD)
        .add("One", value=90, meaning=Meaning.AWARD)
        .add("Two", value=90, meaning=Meaning.AWARD)
    )
    assert deal.of("value", "USD 90").information == 5
    lead = deal.of("value", "USD 40")
    assert (lead.information, lead.because) == (1, "an official paper says it; 2 other sources say otherwise")
    assert "otherwise" not in deal.of("supplier").because
    assert paper(deal, value=41, meaning=Meaning.AWARD, day=2).of("value", "USD 40").information == 2


def test_as_many_say_otherwise() -> None:
    deal = Deal().add("One", value=4_000_001).add("Two", value=9_000_002)
    assert {v.information for v in deal.graded() if v.field == "value"} == {4}
    deal.add("Three", value=9_000_002)
    assert deal.of("value", "USD 4000001").information == 4
    assert deal.of("value", "USD 9000002").information == 3


def test_a_ceiling_and_an_award_contradict_one_another_in_nothing() -> None:
    deal = paper(Deal(), value=40, meaning=Meaning.AWARD).add(
        "Defense Security Cooperation Agency",
        reader="notices/1",
        value=90,
        meaning=Meaning.CEILING,
        stage=Stage.APPROVED,
    )
    assert {v.information for v in deal.graded() if v.field == "value"} == {1}


def test_a_denied_order_denies_what_it_is_said_to_cost() -> None:
    deal = Deal().add("One", value=2_500_000_000).add("Two", "US embassy", OFFICE, denied=True)
    found = deal.of("value")
    assert (found.information, found.rung) == (5, Rung.DENIED)
    assert "US embassy" in found.because


def test_every_value_names_the_claims_for_and_against_it() -> None:
    deal = Deal().add("One").add("Two", "US embassy", OFFICE, denied=True)
    found = deal.of("stage")
    assert found.claims == (deal.claims[0].id,)
    assert found.against == (deal.claims[1].id,)


def test_claims_of_documents_that_are_not_given_do_not_count() -> None:
    deal = Deal().add("One").add("Two")
    late = deal.claims[1].document
    known = {d: facts for d, facts in deal.documents.items() if d != late}
    (found,) = (v for v in credibility(deal.claims, [], known, origins(deal.claims, known, {})) if v.field == "stage")
    assert (found.information, found.documents) == (3, 1)


# -- words of probability ---------------------------------------------------------------------------------


def test_the_bands_are_those_of_the_standard(shared: Path) -> None:
    with (shared / "validation" / "icd203_bands.csv").open(newline="") as file:
        rows = [(int(r["low_pct"]), int(r["high_pct"])) for r in csv.DictReader(file)]
    assert [(low, high) for _, low, high in BANDS] == rows


@pytest.mark.parametrize(
    ("percent", "told"),
    [
        ("1", "almost no chance (1 %)"),
        ("4.9", "almost no chance (4.9 %)"),
        ("12", "very unlikely (12 %)"),
        ("30", "unlikely (30 %)"),
        ("50", "roughly even chance (50 %)"),
        ("62.50", "likely (62.5 %)"),
        ("90", "very likely (90 %)"),
        ("99", "almost certain (99 %)"),
        # on a border: the band farther from even
        ("5", "almost no chance (5 %)"),
        ("20", "very unlikely (20 %)"),
        ("45", "unlikely (45 %)"),
        ("55", "likely (55 %)"),
        ("80", "very likely (80 %)"),
        ("95", "almost certain (95 %)"),
    ],
)
def test_a_word_never_stands_without_its_number(percent: str, told: str) -> None:
    assert str(likelihood(Decimal(percent))) == told


@pytest.mark.parametrize("percent", ["0", "0.99", "99.01", "100"])
def test_for_the_ends_the_standard_has_no_word(percent: str) -> None:
    assert likelihood(Decimal(percent)) is None


@pytest.mark.parametrize("percent", ["-1", "100.5"])
def test_what_is_no_probability_is_refused(percent: str) -> None:
    with pytest.raises(ValueError, match="no probability"):
        likelihood(Decimal(percent))


@given(st.decimals(1, 99, places=2))
def test_a_number_lies_in_the_band_of_its_word(percent: Decimal) -> None:
    found = likelihood(percent)
    assert found is not None
    assert found.low <= percent <= found.high
    mirrored = likelihood(100 - percent)
    assert mirrored is not None
    assert (100 - mirrored.high, 100 - mirrored.low) == (found.low, found.high)
