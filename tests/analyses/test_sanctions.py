"""Dated rules asked of a transfer, and names of lists that are never a match by likeness alone."""

from __future__ import annotations

from datetime import date

import pytest

from armsledger.analyses.sanction_lists import read_list
from armsledger.analyses.sanctions import Answer, Listed, Screening, Transfer, screen
from armsledger.errors import NotReadable
from armsledger.lexicon.matcher import lexicon
from armsledger.lexicon.sanctions import RuleKind, members, rules

from .tables import needs_tables, table


def asked(supplier: str | None, recipient: str | None, day: str, *bodies: str) -> Screening:
    on = date.fromisoformat(day)
    return screen(Transfer(supplier, recipient, bodies), on, rules(), members(on))


def answers(found: Screening) -> dict[str, Answer]:
    return {one.rule.id: one.answer for one in found.rules if one.answer is not Answer.NO_MATCH}


SSB = "us-caatsa-231-tur-ssb"


@pytest.mark.parametrize(
    ("supplier", "recipient", "day", "bodies", "expected"),
    [
        # the day before the determination there is only the statute's trigger
        ("RUS", "TUR", "2020-12-13", ("SSB",), {"us-caatsa-231": "cannot tell"}),
        ("RUS", "TUR", "2020-12-14", ("SSB",), {"us-caatsa-231": "cannot tell", SSB: "match"}),
        # without the body only a state is named
        ("USA", "TUR", "2021-01-01", (), {SSB: "cannot tell"}),
        ("RUS", "IND", "2018-10-05", (), {"us-caatsa-231": "cannot tell"}),  # no designation of India is made up
        ("RUS", "IND", "2016-10-05", (), {}),  # before the statute
        # an embargo of the European Union binds its members and nobody else
        ("FRA", "CHN", "2024-01-01", (), {"eu-chn-1989": "match", "us-caatsa-231-chn-edd": "cannot tell"}),
        ("PAK", "CHN", "2017-01-01", (), {}),
        ("GBR", "BLR", "2020-01-31", (), {"eu-blr-2011": "match"}),
        ("GBR", "BLR", "2020-02-01", (), {}),
        # direction counts
        ("PRK", "SYR", "2010-01-01", (), {"un-prk-from-2006": "match"}),
        ("SYR", "PRK", "2005-01-01", (), {}),
        # an embargo on forces within a state cannot be judged from the state's name
        ("CHN", "COD", "2015-01-01", (), {"un-cod-2003": "cannot tell"}),
        # an end is a day on which it no longer holds; a return is a rule of its own
        ("RUS", "IRN", "2020-10-17", (), {"un-irn-2010": "match", "us-caatsa-231": "cannot tell"}),
        ("RUS", "IRN", "2020-10-18", (), {"us-caatsa-231": "cannot tell"}),
        ("RUS", "IRN", "2025-09-28", (), {"un-irn-2025": "match", "us-caatsa-231": "cannot tell"}),
    ],
)
def test_what_bears_on_a_transfer_on_a_day(
    supplier: str, recipient: str, day: str, bodies: tuple[str, ...], expected: dict[str, str]
) -> None:
    assert {rule: str(answer) for rule, answer in answers(asked(supplier, recipient, day, *bodies)).items()} == expected


def test_a_designation_that_does_not_block_says_what_other_lists_miss() -> None:
    found = next(o for o in asked("RUS", "TUR", "2021-01-01", "SSB").rules if o.rule.id == SSB)
    assert "lists of blocked persons do not show it" in found.because


def test_an_unknown_side_is_cannot_tell_and_never_no_match() -> None:
    found = asked(None, "CHN", "2024-01-01")
    assert answers(found)["eu-chn-1989"] is Answer.CANNOT_TELL
    assert answers(asked("CHN", None, "2024-01-01"))["un-prk-2006"] is Answer.CANNOT_TELL


@needs_tables
def test_the_dated_events_of_the_table() -> None:
    by_id = {rule.id: rule for rule in rules()}
    wanted = {
        "law_signed": "us-caatsa-231",
        "section_231_full_blocking": "us-caatsa-231-chn-edd",
        "section_231_menu_based_not_blocking": SSB,
    }
    for row in table("caatsa_dates"):
        assert by_id[wanted[row["event_code"]]].first.isoformat() == row["date"]
    assert by_id[SSB].blocking is False
    assert by_id["us-caatsa-231-chn-edd"].blocking is True


def test_every_rule_names_a_party_of_the_lexicon_and_an_act() -> None:
    codes = {party.code for party in lexicon().parties}
    for rule in rules():
        assert rule.target in codes
        assert rule.act
        assert rule.after is None or rule.first < rule.after
        assert (rule.kind is RuleKind.DESIGNATION) == (rule.body is not None)
    assert members(date(2024, 1, 1)) <= codes
    assert len(members(date(2024, 1, 1))) == 27


# -- lists ------------------------------------------------------------------------------------------------


def listed(*names: str, countries: tuple[str, ...] = ()) -> tuple[str, str, tuple[Listed, ...]]:
    return "made up", "2026-01-01", (Listed("made up", "7", names, countries),)


@pytest.mark.parametrize(
    ("body", "entry", "expected"),
    [
        ("Acme Arms Co., Ltd.", listed("ACME ARMS", countries=("RUS",)), Answer.MATCH),  # name and country
        ("Acme Arms", listed("ACME ARMS", countries=("FRA",)), Answer.POSSIBLE),  # the same name of another country
        ("Acme Arms", listed("ACME ARMS"), Answer.POSSIBLE),  # no second sign at all
        ("Acme Armes", listed("ACME ARMS", countries=("RUS",)), Answer.POSSIBLE),  # alike, and not the same
        ("Arms Acme", listed("ACME ARMS", countries=("RUS",)), Answer.MATCH),  # order of words
    ],
)
def test_a_name_needs_a_second_sign(body: str, entry: tuple[str, str, tuple[Listed, ...]], expected: Answer) -> None:
    found = screen(Transfer("RUS", "TUR", (body,)), date(2026, 1, 1), (), frozenset(), [entry])
    assert [hit.answer for hit in found.hits] == [expected]


def test_names_far_from_it_are_not_told() -> None:
    found = screen(Transfer("RUS", "TUR", ("Other Works",)), date(2026, 1, 1), (), frozenset(), [listed("ACME ARMS")])
    assert found.hits == ()
    assert "1 entries, dated 2026-01-01" in " ".join(found.result().unknown)


def code_of(country: str) -> str | None:
    return {"Russia": "RUS", "RU": "RUS", "RUSSIAN FEDERATION": "RUS"}.get(country)


OFAC = (
    b'36,"ACME ARMS","-0- ","RUSSIA-EO14024","-0- ","-0- ","-0- ","-0- ","-0- ","-0- ","-0- ","Russia"\r\n'
    b'37,"DOE, John","individual","RUSSIA-EO14024","-0- ","-0- ","-0- ","-0- ","-0- ","-0- ","-0- ","-0- "\r\n'
)
OPEN = (
    b'"id","schema","name","aliases","birth_date","countries","addresses","identifiers","sanctions","phones","emails",'
    b'"dataset","first_seen","last_seen","last_change"\n'
    b'"x-1","Company","Acme Arms","Akme Arms;AA","","RU","","","","","","A list","2024-02-03T00:00:00","",""\n'
    b'"x-2","Person","John Doe","","","RU","","","","","","A list","2024-02-03T00:00:00","",""\n'
)
EUROPE = (
    "\ufeffEntity_LogicalId;Entity_SubjectType;Entity_Regulation_Programme;NameAlias_WholeName;Address_CountryDescription\n"
    "12;E;UKR;Acme Arms;RUSSIAN FEDERATION\n12;E;UKR;Akme Arms;\n13;P;UKR;John Doe;\n"
).encode()
NATIONS = (
    b"<CONSOLIDATED_LIST><ENTITIES><ENTITY><FIRST_NAME>Acme Arms</FIRST_NAME><REFERENCE_NUMBER>KPe.001</REFERENCE_NUMBER>"
    b"<LISTED_ON>2009-04-24</LISTED_ON><UN_LIST_TYPE>DPRK</UN_LIST_TYPE><ENTITY_ALIAS><ALIAS_NAME>AA</ALIAS_NAME>"
    b"</ENTITY_ALIAS><ENTITY_ADDRESS><COUNTRY>Russia</COUNTRY></ENTITY_ADDRESS></ENTITY></ENTITIES></CONSOLIDATED_LIST>"
)


@pytest.mark.parametrize(
    ("data", "told", "names"),
    [
        (OFAC, "OFAC", ("ACME ARMS",)),
        (OPEN, "OpenSanctions", ("Acme Arms", "Akme Arms", "AA")),
        (EUROPE, "European Union", ("Acme Arms", "Akme Arms")),
        (NATIONS, "United Nations", ("Acme Arms", "AA")),
    ],
)
def test_the_four_forms_of_lists_without_persons(data: bytes, told: str, names: tuple[str, ...]) -> None:
    called, entries = read_list(data, "a file", code_of)
    assert called == told
    assert [entry.names for entry in entries] == [names]
    assert entries[0].countries == ("RUS",)


def test_another_file_says_which_forms_are_known() -> None:
    with pytest.raises(NotReadable, match="OpenSanctions"):
        read_list(b"a,b\n1,2\n", "x.csv", code_of)
    with pytest.raises(NotReadable, match="has no entry"):
        read_list(b"Entity_LogicalId;x\n", "x.csv", code_of)


def test_an_entity_bomb_is_not_followed() -> None:
    bomb = (
        b'<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;">]><CONSOLIDATED_LIST><ENTITIES><ENTITY>'
        b"<FIRST_NAME>&z;</FIRST_NAME></ENTITY></ENTITIES></CONSOLIDATED_LIST>"
    )
    _, entries = read_list(bomb, "x.xml", code_of)
    assert all("y" not in name for entry in entries for name in entry.names)
