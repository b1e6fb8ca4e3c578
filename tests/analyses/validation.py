"""What our code gives beside published figures: the rows of docs/reference/validation.md.

    cd tests && python -m analyses.validation --write    works every row out again and writes rows and page

The rows are kept in ``validation_rows_*.csv``, so that the page can be made and checked where the tables are not. A row
has the table, which figure of it, whose it is, what we give, what is published, and how sure that is.
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from armsledger.analyses.dependence import Delivery, Window

from .tables import VALIDATION, table

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
PAGE = ROOT / "docs" / "reference" / "validation.md"
REGISTER = VALIDATION.parent / "data/3-registers/sipri-2026-02/transfers-by-delivery-1995-2025.csv.gz"
HEADS = ("table", "figure", "source", "ours", "theirs", "status")
Row = tuple[str, str, str, str, str, str]

FOUND, RECOMPUTED = "found in a stored source", "found, and recomputed by hand"
COMPUTED, SECOND = "computed, not published", "second hand"
_SCHOLZ = "Scholz, Calbert and Smith 2011"
_KTAB = "KTAB reference run log"
_MILEX = "World Bank MS.MIL.XPND.CD of 2021-10-28 (SIPRI)"
_GDP = "World Bank MS.MIL.XPND.GD.ZS of 2021-10-28 (SIPRI)"
_SHEETS = "SIPRI fact sheets as quoted by the press"


def like(value: float | Decimal | Fraction | None, written: str) -> str:
    """A number with as many decimals as the written one has."""
    if value is None:
        return ""
    decimals = max(0, -int(Decimal(written).as_tuple().exponent)) if written else 0
    return f"{float(value):.{decimals}f}"


def told(row: dict[str, str], figure: str, ours: float | Decimal | Fraction | None, name: str) -> tuple[str, str, str]:
    """Figure, ours, theirs."""
    return figure, like(ours, row[name]), row[name]


# -- deals of several parties -----------------------------------------------------------------------------


def bargaining() -> Iterator[Row]:
    """The ten-actor case: means, moves, exponents, both denominators."""
    import numpy as np

    from armsledger.analyses.bargaining import Choice, Denominator, bargain, risk_exponents

    from .test_bargaining import ACTORS

    found = bargain(ACTORS)
    inputs = table("bdm_emissions_input")
    same = sum(
        (a.name, a.capability, a.position, a.salience)
        == (r["actor"], float(r["capability"]), float(r["position_years"]), float(r["salience"]))
        for a, r in zip(ACTORS, inputs, strict=True)
    )
    yield "bdm_emissions_input", "actors taken over", _SCHOLZ, str(same), str(len(inputs)), FOUND
    for row in table("bdm_emissions_rounds"):
        mean = found.means[int(row["round"])]
        figure = f"mean of round {row['round']}"
        yield (
            "bdm_emissions_rounds",
            figure,
            _SCHOLZ,
            like(mean, row["weighted_mean"]),
            row["weighted_mean"],
            RECOMPUTED,
        )
    off, numbers = 0.0, 0
    moves = table("bdm_emissions_moves")
    for want, got in zip(moves, found.moves, strict=True):
        for name, ours in (("eu_own", got.own_gain), ("eu_other", got.other_gain), ("new_position", got.position)):
            off, numbers = max(off, abs(ours - float(want[name]))), numbers + 1
    yield (
        "bdm_emissions_moves",
        f"greatest difference of {numbers} numbers",
        _SCHOLZ,
        f"{off:.9f}",
        "0.000000000",
        RECOMPUTED,
    )
    printed = bargain(ACTORS, 10, Denominator.PRINTED)
    for row in table("bdm_emissions_printed_denominator"):
        at = min(int(row["round"]), len(printed.means) - 1)
        cells = told(row, f"mean of round {row['round']}", printed.means[at], "weighted_mean")
        yield "bdm_emissions_printed_denominator", cells[0], _SCHOLZ, cells[1], cells[2], COMPUTED
    for row in table("bdm_emissions_variants"):
        kind = Denominator(row["denominator"].replace("_", " ")), Choice(row["compromise_choice"].replace("_", " "))
        means = bargain(ACTORS, 10, *kind).means
        for at in (3, 5, 10):
            name = f"mean_round_{at}"
            cells = told(row, f"{kind[0]}, {kind[1]}: round {at}", means[min(at, len(means) - 1)], name)
            yield "bdm_emissions_variants", cells[0], _SCHOLZ, cells[1], cells[2], COMPUTED
    x, c, s = (np.array([[getattr(a, f) for a in ACTORS]]) for f in ("position", "capability", "salience"))
    exponents = risk_exponents(x, c, s, 6.0, Denominator.REFERENCE)[0]
    for row, ours in zip(table("bdm_emissions_risk_round1"), exponents, strict=True):
        cells = told(row, f"risk exponent of {row['actor']}", float(ours), "r_exponent_reference_denominator")
        yield "bdm_emissions_risk_round1", cells[0], _SCHOLZ, cells[1], cells[2], COMPUTED


def election() -> Iterator[Row]:
    """The probabilistic election, and win sets."""
    import numpy as np

    from armsledger.analyses.baselines import win_set
    from armsledger.analyses.condorcet import Rule, chances, pairwise

    rules = {"markov_uniform": Rule.UNIFORM, "markov_incentive": Rule.INCENTIVE}
    rules["conditional_one_shot"] = Rule.CONDITIONAL
    strengths = {}
    for case, size in (("two", 2), ("three", 3)):
        strength = np.zeros((size, size))
        for row in table("pce_coalitions"):
            if row["case"] == case:
                strength[int(row["row_option"]), int(row["col_option"])] = float(row["coalition_strength_row_over_col"])
        strengths[case] = strength
        yield (
            "pce_coalitions",
            f"{case} options taken over",
            _KTAB,
            str(int((strength > 0).sum())),
            str(size * (size - 1)),
            FOUND,
        )
    for row in table("pce_pairwise_expected"):
        ours = float(pairwise(strengths[row["case"]])[int(row["row_option"]), int(row["col_option"])])
        name = "prob_row_beats_col_4dp"
        figure = f"{row['case']}: {row['row_option']} beats {row['col_option']}"
        yield "pce_pairwise_expected", figure, _KTAB, like(ours, row[name]), row[name], RECOMPUTED
    for row in table("pce_expected"):
        ours = float(chances(strengths[row["case"]], rules[row["rule"]])[int(row["option"])])
        figure = f"{row['case']}, {rules[row['rule']]}: option {row['option']}"
        yield "pce_expected", figure, _KTAB, like(ours, row["probability_4dp"]), row["probability_4dp"], RECOMPUTED
    for row in table("veto_winset_cases"):
        got = win_set(float(row["status_quo"]), [float(v) for v in row["veto_positions"].split(";")])
        found = "deadlock" if got.deadlock else f"{got.low:g} to {got.high:g}"
        theirs = f"{row['winset_low']} to {row['winset_high']}" if row["winset_low"] else "deadlock"
        yield "veto_winset_cases", row["case"].replace("_", " "), "Tsebelis 2002", found, theirs, COMPUTED


# -- waits ------------------------------------------------------------------------------------------------


def waits() -> Iterator[Row]:
    """Kaplan-Meier, Cox, end-use checks, backlog."""
    from lifelines import CoxPHFitter
    from lifelines.datasets import load_rossi

    from armsledger.analyses.waiting import greenwood, kaplan_meier

    given = table("km_aml_maintained_input")
    curve = kaplan_meier([float(r["time"]) for r in given], [r["event"] == "1" for r in given])
    source = "R survival 3.8.3 (Miller 1981)"
    yield "km_aml_maintained_input", "waits, and those that ended", source, f"{curve.n}, {curve.events}", "11, 7", FOUND
    for step, error, row in zip(curve.steps, greenwood(curve), table("km_aml_maintained_expected"), strict=True):
        for name, ours in (("survival", step.waiting), ("std_err", error)):
            cells = told(row, f"{name.replace('_', ' ')} at {row['time']}", ours, name)
            yield "km_aml_maintained_expected", cells[0], source, cells[1], cells[2], RECOMPUTED
    fitted = CoxPHFitter().fit(load_rossi(), "week", "arrest")
    for row in table("cox_rossi_expected"):
        for name, found in (("coef", fitted.params_), ("se", fitted.standard_errors_)):
            cells = told(row, f"{name} of {row['covariate']}", float(found[row["covariate"]]), name)
            yield (
                "cox_rossi_expected",
                cells[0],
                "lifelines 0.30.3, Rossi and others 1980",
                cells[1],
                cells[2],
                COMPUTED,
            )
    for figure, ours, theirs in (
        ("partial log-likelihood", fitted.log_likelihood_, "-658.7477"),
        ("concordance", fitted.concordance_index_, "0.6403"),
    ):
        yield (
            "cox_rossi_expected",
            figure,
            "lifelines 0.30.3, Rossi and others 1980",
            like(ours, theirs),
            theirs,
            COMPUTED,
        )
    yield from _end_use()
    rows = table("taiwan_backlog_checkpoints")
    first, last = (Decimal(rows[n]["notified_not_delivered_usd_billion"]) for n in (0, -1))
    growth = f"{100 * (last / first - 1):.1f}"
    yield (
        "taiwan_backlog_checkpoints", f"change from {rows[0]['as_of']} to {rows[-1]['as_of']} (%)",
        "Cato Institute; Taiwan Security Monitor", growth, "no figure is published", "found; the items are not counted here",
    )  # fmt: skip


def _end_use() -> Iterator[Row]:
    """Intervals of the checks' findings, and whether the quoted ratios follow from the quoted counts."""
    from armsledger.analyses.arithmetic import ratio
    from armsledger.analyses.waiting import wilson

    name, blue = "blue_lantern_by_year", "US Department of State, as summarised by the trade press"
    published = {"2020": "0.3 to 4.0", "2022": "0.5 to 3.8"}
    for row in table(name):
        year, closed = row["fiscal_year"], row["cases_closed"]
        if row["unauthorised_retransfer_cases"]:
            low, high = wilson(int(row["unauthorised_retransfer_cases"]), int(closed)) or (0.0, 0.0)
            band = f"{100 * low:.1f} to {100 * high:.1f}"
            yield name, f"{year}: unauthorised re-exports, 95 %", blue, band, published[year], RECOMPUTED
        if row["favourable_pct"] and row["unfavourable_pct"]:
            total = int(row["favourable_pct"]) + int(row["unfavourable_pct"])
            verdict = "100" if total == 100 else f"{total}: not 100, and the rest is not told"
            yield name, f"{year}: favourable and not, together (%)", blue, verdict, "100", SECOND
        elif not closed or not row["favourable_pct"]:
            yield name, f"{year}: nothing to work out", blue, "", "", SECOND
    for whole in (566, 662):
        quoted = ratio(173, whole, Decimal(26))
        verdict = f"{quoted.percent:.1f} %: {'follows' if quoted.follows else 'does not follow'}"
        yield name, f"2016: 173 of {whole} called 26 %", blue, verdict, "26 %", SECOND


# -- shares -----------------------------------------------------------------------------------------------

_NAMES = {"Turkey": "Turkiye", "USA": "United States"}
_OTHERS = "others"

# Volumes by year of delivery that a cell of releases.csv holds: from supplier to recipient, either of which may be all.
Cells = dict[tuple[str, str, str], dict[int, Fraction]]


def releases() -> Cells:
    """The volumes of ``releases.csv``: those that the shares printed with a release need, by release and pair."""
    cells: Cells = {}
    with (HERE / "releases.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            pair = cells.setdefault((row["release"], row["supplier"], row["recipient"]), {})
            pair[int(row["year"])] = Fraction(row["tiv"])
    return cells


@dataclass(frozen=True, slots=True)
class Held:
    """Deliveries to hold a figure against: a register, or a part of a release and what is left of it beside."""

    deliveries: Sequence[Delivery]
    of_release: bool

    def name(self, party: str) -> str:
        """A party as these deliveries name it."""
        return party if self.of_release else _NAMES.get(party, party)


def _held(register: Held, cells: Cells, release: str, part: tuple[str, str], whole: tuple[str, str]) -> Held:
    """What a print is held against: its release where we have its volumes, the register at hand else."""
    if (release, *part) not in cells or (release, *whole) not in cells:
        return register
    one, all_of_it = cells[release, *part], cells[release, *whole]
    supplier, recipient = (_OTHERS if name == "all" else name for name in part)
    rest = tuple(_OTHERS if name == "all" or name != kept else name for name, kept in zip(part, whole, strict=True))
    made = [Delivery(supplier, recipient, year, tiv, estimate=False, spread=False) for year, tiv in one.items()]
    made += [
        Delivery(rest[0], rest[1], year, tiv - one.get(year, Fraction(0)), estimate=False, spread=False)
        for year, tiv in all_of_it.items()
    ]
    return Held(made, of_release=True)


def shares() -> Iterator[Row]:
    """Published shares against the release they were printed of, concentration, identities, volumes."""
    from armsledger.analyses.dependence import deliveries
    from armsledger.text.registers import rows

    found, _ = deliveries(rows(gzip.decompress(REGISTER.read_bytes()).decode("utf-8-sig")), str)
    register, cells = Held(found, of_release=False), releases()
    yield from _of_partners(register, cells)
    yield from _of_the_world(register, cells)
    yield from _concentration()
    yield from _volumes()


def _of_partners(register: Held, cells: Cells) -> Iterator[Row]:
    from armsledger.analyses.dependence import shares as shares_of

    sides = (
        ("sipri_import_shares", "importer", "supplier", "imports", "share_pct", "from"),
        ("sipri_vintage_revisions", "importer", "supplier", "imports", "share_pct", "from"),
        ("sipri_export_recipient_shares", "exporter", "recipient", "exports", "share_pct_of_exporter", "to"),
    )
    for name, whose, other, side, column, word in sides:
        for row in table(name):
            one, two, release = row[whose], row[other], row["vintage_year"]
            part, whole = ((two, one), ("all", one)) if side == "imports" else ((one, two), (one, "all"))
            held = _held(register, cells, release, part, whole)
            got = shares_of(held.deliveries, held.name(one), _window(row["window"]), side).of(held.name(two))
            figure = f"{one} {word} {two}, {row['window']} (%), print of {release}"
            yield _share_row(name, figure, float(100 * got), row[column], release, held)


def _of_the_world(register: Held, cells: Cells) -> Iterator[Row]:
    from armsledger.analyses.dependence import shares as shares_of

    name, moved = "sipri_global_shares", "change_pct_vs_previous_window"
    for row in table(name):
        window, side, release = _window(row["window"]), f"{row['role'][:-2]}s", row["vintage_year"]
        part = ("all", row["country"]) if side == "imports" else (row["country"], "all")
        held = _held(register, cells, release, part, ("all", "all"))
        party = held.name(row["country"])
        now, before = (shares_of(held.deliveries, party, w, side).total for w in (window, window.before))
        world = sum((d.tiv for d in held.deliveries if d.year in window), Fraction(0))
        figure = f"{row['country']}, {row['role']}, {row['window']} (%), print of {release}"
        yield _share_row(name, figure, float(100 * now / world), row["share_pct_of_world"], release, held)
        if row[moved]:
            changed = float(100 * (now / before - 1))
            yield _share_row(name, f"{figure}: change", changed, row[moved], release, held, change=True)


def _concentration() -> Iterator[Row]:
    from armsledger.analyses.dependence import hhi_bounds, identity

    for row in table("hhi_bounds_computed"):
        bounds = hhi_bounds([Fraction(p) for p in row["named_shares_pct"].split(";")])
        ours = " to ".join(like(b, row[n]) for b, n in zip(bounds, ("hhi_lower", "hhi_upper"), strict=True))
        theirs = f"{row['hhi_lower']} to {row['hhi_upper']}"
        yield "hhi_bounds_computed", f"{row['importer']}, {row['window']}", "Hirschman 1945", ours, theirs, COMPUTED
    names = (
        "supplier_world_share_pct", "recipient_share_of_supplier_pct", "recipient_world_share_pct",
        "supplier_share_of_recipient_pct",
    )  # fmt: skip
    for row in table("sipri_crosscheck"):
        both = identity(*(Fraction(row[n]) for n in names))
        for side, got in (("supplier", both.supplier_side), ("recipient", both.recipient_side)):
            figure = f"{row['supplier']} to {row['recipient']}, {row['window']}: {side}'s side"
            cells = told(row, figure, got, f"product_{side}_side_pct")
            yield "sipri_crosscheck", cells[0], _SHEETS, cells[1], cells[2], COMPUTED


def _volumes() -> Iterator[Row]:
    from armsledger.analyses.arithmetic import MODERNISED, NEW, SECOND_HAND, tiv

    name, source = "sipri_tiv_examples", "SIPRI, Explanation of the TIV tables"
    for row in table(name):
        factor = {"1.0": NEW, "0.40": SECOND_HAND, "0.66": MODERNISED}[row["condition_factor"]]
        got = tiv(int(row["units"]), Decimal(row["tiv_new_million_each"]), factor)
        yield name, row["case"].replace("_", " "), source, like(got, "0"), row["expected_total_million"], FOUND
    name = "sipri_register_arithmetic"
    for number, row in enumerate(table(name), 1):
        for units, column in (("units_ordered", "tiv_order"), ("units_delivered", "tiv_delivered")):
            got = tiv(int(row[units]), Decimal(row["tiv_per_unit"]))
            cells = told(row, f"row {number}: {column.replace('_', ' of ')}", got, column)
            yield name, cells[0], "SIPRI Arms Transfers Database", cells[1], cells[2], FOUND


def _window(said: str) -> Window:
    first, last = said.split("-")
    return Window(int(first), int(first[:2] + last))


# Figures that other papers quote otherwise than the one in the table.
_QUOTED = {
    "Turkey from Germany, 2020-24 (%), print of 2025": (
        "19", "Balkan View, and in Deutsche Welle as quoted by Haber Taksim"
    ),
}  # fmt: skip
_REGISTER_OF = "2025"  # the print whose release the register at hand is


def _share_row(
    name: str, figure: str, ours: float, theirs: str, release: str, held: Held, *, change: bool = False
) -> Row:
    """A share by the release that it was printed of, or by the register at hand, from which it can then differ by what
    SIPRI has revised since; prints of windows that the register does not reach are not compared.
    """
    if not held.of_release and release > _REGISTER_OF:
        return name, figure, _SHEETS, "", theirs, f"{SECOND}; not compared: that release is not at hand"
    decimals = 0 if change and abs(ours) >= 100 else 2 if "." in theirs else 1
    quoted, by = _QUOTED.get(figure, (theirs, ""))
    off = abs(ours - float(quoted))
    if off <= (0.05 if "." in quoted else 0.5) + 1e-9:
        status = f"{SECOND}; " + (f"{quoted} in {by}; as printed" if by else "as printed")
    elif off <= 0.5:
        status = f"{SECOND}; within half a point"
    elif held.of_release:
        status = f"{SECOND}; not as printed: deals of unknown suppliers are left out of what we have of this release"
    else:
        status = f"{SECOND}; not as printed then: that release is not at hand, and SIPRI has revised the years since"
    return name, figure, _SHEETS, f"{ours:.{decimals}f}", theirs, status


# -- spending ---------------------------------------------------------------------------------------------


def spending() -> Iterator[Row]:
    """Richardson, Granger, Engle-Granger, Dickey-Fuller."""
    from armsledger.analyses.spending import alliance_slope, cointegration, granger, richardson, unit_roots

    from .test_spending import dollars, of_gdp

    rows = table("richardson_1909_1913")
    slope, rest = alliance_slope(
        [int(r["year"]) for r in rows], [float(r["four_power_defence_budget_million_gbp"]) for r in rows]
    )
    source = "Richardson 1960 (data recalled)"
    yield (
        "richardson_1909_1913",
        "slope of change on mid-year total",
        source,
        like(slope, "0.7310"),
        "0.7310",
        "recalled data, slope recomputed",
    )
    yield (
        "richardson_1909_1913",
        "total of no growth",
        source,
        like(rest, "194.9"),
        "194.9",
        "recalled data, slope recomputed",
    )
    given = dollars()
    yield "milex_ind_pak_wb_2021", "years", _MILEX, str(len(given.years)), "61", FOUND
    pair = richardson(given)
    ours: dict[str, float] = {}
    for who, three in (("india", pair.one), ("pak", pair.other)):
        ours |= {f"richardson_{who}_{n}": v for n, v in zip(("const", "own", "rival"), three, strict=True)}
    ours |= {"matrix_trace": pair.trace, "matrix_det": pair.determinant}
    ours |= {"max_discrete_eigenvalue_modulus": pair.modulus, "engle_granger_p_log_levels": cointegration(given)}
    for lag in (1, 2, 3):
        for test, way in zip(granger(given, lag), ("ind_to_pak", "pak_to_ind"), strict=True):
            ours |= {f"granger_dlog_{way}_lag{lag}_F": test.f, f"granger_dlog_{way}_lag{lag}_p": test.p}
    for begin, end in ((1960, 1990), (1991, 2020)):
        for test, way in zip(granger(given.within(begin, end), 1), ("ind_to_pak", "pak_to_ind"), strict=True):
            ours[f"granger_dlog_{way}_lag1_p_{begin}_{end}"] = test.p
    for row in table("milex_ind_pak_expected"):
        cells = told(row, row["quantity"].replace("_", " "), ours[row["quantity"]], "value")
        yield "milex_ind_pak_expected", cells[0], _MILEX, cells[1], cells[2], COMPUTED
    for name, level, change in unit_roots(given):
        verdict = "levels drift, changes do not" if level > 0.05 > change else "another order"
        figure = f"Dickey-Fuller, {name}: p of levels {level:.2f}, of changes {change:.4f}"
        yield "milex_ind_pak_expected", figure, _MILEX, verdict, "levels drift, changes do not", COMPUTED
    gdp = of_gdp()
    yield "milex_pct_gdp_ind_pak_wb_2021", "years", _GDP, str(len(gdp.years)), "61", FOUND
    pair = richardson(gdp)
    ours = {
        f"{who}_{n}": v
        for who, three in (("india", pair.one), ("pak", pair.other))
        for n, v in zip(("const", "own", "rival"), three, strict=True)
    }
    rested = pair.equilibrium or (float("nan"), float("nan"))
    ours |= {
        "trace": pair.trace,
        "det": pair.determinant,
        "equilibrium_india": rested[0],
        "equilibrium_pakistan": rested[1],
    }
    for row in table("milex_pct_gdp_ind_pak_expected"):
        cells = told(row, row["quantity"].replace("_", " "), ours[row["quantity"]], "value")
        yield "milex_pct_gdp_ind_pak_expected", cells[0], _GDP, cells[1], cells[2], COMPUTED


# -- claims that differ -----------------------------------------------------------------------------------


def claims() -> Iterator[Row]:
    """Truth discovery, fusion of numbers, causes of conflicts, words of probability, factuality."""
    from armsledger.analyses.fusion import catd, crh, medians
    from armsledger.deals.credibility import BANDS
    from armsledger.deals.discovery import sums, truth_finder, voting

    methods = {
        "voting": voting,
        "sums_converged": sums,
        "truthfinder_t0=0.4_gamma=0.5_iter=50_no_implication": truth_finder,
    }
    said = [(r["source"], r["object"], r["value"]) for r in table("truth_tiny_claims")]
    source = "test data of joesingo/truthdiscovery (numbers only)"
    yield "truth_tiny_claims", "claims taken over", source, str(len(said)), "6", FOUND
    found = {name: method(said) for name, method in methods.items()}
    for row in table("truth_tiny_expected"):
        got, (one, _, value) = found[row["algorithm"]], row["key"].partition("=")
        ours = got.trust[one] if row["kind"] == "trust" else got.belief[(one, value)]
        status = COMPUTED if row["algorithm"].startswith("truthfinder") else RECOMPUTED
        figure = f"{row['algorithm'].split('_')[0]}: {row['kind']} {row['key']}"
        yield "truth_tiny_expected", figure, source, like(ours, row["value"]), row["value"], status
    measured = [(r["object"], r["source"], float(r["value"])) for r in table("numeric_fusion_toy_input")]
    yield "numeric_fusion_toy_input", "numbers taken over", "made up", str(len(measured)), "13", COMPUTED
    fused, bad, plain = crh(measured), catd(measured), medians(measured)
    of = {"plain_median": plain, "crh_weighted_median_truth": fused.value, "crh_source_weight": fused.weight}
    for row in table("numeric_fusion_toy_expected"):
        got_value = of.get(row["method"], bad.value)[row["key"]]
        figure = f"{row['method'].replace('_', ' ')}: {row['key']}"
        yield "numeric_fusion_toy_expected", figure, "made up", like(got_value, row["value"]), row["value"], COMPUTED
    yield from _conflicts()
    for row, (word, low, high) in zip(table("icd203_bands"), BANDS, strict=True):
        theirs = f"{row['low_pct']} to {row['high_pct']}"
        yield "icd203_bands", f"{word} (%)", "US ICD 203 (2015), as transcribed", f"{low} to {high}", theirs, FOUND
    rows = {r["tag"]: int(r["factbank_count"]) for r in table("factbank_reference")}
    whole = rows.pop("all")
    source = "de Marneffe, Manning and Potts 2012 (FactBank)"
    yield "factbank_reference", "tags, added up", source, str(sum(rows.values())), str(whole), FOUND
    for tag, what, theirs in (("CT+", "certain and affirmed (%)", "57.6"), ("Uu", "left open (%)", "34.2")):
        yield "factbank_reference", what, source, like(100 * rows[tag] / whole, theirs), theirs, FOUND


def _conflicts() -> Iterator[Row]:
    """Causes of conflicting figures, by the published shares of the other tables."""
    from armsledger.deals.figures import Share, Subject
    from armsledger.deals.figures import Window as Years
    from armsledger.deals.vintages import Published, judge, table_of
    from armsledger.deals.written import Written, written

    def percent(said: str) -> Written:
        return written(Decimal(said), said)

    def window(said: str) -> Years:
        return Years(int(said[:4]), int(said[:2] + said[-2:]))

    def matter(name: str) -> tuple[Subject, Years]:
        parts = name.split("_")
        years = window(f"{parts[-2]}-{parts[-1]}")
        if parts[1] == "world":
            return Subject(Share.IMPORTS, parts[0]), years
        return Subject(Share.SUPPLIER, parts[1], parts[0]), years

    known = [
        Published(
            Subject(Share.SUPPLIER, r["supplier"].lower(), r["importer"].lower()), window(r["window"]),
            int(r["vintage_year"]), percent(r["share_pct"]),
        )
        for name in ("sipri_import_shares", "sipri_vintage_revisions")
        for r in table(name)
    ]  # fmt: skip
    for r in table("sipri_global_shares"):
        if r["role"] == "importer":
            share = percent(r["share_pct_of_world"])
            known.append(
                Published(
                    Subject(Share.IMPORTS, r["country"].lower()), window(r["window"]), int(r["vintage_year"]), share
                )
            )
    rows = [(*matter(r["object"]), r) for r in table("claims_numeric_conflicts")]
    seen = {(p.subject, p.window) for p in known}
    for subject, years, row in rows:
        if (subject, years) not in seen:
            seen.add((subject, years))
            known.append(Published(subject, years, years.last + 1, percent(row["reference_value_pct"])))
    for subject, years, row in rows:
        own = [(w, percent(r["value_pct"])) for s, w, r in rows if s == subject and r["source_id"] == row["source_id"]]
        got = str(judge(subject, percent(row["value_pct"]), years, table_of(known), own).verdict)
        figure = f"{row['object'].replace('_', ' ')}, {row['source_id']}: {row['value_pct']} %"
        yield (
            "claims_numeric_conflicts",
            figure,
            "press and a blog",
            got,
            row["conflict_code"],
            f"{FOUND}; cause told by hand",
        )


# -- statutes ---------------------------------------------------------------------------------------------


def statutes() -> Iterator[Row]:
    """Thresholds of notification, dated events of the sanctions statute."""
    from armsledger.lexicon.sanctions import rules
    from armsledger.lexicon.thresholds import Category, threshold

    names = {
        "major_defense_equipment": Category.MAJOR, "defense_articles_services": Category.ARTICLES,
        "design_construction": Category.CONSTRUCTION, "firearms_category_I_commercial": Category.FIREARMS,
    }  # fmt: skip
    buyers = {"nato_plus_6": "TUR", "other": "PAK", "any": "PAK"}
    for row in table("aeca_thresholds"):
        found = threshold(
            buyers[row["destination_group"]], names[row["category"]], date.fromisoformat(row["source_as_of"])
        )
        assert found is not None
        ours = f"{found.dollars / 1_000_000:.0f} million, {found.days} days"
        theirs = f"{row['threshold_usd_million']} million, {row['calendar_days_notice']} days"
        recalled = row["threshold_usd_million"] in ("100", "300")
        status = "partly recalled" if recalled else FOUND
        figure = f"{row['destination_group'].replace('_', ' ')}: {names[row['category']]}"
        yield "aeca_thresholds", figure, "CRS RL31675; 22 CFR 123.15", ours, theirs, status
    by_id = {rule.id: rule for rule in rules()}
    wanted = {
        "law_signed": "us-caatsa-231", "section_231_full_blocking": "us-caatsa-231-chn-edd",
        "section_231_menu_based_not_blocking": "us-caatsa-231-tur-ssb",
    }  # fmt: skip
    for row in table("caatsa_dates"):
        ours = by_id[wanted[row["event_code"]]].first.isoformat()
        figure = f"{row['event_code'].replace('_', ' ')}: {row['party_code']}"
        yield "caatsa_dates", figure, "Baker McKenzie; US Trade Monitor", ours, row["date"], FOUND


# -- rows and page ----------------------------------------------------------------------------------------

GROUPS: dict[str, Callable[[], Iterator[Row]]] = {
    "bargaining": bargaining,
    "election": election,
    "waits": waits,
    "shares": shares,
    "spending": spending,
    "claims": claims,
    "statutes": statutes,
}


def kept(group: str) -> list[Row]:
    """The rows of a group as they are kept."""
    with (HERE / f"validation_rows_{group}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    return [(r[0], r[1], r[2], r[3], r[4], r[5]) for r in rows[1:]]


def written(rows: Iterable[Row]) -> str:
    """Rows as CSV."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerows([HEADS, *rows])
    return made.getvalue()


_INTRO = """# Validation

<!-- Made by tests/analyses/validation.py. Change the code, then run: cd tests && python -m analyses.validation --write -->

Every published table that our analyses were checked against: what our code gives beside what is published.
Tests hold the figures to the tolerance of each table; this page shows them.
"Second hand" says that the figure was read in the press or in a summary, not in the publication itself.
SIPRI revises past years at every release, so a share that was printed is held against the release it was printed of, where its volumes can be had, and against the release of 2025 else.
Six decimals agree where six are shown.
"""


# Where the volumes of a release were found: SIPRI's own tables and lists, of a day, as stored in public repositories.
_OF = {
    "2016": ("24 July 2016", "imports of every state by year, in mauhai/weaponstradeanalysis"),
    "2022": ("28 July 2022", "exports of every state by recipient and year, in 360-info/report-arms-trade"),
    "2023": ("11 December 2023", "imports and exports of all states by year, in sumn2u/sipri-visualization; no pairs"),
    "2024": ("3 January 2025", "deliveries from 2000 by year, in lucacasu/Global-Arms-Trade"),
    "2025": ("12 February 2026", "deliveries from 1995 by year, beside the checkout"),
    "2026": ("before 16 June 2026", "deliveries by year, in Bewelge/globalArmsTransfers; without unknown suppliers"),
}
_RELEASES = (
    "Shares of each print (changes of volume between windows are in the tables below):",
    "",
    "| print | release generated | volumes | shares | as printed | within half a point |",
    "|---|---|---|---|---|---|",
)


def page(rows: dict[str, list[Row]]) -> str:
    """The page of all rows."""
    parts = [_INTRO, "\n".join([*_RELEASES, *_came(rows)]) + "\n"]
    counts = []
    for name in dict.fromkeys(row[0] for group in rows.values() for row in group):
        mine = [row for group in rows.values() for row in group if row[0] == name]
        agree = sum(1 for row in mine if row[3] == row[4] or row[5].endswith(" as printed"))
        counts.append(f"| [{name}](#{name}) | {len(mine)} | {agree} |")
    parts.append("\n".join(["| table | figures | as published |", "|---|---|---|", *counts]) + "\n")
    for name in dict.fromkeys(row[0] for group in rows.values() for row in group):
        lines = [f"## {name}", "", "| figure | source | ours | theirs | status |", "|---|---|---|---|---|"]
        mine = [row for group in rows.values() for row in group if row[0] == name]
        lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row[1:]) + " |" for row in mine]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _came(rows: dict[str, list[Row]]) -> Iterator[str]:
    """How many of the figures of each print come out, of the release or of a later one, as lines of a table."""
    told = [row for group in rows.values() for row in group if ", print of " in row[1]]
    for year in sorted({row[1].split(", print of ")[1][:4] for row in told}):
        printed = [row for row in told if f", print of {year}" in row[1] and not row[1].endswith(": change")]
        near = sum(1 for row in printed if row[5].endswith("; within half a point"))
        came = sum(1 for row in printed if row[5].endswith("as printed"))
        held = _OF.get(year, ("not at hand", "the release of 2025"))
        yield f"| {year} | {held[0]} | {held[1]} | {len(printed)} | {came} | {near} |"


def main() -> None:
    """Writes rows and page."""
    if sys.argv[1:] != ["--write"]:
        sys.exit(__doc__)
    made = {group: list(rows()) for group, rows in GROUPS.items()}
    for group, rows in made.items():
        (HERE / f"validation_rows_{group}.csv").write_text(written(rows), encoding="utf-8")
    PAGE.write_text(page(made), encoding="utf-8")
    print(f"{sum(map(len, made.values()))} rows of {len({r[0] for g in made.values() for r in g})} tables")


if __name__ == "__main__":
    main()
