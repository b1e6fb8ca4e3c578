"""The systems that the project's first articles speak of are all known (where the articles are at hand)."""

from __future__ import annotations

from pathlib import Path

from armsledger.lexicon.matcher import NameKind, matcher

# What a reader of the three articles would list; a weak name is known, too.
SYSTEMS = {"aim-120", "s-400", "f-16", "ada-class", "astra-missile"}


def test_the_systems_of_the_seeds_are_found(shared: Path) -> None:
    found: set[str] = set()
    for path in sorted((shared / "seeds").glob("*.txt")):
        for mention in matcher().find(path.read_text(encoding="utf-8")):
            name = mention.of(NameKind.SYSTEM)
            found |= {name.entry} if name else set()
    assert found >= SYSTEMS
