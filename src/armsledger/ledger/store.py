"""The ledger: what readings said, kept once and for good."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, Table, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from armsledger.model import Claim, ClaimId, Document, DocumentId, Judgement, Occurrence, Reading, Statement

from . import queries, said, schema
from .connect import build_indexes, open_engine, told_plainly, writing
from .filters import ClaimFilter
from .queries import Counts, DocumentRow, LeftOut
from .rows import (
    Row,
    anchor_rows,
    check,
    claim_row,
    document_row,
    form_row,
    found_by_row,
    judgement_row,
    occurrence_row,
    party_rows,
    statement_row,
    stored,
    told,
)
from .said import StatementFilter

DealKey = Callable[[Claim], str]

# A batch is one transaction; it is full when it has any of these. Small enough to hold in memory and to keep another
# writer waiting for a second at most, large enough for the cost of a commit not to count.
_BATCH_DOCUMENTS = 500
_BATCH_CLAIMS = 4_000
_BATCH_CHARACTERS = 16_000_000

_WORTH_INDEXING = 5_000  # claims; a smaller ledger is fast without, and the first large load is fast because of it

_STRETCH = 500  # ids asked for at a time


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

    def __init__(self, engine: Engine, name: str) -> None:
        """For ``open`` only."""
        self._engine = engine
        self.name = name

    @classmethod
    def open(cls, target: str | Path, *, create: bool = True) -> Self:
        """The ledger in the file ``target``; where there is none, a new one, unless ``create`` is false.

        Raises NotFound (no file and not to create, or no folder for it), NotALedger (a folder, another kind of file),
        NewerLedger (a later version wrote it) or LedgerError (cannot be read or written, damaged).
        """
        return cls(*open_engine(target, create=create))

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- writing

    def record(self, readings: Iterable[Reading], deal_key: DealKey) -> Recorded:
        """Add what the readings say and the ledger does not have yet; give what was met.

        Documents are committed whole, many at a time; the readings are never all in memory. Where ``readings`` raises,
        what came before is committed and the error goes on. Raises Unanchored for a claim whose words do not stand in
        its document (nothing of that reading is kept), LedgerError where the file cannot be written.
        """
        tally: Counter[str] = Counter()
        silences: Counter[str] = Counter()
        remaining = iter(readings)
        more = True
        while more:
            batch = _Batch()
            try:
                more = batch.fill(remaining, deal_key)
            finally:  # whole documents that came before an error, or before Ctrl-C, are not lost
                if batch.entries:
                    with told_plainly(self.name), writing(self._engine) as connection:
                        tally.update(batch.write(connection))
            silences.update(batch.silences())
        with told_plainly(self.name):
            build_indexes(self._engine, _WORTH_INDEXING)
        return Recorded(**tally, silences=dict(sorted(silences.items())))

    def rekey(self, deal_key: DealKey) -> int:
        """Work out the deal keys of all claims again; give how many have changed. For when the rule has changed."""
        changed: list[Row] = []
        with told_plainly(self.name):
            with self._reading() as connection:
                old = {row.claim_id: told(row.key) for row in connection.execute(select(schema.deal_key))}
                for claim in queries.claims(connection, ClaimFilter()):
                    key = deal_key(claim)
                    if old.get(claim.id) != key:
                        changed.append((claim.id, stored(key)))
            with writing(self._engine) as connection:
                for some in _stretches([row[0] for row in changed]):
                    connection.execute(delete(schema.deal_key).where(schema.deal_key.c.claim_id.in_(some)))
                _insert(connection, schema.deal_key, changed)
        return len(changed)

    def judge(self, judgements: Iterable[Judgement]) -> int:
        """Append judgements; give how many of them are new."""
        rows = {judgement.id: judgement_row(judgement) for judgement in judgements}
        with told_plainly(self.name), writing(self._engine) as connection:
            known = _known(connection, schema.judgement, rows)
            _insert(connection, schema.judgement, [row for key, row in rows.items() if key not in known])
        return len(rows) - len(known)

    # -- asking

    def has(self, document_id: str) -> bool:
        """Whether the document of exactly this id is kept."""
        with self._reading() as connection:
            return bool(_known(connection, schema.document, [document_id]))

    def claims(self, which: ClaimFilter | None = None, limit: int | None = None) -> Iterator[Claim]:
        """Claims by date of publication (undated last), document, start and id; all of them without a filter."""
        with self._reading() as connection:
            yield from queries.claims(connection, which or ClaimFilter(), limit)

    def claim(self, prefix: str) -> Claim:
        """The claim whose id begins so. Raises NotFound, or InputError that names the candidates."""
        with self._reading() as connection:
            return queries.one_claim(connection, prefix)

    def documents(self, which: ClaimFilter | None = None) -> Iterator[DocumentRow]:
        """Documents without their text, by date of publication (undated last) and id.

        A filter with a condition on claims lets through those that have such a claim; without one, all documents that
        fit, with claims or not.
        """
        with self._reading() as connection:
            yield from queries.documents(connection, which or ClaimFilter())

    def document(self, wanted: str) -> Document:
        """The document of this id, of this name, or whose id begins so. Raises as ``claim`` does."""
        with self._reading() as connection:
            return queries.one_document(connection, wanted)

    def keys(self, which: ClaimFilter | None = None) -> Iterator[str]:
        """Deal keys of the claims that the filter lets through, each once, by code point."""
        with self._reading() as connection:
            yield from queries.keys(connection, which or ClaimFilter())

    def claims_of(self, keys: Iterable[str], as_of: str | None = None) -> Iterator[tuple[str, list[Claim]]]:
        """Each of the keys, in the order given, with all its claims; a key with no claim by ``as_of`` is left out."""
        with self._reading() as connection:
            yield from queries.claims_of(connection, keys, as_of)

    def statements(self, which: StatementFilter | None = None, limit: int | None = None) -> Iterator[Statement]:
        """Statements by date of publication (undated last), document, start and id; all of them without a filter."""
        with self._reading() as connection:
            yield from said.statements(connection, which or StatementFilter(), limit)

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

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with told_plainly(self.name), self._engine.connect() as connection:
            yield connection


# -- one batch --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Entry:
    """A reading that has passed the check, with the ids that are dear to work out."""

    document_id: DocumentId
    reading: Reading
    claims: list[tuple[ClaimId, Claim, str]]  # id, claim, deal key


class _Batch:
    """Whole readings that are written in one transaction."""

    def __init__(self) -> None:
        self.entries: list[_Entry] = []

    def fill(self, readings: Iterator[Reading], deal_key: DealKey) -> bool:
        """Take readings until the batch is full; False where there are no more."""
        claims = characters = 0
        for reading in readings:
            document_id = reading.document.id
            check(reading, document_id)
            keyed = [(claim.id, claim, deal_key(claim)) for claim in reading.claims]
            self.entries.append(_Entry(document_id, reading, keyed))
            claims += len(keyed)
            characters += len(reading.document.text)
            if len(self.entries) >= _BATCH_DOCUMENTS or claims >= _BATCH_CLAIMS or characters >= _BATCH_CHARACTERS:
                return True
        return False

    def silences(self) -> Counter[str]:
        """Passages without a claim, by reason."""
        return Counter(silence.reason for entry in self.entries for silence in entry.reading.silences)

    def write(self, connection: Connection) -> dict[str, int]:
        """Add all that is not there yet; give the counts of ``Recorded``."""
        documents = {entry.document_id: entry.reading.document for entry in self.entries}
        claims = {claim_id: (claim, key) for entry in self.entries for claim_id, claim, key in entry.claims}
        new_documents = documents.keys() - _known(connection, schema.document, documents)
        new_claims = claims.keys() - _known(connection, schema.claim, claims)
        # In the order of their keys: neighbours go to the same page of an index, and the file is the same every time.
        ordered = sorted(new_claims)
        _insert(connection, schema.document, [document_row(documents[key], key) for key in sorted(new_documents)])
        self._write_forms(connection)
        _insert(connection, schema.claim, [claim_row(claims[key][0], key) for key in ordered])
        _insert(connection, schema.anchor, [row for key in ordered for row in anchor_rows(claims[key][0], key)])
        found = {found_by_row(claim, claim_id) for entry in self.entries for claim_id, claim, _ in entry.claims}
        _insert(connection, schema.found_by, sorted(found))
        _insert(connection, schema.deal_key, [(key, stored(claims[key][1])) for key in ordered])
        self._write_told(connection)
        self._write_counts(connection)
        return {
            "documents_new": len(new_documents),
            "documents_known": len(self.entries) - len(new_documents),
            "claims_new": len(new_claims),
            "claims_known": sum(len(entry.claims) for entry in self.entries) - len(new_claims),
            "refused": sum(len(entry.reading.refused) for entry in self.entries),
        }

    def _write_forms(self, connection: Connection) -> None:
        forms: set[Row] = set()
        sightings: set[Row] = set()
        for entry in self.entries:
            form = form_row(entry.reading.document, entry.document_id)
            forms.add(form)
            sightings.add((entry.document_id, stored(entry.reading.document.name), form[1]))
        _insert(connection, schema.form, sorted(forms, key=lambda form: form[:2]))
        _insert(connection, schema.sighting, sorted(sightings))

    def _write_told(self, connection: Connection) -> None:
        statements = {one.id: one for entry in self.entries for one in entry.reading.statements}
        happened = {one.id: one for entry in self.entries for one in entry.reading.occurrences}
        readers = {(one.id, stored(one.reader)) for entry in self.entries for one in entry.reading.statements}
        _insert(connection, schema.statement, [statement_row(statements[key], key) for key in sorted(statements)])
        parties = [row for key in sorted(statements) for row in party_rows(statements[key], key)]
        _insert(connection, schema.statement_party, parties)
        _insert(connection, schema.stated_by, sorted(readers))
        _insert(connection, schema.occurrence, [occurrence_row(happened[key], key) for key in sorted(happened)])

    def _write_counts(self, connection: Connection) -> None:
        silences: list[Row] = []
        refusals: list[Row] = []
        for entry in self.entries:
            silent = Counter(stored(silence.reason) for silence in entry.reading.silences)
            silences += [(entry.document_id, reason, n) for reason, n in silent.items()]
            refused = Counter((stored(refusal.reason), stored(refusal.field)) for refusal in entry.reading.refused)
            refusals += [(entry.document_id, *why, n) for why, n in refused.items()]
        _insert(connection, schema.silence, sorted(silences))
        _insert(connection, schema.refusal, sorted(refusals))


# -- rows into tables -------------------------------------------------------------------------------------

_DIALECTS = {"sqlite": sqlite, "postgresql": postgresql}


def _insert(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Add rows, each a tuple in the order of the table's columns; those that are there already stay as they are.

    Counts grow to the larger one. The statement is SQLAlchemy's, the rows go straight to the driver: taking them
    through its parameter handling costs four times as much. (On PostgreSQL, COPY belongs here.)
    """
    if not rows:
        return
    statement = _DIALECTS[connection.dialect.name].insert(table)
    if "count" in table.c:
        count = table.c["count"]
        larger = statement.excluded["count"]
        statement = statement.on_conflict_do_update(
            index_elements=list(table.primary_key), set_={"count": larger}, where=larger > count
        )
    else:
        statement = statement.on_conflict_do_nothing()
    connection.exec_driver_sql(str(statement.compile(dialect=connection.dialect)), list(rows))


def _known(connection: Connection, table: Table, ids: Iterable[str]) -> set[str]:
    """Those of the ids that the table has."""
    known: set[str] = set()
    for some in _stretches(sorted(ids)):
        known.update(connection.scalars(select(table.c.id).where(table.c.id.in_(some))))
    return known


def _stretches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + _STRETCH] for start in range(0, len(ids), _STRETCH))
