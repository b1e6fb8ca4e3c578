"""The house's rules about its own shape: who may import whom, what may open a connection, how long a function is."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import armsledger

SOURCE = Path(armsledger.__file__).resolve().parent
MODULES = sorted(SOURCE.rglob("*.py"))
LONGEST_FUNCTION = 80  # lines, docstring and all

# Who may import what of ours. A room that is not named here may import nothing of ours but itself.
MAY = {
    "errors": set[str](),
    "model": {"errors"},
    "text": {"model", "errors"},
    "lexicon": {"model", "errors", "text"},
    "sources": {"model", "errors", "text"},
    "documents": {"model", "errors", "text", "lexicon"},
    "claims": {"model", "errors", "text", "lexicon"},
    "deals": {"model", "errors", "text", "lexicon"},
    "ledger": {"model", "errors"},
    "analyses": {"model", "errors", "text", "lexicon", "ledger"},
    "pipeline": {"model", "errors", "text", "lexicon", "sources", "documents", "claims", "deals", "ledger"},
    "views": {
        "model", "errors", "text", "lexicon", "sources", "documents", "claims", "deals", "ledger", "pipeline",
        "analyses",
    },
    "__main__": {"views"},
    "__init__": {"views"},  # inside a function: see below
}  # fmt: skip
NETWORK = {
    "socket", "ssl", "http", "urllib.request", "httpx", "httpx2", "requests", "aiohttp", "asyncio", "openai",
}  # fmt: skip


def _room(path: Path) -> str:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return parts[0]


def _imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, written out in full, wherever in the file it does so."""
    package = ["armsledger", *path.relative_to(SOURCE).parent.parts]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield module
            yield from (f"{module}.{name.name}" for name in node.names)


def _ours(path: Path) -> set[str]:
    parts = [name.split(".") for name in _imports(path) if name.startswith("armsledger.")]
    return {part[1] for part in parts if part[1] != "__version__"}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_a_room_imports_only_what_the_house_allows(path: Path) -> None:
    room = _room(path)
    assert _ours(path) - {room} <= MAY[room], f"{room} may import {sorted(MAY[room])}"


def test_the_package_itself_imports_nothing_until_it_is_asked() -> None:
    """Only for a type checker, or inside a function: ``import armsledger`` stays cheap."""
    body = ast.parse((SOURCE / "__init__.py").read_text()).body
    imported = {node.module for node in body if isinstance(node, ast.ImportFrom)}
    assert imported == {"__future__", "typing"}
    assert not any(isinstance(node, ast.Import) for node in body)


@pytest.mark.parametrize("room", ["errors", "model"])
def test_the_nouns_need_only_the_standard_library(room: str) -> None:
    import sys

    outside = {name.split(".")[0] for name in _imports(SOURCE / f"{room}.py")} - {"armsledger", "__future__"}
    assert outside <= set(sys.stdlib_module_names)


def test_only_two_modules_open_the_network() -> None:
    """Documents are fetched in one place, a model of the user's choice is asked in one other; ``serve`` only listens."""
    reaching = {
        str(path.relative_to(SOURCE))
        for path in MODULES
        if any(name == n or name.startswith(n + ".") for name in _imports(path) for n in NETWORK)
    }
    assert reaching <= {"sources/fetch.py", "claims/llm_client.py", "views/serve.py"}
    assert "connect(" not in (SOURCE / "views/serve.py").read_text()


def test_no_module_reaches_for_another_rooms_private_names() -> None:
    wrong = []
    for path in MODULES:
        for name in _imports(path):
            parts = name.split(".")
            if parts[0] == "armsledger" and len(parts) > 2 and parts[-1].startswith("_") and parts[1] != _room(path):
                wrong.append(f"{path.relative_to(SOURCE)} imports {name}")
    assert wrong == []


def test_no_function_is_too_long_to_read() -> None:
    long = [
        f"{path.relative_to(SOURCE)}:{node.lineno} {node.name}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "core", "misc", "base"}
    assert [str(path) for path in MODULES if empty & set(path.relative_to(SOURCE).with_suffix("").parts)] == []


def test_the_house_is_two_levels_deep() -> None:
    assert [str(path) for path in MODULES if len(path.relative_to(SOURCE).parts) > 2] == []


def test_no_committed_file_is_larger_than_two_megabytes() -> None:
    assert [p for p in SOURCE.rglob("*") if p.is_file() and p.stat().st_size > 2_000_000] == []
