"""Regions: members that the lexicon has, each with its source; the M49 ones share no state and have all."""

from __future__ import annotations

from itertools import combinations

import pytest

from armsledger.errors import InputError
from armsledger.lexicon.matcher import lexicon
from armsledger.lexicon.regions import region_named, regions


def test_members_are_parties_of_the_lexicon_and_every_region_has_its_source() -> None:
    codes = {p.code for p in lexicon().parties}
    for region in regions():
        assert set(region.members) <= codes, region.id
        assert region.source, region.id
        assert list(region.members) == sorted(region.members), region.id


def test_no_two_regions_of_the_united_nations_share_a_state_and_none_of_its_members_is_left_out() -> None:
    own = [set(r.members) for r in regions() if r.id.startswith("m49-")]
    assert all(not one & other for one, other in combinations(own, 2))
    states = {p.code for p in lexicon().parties if p.kind == "state"}
    assert states - set().union(*own) == {"TWN", "VAT", "XKX"}  # no members, and not in that list under these codes


@pytest.mark.parametrize(
    ("said", "key"),
    [("South Asia", "saarc"), ("SAARC", "saarc"), ("southern asia", "m49-034"), ("South-East Asia", "m49-035"),
     ("gulf states", "gcc"), ("m49-015", "m49-015")],
)  # fmt: skip
def test_a_region_by_its_names(said: str, key: str) -> None:
    assert region_named(said).id == key


@pytest.mark.parametrize("said", ["", "Atlantis", "Asia", "Middle East"])
def test_what_no_list_has_is_refused_with_all_that_there_are(said: str) -> None:
    with pytest.raises(InputError, match="is no region") as caught:
        region_named(said)
    assert "Western Asia" in str(caught.value)
