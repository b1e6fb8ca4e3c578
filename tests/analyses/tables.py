"""The published tables beside the checkout, where they are there."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

VALIDATION = Path(__file__).resolve().parents[3] / "shared" / "validation"
needs_tables = pytest.mark.skipif(not VALIDATION.is_dir(), reason="the tables in ../shared/validation are not here")


def table(name: str) -> list[dict[str, str]]:
    """The rows of one of the tables."""
    return list(csv.DictReader((VALIDATION / f"{name}.csv").read_text(encoding="utf-8").splitlines()))
