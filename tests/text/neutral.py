"""Neutral words and hostile texts for the tests of ``armsledger.text``: all invented."""

from __future__ import annotations

from hypothesis import strategies as st

# Words that are no number, no month, no currency and no unit.
_WORDS = (
    "blorp zindle the harbour lamps were seen by lowly quoits and grumbled. Overall, (so it goes) -- \u201cno\u201d"
)

_SIGNS = "09,.$\u20ac£% -()/\n\u00a0\u200b\u00ad\u2013'\"aAmbkM"
_WORDS_READ = [
    "one ",
    "two hundred ",
    "May ",
    "Jan. ",
    "14 ",
    "2031",
    "US$",
    "million",
    " bn",
    "(62)",
    "AN/\n",
    "No. ",
    "Inc. ",
]


def neutral() -> st.SearchStrategy[str]:
    """A few words that mean nothing to any grammar, with a blank at either end."""
    return st.lists(st.sampled_from(_WORDS.split()), max_size=6).map(lambda words: f" {' '.join(words)} ")


def hostile() -> st.SearchStrategy[str]:
    """Any text, with the characters and words that the grammars mind more likely than chance has them."""
    pieces = st.one_of(
        st.characters(exclude_categories=()).map(str), st.sampled_from(_SIGNS), st.sampled_from(_WORDS_READ)
    )
    return st.lists(pieces, max_size=40).map("".join)


# Long runs that would cost a grammar with nested repetition more than a day.
LONG = 20_000
RUNS = {
    "digits": "9" * LONG,
    "blanks": " " * LONG,
    "line ends": "\n" * LONG,
    "thousands": "9,999" * LONG,
    "decimals": "1.1" * LONG,
    "dollars": "$" * LONG,
    "marks": "US$" * LONG,
    "brackets": "(" * LONG,
    "tens": "ninety-" * LONG,
    "hundreds": "hundred " * LONG,
    "bounds": "up to " * LONG,
    "months": "Jan. " * LONG,
    "stops": "." * LONG,
    "capitals and stops": "A. " * LONG,
    "zero widths": "\u200b" * LONG,
    "hyphens and line ends": "a-\n" * LONG,
    "blanks of all kinds": " \n\u200b\u00a0" * LONG,
}
