"""One document as a person wants to see it: what its reader found, and the text with the words marked."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from armsledger.views.names import party_label, party_name
from armsledger.views.terminal import CONFLICT, console, grid, indented, joined, marked, show, table, text
from armsledger.views.words import NOT_STATED, counted, date_of, exact_money, grouped, many, short_money

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from armsledger.model import Claim, Contract, Notice, Reading, Share
    from armsledger.views.publishers import Grades


def show_reading(reading: Reading, *, whole: bool = False, grades: Grades | None = None) -> None:
    """Prints what the document gave, by its kind, and its text: all of it, or what carries something.

    ``grades`` are those of publishers; where they are not given, no grade is shown.
    """
    shown, document = console(), reading.document
    show(shown, text(document.title or document.name, "bold"))
    known = (document.publisher, document.published, document.url, document.name if document.title else None)
    if any(known):
        show(shown, text(" · ".join(one for one in known if one)))
    if grades is not None:
        from armsledger.views.publishers import publisher_line

        show(shown, text(publisher_line(grades.of(document))))
    show(shown, "")
    for notice in reading.notices:
        show(shown, grid(_notice_rows(notice)))
        show(shown, "")
    if reading.contracts:
        _show_contracts(reading, shown)
    elif reading.claims and not reading.notices and not whole:
        _show_passages(reading, shown)
        _show_said(reading, shown)
        return
    elif not reading.notices:
        _show_claims(reading, shown)
        if not whole and document.kind == "news":
            _show_next(reading, shown)
    _show_said(reading, shown)
    _show_text(reading, shown, whole=whole)


# -- notices ----------------------------------------------------------------------------------------------


def _notice_rows(notice: Notice) -> Iterator[tuple[str, str]]:
    yield "What it is", "a notice of a possible sale: what may be sold for at most how much; it is no contract"
    if notice.correction:
        yield "CORRECTION", "this notice corrects an earlier one"
    yield "Supplier", party_label(notice.supplier)
    yield "Recipient", party_label(notice.recipient)
    yield "Transmittal", notice.transmittal or NOT_STATED
    if notice.amends:
        yield "Amends", f"transmittal {notice.amends}"
    yield "Date", date_of(notice.date)
    if notice.notified:
        yield "Notified", date_of(notice.notified)
    yield "Stage", str(notice.stage) if notice.stage else NOT_STATED
    yield "Value", exact_money(notice.value) if notice.value else NOT_STATED
    for name, share in notice.shares:
        yield f"  of it {name}", exact_money(share)
    for number, item in enumerate(notice.items):
        yield (
            "" if number else "Items",
            counted(item.quantity, item.designation) + (" (upgrade)" if item.upgrade else ""),
        )
    if not notice.items:
        yield "Items", "none counted"
    yield "Contractors", "; ".join(notice.contractors) or NOT_STATED
    yield "Offsets", notice.offsets or NOT_STATED


# -- a day's contracts ------------------------------------------------------------------------------------


def _show_contracts(reading: Reading, shown: Console) -> None:
    foreign = [c for c in reading.contracts if c.foreign]
    domestic = len(reading.contracts) - len(foreign)
    if foreign:
        show(shown, text(f"Awards with foreign customers: {len(foreign)}\n", "bold"))
        awards = table("Contract", "Amount", "Customers", "Completion", fixed=("Contract", "Completion"))
        for contract in foreign:
            cells = (_contract(contract), _amounts(contract), _customers(contract), date_of(contract.completion))
            awards.add_row(*map(text, cells))
        show(shown, awards)
    else:
        show(shown, text("No award with a foreign customer.", "bold"))
    show(shown, text(f"\nAwards without a foreign customer: {domestic} (they give no claim)\n"))


def _contract(contract: Contract) -> str:
    lines = [contract.contract or "no number", " ".join(filter(None, (contract.action, contract.modification)))]
    return "\n".join([*lines, *(["CORRECTION"] if contract.correction else [])])


def _amounts(contract: Contract) -> str:
    lines = [NOT_STATED if contract.amount is None else f"{contract.currency} {grouped(contract.amount)}"]
    if contract.corrected_amount is not None:
        lines.append(f"(wrong before: {grouped(contract.corrected_amount)})")
    if contract.cumulative is not None:
        lines.append(f"whole contract so far: {grouped(contract.cumulative)}")
    return "\n".join([*lines, "; ".join(contract.contractors)])


def _customers(contract: Contract) -> str:
    """The buyers with their parts, where any are stated."""
    if not contract.customers:
        return "foreign, not named"
    shares = {s.customer: s for s in contract.shares}
    told = [party_name(c) + _share(shares.get(c), contract.currency) for c in contract.customers]
    told += [s.customer + _share(s, contract.currency) for s in contract.shares if s.customer not in contract.customers]
    several = len(contract.customers) > 1
    unstated = "\n(parts not stated)" if several and not contract.shares else ""
    return (f"{len(contract.customers)}: " if several else "") + ", ".join(told) + unstated


def _share(share: Share | None, currency: str) -> str:
    if share is None:
        return ""
    parts = [f"{currency} {grouped(share.amount)}"] if share.amount is not None else []
    parts += [f"{grouped(share.percent)} %"] if share.percent is not None else []
    return f" ({', '.join(parts)})"


# -- news: the sentences, and beneath them what they claim ------------------------------------------------


def _show_passages(reading: Reading, shown: Console) -> None:
    """The sentences of each claim with the words of its fields marked, and beneath them what is claimed.

    Claims that stand in the same sentences come together.
    """
    from armsledger.views.agreements import agreement_words
    from armsledger.views.passages import show_passage, stretches_of

    words, compared = reading.document.text, agreement_words(reading.claims)
    show(shown, text(f"{many(len(reading.claims), 'claim')} (the words that carry a field are marked)", "bold"))
    ordered = sorted(reading.claims, key=lambda c: (c.start, c.end, c.id))
    for _, group in groupby(ordered, key=lambda c: stretches_of(words, [c])):
        together = list(group)
        show(shown, "")
        show_passage(words, together, shown)
        for claim in together:
            show(shown, "")
            show(shown, indented(text(sides_of(claim), "bold")))
            show(shown, grid([*claim_rows(claim), *compared.get(claim.id, ())], indent=4))
    show(shown, "")
    show(shown, text(f"Which rule read what: armsledger explain {ordered[0].id[:8]} (of a file: with --in FILE)"))


def _show_said(reading: Reading, shown: Console) -> None:
    """What others say and what happened, as the document reports it."""
    if reading.statements or reading.occurrences:
        from armsledger.views.one_statement import show_occurrences, show_statements

        show_statements(reading, shown)
        show_occurrences(reading, shown)
        show(shown, "")


def sides_of(claim: Claim) -> str:
    """``Russia → India``; a contract that several buyers share has no one recipient."""
    recipient = "several buyers (a contract)" if claim.subject == "contract" else party_name(claim.recipient)
    return f"{party_name(claim.supplier)} → {recipient}"


def claim_rows(claim: Claim) -> Iterator[tuple[str, RenderableType]]:
    """What a claim says, a row a field; fields that the text does not fill are left out, but for item and speaker."""
    yield "Item", counted(claim.quantity, claim.item) + (f" ({claim.system})" if claim.system else "")
    if claim.value:
        yield "Value", exact_money(claim.value)
    if claim.programme:
        yield "Programme", f"{exact_money(claim.programme)}; shared, not this buyer's own"
    yield "Stage", _how_far(claim)
    yield "Speaker", _speaker(claim)
    marks = [str(claim.mode)] if claim.mode else []
    marks += ["second-hand"] if claim.second_hand else []
    marks += ["modernised"] if claim.modernised else []
    if marks:
        yield "Mode", ", ".join(marks)
    if claim.condition:
        yield "Condition", f"“{claim.condition}”"
    if claim.date:
        yield "Date", date_of(claim.date)
    yield "Claim", claim.id[:8]


def _speaker(claim: Claim) -> str:
    if claim.speaker_kind == "author":
        return "the author"
    return claim.speaker if claim.speaker_kind == "unnamed" else f"{claim.speaker} ({claim.speaker_kind})"


def _how_far(claim: Claim) -> RenderableType:
    """Stage and certainty; a denial first and in a style of its own."""
    told = f"{claim.stage}, {claim.certainty}"
    return text(told) if claim.polarity == "affirmed" else text("DENIED: ", CONFLICT).append_text(text(told))


# -- everything else --------------------------------------------------------------------------------------


def _show_claims(reading: Reading, shown: Console) -> None:
    """The claims of a document that is no official form, or why it has none."""
    if reading.claims:
        made = table("From → to", "What", "Stage", "Speaker")
        for claim in reading.claims:
            made.add_row(*map(text, _claim_cells(claim)))
        show(shown, made)
        show(shown, "")
        return
    if not reading.silences:
        show(shown, text("No claim of this document is in the ledger.\n"))
    for silence in reading.silences:
        show(shown, text(f"{silence.reason[:1].upper()}{silence.reason[1:]}."))


def _show_next(reading: Reading, shown: Console) -> None:
    """What to do with a news document that gave no claim."""
    if reading.document.language not in (None, "en"):
        show(shown, text("Only English is read for claims. The document is kept with its title, date and publisher."))
        return
    show(shown, text("The rules know plain wordings only: no claim does not mean that the text claims nothing."))
    show(shown, text("Next: read it yourself, or have a model read it: armsledger read FILE --reader model"))


def _claim_cells(claim: Claim) -> Iterator[str]:
    yield f"{party_name(claim.supplier)} → {party_name(claim.recipient)}"
    yield counted(claim.quantity, claim.item) + (f"\n{short_money(claim.value)}" if claim.value else "")
    yield f"{claim.stage}, {claim.polarity}, {claim.certainty}"
    yield claim.speaker


# -- the text ---------------------------------------------------------------------------------------------


def _show_text(reading: Reading, shown: Console, *, whole: bool) -> None:
    """The text of notices, foreign awards and claims, with the words of every field marked."""
    spans = joined(_marks(reading))
    if not spans and not whole:
        return
    show(shown, text("The text (the words that carry a field are marked)" if spans else "The text", "bold"))
    words = reading.document.text
    for first, last in [(0, len(words))] if whole else _stretches(reading):
        start = first
        for paragraph in words[first:last].split("\n"):
            end = start + len(paragraph)
            inside = [(max(s, start) - start, min(e, end) - start) for s, e in spans if s < end and e > start]
            if paragraph.strip():
                show(shown, marked(paragraph, inside, shown))
            start = end + 1
        show(shown, "")


def _marks(reading: Reading) -> Iterator[tuple[int, int]]:
    """Where words stand that carry a field: of the records, and where there are none, of the claims."""
    for notice in reading.notices:
        yield from ((a.start, a.end) for a in notice.anchors)
    for contract in reading.contracts:
        yield from ((a.start, a.end) for a in contract.anchors if contract.foreign)
    if not reading.notices and not reading.contracts:
        yield from ((a.start, a.end) for claim in reading.claims for a in claim.anchors)


def _stretches(reading: Reading) -> list[tuple[int, int]]:
    """What of the text is shown: notices whole, foreign awards, else the words of the claims."""
    records = [(n.start, n.end) for n in reading.notices]
    records += [(c.start, c.end) for c in reading.contracts if c.foreign]
    return records or joined((c.start, c.end) for c in reading.claims)
