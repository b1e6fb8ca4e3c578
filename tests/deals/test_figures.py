"""Shares of the arms trade: sentence -> whose share of what, of which years; and what a table says of them.

The tables of the first tests are invented. The last ones read published shares beside the checkout, where they are.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsledger.deals.figures import Share, Subject, Window, find_figures
from armsledger.deals.findings import Finding
from armsledger.deals.vintages import Figures, Published, Verdict, judge, table_of
from armsledger.deals.written import Written, written
from armsledger.model import DocumentId, Span
from hostile import growth

D = DocumentId("d")


def told(text: str) -> list[str]:
    """``RUS of IND imports: 36 2020-24``; the years with a question mark where they are not in the sentence."""
    words = {
        Share.IMPORTS: "{} of imports",
        Share.EXPORTS: "{} of exports",
        Share.SUPPLIER: "{} of {} imports",
        Share.RECIPIENT: "{} of {} exports",
    }
    return [
        f"{words[f.subject.share].format(f.subject.party, f.subject.whole)}: {f.percent.amount}"
        + (f" {f.window}{'' if f.stated else '?'}" if f.window else "")
        for f in find_figures(text, D)
    ]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        # a share of the world's trade
        ("Norway accounted for 8.3 % of global arms imports in 2020-24.", ["NOR of imports: 8.3 2020-24"]),
        ("Norway's share of global arms exports was 0.9 per cent in 2020–24.", ["NOR of exports: 0.9 2020-24"]),
        (
            "Norway was a large importer in 2020-24, with a 4.1 per cent share of total global arms imports.",
            ["NOR of imports: 4.1 2020-24"],
        ),
        # a supplier's share of what one state imports
        ("Sweden supplied 36 percent of Norway's arms imports in 2020-24.", ["SWE of NOR imports: 36 2020-24"]),
        ("Some 81% of Norwegian arms imports came from Sweden in 2020-24.", ["SWE of NOR imports: 81 2020-24"]),
        (
            "Norway got its arms imports mainly from Sweden (46 %), Italy (20 %) and Spain (9.5 %) in 2020-24.",
            ["SWE of NOR imports: 46 2020-24", "ITA of NOR imports: 20 2020-24", "ESP of NOR imports: 9.5 2020-24"],
        ),
        (
            "Sweden accounted for 45% of Norway's arms imports between 2018 and 2022, Italy for 29%.",
            ["SWE of NOR imports: 45 2018-22", "ITA of NOR imports: 29 2018-22"],
        ),
        # a recipient's share of what one state exports
        ("In 2021–25 Norway received 61 per cent of Swedish arms exports.", ["NOR of SWE exports: 61 2021-25"]),
        ("And 38 per cent of Swedish arms exports went to Norway.", ["NOR of SWE exports: 38"]),
        # moves: each share with its years
        (
            "Sweden's share of Norwegian arms imports fell from 72 % in 2010–14 to 55 % in 2015–19 and 36 % in 2020–24.",
            ["SWE of NOR imports: 72 2010-14", "SWE of NOR imports: 55 2015-19", "SWE of NOR imports: 36 2020-24"],
        ),
        (
            "Norway's share of global arms imports was 9.8 % in 2019–23, up from 9.1 % in 2014–18.",
            ["NOR of imports: 9.8 2019-23", "NOR of imports: 9.1 2014-18"],
        ),
        # the first of two shares is of years that are not told
        (
            "Sweden's share of Norwegian arms imports fell from 72 to 55 per cent in 2015-19.",
            ["SWE of NOR imports: 72", "SWE of NOR imports: 55 2015-19"],
        ),
        # the years of the paper, where it names no others
        (
            "The study covers 2020-24. Sweden supplied 36 percent of Norway's arms imports.",
            ["SWE of NOR imports: 36 2020-24?"],
        ),
    ],
)
def test_shares(text: str, figures: list[str]) -> None:
    assert told(text) == figures


@pytest.mark.parametrize(
    "text",
    [
        "Norwegian arms imports grew by 61 per cent between 2015–19 and 2020–24.",  # a change
        "Arms imports by Norway fell 9.3 per cent in 2020-24.",
        "There was a 47 per cent increase in Norway's arms imports in 2020-24.",
        "Norway's share of global arms imports rose by 2 percentage points.",
        "Sweden supplied 36 per cent of Norway's imports in 2020-24. Arms are another matter.",  # other goods
        "Sweden and Italy shared 60 per cent of Norway's arms imports in 2020-24.",  # whose?
        "Its main supplier was Sweden, which gave 82 per cent of its arms imports.",  # whose imports?
        "In 2020-24 arms imports mattered to Norway.",
    ],
)
def test_what_tells_no_share(text: str) -> None:
    assert told(text) == []


def test_no_sentence_goes_over_an_empty_line_and_other_stretches_are_not_read() -> None:
    text = "Arms imports of Norway\n\nSweden supplied 36 percent of Norway's arms imports in 2020-24. It pleased 8 % of all."
    (figure,) = find_figures(text, D)
    assert figure.start == text.index("Sweden")
    assert not list(find_figures(text, D, [Span(0, 24)]))


def test_the_words_stand_where_they_say() -> None:
    text = "A head.\n\n  Sweden supplied 36 percent of Norway's arms imports in 2020-24.  More.\n"
    (figure,) = find_figures(text, D)
    assert text[figure.start : figure.end] == figure.quote
    assert figure.quote.startswith("Sweden supplied")


@given(st.text(st.sampled_from("%19- 2020-24 per cent of Norwegian arms imports from Sweden (,.)'"), max_size=400))
def test_any_text_is_read_and_its_words_stand(text: str) -> None:
    for figure in find_figures(text, D):
        assert text[figure.start : figure.end] == figure.quote
        assert 0 <= figure.percent.amount < 1000


def test_reading_takes_time_in_line_with_the_length_of_the_text() -> None:
    for unit in ("Sweden's 1 % arms imports from 2 % to ", "2020-24 1 % ", "arms imports 1 % of "):
        assert growth(lambda text: list(find_figures(text, D)), unit) < 8


# -- against a table --------------------------------------------------------------------------------------

NORWAY = Subject(Share.SUPPLIER, "SWE", "NOR")


def percent(said: str) -> Written:
    return written(Decimal(said), said)


def window(said: str) -> Window:
    return Window(int(said[:4]), int(said[:2] + said[-2:]))


def published(*rows: str, subject: Subject = NORWAY) -> list[Published]:
    """``2020-24 2025 36``: years, year of the print, per cent."""
    split = (row.split() for row in rows)
    return [Published(subject, window(years), int(printed), percent(share)) for years, printed, share in split]


TABLE = table_of(published("2010-14 2015 72", "2015-19 2020 55", "2015-19 2025 56", "2020-24 2025 36.4"))


@pytest.mark.parametrize(
    ("said", "years", "verdict"),
    [
        ("36.4", "2020-24", Verdict.NONE),
        ("36", "2020-24", Verdict.ROUNDING),
        ("37", "2020-24", Verdict.ERROR),  # 36.4 does not round to it
        ("56", "2015-19", Verdict.NONE),
        ("55", "2015-19", Verdict.VINTAGE),
        ("72", "2015-19", Verdict.WINDOW),
        ("56", "2020-24", Verdict.WINDOW),
        ("12", "2020-24", Verdict.ERROR),
        ("36.4", "2016-20", Verdict.UNKNOWN),
    ],
)
def test_verdicts(said: str, years: str, verdict: Verdict) -> None:
    assert judge(NORWAY, percent(said), window(years), TABLE).verdict is verdict


def test_without_years_or_table_nothing_is_known() -> None:
    assert judge(NORWAY, percent("36"), None, TABLE).verdict is Verdict.UNKNOWN
    assert judge(NORWAY, percent("36"), window("2020-24"), {}).verdict is Verdict.UNKNOWN


def test_a_source_whose_years_are_shifted() -> None:
    """It tells a share that is in no table, and gives these years' own share to the next ones."""
    beside = [(window("2015-19"), percent("80")), (window("2020-24"), percent("56"))]
    assert judge(NORWAY, percent("80"), window("2015-19"), TABLE, beside).verdict is Verdict.WINDOW
    assert judge(NORWAY, percent("80"), window("2015-19"), TABLE).verdict is Verdict.ERROR


def reported(*papers: str, table: list[Published] | None = None) -> list[Finding]:
    figures = Figures(table_of(table or []))
    for number, text in enumerate(papers):
        document = DocumentId(f"d{number}")
        figures.add(find_figures(text, document), f"2026-03-{number + 1:02}")
    return list(figures.findings())


MIXED = "Sweden supplied 55 % of Norway's arms imports in 2020-24."


def test_findings_of_a_table() -> None:
    (found,) = reported(MIXED, table=published("2015-19 2020 55", "2020-24 2025 36"))
    assert (
        found.what == "Sweden's share of Norway's arms imports in 2020-24: 55 %: the share of 2015-19, told of 2020-24"
    )
    assert [w.quote for w in found.where] == [MIXED]
    assert dict(found.facts)["published"] == "55 % of 2015-19, printed in 2020"
    assert not reported(MIXED, table=published("2020-24 2025 55"))


def test_findings_without_a_table() -> None:
    other = MIXED.replace("55", "36")
    (found,) = reported(MIXED, other, MIXED)
    assert found.what == "Sweden's share of Norway's arms imports in 2020-24: 55 % against 36 %"
    assert [w.document for w in found.where] == ["d0", "d1"]
    (alone,) = reported(f"{MIXED} {other}")
    assert alone.what.endswith("55 % against 36 %, in one paper")
    assert not reported(MIXED, MIXED.replace("55", "55.2"))  # rounded
    assert not reported(MIXED, other.replace("2020-24", "2021-25"))


@given(st.permutations([MIXED, MIXED.replace("55", "36"), MIXED.replace("Sweden", "Italy"), MIXED.replace("55", "41")]))
def test_the_order_of_documents_changes_nothing(papers: list[str]) -> None:
    def run(order: list[str]) -> list[Finding]:
        figures = Figures({})
        for text in order:
            figures.add(find_figures(text, DocumentId(text)), "2026-03-01")
        return list(figures.findings())

    shuffled = list(papers)
    random.Random(1).shuffle(shuffled)
    assert run(shuffled) == run(papers)


# -- against published shares beside the checkout --------------------------------------------------------


def rows(folder: Path, name: str) -> Iterator[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def test_every_conflict_of_the_validation_table(shared: Path) -> None:
    """Real figures of reports, with the cause that was found by hand; what the tables lack is taken from there."""
    folder = shared / "validation"
    table = [
        Published(Subject(Share.SUPPLIER, r["supplier"].lower(), r["importer"].lower()), window(r["window"]), int(r["vintage_year"]), percent(r["share_pct"]))
        for name in ("sipri_import_shares", "sipri_vintage_revisions")
        for r in rows(folder, name)
    ]  # fmt: skip
    table += [
        Published(Subject(Share.IMPORTS, r["country"].lower()), window(r["window"]), int(r["vintage_year"]), percent(r["share_pct_of_world"]))
        for r in rows(folder, "sipri_global_shares")
        if r["role"] == "importer"
    ]  # fmt: skip
    claims = [(*_object(r["object"]), r) for r in rows(folder, "claims_numeric_conflicts")]
    known = {(p.subject, p.window) for p in table}
    for subject, years, row in claims:
        if (subject, years) not in known:
            known.add((subject, years))
            table.append(Published(subject, years, years.last + 1, percent(row["reference_value_pct"])))
    found = []
    for subject, years, row in claims:
        own = [
            (w, percent(r["value_pct"])) for s, w, r in claims if s == subject and r["source_id"] == row["source_id"]
        ]
        found.append(str(judge(subject, percent(row["value_pct"]), years, table_of(table), own).verdict))
    assert len(found) == 25
    assert found == [row["conflict_code"] for _, _, row in claims]


def _object(name: str) -> tuple[Subject, Window]:
    """``india_russia_share_2013_17``, ``india_world_import_share_2021_25``."""
    parts = name.split("_")
    years = window(f"{parts[-2]}-{parts[-1]}")
    if parts[1] == "world":
        return Subject(Share.IMPORTS, parts[0]), years
    return Subject(Share.SUPPLIER, parts[1], parts[0]), years
