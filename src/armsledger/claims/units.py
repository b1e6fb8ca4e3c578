"""A sentence as a list of units: words, parties, items, sums, dates. Every later rule looks at units, never at letters.

An item is a whole noun phrase with what hangs on its left: number, maker or origin ("Turkish drones", "Soviet-made
rifles"), owner ("Turkey's S-400s"). It is made once, before any verb is looked at, so that the rules stay short.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache

from armsledger.claims.items import singular
from armsledger.lexicon.designators import find_designators, system_of
from armsledger.lexicon.entries import SystemEntry
from armsledger.lexicon.grammar import Grammar, grammar
from armsledger.lexicon.matcher import Mention, Name, NameKind, lexicon, matcher
from armsledger.text.dates import find_dates
from armsledger.text.money import find_money, find_spoken_money
from armsledger.text.quantities import words_to_number


@dataclass(frozen=True, slots=True)
class ItemPhrase:
    """What moves, as a noun phrase names it. ``origin`` and ``made_by`` are states, ``owner`` a party."""

    name: str
    head: str
    system: str | None = None
    origin: str | None = None
    made_by: str | None = None
    owner: str | None = None
    quantity: Decimal | None = None
    definite: bool = False
    weak: bool = False
    bare: bool = False  # "arms", "weapons", "military aid": any number of contracts
    label: str | None = None  # the name without its noun, lower case: "hangor" of "Hangor submarines"


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of a sentence (start inclusive, end exclusive in the text that was cut into units)."""

    kind: str  # word, number, punct, party, company, office, outlet, item, money, date
    text: str
    low: str
    start: int
    end: int
    party: str | None = None
    how: str = ""
    item: ItemPhrase | None = None
    number: Decimal | None = None
    currency: str | None = None


_TOKEN = re.compile(
    r"'s(?!\w)|n't(?!\w)|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|\w+(?:[-/&]\w+)*(?:\.(?=\w\.))?(?:\w\.)*|[^\w\s]"
)
_MADE = re.compile(
    r"(.+?)-(?:made|built|supplied|produced|manufactured|origin|designed|provided|sourced|era)$", re.IGNORECASE
)


def cut(
    text: str,
    start: int,
    end: int,
    mentions: Sequence[Mention],
    sure: Collection[str] = (),
    *,
    arms: bool = False,
) -> list[Unit]:
    """The units of ``text[start:end]`` with the names found in it, in order.

    ``sure`` are the systems that the text names beyond doubt: where a name has several meanings ("Lynx"), it is the one
    of these. ``arms`` tells that the text is about arms: there a name that is also a word ("Typhoon") is taken for the
    system.
    """
    fixed = [u for m in mentions if (u := _named(text, m, sure))]
    taken = sorted(fixed, key=lambda u: u.start)
    taken = _with_sums(text, start, end, taken)
    units: list[Unit] = []
    at = start
    for unit in [*taken, None]:
        stop = unit.start if unit else end
        units.extend(_words(text, at, stop))
        if unit:
            units.append(unit)
            at = unit.end
    return _items(_made_by(units), arms=arms)


def _words(text: str, start: int, end: int) -> Iterator[Unit]:
    for found in _TOKEN.finditer(text, start, end):
        word = found[0]
        low = word.lower()
        number: Decimal | None = None
        if word[0].isdigit():
            number = Decimal(word.replace(",", "")) if _FIGURE.fullmatch(word) else None
        elif low in _number_words() or ("-" in low and low.split("-")[0] in _number_words()):
            number = words_to_number(low)
        kind = "number" if number is not None else "word" if word[0].isalnum() or low in ("'s", "n't") else "punct"
        yield Unit(kind, word, low, found.start(), found.end(), number=number)


_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")


@cache
def _number_words() -> frozenset[str]:
    return frozenset(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen twenty thirty "
        "forty fifty sixty seventy eighty ninety one".split()
    )


_PARTIES = (NameKind.PARTY, NameKind.SEAT, NameKind.SERVICE, NameKind.PEOPLE, NameKind.DEMONYM)


def named_systems(mentions: Iterable[Mention]) -> frozenset[str]:
    """The systems that are named by a name of their own and of nothing else."""
    return frozenset(
        name.entry
        for m in mentions
        if len(m.names) == 1
        for name in m.names
        if name.kind is NameKind.SYSTEM and not name.weak
    )


def _named(text: str, mention: Mention, sure: Collection[str]) -> Unit | None:
    """A name as a unit: parties before systems before makers, offices and outlets.

    A weak name only where nothing speaks against it.
    """
    words = text[mention.start : mention.end]
    for kinds, kind in (
        ((NameKind.SYSTEM,), "system"),
        (_PARTIES, "party"),
        ((NameKind.MAKER,), "company"),
        ((NameKind.OFFICE,), "office"),
        ((NameKind.OUTLET,), "outlet"),
    ):
        strong = [n for n in mention.names if n.kind in kinds and not n.weak]
        found = strong or [n for n in mention.names if n.kind in kinds]
        if kind == "system" and len({n.entry for n in found}) > 1:
            found = _meant(text, mention, found, sure)
            if len({n.entry for n in found}) > 1 and words.isalpha():
                return Unit(kind, words, words.lower(), *_extent(text, mention), how="doubtful weak")
        if not found or len({n.entry for n in found}) > 1 or (not strong and any(not n.weak for n in mention.names)):
            continue
        name = found[0]
        party = {"company": _states().get(name.entry), "office": _speaks_for().get(name.entry)}.get(kind, name.entry)
        if kind == "outlet":
            party = None
        how = name.kind.value + (" weak" if name.weak else "")
        if kind == "party" and name.kind is NameKind.DEMONYM:
            how = "demonym"
        return Unit(kind, words, words.lower(), *_extent(text, mention), party=party, how=how)
    return None


def _extent(text: str, mention: Mention) -> tuple[int, int]:
    """Where a name stands, the s of its plural included."""
    plural = text[mention.end : mention.end + 1] == "s" and not text[mention.end + 1 : mention.end + 2].isalnum()
    return mention.start, mention.end + plural


def _meant(text: str, mention: Mention, found: Sequence[Name], known: Collection[str]) -> list[Name]:
    """Of the systems of one name, the one that the noun behind it is of ("Puma helicopters"), or the one that the text
    names beyond doubt elsewhere.
    """
    after = re.match(r"s?\s+([a-z]+?)s?\b", text[mention.end : mention.end + 24])
    noun = after[1] if after else ""
    fitting = [n for n in found if noun and noun in (systems()[n.entry].head, systems()[n.entry].type.split()[-1])]
    return fitting or [n for n in found if n.entry in known] or list(found)


@cache
def _states() -> dict[str, str]:
    return {m.id: m.state for m in lexicon().makers}


@cache
def _speaks_for() -> dict[str, str]:
    return {o.id: o.party for o in lexicon().offices}


@cache
def systems() -> dict[str, SystemEntry]:
    """The lexicon's systems by id."""
    return {s.id: s for s in lexicon().systems}


@cache
def _currency_words() -> dict[str, str]:
    table = {
        w.lower(): c.code
        for c in lexicon().currencies
        for w in (*c.weak, *c.names)
        if re.fullmatch(r"[A-Za-z. ]{3,20}", w)
    }
    plural = {w + "s": code for w, code in table.items() if not w.endswith("s")}
    return (
        plural
        | table
        | {
            "dlrs": "USD",
            "dlr": "USD",
            "stg": "GBP",
            "dollars": "USD",
            "dollar": "USD",
            "euros": "EUR",
            "euro": "EUR",
            "won": "KRW",
            "yen": "JPY",
            "rupees": "INR",
        }
    )


def _with_sums(text: str, start: int, end: int, taken: list[Unit]) -> list[Unit]:
    """The named units with sums of money and dates among them; what overlaps a sum goes."""
    stretch = text[start:end]
    sums = [*find_money(stretch), *(find_spoken_money(stretch, _currency_words()) if re.search(r"\d", stretch) else ())]
    extra = [
        Unit(
            "money",
            stretch[s.start : s.end],
            stretch[s.start : s.end].lower(),
            start + s.start,
            start + s.end,
            number=s.amount,
            currency=s.currency,
        )
        for s in sums
    ]
    extra += [
        Unit("date", stretch[d.start : d.end], "", start + d.start, start + d.end, how=d.interval.iso)
        for d in find_dates(stretch)
    ]
    kept: list[Unit] = []
    for unit in sorted([*extra, *taken], key=lambda u: (u.start, -u.end)):
        if not kept or unit.start >= kept[-1].end:
            kept.append(unit)
    return kept


def _former(word: str) -> str | None:
    """The party of "ex-Portuguese", "ex-Dutch": who had it before hands it over."""
    head, _, rest = word.partition("-")
    if head.lower() not in ("ex", "former") or not rest:
        return None
    found = next((m for m in matcher().find(rest) if m.start == 0 and m.end == len(rest)), None)
    names = [n for n in found.names if n.kind in _PARTIES] if found else []
    return names[0].entry if names else None


def _made_by(units: list[Unit]) -> list[Unit]:
    """ "US-made", "Soviet-built", "Turkish-supplied": one unit with the maker's party."""
    out: list[Unit] = []
    at = 0
    while at < len(units):
        u = units[at]
        behind = units[at + 1] if at + 1 < len(units) else None
        after = units[at + 2] if at + 2 < len(units) else None
        if (
            u.kind in ("party", "company")
            and behind
            and behind.text == "-"
            and after
            and after.low in _MADE_WORDS
            and u.end == behind.start
        ):
            out.append(replace(u, kind="made", end=after.end, text=u.text + "-" + after.text))
            at += 3
            continue
        former = _former(u.text) if u.kind == "word" and "-" in u.text else None
        out.append(replace(u, kind="made", party=former) if former else u)
        at += 1
    return out


_MADE_WORDS = frozenset("made built supplied produced manufactured origin designed provided sourced era".split())


# -- items ------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Run:
    """A run of units that may be a noun phrase of an item, while it is being made."""

    first: int
    last: int
    systems: list[Unit] = field(default_factory=list)
    strong: bool = False
    weak: bool = False
    called: int | None = None  # where "known as" begins, between the noun and its name


def _items(units: list[Unit], *, arms: bool) -> list[Unit]:
    """The units with each noun phrase of an item made one unit; what stands before it stays and is told in it."""
    words = grammar()
    out: list[Unit] = []
    at = 0
    headline = _is_headline(units)
    while at < len(units):
        run = _run(units, at, words, arms=arms)
        if run is None:
            out.append(units[at] if units[at].kind != "system" else replace(units[at], kind="word"))
            at += 1
            continue
        names = [] if headline or run.systems else _own_names(out, words)
        item = _phrase(units, out, run, words, names)
        out.append(item)
        at = run.last + 1
    return out


def _is_headline(units: Sequence[Unit]) -> bool:
    """Whether most words have a capital, so that a capital says nothing."""
    words = [u for u in units if u.kind == "word" and u.text[:1].isalpha()]
    return sum(1 for u in words if u.text[:1].isupper()) > 0.5 * len(words)


def _own_names(out: list[Unit], words: Grammar) -> list[Unit]:
    """The capitalised words right before a noun of arms, taken from ``out``: "Ajban vehicles" is a name of its own."""
    names: list[Unit] = []
    while len(out) > 1 and len(names) < 2:
        u = out[-1]
        unlike = u.kind != "word" or not u.text[:1].isupper() or len(u.text) < 3 or u.low in words.passed
        if unlike or (u.low,) in words.triggers or u.low in _NO_ADJECTIVE or out[-2].text in ".?!":
            break
        names.insert(0, out.pop())
    return names


def _run(units: list[Unit], at: int, words: Grammar, *, arms: bool) -> _Run | None:
    """The longest run from ``at`` of modifiers, systems and nouns of arms that ends in a system or a noun."""
    u = units[at]
    if u.kind not in ("word", "system", "number"):
        return None
    if u.kind == "word" and u.low not in words.heads and u.low not in words.modifiers and not _designates(u):
        return None  # nothing that could begin a phrase: most words
    if _blocked(units, at, words):
        return None
    run = _Run(at, -1)
    here = at
    while here < len(units) and here - at < 12:
        u = units[here]
        size, strong = _head(units, here, words)
        if (
            size
            and here
            and units[here].low in ("upgrade", "ship", "equip")
            and units[here - 1].low in ("to", "will", "would", "can", "could")
        ):
            break
        if size:
            if _blocked(units, here, words):
                break
            run.last = here + size - 1
            run.strong, run.weak = run.strong or strong, run.weak or not strong
            here += size
            continue
        if u.kind == "system":
            alone = arms and u.how != "doubtful weak" and _alone(units, here)
            if u.how.endswith("weak") and not _fits(units, here, words) and not alone:
                break
            run.systems.append(u)
            run.last = here
        elif u.low in words.modifiers or (u.kind == "number" and run.systems and here > at) or _designates(u):
            if _designates(u):
                run.systems.append(u)
                run.last = here
        elif u.text in ("-", "/") and here > at and here + 1 < len(units) and u.start == units[here - 1].end:
            pass
        elif u.low in SERVICES and run.systems and run.last == here - 1:
            run.last = here  # "F-16 maintenance"
        elif u.text == "(" and run.last >= 0 and here + 2 < len(units) and units[here + 2].text == ")":
            here += 2  # "missiles (AMRAAM)": an abbreviation belongs to the name
            if units[here - 1].kind == "system":
                run.systems.append(units[here - 1])
            run.last = here
        elif u.kind == "word" and u.text[:1].isupper() and here > at and run.systems and u.low not in words.passed:
            pass  # "F-16 Fighting Falcon jets"
        else:
            break
        here += 1
    if run.last < at or not (run.systems or run.strong or run.weak) or _lends_its_name(units, run.last):
        return None
    return _called(units, run)


_NAMED_AFTER = frozenset(
    "fan fans supporter supporters exam exams examination sandwich sandwiches ticket tickets jersey jerseys shirt "
    "shirts toy toys game games film films movie movies song songs album albums brand watch watches bag bags mascot "
    "quarterback coach coaches stadium players player".split()
)


def _lends_its_name(units: Sequence[Unit], last: int) -> bool:
    """Whether something else is named after an arm: "Patriots fans", "an S-400 class exam"."""
    after = last + 1 + (last + 1 < len(units) and units[last + 1].low == "class")
    return after < len(units) and units[after].low in _NAMED_AFTER


SERVICES = frozenset(
    "upgrade upgrades modernisation modernization maintenance overhaul refurbishment refit support sustainment "
    "training repair repairs spares parts components kits kit component part spare engines engine".split()
)
_CALLED = (("known", "as"), ("called",), ("named",), ("dubbed",), ("designated",), ("codenamed",))


def _called(units: list[Unit], run: _Run) -> _Run:
    """The run with the name that it is said to have: "a guided missile known as the CGR-080"."""
    after = run.last + 1
    for words in _CALLED:
        end = after + len(words)
        if tuple(u.low for u in units[after:end]) == words:
            end += end < len(units) and units[end].low in ("the", "a", '"')
            if end < len(units) and (units[end].kind == "system" or _designates(units[end])):
                run.systems.append(units[end])
                run.last = end
                run.called = after
    return run


def _designates(u: Unit) -> bool:
    if u.kind != "word" or not any(c.isdigit() for c in u.text) or not u.text[:1].isupper():
        return False
    found = next(find_designators(u.text), None)
    return (
        found is not None
        and found.end == len(u.text)
        and len(u.text) > 2
        and not re.fullmatch(r"[A-Z]{1,2}\d{1,2}", u.text)
    )


def _head(units: list[Unit], at: int, words: Grammar) -> tuple[int, bool]:
    """How many units from ``at`` are a noun of arms, and whether it is a strong one."""
    if at >= len(units) or units[at].low not in words.heads:
        return 0, False
    for size in (3, 2, 1):
        lows = tuple(u.low for u in units[at : at + size] if u.kind == "word")
        if len(lows) == size:
            if lows in words.strong:
                return size, True
            if lows in words.weak:
                return size, False
    return 0, False


def _blocked(units: list[Unit], at: int, words: Grammar) -> bool:
    """Whether the words here are a pair that means something else: "think tank", "arms control"."""
    if units[at].low not in words.blocked:
        return False
    for back in (0, 1, 2):
        first = at - back
        if first < 0:
            continue
        for size in (2, 3):
            lows = tuple(u.low for u in units[first : first + size])
            if len(lows) == size and first + size > at and lows in words.blocks:
                return True
    return False


def _fits(units: list[Unit], at: int, words: Grammar) -> bool:
    """Whether a weak name of a system ("Javelin") is one here: a noun of arms or a number stands beside it."""
    size, _ = _head(units, at + 1, words)
    before = units[at - 1] if at else None
    after = units[at + 1] if at + 1 < len(units) else None
    return (
        bool(size)
        or (before is not None and (before.kind in ("number", "made", "company") or before.kind == "system"))
        or (after is not None and (after.kind == "number" or after.low in words.modifiers))
    )


def _alone(units: list[Unit], at: int) -> bool:
    """Whether a weak name stands for itself: a capital, and no capitalised word beside it that would make it a name of
    something else ("Patriot Act", "Sam Archer").
    """
    u = units[at]
    if not u.text[:1].isupper() and not any(c.isdigit() for c in u.text):
        return False
    after = units[at + 1] if at + 1 < len(units) else None
    before = units[at - 1] if at else None
    if after is not None and after.kind == "word" and after.text[:1].isupper() and after.start - u.end < 2:
        return False
    return before is None or before.kind != "word" or not before.text[:1].isupper() or at == 1


def _phrase(units: list[Unit], before: list[Unit], run: _Run, words: Grammar, names: list[Unit]) -> Unit:
    """The item of a run, with its own names and the number, origin and owner that stand on its left."""
    parts = [*names, *units[run.first : run.last + 1]]
    start, end = parts[0].start, parts[-1].end
    name = _name(parts if run.called is None else [parts[-1], *parts[: run.called - run.first + len(names)]])
    entry = next((e for u in run.systems if (e := _entry(u))), None)
    system = entry.id if entry else None
    head = entry.head if entry else parts[-1].low
    left = _left(before, words)
    bare = not run.systems and not names and parts[-1].low in _BARE and left.quantity is None
    return Unit(
        "item",
        name,
        name.lower(),
        start,
        end,
        item=ItemPhrase(
            name=name,
            head=head
            if entry is None or len(parts) == 1
            else parts[-1].low.rstrip("s")
            if _head(parts, len(parts) - 1, words)[0]
            else head,
            system=system,
            origin=entry.origin[0] if entry and entry.origin else None,
            made_by=left.made_by,
            owner=left.owner,
            quantity=left.quantity,
            definite=left.definite,
            weak=not run.strong and not run.systems,
            bare=bare,
            label=_label(names or run.systems),
        ),
    )


def _label(names: Sequence[Unit]) -> str | None:
    """The first word of a name that can stand for it later: "Alkmaars" for "Alkmaar-class minehunters"."""
    if not names:
        return None
    first = re.match(r"[^\W\d_]{4,}", names[0].text)
    return first[0].lower() if first and first[0][0].isupper() else None


_BARE = frozenset(
    "arms weapons weapon weaponry armaments equipment hardware aid assistance support supplies "
    "technology ammunition munitions".split()
)


def _entry(unit: Unit) -> SystemEntry | None:
    found = unit.party if unit.kind == "system" else system_of(unit.text)
    return systems().get(found) if found else None


def _name(parts: Sequence[Unit]) -> str:
    kept: list[str] = []
    for u in parts:
        if u.text in ("-", "/", "(", ")"):
            if u.text in "-/" and kept:
                kept[-1] += u.text
            continue
        if kept and kept[-1].endswith(("-", "/")):
            kept[-1] += u.text
        else:
            kept.append(u.text)
    name = " ".join(kept)
    return name if name.lower().endswith("arms") else singular(name)


def is_hull_code(unit: Unit) -> bool:
    """Whether a word before a number makes it a ship's, and no count: "CVN 70", "DDG 111"."""
    return unit.kind == "word" and 2 <= len(unit.text) <= 4 and unit.text.isupper() and unit.text.isalpha()


_NO_ADJECTIVE = frozenset(
    "and or of for to from with by in at on as the a an is are was were has have had be its their his her that which "
    "who not more than per off over under against into out up down would will could may might made built".split()
)


@dataclass(slots=True)
class _Left:
    quantity: Decimal | None = None
    made_by: str | None = None
    owner: str | None = None
    definite: bool = False


def _left(before: list[Unit], words: Grammar) -> _Left:
    """What stands on the left of a noun phrase and belongs to it, nearest first."""
    found = _Left()
    at = len(before) - 1
    steps = 0
    while at >= 0 and steps < 8:
        u = before[at]
        steps += 1
        if u.kind == "number" and at and is_hull_code(before[at - 1]):
            break
        if u.kind == "number" and found.quantity is None:
            found.quantity = u.number
        elif u.kind in ("made", "company") and found.made_by is None:
            found.made_by = u.party
        elif u.kind == "party" and u.how.startswith(("demonym",)) and found.made_by is None:
            found.made_by = u.party
        elif u.low == "'s" and at and before[at - 1].kind in ("party", "company"):
            found.owner = before[at - 1].party
            break
        elif u.kind == "party" and at + 1 == len(before) and u.how == "party" and found.made_by is None:
            found.made_by = u.party  # "US missiles"
        elif u.low in ("the", "these", "those", "this", "that", "its", "their"):
            found.definite = True
            break
        elif u.low == "of" and at and (before[at - 1].low in words.containers or before[at - 1].kind == "number"):
            pass
        elif (
            steps == 1
            and at
            and u.kind == "word"
            and u.low.isalpha()
            and u.text.islower()
            and u.low not in _NO_ADJECTIVE
            and (u.low,) not in words.triggers
            and (before[at - 1].kind in ("number", "made") or before[at - 1].how == "demonym")
        ):
            pass  # "Turkish midget submarines"
        elif (
            u.low in words.containers
            or u.low in words.passed
            or u.low in words.modifiers
            or (u.text == "-" and steps > 1)
        ):
            if u.low in ("a", "an"):
                break
        else:
            break
        at -= 1
    return found
