"""Which variant of its family an item names, and which variants are siblings."""

from __future__ import annotations

from itertools import product

import pytest

from armsledger.deals.variants import siblings, variants_of

_ITEMS = [  # system, item, tokens
    ("aim-120", "AIM-120C-8", "c8"),
    ("aim-120", "AMRAAM C-5", "c5"),  # the lexicon's other name of a variant
    ("aim-120", "AMRAAM", ""),
    ("aim-9", "AIM-9X Block II", "x|2"),  # Roman numbers are numbers
    ("pac-3", "Patriot Advanced Capability-3 Missile Segment Enhancement", "mse"),
    ("pac-3", "PAC-3", ""),
    ("f-16", "F-16C/D Block 50/52", "c|50 c|52 d|50 d|52"),  # one or the other
    ("f-16", "F-16 Block 70", "|70"),
    ("f-15ex", "fighter", "ex"),  # the system itself is a later member of the family
    ("c-130j", "C-130J-30", "j30"),
    ("gbu-39", "GBU-39/B", ""),  # "/B" says nothing
    ("gripen", "Gripen E", "e"),
    ("leopard-2", "Leopard 2A7", "a7"),
    ("agm-114", "Hellfire II", ""),
    ("s-400", "S-400", ""),
    ("ah-64", "AH-64E", "e"),
    ("ah-64", "AH-64D Block III", "e|3"),  # what the AH-64E was called until 2012
    (None, "missile", ""),
]


@pytest.mark.parametrize(("system", "item", "tokens"), _ITEMS)
def test_the_variants_of_an_item(system: str | None, item: str, tokens: str) -> None:
    assert variants_of(system, item) == frozenset(tokens.split())


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("AIM-120C-7", "AIM-120C-8", True),
        ("AIM-120C", "AIM-120C-8", False),  # "C" may be either
        ("AIM-120C-8", "AMRAAM", False),  # one does not say
        ("AIM-120C-8", "AIM-120D-3", True),
        ("AIM-120C-8", "AIM-120C-8", False),
    ],
)
def test_siblings(one: str, other: str, *, apart: bool) -> None:
    first, second = variants_of("aim-120", one), variants_of("aim-120", other)
    assert siblings(first, second) is siblings(second, first) is apart


def test_a_number_that_begins_with_another_is_another_number() -> None:
    assert siblings(frozenset({"1"}), frozenset({"10"}))
    assert not siblings(frozenset({"x"}), frozenset({"x2"}))


def test_nothing_is_its_own_sibling() -> None:
    told = [variants_of(system, item) for system, item, _ in _ITEMS]
    assert not any(siblings(one, one) for one in told)
    assert all(siblings(a, b) is siblings(b, a) for a, b in product(told, told))
