"""Whose word each stretch of a document is: quotations, reporting clauses, "according to"; else the author's.

One pass over the sentences of a document. Every reporting clause (``reporting.py``) is led to a voice (``voices.py``)
and claims the words that it governs; a quotation (``quotations.py``) belongs to the clause beside it, or to whoever
spoke just before. What nobody claims is the author's, and so is what a reported sentence only mentions in passing: a
participle, a relative clause, a noun phrase ("the tanks, ordered in 2019, ...") outside quotation marks.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Protocol

from armsledger.claims.cast import AUTHOR, UNNAMED_SOURCES, Cast, Speaker
from armsledger.claims.dialogue import Turn, turns
from armsledger.claims.reporting import HEARSAY, SAME, Frame, frames
from armsledger.claims.units import Unit
from armsledger.claims.voices import voice
from armsledger.model import Span, SpeakerKind
from armsledger.text.quotations import Quotation, quotations

__all__ = ["AUTHOR", "Attributed", "Attribution", "Speaker", "attribution", "speaker_at", "speaker_of"]


@dataclass(frozen=True, slots=True)
class Attributed:
    """A stretch of text (end exclusive) that is somebody's word; ``verb`` is what tells so, ``quoted`` its marks."""

    start: int
    end: int
    speaker: Speaker
    verb: str = ""
    verb_kind: str = "say"
    quoted: bool = False
    frame: tuple[int, int] = (0, 0)  # where the reporting clause itself stands

    @property
    def low(self) -> int:
        """Where it begins, with a reporting clause that stands right before it."""
        return min(self.start, self.frame[0]) if self.frame[1] >= self.start - 3 and not self.quoted else self.start

    @property
    def high(self) -> int:
        """Where it ends, with a reporting clause that stands right behind it."""
        return max(self.end, self.frame[1]) if self.frame[0] <= self.end + 3 and not self.quoted else self.end


class Attribution:
    """Who says what in one text. Later stretches are the inner ones and win over earlier."""

    def __init__(self, stretches: Sequence[Attributed] = (), turns: Sequence[Attributed] = ()) -> None:
        """``turns`` are the turns of an interview, in order; they can be long, and everything else is inside them."""
        self.turns = tuple(turns)
        self._turned = [t.start for t in self.turns]
        self.stretches = tuple(stretches)
        self._order = sorted(range(len(self.stretches)), key=lambda n: self.stretches[n].low)
        self._lows = [self.stretches[n].low for n in self._order]
        self._longest = max((s.high - s.low for s in self.stretches), default=0)

    def _near(self, start: int, end: int) -> list[Attributed]:
        """The stretches that may reach into ``text[start:end]``, outer ones first."""
        first, last = bisect_left(self._lows, start - self._longest), bisect_left(self._lows, end)
        turn = max(0, bisect_right(self._turned, start) - 1)
        around = list(self.turns[turn : bisect_left(self._turned, end)])
        return around + [self.stretches[n] for n in sorted(self._order[first:last])]

    def speaker(self, start: int, end: int, background: bool = False) -> Speaker:
        """Whose word ``text[start:end]`` is; with ``background`` the author's, unless it stands in a quotation."""
        found = self.stretch(start, end, background)
        return found.speaker if found else AUTHOR

    def within(self, start: int, end: int) -> list[Attributed]:
        """The stretches that share a character with ``text[start:end]``, outer ones first."""
        return [one for one in self._near(start, end) if one.end > start and one.start < end]

    def stretch(self, start: int, end: int, background: bool = False) -> Attributed | None:
        """The innermost stretch that holds most of ``text[start:end]``; None where it is the author's."""
        size = max(1, end - start)
        best: Attributed | None = None
        most = 0
        for one in self._near(start, end):
            if background and not one.quoted:
                continue
            shared = min(end, one.high) - max(start, one.low)
            if shared * 2 >= size and shared >= most * 0.9:
                best, most = one, max(most, shared)
        return best


def speaker_at(told: Attribution, position: int, background: bool = False) -> Speaker:
    """Whose word the character at a position is."""
    return told.speaker(position, position + 1, background)


class _Window(Protocol):
    """What of an event is looked at here: the last unit of its clause."""

    @property
    def high(self) -> int: ...


def speaker_of(units: Sequence[Unit], event: _Window | None, text: str) -> Speaker:
    """The speaker of one sentence taken alone, for one of its events; the author where none is found."""
    if not units:
        return AUTHOR
    start, end = units[0].start, units[-1].end
    marks = [replace(m, start=m.start + start, end=m.end + start) for m in quotations(text[start:end])]
    told = _attributed(text, [(Span(start, end), units)], marks, Cast(), [])
    if event is None:
        return told.stretches[-1].speaker if told.stretches else AUTHOR
    last = units[min(event.high, len(units) - 1)]
    return told.speaker(last.start, last.end)


# -- the pass ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Heard:
    """A reporting clause with its voice, in one sentence."""

    frame: Frame
    speaker: Speaker


@dataclass(slots=True)
class _Told:
    """One sentence while its words are given to voices."""

    span: Span
    units: Sequence[Unit]
    heard: list[_Heard]


Said = tuple[str, Sequence[tuple[Span, Sequence[Unit]]]]  # a text, its sentences in order and their units


def attribution(text: str, sentences: Sequence[tuple[Span, Sequence[Unit]]]) -> Attribution:
    """Who says what in a text, from its sentences in order and their units. Positions are offsets in ``text``."""
    return attributions([(text, sentences)])[0]


def attributions(passages: Sequence[Said]) -> list[Attribution]:
    """Who says what in each passage of one document: "he" behind a heading is who spoke before it.

    Positions are offsets in the text of each passage.
    """
    cast = Cast()
    for text, sentences in passages:
        for _, units in sentences:
            cast.learn(units, text)
    told: list[Attribution] = []
    for text, sentences in passages:
        told.append(_attributed(text, sentences, quotations(text), cast, _turns(text, sentences, cast)))
        cast.moves_on(len(text))
    return told


def _attributed(
    text: str,
    sentences: Sequence[tuple[Span, Sequence[Unit]]],
    marks: Sequence[Quotation],
    cast: Cast,
    turned: list[Attributed],
) -> Attribution:
    told: list[_Told] = []
    found: list[Attributed] = []
    for span, units in sentences:
        sentence = _Told(span, units, _voices(units, text, cast))
        told.append(sentence)
        found.extend(_indirect(sentence))
    found.extend(_quoted(text, marks, told, cast, turned))
    return Attribution(found, turned)


MOST_CLAUSES = 24  # reporting clauses of one sentence; what has more is no sentence
REACH = 160  # units over which a reporting clause reaches to either side


def _voices(units: Sequence[Unit], text: str, cast: Cast) -> list[_Heard]:
    """The reporting clauses of a sentence that have a voice, in order; the cast hears them."""
    heard: list[_Heard] = []
    done = 0
    for frame in islice(frames(units), MOST_CLAUSES):
        if frame.kind == SAME:
            speaker: Speaker | None = heard[-1].speaker if heard else _subject(units, frame.first, text, cast)
        elif frame.kind == HEARSAY:
            speaker = Speaker(UNNAMED_SOURCES, SpeakerKind.UNNAMED, units[frame.first].start, units[frame.first].end)
        else:
            assert frame.voice is not None
            cast.notice(units[done : frame.voice[0]], text)
            inside = frame.back is not None and frame.voice[0] > 0
            speaker = voice(units[frame.voice[0] : frame.voice[1]], text, cast, inside)
            done = max(done, frame.voice[0])
        if speaker is None:
            continue
        if frame.kind not in (SAME, HEARSAY):
            speaker = _carried(frame, speaker, heard, units, text, cast)
            cast.hear(speaker)
        heard.append(_Heard(frame, speaker))
    cast.notice(units[done:], text)
    cast.closes(units)
    return heard


def _subject(units: Sequence[Unit], before: int, text: str, cast: Cast) -> Speaker | None:
    """The subject of a sentence without a reporting verb before "..., adding that"."""
    stop = next((n for n in range(before) if units[n].low in _FINITE or units[n].low.endswith("ed")), None)
    return voice(units[:stop], text, cast) if stop else None


_FINITE = frozenset("is are was were has have had will would did does put gave made took went spoke called met".split())


def _carried(
    frame: Frame, speaker: Speaker, heard: Sequence[_Heard], units: Sequence[Unit], text: str, cast: Cast
) -> Speaker:
    """ "W, citing N, reported": a named N is the voice and W carries it; W itself where N has no name."""
    carrier: Speaker | None = None
    if frame.carrier:
        carrier = voice(units[frame.carrier[0] : frame.carrier[1]], text, cast)
    elif frame.verb == "citing" and heard:
        carrier = heard[-1].speaker
    if carrier is None:
        return speaker
    if speaker.kind is SpeakerKind.UNNAMED and frame.kind != "quoted":
        return replace(carrier, how="citing unnamed sources")
    return replace(speaker, via=carrier.name)


def _turns(text: str, sentences: Sequence[tuple[Span, Sequence[Unit]]], cast: Cast) -> list[Attributed]:
    """The turns of an interview or transcript, each with its speaker; questions of nobody named stay the author's."""
    taken = turns(text)
    if not taken:
        return []
    guest = _guest(text, taken[0].start, sentences, cast)
    found: list[Attributed] = []
    for turn in taken:
        speaker = _of_turn(turn, guest)
        if speaker:
            found.append(Attributed(turn.start, turn.end, speaker, "answered", "say", True, (turn.start, turn.start)))
    return found


def _of_turn(turn: Turn, guest: Speaker | None) -> Speaker | None:
    if turn.asks:
        return Speaker("reporter", SpeakerKind.UNNAMED, turn.start, turn.start + 1) if turn.label else None
    if turn.label is None:
        return guest
    return Speaker(turn.label, SpeakerKind.PERSON, turn.start - len(turn.label) - 2, turn.start - 2)


_ASKERS = frozenset("journalist reporter columnist editor".split())


def _guest(text: str, before: int, sentences: Sequence[tuple[Span, Sequence[Unit]]], cast: Cast) -> Speaker | None:
    """Who is interviewed: the person that the introduction names, else the one role that it tells."""
    opening = [units for span, units in sentences if span.start < before]
    words = Counter(u.text for units in opening for u in units)
    weights = {
        name: (bool(titles - _ASKERS), words[name.split()[-1]])
        for name, titles in cast.titles.items()
        if " " in name and words[name.split()[-1]]
    }
    if weights:
        name = max(weights, key=lambda n: weights[n])
        at = max(text.rfind(name.split()[-1], 0, before), 0)
        return Speaker(name, SpeakerKind.PERSON, at, at + len(name.split()[-1]), party=cast.parties.get(name))
    for units in reversed(opening):
        for n, u in enumerate(units):
            if u.low in ("minister", "president", "general", "ambassador", "chairman", "director", "premier"):
                found = voice(units[max(0, n - 2) : n + 1], text, cast)
                if found:
                    return found
    return None


# -- indirect speech --------------------------------------------------------------------------------------


def _indirect(sentence: _Told) -> list[Attributed]:
    """The stretches of one sentence that its reporting clauses govern: what is told first, then what is inside it."""
    units, heard = sentence.units, sentence.heard
    found: list[Attributed] = []
    for n, one in enumerate(heard):
        if one.frame.back:
            start = max(one.frame.back[0], _bound(units, heard[:n], one.frame))
            end = _reach(units, heard, n) if one.frame.forward else one.frame.back[1]
            found.extend(_stretch(units, start, end, one))
    for n, one in enumerate(heard):
        if one.frame.forward:
            found.extend(_stretch(units, one.frame.forward[0], _reach(units, heard, n), one))
    return found


def _reach(units: Sequence[Unit], heard: Sequence[_Heard], n: int) -> int:
    """Where the words behind a reporting clause end: before another voice's, or where the author goes on."""
    frame = heard[n].frame
    assert frame.forward is not None
    later = [h for h in heard[n + 1 :] if h.frame.kind != SAME and h.frame.first >= frame.last]
    end = min(frame.forward[1], _cut(units, frame, later[0].frame)) if later else frame.forward[1]
    return _own_clause(units, frame, end)


def _stretch(units: Sequence[Unit], first: int, last: int, one: _Heard) -> list[Attributed]:
    first, last = max(first, one.frame.first - REACH), min(last, one.frame.last + REACH)
    while first < last and units[first].text in ',:;-"':
        first += 1
    if first >= last:
        return []
    frame = one.frame
    if frame.first >= len(units):
        return []
    place = (units[frame.first].start, units[min(len(units) - 1, max(frame.first, frame.last - 1))].end)
    return [
        Attributed(
            units[first].start, units[last - 1].end, one.speaker, frame.verb, frame.verb_kind, frame=place
        )
    ]  # fmt: skip


def _bound(units: Sequence[Unit], earlier: Sequence[_Heard], frame: Frame) -> int:
    """Where the words before a trailing clause begin: behind a semicolon, or behind "but" after another's words."""
    for n in range(frame.first - 2, 0, -1):
        if units[n].text == ";":
            return n + 1
        if earlier and n >= earlier[-1].frame.last and units[n].low in ("but", "while", "whereas"):
            return n + 1
    return 0


def _cut(units: Sequence[Unit], frame: Frame, later: Frame) -> int:
    """Where one voice's words end because another's clause comes: before "but" or the other's own words."""
    stop = later.first
    for n in range(later.first - 1, frame.last, -1):
        if units[n].low in ("but", "while", "whereas", "though", "although") or units[n].text == ";":
            return n
    return stop


def _own_clause(units: Sequence[Unit], frame: Frame, end: int) -> int:
    """Where reported words end because the author goes on: a semicolon, or "but" before a present tense."""
    past = frame.verb.endswith(("ed", "d", "t", "e")) and not frame.verb.endswith("s")
    for n in range(frame.last, end):
        if units[n].text == ";":
            return n
        if past and units[n].low in ("but", "while", "although", "though") and n > frame.last + 2:
            lead = next((u.low for u in units[n + 1 : min(end, n + 9)] if u.low in _TENSES), "")
            if lead in _PRESENT:
                return n
    return end


_PRESENT = frozenset("is are has have will does can".split())
_TENSES = _PRESENT | frozenset("was were had would did could might".split())


# -- quotations -------------------------------------------------------------------------------------------


def _quoted(
    text: str, marks: Sequence[Quotation], told: Sequence[_Told], cast: Cast, taken: Sequence[Attributed]
) -> list[Attributed]:
    """Each quotation with its voice: the clause beside it, who spoke just before, or a subject that leads up to it."""
    found: list[Attributed] = []
    last: Attributed | None = None
    at = turn = 0
    for mark in marks:
        while at < len(told) and told[at].span.end <= mark.start:
            at += 1
        here = [s for s in told[at : at + 60] if s.span.start < mark.end]
        if not here:
            continue
        one = _beside(mark, here) or _after(text, mark, told, at, last, cast)
        while turn < len(taken) and taken[turn].end <= mark.start:
            turn += 1
        inside = turn < len(taken) and taken[turn].start <= mark.start
        if one is None or (one.verb == "quoted" and inside):
            last = None if mark.end - mark.start > 40 else last
            continue
        frame = replace(one, start=mark.start, end=mark.end, quoted=True)
        found.append(frame)
        last = frame
    return found


def _beside(mark: Quotation, here: Sequence[_Told]) -> Attributed | None:
    """The reporting clause right behind the closing mark, right before the opening one, or around it."""
    best: tuple[int, Attributed] | None = None
    for sentence, first in ((here[-1], False), (here[0], True)):
        for one in sentence.heard:
            place = _place(sentence, one.frame)
            if mark.start < place[0] and place[1] < mark.end:
                continue
            distance = place[0] - mark.end if place[0] >= mark.end - 1 else mark.start - place[1]
            if one.frame.kind == HEARSAY or distance < -1 or not _reaches(sentence, one.frame, mark):
                continue
            rank = distance + (0 if place[0] >= mark.end - 1 else 3) + (1 if first else 0)
            if best is None or rank < best[0]:
                best = (
                    rank,
                    Attributed(
                        mark.start, mark.end, one.speaker, one.frame.verb, one.frame.verb_kind, True, place
                    ),
                )  # fmt: skip
    return best[1] if best else None


def _place(sentence: _Told, frame: Frame) -> tuple[int, int]:
    units = sentence.units
    return units[frame.first].start, units[max(frame.first, frame.last - 1)].end


def _reaches(sentence: _Told, frame: Frame, mark: Quotation) -> bool:
    units = sentence.units
    for reach in (frame.back, frame.forward):
        if reach and reach[0] < reach[1]:
            start, end = units[reach[0]].start, units[min(reach[1], len(units)) - 1].end
            if start < mark.end and mark.start < end:
                return True
            if reach is frame.forward and mark.start <= end + 2 and mark.start >= start - 2:
                return True
    return False


def _after(
    text: str, mark: Quotation, told: Sequence[_Told], at: int, last: Attributed | None, cast: Cast
) -> Attributed | None:
    """A quotation without a clause of its own: it goes on, or the sentence before leads up to it."""
    if mark.end - mark.start < 25 and not any(c in ".,?!" for c in text[mark.end - 2 : mark.end]):
        return None
    if last is not None:
        between = text[last.end : mark.start]
        if mark.follows and "\n" in between and len(between) < 8:
            return last
        spoken = between.strip(" \n.,\"'")
        clause = last.frame[0] >= last.end - 1 and last.frame[1] - last.end + 2 >= len(between.strip()) - 3
        if "\n\n" not in between and (not spoken or clause):
            return last
        if "\n" in between and (not spoken or clause) and len(between) < 160:
            return last
    before = told[at - 1] if at else None
    opens = told[at].span.start if at < len(told) else mark.start
    if before is None or mark.start - opens > 3:
        return None
    if "\n" in text[before.span.end - 1 : mark.start] and not text[before.span.start : mark.start].rstrip().endswith(
        ":"
    ):
        return None
    if before.heard and before.heard[-1].frame.kind != HEARSAY:
        one = before.heard[-1]
        return Attributed(0, 0, one.speaker, one.frame.verb, one.frame.verb_kind, True, _place(before, one.frame))
    speaker = _subject(before.units, len(before.units), text, cast)
    if speaker is None or speaker.how not in ("stated", "surname", "noun", "title"):
        return None
    return Attributed(0, 0, speaker, "quoted", "say", True, (speaker.start, speaker.end))
