"""The small parts: values in words, marked text, the form of a reading, and the dossier."""

from __future__ import annotations

import doctest
import importlib
import io
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from armsledger.model import Meaning, Money, plain
from armsledger.views.clean import clean, one_line
from armsledger.views.dossier import dossier
from armsledger.views.json_lines import as_line, number
from armsledger.views.terminal import joined, marked
from armsledger.views.words import exact, exact_money, short_sum

from .made_up import lines


@pytest.mark.parametrize("name", ["clean", "json_lines", "words", "names", "row_files"])
def test_examples_in_docstrings(name: str) -> None:
    result = doctest.testmod(importlib.import_module(f"armsledger.views.{name}"))
    assert (result.attempted > 0, result.failed) == (True, 0)


@pytest.mark.parametrize(
    ("amount", "told"),
    [
        ("225000000", "USD 225 million"),
        ("41681329", "USD 41.7 million"),
        ("2512389558", "USD 2.51 billion"),
        ("1000000", "USD 1 million"),
        ("999999", "USD 999,999"),
        ("0", "USD 0"),
        ("12345.50", "USD 12,345.5"),
    ],
)
def test_sums_in_short(amount: str, told: str) -> None:
    assert short_sum(Money(Decimal(amount), "USD")) == told


@given(st.decimals(min_value=0, max_value=10**15, places=2), st.sampled_from([None, *Meaning]))
def test_an_exact_sum_keeps_every_digit(amount: Decimal, meaning: Meaning | None) -> None:
    told = exact_money(Money(amount, "USD", meaning))
    assert told.split()[1].replace(",", "") == plain(amount)
    assert exact(f"USD {plain(amount)}" + (f" ({meaning})" if meaning else "")) == told


@given(st.text())
def test_nothing_in_a_text_can_command_the_terminal(text: str) -> None:
    assert not [
        c for c in clean(text) if (ord(c) < 32 and c not in "\t\n") or 127 <= ord(c) < 160 or c in "\u202a\u202e\u2066"
    ]
    assert not [c for c in one_line(text) if ord(c) < 32 or 127 <= ord(c) < 160]
    assert len(clean(text)) == len(text)


@given(
    st.text(st.characters(exclude_categories=["C"]), max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60))),
)
def test_marks_leave_the_words_as_they_are(text: str, spans: list[tuple[int, int]]) -> None:
    inside = [(min(a, len(text)), min(b, len(text))) for a, b in spans]
    plainly = Console(file=io.StringIO())
    told = marked(text, inside, plainly).plain
    assert len(told) == len(text) + 2 * len(joined(inside))
    styled = Console(file=io.StringIO(), force_terminal=True)
    assert marked(text, inside, styled).plain == text


def test_brackets_where_there_are_no_styles(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Console(file=io.StringIO(), force_terminal=True)
    assert marked("53 missiles", [(0, 2)], shown).plain == "53 missiles"
    monkeypatch.setenv("NO_COLOR", "1")
    assert marked("53 missiles", [(0, 2)], shown).plain == "[53] missiles"


@pytest.mark.parametrize(("amount", "told"), [("53", 53), ("2.5E+9", 2_500_000_000), ("0.5", 0.5), ("1.0", 1)])
def test_numbers_are_numbers(amount: str, told: float) -> None:
    assert number(Decimal(amount)) == told
    assert isinstance(number(Decimal(amount)), type(told))
    assert number(None) is None


def test_a_line_is_one_line() -> None:
    assert json.loads(as_line({"a": "x\ny\u2028"}).decode()) == {"a": "x\ny\u2028"}
    assert as_line({"a": "x\ny"}).count(b"\n") == 1


# -- the dossier ------------------------------------------------------------------------------------------


def test_the_dossier_reads_as_it_should() -> None:
    told = {one["document"]["title"]: one for one in lines("read", str(dossier()), "--no-ledger", "--format", "jsonl")}
    assert len(told) == 6
    (notice,) = next(t for t in told.values() if t["document"]["kind"] == "notice")["notices"]
    assert (notice["recipient"], notice["transmittal"], notice["date"], notice["stage"]) == (
        "TUR",
        "25-33",
        "2025-05-14",
        "approved",
    )
    assert notice["value"] == {"amount": 225_000_000, "currency": "USD", "meaning": "ceiling"}
    assert [(i["quantity"], i["system"]) for i in notice["items"]] == [(53, "aim-120"), (6, "aim-120")]
    assert notice["contractors"] == ["RTX Corporation"]
    day = next(t for t in told.values() if t["document"]["kind"] == "contracts")
    raytheon = day["contracts"][0]
    assert (raytheon["amount"], raytheon["cumulative"]) == (41_681_329, 2_512_389_558)
    assert (len(raytheon["customers"]), raytheon["correction"]) == (34, True)
    assert [c["foreign"] for c in day["contracts"]] == [True, False, True, False]
    pakistan = [c for c in day["claims"] if c["recipient"] == "PAK"]
    assert [c["value"] for c in pakistan] == [None]
