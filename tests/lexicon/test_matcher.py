"""The matcher's own rules on a small made-up lexicon, and on the names that mislead in the real one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsledger.lexicon.matcher import Matcher, Name, NameKind, matcher, spell

SMALL = {
    "Oman": Name("OMN", NameKind.PARTY),
    "Omani": Name("OMN", NameKind.DEMONYM),
    "Georgia": Name("GEO", NameKind.PARTY),
    "Georgia Tech": Name("", NameKind.NOTHING),
    "Turkey": Name("TUR", NameKind.PARTY),
    "Turkey sandwich": Name("", NameKind.NOTHING),
    "S-300": Name("s-300", NameKind.SYSTEM),
    "S-300PMU": Name("s-300", NameKind.SYSTEM, variant="S-300PMU"),
    "Hawk": Name("hawk", NameKind.SYSTEM, weak=True),
    "Washington": Name("USA", NameKind.SEAT, weak=True),
    "Washington Post": Name("washington-post", NameKind.OUTLET),
}


def small() -> Matcher:
    rows = [(form, name) for spelled, name in SMALL.items() for form in spell(spelled)]
    return Matcher([*rows, ("Washington Post", Name("", NameKind.NOTHING))])


def found(text: str, of: Matcher | None = None) -> list[tuple[str, str]]:
    return [(text[m.start : m.end], m.names[0].entry) for m in (of or small()).find(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # a name between boundaries
        ("from Oman to Georgia.", [("Oman", "OMN"), ("Georgia", "GEO")]),
        # inside a word it is none
        ("Romania, Omanis1, Georgiana", []),
        # the longest name wins, and what hides a name is no name
        ("Georgia Tech in Georgia", [("Georgia", "GEO")]),
        ("a Turkey sandwich for Turkey", [("Turkey", "TUR")]),
        # a longer name that fails its boundary can hide a shorter one that holds
        ("Omani-led and Oman-Iran", [("Omani", "OMN"), ("Oman", "OMN")]),
        ("S-300PMUX has no S-300 in it", [("S-300", "s-300")]),
        # plural and possessive endings stay outside the span
        ("two Hawks, Turkey's and Hawk\u2019s", [("Hawk", "hawk"), ("Turkey", "TUR"), ("Hawk", "hawk")]),
        # capitals
        ("TURKEY AND GEORGIA", [("TURKEY", "TUR"), ("GEORGIA", "GEO")]),
        # small letters are other words
        ("a turkey and a hawk", []),
        # hyphen, blank and nothing are interchangeable in a designator of more than one letter only with a hyphen or none
        ("S300 and S-300", [("S300", "s-300"), ("S-300", "s-300")]),
        # a designator that goes on with a number is another one
        ("S-300-1 and S-300.5", []),
        ("S-300 - 1", [("S-300", "s-300")]),
        # a string that hides a name can be another entry's own name
        ("the Washington Post", [("Washington Post", "washington-post")]),
        # accents and underscores
        ("_Oman_ ÖOman", []),
    ],
)
def test_names_are_found(text: str, names: list[tuple[str, str]]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("AIM-120", ["AIM-120", "AIM120", "AIM 120"]),
        ("F-16", ["F-16", "F16"]),
        ("Akıncı", ["Akıncı", "AKINCI"]),
        ("Gripen", ["Gripen", "GRIPEN"]),
        ("Türkiye", ["Türkiye", "Turkiye", "TÜRKIYE", "TURKIYE"]),
    ],
)
def test_spellings(name: str, forms: list[str]) -> None:
    spelled = list(spell(name))
    assert spelled[0] == name
    assert set(forms) <= set(spelled)


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        # places in the United States and the states that they are taken for
        ("Indiana, Indianapolis and India", ["IND"]),
        ("Georgia Tech Research Institute", []),
        ("New Jersey and New Mexico", []),
        ("Turkey sandwich", []),
        # a state's forces
        ("the Royal Saudi Land Forces", ["SAU"]),
        ("Republic of Korea Navy", ["KOR"]),
        # a name inside a longer one
        ("Guinea-Bissau and Equatorial Guinea", ["GNB", "GNQ"]),
        ("the Democratic Republic of the Congo", ["COD"]),
        ("South Sudan", ["SSD"]),
    ],
)
def test_parties_that_mislead(text: str, parties: list[str]) -> None:
    kinds = {NameKind.PARTY, NameKind.DEMONYM, NameKind.PEOPLE, NameKind.SERVICE}
    got = [n.entry for m in matcher().find(text) if (n := m.of(*kinds)) and not n.weak]
    assert got == parties


def test_nato_is_not_the_buyer_of_the_missile_named_after_it() -> None:
    names = list(matcher().find("the NATO Seasparrow consortium and the NATO Seasparrow missile"))
    systems = [m.of(NameKind.SYSTEM) for m in names]
    assert {n.entry for n in systems if n} == {"sea-sparrow"}
    assert not any(m.of(NameKind.PARTY) for m in names)


@given(st.text("OmanGeorgi Tchky-S30PMUsandw'\u2019.,_1", max_size=60))
def test_mentions_are_bounded_ordered_and_apart(text: str) -> None:
    reach = 0
    for mention in small().find(text):
        assert reach <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] in {form for name in SMALL for form in spell(name)}
        assert not mention.start or not text[mention.start - 1].isalnum()
        reach = mention.end


@given(st.lists(st.sampled_from(["Oman", "Georgia", "Turkey", "S-300"]), max_size=6))
def test_names_with_blanks_between_are_all_found(names: list[str]) -> None:
    assert [text for text, _ in found(" ; ".join(names))] == names


def test_an_ambiguous_name_means_nothing_by_itself() -> None:
    two = Matcher([("Falcon", Name("a", NameKind.SYSTEM)), ("Falcon", Name("b", NameKind.SYSTEM))])
    (mention,) = two.find("a Falcon")
    assert mention.of(NameKind.SYSTEM) is None
    assert [n.entry for n in mention.names] == ["a", "b"]


def test_a_strong_meaning_goes_before_a_weak_one() -> None:
    two = Matcher([("Hawk", Name("weak", NameKind.SYSTEM, weak=True)), ("Hawk", Name("strong", NameKind.SYSTEM))])
    (mention,) = two.find("a Hawk")
    assert (mention.of(NameKind.SYSTEM) or Name("", NameKind.NOTHING)).entry == "strong"
