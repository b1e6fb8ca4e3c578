"""Boundaries, case, weak and hidden names; an independent judge; and every spelling of the shipped lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armsledger.lexicon.entries import Lexicon, OutletEntry, PartyEntry, SystemEntry
from armsledger.lexicon.matcher import Matcher, Mention, Name, NameKind, lexicon, matcher, spell, spellings


def _told(text: str) -> list[str]:
    """What the shipped matcher finds, as words."""
    return [text[m.start : m.end] for m in matcher().find(text)]


# -- boundaries and case ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["xNATO", "NATOx", "NATO1", "1NATO", "_NATO", "NATO_", "\u00e9NATO", "NATO\u00e9", "Turkeyish", "MQ-9B_x"]
)
def test_no_name_is_found_inside_a_word(text: str) -> None:
    assert _told(text) == []


@pytest.mark.parametrize("text", ["S-400-5", "S-400.5", "S-4001"])
def test_no_designator_is_found_inside_a_longer_number(text: str) -> None:
    assert _told(text) == []


@pytest.mark.parametrize("left", ["", " ", "(", "\u201c", "-", "/", "\n", "\u2014"])
@pytest.mark.parametrize("right", ["", " ", ")", "\u201d", "/", "\n", ",", ".", "'s", "\u2019s", "s", "s."])
def test_signs_and_endings_bound_a_name(left: str, right: str) -> None:
    assert _told(f"{left}NATO{right}") == ["NATO"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("TURKEY", ["TURKEY"]),
        ("Turkey", ["Turkey"]),
        ("turkey", []),  # a bird
        ("nato", []),
        ("hawk", []),
        ("AIM120, AIM 120, AIM-120", ["AIM120", "AIM 120", "AIM-120"]),
        ("aim-120", []),
    ],
)
def test_a_name_counts_in_its_own_case_or_in_capitals(text: str, found: list[str]) -> None:
    assert _told(text) == found


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Lamp-on", ["Lamp-on", "LAMP-ON"]),
        ("Türkiye", ["Türkiye", "Turkiye", "TÜRKIYE", "TURKIYE"]),
        ("Oman", ["Oman", "OMAN"]),
        ("Lao", ["Lao"]),
    ],
)
def test_the_spellings_of_a_name(name: str, forms: list[str]) -> None:
    assert list(spell(name)) == forms


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the Republic of Turkey said", ["Republic of Turkey"]),
        ("the F-16 Block 70 and the F-16", ["F-16 Block 70", "F-16"]),
        ("F-16 Block 70x", ["F-16"]),  # the longer name fails and the shorter one in it holds
        ("the Royal Saudi Air Force and the Saudis", ["Royal Saudi Air Force", "Saudis"]),
    ],
)
def test_the_longest_name_that_holds_wins(text: str, found: list[str]) -> None:
    assert _told(text) == found


# -- weak names and what hides names ----------------------------------------------------------------------

_SMALL = Lexicon(
    parties=(
        PartyEntry("LMP", "state", "Lampland", "invented", names=("Lamp",), weak=("Lamp", "Glow"), not_=("Lamp Post",)),
        PartyEntry("QTS", "state", "Quoits", "invented", demonyms=("Quoitish",)),
    ),
    systems=(SystemEntry("lamp-1", "Lamp-1", "lamp", "lamp", "invented", names=("Lamp-1",), weak=("Glow",)),),
    makers=(),
    offices=(),
    outlets=(OutletEntry("quoit-post", "Quoit Post", "QTS", "paper", "invented", not_=("Quoits Today",)),),
    currencies=(),
)


def _small(text: str, *kinds: NameKind) -> list[tuple[str, tuple[Name, ...]]]:
    made = Matcher(spellings(_SMALL, frozenset(kinds or NameKind)))
    return [(text[m.start : m.end], m.names) for m in made.find(text)]


def test_a_weak_name_is_flagged_and_a_strong_one_is_not() -> None:
    assert _small("Lamp of Lampland") == [
        ("Lamp", (Name("LMP", NameKind.PARTY, weak=True),)),
        ("Lampland", (Name("LMP", NameKind.PARTY),)),
    ]


def test_a_mention_has_every_meaning_and_tells_one_only_where_there_is_one() -> None:
    (found,) = Matcher(spellings(_SMALL)).find("Glow")
    assert {(n.entry, n.weak) for n in found.names} == {("LMP", True), ("lamp-1", True)}
    assert found.of(NameKind.PARTY, NameKind.SYSTEM) is None
    assert found.of(NameKind.PARTY) == Name("LMP", NameKind.PARTY, weak=True)
    assert found.of(NameKind.MAKER) is None


def test_a_longer_string_hides_a_name_and_is_no_mention() -> None:
    assert _small("the Lamp Post of Quoits Today, and Quoits") == [("Quoits", (Name("QTS", NameKind.PARTY),))]


def test_what_hides_one_name_can_be_another_entrys_name() -> None:
    made = Matcher([("Lamp Post", Name("", NameKind.NOTHING)), ("Lamp Post", Name("paper", NameKind.OUTLET))])
    (found,) = made.find("the Lamp Post")
    assert found.names == (Name("paper", NameKind.OUTLET),)


def test_only_the_kinds_asked_for_are_found() -> None:
    assert [words for words, _ in _small("Quoitish Lamp-1 of Quoits", NameKind.SYSTEM)] == ["Lamp-1"]
    assert [words for words, _ in _small("Quoitish Lamp-1 of Quoits", NameKind.DEMONYM)] == ["Quoitish"]


# -- an independent judge ---------------------------------------------------------------------------------

_TABLE = tuple("Oman|Omani Navy|Navy|Navy of Oman|NATO|F-16|F-16 Block 70|Block|S-400|US|US Navy".split("|"))


def _stands(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` stands as a word or a whole number, written anew from the rules."""
    behind = text[end:]
    if re.search(r"\w\Z", text[:start]):
        return False
    if re.match(r"s(?![^\W_])", behind):
        return True
    return not re.match(r"\w", behind) and not (text[end - 1].isdigit() and re.match(r"[-.]\d", behind))


def _naively(text: str) -> Iterator[tuple[int, int]]:
    """At each place the longest spelling that stands there; no automaton."""
    at = 0
    while at < len(text):
        ends = [at + len(s) for s in _TABLE if text.startswith(s, at) and _stands(text, at, at + len(s))]
        if ends:
            yield at, max(ends)
        at = max(ends, default=at + 1)


@cache
def _of_the_table() -> Matcher:
    return Matcher((s, Name(s, NameKind.PARTY)) for s in _TABLE)


@settings(max_examples=300)
@given(
    names=st.lists(st.tuples(st.sampled_from(_TABLE), st.sampled_from(["", "s", "'s", "'s."]))),
    between=st.sampled_from([" ", ", ", "\n", " (", "/", " -- "]),
)
def test_a_naive_search_finds_the_same_names_where_words_are_whole(names: list[tuple[str, str]], between: str) -> None:
    text = between.join(name + ending for name, ending in names)
    assert [(m.start, m.end) for m in _of_the_table().find(text)] == list(_naively(text))


@settings(max_examples=300)
@given(pieces=st.lists(st.sampled_from([*_TABLE, " ", "s", "x", "-", "i", "1", ".", "_", " of "]), max_size=10))
def test_in_any_text_a_found_name_stands_bounded_and_none_overlap(pieces: list[str]) -> None:
    text = "".join(pieces)
    done = 0
    for mention in _of_the_table().find(text):
        assert text[mention.start : mention.end] == mention.names[0].entry
        assert _stands(text, mention.start, mention.end)
        assert mention.start >= done
        done = mention.end


# -- every name of the shipped lexicon --------------------------------------------------------------------


@cache
def _known() -> dict[str, frozenset[tuple[str, NameKind]]]:
    """Every spelling with what it means, without those that only hide a name."""
    known: dict[str, set[tuple[str, NameKind]]] = {}
    for spelling, name in spellings(lexicon()):
        if name.kind is not NameKind.NOTHING:
            known.setdefault(spelling, set()).add((name.entry, name.kind))
    return {spelling: frozenset(meanings) for spelling, meanings in known.items()}


def _meanings(mention: Mention) -> frozenset[tuple[str, NameKind]]:
    return frozenset((n.entry, n.kind) for n in mention.names)


def test_every_spelling_of_the_lexicon_is_found_with_its_meanings() -> None:
    lost = []
    for spelling, meanings in _known().items():
        text = f"blorp {spelling} zindle"
        found = [(m.start, m.end, _meanings(m)) for m in matcher().find(text)]
        if found != [(6, 6 + len(spelling), meanings)]:
            lost.append(spelling)
    assert lost == []


_NEUTRAL = st.lists(
    st.sampled_from("blorp zindle quoit grumbled lowly, (so) it; went.".split()), min_size=1, max_size=4
)
_NAMES = st.deferred(lambda: st.sampled_from(sorted(_known())))


@settings(max_examples=150)
@given(pieces=st.lists(st.tuples(_NEUTRAL, _NAMES), min_size=1, max_size=6))
def test_known_names_in_neutral_text_are_found_exactly(pieces: list[tuple[list[str], str]]) -> None:
    text, expected = "", []
    for neutral, name in pieces:
        text += f" {' '.join(neutral)} "
        expected.append((len(text), len(text) + len(name), _known()[name]))
        text += name
    text += " blorp"
    assert [(m.start, m.end, _meanings(m)) for m in matcher().find(text)] == expected


@pytest.mark.parametrize("run", ["A", " ", "F-16", "Turkis", "Republic of ", "9", "Omani", "\n", "U.S. "])
def test_a_long_run_hides_no_name(run: str) -> None:
    text = f"{run * 5_000} ; NATO ; {run * 5_000}"
    at = text.index("NATO")
    assert (at, at + 4) in [(m.start, m.end) for m in matcher().find(text)]
