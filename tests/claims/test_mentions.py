"""Where an item is spoken of, and what a title that stands apart from the text adds."""

from __future__ import annotations

from decimal import Decimal

import pytest

from armsledger.claims import read
from armsledger.claims.mentions import headline_of, mentions_of, sentences_of
from armsledger.claims.roles import discourse_of
from armsledger.model import Document, DocumentKind, Section, SectionKind


def news(text: str, title: str | None = None, sections: tuple[Section, ...] = ()) -> Document:
    return Document("made-up", DocumentKind.NEWS, text, sections, title=title, published="2025-05-14", language="en")


def items(text: str) -> list[tuple[str, str | None, Decimal | None]]:
    """Name, system and count of every item that has words of its own."""
    mentions = mentions_of(sentences_of(news(text)))
    return [(m.items[0].name, m.items[0].system, m.items[0].quantity) for m in mentions if m.hows[0] == "own"]


NOUNS = [
    ("12 torpedoes", "torpedo"),
    ("12 armoured cars", "armoured car"),
    ("12 submachine guns", "submachine gun"),
    ("12 night-vision devices", "night-vision device"),
    ("12 laser rangefinders", "laser rangefinder"),
    ("12 MANPADS", "MANPADS"),
    ("12 fuzes", "fuze"),
    ("12 depth charges", "depth charge"),
    ("12 fast attack craft", "fast attack craft"),
    ("12 flak jackets", "flak jacket"),
    ("12 ground stations", "ground station"),
    ("12 jamming pods", "jamming pod"),
    ("12 decoys", "decoy"),
    ("12 MiGs", "MiG"),
]


@pytest.mark.parametrize(("words", "name"), NOUNS)
def test_nouns_of_arms(words: str, name: str) -> None:
    assert (name, None, Decimal(12)) in items(
        f"Poland has ordered {words} from Italy. It also bought missiles and arms."
    )


def test_one_name_of_two_systems_is_the_one_that_its_noun_or_the_text_tells() -> None:
    assert ("Puma helicopter", "sa-330", Decimal(4)) in items("Kenya ordered four Puma helicopters from France.")
    text = "Chile chose the KF41 Lynx, an infantry fighting vehicle. It has ordered 30 Lynx from Germany."
    assert ("Lynx", "lynx-kf41", Decimal(30)) in items(text)
    assert ("Puma", None, Decimal(4)) in items("Kenya ordered four Pumas from France, with missiles and other weapons.")


def test_a_designator_stays_whole_where_its_beginning_is_a_name_of_two_systems() -> None:
    text = "The contract funds F100-FW-220 engines for the U.S. Air Force, Thailand and Egypt."
    assert [name for name, _, _ in items(text)] == ["F100-FW-220 engine"]


def test_systems_by_full_name_make_a_text_one_about_arms() -> None:
    """There a name that is also a word is the system's: no other word of this text is of arms."""
    text = "First came the Eurofighter, then the Mirage 2000. Turkey signed in Doha for some of Qatar's Typhoons."
    assert "eurofighter" in [system for _, system, _ in items(text)[1:]]


def test_a_group_of_letters_before_a_figure_is_no_party() -> None:
    assert ("GAM-102LR anti-tank missile", None, Decimal(2)) in items(
        "The army showed two GAM-102LR anti-tank missiles."
    )


# -- the title ---------------------------------------------------------------------------------------------


TEXT = "The country has bought 24 F-16 fighters from Denmark. The first six arrived in March."


def test_a_title_apart_from_the_text_names_who_is_spoken_of() -> None:
    document = news(TEXT, "Argentina's air force has jets again")
    talk = discourse_of(sentences_of(document), headline_of(document))
    assert talk.titled == {"ARG"}
    assert "ARG" in talk.weights[0]
    assert all(place.party != "ARG" for places in talk.places for place in places)


def test_nothing_is_quoted_from_a_title_apart_from_the_text() -> None:
    document = news(TEXT, "Argentina's air force has jets again")
    claims = read(document).claims
    assert {(c.supplier, c.recipient) for c in claims} == {("DNK", "ARG")}
    for claim in claims:
        assert document.text[claim.start : claim.end] == claim.quote
        (buyer,) = claim.anchored("recipient")
        assert (buyer.how, buyer.quote) == ("headline", document.text[buyer.start : buyer.end])


@pytest.mark.parametrize("title", [None, "", "Jets for Argentina"])
def test_a_title_in_the_text_is_read_there_alone(title: str | None) -> None:
    text = f"Jets for Argentina\n\n{TEXT}"
    sections = (Section(SectionKind.TITLE, 0, 18), Section(SectionKind.BODY, 20, len(text)))
    assert headline_of(news(text, title, sections)) == []
    assert headline_of(news(text, title)) == []
