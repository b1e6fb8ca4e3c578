"""Text from outside, made safe for a terminal: nothing in it can move the cursor, change colours or turn a line."""

from __future__ import annotations

# C0 and C1 controls (terminal commands), and the marks that turn the direction of writing.
_TURNS = (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)
_SHOWN = (
    {code: chr(0x2400 + code) for code in range(32)}
    | {0x7F: "␡"}
    | dict.fromkeys((*range(0x80, 0xA0), *_TURNS), "\ufffd")
)
_SHOWN_IN_TEXT = {code: shown for code, shown in _SHOWN.items() if code not in (9, 10)}


def clean(text: str) -> str:
    """The text with its lines, and every control character replaced by a visible sign.

    >>> clean("a\\x1b[2Jb")
    'a␛[2Jb'
    """
    return text.translate(_SHOWN_IN_TEXT)


def one_line(text: str) -> str:
    """The same on one line: runs of white space become one blank."""
    return " ".join(text.split()).translate(_SHOWN)
