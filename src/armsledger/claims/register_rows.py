"""What the readers of registers share: anchors of cells, names of parties, and what a whole register gives.

A row is a passage: its claims quote the row, and each field is anchored in its cell. ``register row`` names the row by
register, vintage and line (``SIPRI 2024-11-05 7383``), so that the claims of one row can be told to be of one deal;
``vintage`` says as of when the register speaks.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from armsledger.claims.anchor import check
from armsledger.errors import Unanchored
from armsledger.lexicon.entries import PartyEntry
from armsledger.lexicon.matcher import lexicon
from armsledger.model import Anchor, Claim, Document, DocumentId, Reading, Refusal, Silence
from armsledger.text.registers import Layout, Register, RowFault, generated_at
from armsledger.text.tables import Row, Table

ROW = "register row"
VINTAGE = "vintage"
NUMBER = "register number"
ESTIMATE = "estimate"

_ABBREVIATIONS = {Register.SIPRI: "SIPRI", Register.UK_LICENCES: "UK-licences", Register.US_EDA: "US-EDA"}


@dataclass(frozen=True, slots=True)
class RegisterReading:
    """What one register gave: its reading, the number of rows that gave claims, and what is to be looked at.

    ``mended`` rows were broken over lines and put together. ``faults`` are in the order of the text. ``unknown`` are
    names of parties that the lexicon lacks, with their numbers of rows, the most frequent first. ``products`` counts
    the totals of trend-indicator values that were reckoned again and hold.
    """

    reading: Reading
    layout: Layout
    rows: int
    mended: int
    faults: tuple[RowFault, ...] = ()
    unknown: tuple[tuple[str, int], ...] = ()
    products: int = 0


@dataclass(slots=True)
class Gathering:
    """A register while it is read: its document, and what its rows have given so far."""

    document: Document
    layout: Layout
    table: Table
    rows: int = 0
    mended: int = 0
    products: int = 0
    claims: list[Claim] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)
    _vintage: Anchor | None = None

    @property
    def id(self) -> DocumentId:
        """The document's id."""
        return self.document.id

    def names(self, row: Row) -> tuple[Anchor, Anchor]:
        """The anchors that say which row of which vintage this is: at the row's first words, but for a vintage that is
        told above the table.
        """
        text, published = self.document.text, self.document.published or ""
        name = f"{_ABBREVIATIONS[self.layout.register]} {published} {row.line}"
        if self._vintage is None and (said := generated_at(text, self.table)):
            self._vintage = Anchor(VINTAGE, published, said.start, said.end, said.of(text))
        first = next(place for place, words in enumerate(row.cells) if words)
        at = (row.starts[first], row.ends[first], text[row.starts[first] : row.ends[first]])
        return Anchor(ROW, name, *at, "row"), self._vintage or Anchor(VINTAGE, published, *at, "given")

    def add(self, claims: Iterable[Claim]) -> None:
        """Keeps the claims of one row that pass the gate."""
        for claim in claims:
            try:
                check(self.document, claim)
            except Unanchored as error:
                self.refused.append(Refusal(str(error), "claim", claim.quote))
            else:
                self.claims.append(claim)

    def done(self) -> RegisterReading:
        """What the register gave."""
        silences = tuple(Silence("a row that cannot be read", f.start, f.end) for f in self.faults if f.left_out)
        reading = Reading(self.document, claims=tuple(self.claims), refused=tuple(self.refused), silences=silences)
        unknown = tuple(sorted(self.unknown.items(), key=lambda named: (-named[1], named[0])))
        return RegisterReading(reading, self.layout, self.rows, self.mended, tuple(self.faults), unknown, self.products)


def cell(text: str, row: Row, place: int, name: str, value: object = None, how: str = "stated") -> Anchor | None:
    """The anchor of a cell for a field; the words themselves are the value where none is given. None for no words."""
    if place < 0:
        return None
    start, end = row.starts[place], row.ends[place]
    if end <= start:
        return None
    words = text[start:end]
    told = row.cells[place] if value is None else str(value)
    return Anchor(name, words if told == words else told, start, end, words, how)


def kept(*anchors: Anchor | None) -> tuple[Anchor, ...]:
    """The anchors that there are, in the order given."""
    return tuple(anchor for anchor in anchors if anchor is not None)


# -- names of parties -------------------------------------------------------------------------------------

_NOBODY = re.compile(r"unknown (?:supplier|recipient)s?(?:\(s\))?|not stated|n/?a", re.IGNORECASE)
_INNER = re.compile(r"(?P<outer>[^()]+?)\s*\((?P<inner>[^()]+)\)\s*")

# Where a register's own names mean another party than the same words elsewhere.
_OWN: Mapping[Register, Mapping[str, str]] = {
    Register.SIPRI: {"congo": "COG"},  # "DR Congo" is the other one
    Register.US_EDA: {"koreaseoul": "KOR", "congodemocraticrepublicof": "COD"},
    Register.UK_LICENCES: {},
}


@dataclass(frozen=True, slots=True)
class Named:
    """A party as a register names it: its code, or the name as written where the lexicon lacks it; None for nobody."""

    party: str | None
    how: str = "stated"
    known: bool = True


@lru_cache(maxsize=4096)
def party_named(written: str, register: Register) -> Named:
    """Who a register means by a name. SIPRI marks what is no state: ``*`` an armed group, ``**`` an organisation."""
    bare = written.rstrip("* ")
    if _NOBODY.fullmatch(bare):
        return Named(None, "not told")
    own = _OWN[register].get(_fold(bare))
    if own is not None:
        return Named(own)
    kinds = _kinds_of(written)
    found = _only(p for p, _ in _names().get(_fold(bare), ()) if p.kind in kinds)
    if found is None and (parted := _INNER.fullmatch(bare)):
        candidates = [(p, weak) for p, weak in _names().get(_fold(parted["outer"]), ()) if p.kind in kinds]
        armed = written.endswith("*")
        found = _only(p for p, weak in candidates if not (armed and weak) or _is_of(p, parted["inner"]))
    return Named(bare, "as written", known=False) if found is None else Named(found.code)


def _kinds_of(written: str) -> frozenset[str]:
    if written.endswith("**"):
        return frozenset({"organisation"})
    if written.endswith("*"):
        return frozenset({"non-state"})
    return frozenset({"state", "territory", "historical", "organisation", "non-state"})


def _only(found: Iterable[PartyEntry]) -> PartyEntry | None:
    parties = {p.code: p for p in found}
    return next(iter(parties.values())) if len(parties) == 1 else None


def _is_of(party: PartyEntry, state: str) -> bool:
    """Whether one of a party's names speaks of a state: "Lebanese" in that of a group of Lebanon."""
    about = [s for s, _ in _names().get(_fold(state), ()) if s.kind != "non-state"]
    words = {_fold(word) for s in about for word in (s.name, *s.demonyms, *s.people)}
    told = _fold(" ".join((party.name, *party.names)))
    return any(word in told for word in words)


@cache
def _names() -> Mapping[str, tuple[tuple[PartyEntry, bool], ...]]:
    """Folded name -> the parties of that name, and whether it is a weak one; a strong name hides weak ones."""
    strong: dict[str, dict[str, PartyEntry]] = {}
    faint: dict[str, dict[str, PartyEntry]] = {}
    for party in lexicon().parties:
        for name in (party.name, *([party.official] if party.official else []), *party.names, *party.weak):
            (faint if name in party.weak else strong).setdefault(_fold(name), {})[party.code] = party
    table = {key: tuple((p, True) for p in parties.values()) for key, parties in faint.items()}
    return table | {key: tuple((p, False) for p in parties.values()) for key, parties in strong.items()}


def _fold(name: str) -> str:
    """Letters and digits in lower case, without accents."""
    bare = unicodedata.normalize("NFKD", name.replace("ı", "i")).casefold()
    return "".join(c for c in bare if c.isalnum())
