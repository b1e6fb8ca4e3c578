"""The functions that PostgreSQL lacks, as SQL: ``contains`` and ``has_words``, which compare whatever the case.

SQLite gets them as functions of Python, with ``str.casefold``. PostgreSQL 15 folds case by the locale of the machine,
so the table of foldings is taken from Python when a ledger is made, and both give the same answers everywhere.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import cache


@cache
def functions() -> tuple[str, ...]:
    """The statements that make the functions, in order."""
    return _folded(), _CONTAINS, _has_words()


def _folded() -> str:
    """``armsledger_folded(text)``: what ``str.casefold`` gives.

    Letters of ASCII, which are most, are folded by PostgreSQL; the rest only where a text has any that changes.
    """
    changed = [c for c in map(chr, range(128, sys.maxunicode + 1)) if c.casefold() != c]
    single = [c for c in changed if len(c.casefold()) == 1]
    several = [c for c in changed if len(c.casefold()) > 1]
    return f"""
CREATE OR REPLACE FUNCTION armsledger_folded(said text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $armsledger$
DECLARE
    whole CONSTANT text[] := {_array(several)};
    parts CONSTANT text[] := {_array(c.casefold() for c in several)};
BEGIN
    IF octet_length(said) > length(said) THEN
        IF said COLLATE "C" ~ '[{_ranges(several)}]' THEN
            FOR n IN 1 .. array_length(whole, 1) LOOP
                said := replace(said, whole[n], parts[n]);
            END LOOP;
        END IF;
        IF said COLLATE "C" ~ '[{_ranges(single)}]' THEN
            said := translate(said, '{"".join(single)}', '{"".join(c.casefold() for c in single)}');
        END IF;
    END IF;
    RETURN lower(said COLLATE "C");
END $armsledger$"""


_CONTAINS = """
CREATE OR REPLACE FUNCTION contains(said text, words text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $armsledger$
    SELECT said IS NOT NULL AND position(armsledger_folded(words) IN armsledger_folded(said)) > 0
$armsledger$"""


def _has_words() -> str:
    spaces = _ranges(c for c in map(chr, range(1, sys.maxunicode + 1)) if c.isspace())
    return f"""
CREATE OR REPLACE FUNCTION has_words(said text, words text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $armsledger$
    SELECT said IS NOT NULL AND coalesce(bool_and(position(word IN armsledger_folded(said)) > 0), true)
    FROM regexp_split_to_table(armsledger_folded(words) COLLATE "C", '[{spaces}]+') AS word
    WHERE word <> ''
$armsledger$"""  # noqa: S608 (nothing from outside is in it)


def _array(texts: Iterable[str]) -> str:
    return "ARRAY[" + ", ".join(f"'{text}'" for text in texts) + "]"


def _ranges(characters: Iterable[str]) -> str:
    """What stands in the brackets of a regular expression: characters in order, neighbours as ``a-c``."""
    told: list[list[str]] = []
    for character in characters:
        if told and ord(character) == ord(told[-1][1]) + 1:
            told[-1][1] = character
        else:
            told.append([character, character])
    return "".join(first if first == last else f"{first}-{last}" for first, last in told)
