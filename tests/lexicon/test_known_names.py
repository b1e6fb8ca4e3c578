"""Names as the press and official papers write them, and the entries that they must lead to."""

from __future__ import annotations

import pytest

from armsledger.lexicon.designators import system_of
from armsledger.lexicon.matcher import Mention, NameKind, lexicon, matcher

_PARTY = (NameKind.PARTY, NameKind.DEMONYM, NameKind.PEOPLE, NameKind.SEAT, NameKind.SERVICE)


def _the_mention(name: str) -> Mention:
    """The one mention in a sentence that holds a name, which must cover all of it but an article."""
    said = name.removeprefix("the ")
    text = f"blorp of {name} zindle"
    (found,) = matcher().find(text)
    assert text[found.start : found.end] == said
    return found


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Türkiye", "TUR"),
        ("Turkiye", "TUR"),
        ("Turkey", "TUR"),
        ("TURKEY", "TUR"),
        ("Republic of Türkiye", "TUR"),
        ("Turkish", "TUR"),
        ("Turks", "TUR"),
        ("Ankara", "TUR"),
        ("the Kremlin", "RUS"),
        ("Moscow", "RUS"),
        ("New Delhi", "IND"),
        ("Indian Navy", "IND"),
        ("Islamabad", "PAK"),
        ("Pakistanis", "PAK"),
        ("Republic of Korea", "KOR"),
        ("South Korea", "KOR"),
        ("ROK", "KOR"),
        ("TECRO", "TWN"),
        ("Taipei", "TWN"),
        ("Republic of Singapore Air Force", "SGP"),
        ("Royal Saudi Air Force", "SAU"),
        ("Royal Air Force", "GBR"),
        ("Britain", "GBR"),
        ("Tehran", "IRN"),
        ("UAE", "ARE"),
        ("Côte d'Ivoire", "CIV"),
        ("Ivory Coast", "CIV"),
        ("Czechia", "CZE"),
        ("Czech Republic", "CZE"),
        ("Burma", "MMR"),
        ("Myanmar", "MMR"),
        ("Kosovo", "XKX"),
        ("Holy See", "VAT"),
        ("Soviet Union", "SUN"),
        ("USSR", "SUN"),
        ("Yugoslavia", "YUG"),
        ("Czechoslovakia", "CSK"),
        ("NSPA", "NSPA"),
        ("NATO", "NATO"),
        ("European Union", "EU"),
        ("Hezbollah", "Hezbollah"),
    ],
)
def test_a_name_leads_to_its_party(name: str, code: str) -> None:
    found = _the_mention(name).of(*_PARTY)
    assert found is not None
    assert (found.entry, found.weak) == (code, False)


@pytest.mark.parametrize(
    ("name", "system", "variant"),
    [
        ("AIM-120C-8", "aim-120", "AIM-120C-8"),
        ("AIM-120", "aim-120", None),
        ("AMRAAM", "aim-120", None),
        ("S-400", "s-400", None),
        ("F-16 Block 70", "f-16", "F-16 Block 70"),
        ("F-16V", "f-16", "F-16V"),
        ("F-35A", "f-35", "F-35A"),
        ("MILGEM", "ada-class", None),
        ("Astra", "astra-missile", None),
        ("Bayraktar TB2", "tb2", None),
        ("HIMARS", "himars", None),
        ("Leopard 2A7", "leopard-2", "Leopard 2A7"),
        ("K9 Thunder", "k9-thunder", None),
        ("Su-35S", "su-35", "Su-35S"),
        ("JF-17", "jf-17", None),
        ("MQ-9B", "mq-9b", None),
        ("GBU-31(V)1", "jdam", "GBU-31(V)1"),
        ("AN/APG-83", "apg-83", None),
    ],
)
def test_a_name_leads_to_its_system_and_variant(name: str, system: str, variant: str | None) -> None:
    found = _the_mention(name).of(NameKind.SYSTEM)
    assert found is not None
    assert (found.entry, found.variant) == (system, variant)


@pytest.mark.parametrize("name", ["Astra", "Hawk", "Patriot", "Javelin", "Spike", "Georgia"])
def test_a_word_with_other_meanings_is_a_weak_name(name: str) -> None:
    assert all(meaning.weak for meaning in _the_mention(name).names)


def test_a_name_of_two_systems_is_told_as_neither() -> None:
    hawk = _the_mention("Hawk")
    assert {"mim-23", "hawk"} <= {meaning.entry for meaning in hawk.names}
    assert hawk.of(NameKind.SYSTEM) is None


@pytest.mark.parametrize(
    ("name", "maker"),
    [
        ("Raytheon", "raytheon"),
        ("Raytheon Technologies", "rtx"),
        ("RTX", "rtx"),
        ("Lockheed Martin", "lockheed-martin"),
        ("Baykar", "baykar"),
        ("BAE Systems", "bae-systems"),
    ],
)
def test_a_name_leads_to_its_maker(name: str, maker: str) -> None:
    found = _the_mention(name).of(NameKind.MAKER)
    assert found is not None
    assert found.entry == maker


def test_raytheon_is_rtx_now() -> None:
    assert {m.id: m.now for m in lexicon().makers}["raytheon"] == "rtx"


@pytest.mark.parametrize(
    ("name", "kind", "entry"),
    [
        ("Pentagon", NameKind.OFFICE, "us-department-of-war"),
        ("the Kremlin", NameKind.OFFICE, "rus-kremlin"),
        ("TECRO", NameKind.OFFICE, "twn-tecro"),
        ("Reuters", NameKind.OUTLET, "reuters"),
        ("US dollar", NameKind.CURRENCY, "USD"),
    ],
)
def test_a_name_leads_to_its_office_outlet_or_currency(name: str, kind: NameKind, entry: str) -> None:
    found = _the_mention(name).of(kind)
    assert found is not None
    assert found.entry == entry


@pytest.mark.parametrize("name", ["turkey sandwich", "New Jersey", "Georgia Tech"])
def test_a_longer_string_can_hide_a_name(name: str) -> None:
    assert list(matcher().find(f"blorp {name} zindle")) == []


@pytest.mark.parametrize(
    ("designation", "system"),
    [
        ("AIM-120C-8", "aim-120"),
        ("aim 120 c8", "aim-120"),
        ("AIM-120C-99", "aim-120"),  # a variant that nobody lists
        ("F-16C/D Block 70", "f-16"),
        ("S-400", "s-400"),
        ("MQ-9B", "mq-9b"),
        ("AN/APG-83", "apg-83"),
        ("S-4001", None),  # a number is not cut in two
        ("XQZ-77", None),
        ("", None),
        ("Hawk", None),  # could be two
    ],
)
def test_a_designation_leads_to_its_family(designation: str, system: str | None) -> None:
    assert system_of(designation) == system
