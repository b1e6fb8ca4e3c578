"""Chains: which leg follows which, what state each is in, and who has a part in them.

The sales, dates and words are invented; systems have their states of origin by the lexicon.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsledger.deals.chains import Chain, LegState, chains, origins
from armsledger.deals.roles import RoleKind
from armsledger.model import Claim, DealId, SpeakerKind, Stage

from .made_up import dates, said


def _s400(stage: str, sides: str, document: str, by: str = "Example Wire", words: str = "", **more: object) -> Claim:
    return said(stage, document, by, sides=sides, system="s-400", item="S-400", words=words, **more)  # type: ignore[arg-type]


def _chains(*claims: Claim) -> tuple[Chain, ...]:
    """The chains of deals of one claim each."""
    return chains(((DealId(f"d{n}"), [claim]) for n, claim in enumerate(claims)), dates(claims))


def _told(found: Sequence[Chain]) -> list[list[str]]:
    """Each leg as ``RUS TUR done``, with the number of the leg that it follows."""
    return [
        [
            f"{leg.supplier} {leg.recipient or '-'} {leg.word}" + ("" if leg.after is None else f" < {leg.after + 1}")
            for leg in chain.legs
        ]
        for chain in found
    ]


_SOLD = _s400("delivered", "RUS TUR", "2031-08-06 a", date="2024")
_BACK = _s400("offered", "TUR RUS", "2031-08-06 a", certainty="possible", words="wants to buy them back", at=100)
_ON = _s400("considered", "RUS IND", "2031-08-06 a", certainty="possible", words="They could be resold.", at=200)
_DENIED = _s400(
    "negotiated", "TUR RUS", "2031-08-13 b", "an official", kind=SpeakerKind.OFFICE, denied=True, words="No talks."
)


# -- the third of the three cases -------------------------------------------------------------------------


def test_a_rumour_has_legs() -> None:
    assert _told(_chains(_SOLD, _BACK, _ON)) == [
        ["RUS TUR done", "TUR RUS possible < 1", "RUS IND possible < 2"],
    ]


def test_a_denial_contests_its_leg_and_no_other() -> None:
    (chain,) = _chains(_SOLD, _BACK, _ON, _DENIED)
    assert [leg.word for leg in chain.legs] == ["done", "possible, contested", "possible"]
    assert chain.legs[1].deals == ("d1", "d3")


def test_an_older_order_of_new_ones_is_no_leg_of_the_resale() -> None:
    """He who takes it back is its maker, and has sold others to the same buyer."""
    order = _s400("ordered", "RUS IND", "2028-10-05 c", date="2028-10-05")
    done = _s400("delivered", "RUS IND", "2031-08-06 a", words="Three of five were delivered.", at=300)
    (chain,) = _chains(_SOLD, _BACK, _ON, order, done)
    assert _told([chain]) == [["RUS TUR done", "TUR RUS possible < 1", "RUS IND possible < 2"]]
    assert [t.claim for t in chain.legs[2].told] == [_ON]
    assert _told(_chains(_SOLD, _BACK, order)) == [["RUS TUR done", "TUR RUS possible < 1"]]


def test_a_resale_to_nobody_named_is_a_leg_as_well() -> None:
    open_ = _s400("considered", "RUS -", "2031-08-06 a", certainty="possible", words="to resell them to others", at=400)
    (chain,) = _chains(_SOLD, _BACK, _ON, open_)
    assert _told([chain]) == [
        ["RUS TUR done", "TUR RUS possible < 1", "RUS - possible < 2", "RUS IND possible < 2"],
    ]
    assert [[leg.recipient for leg in path] for path in chain.paths()] == [["TUR", "RUS", None], ["TUR", "RUS", "IND"]]


# -- what follows what ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "two", "follows"),
    [
        # dates: not certain to have come before
        (("delivered", "2010", "2031-01-01 a"), ("delivered", "2012", "2031-01-01 a"), True),
        (("delivered", "2010", "2031-01-01 a"), ("delivered", "2008", "2031-01-01 a"), False),
        (("delivered", "2010", "2031-01-01 a"), ("delivered", "2010", "2031-01-01 a"), True),
        (("delivered", "2010-06", "2031-01-01 a"), ("delivered", "2010", "2031-01-01 a"), True),
        (("delivered", None, "2031-01-01 a"), ("delivered", "2008", "2031-01-01 a"), True),
        (("delivered", "2010", "2031-01-01 a"), ("delivered", None, "2031-01-01 a"), True),
        # what was published before the first leg was done, or while it was not, came before it
        (("delivered", "2010", "2031-01-01 a"), ("delivered", None, "2009-05-05 b"), False),
        (("approved", "2031-01-01", "2031-01-01 a"), ("delivered", None, "2009-05-05 b"), False),
        # approved or ordered may have been delivered since: not told is not undone
        (("ordered", "2010", "2010-05-05 a"), ("delivered", "2020", "2031-01-01 b"), True),
        # nobody passes on what is only spoken of
        (("negotiated", None, "2010-05-05 a"), ("delivered", "2020", "2031-01-01 b"), False),
        (("negotiated", None, "2010-05-05 a"), ("considered", None, "2031-01-01 b"), True),
    ],
)
def test_a_leg_follows_unless_it_is_certain_to_have_come_before(
    one: tuple[str, str | None, str], two: tuple[str, str | None, str], follows: bool
) -> None:
    first = said(one[0], one[2], sides="USA NLD", system="f-16", item="F-16", date=one[1])
    then = said(two[0], two[2], sides="NLD UKR", system="f-16", item="F-16", date=two[1], at=99)
    assert bool(_chains(first, then)) is follows


@pytest.mark.parametrize(
    ("then", "why"),
    [
        (said("delivered", sides="NLD UKR", system="leopard-2", item="Leopard 2"), "another system"),
        (said("delivered", sides="DNK UKR", system="f-16", item="F-16"), "another supplier"),
        (said("delivered", sides="NLD USA", system=None, item="boat"), "no known system"),
        (said("delivered", sides="- UKR", system="f-16", item="F-16"), "no supplier"),
    ],
)
def test_what_does_not_follow(then: Claim, why: str) -> None:
    assert _chains(said("delivered", sides="USA NLD", system="f-16", item="F-16"), then) == (), why


def test_two_that_turn_each_other_round_begin_with_the_state_of_origin() -> None:
    there = said("delivered", sides="USA NLD", system="f-16", item="F-16")
    back = said("delivered", sides="NLD USA", system="f-16", item="F-16", at=50)
    assert _told(_chains(back, there)) == [["USA NLD done", "NLD USA done < 1"]]


def test_a_circle_of_others_is_told_once() -> None:
    ring = [
        said("delivered", "2031-01-01 a", sides=f"{one} {two}", system="f-16", item="F-16", at=50 * n)
        for n, (one, two) in enumerate([("NLD", "DNK"), ("DNK", "NOR"), ("NOR", "NLD")])
    ]
    (chain,) = _chains(*ring)
    assert len(chain.legs) == 3


# -- parts ------------------------------------------------------------------------------------------------


def test_he_who_passes_on_what_he_did_not_make_is_its_re_exporter() -> None:
    first = said("approved", by="notice", sides="USA TUR", date="2031-05-14")
    fear = said("considered", "2031-05-15 b", sides="TUR PAK", certainty="possible")
    (chain,) = _chains(first, fear)
    assert [[(r.kind, r.party) for r in leg.roles] for leg in chain.legs] == [[], [(RoleKind.RE_EXPORTER, "TUR")]]
    assert chain.legs[1].because == "TUR is the recipient of the leg before, and not its state of origin (USA)"
    assert [leg.state for leg in chain.legs] == [LegState.IN_PROGRESS, LegState.POSSIBLE]


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("Norway ordered six boats, financed by a loan from Japan.", [("financier", "JPN")]),
        ("The boats were paid for by Saudi Arabia.", [("financier", "SAU")]),
        ("Saudi Arabia has paid for the boats that Norway got.", [("financier", "SAU")]),
        ("Boats reached Norway via Romania.", [("transit", "ROU")]),
        ("Boats were shipped to Norway through Poland.", [("transit", "POL")]),
        ("Egypt re-exported the boats to Norway.", [("re-exporter", "EGY")]),
        ("Financed by Japan, they went via Romania.", [("financier", "JPN"), ("transit", "ROU")]),
        # the buyer who pays for himself, a side that they pass anyway, and mere mentions have no part
        ("Norway paid for the boats.", []),
        ("Boats were sent through the United States.", []),
        ("Japan and Saudi Arabia said that Norway has paid.", []),
        ("Norway looked through offers of Poland.", []),
    ],
)
def test_parts_only_where_the_words_say_so(words: str, parts: list[tuple[str, str]]) -> None:
    from armsledger.deals.bearing import tell
    from armsledger.deals.roles import roles

    claim = said("delivered", words=words, at=7)
    found = roles(tell([claim], dates([claim])))
    assert [(str(r.kind), r.party) for r in found] == parts
    assert all(words[r.start - 7 : r.end - 7] in ("Japan", "Saudi Arabia", "Romania", "Poland", "Egypt") for r in found)
    denied = said("delivered", words=words, denied=True)
    assert roles(tell([denied], dates([denied]))) == ()


def test_the_lexicon_tells_where_systems_are_from() -> None:
    assert origins("s-400") == ("RUS",)
    assert origins("no such system") == ()


# -- laws -------------------------------------------------------------------------------------------------

_PARTIES = ["RUS", "TUR", "IND", "PAK", "-"]
_ANY = st.lists(
    st.builds(
        _s400,
        st.sampled_from([str(s) for s in Stage]),
        st.tuples(st.sampled_from(_PARTIES), st.sampled_from(_PARTIES)).map(" ".join),
        st.sampled_from(["2030-01-01 a", "2031-04-02 b", "undated c"]),
        words=st.sampled_from(["", "They are to be resold.", "They were returned."]),
        certainty=st.sampled_from(["certain", "possible"]),
        denied=st.booleans(),
        date=st.none() | st.sampled_from(["2020", "2025", "2033"]),
    ),
    max_size=9,
)


@given(_ANY)
def test_a_leg_begins_where_the_one_before_it_ends(claims: list[Claim]) -> None:
    rank = list(LegState)
    for chain in _chains(*claims):
        assert len(chain.legs) > 1
        assert len({(leg.supplier, leg.recipient) for leg in chain.legs}) == len(chain.legs)
        for n, leg in enumerate(chain.legs):
            assert leg.told
            assert leg.deals
            if leg.after is None:
                assert n == 0
                continue
            before = chain.legs[leg.after]
            assert leg.after < n
            assert before.recipient == leg.supplier
            if before.state in (LegState.POSSIBLE, LegState.DENIED):
                assert rank.index(leg.state) >= rank.index(LegState.POSSIBLE)


@given(_ANY, st.randoms(use_true_random=False))
def test_the_order_of_deals_changes_nothing(claims: list[Claim], shuffle: object) -> None:
    given_deals = [(DealId(f"d{c.id}"), [c]) for c in claims]
    turned = list(given_deals)
    shuffle.shuffle(turned)  # type: ignore[attr-defined]
    assert chains(turned, dates(claims)) == chains(given_deals, dates(claims))
