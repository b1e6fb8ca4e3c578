"""Sums that reports give to one buyer and that are a shared contract's: report, contract and denial side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from armsledger.views.brief_citing import Citing, computed, quoted
from armsledger.views.brief_value import Points, Sentence
from armsledger.views.brief_words import capital
from armsledger.views.words import shortened

if TYPE_CHECKING:
    from armsledger.deals.disputes import Voice
    from armsledger.deals.findings import Finding
    from armsledger.ledger import Ledger
    from armsledger.model import Claim
    from armsledger.views.told_deals import ToldDeal
    from armsledger.views.whole_deal import WholeDeal

_LONGEST = 300  # characters of a quotation; the citation has all of it


def sums_of_deal(book: Ledger, whole: WholeDeal) -> tuple[Finding, ...]:
    """Those of one deal: where the sum stands beside its buyer, or is that of a contract which the deal shares."""
    from armsledger.ledger import ClaimFilter
    from armsledger.views.told_deals import told_deals

    told = whole.told
    if told.deal.recipient is None or not (told.contracts or any(c.value or c.programme for c in told.claims)):
        return ()
    own = {c.id for c in (*told.claims, *told.contract_claims)}
    every = misgiven(book, told_deals(book, ClaimFilter(recipient=told.deal.recipient, as_of=whole.as_of)), whole.as_of)
    return tuple(f for f in every if any(v.claim in own for v in f.where) or any(w.deal == told.deal.id for w in f.of))


def misgiven(book: Ledger, deals: Iterable[ToldDeal], as_of: str | None) -> tuple[Finding, ...]:
    """Those among these deals, by the rule of ``check``."""
    from armsledger.deals.findings import Case, Contract
    from armsledger.deals.shared import SharedSums
    from armsledger.ledger import StatementFilter

    rule, given = SharedSums(), list(deals)
    published = book.published({c.document for told in given for c in (*told.claims, *told.contract_claims)})
    for told in given:
        rule.add(
            Case(told.deal.id, told.claims, tuple(Contract(c.claims, c.buyers) for c in told.contracts), published)
        )
    denials = tuple(book.statements(StatementFilter(polarity="denied", as_of=as_of)))
    published |= book.published({denial.document for denial in denials})
    return tuple(rule.findings(denials, published))


def sums_told(book: Ledger, citing: Citing, found: Iterable[Finding]) -> Iterator[Points]:
    """What each is by the rule, then the words of everybody."""
    for one in found:
        citing.learn(book.documents_named({v.document for v in one.where}))
        yield Points((citing.say(computed(f"{one.what}.")),), listed=False)
        yield Points(tuple(_voice(citing, v, book.claim(v.claim) if v.claim else v) for v in one.where))


def _voice(citing: Citing, voice: Voice, cited: Claim | Voice) -> Sentence:
    row = citing.rows[voice.document]
    whose = row.publisher or "the author" if voice.speaker_kind == "author" else voice.speaker
    denies = " denies" if voice.polarity == "denied" else ""
    day = voice.published or "undated"
    return citing.say(f"{capital(whose)}{denies}: ", quoted(shortened(voice.quote, _LONGEST)), f" ({day}).", by=[cited])
