"""``armsledger judge``: an analyst's decision, appended with author, time and reason; nothing else edits a deal."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import click

from armsledger.errors import InputError, NotFound
from armsledger.views.options import ledger_option, on, open_ledger

if TYPE_CHECKING:
    from armsledger.ledger import Ledger
    from armsledger.model import ClaimId, Judgement, Question

VERDICTS = ("same", "different", "accept", "reject", "undo")
AUTHOR = "ARMSLEDGER_AUTHOR"
_DEAL = re.compile(r"d[0-9a-f]{2,10}")
_QUESTION = re.compile(r"q[0-9a-f]{2,10}")

author_option = click.option(
    "--author", metavar="NAME", help=f"Who decides.  [default: ${AUTHOR}, else your name on this machine]"
)


@click.command()
@click.argument("verdict", type=click.Choice(VERDICTS))
@click.argument("about", nargs=-1, required=True, metavar="ID...")
@click.option("--because", required=True, metavar="WORDS", help="The reason: it is kept, and shown with the deal.")
@author_option
@click.option("--made", metavar="TIME", help="When it was decided, if not now: 2026-05-01T10:00.")
@ledger_option
def command(
    verdict: str, about: tuple[str, ...], because: str, author: str | None, made: str | None, ledger: str
) -> None:
    """Record a decision: the same deal or not, accept or reject a claim.

    ID is the id of a claim or a deal, or how it begins. "same" and "different" take two or more of them; "accept" and
    "reject" take claims; "undo" takes a judgement. A judgement is appended and never changed; another one undoes it,
    and the deals are put together again.

    \b
    Examples:
      armsledger judge same d1f3a d77b0 --because "the ministry confirmed that it is the order of 2024"
      armsledger judge different 3fa1c 88b20 --because "a follow-on order"
      armsledger judge reject 3fa1c --because "the paper has corrected the figure"
      armsledger judge undo 5c1e2 --because "I mixed up two contracts"
    """
    from armsledger.pipeline import judge

    if not because.strip():
        raise InputError("--because", "is empty", "give the reason in words")
    with open_ledger(ledger) as book:
        one = judgement(book, verdict, about, author_named(author), made or now(), because.strip())
        new = judge(book, [one])
        click.echo(f"{'Recorded' if new else 'Known already'}: judgement {one.id[:10]}, {said(one)}.")
        for line in outcome(book, one):
            click.echo(line)
        click.echo(f"Take it back with: armsledger judge undo {one.id[:10]} --because WORDS{on(ledger)}")


def now() -> str:
    """The time by the clock, to the second, with its zone."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def author_named(given: str | None) -> str:
    """Who decides: as given, else from the settings, else who is logged in. Raises InputError where nobody is."""
    import getpass

    named = given or os.environ.get(AUTHOR)
    if named is None:
        try:
            named = getpass.getuser()
        except (KeyError, OSError, ImportError):
            named = ""
    if not named.strip():
        raise InputError("--author", "nobody is named", f"give --author NAME or set {AUTHOR}")
    return named.strip()


def judgement(book: Ledger, verdict: str, about: Sequence[str], author: str, made: str, because: str) -> Judgement:
    """The judgement on what is named. Raises NotFound or InputError where that cannot be."""
    from armsledger.model import Judgement

    if verdict == "undo":
        undone = [_judgement_called(book, wanted) for wanted in about]
        if len(undone) != 1:
            raise InputError("undo", f"{len(undone)} judgements are named", "undo one at a time")
        return Judgement(verdict, (undone[0].id,), author, made, because, undone[0].id)
    if verdict in ("accept", "reject"):
        claims = tuple(book.claim(wanted).id for wanted in about)
        return Judgement(verdict, tuple(dict.fromkeys(claims)), author, made, because)
    claims = tuple(dict.fromkeys(claim_called(book, wanted) for wanted in about))
    if len(claims) < 2:
        raise InputError(verdict, "it takes two deals or claims, and they must differ", "name both")
    return Judgement(verdict, claims, author, made, because)


def claim_called(book: Ledger, wanted: str) -> ClaimId:
    """The claim of this id or, for a deal, its first claim: what a judgement about a deal is kept by."""
    from armsledger.views.show import find

    said = wanted.strip().lower()
    if _DEAL.fullmatch(said):
        found = find(book, said, None, None)
        if len(found) == 1:
            return found[0].claims[0].id
        if len(found) > 1:
            raise InputError(wanted, f"stands for {len(found)} deals", "give more of the id")
    return book.claim(said).id


def question_called(book: Ledger, wanted: str) -> Question:
    """The open question whose id begins so. Raises NotFound or InputError."""
    said = wanted.strip().lower()
    found = [one for one in book.questions() if one.id.startswith(said)] if _QUESTION.fullmatch(said) else []
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(wanted, f"stands for {len(found)} questions", "give more of the id")
    raise NotFound(
        wanted, "no open question has an id that begins so", f"see them with: armsledger review{on(book.name)}"
    )


def _judgement_called(book: Ledger, wanted: str) -> Judgement:
    found = [one for one in book.judgements() if one.id.startswith(wanted.strip().lower())]
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(wanted, f"stands for {len(found)} judgements", "give more of the id")
    raise NotFound(wanted, "no judgement has an id that begins so", f"armsledger judgements{on(book.name)}")


# -- telling ----------------------------------------------------------------------------------------------


def said(one: Judgement) -> str:
    """``same deal: 3fa1c2d4, 88b20a11``."""
    ids = ", ".join(about[:8] for about in one.about)
    words = {"same": "the same deal", "different": "different deals", "undo": "taken back"}
    return f"{words.get(one.verdict, f'{one.verdict}ed')}: {ids}"


def outcome(book: Ledger, one: Judgement) -> list[str]:
    """What became of the deals that it is about."""
    from armsledger.views.told_deals import told_by_key

    if one.verdict == "undo":
        before = next((j for j in book.judgements() if j.id == one.undoes), None)
        return outcome(book, before) if before is not None and before.verdict != "undo" else []
    claims = set(one.about)
    told = told_by_key(book, _keys(book, claims), None)
    return [f"Deal {t.deal.id} now holds {len(t.claims)} claims." for t in told]


def _keys(book: Ledger, claims: set[str]) -> list[str]:
    """The keys of the deals that hold these claims."""
    from armsledger.ledger import ClaimFilter

    documents = {book.claim(claim).document for claim in claims}
    keys = sorted({key for document in documents for key in book.keys(ClaimFilter(document=document))})
    return [key for key, held in book.claims_of(keys) if claims & {c.id for c in held}]
