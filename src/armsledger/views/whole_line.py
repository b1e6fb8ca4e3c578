"""One deal with everything that is told of it, as JSON: what the API gives, and what a notebook works with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from armsledger.deals.review_periods import ReviewPeriod
    from armsledger.ledger import Ledger
    from armsledger.views.publishers import Grades
    from armsledger.views.whole_deal import WholeDeal


def whole_deal_line(book: Ledger, whole: WholeDeal, grades: Grades) -> dict[str, Any]:
    """The deal as of its date: fields with the words behind every value, status, life, disputes, origins, timeline."""
    from armsledger.views.agreements import agreement_line
    from armsledger.views.chains import diagram
    from armsledger.views.credibility import credibility_line
    from armsledger.views.disputes import dispute_line
    from armsledger.views.judgements import judgement_line
    from armsledger.views.origins import origin_line
    from armsledger.views.publishers import publisher_told
    from armsledger.views.show import twice_read, whole_line
    from armsledger.views.timeline import entry_line

    rows = {str(key): row for key, row in whole.documents.items()}
    line = whole_line(whole.told, rows, whole.origins)
    return {
        **line,
        "as_of": whole.as_of,
        "disputes": [dispute_line(d, whole.documents) for d in whole.disputes],
        "origins": [origin_line(book, o) for o in whole.origins],
        "credibility": [credibility_line(c) for c in whole.credibility],
        "timeline": [entry_line(e, {**whole.documents, **whole.around}) for e in whole.timeline],
        "review_periods": [_period(p) for p in whole.periods],
        "chains": [{"id": c.id, "ways": list(diagram(c))} for c in whole.chains],
        "readers": [agreement_line(a) for a in twice_read(book, whole.told)],
        "publishers": {key: publisher_told(grades.of(row)) for key, row in rows.items()},
        "rejected": [c.id for c, _ in whole.rejected],
        "judgements": [judgement_line(j, True) for j in whole.judgements],
    }


def _period(period: ReviewPeriod) -> dict[str, Any]:
    return {
        "transmittal": period.transmittal,
        "recipient": period.recipient,
        "notified": period.notified.iso,
        "basis": period.basis,
        "days": period.days,
        "last": period.last and period.last.isoformat(),
        "rule": period.rule,
        "claims": list(period.claims),
    }
