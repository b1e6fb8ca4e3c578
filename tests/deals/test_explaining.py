"""Why the claims of a deal are together: every link explains itself, and there are as few as hold them."""

from __future__ import annotations

from armsledger.deals import representatives, settle, why
from armsledger.deals.grounds import place
from armsledger.deals.judgements import REJECT, SAME
from armsledger.model import Claim, Link

from .made_up_corpus import corpus
from .papers_made_up import contract, judged, news, notice, published_of


def _names(link: Link) -> set[str]:
    return {reason.name for reason in link.reasons}


def test_as_few_links_as_hold_the_claims_each_with_its_reasons() -> None:
    claims = [
        notice("2031-04-02 n", "31-07", value="225"),
        notice("2031-04-02 n", "31-07", count=53, at=90),
        news("2031-04-05 a", count=53, stage="approved"),
        news("2031-04-06 b", count=53, stage="approved"),
        contract("2032-03-01 c", "FA8675-32-C-0001", value="190", count=53),
    ]
    links = why(claims, published_of(claims))
    assert len(links) == 4
    assert _names(links[0]) == {"same official number"}
    assert any("same quantity" in _names(link) for link in links)
    assert any({"notice and contract", "within the ceiling"} <= _names(link) for link in links)
    assert all(reason.told for link in links for reason in link.reasons)


def test_a_judgement_is_a_reason_in_its_authors_words() -> None:
    one, two = news("2031-04-05 a", count=53), news("2031-04-06 b", count=20, sides="USA TUR")
    (link,) = why([one, two], published_of([one, two]), [judged(SAME, one, two)])
    assert link.reasons[0].told == "A. Nalyst, 2031-06-01T10:00:00Z: the annex says so"


def test_an_amendment_is_a_reason() -> None:
    claims = [notice("2031-04-02 n", "31-07"), notice("2032-04-01 m", "32-0G", told=[("amends", "31-07")])]
    (link,) = why(claims, published_of(claims))
    assert _names(link) == {"amends the case"}


def test_a_rejected_claim_holds_nothing() -> None:
    one, two = news("2031-04-05 a", count=53), news("2031-04-06 b", count=53)
    assert len(why([one, two], published_of([one, two]))) == 1
    assert why([one, two], published_of([one, two]), [judged(REJECT, two)]) == ()


def test_one_claim_needs_no_link() -> None:
    one = news("2031-04-05 a")
    assert why([one], published_of([one])) == ()


def test_every_deal_of_the_made_up_corpus_is_held_together() -> None:
    made = corpus(deals=60)
    grounds: dict[str, list[Claim]] = {}
    for claim in made.claims:
        grounds.setdefault(place(claim)[0], []).append(claim)
    found = [settle(ground, claims, made.published) for ground, claims in grounds.items()]
    final = representatives(tie for one in found for tie in one.ties)
    keys = {claim: final.get(key, key) for one in found for claim, key in one.keys}
    deals: dict[str, list[Claim]] = {}
    for claim in made.claims:
        deals.setdefault(keys[claim.id], []).append(claim)
    for key, claims in deals.items():
        links = why(claims, made.published)
        assert len(links) == len(claims) - 1, key
