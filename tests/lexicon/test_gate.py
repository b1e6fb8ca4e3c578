"""The gate lets through every text that may tell of a transfer of arms, and few others."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from armsledger.lexicon.gate import tells_of_arms
from armsledger.lexicon.matcher import lexicon
from hostile import UNITS, growth

TOLD = """
Poland bought 24 howitzers from South Korea.
Poland has ordered K9s from South Korea.
Thailand picks Gripen over F-16
Sweden will lend Hungary four Gripens.
Russia uses Iranian drones in the attack.
Turkey wants the S-400, Ankara says.
Greece gets Rafales from France
Bombs for Saudi Arabia: Britain approves the sale
Jets for Taiwan are delayed, the air force was told by Washington, which sold them.
France handed over two old patrol boats to the Philippines.
The Royal Danish Air Force took delivery of its first F-35A.
The rebels were armed by Libya and trained by Cuba.
North Korea is exchanging munitions for technology with Russia.
The Lockheed contract covers equipment for the navy of Chile.
Syria received missiles, a diplomat said.
The embargo on weapons for Myanmar was renewed by the European Union.
The M1A2 tanks were shipped to Morocco in crates.
Egypt denied that it had sent rockets to Moscow.
Twelve surplus Hawk batteries went from Spain to Ukraine as a donation.
Warplanes are what Peru hopes to buy, and Seoul offers them.
The licence to build the corvette in Indonesia was granted by the Netherlands.
POLAND BUYS 24 HOWITZERS FROM SOUTH KOREA, MINISTRY SAYS
Serbia agreed to deliver mortar shells
    to a firm in the Czech Republic.
Kuwait will buy air
defence systems from Norway.
""".strip()

GENERAL = """
Poland bought 24 locomotives from South Korea.
The central bank of Turkey sold dollars on Monday, traders said.
Brazil exported four million tonnes of soya beans to China.
The Patriots of New England acquired a guard from Houston.
Michael Jordan sold his house to a buyer from France.
The film was sold to distributors in Poland and Japan.
A court in Spain ordered the company to pay damages to its customers.
The minister delivered a speech in Norway about schools and hospitals.
The museum in Japan received a painting from France.
Shares of the bank rose after it had agreed to buy a rival in Italy.
Apple will ship its new phone to India in September.
The missile was launched.
Tanks, howitzers, rockets and drones.
The weather in Finland will be fine.
""".strip().splitlines()


def cases() -> list[str]:
    """The told texts; an indented line belongs to the one before it, and so does one in lower case."""
    texts: list[str] = []
    for line in TOLD.splitlines():
        if texts and (line.startswith(" ") or line[:1].islower()):
            texts[-1] += "\n" + line
        else:
            texts.append(line)
    return texts


@pytest.mark.parametrize("text", cases())
def test_what_tells_of_a_transfer_passes(text: str) -> None:
    assert tells_of_arms(text)


@pytest.mark.parametrize("text", GENERAL)
def test_what_tells_of_none_does_not(text: str) -> None:
    assert not tells_of_arms(text)


@pytest.mark.parametrize("text", cases()[:6])
def test_more_text_around_a_passage_never_closes_the_gate(text: str) -> None:
    aside = "The weather was fine and the shops were open. " * 40
    assert tells_of_arms(f"{aside}\n\n{text}\n\n{aside}")
    assert tells_of_arms(aside * 100 + text + aside * 100)


def test_every_system_that_speaks_for_itself_opens_the_gate() -> None:
    """With a buyer and a verb beside it: none is lost on the way into the automaton."""
    names = [s.names[0] for s in lexicon().systems if s.names and s.names[0] not in s.weak][::40]
    closed = [name for name in names if not tells_of_arms(f"Poland ordered the {name} from South Korea.")]
    assert len(names) > 100
    assert closed == []


def test_the_empty_text_and_odd_ones() -> None:
    assert not tells_of_arms("")
    assert not tells_of_arms("\ud800 \0 \u202e")
    assert tells_of_arms("\u0130\u0130\u0130 \ud800 Poland bought 24 howitzers from South Korea.")


@pytest.mark.parametrize("unit", [*UNITS, "items", "items and parties", "all but parties"])
def test_the_scan_takes_linear_time(unit: str) -> None:
    more = {"items": "tanks ", "items and parties": "tanks Japan ", "all but parties": "tanks sold "}
    tells_of_arms("Poland bought 24 howitzers.")  # what is made once is made now
    assert growth(tells_of_arms, {**UNITS, **more}[unit], size=100_000) < 10


# -- real texts, where they lie beside the checkout --------------------------------------------------------


def gold(shared: Path, name: str) -> list[tuple[str, str, list[dict[str, Any]]]]:
    sys.path.insert(0, str(shared / "gold"))
    try:
        texts = __import__("texts")
    finally:
        sys.path.pop(0)
    rows = [json.loads(line) for line in (shared / "gold" / name).read_text("utf-8").splitlines() if line.strip()]
    return [(row["doc"], texts.document(row)["text"], row["transfers"]) for row in rows]


@pytest.mark.parametrize("name", ["news.dev.jsonl", "written-a.dev.jsonl", "written-b.dev.jsonl"])
def test_no_document_that_tells_of_a_transfer_is_lost(shared: Path, name: str) -> None:
    told = [(doc, text) for doc, text, transfers in gold(shared, name) if transfers]
    assert told
    assert [doc for doc, text in told if not tells_of_arms(text)] == []


def test_most_general_news_does_not_pass(shared: Path) -> None:
    import gzip
    import re

    bodies: list[str] = []
    for path in sorted((shared / "data/5-news/reuters-21578").glob("*.sgm.gz"))[:3]:
        raw = gzip.decompress(path.read_bytes()).decode("latin-1")
        bodies += re.findall(r"<BODY>(.*?)</BODY>", raw, re.DOTALL)
    share = sum(map(tells_of_arms, bodies)) / len(bodies)
    assert share < 0.06  # 0.037 when it was written
