"""Every error that armsledger raises on purpose, in one tree.

    ArmsledgerError
    ├── InputError            what was handed in cannot be read
    │   ├── NotFound          no such file, folder, deal, claim
    │   ├── NotPermitted      the system or a server refused
    │   ├── NotFetched        a URL that did not answer, or answered with an error
    │   └── NotReadable       empty, binary, truncated, wrongly encoded, no text in it
    ├── LedgerError           the file named as ledger cannot be used
    │   ├── NotALedger        another kind of file
    │   └── NewerLedger       written by a later version of armsledger
    ├── LexiconError          a lexicon entry breaks its schema
    ├── Unanchored            a quote that does not stand in its document where it says
    └── MissingExtra          a command that needs an optional part of the install

An error carries what a person needs to act: the source, what was expected, what to do. ``str(error)`` is
one line that can be printed as it is.
"""

from __future__ import annotations


class ArmsledgerError(Exception):
    """Base of all errors raised on purpose; ``str()`` of it is a sentence for the user."""


class InputError(ArmsledgerError):
    """An input that cannot be read: which one, what is wrong with it, what to do.

    ``source`` names the input as the user gave it; ``problem`` says what was found and what was expected;
    ``advice`` says what to do about it.
    """

    def __init__(self, source: str, problem: str, advice: str = "") -> None:
        self.source = source
        self.problem = problem
        self.advice = advice
        super().__init__(source, problem, advice)

    def __str__(self) -> str:
        return f"{self.source}: {self.problem}" + (f" ({self.advice})" if self.advice else "")


class NotFound(InputError):
    """Nothing is there under that name."""


class NotPermitted(InputError):
    """It is there, but the system or a server does not let us read it."""


class NotFetched(InputError):
    """A URL that could not be seen. It says nothing about what stands there."""


class NotReadable(InputError):
    """The bytes are there but hold no text that can be read."""


class LedgerError(ArmsledgerError):
    """A ledger file that cannot be used; says which and what to do."""

    def __init__(self, source: str, problem: str, advice: str = "") -> None:
        self.source = source
        self.problem = problem
        self.advice = advice
        super().__init__(source, problem, advice)

    def __str__(self) -> str:
        return f"{self.source}: {self.problem}" + (f" ({self.advice})" if self.advice else "")


class NotALedger(LedgerError):
    """The file exists but armsledger did not write it."""


class NewerLedger(LedgerError):
    """The ledger's schema is of a later version than this program knows."""


class LexiconError(ArmsledgerError):
    """A lexicon entry that breaks its schema; the message names file, entry and field."""


class Unanchored(ArmsledgerError):
    """A quote that does not stand in its document at the place it names.

    Carries the document's name, the span and both texts, so that a refusal can be explained.
    """

    def __init__(self, document: str, start: int, end: int, quote: str, found: str) -> None:
        self.document = document
        self.start = start
        self.end = end
        self.quote = quote
        self.found = found
        super().__init__(document, start, end, quote, found)

    def __str__(self) -> str:
        return f"{self.document}[{self.start}:{self.end}]: expected {self.quote!r}, the text has {self.found!r}"


class MissingExtra(ArmsledgerError):
    """A command that needs an optional extra which is not installed."""

    def __init__(self, command: str, extra: str) -> None:
        self.command = command
        self.extra = extra
        super().__init__(command, extra)

    def __str__(self) -> str:
        return f"{self.command} needs an optional part: pip install 'armsledger[{self.extra}]'"
