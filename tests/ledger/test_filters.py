"""The table of conditions: each row finds what it says, says what it finds, and is a field of ClaimFilter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import pytest

from armsledger.errors import InputError
from armsledger.ledger import CONDITIONS, ClaimFilter, Ledger
from armsledger.model import Certainty, Claim, DocumentKind, Polarity, Reading, SpeakerKind, Stage, Subject

from .made_up import RULES, claim, document, key_of
from .places import Places

NEWS = document(
    "Russia may sell S-400s to India. Ankara denied it. STRASSE und Straße.",
    "news.html",
    "2025-05-14",
    publisher="The Paper",
)
NOTICE = document("Turkey has requested 53 AIM-120C-8 missiles.", "notice.txt", "2025-06", kind=DocumentKind.NOTICE)
UNDATED = document("Pakistan received a shared contract.", "undated.txt", None)

OFFER = claim(
    NEWS,
    "Russia may sell S-400s to India",
    Stage.OFFERED,
    supplier="RUS",
    recipient="IND",
    item="S-400",
    system="s-400",
)
OFFER = replace(OFFER, certainty=Certainty.POSSIBLE)
DENIAL = replace(claim(NEWS, "Ankara denied it", supplier="TUR"), polarity=Polarity.DENIED)
DENIAL = replace(DENIAL, speaker="Ankara", speaker_kind=SpeakerKind.OFFICE)
STREET = claim(NEWS, "STRASSE und Straße", item="Straße 100%_x")
REQUEST = claim(NOTICE, "Turkey has requested 53 AIM-120C-8 missiles", Stage.REQUESTED, supplier="USA", recipient="TUR")
SHARED = replace(claim(UNDATED, "Pakistan received a shared contract", recipient="PAK"), subject=Subject.CONTRACT)
ALL = [OFFER, DENIAL, STREET, REQUEST, SHARED]


@pytest.fixture(scope="module")
def ledger(places: Places, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with Ledger.open(places.new(tmp_path_factory.mktemp("filters"))) as opened:
        opened.record(
            [
                Reading(UNDATED, claims=(SHARED,)),
                Reading(NOTICE, claims=(REQUEST,)),
                Reading(NEWS, claims=(STREET, DENIAL, OFFER)),
            ],
            RULES,
        )
        yield opened


FOUND: list[tuple[dict[str, str], list[Claim]]] = [
    ({}, ALL),
    ({"supplier": "RUS"}, [OFFER]),
    ({"supplier": "rus"}, []),  # codes match exactly
    ({"recipient": "TUR"}, [REQUEST]),
    ({"party": "TUR"}, [DENIAL, REQUEST]),  # either side
    ({"party": "TUR", "stage": "requested"}, [REQUEST]),
    ({"system": "s-400"}, [OFFER]),
    ({"item": "s-4"}, [OFFER]),  # part of the name, whatever the case
    ({"item": "STRASSE"}, [STREET]),  # ß as ss
    ({"item": "0%_"}, [STREET]),  # nothing in it is a wildcard
    ({"item": "%"}, [STREET]),
    ({"item": "_00"}, []),
    ({"stage": "offered"}, [OFFER]),
    ({"stage": Stage.OFFERED}, [OFFER]),
    ({"polarity": "denied"}, [DENIAL]),
    ({"certainty": "possible"}, [OFFER]),
    ({"speaker": "Ankara"}, [DENIAL]),
    ({"publisher": "The Paper"}, [OFFER, DENIAL, STREET]),
    ({"kind": "notice"}, [REQUEST]),
    ({"subject": "contract"}, [SHARED]),
    ({"document": NOTICE.id}, [REQUEST]),
    ({"document": "notice.txt"}, [REQUEST]),
    ({"document": "otice"}, []),
    ({"text": "india russia"}, [OFFER]),  # all words, any order
    ({"text": "india ankara"}, []),
    ({"since": "2025-05-14"}, [OFFER, DENIAL, STREET, REQUEST]),  # inclusive; the undated one is out
    ({"since": "2025-05-15"}, [REQUEST]),
    ({"since": "2025-06-01"}, [REQUEST]),
    ({"since": "2025-06-02"}, []),  # "June" may be the first of June
    ({"since": "2025"}, [OFFER, DENIAL, STREET, REQUEST]),
    ({"until": "2025-05-13"}, []),
    ({"until": "2025-05-14"}, [OFFER, DENIAL, STREET]),  # inclusive
    ({"until": "2025-06-29"}, [OFFER, DENIAL, STREET]),  # "June" may be the thirtieth
    ({"until": "2025-06-30"}, [OFFER, DENIAL, STREET, REQUEST]),
    ({"until": "2025-06"}, [OFFER, DENIAL, STREET, REQUEST]),
    ({"as_of": "2025-05"}, [OFFER, DENIAL, STREET]),
    ({"as_of": "2099"}, [OFFER, DENIAL, STREET, REQUEST]),
    ({"since": "2025-05-15", "until": "2025-12-31", "party": "USA"}, [REQUEST]),
]


@pytest.mark.parametrize(("asked", "found"), FOUND, ids=[str(asked) for asked, _ in FOUND])
def test_a_filter_finds(ledger: Ledger, asked: dict[str, str], found: list[Claim]) -> None:
    which = ClaimFilter(**asked)
    assert list(ledger.claims(which)) == found
    counted = {row.id: row.claims for row in ledger.documents(which)}
    for source in {one.document for one in found}:
        assert counted[source] == sum(one.document == source for one in found)
    assert list(ledger.keys(which)) == sorted({key_of(one) for one in found})


SAID = [
    ({}, "all claims"),
    ({"recipient": "PAK", "as_of": "2025-10-01"}, "claims where recipient is PAK, as of 2025-10-01"),
    ({"as_of": "2025"}, "all claims, as of 2025"),
    ({"party": "IND", "stage": "ordered"}, "claims where supplier or recipient is IND and stage is ordered"),
    (
        {"since": "2025", "item": "S-400"},
        "claims where item contains “S-400” and published on or after 2025 (documents without a certain date left out)",
    ),
    ({"text": "{0} {}"}, "claims where quote has the words “{0} {}”"),
]


@pytest.mark.parametrize(("asked", "sentence"), SAID, ids=[sentence for _, sentence in SAID])
def test_a_filter_says(asked: dict[str, str], sentence: str) -> None:
    assert ClaimFilter(**asked).sentence() == sentence


LEFT_OUT: list[tuple[dict[str, str], tuple[int, int]]] = [
    ({}, (0, 0)),
    ({"recipient": "PAK"}, (0, 0)),  # no date is asked
    ({"since": "2020"}, (1, 1)),  # the undated one
    ({"as_of": "2025-06-15"}, (2, 2)),  # and that of "June"
    ({"as_of": "2025-05"}, (1, 1)),
    ({"as_of": "2025-06-15", "recipient": "PAK"}, (1, 1)),
    ({"as_of": "2025-06-15", "recipient": "IND"}, (0, 0)),
    ({"since": "2025-06-10", "until": "2025-06-20"}, (2, 2)),
    ({"until": "2025", "kind": "notice"}, (0, 0)),
]


@pytest.mark.parametrize(("asked", "counted"), LEFT_OUT, ids=[str(asked) for asked, _ in LEFT_OUT])
def test_what_a_date_filter_left_out_is_counted(
    ledger: Ledger, asked: dict[str, str], counted: tuple[int, int]
) -> None:
    left_out = ledger.left_out(ClaimFilter(**asked))
    assert (left_out.documents, left_out.claims) == counted


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        ({"stage": "orderd"}, "one of: considered, requested"),
        ({"kind": "page"}, "notice, contracts, news"),
        ({"since": "May"}, "not a date"),
        ({"as_of": "2025-02-30"}, "day is out of range"),
        ({"until": "9999-12-31"}, "date value out of range"),
    ],
)
def test_a_value_that_can_never_match_is_an_error(asked: dict[str, Any], problem: str) -> None:
    with pytest.raises(InputError, match=problem) as caught:
        ClaimFilter(**asked)
    assert caught.value.source == next(iter(asked))


def test_the_table_and_the_fields_agree() -> None:
    assert [condition.key for condition in CONDITIONS] == [field.name for field in fields(ClaimFilter)]
    for condition in CONDITIONS:
        assert f":{condition.key}" in condition.sql
        assert "{}" in condition.english


def test_every_condition_has_an_example() -> None:
    assert {key for asked, _ in FOUND for key in asked} == {condition.key for condition in CONDITIONS}


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda condition: condition.key)
def test_hostile_values_are_only_values(ledger: Ledger, condition: Any) -> None:
    if condition.choices is None and not condition.possible:
        for hostile in ("' OR 1=1 --", "%", ":x", "\0", "\ud800", "x" * 100_000, ""):
            list(ledger.claims(ClaimFilter(**{condition.key: hostile})))
