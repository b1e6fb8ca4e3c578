"""Small rules of putting together, with all that the ledger must cope with: numbers that join grounds, clusters that
change their name, ties that come and go, questions, judgements of all kinds, sketches that depend on the form.

    ground      recipient and item
    own key     the transmittal, where the claim has one; one that is amended is of the same deal
    cluster     claims of a ground with the same quantity; those of unknown quantity are one by one; a rejected claim
                is in none, and ties nothing

Documents and claims come from a small world, so that much of it meets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from hypothesis import strategies as st

from armsledger.deals import judged_ties, representatives
from armsledger.deals.judgements import DIFFERENT, REJECT, SAME, UNDO, standing
from armsledger.ledger import Rules
from armsledger.model import (
    Anchor,
    Claim,
    ClaimId,
    Document,
    DocumentId,
    DocumentKind,
    Judgement,
    Link,
    Question,
    Reading,
    Reason,
    Settled,
    Stage,
)


def place(claim: Claim) -> tuple[str, str]:
    """Ground and own key."""
    ground = f"{claim.recipient} {claim.item}"
    numbers = [a.value for a in claim.anchors if a.field == "transmittal"]
    amends = " amends" if any(a.field == "amends" for a in claim.anchors) else ""
    return ground, f"transmittal {numbers[0]}" if numbers else f"claims {ground} {claim.id}{amends}"


def settle(
    ground: str,
    claims: Sequence[Claim],
    published: Mapping[DocumentId, str | None],
    judgements: Sequence[Judgement],
) -> Settled:
    """What the claims of a ground come to."""
    ordered = sorted(claims, key=lambda c: (published[c.document] or "~", c.document, c.start, c.id))
    clusters: dict[str, list[Claim]] = defaultdict(list)
    out = {claim for one in judgements if one.verdict == REJECT for claim in one.about}
    keys: dict[ClaimId, str] = {c.id: place(c)[1] for c in ordered if c.id in out}
    for claim in (c for c in ordered if c.id not in out):
        clusters[claim.id if claim.quantity is None else str(claim.quantity)].append(claim)
    for one in judgements:
        _apply(one, clusters)
    ties: set[tuple[str, str]] = set()
    for members in clusters.values():
        own = {c.id: place(c)[1] for c in members}
        amended = {f"transmittal {a.value}" for c in members for a in c.anchors if a.field == "amends"}
        numbers = sorted({key for key in own.values() if key.startswith("transmittal")} | amended)
        called = numbers[0] if numbers else f"claims {ground} {members[0].id}"
        keys |= {c: key if key in numbers else called for c, key in own.items()}
        ties |= {(called, number) for number in numbers[1:]}
    return Settled(ground, tuple(sorted(keys.items())), tuple(sorted(ties)), tuple(_questions(ground, clusters)))


def _apply(judgement: Judgement, clusters: dict[str, list[Claim]]) -> None:
    about = [name for name, members in clusters.items() if any(c.id in judgement.about for c in members)]
    if judgement.verdict == SAME:
        for name in about[1:]:
            clusters[about[0]] += clusters.pop(name)
    elif judgement.verdict == DIFFERENT:
        for name in about:
            out = [c for c in clusters[name] if c.id in judgement.about][1:]
            clusters[name] = [c for c in clusters[name] if c not in out]
            clusters |= {f"out {c.id}": [c] for c in out}


def _questions(ground: str, clusters: Mapping[str, Sequence[Claim]]) -> list[Question]:
    """A claim of unknown quantity may be of any cluster."""
    found = []
    for members in clusters.values():
        others = [cluster[0] for cluster in clusters.values() if cluster is not members]
        if members[0].quantity is None and len(others) > 1:
            why = (Reason("quantity", len(others), "it is not said \ud800 how many"),)
            links = tuple(Link(members[0].id, other.id, why) for other in others)
            found.append(Question(ground, members[0].id, links, f"{len(others)} candidates"))
    return found


def sketch(document: Document) -> tuple[str, tuple[str, ...]]:
    """A sketch that another form of the document would not have."""
    return f"{document.kind}\0 {document.text}", (document.text[:1], str(document.kind), document.text[:1])


TOY = Rules(place, settle, representatives, judged_ties, standing, sketch)


# -- a small world ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class World:
    """Readings, judgements about their claims, and the steps by which they come into a ledger."""

    readings: tuple[Reading, ...]
    judgements: tuple[Judgement, ...]
    steps: tuple[tuple[str, int], ...]  # what is done, and with which of them


def claim(of: Document, number: str | None, recipient: str, item: str, quantity: int | None, at: int = 0) -> Claim:
    """A claim on a letter of a document. Of numbers, parted by blanks, one that begins with ``-`` is amended."""
    said = of.text[at : at + 1]
    anchors = tuple(
        Anchor("amends" if one.startswith("-") else "transmittal", one.removeprefix("-"), at, at + 1, said)
        for one in (number or "").split()
    )
    count = None if quantity is None else Decimal(quantity)
    slots = {"recipient": recipient, "item": item, "quantity": count, "anchors": anchors}
    return Claim(of.id, at, at + 1, said, "news/1", Stage.ORDERED, **slots)  # type: ignore[arg-type]


@st.composite
def _readings(draw: st.DrawFn) -> Reading:
    text = draw(st.sampled_from(["abc", "acd", "bcd", "xyz"]))
    published = draw(st.sampled_from([None, "2031", "2032-05", "2033"]))
    document = Document("a.txt", draw(st.sampled_from(DocumentKind)), text, (), published=published)
    numbers = st.none() | st.sampled_from(["31-1", "31-2", "31-3", "-31-1", "-31-2", "31-1 -31-3"])
    claims = st.builds(
        lambda *slots: claim(document, *slots),
        numbers,
        st.sampled_from(["NOR", "DNK"]),
        st.sampled_from(["radar", "tent"]),
        st.none() | st.integers(1, 2),
        st.integers(0, 2),
    )
    again = st.sampled_from(["news/1", "news/2"])
    return Reading(document, claims=tuple(replace(c, reader=draw(again)) for c in draw(st.lists(claims, max_size=4))))


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Worlds with a few documents."""
    readings = draw(st.lists(_readings(), min_size=1, max_size=5))
    ids = sorted({c.id for reading in readings for c in reading.claims})
    judgements: list[Judgement] = []
    for turn in range(draw(st.integers(0, 4)) if len(ids) > 1 else 0):
        undone = draw(st.none() | st.sampled_from(judgements)) if judgements else None
        about = tuple(draw(st.lists(st.sampled_from(ids), min_size=2, max_size=3, unique=True)))
        verdict = draw(st.sampled_from([SAME, SAME, DIFFERENT, REJECT])) if undone is None else UNDO
        undoes = None if undone is None else undone.id
        judgements.append(Judgement(verdict, () if undone else about, "A", f"2034-01-0{turn + 1}", "so", undoes))
    steps = [("read", n) for n in range(len(readings))] + [("judge", n) for n in range(len(judgements))]
    again = draw(st.lists(st.sampled_from(steps), max_size=2))
    settled = [("settle", 0)] * draw(st.integers(0, 4)) + [("begin anew", 0)] * draw(st.integers(0, 1))
    return World(tuple(readings), tuple(judgements), tuple(draw(st.permutations([*steps, *again, *settled]))))
