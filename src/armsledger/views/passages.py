"""The words around a claim as a person reads them: whole sentences, with the words of each field marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from armsledger.views.terminal import joined, marked, show, text

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from armsledger.model import Anchor

# A stop before an opening quotation mark, or before a closing one at the end of a sentence.
_BEFORE_QUOTE = re.compile(r"[.?!](?:[”’](?=\s+[“‘\"'(]?[A-Z0-9])|[\"')\]]?(?=\s+[“‘][A-Z0-9]))")
_FURTHEST = 400  # characters that are looked at on each side for the end of a sentence
_LONGEST = 1_200  # characters of one stretch that are shown; what is left out in the middle is counted


class Anchored(Protocol):
    """A claim, a statement, an event: what stands at a place of a text and has words for its fields."""

    @property
    def start(self) -> int:
        """The first character."""

    @property
    def end(self) -> int:
        """Behind the last character."""

    @property
    def anchors(self) -> tuple[Anchor, ...]:
        """The words of its fields."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a text that is shown; ``opened`` and ``closed`` say whether it begins and ends with a sentence."""

    start: int
    end: int
    opened: bool = True
    closed: bool = True


def stretches_of(words: str, claims: Sequence[Anchored]) -> tuple[Stretch, ...]:
    """The sentences that claims stand in, then those in which the words of their fields stand, in order.

    Sentences that touch or overlap become one stretch.
    """
    places = [(c.start, c.end) for c in claims] + [(a.start, a.end) for c in claims for a in c.anchors]
    found = sorted((_sentences(words, start, end) for start, end in joined(places)), key=lambda s: (s.start, s.end))
    made: list[Stretch] = []
    for stretch in found:
        if made and stretch.start <= made[-1].end + 1:
            last = made[-1]
            closed = stretch.closed if stretch.end >= last.end else last.closed
            made[-1] = Stretch(last.start, max(last.end, stretch.end), last.opened, closed)
        else:
            made.append(stretch)
    return tuple(made)


def _sentences(words: str, start: int, end: int) -> Stretch:
    """The sentences that cover a place; where one has no end within reach, it is cut between two words."""
    from armsledger.text.sentences import sentence_spans

    low, high = max(0, start - _FURTHEST), min(len(words), end + _FURTHEST)
    window = words[low:high]
    ends = {low + span.end for span in sentence_spans(window)} | {low + n for n in _line_ends(window)}
    ends |= {low + found.end() for found in _BEFORE_QUOTE.finditer(window)}
    begun = max((n for n in ends if n <= start), default=low)
    done = min((n for n in ends if n >= end), default=high)
    opened, closed = begun > low or low == 0, done < high or high == len(words)
    if not opened:
        begun = min(words.find(" ", begun, start) + 1 or begun, start)
    if not closed:
        done = max(words.rfind(" ", end, done), end)
    while begun < start and words[begun].isspace():
        begun += 1
    while done > end and words[done - 1].isspace():
        done -= 1
    return Stretch(begun, done, opened, closed)


def _line_ends(window: str) -> Iterator[int]:
    """Line ends that end a sentence: all but those whose next line goes on in lower case."""
    at = window.find("\n")
    while at >= 0:
        if not window[at + 1 : at + 2].islower():
            yield at
        at = window.find("\n", at + 1)


def show_passage(words: str, claims: Sequence[Anchored], shown: Console) -> None:
    """Prints the sentences of some claims, the words of their fields marked."""
    for line in passage_texts(words, claims, shown):
        show(shown, line)


def passage_texts(words: str, claims: Sequence[Anchored], shown: Console) -> Iterator[Text]:
    """The stretches of some claims, each as a text of its own."""
    spans = joined((a.start, a.end) for c in claims for a in c.anchors)
    for stretch in stretches_of(words, claims):
        yield _marked(words, stretch, spans, shown)


def _marked(words: str, stretch: Stretch, spans: Iterable[tuple[int, int]], shown: Console) -> Text:
    inside = [(max(s, stretch.start), min(e, stretch.end)) for s, e in spans if s < stretch.end and e > stretch.start]
    made = text("" if stretch.opened else "… ")
    at = stretch.start
    for first, last in _kept(stretch, inside):
        if first > at:
            made.append_text(text(f" … ({first - at:,} characters left out) … "))
        own = [(max(s, first) - first, min(e, last) - first) for s, e in inside if s < last and e > first]
        made.append_text(marked(_on_one_line(words[first:last]), own, shown))
        at = last
    if at < stretch.end:
        made.append_text(text(f" … ({stretch.end - at:,} characters left out)"))
    return made.append_text(text("" if stretch.closed else " …"))


def _kept(stretch: Stretch, inside: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The whole stretch, or where it is too long what stands around the marked words, and its beginning."""
    if stretch.end - stretch.start <= _LONGEST:
        return [(stretch.start, stretch.end)]
    around = _LONGEST // 8
    wanted = [(stretch.start, stretch.start + around)] + [(s - around, e + around) for s, e in inside]
    return joined((max(s, stretch.start), min(e, stretch.end)) for s, e in wanted)


def _on_one_line(words: str) -> str:
    """The words with blanks for line ends and tabs; as long as before, so that positions hold."""
    return "".join(" " if c.isspace() else c for c in words)
