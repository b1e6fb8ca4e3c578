"""The Python API: small values with their words, shown in notebooks as text that is escaped, and cheap to import."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import armsledger
from armsledger.errors import InputError, NotFound
from armsledger.ledger import Ledger as Book
from armsledger.pipeline import Report, read_inputs, record

from .made_up import lines

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "dossier"
HOSTILE = (
    "Freedonia <script>alert(1)</script> to sell missiles\n\n2025-06-01\n\n"
    'Turkey signed a contract to buy 12 "><img src=x onerror=alert(2)> F-16 fighters from the United States on Monday, '
    "the ministry said.\n"
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("python")
    (folder / "hostile.txt").write_text(HOSTILE)
    with Book.open(folder / "ledger.db") as book:
        record(book, read_inputs([str(EXAMPLES), str(folder / "hostile.txt")], Report()))
    return folder / "ledger.db"


@pytest.fixture
def ledger(path: Path) -> Iterator[armsledger.Ledger]:
    with armsledger.Ledger.open(path) as opened:
        yield opened


def test_deals_are_those_of_the_command_line(ledger: armsledger.Ledger, path: Path) -> None:
    deals = ledger.deals(recipient="Turkey")
    assert [deal.id for deal in deals] == [
        line["id"] for line in lines("deals", "--ledger", str(path), "--recipient", "Turkey", "--format", "jsonl")
    ]
    assert len(deals) == len(list(deals)) > 0
    assert deals[0].recipient == "TUR"
    assert [deal.id for deal in deals[:1]] == [deals[0].id]


def test_every_value_opens_onto_the_words_of_its_document(ledger: armsledger.Ledger) -> None:
    for deal in ledger.deals():
        for values in deal.fields.values():
            for value in values:
                assert value.claims
                for claim in value.claims:
                    assert claim.span.of(ledger.text(claim.document.id)) == claim.quote


def test_a_deal_as_of_a_day_knows_only_what_was_published_by_then(ledger: armsledger.Ledger) -> None:
    assert "approved" in ledger.deal("25-33", as_of="2025-05-14").status
    with pytest.raises(NotFound):
        ledger.deal("25-33", as_of="2025-01-01")
    assert all((claim.document.published or "~") <= "2025-06-01" for claim in ledger.claims(as_of="2025-06-01"))


def test_rows_are_those_of_the_exports(ledger: armsledger.Ledger, path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    from armsledger.views.rows import COLUMNS

    for found, what in ((ledger.deals(), "deals"), (ledger.claims(), "claims"), (ledger.documents(), "documents")):
        rows = lines("export", what, "--ledger", str(path), "--format", "jsonl")
        assert json.loads(json.dumps(found.to_dicts())) == rows
        frame = found.to_pandas()
        assert isinstance(frame, pandas.DataFrame)
        assert tuple(frame.columns) == COLUMNS[what]
        assert len(frame) == len(rows)


def test_an_empty_answer_has_its_columns(ledger: armsledger.Ledger) -> None:
    pytest.importorskip("pandas")
    nothing = ledger.deals(recipient="Iceland")
    assert len(nothing) == 0
    assert "quote" in nothing.to_pandas().columns
    assert "<tbody></tbody>" in nothing._repr_html_()


def test_a_filter_that_there_is_not_is_refused(ledger: armsledger.Ledger) -> None:
    with pytest.raises(TypeError, match="recipent"):
        ledger.deals(recipent="PAK")
    with pytest.raises(InputError, match="Atlantis"):
        ledger.deals(recipient="Atlantis")
    with pytest.raises(NotFound):
        armsledger.Ledger.open("nothing.db")


def test_what_a_notebook_shows_is_escaped(ledger: armsledger.Ledger) -> None:
    shown = [ledger.deals(), ledger.claims(), ledger.documents(), *ledger.deals()]
    told = "".join(one._repr_html_() for one in shown)
    assert "&lt;img src=x" in told
    tags = set(re.findall(r"<\s*/?\s*([a-zA-Z]+)", told))
    assert tags <= {"div", "p", "strong", "br", "table", "caption", "thead", "tbody", "tr", "th", "td"}
    assert not re.search(r"<[^>]*\bon\w+=", told)


def test_what_is_printed_names_the_thing(ledger: armsledger.Ledger) -> None:
    assert "25-33" not in repr(ledger.deals())
    assert re.match(r"<Deals \(\d+\): Deals: claims where recipient is TUR>", repr(ledger.deals(recipient="Turkey")))
    assert repr(ledger.deal("25-33")).startswith("<Deal d")
    assert "Claim" in repr(ledger.claims()[0])
    assert ledger.deals().summary[0].keys() >= {"deal", "status", "contested"}


def test_importing_the_package_loads_nothing_of_weight() -> None:
    """Counted by modules, not by time: the package itself and what the interpreter brings."""
    code = (
        "import sys; before = set(sys.modules); import armsledger; new = set(sys.modules) - before; "
        "print(sorted(n for n in new if n.startswith('armsledger'))); print(len(new)); armsledger.Ledger; "
        "print('sqlalchemy' in sys.modules, 'pandas' in sys.modules, 'fastapi' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    ours, count, heavy = done.stdout.splitlines()
    assert ours == "['armsledger']"
    assert int(count) <= 40  # typing and what it needs
    assert heavy == "False False False"
