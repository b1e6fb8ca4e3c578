"""Claims -> deals: what the claims of one key say when put together, every value beside every other.

A pure function: the same claims give the same deal, in whatever order they come. Nothing is averaged or chosen away;
where values of one field differ they stand side by side, the most often given first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from armsledger.model import Claim, ClaimId, Deal, DealField, DealId, FieldValue, Polarity, Stage, plain

# How far a stage has come. ``halted`` is no step on the way: it is told beside the furthest stage, never as it.
ORDER = (
    Stage.CONSIDERED,
    Stage.REQUESTED,
    Stage.OFFERED,
    Stage.NEGOTIATED,
    Stage.APPROVED,
    Stage.ORDERED,
    Stage.DELIVERED,
)

# Fields that many values may rightly have: a deal has several articles, firms, actions and dates.
MANY = frozenset(
    {
        "item",
        "contractor",
        "action",
        "modification",
        "completion",
        "contract",
        "other number",
        "date",
        "obligated",
        "FMS obligated",
        "other value",
        # What registers say of their rows: each vintage has its own, and one row may have several marks and remarks.
        "register row", "register number", "vintage", "estimate", "comments", "description", "condition", "category",
        "version", "TIV per unit", "TIV of order", "TIV of deliveries", "TIV if new", "value in another currency",
        "programme in another currency", "licences", "licence group", "value as printed", "status", "agency",
        "authority", "quantity rejected", "acquisition value",
    }
)  # fmt: skip


def assemble(key: str, claims: Iterable[Claim], published: Mapping[str, str | None]) -> Deal:
    """The deal of one key. ``published`` gives each document's date of publication (ISO, or None where unknown).

    Raises ValueError where there is no claim.
    """
    ordered = sorted(claims, key=lambda c: (published.get(c.document) or "9999", c.document, c.start, c.id))
    if not ordered:
        raise ValueError(f"no claims for {key!r}")
    dates = sorted(d for c in ordered if (d := published.get(c.document)))
    return Deal(
        id=deal_id(key),
        key=key,
        supplier=_common(c.supplier for c in ordered),
        recipient=_common(c.recipient for c in ordered),
        stage=furthest(ordered),
        claims=tuple(c.id for c in ordered),
        fields=fields_of(ordered),
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
    )


def deal_id(key: str) -> DealId:
    """A short hash of the key: the same key has the same id in every ledger."""
    return DealId("d" + hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:10])


def furthest(claims: Sequence[Claim]) -> Stage:
    """The furthest stage that is affirmed; ``halted`` only where nothing else is; the first claim's where all deny."""
    affirmed = [c.stage for c in claims if c.polarity is Polarity.AFFIRMED]
    reached = [s for s in ORDER if s in affirmed]
    return reached[-1] if reached else (affirmed or [claims[0].stage])[0]


def _common(values: Iterable[str | None]) -> str | None:
    found = {v for v in values if v is not None}
    return found.pop() if len(found) == 1 else None


def fields_of(claims: Sequence[Claim]) -> tuple[DealField, ...]:
    """Every field with all its values and the claims that give each, most often given first, then by value."""
    values: dict[str, dict[str, dict[ClaimId, None]]] = {}
    for claim in claims:
        said_by = claim.id  # a hash of all that it says: made once a claim
        for name, value in _said(claim):
            values.setdefault(name, {}).setdefault(value, {})[said_by] = None
    return tuple(
        DealField(
            name, tuple(FieldValue(v, tuple(ids)) for v, ids in sorted(given.items(), key=lambda g: (-len(g[1]), g[0])))
        )
        for name, given in sorted(values.items(), key=lambda f: (_place(f[0]), f[0]))
    )


_SHOWN = (
    "supplier",
    "recipient",
    "item",
    "system",
    "quantity",
    "value",
    "programme",
    "stage",
    "mode",
    "certainty",
    "speaker",
    "date",
)


def _place(name: str) -> int:
    return _SHOWN.index(name) if name in _SHOWN else len(_SHOWN)


def _said(claim: Claim) -> Iterable[tuple[str, str]]:
    """Each field of a claim as text. Counts are told with what is counted, so that two articles are no conflict."""
    yield from ((n, v) for n, v in (("supplier", claim.supplier), ("recipient", claim.recipient)) if v)
    if claim.item:
        counted = f"{plain(claim.quantity)} × {claim.item}" if claim.quantity is not None else claim.item
        yield "item", counted
    if claim.system:
        yield "system", claim.system
    if claim.value:
        yield "value", f"{claim.value}" + (f" ({claim.value.meaning})" if claim.value.meaning else "")
    if claim.programme:
        yield "programme", f"{claim.programme}" + (f" ({claim.programme.meaning})" if claim.programme.meaning else "")
    denied = " (denied)" if claim.polarity is Polarity.DENIED else ""
    yield "stage", f"{claim.stage}{denied}"
    if claim.mode:
        yield "mode", claim.mode
    yield from (("certainty", claim.certainty), ("speaker", claim.speaker))
    if claim.date:
        yield "date", claim.date.iso
    slots = {
        "supplier",
        "recipient",
        "item",
        "quantity",
        "value",
        "stage",
        "date",
        "customer",
        "amount",
        "cumulative",
        "foreign",
    }
    yield from ((a.field, a.value) for a in claim.anchors if a.field not in slots)


def conflicts(deal: Deal, claims: Iterable[Claim]) -> tuple[DealField, ...]:
    """The fields whose values contradict one another: more than one value, of a field that can only have one.

    ``claims`` are the deal's. Sums contradict one another only where they mean the same and are said of the same action
    of a contract: a ceiling and an award do not, nor do an award and a later modification.
    """
    worth = _is_worth_disputed(claims)
    return tuple(
        f
        for f in deal.fields
        if f.conflicting and f.name not in MANY and f.name not in _VARIED and (f.name != "value" or worth)
    )


# A contract's actions have a total each, a deal moves through stages, and many may speak of it.
_VARIED = frozenset({"stage", "speaker", "certainty", "system", "mode", "programme", "transmittal", "share"})
_ACTION = ("action", "modification", "contract")  # the fields that tell one action of a contract from another


def _is_worth_disputed(claims: Iterable[Claim]) -> bool:
    said: dict[tuple[str, ...], set[str]] = {}
    for claim in claims:
        if claim.value:
            action = [a.value for name in _ACTION for a in claim.anchored(name)[:1]]
            said.setdefault((str(claim.value.meaning), *action), set()).add(str(claim.value))
    return any(len(values) > 1 for values in said.values())
