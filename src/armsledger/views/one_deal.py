"""One deal on the terminal: every field, every value, and behind each the words and the document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from armsledger.pipeline import contracts_over
from armsledger.views.disputes import disputes_of, show_disputes
from armsledger.views.evidence import WHOLE, Evidence, is_correction, of_value
from armsledger.views.life import show_chain_of, show_life, show_status, status_of
from armsledger.views.names import party_label, party_name, system_name
from armsledger.views.one_claim import grouped_place, title_of
from armsledger.views.terminal import CONFLICT, console, grid, indented, show, stacked, text
from armsledger.views.timeline import show_around
from armsledger.views.told_deals import buyer_label, value_of
from armsledger.views.words import exact, exact_money, many, span_of, what_of

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from armsledger.deals.agreement import Agreement
    from armsledger.deals.chains import Chain
    from armsledger.deals.disputes import Dispute
    from armsledger.deals.life import Status
    from armsledger.deals.origins import Origin
    from armsledger.deals.timeline import Entry
    from armsledger.ledger import DocumentRow
    from armsledger.model import Claim, ClaimId, DealField, DocumentId, Judgement
    from armsledger.pipeline import SharedContract
    from armsledger.views.publishers import Grades
    from armsledger.views.told_deals import ToldDeal

Documents = Mapping[str, "DocumentRow"]
Numbers = Mapping[str, str]  # document id -> its number in the list at the end

_NAMES = {
    "programme": "Whole contract",
    "corrected amount": "CORRECTED: wrong",
    "FMS obligated": "FMS obligated",
    "amends": "Amends transmittal",
}
_LONGEST_QUOTE = 160  # characters of a claim's words that are shown; ``show CLAIM`` has them all


@dataclass(frozen=True, slots=True)
class Context:
    """What the rest of the ledger tells of a deal: the origins of its documents, the chains that it is a leg of, the
    statements around it and their documents, where another reader made a claim of the same passage, and which claims
    an analyst has rejected.
    """

    ledger: str
    origins: Sequence[Origin]
    chains: Sequence[Chain]
    around: Sequence[Entry]
    documents: Mapping[DocumentId, DocumentRow]
    twice_read: Sequence[Agreement]
    rejected: Mapping[ClaimId, Judgement]


def show_deal(
    told: ToldDeal,
    documents: Documents,
    as_of: str | None,
    grades: Grades,
    context: Context,
) -> None:
    """Prints a deal: its head and status, its life, its fields, the contract that it shares, claims and documents."""
    shown = console()
    claims = [*told.claims, *told.contract_claims]
    numbers = _numbered(claims, documents)
    status = status_of((c for c in told.claims if c.id not in context.rejected), documents)
    _show_head(told, status, shown, as_of, context.origins)
    show_life(status, numbers, shown)
    show_chain_of(context.chains, told.deal.id, shown)
    show_around(told, context.around, shown, context.documents, context.ledger)
    show(shown, text("Fields", "bold"))
    show(shown, grid(_field_rows(told, numbers, own=True)))
    for contract in told.contracts:
        _show_shared(told, contract, numbers, shown)
    if told.contracts and (rows := list(_field_rows(told, numbers, own=False))):
        show(shown, grid((row for row in rows if row[0] != "Whole contract"), indent=2))
    show_disputes(_disputes(told, documents), numbers, shown)
    _show_claims(claims, numbers, shown, context.rejected)
    if context.twice_read:
        _show_agreements(context.twice_read, shown)
    _show_documents(documents, numbers, grades, shown)


def _disputes(told: ToldDeal, documents: Documents) -> Sequence[Dispute]:
    from armsledger.model import DocumentId

    return disputes_of(told, {DocumentId(d): row.published for d, row in documents.items()})


def show_contract(
    contract: SharedContract, found: Sequence[ToldDeal], documents: Documents, as_of: str | None, grades: Grades
) -> None:
    """Prints a contract that several buyers share, and the deal of each."""
    shown = console()
    every = [c for told in found for c in told.claims]
    numbers = _numbered([*contract.claims, *every], documents)
    when = f" · as of {as_of}" if as_of else ""
    head = f"{_number(contract)}: a contract shared by {many(len(contract.buyers), 'named buyer')}{when}"
    show(shown, text(head, "bold"))
    show(
        shown,
        text("The sums are the whole contract's, and no buyer's. What is stated of a buyer's part stands in the list."),
    )
    show(shown, "")
    show(shown, grid(_contract_rows(contract, numbers)))
    show(shown, "")
    show(shown, text(f"Deals under it ({len(found)})", "bold"))
    show(shown, grid(((told.deal.id, f"{buyer_label(told)}: {_part(told)}") for told in found), indent=2))
    _show_claims(contract.claims, numbers, shown)
    _show_documents(documents, numbers, grades, shown)


def _numbered(claims: Iterable[Claim], documents: Documents) -> dict[str, str]:
    """Document id -> its number, in the order of publication."""
    ids = sorted({c.document for c in claims}, key=lambda d: (documents[d].published or "~", d))
    return {document: f"[{number}]" for number, document in enumerate(ids, 1)}


def _show_head(told: ToldDeal, status: Status, shown: Console, as_of: str | None, origins: Sequence[Origin]) -> None:
    deal = told.deal
    show(shown, text(f"Deal {deal.id}: {party_label(deal.supplier)} → {buyer_label(told)}", "bold"))
    show(shown, text(what_of(told.claims)))
    published = f"published {span_of(deal.first, deal.last)} in {many(len(told.documents), 'document')}"
    when = f" · as of {as_of}" if as_of else ""
    show(shown, text(f"{status.word} · {value_of(told)} · {published}{when}"))
    show_status(status, shown, origins)
    show(shown, text(f"One deal because of: {deal.key}"))
    if told.disputed:
        differ = f"CONFLICT: the sources differ on {', '.join(told.disputed)}. All values stand side by side below."
        show(shown, text(differ, CONFLICT))
    show(shown, "")


# -- fields -----------------------------------------------------------------------------------------------


def _field_rows(told: ToldDeal, numbers: Numbers, *, own: bool) -> Iterator[tuple[str, RenderableType]]:
    claims: dict[str, Claim] = {c.id: c for c in told.claims}
    for field in (f for f in told.deal.fields if told.own(f.name) is own):
        yield field_label(field.name), stacked(_values(field, claims, numbers, disputed=told.conflicting(field.name)))


def field_label(name: str) -> str:
    told = _NAMES.get(name, name)
    return told[:1].upper() + told[1:]


def _values(
    field: DealField, claims: Mapping[str, Claim], numbers: Numbers, *, disputed: bool
) -> Iterator[RenderableType]:
    """All values of a field, each above the words that carry it."""
    for count, value in enumerate(field.values, 1):
        line = text(f"≠ {count} of {len(field.values)}: " if disputed else "", CONFLICT)
        line.append_text(text(field_value(field.name, value.value), "bold"))
        yield line
        for words in _lines(of_value(field, value, claims), numbers):
            yield indented(text(words))


def field_value(name: str, value: str) -> str:
    """A value as a person reads it; a programme is never a buyer's."""
    if name in {"supplier", "recipient"}:
        return party_label(value)
    if name == "system":
        return f"{system_name(value)} ({value})"
    return f"{exact(value)}, not this buyer's" if name == "programme" else exact(value)


def _lines(found: Iterator[Evidence], numbers: Numbers) -> Iterator[str]:
    """A line for each place whose words carry the value, and one for the claims that hold it without such words."""
    places = {(e.document, e.start, e.end): e for e in found}.values()
    for e in places:
        if e.how != WHOLE:
            rule = "" if e.how == "stated" else f" (by rule: {e.how})"
            yield f"“{' '.join(e.quote.split())}” {_place(e, numbers)}{rule}"
    whole = [_place(e, numbers) for e in places if e.how == WHOLE]
    if whole:
        carried = "also in" if len(whole) < len(places) else "follows from"
        yield f"{carried} the whole {'claim' if len(whole) == 1 else 'claims'} at {', '.join(whole)}"


def _place(words: Evidence | Claim, numbers: Numbers) -> str:
    return f"{numbers[words.document]} {grouped_place(words.start, words.end)}"


# -- a contract that several share ------------------------------------------------------------------------


def _show_shared(told: ToldDeal, contract: SharedContract, numbers: Numbers, shown: Console) -> None:
    buyer = party_name(told.deal.recipient, "the buyer")
    show(shown, "")
    show(shown, text("Shared contract", "bold"))
    if any(c.value for c in told.claims if contract.key in contracts_over([c])):
        show(shown, text(f"The value above is {buyer}'s own part. The sums below are the whole contract's."))
    else:
        show(shown, text(f"{buyer}'s part of this contract is not stated. No sum below is {buyer}'s."))
    show(shown, grid(_contract_rows(contract, numbers), indent=2))


def _contract_rows(contract: SharedContract, numbers: Numbers) -> Iterator[tuple[str, RenderableType]]:
    for claim in contract.claims:
        yield "Action", _action(claim)
        if claim.value:
            yield "Worth", stacked(_sum(exact_money(claim.value), claim, "amount", numbers))
        for wrong in claim.anchored("corrected amount"):
            told = f"{exact(wrong.value)} was said before; it was wrong and is kept"
            yield "CORRECTED", stacked(_sum(told, claim, "corrected amount", numbers))
        if claim.programme:
            yield "Cumulative", stacked(_sum(exact_money(claim.programme), claim, "cumulative", numbers))
    yield "Buyers", f"{len(contract.buyers)} named: " + ", ".join(party_label(b) for b in contract.buyers)


def _action(claim: Claim) -> str:
    """``FA8675-23-C-0037, modification P00026, a correction``."""
    fields = (*claim.anchored("contract")[:1], *claim.anchored("action")[:1])
    told = ", ".join(a.value for a in fields) or "not named"
    told += "".join(f" {a.value}" for a in claim.anchored("modification")[:1])
    return told + (", a CORRECTION of an earlier announcement" if is_correction(claim) else "")


def _sum(told: str, claim: Claim, field: str, numbers: Numbers) -> Iterator[RenderableType]:
    """A sum above the words that carry it."""
    yield text(told, "bold")
    for a in claim.anchored(field)[:1]:
        yield indented(text(f"“{' '.join(a.quote.split())}” {numbers[claim.document]} {grouped_place(a.start, a.end)}"))


def _number(contract: SharedContract) -> str:
    """The contract's number as it is written."""
    written = (a.value for c in contract.claims for a in c.anchored("contract"))
    return next(written, contract.key.split(" ")[1])


def _part(told: ToldDeal) -> str:
    values = list(dict.fromkeys(exact_money(c.value) for c in told.claims if c.value))
    return " / ".join(values) if values else "part not stated"


# -- claims and documents ---------------------------------------------------------------------------------


def _show_claims(
    claims: Sequence[Claim], numbers: Numbers, shown: Console, rejected: Mapping[ClaimId, Judgement] | None = None
) -> None:
    """The claims with their words; one that an analyst has rejected is marked, with his reason."""
    show(shown, "")
    show(shown, text(f"Claims ({len(claims)})", "bold"))
    out = rejected or {}
    show(shown, grid(((c.id[:8], _rejected(out.get(c.id)) + _claim(c, numbers)) for c in claims), indent=2))


def _rejected(judgement: Judgement | None) -> str:
    if judgement is None:
        return ""
    return f"REJECTED, counts for nothing: {judgement.because} ({judgement.author}, {judgement.made})\n"


def _show_agreements(twice_read: Sequence[Agreement], shown: Console) -> None:
    from armsledger.views.agreements import agreement_text

    show(shown, "")
    show(shown, text("Read by more than one reader", "bold"))
    show(shown, grid(((a.one.id[:8], agreement_text(a)) for a in twice_read), indent=2))


def _show_documents(documents: Documents, numbers: Numbers, grades: Grades, shown: Console) -> None:
    show(shown, "")
    show(shown, text("Documents", "bold"))
    show(shown, grid(((number, _document(documents[d], grades)) for d, number in numbers.items()), indent=2))


def _claim(claim: Claim, numbers: Numbers) -> str:
    about = "of the contract as a whole: " if claim.subject == "contract" else ""
    mark = "CORRECTION, " if is_correction(claim) else ""
    said = f"{about}{mark}{claim.stage}, {claim.polarity}, {claim.certainty}; said by {claim.speaker}"
    return f"{said} {_place(claim, numbers)}\n“{_short(claim.quote)}”"


def _short(quote: str) -> str:
    """The quote on one line; what is left out is counted, and ``show CLAIM`` has it all."""
    line = " ".join(quote.split())
    if len(line) <= _LONGEST_QUOTE:
        return line
    cut = line[:_LONGEST_QUOTE].rpartition(" ")[0] or line[:_LONGEST_QUOTE]
    return f"{cut} … (and {many(len(line) - len(cut), 'more character')})"


def _document(row: DocumentRow, grades: Grades) -> str:
    from armsledger.views.publishers import publisher_line

    name = row.names[0] if row.names else "no name"
    lines = [title_of(row), f"{name} (id {row.id})", *([row.url] if row.url else []), publisher_line(grades.of(row))]
    return "\n".join(lines)
