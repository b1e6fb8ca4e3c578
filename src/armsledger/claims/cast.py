"""The voices of one document: who has spoken, who was named, and every full name with its titles.

A person's surname means the full name wherever that stands, before or behind.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from armsledger.claims.units import Unit
from armsledger.lexicon.speech import speech
from armsledger.model import SpeakerKind

UNNAMED_SOURCES = "unnamed sources"


@dataclass(frozen=True, slots=True)
class Speaker:
    """A voice: its name, its kind, and where the words stand that name it (end exclusive; 0, 0 for the author).

    ``how`` tells how the name was found: ``stated``, or the rule that led from a pronoun or a title to it. ``party`` is
    the state or organisation that the voice belongs to, where that is told; ``via`` the outlet that carries its words.
    """

    name: str
    kind: SpeakerKind
    start: int = 0
    end: int = 0
    how: str = "stated"
    party: str | None = None
    via: str | None = None


AUTHOR = Speaker("author", SpeakerKind.AUTHOR)

ARTICLES = frozenset("the a an this that these those its his her their our my one two three four both some several "
                      "many other another any certain unnamed senior".split())  # fmt: skip
_PLURALS = frozenset({"they", "we", "both"})
_PARTICLES = frozenset("al el bin ibn van von der den de da di do dos la le abu ben of".split()) - {"of"}
GROUPS = frozenset(
    "institute ministry agency centre center council committee company university forum department commission "
    "service group party office fund bank corp corporation inc ltd limited union association federation court "
    "house street news times post herald tribune journal forces force army navy board authority bureau society "
    "programme program foundation academy industries systems aerospace dynamics league movement front".split()
)


def _few() -> deque[Speaker]:
    """The last voices of a kind: who was named long ago is not meant by "the minister"."""
    return deque(maxlen=40)


MOST_NAMES = 2000  # full names that are kept of one document


@dataclass(slots=True)
class Cast:
    """The voices of one document so far, and all full names in it."""

    surnames: dict[str, str] = field(default_factory=dict)
    titles: dict[str, set[str]] = field(default_factory=dict)  # full name -> words of its titles
    parties: dict[str, str] = field(default_factory=dict)  # full name -> party
    named: dict[str, SpeakerKind] = field(default_factory=dict)  # names that a noun explains: "the agency Norna"
    roles: deque[Speaker] = field(default_factory=_few)
    persons: deque[Speaker] = field(default_factory=_few)
    groups: deque[Speaker] = field(default_factory=_few)
    offices: deque[Speaker] = field(default_factory=_few)
    companies: deque[Speaker] = field(default_factory=_few)
    outlets: deque[Speaker] = field(default_factory=_few)
    last: Speaker | None = None
    subject: Speaker | None = None  # the office, company or party that the last sentence began with
    began: int = 0  # where the last sentence began

    def hear(self, speaker: Speaker) -> None:
        """Remembers a voice that has just spoken."""
        self.last = speaker
        if speaker.kind is SpeakerKind.PERSON and speaker.party:
            self.parties.setdefault(speaker.name, speaker.party)
        if speaker.kind is SpeakerKind.PERSON:
            self.persons.append(speaker)
        elif speaker.kind is SpeakerKind.COMPANY:
            self.companies.append(speaker)
        elif speaker.kind is SpeakerKind.OUTLET:
            self.outlets.append(speaker)
        elif speaker.kind is SpeakerKind.OFFICE:
            (self.roles if is_role(speaker.name) else self.offices).append(speaker)
        else:
            self.groups.append(speaker)

    def notice(self, units: Sequence[Unit], text: str) -> None:
        """Remembers the voices that a sentence names without making them speak; of several, the first weighs most."""
        for at in range(len(units) - 1, -1, -1):
            u = units[at]
            if u.kind == "company":
                self.companies.append(Speaker(u.text, SpeakerKind.COMPANY, u.start, u.end, party=u.party))
            elif u.kind == "office":
                told = Speaker(u.text, SpeakerKind.OFFICE, u.start, u.end, party=u.party)
                if not is_role(u.text):
                    self.offices.append(told)
                elif at < _LEADS and not _governed(units, at):
                    self.roles.append(told)
        for first, last in capital_runs(units):
            name = spelled(units[first:last], text)
            if first < _LEADS and self.titles.get(name) and not _governed(units, first):
                start, end = units[first].start, units[last - 1].end
                self.persons.append(Speaker(name, SpeakerKind.PERSON, start, end, party=self.parties.get(name)))

    def closes(self, units: Sequence[Unit]) -> None:
        """Ends a sentence: what it began with is what "it" in the next one can mean."""
        lead = next((u for n, u in enumerate(units[:_LEADS]) if _can_be_it(units, n)), None)
        self.subject = None
        self.began = units[0].start if units else self.began
        if lead is not None:
            kind = SpeakerKind.COMPANY if lead.kind == "company" else SpeakerKind.OFFICE
            self.subject = Speaker(lead.text, kind, lead.start, lead.end, party=lead.party)

    def moves_on(self, size: int) -> None:
        """Goes on to a passage of its own offsets, after one of so many characters: who was heard stands before it."""

        def moved(speaker: Speaker) -> Speaker:
            return replace(speaker, start=speaker.start - size, end=speaker.end - size)

        for known in (self.roles, self.persons, self.groups, self.offices, self.companies, self.outlets):
            earlier = [moved(speaker) for speaker in known]
            known.clear()
            known.extend(earlier)
        self.last = moved(self.last) if self.last else None
        self.subject, self.began = None, 0

    def learn(self, units: Sequence[Unit], text: str) -> None:
        """Remembers every full name of a sentence with the titles that stand before or, after a comma, behind it."""
        if _is_heading(units) or len(self.titles) > MOST_NAMES:
            return
        for first, last in capital_runs(units):
            before = units[first - 1] if first else None
            if before is not None and before.low in ("the", "of", "in", "at") and not titled(units, first):
                continue
            if before is not None and before.low in _AGENCIES and last - first <= 3:
                self.named[spelled(units[first:last], text)] = SpeakerKind.OUTLET
                continue
            name = spelled(units[first:last], text)
            if any(u.low in GROUPS for u in units[first:last]):
                continue
            told, party = _title_words(units, first, last)
            if last - first < 2 and (before is None or before.low not in _PERSONAL):
                continue
            known = self.surnames.get(units[last - 1].text)
            if last - first >= 2 or known is None:
                self.surnames.setdefault(units[last - 1].text, name)
            full = self.surnames.get(units[last - 1].text, name)
            self.titles.setdefault(full, set()).update(told)
            if party:
                self.parties.setdefault(full, party)

    def full(self, surname: str) -> str | None:
        """The full name whose last word this is, or None."""
        return self.surnames.get(surname)


_AGENCIES = frozenset("agency newspaper daily weekly magazine website portal broadcaster paper channel".split())
_PERSONAL = frozenset(
    "president minister secretary mr mrs ms dr gen general admiral colonel chancellor king prince sheikh ambassador "
    "premier senator spokesman spokeswoman spokesperson shri sir marshal".split()
)


def _can_be_it(units: Sequence[Unit], at: int) -> bool:
    """Whether a unit can be what "it" means: an office, company, party or name in capitals, not a possessive."""
    u = units[at]
    if at + 1 < len(units) and units[at + 1].low == "'s":
        return False
    capitals = u.kind == "word" and u.text.isupper() and 2 < len(u.text) < 9 and u.text.isalpha()
    return u.kind in ("office", "company") or u.how in ("party", "seat") or capitals


def _is_heading(units: Sequence[Unit]) -> bool:
    """Whether most words of a sentence begin with a capital: a heading, in which capitals say nothing."""
    words = [u for u in units if u.kind == "word" and len(u.text) > 3]
    return len(words) > 3 and sum(1 for u in words if u.text[:1].isupper()) * 10 > len(words) * 7


_LEADS = 8  # units of a sentence among which its subject stands


def _governed(units: Sequence[Unit], at: int) -> bool:
    """Whether a name stands behind a preposition or "and": an object, to which "he" seldom leads back."""
    before = [u.low for u in units[max(0, at - 2) : at]]
    return any(w in speech().place_words or w in ("and", "met", "told", "by", "than") for w in before)


def is_role(name: str) -> bool:
    """Whether a name tells a role of one person ("the Dutch defence minister")."""
    return any(word in speech().roles for word in name.lower().replace("-", " ").split())


def capital_runs(units: Sequence[Unit]) -> Iterable[tuple[int, int]]:
    """Runs of capitalised words that name nothing else and are no titles: names of people, more or less."""
    at = 0
    while at < len(units):
        if not capital(units[at]):
            at += 1
            continue
        first = at
        while at < len(units) and (
            capital(units[at])
            or (units[at].low in _PARTICLES and at + 1 < len(units) and capital(units[at + 1]))
            or (units[at].text == "." and len(units[at - 1].text) == 1 and at + 1 < len(units))
        ):
            at += 1
        yield first, at


def capital(u: Unit) -> bool:
    named = u.kind == "word" or (u.kind == "office" and u.how.endswith("weak") and " " not in u.text)
    return (
        named
        and u.text[:1].isupper()
        and u.low not in speech().titles
        and u.low not in _LITTLE
        and not u.text.isdigit()
        and (len(u.text) == 1 or any(c.islower() for c in u.text) or len(u.text) > 3)
    )


_LITTLE = frozenset(
    "the a an in on at by for from to of and but or as if when while after before since with that this these those "
    "he she it they we i you his her its their our there here not no yes also however meanwhile later earlier then "
    "still now yet so what who which why how where both asked under during according citing some most many all "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december today yesterday tomorrow last next over about until despite although "
    "though because even only just more than such each every one two three four five six seven eight nine ten "
    "western eastern northern southern central local state-run government defence defense".split()
)


def titled(units: Sequence[Unit], first: int) -> bool:
    return bool(first and units[first - 1].low in speech().titles)


def spelled(units: Sequence[Unit], text: str) -> str:
    return " ".join(text[units[0].start : units[-1].end].split())


def _title_words(units: Sequence[Unit], first: int, last: int) -> tuple[set[str], str | None]:
    """The words of a person's titles, and the party that those who bear them speak for."""
    words = speech()
    told, party = _titles_before(units, first)
    if last < len(units) and units[last].text == ",":
        for u in units[last + 1 : last + 12]:
            if u.text in ",.;:" or u.low in ("said", "who"):
                break
            if u.kind in ("party", "office", "company"):
                party = party or u.party
                told |= {w for w in u.low.split() if w in words.titles}
            elif u.low in words.titles or u.low in words.roles or u.low in words.people_of:
                told.add(u.low)
    return told, party if told & words.roles and not told & PRIVATE else None


def _titles_before(units: Sequence[Unit], first: int) -> tuple[set[str], str | None]:
    """Those that stand before a name: "Aland's defence minister", and with a comma "ambassador to Borduria, Jan Ek"."""
    words = speech()
    told: set[str] = set()
    party: str | None = None
    behind = first > 1 and units[first - 1].text == ","
    at = first - 2 if behind else first - 1
    while at >= 0 and first - at < 9:
        u = units[at]
        if u.kind in ("party", "office", "company"):
            party = party or u.party
            told |= {w for w in u.low.replace("'s", " ").split() if w in words.titles or w in words.office_nouns}
        elif u.low in words.titles or u.low in words.roles or u.low in ("of", "'s", ".") or u.low in words.office_nouns:
            told |= {u.low} - {"of", "'s", "."}
        elif behind and not told and u.low in ("to", "in", "at"):
            party = None  # where an ambassador is sent is not whom he speaks for
        else:
            break
        at -= 1
    return (told, party) if told & words.roles or not behind else (set(), None)


PRIVATE = frozenset(
    "analyst expert professor researcher fellow historian economist journalist columnist reporter editor former "
    "retired scholar author lawyer counsel opposition activist veteran".split()
)
