"""The ledger: what readings said, kept once and for good."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine

from armsledger.model import Claim, Document, DocumentId, Judgement, Occurrence, Question, Reading, Statement

from . import deal_keys, queries, said, schema, settling, stamps
from .batch import Batch
from .connect import build_indexes, known, open_engine, put, reading, told_plainly, writing
from .filters import ClaimFilter
from .queries import Counts, DocumentRow, LeftOut, PublisherRow
from .rows import judgement_row, stored
from .rules import Rules
from .said import StatementFilter
from .unanswered import unanswered

_WORTH_INDEXING = 5_000  # claims; a smaller ledger is fast without, and the first large load is fast because of it


@dataclass(frozen=True, slots=True)
class Recorded:
    """What one run of ``Ledger.record`` met.

    ``new`` was not in the ledger before, ``known`` was, or had come before in the same run. ``refused`` and
    ``silences`` (passages without a claim, by reason) count what all readings of the run said, known ones too.
    """

    documents_new: int = 0
    documents_known: int = 0
    claims_new: int = 0
    claims_known: int = 0
    refused: int = 0
    silences: dict[str, int] = field(default_factory=dict)


class Ledger:
    """An open ledger. Use as a context manager, or call ``close``.

    Several threads may ask one ledger at the same time, and several programs may have it open; a writer never blocks a
    reader. Iterators read while they are consumed, each on a connection of its own, from the state at their first item.
    """

    def __init__(self, engine: Engine, name: str, connection: Connection | None = None) -> None:
        """For ``open`` and ``at_once`` only."""
        self._engine = engine
        self._connection = connection
        self.name = name

    @classmethod
    def open(cls, target: str | Path, *, create: bool = True) -> Self:
        """The ledger in the file ``target``, or in the PostgreSQL database at the address ``postgresql://...``; where
        there is none, a new one, unless ``create`` is false.

        Raises NotFound (no file and not to create, or no folder for it), NotALedger (a folder, another kind of file,
        tables of another program), NewerLedger (a later version wrote it), LedgerError (cannot be read, written or
        reached, damaged) or MissingExtra (the driver for PostgreSQL is not installed).
        """
        return cls(*open_engine(target, create=create))

    def close(self) -> None:
        """Let go of the file or of the connections."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- writing

    def record(self, readings: Iterable[Reading], rules: Rules) -> Recorded:
        """Add what the readings say and the ledger does not have yet; give what was met.

        Documents are committed whole, many at a time; the readings are never all in memory. Where ``readings`` raises,
        what came before is committed and the error goes on. Raises Unanchored for a claim whose words do not stand in
        its document (nothing of that reading is kept), LedgerError where the ledger cannot be written.

        New claims stand alone, or with those of the same number, until ``settle`` is called; what is to be settled is
        written with them.
        """
        tally: Counter[str] = Counter()
        silences: Counter[str] = Counter()
        remaining = iter(readings)
        more = True
        while more:
            batch = Batch()
            try:
                more = batch.fill(remaining)
            finally:  # whole documents that came before an error, or before Ctrl-C, are not lost
                if batch.entries:
                    tally.update(self._write(batch, rules))
            silences.update(batch.silences())
        with told_plainly(self.name):
            build_indexes(self._engine, _WORTH_INDEXING)
        return Recorded(**tally, silences=dict(sorted(silences.items())))

    def _write(self, batch: Batch, rules: Rules) -> dict[str, int]:
        with self._reading() as connection:
            batch.prepare(connection, rules)
        with told_plainly(self.name), writing(self._engine) as connection:
            return batch.write(connection, rules)

    def settle(self, rules: Rules) -> int:
        """Put together the claims of all grounds that something was added to; give how many grounds that were.

        Only those grounds are looked at, and the deals that they are tied to. Each batch is committed whole; after a
        kill, the next call goes on. Other programs may write meanwhile.
        """
        with told_plainly(self.name):
            build_indexes(self._engine, _WORTH_INDEXING)
            return settling.settle(self._engine, rules)

    def resettle(self, rules: Rules) -> int:
        """Work out everything that is derived anew; give how many grounds there are. For when the rules have changed.

        It comes to what ``settle`` comes to when the rules are the same.
        """
        with told_plainly(self.name):
            settling.unsettle(self._engine)
        return self.settle(rules)

    def judge(self, judgements: Iterable[Judgement]) -> int:
        """Append judgements; give how many of them are new. What they are about is to be settled again."""
        rows = {judgement.id: judgement_row(judgement) for judgement in judgements}
        with told_plainly(self.name), writing(self._engine) as connection:
            new = sorted(rows.keys() - known(connection, schema.judgement, rows))
            put(connection, schema.judgement, [rows[key] for key in new])
            settling.mark_judged(connection, new)
        return len(new)

    # -- asking

    def has(self, document_id: str) -> bool:
        """Whether the document of exactly this id is kept."""
        with self._reading() as connection:
            return bool(known(connection, schema.document, [stored(document_id)]))

    def claims(
        self, which: ClaimFilter | None = None, limit: int | None = None, after: str | None = None
    ) -> Iterator[Claim]:
        """Claims by date of publication (undated last), document, start and id; all of them without a filter.

        ``after`` is the id of a claim: those that stand behind it. Raises NotFound where the ledger has no such claim.
        """
        with self._reading() as connection:
            yield from queries.claims(connection, which or ClaimFilter(), limit, after)

    def claim(self, prefix: str) -> Claim:
        """The claim whose id begins so. Raises NotFound, or InputError that names the candidates."""
        with self._reading() as connection:
            return queries.one_claim(connection, prefix)

    def documents(self, which: ClaimFilter | None = None, after: str | None = None) -> Iterator[DocumentRow]:
        """Documents without their text, by date of publication (undated last) and id.

        A filter with a condition on claims lets through those that have such a claim; without one, all documents that
        fit, with claims or not. ``after`` is as in ``claims``.
        """
        with self._reading() as connection:
            yield from queries.documents(connection, which or ClaimFilter(), after=after)

    def newest(self, limit: int, skip: int = 0) -> tuple[DocumentRow, ...]:
        """Documents without their texts, the newest first (undated ones last); ``skip`` are left out before."""
        with self._reading() as connection:
            return tuple(queries.newest(connection, limit, skip))

    def documents_named(self, ids: Iterable[str]) -> dict[DocumentId, DocumentRow]:
        """Those of exactly these ids, without their text."""
        with self._reading() as connection:
            found = queries.documents_named(connection, ids)
            return {DocumentId(row.id): row for row in found}

    def publishers(self) -> tuple[PublisherRow, ...]:
        """Every publisher with what came of its documents, those of most documents first."""
        with self._reading() as connection:
            return tuple(queries.publishers(connection))

    def published(self, ids: Iterable[str]) -> dict[DocumentId, str | None]:
        """When each of these documents was published; None where that is unknown."""
        with self._reading() as connection:
            return queries.published(connection, ids)

    def document(self, wanted: str) -> Document:
        """The document of this id, of this name, or whose id begins so. Raises as ``claim`` does."""
        with self._reading() as connection:
            return queries.one_document(connection, wanted)

    def keys(
        self, which: ClaimFilter | None = None, after: str | None = None, *, limit: int | None = None, skip: int = 0
    ) -> Iterator[str]:
        """Deal keys of the claims that the filter lets through, each once, by code point; all, or those after one; at
        most ``limit`` of them, ``skip`` left out before.
        """
        with self._reading() as connection:
            yield from deal_keys.keys(connection, which or ClaimFilter(), after, limit, skip)

    def keys_in(self, documents: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Deal keys of the claims of each of these documents, by code point."""
        with self._reading() as connection:
            return deal_keys.keys_in(connection, documents)

    def moved(
        self, systems: Iterable[str], suppliers: Iterable[str], recipients: Iterable[str], as_of: str | None = None
    ) -> set[str]:
        """Those of these systems that any of the suppliers supplies or any of the recipients receives, by a date."""
        with self._reading() as connection:
            return deal_keys.moved(connection, systems, suppliers, recipients, as_of)

    def keys_of(self, claims: Iterable[str]) -> dict[str, str]:
        """The deal key of each of these claims, by the claim's id."""
        with self._reading() as connection:
            return deal_keys.keys_of(connection, claims)

    def keys_of_claims(self, document: str) -> dict[str, str]:
        """The deal key of each claim of the document of exactly this id, by the claim's id."""
        with self._reading() as connection:
            return deal_keys.keys_of_claims(connection, document)

    def keys_between(self, earlier: str, later: str, after: str | None = None) -> Iterator[str]:
        """Deal keys of claims of documents that were certainly published by the later day, but not by the earlier; all
        of them, or those behind one.
        """
        with self._reading() as connection:
            yield from deal_keys.keys_between(connection, earlier, later, after)

    def claims_of(self, keys: Iterable[str], as_of: str | None = None) -> Iterator[tuple[str, list[Claim]]]:
        """Each deal of these keys, in the order given, with all its claims; one with none by ``as_of`` is left out."""
        with self._reading() as connection:
            yield from queries.claims_of(connection, keys, as_of)

    def claims_under(self, own_keys: Iterable[str], as_of: str | None = None) -> Iterator[tuple[str, list[Claim]]]:
        """The same by own keys: the claims that have a number themselves, whatever deal they are of."""
        with self._reading() as connection:
            yield from queries.claims_under(connection, own_keys, as_of)

    def own_keys(self, beginning: str = "", as_of: str | None = None) -> Iterator[tuple[str, str]]:
        """The own keys that begin so, each with the key of its deal, each pair once, by code point.

        An own key is what a claim's deal is called by its number, or within its ground; several may be one deal.
        """
        with self._reading() as connection:
            yield from deal_keys.own_keys(connection, beginning, as_of)

    def own_key_from(self, least: str) -> str | None:
        """The first own key that sorts no earlier than this, by code point; None where there is none."""
        with self._reading() as connection:
            return deal_keys.own_key_from(connection, least)

    def questions(
        self, which: ClaimFilter | None = None, limit: int | None = None, after: tuple[str, str] | None = None
    ) -> Iterator[Question]:
        """What the rules could not decide about the claims that the filter lets through, in the order of the claims,
        and nobody has: a person's word on another article of the same papers may have answered it.

        ``after`` is the id of a claim and that of a question about it: those that stand behind.
        """
        with self._reading() as connection:
            yield from islice(unanswered(connection, which or ClaimFilter(), limit, after), limit)

    def unsettled(self) -> int:
        """How many grounds are still to be settled; 0 where the deals are up to date."""
        with self._reading() as connection:
            return queries.unsettled(connection)

    def outdated(self) -> bool:
        """Whether all deals are to be put together anew, since an earlier version of armsledger did it."""
        with self._reading() as connection:
            return queries.outdated(connection)

    def sketches(self, ids: Iterable[str]) -> dict[DocumentId, str]:
        """The sketches of these documents, of those that have one."""
        with self._reading() as connection:
            return queries.sketches(connection, ids)

    def alike(self, bands: Iterable[str]) -> tuple[DocumentId, ...]:
        """The ids of the documents whose sketches have any of these bands, sorted."""
        with self._reading() as connection:
            return queries.alike(connection, bands)

    def statements(
        self, which: StatementFilter | None = None, limit: int | None = None, after: str | None = None
    ) -> Iterator[Statement]:
        """Statements by date of publication (undated last), document, start and id; all of them without a filter.

        ``after`` is as in ``claims``.
        """
        with self._reading() as connection:
            yield from said.statements(connection, which or StatementFilter(), limit, after)

    def statements_in(self, documents: Iterable[str], as_of: str | None = None) -> Iterator[Statement]:
        """The statements of these documents, of those that were published by a date."""
        with self._reading() as connection:
            yield from said.statements_in(connection, documents, as_of)

    def statements_about(
        self, documents: Iterable[str], systems: Iterable[str], party: str | None, as_of: str | None = None
    ) -> tuple[Statement, ...]:
        """The statements of these documents, of these systems and of a party, in one question, by a date."""
        with self._reading() as connection:
            return tuple(said.statements_about(connection, documents, systems, party, as_of))

    def occurrences_near(
        self, documents: Iterable[str], first: str, last: str, as_of: str | None = None
    ) -> Iterator[Occurrence]:
        """Dated events of these documents, and of any document those that begin between two days, both included."""
        with self._reading() as connection:
            yield from said.occurrences_near(connection, documents, first, last, as_of)

    def occurrences(self, party: str | None = None, as_of: str | None = None) -> Iterator[Occurrence]:
        """Dated events by their first day and id: of one party or all, told by documents published by a date."""
        with self._reading() as connection:
            yield from said.occurrences(connection, party, as_of)

    def judgements(self) -> Iterator[Judgement]:
        """All judgements, by the date that their authors gave."""
        with self._reading() as connection:
            yield from queries.judgements(connection)

    def counts(self) -> Counts:
        """What the whole ledger holds."""
        with self._reading() as connection:
            return queries.counts(connection)

    def left_out(self, which: ClaimFilter) -> LeftOut:
        """What the filter's dates left out because the date of publication is unknown, or too vague to tell."""
        with self._reading() as connection:
            return queries.left_out(connection, which)

    # -- whether anything has come

    def judged(self) -> int:
        """How many judgements there are."""
        with self._reading() as connection:
            return stamps.judged(connection)

    def stamps(self, keys: Iterable[str]) -> dict[str, str]:
        """A stamp of each of these keys that is a deal's: it stays the same until a claim, a reader or a contract comes
        that the deal rests on. Judgements are not in it.
        """
        with self._reading() as connection:
            return stamps.deals(connection, keys)

    def stamp_of_deal(self, key: str, relatives: Callable[[str], Iterable[str]], days: int) -> str | None:
        """A stamp of all that can be told of a deal and so many days around it; None where there is none.

        ``relatives`` gives the systems of the family of one.
        """
        with self._reading() as connection:
            return stamps.deal_page(connection, key, relatives, days)

    def stamp_of_document(self, document: str) -> str:
        """A stamp of all that is told of the document of exactly this id."""
        with self._reading() as connection:
            return stamps.document_page(connection, document)

    @contextmanager
    def at_once(self) -> Iterator[Ledger]:
        """The same ledger as it is at the first question: all questions see one state. For one thread, and for reading.

        Begun once for all of them, questions are also answered sooner.
        """
        with told_plainly(self.name), reading(self._engine) as connection:
            yield _Moment(self._engine, self.name, connection)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        if self._connection is not None:
            yield self._connection
            return
        with told_plainly(self.name), reading(self._engine) as connection:
            yield connection


class _Moment(Ledger):
    """A ledger as it is at one moment: what was asked once is not asked again."""

    def __init__(self, engine: Engine, name: str, connection: Connection) -> None:
        super().__init__(engine, name, connection)
        self._judgements: tuple[Judgement, ...] | None = None
        self._published: dict[DocumentId, str | None] = {}

    def judgements(self) -> Iterator[Judgement]:
        if self._judgements is None:
            self._judgements = tuple(super().judgements())
        return iter(self._judgements)

    def published(self, ids: Iterable[str]) -> dict[DocumentId, str | None]:
        wanted = set(map(DocumentId, ids))
        if missing := wanted - self._published.keys():
            self._published |= super().published(missing)
        return {key: self._published[key] for key in wanted & self._published.keys()}
