"""``armsledger explain``: every field with its words, its rule, its points; and other readers of the passage."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from armsledger.claims import points
from armsledger.ledger import Ledger
from armsledger.model import Anchor, Certainty, Claim, Document, DocumentKind, Polarity, Reading, Stage
from armsledger.pipeline import RULES
from armsledger.views.explain import Explained, explained_line, neighbours, reader_told, show_explained, slots_of
from armsledger.views.hows import how_told

from .made_up import DAY, NOTICE, lines, ran, run, write

TEXT = "The harbour was quiet. Borduria reportedly sold six S-400 systems to Syldavia, officials said. Nobody objected."
DOCUMENT = Document("report.txt", DocumentKind.NEWS, TEXT, (), title="A \x1b[2Jreport")


def anchor(field: str, value: str, quote: str, how: str = "stated") -> Anchor:
    start = TEXT.index(quote)
    return Anchor(field, value, start, start + len(quote), quote, how)


QUOTE = "Borduria reportedly sold six S-400 systems to Syldavia"
START = TEXT.index(QUOTE)
CLAIM = Claim(
    DOCUMENT.id, START, START + len(QUOTE), QUOTE, "news/1", Stage.ORDERED,
    supplier="Borduria", recipient="Syldavia", item="S-400", system="s-400", quantity=Decimal(6),
    certainty=Certainty.POSSIBLE, evidence=Decimal("1.25"),
    anchors=(
        anchor("supplier", "Borduria", "Borduria"),
        anchor("recipient", "Syldavia", "Syldavia", "focus"),
        anchor("item", "S-400", "S-400 systems"),
        anchor("quantity", "6", "six"),
        anchor("certainty", "possible", "reportedly", "cue"),
        anchor("stage", "ordered", "sold", "a rule of tomorrow"),
    ),
)  # fmt: skip
MODEL = replace(CLAIM, reader="llm/small-model", certainty=Certainty.CERTAIN, quantity=None, evidence=None)


def told(claim: Claim, *others: Claim, capsys: pytest.CaptureFixture[str]) -> str:
    show_explained(Explained(claim, DOCUMENT, (claim, *others)))
    return capsys.readouterr().out


# -- of a claim -------------------------------------------------------------------------------------------


def test_each_field_has_its_value_its_words_its_place_and_its_rule(capsys: pytest.CaptureFixture[str]) -> None:
    shown = told(CLAIM, capsys=capsys)
    assert "“Borduria” at 23 to 31: the words say it" in shown
    assert "“Syldavia” at 69 to 77: the party that the text speaks of most at this point" in shown
    assert "“reportedly” at 32 to 42: this word tells how sure it is" in shown
    assert "Not stated  value, programme, mode, date, condition" in shown
    assert "nothing denies it" in shown
    assert "nobody else is quoted, so the author speaks" in shown


def test_a_rule_that_is_not_known_is_shown_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert "“sold” at 43 to 47: rule: a rule of tomorrow" in told(CLAIM, capsys=capsys)
    assert how_told("item", "a rule of tomorrow") == "rule: a rule of tomorrow"


def test_the_passage_is_shown_with_the_words_marked(capsys: pytest.CaptureFixture[str]) -> None:
    shown = " ".join(told(CLAIM, capsys=capsys).split())
    assert "[Borduria] [reportedly] [sold] [six] [S-400 systems] to [Syldavia], officials said." in shown
    assert "Nobody objected" not in shown


def test_evidence_threshold_and_reader(capsys: pytest.CaptureFixture[str]) -> None:
    from armsledger.claims.news import LEAST_EVIDENCE

    shown = told(CLAIM, capsys=capsys)
    assert f"1.25 points; by default a claim is kept from {LEAST_EVIDENCE} points on" in shown
    assert "news/1: rules for news, version 1" in shown


def test_a_model_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    shown = told(MODEL, capsys=capsys)
    assert "llm/small-model: a language model, small-model" in shown
    assert "no points: what a model says is kept where its quotes stand in the text" in shown
    assert reader_told("llm/org/name") == "llm/org/name: a language model, org/name"
    assert explained_line(Explained(MODEL, DOCUMENT, (MODEL,)))["model"] == "small-model"


def test_hostile_words_command_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    nasty = replace(CLAIM, speaker="a\x1b[31m\u202eb", condition="if \x07", anchors=CLAIM.anchors)
    shown = told(nasty, capsys=capsys)
    assert not {"\x1b", "\u202e", "\x07"} & set(shown)


def test_points_of_single_fields_are_shown_where_the_reader_tells_them(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {"supplier": Decimal("0.50"), "certainty": Decimal("-0.2")}
    monkeypatch.setattr(points, "points_by_field", lambda _document, _claim: given)
    shown = " ".join(told(CLAIM, capsys=capsys).split())
    assert "“Borduria” at 23 to 31: the words say it; +0.50 points" in shown
    assert "this word tells how sure it is; -0.2 points" in shown
    slots = {slot["name"]: slot["points"] for slot in explained_line(Explained(CLAIM, DOCUMENT, (CLAIM,)))["slots"]}
    assert (slots["supplier"], slots["recipient"]) == (0.5, None)


def test_readers_that_do_not_weigh_give_no_points(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(points, "points_by_field", lambda _document, _claim: {"supplier": Decimal(1)})
    slots = explained_line(Explained(MODEL, DOCUMENT, (MODEL,)))["slots"]
    assert all(slot["points"] is None for slot in slots)


def test_every_slot_comes_once_and_in_a_fixed_order() -> None:
    names = [slot.name for slot in slots_of(CLAIM)]
    assert names == [slot.name for slot in slots_of(replace(CLAIM, anchors=CLAIM.anchors[::-1]))]
    assert len(names) == len(set(names))
    more = replace(CLAIM, anchors=(*CLAIM.anchors, anchor("contractor", "Six", "six")))
    assert [slot.name for slot in slots_of(more)] == [*names, "contractor"]


# -- other readers ----------------------------------------------------------------------------------------


def test_another_reader_is_compared_field_by_field(capsys: pytest.CaptureFixture[str]) -> None:
    shown = told(CLAIM, MODEL, capsys=capsys)
    assert f"news/1 and llm/small-model DIFFER (claim {MODEL.id[:8]})" in shown
    assert "≠ certainty: possible (news/1), certain (llm/small-model)" in shown
    assert "only news/1 states quantity: 6" in shown
    assert "the same: supplier, recipient, item, stage, polarity, speaker" in " ".join(shown.split())


def test_readers_that_agree(capsys: pytest.CaptureFixture[str]) -> None:
    same = replace(CLAIM, reader="llm/m", evidence=None)
    shown = told(CLAIM, same, capsys=capsys)
    assert "news/1 and llm/m agree" in shown
    assert "≠" not in shown


def test_another_transfer_in_the_passage_stands_beside(capsys: pytest.CaptureFixture[str]) -> None:
    other = replace(MODEL, supplier="Freedonia", item="radar", system=None, polarity=Polarity.DENIED)
    explained = Explained(CLAIM, DOCUMENT, (CLAIM, other))
    assert neighbours(explained) == ([], [other])
    shown = " ".join(told(CLAIM, other, capsys=capsys).split())
    assert "llm/small-model reads here too: Freedonia → Syldavia, radar, ordered, denied, certain" in shown


def test_no_other_reader(capsys: pytest.CaptureFixture[str]) -> None:
    assert "none made a claim of this passage" in told(CLAIM, capsys=capsys)


# -- from a ledger ----------------------------------------------------------------------------------------


@pytest.fixture
def both(here: Path) -> Path:
    """A ledger with what two readers made of one passage."""
    with Ledger.open("both.db") as ledger:
        apart = replace(RULES, place=lambda claim: (claim.id, f"claim {claim.id}"))
        ledger.record([Reading(DOCUMENT, claims=(CLAIM, MODEL))], apart)
        ledger.settle(apart)
    return here


@pytest.mark.parametrize("length", [8, 24])
def test_by_id_or_how_it_begins(length: int, both: Path) -> None:
    shown = ran("explain", CLAIM.id[:length].upper(), "--ledger", "both.db")
    assert f"Claim {CLAIM.id}: Borduria → Syldavia" in shown
    assert "≠ certainty: possible (news/1), certain (llm/small-model)" in shown


def test_as_json(both: Path) -> None:
    for form in ("json", "jsonl"):
        (told,) = lines("explain", CLAIM.id, "--ledger", "both.db", "--format", form)
        assert told["claim"]["id"] == CLAIM.id
        assert (told["evidence"], told["reader"], told["model"]) == (1.25, "news/1", None)
        slots = {slot["name"]: slot for slot in told["slots"]}
        (words,) = slots["supplier"]["words"]
        assert TEXT[words["start"] : words["end"]] == words["quote"] == "Borduria"
        assert (words["how"], words["told"]) == ("stated", "the words say it")
        assert slots["value"] == {"name": "value", "value": None, "points": None, "words": []}
        (pair,) = told["readers"]
        assert (pair["other_claim"], pair["agree"]) == (MODEL.id, False)


def test_a_deal_says_where_readers_differ(both: Path) -> None:
    from armsledger.deals import deal_id

    deal = deal_id(f"claim {CLAIM.id}")
    shown = ran("show", deal, "--ledger", "both.db")
    assert "Read by more than one reader" in shown
    assert "≠ certainty: possible (news/1), certain (llm/small-model)" in shown
    (told,) = lines("show", deal, "--ledger", "both.db", "--format", "jsonl")
    (pair,) = told["readers"]
    assert (pair["claim"], pair["other_claim"], pair["agree"]) == (CLAIM.id, MODEL.id, False)


def test_a_deal_of_one_reader_says_nothing_of_readers(book: Path) -> None:
    assert "more than one reader" not in ran("show", "31-07")
    assert lines("show", "31-07", "--format", "jsonl")[0]["readers"] == []


def test_a_claim_points_to_its_explanation(book: Path) -> None:
    (first, *_) = lines("claims", "--format", "jsonl")
    shown = ran("show", first["id"])
    assert f"armsledger explain {first['id'][:8]}" in shown
    assert first["id"] in ran("explain", first["id"][:8])


def test_no_such_claim(book: Path) -> None:
    result = run("explain", "zzzz")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no claim of this ledger has an id that begins so" in result.stderr
    assert "armsledger claims" in result.stderr


def test_a_claim_or_a_file_is_needed() -> None:
    result = run("explain")
    assert result.exit_code == 2
    assert "Missing argument 'CLAIM'" in result.stderr


# -- of a file --------------------------------------------------------------------------------------------


def test_all_claims_of_a_file_without_a_ledger(here: Path) -> None:
    write(here, notice_txt=NOTICE)
    found = lines("explain", "--in", "notice.txt", "--format", "jsonl")
    (reading,) = lines("read", "notice.txt", "--no-ledger", "--format", "jsonl")
    assert [e["claim"]["id"] for e in found] == [c["id"] for c in reading["claims"]]
    assert sorted(p.name for p in here.iterdir()) == ["notice.txt"]
    one = found[1]["claim"]["id"]
    (again,) = (json.loads(row) for row in ran("explain", one, "--in", "notice.txt", "--format", "json").splitlines())
    assert again == found[1]


def test_a_notice_says_what_follows_from_its_form(here: Path) -> None:
    write(here, notice_txt=NOTICE)
    shown = " ".join(ran("explain", "--in", "notice.txt").split())
    assert "whoever publishes this form speaks in it" in shown
    assert "no points: this reader knows fixed wordings and does not weigh" in shown
    assert "notices/1: rules for official sale notices, version 1" in shown


def test_a_buyer_of_a_shared_contract_has_its_own_words_only(here: Path) -> None:
    write(here, day_txt=DAY)
    found = lines("explain", "--in", "day.txt", "--format", "jsonl")
    (denmark,) = (e for e in found if e["claim"]["recipient"] == "DNK")
    (recipient,) = (slot for slot in denmark["slots"] if slot["name"] == "recipient")
    assert [w["quote"] for w in recipient["words"]] == ["Denmark"]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["--in", "none.txt"], 2, "none.txt: no such file or folder"),
        (["--in", "quiet.txt"], 1, "quiet.txt: this file gives no claim"),
        (["zzzz", "--in", "notice.txt"], 1, "zzzz: no claim of this file has an id that begins so"),
        (["", "--in", "notice.txt"], 2, "stands for"),
    ],
)
def test_what_a_file_does_not_have(arguments: list[str], code: int, told: str, here: Path) -> None:
    write(here, notice_txt=NOTICE, quiet_txt="Nothing of note happened in the harbour.")
    result = run("explain", *arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert told in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_claim_from_news_tells_the_points_of_its_sides_and_its_item(here: Path) -> None:
    write(here, news_txt="Turkey ordered 40 F-16 fighter jets from the United States on Monday.\n")
    (told,) = lines("explain", "--in", "news.txt", "--format", "json")
    slots = {slot["name"]: slot for slot in told["slots"]}
    for name in ("item", "supplier", "recipient", "both sides"):
        assert slots[name]["points"] is not None, name
    assert slots["supplier"]["words"][0]["quote"] == "United States"
    assert "points" in ran("explain", "--in", "news.txt")
    document = Document("news.txt", DocumentKind.NEWS, "Nothing.", ())
    assert points.points_by_field(document, CLAIM) == {}


@pytest.mark.parametrize(
    ("field", "code", "told"),
    [
        ("stage", "offer, operator", "“offer”, which tells how far the transfer has come"),
        ("stage", "sale, noun", "the noun “sale”"),
        ("supplier", "after from", "it stands after “from”"),
        ("item", "pronoun: last", "a pronoun that stands for the last item named"),
        ("item", "noun: a new way", "a noun that stands for an item of this text (rule: a new way)"),
        ("item", "nothing: known", "rule: nothing: known"),
        ("stage", "", "rule: "),
    ],
)
def test_codes_that_carry_a_word(field: str, code: str, told: str) -> None:
    assert how_told(field, code) == told
