"""Publishers: matched by name or address, graded by kind, and never by a verdict on one of them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import pytest

from armsledger.errors import LexiconError
from armsledger.lexicon.entries import OUTLET_KINDS, OutletEntry, compile_lexicon, faults, load_compiled, read_lexicon
from armsledger.lexicon.matcher import lexicon
from armsledger.lexicon.outlets import (
    DEFAULT_GRADES,
    GRADES,
    UNKNOWN,
    default_grade,
    outlet_at,
    outlet_named,
    outlet_of,
    place_of,
)


@dataclass(frozen=True)
class Made:
    """Something published."""

    publisher: str | None = None
    url: str | None = None


# -- who published it -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("publisher", "url", "outlet"),
    [
        ("Reuters", None, "reuters"),
        ("reuters", None, "reuters"),
        ("The Guardian", None, "guardian"),
        ("Guardian, The", None, None),  # no guessing
        ("Hindu", None, "the-hindu"),
        ("Türkiye Gazetesi", None, "turkiye-gazetesi"),
        ("TURKIYE GAZETESI", None, "turkiye-gazetesi"),
        ("AP", None, "ap"),  # a weak name, and a publisher's field is context enough
        ("reuters.com", None, "reuters"),
        (None, "https://www.reuters.com/world/a-story", "reuters"),
        (None, "https://uk.reuters.com/a", "reuters"),
        (None, "HTTPS://WWW.REUTERS.COM:443/A", "reuters"),
        ("A Site That Nobody Knows", "https://www.reuters.com/a", "reuters"),
        ("Reuters", "https://www.thestar.com/reprint", "reuters"),  # what the document says wins
        # a part of a site that is an outlet of its own
        (None, "https://www.congress.gov/crs-products/product/R1", "crs"),
        (None, "https://www.congress.gov/bill/1", "congress-gov"),
        # near names and addresses made to look alike
        (None, "https://reuters.com.example.org/a", None),
        (None, "https://notreuters.com/a", None),
        (None, "https://reuters.com@example.org/a", None),
        (None, "https://example.org/reuters.com", None),
        (None, "http://[::1", None),
        (None, "no address", None),
        ("", "", None),
        ("...", None, None),
        (None, None, None),
    ],
)
def test_the_outlet_of_a_document(publisher: str | None, url: str | None, outlet: str | None) -> None:
    found = outlet_of(Made(publisher, url))
    assert (found.id if found else None) == outlet


def test_every_outlet_is_found_by_its_id_its_name_and_its_addresses() -> None:
    for outlet in lexicon().outlets:
        assert outlet_named(outlet.id) is outlet, outlet.id
        assert outlet_named(outlet.name) is outlet, outlet.name
        for domain in outlet.domains:
            assert outlet_at(f"https://www.{domain}/page") is outlet, domain


@pytest.mark.parametrize("address", ["a" * 100_000, "http://" + "a." * 50_000 + "com/" + "b/" * 50_000, "//" * 9])
def test_a_hostile_address_leads_nowhere_soon(address: str) -> None:
    assert outlet_at(address) is None
    place_of(address)


# -- grades -----------------------------------------------------------------------------------------------


def test_every_kind_has_a_default_and_none_is_a_verdict_that_needs_a_record() -> None:
    assert DEFAULT_GRADES.keys() == OUTLET_KINDS
    assert set(DEFAULT_GRADES.values()) <= GRADES.keys() - {"A", "E"}


def test_unknown_cannot_be_judged() -> None:
    assert (UNKNOWN, GRADES[UNKNOWN]) == ("F", "cannot be judged")
    assert default_grade(None) == "F"


def test_outlets_of_a_kind_have_the_same_grade() -> None:
    for kind in OUTLET_KINDS:
        assert len({default_grade(o) for o in lexicon().outlets if o.kind == kind}) == 1


def test_no_entry_can_hold_a_grade() -> None:
    assert not {"grade", "reliability", "score", "rating"} & {f.name for f in fields(OutletEntry)}


# -- the data ---------------------------------------------------------------------------------------------


def test_every_outlet_has_a_country_a_kind_and_an_address() -> None:
    codes = {p.code for p in lexicon().parties}
    assert [o.id for o in lexicon().outlets if o.party not in codes or not o.domains] == []


def test_what_is_not_known_of_agency_copy_is_not_false() -> None:
    known = {kind: {o.agency_copy for o in lexicon().outlets if o.kind == kind} for kind in OUTLET_KINDS}
    assert known["agency"] == {True}
    for kind in ("ministry", "official", "company", "think-tank"):
        assert known[kind] == {False}, "they publish their own texts"
    for kind in ("paper", "trade", "magazine", "blog"):
        assert False not in known[kind]


ROW = "- {id: wave, name: The Wave, party: ATL, kind: paper, source: invented"


def _read(folder: Path, *rows: str) -> list[str]:
    (folder / "parties.yml").write_text("- {code: ATL, kind: state, name: Atlantis, source: invented}\n")
    (folder / "outlets.yml").write_text("".join(f"{row}}}\n" for row in rows))
    return faults(read_lexicon(folder))


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (ROW.replace("paper", "leaflet"), "kind 'leaflet'"),
        (ROW.replace("ATL", "XXX"), "party 'XXX' is no party"),
        (f"{ROW}, domains: ['https://wave.example']", "is no domain"),
        (f"{ROW}, domains: [Wave.Example]", "is no domain"),
    ],
)
def test_a_fault_of_an_outlet_is_told(tmp_path: Path, row: str, told: str) -> None:
    assert told in "\n".join(_read(tmp_path, row))


def test_a_domain_of_two_outlets_is_told(tmp_path: Path) -> None:
    rows = [f"{ROW}, domains: [wave.example]", f"{ROW.replace('id: wave', 'id: other')}, domains: [wave.example]"]
    assert _read(tmp_path, *rows) == ["outlet other: domain wave.example is also wave's"]


@pytest.mark.parametrize("wrong", ["perhaps", "1", "'true'", "[]"])
def test_agency_copy_is_true_false_or_left_out(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(LexiconError, match="agency_copy must be true or false"):
        _read(tmp_path, f"{ROW}, agency_copy: {wrong}")


@pytest.mark.parametrize(("said", "kept"), [("true", True), ("false", False), ("null", None)])
def test_the_compiled_form_keeps_the_three_apart(tmp_path: Path, said: str, kept: bool | None) -> None:
    _read(tmp_path, f"{ROW}, agency_copy: {said}")
    for name, text in compile_lexicon(read_lexicon(tmp_path), tmp_path).items():
        (tmp_path / f"{name}.json").write_text(text)
    assert load_compiled(tmp_path).outlets[0].agency_copy is kept
