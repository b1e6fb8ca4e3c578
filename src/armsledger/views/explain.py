"""``armsledger explain``: which rule filled which field of a claim from which words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from armsledger.errors import InputError, NotFound
from armsledger.views.exits import NothingFound
from armsledger.views.options import ledger_option, on, open_ledger

if TYPE_CHECKING:
    from decimal import Decimal

    from rich.console import RenderableType

    from armsledger.deals.agreement import Agreement
    from armsledger.model import Anchor, Claim, Document

_CANDIDATES = 10
_READERS = {
    "news": "rules for news",
    "notices": "rules for official sale notices",
    "contracts": "rules for contract announcements",
    "register-sipri": "rows of SIPRI's registers",
    "register-uk-licences": "rows of the United Kingdom's licences",
    "register-us-eda": "rows of the excess defense articles of the United States",
}
SIDES = "both sides"  # points that supplier and recipient have as a pair
MODEL = "llm"  # the name of readers that ask a language model


@dataclass(frozen=True, slots=True)
class Explained:
    """A claim with its document and every other claim of that document, from which its neighbours are found."""

    claim: Claim
    document: Document
    claims: Sequence[Claim]


@click.command()
@click.argument("wanted", metavar="[CLAIM]", required=False)
@click.option("--in", "source", metavar="FILE", help="Read this file and explain a claim of it; no ledger is asked.")
@ledger_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "jsonl"]),
    default="table",
    show_default=True,
    help="For people, or one JSON object a line.",
)
def command(wanted: str | None, source: str | None, ledger: str, form: str) -> None:
    """Say which rule filled which field of a claim from which words.

    CLAIM is the id of a claim of the ledger, or how it begins. With --in it is one of that file; without CLAIM all
    claims of the file are explained. Beside each field stand the words, their place in the text, how they led to the
    value, and the points that they gave; then what other readers made of the same passage.

    \b
    Examples:
      armsledger explain --in notice.txt
      armsledger explain --in notice.txt --format json
    """
    if source is not None:
        found = _in_file(source, wanted)
    elif wanted is not None:
        found = [_in_ledger(ledger, wanted)]
    else:
        raise click.UsageError("Missing argument 'CLAIM' (or --in FILE, to explain all claims of a file)")
    if form != "table":
        from armsledger.views.json_lines import write_line

        for explained in found:
            write_line(explained_line(explained))
        return
    for number, explained in enumerate(found):
        show_explained(explained, first=number == 0)


# -- finding ----------------------------------------------------------------------------------------------


def _in_ledger(ledger: str, wanted: str) -> Explained:
    from armsledger.ledger import ClaimFilter

    with open_ledger(ledger) as book:
        try:
            claim = book.claim(wanted.strip().lower())
        except NotFound:
            advice = f"list claims with: armsledger claims{on(book.name)}; or --in FILE for a file that is in no ledger"
            raise NothingFound(wanted, "no claim of this ledger has an id that begins so", advice) from None
        document = book.document(claim.document)
        return Explained(claim, document, tuple(book.claims(ClaimFilter(document=document.id))))


def _in_file(source: str, wanted: str | None) -> list[Explained]:
    """The claims of a file whose ids begin so, exactly one; or all of them where none is wanted."""
    from armsledger.pipeline import Report, read_inputs

    report = Report()
    readings = list(read_inputs((source,), report))
    every = [Explained(c, r.document, r.claims) for r in readings for c in r.claims]
    if report.errors and not readings:
        raise report.errors[0]
    found = every if wanted is None else [e for e in every if e.claim.id.startswith(wanted.strip().lower())]
    if not found:
        why = "no claim of this file has an id that begins so" if every else "this file gives no claim"
        raise NothingFound(wanted or source, why, f"see what it gives with: armsledger read {source} --no-ledger")
    if wanted is not None and len(found) > 1:
        shown = ", ".join(e.claim.id for e in found[:_CANDIDATES])
        more = " and more" if len(found) > _CANDIDATES else ""
        raise InputError(wanted, f"stands for {len(found)} claims: {shown}{more}", "give more of the id")
    return found


# -- what is told -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Slot:
    """One field of a claim: its value in words (None where the text does not say), its words, and its points."""

    name: str
    value: str | None
    anchors: tuple[Anchor, ...]
    points: Decimal | None = None


# The slots of a claim, each with the fields of anchors that carry it; other anchors follow under their own name.
_SLOTS: Mapping[str, tuple[str, ...]] = {
    "supplier": ("supplier",),
    "recipient": ("recipient", "customer"),
    "item": ("item",),
    "quantity": ("quantity",),
    "value": ("value", "amount"),
    "programme": ("programme", "cumulative"),
    "stage": ("stage", "action"),
    "certainty": ("certainty",),
    "polarity": ("polarity",),
    "speaker": ("speaker",),
    "mode": ("mode",),
    "date": ("date",),
    "condition": ("condition",),
}


def slots_of(claim: Claim, points: Mapping[str, Decimal] | None = None) -> Iterator[Slot]:
    """Every slot of a claim in a fixed order, those that the text does not fill too, then its other anchored fields."""
    told, given = dict(_values(claim)), points or {}
    carried: set[str] = set()
    for name, fields in _SLOTS.items():
        anchors = tuple(a for a in claim.anchors if a.field in fields and _carries(claim, name, a))
        carried.update(a.field for a in anchors)
        yield Slot(name, told[name], anchors, given.get(name))
    for field in dict.fromkeys(a.field for a in claim.anchors if a.field not in carried):
        anchors = claim.anchored(field)
        yield Slot(field, "; ".join(dict.fromkeys(_exact(a.value) for a in anchors)), anchors, given.get(field))
    if SIDES in given:
        yield Slot(SIDES, "as a pair", (), given[SIDES])


def _carries(claim: Claim, name: str, anchor: Anchor) -> bool:
    """Whether an anchor of a slot's own field carries this claim's value; a contract names many customers."""
    from armsledger.model import plain

    if anchor.field == "customer":
        return anchor.value == claim.recipient
    if anchor.field == "amount" and claim.value is not None:
        return plain(claim.value.amount) in anchor.value.split()
    return name != "value" or anchor.field != "amount"


def _exact(value: str) -> str:
    from armsledger.views.words import exact

    return exact(value)


def _values(claim: Claim) -> Iterator[tuple[str, str | None]]:
    from armsledger.views.names import party_label
    from armsledger.views.words import date_of, exact_money, grouped

    yield "supplier", party_label(claim.supplier) if claim.supplier else None
    yield "recipient", party_label(claim.recipient) if claim.recipient else None
    yield "item", (claim.item or "") + (f" (system {claim.system})" if claim.system else "") or None
    yield "quantity", None if claim.quantity is None else grouped(claim.quantity)
    yield "value", exact_money(claim.value) if claim.value else None
    yield "programme", exact_money(claim.programme) if claim.programme else None
    yield "stage", str(claim.stage)
    yield "certainty", str(claim.certainty)
    yield "polarity", str(claim.polarity)
    yield "speaker", f"{claim.speaker} ({claim.speaker_kind})"
    marks = [str(claim.mode)] if claim.mode else []
    marks += ["second-hand"] if claim.second_hand else []
    marks += ["modernised"] if claim.modernised else []
    yield "mode", ", ".join(marks) or None
    yield "date", date_of(claim.date) if claim.date else None
    yield "condition", claim.condition


def reader_told(reader: str) -> str:
    """Who made a claim; of a model's reader the part behind the slash is the model.

    >>> reader_told("news/1"), reader_told("llm/some-model")
    ('news/1: rules for news, version 1', 'llm/some-model: a language model, some-model')
    """
    name, _, rest = reader.partition("/")
    if name == MODEL:
        return f"{reader}: a language model, {rest or 'which one is not told'}"
    return f"{reader}: {_READERS.get(name, name)}" + (f", version {rest}" if rest else "")


def model_of(reader: str) -> str | None:
    """The model that made a claim; None where rules did."""
    name, _, rest = reader.partition("/")
    return rest or None if name == MODEL else None


def neighbours(explained: Explained) -> tuple[list[Agreement], list[Claim]]:
    """What other readers made of the same passage: the claim that is a pair with this one, and all others."""
    from armsledger.deals.agreement import agreements, reader_name, same_passage

    claim = explained.claim
    pairs = [p.seen_from(claim) for p in agreements(explained.claims) if claim.id in (p.one.id, p.other.id)]
    paired = {p.other.id for p in pairs}
    others = [
        c
        for c in explained.claims
        if c.id not in paired and reader_name(c) != reader_name(claim) and same_passage(claim, c)
    ]
    return pairs, others


def points_of(explained: Explained) -> Mapping[str, Decimal]:
    """The points that each field of a claim gave, where its reader can tell them; a reader that weighs a claim as a
    whole gives none.
    """
    if explained.claim.evidence is None:
        return {}
    from armsledger.claims.points import points_by_field

    return points_by_field(explained.document, explained.claim)


def threshold(claim: Claim) -> Decimal | None:
    """The points that a claim of its reader must have; None where that reader does not weigh."""
    if claim.evidence is None:
        return None
    from armsledger.claims.news import LEAST_EVIDENCE

    return LEAST_EVIDENCE


# -- showing ----------------------------------------------------------------------------------------------


def show_explained(explained: Explained, *, first: bool = True) -> None:
    """Prints a claim's passage, every field with its words and rule, the evidence, and other readers."""
    from armsledger.views.one_reading import sides_of
    from armsledger.views.passages import show_passage
    from armsledger.views.terminal import console, grid, show, text

    shown, claim = console(), explained.claim
    if not first:
        show(shown, "")
    show(shown, text(f"Claim {claim.id}: {sides_of(claim)}", "bold"))
    show(shown, text(f"{explained.document.title or explained.document.name}, characters {_place(claim)}"))
    show(shown, "")
    show_passage(explained.document.text, [claim], shown)
    show(shown, "")
    show(shown, text("How each field was filled", "bold"))
    show(shown, grid(_slot_rows(explained), indent=2))
    show(shown, "")
    show(shown, grid(_foot_rows(explained)))


def _slot_rows(explained: Explained) -> Iterator[tuple[str, RenderableType]]:
    from armsledger.views.terminal import indented, stacked, text

    claim, unstated = explained.claim, []
    for slot in slots_of(claim, points_of(explained)):
        if slot.value is None:
            unstated.append(slot.name)
            continue
        lines: list[RenderableType] = [text(slot.value, "bold")]
        lines += [indented(text(line)) for line in _anchor_lines(slot, claim)]
        yield slot.name[:1].upper() + slot.name[1:], stacked(lines)
    if unstated:
        yield "Not stated", ", ".join(unstated)


def _anchor_lines(slot: Slot, claim: Claim) -> Iterator[str]:
    """The words that carry a slot; where none do, on what its value rests."""
    from armsledger.views.hows import how_told

    points = "" if slot.points is None else f"; {slot.points:+} points"
    for a in slot.anchors:
        yield f"“{' '.join(a.quote.split())}” at {_place(a)}: {how_told(a.field, a.how)}{points}"
    if slot.value is not None and not slot.anchors:
        yield f"{_by_default(slot, claim)}{points}"


# What an official form says by being one: readers of forms fill these slots without words of their own.
_FORMS = {
    "supplier": "forms of this kind are published by the supplier",
    "speaker": "whoever publishes this form speaks in it",
    "mode": "forms of this kind announce sales",
    "certainty": "an official form states it plainly",
    "date": "the day that the form is dated",
    "item": "the headline or the list of the form as a whole",
}


def _by_default(slot: Slot, claim: Claim) -> str:
    """Why a slot without words of its own has its value."""
    if claim.evidence is None and slot.name in _FORMS and claim.reader.partition("/")[0] in ("notices", "contracts"):
        return _FORMS[slot.name]
    if claim.reader.startswith(f"{MODEL}/"):
        return "as the model reads the passage; it gave no words of their own for it"
    if slot.name == SIDES:
        return "how the two stand to each other and to the item"
    if slot.name == "speaker" and claim.speaker_kind == "author":
        return "nobody else is quoted, so the author speaks"
    if slot.name == "certainty" and slot.value == "certain":
        return "no word of doubt is kept with the claim"
    if slot.name == "polarity" and slot.value == "affirmed":
        return "nothing denies it"
    return "follows from the claim as a whole; no words of its own are kept"


def _foot_rows(explained: Explained) -> Iterator[tuple[str, RenderableType]]:
    from armsledger.views.agreements import agreement_text
    from armsledger.views.one_reading import sides_of
    from armsledger.views.words import counted

    claim = explained.claim
    yield "Evidence", _evidence(claim)
    yield "Reader", reader_told(claim.reader)
    pairs, others = neighbours(explained)
    for pair in pairs:
        yield "Other reader", agreement_text(pair)
    for other in others:
        said = f"{counted(other.quantity, other.item)}, {other.stage}, {other.polarity}, {other.certainty}"
        yield "Beside it", f"{other.reader} reads here too: {sides_of(other)}, {said}"
    if not pairs and not others:
        yield "Other readers", "none made a claim of this passage"


def _evidence(claim: Claim) -> str:
    """The points of a claim and how many are asked for; where its reader does not weigh, what stands for them."""
    if claim.evidence is not None:
        return f"{claim.evidence} points; by default a claim is kept from {threshold(claim)} points on"
    if model_of(claim.reader):
        return "no points: what a model says is kept where its quotes stand in the text"
    return "no points: this reader knows fixed wordings and does not weigh"


def _place(words: Claim | Anchor) -> str:
    from armsledger.views.one_claim import grouped_place

    return grouped_place(words.start, words.end)


def explained_line(explained: Explained) -> dict[str, Any]:
    """The explanation as JSON: the claim, its slots with their words, the evidence, and other readers."""
    from armsledger.views.agreements import agreement_line
    from armsledger.views.hows import how_told
    from armsledger.views.json_lines import number
    from armsledger.views.reading import claim_of

    claim = explained.claim
    pairs, others = neighbours(explained)
    slots = [
        {
            "name": slot.name,
            "value": slot.value,
            "points": number(slot.points),
            "words": [
                {"quote": a.quote, "start": a.start, "end": a.end, "how": a.how, "told": how_told(a.field, a.how)}
                for a in slot.anchors
            ],
        }
        for slot in slots_of(claim, points_of(explained))
    ]
    return {
        "claim": claim_of(claim),
        "document": {"id": explained.document.id, "name": explained.document.name, "title": explained.document.title},
        "slots": slots,
        "evidence": number(claim.evidence),
        "least_evidence": number(threshold(claim)),
        "reader": claim.reader,
        "model": model_of(claim.reader),
        "readers": [agreement_line(pair) for pair in pairs],
        "beside": [claim_of(other) for other in others],
    }
