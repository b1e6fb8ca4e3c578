"""The tables of a deal's brief: values with their meanings, stages, speakers, timeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from armsledger.model import Meaning, Polarity
from armsledger.views.brief_citing import Citing, computed, contested, quoted, strong
from armsledger.views.brief_value import Part, Sentence, Table
from armsledger.views.brief_words import MONEY_MEANS, SPEAKERS, capital, few, listed, voice_of, voices_of
from armsledger.views.names import party_name, system_name
from armsledger.views.words import counted, date_of, grouped, shortened

if TYPE_CHECKING:
    from armsledger.deals.bearing import Told
    from armsledger.deals.credibility import Credibility
    from armsledger.deals.disputes import Dispute, Value
    from armsledger.deals.life import Step
    from armsledger.deals.timeline import Entry
    from armsledger.model import Claim
    from armsledger.views.whole_deal import WholeDeal

_LONGEST = 180  # characters of a quotation within a table; the citation has all of it
_ORDER = {name: n for n, name in enumerate(("value", "programme", "quantity", "item", "mode", "date"))}


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of one deal's brief, each made when it is asked for: citations are numbered in that order."""

    whole: WholeDeal
    citing: Citing

    def values(self) -> Iterator[Table]:
        """Every value that is told, with what it means, whose word it is, and how far it is to be believed."""
        grades = {(c.field, c.value, c.about): c for c in self.whole.credibility}
        rows = [
            self._value_row(dispute, value, grades.get((dispute.field, value.value, value.about)))
            for dispute in sorted(self.whole.disputes, key=lambda d: _ORDER.get(d.field, len(_ORDER)))
            for value in dispute.values
            if dispute.field != "stage" and not self._is_counted(dispute, value)
        ]
        if rows:
            columns = ("Field", "Value, and what it means", "Whose word", "How credible")
            yield Table("Values of different meaning are never added or compared as equals", columns, tuple(rows))

    def _is_counted(self, dispute: Dispute, value: Value) -> bool:
        """Whether it is an item that stands in the table with its number anyway."""
        return dispute.field == "item" and all(c.quantity is not None for c in self.all_of(value))

    def _value_row(self, dispute: Dispute, value: Value, grade: Credibility | None) -> tuple[Sentence, ...]:
        by, say = self.claims_of(value), self.citing.say
        why = [Part("; "), computed(why_told(value))] if differs(value) else []
        meaning = meaning_of(dispute, value)
        told = f"{grade.information} {grade.word}: {grade.because}" if grade else "not graded"
        mark = contested if value in dispute.contradictions else strong
        denied = "denied: " if value.denied else ""
        return (
            say(label_of(dispute)),
            say(mark(denied + self.shown(dispute, value)), *([Part(", "), meaning] if meaning else []), *why, by=by),
            say(capital(named_by(value)), by=by),
            say(computed(told)),
        )

    def shown(self, dispute: Dispute, value: Value) -> str:
        """A value as a person reads it; a number with the articles that its documents name."""
        if dispute.field == "quantity":
            number = Decimal(value.value)
            return listed(counted(number, c.item) for c in self.all_of(value) if c.quantity == number)
        return value_shown(dispute, value)

    def all_of(self, value: Value) -> list[Claim]:
        """The claims that give a value."""
        every = {c.id: c for c in (*self.whole.told.claims, *self.whole.told.contract_claims)}
        return [every[v.claim] for v in value.voices if v.claim in every]

    def claims_of(self, value: Value) -> list[Claim]:
        """One of them for each document, speaker and item."""
        found: dict[tuple[str, str, str | None], Claim] = {}
        for claim in self.all_of(value):
            found.setdefault((claim.document, claim.speaker, claim.item), claim)
        return list(found.values())

    def life(self) -> Iterator[Table]:
        """Stage by stage: how it is told, when it happened, when that was told, by whom."""
        rows = [row for step in self.whole.status.life.steps for row in self._step_rows(step)]
        if rows:
            yield Table("Stages, each with those who speak for it and against it",
                        ("Stage", "How it is told", "Day", "Told on", "By"), tuple(rows), 4)  # fmt: skip

    def _step_rows(self, step: Step) -> Iterator[tuple[Sentence, ...]]:
        parts = (
            ("reached", step.reached), ("only as possible", step.possible), ("as still to come", step.ahead),
            ("denied", step.against), ("doubted", step.doubted),
        )  # fmt: skip
        say = self.citing.say
        for how, told in parts:
            if not told:
                continue
            days = listed(date_of(d) for t in told if (d := t.happened or t.due)) or "not stated"
            yield (
                say(capital(step.stage)),
                say((contested if step.contesting else Part)(how)),
                say(days, by=few(told)),
                say(listed(t.published or "undated" for t in told), by=few(told)),
                say(voices_of(self.citing, told), by=few(told)),
            )

    def voices(self) -> Iterator[Table]:
        """Each speaker with what he says of it and how surely."""
        rows = []
        groups: dict[tuple[str, str], list[Told]] = {}
        for t in self.whole.status.life.told:
            groups.setdefault((voice_of(self.citing, t.claim), str(t.claim.speaker_kind)), []).append(t)
        for (voice, _), told in groups.items():
            rows.append(self._voice_row(voice, told))
        rows += [self._statement_row(e) for e in self.whole.timeline if e.kind == "statement"]
        if rows:
            columns = ("Speaker", "Who that is", "Says", "How surely", "In")
            yield Table("Speakers and what each says; none is adopted as the truth", columns, tuple(rows), 4)

    def _voice_row(self, voice: str, told: Sequence[Told]) -> tuple[Sentence, ...]:
        say, by = self.citing.say, few(told)
        said = listed(f"{t.claim.stage}{' denied' if t.claim.polarity is Polarity.DENIED else ''}" for t in told)
        return (
            say(capital(voice), by=by),
            say(SPEAKERS[told[0].claim.speaker_kind]),
            say(said, by=by),
            say(listed(str(t.claim.certainty) for t in told)),
            say(self._papers(t.claim.document for t in told), by=by),
        )

    def _statement_row(self, entry: Entry) -> tuple[Sentence, ...]:
        say = self.citing.say
        return (
            say(capital(entry.voice), by=[entry]),
            say("a statement around it"),
            say(entry.what, by=[entry]),
            say("as its own word"),
            say(self._papers([entry.document]), by=[entry]),
        )

    def _papers(self, documents: Iterable[str]) -> str:
        """The publishers and days of documents."""
        rows = [self.citing.rows[d] for d in documents]
        return listed(f"{r.publisher or 'publisher not stated'}, {r.published or 'undated'}" for r in rows)

    def timeline(self) -> Iterator[Table]:
        """Claims, statements and events by day; what one document says the same way is one row."""
        rows = []
        for _, some in groupby(self.whole.timeline, key=_like):
            entries = list(some)
            rows.append(self._entry_row(entries[0], len(entries)))
        if rows:
            columns = ("Day", "What", "Whose word", "Words")
            yield Table(
                "Happened: on the day of the thing itself; told: on that of the document", columns, tuple(rows), 3
            )

    def _entry_row(self, e: Entry, count: int) -> tuple[Sentence, ...]:
        say = self.citing.say
        more = [Part(" "), computed(f"and {count - 1} more of this document")] if count > 1 else []
        mark = contested if e.contested or e.denied else Part
        return (
            say(f"{date_of(e.day) if e.day else 'undated'}, {e.on}", by=[e] if e.day else []),
            say(mark(_entry_told(e)), by=[e]),
            say(self._voice_of(e), by=[e]),
            say(quoted(shortened(e.quote, _LONGEST)), *more, by=[e]),
        )

    def _voice_of(self, e: Entry) -> str:
        """Whose word an entry is; of what an author says himself, in whose pages."""
        publisher = self.citing.rows[e.document].publisher
        by_author = e.voice in ("", "the article itself")
        return f"the article of {publisher}" if by_author and publisher else e.voice or "the article itself"


# -- values in words --------------------------------------------------------------------------------------

_LABELS = {
    "programme": "Whole contract or programme",
    "value": "Worth",
    "item": "What",
    "quantity": "How many",
    "date": "Day",
    "mode": "Terms",
}


def label_of(dispute: Dispute) -> str:
    """The name of a field as a table has it."""
    return _LABELS.get(dispute.field, capital(dispute.field))


def value_shown(dispute: Dispute, value: Value) -> str:
    """A value as a person reads it."""
    if dispute.field in ("supplier", "recipient"):
        return party_name(value.value)
    if dispute.field in ("value", "programme"):
        currency, _, amount = value.value.partition(" ")
        return f"{currency} {grouped(Decimal(amount))}"
    return value.value.replace("/", " to ") if dispute.field == "date" else value.value


def meaning_of(dispute: Dispute, value: Value) -> Part | None:
    """What a value means: of a sum by its kind, of a number by the lexicon's entry, of a day by its stage."""
    if dispute.field in ("value", "programme"):
        word = value.about.partition(" ")[0]
        return Part(MONEY_MEANS[Meaning(word)]) if word in set(Meaning) else None
    if dispute.field == "quantity" and value.about:
        return computed(f"counted as {_article(value.about)}")
    return Part(value.about) if dispute.field == "date" and value.about else None


def _article(about: str) -> str:
    """The lexicon's name of what is counted, else the words that stand for it."""
    family, _, kind = about.lstrip("*").partition(" ")
    return system_name(family) + (f" ({kind})" if kind else "")


def differs(value: Value) -> bool:
    """Whether it is told why it differs from the value that leads."""
    return value.difference is not None and bool(value.difference.cause or value.difference.contradicts)


def why_told(value: Value) -> str:
    """Why it differs, by which rule."""
    from armsledger.views.disputes import difference_told

    return difference_told(value)


def named_by(value: Value) -> str:
    """All who give a value."""
    return listed("the report itself" if v.speaker_kind == "author" else v.speaker for v in value.voices)


# -- timeline ---------------------------------------------------------------------------------------------


def _like(e: Entry) -> tuple[object, ...]:
    return e.day, e.on, e.what, e.voice, e.document, e.contested, e.denied


def _entry_told(e: Entry) -> str:
    if e.kind != "event":
        return e.what
    kind, _, parties = e.what.partition(": ")
    return f"{kind}: {listed(party_name(p) for p in parties.split(', '))}" if parties else kind
