"""Whole readings that are written in one transaction, as rows of each table.

All that costs time is done before the transaction begins: ids, the check of law 1, rows, sketches, and a look at what
is known already. The transaction only adds rows; what another program added meanwhile stays as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import itemgetter

from sqlalchemy import Connection, Table, delete, func, select

from armsledger.model import Claim, ClaimId, Document, DocumentId, Reading

from . import schema, search
from .connect import known, put, stretches
from .rows import (
    Row,
    check,
    claim_row,
    document_row,
    form_row,
    found_by_row,
    occurrence_row,
    party_rows,
    sketch_rows,
    statement_row,
    stored,
)
from .rules import Rules

# A batch is full when it has any of these. Small enough to hold in memory and to keep another writer waiting for a
# second or two, large enough for the cost of a commit not to count, nor that of the pages that every batch goes to.
BATCH_DOCUMENTS = 2_000
BATCH_CLAIMS = 10_000
BATCH_CHARACTERS = 16_000_000

_BY_ID = itemgetter(0)


_QUOTE = list(schema.claim.c).index(schema.claim.c.quote)  # its place in a row of claim


@dataclass(frozen=True, slots=True)
class _Entry:
    """A reading that has passed the check, with the id that is dear to work out."""

    document_id: DocumentId
    reading: Reading


@dataclass(slots=True)
class Batch:
    """Readings, and the rows that they come to: ``fill``, then ``prepare``, then ``write``."""

    entries: list[_Entry] = field(default_factory=list)
    rows: dict[Table, list[Row]] = field(default_factory=dict)
    sketched_again: list[str] = field(default_factory=list)
    worded: list[Row] = field(default_factory=list)  # for the index of words

    def fill(self, readings: Iterator[Reading]) -> bool:
        """Take readings until the batch is full; False where there are no more."""
        claims = characters = 0
        for reading in readings:
            document_id = reading.document.id
            check(reading, document_id)
            self.entries.append(_Entry(document_id, reading))
            claims += len(reading.claims)
            characters += len(reading.document.text)
            if len(self.entries) >= BATCH_DOCUMENTS or claims >= BATCH_CLAIMS or characters >= BATCH_CHARACTERS:
                return True
        return False

    def silences(self) -> Counter[str]:
        """Passages without a claim, by reason."""
        return Counter(silence.reason for entry in self.entries for silence in entry.reading.silences)

    # -- rows

    def prepare(self, connection: Connection, rules: Rules) -> None:
        """Make the rows; ``connection`` is asked what is known already."""
        documents = {entry.document_id: entry.reading.document for entry in self.entries}
        old = known(connection, schema.document, documents)
        # In the order of their keys: neighbours go to the same page of an index, and the file is the same every time.
        self.rows[schema.document] = [document_row(documents[key], key) for key in sorted(documents.keys() - old)]
        forms = self._forms()
        self._prepare_claims(connection, rules, old)
        self._prepare_told()
        self._prepare_counts()
        if rules.sketch is not None:
            self._prepare_sketches(connection, rules.sketch, old, forms)

    def _forms(self) -> Mapping[DocumentId, tuple[str, Document]]:
        """Fills in forms and sightings; for each document, the least of its forms and the document so got."""
        forms: dict[Row, Document] = {}
        sightings: set[Row] = set()
        for entry in self.entries:
            form = form_row(entry.reading.document, entry.document_id)
            forms[form] = entry.reading.document
            sightings.add((entry.document_id, stored(entry.reading.document.name), form[1]))
        ordered = sorted(forms, key=lambda form: form[:2])
        self.rows[schema.form] = ordered
        self.rows[schema.sighting] = sorted(sightings)
        return {form[0]: (form[1], forms[form]) for form in reversed(ordered)}

    def _prepare_claims(self, connection: Connection, rules: Rules, old: set[str]) -> None:
        """A claim of a new document is new, so only those of known ones are looked for."""
        claims: dict[ClaimId, Claim] = {}
        found: set[Row] = set()
        for entry in self.entries:
            for claim in entry.reading.claims:
                key = claim.id
                claims[key] = claim
                found.add(found_by_row(claim, key))
        suspects = [key for key, claim in claims.items() if claim.document in old] if old else []
        there = known(connection, schema.claim, suspects)
        grounds = self._prepare_new(claims if not there else {k: claims[k] for k in claims if k not in there}, rules)
        if there:
            later = _later(connection, found, there)
            found = {row for row in found if row[0] not in there or row in later}
            grounds |= _grounds(connection, {row[0] for row in later})  # points have come: to be settled again
        self.rows[schema.found_by] = sorted(found)
        self.rows[schema.stale] = [(ground,) for ground in sorted(grounds)]

    def _prepare_new(self, claims: Mapping[ClaimId, Claim], rules: Rules) -> set[str]:
        """Fills in new claims and their places; gives their grounds."""
        rows: list[Row] = []
        places: list[Row] = []
        grounds: set[str] = set()
        place = rules.place
        for key, claim in claims.items():  # as they were read, so that what is looked at together lies together
            rows.append(claim_row(claim, key))
            ground, own = place(claim)
            if not ground:
                raise ValueError(f"claim {key} was given a ground without a name")
            ground, own = stored(ground), stored(own)
            places.append((key, ground, own, own))
            grounds.add(ground)
        self.rows[schema.claim] = sorted(rows, key=_BY_ID)
        self.rows[schema.placed] = sorted(places, key=_BY_ID)
        self.rows[schema.word], self.worded = search.entries((row[0], row[_QUOTE]) for row in rows)
        return grounds

    def _prepare_told(self) -> None:
        said = [(one.id, one) for entry in self.entries for one in entry.reading.statements]
        statements = dict(said)
        happened = {one.id: one for entry in self.entries for one in entry.reading.occurrences}
        ordered = sorted(statements)
        self.rows[schema.statement] = [statement_row(statements[key], key) for key in ordered]
        self.rows[schema.statement_party] = [row for key in ordered for row in party_rows(statements[key], key)]
        self.rows[schema.stated_by] = sorted({(key, stored(one.reader)) for key, one in said})
        self.rows[schema.occurrence] = [occurrence_row(happened[key], key) for key in sorted(happened)]

    def _prepare_counts(self) -> None:
        silences: list[Row] = []
        refusals: list[Row] = []
        for entry in self.entries:
            if entry.reading.silences:
                silent = Counter(stored(silence.reason) for silence in entry.reading.silences)
                silences += [(entry.document_id, reason, n) for reason, n in silent.items()]
            if entry.reading.refused:
                refused = Counter((stored(refusal.reason), stored(refusal.field)) for refusal in entry.reading.refused)
                refusals += [(entry.document_id, *why, n) for why, n in refused.items()]
        self.rows[schema.silence] = sorted(silences)
        self.rows[schema.refusal] = sorted(refusals)

    def _prepare_sketches(
        self,
        connection: Connection,
        sketch: Callable[[Document], tuple[str, tuple[str, ...]]],
        old: set[str],
        forms: Mapping[DocumentId, tuple[str, Document]],
    ) -> None:
        """A document is sketched in the least of its forms, so that the order of reading changes nothing."""
        least: dict[str, str] = {}
        column = schema.form.c
        for some in stretches(sorted(old)):
            asked = select(column.document_id, func.min(column.id)).where(column.document_id.in_(some))
            least.update((key, form) for key, form in connection.execute(asked.group_by(column.document_id)))
        rows: list[tuple[Row, list[Row]]] = []
        for key, (form, document) in sorted(forms.items()):
            if key not in old or form < least[key]:
                rows.append(sketch_rows(key, *sketch(document)))
        self.sketched_again = [row[0] for row, _ in rows if row[0] in old]
        self.rows[schema.sketch] = [row for row, _ in rows]
        self.rows[schema.band] = sorted({row for _, bands in rows for row in bands})

    # -- writing

    def write(self, connection: Connection, rules: Rules) -> dict[str, int]:
        """Add all that is not there yet; give the counts of ``Recorded``."""
        if known(connection, schema.document, [row[0] for row in self.rows[schema.document]]):
            self.prepare(connection, rules)  # another program was quicker
        for some in stretches(self.sketched_again):
            for table in (schema.sketch, schema.band):
                connection.execute(delete(table).where(table.c.document_id.in_(some)))
        new = {table: put(connection, table, rows) for table, rows in self.rows.items()}
        search.add(connection, self.worded)
        claims = sum(len(entry.reading.claims) for entry in self.entries)
        return {
            "documents_new": new[schema.document],
            "documents_known": len(self.entries) - new[schema.document],
            "claims_new": new[schema.claim],
            "claims_known": claims - new[schema.claim],
            "refused": sum(len(entry.reading.refused) for entry in self.entries),
        }


def _grounds(connection: Connection, claims: set[str]) -> set[str]:
    """The grounds of known claims."""
    found: set[str] = set()
    column = schema.placed.c
    for some in stretches(sorted(claims)):
        found.update(connection.scalars(select(column.ground).where(column.claim_id.in_(some))))
    return found


def _later(connection: Connection, found: Iterable[Row], claims: set[str]) -> set[Row]:
    """The rows of ``found_by`` that known claims do not have yet."""
    had: set[Row] = set()
    for some in stretches(sorted(claims)):
        asked = select(schema.found_by).where(schema.found_by.c.claim_id.in_(some))
        had.update(map(tuple, connection.execute(asked)))
    return {row for row in found if row[0] in claims} - had
