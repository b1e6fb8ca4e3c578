"""What a sketch keeps of a text: wording, facts, quotations, the outlets that it names; and what it costs."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsledger.deals.crediting import outlets_named
from armsledger.deals.sketch import MOST_PAIRS, Sample, sketch, sketch_from
from armsledger.model import Document, DocumentKind, Section, SectionKind
from hostile import UNITS, growth
from strategies import documents


def document(text: str, *sections: Section) -> Document:
    return Document("d", DocumentKind.NEWS, text, sections)


SENTENCE = "The Navy of Chile ordered 24 torpedoes from Germany for 90 million euros, officials in Valparaiso said. "


# -- what it keeps ----------------------------------------------------------------------------------------


def test_only_title_headings_and_body_are_read() -> None:
    text = "A caption about geese. " + SENTENCE + "A reader's comment on the price of torpedoes."
    start, end = text.index("The Navy"), text.index("A reader's")
    parts = (
        Section(SectionKind.CAPTION, 0, start),
        Section(SectionKind.BODY, start, end),
        Section(SectionKind.COMMENT, end, len(text)),
    )
    assert sketch(document(text, *parts)).pairs == sketch(document(SENTENCE)).pairs


def test_endings_order_accents_and_small_words_change_nothing() -> None:
    one = sketch(document("Purchased howitzers for the Türkiye brigade"))
    other = sketch(document("Brigades of a Turkiye: HOWITZERS are purchasing"))
    assert one.pairs == other.pairs
    assert one.pairs.of == 3


def test_quoted_words_are_the_speakers_and_not_the_writers() -> None:
    said = "we shall not buy a single ship from that yard as long as I am minister"
    quoted = sketch(document(f"The minister was clear. “{said}” she said."))
    plain = sketch(document(f"The minister was clear. {said} she said."))
    assert quoted.pairs.of < plain.pairs.of
    ((start, end),) = ((q.start, q.end) for q in quoted.quoted)
    assert f"The minister was clear. “{said}” she said."[start:end] == f"“{said}”"


def test_a_part_of_a_quotation_is_found_in_the_whole() -> None:
    whole = "Nobody in this house was told of the sale before the ships had left the harbour, and nobody will be told"
    part = "nobody in this house was told of the sale before the ships had left the harbour"
    one, other = (sketch(document(f'Text before it. "{said}," he said.')).quoted[0] for said in (whole, part))
    assert set(one.runs) & set(other.runs)


def test_seven_words_are_no_long_quotation() -> None:
    assert sketch(document('He said: "one two three four five six seven".')).quoted == ()
    assert len(sketch(document('He said: "one two three four five six seven eight".')).quoted) == 1


def test_facts_are_figures_and_names_inside_a_sentence() -> None:
    one = sketch(document("Officials said Valparaiso would pay 1,200 million for 24 of them."))
    assert one.facts.of == 3  # Valparaiso, 1200, 24
    assert sketch(document("Torpedoes arrived. Officials said nothing.")).facts.of == 0
    title = (Section(SectionKind.TITLE, 0, 25),)
    assert sketch(document("Valparaiso Buys Torpedoes", *title)).facts.of == 0


def test_of_a_long_text_the_lowest_hashes_are_kept_and_the_rest_is_counted() -> None:
    words = " ".join(f"x{n:04d}" for n in range(5000))
    kept = sketch(document(words)).pairs
    assert len(kept.lowest) == MOST_PAIRS < kept.of
    assert list(kept.lowest) == sorted(kept.lowest)


def test_what_cannot_be_known_of_a_sample_is_not_compared() -> None:
    cut, whole = Sample((1, 5, 9), 900), Sample((1, 5, 9, 20, 30), 5)
    assert whole.comparable(cut) == (3, 3)
    assert cut.comparable(whole) == (3, 3)


# -- how it is stored -------------------------------------------------------------------------------------


@given(documents())
def test_its_text_reads_back_to_the_same(document: Document) -> None:
    made = sketch(document)
    assert sketch_from(made.text) == made
    assert made.text.isascii()
    assert "\n" not in made.text
    assert all(band.isascii() for band in made.bands)


@given(documents(), st.text(max_size=3))
def test_what_is_no_part_of_a_documents_identity_changes_nothing(document: Document, name: str) -> None:
    assert sketch(replace(document, name=name, digest="", media_type="text/html")) == sketch(document)


@pytest.mark.parametrize("stored", ["", "[]", "null", "[2,3]", "[1]", "{}", '[1,1,[0,"x"],[0,""],[],[]]', "\x00"])
def test_another_form_is_no_sketch(stored: str) -> None:
    assert sketch_from(stored) is None


def test_it_is_the_same_in_every_process() -> None:
    """Hashes are pinned: a ledger's sketches were made by other processes on other days."""
    made = sketch(document(SENTENCE))
    assert made.text == _elsewhere("text")
    assert made.bands == tuple(_elsewhere("bands").split())
    assert made.pairs.lowest[:2] == PINNED


PINNED = (386712186, 1169374779)


def _elsewhere(what: str) -> str:
    code = (
        "from armsledger.deals import sketch; from armsledger.model import *; "
        f"made = sketch(Document('d', DocumentKind.NEWS, {SENTENCE!r}, ())).{what}; "
        "print(made if isinstance(made, str) else ' '.join(made))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "7"}
    )
    return told.stdout.strip()


# -- bands ------------------------------------------------------------------------------------------------


def test_texts_that_are_much_alike_share_a_band_and_others_do_not() -> None:
    story = " ".join(f"alpha{n}x beta{n}y gamma{n}z" for n in range(60))
    edited = story.replace("alpha7x", "other").replace("beta30y", "words").replace("gamma50z", "stand")
    other = " ".join(f"delta{n}x epsil{n}y zeta{n}z" for n in range(60))
    bands, of_edited, of_other = (set(sketch(document(t)).bands) for t in (story, edited, other))
    assert bands & of_edited
    assert not bands & of_other


def test_an_empty_text_has_no_bands() -> None:
    assert sketch(document("")).bands == ()
    assert sketch(document("the of and")).bands == ()


# -- outlets that a text names ----------------------------------------------------------------------------

CREDITS = [
    # datelines
    ("PARIS (AFP) - The minister said no.", "afp"),
    ("ANKARA, Aug 3 (Reuters) – The minister said no.", "reuters"),
    ("KYIV (AP) — The minister said no.", "ap"),
    # at the end of a paragraph
    ("The minister said no. (ANI)", "ani"),
    ("The minister said no. /TASS/", "tass"),
    ("The minister said no. - PTI", "pti"),
    # in words
    ("The minister said no.\n\nWith inputs from ANI", "ani"),
    ("The minister said no. (With inputs from AFP and others)", "afp"),
    ("The minister said no. Additional reporting by Reuters.", "reuters"),
    ("The minister said no. AFP contributed to this report.", "afp"),
    ("Source: Reuters\nThe minister said no.", "reuters"),
    ("By Reuters\nThe minister said no.", "reuters"),
]
SOURCES = [
    ("Bloomberg reported on Monday that talks had begun.", "bloomberg"),
    ("Talks have begun, according to Bloomberg.", "bloomberg"),
    ("Talks have begun, two people told Reuters.", "reuters"),
    ("Talks have begun, according to a report by the Turkish daily Hurriyet.", "hurriyet"),
    ("According to a Press Trust of India report, talks have begun.", "pti"),
    ("A Reuters report said that talks had begun.", "reuters"),
    ("Talks have begun, he said in an interview with Der Spiegel.", "spiegel"),
]
NEITHER = [
    "Reuters was founded in 1851.",
    "Photo: Reuters",
    "The Associated Press building stands on Liberty Street.",
    "AP rounds were fired at the range.",  # a weak name outside any form of credit
    "According to the Ministry of Defence of India, talks have begun.",  # an office is a speaker
    "Shares of Thomson Reuters fell.",
]


@pytest.mark.parametrize(("text", "outlet"), CREDITS)
def test_forms_of_credit(text: str, outlet: str) -> None:
    assert [(n.outlet, n.credit) for n in outlets_named(text, [(0, len(text))])] == [(outlet, True)]


@pytest.mark.parametrize(("text", "outlet"), SOURCES)
def test_forms_of_citation(text: str, outlet: str) -> None:
    (named,) = outlets_named(text, [(0, len(text))])
    assert (named.outlet, named.credit) == (outlet, False)


@pytest.mark.parametrize("text", NEITHER)
def test_a_name_alone_is_no_source(text: str) -> None:
    assert outlets_named(text, [(0, len(text))]) == []


def test_an_outlet_opens_onto_its_words() -> None:
    text = "Headline\n\nTalks have begun, according to Bloomberg."
    (named,) = sketch(document(text)).named
    assert text[named.start : named.end] == "Bloomberg"


# -- cost -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("unit", [*UNITS, "outlets", "credits", "quotations"])
def test_four_times_the_text_takes_about_four_times_as_long(unit: str) -> None:
    more = {"outlets": "according to Reuters ", "credits": "(Reuters) - ", "quotations": '"a b c d e f g h i" '}
    text = UNITS.get(unit) or more[unit]
    sketch(document("Reuters"))  # what is made once is made now
    assert growth(lambda t: sketch(document(t)), text, size=20_000) < 10
