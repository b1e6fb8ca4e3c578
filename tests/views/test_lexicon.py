"""``armsledger lexicon find``: where names lead."""

from __future__ import annotations

import pytest

from .made_up import lines, ran, run


@pytest.mark.parametrize(
    ("name", "kind", "entry"),
    [
        ("AMRAAM", "system", "aim-120"),
        ("aim 120c-8", "system", "aim-120"),
        ("Türkiye", "party", "TUR"),
        ("turkiye", "party", "TUR"),
        ("TUR", "party", "TUR"),
        ("USD", "currency", "USD"),
        ("Reuters", "outlet", "reuters"),
    ],
)
def test_a_name_leads_to_its_entry(name: str, kind: str, entry: str) -> None:
    found = lines("lexicon", "find", name, "--format", "jsonl")
    assert (kind, entry) in {(e["kind"], e["id"]) for e in found}
    assert all(e["source"] for e in found)


def test_for_people() -> None:
    told = ran("lexicon", "find", "AMRAAM")
    for words in ("system aim-120", "maker", "origin", "United States (USA)", "UN Register", "variants", "source"):
        assert words in told


def test_a_weak_name_is_said_to_be_weak() -> None:
    assert "“Slammer” is a weak name" in ran("lexicon", "find", "Slammer")


def test_an_ambiguous_name_is_said_to_be_ambiguous() -> None:
    assert "is ambiguous: it can stand for" in ran("lexicon", "find", "Falcon")


@pytest.mark.parametrize("name", ["zzzz", "", "\x1b[2J", "-"])
def test_nothing(name: str) -> None:
    result = run("lexicon", "find", "--", name)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "the lexicon has no entry of this name" in result.stderr
    assert "\x1b" not in result.stderr
