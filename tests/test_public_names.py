"""What others may build on: every public name is meant, exists, is in order, and says what it is."""

from __future__ import annotations

import inspect
from importlib import import_module
from types import ModuleType

import pytest

ROOMS = ["armsledger", *(f"armsledger.{room}" for room in ("sources", "documents", "claims", "deals", "ledger"))]

# Changing this list is changing what others may build on: it needs a line in CHANGELOG.md.
PUBLIC = {
    "armsledger": ["Ledger", "__version__"],
    "armsledger.sources": ["Limits", "gather"],
    "armsledger.documents": ["read_documents"],
    "armsledger.claims": ["admit", "check", "read"],
    "armsledger.deals": [
        "ORDER", "Case", "Chain", "Change", "Credibility", "Dispute", "Finding", "Life", "Origin", "Removal", "Sketch", "Status",
        "assemble", "chains", "changes", "conflicts", "credibility", "deal_id", "deal_key", "disputes", "findings", "furthest",
        "judged_ties", "life", "likelihood", "names_buyer", "origins", "place", "representatives", "settle", "shared_contract",
        "sketch", "sketch_from", "status", "timeline", "why", "without",
    ],
    "armsledger.ledger": [
        "CONDITIONS", "ClaimFilter", "Condition", "Counts", "DocumentRow", "Ledger", "LeftOut", "PublisherRow", "Recorded", "Rules", "StatementFilter",
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", ROOMS)
def test_the_public_names_are_the_ones_promised(name: str) -> None:
    assert list(import_module(name).__all__) == PUBLIC[name]


@pytest.mark.parametrize("name", ROOMS)
def test_nothing_is_public_by_accident(name: str) -> None:
    room = import_module(name)
    seen = {n for n, value in vars(room).items() if not n.startswith("_") and not isinstance(value, ModuleType)}
    allowed = {"annotations", "TYPE_CHECKING", "Any"}
    assert seen - allowed <= set(room.__all__)


@pytest.mark.parametrize(("room", "name"), [(r, n) for r in ROOMS for n in PUBLIC[r] if not n.isupper()])
def test_every_public_name_says_what_it_is(room: str, name: str) -> None:
    value = getattr(import_module(room), name)
    assert name == "__version__" or len(inspect.getdoc(value) or "") > 20
