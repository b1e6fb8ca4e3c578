"""The door of the room: which reader reads what, what nobody reads, and what the laws say of all readings."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsledger.claims import read
from armsledger.model import Contract, Document, DocumentKind, Notice, Section, SectionKind

from .made_up import day, notice
from .test_contracts import FMS, award
from .test_notices import BEFORE_2014, REGISTER, SINCE_2014

DOCUMENTS = [
    notice(BEFORE_2014),
    notice(SINCE_2014, title="Norway – GBU-39/B Bombs"),
    notice(REGISTER),
    day(award("a $9,000,000 modification (P00007) to contract W91000-20-C-0001") + FMS),
    day(
        award("a $9,000,000 contract")
        + " It combines purchases for the Navy (60%) and the governments of Japan (30%) and Chile (10%)."
    ),
]


def hidden(document: Document, kind: SectionKind) -> Document:
    """The same document, its second half marked as something that is not read."""
    half = len(document.text) // 2
    return replace(document, sections=(Section(SectionKind.BODY, 0, half), Section(kind, half, len(document.text))))


@pytest.mark.parametrize("kind", [SectionKind.COMMENT, SectionKind.CAPTION, SectionKind.BOILERPLATE])
@pytest.mark.parametrize("document", DOCUMENTS)
def test_comments_captions_and_furniture_are_not_read(document: Document, kind: SectionKind) -> None:
    marked = hidden(document, kind)
    half = len(document.text) // 2
    for claim in read(marked).claims:
        assert claim.end <= half
        assert all(anchor.end <= half for anchor in claim.anchors)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_titles_and_headings_are_read(document: Document) -> None:
    marked = replace(document, sections=(Section(SectionKind.TITLE, 0, 20), Section(SectionKind.HEADING, 20, 40)))
    said = [(c.start, c.end, c.recipient, c.item, c.value) for c in read(document).claims]
    assert [(c.start, c.end, c.recipient, c.item, c.value) for c in read(marked).claims] == said


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_span_stands_where_it_says(document: Document) -> None:
    """Law 1, for claims, records and everything they hold."""
    reading = read(document)
    text = document.text
    assert reading.refused == ()
    assert reading.claims
    for claim in reading.claims:
        assert text[claim.start : claim.end] == claim.quote
    records: list[Notice | Contract] = [*reading.notices, *reading.contracts]
    anchors = [a for c in reading.claims for a in c.anchors] + [a for r in records for a in r.anchors]
    for anchor in anchors:
        assert text[anchor.start : anchor.end] == anchor.quote
    for item in (i for record in records for i in record.items):
        assert text[item.start : item.end].strip()
    for silence in reading.silences:
        assert 0 <= silence.start < silence.end <= len(text)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_figure_of_a_claim_has_words(document: Document) -> None:
    """Law 5: a value, a programme, a count and a buyer each have an anchor of their own."""
    for claim in read(document).claims:
        fields = {a.field for a in claim.anchors}
        if claim.value is not None:
            assert fields & {"value", "amount", "share"}
        if claim.programme is not None:
            assert "cumulative" in fields
        if claim.quantity is not None:
            assert "quantity" in fields
        if claim.recipient is not None:
            assert "recipient" in fields


@pytest.mark.parametrize("document", DOCUMENTS)
def test_reading_again_gives_the_same_claims_with_the_same_ids(document: Document) -> None:
    """Laws 2 and 6."""
    again = replace(document, name="another name", media_type="text/html")
    assert [c.id for c in read(again).claims] == [c.id for c in read(document).claims]
    assert len({c.id for c in read(document).claims}) == len(read(document).claims)


@given(st.sampled_from(DOCUMENTS), st.integers(0, 40), st.sampled_from([" ", "\n", "\u00a0", "\u200b", "\n\n"]))
def test_blanks_before_and_behind_move_spans_and_change_nothing_else(
    document: Document, count: int, blank: str
) -> None:
    before = blank * count
    moved = replace(document, text=before + document.text + blank)
    plain = [(c.start, c.end, c.recipient, c.item, c.quantity, c.value, c.quote) for c in read(document).claims]
    shifted = [
        (c.start - len(before), c.end - len(before), c.recipient, c.item, c.quantity, c.value, c.quote)
        for c in read(moved).claims
    ]
    assert shifted == plain


@given(st.sampled_from(DOCUMENTS), st.data())
def test_no_cut_makes_a_claim_that_does_not_stand(document: Document, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(document.text)))
    end = data.draw(st.integers(start, len(document.text)))
    cut = replace(document, text=document.text[start:end])
    reading = read(cut)
    assert reading.refused == ()
    for claim in reading.claims:
        assert cut.text[claim.start : claim.end] == claim.quote


@given(
    st.sampled_from([DocumentKind.NOTICE, DocumentKind.CONTRACTS]),
    st.lists(
        st.sampled_from(
            "The Government of Norway has requested to buy 4 ( ) [ ] { } $5 million $ € million, ; : . - AIM-9X F-16C/D FMS "
            "foreign military sales to Chile and Japan (3%) is awarded a modification P00007 W91000-20-C-0001 for 12 masts "
            "May 4, 2021 \n \t \u00a0 \u200b \ud800 CORRECTION: Transmittal No. 25-33 principal contractor will be Vulcan Inc., "
            "Work will be performed in Amman, Jordan option exercised TOTAL (iii) Description and Quantities".split(" ")
        ),
        max_size=60,
    ),
)
def test_no_text_breaks_a_reader_or_slips_past_the_gate(kind: DocumentKind, words: list[str]) -> None:
    document = Document("made-up", kind, " ".join(words), (), published="2021-05-04")
    reading = read(document)
    assert reading.refused == ()
    for claim in reading.claims:
        assert document.text[claim.start : claim.end] == claim.quote


def test_an_empty_document_is_silent() -> None:
    for kind in (DocumentKind.NOTICE, DocumentKind.CONTRACTS):
        assert read(Document("made-up", kind, "", ())).claims == ()
