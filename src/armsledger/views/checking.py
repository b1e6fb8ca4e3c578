"""What ``check`` does: deals one by one through the rules, what spans deals at the end, and an account of it all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from armsledger.deals.across import OneOrigin, Uncontracted, day_of
from armsledger.deals.denied import Denied
from armsledger.deals.disputes import is_official, of_register
from armsledger.deals.figures import find_figures
from armsledger.deals.findings import Case, Contract, Finding, findings
from armsledger.deals.history import History
from armsledger.deals.origins import origins
from armsledger.deals.shared import SharedSums
from armsledger.deals.sketch import sketch_from
from armsledger.deals.sums import Sums
from armsledger.deals.vintages import Figures, Table
from armsledger.model import DealId, DocumentId, SectionKind, Span
from armsledger.views.told_deals import told_deals

if TYPE_CHECKING:
    from armsledger.ledger import ClaimFilter, Ledger
    from armsledger.views.told_deals import ToldDeal

_READ = (SectionKind.TITLE, SectionKind.HEADING, SectionKind.BODY)
_STRETCH = 200  # deals whose documents' dates are asked for together


@dataclass(slots=True)
class Account:
    """What was looked at (deals, news documents, the shares that they state), what was found by code, and how many
    notices could not be checked for a contract: too young, or of years with too few contract days here.
    """

    deals: int = 0
    documents: int = 0
    figures: int = 0
    young: int = 0
    uncovered: int = 0
    found: Counter[str] = field(default_factory=Counter)


class Check:
    """One run over a ledger, for the deals that a filter lets through.

    Deals stream through the rules. What is kept of each is little: its sums, its counts, the days of its notices and
    contracts. Rules that compare deals look at all of the ledger's; only findings about the filter's deals are given.
    """

    def __init__(self, book: Ledger, which: ClaimFilter, years: int, table: Table) -> None:
        self.account = Account()
        self._book, self._which = book, which
        self._sums, self._shared, self._history, self._single = Sums(), SharedSums(), History(), OneOrigin()
        self._denied, self._uncontracted, self._figures = Denied(), Uncontracted(years), Figures(table)
        self._published: dict[DocumentId, str | None] = {}
        self._chosen: set[DealId] = set()

    def findings(self) -> Iterator[Finding]:
        """The findings: of each deal as it is read, then those across deals, then those of figures in the news."""
        from armsledger.ledger import ClaimFilter

        self._chosen = set(self._choose())
        deals = told_deals(self._book, ClaimFilter(as_of=self._which.as_of))
        while some := list(islice(deals, _STRETCH)):
            ids = {c.document for told in some for c in (*told.claims, *told.contract_claims)}
            self._published.update(self._book.published(ids))
            for told in some:
                yield from self._deal(told)
        yield from self._counted(self._across())
        yield from self._counted(self._of_figures())

    def _choose(self) -> Iterator[DealId]:
        """The deals that the filter lets through."""
        from armsledger.deals import deal_id

        if self._which.stage is None:
            yield from map(deal_id, self._book.keys(self._which))
        else:
            yield from (told.deal.id for told in told_deals(self._book, self._which))

    # -- deals

    def _deal(self, told: ToldDeal) -> Iterator[Finding]:
        stories = self._stories(told)
        contracts = tuple(Contract(c.claims, c.buyers) for c in told.contracts)
        case = Case(told.deal.id, told.claims, contracts, self._published, stories)
        for rule in (self._denied, self._sums, self._shared, self._history, self._uncontracted):
            rule.add(case)
        self._single.add(case, stories)
        if told.deal.id in self._chosen:
            self.account.deals += 1
            yield from self._counted(findings(case))

    def _stories(self, told: ToldDeal) -> Mapping[DocumentId, str]:
        """The origin that each document of a deal leads back to, by its first document. Empty where no two reports
        could have one: official forms and registers are their own origin.
        """
        if len({c.document for c in told.claims if not (is_official(c) or of_register(c))}) < 2:
            return {}
        ids = [DocumentId(document) for document in told.documents]
        kept = ((document, sketch_from(text)) for document, text in self._book.sketches(ids).items())
        sketches = {document: sketch for document, sketch in kept if sketch is not None}
        found = origins(told.claims, self._book.documents_named(ids), sketches)
        return {document: origin.first for origin in found for document in origin.documents}

    # -- across deals

    def _across(self) -> Iterator[Finding]:
        from armsledger.ledger import StatementFilter

        denials = tuple(self._book.statements(StatementFilter(polarity="denied", as_of=self._which.as_of)))
        self._published.update(self._book.published({denial.document for denial in denials}))
        yield from self._of_chosen(self._denied.findings())
        yield from self._of_chosen(self._shared.findings(denials, self._published))
        yield from self._of_chosen(self._sums.findings())
        yield from self._of_chosen(self._history.findings())
        days, until = self._contract_days(), self._until()
        yield from self._of_chosen(self._uncontracted.findings(days, until))
        unseen = self._uncontracted.unseen(days, until, self._chosen)
        self.account.young, self.account.uncovered = unseen.young, unseen.uncovered
        yield from self._single.findings(self._chosen)

    def _of_chosen(self, found: Iterator[Finding]) -> Iterator[Finding]:
        return (one for one in found if any(which.deal in self._chosen for which in one.of))

    def _counted(self, found: Iterator[Finding]) -> Iterator[Finding]:
        for one in found:
            self.account.found[one.code] += 1
            yield one

    def _contract_days(self) -> list[date]:
        """The days of the contract announcements that the ledger holds."""
        from armsledger.ledger import ClaimFilter

        rows = self._book.documents(ClaimFilter(kind="contracts", as_of=self._which.as_of))
        return [day for row in rows if (day := day_of(row.published))]

    def _until(self) -> date | None:
        """The last day that is looked at: that of the question, else the last one on which a deal was spoken of."""
        if self._which.as_of:
            return day_of(self._which.as_of)
        return max((day for told in self._published.values() if (day := day_of(told))), default=None)

    # -- figures

    def _of_figures(self) -> Iterator[Finding]:
        """Reads the shares of the arms trade in the news that the filter lets through, and judges them together."""
        for row in self._book.documents(replace(self._which, kind="news")):
            document = self._book.document(row.id)
            read = (Span(s.start, s.end) for s in document.sections if s.kind in _READ)
            found = tuple(find_figures(document.text, DocumentId(row.id), read))
            self.account.documents += 1
            self.account.figures += len(found)
            self._figures.add(found, row.published)
        yield from self._figures.findings()
