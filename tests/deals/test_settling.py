"""Which claims of a ground are one deal, what it is called, what is asked; and that it is a function of the claims.

The papers are invented. A comment says what each table row is about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from armsledger.deals import place, representatives, settle
from armsledger.deals.judgements import DIFFERENT, REJECT, SAME, UNDO, standing
from armsledger.deals.questions import BETWEEN, TORN
from armsledger.model import Claim, Judgement, Mode, Subject

from .giving import money
from .papers_made_up import contract, deals, judged, news, notice, partition, published_of, settled

_NOTICE = (
    notice("2031-04-02 n", "31-07", value="225"),
    notice("2031-04-02 n", "31-07", count=53, at=90),
)

_DEALS = [
    # the papers of one number are one deal, whatever they say
    ([*_NOTICE, notice("2031-06-01 r", "31-07", count=40)], [{0, 1, 2}]),
    # a report with the figure of the notice
    ([*_NOTICE, news("2031-04-05 a", count=53, stage="approved")], [{0, 1, 2}]),
    # a vague report in the same month: the only candidate
    ([*_NOTICE, news("2031-04-05 a", item="AMRAAM", stage="approved")], [{0, 1, 2}]),
    # and one without a supplier
    ([*_NOTICE, news("2031-04-05 a", sides="- NOR", stage="approved")], [{0, 1, 2}]),
    # another supplier: never
    ([*_NOTICE, news("2031-04-05 a", sides="GBR NOR", count=53, stage="approved")], [{0, 1}, {2}]),
    # C-7 is not C-8
    ([*_NOTICE, news("2031-04-05 a", item="AIM-120C-7", count=53, stage="approved")], [{0, 1}, {2}]),
    # lent and sold
    ([news("2031-04-05 a", count=12, mode=Mode.LEASE), news("2031-04-06 b", count=12, mode=Mode.SALE)], [{0}, {1}]),
    # two notices of one buyer are two deals
    ([*_NOTICE, notice("2031-05-01 m", "31-12", count=20)], [{0, 1}, {2}]),
    # a follow-on order
    ([news("2031-04-05 a", count=53), news("2032-11-05 b", "an additional", count=20)], [{0}, {1}]),
    # the same order told twice, the second time with the figure rounded
    ([news("2031-04-05 a", count=53), news("2031-04-20 b", "about", count=50)], [{0, 1}]),
    # the contract follows the notice, within its ceiling
    ([*_NOTICE, contract("2032-03-01 c", "FA8675-32-C-0001", value="190", count=53)], [{0, 1, 2}]),
    # two contracts follow one notice
    ([*_NOTICE, contract("2032-03-01 c", "FA8675-32-C-0001", value="90"),
      contract("2032-09-01 d", "FA8675-32-C-0002", value="80")], [{0, 1, 2, 3}]),
    # together they are worth more than the notice allows: the second is of another deal
    ([*_NOTICE, contract("2032-03-01 c", "FA8675-32-C-0001", value="190"),
      contract("2032-09-01 d", "FA8675-32-C-0002", value="180")], [{0, 1, 2}, {3}]),
    # a contract that was there before, and one of which only the buyer's name is told
    ([*_NOTICE, contract("2032-03-01 c", "FA8675-28-C-0001", value="90")], [{0, 1}, {2}]),
    ([*_NOTICE, contract("2032-03-01 c", "FA8675-32-C-0001")], [{0, 1}, {2}]),
    # two contracts of one buyer without a notice are two deals
    ([contract("2032-03-01 c", "FA8675-32-C-0001", value="90"),
      contract("2032-04-01 d", "FA8675-32-C-0002", value="90")], [{0}, {1}]),
    # ordered, then parts of it delivered over years
    ([news("2031-04-05 a", count=53), news("2033-05-01 b", count=20, stage="delivered"),
      news("2034-05-01 c", count=53, stage="delivered")], [{0, 1, 2}]),
    # a denial stands with what it denies
    ([news("2031-04-05 a", count=53), news("2031-04-07 b", count=53, denied=True)], [{0, 1}]),
    # a value of the whole programme ties a report to the contract that has it
    ([replace(contract("2031-09-30 c", "FA8675-31-C-0037"), programme=money("USD 2510000000 cumulative")),
      replace(news("2031-10-09 a", item="AIM-120"), programme=money("USD 2510000000 cumulative"))], [{0, 1}]),
    # rows of one register are its own deals; two claims of one row are one
    ([news("2030-03-01 s", told=[("register row", "SIPRI 2030-03-01 7")], count=53),
      news("2030-03-01 s", told=[("register row", "SIPRI 2030-03-01 7")], stage="delivered", at=50),
      news("2030-03-01 s", told=[("register row", "SIPRI 2030-03-01 8")], count=53, at=99)], [{0, 1}, {2}]),
    # an amendment and the case that it names; a lettered number that names none
    ([*_NOTICE, notice("2032-04-01 m", "32-0G", count=60, told=[("amends", "31-07")])], [{0, 1, 2}]),
    ([*_NOTICE, notice("2032-04-01 m", "32-0G", count=53)], [{0, 1}, {2}]),
]  # fmt: skip


@pytest.mark.parametrize(("claims", "expected"), _DEALS)
def test_what_is_one_deal(claims: Sequence[Claim], expected: list[set[int]]) -> None:
    assert deals(*claims) == expected


def test_a_vague_report_between_two_deals_joins_neither_and_is_asked_about() -> None:
    first = [news("2031-03-05 a", count=53), news("2031-04-20 b", count=53, stage="approved")]
    second = [news("2031-03-25 c", count=20), news("2031-05-05 d", count=20, stage="approved")]
    vague = news("2031-04-10 e", item="AMRAAM")
    found = settled(*first, *second, vague)
    assert deals(*first, *second, vague) == [{0, 1}, {2, 3}, {4}]
    (question,) = found.questions
    assert question.claim == vague.id
    assert question.because == TORN
    assert len(question.candidates) == 2
    assert all(link.one == vague.id and link.reasons for link in question.candidates)


def test_what_is_neither_near_nor_far_enough_is_asked() -> None:
    paper, case = contract("2032-03-01 c", "FA8675-32-C-0001"), notice("2031-04-02 n", "31-07", count=53)
    one = settled(paper, case)
    assert deals(paper, case) == [{0}, {1}]
    told = [(q.claim, q.because) for q in one.questions]
    assert told in ([], [(paper.id, BETWEEN)])


def test_an_answered_question_is_asked_no_more() -> None:
    first = [news("2031-03-05 a", count=53), news("2031-04-20 b", count=53, stage="approved")]
    second = [news("2031-03-25 c", count=20), news("2031-05-05 d", count=20, stage="approved")]
    claims = [*first, *second, news("2031-04-10 e", item="AMRAAM")]
    (question,) = settled(*claims).questions
    named = {c.id: c for c in claims}
    nearest = named[question.candidates[0].other]
    same = judged(SAME, claims[4], nearest)
    assert not settled(*claims, judgements=[same]).questions
    apart = [judged(DIFFERENT, claims[4], named[link.other]) for link in question.candidates]
    assert not settled(*claims, judgements=apart).questions


# -- keys and ties ----------------------------------------------------------------------------------------


def test_a_deal_is_called_by_its_number_else_by_its_first_claim() -> None:
    with_number = [*_NOTICE, news("2031-04-05 a", count=53, stage="approved")]
    assert set(dict(settled(*with_number).keys).values()) == {"transmittal USA 31-07 NOR"}
    one, two = news("2031-04-05 a", count=53), news("2031-04-03 b", count=53)
    assert set(dict(settled(one, two).keys).values()) == {f"claims NOR aim-120 {two.id}"}


def test_several_numbers_of_one_deal_are_tied() -> None:
    paper = contract("2032-03-01 c", "FA8675-32-C-0001", value="190", count=53)
    found = settled(*_NOTICE, paper)
    assert dict(found.keys)[paper.id] == "contract FA867532C0001 NOR"
    assert found.ties == (("contract FA867532C0001 NOR", "transmittal USA 31-07 NOR"),)


def test_an_amendment_is_tied_to_its_case_though_that_is_not_there() -> None:
    found = settled(notice("2032-04-01 m", "32-0G", told=[("amends", "31-07")]))
    assert found.ties == (("transmittal USA 31-07 NOR", "transmittal USA 32-0G NOR"),)


def test_a_contract_as_a_whole_has_its_number() -> None:
    whole = replace(contract("2032-03-01 c", "FA8675-32-C-0001", sides="USA -"), subject=Subject.CONTRACT)
    assert [key for _, key in settled(whole).keys] == ["contract FA867532C0001 -"]


def test_an_empty_ground_comes_to_nothing() -> None:
    assert settle("NOR aim-120", [], {}, []).keys == ()


# -- judgements -------------------------------------------------------------------------------------------


def test_same_wins_over_what_speaks_against_it() -> None:
    one, two = news("2031-04-05 a", count=53), news("2031-04-06 b", count=20, item="AIM-120C-7")
    assert deals(one, two) == [{0}, {1}]
    assert deals(one, two, judgements=[judged(SAME, one, two)]) == [{0, 1}]


def test_different_wins_over_likeness_and_numbers() -> None:
    one, two = news("2031-04-05 a", count=53), news("2031-04-06 b", count=53)
    assert deals(one, two, judgements=[judged(DIFFERENT, one, two)]) == [{0}, {1}]
    assert deals(*_NOTICE, judgements=[judged(DIFFERENT, *_NOTICE)]) == [{0}, {1}]


@pytest.mark.parametrize(("last", "together"), [(SAME, True), (DIFFERENT, False)])
def test_of_two_judgements_the_later_one_holds(last: str, *, together: bool) -> None:
    one, two = news("2031-04-05 a", count=53), news("2031-04-06 b", count=20)
    first = DIFFERENT if together else SAME
    said = [judged(last, one, two, made="2031-07-02T09:00:00Z"), judged(first, one, two, made="2031-07-01T09:00:00Z")]
    for judgements in (said, said[::-1]):
        assert (len(deals(one, two, judgements=judgements)) == 1) is together


def test_a_later_judgement_holds_against_what_earlier_ones_add_up_to() -> None:
    a, b, c = (news(f"2031-0{n}-05 {n}", count=count) for n, count in ((1, 53), (2, 20), (3, 90)))
    said = [
        judged(SAME, a, b, made="2031-07-01T09:00:00Z"),
        judged(SAME, b, c, made="2031-07-02T09:00:00Z"),
        judged(DIFFERENT, a, c, made="2031-07-03T09:00:00Z"),
    ]
    assert deals(a, b, c, judgements=said) == [{0}, {1, 2}]


def test_a_rejected_claim_stays_but_ties_nothing() -> None:
    one, other = news("2031-01-05 a", count=53), news("2034-12-05 b", value="225")
    bridge = news("2031-02-05 c", count=53, value="225")
    assert deals(one, other, bridge) == [{0, 1, 2}]
    assert deals(one, other, bridge, judgements=[judged(REJECT, bridge)])[0] & {0} == {0}
    assert {0, 1} not in [set(d) & {0, 1} for d in deals(one, other, bridge, judgements=[judged(REJECT, bridge)])]


def test_a_rejected_paper_keeps_its_number() -> None:
    found = settled(*_NOTICE, judgements=[judged(REJECT, _NOTICE[0])])
    assert set(dict(found.keys).values()) == {"transmittal USA 31-07 NOR"}


def test_judgements_about_claims_of_other_grounds_are_passed_over() -> None:
    elsewhere = news("2031-04-05 a", sides="USA TUR")
    one = news("2031-04-05 a", count=53)
    assert settled(one, judgements=[judged(SAME, one, elsewhere)]) == settled(one)


# -- laws -------------------------------------------------------------------------------------------------

_DAYS = st.sampled_from(["2030-11-03", "2031-04-02", "2031-04-20", "2032-02-01", "2035-06-01", "undated"])
_PAPERS = st.sampled_from(["news", "notice", "contract"])


@st.composite
def _claims(draw: st.DrawFn) -> Claim:
    """Claims of one ground, with figures and dates from short lists so that they meet."""
    document = f"{draw(_DAYS)} {draw(st.sampled_from('abcdef'))}"
    count = draw(st.sampled_from([None, None, 20, 53]))
    value = draw(st.sampled_from([None, "90", "225"]))
    at = draw(st.sampled_from([0, 200]))
    item = draw(st.sampled_from(["AIM-120C-8", "AIM-120C-7", "AMRAAM"]))
    paper = draw(_PAPERS) if not document.startswith("undated") else "news"
    if paper == "notice":
        return notice(document, draw(st.sampled_from(["31-07", "31-08"])), count=count, value=value, at=at)
    if paper == "contract":
        number = draw(st.sampled_from(["FA8675-32-C-0001", "FA8675-32-C-0002"]))
        return contract(document, number, count=count, value=value, at=at)
    return news(
        document, draw(st.sampled_from(["", "an additional"])), count=count, value=value, item=item, at=at,
        stage=draw(st.sampled_from(["requested", "approved", "ordered", "delivered"])),
        sides=draw(st.sampled_from(["USA NOR", "- NOR", "GBR NOR"])),
        denied=draw(st.sampled_from([False, False, True])),
    )  # fmt: skip


@st.composite
def _grounds(draw: st.DrawFn) -> tuple[list[Claim], list[Judgement]]:
    """Claims of one ground and judgements about some of them, one of which may be undone."""
    claims = list({c.id: c for c in draw(st.lists(_claims(), min_size=1, max_size=14))}.values())
    some = st.lists(st.sampled_from(claims), min_size=2, max_size=3)
    verdicts = st.sampled_from([SAME, DIFFERENT, REJECT])
    times = st.sampled_from(["2036-01-01T08:00:00Z", "2036-01-02T08:00:00Z"])
    made = [
        judged(draw(verdicts), *draw(some), made=draw(times)) for _ in range(draw(st.integers(0, 3)))
    ]  # fmt: skip
    return claims, made


_SLOW = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@_SLOW
@given(_grounds(), st.randoms(use_true_random=False))
def test_the_order_of_claims_and_judgements_changes_nothing(
    ground: tuple[list[Claim], list[Judgement]], random: st.DrawFn
) -> None:
    claims, judgements = ground
    first = settled(*claims, judgements=judgements)
    shuffled, turned = list(claims), list(judgements)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    random.shuffle(turned)  # type: ignore[attr-defined]
    assert settled(*shuffled, *claims[:2], judgements=turned) == first


@_SLOW
@given(_grounds())
def test_judgements_that_are_undone_leave_the_same_deals(ground: tuple[list[Claim], list[Judgement]]) -> None:
    claims, judgements = ground
    undone = [replace(judged(UNDO), about=(), undoes=j.id, made="2036-02-01T08:00:00Z") for j in judgements]
    assert settled(*claims, judgements=standing([*judgements, *undone])) == settled(*claims)


@_SLOW
@given(st.lists(_claims(), min_size=1, max_size=12), st.integers(1, 4))
def test_claims_of_other_grounds_change_nothing(claims: list[Claim], runs: int) -> None:
    """Settling each ground by itself, as claims come in, is settling all at once: a ground knows nothing of others."""
    elsewhere = [replace(c, recipient="TUR") for c in claims[:runs]]
    everything = [*claims, *elsewhere]
    grounds: dict[str, list[Claim]] = {}
    for claim in everything:
        grounds.setdefault(place(claim)[0], []).append(claim)
    at_once = {ground: settle(ground, held, published_of(everything)) for ground, held in grounds.items()}
    arrived: list[Claim] = []
    last = {}
    for claim in everything:
        arrived.append(claim)
        ground = place(claim)[0]
        last[ground] = settle(ground, [c for c in arrived if place(c)[0] == ground], published_of(arrived))
    assert last == at_once


@_SLOW
@given(_grounds())
def test_every_claim_has_one_key_and_every_question_is_about_two_deals(
    ground: tuple[list[Claim], list[Judgement]],
) -> None:
    claims, judgements = ground
    found = settled(*claims, judgements=judgements)
    keys = dict(found.keys)
    assert set(keys) == {c.id for c in claims}
    assert [c for c, _ in found.keys] == sorted(keys)
    assert all(one < other for one, other in found.ties)
    assert all(a.claim < b.claim for a, b in pairwise(found.questions))
    final = representatives(found.ties)
    for question in found.questions:
        for link in question.candidates:
            one, other = keys[link.one], keys[link.other]
            assert final.get(one, one) != final.get(other, other)


@_SLOW
@given(_grounds())
def test_nothing_that_forbids_it_is_in_one_deal(ground: tuple[list[Claim], list[Judgement]]) -> None:
    claims, _ = ground
    found = settled(*claims)
    for group in partition(claims, dict(found.keys), representatives(found.ties)):
        held = [claims[n] for n in group]
        assert len({c.supplier for c in held} - {None}) <= 1
        assert len({a.value for c in held for a in c.anchored("transmittal")}) <= 1
