"""What analyses cost: the bargaining model drawn 2,000 times, and every analysis on a full register.

    python benchmarks/analysing.py [--draws 2000] [--register FILE]

The ten-actor case is drawn at random within 10 % of its inputs, all draws at once in arrays, against a plain
implementation of the same equations in loops (on fewer draws, told per draw), and both must give the same means. The
register is made up with as many rows as the largest known (29,503), or a file of yours. CPU time of one core.
"""

from __future__ import annotations

import argparse
import gzip
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
from material import SEED, cpu_seconds

from armsledger.analyses.backtest import back_test
from armsledger.analyses.bargaining import Choice, Denominator, final_means
from armsledger.analyses.between import between
from armsledger.analyses.cards import card_from
from armsledger.analyses.conversion import conversion
from armsledger.analyses.dependence import Window, deliveries, depend, shares
from armsledger.analyses.feasibility import assess
from armsledger.analyses.leadtime import lead_time, waits
from armsledger.analyses.precedents import ALLY, Past, Route, precedents
from armsledger.analyses.retransfer import Case, Passage, retransfer
from armsledger.text.registers import RegisterRow, rows

CARD = Path(__file__).resolve().parents[1] / "examples" / "card-s-400.yml"
ROWS, TARGET_S, TARGET_DRAWS_S, TARGET_RATIO = 29_503, 2.0, 10.0, 50
CASE = (  # capability, position, salience of ten actors: the emission case, Scholz, Calbert and Smith 2011
    (0.08, 4, 0.80), (0.08, 7, 0.40), (0.03, 4, 0.20), (0.16, 4, 0.80), (0.16, 10, 0.60),
    (0.16, 10, 0.60), (0.16, 10, 0.90), (0.05, 7, 0.10), (0.05, 4, 1.00), (0.08, 7, 0.70),
)  # fmt: skip


# -- the model in loops -----------------------------------------------------------------------------------


def plain_mean(x: Sequence[float], c: Sequence[float], s: Sequence[float], turns: int) -> float:
    """The weighted mean after some rounds, by the equations as they are written, with the reference denominator."""
    n, scale = len(x), max(x) - min(x)
    places = list(x)
    for _ in range(turns):
        if max(places) - min(places) <= 1e-9:
            break
        seen = _Round(places, c, s, scale, _exponents(places, c, s, scale))
        gain = [[seen.gain(i, j, i) if i != j else 0.0 for j in range(n)] for i in range(n)]
        theirs = [[seen.gain(j, i, i) if i != j else 0.0 for j in range(n)] for i in range(n)]
        places = [_moved(places, gain[i], theirs[i], i) for i in range(n)]
    weight = [a * b for a, b in zip(c, s, strict=True)]
    return sum(w * p for w, p in zip(weight, places, strict=True)) / sum(weight)


def _exponents(x: Sequence[float], c: Sequence[float], s: Sequence[float], scale: float) -> list[float]:
    n, ones = len(x), [1.0] * len(x)
    seen = _Round(x, c, s, scale, ones)
    danger = [sum(seen.gain(j, i, j) for j in range(n) if j != i) for i in range(n)]
    low, high = min(danger), max(danger)
    if high - low <= 1e-12:
        return ones
    tilt = [(2 * d - high - low) / (high - low) for d in danger]
    return [(1 - r / 3) / (1 + r / 3) for r in tilt]


class _Round:
    """What is expected of challenges with these places and exponents; the support in play is added up once."""

    def __init__(
        self, x: Sequence[float], c: Sequence[float], s: Sequence[float], scale: float, risk: Sequence[float]
    ) -> None:
        self.x, self.c, self.s, self.scale, self.risk = x, c, s, scale, risk
        self.all = range(len(x))
        self.whole = sum(abs(self.vote(k, a, b)) for k in self.all for a in self.all for b in self.all)

    def vote(self, k: int, a: int, b: int) -> float:
        """How much k is for a against b; everybody votes with an exponent of his own."""
        near, far = abs(self.x[k] - self.x[a]) / self.scale, abs(self.x[k] - self.x[b]) / self.scale
        weighed: float = self.c[k] * self.s[k] * (far ** self.risk[k] - near ** self.risk[k])
        return weighed

    def gain(self, i: int, j: int, view: int) -> float:
        """What i expects of challenging j, seen by ``view``."""
        r, d, resists = self.risk[view], abs(self.x[i] - self.x[j]) / self.scale, self.s[j]
        won: float = 2 - 4 * max(0.0, 0.5 - 0.5 * d) ** r
        lost: float = 2 - 4 * (0.5 + 0.5 * d) ** r
        still: float = 2 - 4 * 0.5**r
        p = 0.0
        if d and self.whole:
            p = sum(max(0.0, self.vote(k, i, j)) for k in self.all) / self.whole
        return resists * (p * won + (1 - p) * lost) + (1 - resists) * won - still


def _moved(x: Sequence[float], gain: Sequence[float], theirs: Sequence[float], i: int) -> float:
    """Where an actor goes: the first of the least moves by confrontations, then compromises, then capitulations."""
    lost: list[tuple[float, float]] = []
    met: list[tuple[float, float]] = []
    gave: list[tuple[float, float]] = []
    for j, (a, b) in enumerate(zip(gain, theirs, strict=True)):
        if j == i or x[j] == x[i]:
            continue
        if b > a > 0:
            lost.append((abs(x[j] - x[i]), x[j]))
        elif b > 0 > a and b > -a:
            rank = (-a * x[i] + b * x[j]) / (-a + b)
            met.append((rank, x[i] + (x[j] - x[i]) * abs(a / b)))
        elif b > 0 > a:
            gave.append((abs(x[j] - x[i]), x[j]))
    for offers in (lost, met, gave):
        if offers:
            return min(offers, key=lambda o: o[0])[1]
    return x[i]


def bargaining(draws: int, plain_draws: int = 20, turns: int = 10) -> None:
    """Print what the draws cost, and the loops."""
    chance = np.random.default_rng(SEED)
    c, x, s = (np.array([row[n] for row in CASE], dtype=float) for n in range(3))
    noise = 2 * chance.random((2, draws, len(CASE))) - 1
    many = np.tile(x, (draws, 1)), c * (1 + 0.1 * noise[0]), np.clip(s + 0.05 * noise[1], 0.01, 1)
    took = cpu_seconds(lambda: final_means(*many, turns, Denominator.REFERENCE, Choice.REFERENCE))
    fast = final_means(*many, turns, Denominator.REFERENCE, Choice.REFERENCE)
    slow: list[float] = []
    p, w, v = many
    loops = cpu_seconds(
        lambda: slow.extend(plain_mean(_list(p[d]), _list(w[d]), _list(v[d]), turns) for d in range(plain_draws))
    )
    each = loops / plain_draws
    off = max(abs(a - b) for a, b in zip(slow, fast[:plain_draws], strict=True))
    print(f"{draws:,} draws of ten actors, {turns} rounds  {took:7.2f} s  (target {TARGET_DRAWS_S:.0f})")
    print(f"the same in plain loops            {each * draws:7.0f} s  ({each:.2f} s a draw, {plain_draws} draws)")
    print(f"loops over arrays                  {each * draws / took:7.0f}    (target {TARGET_RATIO})")
    print(f"greatest difference of the means   {off:.1e}")


def _list(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> list[float]:
    return [float(v) for v in values]


# -- a full register --------------------------------------------------------------------------------------


def register() -> str:
    """A register of made-up rows, as many as the largest known has."""
    chance = random.Random(SEED)
    head = (
        "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,Number delivered, ,"
        "Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,"
        "SIPRI TIV of delivered weapons"
    )
    lines = ["Data generated: 10 Mar 2031 9:15:00 AM", head]
    for _ in range(ROWS):
        year, count = chance.randint(1950, 2024), chance.randint(1, 60)
        years = ";".join(
            map(str, sorted({min(2025, year + chance.randint(0, 9)) for _ in range(chance.randint(0, 3))}))
        )
        each = chance.randint(1, 400) / 10
        done = count if years else 0
        sides = f"State {chance.randint(1, 200)},State {chance.randint(1, 60)}"
        lines.append(
            f"{sides},{year},?,{count},,Type {chance.randint(1, 900)},tank,{done or ''},,{years},new,,"
            f"{each},{each * count:.2f},{each * done:.2f}"
        )
    return "\n".join(lines) + "\n"


def every(text: str) -> None:
    """Print what each analysis costs on the rows of a register, reading not counted, and what reading costs."""
    held: list[RegisterRow] = []
    print(
        f"reading the register               {cpu_seconds(lambda: held.extend(rows(text))):7.2f} s  "
        f"({len(held):,} rows)"
    )
    state, seller = held[len(held) // 2].recipient, held[len(held) // 2].supplier
    waited, odd = waits(held, str)
    found, coverage = deliveries(held, str)
    window = Window(2000, 2024)

    def dependence() -> object:
        moved, told = deliveries(held, str)
        return depend(moved, told, state, window, name_of=str).result()

    def leadtime() -> object:
        made, wrong = waits(held, str)
        return lead_time(made, 2025, odd=wrong).result()

    def balance() -> object:
        moved, _ = deliveries(held, str)
        return [shares(moved, party, w).total for party in (state, seller) for w in (window, window.before)]

    day = date(2025, 1, 1)
    passages = [_passage(row, n) for n, row in enumerate(held)]
    past = [_past(row, n) for n, row in enumerate(held)]
    asked = Case(seller, state, held[len(held) // 2].designation, (seller,), day)

    def region() -> object:
        moved, _ = deliveries(held, str, of=set(own))
        return [{p: shares(moved, p, w).total for p in own} for w in (window, window.before, window.before.before)]

    def conversions() -> object:
        return conversion([replace(p, notified=p.ordered) for p in past], day).result()

    own = list(dict.fromkeys(row.recipient for row in held))[:8]
    works: dict[str, Callable[[], object]] = {
        "dependence": dependence,
        "leadtime": leadtime,
        "leadtime, back-test": lambda: back_test(waited, 2024),
        "leadtime of deals": lambda: between(past, "order", day).result(),
        "conversion": conversions,
        "imports of a balance": balance,
        "imports of a region": region,
        "retransfer": lambda: retransfer(asked, passages).result(),
        "precedents": lambda: precedents(past[len(past) // 2], past, day).result(),
        "feasibility, 2,000 draws": lambda: assess(card_from(CARD.read_text(encoding="utf-8"), "card")).result(),
    }
    for name, work in works.items():
        print(f"{name:34} {cpu_seconds(work):7.2f} s  (target {TARGET_S:.0f})")
    assert waited
    assert found
    assert coverage.rows + odd >= 0


def _passage(row: RegisterRow, number: int) -> Passage:
    first, last = date(row.ordered, 1, 1), date(row.ordered, 12, 31)
    return Passage(
        row.supplier, row.recipient, row.designation, (row.supplier,), first, last, True, False, (str(number),)
    )


def _past(row: RegisterRow, number: int) -> Past:
    day = date(row.ordered, 1, 1), date(row.ordered, 12, 31)
    came = None if not row.delivery_years else (date(row.delivery_years[0], 1, 1), date(row.delivery_years[-1], 12, 31))
    return Past(
        str(number),
        row.supplier,
        row.recipient,
        row.designation,
        Route.UNKNOWN,
        ALLY,
        day[0],
        "ordered",
        None,
        day,
        came,
    )


def main() -> None:
    """Print all of it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--draws", type=int, default=2000)
    parser.add_argument("--register", type=Path)
    asked = parser.parse_args()
    bargaining(asked.draws)
    if asked.register is None:
        every(register())
    else:
        data = asked.register.read_bytes()
        data = gzip.decompress(data) if asked.register.suffix == ".gz" else data
        every(data.decode("utf-8-sig", "replace"))


if __name__ == "__main__":
    main()
