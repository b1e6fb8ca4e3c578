"""A model's records become claims, or refusals. Nothing that a model says is taken on trust.

    quotes    must stand in the passage; one that does not ends its record, or its slot where it carries a number
    numbers   must be said by their words; a designation with digits must stand in the text
    parties   are what the lexicon says their names mean; a name that it does not know must stand in the text
    choices   (stage, polarity, certainty, mode, kind of speaker) must be ours

A side for which the model gives no words is kept only where the text names that party or the item comes from there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from armsledger.claims.anchor import canonical
from armsledger.claims.llm_guide import MEANINGS
from armsledger.claims.llm_passages import Passage
from armsledger.claims.llm_words import (
    Place,
    alike,
    currencies,
    gives_orders,
    in_currency,
    nearest,
    numbers_in,
    parties_in,
    party_named,
    plain,
    same_state,
    shares_word,
    span_of,
)
from armsledger.claims.systems import system_in
from armsledger.lexicon.designators import fold
from armsledger.lexicon.matcher import lexicon
from armsledger.model import (
    Anchor,
    Certainty,
    Claim,
    DateInterval,
    Document,
    Meaning,
    Mode,
    Money,
    Polarity,
    Refusal,
    SpeakerKind,
    Stage,
)

Choice = TypeVar("Choice", bound=StrEnum)

_LONGEST_QUOTE = 600
_LONGEST_NAME = 90
_SIDES = ("supplier", "recipient")
_NO_WORDS = "the words do not stand in the passage"


class _Refused(Exception):
    """A record that becomes no claim; for this module only."""

    def __init__(self, reason: str, quote: str = "") -> None:
        self.reason, self.quote = reason, quote
        super().__init__(reason)


def claims_of(
    document: Document, passage: Passage, records: Iterable[Mapping[str, Any]], reader: str
) -> tuple[list[Claim], list[Refusal]]:
    """The claims of a model's records about one passage, in their order, and what of them was refused.

    A refusal of field ``claim`` is a whole record; of another field, that slot of a claim that stands without it.
    """
    claims: list[Claim] = []
    refused: list[Refusal] = []
    for record in records:
        one = _Record(document, passage, record, reader)
        try:
            claims.append(one.claim())
            refused += one.dropped
        except _Refused as error:
            refused.append(Refusal(error.reason, "claim", error.quote or one.shown))
    return claims, refused


class _Record:
    """One record while it is checked: where its words stand, and which of its slots had to be dropped."""

    def __init__(self, document: Document, passage: Passage, said: Mapping[str, Any], reader: str) -> None:
        self.dropped: list[Refusal] = []
        self._document, self._passage, self._said, self._reader = document, passage, said, reader
        self._copy = passage.copy.text
        self._known = f"{passage.context}\n{document.title or ''}\n{document.publisher or ''}\n{self._copy}"
        self._anchors: list[Anchor] = []
        self._main: Place | None = None
        self.shown = self._shown("quote") or ""

    def claim(self) -> Claim:
        """The claim, or _Refused."""
        self._main = main = self._quoted("quote")
        if main is None or main.end - main.start > _LONGEST_QUOTE:
            raise _Refused(_NO_WORDS if main is None else "the quote is longer than a quote may be")
        span = span_of(self._passage, main)
        if gives_orders(self._document.text, span):
            raise _Refused("the quote stands in an order to whoever reads the text")
        item, item_place, system = self._item()
        supplier, recipient = (self._side(side, item_place, system) for side in _SIDES)
        if supplier is None and recipient is None:
            raise _Refused("neither side is named")
        if supplier == recipient:
            raise _Refused("supplier and recipient are the same")
        speaker, kind = self._speaker()
        return Claim(
            document=self._document.id,
            start=span.start,
            end=span.end,
            quote=span.of(self._document.text),
            reader=self._reader,
            stage=self._choice("stage", Stage),
            supplier=supplier,
            recipient=recipient,
            item=item,
            system=system,
            quantity=self._quantity(),
            value=self._money("value", "value"),
            programme=self._money("programme", "cumulative"),
            mode=self._choice("mode", Mode) if self._said.get("mode") is not None else None,
            second_hand=self._said.get("second_hand") is True,
            modernised=self._said.get("modernised") is True,
            polarity=self._choice("polarity", Polarity),
            certainty=self._choice("certainty", Certainty),
            speaker=speaker,
            speaker_kind=kind,
            date=self._date(),
            condition=self._condition(),
            anchors=tuple(sorted(set(self._anchors))),
        )

    # -- words

    def _shown(self, field: str) -> str | None:
        """A text field as one line; None where it is empty, missing or no text."""
        said = self._said.get(field)
        return (plain(said[: 4 * _LONGEST_QUOTE]) or None) if isinstance(said, str) else None

    def _quoted(self, field: str) -> Place | None:
        """Where the words of a quote field stand."""
        words = self._shown(field)
        return nearest(self._copy, words, self._main) if words else None

    def _anchor(self, field: str, value: object, place: Place, how: str) -> None:
        span = span_of(self._passage, place)
        words = span.of(self._document.text)
        self._anchors.append(Anchor(field, canonical(value), span.start, span.end, words, how))

    def _drop(self, field: str, reason: str, quote: str | None) -> None:
        self.dropped.append(Refusal(reason, field, quote or ""))

    def _choice(self, field: str, choices: type[Choice]) -> Choice:
        try:
            return choices(str(self._said.get(field)))
        except ValueError:
            raise _Refused(f"{field} is none of ours") from None

    def _name(self, field: str) -> str | None:
        """A short name on one line, without anything that cannot be shown."""
        name = self._shown(field)
        if name is None:
            return None
        if len(name) > _LONGEST_NAME or not name.isprintable():
            raise _Refused(f"{field} is no name", name[:_LONGEST_NAME])
        return name

    # -- what moves

    def _item(self) -> tuple[str, Place, str | None]:
        """The item, where its words stand, and the lexicon's system."""
        item = self._name("item")
        if item is None:
            raise _Refused("no item is named")
        told = fold(self._known)
        for word in re.findall(r"\S*\d\S*", item):
            if fold(word) not in told:
                raise _Refused("the item is more exact than the text", item)
        words = self._shown("item_quote") or item
        place = nearest(self._copy, words, self._main)
        if place is None:
            raise _Refused("the item's words do not stand in the passage", words)
        self._anchor("item", item, place, "stated")
        return item, place, system_in(item) or (system_in(words) if alike(item, words) else None)

    def _quantity(self) -> Decimal | None:
        number = _number(self._said.get("quantity"))
        if number is None:
            return None
        place = self._figure("quantity", {number})
        if place is not None:
            self._anchor("quantity", number, place, "stated")
        return number if place is not None else None

    def _money(self, field: str, anchored: str) -> Money | None:
        said = self._said.get(field)
        amount = _number(said.get("amount")) if isinstance(said, Mapping) else None
        if amount is None or not isinstance(said, Mapping):
            return None
        currency = str(said.get("currency"))
        if currency not in currencies():
            self._drop(field, "the currency is none that is known", self._shown(f"{field}_quote"))
            return None
        place = self._figure(field, {amount})
        if place is None:
            return None
        if not in_currency(self._copy[place.start : place.end], currency):
            self._drop(field, "the words name another currency", self._copy[place.start : place.end])
            return None
        meaning = said.get("meaning")
        told = Meaning.CUMULATIVE if field == "programme" else Meaning.REPORTED
        money = Money(amount, currency, Meaning(meaning) if meaning in MEANINGS and field == "value" else told)
        self._anchor(anchored, money, place, "stated")
        return money

    def _figure(self, field: str, numbers: set[Decimal]) -> Place | None:
        """Where the words of a number stand, if they say it; else the slot is dropped: no number without its words."""
        words = self._shown(f"{field}_quote")
        place = self._quoted(f"{field}_quote")
        if place is None:
            self._drop(field, _NO_WORDS if words else "a number without words", words)
        elif not numbers & numbers_in(self._copy[place.start : place.end]):
            self._drop(field, "the words say another number", words)
            return None
        return place

    # -- who

    def _side(self, side: str, item: Place, system: str | None) -> str | None:
        """A side's party by the lexicon, anchored to its words; None where it is left open or cannot be kept."""
        name = self._name(side)
        if name is None:
            return None
        words = self._shown(f"{side}_quote")
        place = self._quoted(f"{side}_quote")
        if words and place is None:
            raise _Refused(f"the {side}'s words do not stand in the passage", words)
        known = party_named(name)
        if len(known) > 1:
            self._drop(side, "the name has several meanings", name)
            return None
        party = known[0] if known else name
        if place is not None:
            self._check(side, name, party, place, known=bool(known))
            self._anchor(side, party, place, "stated")
            return party
        if known and self._mentioned(side, party, item, system):
            return party
        self._drop(side, "nothing in the text names this party", name)
        return None

    def _check(self, side: str, name: str, party: str, place: Place, *, known: bool) -> None:
        """Refuses a side whose words name somebody else, and an unknown party of which nothing stands in the text."""
        if not known and not shares_word(name, self._known):
            raise _Refused(f"the {side} does not stand in the text", name)
        found = list(parties_in(self._copy[place.start : place.end]))
        others = {other for other, _, by_name in found if by_name}
        if known and others and not any(same_state(party, other) for other, _, _ in found):
            raise _Refused(f"the {side}'s words name another party", self._copy[place.start : place.end])

    def _mentioned(self, side: str, party: str, item: Place, system: str | None) -> bool:
        """Anchors a side without words of its own: where the passage names it, else to the item's words if the party
        stands in the context or the item comes from there.
        """
        main = self._main or item
        here = [place for other, place, _ in parties_in(self._copy) if other == party]
        if here:
            self._anchor(side, party, min(here, key=lambda p: (p.gap(main), p.start)), "mentioned")
            return True
        if side == "supplier" and party in _origins().get(system or "", ()):
            self._anchor(side, party, item, "origin")
            return True
        if any(other == party for other, _, _ in parties_in(self._known)):
            self._anchor(side, party, main, "context")
            return True
        return False

    def _speaker(self) -> tuple[str, SpeakerKind]:
        kind = self._choice("speaker_kind", SpeakerKind)
        name = self._name("speaker")
        if kind is SpeakerKind.AUTHOR or (name or "").lower() == "author":
            return "author", SpeakerKind.AUTHOR
        if kind is SpeakerKind.UNNAMED:
            name = "unnamed sources"
        if name is None:
            raise _Refused("no speaker is named")
        if kind is not SpeakerKind.UNNAMED and not shares_word(name, self._known):
            raise _Refused("the speaker does not stand in the text", name)
        words = self._shown("speaker_quote") or name
        place = nearest(self._copy, words, self._main)
        if place is None:
            raise _Refused("the speaker's words do not stand in the passage", words)
        self._anchor("speaker", name, place, "stated")
        return name, kind

    # -- when and on what terms

    def _date(self) -> DateInterval | None:
        said = self._shown("date")
        if said is None:
            return None
        words, place = self._shown("date_quote"), self._quoted("date_quote")
        try:
            date = DateInterval(said)
            told = set(map(int, re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", words or "")))
            fits = not told or bool(told & set(range(date.first.year, date.after.year + 1)))
        except (ValueError, OverflowError):
            self._drop("date", "the date is none", said)
            return None
        if place is None or not fits:
            self._drop("date", "the words say another date" if place else _NO_WORDS, words or said)
            return None
        self._anchor("date", date, place, "stated")
        return date

    def _condition(self) -> str | None:
        words = self._shown("condition")
        place = self._quoted("condition")
        if words is None:
            return None
        if place is None:
            self._drop("condition", _NO_WORDS, words)
            return None
        condition = self._copy[place.start : place.end]
        self._anchor("condition", condition, place, "stated")
        return condition


def _number(said: object) -> Decimal | None:
    """A number of a record as a positive decimal; None for null, words, zero and what is out of all proportion."""
    if isinstance(said, bool) or not isinstance(said, int | float | Decimal):
        return None
    number = Decimal(str(said))
    if not 0 < number < 10**18:
        return None
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number


@cache
def _origins() -> dict[str, tuple[str, ...]]:
    return {system.id: system.origin for system in lexicon().systems}
