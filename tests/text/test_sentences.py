"""Sentence ends: abbreviations end nothing, stops do; the sentences cover the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsledger.text.sentences import first_end, sentence_spans


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        # a firm's abbreviations and a state's
        (
            "Acme Corp., Reno, Nev., is awarded $5. Work will be done at St. Louis.",
            ["Acme Corp., Reno, Nev., is awarded $5.", " Work will be done at St. Louis."],
        ),
        # initials
        (
            "J. P. Mason Inc. is awarded it. The work ends soon.",
            ["J. P. Mason Inc. is awarded it.", " The work ends soon."],
        ),
        # an abbreviation before a word that can only begin a sentence
        ("It goes to Vulcan Inc. Work will be done here.", ["It goes to Vulcan Inc.", " Work will be done here."]),
        # months and numbers
        ("It ends Sept. 30, 2020. No funds are due.", ["It ends Sept. 30, 2020.", " No funds are due."]),
        # a building's number
        ("Repair of hangar (Bldg. 1011) is due. It is old.", ["Repair of hangar (Bldg. 1011) is due.", " It is old."]),
        # questions, exclamations, quotes
        ('"Why?" He asked. "No!" It was.', ['"Why?"', " He asked.", ' "No!"', " It was."]),
        # a stop before a small letter ends nothing
        ("worth approx. ten million", ["worth approx. ten million"]),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [span.of(text) for span in sentence_spans(text)] == sentences


@given(st.text("AaZz .?!\"')(\n0Inc", max_size=80))
def test_the_sentences_cover_the_text_without_overlap(text: str) -> None:
    assert "".join(span.of(text) for span in sentence_spans(text)) == text


@given(st.text("Aa .?!I", max_size=60), st.integers(0, 60))
def test_the_first_end_is_the_end_of_some_sentence(text: str, start: int) -> None:
    end = first_end(text, min(start, len(text)))
    assert end == len(text) or text[end - 1] in ".?!\"')]"


@given(st.text("ab ,;.\nA", max_size=300), st.integers(1, 40))
def test_what_is_too_long_for_a_sentence_is_cut_and_still_covers_the_text(text: str, longest: int) -> None:
    spans = list(sentence_spans(text, longest=longest))
    assert "".join(span.of(text) for span in spans) == text
    assert all(0 < span.end - span.start <= longest for span in spans)


def test_a_long_stretch_is_cut_behind_a_comma_where_it_has_one() -> None:
    text = "one two, three four five six"
    assert [span.of(text) for span in sentence_spans(text, longest=12)] == ["one two,", " three four ", "five six"]
    assert len(list(sentence_spans(text, longest=100))) == 1
