"""Saved queries: what the ledger tells of them now that it did not tell when they were last asked.

What was known is kept beside the archive, by claim: a claim that was told before is not news, whichever deal it stands
with by now.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from armsledger.errors import InputError, NotReadable
from armsledger.model import DocumentId

if TYPE_CHECKING:
    from armsledger.ledger import ClaimFilter, DocumentRow, Ledger
    from armsledger.sources.plan import Plan, SavedQuery
    from armsledger.views.told_deals import ToldDeal

FILE = "saved.json"
FORM = 1
_KEPT = 200  # pieces of news that stay in a feed


@dataclass(frozen=True, slots=True)
class NewsLine:
    """One change: its kind, and what it is in words."""

    kind: str
    what: str


@dataclass(frozen=True, slots=True)
class NewsDocument:
    """A document because of which it is news."""

    id: str
    title: str | None
    published: str | None
    url: str | None

    def told(self) -> str:
        """Date, title and address in a line."""
        return " · ".join(filter(None, (self.published or "undated", self.title or self.id, self.url)))


@dataclass(frozen=True, slots=True)
class News:
    """What is new of one deal, with the claims and the documents because of which it is; the id is a hash of them."""

    deal: str
    label: str
    lines: tuple[NewsLine, ...]
    documents: tuple[NewsDocument, ...] = ()
    claims: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The same for the same change of the same deal."""
        told = [self.deal, [[line.kind, line.what] for line in self.lines], list(self.claims)]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Told:
    """A saved query, asked again: its name, its filter in words, how many deals fit, and what is new.

    ``first`` says that it was asked for the first time, or that its filter has changed: then nothing is news yet.
    """

    name: str
    sentence: str
    deals: int
    first: bool
    news: tuple[News, ...]


@dataclass(frozen=True, slots=True)
class _Deal:
    """A deal when it was last told: what it was called, and its claims."""

    label: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """What was told of a query when it was last asked: its deals by id, and the latest news, oldest first."""

    sentence: str
    deals: dict[str, _Deal]
    news: tuple[News, ...]


def query_filter(plan: Plan, query: SavedQuery) -> ClaimFilter:
    """The filter of a saved query. Raises InputError that names file, entry and field."""
    from armsledger.ledger import CONDITIONS
    from armsledger.views.options import claim_filter

    where = f"saved: {query.name}"
    known = [condition.key for condition in CONDITIONS]
    asked = {field.replace("-", "_"): said for field, said in query.asked}
    for field in asked:
        if field not in known:
            raise NotReadable(plan.path, f"{where}: {field} is no filter, expected one of: {', '.join(known)}")
    try:
        return claim_filter(**asked)
    except InputError as error:
        field = error.source.removeprefix("--")
        raise NotReadable(plan.path, f"{where}: {field}: {error.problem}", error.advice) from error


def ask_again(plan: Plan, folder: Path, ledger: Ledger) -> Iterator[Told]:
    """Asks all saved queries of a plan, remembers what they tell now, and writes their feeds."""
    from armsledger.sources.memory import write_whole
    from armsledger.views.atom import atom

    filters = [query_filter(plan, query) for query in plan.saved]
    known = _load(folder / FILE)
    for query, which in zip(plan.saved, filters, strict=True):
        told, now = _ask(query, which, known.get(query.name), ledger)
        known[query.name] = now
        if query.atom is not None:
            write_whole(query.atom, atom(query.name, told.sentence, now.news))
        _save(folder / FILE, known)
        yield told


def _ask(query: SavedQuery, which: ClaimFilter, before: _Known | None, ledger: Ledger) -> tuple[Told, _Known]:
    from armsledger.views.told_deals import told_deals

    sentence = which.sentence()
    first = before is None or before.sentence != sentence
    found = list(told_deals(ledger, which))
    now = {str(told.deal.id): _Deal(label_of(told), tuple(sorted(c.id for c in told.claims))) for told in found}
    if before is None or first:
        return Told(query.name, sentence, len(found), True, ()), _Known(sentence, now, before.news if before else ())
    news = tuple(_news(found, before.deals, ledger))
    told_before = {one.id for one in before.news}
    kept = (*before.news, *(one for one in news if one.id not in told_before))[-_KEPT:]
    return Told(query.name, sentence, len(found), False, news), _Known(sentence, now, kept)


# -- what is new ------------------------------------------------------------------------------------------


def _news(found: Sequence[ToldDeal], before: Mapping[str, _Deal], ledger: Ledger) -> Iterator[News]:
    """What is new of each deal, and which deals are no longer among them."""
    home = {claim: deal for deal, known in before.items() for claim in known.claims}
    documents = _Documents(ledger)
    still: set[str] = set()
    for told in found:
        homes = sorted({home[c.id] for c in told.claims if c.id in home})
        still |= set(homes)
        lines, claims = _changes(told, home, documents)
        joined = [before[deal].label for deal in homes if deal != told.deal.id]
        if len(homes) > 1:
            lines = [*lines, NewsLine("joined", f"was told apart until now from: {'; '.join(joined)}")]
        if lines:
            because = documents.of(dict.fromkeys(c.document for c in told.claims if c.id in claims))
            yield News(told.deal.id, label_of(told), tuple(lines), because, tuple(sorted(claims)))
    for deal in sorted(before.keys() - still):
        line = NewsLine("no longer fits", "none of its claims is among those of the query any more")
        yield News(deal, before[deal].label, (line,))


def _changes(told: ToldDeal, home: Mapping[str, str], documents: _Documents) -> tuple[list[NewsLine], set[str]]:
    """What the claims that were not told before change, in the words of the deals room; and these claims."""
    from armsledger.deals.changes import changes
    from armsledger.deals.life import life

    new = {claim.id for claim in told.claims if claim.id not in home}
    if not new:
        return [], set()
    was = [claim for claim in told.claims if claim.id not in new]
    after = life(told.claims, documents.published)
    found = changes(life(was, documents.published) if was else None, after)
    return [NewsLine(str(change.kind), change.what) for change in found], {str(claim) for claim in new}


class _Documents:
    """The documents of a ledger without their text, looked up when one of them is first asked for."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    @cached_property
    def rows(self) -> Mapping[DocumentId, DocumentRow]:
        """All of them, by id."""
        return {DocumentId(row.id): row for row in self._ledger.documents()}

    @cached_property
    def published(self) -> Mapping[DocumentId, str | None]:
        """The date of publication of each."""
        return {document: row.published for document, row in self.rows.items()}

    def of(self, ids: Iterable[DocumentId]) -> tuple[NewsDocument, ...]:
        """The documents of these ids, by date of publication."""
        found = sorted((self.rows[one] for one in ids), key=lambda row: (row.published or "9999", row.id))
        return tuple(NewsDocument(row.id, row.title, row.published, row.url) for row in found)


def label_of(told: ToldDeal) -> str:
    """A deal in a line: ``USA → TUR: 53 × AIM-120C-8, +1``."""
    from armsledger.views.told_deals import recipient_of
    from armsledger.views.words import shortened, what_of

    return shortened(f"{told.deal.supplier or 'not stated'} → {recipient_of(told)}: {what_of(told.claims)}", 100)


# -- what is remembered -----------------------------------------------------------------------------------


def _load(path: Path) -> dict[str, _Known]:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        if told["form"] != FORM:
            raise ValueError(f"its form is {told['form']!r}, expected {FORM}")
        return {name: _known(row) for name, row in told["queries"].items()}
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        advice = "move it away: the queries then begin anew"
        raise NotReadable(str(path), f"is no memory of saved queries ({error})", advice) from error


def _known(row: Mapping[str, Any]) -> _Known:
    deals = {str(deal): _Deal(known["label"], tuple(known["claims"])) for deal, known in row["deals"].items()}
    return _Known(row["sentence"], deals, tuple(_told_news(one) for one in row["news"]))


def _told_news(row: Mapping[str, Any]) -> News:
    return News(
        row["deal"],
        row["label"],
        tuple(NewsLine(**line) for line in row["lines"]),
        tuple(NewsDocument(**document) for document in row["documents"]),
        tuple(row["claims"]),
    )


def _save(path: Path, known: Mapping[str, _Known]) -> None:
    from armsledger.sources.memory import write_whole

    told = {"form": FORM, "queries": {name: asdict(one) for name, one in sorted(known.items())}}
    write_whole(path, json.dumps(told, ensure_ascii=True, indent=1, sort_keys=True).encode() + b"\n")


def news_lines(told: Told) -> Iterator[dict[str, Any]]:
    """A saved query as JSON: one object for itself, one for each piece of news."""
    head = {"is": "query", "query": told.name, "filter": told.sentence, "deals": told.deals, "first": told.first}
    return chain([head], ({"is": "news", "query": told.name, "id": one.id, **asdict(one)} for one in told.news))
