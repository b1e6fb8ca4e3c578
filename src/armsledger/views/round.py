"""One round of watching: what the sources give goes into the ledger, and what was edited or could not be seen is told.

A page is remembered as read only after its documents are in the ledger. So a round that is cut off at any moment loses
nothing: what was not recorded counts as never seen.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from armsledger.errors import InputError, NotFound
from armsledger.sources.archive import Archive, Clock
from armsledger.sources.memory import Memory, Page, alone
from armsledger.sources.visits import Visitor
from armsledger.sources.watching import Left, ListSeen, Missed, Sight, look

if TYPE_CHECKING:
    from armsledger.ledger import Ledger
    from armsledger.model import Document
    from armsledger.sources.plan import Plan, Source
    from armsledger.views.edits import Edit


@dataclass(slots=True)
class Outcome:
    """What one source gave in a round.

    ``listed`` is None for a single page and where the list could not be seen; ``pages`` counts pages that were seen,
    ``unchanged`` those of them whose words were read before. ``unread`` were seen and could not be read.
    """

    source: Source
    listed: ListSeen | None = None
    pages: int = 0
    unchanged: int = 0
    documents: int = 0
    claims: int = 0
    edits: list[Edit] = field(default_factory=list)
    missed: list[Missed] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    unread: list[InputError] = field(default_factory=list)

    @property
    def blind(self) -> bool:
        """Whether nothing of the source could be seen."""
        return any(missed.listing for missed in self.missed) or (self.listed is None and not self.pages)


def watch(
    plan: Plan,
    folder: Path,
    ledger: Ledger,
    clock: Clock,
    pause: Callable[[float], None] = time.sleep,
) -> Iterator[Outcome]:
    """One round over the sources of a plan, each outcome when its source is done. ``folder`` is that of the archive.

    Raises ``InputError`` where another round is at work in the folder, or what it remembers is damaged.
    """
    with alone(folder), Archive(folder, clock) as archive:
        memory = Memory.load(folder)
        visitor = Visitor(plan.manners, archive, memory, clock, pause)
        for source in plan.sources:
            try:
                yield _outcome(source, visitor, memory, ledger)
            finally:
                memory.save()


def _outcome(source: Source, visitor: Visitor, memory: Memory, ledger: Ledger) -> Outcome:
    outcome = Outcome(source)
    _forget(source, memory, ledger)
    for met in look(source, visitor, memory):
        if isinstance(met, ListSeen):
            outcome.listed = met
        elif isinstance(met, Missed):
            outcome.missed.append(met)
        elif isinstance(met, Left):
            outcome.left.append(met)
        else:
            _take(met, outcome, memory, ledger)
            continue
        memory.save()
    return outcome


def _forget(source: Source, memory: Memory, ledger: Ledger) -> None:
    """Forgets pages whose documents this ledger does not have: it is another ledger, and they are to be read again."""
    known = memory.sources.get(source.name)
    for url in (source.url, *(entry.url for entry in (known.listed if known else ()))):
        page = memory.pages.get(url)
        if page is not None and not all(ledger.has(document) for document in page.documents):
            del memory.pages[url]


def _take(sight: Sight, outcome: Outcome, memory: Memory, ledger: Ledger) -> None:
    """Reads a page that was seen, records what is new in it, and then remembers it."""
    outcome.pages += 1
    url, visit = sight.entry.url, sight.visit
    before = memory.pages.get(url)
    if visit.unchanged:
        outcome.unchanged += 1
        if visit.page != before:
            memory.pages[url] = visit.page
        return
    documents = list(_read(sight, outcome))
    old = list(_versions(before, ledger))
    kept = [_record(sight, documents[0], old[0], outcome, ledger)] if len(documents) == len(old) == 1 else []
    if not kept:
        kept = [_record(sight, document, None, outcome, ledger) for document in documents]
    memory.pages[url] = replace(visit.page, documents=kept or (before.documents if before else []))
    memory.save()


def _read(sight: Sight, outcome: Outcome) -> Iterator[Document]:
    """The documents of a page; one that names no day has the day that the list gives."""
    from armsledger.pipeline import documents_in

    for document in documents_in(sight.visit.fetched()):
        if isinstance(document, InputError):
            outcome.unread.append(document)
        elif document.published is None and sight.entry.published is not None:
            yield replace(document, published=sight.entry.published)
        else:
            yield document


def _versions(before: Page | None, ledger: Ledger) -> Iterator[Document]:
    """The documents that the page gave when it was last read."""
    for document in before.documents if before else ():
        try:
            yield ledger.document(document)
        except NotFound:
            continue


def _record(sight: Sight, new: Document, old: Document | None, outcome: Outcome, ledger: Ledger) -> str:
    """Records a document unless its words were read before; gives the id of the version that counts from now on.

    Where only what stands around the words has changed, no second version is recorded: its claims would stand twice.
    """
    from armsledger.claims import read
    from armsledger.pipeline import record
    from armsledger.views.edits import edit_of

    if old is not None:
        edit = None if _only_glanced(old) and _only_glanced(new) else edit_of(sight.entry.url, old, new)
        if edit is None:
            outcome.unchanged += 1
            return old.id
        outcome.edits.append(edit)
    documents, claims = record(ledger, [read(new)])
    outcome.documents += documents
    outcome.claims += claims
    return new.id


def _only_glanced(document: Document) -> bool:
    """Whether a page was not taken apart, because nothing in it tells of arms: its words are all that is visible."""
    from armsledger.documents.page import NOT_TAKEN_APART

    return any(skipped.reason == NOT_TAKEN_APART for skipped in document.skipped)
