"""Publishers: what is shown of them, and a user's own grades."""

from __future__ import annotations

from pathlib import Path

import pytest

from .made_up import line, lines, ran, run, write

NEWS = "Nothing of note happened in the harbour."


@pytest.fixture
def news(here: Path) -> Path:
    """A ledger with three reports: by an outlet, by one that the lexicon lacks, by nobody that is named."""
    records = line(NEWS, doc="a", publisher="Reuters", published="2031-01-01")
    records += line(
        NEWS, doc="b", publisher="The Harbour Post", url="https://harbour.example/1", published="2031-01-02"
    )
    records += line(NEWS, doc="c", published="2031-01-03")
    write(here, news_jsonl=records)
    ran("read", "news.jsonl")
    return here


def _own(folder: Path, text: str) -> None:
    (folder / "settings" / "armsledger").mkdir(parents=True)
    (folder / "settings" / "armsledger" / "publishers.yml").write_text(text)


def _grades(*arguments: str) -> dict[str, tuple[str, str]]:
    told = lines("documents", "--format", "jsonl", *arguments)
    return {d["names"][0]: (d["grade"], d["grade_from"]) for d in told}


# -- documents --------------------------------------------------------------------------------------------


def test_documents_tell_country_kind_and_grade(news: Path) -> None:
    known, unknown, unnamed = lines("documents", "--format", "jsonl")
    assert known["outlet"] == {
        "id": "reuters", "name": "Reuters", "country": "GBR", "kind": "agency", "agency_copy": True,
    }  # fmt: skip
    assert (known["grade"], known["grade_from"]) == ("B", "its kind, agency")
    assert (unknown["outlet"], unknown["grade"]) == (None, "F")
    assert unknown["grade_from"] == "the lexicon does not have this publisher"
    assert (unnamed["outlet"], unnamed["grade"]) == (None, "F")
    assert unnamed["grade_from"] == "its publisher is not stated"
    table = ran("documents")
    assert "GBR, agency: B" in table
    assert "not listed: F" in table


def test_show_tells_them_too(news: Path) -> None:
    assert "agency, United Kingdom (GBR); source graded B (usually reliable) by its kind, agency" in ran("show", "a")
    assert "source graded F (cannot be judged): its publisher is not stated" in ran("show", "c")


def test_a_deal_tells_the_publishers_of_its_documents(book: Path) -> None:
    assert "source graded F (cannot be judged): its publisher is not stated" in ran("show", "31-07")
    (told,) = lines("show", "31-07", "--format", "jsonl")
    assert {p["grade"] for p in told["publishers"].values()} == {"F"}


# -- a user's own grades ----------------------------------------------------------------------------------


def test_own_grades_win_by_id_name_or_address(news: Path) -> None:
    _own(news, "Thomson Reuters: a\nharbour.example: C\n")
    assert _grades() == {
        "a": ("A", "your file"),
        "b": ("C", "your file"),
        "c": ("F", "its publisher is not stated"),
    }
    assert "source graded A (completely reliable) by your file" in ran("show", "a")


def test_a_file_that_is_named_wins_over_the_settings(news: Path) -> None:
    _own(news, "reuters: A\n")
    (news / "mine.yml").write_text("reuters: D\nThe Harbour Post: E\n")
    told = _grades("--publishers", "mine.yml")
    assert (told["a"][0], told["b"][0]) == ("D", "E")
    assert _grades()["a"][0] == "A"


def test_an_empty_file_changes_nothing(news: Path) -> None:
    _own(news, "# nothing yet\n")
    assert _grades()["a"] == ("B", "its kind, agency")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("reuters: G\n", "reuters: 'G' is no grade (give one of A, B, C, D, E, F)"),
        ("reuters: 1\n", "reuters: 1 is no grade"),
        ("reuters: [A]\n", "reuters: ['A'] is no grade"),
        ("no: A\n", "False is no name of a publisher (put names in quotation marks)"),
        ("'...': A\n", "'...' is no name of a publisher"),
        ("reuters: A\nThomson Reuters: B\n", "Thomson Reuters: graded A and B (keep one of the two)"),
        ("reuters: A\nreuters: B\n", "reuters: graded twice (keep one of the two)"),
        ("- reuters\n", "is no list of publishers and grades"),
        ("reuters: [A\n", "is not YAML"),
        ("a: !!python/object/apply:os.getcwd []\n", "is not YAML"),
    ],
)
def test_a_file_that_makes_no_sense_is_refused_in_one_line(text: str, told: str, news: Path) -> None:
    (news / "mine.yml").write_text(text)
    result = run("documents", "--publishers", "mine.yml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"armsledger: mine.yml: {told}" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_file_that_is_not_there_is_refused(news: Path) -> None:
    result = run("documents", "--publishers", "none.yml")
    assert result.exit_code == 2
    assert "armsledger: none.yml: No such file or directory" in result.stderr


# -- the list of publishers -------------------------------------------------------------------------------


def test_the_list_can_be_narrowed() -> None:
    told = lines("lexicon", "publishers", "--country", "Türkiye", "--kind", "agency", "--format", "jsonl")
    assert told
    assert {(p["country"], p["kind"], p["grade"]) for p in told} == {("TUR", "agency", "B")}
    assert all(p["domains"] and p["source"] for p in told)


def test_the_list_by_grade_follows_own_grades(here: Path) -> None:
    (here / "mine.yml").write_text("reuters: A\nharbour.example: C\n")
    (told,) = lines("lexicon", "publishers", "--grade", "A", "--publishers", "mine.yml", "--format", "jsonl")
    assert (told["id"], told["grade_from"]) == ("reuters", "your file")
    table = ran("lexicon", "publishers", "--grade", "A", "--publishers", "mine.yml")
    assert "A*" in table
    assert "Graded in your file and not in the lexicon: harbour.example C." in table


def test_the_list_as_a_table_says_how_many_there_are() -> None:
    told = ran("lexicon", "publishers", "--kind", "official", "--limit", "2")
    assert "official" in told
    assert "publishers, of which 2 are shown" in told


def test_an_empty_list_says_what_to_do() -> None:
    told = ran("lexicon", "publishers", "--kind", "blog", "--grade", "A")
    assert told == "No publisher fits. Ask for less, or see all: armsledger lexicon publishers\n"


def test_find_tells_the_fields_of_an_outlet(here: Path) -> None:
    told = ran("lexicon", "find", "Reuters")
    for words in ("agency copy  yes", "B (usually reliable), by its kind, agency", "reuters.com"):
        assert words in told
    (here / "mine.yml").write_text("reuters: C\n")
    assert "C (fairly reliable), by your file" in ran("lexicon", "find", "Reuters", "--publishers", "mine.yml")
