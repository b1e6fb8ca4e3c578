"""Keeps the derived tables equal to what the rules make of all that is kept, by looking only at what has changed.

A ground is settled in two steps. What it comes to is worked out from a reading connection, so that other programs may
write meanwhile. It is written in a transaction that first looks whether the ground is still as it was read; if it is
not, the ground stays stale and its turn comes again. Whatever is killed, the marks in ``stale`` say what is left to do.

Which grounds are one deal is written as ties between their keys. The final key of a deal is that of its component of
the graph of ties, which is followed through the table from the keys that have changed and from no others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Engine, Table, and_, bindparam, delete, func, select, update

from armsledger.model import ClaimId, Judgement, Settled

from . import queries
from .connect import put, reading, stretches, writing
from .rows import UNPLACED, Row, judgement_from, question_row, sketch_rows, stored, told
from .rules import Rules
from .schema import DERIVED, band, document, found_by, judgement, placed, question, sketch, stale, tie

_JUDGED = ""  # the ground of ties that judgements make; no ground of a claim is called so

# A batch is settled in one transaction; it is full when it has any of these.
_BATCH_GROUNDS = 2_000
_BATCH_CLAIMS = 4_000
_BATCH_DOCUMENTS = 100  # that are sketched again

_Census = Mapping[str, Mapping[str, tuple[str, int]]]  # ground -> claim -> own key, how many readings found it


def settle(engine: Engine, rules: Rules) -> int:
    """Settle all that is stale; give how many grounds were."""
    settled = 0
    while True:
        with reading(engine) as connection:
            waiting = _waiting(connection)
            work = _work_out(connection, waiting, rules) if waiting and waiting[0] != UNPLACED else None
        if not waiting:
            return settled
        if work is None:
            _place_again(engine, rules)
            continue
        with writing(engine) as connection:
            settled += _write(connection, work, rules)


def unsettle(engine: Engine) -> None:
    """Forget all that is derived, so that settling makes a full rebuild. Until then claims keep their keys."""
    with writing(engine) as connection:
        for table in DERIVED:
            if table is not placed:
                connection.execute(delete(table))
        connection.execute(update(placed).values(ground=UNPLACED))
        put(connection, stale, [(UNPLACED,)])


def mark_judged(connection: Connection, ids: Sequence[str]) -> None:
    """Mark as stale the grounds of the claims that judgements are about, those that are taken back thereby included."""
    about: set[str] = set()
    waiting, seen = list(ids), set(ids)
    while waiting:
        found = [one for some in stretches(waiting) for one in _judgements(connection, some)]
        about.update(stored(claim) for one in found for claim in one.about)
        waiting = sorted({stored(one.undoes) for one in found if one.undoes is not None} - seen)
        seen.update(waiting)
    grounds: set[str] = set()
    for some in stretches(sorted(about)):
        grounds.update(connection.scalars(select(placed.c.ground).where(placed.c.claim_id.in_(some))))
    put(connection, stale, [(ground,) for ground in sorted(grounds)])


def _judgements(connection: Connection, ids: Sequence[str]) -> list[Judgement]:
    return [judgement_from(row) for row in connection.execute(select(judgement).where(judgement.c.id.in_(ids)))]


# -- working out ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Work:
    """What a batch of grounds comes to, and all that it was worked out from."""

    grounds: tuple[str, ...]
    census: _Census
    judgements: int
    settled: tuple[Settled, ...]


def _waiting(connection: Connection) -> list[str]:
    return list(connection.scalars(select(stale.c.ground).order_by(stale.c.ground).limit(_BATCH_GROUNDS)))


def _work_out(connection: Connection, waiting: Sequence[str], rules: Rules) -> _Work:
    census = _census(connection, waiting)
    grounds = _as_many(waiting, census)
    every = list(queries.judgements(connection))
    about: dict[str, list[Judgement]] = defaultdict(list)
    for one in rules.standing(every) if every else ():
        for claim in one.about:
            about[claim].append(one)
    compared = [told(ground) for ground in grounds if not _is_settled(census[ground], about)]
    found = list(queries.claims_in(connection, compared))
    published = queries.published(connection, {claim.document for _, claims in found for claim in claims})
    settled = []
    for ground, claims in found:
        said = {one.id: one for claim in claims for one in about.get(claim.id, ())} if about else {}
        settled.append(rules.settle(ground, claims, published, tuple(said.values())))
    return _Work(grounds, census, len(every), tuple(settled))


def _census(connection: Connection, grounds: Sequence[str]) -> _Census:
    """What is known of the claims of grounds without loading them. Claims and findings only ever come, so that a
    ground with the same census is the same.
    """
    columns = (placed.c.ground, placed.c.claim_id, placed.c.own_key)
    found: dict[str, dict[str, tuple[str, int]]] = {ground: {} for ground in grounds}
    query = select(*columns, func.count()).join(found_by, found_by.c.claim_id == placed.c.claim_id).group_by(*columns)
    for some in stretches(grounds):
        for ground, claim, own, count in connection.execute(query.where(placed.c.ground.in_(some))):
            found[ground][claim] = own, count
    return found


def _as_many(waiting: Sequence[str], census: _Census) -> tuple[str, ...]:
    """As many of the grounds as fit into a batch, at least one."""
    taken, claims = [waiting[0]], len(census[waiting[0]])
    for ground in waiting[1:]:
        claims += len(census[ground])
        if claims > _BATCH_CLAIMS:
            break
        taken.append(ground)
    return tuple(taken)


def _is_settled(claims: Mapping[str, tuple[str, int]], about: Mapping[str, Sequence[Judgement]]) -> bool:
    """Whether there is nothing to compare: no claim, or one without a number or a judgement about it."""
    return all(len(claims) == 1 and own.endswith(claim) and claim not in about for claim, (own, _) in claims.items())


# -- writing ----------------------------------------------------------------------------------------------


def _write(connection: Connection, work: _Work, rules: Rules) -> int:
    """Write what grounds come to that are still as they were read; give how many are settled thereby."""
    every = list(queries.judgements(connection))
    grounds = _unchanged(connection, work) if len(every) == work.judgements else ()
    if not grounds:
        return 0
    settled = [one for one in work.settled if stored(one.ground) in grounds]
    own = {claim: key for ground in grounds for claim, (key, _) in work.census[ground].items()}
    own |= _write_own_keys(connection, settled, own)
    ties = {(stored(one.ground), *map(stored, pair)) for one in settled for pair in one.ties}
    changed = _replace(connection, tie, ties, grounds)
    _replace(connection, question, {question_row(one) for each in settled for one in each.questions}, grounds)
    if every:
        changed |= _replace(connection, tie, _judged(connection, every, rules), (_JUDGED,))
    _write_keys(connection, {*own.values(), *(key for row in changed for key in row[1:])}, rules)
    for some in stretches(grounds):
        connection.execute(delete(stale).where(stale.c.ground.in_(some)))
    return len(grounds)


def _unchanged(connection: Connection, work: _Work) -> tuple[str, ...]:
    """The grounds that nobody has added to or settled meanwhile."""
    marked: set[str] = set()
    for some in stretches(work.grounds):
        marked.update(connection.scalars(select(stale.c.ground).where(stale.c.ground.in_(some))))
    now = _census(connection, work.grounds)
    return tuple(ground for ground in work.grounds if ground in marked and now[ground] == work.census[ground])


def _write_own_keys(connection: Connection, settled: Iterable[Settled], old: Mapping[str, str]) -> dict[str, str]:
    new = {str(claim): stored(key) for one in settled for claim, key in one.keys}
    changed = [{"claim": claim, "new": key} for claim, key in new.items() if old[claim] != key]
    if changed:
        change = update(placed).where(placed.c.claim_id == bindparam("claim"))
        connection.execute(change.values(own_key=bindparam("new"), key=bindparam("new")), changed)
    return new


def _replace(connection: Connection, table: Table, wanted: set[Row], grounds: Sequence[str]) -> set[Row]:
    """Make the rows of the grounds those that are wanted; give the rows that came or went."""
    there: set[Row] = set()
    for some in stretches(grounds):
        there.update(map(tuple, connection.execute(select(table).where(table.c.ground.in_(some)))))
    if gone := sorted(there - wanted):
        keys = list(table.primary_key)
        places = [list(table.c).index(key) for key in keys]
        at = and_(*(key == bindparam(f"at_{key.name}") for key in keys))
        named = [{f"at_{key.name}": row[n] for key, n in zip(keys, places, strict=True)} for row in gone]
        connection.execute(delete(table).where(at), named)
    put(connection, table, sorted(wanted - there))
    return there ^ wanted


def _judged(connection: Connection, every: Iterable[Judgement], rules: Rules) -> set[Row]:
    """The rows of ties that judgements make between keys as they are now."""
    standing = rules.standing(every)
    key_of: dict[ClaimId, str] = {}
    for some in stretches(sorted({stored(claim) for one in standing for claim in one.about})):
        asked = select(placed.c.claim_id, placed.c.own_key).where(placed.c.claim_id.in_(some))
        key_of.update((ClaimId(claim), told(own)) for claim, own in connection.execute(asked))
    return {(_JUDGED, stored(one), stored(other)) for one, other in rules.judged_ties(standing, key_of)}


def _write_keys(connection: Connection, touched: set[str], rules: Rules) -> None:
    """Write the final keys of the claims that have one of these own keys, or one that is tied to them."""
    ties = _tied(connection, touched)
    final = {stored(key): stored(least) for key, least in rules.representatives(ties).items()} if ties else {}
    changed = []
    for some in stretches(sorted(touched | final.keys())):
        asked = select(placed.c.own_key, placed.c.key).where(placed.c.own_key.in_(some)).distinct()
        changed += [
            {"own": own, "old": key, "new": final.get(own, own)}
            for own, key in connection.execute(asked)
            if key != final.get(own, own)
        ]
    if changed:
        at = and_(placed.c.own_key == bindparam("own"), placed.c.key == bindparam("old"))
        connection.execute(update(placed).where(at).values(key=bindparam("new")), changed)


def _tied(connection: Connection, keys: Iterable[str]) -> list[tuple[str, str]]:
    """All ties of the components that the keys are in, followed through the table, sorted."""
    ties: set[tuple[str, str]] = set()
    seen = set(keys)
    border = sorted(seen)
    while border:
        found = set(ties)
        for some in stretches(border):
            for end in (tie.c.one, tie.c.other):
                found.update(_pairs(connection, end.in_(some)))
        border = sorted({key for pair in found - ties for key in pair} - seen)
        seen.update(border)
        ties = found
    return sorted((told(one), told(other)) for one, other in ties)


def _pairs(connection: Connection, where: ColumnElement[bool]) -> Iterable[tuple[str, str]]:
    return ((one, other) for one, other in connection.execute(select(tie.c.one, tie.c.other).where(where)))


# -- from the beginning -----------------------------------------------------------------------------------


def _place_again(engine: Engine, rules: Rules) -> None:
    """Place the claims that are nowhere, sketch the documents that have no sketch, and take the mark away."""
    while _place_some(engine, rules):
        pass
    after: str | None = ""
    while after is not None and rules.sketch is not None:
        after = _sketch_some(engine, rules, after)
    with writing(engine) as connection:
        left = select(placed.c.claim_id).where(placed.c.ground == UNPLACED).limit(1)
        if connection.execute(left).first() is None:
            connection.execute(delete(stale).where(stale.c.ground == UNPLACED))


def _place_some(engine: Engine, rules: Rules) -> bool:
    """Place a batch of claims; False where there was none to place."""
    nowhere = placed.c.ground == UNPLACED
    with reading(engine) as connection:
        ids = list(connection.scalars(select(placed.c.claim_id).where(nowhere).limit(_BATCH_CLAIMS)))
        places = [(claim.id, *map(stored, rules.place(claim))) for claim in queries.claims_named(connection, ids)]
    if not places:
        return False
    changed = [{"claim": claim, "at": ground, "own": own} for claim, ground, own in places]
    change = update(placed).where(placed.c.claim_id == bindparam("claim"), nowhere)
    change = change.values(ground=bindparam("at"), own_key=bindparam("own"), key=bindparam("own"))
    with writing(engine) as connection:
        connection.execute(change, changed)
        put(connection, stale, [(ground,) for ground in sorted({ground for _, ground, _ in places})])
    return True


def _sketch_some(engine: Engine, rules: Rules, after: str) -> str | None:
    """Sketch a batch of documents, by id; give the last id, or None where there was no document left."""
    if rules.sketch is None:
        return None
    with reading(engine) as connection:
        left = select(document.c.id).join(sketch, isouter=True).where(document.c.id > after, sketch.c.sketch.is_(None))
        ids = list(connection.scalars(left.order_by(document.c.id).limit(_BATCH_DOCUMENTS)))
        made = [sketch_rows(key, *rules.sketch(queries.whole_document(connection, key))) for key in ids]
    with writing(engine) as connection:
        put(connection, sketch, [row for row, _ in made])
        put(connection, band, sorted(row for _, bands in made for row in bands))
    return ids[-1] if ids else None
