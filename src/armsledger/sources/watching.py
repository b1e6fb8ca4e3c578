"""One look at a source: its list, then the pages that it leads to, new ones first; all that could not be seen is told.

What is remembered of a page is noted by whoever reads it, after it has been read: a page whose reading was cut off
counts as never seen, and is got again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from armsledger.errors import InputError, NotFetched
from armsledger.sources.entries import Entry, Listed
from armsledger.sources.feeds import MOST, read_feed
from armsledger.sources.fetch import place, reason
from armsledger.sources.links import read_links
from armsledger.sources.memory import Absence, Memory, SourceMemory
from armsledger.sources.plan import Source, SourceKind
from armsledger.sources.register import read_register
from armsledger.sources.visits import Visit, Visitor

_GIVEN_UP = 5  # rounds after which an address that is no longer listed is not tried again


@dataclass(frozen=True, slots=True)
class ListSeen:
    """A source's list was seen: how many entries it has, how many of them are new, and what is wrong with it.

    ``beyond`` entries stand behind the limit and were not looked at, ``odd`` ones lead to no http address.
    """

    entries: int
    new: int
    beyond: int = 0
    odd: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Sight:
    """A page was seen, for the first time or again."""

    entry: Entry
    visit: Visit


@dataclass(frozen=True, slots=True)
class Missed:
    """An address could not be seen, since when, and for how many rounds; ``listing`` where it is the source's own."""

    url: str
    absence: Absence
    listing: bool = False


@dataclass(frozen=True, slots=True)
class Left:
    """So many addresses were not asked for in this round, and why; ``refused`` where their host would not have it."""

    count: int
    why: str
    refused: bool = True


def look(source: Source, visitor: Visitor, memory: Memory) -> Iterator[ListSeen | Sight | Missed | Left]:
    """What one look at a source gives, as it is met. Notes in the memory what the source lists and what was missed."""
    known = memory.of(source.name, " ".join((source.kind, source.url, *source.follow)))
    private = frozenset({place(source.url)}) if source.private else frozenset[str]()
    if source.kind is SourceKind.PAGE:
        known.listed = [Entry(source.url)]
    else:
        try:
            yield _list(source, visitor, memory, known, private)
        except InputError as error:
            absence = memory.missed(source.name, source.url, reason(error), visitor.now())
            yield Missed(source.url, absence, listing=True)
            return
    yield from _pages(source, visitor, memory, known, private)


def _pages(
    source: Source, visitor: Visitor, memory: Memory, known: SourceMemory, private: frozenset[str]
) -> Iterator[Sight | Missed | Left]:
    unseen = [entry for entry in known.listed if entry.url not in memory.pages]
    new = [entry for entry in unseen if entry.url not in known.absent]
    failed = sorted((e for e in unseen if e.url in known.absent), key=lambda e: known.absent[e.url].times)
    again = [entry for entry in known.listed if entry.url in memory.pages][: source.recheck]
    if len(new) > source.most:
        yield Left(len(new) - source.most, f"more than {source.most} are new; the next round goes on", refused=False)
    left: Counter[str] = Counter()
    # What failed before comes last: a host that refuses it should not be tired of us before it is asked for the others.
    for entry in (*new[: source.most], *again, *failed[: source.most]):
        if source.kind is not SourceKind.PAGE and (why := visitor.closed(entry.url)):
            left[why] += 1
            continue
        try:
            visit = visitor.visit(entry.url, private)
        except NotFetched as error:
            listing = source.kind is SourceKind.PAGE
            yield Missed(entry.url, memory.missed(source.name, entry.url, reason(error), visitor.now()), listing)
            continue
        known.absent.pop(entry.url, None)
        yield Sight(entry, visit)
    yield from (Left(count, why) for why, count in sorted(left.items()))


# -- the list of a source ---------------------------------------------------------------------------------


def _list(source: Source, visitor: Visitor, memory: Memory, known: SourceMemory, private: frozenset[str]) -> ListSeen:
    """The source's list, seen and noted. Raises ``NotFetched`` or ``NotReadable`` where it could not be seen."""
    visit = visitor.visit(source.url, private, anew=not known.seen)
    if visit.body is None:
        found = Listed(tuple(known.listed))
    else:
        found = _read(source, visit)
        entries = list(found.entries)
        while found.more and len(entries) < MOST and any(e.url not in memory.pages for e in found.entries):
            further = _read(source, visitor.visit(found.more, private, anew=True))
            entries += [entry for entry in further.entries if entry not in entries]
            found = further
        known.listed = [*entries, *_waiting(known, memory, {entry.url for entry in entries})]
    memory.pages[source.url] = visit.page
    known.seen = visitor.now()
    known.absent.pop(source.url, None)
    new = sum(1 for entry in known.listed if entry.url not in memory.pages)
    return ListSeen(len(known.listed), new, found.beyond, found.odd, found.problem)


def _read(source: Source, visit: Visit) -> Listed:
    body, name = visit.body or b"", source.url
    if source.kind is SourceKind.FEED:
        return read_feed(body, name, visit.final)
    if source.kind is SourceKind.REGISTER:
        return read_register(body, name, visit.final, MOST)
    return read_links(body, name, visit.final, source.follow, MOST, visit.charset)


def _waiting(known: SourceMemory, memory: Memory, listed: set[str]) -> list[Entry]:
    """Entries that have gone from the list before they were seen; those that failed often are given up."""
    waiting = [entry for entry in known.listed if entry.url not in listed and entry.url not in memory.pages]
    kept = [e for e in waiting if e.url not in known.absent or known.absent[e.url].times < _GIVEN_UP]
    for entry in waiting:
        if entry not in kept:
            del known.absent[entry.url]
    return kept[:MOST]
