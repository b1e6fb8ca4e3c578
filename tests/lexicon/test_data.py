"""The reviewed data: enough of it, sound, sourced, unambiguous where it claims to be, and compiled as it is written."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache

import pytest

from armsledger.lexicon.designators import system_of
from armsledger.lexicon.entries import (
    COMPILED,
    OFFICE_KINDS,
    OUTLET_KINDS,
    PARTY_KINDS,
    REGISTER,
    Lexicon,
    compile_lexicon,
    faults,
    load_compiled,
    read_lexicon,
)
from armsledger.lexicon.matcher import NameKind, matcher, spellings


@cache
def written() -> Lexicon:
    """The YAML, read once."""
    return read_lexicon()


def test_nothing_is_wrong_between_entries() -> None:
    assert faults(written()) == []


def test_the_compiled_form_is_what_the_yaml_says() -> None:
    """Make it again with ``python -m armsledger.lexicon.entries --compile``."""
    stale = [
        name
        for name, text in compile_lexicon(written()).items()
        if (COMPILED / f"{name}.json").read_text(encoding="utf-8") != text
    ]
    assert stale == []
    assert load_compiled() == written()


def test_there_is_enough_of_everything() -> None:
    lexicon = written()
    assert len(lexicon.systems) >= 800
    assert sum(p.kind == "state" for p in lexicon.parties) >= 193  # the members of the United Nations
    assert {p.kind for p in lexicon.parties} == PARTY_KINDS
    assert {o.kind for o in lexicon.offices} == OFFICE_KINDS
    assert {o.kind for o in lexicon.outlets} == OUTLET_KINDS
    assert {s.register for s in lexicon.systems} == {*REGISTER, None}
    assert {"USD", "EUR", "GBP", "INR", "PKR", "TRY", "RUB", "CNY", "JPY", "KRW"} <= {
        c.code for c in lexicon.currencies
    }
    assert min(Counter(s.register for s in lexicon.systems if s.register).values()) >= 10


@pytest.mark.parametrize("subject", ["parties", "systems", "makers", "offices", "outlets", "currencies"])
def test_every_entry_has_a_source(subject: str) -> None:
    assert [e for e in getattr(written(), subject) if len(e.source.strip()) < 3] == []


# Names that two entries claim, each a fault of the data that waits for a reviewer. The list may only shrink.
_CLAIMED_TWICE = {
    NameKind.SYSTEM: {"Lurssen MGB-62", "LURSSEN MGB-62", "Cordova pistol", "CORDOVA PISTOL"},
    NameKind.MAKER: {"Maadi Company for Engineering Industries", "MAADI COMPANY FOR ENGINEERING INDUSTRIES"},
    NameKind.OFFICE: {"Ministry of National Defence of Turkiye", "MINISTRY OF NATIONAL DEFENCE OF TURKIYE"},
}


@pytest.mark.parametrize("kind", [k for k in NameKind if k is not NameKind.NOTHING])
def test_no_strong_name_means_two_entries_of_one_kind(kind: NameKind) -> None:
    meant: dict[str, set[str]] = defaultdict(set)
    for spelled, name in spellings(written()):
        if name.kind is kind and not name.weak:
            meant[spelled].add(name.entry)
    assert {s for s, entries in meant.items() if len(entries) > 1} <= _CLAIMED_TWICE.get(kind, set())


FOUND = [
    # every variant of one family
    *((f"AIM-120{v}", "aim-120") for v in ("A", "B", "C", "C-4", "C-5", "C-6", "C-7", "C-8", "D", "D-3")),
    ("AMRAAM", "aim-120"),
    ("Advanced Medium-Range Air-to-Air Missile", "aim-120"),
    # air defence, with and without hyphen
    ("S-400", "s-400"),
    ("S400", "s-400"),
    ("S-400 Triumf", "s-400"),
    # blocks
    *((f"F-16{v}", "f-16") for v in ("", "A", "C", "C/D", "V", " Block 50", " Block 70", "C/D Block 52")),
    ("F-35A", "f-35"),
    # a project, a class and the ship
    ("MILGEM", "ada-class"),
    ("Ada-class corvette", "ada-class"),
    ("Astra missile", "astra-missile"),
    # drones
    ("Bayraktar TB2", "tb2"),
    ("MQ-9B", "mq-9b"),
    # others that stand in news every week
    ("HIMARS", "himars"),
    ("PAC-3 MSE", "pac-3"),
    ("Leopard 2A7", "leopard-2"),
    ("JF-17", "jf-17"),
    ("J-10C", "j-10"),
    ("Rafale", "rafale"),
    ("Su-30MKI", "su-30"),
    ("BrahMos", "brahmos"),
    ("K9 Thunder", "k9-thunder"),
    ("NASAMS", "nasams"),
    ("C-130J", "c-130j"),
    ("P-8A", "p-8"),
    ("GBU-39/B", "gbu-39"),
    ("SM-3 Block IIA", "sm-3"),
]


@pytest.mark.parametrize(("name", "system"), FOUND)
def test_a_system_is_found_by_its_names(name: str, system: str) -> None:
    text = f"They bought 12 {name} last year."
    told = [n for m in matcher().find(text) if (n := m.of(NameKind.SYSTEM))]
    assert [n.entry for n in told] == [system]
    assert not told[0].weak


@pytest.mark.parametrize("name", ["Patriot", "Hawk", "Javelin", "Harpoon", "Iskander", "Astra", "Bayraktar"])
def test_a_word_with_other_meanings_is_weak(name: str) -> None:
    told = [n for m in matcher().find(f"It was a {name}.") for n in m.names if n.kind is NameKind.SYSTEM]
    assert told
    assert all(n.weak for n in told)
    assert system_of(name) is None


@pytest.mark.parametrize(
    ("party", "origin"),
    [("aim-120", ("USA",)), ("s-400", ("RUS",)), ("rafale", ("FRA",)), ("tb2", ("TUR",)), ("j-10", ("CHN",))],
)
def test_origins(party: str, origin: tuple[str, ...]) -> None:
    assert next(s.origin for s in written().systems if s.id == party) == origin
