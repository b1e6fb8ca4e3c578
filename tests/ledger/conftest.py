"""Every test of the ledger that takes ``places``, ``target`` or ``ledger`` is tried on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from armsledger.ledger import Ledger

from .places import Places


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def places(request: pytest.FixtureRequest) -> Places:
    """Where new ledgers can be put."""
    return Places(request.getfixturevalue("postgresql") if request.param == "postgresql" else None)


@pytest.fixture
def target(places: Places, tmp_path: Path) -> str:
    """The address of a ledger that is not there yet."""
    return places.new(tmp_path)


@pytest.fixture
def ledger(target: str) -> Iterator[Ledger]:
    """A new ledger, open."""
    with Ledger.open(target) as opened:
        yield opened
