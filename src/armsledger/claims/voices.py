"""Who speaks: a noun phrase becomes a speaker, and "he", "the ministry" or a surname the voice that was named before.

"The spokesman" is the last spokesman, "the company" the last company; what names nobody gives no speaker.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import replace

from armsledger.claims.cast import (
    ARTICLES,
    GROUPS,
    PRIVATE,
    UNNAMED_SOURCES,
    Cast,
    Speaker,
    capital,
    capital_runs,
    is_role,
    spelled,
    titled,
)
from armsledger.claims.units import Unit
from armsledger.lexicon.speech import speech
from armsledger.model import SpeakerKind

# -- a noun phrase as a speaker ---------------------------------------------------------------------------


def voice(units: Sequence[Unit], text: str, cast: Cast, inside: bool = False) -> Speaker | None:
    """The speaker that a noun phrase names; None where it names nobody who can speak.

    ``inside`` tells that it stands where only a voice can: then an unknown name alone is one.
    """
    part = _trimmed(_unticked(units))
    inner = [n for n in range(1, len(part)) if part[n].low in _DETERMINERS and part[n - 1].low not in _JOINING]
    if inner and not any(u.kind == "punct" for u in part[: inner[-1]]):
        part = part[inner[-1] :]  # "in the opposite direction the ministry": no phrase has an article inside
    while part:
        found = _named(part, text, cast, inside)
        if found is not None:
            told = replace(found, start=part[0].start, end=part[-1].end)
            return told if told.party else replace(told, party=_speaks_for(part, told, cast))
        later = next((n for n in range(1, len(part)) if part[n].low in _OPENERS), None)
        if later is None or any(u.low in _CLAUSAL for u in part[:later]):
            return None
        part = part[later:]
    return None


_OPENERS = frozenset("the a an its his her their he she it they".split())
_DETERMINERS = frozenset("the a an its his their".split())
_JOINING = speech().place_words | frozenset("and or of 's all both half such many not even only".split())
_CLAUSAL = frozenset("no nobody is are was were has have had will would of for with against between".split())


def _named(part: list[Unit], text: str, cast: Cast, inside: bool) -> Speaker | None:
    """The speaker of a phrase that begins where its noun phrase does."""
    if part[0].low in ("no", "nobody", "nothing", "none", "there"):
        return None
    found = _pronoun(part, cast) or _person(part, text, cast)
    if found is None and len(core := _core(part)) < len(part) and len(core) > 1:
        found = _person(core, text, cast)
    found = found or _headed(part, text, cast) or _surname(part, cast)
    if found is None and inside and len(part) == 1 and capital(part[0]) and len(part[0].text) > 3:
        return Speaker(part[0].text, SpeakerKind.PERSON, how="capitals")
    return found


def _unticked(units: Sequence[Unit]) -> list[Unit]:
    """Without a ticker behind a company's name ("Acme Plc <ACM.L>"), and without the marks around a name."""
    kept: list[Unit] = []
    inside = False
    for u in units:
        if u.text == "<":
            inside = bool(kept)
        elif u.text == ">":
            inside = False
        elif not inside:
            kept.append(u)
    return kept


def _speaks_for(part: Sequence[Unit], told: Speaker, cast: Cast) -> str | None:
    """The party that a voice speaks for: not that of which an analyst knows, or of which a man was once minister."""
    if any(u.low in PRIVATE for u in part) or told.kind in (SpeakerKind.UNNAMED, SpeakerKind.OUTLET):
        return None
    known = cast.parties.get(told.name) if told.kind is SpeakerKind.PERSON else None
    if told.kind is SpeakerKind.PERSON and cast.titles.get(told.name, set()) & PRIVATE:
        return None
    return known or _party_of(part)


def _party_of(part: Sequence[Unit]) -> str | None:
    return next((u.party for u in part if u.kind in ("office", "party", "company") and u.party), None)


def _trimmed(units: Sequence[Unit]) -> list[Unit]:
    """Without what stands before the noun phrase: adverbs, dates, "in January", "earlier this month"."""
    part = list(units)
    while part and (
        part[0].kind in ("date", "punct")
        or (part[0].low in _LEADING and len(part) > 1)
        or (part[0].low.endswith("ly") and len(part) > 1 and part[0].low not in ("daily", "weekly"))
        or (part[0].low in _TIMES)
        or (part[0].low in ("in", "on", "at", "by", "during", "last", "this", "next", "earlier", "later", "from")
            and len(part) > 1 and (part[1].low in _TIMES or part[1].kind in ("date", "number")
                                   or part[1].low in ("last", "this", "next", "the")))
    ):  # fmt: skip
        part.pop(0)
    while part and (part[-1].kind in ("date", "punct") or part[-1].low in _TRAILING or part[-1].low in _TIMES):
        part.pop()
    return part


_TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august "
    "september october november december today yesterday week month year morning evening weekend afternoon night "
    "spring summer autumn winter".split()
)
_LEADING = frozenset(
    "but and so yet meanwhile however also separately then still though although instead moreover "
    "furthermore in addition now later earlier asked as while that".split()
)
_TRAILING = frozenset(
    "also later earlier then again itself himself herself themselves has have had already now still too on in at "
    "previously recently last this once just would will did not never".split()
)


def _pronoun(part: Sequence[Unit], cast: Cast) -> Speaker | None:
    if len(part) > 2:
        return None
    low = part[-1].low
    if len(part) == 1 and low in ("he", "she", "him", "her"):
        if cast.last and (cast.last.kind is SpeakerKind.PERSON or is_role(cast.last.name)):
            later = [s for s in (*_last(cast.persons), *_last(cast.roles)) if s.start > cast.last.end]
            return _recent("pronoun", [cast.last, *later])
        return _recent("pronoun", [*_last(cast.persons), *_last(cast.roles)])
    if len(part) == 1 and low == "it":
        return _thing(cast)
    if len(part) == 1 and low in ("they", "both"):
        plural = [s for s in _last(cast.outlets) if s.name.endswith(("s", "media", "press"))]
        return _recent("pronoun", [*_last(cast.groups), *plural])
    if low in ("one", "another", "other") and cast.groups:
        return replace(cast.groups[-1], how="pronoun")
    return None


def _thing(cast: Cast) -> Speaker | None:
    """What "it" means: the office, company or outlet that has just spoken, or that the last sentence began with."""
    last = cast.last
    spoke = last is not None and last.kind in _THINGS and not is_role(last.name)
    if last is not None and spoke and last.start >= cast.began:
        return replace(last, how="pronoun")
    if cast.subject is not None:
        return replace(cast.subject, how="pronoun")
    return replace(last, how="pronoun") if last is not None and spoke else None


_THINGS = (SpeakerKind.OFFICE, SpeakerKind.COMPANY, SpeakerKind.OUTLET)


def _last(known: deque[Speaker]) -> list[Speaker]:
    return [known[-1]] if known else []


def _recent(how: str, known: Sequence[Speaker]) -> Speaker | None:
    """The one of these that was named last."""
    return replace(max(known, key=lambda s: s.start), how=how) if known else None


def _person(part: Sequence[Unit], text: str, cast: Cast) -> Speaker | None:
    """A person's full name at the end of a noun phrase, or one name behind a title ("President Ekmann")."""
    named = _name_in_office(part)
    if named:
        return Speaker(cast.full(named.split()[-1]) or named, SpeakerKind.PERSON, party=part[-1].party)
    runs = [run for run in capital_runs(part) if run[1] == len(part)]
    if not runs:
        return None
    first, last = runs[0]
    before = part[first - 1] if first else None
    if any(u.low in GROUPS for u in part[first:last]) or (part[last - 1].text.isupper() and last - first == 1):
        return None
    ranked = titled(part, first) or (before is not None and before.kind == "office" and is_role(before.text))
    if before is not None and before.low in (*speech().place_words, "the") and not ranked:
        return None
    name = spelled(part[first:last], text)
    if last - first == 1:
        known = cast.full(part[first].text)
        if known is None and not ranked:
            return None
        return Speaker(known or name, SpeakerKind.PERSON, party=cast.parties.get(known or name))
    if before is not None and before.low in speech().outlet_nouns:
        return Speaker(name, SpeakerKind.OUTLET)
    full = cast.full(part[last - 1].text)
    full = full if full and len(full) > len(name) and full.endswith(name) else name
    return Speaker(full, SpeakerKind.PERSON, party=cast.parties.get(full))


def _name_in_office(part: Sequence[Unit]) -> str | None:
    """The name in "Prime Minister Jan Ekmann", which the lexicon knows as one office."""
    u = part[-1]
    if u.kind != "office" or " " not in u.text:
        return None
    words = u.text.split()
    titles = [n for n, w in enumerate(words) if w.lower() in speech().roles]
    rest = words[titles[-1] + 1 :] if titles else words if not is_office(u.text) else []
    fine = 1 <= len(rest) <= 3 and all(w[:1].isupper() and w[1:2].islower() for w in rest)
    return " ".join(rest) if fine else None


def is_office(name: str) -> bool:
    """Whether a name tells an office or body by one of its words, or by a preposition in it."""
    words = speech()
    return any(
        w in words.office_nouns or w in words.titles or w in GROUPS or w in words.place_words or w.isupper()
        for w in (w if w.isupper() and len(w) > 1 else w.lower() for w in name.replace("'s", "").split())
    )


def _surname(part: Sequence[Unit], cast: Cast) -> Speaker | None:
    """One capitalised word that is no title: a known surname, or a name of its own."""
    u = part[-1]
    if len(part) > 2 or not capital(u) or u.low in GROUPS:
        return None
    if u.text in cast.named:
        return Speaker(u.text, cast.named[u.text])
    known = cast.full(u.text)
    if known:
        return Speaker(known, SpeakerKind.PERSON, how="surname", party=cast.parties.get(known))
    if u.text.isupper() and 3 <= len(u.text) <= 8:
        return Speaker(u.text, SpeakerKind.OFFICE, how="capitals")
    return None


def _headed(part: Sequence[Unit], text: str, cast: Cast) -> Speaker | None:
    """A noun phrase by its head noun: sources, a role, an outlet, an office, a company, a party."""
    words = speech()
    core = _core(part)
    if not core:
        return None
    head = core[-1]
    low = head.low
    phrase = _phrase(part, text)
    if low in words.unnamed or (low in ("two", "three", "four", "one", "some", "others") and len(part) > len(core)):
        return Speaker(UNNAMED_SOURCES, SpeakerKind.UNNAMED)
    if low in words.people_of and head.kind == "word":
        return _people(part, core, phrase, cast)
    if low in words.document_nouns and head.kind == "word":
        return _document(part, core, phrase, text, cast)
    if low in words.outlet_nouns or head.kind == "outlet":
        if len(core) == 1 and head.kind == "word" and len(part) == 1 and cast.outlets:
            return replace(cast.outlets[-1], how="noun")
        return Speaker(head.text if head.kind == "outlet" else phrase, SpeakerKind.OUTLET)
    if low in words.roles and head.kind in ("word", "office"):
        return _role(part, core, phrase, cast)
    if head.kind == "office":
        return _office(part, head, phrase)
    if low in words.company_nouns and head.kind == "word":
        return _company(core, phrase, cast)
    if head.kind == "company":
        return Speaker(head.text, SpeakerKind.COMPANY, party=head.party)
    if low in words.office_nouns and head.kind == "word":
        return _named_office(part, core, phrase, cast)
    if head.kind == "party" and head.how.split()[0] in ("party", "seat", "service", "people") and len(core) <= 4:
        return Speaker(phrase if len(core) > 1 else head.text, SpeakerKind.OFFICE, party=head.party)
    if len(core) > 1 and all(capital(u) for u in core[1:]) and core[0].low == "the":
        return Speaker(phrase, SpeakerKind.OFFICE)
    return None


def _core(part: Sequence[Unit]) -> list[Unit]:
    """The noun phrase up to its first preposition."""
    stop = next((n for n, u in enumerate(part) if n and u.kind == "word" and u.low in speech().place_words), len(part))
    core = list(part[:stop])
    while core and (core[-1].kind in ("punct", "date") or (core[-1].low in _SUFFIXES and len(core) > 1)):
        core.pop()
    return core


_SUFFIXES = frozenset("plc co corp ltd inc llc ag sa gmbh nv oy asa kk".split())


def _phrase(part: Sequence[Unit], text: str) -> str:
    """The phrase without articles and numbers in front, on one line."""
    kept = list(part)
    while len(kept) > 1 and (kept[0].low in ARTICLES or kept[0].kind in ("number", "punct")):
        kept.pop(0)
    for n, u in enumerate(kept):
        if n and u.low in ("who", "which", "whose", "familiar", "involved", "close", "speaking", "travelling"):
            kept = kept[:n]
            break
    return spelled(kept[:9], text)


def _bare(core: Sequence[Unit]) -> bool:
    """Whether nothing but an article, a number or "former" stands before the head noun."""
    return all(u.low in ARTICLES or u.kind == "number" or u.low in ("former", "retired", "ex") for u in core[:-1])


def _people(part: Sequence[Unit], core: Sequence[Unit], phrase: str, cast: Cast) -> Speaker:
    """Officials, diplomats, analysts: unnamed, but told by whose they are."""
    low = core[-1].low
    anchored = any(u.kind in ("party", "office", "company", "outlet") for u in part)
    if (part[0].kind == "number" and part[0].low != "one") or part[0].low in (
        "two",
        "three",
        "several",
        "some",
        "many",
    ):
        return Speaker(UNNAMED_SOURCES, SpeakerKind.UNNAMED)
    if _bare(core) and not anchored:
        if core[0].low in ("the", "these", "that", "one", "another", "both") or len(core) == 1:
            known = next((s for s in reversed(cast.groups) if low.rstrip("s") in s.name.lower()), None)
            if known:
                return replace(known, how="noun")
            if low in ("officer", "official") and core[0].low == "the":
                role = next((s for s in reversed([*cast.roles, *cast.persons]) if low in s.name.lower()), None)
                if role:
                    return replace(role, how="noun")
        if low.rstrip("s") in ("official", "officer", "executive"):
            return Speaker(UNNAMED_SOURCES, SpeakerKind.UNNAMED)
    return Speaker(phrase, SpeakerKind.UNNAMED)


def _document(part: Sequence[Unit], core: Sequence[Unit], phrase: str, text: str, cast: Cast) -> Speaker | None:
    """A statement or report speaks for who gave it: "the embassy's statement", "a report by the institute"."""
    outlet = next((u for u in part if u.kind == "outlet"), None)
    if outlet:
        return Speaker(outlet.text, SpeakerKind.OUTLET)
    owner = next((u for u in part if u.kind in ("office", "company")), None)
    if owner:
        kind = SpeakerKind.OFFICE if owner.kind == "office" else SpeakerKind.COMPANY
        return Speaker(owner.text, kind, party=owner.party)
    giver = next((n for n, u in enumerate(part) if u.low in ("by", "from", "of")), None)
    if giver is not None and giver + 1 < len(part):
        told = voice(part[giver + 1 :], text, cast)
        if told:
            return told
        run = next((r for r in capital_runs(part) if r[0] > giver and r[1] - r[0] > 1), None)
        if run:
            return Speaker(spelled(part[run[0] : run[1]], text), SpeakerKind.OFFICE)
    if core[-1].low.rstrip("s") in ("report", "record", "figure", "document", "survey", "study", "data", "paper"):
        return Speaker(phrase, SpeakerKind.UNNAMED) if len(core) > 1 and not _bare(core) else None
    known = [*_last(cast.offices), *_last(cast.companies)]
    if cast.last and cast.last.kind in (SpeakerKind.OFFICE, SpeakerKind.COMPANY):
        return replace(cast.last, how="noun")
    return _recent("noun", known)


def _role(part: Sequence[Unit], core: Sequence[Unit], phrase: str, cast: Cast) -> Speaker:
    """A role: the person who is told to have it, where there is just one; else the last with that role; else itself."""
    head = core[-1].low.replace("-", " ").split()[-1]
    asked = {w for u in core for w in u.low.replace("'s", " ").split() if w in speech().titles or w in speech().roles}
    party = _party_of(part)
    generic = head in ("spokesman", "spokeswoman", "spokesperson", "deputy", "representative", "author")
    fitting = [
        name
        for name, titles in cast.titles.items()
        if asked and asked <= titles and (party is None or cast.parties.get(name) in (None, party))
    ]
    if len(fitting) == 1 and " " in fitting[0] and (not generic or _bare(core)):
        return Speaker(fitting[0], SpeakerKind.PERSON, how="title", party=cast.parties.get(fitting[0]))
    if _bare(core) and len(part) == len(core):
        alike = next((group for group in _ALIKE if head in group), frozenset({head}))
        person = next((s for s in reversed(cast.persons) if alike & cast.titles.get(s.name, set())), None)
        role = next((s for s in reversed(cast.roles) if head in s.name.lower()), None)
        latest = _recent("title", [s for s in (person, role) if s])
        if latest:
            return latest
    return Speaker(phrase, SpeakerKind.OFFICE, party=party)


_ALIKE = (
    frozenset({"envoy", "ambassador", "diplomat"}),
    frozenset({"minister", "secretary"}),
    frozenset({"spokesman", "spokeswoman", "spokesperson"}),
    frozenset({"general", "admiral", "commander", "officer"}),
    frozenset({"executive", "ceo", "chief"}),
)


def _office(part: Sequence[Unit], head: Unit, phrase: str) -> Speaker:
    short = head.text if len(part) <= 2 or part[-1] is head else phrase
    return Speaker(short, SpeakerKind.OFFICE, party=head.party)


def _company(core: Sequence[Unit], phrase: str, cast: Cast) -> Speaker | None:
    if cast.companies and _bare(core):
        last = cast.last
        if last and last.kind is SpeakerKind.COMPANY:
            return replace(last, how="noun")
        return replace(cast.companies[-1], how="noun")
    return Speaker(phrase, SpeakerKind.COMPANY, party=_party_of(core)) if not _bare(core) else None


def _named_office(part: Sequence[Unit], core: Sequence[Unit], phrase: str, cast: Cast) -> Speaker | None:
    """ "The ministry": the last office of that name; "the ministry in Copenhagen", "the Dutch navy": itself."""
    if _bare(core) and len(part) == len(core):
        low = core[-1].low.rstrip("s")
        known = next((s for s in reversed(cast.offices) if low in s.name.lower()), None)
        if known:
            return replace(known, how="noun")
        if low in ("group", "company", "staff", "side", "party", "house", "force", "union"):
            return None
    return Speaker(phrase, SpeakerKind.OFFICE, party=_party_of(part))
