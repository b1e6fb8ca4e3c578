"""What is a designator, how far it reaches, and what only looks like one: in every position of a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsledger.lexicon.designators import find_designators, fold

_DESIGNATORS = (
    "AIM-120C-8|F-35A/B|AN/APG-83|AN/SPY-1D(V)|GBU-31(V)1|9M96E2|9K720|2S19|MQ-9B|MH-60R|HH-60W|C-130J-30|AGM-114R2|"
    "S-400|SPY-7|M142|M1A2|PAC-3|Su-30MKI|MiG-29M2|F-16C/D Block 70|XQZ-77B"  # the last is listed nowhere
).split("|")
_OTHERS = (
    "COVID-19|July-4|May-2|A-level|T-shirt|B-side|G20|U.S.|FY2024|P00012|FA8675-23-C-0037|155mm|5.56mm|2031-02-03|$5|"
    "Boeing 737|lamp"
).split("|")
_SENTENCES = ("{}", "They saw two {} there.", "(a {}, lit)", "a {}; and quoits", "\u201c{}\u201d")


@pytest.mark.parametrize("name", _DESIGNATORS)
@pytest.mark.parametrize("sentence", _SENTENCES)
def test_a_designator_is_found_whole(name: str, sentence: str) -> None:
    text = sentence.format(name)
    (found,) = find_designators(text)
    assert (found.text, text[found.start : found.end]) == (name, name)


@pytest.mark.parametrize("name", _OTHERS)
@pytest.mark.parametrize("sentence", _SENTENCES)
def test_what_only_looks_like_a_designator_is_none(name: str, sentence: str) -> None:
    assert list(find_designators(sentence.format(name))) == []


def test_a_block_is_told_apart_from_the_stem() -> None:
    text = "two F-16C/D Block 70 there"
    (found,) = find_designators(text)
    assert text[found.start : found.stem_end] == "F-16C/D"


@given(text=st.text("AFGMSuiGan0123456789-/()V .$k\n\u00e9", max_size=40))
def test_in_any_text_designators_stand_where_they_say_in_order(text: str) -> None:
    done = 0
    for found in find_designators(text):
        assert done <= found.start < found.stem_end <= found.end <= len(text)
        assert text[found.start : found.end] == found.text
        assert not text[found.start - 1 : found.start].isalnum()
        assert not text[found.end : found.end + 1].isalnum()
        done = found.end


@given(name=st.text(max_size=20))
def test_folding_twice_is_folding_once(name: str) -> None:
    assert fold(fold(name)) == fold(name) == fold(f" {name}- ")


@pytest.mark.parametrize("tail", ["A-1" * 9_000, "A1" * 9_000, "(V)" * 9_000, "/A" * 9_000, "-A" * 9_000, "9" * 20_000])
def test_a_long_run_hides_no_designator(tail: str) -> None:
    text = f"F-16{tail} ; MQ-9B ; {tail}"
    assert "MQ-9B" in [d.text for d in find_designators(text)]
