"""Views: a plain copy in which every span is a span of the original."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsledger.model import Run, Span
from armsledger.text.offsets import to_source, view

_ANY = st.text(
    st.one_of(st.characters(), st.sampled_from("\u00a0\u2019\u2013\u200b\u00ad\ufeff \n\t-/aé\ud800")), max_size=80
)


@pytest.mark.parametrize(
    ("text", "joined", "copy"),
    [
        # one kind of blank, quote and hyphen
        ("a\u00a0b\u2009c", False, "a b c"),
        ("\u201cit\u2019s\u201d \u2013 so", False, '"it\'s" - so'),
        # runs of blanks are one
        ("a  \t b", False, "a b"),
        # what shows nothing is dropped: soft hyphens, zero-width characters
        ("AIM\u00ad-\u200b120", False, "AIM-120"),
        # lines are kept, empty ones as one, unless they are joined
        ("a\nb\n\n\nc", False, "a\nb\n\nc"),
        ("a\nb\n\n\nc", True, "a b c"),
        # a word broken behind a hyphen or a stroke is joined again
        ("AN/\nPRC-158 and F-\n16", False, "AN/PRC-158 and F-16"),
        # a dash at a line's end is no broken word
        ("first -\nsecond", True, "first - second"),
    ],
)
def test_the_copy_is_plain(text: str, joined: bool, copy: str) -> None:
    assert view(text, join_lines=joined).text == copy


def test_page_marks_are_left_out_and_nothing_moves() -> None:
    text = "ten (10) [[Page 45]] launchers"
    copy = view(text, drop=re.compile(r"\[\[Page \d+\]\]"))
    assert copy.text == "ten (10) launchers"
    at = copy.text.index("launchers")
    assert copy.span(at, at + 9).of(text) == "launchers"


@given(_ANY, st.booleans(), st.data())
def test_every_character_of_the_copy_stands_in_the_original(text: str, joined: bool, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    copy = view(text, start, join_lines=joined)
    plain = {
        "'": "'\u2018\u2019\u201a\u2032`\u02bc",
        '"': '"\u201c\u201d\u201e\u2033',
        "-": "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212",
    }
    for at, character in enumerate(copy.text):
        original = text[copy.place(at)]
        if character.strip():
            assert original in plain.get(character, character)
        else:  # one blank stands for a run of blanks and of characters that show nothing
            assert not original.strip() or original in "\ue000\u00ad\u200b\u200c\u200d\u2060\ufeff"


@given(_ANY, st.booleans(), st.data())
def test_every_span_of_the_copy_covers_its_words_in_the_original(text: str, joined: bool, data: st.DataObject) -> None:
    copy = view(text, join_lines=joined)
    start = data.draw(st.integers(0, len(copy.text)))
    end = data.draw(st.integers(start, len(copy.text)))
    span = copy.span(start, end) if start < len(copy.text) else Span(len(text), len(text))
    assert 0 <= span.start <= span.end <= len(text)
    again = view(text, span.start, span.end, join_lines=joined).text
    assert again.split() == copy.text[start:end].split()


@given(_ANY, st.booleans())
def test_places_go_up_and_come_back(text: str, joined: bool) -> None:
    copy = view(text, join_lines=joined)
    places = [copy.place(at) for at in range(len(copy.text))]
    assert places == sorted(set(places))
    assert [copy.at(place) for place in places] == list(range(len(copy.text)))


def test_a_span_goes_back_to_the_published_source() -> None:
    runs = (Run(0, 5, 10), Run(10, 40, 10))
    assert to_source(runs, Span(2, 8)) == Span(7, 13)
    assert to_source(runs, Span(8, 15)) == Span(13, 45)  # over a seam
    assert to_source(runs, Span(25, 30)) is None  # stands nowhere
    assert to_source((), Span(2, 8)) == Span(2, 8)  # text and source are the same
