"""What a run ends with: errors of the project as one line and an exit code. The table is the whole rule.

* 0: done
* 1: nothing found where one thing was asked for
* 2: bad input
* 70: a fault of the program itself (``ARMSLEDGER_TRACEBACK=1`` shows where)
* 130: interrupted (Ctrl-C); 141: whoever read the output has gone (as shells count signals)
"""

from __future__ import annotations

from armsledger.errors import ArmsledgerError

DONE, NOTHING, BAD_INPUT, FAULT, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 70, 130, 141

SHOW_FAULTS = "ARMSLEDGER_TRACEBACK"

INTERRUPTION = (
    "interrupted: the ledger holds whole documents only; run the same command again and it goes on from there"
)


class NothingFound(ArmsledgerError):
    """One thing was asked for and is not there. ``advice`` says what to do."""

    def __init__(self, wanted: str, problem: str, advice: str = "") -> None:
        self.wanted = wanted
        super().__init__(f"{wanted}: {problem}" + (f" ({advice})" if advice else ""))


def exit_code(error: ArmsledgerError) -> int:
    """The code that a run ends with after this error."""
    return NOTHING if isinstance(error, NothingFound) else BAD_INPUT
