"""From whom does a state's imports of major arms come, and how concentrated are they?

Over a window w of calendar years, by year of delivery:

    share of supplier j in importer i   s_ij = sum TIV_ij / sum TIV_i      (and the same for an exporter's recipients)
    Herfindahl-Hirschman index          HHI = sum of (100 s_ij)^2, from 0 to 10,000; effective suppliers = 10,000 / HHI
    identity                            world share of j x share of i in j's exports
                                          = world share of i x share of j in i's imports

The unit is SIPRI's trend-indicator value (TIV), a volume of capability moved and no money.
A register that tells years of delivery without the volume of each has its volume spread evenly over them, which the
result says. Where only the greatest shares are published, HHI has bounds: the rest is at least nothing and at most as
concentrated as suppliers no larger than the least one named allow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from armsledger.analyses.result import Column, Method, Result, Table
from armsledger.errors import InputError
from armsledger.text.registers import RegisterRow

LIMIT = (
    "A share of deliveries by volume says nothing of price, of what the weapons can do together, of spares or of "
    "licences, and a small importer's share swings on one ship."
)
SOURCE = "SIPRI Arms Transfers Database, sources and methods; Herfindahl 1950, Hirschman 1945"


@dataclass(frozen=True, slots=True)
class Window:
    """Calendar years, both included."""

    first: int
    last: int

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise InputError(
                "window", f"{self.first} to {self.last} ends before it begins", "give the earlier year first"
            )

    @property
    def before(self) -> Window:
        """The window of the same length that ends where this one begins."""
        length = self.last - self.first + 1
        return Window(self.first - length, self.first - 1)

    def __contains__(self, year: int) -> bool:
        return self.first <= year <= self.last

    def __str__(self) -> str:
        return f"{self.first}-{self.last}"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a row of a register gives to one year: ``tiv`` in millions; ``spread`` where the year's part is assumed."""

    supplier: str
    recipient: str
    year: int
    tiv: Fraction
    estimate: bool
    spread: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the deliveries were taken from: rows read, and those that could not count and why."""

    rows: int
    without_delivery: int
    without_volume: int
    spread: int


def deliveries(
    rows: Iterable[RegisterRow], code_of: Callable[[str], str], of: Collection[str] | None = None
) -> tuple[tuple[Delivery, ...], Coverage]:
    """The deliveries of a register's rows by year; ``code_of`` leads a name as written to the party's code. With ``of``
    only those by or to one of these parties; the rows are counted all the same.
    """
    made: list[Delivery] = []
    count: Counter[str] = Counter()
    codes: dict[str, str] = {}
    for row in rows:
        count["rows"] += 1
        years = row.delivery_years
        if not years:
            count["without delivery"] += 1
            continue
        if row.tiv_delivered is None:
            count["without volume"] += 1
            continue
        count["spread"] += len(years) > 1
        for name in (row.supplier, row.recipient):
            if name not in codes:
                codes[name] = code_of(name)
        sides = codes[row.supplier], codes[row.recipient]
        if of is not None and sides[0] not in of and sides[1] not in of:
            continue
        part = Fraction(row.tiv_delivered) / len(years)
        estimate = bool(row.delivery_estimate or row.number_delivered_estimate)
        made += (Delivery(*sides, year, part, estimate, len(years) > 1) for year in years)
    told = (count[name] for name in ("rows", "without delivery", "without volume", "spread"))
    return tuple(made), Coverage(*told)


# -- shares -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Share:
    """One partner's part: ``tiv`` in millions and its share of the whole, from 0 to 1; ``estimated`` is the part of its
    volume whose number or year the register marks as its own estimate.
    """

    partner: str
    tiv: Fraction
    share: Fraction
    estimated: Fraction


@dataclass(frozen=True, slots=True)
class Shares:
    """All partners of one party in one window, the greatest first; ``total`` in millions of TIV."""

    party: str
    side: str  # "imports" or "exports"
    window: Window
    total: Fraction
    partners: tuple[Share, ...]

    def of(self, partner: str) -> Fraction:
        """The share of a partner; zero where the register has none of it."""
        return next((s.share for s in self.partners if s.partner == partner), Fraction(0))

    @property
    def hhi(self) -> Fraction | None:
        """The concentration, 0 to 10,000; None where there is nothing to divide."""
        return hhi([100 * s.share for s in self.partners]) if self.partners else None

    @property
    def effective(self) -> Fraction | None:
        """How many partners of equal size would be as concentrated."""
        return Fraction(10_000) / self.hhi if self.hhi else None

    def top(self, count: int) -> Fraction:
        """The share of the greatest ``count`` partners together."""
        return sum((s.share for s in self.partners[:count]), Fraction(0))


def shares(found: Iterable[Delivery], party: str, window: Window, side: str = "imports") -> Shares:
    """The shares of a party's suppliers (``imports``) or recipients (``exports``) in a window."""
    volume: Counter[str] = Counter()
    estimated: Counter[str] = Counter()
    for one in found:
        own, partner = (one.recipient, one.supplier) if side == "imports" else (one.supplier, one.recipient)
        if own == party and one.year in window:
            volume[partner] += one.tiv  # type: ignore[assignment]  # Counter is typed for whole numbers only
            estimated[partner] += one.tiv if one.estimate else 0  # type: ignore[assignment]
    total = Fraction(sum(volume.values()))
    ranked = sorted(volume, key=lambda p: (-volume[p], p))
    partners = (
        Share(p, Fraction(volume[p]), Fraction(volume[p]) / total, Fraction(estimated[p])) for p in ranked if total
    )
    return Shares(party, side, window, total, tuple(partners))


def hhi(percents: Iterable[Fraction]) -> Fraction:
    """The sum of squared shares in per cent."""
    return sum((p * p for p in percents), Fraction(0))


def hhi_bounds(named: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    """The least and greatest HHI that fits when only these shares (per cent) are published and the rest is unknown.

    The rest counts for nothing at least, and is packed into suppliers as large as the least one named at most. Raises
    InputError where the shares are no shares.

    >>> [int(bound) for bound in hhi_bounds([Fraction(40), Fraction(29), Fraction(15)])]
    [2666, 2892]
    """
    if not named or any(p <= 0 for p in named) or sum(named) > 100:
        raise InputError("shares", "they must be above zero and come to 100 at most", "give shares in per cent")
    low, rest, least = hhi(named), 100 - sum(named), min(named)
    full = rest // least
    return low, low + full * least**2 + (rest - full * least) ** 2


# -- identity ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Identity:
    """One pair's volume as a share of the world's, worked out from either side, in per cent; they must agree."""

    supplier_side: Fraction
    recipient_side: Fraction


def identity(
    supplier_world: Fraction,
    recipient_of_supplier: Fraction,
    recipient_world: Fraction,
    supplier_of_recipient: Fraction,
) -> Identity:
    """Both products of published shares in per cent; they differ by rounding, or a window or vintage was mixed up."""
    left = supplier_world * recipient_of_supplier / 100
    return Identity(left, recipient_world * supplier_of_recipient / 100)


def could_be_rounding(given: Sequence[tuple[Fraction, Fraction]]) -> bool:
    """Whether four rounded shares can come of one pair: each is (value, half of its last digit), in the order of
    ``identity``.
    """
    (a, da), (b, db), (c, dc), (d, dd) = given
    left = (max(a - da, Fraction(0)) * max(b - db, Fraction(0)), (a + da) * (b + db))
    right = (max(c - dc, Fraction(0)) * max(d - dd, Fraction(0)), (c + dc) * (d + dd))
    return left[0] <= right[1] and right[0] <= left[1]


# -- the answer -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Dependence:
    """One party's partners in a window and the one before, and how those asked for compare."""

    now: Shares
    before: Shares
    asked: tuple[str, ...]
    vintage: str
    coverage: Coverage
    spread: Fraction  # of the volume in the window
    reaches: int | None  # the last year with a delivery in the register
    names: dict[str, str]

    def result(self) -> Result:
        """The answer with its tables."""
        return _result(self)


def depend(
    found: Sequence[Delivery],
    coverage: Coverage,
    party: str,
    window: Window,
    *,
    side: str = "imports",
    asked: Sequence[str] = (),
    vintage: str = "unknown",
    name_of: Callable[[str], str] = str,
) -> Dependence:
    """The shares of a party's partners. Raises InputError where the register has no delivery of it in the window."""
    now, before = (shares(found, party, w, side) for w in (window, window.before))
    if not now.total:
        raise InputError(
            name_of(party),
            f"the register has no {side} of it in {window}",
            "ask for another window, or of the other side",
        )
    own = [d for d in found if (d.recipient if side == "imports" else d.supplier) == party and d.year in window]
    names = {code: name_of(code) for code in (party, *asked, *(s.partner for s in (*now.partners, *before.partners)))}
    return Dependence(
        now=now,
        before=before,
        asked=tuple(asked),
        vintage=vintage,
        coverage=coverage,
        spread=sum((d.tiv for d in own if d.spread), Fraction(0)) / now.total,
        reaches=max((d.year for d in found), default=None),
        names=names,
    )


def _result(found: Dependence) -> Result:
    now, partner = found.now, "supplier" if found.now.side == "imports" else "recipient"
    party = found.names[now.party]
    return Result(
        name="dependence",
        question=f"Where did the {now.side} of {party} {'come from' if partner == 'supplier' else 'go'}, {now.window}?",
        answer=tuple(_answer(found)),
        limit=LIMIT,
        method=Method("shares of deliveries by volume (TIV), squared shares added to HHI", SOURCE),
        vintage=found.vintage,
        n=(("rows of the register", found.coverage.rows), (f"{partner}s in the window", len(now.partners))),
        unknown=tuple(_unknown(found)),
        tables=(_shares_table(found, partner), _concentration(found)),
        data={
            "window": str(now.window),
            "unit": "TIV, million",
            "total": float(now.total),
            "shares": {s.partner: float(s.share) for s in now.partners},
            "before": {s.partner: float(s.share) for s in found.before.partners},
            "hhi": None if now.hhi is None else float(now.hhi),
        },
    )


def _answer(found: Dependence) -> Iterator[str]:
    now, names = found.now, found.names
    first = now.partners[0]
    of = "from" if now.side == "imports" else "to"
    yield (
        f"{_percent(first.share)} of the {now.side} of {names[now.party]} by volume came {of} {names[first.partner]} "
        f"in {now.window}; {_percent(found.before.of(first.partner))} in {found.before.window}."
        if now.side == "imports"
        else f"{_percent(first.share)} of the exports of {names[now.party]} by volume went to {names[first.partner]} "
        f"in {now.window}; {_percent(found.before.of(first.partner))} in {found.before.window}."
    )
    if len(found.asked) > 1:
        told = " : ".join(f"{float(100 * now.of(p)):.1f}" for p in found.asked)
        who = " : ".join(names[p] for p in found.asked)
        yield f"{who} = {told} per cent of the volume in {now.window}; in dollars or in numbers it would differ."
    elif found.asked:
        yield f"{names[found.asked[0]]}: {_percent(now.of(found.asked[0]))} in {now.window}."
    if now.hhi is not None and now.effective is not None:
        yield f"Concentration: HHI {float(now.hhi):,.0f}, as if {float(now.effective):.1f} equal partners."


def _unknown(found: Dependence) -> Iterator[str]:
    coverage = found.coverage
    if found.reaches is not None and found.reaches < found.now.window.last:
        yield f"the register ends with deliveries of {found.reaches}: the window is not whole"
    if found.spread:
        yield (
            f"{_percent(found.spread)} of the window's volume is of rows that tell several years of delivery together; "
            "it is spread evenly over them"
        )
    estimated = sum((s.estimated for s in found.now.partners), Fraction(0)) / found.now.total
    if estimated:
        yield f"{_percent(estimated)} of the volume rests on numbers or years that the register marks as its estimate"
    if coverage.without_delivery or coverage.without_volume:
        yield (
            f"rows that could not count: {coverage.without_delivery:,} without a delivery, "
            f"{coverage.without_volume:,} without a volume"
        )


_MOST = 12  # partners shown; the rest stand together


def _shares_table(found: Dependence, partner: str) -> Table:
    now, before = found.now, found.before
    shown = [s for n, s in enumerate(now.partners) if n < _MOST or s.partner in found.asked]
    rows = [_share_row(found.names[s.partner], s.tiv, s.share, before.of(s.partner)) for s in shown]
    shown_partners = {s.partner for s in shown}
    rest = [s for s in now.partners if s.partner not in shown_partners]
    if rest:
        was = sum((before.of(s.partner) for s in rest), Fraction(0))
        tiv = sum((s.tiv for s in rest), Fraction(0))
        rows.append(_share_row(f"{len(rest)} others", tiv, tiv / now.total, was))
    return Table(
        f"Shares by volume, {now.window} and {before.window}",
        (
            Column(partner.capitalize()),
            Column("TIV", "million", 1),
            Column("Share", "%", 1),
            Column("Before", "%", 1),
            Column("Change", "points", 1),
        ),
        tuple(rows),
    )


def _share_row(name: str, tiv: Fraction, now: Fraction, was: Fraction) -> tuple[str | float, ...]:
    return name, float(tiv), float(100 * now), float(100 * was), float(100 * (now - was))


def _concentration(found: Dependence) -> Table:
    def row(one: Shares) -> tuple[str | float | None, ...]:
        index, effective = one.hhi, one.effective
        numbers = (None if index is None else float(index), None if effective is None else float(effective))
        return str(one.window), float(one.total), *numbers, float(100 * one.top(1)), float(100 * one.top(3))

    return Table(
        "Concentration",
        (
            Column("Window"),
            Column("Total", "million TIV", 1),
            Column("HHI", "", 0),
            Column("Effective", "partners", 1),
            Column("Greatest", "%", 1),
            Column("Greatest three", "%", 1),
        ),
        tuple(row(one) for one in (found.now, found.before)),
    )


def _percent(share: Fraction) -> str:
    return f"{float(100 * share):.1f} %"
