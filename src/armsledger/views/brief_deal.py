"""A deal -> its brief: the answer first, then what is contested, what changed, the values, the life, the sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from armsledger.model import DateInterval, Stage
from armsledger.views.brief_citing import Citing, computed, contested, quoted, strong
from armsledger.views.brief_legs import leg_sentences
from armsledger.views.brief_sums import sums_of_deal, sums_told
from armsledger.views.brief_tables import Tables, label_of, named_by, why_told
from armsledger.views.brief_value import Brief, Part, Points, Section, Sentence, Table
from armsledger.views.brief_words import (
    STAGE_MEANS,
    capital,
    few,
    leading_step,
    listed,
    ruled,
    side_claims,
    sides_of,
    voices_of,
    what_moves,
    worth_sentences,
)
from armsledger.views.words import date_of, many, shortened

if TYPE_CHECKING:
    from armsledger.deals.life import Step
    from armsledger.ledger import Ledger
    from armsledger.model import Claim
    from armsledger.views.whole_deal import WholeDeal

_DENIALS = 2  # statements that deny, within the answer; all of them stand under what is contested
_ASKED = {
    "supplier": "Who supplies",
    "recipient": "Who receives",
    "item": "What moves",
    "quantity": "How many",
    "value": "What it is worth",
    "mode": "On what terms (sale, aid, loan)",
}
_NEXT = {Stage.DELIVERED: None, Stage.ORDERED: Stage.DELIVERED}


def brief_of_deal(book: Ledger, whole: WholeDeal, since: str | None) -> Brief:
    """The brief of one deal. Sections are made in the order in which they stand: citations are numbered so."""
    legs = {t.claim.document for chain in whole.chains for leg in chain.legs for t in leg.told}
    known = (whole.documents, whole.around, book.documents_named(legs))
    rows = {str(key): row for some in known for key, row in some.items()}
    citing = Citing(rows)
    made = _Making(whole, citing, Tables(whole, citing), since)
    tables = made.tables
    title, about = made.title(), tuple(made.about())
    parts: tuple[tuple[str, str, Iterable[Points | Table]], ...] = (
        ("answer", "The answer", made.answer()),
        ("contested", "What is contested, and by whom", made.contested()),
        ("sums", "A sum that is not one buyer's", sums_told(book, citing, sums_of_deal(book, whole))),
        ("changed", f"What changed since {since}", made.changed() if since else ()),
        ("values", "Values, and what they mean", tables.values()),
        ("life", "How far it has come", tables.life()),
        ("voices", "Who says what", tables.voices()),
        ("chain", "The chain that it is a part of", made.chain()),
        ("timeline", "Timeline", tables.timeline()),
        ("origins", "Where the reports come from", made.origins()),
        ("unknown", "What is not known", made.unknown()),
    )
    sections = [Section(key, name, blocks) for key, name, some in parts if (blocks := tuple(some))]
    days = [row.published for row in whole.documents.values() if row.published]
    return Brief(title, about, tuple(sections), made.citing.citations, made.citing.sources, max(days, default=None))


@dataclass(frozen=True, slots=True)
class _Making:
    """The sections of one deal's brief."""

    whole: WholeDeal
    citing: Citing
    tables: Tables
    since: str | None

    # -- the head and the answer --------------------------------------------------------------------------

    def title(self) -> Sentence:
        """Who to whom, and what."""
        what, claims = what_moves(self.whole.told)
        by = [*side_claims(self.whole.told), *claims]
        return self.citing.say(f"{sides_of(self.whole.told)}: ", *what, by=by)

    def about(self) -> Iterator[Sentence]:
        """As of when, and on what it rests."""
        whole = self.whole
        yield self.citing.say(computed(as_of_told(whole.as_of, [r.published for r in whole.documents.values()])))
        yield self.citing.say(
            computed(f"It rests on {self._counted()}. Its number in this ledger is {whole.told.deal.id}.")
        )

    def _counted(self) -> str:
        documents, origins = len(self.whole.told.documents), len(self.whole.origins)
        return f"{many(documents, 'document')} of {many(origins, 'independent origin')}"

    def answer(self) -> Iterator[Points]:
        """Status, worth, review period."""
        sentences = [*self._status(), *worth_sentences(self.citing, self.whole.told), *self._periods()]
        yield Points(tuple(sentences))

    def _status(self) -> Iterator[Sentence]:
        status, say = self.whole.status, self.citing.say
        step = leading_step(status)
        if step is None:
            yield say(strong("No stage is affirmed"), " by anybody.", by=few(status.life.told))
        elif step.reached:
            sure = "" if step.best.claim.certainty == "certain" else f", as {step.best.claim.certainty}"
            whose = voices_of(self.citing, step.reached)
            lead, means = strong(f"{capital(step.stage)}{_on(step)}"), STAGE_MEANS[step.stage]
            yield say(lead, f", by the word of {whose}{sure}. That means: {means}.", by=few(step.reached))
        else:
            how = "still to come" if step.ahead else "possible"
            yield say(
                "No stage is told as reached. ", strong(f"{capital(step.stage)}: only {how}"),
                f", by the word of {voices_of(self.citing, step.affirmed)}.", by=few(step.affirmed),
            )  # fmt: skip
        yield from self._beyond(step)
        yield from self._deliveries()
        if status.contested:
            sides = status.life.contested, status.life.contesting
            affirmed, denied = (voices_of(self.citing, side) for side in sides)
            told = f": affirmed by {affirmed}, denied by {denied}."
            yield say(contested("Contested"), told, by=few((*sides[0], *sides[1])))
        denials = self._denials()
        yield from denials[:_DENIALS]
        if not status.contested and not denials and not any(s.against for s in status.life.steps):
            yield say(computed("Nobody denies it in these documents."))

    def _beyond(self, step: Step | None) -> Iterator[Sentence]:
        """Stages beyond the leading one, how it ended, and the one that a reader would ask for next."""
        life, say = self.whole.status.life, self.citing.say
        order = list(Stage)
        at = order.index(step.stage) if step else -1
        beyond = [s for s in life.steps if s.stage is not Stage.HALTED and order.index(s.stage) > at]
        for one in beyond:
            if one.affirmed:
                how = "only as still to come" if one.ahead else "only as possible"
                yield say(
                    f"{capital(one.stage)} is told {how}, by {voices_of(self.citing, one.affirmed)}.",
                    by=few(one.affirmed),
                )
            elif one.against:
                yield say(
                    f"{capital(one.stage)} is denied by {voices_of(self.citing, one.against)}.", by=few(one.against)
                )
        for ending in life.endings:
            when = f" {date_of(ending.when)}" if ending.when else ""
            maybe = "possibly " if ending.open else ""
            yield say(
                f"{capital(maybe + str(ending.kind))}{when}, by the word of {voices_of(self.citing, [ending.told])}.",
                by=[ending.told],
            )
        missed = _NEXT.get(step.stage, Stage.ORDERED) if step else None
        if missed and not any(order.index(s.stage) >= order.index(missed) for s in beyond):
            yield say(computed(f"That it was {missed} is not told in these documents."))

    def _deliveries(self) -> Iterator[Sentence]:
        for delivery in self.whole.status.life.deliveries:
            told = [t for batch in delivery.batches for t in batch.told]
            yield self.citing.say("Of ", delivery.item, ": ", computed(delivery.sentence), ".", by=few(told))

    def _periods(self) -> Iterator[Sentence]:
        ids = {str(c.id): c for c in self.whole.claims}
        for period in self.whole.periods:
            by = [ids[i] for i in period.claims if i in ids][:1]
            head = f"Review by Congress of transmittal {period.transmittal}: "
            if period.last is None:
                yield self.citing.say(head, "its last day is not known.", by=by)
            else:
                rule = f"{period.days} days, until {period.last.isoformat()} ({period.rule})"
                basis = f"; {period.basis}: {period.notified}."
                yield self.citing.say(head, computed(rule), basis, by=by)

    # -- what is contested ----------------------------------------------------------------------------------

    def contested(self) -> Iterator[Points]:
        """Stages that are denied, values that contradict one another, denials around it."""
        found = [*self._stages_contested(), *self._values_contested(), *self._denials()]
        yield Points(
            tuple(found) or (self.citing.say(computed("Nothing: no document here denies what another affirms.")),)
        )

    def _stages_contested(self) -> Iterator[Sentence]:
        for step in self.whole.status.life.steps:
            if step.contesting:
                yield self.citing.say(
                    contested(capital(step.stage)), f": affirmed by {voices_of(self.citing, step.affirmed)}, ",
                    f"denied by {voices_of(self.citing, step.contesting)}.", by=few((*step.affirmed, *step.contesting)),
                )  # fmt: skip
            elif step.against and not step.affirmed:
                told = f": denied by {voices_of(self.citing, step.against)}, affirmed by nobody."
                yield self.citing.say(contested(capital(step.stage)), told, by=few(step.against))

    def _values_contested(self) -> Iterator[Sentence]:
        for dispute in self.whole.disputes:
            for value in dispute.contradictions if dispute.field != "stage" else ():
                assert value.difference is not None
                other = next((v for v in dispute.values if v.value == value.difference.against), None)
                sides = [one for one in (value, other) if one is not None]
                told = " against ".join(f"{self.tables.shown(dispute, v)} by {named_by(v)}" for v in sides)
                by = [claim for one in sides for claim in self.tables.claims_of(one)]
                why = computed(why_told(value))
                yield self.citing.say(contested(label_of(dispute)), f": {told} (", why, ").", by=by)

    def _denials(self) -> list[Sentence]:
        """Statements that deny something around it: kept as their speaker's word."""
        denied = [e for e in self.whole.timeline if e.kind == "statement" and e.denied]
        return [
            self.citing.say(
                f"{capital(e.voice)} denies: ", quoted(shortened(e.quote, 400)), f" ({e.told or 'undated'}).", by=[e]
            )
            for e in denied
        ]

    # -- what changed -----------------------------------------------------------------------------------------

    def changed(self) -> Iterator[Points]:
        """What documents published after the day have added."""
        yield Points(tuple(changed_sentences(self.citing, self.whole.claims, self._published(), self.since or "")))

    def _published(self) -> dict[str, str | None]:
        return {str(key): row.published for key, row in self.whole.documents.items()}

    # -- chain, origins, what is not known ----------------------------------------------------------------------

    def chain(self) -> Iterator[Points]:
        """The legs of the chains that it is a part of: what exists on paper, and no sign of an intention."""
        for chain in self.whole.chains:
            yield Points(tuple(leg_sentences(self.citing, chain, {self.whole.told.deal.id})))
        if self.whole.chains:
            yield Points(
                (
                    self.citing.say(
                        computed("A chain is a way that exists on paper: no leg says that the next one is meant.")
                    ),
                ),
                False,
            )

    def origins(self) -> Iterator[Points]:
        """Each origin with its documents, and why they lead back to it."""
        from armsledger.views.origins import origin_label, tie_told

        whole, found = self.whole, []
        numbers = {str(d): f"“{row.title or row.names[0]}”" for d, row in whole.documents.items()}
        for origin in whole.origins:
            titles = [_title(whole, d) for d in origin.documents]
            ties = (
                [Part(" "), computed("; ".join(tie_told(t, numbers) for t in origin.ties)), Part(".")]
                if origin.ties
                else []
            )
            unread = "" if origin.read else " It was not read here."
            found.append(
                self.citing.say(
                    strong(capital(origin_label(origin, whole.documents))), f": {listed(titles)}.{unread}", *ties,
                    by=self._first_of(origin.documents),
                )
            )  # fmt: skip
        yield Points(
            (
                self.citing.say(
                    computed(f"{self._counted()}: copies, rewrites and quotations lead back to one origin.")
                ),
            ),
            False,
        )
        yield Points(tuple(found))

    def _first_of(self, documents: Sequence[str]) -> list[Claim]:
        firsts: dict[str, Claim] = {}
        for claim in self.whole.told.claims:
            firsts.setdefault(claim.document, claim)
        return [firsts[d] for d in documents if d in firsts]

    def unknown(self) -> Iterator[Points]:
        """What the documents do not say. Not stated is not none, and unknown is not zero."""
        told, life = self.whole.told, self.whole.status.life
        fields = {d.field for d in self.whole.disputes if any(not v.denied for v in d.values)}
        found = [f"{label} is not stated." for name, label in _ASKED.items() if name not in fields]
        if told.contracts:
            found.append("The buyer's part of the shared contract is not stated.")
        delivered = life.step(Stage.DELIVERED)
        if delivered is None or not delivered.reached:
            found.append("Whether anything was delivered is not told.")
        elif not delivered.happened:
            found.append("On which day it was delivered is not stated.")
        if any(not o.read for o in self.whole.origins):
            found.append("A report that others lead back to was not read here.")
        if any(r.published is None for r in self.whole.documents.values()):
            found.append("When some of the documents were published is not known.")
        if self.whole.rejected:
            found.append("An analyst has set claims aside; they count for nothing here.")
        yield Points(tuple(self.citing.say(computed(one)) for one in found))


# -- words ------------------------------------------------------------------------------------------------


def as_of_told(as_of: str | None, days: Sequence[str | None]) -> str:
    """``As of 2025-08-10: only documents published by then count.``"""
    newest = max((d for d in days if d), default=None)
    if as_of:
        return f"As of {as_of}: only documents published by then count."
    return (
        f"All documents of the ledger; the newest one on it is of {newest}."
        if newest
        else "All documents of the ledger."
    )


def changed_sentences(
    citing: Citing, claims: Sequence[Claim], published: dict[str, str | None], since: str
) -> Iterator[Sentence]:
    """What has changed since a day, that day included, and because of which claims."""
    from armsledger.deals.bearing import known
    from armsledger.deals.changes import ChangeKind, changes
    from armsledger.deals.life import life
    from armsledger.model import DocumentId

    days = {DocumentId(key): day for key, day in published.items()}
    before = known(claims, days, eve_of(since))
    found = changes(life(before, days) if before else None, life(claims, days))
    for change in found:
        told = (
            [Part("nothing was told of it before.")]
            if change.kind is ChangeKind.NEW
            else [*ruled(change.what), Part(".")]
        )
        yield citing.say(strong(capital(change.kind)), ": ", *told, by=few(change.told))
    if not found:
        yield citing.say(computed("Nothing: no document published since then tells of it."))


def eve_of(since: str) -> str:
    """The day before the first one that is meant.

    >>> eve_of("2025")
    '2024-12-31'
    """
    return (DateInterval(since).first - timedelta(days=1)).isoformat()


def _on(step: Step) -> str:
    days = listed(date_of(d) for d in step.happened)
    return f" ({days})" if days else ""


def _title(whole: WholeDeal, document: str) -> str:
    row = whole.documents[document]  # type: ignore[index]
    return f"“{row.title or row.names[0]}” ({row.publisher or 'publisher not stated'}, {row.published or 'undated'})"
