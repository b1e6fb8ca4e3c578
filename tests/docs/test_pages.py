"""Every page has a title, leads somewhere, and speaks of the project alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from .generator import DOCS, ROOT, load, named, pages

PAGES = pages()
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_BLOCK = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)

# Whole words, whatever the case: paths of a machine, hosts of registries, and those who help to write.
FORBIDDEN = (
    r"/(?:work|root|home|tmp|Users|mnt|opt)/",
    r"[A-Z]:\\",
    r"\bpypi\b|pythonhosted|\bnpmjs\b|crates\.io|\bartifactory\b|index-url",
    r"\bassistants?\b|\bchat ?bots?\b|\bsandbox(?:es)?\b|\bsubagents?\b|\bprompts?\b|\bAI\b",
)


def prose(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def heads(path: Path) -> Iterator[str]:
    """The anchors of a page's headings, as they are made on the web."""
    for head in re.findall(r"^#{1,6} (.+)$", _BLOCK.sub("", prose(path)), re.MULTILINE):
        yield re.sub(r"[^\w\- ]", "", head.strip().lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_it_has_one_title(page: Path) -> None:
    assert prose(page).startswith("# ")
    assert len(re.findall(r"^# \S", _BLOCK.sub("", prose(page)), re.MULTILINE)) == 1


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_its_links_lead_somewhere(page: Path) -> None:
    for target in _LINK.findall(_BLOCK.sub("", prose(page))):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        found = (page.parent / name).resolve() if name else page
        assert found.exists(), target
        assert found.is_relative_to(ROOT), target
        if anchor:
            assert anchor in set(heads(found)), target


@pytest.mark.parametrize("page", PAGES, ids=named)
@pytest.mark.parametrize("pattern", FORBIDDEN)
def test_it_speaks_of_the_project_alone(page: Path, pattern: str) -> None:
    found = [words for words in re.findall(pattern, prose(page)) if words]
    assert found == []


@pytest.mark.parametrize("page", [p for p in PAGES if p.name != "CONTRIBUTING.md"], ids=named)
def test_development_data_is_spoken_of_to_contributors_only(page: Path) -> None:
    assert not re.search(r"\.\./shared|\bshared folder\b", prose(page))


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_prose_has_one_sentence_a_line(page: Path) -> None:
    """So that a changed sentence is a changed line. Tables, lists, blocks and generated pages are left alone."""
    if page.relative_to(ROOT).parts[:2] == ("docs", "reference"):
        pytest.skip("generated, or tables")
    for line in _BLOCK.sub("", prose(page)).splitlines():
        if re.match(r"[A-Z\[`*]", line) and not line.startswith("**"):
            plain = re.sub(r"`[^`]*`", "x", line)
            assert not re.search(r"[a-z)]{3}\. (?=[A-Z])", plain), line


def test_every_page_can_be_reached_from_the_first_one() -> None:
    reached: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached:
            continue
        reached.add(page)
        for target in _LINK.findall(prose(page)):
            found = (page.parent / target.partition("#")[0]).resolve()
            if found.suffix == ".md" and found.exists() and found.is_relative_to(ROOT):
                waiting.append(found)
    assert [named(page) for page in PAGES if page not in reached] == []


def test_every_decision_has_its_four_parts_and_stands_in_the_list() -> None:
    decisions = sorted((DOCS / "decisions").glob("[0-9]*.md"))
    assert [path.name[:4] for path in decisions] == [f"{n:04}" for n in range(1, len(decisions) + 1)]
    listed = prose(DOCS / "decisions" / "README.md")
    for path in decisions:
        parts = re.findall(r"^## (.+)$", prose(path), re.MULTILINE)
        assert parts == ["Context", "Decision", "Evidence", "Consequence"], path.name
        assert path.name in listed


def test_the_changelog_has_the_version() -> None:
    import armsledger

    assert f"\n## {armsledger.__version__}\n" in prose(ROOT / "CHANGELOG.md")


def test_commands_that_pages_name_exist() -> None:
    known = {name for name, _ in load().commands()}
    for page in PAGES:
        for words in re.findall(r"(?:^|[`$] ?)armsledger ([a-z]+)", prose(page), re.MULTILINE):
            assert f"armsledger {words}" in known, f"{named(page)}: {words}"
