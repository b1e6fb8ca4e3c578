"""What all tests share: where real documents may lie, and how properties are tried."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

SHARED = Path(__file__).resolve().parents[2] / "shared"

# A slow machine is no failure; in CI the same examples are tried every time.
settings.register_profile("armsledger", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("armsledger")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents beside the checkout; nothing of it is kept in this repository."""
    if not (SHARED / "data").is_dir():
        pytest.skip("the shared documents are not beside the checkout (../shared)")
    return SHARED
