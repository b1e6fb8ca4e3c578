"""SIPRI's registers as claims: orders and deliveries with SIPRI's doubts, prices apart from volumes."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from armsledger.claims import read as read_any
from armsledger.claims.designations import designated
from armsledger.claims.register_rows import party_named
from armsledger.claims.sipri import RegisterRow, rows
from armsledger.claims.sipri_comments import read_comments
from armsledger.model import Certainty, Claim, DateInterval, Meaning, Mode, Money, SpeakerKind, Stage
from armsledger.text.registers import Register
from hostile import UNITS, growth

from .made_up_registers import FOLDER, NEXT, claim, holds, read, read_bytes, said

TRADE = "trade-register-2030.csv"


def usd(amount: int, currency: str = "USD") -> Money:
    return Money(Decimal(amount), currency, Meaning.REPORTED)


@pytest.mark.parametrize(("name", "vintage"), [(TRADE, None), (NEXT, "2032"), ("deliveries.csv", None)])
def test_every_claim_stands_in_its_row(name: str, vintage: str | None) -> None:
    holds(read(name, Register.SIPRI, vintage))


# -- order and delivery -----------------------------------------------------------------------------------


def test_a_row_is_an_order_and_a_delivery() -> None:
    reading = read(TRADE)
    order, delivery = claim(reading, "CV-90", Stage.ORDERED), claim(reading, "CV-90", Stage.DELIVERED)
    for one in (order, delivery):
        assert (one.supplier, one.recipient, one.item, one.system) == ("SWE", "NOR", "CV-90", "cv90")
        assert (one.speaker, one.speaker_kind, one.reader) == ("SIPRI", SpeakerKind.OFFICE, "register-sipri/1")
        assert one.quote.startswith("Norway,Sweden,2021,?,30")
    assert (order.quantity, order.date) == (Decimal(30), DateInterval("2021"))
    assert (delivery.quantity, delivery.date) == (Decimal(12), DateInterval("2023/2026"))
    assert said(delivery, "date") == [("2023/2026", "2023; 2024; 2026")]


def test_what_is_not_delivered_gives_no_delivery() -> None:
    rocket = [c for c in read(TRADE).reading.claims if "9M14M" in c.quote]
    assert [c.stage for c in rocket] == [Stage.ORDERED]
    assert rocket[0].quantity is None  # an empty cell: not available yet, which is not 0


def test_selected_is_not_ordered() -> None:
    one = claim(read(TRADE), "S-400", Stage.NEGOTIATED)
    assert said(one, "stage") == [("negotiated", "selected but not yet ordered by end-2025")]
    assert one.value == usd(390_000_000_000, "INR")


def test_second_hand_and_modernised() -> None:
    one = claim(read(TRADE), "C-130H", Stage.DELIVERED)
    assert (one.second_hand, one.modernised, one.mode) == (True, True, Mode.AID)
    assert said(one, "condition") == [("Second hand but modernized",) * 2]
    new = claim(read(TRADE), "CV-90", Stage.ORDERED)
    assert (new.second_hand, new.modernised) == (False, False)


# -- doubts -----------------------------------------------------------------------------------------------


def test_a_mark_of_an_estimate_makes_a_claim_probable_and_says_of_what() -> None:
    reading = read(TRADE)
    order = claim(reading, "CV-90", Stage.ORDERED)
    assert order.certainty is Certainty.PROBABLE
    assert said(order, "estimate") == [("date", "?"), ("quantity", "?")]
    assert said(order, "certainty") == [("probable", "?")]
    text = reading.reading.document.text
    assert [text[a.start - 5 : a.end] for a in order.anchored("estimate")] == ["2021,?", "?,30,?"]


def test_what_is_not_marked_is_certain() -> None:
    reading = read(TRADE)
    assert claim(reading, "Bayraktar", Stage.ORDERED).certainty is Certainty.CERTAIN
    year_only = claim(reading, "C-130H", Stage.ORDERED)  # the year is an estimate, the number is not
    assert said(year_only, "estimate") == [("date", "?")]
    assert said(claim(reading, "C-130H", Stage.DELIVERED), "estimate") == [("quantity", "?")]


def test_a_doubt_in_words_is_a_doubt() -> None:
    one = claim(read(TRADE), "9M14M", Stage.ORDERED)
    assert (one.certainty, one.supplier) == (Certainty.PROBABLE, None)
    assert said(one, "estimate") == [("supplier", "Supplier uncertain")]
    assert said(one, "supplier") == [("unknown supplier(s)", "unknown supplier(s)")]


def test_in_the_newer_layout_yes_marks_an_estimate_and_an_empty_cell_nothing() -> None:
    claims = [c for c in read("deliveries.csv").reading.claims if c.recipient == "NOR"]
    assert [(c.stage, said(c, "estimate")) for c in claims] == [
        (Stage.ORDERED, [("date", "Yes")]),
        (Stage.DELIVERED, [("quantity", "Yes")]),
        (Stage.DELIVERED, []),
    ]


# -- volumes and prices -----------------------------------------------------------------------------------


def test_a_volume_is_never_money() -> None:
    one = claim(read(TRADE), "C-295", Stage.ORDERED)
    assert (one.value, one.programme) == (None, None)
    assert said(one, "TIV per unit") == [("5", "5")]
    assert said(one, "TIV of order") == [("10", "10")]
    assert said(claim(read(TRADE), "C-295", Stage.DELIVERED), "TIV of deliveries") == [("11", "11")]


def test_a_price_is_of_the_order() -> None:
    reading = read(TRADE)
    assert claim(reading, "CV-90", Stage.ORDERED).value == usd(79_000_000)
    assert claim(reading, "CV-90", Stage.DELIVERED).value is None


def test_the_price_of_a_deal_of_many_parts_is_not_the_rows() -> None:
    one = claim(read(TRADE), "Bayraktar", Stage.ORDERED)
    assert (one.value, one.programme) == (None, usd(90_000_000, "EUR"))
    assert said(one, "programme in another currency") == [("USD 120000000", "$120 m")]


@pytest.mark.parametrize(
    ("comment", "value", "programme"),
    [
        ("$79 m deal", usd(79_000_000), None),
        ("Second-hand; $0.65 m deal; two versions", usd(650_000), None),
        ("Deal worth $32 m", usd(32_000_000), None),
        ("$17 m 'FMF' aid", usd(17_000_000), None),
        ("$44 m deal (incl 172 launchers; offsets $3 m)", usd(44_000_000), None),
        ("GBP20 m ($30 m) deal", usd(20_000_000, "GBP"), None),
        ("$20 m deal (part of $90 m deal)", usd(20_000_000), usd(90_000_000)),
        ("Part of $7 b 'Made-up' deal", None, usd(7_000_000_000)),
        ("part of deal worth SEK2.5 b", None, usd(2_500_000_000, "SEK")),
        ("Possibly $1.6 b deal", usd(1_600_000_000), None),
        ("$340-350 m deal", None, None),  # a range is no sum
        ("$5 m or $7 m deal", None, None),
        ("KRW1.2 tr deal", None, None),  # a scale that is not read: no sum rather than a wrong one
        ("For all 12 aircraft of the deal", None, None),
        ("For $30 m modernization of 3 boats", None, None),
        ("offsets $40 m", None, None),
        ("", None, None),
    ],
)
def test_prices_in_comments(comment: str, value: Money | None, programme: Money | None) -> None:
    found = read_comments(comment, 0, len(comment), "NOR")
    assert (found.value, found.programme) == (value, programme)
    assert all(comment[a.start : a.end] == a.quote for a in found.anchors)


def test_a_doubted_price_is_told_to_be_one() -> None:
    comment = "Possibly $1.6 b deal"
    (doubt,) = read_comments(comment, 0, len(comment), None).of("estimate")
    assert (doubt.value, doubt.quote) == ("value", "Possibly")


@pytest.mark.parametrize(
    ("comment", "mode"),
    [
        ("Second-hand; aid", Mode.AID),
        ("'MAP' aid; for training", Mode.AID),
        ("$9 m aid", Mode.AID),
        ("gift", Mode.AID),
        ("3-year lease", Mode.LEASE),
        ("$5 m 3-year lease", Mode.LEASE),
        ("loan until bought in 2019", Mode.LOAN),
        ("produced under licence in Norway", Mode.LICENSED_PRODUCTION),
        ("probably aid", None),
        ("Financed by US aid", None),
        ("incl 3 'MAP' aid", None),
        ("produced under licence in Sweden", None),  # not in the country that gets them
        ("incl 3 produced under licence in Norway", None),
    ],
)
def test_terms_in_comments(comment: str, mode: Mode | None) -> None:
    assert read_comments(comment, 0, len(comment), "NOR").mode is mode


@pytest.mark.parametrize(
    ("comment", "version"),
    [
        ("AIM-120C-7 version", ["AIM-120C-7"]),
        ("$5 m deal; AB-206B (Bell-206B) version; for police", ["AB-206B (Bell-206B)"]),
        ("incl 3 trainer version", []),
        ("modernized to Mk-2 version", []),
    ],
)
def test_versions_in_comments(comment: str, version: list[str]) -> None:
    assert [a.value for a in read_comments(comment, 0, len(comment), None).of("version")] == version


def test_the_whole_comment_is_kept() -> None:
    (kept,) = claim(read(TRADE), "C-130H", Stage.ORDERED).anchored("comments")
    assert kept.value == "Second-hand but modernized before delivery; aid"


@pytest.mark.parametrize("unit", [*UNITS, "prices", "remarks", "brackets"])
def test_comments_take_linear_time(unit: str) -> None:
    own = {"prices": "part of $9 m or $8 m (", "remarks": ";aid version;", "brackets": "$9 m deal ((("}
    assert growth(lambda text: read_comments(text, 0, len(text), "NOR"), {**UNITS, **own}[unit], size=6000) < 10


# -- names ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "party"),
    [
        ("Turkiye", "TUR"),
        ("Soviet Union", "SUN"),
        ("Russia", "RUS"),
        ("East Germany (GDR)", "DDR"),
        ("Congo", "COG"),
        ("DR Congo", "COD"),
        ("Cote d'Ivoire", "CIV"),
        ("United Nations**", "UN"),
        ("Hezbollah (Lebanon)*", "Hezbollah"),
        ("Georgia", "GEO"),
        ("unknown supplier(s)", None),
    ],
)
def test_names_of_parties(written: str, party: str | None) -> None:
    found = party_named(written, Register.SIPRI)
    assert (found.party, found.known) == (party, True)


@pytest.mark.parametrize("written", ["PRC (Israel/Palestine)*", "SNA (Somalia)*", "Atlantis", "Libya GNC"])
def test_a_name_that_is_not_known_stays_as_written(written: str) -> None:
    """Not China, not the Syrian army: a mark says that it is an armed group, and of which country."""
    found = party_named(written, Register.SIPRI)
    assert (found.party, found.known) == (written.rstrip("*"), False)


def test_unknown_names_are_counted() -> None:
    assert read(TRADE).unknown == (("SNA (Somalia)*", 1),)


@pytest.mark.parametrize(
    ("designation", "description", "system"),
    [
        ("S-70 Black Hawk", "transport helicopter", "uh-60"),
        ("Harpoon Block-1", "anti-ship missile", "harpoon"),
        ("Tiger", "combat helicopter", "tiger-helicopter"),
        ("Tiger", "armoured personnel carrier", None),
        ("M-114 155mm", "towed gun", "m114-howitzer"),
        ("M-114", "armoured reconnaissance vehicle", None),
        ("P-15", "anti-ship missile", "p-15"),
        ("P-15", "air-search radar", None),
        ("Leopard-2 chassis", "tank chassis", None),
        ("Centurion turret", "tank turret", None),
        ("LE-500 Little Eagle", "light aircraft", None),
        ("Knox", "frigate", "knox-class"),
        ("ship engine", "ship engine", None),
        ("F-16", "thing of an unknown kind", None),
    ],
)
def test_a_system_is_told_where_name_and_kind_agree(designation: str, description: str, system: str | None) -> None:
    assert designated(designation, description) == system


# -- rows, vintages, deals --------------------------------------------------------------------------------


def test_the_claims_of_one_row_name_it_by_vintage_and_line() -> None:
    reading = read(TRADE)
    named = {a.value for c in reading.reading.claims if "Bayraktar" in c.quote for a in c.anchored("register row")}
    assert named == {"SIPRI 2030-11-05 7"}
    assert len({a.value for c in reading.reading.claims for a in c.anchored("register row")}) == reading.rows


def test_the_vintage_stands_above_the_table_or_was_given() -> None:
    one = claim(read(TRADE), "CV-90", Stage.ORDERED)
    assert said(one, "vintage") == [("2030-11-05", "5 Nov 2030")]
    (given,) = claim(read(NEXT, Register.SIPRI, "2032-03"), "CV-90", Stage.ORDERED).anchored("vintage")
    assert (given.value, given.how) == ("2032-03", "given")


def test_a_deal_of_several_deliveries_is_ordered_once() -> None:
    claims = [c for c in read("deliveries.csv").reading.claims if c.recipient == "NOR"]
    assert [c.stage for c in claims] == [Stage.ORDERED, Stage.DELIVERED, Stage.DELIVERED]
    assert {v for c in claims for v, _ in said(c, "register number")} == {"SIPRI 90001"}
    assert sum(c.quantity or 0 for c in claims) == 12


def test_local_production_is_licensed_production() -> None:
    newer = claim(read("deliveries.csv"), "Mirage-2000H", Stage.DELIVERED)
    older = claim(read(TRADE), "Mirage-2000H", Stage.DELIVERED)
    assert newer.mode is older.mode is Mode.LICENSED_PRODUCTION
    assert claim(read(TRADE), "Tiger", Stage.ORDERED).mode is None  # "probably aid" is not aid


def test_a_row_that_is_the_same_in_two_vintages_is_a_claim_of_each() -> None:
    older, newer = read(TRADE), read(NEXT, Register.SIPRI, "2032-03")
    assert len(older.reading.claims) == len(newer.reading.claims)
    assert not {c.id for c in older.reading.claims} & {c.id for c in newer.reading.claims}
    assert [_what(c) for c in older.reading.claims if "CV-90" not in c.quote] == [
        _what(c) for c in newer.reading.claims if "CV-90" not in c.quote
    ]
    revised = [claim(r, "CV-90", Stage.DELIVERED) for r in (older, newer)]
    assert [c.quantity for c in revised] == [Decimal(12), Decimal(30)]


def _what(one: Claim) -> tuple[object, ...]:
    return one.supplier, one.recipient, one.item, one.stage, one.quantity, one.date, one.value


def test_a_mended_row_is_read_whole() -> None:
    one = claim(read(TRADE), "T-55", Stage.DELIVERED)
    assert (one.supplier, one.mode, one.second_hand) == ("SUN", Mode.LEASE, True)
    assert one.quote.endswith("3-year lease\n,0.5,10,10")
    assert said(one, "TIV of deliveries") == [("10", "10")]


def test_faults_are_listed_and_the_rest_is_read() -> None:
    found = read(TRADE)
    assert (found.rows, found.mended, found.products) == (10, 1, 18)
    assert [(f.line, f.left_out) for f in found.faults] == [(10, False), (13, True), (14, True), (15, False)]
    assert found.faults[-1].problem == "TIV of deliveries: 11 is stated, 5 per unit × 2 is 10"
    assert [s.reason for s in found.reading.silences] == ["a row that cannot be read"] * 2


def test_reading_again_gives_the_same() -> None:
    data = (FOLDER / TRADE).read_bytes()
    one, other = read_bytes(data), read_bytes(data)
    assert [c.id for c in one.reading.claims] == [c.id for c in other.reading.claims]
    assert one.reading.claims == other.reading.claims


def test_the_reader_of_documents_reads_registers_too() -> None:
    reading = read(TRADE).reading
    assert read_any(reading.document) == reading


def test_the_light_reader_is_public_here() -> None:
    first = next(rows(read(TRADE).reading.document.text))
    assert isinstance(first, RegisterRow)
    assert (first.recipient, first.tiv_delivered) == ("Norway", Decimal(18))


# -- whole registers, where they are at hand --------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "vintage", "count", "mended", "products"),
    [
        ("sipri-2024-11/trade-register-1950-2023.csv.gz", None, 27_949 + 2, 2, 55_845),
        ("sipri-2026-02/trade-register-1950-on.csv.gz", "2026-02", 29_503, 4, 58_720),
        ("sipri-2026-02/transfers-by-delivery-1995-2025.csv.gz", None, 25_024, 0, 25_024),
    ],
)
def test_a_published_register_is_read_whole(
    shared: Path, path: str, vintage: str | None, count: int, mended: int, products: int
) -> None:
    """Every row, every broken one told, and every total of SIPRI's that can be reckoned again holds."""
    found = read_bytes((shared / "data" / "3-registers" / path).read_bytes(), Register.SIPRI, vintage)
    assert (found.rows, found.mended, found.products) == (count, mended, products)
    assert [f.left_out for f in found.faults] == [False] * mended
    holds(found)
    assert all(c.supplier or "unknown" in c.quote for c in found.reading.claims)
    assert sum(n for _, n in found.unknown) < 100
    text = found.reading.document.text
    tiv = sum((r.tiv_delivered or Decimal(0) for r in rows(text)), Decimal(0))
    told = [a for c in found.reading.claims for a in c.anchored("TIV of deliveries") if c.stage is Stage.DELIVERED]
    assert sum((Decimal(a.value) for a in told), Decimal(0)) == tiv
