"""How fast names are found, as a ratio to spaCy's EntityRuler with the same names on the same text in the same run.

    python benchmarks/gazetteer.py [--data FOLDER] [--names 20000] [--rounds 5] [--agree 300]

Every round finds all names of all texts with our Matcher, with the automaton alone (no rules for boundaries), and with
a blank English spaCy pipeline that holds nothing but an EntityRuler. spaCy is timed twice: from text, as a user would
run it, and the ruler alone on tokens made before, which is the most that can be said for it. spaCy gets a first
pass that is not timed. The ratio is taken inside a round; the median of the rounds is printed.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind
from material import cpu_seconds, interleaved, middle, news, ratio, texts_of

from armsledger.lexicon.matcher import Matcher, Name, NameKind, lexicon, spellings

TARGET, TARGET_BUILD = 100, 0.3
_MORE = 4  # our side reads everything so many times a round: one pass is too short to be timed well


def names_of_lexicon(count: int) -> list[tuple[str, Name]]:
    """So many spellings, taken evenly from the whole lexicon; strings that only hide a name are left out."""
    meanings: dict[str, Name] = {}
    for spelled, name in spellings(lexicon()):
        if name.kind is not NameKind.NOTHING and len(spelled) > 2:
            meanings.setdefault(spelled, name)
    step = max(1, len(meanings) // count)
    return list(meanings.items())[::step][:count]


def ruler(names: Sequence[str]) -> Any:
    """A blank English pipeline with an EntityRuler over these names, or None where spaCy is not installed."""
    try:
        import spacy
    except ImportError:
        return None
    pipeline = spacy.blank("en")
    pipeline.max_length = 10**8
    pipeline.add_pipe("entity_ruler").add_patterns([{"label": "NAME", "pattern": name} for name in names])
    return pipeline


def spans(matcher: Matcher, text: str) -> set[tuple[int, int]]:
    """Where our matcher finds names."""
    return {(mention.start, mention.end) for mention in matcher.find(text)}


def agreement(matcher: Matcher, pipeline: Any, texts: Sequence[str]) -> None:
    """Prints how many spans both find, and examples of what only one of them finds."""
    both = ours = theirs = 0
    examples: dict[str, list[str]] = {"only ours": [], "only spaCy": []}
    for text in texts:
        mine = spans(matcher, text)
        other = {(e.start_char, e.end_char) for e in pipeline(text).ents}
        both, ours, theirs = both + len(mine & other), ours + len(mine - other), theirs + len(other - mine)
        for label, alone in (("only ours", mine - other), ("only spaCy", other - mine)):
            examples[label] += [repr(text[max(0, s - 4) : e + 6]) for s, e in sorted(alone)]
    share = both / max(1, both + ours + theirs)
    print(f"spans: both {both:,}, only ours {ours:,}, only spaCy {theirs:,}: agreement {share:.3f}")
    for label, shown in examples.items():
        if shown:
            print(f"    {label}: {', '.join(shown[:: max(1, len(shown) // 6)][:6])}")


def build_times(names: Sequence[tuple[str, Name]]) -> None:
    """Prints how long the matcher takes to build, for these names and for the whole lexicon."""
    took = statistics.median(cpu_seconds(lambda: Matcher(names)) for _ in range(7))
    print(f"build of {len(names):,} spellings: {took:.3f} s (target {TARGET_BUILD} s)")
    listed = list(spellings(lexicon()))
    spelled = statistics.median(cpu_seconds(lambda: list(spellings(lexicon()))) for _ in range(3))
    whole = statistics.median(cpu_seconds(lambda: Matcher(listed)) for _ in range(3))
    print(f"whole lexicon, {len(listed):,} spellings: spelling them out {spelled:.3f} s, building {whole:.3f} s")


def main() -> None:
    """Print build times, ratios and agreement."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, help="a folder of .txt, .md or .jsonl; without it, made-up news")
    parser.add_argument("--names", type=int, default=20_000, help="spellings that both are given")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--agree", type=int, default=300, help="texts on which the spans are compared")
    asked = parser.parse_args()
    named = names_of_lexicon(asked.names)
    written = [spelled for spelled, _ in named]
    texts = texts_of(asked.data) if asked.data else news(written)
    size = sum(len(text) for text in texts) / 1e6
    print(f"{len(texts):,} texts, {size:.2f} million characters, {len(named):,} spellings, {asked.rounds} rounds")
    build_times(named)

    matcher = Matcher(named)
    bare = AhoCorasick(written, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA)
    works: dict[str, Callable[[], object]] = {
        "matcher": lambda: [list(matcher.find(text)) for _ in range(_MORE) for text in texts],
        "automaton": lambda: [bare.find_matches_as_indexes(text) for _ in range(_MORE) for text in texts],
    }
    found = sum(len(list(matcher.find(text))) for text in texts)
    pipeline = ruler(written)
    if pipeline is None:
        print("spaCy is not installed: our side alone (pip install 'armsledger[bench]')")
    else:
        works["spaCy"] = lambda: [pipeline(text).ents for text in texts]
        made = [pipeline.make_doc(text) for text in texts]
        rule = pipeline.get_pipe("entity_ruler")
        works["ruler alone"] = lambda: [rule.match(doc) for doc in made]
        works["spaCy"]()
    told = interleaved(works, asked.rounds)
    for took in told:
        took["matcher"], took["automaton"] = took["matcher"] / _MORE, took["automaton"] / _MORE
    print(f"{found:,} names found, one in {size * 1e6 / max(1, found):,.0f} characters")
    for name in works:
        print(f"{name:>14}  {size / middle(told, name):>9.2f} million characters/s")
    print(f"matcher over automaton alone: {ratio(told, 'matcher', 'automaton'):.2f} x the time")
    if pipeline is not None:
        print(f"spaCy over matcher: {ratio(told, 'spaCy', 'matcher'):.0f} x the time (target at least {TARGET})")
        print(f"ruler alone over matcher: {ratio(told, 'ruler alone', 'matcher'):.0f} x the time (tokens not counted)")
        agreement(matcher, pipeline, texts[: asked.agree])


if __name__ == "__main__":
    main()
