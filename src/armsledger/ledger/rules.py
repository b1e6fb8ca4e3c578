"""What the ledger must be told of deals to keep its derived tables, as it knows values and not rooms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from armsledger.model import Claim, ClaimId, Document, DocumentId, Judgement, Settled

Settle = Callable[[str, Sequence[Claim], Mapping[DocumentId, str | None], Sequence[Judgement]], Settled]


@dataclass(frozen=True, slots=True)
class Rules:
    """The functions of the deals room that ``Ledger.record`` and ``Ledger.settle`` call; all of them pure.

    ``place`` gives the ground of a claim (never empty) and its own key before anything is compared; an own key that
    ends with the claim's id is the claim's alone. ``settle`` says what the claims of one ground come to, given with
    the dates of publication of their documents and the standing judgements about them. ``representatives`` gives the
    final key of every key that is tied, ``judged_ties`` the pairs of keys that judgements say are one deal,
    ``standing`` the judgements that nobody has taken back. ``sketch`` gives a short likeness of a document's text and
    the bands that documents with similar text have in common; None where none is kept.
    """

    place: Callable[[Claim], tuple[str, str]]
    settle: Settle
    representatives: Callable[[Iterable[tuple[str, str]]], Mapping[str, str]]
    judged_ties: Callable[[Sequence[Judgement], Mapping[ClaimId, str]], Iterable[tuple[str, str]]]
    standing: Callable[[Iterable[Judgement]], Sequence[Judgement]]
    sketch: Callable[[Document], tuple[str, tuple[str, ...]]] | None = None
