"""Many deals -> one brief: those of a pair of parties, of a party, or of a system. Sums are never added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from armsledger.model import Meaning, Stage
from armsledger.views.brief_citing import Citing, asked, computed, contested, strong
from armsledger.views.brief_deal import as_of_told, changed_sentences, eve_of
from armsledger.views.brief_legs import leg_sentences
from armsledger.views.brief_sums import misgiven, sums_told
from armsledger.views.brief_value import Brief, Points, Section, Sentence, Table
from armsledger.views.brief_words import (
    few,
    leading_step,
    listed,
    own_sums,
    shared_sums,
    side_claims,
    sides_of,
    status_cell,
    voices_of,
    what_moves,
    worth_cell,
)
from armsledger.views.words import many

if TYPE_CHECKING:
    from armsledger.deals.bearing import Told
    from armsledger.deals.chains import Chain
    from armsledger.deals.life import Status
    from armsledger.deals.origins import Origin
    from armsledger.ledger import ClaimFilter, DocumentRow, Ledger
    from armsledger.model import Claim
    from armsledger.views.told_deals import ToldDeal

MOST = 200  # deals of one brief: the newest; that there are more is said


@dataclass(frozen=True, slots=True)
class _One:
    """A deal and where it stands."""

    told: ToldDeal
    status: Status


def brief_of_deals(
    book: Ledger, title: str, filters: Sequence[ClaimFilter], as_of: str | None, since: str | None
) -> Brief:
    """The brief of all deals that fit one of the filters. Raises NotFound where there is none."""
    from armsledger.errors import NotFound

    found, rows = _found(book, filters)
    if not found:
        told = f" by {as_of}" if as_of else ""
        raise NotFound(
            title, f"no document of this ledger tells of such a deal{told}", "list deals with: armsledger deals"
        )
    made = _Making(book, title, found[:MOST], len(found), Citing(rows), as_of, since)
    head, about = made.head(), tuple(made.about())
    parts: tuple[tuple[str, str, Iterable[Points | Table]], ...] = (
        ("answer", "The answer", made.answer()),
        ("deals", "Deals", made.deals()),
        ("contested", "What is contested, and by whom", made.contested()),
        ("sums", "Sums that are not one buyer's", made.sums()),
        ("changed", f"What changed since {since}", made.changed() if since else ()),
        ("chain", "Chains", made.chains()),
        ("origins", "Where the reports come from", made.origins()),
        ("unknown", "What is not known", made.unknown()),
    )
    sections = [Section(key, name, blocks) for key, name, some in parts if (blocks := tuple(some))]
    days = [row.published for row in rows.values() if row.published]
    return Brief(head, about, tuple(sections), made.citing.citations, made.citing.sources, max(days, default=None))


def _found(book: Ledger, filters: Sequence[ClaimFilter]) -> tuple[list[_One], dict[str, DocumentRow]]:
    """The deals, the newest first, and the rows of their documents."""
    from armsledger.deals.life import status
    from armsledger.views.told_deals import documents_of, told_deals

    every = {told.deal.id: told for which in filters for told in told_deals(book, which)}
    rows = book.documents_named(documents_of(every.values()))
    published = {key: row.published for key, row in rows.items()}
    ones = [_One(told, status(told.claims, published)) for told in every.values()]
    ones.sort(key=lambda one: one.told.deal.id)
    ones.sort(key=lambda one: one.told.deal.last or "", reverse=True)
    return ones, {str(key): row for key, row in rows.items()}


@dataclass(frozen=True, slots=True)
class _Making:
    """The sections of a brief of many deals."""

    book: Ledger
    title: str
    ones: Sequence[_One]
    every: int
    citing: Citing
    as_of: str | None
    since: str | None

    def head(self) -> Sentence:
        """What the brief is of."""
        return self.citing.say(asked(f"{self.title}: transfers that are told of"))

    def about(self) -> Iterator[Sentence]:
        """As of when."""
        yield self.citing.say(computed(as_of_told(self.as_of, [r.published for r in self.citing.rows.values()])))

    def answer(self) -> Iterator[Points]:
        """How many deals, how far, which are contested, what the newest is."""
        say = self.citing.say
        count = f"{many(self.every, 'deal')} in {many(len(self.citing.rows), 'document')}"
        found = [say(computed(f"{count}, by how far each is told to have come: {self._stages()}."))]
        against = [one for one in self.ones if one.status.contested]
        found.append(
            say(computed(f"Contested: {len(against)} of them." if against else "Of none of them is a stage contested."))
        )
        newest = self.ones[0]
        what, claims = what_moves(newest.told)
        found.append(
            say(
                "Told of last: ", f"{sides_of(newest.told)}: ", *what, ", ", strong(newest.status.word),
                by=[*side_claims(newest.told), *claims, *few(newest.status.support or newest.status.life.told)],
            )
        )  # fmt: skip
        found.append(say(computed(f"Sums are not added: {self._meanings()}.")))
        if self.every > len(self.ones):
            found.append(say(computed(f"Only the {len(self.ones)} of which something was told last stand below.")))
        yield Points(tuple(found))

    def _stages(self) -> str:
        """``2 delivered, 1 only possible``."""
        words = Counter(_far(one.status) for one in self.ones)
        order = [*(str(s) for s in reversed(Stage))]
        told = sorted(words, key=lambda w: (order.index(w) if w in order else len(order), w))
        more = "" if self.every == len(self.ones) else f" (of the newest {len(self.ones)})"
        return ", ".join(f"{words[w]} {w}" for w in told) + more

    def _meanings(self) -> str:
        meanings = {
            str(m.meaning or Meaning.REPORTED) for one in self.ones for m in own_sums(one.told, shared_sums(one.told))
        }
        shared = any(one.told.contracts for one in self.ones)
        told = (
            f"those told here are of these meanings: {listed(sorted(meanings))}"
            if meanings
            else "none is told as a deal's own"
        )
        return told + ("; and sums of shared contracts are nobody's own" if shared else "")

    def deals(self) -> Iterator[Table]:
        """A row a deal, the newest first."""
        rows = tuple(self._row(one) for one in self.ones)
        yield Table("The newest first; a sum with another meaning is another kind of sum",
                    ("From and to", "What", "Status", "Worth", "Told"), rows, 1)  # fmt: skip

    def _row(self, one: _One) -> tuple[Sentence, ...]:
        told, say = one.told, self.citing.say
        what, claims = what_moves(told)
        days = listed(dict.fromkeys(d for d in (told.deal.first, told.deal.last) if d)) or "undated"
        firsts = {c.document: c for c in reversed(told.claims)}
        edges = [
            c for c in firsts.values() if self.citing.rows[c.document].published in (told.deal.first, told.deal.last)
        ]
        return (
            say(sides_of(told), by=side_claims(told)),
            say(*what, by=claims),
            status_cell(self.citing, one.status),
            worth_cell(self.citing, told),
            say(days, by=edges),
        )

    def contested(self) -> Iterator[Points]:
        """The deals of which somebody denies what somebody affirms."""
        found = []
        for one in self.ones:
            life = one.status.life
            if life.contesting:
                affirmed, denied = (voices_of(self.citing, side) for side in (life.contested, life.contesting))
                told = f": affirmed by {affirmed}, denied by {denied}."
                by: list[Claim | Told] = [*side_claims(one.told), *few((*life.contested, *life.contesting))]
                found.append(self.citing.say(f"{sides_of(one.told)}, ", contested(one.status.word), told, by=by))
        yield Points(
            tuple(found)
            or (self.citing.say(computed("No stage of these deals is denied by one and affirmed by another.")),)
        )

    def sums(self) -> Iterator[Points]:
        """The sums that reports give to one buyer and that are a shared contract's."""
        found = misgiven(self.book, (one.told for one in self.ones), self.as_of)
        yield from sums_told(self.book, self.citing, found)

    def changed(self) -> Iterator[Points]:
        """What changed since a day, deal by deal; only those of which something did."""
        days = {key: row.published for key, row in self.citing.rows.items()}
        found = 0
        for one in self.ones:
            if (one.told.deal.last or "") > eve_of(self.since or "") or one.told.deal.last is None:
                sentences = tuple(changed_sentences(self.citing, one.told.claims, days, self.since or ""))
                if any(s.cites for s in sentences):
                    found += 1
                    what, claims = what_moves(one.told)
                    head = self.citing.say(f"{sides_of(one.told)}: ", *what, by=[*side_claims(one.told), *claims])
                    yield Points((head,), listed=False)
                    yield Points(sentences)
        if not found:
            yield Points((self.citing.say(computed("Nothing: no document published since then tells of them.")),))

    def chains(self) -> Iterator[Points]:
        """The ways that items take through several deals, those that one of these deals is a leg of."""
        ids = {one.told.deal.id for one in self.ones}
        found = [c for c in self._chains() if any(ids & set(leg.deals) for leg in c.legs)]
        self.citing.learn(
            self.book.documents_named({t.claim.document for c in found for leg in c.legs for t in leg.told})
        )
        for chain in found:
            yield Points(tuple(leg_sentences(self.citing, chain, ids)))

    def _chains(self) -> list[Chain]:
        from armsledger.ledger import ClaimFilter
        from armsledger.views.chains import chains_of

        systems = sorted({c.system for one in self.ones for c in one.told.claims if c.system})
        found = {}
        for system in systems:
            for chain in chains_of(self.book, ClaimFilter(system=system, as_of=self.as_of)):
                found[chain.id] = chain
        return [found[key] for key in sorted(found)]

    def origins(self) -> Iterator[Points]:
        """How many independent origins the documents of each deal have; deals of one document are only counted."""
        from armsledger.views.life import origins_among

        several = [one for one in self.ones if len(one.told.documents) > 1]
        found = []
        if len(several) < len(self.ones):
            count = many(len(self.ones) - len(several), "deal")
            found.append(self.citing.say(computed(f"{count} told by one document alone.")))
        for one in several:
            origins: Sequence[Origin] = origins_among(self.book, one.told.claims)
            documents = many(len(one.told.documents), "document")
            told = computed(f"{documents} of {many(len(origins), 'independent origin')}.")
            what, claims = what_moves(one.told)
            by = [*side_claims(one.told), *claims]
            found.append(self.citing.say(f"{sides_of(one.told)}, ", *what, ": ", told, by=by))
        yield Points(tuple(found))

    def unknown(self) -> Iterator[Points]:
        """How many of the deals lack what."""
        lacking = (
            ("a sum of their own", [o for o in self.ones if not own_sums(o.told, shared_sums(o.told))]),
            ("a number of items", [o for o in self.ones if all(c.quantity is None for c in o.told.claims)]),
            ("a word on delivery", [o for o in self.ones if o.status.life.step(Stage.DELIVERED) is None]),
        )
        found = [
            self.citing.say(computed(f"{len(ones)} of {len(self.ones)} lack {what}.")) for what, ones in lacking if ones
        ]
        out = self.book.left_out(_plain(self.as_of)) if self.as_of else None
        if out and out.documents:
            found.append(self.citing.say(computed(f"Left out: {many(out.documents, 'document')} without a date.")))
        yield Points(tuple(found))


def _plain(as_of: str | None) -> ClaimFilter:
    from armsledger.ledger import ClaimFilter

    return ClaimFilter(as_of=as_of)


def _far(status: Status) -> str:
    """The stage that is told as reached; else how the furthest one is told."""
    step = leading_step(status)
    if step is None:
        return "not affirmed"
    return str(step.stage) if step.reached else f"only {'expected' if step.ahead else 'possible'}"
