"""The rule reader of news: sentences and what they say, and the laws that hold whatever it reads."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from armsledger.claims import read
from armsledger.claims.evidence import weights
from armsledger.claims.flows import choices_of, second_look
from armsledger.claims.looks import look_twice
from armsledger.claims.mentions import mentions_of, sentences_of
from armsledger.claims.weighing import weigh
from armsledger.model import Certainty, Claim, Document, DocumentKind, Polarity, Stage

GOLD = Path(__file__).parents[1] / "evaluation" / "gold"


def news(text: str) -> Document:
    return Document("made-up", DocumentKind.NEWS, text, (), published="2025-05-14", language="en")


def told(text: str) -> list[str]:
    return sorted(
        " ".join(str(x) for x in (c.supplier, c.recipient, c.item, c.quantity or "-", c.stage, c.polarity, c.certainty))
        for c in read(news(text)).claims
    )


CERTAIN = "affirmed certain"
SENTENCES = [
    # verbs, voices, nouns
    ("Poland has ordered 24 K9 howitzers from South Korea, the defence ministry said on Monday.",
     [f"KOR POL K9 howitzer 24 ordered {CERTAIN}"]),
    ("France delivered six Rafale fighters to Croatia in April.", [f"FRA HRV Rafale fighter 6 delivered {CERTAIN}"]),
    ("Six Rafale fighters were delivered to Croatia by France in April.",
     [f"FRA HRV Rafale fighter 6 delivered {CERTAIN}"]),
    ("Croatia received six Rafale fighters from France in April.", [f"FRA HRV Rafale fighter 6 delivered {CERTAIN}"]),
    ("Germany has donated 14 Leopard 2A6 tanks to Ukraine.", [f"DEU UKR Leopard 2A6 tank 14 delivered {CERTAIN}"]),
    ("India's purchase of 36 Rafale fighters from France was signed in 2016.",
     [f"FRA IND Rafale fighter 36 ordered {CERTAIN}"]),
    ("Sweden's Saab won a contract to supply Thailand with four Gripen E fighters.",
     [f"SWE THA Gripen E fighter 4 ordered {CERTAIN}"]),
    ("Azerbaijan bought Bayraktar TB2 drones in 2020.", [f"TUR AZE Bayraktar TB2 drone - ordered {CERTAIN}"]),
    # stages
    ("The United States has approved the sale of 53 AIM-120C-8 missiles to Turkey.",
     [f"USA TUR AIM-120C-8 missile 53 approved {CERTAIN}"]),
    ("Brazil is considering buying Akash air defence systems from India.",
     [f"IND BRA Akash air defence system - considered {CERTAIN}"]),
    ("Turkey has offered Malaysia its Hisar air defence system.",
     [f"TUR MYS Hisar air defence system - offered {CERTAIN}"]),
    ("Kyiv has asked Germany for Taurus cruise missiles.", [f"DEU UKR Taurus cruise missile - requested {CERTAIN}"]),
    ("Serbia is in talks with France on buying 12 Rafale fighters.",
     [f"FRA SRB Rafale fighter 12 negotiated {CERTAIN}"]),
    ("Germany has suspended deliveries of Leopard 2 tanks to Turkey.",
     [f"DEU TUR Leopard 2 tank - halted {CERTAIN}"]),
    # the seller is not the maker
    ("Argentina is buying 24 F-16 fighters from Denmark.", [f"DNK ARG F-16 fighter 24 ordered {CERTAIN}"]),
    ("The Netherlands cancelled the sale of its F-16 fighters to Jordan.",
     [f"NLD JOR F-16 fighter - halted {CERTAIN}"]),
    ("Russia has offered to buy back the S-400 systems that it delivered to Turkey in 2019.",
     [f"RUS TUR S-400 system - delivered {CERTAIN}", f"TUR RUS S-400 system - offered {CERTAIN}"]),
    # lists
    ("Lockheed Martin will deliver F-35 fighters to Belgium, Denmark and Norway.",
     [f"USA {to} F-35 fighter - ordered {CERTAIN}" for to in ("BEL", "DNK", "NOR")]),
    ("Poland has ordered K2 tanks, K9 howitzers and FA-50 jets from South Korea.",
     [f"KOR POL {what} - ordered {CERTAIN}" for what in ("FA-50 jet", "K2 tank", "K9 howitzer")]),
    # doubt and denial
    ("North Korea has reportedly shipped artillery shells to Russia.",
     ["PRK RUS artillery shell - delivered affirmed possible"]),
    ("India may buy Su-57 fighters from Russia.", ["RUS IND Su-57 fighter - considered affirmed possible"]),
    ("Indonesia is expected to sign a contract with France for 12 more Rafale fighters.",
     ["FRA IDN Rafale fighter 12 ordered affirmed probable"]),
    ("Turkey is not negotiating with Russia over a return of its S-400 systems.",
     ["TUR RUS S-400 system - negotiated denied certain"]),
    ("That lowers the odds that Turkey will sell India its S-400 systems.",
     ["TUR IND S-400 system - considered affirmed possible"]),
    ("The chances that Turkey will sell Pakistan 12 T129 attack helicopters have grown.",
     ["TUR PAK T129 attack helicopter 12 considered affirmed possible"]),
    ("Turkey will return the missiles to its depots, provided the sanctions of the United States are lifted.", []),
    # what another sentence says
    ("Egypt ordered 30 Rafale fighters from France in 2021. Ten have been delivered.",
     [f"FRA EGY Rafale fighter 10 delivered {CERTAIN}", f"FRA EGY Rafale fighter 30 ordered {CERTAIN}"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_what_a_sentence_says(text: str, expected: list[str]) -> None:
    assert told(text) == sorted(expected)


def claims(text: str) -> tuple[Claim, ...]:
    return read(news(text)).claims


def test_a_programme_is_no_value_of_one_buyer() -> None:
    (first, *_) = claims(
        "Washington has put Pakistan on the list of buyers of its AIM-120 AMRAAM. The programme that Pakistan now joins "
        "is worth more than $2.5 billion, an opinion piece said, and it made the neighbours of Pakistan nervous."
    )
    assert (first.supplier, first.recipient, first.value) == ("USA", "PAK", None)
    assert first.programme is not None
    assert first.programme.amount == Decimal(2_500_000_000)


def test_a_relayed_rumour_is_possible_and_has_its_outlet_as_speaker() -> None:
    legs = claims(
        "Russia has offered to buy back the S-400 air defence systems that it delivered to Turkey in 2019, Turkish media "
        "claimed this week. The systems could then be resold, and Indian media named India as a possible buyer."
    )
    back = next(c for c in legs if c.recipient == "RUS")
    assert (back.supplier, back.stage, back.certainty, back.speaker) == (
        "TUR", Stage.OFFERED, Certainty.POSSIBLE, "Turkish media",
    )  # fmt: skip
    old = next(c for c in legs if c.recipient == "TUR")
    assert (old.supplier, old.stage, old.certainty, old.speaker) == (
        "RUS", Stage.DELIVERED, Certainty.CERTAIN, "author",
    )  # fmt: skip
    second = next(c for c in legs if c.recipient == "IND")
    assert (second.supplier, second.stage, second.certainty) == ("RUS", Stage.CONSIDERED, Certainty.POSSIBLE)


def test_reports_called_baseless_are_denied() -> None:
    legs = claims(
        "Turkey is not negotiating with Russia over a return of its S-400 systems, a defence ministry official in Ankara "
        "said on Wednesday. The official called reports of a resale to India baseless."
    )
    assert {c.polarity for c in legs} == {Polarity.DENIED}


def test_a_feared_diversion_is_considered_and_possible() -> None:
    text = (
        "The United States has approved the sale of 53 AIM-120C-8 missiles to Turkey. "
        "Observers fear that the missiles could end up in Pakistan."
    )
    feared = next(c for c in claims(text) if c.recipient == "PAK")
    assert (feared.supplier, feared.stage, feared.certainty) == ("TUR", Stage.CONSIDERED, Certainty.POSSIBLE)


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("Israel's first two F-35 aircraft were delivered by the United States on Dec. 12.", 2),
        ("Denmark took delivery of its F-35A fighters from the United States on April 7.", None),
    ],
)
def test_a_day_is_no_count(text: str, quantity: int | None) -> None:
    assert {c.quantity for c in claims(text)} == {quantity}


def test_a_hull_number_is_no_count_and_a_visit_no_transfer() -> None:
    assert (
        told(
            "The Nimitz-class aircraft carrier USS Ronald Reagan (CVN 76) of the United States Navy arrived in Guam on Monday "
            "for a visit, and three destroyers of its strike group came with it to the naval base."
        )
        == []
    )


def test_naming_the_contractor_of_a_notice_is_no_contract() -> None:
    stages = {c.stage for c in claims(
        "The United States has approved the sale of 53 AIM-120C-8 missiles to Turkey. "
        "RTX Corporation, based in Tucson, Arizona, will be the principal contractor for the sale."
    )}  # fmt: skip
    assert stages == {Stage.APPROVED}


def test_a_condition_is_kept() -> None:
    (claim, *_) = claims("The United States will sell F-16 fighters to Turkey if sanctions are lifted.")
    assert claim.condition == "if sanctions are lifted"


def test_a_relative_date_is_resolved_against_the_date_of_publication() -> None:
    (claim,) = claims("France delivered six Rafale fighters to Croatia last month.")
    assert claim.date is not None
    assert claim.date.iso == "2025-04"


def test_more_evidence_gives_fewer_claims_and_each_has_its_points() -> None:
    text = "\n\n".join(sentence for sentence, _ in SENTENCES)
    few = read(news(text), Decimal(4)).claims
    many = read(news(text), Decimal(-1)).claims
    assert 0 < len(few) < len(many)
    assert all(c.evidence is not None and c.evidence >= 4 for c in few)
    assert {(c.supplier, c.recipient) for c in few} <= {(c.supplier, c.recipient) for c in many}


# -- laws -------------------------------------------------------------------------------------------------


def invented() -> list[str]:
    lines = (GOLD / "news-invented-1.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines[:8]]


@pytest.mark.parametrize("text", invented(), ids=lambda text: text[:24])
def test_the_fast_looks_are_the_exact_ones(text: str) -> None:
    """With all sides paired, the fast way gives the probabilities of the plain sums."""
    choices = choices_of(sentences_of(news(text)))
    fast = look_twice(choices, weights().table, sides=99)
    again = second_look(choices, [weigh(choice, weights().first) for choice in choices])
    for quick, choice in zip(fast, again, strict=True):
        exact = {(w.option.item.name, w.option.supplier, w.option.recipient): w.probability
                 for w in weigh(choice, weights().second)}  # fmt: skip
        for w in quick:
            key = (w.option.item.name, w.option.supplier, w.option.recipient)
            assert w.probability == pytest.approx(exact[key], abs=1e-9)


@pytest.mark.parametrize("text", invented(), ids=lambda text: text[:24])
def test_every_slot_stands_on_words(text: str) -> None:
    for claim in claims(text):
        assert text[claim.start : claim.end] == claim.quote
        fields = {a.field for a in claim.anchors}
        assert {"item"} <= fields or claim.item is None
        assert all(text[a.start : a.end] == a.quote for a in claim.anchors)
        assert ("supplier" in fields) == (claim.supplier is not None)
        assert ("recipient" in fields) == (claim.recipient is not None)
        assert ("quantity" in fields) == (claim.quantity is not None)
        assert ("value" in fields) == (claim.value is not None)


WORDS = st.sampled_from(
    "Poland Turkey Russia the S-400 F-16 missiles tanks sold bought from to for delivered not may 24 two them $5 "
    "million , . ; : ( ) \" said that ordered by Saab its 's Monday 2019 if programme \n".split(" ")
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, min_size=1, max_size=60))
def test_any_text_is_read_without_failure_twice_the_same(words: list[str]) -> None:
    document = news(" ".join(words))
    first = read(document)
    assert first.refused == ()
    assert [c.id for c in first.claims] == [c.id for c in read(document).claims]
    assert all(c.supplier != c.recipient for c in first.claims)


def test_a_sentence_without_end_gives_a_bounded_number_of_mentions() -> None:
    sentences = sentences_of(news("Poland bought " + "24 tanks, " * 2000))
    by_sentence = [0] * len(sentences)
    for mention in mentions_of(sentences):
        by_sentence[mention.sentence] += 1
    assert max(by_sentence) <= 100
