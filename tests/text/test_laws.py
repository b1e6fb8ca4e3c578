"""What holds of every grammar of ``armsledger.text``: what is told stands where it says, in any text."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsledger.model import Run, Span
from armsledger.text.dates import find_dates, first_date
from armsledger.text.money import MARKS, find_money, find_spoken_money
from armsledger.text.offsets import to_source, view
from armsledger.text.quantities import count_at, find_counts, words_to_number
from armsledger.text.sentences import first_end, sentence_spans

from .neutral import RUNS, hostile, neutral

_SPOKEN = {"won": "KRW", "euros": "EUR"}

# -- dates ------------------------------------------------------------------------------------------------

_MONTHS = "January February March April May June July August September October November December".split()


@pytest.mark.parametrize(
    ("form", "length"),
    [
        ("{month} {day}, {year}", 10),
        ("{short}. {day}, {year}", 10),
        ("{short} {day} {year}", 10),
        ("{day} {month} {year}", 10),
        ("{day} {short}. {year}", 10),
        ("{iso}", 10),
        ("{month} {year}", 7),
    ],
)
@given(day=st.dates(date(1900, 1, 1), date(2099, 12, 31)), before=neutral(), after=neutral())
def test_every_day_in_every_form_is_found_where_it_stands(
    form: str, length: int, day: date, before: str, after: str
) -> None:
    month = _MONTHS[day.month - 1]
    said = form.format(month=month, short=month[:3], day=day.day, year=day.year, iso=day.isoformat())
    (found,) = find_dates(before + said + after)
    assert found.interval.iso == day.isoformat()[:length]
    assert (found.start, found.end) == (len(before), len(before) + len(said))


@given(text=hostile())
def test_the_words_of_a_date_alone_are_the_same_date(text: str) -> None:
    done = 0
    for found in find_dates(text):
        assert done <= found.start < found.end <= len(text)
        done = found.end
        alone = first_date(text[found.start : found.end])
        assert alone is not None
        assert (alone.interval, alone.start, alone.end) == (found.interval, 0, found.end - found.start)


# -- money ------------------------------------------------------------------------------------------------

_SCALES = {
    "": 1,
    " thousand": 10**3,
    " lakh": 10**5,
    " million": 10**6,
    "m": 10**6,
    " mn": 10**6,
    " crore": 10**7,
    " billion": 10**9,
    "bn": 10**9,
    "-billion": 10**9,
    " trillion": 10**12,
}


@given(
    amount=st.decimals(0, 10**9, places=2).map(lambda d: d.quantize(Decimal("0.01"))),
    whole=st.booleans(),
    grouped=st.booleans(),
    mark=st.sampled_from(sorted(MARKS)),
    scale=st.sampled_from(sorted(_SCALES)),
    before=neutral(),
    after=neutral(),
)
def test_every_sum_is_read_exactly_where_it_stands(
    amount: Decimal, whole: bool, grouped: bool, mark: str, scale: str, before: str, after: str
) -> None:
    told = format(amount.to_integral_value() if whole else amount, "," if grouped else "")
    said = f"{mark}{told}{scale}"
    (found,) = find_money(before + said + after)
    assert found.amount == Decimal(told.replace(",", "")) * _SCALES[scale]
    assert found.currency == MARKS[mark]
    assert (found.start, found.end) == (len(before), len(before) + len(said))


@given(text=hostile())
def test_the_words_of_a_sum_alone_are_the_same_sum(text: str) -> None:
    done = 0
    for found in find_money(text):
        assert done <= found.start < found.end <= len(text)
        done = found.end
        assert found.amount.is_finite()
        assert found.amount >= 0
        alone = next(find_money(text[found.start : found.end]), None)
        assert alone is not None
        assert (alone.amount, alone.currency, alone.end) == (found.amount, found.currency, found.end - found.start)


@pytest.mark.parametrize("digits", [25, 400, 100_000])
def test_a_number_with_more_digits_than_any_sum_is_no_sum(digits: int) -> None:
    text = f"${'9' * digits} and $5"
    assert [(str(s.amount), text[s.start : s.end]) for s in find_money(text)] == [("5", "$5")]


@given(text=hostile(), cut=st.integers(0, 30), length=st.integers(0, 30))
def test_a_stretch_gives_only_what_stands_in_it(text: str, cut: int, length: int) -> None:
    stop = min(len(text), cut + length)
    spans = [(d.start, d.end) for d in find_dates(text, cut, stop)]
    spans += [(s.start, s.end) for s in find_money(text, cut, stop)]
    spans += [(c.start, c.end) for c in find_counts(text, cut, stop)]
    assert all(cut <= start < end <= stop for start, end in spans)


# -- counts -----------------------------------------------------------------------------------------------

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()


def _spelled(number: int, joined: str, between: str) -> str:
    """A number below a million in words, written anew here so that the grammar is not its own judge."""
    if number >= 1000:
        rest = f"{between}{_spelled(number % 1000, joined, between)}" if number % 1000 else ""
        return f"{_spelled(number // 1000, joined, ' ')} thousand{rest}"
    if number >= 100:
        rest = f"{between}{_spelled(number % 100, joined, between)}" if number % 100 else ""
        return f"{_UNITS[number // 100]} hundred{rest}"
    if number >= 20:
        return _TENS[number // 10] + (f"{joined}{_UNITS[number % 10]}" if number % 10 else "")
    return _UNITS[number]


@given(
    number=st.one_of(st.integers(0, 1200), st.integers(0, 999_999)),
    joined=st.sampled_from(["-", " "]),
    between=st.sampled_from([" ", " and "]),
    before=neutral(),
    after=neutral(),
)
def test_numbers_in_words_are_read_back(number: int, joined: str, between: str, before: str, after: str) -> None:
    words = _spelled(number, joined, between)
    assert words_to_number(words) == words_to_number(words.upper()) == Decimal(number)
    found = count_at(f"{before}{words}{after}lamps", len(before))
    assert found is not None
    assert (found.number, found.end) == (Decimal(number), len(before) + len(words))


@given(number=st.integers(0, 999_999_999), grouped=st.booleans(), before=neutral())
def test_numbers_in_digits_are_read_where_they_stand(number: int, grouped: bool, before: str) -> None:
    said = format(number, "," if grouped else "")
    (found,) = find_counts(f"{before}{said} lamps")
    assert (found.number, found.start, found.end) == (Decimal(number), len(before), len(before) + len(said))


@given(text=hostile())
def test_the_words_of_a_count_alone_are_the_same_count(text: str) -> None:
    done = 0
    for found in find_counts(text):
        assert done <= found.start < found.end <= len(text)
        done = found.end
        again = count_at(text[found.start : found.end] + " lamps", 0)
        assert again is not None
        assert (again.number, again.end, again.bound) == (found.number, found.end - found.start, found.bound)


# -- sentences --------------------------------------------------------------------------------------------


@given(text=hostile(), data=st.data())
def test_sentences_cover_any_stretch_without_gap_or_overlap(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)), "start")
    end = data.draw(st.integers(start, len(text)), "end")
    spans = list(sentence_spans(text, start, end))
    assert "".join(span.of(text) for span in spans) == text[start:end]
    assert all(span.start < span.end for span in spans)
    if spans:
        assert (spans[0].start, spans[-1].end) == (start, end)


@given(text=hostile())
def test_the_first_end_is_the_end_of_the_first_sentence(text: str) -> None:
    ends = [span.end for span in sentence_spans(text)]
    assert first_end(text) == (ends[0] if ends else 0)


# -- plain copies -----------------------------------------------------------------------------------------

# The characters that count as one, written anew here so that the module is not its own judge.
_ALIKE = {
    **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000\t\r\x0b\x0c\x85\n\u2028\u2029", " "),
    **dict.fromkeys("\u2018\u2019\u201a\u2032`\u02bc", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u2033", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff\ue000", ""),
}


def _bare(text: str) -> str:
    """A text without its blanks, and with one kind of quote and hyphen."""
    return "".join(_ALIKE.get(c, c) for c in text).replace(" ", "")


@given(text=hostile(), join=st.booleans(), data=st.data())
def test_every_stretch_of_a_copy_stands_normalised_in_the_original(text: str, join: bool, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(text)), "first")
    last = data.draw(st.integers(first, len(text)), "last")
    copy = view(text, first, last, join_lines=join)
    start = data.draw(st.integers(0, len(copy.text)), "start")
    end = data.draw(st.integers(start, len(copy.text)), "end")
    span = copy.span(start, end)
    assert first <= span.start <= span.end <= last
    assert _bare(span.of(text)) == _bare(copy.text[start:end])
    assert (span.start < span.end) == (start < end)


@given(text=hostile(), join=st.booleans())
def test_nothing_but_blanks_and_dropped_characters_is_left_out(text: str, join: bool) -> None:
    copy = view(text, join_lines=join).text
    assert _bare(copy) == _bare(text)
    assert not (join and "\n" in copy)


@given(
    pieces=st.lists(st.tuples(st.text("abc", min_size=1, max_size=5), st.text("<>", max_size=4)), max_size=6),
    data=st.data(),
)
def test_a_span_leads_back_to_the_same_words_of_the_source(pieces: list[tuple[str, str]], data: st.DataObject) -> None:
    """A stored text is its source without the marks; its runs lead back."""
    text = source = ""
    runs = []
    for words, mark in pieces:
        source += mark
        runs.append(Run(len(text), len(source), len(words)))
        text, source = text + words, source + words
    start = data.draw(st.integers(0, len(text)), "start")
    end = data.draw(st.integers(start, len(text)), "end")
    there = to_source(runs, Span(start, end))
    if end > start:
        assert there is not None
        assert re.sub("[<>]", "", there.of(source)) == text[start:end]


# -- long runs --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("run", RUNS)
def test_a_long_run_hides_nothing(run: str) -> None:
    """The same things are found between long runs as alone; a grammar with nested repetition would not end."""
    text = f"{RUNS[run]} ; 14 May 2031 ; £12.5 million ; 5 won ; sixty-two (62) lamps ; {RUNS[run]}"
    assert [d.interval.iso for d in find_dates(text)] == ["2031-05-14"]
    assert (Decimal(12_500_000), "GBP") in [(s.amount, s.currency) for s in find_money(text)]
    assert (Decimal(5), "KRW") in [(s.amount, s.currency) for s in find_spoken_money(text, _SPOKEN)]
    assert Decimal(62) in [c.number for c in find_counts(text)]


@pytest.mark.parametrize("run", RUNS)
def test_a_long_run_hides_no_sentence(run: str) -> None:
    text = f"{RUNS[run]}x ends here. The lamps are lit. The rest: {RUNS[run]}"
    spans = list(sentence_spans(text))
    assert "".join(span.of(text) for span in spans) == text
    assert " The lamps are lit." in [span.of(text) for span in spans]


@pytest.mark.parametrize("run", RUNS)
def test_a_long_run_is_copied_with_its_way_back(run: str) -> None:
    text = f"{RUNS[run]} ; lamps ; {RUNS[run]}"
    copy = view(text, join_lines=True)
    at = copy.text.index("lamps")
    assert copy.span(at, at + 5).of(text) == "lamps"
    assert _bare(copy.text) == _bare(text)
