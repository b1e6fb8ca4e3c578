"""More invented sentences beside those of the other files here: odd forms, and what only looks like a value."""

from __future__ import annotations

from decimal import Decimal

import pytest

from armsledger.model import DateInterval
from armsledger.text.dates import day_before, find_dates
from armsledger.text.money import find_money, find_spoken_money
from armsledger.text.offsets import view
from armsledger.text.quantities import count_at, find_counts
from armsledger.text.sentences import first_end, sentence_spans

_SPOKEN = {"won": "KRW", "euros": "EUR", "rupees": "INR", "dollars": "USD"}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The lamps leave on Jan. 14, 2031 by sea.", [("2031-01-14", "Jan. 14, 2031")]),
        ("a stop gone astray: Aug .10, 2023", [("2023-08-10", "Aug .10, 2023")]),
        ("no comma: Sept. 5 2031", [("2031-09-05", "Sept. 5 2031")]),
        ("no blank: May 3,2031", [("2031-05-03", "May 3,2031")]),
        ("an ordinal, June 3rd, 2031", [("2031-06-03", "June 3rd, 2031")]),
        ("with a comma: 3 May, 2031", [("2031-05-03", "3 May, 2031")]),
        ("IN CAPITALS: 10 SEPTEMBER 2031", [("2031-09-10", "10 SEPTEMBER 2031")]),
        ("spoken, in March of 2032", [("2032-03", "March of 2032")]),
        ("a leap day, Feb. 29, 2032", [("2032-02-29", "Feb. 29, 2032")]),
        ("from May 1, 2031 to 2 June 2032", [("2031-05-01", "May 1, 2031"), ("2032-06-02", "2 June 2032")]),
        ("no such day: February 29, 2031", []),
        ("no such day: March 99, 2031", []),
        ("no such month: 2031-13-01", []),
        ("a year alone: 2031", []),
        ("too many digits: Jan. 14, 20311", []),
        ("part of a word: XJ2031-02-03", []),
        ("she may 2 or 3 times march 20 miles", []),
    ],
)
def test_dates_are_read_as_precisely_as_they_are_said(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert [(d.interval.iso, sentence[d.start : d.end]) for d in find_dates(sentence)] == expected


@pytest.mark.parametrize(
    ("sentence", "published", "expected"),
    [
        ("told them Jan. 5 of lamps", "2033-01-05", "2033-01-05"),
        ("told them Jan. 6 of lamps", "2033-01-05", "2032-01-06"),
        ("told them March 3 of lamps", "2033-05", "2033-03-03"),
        ("told them Feb. 29 of lamps", "2033-03-01", "2032-02-29"),
        ("told them Feb. 29 of lamps", "2034-03-01", None),  # neither this year nor the one before has such a day
        ("told them March 3, 2031 of lamps", "2033-05", None),
    ],
)
def test_a_day_without_a_year_is_never_after_publication(sentence: str, published: str, expected: str | None) -> None:
    found = day_before(sentence, DateInterval(published))
    assert (found.interval.iso if found else None) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("a blank: $ 44,422,600;", [("44422600", "USD", "$ 44,422,600")]),
        ("A$3m for quoits", [("3000000", "AUD", "A$3m")]),
        ("NT$2 billion", [("2000000000", "TWD", "NT$2 billion")]),
        ("HK$9.9mn", [("9900000", "HKD", "HK$9.9mn")]),
        ("£7 a lamp, CHF 30,000 a year", [("7", "GBP", "£7"), ("30000", "CHF", "CHF 30,000")]),
        ("\u20b9300 crore", [("3000000000", "INR", "\u20b9300 crore")]),
        ("a $12.5 million-dollar quay", [("12500000", "USD", "$12.5 million")]),
        ("IN CAPITALS $10 MILLION", [("10000000", "USD", "$10 MILLION")]),
        ("cents too: $1,000.55.", [("1000.55", "USD", "$1,000.55")]),
        ("nothing is a sum: $0", [("0", "USD", "$0")]),
        ("a lone $, $ million, GBPs5, 5 per cent, 5$, ZAR 5", []),
    ],
)
def test_sums_behind_a_mark(sentence: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(str(s.amount), s.currency, sentence[s.start : s.end]) for s in find_money(sentence)] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("a quay for 5.6 trillion won", [("5600000000000", "KRW", "5.6 trillion won")]),
        ("a 5.6 trillion-won quay", [("5600000000000", "KRW", "5.6 trillion-won")]),
        ("8 billion euros and 1,200 euros", [("8000000000", "EUR", "8 billion euros"), ("1200", "EUR", "1,200 euros")]),
        ("300 crore rupees", [("3000000000", "INR", "300 crore rupees")]),
        ("5 wonders", []),
        ("a mark and a word: $12 dollars", []),  # the mark's own grammar reads it
        ("sixty dollars", []),
    ],
)
def test_sums_before_a_word(sentence: str, expected: list[tuple[str, str, str]]) -> None:
    found = find_spoken_money(sentence, _SPOKEN)
    assert [(str(s.amount), s.currency, sentence[s.start : s.end]) for s in found] == expected


@pytest.mark.parametrize(
    ("sentence", "number", "words", "bound"),
    [
        ("bought 1,200 lamps", 1200, "1,200", ""),
        ("bought (12) lamps", 12, "(12)", ""),
        ("bought 12 (12) lamps", 12, "12 (12)", ""),
        ("bought two hundred ninety-six (296) lamps", 296, "two hundred ninety-six (296)", ""),
        ("bought sixty- two (62) lamps", 62, "sixty- two (62)", ""),
        ("bought one (1) each lamp", 1, "one (1) each", ""),
        ("bought twelve hundred lamps", 1200, "twelve hundred", ""),
        ("bought at least 12 lamps", 12, "at least 12", "at least"),
        ("bought a total of forty lamps", 40, "a total of forty", "a total of"),
        ("bought an additional six (6) lamps", 6, "an additional six (6)", "an additional"),
        ("bought some 30 lamps", 30, "some 30", "some"),
    ],
)
def test_counts_are_exact_and_their_bounds_told_apart(sentence: str, number: int, words: str, bound: str) -> None:
    (found,) = find_counts(sentence)
    assert (found.number, sentence[found.start : found.end], found.bound) == (Decimal(number), words, bound)


@pytest.mark.parametrize(
    "sentence",
    [
        "155mm lamps",
        "a 12-inch lamp",
        "2.75 lamps",
        "lamp 9310C there",
        "40 percent of lamps",
        "40 % of lamps",
        "12 tons of oil",
        "$5 of oil",
        "the F-16 there",
        "3/4 of it",
        "bone and stone for someone",
        "a 12345678901 there",
    ],
)
def test_what_is_no_count_is_passed_over(sentence: str) -> None:
    assert list(find_counts(sentence)) == []


@pytest.mark.parametrize(
    "sentences",
    [
        ["Example Quays Inc., Reno, Nev., is awarded $5.", "Work will be done at St. Louis."],
        ["The price is $4.5 million.", "No offsets.", "See fig. 3 for it."],
        ["Made by U.S. firms for the harbour.", "It ends there."],
        ["Really?", "Yes!", "Done."],
        ["Mr. Example said so.", "He left"],
        ["It is made by Blorp Corp.", "The Navy pays."],
        ["It is made by J. Example of Blorp Co. Ltd. in Reno.", "Fiscal 2031 funds pay."],
        ["He said (so it goes.)", "Then he left."],
        ["Contract No. 7 costs $5.", "Bids were two."],
        ["a. small letter follows. it goes on at 1.2.3"],
    ],
)
def test_sentences_end_where_a_reader_would_end_them(sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [span.of(text).strip() for span in sentence_spans(text)] == sentences
    assert first_end(text) == len(sentences[0])


@pytest.mark.parametrize(
    ("text", "kept", "joined"),
    [
        ("non-\nstop", "non-stop", "non-stop"),
        ("here -\nthere", "here -\nthere", "here - there"),
        ("one\r\ntwo", "one\ntwo", "one two"),
        ("one \n two", "one\ntwo", "one two"),
        ("one\u2028two", "one\ntwo", "one two"),
        ("soft\u00adhyphen", "softhyphen", "softhyphen"),
        ("plain", "plain", "plain"),
        ("", "", ""),
    ],
)
def test_what_a_plain_copy_holds(text: str, kept: str, joined: str) -> None:
    assert view(text).text == kept
    assert view(text, join_lines=True).text == joined


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("a plan for ₹1,20,000 crore", ["1200000000000"]),  # grouped the Indian way
        ("$1,23,456 in all", ["123456"]),
        ("$12,5 and $1.5.2", []),  # digits that go on make no sum
        ("worth $5-10 million", ["5000000"]),  # the scale stands behind the upper end only
        ("between $5 and $10 million", ["5000000", "10000000"]),
        ("for $5 and 10 million leaflets", ["5"]),
    ],
)
def test_sums_are_whole_or_not_read(text: str, amounts: list[str]) -> None:
    assert [str(found.amount) for found in find_money(text)] == amounts


@pytest.mark.parametrize(("text", "number"), [("sixty (60)", 60), ("forty-two", 42), ("7", 7)])
def test_a_count_may_end_the_text(text: str, number: int) -> None:
    found = count_at(text, 0)
    assert found is not None
    assert found.number == number
