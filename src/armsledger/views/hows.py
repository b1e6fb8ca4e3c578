"""How a field of a claim was filled, in words that a person understands.

``Anchor.how`` is a short code of the rule that led from the words to the value. A code that this table does not know
is shown as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

STATED = "the words say it"

# code -> sentence, for every field
_ANY: dict[str, str] = {
    "stated": STATED,
    "title": "the title says it",
    "heading": "the heading above says it",
    "headline": "only the title names it, which stands apart from the text",
    "pronoun": "a pronoun here stands for a name before",
    "definite": "“the …” here stands for what was named before",
    "noun": "a common noun here stands for a name before",
    "citing unnamed sources": "the words cite sources without a name",
    "surname": "a surname here stands for a person named in full before",
    "same item": "the only other claim of this text about the same item says it",
    "subject": "it is the subject of the verb",
    "before the verb": "it stands before the verb",
    "beside the verb": "it stands beside the verb",
    "spoken of before": "the text has spoken of it before",
    "named after": "the text names it further down",
    "topic": "the text is about it throughout",
    "mentioned": "the passage names it here; the model gave no words for it",
    "context": "the title or the text before the passage names it; the model gave no words for it",
    "default": "the text says nothing else; this is what is taken then",
    "implied": "the verb implies it",
    "trigger": "this word tells how far the transfer has come",
    "cue": "this word tells how sure it is",
    "no cue": "no word of doubt stands near",
    "negation": "this word denies it",
    "relative": "reckoned from the day of publication",
    "published": "the day of publication",
    "author": "nobody else is quoted, so the author speaks",
    "row": "the row that begins so",
    "given": "given when the register was imported",
    "column": "the column that it stands in says it",
    "mark": "the register's own mark of an estimate",
    "comment": "the register's comments say it",
    "register": "whose register it is",
    "as written": "as written: the lexicon does not have this name",
    "not told": "the register says that it is not known",
    "fiscal year": "a fiscal year, which begins in October of the year before",
}

# (field, code) -> sentence, where a code means something else of a field
_OF_FIELD: dict[tuple[str, str], str] = {
    ("recipient", "sold to"): "the sentence on the sale says to whom it is",
    ("recipient", "title"): "the title names the buyer",
    ("supplier", "origin"): "who makes the item: nobody else is named as supplier",
    ("recipient", "origin"): "the state that the item comes from takes it back",
    ("supplier", "made by"): "the words before the item name its maker",
    ("supplier", "made"): "“…-made” or “…-built” names its maker",
    ("supplier", "company"): "a company, which stands for its state",
    ("recipient", "company"): "a company, which stands for its state",
    ("supplier", "office"): "an office, which stands for its state",
    ("recipient", "office"): "an office, which stands for its state",
    ("supplier", "seat"): "a capital, which stands for its state",
    ("recipient", "seat"): "a capital, which stands for its state",
    ("supplier", "service"): "armed forces, which stand for their state",
    ("recipient", "service"): "armed forces, which stand for their state",
    ("supplier", "demonym"): "an adjective, which stands for its state",
    ("recipient", "demonym"): "an adjective, which stands for its state",
    ("supplier", "focus"): "the party that the text speaks of most at this point",
    ("recipient", "focus"): "the party that the text speaks of most at this point",
    ("supplier", "main supplier"): "the supplier that the text names most often",
    ("recipient", "main recipient"): "the recipient that the text names most often",
    ("supplier", "possessive"): "the possessive says whose transfer it is",
    ("recipient", "possessive"): "the possessive says whose purchase it is",
    ("supplier", "owner"): "the possessive says who has the item",
    ("recipient", "owner"): "the possessive says who has the item",
    ("recipient", "having"): "it is said to have, operate or use the item",
    ("supplier", "weighed"): "of all parties near, this one has the most points as supplier",
    ("recipient", "weighed"): "of all parties near, this one has the most points as recipient",
    ("speaker", "title"): "a title here stands for a person named before",
    ("speaker", "capitals"): "an office that is named by its capital letters",
    ("item", "number"): "a number alone; the item was named before",
    ("item", "elliptic"): "the item was named before and is left out here",
    ("item", "bare"): "a general word: the text names no type here",
}

HOWS: Mapping[tuple[str, str], str] = MappingProxyType({("", code): told for code, told in _ANY.items()} | _OF_FIELD)


_FRAMES = {
    "give": "the verb “{}”, whose subject hands over",
    "get": "the verb “{}”, whose subject receives",
    "noun": "the noun “{}”",
    "deal": "the word “{}”",
    "move": "the verb “{}”, which tells where the item goes",
    "use": "the verb “{}”: who uses it has it",
    "operator": "“{}”, which tells how far the transfer has come",
}
_MENTIONS = {
    "named": "a name",
    "noun": "a noun",
    "bare": "a general word",
    "definite": "“the …”",
    "number": "a number alone",
    "pronoun": "a pronoun",
    "implied": "no word of its own",
}
_ITEMS = {
    "last": "the last item named",
    "like": "the last item of this kind",
    "topic": "the item that the text speaks of most",
}


def how_told(field: str, code: str) -> str:
    """The sentence of a code; the code itself where there is none.

    >>> how_told("recipient", "having"), how_told("item", "a new rule")
    ('it is said to have, operate or use the item', 'rule: a new rule')
    >>> how_told("recipient", "after to"), how_told("stage", "sell, give")
    ('it stands after “to”', 'the verb “sell”, whose subject hands over')
    """
    return HOWS.get((field, code)) or HOWS.get(("", code)) or _composed(field, code) or f"rule: {code}"


def _composed(field: str, code: str) -> str | None:
    """The sentence of a code that carries a word of its own; None where it is none of these."""
    if code.startswith("after "):
        return f"it stands after “{code.removeprefix('after ')}”"
    lemma, _, frame = code.rpartition(", ")
    if field == "stage" and lemma and frame in _FRAMES:
        return _FRAMES[frame].format(lemma)
    kind, _, rule = code.partition(": ")
    if field == "item" and kind in _MENTIONS and rule:
        return f"{_MENTIONS[kind]} that stands for {_ITEMS.get(rule, f'an item of this text (rule: {rule})')}"
    return None
