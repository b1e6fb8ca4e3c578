# ruff: noqa: E501  (a made-up sentence stays on the line it is written on)
"""What the benchmarks read and how they time it: made-up texts, real ones from a folder, interleaved rounds.

The texts are made with a fixed seed, so every run and every machine reads the same. States and type names are the
lexicon's, firms, places and sums are invented: no sentence here says anything about the world.
"""

from __future__ import annotations

import json
import random
import re
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

SEED = 20_261_122


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU time of this process that the work takes; what other jobs of the machine take is not in it."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def interleaved(works: Mapping[str, Callable[[], object]], rounds: int) -> list[dict[str, float]]:
    """CPU seconds of every piece of work in every round; all are done once a round, in turn forwards and backwards."""
    names = list(works)
    told = []
    for number in range(rounds):
        order = names if number % 2 == 0 else names[::-1]
        told.append({name: cpu_seconds(works[name]) for name in order})
    return told


def ratio(told: Sequence[Mapping[str, float]], slow: str, fast: str) -> float:
    """How many times as long ``slow`` takes as ``fast``: taken inside each round, the median of the rounds."""
    return statistics.median(took[slow] / took[fast] for took in told)


def middle(told: Sequence[Mapping[str, float]], name: str) -> float:
    """The median of one piece of work."""
    return statistics.median(took[name] for took in told)


def texts_of(folder: Path) -> list[str]:
    """The texts under a folder: ``.txt`` and ``.md`` as they are, of ``.jsonl`` the field ``text``; sorted by path."""
    texts: list[str] = []
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".txt", ".md"}:
            texts.append(path.read_text(encoding="utf-8", errors="replace"))
        elif path.suffix == ".jsonl":
            rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
            texts += [row["text"] for row in rows if isinstance(row.get("text"), str)]
    return [text for text in texts if text.strip()]


# -- news -------------------------------------------------------------------------------------------------

_COMMON = re.findall(
    r"\w+",
    """
    the of and to in a that for on was with as by is at from has had its be it he said an have were which not but are
    this will after would who more been or their also over about new two first government minister year last defence
    military army officials talks under during between into when could there than they one all against other before
    state week some out most security people deal months since security told while million billion including may made
""",
)
_SYLLABLES = re.findall(
    r"\w+",
    """
    ba con de er fi gra hol in jo ka lu men nor o pra que ri sta ter un ver wi ex yo zu tion al ment ing
""",
)


def _words(chance: random.Random, size: int = 40_000) -> list[str]:
    """Words in order of use: common English ones, then made-up ones, so that a text has as many kinds as a real one."""
    found = dict.fromkeys(_COMMON)
    while len(found) < size:
        found["".join(chance.choices(_SYLLABLES, k=chance.choice((2, 2, 3, 3, 4))))] = None
    return list(found)


def news(names: Sequence[str], documents: int = 300, words: int = 550, every: int = 45) -> list[str]:
    """News-like texts with Zipf's law in their words, and one of ``names`` about ``every`` so many words."""
    chance = random.Random(SEED)
    kinds = _words(chance)
    total = 0.0
    weights = [total := total + 1 / (rank + 2.7) for rank in range(len(kinds))]
    return [_article(chance, kinds, weights, names, words, every) for _ in range(documents)]


def _article(
    chance: random.Random, kinds: list[str], weights: list[float], names: Sequence[str], words: int, every: int
) -> str:
    told = chance.choices(kinds, cum_weights=weights, k=words)
    for place in range(len(told)):
        if chance.random() < 1 / every:
            told[place] = chance.choice(names) + chance.choice(("", "", "", "'s", ","))
        elif chance.random() < 0.04:
            told[place] = chance.choice(
                (told[place].capitalize(), f"{chance.randrange(1, 3000):,}", f"${place}.5 million")
            )
    sentences, at = [], 0
    while at < len(told):
        length = chance.randrange(8, 34)
        sentence = " ".join(told[at : at + length])
        sentences.append(sentence[:1].upper() + sentence[1:] + ".")
        at += length
    return "\n\n".join(" ".join(sentences[n : n + 3]) for n in range(0, len(sentences), 3)) + "\n"


_SAID = (
    "the defence ministry said on Monday",
    "two officials who asked not to be named said",
    "a spokesman for the air force told reporters",
    "according to the state news agency",
)
_TOLD = (
    "{buyer} has ordered {count} {kind} {noun} from {seller} for ${value} million, {said}.",
    "{seller} will deliver the first of {count} {kind} {noun} to {buyer} in {year}, {said}.",
    "Lawmakers in {third} asked whether {seller} should approve the sale of {kind} {noun} to {buyer} at all.",
    "{third} is also considering the {kind}, and may ask {seller} for {count} of them.",
    "{buyer} denied that any of the {kind} {noun} would be passed on to {third}.",
    "The army of {buyer} has flown {seller}-made {noun} since {year} and wants more, {said}.",
)
_ASIDE = (
    "The talks went on late into the night, and nobody in the capital would say what they had cost.",
    "Schools in the harbour district stayed closed on Tuesday because of the snow.",
    "The opposition called the plan a waste of money and asked for a vote before the summer.",
)


def arms_news(number: int, sentences: int = 18) -> str:
    """A made-up article that is dense with transfers; the same for the same number."""
    chance = random.Random(SEED + 7919 * (number + 1))
    buyer, seller, third = chance.sample(_STATES, 3)
    parts = [f"{buyer} looks abroad for {chance.choice(_NOUNS)}"]
    for place in range(sentences):
        told = chance.choice(_TOLD) if place % 3 != 2 else chance.choice(_ASIDE)
        parts.append(
            told.format(
                buyer=buyer,
                seller=seller,
                third=third,
                kind=chance.choice(_THINGS),
                noun=chance.choice(_NOUNS),
                count=chance.randrange(4, 90),
                value=chance.randrange(20, 900),
                year=chance.randrange(2012, 2030),
                said=chance.choice(_SAID),
            )
        )
    return "\n\n".join([parts[0], *(" ".join(parts[n : n + 3]) for n in range(1, len(parts), 3))]) + "\n"


def site(text: str, number: int = 0) -> str:
    """A text as a newspaper's page has it: head, scripts, menus, headlines of other articles, readers' comments."""
    chance = random.Random(SEED + 104_729 * (number + 1))
    kinds = _words(chance, 3000)

    def line(size: int) -> str:
        return " ".join(chance.choices(kinds, k=size)).capitalize()

    def items(count: int, size: int) -> str:
        return "".join(
            f"<li class='item'><a href='/{n}/{chance.randrange(10**6)}' data-id='{n}'><span>{line(size)}</span></a></li>"
            for n in range(count)
        )

    title, *paragraphs = [part for part in text.split("\n\n") if part.strip()]
    title = " ".join(title.split())[:120]
    metas = "".join(
        f'<meta name="x-{n}" content="{line(6)}"><link rel="stylesheet" href="/{n}.css">' for n in range(24)
    )
    script = "<script>" + "".join(f"var v{n}={{a:'{line(4)}',b:[{n},{n + 1}]}};" for n in range(500)) + "</script>"
    cards = "".join(
        f"<div class='card'><a href='/c{n}'><img src='/{n}.jpg' alt=''><h3>{line(9)}</h3></a><p>{line(20)}.</p></div>"
        for n in range(30)
    )
    comments = "".join(f"<div class='comment'><b>{line(2)}</b><p>{line(25)}.</p></div>" for n in range(12))
    body = "".join(f"<p>{' '.join(part.split())}</p>" for part in paragraphs)
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{title}</title><meta property='og:site_name' content='Example Post'>"
        f"<meta property='article:published_time' content='2031-04-0{number % 9 + 1}T08:00:00Z'>{metas}{script}</head>"
        f"<body><header><nav><ul>{items(80, 2)}</ul></nav></header><div class='wrap'><main><article><h1>{title}</h1>"
        f"<p class='byline'>By A. Writer</p>{body}</article></main><div class='rail'>{cards}<ul>{items(40, 9)}</ul></div>"
        f"<section id='comments'><h3>12 Comments</h3>{comments}</section></div>"
        f"<footer><ul>{items(60, 2)}</ul></footer>{script}</body></html>"
    )


# -- official texts ---------------------------------------------------------------------------------------

_STATES = (
    "Australia",
    "Japan",
    "Kuwait",
    "Poland",
    "Norway",
    "Finland",
    "Egypt",
    "Jordan",
    "Israel",
    "Canada",
    "Greece",
    "Qatar",
)
_THINGS = (
    "F-16C/D",
    "AIM-120C-8",
    "MH-60R",
    "AN/APG-83",
    "GBU-31",
    "M142",
    "UH-60M",
    "AGM-88E",
    "P-8A",
    "Mk 48",
    "SPY-7",
    "M777",
)
_NOUNS = (
    "aircraft",
    "missiles",
    "helicopters",
    "radars",
    "spare parts",
    "engines",
    "guidance sections",
    "simulators",
    "trucks",
    "boats",
)
_FIRMS = (
    "Example Boats Inc.",
    "Sample Aviation Corp.",
    "Specimen Systems LLC",
    "Made-Up Dynamics Co.",
    "Placeholder Industries",
)
_TOWNS = (
    "Dayton, Ohio",
    "Tucson, Arizona",
    "Mobile, Alabama",
    "Fort Worth, Texas",
    "San Diego, California",
    "Groton, Connecticut",
)
_BUYERS = (
    ("Naval Sea Systems Command, Washington, District of Columbia", "N00024"),
    ("Army Contracting Command, Redstone Arsenal, Alabama", "W58RGZ"),
    ("Air Force Life Cycle Management Center, Eglin Air Force Base, Florida", "FA8675"),
    ("Defense Logistics Agency Aviation, Richmond, Virginia", "SPRPA1"),
)
_MONTHS = ("January", "March", "May", "June", "August", "September", "November", "December")


def award(chance: random.Random) -> str:
    """One paragraph of a day's contract announcements; about one in eight is bought for somebody abroad."""
    firm, town, other = chance.choice(_FIRMS), chance.choice(_TOWNS), chance.choice(_TOWNS)
    office, code = chance.choice(_BUYERS)
    amount, year = f"${chance.randrange(7_000_000, 900_000_000):,}", chance.randrange(14, 26)
    number = f"{code}-{year}-{chance.choice('CDGF')}-{chance.randrange(10_000):04}"
    thing = f"{chance.randrange(2, 90)} {chance.choice(_THINGS)} {chance.choice(_NOUNS)}"
    how = chance.choice(
        (
            f"is being awarded a {amount} firm-fixed-price contract for {thing} and associated engineering services",
            f"has been awarded a {amount} modification (P000{chance.randrange(10, 99)}) to previously awarded contract {number} to exercise an option for the procurement of {thing}",
            f"is awarded a {amount} cost-plus-fixed-fee delivery order against a previously issued basic ordering agreement ({number}) for {chance.choice(_NOUNS)} and technical data in support of the {chance.choice(_THINGS)} program",
            f"has been awarded a maximum {amount} indefinite-delivery/indefinite-quantity contract for {chance.choice(_NOUNS)}",
        )
    )
    parts = [f"{firm},{chance.choice(('', '*'))} {town}, {how}."]
    if chance.random() < 0.12:
        parts.append(_abroad(chance))
    parts.append(
        f"Work will be performed in {town} ({chance.randrange(50, 90)} percent); and {other} ({chance.randrange(2, 40)} percent), "
        f"and is expected to be completed by {chance.choice(_MONTHS)} 20{year + 3}."
    )
    parts.append(
        f"Fiscal 20{year} {chance.choice(('procurement', 'operation and maintenance', 'research'))} funds in the amount of "
        f"${chance.randrange(1_000_000, 7_000_000):,} are being obligated at the time of award"
        f"{chance.choice((', none of which will expire at the end of the current fiscal year.', '.'))}"
    )
    if chance.random() < 0.5:
        parts.append(
            "This contract was not competitively procured in accordance with 10 U.S. Code 2304(c)(1); one offer was received."
        )
    parts.append(f"The {office}, is the contracting activity{f' ({number})' if number not in how else ''}.")
    return " ".join(parts)


def _abroad(chance: random.Random) -> str:
    first, second, third = chance.sample(_STATES, 3)
    return chance.choice(
        (
            f"This contract involves foreign military sales to {first}, {second} and {third}.",
            f"This contract combines purchases for the Navy (${chance.randrange(10**6, 10**8):,}; 80 percent); and the government of {first} (${chance.randrange(10**6, 10**8):,}; 20 percent) under the Foreign Military Sales program.",
            f"This contract includes 100 percent foreign military sales to the government of {first}.",
        )
    )


def contract_day(number: int, paragraphs: int = 12) -> str:
    """A day's contract announcements as plain text; the same for the same number."""
    chance = random.Random(SEED + number)
    parts = ["CONTRACTS"]
    for place in range(paragraphs):
        if place % 5 == 0:
            parts.append(("NAVY", "ARMY", "AIR FORCE", "DEFENSE LOGISTICS AGENCY")[place // 5 % 4])
        parts.append(award(chance))
    return "\n\n".join([*parts, "*Small business"]) + "\n"


def notice(number: int) -> str:
    """A notice of a possible sale as plain text; the same for the same number."""
    chance = random.Random(SEED - 1 - number)
    state, value, day = chance.choice(_STATES), chance.randrange(12, 3000), chance.randrange(1, 28)
    things = [
        f"{chance.choice(('sixty (60)', '24', 'up to nine (9)', 'two hundred'))} {kind} {noun}"
        for kind, noun in _pairs(chance)
    ]
    firm, town = chance.choice(_FIRMS), chance.choice(_TOWNS)
    return (
        f"{state} - {things[0].split()[-2]} and Support\n\nTransmittal No: {chance.randrange(10, 26)}-{chance.randrange(10, 90)}\n\n"
        f"WASHINGTON, {chance.choice(_MONTHS)} {day}, 20{chance.randrange(10, 26)} - The State Department has made a determination approving a "
        f"possible Foreign Military Sale to the Government of {state} of {things[0]} and related equipment for an estimated cost of "
        f"${value} million. The Defense Security Cooperation Agency delivered the required certification notifying Congress of this "
        f"possible sale today.\n\nThe Government of {state} has requested to buy {'; '.join(things)}. Also included are containers, "
        f"publications and technical documentation, spare and repair parts, personnel training, and other related elements of "
        f"logistics and program support. The estimated total cost is ${value} million.\n\nThis proposed sale will support the foreign "
        f"policy and national security objectives of the United States by improving the security of a partner. There will be no "
        f"adverse impact on U.S. defense readiness as a result of this proposed sale.\n\nThe principal contractor will be {firm} of "
        f"{town}. There are no known offset agreements proposed in connection with this potential sale.\n"
    )


def _pairs(chance: random.Random) -> Iterator[tuple[str, str]]:
    for kind in chance.sample(_THINGS, 4):
        yield kind, chance.choice(_NOUNS)
