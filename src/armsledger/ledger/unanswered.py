"""Which questions are still open: a question is worked out within its ground, and may be answered in another one.

A contract of two articles has claims in two grounds. When a person says in one of them which case it is of, all of the
contract is of that case, and the other ground need not ask again. Nothing is written: where the judgement is undone,
the question is there as before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Connection, or_, select

from armsledger.model import Question

from . import queries
from .connect import stretches
from .filters import ClaimFilter
from .rows import stored, told
from .schema import placed, tie

_STRETCH = 200  # questions that are looked at together
_BY_NO_NUMBER = "claims"  # how the key of a deal begins that has no official number
_JUDGED = ""  # the ground of ties that judgements make

_Keys = Mapping[str, tuple[str, str]]  # claim -> its own key, and that of its deal


def unanswered(
    connection: Connection, which: ClaimFilter, few: int | None = None, after: tuple[str, str] | None = None
) -> Iterator[Question]:
    """The questions about claims that the filter lets through, in order, that nothing has answered elsewhere; those
    behind one where ``after`` names it. The database is asked for ``few`` at a time, or for all at once.
    """
    while True:
        asked = list(queries.questions(connection, which, few, after))
        for start in range(0, len(asked), _STRETCH):
            some = asked[start : start + _STRETCH]
            keys = _keys(connection, some)
            judged = _judged(connection, {keys[q.claim][0] for q in some if q.claim in keys})
            yield from (q for q in some if q.claim not in keys or not _is_answered(q, keys, judged))
        if few is None or len(asked) < few:
            return
        after = asked[-1].claim, asked[-1].id


def _is_answered(question: Question, keys: _Keys, judged: set[str]) -> bool:
    """Whether the claim is of one deal with a candidate already; or a person has said of which numbered deal it is, and
    all candidates are of other numbers of that kind.
    """
    own, deal = keys[question.claim]
    others = {keys[link.other][1] for link in question.candidates if link.other in keys}
    if deal in others:
        return True
    kind = deal.partition(" ")[0]
    return own in judged and kind != _BY_NO_NUMBER and all(other.partition(" ")[0] == kind for other in others)


def _keys(connection: Connection, questions: Sequence[Question]) -> _Keys:
    claims = {stored(claim) for q in questions for claim in (q.claim, *(link.other for link in q.candidates))}
    found: dict[str, tuple[str, str]] = {}
    for some in stretches(sorted(claims)):
        asked = select(placed.c.claim_id, placed.c.own_key, placed.c.key).where(placed.c.claim_id.in_(some))
        found.update((row.claim_id, (told(row.own_key), told(row.key))) for row in connection.execute(asked))
    return found


def _judged(connection: Connection, own: Iterable[str]) -> set[str]:
    """Those of the own keys that a judgement ties to another."""
    found: set[str] = set()
    for some in stretches(sorted(map(stored, own))):
        asked = select(tie.c.one, tie.c.other).where(
            tie.c.ground == _JUDGED, or_(tie.c.one.in_(some), tie.c.other.in_(some))
        )
        found.update(told(key) for row in connection.execute(asked) for key in row)
    return found
