"""The command line: the list of commands, and how every one of them ends.

Commands are loaded when they are called or asked for help, so that ``armsledger --help`` stays as quick as a bare
interpreter allows: their one-line descriptions stand here, and a test holds them to what the commands say.
"""

from __future__ import annotations

import os
import sys
from typing import Any, NoReturn

import click

from armsledger import __version__
from armsledger.errors import ArmsledgerError
from armsledger.views import exits
from armsledger.views.clean import one_line

# name -> (module that has it as ``command``, what it does)
COMMANDS = {
    "read": ("armsledger.views.read", "Read documents into a ledger and tell what they gave."),
    "import": ("armsledger.views.importing", "Import a register: SIPRI transfers, UK licences, US excess articles."),
    "deals": ("armsledger.views.deals", "List deals: who supplies what to whom, how far, worth what."),
    "show": ("armsledger.views.show", "Show one deal, claim or document with the words behind every value."),
    "origins": ("armsledger.views.origins", "Count a deal's independent origins, and grade what its values rest on."),
    "check": ("armsledger.views.check", "Find contradictions, sums on the wrong buyer, what rests on one origin."),
    "claims": ("armsledger.views.claims", "List claims: who said what, where, how surely."),
    "diff": ("armsledger.views.diff", "Say what changed between two days, and because of which documents."),
    "timeline": ("armsledger.views.timeline", "Set a deal among the statements and dated events around it."),
    "chains": ("armsledger.views.chains", "List chains: items that are bought back, returned, resold or passed on."),
    "explain": ("armsledger.views.explain", "Say which rule filled which field of a claim from which words."),
    "statements": ("armsledger.views.statements", "List statements: what parties say about disputed matters."),
    "documents": ("armsledger.views.documents", "List documents and what each gave."),
    "watch": ("armsledger.views.watch", "Look at feeds and pages once, and tell what is new."),
    "export": ("armsledger.views.export", "Write claims, deals, documents and more to a file."),
    "review": ("armsledger.views.review", "Show what the rules could not decide, and decide it."),
    "judge": ("armsledger.views.judge", "Record a decision: the same deal or not, accept or reject a claim."),
    "judgements": ("armsledger.views.judgements", "List judgements: who decided what, when and why."),
    "analyse": ("armsledger.views.analyse", "Answer one question from the ledger, with inputs, method and limits."),
    "forecast": ("armsledger.views.forecast", "Log dated questions with probabilities, and how they ended."),
    "brief": ("armsledger.views.brief", "Write a brief in which every sentence is numbered to its sources."),
    "chart": ("armsledger.views.chart", "Draw a deal's life or origins, or the flows between states."),
    "serve": ("armsledger.views.serve", "Show the ledger as web pages and answer its HTTP API."),
    "lexicon": ("armsledger.views.lexicon", "Look up names of parties, systems, makers, offices, outlets."),
    "demo": ("armsledger.views.demo", "Read the bundled examples and show what a ledger can tell."),
}


class Commands(click.Group):
    """A group whose commands are imported on demand; its runs end with one line and an exit code, never a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (Click's signature)
        """The names in the order in which they are needed."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of that name, or None."""
        if name not in COMMANDS:
            from difflib import get_close_matches

            if near := get_close_matches(name, COMMANDS, n=1):
                ctx.fail(f"No such command '{name}'; did you mean '{near[0]}'?")
            return None
        from importlib import import_module

        command: click.Command = import_module(COMMANDS[name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 (as above)
        """Writes the list of commands without loading any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, told) for name, (_, told) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; what it meets becomes a line on stderr and an exit code."""
        reconfigure = getattr(sys.stdout, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")  # a name that the terminal cannot show is no reason to fail
        try:
            super().invoke(ctx)
            sys.stdout.flush()
        except ArmsledgerError as error:
            _end(str(error), exits.exit_code(error))
        except KeyboardInterrupt:
            _end(exits.INTERRUPTION, exits.INTERRUPTED)
        except BrokenPipeError:
            _let_go_of_stdout()
            raise click.exceptions.Exit(exits.PIPE_CLOSED) from None
        except OSError as error:
            _let_go_of_stdout()
            _end(f"{error.filename or 'output'}: {error.strerror or error}", exits.BAD_INPUT)
        except (click.exceptions.Exit, click.Abort, click.ClickException):
            raise
        except Exception as error:  # the last stop: whatever it is, the user gets one line and not a traceback
            if os.environ.get(exits.SHOW_FAULTS):
                raise
            fault = f"a fault of the program itself: {type(error).__name__}: {error}"
            _end(f"{fault} (please report it; {exits.SHOW_FAULTS}=1 shows where it happened)", exits.FAULT)

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Parses the command line and runs it. A usage error is one line, too."""
        extra["standalone_mode"] = False
        try:
            code = super().main(*args, **extra)
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message(), err=True)
            code = exits.BAD_INPUT
        except click.ClickException as error:
            where = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "armsledger"
            _tell(f"{error.format_message().rstrip('.')} (see: {where} --help)")
            code = exits.BAD_INPUT
        except click.Abort:
            _tell(exits.INTERRUPTION)
            code = exits.INTERRUPTED
        sys.exit(code if isinstance(code, int) else exits.DONE)


def _tell(sentence: str) -> None:
    click.echo(f"armsledger: {one_line(sentence)}", err=True)


def _end(sentence: str, code: int) -> NoReturn:
    _tell(sentence)
    raise click.exceptions.Exit(code) from None


def _let_go_of_stdout() -> None:
    """Points stdout at nothing, so that the interpreter does not fail once more when it flushes it at the end."""
    try:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
        os.close(nothing)
    except (OSError, ValueError):  # a stand-in without a file descriptor has nothing to flush
        return


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="armsledger %(version)s")
def cli() -> None:
    """A ledger of what is published about arms transfers.

    What was said, by whom, how surely, and where it is contradicted; every figure opens onto the words it came from.

    \b
    Examples:
      armsledger demo
      armsledger read notice.txt
      armsledger deals --recipient Turkey
    """
