"""Whose word a passage is: invented sentences, each with a passage in braces and its speaker."""

from __future__ import annotations

import pytest

from armsledger.claims.speakers import AUTHOR, Attribution, attribution, speaker_at, speaker_of
from armsledger.claims.units import Unit, cut
from armsledger.lexicon.matcher import matcher
from armsledger.model import Span, SpeakerKind
from armsledger.text.quotations import quotations
from armsledger.text.sentences import sentence_spans
from hostile import UNITS, growth


def read(text: str) -> tuple[Attribution, list[tuple[Span, list[Unit]]]]:
    """The attribution of a text, paragraph by paragraph as the news reader cuts it, and its sentences."""
    mentions = list(matcher().find(text))
    sentences = []
    at = 0
    for paragraph in text.split("\n\n"):
        for span in sentence_spans(text, at, at + len(paragraph)):
            inside = [m for m in mentions if span.start <= m.start and m.end <= span.end]
            sentences.append((span, cut(text, span.start, span.end, inside)))
        at += len(paragraph) + 2
    return attribution(text, sentences), sentences


PERSON, OFFICE, OUTLET = SpeakerKind.PERSON, SpeakerKind.OFFICE, SpeakerKind.OUTLET
COMPANY, UNNAMED, NOBODY = SpeakerKind.COMPANY, SpeakerKind.UNNAMED, SpeakerKind.AUTHOR

TABLE = [
    # before the words
    ("The Defense Department said {forty missiles had been sold to Norway}.", "Defense Department", OFFICE),
    ("The Pentagon announced on Friday that {forty missiles had been sold}.", "Pentagon", OFFICE),
    ("Norway said {it would hand over ten tanks}.", "Norway", OFFICE),
    ("Lockheed Martin said on Tuesday {it had delivered the last jet}.", "Lockheed Martin", COMPANY),
    ("The Turkish defence ministry said {no missiles had left the country}.", "Turkish defence ministry", OFFICE),
    ("Reuters reported that {the frigates had been ordered}.", "Reuters", OUTLET),
    ("Local media reported that {the frigates had been ordered}.", "Local media", OUTLET),
    ("Two officials said {the tanks had left Gdansk}.", "unnamed sources", UNNAMED),
    ("Sources close to the talks said {the tanks had left Gdansk}.", "unnamed sources", UNNAMED),
    ("A source close to the ministry in the north said {the radar was sold}.", "unnamed sources", UNNAMED),
    ("Western diplomats said {the radar had been sold}.", "Western diplomats", UNNAMED),
    ("Norwegian officials believe {the radar was sold to Iran}.", "Norwegian officials", UNNAMED),
    ("General Ola Brandvik told lawmakers {the guns had arrived}.", "Ola Brandvik", PERSON),
    ("Ola Brandvik, an analyst at the Fjord Institute in Oslo, said {the guns had arrived}.", "Ola Brandvik", PERSON),
    ("The ministry's spokeswoman, Kari Lunde, said {the guns had arrived}.", "Kari Lunde", PERSON),
    ("In January Secretary of State Paul Rennick told the Senate {no arms would be sent}.", "Paul Rennick", PERSON),
    ("The White House denied {that arms were being shipped to Iran}.", "White House", OFFICE),
    ("Later the embassy of France rejected {a report that missiles were being sold}.", "embassy of France", OFFICE),
    ("The Indian press says {that means new missiles for Pakistan}.", "Indian press", OUTLET),
    ("A BAe spokesman said {the simulator was part of the package}.", "BAe spokesman", OFFICE),
    # behind the words
    ("{Norway has bought ten launchers}, the ministry in Oslo said.", "ministry in Oslo", OFFICE),
    ("{Norway has bought ten launchers}, the Pentagon said on Monday.", "Pentagon", OFFICE),
    ("{Norway has bought ten launchers}, said Ola Brandvik, a retired officer.", "Ola Brandvik", PERSON),
    ("{Norway has bought ten launchers}, according to the Pentagon.", "Pentagon", OFFICE),
    ("{Norway has bought ten launchers}, according to two people who saw the papers.", "unnamed sources", UNNAMED),
    ("{Norway has bought ten launchers}, aircraft industry sources said.", "unnamed sources", UNNAMED),
    ("{Norway has bought ten launchers}, Reuters reported.", "Reuters", OUTLET),
    ("{Norway has bought ten launchers}, the Observer newspaper said.", "Observer newspaper", OUTLET),
    ("{The shells left by rail}, officials in Seoul said.", "officials in Seoul", UNNAMED),
    ("As the Pentagon noted, {Norway has bought ten launchers}.", "Pentagon", OFFICE),
    # around and between
    ("According to Reuters, {Norway has bought ten launchers}.", "Reuters", OUTLET),
    ("As per a statement from the Pentagon, {Norway has bought ten launchers}.", "Pentagon", OFFICE),
    ("The launchers, the Pentagon said, {were sold to Norway}.", "Pentagon", OFFICE),
    ("{The order}, according to a Spanish official, is expected in May.", "Spanish official", UNNAMED),
    ("The White House said the sale was off, but an aide said {rifles had been sold}.", "unnamed sources", UNNAMED),
    ("The White House said {the sale was off}, but an aide said rifles had been sold.", "White House", OFFICE),
    ("The Pentagon confirmed the sale, adding that {two launchers had arrived}.", "Pentagon", OFFICE),
    ("The Pentagon denied the report and said {two launchers had arrived}.", "Pentagon", OFFICE),
    # nested
    ("Reuters, citing the Pentagon, reported that {two launchers had arrived}.", "Pentagon", OFFICE),
    ("Reuters, citing unnamed officials, reported that {two launchers had arrived}.", "Reuters", OUTLET),
    ("{Two launchers have arrived}, Reuters reported, citing a government source.", "Reuters", OUTLET),
    ("Ola Brandvik was quoted by Reuters as saying {two launchers had arrived}.", "Ola Brandvik", PERSON),
    ("Reuters quoted Ola Brandvik as saying {two launchers had arrived}.", "Ola Brandvik", PERSON),
    ("Norway said {it had sold the tanks}, the Pentagon said.", "Norway", OFFICE),
    # quotations
    ('"{We never signed it}," Robert Kalina told reporters.', "Robert Kalina", PERSON),
    ('"{We sold them}. They are in Oslo," said Kari Lunde.', "Kari Lunde", PERSON),
    ('"We sold them," Kari Lunde said. "{They are in Oslo}."', "Kari Lunde", PERSON),
    ('Kari Lunde said: "We sold them. {They are in Oslo}. They work."', "Kari Lunde", PERSON),
    ('A navy officer was blunter. "{We would not take it as a gift}."', "navy officer", UNNAMED),
    (
        'Minister Kari Lunde said:\n\n"We sold them in May.\n\n"{They are in Oslo}. They work."',
        "Kari Lunde",
        PERSON,
    ),
    ("'{We sold them},' the Pentagon said.", "Pentagon", OFFICE),
    # pronouns and short names
    ("Ola Brandvik said the guns had come. He added that {forty more were due}.", "Ola Brandvik", PERSON),
    ("General Ola Brandvik spoke first. {Forty guns have come}, Brandvik said.", "Ola Brandvik", PERSON),
    ("The Pentagon said the sale was on. It said {forty missiles were sold}.", "Pentagon", OFFICE),
    ("Lockheed Martin won the order. {Forty missiles will be sold}, the company said.", "Lockheed Martin", COMPANY),
    ("The Turkish defence ministry met the press. {Nothing was sold}, the ministry said.",
     "Turkish defence ministry", OFFICE),
    ("The envoys met. Norwegian officials said little. They said {forty guns were sold}.",
     "Norwegian officials", UNNAMED),
    ("{Forty guns were sold}, its chief executive said. Chief Executive Kari Lunde will leave.", "Kari Lunde", PERSON),
    ("The Pentagon gave a statement. {Forty guns were sold}, the statement said.", "Pentagon", OFFICE),
    ("Kremlin spokesman Ivan Petrenko denied it. {Nothing was sold}, the spokesman said.", "Ivan Petrenko", PERSON),
    # nobody is named
    ("{Over forty drones were said to be in use}.", "unnamed sources", UNNAMED),
    ("{Norway bought ten launchers} in May.", "author", NOBODY),
    ("The minister declined to say. {Norway bought ten launchers} in May.", "author", NOBODY),
    ("The Pentagon said little; {Norway bought ten launchers} in May.", "author", NOBODY),
    ("The price quoted in May was high. {Norway bought ten launchers}.", "author", NOBODY),
    ("{Norway asked Germany to sell it ten tanks}.", "author", NOBODY),
    ("{The announced sale of ten tanks went on}.", "author", NOBODY),
    ("The report on the sale was long. {Norway bought ten launchers}.", "author", NOBODY),
    ("The Pentagon said the jets had arrived, but {Norway has paid for ten}.", "author", NOBODY),
    ("The sale was approved. {Nobody said why Norway bought them}.", "author", NOBODY),
    # interviews and transcripts
    (
        "QUESTION: What of Norway?\n\nMR. LUND: {They have bought ten}.\n\nQUESTION: When?\n\nMR. LUND: In May.",
        "MR. LUND",
        PERSON,
    ),
    (
        "We met General Ola Brandvik.\n\nWhat of Norway?\n\n\"{They have bought ten}.\"\n\nAnd when?\n\n\"In May.\"",
        "Ola Brandvik",
        PERSON,
    ),
    (
        "We met General Ola Brandvik.\n\n- What of Norway?\n- {They have bought ten}.\n- When?\n- In May.",
        "Ola Brandvik",
        PERSON,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "name", "kind"), TABLE, ids=[row[0][:60] for row in TABLE])
def test_whose_word_it_is(marked: str, name: str, kind: SpeakerKind) -> None:
    start, end = marked.index("{"), marked.index("}") - 1
    text = marked.replace("{", "").replace("}", "")
    told, _ = read(text)
    speaker = told.speaker(start, end)
    assert (speaker.name, speaker.kind) == (name, kind)
    if speaker != AUTHOR:
        assert 0 <= speaker.start < speaker.end <= len(text)


def test_the_table_is_long_enough() -> None:
    assert len(TABLE) >= 60


def test_the_outlet_that_carries_the_words_is_kept() -> None:
    text = "Reuters, citing the Pentagon, reported that two launchers had arrived."
    told, _ = read(text)
    assert told.speaker(text.index("two"), len(text)).via == "Reuters"


def test_background_is_the_authors_unless_it_is_quoted() -> None:
    text = 'The Pentagon said the tanks, bought in May, had gone. "The tanks, bought in May, work," it said.'
    told, _ = read(text)
    first, second = text.index("bought"), text.rindex("bought")
    assert told.speaker(first, first + 6).name == "Pentagon"
    assert told.speaker(first, first + 6, background=True) == AUTHOR
    assert told.speaker(second, second + 6, background=True).name == "Pentagon"
    assert speaker_at(told, first, background=True) == AUTHOR


def test_the_party_behind_a_voice_is_told() -> None:
    text = "The Turkish defence ministry said no missiles had left."
    told, _ = read(text)
    assert told.speaker(40, 50).party == "TUR"


def test_one_sentence_alone() -> None:
    text = "The Pentagon said ten tanks had been sold."
    _, sentences = read(text)
    assert speaker_of(sentences[0][1], None, text).name == "Pentagon"
    assert speaker_of([], None, "") == AUTHOR


def test_a_lost_mark_spoils_one_paragraph() -> None:
    text = 'He said "no.\n\nNothing came. "Why?" she asked.'
    assert [text[q.start : q.end] for q in quotations(text)] == ['"no.', '"Why?"']


@pytest.mark.parametrize("unit", [*UNITS, '"', 'he said, "', "according to ", "Ola Brandvik, "])
def test_four_times_the_text_takes_about_four_times_as_long(unit: str) -> None:
    assert growth(read, UNITS.get(unit, unit), size=2000) < 10
