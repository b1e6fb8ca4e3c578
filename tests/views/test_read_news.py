"""``armsledger read ARTICLE``: the sentences of the claims with the words marked, and beneath them what is claimed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from armsledger.model import (
    Anchor,
    Certainty,
    Claim,
    DateInterval,
    Document,
    DocumentKind,
    Meaning,
    Mode,
    Money,
    Occurrence,
    Polarity,
    Reading,
    Silence,
    SpeakerKind,
    Stage,
    Statement,
    StatementTopic,
)
from armsledger.views.one_reading import show_reading
from armsledger.views.passages import stretches_of

from .made_up import ran, run, write

TEXT = """Harbour talks end
Borduria was quiet on Monday. "We sold six S-400 systems to Syldavia," Ann Example said on Tuesday, if nobody minds.
Nobody did. Talks about the $2.5 million sum go on.
"""


def document(text: str = TEXT, **known: Any) -> Document:
    return Document("report.txt", DocumentKind.NEWS, text, (), **known)


def anchor(text: str, field: str, value: str, quote: str) -> Anchor:
    start = text.index(quote)
    return Anchor(field, value, start, start + len(quote), quote)


def claim(text: str = TEXT, quote: str = "sold six S-400 systems to Syldavia", **slots: Any) -> Claim:
    start = text.index(quote)
    told: dict[str, Any] = {
        "supplier": "Borduria",
        "recipient": "Syldavia",
        "item": "S-400",
        "system": "s-400",
    }
    if "anchors" not in slots:
        places = (("recipient", "Syldavia", "Syldavia"), ("item", "S-400", "S-400 systems"))
        told["anchors"] = tuple(anchor(text, *place) for place in places)
    stage = slots.pop("stage", Stage.ORDERED)
    return Claim(document(text).id, start, start + len(quote), quote, "news/1", stage, **(told | slots))


def shown(capsys: pytest.CaptureFixture[str], *claims: Claim, text: str = TEXT, **known: Any) -> str:
    show_reading(Reading(document(text, **known), claims=claims))
    return capsys.readouterr().out


def flat(text: str) -> str:
    return " ".join(text.split())


# -- what is shown ----------------------------------------------------------------------------------------


def test_the_whole_sentence_with_the_words_marked(capsys: pytest.CaptureFixture[str]) -> None:
    told = flat(shown(capsys, claim()))
    assert '"We sold six [S-400 systems] to [Syldavia]," Ann Example said on Tuesday, if nobody minds. ' in told
    assert "Borduria was quiet" not in told
    assert "Nobody did" not in told


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("It was late.” ", " “Quiet,” he said."),
        ("“It was late.” ", " He left."),
        ("It was late. ", "\nA headline"),
        ("Was it late? ", "\n\n“Quiet,” he said."),
    ],
)
def test_quotation_marks_and_lines_end_sentences(before: str, after: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = f"{before}“Borduria sold six S-400 systems to Syldavia.”{after}"
    told = flat(shown(capsys, claim(text, "sold six S-400 systems"), text=text))
    assert "“Borduria sold six [S-400 systems] to [Syldavia].” Borduria → Syldavia" in told
    assert "late" not in told


def test_a_sentence_of_a_far_word_is_shown_too(capsys: pytest.CaptureFixture[str]) -> None:
    far = claim(anchors=(anchor(TEXT, "supplier", "Borduria", "Borduria"), anchor(TEXT, "value", "x", "$2.5 million")))
    told = flat(shown(capsys, far))
    assert "[Borduria] was quiet on Monday." in told
    assert "Talks about the [$2.5 million] sum go on." in told
    assert "Nobody did" not in told
    assert "Harbour talks end" not in told  # a headline is no part of the sentence below it


def test_beneath_it_all_that_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    full = claim(
        quantity=Decimal(6),
        value=Money(Decimal(2_500_000), "USD", Meaning.REPORTED),
        certainty=Certainty.PROBABLE,
        speaker="Ann Example",
        speaker_kind=SpeakerKind.PERSON,
        mode=Mode.SALE,
        second_hand=True,
        condition="if nobody minds",
        date=DateInterval("2031-07"),
    )
    told = shown(capsys, full)
    rows = dict(line.strip().split("  ", 1) for line in told.splitlines() if line.startswith("    "))
    assert "  Borduria → Syldavia\n" in told
    assert {name: value.strip() for name, value in rows.items()} == {
        "Item": "6 × S-400 (s-400)",
        "Value": "USD 2,500,000 (reported: as somebody says)",
        "Stage": "ordered, probable",
        "Speaker": "Ann Example (person)",
        "Mode": "sale, second-hand",
        "Condition": "“if nobody minds”",
        "Date": "2031-07",
        "Claim": full.id[:8],
    }


def test_what_is_not_said_is_left_out_and_an_open_side_is_said_to_be_open(capsys: pytest.CaptureFixture[str]) -> None:
    told = shown(capsys, claim(supplier=None))
    assert "not stated → Syldavia" in told
    assert "the author" in told
    for name in ("Value", "Programme", "Mode", "Condition", "Date"):
        assert f"    {name} " not in told


def test_a_programme_is_never_the_buyers(capsys: pytest.CaptureFixture[str]) -> None:
    told = shown(capsys, claim(programme=Money(Decimal(2_500_000_000), "USD", Meaning.CUMULATIVE)))
    assert "shared, not this buyer's own" in flat(told)
    assert "    Value" not in told


def test_a_denial_is_told_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert "DENIED: ordered, certain" in shown(capsys, claim(polarity=Polarity.DENIED))
    assert "DENIED" not in shown(capsys, claim())


def test_claims_of_one_sentence_share_it(capsys: pytest.CaptureFixture[str]) -> None:
    told = shown(capsys, claim(), claim(recipient="Freedonia", stage=Stage.DELIVERED))
    assert flat(told).count("Ann Example said") == 1
    assert "Borduria → Syldavia" in told
    assert "Borduria → Freedonia" in told


def test_two_readers_of_a_passage_are_told_apart_and_compared(capsys: pytest.CaptureFixture[str]) -> None:
    rules, model = claim(), replace(claim(stage=Stage.OFFERED), reader="llm/m")
    told = shown(capsys, rules, model)
    assert f"llm/m DIFFERS on stage ({model.id[:8]})" in told
    assert f"news/1 DIFFERS on stage ({rules.id[:8]})" in told
    assert "agrees" in shown(capsys, rules, replace(rules, reader="llm/m"))
    assert "Reader" not in shown(capsys, rules)


def test_claims_come_in_the_order_of_the_text(capsys: pytest.CaptureFixture[str]) -> None:
    late = claim(quote="Talks about", recipient="Freedonia", anchors=())
    assert shown(capsys, claim(), late) == shown(capsys, late, claim())


def test_it_says_how_to_look_into_a_claim(capsys: pytest.CaptureFixture[str]) -> None:
    one = claim()
    assert f"armsledger explain {one.id[:8]}" in shown(capsys, one)


# -- statements and events --------------------------------------------------------------------------------

SAID = "Borduria brokered the truce of 10 May. Syldavia's spokesman Otto Example said\x1b[2J it did not. Nobody asked."


def statement(**slots: Any) -> Statement:
    words = "it did not"
    start = SAID.index(words)
    told: dict[str, Any] = {
        "document": document(SAID).id, "start": start, "end": start + len(words), "quote": words,
        "speaker": "Otto Example", "speaker_kind": SpeakerKind.PERSON, "speaks_for": "Syldavia", "verb": "said",
        "topic": StatementTopic.MEDIATION, "polarity": Polarity.DENIED, "parties": ("Borduria", "TUR"), "system": None,
        "date": None, "anchors": (anchor(SAID, "speaker", "Otto Example", "Otto Example"),), "reader": "statements/1",
    }  # fmt: skip
    return Statement(**(told | slots))


def occurrence() -> Occurrence:
    return Occurrence(
        document(SAID).id, 0, 38, SAID[:38], "ceasefire", DateInterval("2031-05-10"), ("Borduria",),
        (anchor(SAID, "date", "2031-05-10", "10 May"),),
    )  # fmt: skip


def test_statements_are_told_as_the_word_of_others(capsys: pytest.CaptureFixture[str]) -> None:
    show_reading(Reading(document(SAID), statements=(statement(),)))
    told = capsys.readouterr().out
    assert "1 statement: what others say; their word is kept, not adopted" in told
    assert "Syldavia's spokesman [Otto Example] said␛[2J it did not." in flat(told)
    assert "Otto Example (person, for Syldavia)" in told
    assert "DENIED: mediation or a ceasefire" in told
    assert "Borduria, Turkey (TUR)" in told
    assert "\x1b" not in told


def test_dated_events_stand_with_their_words(capsys: pytest.CaptureFixture[str]) -> None:
    show_reading(Reading(document(SAID), occurrences=(occurrence(),)))
    told = flat(capsys.readouterr().out)
    assert "2031-05-10 ceasefire: Borduria Borduria brokered the truce of [10 May]." in told


def test_they_come_below_the_claims(capsys: pytest.CaptureFixture[str]) -> None:
    text = f"{TEXT}{SAID}"
    show_reading(
        Reading(document(text), claims=(claim(text),), statements=(statement(start=len(TEXT), end=len(TEXT) + 5),))
    )
    told = capsys.readouterr().out
    assert told.index("1 claim") < told.index("1 statement")


def test_where_there_are_none_nothing_is_said_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    told = shown(capsys, claim())
    assert "statement" not in told
    assert "dated event" not in told


# -- nothing found ----------------------------------------------------------------------------------------


def test_an_article_without_a_claim_says_why_and_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    show_reading(Reading(document(language="en"), silences=(Silence("no word of arms", 0, 5),)))
    told = flat(capsys.readouterr().out)
    assert "No word of arms." in told
    assert "no claim does not mean that the text claims nothing" in told
    assert "armsledger read FILE --reader model" in told


def test_an_article_in_another_language_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    show_reading(Reading(document(language="sv"), silences=(Silence("not read", 0, 5),)))
    told = flat(capsys.readouterr().out)
    assert "Only English is read for claims." in told
    assert "--reader model" not in told


# -- terminals --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", [24, 40, 80, 120])
def test_no_line_is_wider_than_the_terminal(
    columns: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    long = claim(item="surface-to-air missile system of a very long designation indeed", condition="if " + "x" * 90)
    told = shown(capsys, long, title="A title that is longer than a narrow terminal is wide")
    assert max(len(line) for line in told.splitlines()) <= columns


def test_marks_are_a_style_on_a_terminal_and_brackets_elsewhere(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    told = shown(capsys, claim())
    assert "\x1b[1;4mSyldavia\x1b[0m" in told
    assert "[Syldavia]" not in told


def test_without_colours_marks_are_brackets_on_a_terminal_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    told = shown(capsys, claim(polarity=Polarity.DENIED))
    assert "[Syldavia]" in told
    assert "31m" not in told


# -- hostile text -----------------------------------------------------------------------------------------

NASTY = "Bor\x1b[2Jduria sold six S-400\u202e systems\u2066 to Syl\x07davia\x9b1m.\r\nDone."


def test_hostile_text_commands_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    nasty = claim(
        NASTY, "sold six", anchors=(anchor(NASTY, "item", "S-400", "S-400\u202e systems"),), item="S-400\x1b]0;x\x07",
        speaker="Ann\u202e", speaker_kind=SpeakerKind.PERSON, condition="if\x1b[1A", recipient="Syl\x1bdavia",
    )  # fmt: skip
    told = shown(capsys, nasty, text=NASTY, title="A \x1b[2J title", publisher="P\u2067")
    assert not set("\x1b\x07\x9b\r\u202e\u2066\u2067") & set(told)
    assert "[S-400\ufffd systems]" in told


@pytest.mark.parametrize(
    "filler",
    ["word " * 400_000, "x" * 2_000_000, "\n" * 2_000_000, "U.S. No. 5. " * 100_000],
    ids=["words", "letters", "lines", "stops"],
)
def test_a_long_text_without_sentences_is_shown_in_part(filler: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = f"{filler} Borduria sold six S-400 systems to Syldavia {filler}"
    began = process_time()
    told = shown(capsys, claim(text), text=text)
    assert process_time() - began < 5
    assert len(told) < 4_000
    assert "[S-400 systems]" in told


def test_a_claim_that_is_very_long_is_shown_around_its_words_and_the_rest_is_counted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = f"Borduria sold {'many ' * 2_000}S-400 systems to Syldavia."
    told = flat(shown(capsys, claim(text, text[:-1]), text=text))
    assert "characters left out" in told
    assert "[S-400 systems] to [Syldavia]." in told
    assert len(told) < 2_000


@pytest.mark.parametrize("at", range(len(TEXT)))
def test_whatever_is_claimed_stands_in_what_is_shown(at: int) -> None:
    one = replace(claim(), start=at, end=min(len(TEXT), at + 9), anchors=())
    (stretch,) = stretches_of(TEXT, [one])
    assert stretch.start <= one.start < one.end <= stretch.end


# -- the whole way ----------------------------------------------------------------------------------------


def test_from_a_file(here: Path) -> None:
    write(here, news_txt="Turkey ordered 40 F-16 fighter jets from the United States on Monday.\n")
    told = ran("read", "news.txt")
    assert "United States → Turkey" in told
    assert "40 × F-16" in told
    result = run("explain", "--in", "news.txt")
    assert result.exit_code == 0, result.stderr
    assert ": rules for news, version" in result.stdout
