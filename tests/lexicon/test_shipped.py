"""The shipped lexicon as a whole: every state, the states that are no more, enough entries, and its compiled form."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from armsledger.errors import LexiconError
from armsledger.lexicon.entries import COMPILED, DATA, Lexicon, compile_lexicon, faults, load_compiled, read_lexicon
from armsledger.lexicon.matcher import lexicon

# The alpha-3 codes that ISO 3166-1 assigns, by their first letter.
ISO_3166_1 = frozenset(
    """
    ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE
    BDI BEL BEN BES BFA BGD BGR BHR BHS BIH BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA
    CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL COM CPV CRI CUB CUW CXR CYM CYP CZE
    DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH FIN FJI FLK FRA FRO FSM
    GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY
    HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR JPN
    KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA
    MAC MAF MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT
    NAM NCL NER NFK NGA NIC NIU NLD NOR NPL NRU NZL OMN
    PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA
    SAU SDN SEN SGP SGS SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR
    TCA TCD TGO THA TJK TKL TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB
    VAT VCT VEN VGB VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE
    """.split()
)

_LARGEST = 2 * 1024 * 1024  # bytes of one file, so that a change of it can still be reviewed


@pytest.fixture(scope="module")
def from_yaml() -> Lexicon:
    """The lexicon as its YAML says it."""
    return read_lexicon()


def test_the_list_of_codes_in_this_file_is_whole() -> None:
    assert len(ISO_3166_1) == 249


def test_every_state_and_territory_of_iso_3166_is_a_party() -> None:
    kinds = {p.code: p.kind for p in lexicon().parties}
    assert ISO_3166_1 - kinds.keys() == set()
    assert {code for code in ISO_3166_1 if kinds[code] not in ("state", "territory")} == set()


@pytest.mark.parametrize(("code", "last"), [("SUN", 1991), ("YUG", 2003), ("CSK", 1992)])
def test_states_that_are_no_more_are_parties_with_their_years(code: str, last: int) -> None:
    (entry,) = [p for p in lexicon().parties if p.code == code]
    assert entry.kind == "historical"
    assert entry.to is not None
    assert abs(entry.to - last) <= 11  # until when Yugoslavia stood is told in more than one way
    assert entry.from_ is None or entry.from_ < entry.to


@pytest.mark.parametrize(
    ("subject", "least"),
    [("parties", 300), ("systems", 800), ("makers", 300), ("offices", 300), ("outlets", 200), ("currencies", 100)],
)
def test_there_are_enough_entries(subject: str, least: int) -> None:
    assert len(getattr(lexicon(), subject)) >= least


@pytest.mark.parametrize("subject", [f.name for f in fields(Lexicon)])
def test_every_entry_names_a_source_and_itself(subject: str) -> None:
    for entry in getattr(lexicon(), subject):
        assert entry.source.strip(), entry
        assert entry.name.strip(), entry


def test_nothing_is_wrong_between_entries(from_yaml: Lexicon) -> None:
    assert faults(from_yaml) == []


def test_every_maker_that_was_renamed_leads_to_one_that_was_not() -> None:
    now = {m.id: m.now for m in lexicon().makers}
    for maker in now:
        met = [maker]
        while (successor := now[met[-1]]) is not None:
            assert successor not in met, met
            met.append(successor)


def test_every_party_that_an_entry_belongs_to_is_one() -> None:
    codes = {p.code for p in lexicon().parties}
    belonging = {e.party for e in lexicon().offices} | {e.party for e in lexicon().outlets}
    assert belonging | {e.party for e in lexicon().currencies} <= codes
    assert {p.part_of for p in lexicon().parties if p.part_of} <= codes


# -- the compiled form ------------------------------------------------------------------------------------


def test_the_compiled_files_are_a_fresh_compile_of_the_yaml_byte_for_byte(from_yaml: Lexicon) -> None:
    fresh = compile_lexicon(from_yaml)
    fitted = {"evidence"}  # weights, made by benchmarks/fit_evidence.py
    assert {path.stem for path in COMPILED.glob("*.json")} == set(fresh) | fitted
    stale = [name for name, text in fresh.items() if (COMPILED / f"{name}.json").read_bytes() != text.encode()]
    assert stale == [], "make them again: python -m armsledger.lexicon.entries --compile"


def test_the_compiled_lexicon_is_the_lexicon_of_the_yaml(from_yaml: Lexicon) -> None:
    assert load_compiled() == from_yaml


@pytest.mark.parametrize("folder", [DATA, COMPILED], ids=["yaml", "compiled"])
def test_no_file_is_too_large_to_review(folder: Path) -> None:
    sizes = {path.name: path.stat().st_size for path in folder.iterdir()}
    assert sizes
    assert {name: size for name, size in sizes.items() if size > _LARGEST} == {}


@pytest.mark.parametrize("content", [None, "", "[", '[{"code": 1'])
def test_a_missing_or_damaged_compiled_file_says_how_to_make_it_again(content: str | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "parties.json").write_text(content, encoding="utf-8")
    with pytest.raises(LexiconError, match=r"parties\.json: .*--compile"):
        load_compiled(tmp_path)
