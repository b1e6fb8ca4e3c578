"""The life of a deal on the page of one deal: its status in a sentence, its stages with their dates, its chains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from armsledger.views.names import party_name
from armsledger.views.terminal import CONFLICT, grid, indented, show, stacked, text
from armsledger.views.words import many, shortened

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from armsledger.deals.bearing import Told
    from armsledger.deals.chains import Chain
    from armsledger.deals.life import Life, Status, Step
    from armsledger.deals.origins import Origin
    from armsledger.deals.papers import Paper
    from armsledger.deals.roles import Role
    from armsledger.ledger import DocumentRow, Ledger
    from armsledger.model import Claim, ClaimId, Judgement

Numbers = Mapping[str, str]  # document id -> its number in the list of documents of the page

_VOICES = 3  # voices that are named in a line
_PAPERS = 6  # papers that are named; the claims below have all
_LONGEST = 60  # characters of words that are quoted within a line


def status_of(claims: Iterable[Claim], documents: Mapping[str, DocumentRow]) -> Status:
    """Where a deal stands by its claims; ``documents`` are theirs."""
    from armsledger.deals.life import status
    from armsledger.model import DocumentId

    return status(claims, {DocumentId(row.id): row.published for row in documents.values()})


def set_aside(book: Ledger) -> Mapping[ClaimId, Judgement]:
    """The claims that an analyst has rejected, with the judgement of each: they count for nothing in a life."""
    from armsledger.deals.judgements import rejected, standing

    return rejected(standing(book.judgements()))


# -- on the page ------------------------------------------------------------------------------------------


def show_status(status: Status, shown: Console, origins: Sequence[Origin] | None = None) -> None:
    """The status in a sentence; marked where it is contested. ``origins`` are those of the deal's documents."""
    told = status.sentence(origins_behind(status, origins))
    show(shown, text(f"Status: {told}", CONFLICT if status.contested else ""))


def origins_among(book: Ledger, claims: Iterable[Claim]) -> tuple[Origin, ...]:
    """The independent origins of the documents of claims, by date of the first document of each."""
    from armsledger.deals import origins, sketch_from

    given = list(claims)
    ids = sorted({claim.document for claim in given})
    kept = {document: sketch_from(text) for document, text in book.sketches(ids).items()}
    sketches = {document: sketch for document, sketch in kept.items() if sketch is not None}
    return origins(given, book.documents_named(ids), sketches)


def origins_behind(status: Status, origins: Sequence[Origin] | None) -> int | None:
    """How many independent origins the documents behind a status have; None where that was not asked."""
    behind = {t.claim.document for t in status.support}
    if origins is None or not behind:
        return None
    return sum(1 for origin in origins if behind & set(origin.documents))


def show_life(status: Status, numbers: Numbers, shown: Console) -> None:
    """The stages with their dates and voices, then deliveries, papers, options, endings and parts of others."""
    show(shown, text("Life", "bold"))
    show(shown, grid(_rows(status.life, numbers), indent=2))
    show(shown, "")


def _rows(life: Life, numbers: Numbers) -> Iterator[tuple[str, RenderableType]]:
    from armsledger.deals.roles import roles

    for step in life.steps:
        yield str(step.stage), stacked(_step(step, numbers))
    if life.deliveries:
        yield "how many", "\n".join(f"{d.item}: {d.sentence}" for d in life.deliveries)
    if life.papers:
        yield "papers", "\n".join(_papers(life.papers, numbers))
    for option in life.options[:_VOICES]:
        told = "exercised" if option.exercised else "told"
        yield "option", f"{told}: {_said(option.told, numbers)}"
    for ending in life.endings:
        if ending.words:
            open_ = "possibly " if ending.open else ""
            yield "ended", f"{open_}{ending.kind} (“{ending.words}”): {_said(ending.told, numbers)}"
    for role in roles(life.told)[:_VOICES]:
        yield str(role.kind), role_told(role, numbers)


def _step(step: Step, numbers: Numbers) -> Iterator[RenderableType]:
    yield text(_when(step) + (", CONTESTED" if step.contested else ""), "bold")
    parts = (
        ("for", step.reached),
        ("possible", step.possible),
        ("still to come", step.ahead),
        ("against", step.against),
        ("doubted", step.doubted),
    )
    for label, told in parts:
        if told:
            yield indented(text(f"{label}: {_voices(told, numbers)}"))


def _when(step: Step) -> str:
    """``2019, told 2025-08-06`` of what happened, else when it was told."""
    told = f"told {_span(step.first_told, step.last_told)}"
    if not step.reached:
        return told
    dates = step.happened
    if not dates:
        return f"day not stated, {told}"
    return f"{' or '.join(str(d).replace('/', ' to ') for d in dates)}, {told}"


def _span(first: str | None, last: str | None) -> str:
    if first is None:
        return "in a document without a date"
    return first if last in (None, first) else f"{first} to {last}"


def _voices(told: Sequence[Told], numbers: Numbers) -> str:
    """Who says so, how surely, and where: ``official notice, certain [1] [2]``."""
    from armsledger.deals.bearing import rank

    said: dict[str, list[str]] = {}
    for t in sorted(told, key=rank):
        condition = f", {shortened(t.claim.condition, _LONGEST)}" if t.claim.condition else ""
        due = f", for {t.due}" if t.due else ""
        voice = f"{t.voice}, {t.claim.certainty}{due}{condition}"
        said.setdefault(voice, []).append(numbers.get(t.claim.document, ""))
    lines = [f"{voice} {' '.join(sorted(set(where), key=_number))}".rstrip() for voice, where in said.items()]
    more = [f"and {len(lines) - _VOICES} more"] if len(lines) > _VOICES else []
    return "; ".join([*lines[:_VOICES], *more])


def _number(told: str) -> int:
    return int(told.strip("[]") or 0)


def _said(told: Told, numbers: Numbers) -> str:
    when = f"{told.happened}, " if told.happened else ""
    return (
        f"{when}{told.voice}, told {told.published or 'without a date'} {numbers.get(told.claim.document, '')}".rstrip()
    )


def _papers(papers: Sequence[Paper], numbers: Numbers) -> Iterator[str]:
    for p in papers[:_PAPERS]:
        number = f" {p.number}" if p.number and p.number != p.base else ""
        first = p.told[0]
        missing = ""
        if not p.chained:
            missing = " (which case it changes is not told)" if p.number == p.base else " (its first paper is not here)"
        where = numbers.get(first.claim.document, "")
        yield f"{p.base}: {p.kind}{number}{missing}, {first.published or 'undated'} {where}".rstrip()
    if len(papers) > _PAPERS:
        yield f"and {len(papers) - _PAPERS} more"


def role_told(role: Role, numbers: Numbers) -> str:
    """``Japan, by the article itself: “... financed by a loan from Japan” [1]``."""
    where = numbers.get(role.told.claim.document, "")
    if not role.words:
        return f"{party_name(role.party)}, by the legs of the chain {where}".rstrip()
    return f"{party_name(role.party)}, by {role.told.voice}: “{_around(role)}” {where}".rstrip()


def _around(role: Role) -> str:
    """The words around a party's part."""
    at = role.start - role.told.claim.start
    begin = max(0, at - _LONGEST)
    stop = min(len(role.words), at + _LONGEST)
    stretch = " ".join(role.words[begin:stop].split())
    head = stretch.partition(" ")[2] if begin else stretch
    tail = head.rpartition(" ")[0] if stop < len(role.words) else head
    return f"{'… ' if begin else ''}{tail}{' …' if stop < len(role.words) else ''}"


def show_chain_of(chains: Sequence[Chain], deal: str, shown: Console) -> None:
    """Which chains a deal is a leg of, each with its diagram."""
    from armsledger.views.chains import diagram

    for chain in chains:
        places = [n for n, leg in enumerate(chain.legs, 1) if deal in leg.deals]
        legs = " and ".join(map(str, places))
        head = f"Leg {legs} of {many(len(chain.legs), 'leg')} of a chain ({chain.id})"
        show(shown, text(head, "bold"))
        for line in diagram(chain):
            show(shown, text(f"  {line}"))
        show(shown, "")


# -- as JSON ----------------------------------------------------------------------------------------------


def status_line(status: Status, origins: Sequence[Origin] | None = None) -> dict[str, Any]:
    """The status as JSON; ``origins`` counts those of its documents, null where that was not asked."""
    from armsledger.deals.bearing import documents_of

    return {
        "stage": status.stage,
        "word": status.word,
        "sentence": status.sentence(origins_behind(status, origins)),
        "contested": status.contested,
        "affirmed_by": [_told_line(t) for t in status.life.contested],
        "denied_by": [_told_line(t) for t in status.life.contesting],
        "documents": list(documents_of(status.support)),
        "origins": origins_behind(status, origins),
    }


def life_line(life: Life) -> dict[str, Any]:
    """The life as JSON: each stage with the claims for and against it, deliveries, papers, options, endings, parts."""
    from armsledger.deals.roles import roles

    return {
        "steps": [_step_line(step) for step in life.steps],
        "deliveries": [
            {
                "item": d.item,
                "told": d.sentence,
                "at_least": _number_of(d.at_least),
                "at_most": _number_of(d.at_most),
                "of": [_number_of(q) for q in d.of],
                "batches": [
                    {
                        "quantity": _number_of(b.quantity),
                        "date": b.when.iso if b.when else None,
                        "claims": [t.id for t in b.told],
                    }
                    for b in d.batches
                ],
            }
            for d in life.deliveries
        ],
        "papers": [
            {
                "base": p.base,
                "kind": p.kind,
                "number": p.number,
                "chained": p.chained,
                "claims": [t.id for t in p.told],
            }
            for p in life.papers
        ],
        "options": [{"exercised": o.exercised, **_told_line(o.told)} for o in life.options],
        "endings": [{"kind": e.kind, "open": e.open, "words": e.words, **_told_line(e.told)} for e in life.endings],
        "roles": [role_line(r) for r in roles(life.told)],
    }


def role_line(role: Role) -> dict[str, Any]:
    """A party's part as JSON; start and end are those of its name in the document's text."""
    place = {"start": role.start, "end": role.end} if role.words else {"start": None, "end": None}
    return {"role": role.kind, "party": role.party, **_told_line(role.told), **place}


def _step_line(step: Step) -> dict[str, Any]:
    return {
        "stage": step.stage,
        "contested": step.contested,
        "happened": [d.iso for d in step.happened],
        "first_told": step.first_told,
        "last_told": step.last_told,
        "reached": [_told_line(t) for t in step.reached],
        "possible": [_told_line(t) for t in step.possible],
        "still_to_come": [_told_line(t) for t in step.ahead],
        "against": [_told_line(t) for t in step.against],
        "doubted": [_told_line(t) for t in step.doubted],
        "contested_by": [_told_line(t) for t in step.contesting],
    }


def _told_line(told: Told) -> dict[str, Any]:
    claim = told.claim
    return {
        "claim": told.id,
        "document": claim.document,
        "published": told.published,
        "speaker": claim.speaker,
        "speaker_kind": claim.speaker_kind,
        "certainty": claim.certainty,
        "date": claim.date.iso if claim.date else None,
    }


def _number_of(amount: Any) -> int | float | None:
    from armsledger.views.json_lines import number

    return number(amount)
