"""Every example in a docstring does what it says."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path

import pytest

import armsledger

SOURCE = Path(armsledger.__file__).resolve().parent
WITH_EXAMPLES = sorted(
    ".".join(("armsledger", *path.relative_to(SOURCE).with_suffix("").parts))
    for path in SOURCE.rglob("*.py")
    if ">>> " in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("module", WITH_EXAMPLES)
def test_the_examples_of_a_module(module: str) -> None:
    results = doctest.testmod(import_module(module))
    assert results.attempted > 0
    assert results.failed == 0


def test_there_are_examples() -> None:
    assert {"armsledger.text.dates", "armsledger.claims.items", "armsledger.model"} <= set(WITH_EXAMPLES)
