"""The grammar's words: triggers of transfers, nouns of arms, cues of doubt and denial; data, read once.

A trigger has a frame, which says who stands where: ``give`` (the subject hands over), ``get`` (the subject receives),
``deal`` (a noun of a transfer), ``move``, ``use``, or ``operator`` (no transfer of its own: it changes the stage of the
one that it governs).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from armsledger.lexicon.entries import COMPILED
from armsledger.model import Mode, Stage


@dataclass(frozen=True, slots=True)
class Trigger:
    """One word or phrase that tells of a transfer, and what it does."""

    lemma: str
    noun: bool
    frame: str
    stage: Stage
    future: Stage | None = None
    mode: Mode | None = None
    side: str | None = None  # whose possessive a noun takes: supplier, recipient, any
    own: str | None = None  # the frame of an operator with an item as its own object
    blocks: tuple[str, ...] = ()
    person: bool = False  # the object is who gets, not what: "arm", "equip"


@dataclass(frozen=True, slots=True)
class Grammar:
    """All triggers by their words, nouns of arms, and cues, each lower case."""

    triggers: Mapping[tuple[str, ...], tuple[Trigger, ...]]
    strong: frozenset[tuple[str, ...]]
    weak: frozenset[tuple[str, ...]]
    modifiers: frozenset[str]
    passed: frozenset[str]
    containers: frozenset[str]
    blocks: frozenset[tuple[str, ...]]
    heads: frozenset[str]  # the first words of strong and weak nouns
    blocked: frozenset[str]  # the words of blocks
    openers: frozenset[str]  # the first words of triggers
    cues: Mapping[tuple[str, ...], str]
    cue_openers: frozenset[str]  # the first words of cues
    reporting: frozenset[str]
    possession: tuple[str, ...]
    supplier_nouns: frozenset[str]
    buyer_nouns: frozenset[str]
    civil: frozenset[str]  # words of civil life that shares words with arms
    military: frozenset[str]
    about_arms: tuple[str, ...]  # words that make a text one about arms


@cache
def grammar() -> Grammar:
    """The grammar that ships with armsledger."""
    told = json.loads((COMPILED / "grammar.json").read_text(encoding="utf-8"))
    words, items, cues, tone = told["triggers"], told["items"], told["cues"], told["tone"]
    triggers, strong, weak = _triggers(words), _phrases(items["strong"]), _phrases(items["weak"])
    doubts = {tuple(c.lower().split()): kind for kind in cues if isinstance(cues[kind], list) for c in cues[kind]}
    return Grammar(
        triggers=triggers,
        strong=strong,
        weak=weak,
        heads=frozenset(phrase[0] for phrase in (*strong, *weak)),
        blocked=frozenset(word for block in items["blocks"] for word in block.split()),
        openers=frozenset(form[0] for form in triggers),
        modifiers=frozenset(items["modifiers"]),
        passed=frozenset(items["passed"]),
        containers=frozenset(items["containers"]),
        blocks=frozenset(tuple(b.split()) for b in items["blocks"]),
        cues=doubts,
        cue_openers=frozenset(cue[0] for cue in doubts),
        reporting=frozenset(words["reporting"]),
        possession=tuple(words["possession"]),
        supplier_nouns=frozenset(words["supplier_nouns"]),
        buyer_nouns=frozenset(words["buyer_nouns"]),
        civil=frozenset(tone["civil"]),
        military=frozenset(tone["military"]),
        about_arms=tuple(tone["arms"]),
    )


def _triggers(words: Mapping[str, Any]) -> dict[tuple[str, ...], tuple[Trigger, ...]]:
    table: dict[tuple[str, ...], list[Trigger]] = {}
    for group, noun in (("verbs", False), ("nouns", True), ("operators", False)):
        for row in words[group]:
            trigger = Trigger(
                lemma=row["lemma"],
                noun=noun,
                frame=row.get("frame", "operator"),
                stage=Stage(row["stage"]),
                future=Stage(row["future"]) if "future" in row else None,
                mode=Mode(row["mode"]) if "mode" in row else None,
                side=row.get("side"),
                own=row.get("own"),
                blocks=tuple(row.get("blocks", ())),
                person=bool(row.get("person")),
            )
            for form in row.get("forms") or _regular(row["lemma"]):
                table.setdefault(tuple(form.lower().split()), []).append(trigger)
    return {form: tuple(triggers) for form, triggers in table.items()}


def _regular(verb: str) -> list[str]:
    """The forms of a regular verb.

    >>> _regular("deliver"), _regular("donate")
    (['deliver', 'delivers', 'delivered', 'delivering'], ['donate', 'donates', 'donated', 'donating'])
    """
    if verb.endswith("e"):
        return [verb, verb + "s", verb + "d", verb[:-1] + "ing"]
    return [verb, verb + "s", verb + "ed", verb + "ing"]


def plural(noun: str) -> str:
    """A noun in the plural, by the regular rules; one that ends in s stays as it is.

    >>> plural("torpedo"), plural("battery"), plural("decoy"), plural("ordnance")
    ('torpedoes', 'batteries', 'decoys', 'ordnances')
    """
    if noun.endswith("s"):
        return noun
    if noun.endswith("y") and noun[-2:-1] not in tuple("aeiou"):
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("sh", "ch", "x", "do")) else "s")


def _phrases(nouns: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """Each noun in the singular and in the plural, as tuples of words."""
    forms: set[tuple[str, ...]] = set()
    for noun in nouns:
        *front, last = noun.split()
        forms |= {(*front, last.lower()), (*front, plural(last).lower())}
    return frozenset(tuple(w.lower() for w in form) for form in forms)
