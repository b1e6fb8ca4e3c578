"""A timeline: what stands on which day, what happened apart from what was told, and what is around a deal.

Everything told here is invented.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsledger.deals.life import life
from armsledger.deals.timeline import occurrences_around, statements_around, timeline
from armsledger.model import (
    Certainty,
    Claim,
    DateInterval,
    DocumentId,
    Occurrence,
    Polarity,
    SpeakerKind,
    Stage,
    Statement,
    StatementTopic,
)

from .made_up import dates, said

_PUBLISHED: dict[DocumentId, str | None] = {
    DocumentId(name): None if name.startswith("undated") else name.split(" ")[0]
    for name in ("2031-04-02 a", "2031-05-01 b", "2033-01-01 c", "undated d", "2031-04-20 s")
}


def _statement(
    document: str = "2031-04-20 s",
    *,
    topic: str = "transfer",
    denied: bool = False,
    parties: tuple[str, ...] = ("NOR", "USA"),
    system: str | None = None,
    speaks_for: str | None = None,
    date: str | None = None,
    at: int = 0,
) -> Statement:
    polarity = Polarity.DENIED if denied else Polarity.AFFIRMED
    return Statement(
        document=DocumentId(document),
        start=at,
        end=at + 5,
        quote="words",
        speaker="embassy",
        speaker_kind=SpeakerKind.OFFICE,
        speaks_for=speaks_for,
        verb="said",
        topic=StatementTopic(topic),
        polarity=polarity,
        parties=parties,
        system=system,
        date=DateInterval(date) if date else None,
        anchors=(),
        reader="news/1",
    )


def _event(date: str, *parties: str, document: str = "2031-04-20 s", kind: str = "visit") -> Occurrence:
    return Occurrence(DocumentId(document), 0, 5, "words", kind, DateInterval(date), tuple(sorted(parties)), ())


# -- where things stand -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "on", "day", "speaks_of"),
    [
        (said("delivered", date="2024"), "happened", "2024", None),
        (said("delivered"), "told", "2031-04-02", None),
        (said("delivered", "undated d"), "told", None, None),
        (said("delivered", "undated d", date="2024"), "happened", "2024", None),
        # what is possible, denied or still to come does not stand on the day that it speaks of
        (said("delivered", certainty="possible", date="2024"), "told", "2031-04-02", "2024"),
        (said("delivered", denied=True, date="2024"), "told", "2031-04-02", "2024"),
        (said("delivered", date="2035"), "told", "2031-04-02", "2035"),
        (said("ordered", date="2035"), "told", "2031-04-02", "2035"),
    ],
)
def test_what_happened_is_apart_from_what_was_told(
    claim: Claim, on: str, day: str | None, speaks_of: str | None
) -> None:
    (entry,) = timeline(life([claim], dates([claim])), [], [], _PUBLISHED)
    assert (str(entry.on), entry.day and entry.day.iso, entry.speaks_of and entry.speaks_of.iso) == (on, day, speaks_of)
    assert entry.told == _PUBLISHED[claim.document]


def test_claims_statements_and_events_stand_by_day() -> None:
    claims = [
        said("approved", by="notice", date="2031-04-02"),
        said("ordered", "2031-05-01 b", certainty="possible"),
        said("ordered", "undated d", certainty="possible"),
    ]
    found = timeline(
        life(claims, dates(claims)),
        [_statement(denied=True), _statement("2031-05-01 b")],
        [_event("2031-04-15", "NOR"), _event("2031-04-20", "NOR")],
        _PUBLISHED,
    )
    assert [(entry.day and entry.day.iso, str(entry.on), str(entry.kind)) for entry in found] == [
        ("2031-04-02", "happened", "claim"),
        ("2031-04-15", "happened", "event"),
        ("2031-04-20", "happened", "event"),
        ("2031-04-20", "told", "statement"),
        ("2031-05-01", "told", "claim"),
        ("2031-05-01", "told", "statement"),
        (None, "told", "claim"),
    ]
    assert [entry.contested for entry in found] == [False, False, False, True, False, True, False]


def test_contested_claims_are_marked_on_both_sides() -> None:
    claims = [
        said("approved", by="notice"),
        said("ordered", certainty="possible", at=99),
        said("ordered", "2031-05-01 b", "ministry", denied=True),
    ]
    found = timeline(life(claims, dates(claims)), [], [], _PUBLISHED)
    assert [(e.what, e.contested, e.denied) for e in found] == [
        ("approved", False, False),
        ("possibly ordered", True, False),
        ("ordered: denied", True, True),
    ]


# -- what is around a deal --------------------------------------------------------------------------------

_DEAL = [said("approved", by="notice", date="2031-04-02")]  # USA NOR, aim-120


@pytest.mark.parametrize(
    ("statement", "is_around"),
    [
        (_statement(), True),
        (_statement(parties=("NOR",), speaks_for="USA"), True),
        (_statement(topic="mediation"), False),
        (_statement(parties=("NOR",)), False),
        (_statement(parties=("NOR",), document="2031-04-02 a"), True),
        (_statement(parties=("NOR",), document="2031-04-02 a", topic="mediation"), False),
        (_statement(parties=("NOR",), system="aim-120"), True),
        (_statement(parties=("NOR",), system="aim-120", topic="system"), True),
        (_statement(parties=("NOR", "USA"), system="s-400"), False),
        (_statement(parties=("IND",), system="aim-120"), False),
    ],
)
def test_which_statements_are_around_a_deal(statement: Statement, is_around: bool) -> None:
    assert statements_around(_DEAL, [statement]) == ((statement,) if is_around else ())


def test_who_contradicts_a_statement_comes_with_it() -> None:
    one = _statement(parties=("NOR", "SWE"), system="aim-120")
    other = _statement(parties=("NOR", "SWE"), system="aim-120", denied=True, at=9)
    apart = _statement(parties=("DNK", "SWE"), denied=True, at=20)
    assert statements_around(_DEAL, [other, apart, one]) == (other, one)


@pytest.mark.parametrize(
    ("event", "is_around"),
    [
        (_event("2031-04-15", "NOR"), True),
        (_event("2031-04-15", "USA"), False),
        (_event("2031-04-15", "USA", "NOR"), True),
        (_event("2031-04-15", "USA", document="2031-04-02 a"), True),
        (_event("2001-04-15", "USA", document="2031-04-02 a"), True),
        (_event("2031-04-15", "SWE", document="2031-04-02 a"), False),
        (_event("2029-04-15", "NOR"), False),
        (_event("2031-09-28", "NOR"), True),
        (_event("2031-10-15", "NOR"), False),
    ],
)
def test_which_events_are_around_a_deal(event: Occurrence, is_around: bool) -> None:
    assert occurrences_around(_DEAL, [event], _PUBLISHED) == ((event,) if is_around else ())


def test_a_deal_without_any_day_has_the_events_of_its_own_documents() -> None:
    deal = [said("approved", "undated d")]
    own, other = _event("2031-04-15", "NOR", document="undated d"), _event("2031-04-15", "NOR")
    assert occurrences_around(deal, [own, other], _PUBLISHED) == (own,)
    far = [said("approved", date="9998")]
    assert occurrences_around(far, [_event("9998", "NOR")], _PUBLISHED)


# -- laws -------------------------------------------------------------------------------------------------

_CLAIMS = st.lists(
    st.builds(
        said,
        st.sampled_from([str(s) for s in Stage]),
        st.sampled_from(["2031-04-02 a", "2031-05-01 b", "2033-01-01 c", "undated d"]),
        denied=st.booleans(),
        certainty=st.sampled_from([str(c) for c in Certainty]),
        date=st.none() | st.sampled_from(["2024", "2031-04-02", "2040"]),
        at=st.integers(0, 2),
    ),
    max_size=6,
)
_STATEMENTS = st.lists(
    st.builds(
        _statement,
        st.sampled_from(["2031-04-20 s", "undated d"]),
        denied=st.booleans(),
        date=st.none() | st.just("2040"),
        at=st.integers(0, 3),
    ),
    max_size=4,
)
_EVENTS = st.lists(st.builds(_event, st.sampled_from(["2031", "2031-04-02", "2040"]), st.just("NOR")), max_size=3)


@given(_CLAIMS, _STATEMENTS, _EVENTS, st.randoms(use_true_random=False))
def test_order_means_nothing_and_nothing_is_lost(
    claims: list[Claim], statements: list[Statement], events: list[Occurrence], shuffle: object
) -> None:
    found = timeline(life(claims, _PUBLISHED), statements, events, _PUBLISHED)
    for given_things in (claims, statements, events):
        shuffle.shuffle(given_things)  # type: ignore[attr-defined]
    assert timeline(life(claims, _PUBLISHED), statements, events, _PUBLISHED) == found
    given_ids = {c.id for c in claims} | {s.id for s in statements} | {o.id for o in events}
    assert {e.id for e in found} == given_ids
    days = [e.day.first for e in found if e.day]
    assert days == sorted(days)
    assert all(e.day is None for e in found[len(days) :])
    for entry in found:
        if entry.on == "told" and entry.day:
            assert entry.day.iso == entry.told
