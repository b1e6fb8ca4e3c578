"""News of any size and form: linear time, and no failure; what is in another language is said and not half-read."""

from __future__ import annotations

import pytest

from armsledger.claims import read
from armsledger.documents import read_documents
from armsledger.model import Document, DocumentKind, Fetched, Reading
from hostile import UNITS, growth

TOLD = "Poland has ordered 24 howitzers from South Korea, the defence ministry said. "
NEWS = {
    "sentences": TOLD,
    "sentences without stops": TOLD.replace(". ", " "),
    "capitals": TOLD.upper(),
    "lower case": TOLD.lower(),
    "paragraphs": TOLD + "\n\n",
    "wrapped lines": "Poland has ordered 24 howitzers from South Korea, the defence\nministry said in Warsaw.\n    ",
    "table rows": "Poland | 24 | howitzer | South Korea | 2025\n",
    "items": "howitzers, tanks, ",
    "systems": "S-400 F-16 Leopard 2 ",
    "parties": "Poland, Turkey and India ",
    "quotations": '"We will sell tanks to Poland," he said. ',
    "quotations that open": '"We will sell ',
    "relative clauses": "the tanks, which Poland, which ordered the howitzers, ",
    "speakers": "the ministry said that the agency said that Poland said that ",
    "denials": "Poland did not deny that it had not denied that it sold tanks. ",
    "made by": "Polish-made South Korean-built tanks ",
    "sums": "$24 million for 24 tanks from Poland, ",
    "mojibake": "Ð Ð¾ÑÑÐ¸Ñ Poland sold tanks ",
    "right to left": "\u05d4\u05de S-400 \u202e Poland sold tanks ",
    "other languages": "Die Regierung hat die Panzer für das Heer bestellt und sie ist nicht froh.\n",
    "captions": "Photo: A tank that Poland sold\n",
}


def document(text: str) -> Document:
    return Document("x", DocumentKind.NEWS, text, (), published="2025-05-01", language="en")


def work(text: str) -> Reading:
    return read(document(text))


@pytest.mark.parametrize("unit", [*UNITS, *NEWS])
def test_four_times_the_text_takes_about_four_times_as_long(unit: str) -> None:
    work(TOLD)  # what is made once is made now
    assert growth(work, {**UNITS, **NEWS}[unit], size=4000, before=TOLD) < 10


def test_a_text_of_ten_megabytes_is_let_go_at_once() -> None:
    """General news of any size is scanned, not read."""
    text = "The bakers of the old town bake a bread that travellers buy on the way to the station. " * 120_000
    assert len(text) > 10_000_000
    assert [silence.reason for silence in work(text).silences] == ["no word of arms and of a transfer"]


ENGLISH = f"{TOLD}The minister said that this was the last of the orders for the year, and that there would be no more."
FOREIGN = {
    "German": "Norwegen liefert der Ukraine zwanzig Panzer, und die Regierung hat auch die Munition für sie bestellt.",
    "French": "La France va livrer des chars à la Grèce, et le ministre a dit que les missiles sont pour une autre fois.",
    "Spanish": "España va a vender los tanques a Marruecos, y el ministro dice que no es la última de las ventas.",
    "Swedish": "Sverige skickar tjugo stridsvagnar till Ukraina, och det är inte första gången som regeringen gör det.",
    "Korean": "한국은 폴란드에 K2 전차 180대를 판매하는 계약을 체결했다고 국방부가 밝혔다.",
    "Russian": "Россия поставит Турции комплексы S-400, сообщил министр обороны в понедельник.",
    "Arabic": "ستبيع روسيا لتركيا صواريخ S-400 بحسب ما أعلنته وزارة الدفاع يوم الاثنين.",
}


def read_file(text: str) -> Reading:
    (found,) = read_documents(Fetched("x.txt", body=text.encode(), kind=DocumentKind.NEWS))
    assert isinstance(found, Document)
    return read(found)


@pytest.mark.parametrize("language", FOREIGN)
def test_another_language_is_reported_and_not_half_read(language: str) -> None:
    reading = read_file(f"{FOREIGN[language]} {FOREIGN[language]}")
    assert reading.claims == ()
    assert [silence.reason for silence in reading.silences] == ["news in a language that is not read"]


@pytest.mark.parametrize("language", FOREIGN)
def test_a_paragraph_in_another_language_is_left_out_and_said(language: str) -> None:
    text = f"{ENGLISH}\n\n{FOREIGN[language]}\n\n{ENGLISH}"
    reading = read_file(text)
    (silence,) = [s for s in reading.silences if s.reason == "a paragraph in a language that is not read"]
    assert text[silence.start : silence.end] == FOREIGN[language]
    assert {claim.supplier for claim in reading.claims} == {"KOR"}


@pytest.mark.parametrize(
    "text",
    [
        "Poland bought 24 howitzers from South Korea",
        "POLAND HAS ORDERED 24 HOWITZERS FROM SOUTH KOREA, THE DEFENCE MINISTRY SAID.",
        "Poland, 3 June: the army has bought of South Korea 24 howitzer, tell the ministry.",  # by a machine
        "Der Spiegel: Poland has ordered 24 howitzers from South Korea, the defence ministry said on Monday.",
        "“Sie kommen,” he said in German. Poland has ordered 24 howitzers from South Korea, the ministry said.",
    ],
)
def test_short_capital_and_clumsy_english_is_read(text: str) -> None:
    (found,) = read_documents(Fetched("x.txt", body=text.encode(), kind=DocumentKind.NEWS))
    assert isinstance(found, Document)
    assert found.language in (None, "en")
    reading = read(found)
    assert "not read" not in "".join(silence.reason for silence in reading.silences)
