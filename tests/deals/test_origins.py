"""Origins: copies, rewrites, credits and citations lead back to one report; independent reports stay two.

The stories in ``stories/`` are invented. Those with a number are one agency story and what others made of it; those
with a letter were written by somebody else about the same event. ``radars`` was written after the thresholds were set
and showed that one threshold was a little too high; it is no held-out set any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armsledger.deals.origins import Origin, Why, origins
from armsledger.deals.sketch import Sketch, sketch
from armsledger.model import (
    Anchor,
    Certainty,
    Claim,
    Document,
    DocumentId,
    DocumentKind,
    Polarity,
    SpeakerKind,
    Stage,
)

STORIES = Path(__file__).parent / "stories"


def story(name: str, **about: Any) -> Document:
    """One of the stories as a document of a paper that the lexicon does not have."""
    (path,) = STORIES.glob(f"{name}-*.txt")
    return document(path.read_text(encoding="utf-8"), name, **about)


def document(text: str, name: str, **about: Any) -> Document:
    told: dict[str, Any] = {"published": "2026-03-04", "publisher": f"Paper {name}"} | about
    return Document(name, DocumentKind.NEWS, text, (), title=text.partition("\n")[0], **told)


def claim(of: Document, words: str = "", **slots: Any) -> Claim:
    """A claim of a document on some of its words, by its author."""
    start = of.text.index(words) if words else 0
    quote = words or of.text[:30]
    told: dict[str, Any] = {"stage": Stage.ORDERED, "supplier": "FRA", "recipient": "PER", "system": "caesar"} | slots
    speaker = told.get("speaker")
    if speaker and speaker in of.text:
        at = of.text.index(speaker)
        told["anchors"] = (Anchor("speaker", speaker, at, at + len(speaker), speaker),)
    return Claim(of.id, start, start + len(quote), quote, told.pop("reader", "news/1"), told.pop("stage"), **told)


def by(speaker: str, kind: SpeakerKind, **slots: Any) -> dict[str, Any]:
    return {"speaker": speaker, "speaker_kind": kind, **slots}


def found(
    documents: Iterable[Document], claims: Iterable[Claim] | None = None, *, sketched: bool = True
) -> tuple[Origin, ...]:
    given_: dict[DocumentId, Document] = {d.id: d for d in documents}
    sketches: Mapping[DocumentId, Sketch] = {d.id: sketch(d) for d in given_.values()} if sketched else {}
    return origins([claim(d) for d in given_.values()] if claims is None else claims, given_, sketches)


def together(documents: Iterable[Document], claims: Iterable[Claim] | None = None) -> list[list[str]]:
    """The names of the documents of each origin."""
    kept = list(documents)
    names = {d.id: d.name for d in kept}
    return sorted(sorted(names[d] for d in origin.documents) for origin in found(kept, claims))


def without_credit(of: Document) -> Document:
    text = of.text
    for words in (
        "(AFP) -",
        "With inputs from AFP",
        ", AFP reported",
        " (AFP)",
        "(AP) -",
        "the Associated Press",
        "(Ritzau) -",
    ):
        text = text.replace(words, "")
    return replace(of, text=text)


# -- one story, told many times ---------------------------------------------------------------------------

REWRITES = [f"howitzers-{n}" for n in range(1, 13)]


def test_twelve_rewrites_of_one_agency_story_are_one_origin() -> None:
    agency = story("howitzers-0", publisher="AFP", published="2026-03-03")
    (origin,) = found([agency, *map(story, REWRITES)])
    assert len(origin.documents) == 13
    assert origin.first == agency.id
    assert (origin.outlet, origin.read, origin.name) == ("afp", True, "Agence France-Presse")


def test_they_are_one_where_the_agencys_own_text_is_not_here() -> None:
    (origin,) = found(map(story, REWRITES))
    assert len(origin.documents) == 12
    assert (origin.outlet, origin.read, origin.name) == ("afp", False, "Agence France-Presse (not read)")


def test_they_are_one_where_no_credit_is_left() -> None:
    """By wording alone, the original among them; the brief has too few words left to be told by them."""
    kept = [without_credit(story(name)) for name in ("howitzers-0", *REWRITES)]
    (origin,) = found(kept)
    assert {tie.why for tie in origin.ties} <= {Why.COPY, Why.REWRITE}
    assert origin.outlet is None


@pytest.mark.parametrize("rewrite", REWRITES)
def test_each_rewrite_alone_leads_back_to_the_original(rewrite: str) -> None:
    original = without_credit(story("howitzers-0", published="2026-03-03"))
    (origin,) = found([original, without_credit(story(rewrite))])
    assert origin.first == original.id


@pytest.mark.parametrize("subject", ["frigates", "engines", "radars"])
def test_heavier_paraphrases_lead_back_too(subject: str) -> None:
    numbered = [p.stem.rsplit("-", p.stem.count("-") - 1)[0] for p in STORIES.glob(f"{subject}-[0-9]-*.txt")]
    assert len(numbered) >= 4
    assert len(found(map(story, numbered))) == 1


@pytest.mark.parametrize(
    "pair",
    [
        *combinations(["howitzers-a", "howitzers-b", "howitzers-c", "howitzers-d"], 2),
        *((f"howitzers-{n}", f"howitzers-{letter}") for n in range(13) for letter in "abcd"),
        ("frigates-a", "frigates-b"), ("frigates-0", "frigates-a"), ("frigates-0", "frigates-b"),
        ("engines-a", "engines-b"), ("engines-0", "engines-a"), ("engines-0", "engines-b"),
        ("radars-a", "radars-b"), ("radars-0", "radars-a"), ("radars-0", "radars-b"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_two_independent_reports_are_two(pair: tuple[str, str]) -> None:
    assert len(found(map(story, pair))) == 2


def test_independent_reports_stay_apart_beside_all_rewrites() -> None:
    names = ["howitzers-0", *REWRITES, *(f"howitzers-{letter}" for letter in "abcd")]
    groups = together(map(story, names))
    assert len(groups) == 5
    assert max(groups, key=len) == sorted(["howitzers-0", *REWRITES])


def test_one_quotation_in_two_reports_does_not_make_them_one() -> None:
    """The statement is the minister's in both; what each says beside it is its own."""
    assert len(found([story("howitzers-7"), story("howitzers-c")])) == 2


# -- rules that keep apart --------------------------------------------------------------------------------


def test_two_agencies_with_much_the_same_words_are_two() -> None:
    """Both were in the room; a third of the words in common is no copy where each has its own name on it."""
    one = story("howitzers-4", publisher="AFP")
    assert len(found([one, story("howitzers-0", publisher="Paper")])) == 1
    assert len(found([replace(one, publisher="Reuters"), without_credit(story("howitzers-0", publisher="AFP"))])) == 2


def test_a_rewrite_is_of_the_same_days() -> None:
    """Half a year later the same figures and names are background."""
    original = story("engines-0", publisher="AP")
    assert len(found([original, story("engines-1", published="2026-03-10")])) == 1
    assert len(found([original, story("engines-1", published="2026-09-10")])) == 2


def test_a_paper_may_use_its_own_words_again() -> None:
    one, other = (without_credit(story(n, publisher="The Lima Example")) for n in ("howitzers-0", "howitzers-4"))
    assert len(found([one, other])) == 2
    assert len(found([one, replace(other, publisher="Another Example")])) == 1


def test_a_text_made_of_two_agencies_copy_does_not_tie_them_together() -> None:
    one, other = story("howitzers-0", publisher="AFP"), story("frigates-0", publisher="Reuters")
    mixed = document(f"{one.text}\n\n{other.text}", "mixed", published="2026-03-05")
    assert together([one, other, mixed]) == [["frigates-0"], ["howitzers-0", "mixed"]]


def test_reports_made_by_one_form_are_two() -> None:
    def form(hull: str, yard: str, sum_: int, day: int, place: str, crew: int) -> str:
        return (
            f"The shipyard {yard} has handed over the patrol vessel {hull} to the coast guard, the ministry said. The "
            f"vessel cost {sum_} million euros and will be stationed at {place} with a crew of {crew} from {day} June "
            f"onwards. It is the latest in a series of vessels that replace older boats of the coast guard, the "
            f"ministry said, and was handed over after trials at sea that lasted several weeks."
        )

    one = document(form("Aurora", "Northam", 41, 12, "Kelby", 28), "one")
    other = document(form("Borealis", "Southwick", 57, 25, "Marrow", 33), "other")
    assert len(found([one, other])) == 2


def test_short_texts_say_too_little() -> None:
    one, other = document("Peru buys guns from France", "one"), document("Peru buys guns from France", "two")
    assert len(found([one, other])) == 2


# -- credits and citations --------------------------------------------------------------------------------

TOLD = "Peru will receive four coast radars, according to Bloomberg, and crews are in training."


def test_two_papers_that_cite_one_outlet_are_one_origin_that_was_not_read() -> None:
    papers = [document(TOLD, "one"), document("Bloomberg reported on Friday that Peru will get coast radars.", "two")]
    (origin,) = found(papers)
    assert (origin.outlet, origin.read) == ("bloomberg", False)
    assert {tie.why for tie in origin.ties} == {Why.CITATION}
    for tie in origin.ties:
        ((of, span),) = tie.words
        assert next(d for d in papers if d.id == of).text[span.start : span.end] == "Bloomberg"


def test_they_lead_to_its_own_report_where_it_is_here() -> None:
    own = document("Four radars for a long coast: how the purchase came about", "own", publisher="Bloomberg")
    (origin,) = found([document(TOLD, "one", published="2026-03-05"), own])
    assert (origin.first, origin.read) == (own.id, True)


def test_of_several_reports_the_last_one_before_is_meant() -> None:
    first = document("Four radars for a long coast", "first", publisher="Bloomberg", published="2026-01-05")
    second = document("Crews of the coast guard learn a trade", "second", publisher="Bloomberg", published="2026-03-01")
    late = document("Nobody had expected this turn of events", "late", publisher="Bloomberg", published="2026-06-01")
    assert together([first, second, late, document(TOLD, "one")]) == [["first"], ["late"], ["one", "second"]]


def test_a_claim_that_an_outlet_speaks_is_told_of_it() -> None:
    paper = document("The sale is near, it was claimed in Turkish media last week.", "one")
    (origin,) = found([paper], [claim(paper, **by("Turkish media", SpeakerKind.OUTLET))])
    assert (origin.outlet, origin.read, origin.name) == ("Turkish media", False, "Turkish media (not read)")


def test_an_outlet_that_is_named_for_something_else_is_no_source() -> None:
    text = "Peru will receive radars, the minister said. " + "It was a long day at the port. " * 12 + TOLD
    paper = document(text, "one")
    own = claim(paper, "Peru will receive radars", **by("minister", SpeakerKind.PERSON))
    (origin,) = found([paper], [own])
    assert origin.read


def test_voices_of_its_own_outweigh_a_citation() -> None:
    paper = document(TOLD + " The minister denied it. A colonel said the radars stand already.", "one")
    told = claim(paper, "Peru will receive four coast radars")
    minister = claim(paper, "The minister denied it", **by("minister", SpeakerKind.PERSON))
    colonel = claim(paper, "A colonel said", **by("colonel", SpeakerKind.PERSON))
    assert not found([paper], [told, minister])[0].read
    assert found([paper], [told, minister, colonel])[0].read


def test_an_outlet_that_names_itself_leads_nowhere() -> None:
    (origin,) = found([document(TOLD, "one", publisher="Bloomberg")])
    assert (origin.read, origin.ties) == (True, ())


def test_two_outlets_that_cite_each_other_are_one_origin_that_begins_with_the_first() -> None:
    one = document("According to Reuters, Peru will get radars.", "one", publisher="Bloomberg", published="2026-03-01")
    other = document("Bloomberg reported that Peru will get radars.", "two", publisher="Reuters")
    (origin,) = found([one, other])
    assert origin.first == one.id


def test_a_credit_holds_for_copies_that_dropped_it() -> None:
    credited, bare = story("howitzers-1"), without_credit(story("howitzers-2"))
    (origin,) = found([credited, bare])
    assert origin.outlet == "afp"


# -- official papers --------------------------------------------------------------------------------------

NOTICE = (
    "The State Department has made a determination approving a possible sale to the Government of Peru of coastal "
    "radars and related equipment for an estimated cost of $90 million. The proposed sale will improve the capability "
    "of Peru to watch its fishing grounds and to rescue those in distress. The principal contractor will be Example "
    "Systems of Reno, Nevada. Implementation of this sale will require three contractor representatives in Peru."
)


def notice(**about: Any) -> Document:
    return document(NOTICE, "notice", **({"publisher": "Defense Security Cooperation Agency"} | about))


def approved(of: Document, words: str = "", **slots: Any) -> Claim:
    return claim(of, words, stage=Stage.APPROVED, supplier="USA", **slots)


def test_two_official_papers_are_two_origins() -> None:
    register = document(NOTICE.replace("made a determination", "determined")[:250], "fr", publisher="Federal Register")
    documents = [notice(), register]
    origins_ = found(documents, [approved(d, reader="notices/1") for d in documents])
    assert [o.official for o in origins_] == [True, True]


def test_a_copy_of_one_official_paper_is_the_same_paper() -> None:
    assert len(found([notice(), notice(publisher="DSCA", published="2026-03-07")])) == 1


def test_a_paper_with_another_sum_is_another_paper_but_for_a_page_that_was_changed() -> None:
    enlarged = notice(published="2026-05-02")
    enlarged = replace(enlarged, text=enlarged.text.replace("$90 million", "$120 million"))
    assert len(found([notice(), enlarged])) == 2
    page = "https://www.dsca.mil/Press-Media/radars"
    assert len(found([replace(d, url=page) for d in (notice(), enlarged)])) == 1


def test_a_paper_without_a_publisher_is_official_by_its_form() -> None:
    unsigned = notice(publisher=None)
    assert found([unsigned], [approved(unsigned, reader="notices/1")])[0].official
    assert not found([unsigned], [approved(unsigned)])[0].official
    printed = notice(publisher="Breaking Defense")
    assert not found([printed], [approved(printed, reader="notices/1")])[0].official


def test_a_reprint_of_an_official_paper_leads_back_to_it_whatever_its_date() -> None:
    reprint = document("Radars for Peru\n\n" + NOTICE, "reprint", published="2026-03-01")
    (origin,) = found([reprint, notice(published="2026-03-04")])
    assert (origin.official, origin.first) == (True, notice(published="2026-03-04").id)


def test_a_reprint_does_not_tie_two_official_papers_together() -> None:
    other = document(
        NOTICE.replace("Peru", "Chile").replace("$90", "$75") + " " + SUPPLEMENT, "other", publisher="DSCA"
    )
    reprint = document(NOTICE, "reprint", published="2026-03-05")
    assert len(found([notice(), other, reprint])) == 2


SUPPLEMENT = "A second paragraph tells of boats, of their engines, of spare parts in Valparaiso and of a school. " * 3


def test_a_report_that_quotes_the_paper_leads_back_to_it() -> None:
    text = 'Approval for radars. "The proposed sale will improve the capability of Peru to watch its fishing grounds," it reads.'
    paper = document(text, "one", published="2026-03-05")
    (origin,) = found([notice(), paper], [approved(notice(), reader="notices/1"), approved(paper)])
    (tie,) = origin.ties
    assert (tie.document, tie.to, tie.why) == (paper.id, notice().id, Why.OFFICE)


def test_a_report_of_an_offices_word_leads_back_to_its_paper_and_a_voice_of_its_own_does_not() -> None:
    paper = document("The State Department approved radars, it said. A diplomat called it a bargain.", "one")
    official = approved(notice(), reader="notices/1")
    relayed = approved(paper, **by("State Department", SpeakerKind.OFFICE))
    assert len(found([notice(), paper], [official, relayed])) == 1
    own = approved(paper, "A diplomat called it a bargain", **by("diplomat", SpeakerKind.PERSON))
    assert len(found([notice(), paper], [official, relayed, own])) == 2


def test_a_denial_is_no_relay_of_the_paper_that_it_denies() -> None:
    paper = document("The US embassy denied that radars are part of it.", "one", published="2026-03-05")
    denial = approved(paper, **by("US embassy", SpeakerKind.OFFICE), polarity=Polarity.DENIED)
    assert len(found([notice(), paper], [approved(notice(), reader="notices/1"), denial])) == 2


def test_what_stands_in_one_quotation_is_one_statement() -> None:
    said = '"We will receive four radars of the newest kind before the winter is over"'
    one, other = (
        document(f"{said}, the admiral said.", "one"),
        document(f"A speech at the port. {said}. It rained.", "two"),
    )
    later = replace(other, published="2026-03-06")
    inside = "We will receive four radars"
    (origin,) = found([one, later], [claim(d, inside, **by("admiral", SpeakerKind.PERSON)) for d in (one, later)])
    assert [t.why for t in origin.ties] == [Why.QUOTATION]
    outside = [*(claim(d, inside) for d in (one, later)), claim(later, "It rained")]
    assert len(found([one, later], outside)) == 2


# -- laws -------------------------------------------------------------------------------------------------

POOL = [
    *map(story, ["howitzers-0", "howitzers-1", "howitzers-2", "howitzers-4", "howitzers-6", "howitzers-a", "howitzers-d"]),
    story("frigates-4", published=None),
    document(TOLD, "cites"),
    document("Four radars for a long coast", "own", publisher="Bloomberg", published="2026-02-01"),
    document("According to Reuters, radars are on their way.", "bloomberg 2", publisher="Bloomberg"),
    notice(),
    document("Radars\n\n" + NOTICE, "reprint", published="2026-03"),
    document("", "empty"),
]  # fmt: skip
SPEAKERS = [
    ("author", SpeakerKind.AUTHOR),
    ("State Department", SpeakerKind.OFFICE),
    ("Bloomberg", SpeakerKind.OUTLET),
    ("Turkish media", SpeakerKind.OUTLET),
    ("unnamed sources", SpeakerKind.UNNAMED),
    ("Quispe", SpeakerKind.PERSON),
]
SKETCHES = {d.id: sketch(d) for d in POOL}


@st.composite
def deals(draw: st.DrawFn) -> list[Claim]:
    """Claims of some of the pool's documents, by any voices."""
    some = draw(st.lists(st.sampled_from(POOL), min_size=1, unique_by=lambda d: d.id))
    made = []
    for of in some:
        for speaker, kind in draw(st.lists(st.sampled_from(SPEAKERS), min_size=1, max_size=3)):
            stage = draw(st.sampled_from([Stage.APPROVED, Stage.ORDERED]))
            made.append(claim(of, stage=stage, **by(speaker, kind)))
    return made


def of_pool(claims: Iterable[Claim], documents: Iterable[Document] = POOL) -> tuple[Origin, ...]:
    return origins(claims, {d.id: d for d in documents}, SKETCHES)


@given(deals(), st.randoms())
@settings(max_examples=60)
def test_order_changes_nothing(claims: list[Claim], chance: Any) -> None:
    mixed, documents = list(claims), list(POOL)
    chance.shuffle(mixed)
    chance.shuffle(documents)
    assert of_pool(mixed, documents) == of_pool(claims)
    assert of_pool([*claims, *claims]) == of_pool(claims)


@given(deals())
@settings(max_examples=60)
def test_every_document_has_one_origin_and_ties_stay_within_it(claims: list[Claim]) -> None:
    made = of_pool(claims)
    held = [d for origin in made for d in origin.documents]
    assert sorted(held) == sorted({c.document for c in claims})
    assert len(made) <= len(held)
    for origin in made:
        assert origin.first in origin.documents
        assert {t.document for t in origin.ties} | {t.to for t in origin.ties if t.to} <= set(origin.documents)
        assert len({origin.key for origin in made}) == len(made)
    texts = {d.id: d.text for d in POOL}
    assert all(0 <= s.start <= s.end <= len(texts[d]) for o in made for t in o.ties for d, s in t.words)


@given(deals(), st.sampled_from(POOL))
@settings(max_examples=60)
def test_a_reprint_adds_a_document_and_no_origin(claims: list[Claim], of: Document) -> None:
    """Another paper that prints the same text and says nothing of where it is from."""
    if not any(c.document == of.id for c in claims) or len(of.text) < 200:
        return
    copy = replace(of, publisher="The Reprinting Example", published="2026-12-01")
    mine = [replace(c, document=copy.id) for c in claims if c.document == of.id]
    documents = {d.id: d for d in (*POOL, copy)}
    more = origins([*claims, *mine], documents, {**SKETCHES, copy.id: sketch(copy)})
    assert len(more) == len(of_pool(claims))


@given(deals())
@settings(max_examples=40)
def test_as_of_a_day_only_documents_that_are_given_count(claims: list[Claim]) -> None:
    early = [d for d in POOL if (d.published or "9999") <= "2026-03-04"]
    ids = {d.id for d in early}
    assert of_pool(claims, early) == of_pool([c for c in claims if c.document in ids])


def test_without_sketches_claims_alone_tell() -> None:
    papers = [story("howitzers-1"), story("howitzers-2")]
    assert len(found(papers, sketched=False)) == 2
    cited = [claim(p, **by("Bloomberg", SpeakerKind.OUTLET)) for p in papers]
    assert len(found(papers, cited, sketched=False)) == 1


def test_nothing_has_no_origins() -> None:
    assert origins([], {}, {}) == ()


def test_how_sure_is_how_sure_the_least_sure_tie_is() -> None:
    copied = found([without_credit(story("howitzers-0")), without_credit(story("howitzers-1"))])
    rewritten = found([without_credit(story("engines-0")), story("engines-1")])
    assert copied[0].sure is Certainty.CERTAIN
    assert rewritten[0].sure is Certainty.POSSIBLE
    assert found([story("howitzers-a")])[0].sure is Certainty.CERTAIN
