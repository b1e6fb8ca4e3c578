"""Lines of the API as rows of a table: one for each place where words stand, so that no figure is without them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from armsledger.views.rows import PROVENANCE

if TYPE_CHECKING:
    from armsledger.views.rows import Row

_LEG = ("supplier", "recipient", "state", "contested", "after", "because")
CHAIN = ("chain", "family", "leg", *_LEG, "claim", "stage", "bearing", "speaker", *PROVENANCE)
_CHANGE = ("deal", "key", "supplier", "recipient", "what", "from", "to", "change", "told")
CHANGE = (*_CHANGE, "claim", *PROVENANCE)
QUESTION = ("question", "because", "about", "claim", "points", "reasons", *PROVENANCE)
JUDGEMENT = ("id", "verdict", "about", "author", "made", "because", "undoes", "standing")

Lines = Iterable[dict[str, Any]]


def chain_rows(lines: Lines) -> Iterator[Row]:
    """A row for each claim of each leg of each chain."""
    for chain in lines:
        for number, leg in enumerate(chain["legs"], 1):
            head = {"chain": chain["id"], "family": chain["family"], "leg": number, **{n: leg[n] for n in _LEG}}
            yield from ({**head, **claim} for claim in leg["claims"])


def change_rows(lines: Lines) -> Iterator[Row]:
    """A row for each claim that made a change."""
    for change in lines:
        head = {name: change[name] for name in _CHANGE}
        yield from ({**head, **claim} for claim in change["claims"])


def question_rows(lines: Lines) -> Iterator[Row]:
    """A row for each candidate of each question; its words are those of the candidate, ``about`` is the claim."""
    for question in lines:
        head = {"question": question["id"], "because": question["because"], "about": question["claim"]["id"]}
        for candidate in question["candidates"]:
            reasons = "; ".join(f"{r['points']:+d} {r['told']}" for r in candidate["reasons"])
            yield {**head, **candidate, "reasons": reasons}


def judgement_rows(lines: Lines) -> Iterator[Row]:
    """A row for each judgement."""
    return ({**line, "about": " ".join(line["about"])} for line in lines)
