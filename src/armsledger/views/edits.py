"""Two versions of a page -> what was edited, in words: how many, which, and what stands around them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from armsledger.model import SectionKind

if TYPE_CHECKING:
    from armsledger.model import Document

_READ = (SectionKind.TITLE, SectionKind.HEADING, SectionKind.BODY)
_MOST_PAIRS = 1_000_000  # of lines or of words that are compared each with each; more are only counted
_AROUND = 4  # words of context on either side
_LONGEST = 12  # words of a change that are shown
_LONGEST_KEPT = 200  # words of a change that are given
_KEPT = 50  # changes that are given one by one


@dataclass(frozen=True, slots=True)
class Change:
    """Words that were, words that are, either of them possibly empty, and the words before and behind."""

    was: str
    now: str
    before: str
    behind: str

    def __str__(self) -> str:
        was, now = _cut(self.was.split(), _LONGEST), _cut(self.now.split(), _LONGEST)
        change = f"[{was} → {now}]" if was and now else f"[− {was}]" if was else f"[+ {now}]"
        return " ".join(part for part in (self.before and f"… {self.before}", change, self.behind) if part) + " …"


@dataclass(frozen=True, slots=True)
class Edit:
    """What was edited between two documents that stood at one address, the older one first.

    ``words`` counts those that were replaced, added or taken out; ``changes`` are the first of them; ``known`` is what
    the page says of itself that has changed: its title, its date of publication.
    """

    url: str
    old: str
    new: str
    words: int
    changes: tuple[Change, ...]
    known: tuple[str, ...] = ()


def edit_of(url: str, old: Document, new: Document) -> Edit | None:
    """The edit between two versions; None where what is read of them is the same, whatever stands around it."""
    if old.id == new.id:
        return None
    known = tuple(
        f"{name}: {was or 'not stated'} → {now or 'not stated'}"
        for name, was, now in (("title", old.title, new.title), ("published", old.published, new.published))
        if was != now
    )
    count, changes = word_changes(read_words(old), read_words(new))
    return Edit(url, old.id, new.id, count, changes, known) if count or known else None


def read_words(document: Document) -> str:
    """The words of a document that are read for claims, a section a line."""
    return "\n".join(document.text[s.start : s.end] for s in document.sections if s.kind in _READ)


def word_changes(old: str, new: str) -> tuple[int, tuple[Change, ...]]:
    """How many words were changed, and the first of the changes. Blanks and line breaks do not count.

    >>> count, (change,) = word_changes("a cost of $12 million", "a cost of $14 million")
    >>> count, str(change)
    (1, '… a cost of [$12 → $14] million …')
    """
    was, now = [line.split() for line in old.splitlines()], [line.split() for line in new.splitlines()]
    was, now = [line for line in was if line], [line for line in now if line]
    count, changes = 0, list[Change]()
    for a, b in _differing([" ".join(line) for line in was], [" ".join(line) for line in now]):
        one, other = _joined(was[a.start : a.stop]), _joined(now[b.start : b.stop])
        for c, d in _differing(one, other):
            if len(c) * len(d) > _MOST_PAIRS:
                count += _counted(one[c.start : c.stop], other[d.start : d.stop])
                continue
            count += max(len(c), len(d))
            changes.append(_change(one, other, c, d))
    return count, tuple(changes[:_KEPT])


def _differing(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[range, range]]:
    """The stretches in which two sequences differ; what they begin and end with alike is left out first."""
    least = min(len(one), len(other))
    head = next((n for n in range(least) if one[n] != other[n]), least)
    tail = next((n for n in range(least - head) if one[-1 - n] != other[-1 - n]), least - head)
    inner, outer = one[head : len(one) - tail], other[head : len(other) - tail]
    if not inner and not outer:
        return
    if len(inner) * len(outer) > _MOST_PAIRS:
        yield range(head, head + len(inner)), range(head, head + len(outer))
        return
    # Among many, frequent ones are no landmarks: without that rule a hostile page would take cubic time.
    for kind, a, b, c, d in SequenceMatcher(None, inner, outer).get_opcodes():
        if kind != "equal":
            yield range(head + a, head + b), range(head + c, head + d)


def _joined(lines: Sequence[Sequence[str]]) -> list[str]:
    return [word for line in lines for word in line]


def _counted(one: Sequence[str], other: Sequence[str]) -> int:
    """About how many words differ, where there are too many to compare each with each."""
    was, now = Counter(one), Counter(other)
    return max((was - now).total(), (now - was).total()) or 1


def _change(one: Sequence[str], other: Sequence[str], a: range, b: range) -> Change:
    return Change(
        _cut(one[a.start : a.stop], _LONGEST_KEPT),
        _cut(other[b.start : b.stop], _LONGEST_KEPT),
        " ".join(other[max(0, b.start - _AROUND) : b.start]),
        " ".join(other[b.stop : b.stop + _AROUND]),
    )


def _cut(words: Sequence[str], most: int) -> str:
    """The first so many words, with a visible ellipsis where there are more."""
    return " ".join((*words[:most], *(["…"] if len(words) > most else [])))
