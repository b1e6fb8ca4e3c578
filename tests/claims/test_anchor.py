"""The gate: what does not stand in the document where it says is refused and counted; what stands passes once, in order."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsledger.claims import admit, check
from armsledger.claims.anchor import Anchors, canonical
from armsledger.errors import Unanchored
from armsledger.model import Anchor, Claim, DateInterval, Document, DocumentKind, Money, Stage
from armsledger.text.offsets import view

TEXT = "Norway asked for 4 masts. Chile asked for 5 masts."
DOCUMENT = Document("made-up", DocumentKind.NOTICE, TEXT, ())


def claim(start: int = 0, end: int = 25, **more: object) -> Claim:
    made = Claim(DOCUMENT.id, start, end, TEXT[start:end], "made/1", Stage.REQUESTED, recipient="NOR")
    return replace(made, **more)  # type: ignore[arg-type]


def anchor(start: int, end: int, quote: str | None = None) -> Anchor:
    return Anchor("recipient", "NOR", start, end, TEXT[start:end] if quote is None else quote)


WRONG = {
    "another place": claim(quote="Norway asked for 5 masts."),
    "one character off": claim(1, 25, quote=TEXT[0:24]),
    "other capitals": claim(quote="NORWAY asked for 4 masts."),
    "behind the text": claim(len(TEXT), len(TEXT) + 3, quote="..."),
    "empty": claim(3, 3, quote=""),
    "turned round": claim(9, 3, quote=""),
    "negative": claim(-5, 3, quote=TEXT[-5:3]),
    "an anchor that stands elsewhere": claim(anchors=(anchor(26, 31, "Norway"),)),
    "an empty anchor": claim(anchors=(anchor(4, 4),)),
    "another document's": claim(document=replace(DOCUMENT, text="x").id),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_the_gate_refuses(wrong: str) -> None:
    with pytest.raises(Unanchored):
        check(DOCUMENT, WRONG[wrong])
    kept, refused = admit(DOCUMENT, [claim(), WRONG[wrong]])
    assert kept == (claim(),)
    assert [r.quote for r in refused] == [WRONG[wrong].quote]
    assert refused[0].reason.startswith("made-up[")


def test_a_refusal_shows_both_texts() -> None:
    with pytest.raises(Unanchored) as error:
        check(DOCUMENT, WRONG["another place"])
    assert "expected 'Norway asked for 5 masts.', the text has 'Norway asked for 4 masts.'" in str(error.value)


def test_what_stands_passes() -> None:
    check(DOCUMENT, claim(anchors=(anchor(0, 6),)))


def test_what_is_said_twice_passes_once_and_in_the_order_of_the_text() -> None:
    first, second = claim(), claim(26, 50, recipient="CHL")
    assert admit(DOCUMENT, [second, first, second, replace(first, evidence=Decimal(7))]) == ((first, second), ())


@given(st.permutations([claim(), claim(26, 50), claim(26, 50, recipient="CHL"), claim(0, 6), claim(item="mast")]))
def test_the_order_of_coming_means_nothing(claims: list[Claim]) -> None:
    assert admit(DOCUMENT, claims) == admit(DOCUMENT, reversed(claims))


@given(st.integers(-3, 60), st.integers(-3, 60), st.text("Norway asked.45C", max_size=25))
def test_only_what_stands_there_passes(start: int, end: int, quote: str) -> None:
    kept, refused = admit(DOCUMENT, [claim(start, end, quote=quote)])
    assert len(kept) + len(refused) == 1
    for passed in kept:
        assert TEXT[passed.start : passed.end] == passed.quote != ""


# -- collecting anchors -----------------------------------------------------------------------------------


def test_words_of_the_plain_copy_are_kept_as_they_were_published() -> None:
    text = "worth\u00a0\u00a0$5\u00a0million \u2013 for  Norway\u2019s navy"
    document = replace(DOCUMENT, text=text)
    copy = view(text)
    found = Anchors(document, copy)
    for words in ("$5 million", "Norway's"):
        at = copy.text.index(words)
        found.add("words", words, at, at + len(words))
    assert [a.quote for a in found.of("words")] == ["$5\u00a0million", "Norway\u2019s"]
    assert all(text[a.start : a.end] == a.quote for a in found.of())


def test_blanks_at_the_ends_are_left_out_and_an_empty_stretch_keeps_nothing() -> None:
    found = Anchors(DOCUMENT, view(TEXT))
    kept = found.add("words", "x", 6, 12)
    assert kept is not None
    assert (kept.quote, kept.start) == ("asked", 7)
    assert found.add("words", "x", 6, 7) is None
    assert found.add("words", "x", 9, 9) is None


def test_an_anchor_is_kept_once_and_told_in_the_order_of_the_text() -> None:
    found = Anchors(DOCUMENT, view(TEXT))
    found.add("b", "2", 26, 31)
    found.add("a", "1", 0, 6)
    found.add("b", "2", 26, 31)
    assert [a.field for a in found.of("a", "b")] == ["a", "b"]
    assert found.of("c") == ()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("2.250E+8"), "225000000"),
        (Decimal("53.0"), "53"),
        (Money(Decimal(5), "USD"), "USD 5"),
        (DateInterval("2025-05"), "2025-05"),
        (Stage.APPROVED, "approved"),
        ("25-33", "25-33"),
    ],
)
def test_equal_values_have_one_canonical_form(value: object, text: str) -> None:
    assert canonical(value) == text
