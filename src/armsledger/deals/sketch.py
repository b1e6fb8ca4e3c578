"""Document -> sketch: what is needed to tell whether two texts lead back to one, small enough to keep for each.

A sketch holds, of the title, headings and body:

- **pairs**: neighbouring words that carry meaning, without their order and endings ("purchased howitzers" and
  "howitzers, purchased" are one pair). Words in long quotations are left out: they are the speaker's, not the writer's.
- **facts**: figures, and names written with a capital inside a sentence.
- **quotations** of eight words and more, so that a part of one is found in another.
- **outlets named**: as the agency that a text is credited to, or as the source of what it says.

Of pairs and facts the lowest hashes are kept (bottom-k: Broder 1997, Cohen & Kaplan 2007): a fair sample of the union
of any two sets, from which the share of the smaller one that stands in the larger one is estimated; exact where nothing
was cut. Of a quotation's runs of words those that are lowest among their neighbours are kept (winnowing: Schleimer,
Wilkerson & Aiken 2003). Hashes are CRC-32, the same in every process. Time is linear in the text.
"""

from __future__ import annotations

import json
import re
import struct
import unicodedata
from base64 import b64decode, b64encode
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from zlib import crc32

from armsledger.deals.crediting import Named, outlets_named
from armsledger.model import Document, Section, SectionKind
from armsledger.text.quotations import quotations

FORM = 1  # of the stored text; a sketch of another form is made anew
MOST_PAIRS, MOST_FACTS, MOST_QUOTED, MOST_NAMED = 256, 96, 64, 64
LEAST_QUOTED = 8  # words of a quotation that is worth comparing, and of the runs that are compared
_NEIGHBOURS = 4  # runs of which the lowest is kept
_PAIRS_OF_QUOTED = 12
_BANDS, _ROWS = 24, 2


@dataclass(frozen=True, slots=True)
class Sample:
    """The lowest hashes of a set, ascending, and how many there were."""

    lowest: tuple[int, ...]
    of: int

    def comparable(self, other: Sample) -> tuple[int, int]:
        """How many of this one's hashes, and of the other's, can be looked for in the other: those that both reach.

        >>> Sample((1, 2, 3), 3).comparable(Sample((2, 3), 900))
        (3, 2)
        """
        known = min(self.reach, other.reach)  # above it nothing is known of one of the two
        return bisect_right(self.lowest, known), bisect_right(other.lowest, known)

    @property
    def reach(self) -> int:
        """Up to which hash the set is known."""
        return self.lowest[-1] if self.of > len(self.lowest) else 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Quoted:
    """A long quotation (marks included, end exclusive), some runs of its words and some of its pairs, as hashes.

    Runs find it in other quotations, pairs in texts that say the same without marks.
    """

    start: int
    end: int
    runs: tuple[int, ...]
    pairs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of a document's wording. ``words`` counts what was read of it, quotations included."""

    words: int
    pairs: Sample
    facts: Sample
    quoted: tuple[Quoted, ...] = ()
    named: tuple[Named, ...] = ()

    @property
    def text(self) -> str:
        """The sketch as one line of ASCII, to be stored; ``sketch_from`` reads it back."""
        told: list[Any] = [FORM, self.words]
        told += [[sample.of, _packed(sample.lowest)] for sample in (self.pairs, self.facts)]
        told += [[[q.start, q.end, _packed(q.runs), _packed(q.pairs)] for q in self.quoted]]
        told += [[[n.outlet, n.start, n.end, int(n.credit)] for n in self.named]]
        return json.dumps(told, separators=(",", ":"))

    @property
    def bands(self) -> tuple[str, ...]:
        """Strings of which two texts share one, the likelier the more alike they are: to look up candidates by.

        Two texts that have the share J of all their pairs in common share a band with the probability
        1 - (1 - J²)^24: 0.9 at J = 0.3, 0.06 at J = 0.05. A short text has fewer bands, an empty one none.
        """
        rows: dict[int, int] = {}
        for pair in reversed(self.pairs.lowest):
            rows[pair % (_BANDS * _ROWS)] = pair  # the last one written is the lowest
        found = ((band, [rows.get(band * _ROWS + row) for row in range(_ROWS)]) for band in range(_BANDS))
        return tuple(f"{band:02d}{_hash(repr(kept)):08x}" for band, kept in found if None not in kept)


def sketch_from(text: str) -> Sketch | None:
    """The sketch that ``Sketch.text`` gave; None where it is of another form, or no sketch."""
    try:
        told = json.loads(text)
        if not isinstance(told, list) or told[0] != FORM:
            return None
        _, words, pairs, facts, quoted, named = told
        return Sketch(
            int(words),
            Sample(_unpacked(pairs[1]), int(pairs[0])),
            Sample(_unpacked(facts[1]), int(facts[0])),
            tuple(Quoted(int(q[0]), int(q[1]), _unpacked(q[2]), _unpacked(q[3])) for q in quoted),
            tuple(Named(str(n[0]), int(n[1]), int(n[2]), credit=bool(n[3])) for n in named),
        )
    except (ValueError, TypeError, IndexError, struct.error):
        return None


def _packed(hashes: Sequence[int]) -> str:
    return b64encode(struct.pack(f"<{len(hashes)}I", *hashes)).decode("ascii")


def _unpacked(packed: str) -> tuple[int, ...]:
    held = b64decode(packed, validate=True)
    return struct.unpack(f"<{len(held) // 4}I", held)


# -- making one -------------------------------------------------------------------------------------------


def sketch(document: Document) -> Sketch:
    """The sketch of a document's title, headings and body; of all its text where its sections are not known."""
    count = 0
    pairs: set[int] = set()
    own: list[_Word] = []
    quoted: list[Quoted] = []
    stretches = list(_stretches(document))
    for part in stretches:
        for start, end, inside in _quoted_and_not(document.text, part):
            told = list(_words(document.text[start:end], titled=part.kind is not SectionKind.BODY))
            count += len(told)
            if inside:
                quoted.append(_quoted(start, end, [word for word, _ in told]))
            else:
                pairs.update(_pairs(word for word, _ in told))
                own += told
    named = outlets_named(document.text, [(part.start, part.end) for part in stretches])
    return Sketch(
        count,
        _sample(pairs, MOST_PAIRS),
        _sample(set(_facts(own)), MOST_FACTS),
        tuple(quoted[:MOST_QUOTED]),
        tuple(named[:MOST_NAMED]),
    )


def _sample(hashes: Iterable[int], most: int) -> Sample:
    ordered = sorted(hashes)
    return Sample(tuple(ordered[:most]), len(ordered))


def _stretches(document: Document) -> Iterator[Section]:
    read = (SectionKind.TITLE, SectionKind.HEADING, SectionKind.BODY)
    if not document.sections:
        yield Section(SectionKind.BODY, 0, len(document.text))
    yield from (s for s in document.sections if s.kind in read and s.start < s.end)


def _quoted_and_not(text: str, part: Section) -> Iterator[tuple[int, int, bool]]:
    """The stretches of a part: long quotations, and what stands between them."""
    at = part.start
    for found in quotations(text[part.start : part.end]):
        start, end = part.start + found.start, part.start + found.end
        if len(_WORD.findall(text, start, end)) >= LEAST_QUOTED:
            yield at, start, False
            yield start, end, True
            at = end
    yield at, part.end, False


_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_MARKS = re.compile(r"[\u0300-\u036f]+")
_OPENING = frozenset(".!?:;\"“”„«»'‘’-–—\n*•#|/)")  # what stands before the first word of a sentence
# Words of up to three letters say little in most languages; these are the longer ones that English says most.
_EMPTY = frozenset(
    "about after again also because been before being between both could does doing down during each from further "
    "have having here into itself just more most must only other over said same says should some such than that their "
    "them then there these they this those through under until upon very were what when where which while whom whose "
    "will with within without would your according".split()
)
_SHORT, _STEM = 3, 5


_Word = tuple[str, bool]  # the word, and whether it would have a capital anyway: in a title, or first in a sentence


def _words(text: str, *, titled: bool) -> Iterator[_Word]:
    """The words of a text, without accents."""
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    for word in _WORD.finditer(text):
        at = word.start()
        yield word[0], titled or at == 0 or text[at - 1] in _OPENING or text[max(0, at - 2)] in _OPENING


def _hash(text: str) -> int:
    """CRC-32, spread over all bits so that the lowest ones are a fair sample."""
    return crc32(text.encode("utf-8", "surrogatepass")) * 0x9E3779B1 & 0xFFFFFFFF


def _pairs(words: Iterable[str]) -> Iterator[int]:
    stems = (_stem(word.casefold()) for word in words)
    for one, other in pairwise(stem for stem in stems if stem):
        yield _hash(f"{one} {other}" if one < other else f"{other} {one}")


def _stem(word: str) -> str:
    """What is left of a word without its ending; nothing of one that says nothing by itself.

    >>> _stem("purchased"), _stem("the"), _stem("1,200"), _stem("with")
    ('purch', '', '1200', '')
    """
    if word[0].isdigit():
        return word.replace(",", "")
    return "" if len(word) <= _SHORT or word in _EMPTY else word[:_STEM]


def _facts(words: Sequence[_Word]) -> Iterator[int]:
    """Figures of two digits and more, and names: words with a capital that are nowhere written without."""
    plain = {word[:_STEM] for word, _ in words if word[0].islower()}
    for word, anyway in words:
        if word[0].isdigit():
            if len(word) > 1:
                yield _hash(word.replace(",", ""))
        elif not anyway and word[0].isupper() and len(word) > 2:
            stem = word.casefold()[:_STEM]
            if stem not in plain:
                yield _hash(stem)


def _quoted(start: int, end: int, words: Sequence[str]) -> Quoted:
    lowest = sorted(set(_pairs(words)))[:_PAIRS_OF_QUOTED]
    return Quoted(start, end, _runs([word.casefold() for word in words]), tuple(lowest))


def _runs(words: Sequence[str]) -> tuple[int, ...]:
    """Hashes of some runs of eight words: where two quotations share eleven words in a row, one of them is shared."""
    runs = [_hash(" ".join(words[n : n + LEAST_QUOTED])) for n in range(len(words) - LEAST_QUOTED + 1)]
    last = max(1, len(runs) - _NEIGHBOURS + 1)
    return tuple(dict.fromkeys(min(runs[n : n + _NEIGHBOURS]) for n in range(last if runs else 0)))
