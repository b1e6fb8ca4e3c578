"""Which language a text is in: by its script, then by its most frequent little words. No model, no tables on disk."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from armsledger.model import Span

_LOOKED_AT = 4000  # characters
_FEWEST_WORDS = 4  # hits below which nothing is said
_ONE_IN = 250  # characters in which English has a "the" at least
_FEWEST_KINDS = 3  # different words among the hits of a language that is not English
_FEWEST_SIGNS = 12
_CLEARLY = 2  # times as many words of another language as English ones make a paragraph foreign

_FOREIGN = re.compile(r"[\u0370-\u1fff\u3040-\uffdc]")
_SCRIPTS = (
    ("kana", 0x3040, 0x30FF),
    ("hangul", 0xAC00, 0xD7A3),
    ("hangul", 0x1100, 0x11FF),
    ("han", 0x3400, 0x9FFF),
    ("cyrillic", 0x0400, 0x04FF),
    ("arabic", 0x0600, 0x06FF),
    ("hebrew", 0x0590, 0x05FF),
    ("greek", 0x0370, 0x03FF),
    ("devanagari", 0x0900, 0x097F),
    ("thai", 0x0E00, 0x0E7F),
)
_PLAIN = {"hangul": "ko", "hebrew": "he", "greek": "el", "devanagari": "hi", "thai": "th"}
_WORD = re.compile(r"[^\W\d_]+")
_LITTLE_WORDS = {
    "en": "the of and to in that is was for it with as his on be at by he this are or had not from but have which you "
    "were her all their there been will would its has who said over after about up out more than new into two what "
    "when can could also may per one no so if says over under against between during off",
    "sv": "och att det som en på är av för med den till inte om ett han men var jag från de har vi kan så när hade nu "
    "under vid också efter eller ska sig sin detta mot",
    "de": "der die und den von das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat "
    "dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben",
    "fr": "de la le et les des en un du une que est pour qui dans par plus pas au sur ne se ce il sont avec ont aux "
    "été cette mais comme ou son sa",
    "es": "de la que el en y los se del las un por con no una su para es al lo como más o pero sus le ha este sí "
    "porque esta son entre está",
    "it": "di che e la il un per è in una non sono con del si da della le dei nel alla ha gli più come anche al ma lo "
    "questo delle essere",
    "pt": "de que e o da em um para com não uma os no se na por mais as dos como mas ao ele das à seu sua ou quando "
    "muito foi são pelo",
    "nl": "de van het een en in is dat op te zijn met voor niet die aan er om ook als dan maar bij nog uit wordt door "
    "naar heeft hij werd",
    "da": "og det at en den til er som på de med han af for ikke der var mig sig men et har om vi havde hun nu over da "
    "fra du ud blev være ikke",
    "no": "og det at en den til er som på de med han av for ikke der var meg seg men et har om vi hadde hun nå over da "
    "fra du ut ble være ikke",
    "fi": "ja on ei että oli se hän mutta ovat kun niin myös joka sen jos olla mukaan ole kuin vain",
    "pl": "się nie na do że jest jak po za od przez przy dla tym są oraz był który tego jego",
    "tr": "ve bir bu da de için ile olarak çok daha olan gibi ama en ne kadar sonra var ise göre tarafından olduğunu "
    "dedi değil türkiye",
    "id": "yang dan di itu dengan untuk tidak ini dari dalam akan pada juga ke karena tersebut bisa ada oleh",
    "cs": "se na je že do to ve pro za by ale si po jako podle jsou od který jeho nebo",
}
_OF_WORD: dict[str, list[str]] = {}
for _language, _words in _LITTLE_WORDS.items():
    for _one in {word for word in _words.split() if len(word) > 1}:  # single letters stand in tables and numbers, too
        _OF_WORD.setdefault(_one, []).append(_language)


def language_of(text: str, start: int = 0) -> str | None:
    """An ISO 639-1 code, or None where the text from ``start`` on is too short or fits no language clearly."""
    sample = text[start : start + _LOOKED_AT]
    if not sample.isascii() and (told := _by_script(sample)):
        return told
    return _by_words(sample)


def foreign_paragraphs(text: str) -> Iterator[tuple[Span, str]]:
    """The paragraphs of an English text that are clearly in another language, each with that language.

    A quotation of a few words is none, nor is a list of names: what is in doubt counts as English.
    """
    at = 0
    for line in text.split("\n"):
        if len(line) > _FEWEST_SIGNS and (told := _foreign(line)):
            yield Span(at, at + len(line)), told
        at += len(line) + 1


def _foreign(line: str) -> str | None:
    for start in range(0, len(line), _LOOKED_AT):
        sample = line[start : start + _LOOKED_AT]
        if not sample.isascii() and (told := _by_script(sample)):
            return told
        hits = _hits(sample)
        best, times = max(sorted(hits.items()), key=lambda one: one[1], default=("en", 0))
        if best == "en" or times < _FEWEST_WORDS or times <= _CLEARLY * hits["en"]:
            return None
    return best


def _by_script(sample: str) -> str | None:
    signs: Counter[str] = Counter()
    for sign, times in Counter(_FOREIGN.findall(sample)).items():
        signs[next((name for name, first, last in _SCRIPTS if first <= ord(sign) <= last), "other")] += times
    count = signs.total()
    # A Korean or Russian text may be full of Latin designations; so a third of the letters is enough.
    if count < _FEWEST_SIGNS or count * 3 < sum(map(str.isalpha, sample)):
        return None
    if signs["kana"] * 10 > count:
        return "ja"
    most = max(sorted(signs), key=lambda name: signs[name])
    if most == "hangul" or (most == "han" and signs["hangul"] * 3 > count):
        return "ko"
    if most in {"han", "kana"}:
        return "zh" if most == "han" else "ja"
    if most == "cyrillic":
        return "uk" if re.search(r"[іїєґ]", sample) else "ru"
    if most == "arabic":
        return "fa" if re.search(r"[پچژگ]", sample) else "ar"
    return _PLAIN.get(most)


def _hits(sample: str) -> Counter[str]:
    """How often little words of each language stand in a sample; a language with too few different ones has none."""
    hits: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for word, times in Counter(_WORD.findall(sample.lower())).items():
        for language in _OF_WORD.get(word, ()):
            hits[language] += times
            kinds[language] += 1
    for language in [one for one in hits if one != "en" and kinds[one] < _FEWEST_KINDS]:
        del hits[language]
    return hits


def _by_words(sample: str) -> str | None:
    articles = sample.count(" the ")
    if articles >= _FEWEST_WORDS and articles * _ONE_IN >= len(sample):
        return "en"  # no other language of the table has this word
    best = _hits(sample).most_common(2)
    if not best or best[0][1] < _FEWEST_WORDS or (len(best) > 1 and best[0][1] == best[1][1]):
        return None
    return best[0][0]
