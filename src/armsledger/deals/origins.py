"""Documents of one deal -> origins: the reports that copies, quotations and rewrites lead back to.

Each document leads back to at most one other thing, by the first of these that holds:

1. *wording*: the text is a copy or a rewrite of another one (``likeness.py``); such texts are one group.
2. *an official paper*: the text of the group is a copy or rewrite of one.
3. *credit*: the text is credited to an agency; the whole group leads back to it, with copies that dropped the credit.
4. *citation*: what it says of the deal is told as another outlet's report, in at least as many claims as have a voice
   of their own.
5. *word of an office*: it quotes an official paper, or gives the word of an office that the paper of that office or of
   its government has; no other voice but the author's tells anything of the deal.
6. *quotation*: it tells nothing of the deal but what stands in a long quotation that an earlier document has, too.

What leads nowhere is an origin. An outlet whose own report is not here is an origin that was not read. An official
paper leads nowhere: two of them are two origins, but for copies of one paper (with other figures it is another one,
except on a page that was changed in its place). A document has one origin, so that there are never more origins than
documents; that two origins rest on one voice is for ``credibility.py``.

A pure function of what is given: order changes nothing; as of a date, pass the documents that were published by then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol

from armsledger.deals.crediting import AGENCIES, NO_MEDIA, Named
from armsledger.deals.likeness import (
    SAME_PAPER,
    Kinship,
    Likeness,
    Wording,
    alike,
    kinship,
    near_in_time,
    stands_in,
    wording,
)
from armsledger.deals.sketch import Sketch
from armsledger.deals.voices import OFFICIAL_READERS, office_named, party_of, reader_of
from armsledger.lexicon.entries import OutletEntry
from armsledger.lexicon.matcher import lexicon
from armsledger.lexicon.outlets import fold_name, outlet_named, outlet_of, place_of
from armsledger.model import Certainty, Claim, DocumentId, Polarity, Span, SpeakerKind

NEAR = 240  # characters between a claim and the outlet that is named as its source
_OFFICIAL = frozenset({"official", "ministry"})
_LAST = "9999"  # documents without a date come last


class DocumentFacts(Protocol):
    """What must be known of a document beside its text: a document itself, or its row in a ledger."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def title(self) -> str | None:
        """Its title."""

    @property
    def published(self) -> str | None:
        """When it was published, as an ISO date as precise as it is known."""

    @property
    def publisher(self) -> str | None:
        """Who published it, as it says."""

    @property
    def url(self) -> str | None:
        """Where."""


class Why(StrEnum):
    """Why a document leads back to another, or to an outlet."""

    COPY = "copy"
    REWRITE = "rewrite"
    CREDIT = "credit"
    CITATION = "citation"
    OFFICE = "word of an office"
    QUOTATION = "quotation"


@dataclass(frozen=True, slots=True)
class Tie:
    """Why one document leads back to another one, or (``to`` is None) to an outlet whose report is not here.

    ``words`` are the words that say so, where words do: spans of documents.
    """

    document: DocumentId
    to: DocumentId | None
    why: Why
    told: str
    sure: Certainty
    outlet: str | None = None
    words: tuple[tuple[DocumentId, Span], ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """A report, and all documents that lead back to it, by date of publication (undated last) and id.

    ``first`` is the official paper or the report of the credited agency where it is here, else the earliest document.
    ``outlet`` is the id of the outlet whose report it is (its name where the lexicon does not have it), None where that
    is not known. ``read`` is false where that report itself is not among the documents.
    """

    first: DocumentId
    documents: tuple[DocumentId, ...]
    outlet: str | None = None
    official: bool = False
    read: bool = True
    ties: tuple[Tie, ...] = ()

    @property
    def sure(self) -> Certainty:
        """How sure it is that all of them are of one origin: as sure as the least sure tie."""
        return max((tie.sure for tie in self.ties), key=list(Certainty).index, default=Certainty.CERTAIN)

    @property
    def key(self) -> str:
        """What tells it from the deal's other origins: the document that it begins with, or the outlet not read."""
        return self.first if self.read else f"outlet {self.outlet}"

    @property
    def name(self) -> str | None:
        """The outlet's name, marked where its report was not read; None where the outlet is not known."""
        if self.outlet is None:
            return None
        known = outlet_named(self.outlet)
        return (known.name if known else self.outlet) + ("" if self.read else " (not read)")


def origins(
    claims: Iterable[Claim], documents: Mapping[DocumentId, DocumentFacts], sketches: Mapping[DocumentId, Sketch]
) -> tuple[Origin, ...]:
    """The origins of the documents that speak of one deal, by date of the first document and id.

    ``claims`` are the deal's; those of documents that are not given do not count. A document without a sketch is
    compared by its claims alone.
    """
    papers = _papers(claims, documents, sketches)
    groups = _Groups(papers)
    groups.join_copies()
    groups.lead_back()
    return tuple(sorted(groups.origins(), key=lambda o: papers[o.first].place))


# -- what is known of each document -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Paper:
    """A document of the deal with what its origin is told by."""

    id: DocumentId
    published: str | None
    url: str | None
    claims: tuple[Claim, ...]
    sketch: Sketch | None
    outlet: OutletEntry | None
    house: str  # the same for all documents of one publisher, the document's own id where it is not told
    official: bool
    office: str | None  # the office that published it, where the lexicon has it
    wording: Wording | None
    named: tuple[Named, ...]  # the outlets that the text names as agency or source, its own publisher left out
    credits: tuple[Named, ...]  # of these, the agencies that the text is credited to
    agencies: frozenset[str]  # whose text it may be: the agencies credited, else an agency that publishes it

    @property
    def place(self) -> tuple[str, DocumentId]:
        """Where it stands among others: by date of publication, undated last, then by id."""
        return self.published or _LAST, self.id

    @property
    def day(self) -> str:
        """The day of publication, the last one where it is not known."""
        return self.published or _LAST


def _papers(
    claims: Iterable[Claim], documents: Mapping[DocumentId, DocumentFacts], sketches: Mapping[DocumentId, Sketch]
) -> dict[DocumentId, _Paper]:
    told: dict[DocumentId, dict[str, Claim]] = {}
    for claim in claims:
        if claim.document in documents:
            told.setdefault(claim.document, {})[claim.id] = claim
    made = {}
    for document, held in told.items():
        ordered = tuple(sorted(held.values(), key=lambda c: (c.start, c.end, c.id)))
        made[document] = _paper(document, documents[document], ordered, sketches.get(document))
    return dict(sorted(made.items(), key=lambda p: p[1].place))


def _paper(document: DocumentId, facts: DocumentFacts, claims: tuple[Claim, ...], sketch: Sketch | None) -> _Paper:
    office = office_named(facts.publisher) if facts.publisher else None
    outlet = outlet_of(facts)
    own = outlet.id if outlet else None
    named = tuple(n for n in sketch.named if n.outlet != own) if sketch else ()
    credits_ = tuple(n for n in named if n.credit)
    publishes = frozenset({outlet.id}) if outlet and outlet.kind in AGENCIES else frozenset()
    return _Paper(
        id=document,
        published=facts.published,
        url=facts.url,
        claims=claims,
        sketch=sketch,
        outlet=outlet,
        house=house_of(facts),
        official=is_official(facts, claims),
        office=office.id if office else None,
        wording=wording(sketch) if sketch else None,
        named=named,
        credits=credits_,
        agencies=frozenset(n.outlet for n in credits_) or publishes,
    )


def is_official(facts: DocumentFacts, claims: Iterable[Claim]) -> bool:
    """Whether a document is an office's own paper: by its publisher, else by the form that claims were read from."""
    if facts.publisher and office_named(facts.publisher):
        return True
    outlet = outlet_of(facts)
    return outlet.kind in _OFFICIAL if outlet else any(reader_of(c) in OFFICIAL_READERS for c in claims)


def house_of(facts: DocumentFacts) -> str:
    """The publisher: the lexicon's id, else the name or the host that is given, else the document's own id."""
    outlet = outlet_of(facts)
    if outlet is not None:
        return outlet.id
    place = (place_of(facts.url) if facts.url else None) or ""
    return fold_name(facts.publisher or "") or place.partition("/")[0] or facts.id


def houses(documents: Mapping[DocumentId, DocumentFacts], found: Iterable[Origin]) -> dict[DocumentId, str]:
    """Whose report each document leads back to: the publisher of the origin's first one, or the outlet not read."""
    return {
        document: house_of(documents[origin.first]) if origin.read else origin.outlet or origin.key
        for origin in found
        for document in origin.documents
    }


# -- groups -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two documents whose texts are alike; a copy of an official paper has that as ``to``."""

    document: DocumentId
    to: DocumentId
    kinship: Kinship
    likeness: Likeness

    def tie(self, document: DocumentId) -> Tie:
        """Why a document leads back to the other one."""
        told, sure = self.likeness.told, self.likeness.sure(self.kinship)
        return Tie(document, self.other(document), Why(self.kinship), told, sure)

    def other(self, document: DocumentId) -> DocumentId:
        """The other document."""
        return self.to if document == self.document else self.document


@dataclass(frozen=True, slots=True)
class _Lead:
    """Where a group leads: to another group, or to an outlet's report that is not here."""

    group: DocumentId | None
    ties: tuple[Tie, ...]
    outlet: str | None = None


@dataclass
class _Groups:
    """Copies and rewrites of one text, each group named by its first document, and where each group leads."""

    papers: dict[DocumentId, _Paper]
    of: dict[DocumentId, DocumentId] = field(default_factory=dict)  # document -> the first document of its group
    pairs: list[_Pair] = field(default_factory=list)  # that put two groups together: within a group, a tree
    official: dict[DocumentId, Tie] = field(default_factory=dict)  # document -> the official paper that it copies
    heads: dict[DocumentId, _Lead] = field(default_factory=dict)  # group -> the report, one of it, that others name
    leads: dict[DocumentId, _Lead] = field(default_factory=dict)

    def join_copies(self) -> None:
        """Put copies and rewrites of one text together, the most alike first."""
        self.of = {document: document for document in self.papers}
        order = {document: n for n, document in enumerate(self.papers)}
        pairs = sorted(_pairs(self.papers), key=lambda p: (-p.likeness.share, order[p.document], order[p.to]))
        for pair in pairs:
            one, other = self.papers[pair.document], self.papers[pair.to]
            if other.official and not one.official:
                if one.id not in self.official:
                    self.official[one.id] = pair.tie(one.id)
            elif self.of[one.id] != self.of[other.id] and self._may_join(one, other):
                self._join(one.id, other.id)
                self.pairs.append(pair)

    def _may_join(self, one: _Paper, other: _Paper) -> bool:
        """Whether two texts may make one group: one put together from two agencies does not tie these to each other."""
        return all(len(p.agencies) < 2 or len(self.members(self.of[p.id])) == 1 for p in (one, other))

    def _join(self, one: DocumentId, other: DocumentId) -> None:
        first, second = sorted((self.of[one], self.of[other]), key=lambda d: self.papers[d].place)
        self.of |= dict.fromkeys(self.members(second), first)

    def members(self, group: DocumentId) -> list[DocumentId]:
        """The documents of a group, in order."""
        return [d for d in self.papers if self.of[d] == group]

    # -- where each leads

    def lead_back(self) -> None:
        """Find where each group leads, by the first rule that holds."""
        rules = (self._to_paper, self._to_credit, self._to_citation, self._to_office, self._to_quotation)
        for group in dict.fromkeys(self.of.values()):
            members = [self.papers[d] for d in self.members(group)]
            if any(p.official for p in members):
                continue
            lead = next((lead for rule in rules if (lead := rule(members)) is not None), None)
            if lead is not None:  # the report that they name may be one of them
                (self.heads if lead.group == group else self.leads)[group] = lead

    def _to_paper(self, members: Sequence[_Paper]) -> _Lead | None:
        found = [self.official[p.id] for p in members if p.id in self.official]
        return self._led(found)

    def _to_credit(self, members: Sequence[_Paper]) -> _Lead | None:
        """To the agency that most of them credit; of several to the one that is credited first."""
        named = [(p, p.credits) for p in members if p.credits]
        count = Counter(outlet for _, credits_ in named for outlet in {n.outlet for n in credits_})
        if not count:
            return None
        first = named[0][1][0].outlet
        agency = max(count, key=lambda outlet: (count[outlet], outlet == first, outlet))
        ties = [_credit(p, agency, credits_) for p, credits_ in named if any(n.outlet == agency for n in credits_)]
        own = next((p for p in members if p.outlet and p.outlet.id == agency), None)
        return self._to_outlet(agency, ties, own or members[0])

    def _to_citation(self, members: Sequence[_Paper]) -> _Lead | None:
        """To the outlet whose report most of them tell."""
        cited = [tie for p in members if (tie := _citation(p)) is not None]
        if not cited or 2 * len(cited) < len(members):
            return None
        outlet = cited[0].outlet or ""
        return self._to_outlet(outlet, [tie for tie in cited if tie.outlet == outlet], members[0])

    def _to_outlet(self, outlet: str, ties: Sequence[Tie], asked: _Paper) -> _Lead:
        """To the last report of an outlet up to a document, else to its first one, else to one that is not here."""
        own = [p for p in self.papers.values() if p.outlet and p.outlet.id == outlet]
        if not own:
            return _Lead(None, tuple(ties), outlet)
        earlier = [p for p in own if p.day <= asked.day]
        target = (earlier or own[:1])[-1].id
        return _Lead(self.of[target], tuple(replace(tie, to=target) for tie in ties))

    def _to_office(self, members: Sequence[_Paper]) -> _Lead | None:
        official = [p for p in self.papers.values() if p.official]
        return self._led([_office_tie(p, official) for p in members]) if official else None

    def _to_quotation(self, members: Sequence[_Paper]) -> _Lead | None:
        papers, own = list(self.papers.values()), {p.id for p in members}
        return self._led(
            [_quotation_tie(p, [q for q in papers if q.place < p.place and q.id not in own]) for p in members]
        )

    def _led(self, ties: Sequence[Tie | None]) -> _Lead | None:
        """Where ties lead that all documents of a group must have."""
        found = [tie for tie in ties if tie is not None]
        if not found or len(found) < len(ties) or found[0].to is None:
            return None
        return _Lead(self.of[found[0].to], tuple(found))

    # -- what comes of it

    def origins(self) -> Iterator[Origin]:
        """The origins: groups that lead to one another, or to one outlet that is not here."""
        found: dict[tuple[bool, str], set[DocumentId]] = {}
        for group in dict.fromkeys(self.of.values()):
            found.setdefault(self._end(group), set()).add(group)
        for (read, end), groups in found.items():
            documents = tuple(d for d in self.papers if self.of[d] in groups)
            order = {document: n for n, document in enumerate(documents)}
            ties = (tie for group in groups for tie in self._ties(group))
            ordered = tuple(sorted(ties, key=lambda t: (order[t.document], list(Why).index(t.why))))
            if read:
                first = self.papers[self._first(DocumentId(end))]
                outlet = first.outlet.id if first.outlet else None
                yield Origin(first.id, documents, outlet, first.official, ties=ordered)
            else:
                yield Origin(documents[0], documents, end, read=False, ties=ordered)

    def _ties(self, group: DocumentId) -> Iterator[Tie]:
        """Why each document of a group leads back: what says so itself, the others by their wording to these."""
        named = self.leads.get(group) or self.heads.get(group)
        direct = [tie for tie in named.ties if tie.document != tie.to] if named else []
        yield from direct
        reached = [self._first(group)] if group not in self.leads else []
        reached += [tie.document for tie in direct if tie.document not in reached]
        for document in reached:  # grows while it is gone through
            for pair in self.pairs:
                if document in (pair.document, pair.to) and pair.other(document) not in reached:
                    reached.append(pair.other(document))
                    yield pair.tie(pair.other(document))

    def _end(self, group: DocumentId) -> tuple[bool, str]:
        """Where the way from a group ends: at a group (of a circle at its first), or at an outlet that is not here."""
        way = [group]
        while (lead := self.leads.get(way[-1])) is not None:
            if lead.group is None:
                return False, lead.outlet or ""
            if lead.group in way:
                return True, min(way[way.index(lead.group) :], key=lambda d: self.papers[d].place)
            way.append(lead.group)
        return True, way[-1]

    def _first(self, group: DocumentId) -> DocumentId:
        """The document that a group begins with: an official paper, else its agency's own, else the earliest."""
        official = next((d for d in self.members(group) if self.papers[d].official), None)
        named = (tie.to for tie in self.heads[group].ties) if group in self.heads else iter(())
        return official or next((d for d in named if d is not None), group)


# -- by wording -------------------------------------------------------------------------------------------


def _pairs(papers: Mapping[DocumentId, _Paper]) -> Iterator[_Pair]:
    """The pairs of documents of which one is a copy or a rewrite of the other.

    A document that is all but the same text as an earlier one is compared with nothing else: it goes where that goes.
    """
    heads: list[tuple[_Paper, Wording]] = []
    for later in papers.values():
        if later.wording is None:
            continue
        found: list[_Pair] = []
        for earlier, text in heads:
            pair = _pair(earlier, later, text, later.wording)
            if pair is not None and pair.likeness.jaccard >= SAME_PAPER and earlier.official is later.official:
                yield pair
                break
            found += [] if pair is None else [pair]
        else:
            heads.append((later, later.wording))
            yield from found


def _pair(earlier: _Paper, later: _Paper, text: Wording, other: Wording) -> _Pair | None:
    found = alike(text, other)
    kin = None if found is None else _kinship(earlier, later, found)
    if found is None or kin is None:
        return None
    if later.official and not earlier.official:
        return _Pair(earlier.id, later.id, kin, found)
    return _Pair(later.id, earlier.id, kin, found)


def _kinship(one: _Paper, other: _Paper, found: Likeness) -> Kinship | None:
    if one.official and other.official:
        edited = one.url is not None and one.url == other.url  # a page that was changed in its place
        return Kinship.COPY if found.jaccard >= SAME_PAPER and (edited or found.facts == found.of_facts) else None
    rivals = bool(one.agencies and other.agencies and not one.agencies & other.agencies)
    kin = kinship(found, at_home=one.house == other.house, rivals=rivals)
    return None if kin is Kinship.REWRITE and not near_in_time(one.published, other.published) else kin


# -- by what they say of themselves -----------------------------------------------------------------------


def _credit(paper: _Paper, agency: str, credits_: Sequence[Named]) -> Tie:
    places = tuple((paper.id, Span(n.start, n.end)) for n in credits_ if n.outlet == agency)
    others = sorted({_outlet_name(n.outlet) for n in credits_} - {_outlet_name(agency)})
    told = f"credited to {_outlet_name(agency)}" + (f", and to {', '.join(others)}" if others else "")
    sure = Certainty.PROBABLE if others else Certainty.CERTAIN
    return Tie(paper.id, None, Why.CREDIT, told, sure, agency, places[:1])


def _citation(paper: _Paper) -> Tie | None:
    """The outlet that most of what a document says of the deal is told of; None where voices of its own say more."""
    relayed: list[tuple[str, str, tuple[DocumentId, Span]]] = []
    own = 0
    for claim in paper.claims:
        source = _source(claim, paper)
        if source is not None:
            relayed.append(source)
        elif claim.speaker_kind not in (SpeakerKind.AUTHOR, SpeakerKind.OUTLET):
            own += 1
    if not relayed or own > len(relayed):
        return None
    outlet, name, place = relayed[0]
    others = sorted({n for o, n, _ in relayed if o != outlet})
    told = f"told as the report of {name}" + (f", and of {', '.join(others)}" if others else "")
    return Tie(paper.id, None, Why.CITATION, told, Certainty.PROBABLE, outlet, (place,))


def _source(claim: Claim, paper: _Paper) -> tuple[str, str, tuple[DocumentId, Span]] | None:
    """The outlet that a claim is told of: its speaker, or one that is named as source beside it; with its words."""
    if claim.speaker_kind is SpeakerKind.OUTLET:
        outlet = outlet_named(claim.speaker)
        if outlet is None or outlet.kind in NO_MEDIA:
            words = next((Span(a.start, a.end) for a in claim.anchored("speaker")), Span(claim.start, claim.end))
            return claim.speaker, claim.speaker, (paper.id, words)
        if paper.outlet is not None and outlet.id == paper.outlet.id:
            return None
        words = next((Span(a.start, a.end) for a in claim.anchored("speaker")), Span(claim.start, claim.end))
        return outlet.id, outlet.name, (paper.id, words)
    near = [n for n in paper.named if claim.start - NEAR <= n.start and n.end <= claim.end + NEAR]
    inside = [n for n in near if claim.start <= n.start and n.end <= claim.end]
    if claim.speaker_kind is SpeakerKind.AUTHOR or inside:
        named = (inside or near)[:1]
        return next(((n.outlet, _outlet_name(n.outlet), (paper.id, Span(n.start, n.end))) for n in named), None)
    return None


def _outlet_name(outlet: str) -> str:
    return next((o.name for o in lexicon().outlets if o.id == outlet), outlet)


# -- by whose words they give -----------------------------------------------------------------------------


def _office_tie(paper: _Paper, official: Sequence[_Paper]) -> Tie | None:
    """The last official paper up to a document that has all that it tells of the deal, beside the author's words, as
    the word of an office; or that it quotes, telling nothing by any other voice.
    """
    voiced = [c for c in paper.claims if c.speaker_kind is not SpeakerKind.AUTHOR]
    if any(c.speaker_kind is not SpeakerKind.OFFICE or c.polarity is Polarity.DENIED for c in voiced):
        return None
    for source in reversed([q for q in official if q.day <= paper.day]):
        quoted = _quoted_from(paper, source)
        if quoted is not None:
            quote = ((paper.id, quoted),)
            return Tie(paper.id, source.id, Why.OFFICE, "quotes the paper", Certainty.PROBABLE, None, quote)
        if voiced and all(_is_word_of(c, source) for c in voiced):
            told = f"gives the word of {voiced[0].speaker}, which the paper has"
            words = tuple((paper.id, Span(a.start, a.end)) for a in voiced[0].anchored("speaker")[:1])
            return Tie(paper.id, source.id, Why.OFFICE, told, Certainty.PROBABLE, None, words)
    return None


def _quoted_from(paper: _Paper, source: _Paper) -> Span | None:
    """The first long quotation of a document whose words stand in another one."""
    if paper.sketch is None or source.wording is None:
        return None
    text = source.wording
    return next((Span(q.start, q.end) for q in paper.sketch.quoted if stands_in(q, text)), None)


def _is_word_of(claim: Claim, source: _Paper) -> bool:
    """Whether what an office says is what an official paper of the office, or of its government, says."""
    office = office_named(claim.speaker)
    own = office is not None and office.id == source.office
    if not own and party_of(claim.speaker) not in {c.supplier for c in source.claims} - {None}:
        return False
    return any(c.stage is claim.stage and claim.recipient in (None, c.recipient) for c in source.claims)


def _quotation_tie(paper: _Paper, earlier: Sequence[_Paper]) -> Tie | None:
    """The earliest document with the long quotation in which all that a document says of the deal stands."""
    if paper.sketch is None or not paper.sketch.quoted:
        return None
    for other in earlier:
        runs = {run for q in other.sketch.quoted for run in q.runs} if other.sketch else set()
        shared = [q for q in paper.sketch.quoted if not runs.isdisjoint(q.runs)]
        if shared and all(any(q.start < c.end and c.start < q.end for q in shared) for c in paper.claims):
            words = ((paper.id, Span(shared[0].start, shared[0].end)),)
            told = "says of the deal only what stands in a quotation that both have"
            return Tie(paper.id, other.id, Why.QUOTATION, told, Certainty.PROBABLE, None, words)
    return None
