"""The Python API: a ledger's deals, claims and documents as small values that a notebook shows and pandas takes.

    import armsledger

    with armsledger.Ledger.open("armsledger.db") as ledger:
        deals = ledger.deals(recipient="PAK", as_of="2025-10-01")
        deals.to_pandas()
        for deal in deals:
            print(deal.status, [claim.quote for claim in deal.claims])

All are frozen: they show the ledger as it was when it was asked. Everything that a notebook shows is escaped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, overload

from armsledger.model import Claim as Assertion
from armsledger.model import Span
from armsledger.views.exports_deals import ShownDeal, shown_deals
from armsledger.views.rows import claim_row, deal_rows, document_row

if TYPE_CHECKING:
    import pandas

    from armsledger.ledger import ClaimFilter, DocumentRow
    from armsledger.ledger import Ledger as Book

Listed = TypeVar("Listed")
_SHOWN = 50  # rows of a list in a notebook


class Ledger:
    """A ledger to be asked. Use ``Ledger.open``, as a context manager or with ``close`` at the end.

    Filters are those of the command line (see the reference of filters): ``supplier``, ``recipient``, ``party``,
    ``system`` (codes or names), ``stage``, ``since``, ``until``, ``as_of``, ``text`` and so on.
    """

    def __init__(self, book: Book) -> None:
        """For ``open`` only."""
        self._book = book

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """The ledger in a file, or in the PostgreSQL database at an address. Raises NotFound or LedgerError."""
        from armsledger.ledger import Ledger as Book

        return cls(Book.open(path, create=False))

    def close(self) -> None:
        """Lets go of the file."""
        self._book.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<armsledger.Ledger {self._book.name!r}>"

    def deals(self, **asked: str | None) -> Deals:
        """The deals with a claim that fits, each whole; with ``as_of`` as they stood on that day."""
        which = _filter(asked)
        found = (s for s in shown_deals(self._book, which) if s.told.stands_at(which.stage))
        return Deals(tuple(Deal(shown, which.as_of) for shown in found), _head("Deals", which))

    def deal(self, wanted: str, as_of: str | None = None) -> Deal:
        """The deal of an id or an official number. Raises NotFound, or InputError where there are several."""
        from armsledger.errors import InputError, NotFound
        from armsledger.views.show import find

        which = _filter({"as_of": as_of})
        found = find(self._book, wanted, None, which.as_of)
        if not found:
            raise NotFound(wanted, "no deal is called so", "see ledger.deals()")
        if len(found) > 1:
            raise InputError(wanted, f"stands for {len(found)} deals: {', '.join(t.deal.id for t in found[:10])}")
        return Deal(self._shown(found[0]), which.as_of)

    def _shown(self, told: Any) -> ShownDeal:
        from armsledger.deals.judgements import standing
        from armsledger.views.told_deals import documents_of
        from armsledger.views.whole_deal import without_rejected

        documents = self._book.documents_named(documents_of([told]))
        published = {key: row.published for key, row in documents.items()}
        kept, _ = without_rejected(told, standing(self._book.judgements()), published)
        return ShownDeal(kept, kept.status, documents)

    def claims(self, **asked: str | None) -> Claims:
        """The claims that fit, by date of publication, document and place."""
        which = _filter(asked)
        found = list(self._book.claims(which))
        rows = self._book.documents_named({c.document for c in found})
        return Claims(tuple(Claim(c, Document(rows[c.document])) for c in found), _head("Claims", which))

    def documents(self, **asked: str | None) -> Documents:
        """The documents that fit, without their text."""
        which = _filter(asked)
        return Documents(tuple(map(Document, self._book.documents(which))), _head("Documents", which))

    def text(self, document: str) -> str:
        """The text of a document, into which the spans of its claims point."""
        return self._book.document(document).text


def _filter(asked: Mapping[str, str | None]) -> ClaimFilter:
    from armsledger.ledger import CONDITIONS
    from armsledger.views.options import claim_filter

    known = {condition.key for condition in CONDITIONS}
    for name in asked:
        if name not in known:
            raise TypeError(f"{name!r} is no filter; there are: {', '.join(sorted(known))}")
    return claim_filter(**dict(asked))


def _head(what: str, which: ClaimFilter) -> str:
    return f"{what}: {which.sentence()}"


# -- one thing --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Document:
    """A document without its text: ``id``, ``title``, ``publisher``, ``published``, ``url``, ``kind``."""

    row: DocumentRow = field(repr=False)

    @property
    def id(self) -> str:
        """Its id in the ledger."""
        return self.row.id

    @property
    def title(self) -> str | None:
        """Its title; None where none is known."""
        return self.row.title

    @property
    def publisher(self) -> str | None:
        """Who published it; None where that is not known."""
        return self.row.publisher

    @property
    def published(self) -> str | None:
        """The day, as precise as it is known; None where it is not."""
        return self.row.published

    @property
    def url(self) -> str | None:
        """Where it was published."""
        return self.row.url

    @property
    def kind(self) -> str:
        """notice, contracts, news or register."""
        return self.row.kind

    def __repr__(self) -> str:
        return f"<Document {self.id}: {self}>"

    def __str__(self) -> str:
        from armsledger.views.one_claim import title_of

        return title_of(self.row)

    def to_dicts(self) -> list[dict[str, Any]]:
        """One row."""
        return [document_row(self.row)]


@dataclass(frozen=True, slots=True)
class Claim:
    """One assertion with its words: ``quote`` is ``span`` of the text of ``document``.

    Its slots (``supplier``, ``recipient``, ``item``, ``quantity``, ``value``, ``stage``, ``polarity``, ``certainty``,
    ``speaker`` ...) are those of ``assertion``.
    """

    assertion: Assertion
    document: Document

    @property
    def id(self) -> str:
        """Its id in the ledger."""
        return self.assertion.id

    @property
    def quote(self) -> str:
        """The exact words."""
        return self.assertion.quote

    @property
    def span(self) -> Span:
        """Where they stand in the document's text: code points, end exclusive."""
        return Span(self.assertion.start, self.assertion.end)

    def __getattr__(self, name: str) -> Any:
        """The slots of the assertion."""
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.assertion, name)

    def __repr__(self) -> str:
        return f"<Claim {self.id}: {self.assertion.stage}, “{self.quote[:60]}”>"

    def to_dicts(self) -> list[dict[str, Any]]:
        """One row."""
        return [claim_row(self.assertion, self.document.row)]


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a field, with the claims that give it."""

    value: str
    claims: tuple[Claim, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Deal:
    """A deal as of a date: what claims come to when put together. Values of a field stand side by side."""

    shown: ShownDeal = field(repr=False)
    as_of: str | None = None

    @property
    def id(self) -> str:
        """Its id in the ledger."""
        return self.shown.deal.id

    @property
    def supplier(self) -> str | None:
        """The code or name of who supplies; None where nobody says."""
        return self.shown.deal.supplier

    @property
    def recipient(self) -> str | None:
        """The code or name of who receives; None where nobody says."""
        return self.shown.deal.recipient

    @property
    def what(self) -> str:
        """What moves, in words."""
        from armsledger.views.words import what_of

        return what_of(self.shown.told.claims)

    @property
    def stage(self) -> str | None:
        """The furthest stage that a sure claim reaches; None where all is possible, planned or denied."""
        return self.shown.told.stage

    @property
    def status(self) -> str:
        """Where it stands, in a sentence: by whose word, and whether that is contested."""
        return self.shown.status.sentence()

    @property
    def contested(self) -> bool:
        """Whether somebody affirms what somebody else denies."""
        return self.shown.status.contested

    @property
    def conflicts(self) -> tuple[str, ...]:
        """The names of the fields whose values contradict one another."""
        return self.shown.told.disputed

    @property
    def claims(self) -> Claims:
        """The claims that it rests on; those of a contract that it shares are not among them."""
        rows = self.shown.documents
        return Claims(tuple(Claim(c, Document(rows[c.document])) for c in self.shown.told.claims), f"Deal {self.id}")

    @property
    def documents(self) -> Documents:
        """The documents that speak of it."""
        rows = (row for key, row in self.shown.documents.items() if str(key) in self.shown.told.documents)
        return Documents(tuple(map(Document, rows)), f"Deal {self.id}")

    @property
    def fields(self) -> dict[str, tuple[Value, ...]]:
        """Every field with all its values, the most often given first, each with the claims that give it."""
        by_id = {c.id: c for c in self.claims}
        return {
            f.name: tuple(Value(v.value, tuple(by_id[c] for c in v.claims)) for v in f.values)
            for f in self.shown.deal.fields
        }

    def __repr__(self) -> str:
        sides = f"{self.supplier or '?'} → {self.recipient or '?'}"
        return f"<Deal {self.id}: {sides}, {self.what}, {self.shown.status.word}>"

    def to_dicts(self) -> list[dict[str, Any]]:
        """A row for each value of each field and each place that carries it, as ``armsledger export deals`` has."""
        return list(deal_rows(self.shown.told, self.shown.documents))

    def _repr_html_(self) -> str:
        """For notebooks: status, then every value with the words that it comes from."""
        from armsledger.views.names import party_label

        sides = f"{party_label(self.supplier)} → {party_label(self.recipient)}"
        rows = [(name, v.value, _words(v.claims)) for name, values in self.fields.items() for v in values]
        return (
            f"<div><p><strong>{escape(sides)}: {escape(self.what)}</strong><br>{escape(self.status)}"
            f"{f'<br>as of {escape(self.as_of)}' if self.as_of else ''}</p>"
            f"{_table(('Field', 'Value', 'Words'), rows)}</div>"
        )


def _words(claims: Sequence[Claim]) -> str:
    """The words of the first claim, with its document; and how many more there are."""
    from armsledger.views.words import shortened

    first, more = claims[0], len(claims) - 1
    told = f"“{shortened(first.quote, 160)}” ({first.document})"
    return told + (f" and {more} more" if more else "")


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], caption: str = "") -> str:
    """A table of texts, all of them escaped; nothing in it is taken for HTML."""
    head = "".join(f'<th scope="col">{escape(h)}</th>' for h in heads)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    told = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f"<table>{told}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


# -- lists ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Collection(Generic[Listed]):
    """What was asked for: a sequence that also gives rows (``to_dicts``) and a data frame (``to_pandas``).

    ``asked`` says in words what it holds.
    """

    items: tuple[Listed, ...] = field(repr=False)
    asked: str = ""

    def __iter__(self) -> Iterator[Listed]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    @overload
    def __getitem__(self, at: int) -> Listed: ...
    @overload
    def __getitem__(self, at: slice) -> Self: ...
    def __getitem__(self, at: int | slice) -> Listed | Self:
        return type(self)(self.items[at], self.asked) if isinstance(at, slice) else self.items[at]

    def to_dicts(self) -> list[dict[str, Any]]:
        """The rows that ``armsledger export`` writes: each says where its words stand. Amounts are decimal text."""
        return [row for item in self.items for row in item.to_dicts()]  # type: ignore[attr-defined]

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a data frame; what is not stated is missing. Raises MissingExtra without pandas."""
        from armsledger.views.extras import needing

        with needing("analysis", "to_pandas"):
            import pandas

            return pandas.DataFrame(self.to_dicts(), columns=list(self._columns())).convert_dtypes()

    def _columns(self) -> tuple[str, ...]:
        from armsledger.views.rows import COLUMNS

        return COLUMNS[type(self).__name__.lower()]

    def __repr__(self) -> str:
        return f"<{type(self).__name__} ({len(self)}): {self.asked}>"

    def _repr_html_(self) -> str:
        """For notebooks: a table of the first of them, everything escaped."""
        heads, row = self._shown()
        more = f", the first {_SHOWN} of {len(self):,}" if len(self) > _SHOWN else f" ({len(self):,})"
        return _table(heads, [row(item) for item in self.items[:_SHOWN]], self.asked + more)

    def _shown(self) -> tuple[Sequence[str], Callable[[Any], Sequence[str]]]:
        return ("",), lambda item: (str(item),)


class Deals(Collection[Deal]):
    """Deals; ``to_dicts`` and ``to_pandas`` give a row for each value of each field and each place that carries it."""

    def _shown(self) -> tuple[Sequence[str], Callable[[Any], Sequence[str]]]:
        from armsledger.views.names import party_label
        from armsledger.views.told_deals import recipient_of, value_of

        def row(deal: Deal) -> Sequence[str]:
            told = deal.shown.told
            sides = party_label(deal.supplier), party_label(recipient_of(told))
            return (deal.id, *sides, deal.what, value_of(told), deal.status, ", ".join(deal.conflicts))

        return ("Deal", "Supplier", "Recipient", "What", "Value", "Status", "Conflict"), row

    @cached_property
    def summary(self) -> list[dict[str, Any]]:
        """One row a deal: who supplies what to whom, how far, in how many documents."""
        return [
            {
                "deal": d.id,
                "supplier": d.supplier,
                "recipient": d.recipient,
                "what": d.what,
                "stage": d.stage,
                "status": d.status,
                "contested": d.contested,
                "claims": len(d.claims),
                "documents": len(d.documents),
            }
            for d in self.items
        ]


class Claims(Collection[Claim]):
    """Claims; a row for each."""

    def _shown(self) -> tuple[Sequence[str], Callable[[Any], Sequence[str]]]:
        def row(claim: Claim) -> Sequence[str]:
            a = claim.assertion
            return claim.id[:8], f"{a.stage}, {a.polarity}, {a.certainty}", a.speaker, a.quote, str(claim.document)

        return ("Claim", "Said", "Speaker", "Words", "Document"), row


class Documents(Collection[Document]):
    """Documents; a row for each."""

    def _shown(self) -> tuple[Sequence[str], Callable[[Any], Sequence[str]]]:
        def row(document: Document) -> Sequence[str]:
            told = (document.published, document.kind, document.title, document.publisher)
            return (document.id[:8], *(part or "not stated" for part in told))

        return ("Document", "Published", "Kind", "Title", "Publisher"), row
