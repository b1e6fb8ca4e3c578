"""Statements on one matter stand together, whatever their order."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from armsledger.deals.matters import matters, parties_of
from armsledger.model import DocumentId, Polarity, SpeakerKind, Statement, StatementTopic


def say(speaks_for: str | None, *parties: str, denied: bool = False, **slots: Any) -> Statement:
    told: dict[str, Any] = {"topic": StatementTopic.MEDIATION, "system": None, "start": 0} | slots
    return Statement(
        document=DocumentId("d"),
        end=told["start"] + 5,
        quote="words",
        speaker=f"office of {speaks_for}",
        speaker_kind=SpeakerKind.OFFICE,
        speaks_for=speaks_for,
        verb="said",
        polarity=Polarity.DENIED if denied else Polarity.AFFIRMED,
        parties=parties,
        date=None,
        anchors=(),
        reader="statements/1",
        **told,
    )


def test_a_denial_stands_beside_what_it_denies() -> None:
    claimed = say("USA", "IND", "PAK")
    denied = say("IND", "PAK", denied=True, start=9)
    (matter,) = matters([claimed, denied])
    assert matter.contested
    assert matter.parties == ("IND", "PAK", "USA")
    assert matter.of(Polarity.DENIED) == (denied,)
    assert matter.key == "mediation IND+PAK+USA"


def test_other_topics_and_other_pairs_stand_apart() -> None:
    given_ = [say("USA", "IND"), say("USA", "IRN"), say("USA", "IND", topic=StatementTopic.SANCTIONS)]
    assert len(matters(given_)) == 3


def test_one_party_joins_the_only_matter_that_has_it() -> None:
    assert len(matters([say("USA", "IND", "PAK"), say("IND", start=9)])) == 1
    assert len(matters([say("USA", "IND"), say("IND", "PAK", start=3), say("IND", start=9)])) == 3


def test_a_system_parts_and_joins() -> None:
    transfer = StatementTopic.TRANSFER
    sold = say("RUS", "TUR", system="s-400", topic=transfer)
    never = say("TUR", denied=True, system="s-400", topic=transfer, start=9)
    other = say("RUS", "TUR", system="su-35", topic=transfer, start=18)
    assert [m.systems for m in matters([sold, never, other])] == [("s-400",), ("su-35",)]


def test_who_speaks_counts_as_a_party() -> None:
    assert parties_of(say("USA", "PAK", "IND")) == ("IND", "PAK", "USA")


_STATEMENTS = st.builds(
    say,
    st.sampled_from(["USA", "IND", None]),
    st.sampled_from(["PAK", "IND", "TUR"]),
    st.sampled_from(["RUS", "USA"]),
    denied=st.booleans(),
    system=st.sampled_from([None, "s-400"]),
    start=st.integers(0, 30),
)


@given(st.lists(_STATEMENTS, max_size=9, unique_by=lambda s: s.id), st.randoms())
def test_every_statement_is_in_one_matter_and_order_changes_nothing(statements: list[Statement], chance: Any) -> None:
    made = matters(statements)
    assert sorted(s.id for m in made for s in m.statements) == sorted(s.id for s in statements)
    mixed = list(statements)
    chance.shuffle(mixed)
    assert {frozenset(m.statements) for m in matters(mixed)} == {frozenset(m.statements) for m in made}
