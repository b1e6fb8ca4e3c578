"""The peers of ``linking.py``: nomenklatura's logic-v1, which compares two entities, and Splink, which is trained.

Both are loaded only where they are installed. Each gets what our rules look at, in the form that serves it best.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Self

from armsledger.deals.grounds import contract_number, transmittal
from armsledger.deals.variants import variants_of
from armsledger.model import Claim, ClaimId, DocumentId

Published = Mapping[DocumentId, str | None]


@dataclass(frozen=True, slots=True)
class LogicV1:
    """nomenklatura's logic-v1 with its own weights."""

    model: Any
    algorithm: Any
    config: Any

    @classmethod
    def load(cls) -> Self | None:
        """None where it is not installed."""
        try:
            model = import_module("followthemoney").model
            matching = import_module("nomenklatura.matching")
            types = import_module("nomenklatura.matching.types")
        except ImportError:
            print("nomenklatura is not installed: our side alone")
            return None
        return cls(model, matching.get_algorithm("logic-v1"), types.ScoringConfig.defaults())

    def entity(self, claims: Sequence[Claim], published: Published) -> Any:
        """The claims of a profile as one entity: a vehicle, the one kind of thing that it matches and that has names,
        a number, dates and countries. It has no field for a count or a sum.
        """
        made = self.model.make_entity("Vehicle")
        made.id = claims[0].id
        for claim in claims:
            made.add("name", claim.item)
            made.add("country", claim.recipient)
            made.add("registrationNumber", transmittal(claim) or contract_number(claim))
            made.add("registrationDate", claim.date.iso if claim.date else published.get(claim.document))
            made.add("type", claim.system)
        return made

    def compare_all(self, pairs: Sequence[tuple[Any, Any]]) -> None:
        """Scores every pair."""
        compare, config = self.algorithm.compare, self.config
        for one, other in pairs:
            compare(one, other, config)


# -- Splink -----------------------------------------------------------------------------------------------

THRESHOLDS = (0.05, 0.2, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 0.9999)


def splink_clusters(
    claims: Sequence[Claim], published: Published, grounds: Mapping[ClaimId, str], truth: Mapping[ClaimId, str] | None
) -> Iterator[tuple[float, dict[ClaimId, str]]]:
    """For each threshold, the cluster of every claim; nothing where it is not installed.

    Trained as documented: the share of matches from sure rules, u from random pairs, m by expectation maximisation over
    two blockings. With ``truth`` m is learnt from it, as documented for labelled data.
    """
    try:
        splink, library = import_module("splink"), import_module("splink.comparison_library")
    except ImportError:
        print("Splink is not installed: our side alone")
        return
    api = splink.DuckDBAPI()
    table = import_module("pyarrow").Table.from_pylist([_row(c, published, grounds[c.id], truth) for c in claims])
    linker = splink.Linker(api.register(table), _settings(splink, library), log_level=logging.ERROR)
    _train(linker, splink.block_on, labelled=truth is not None)
    predicted = linker.inference.predict(threshold_match_probability=min(THRESHOLDS))
    for threshold in THRESHOLDS:
        found = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold)
        rows = found.as_record_list()
        yield threshold, {ClaimId(row["unique_id"]): str(row["cluster_id"]) for row in rows}


def _row(claim: Claim, published: Published, ground: str, truth: Mapping[ClaimId, str] | None) -> dict[str, Any]:
    told = claim.date.iso[:10] if claim.date else published.get(claim.document)
    day = None if told is None else (told + "-07-01" if len(told) == 4 else told + "-15" if len(told) == 7 else told)
    return {
        "unique_id": str(claim.id),
        "ground": ground,
        "case_number": transmittal(claim),
        "contract_number": contract_number(claim),
        "supplier": claim.supplier,
        "variants": sorted(variants_of(claim.system, claim.item)) or None,
        "item": claim.item,
        "quantity": None if claim.quantity is None else float(claim.quantity),
        "amount": None if claim.value is None else float(claim.value.amount),
        "day": day,
        "published": published.get(claim.document),
        "stage": str(claim.stage),
        "mode": None if claim.mode is None else str(claim.mode),
        "second_hand": claim.second_hand,
        "document": str(claim.document),
        "deal": None if truth is None else truth[claim.id],
    }


def _settings(splink: Any, library: Any) -> Any:
    def near(column: str, *shares: float) -> Any:
        levels = import_module("splink.comparison_level_library")
        return library.CustomComparison(
            output_column_name=column,
            comparison_levels=[
                levels.NullLevel(column),
                levels.ExactMatchLevel(column),
                *(levels.PercentageDifferenceLevel(column, share) for share in shares),
                levels.ElseLevel(),
            ],
        )

    return splink.SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=[splink.block_on("ground")],
        comparisons=[
            library.ExactMatch("case_number"),
            library.ExactMatch("contract_number"),
            library.ExactMatch("supplier"),
            library.ArrayIntersectAtSizes("variants", [1]),
            near("quantity", 0.05, 0.2),
            near("amount", 0.03, 0.2),
            library.AbsoluteDateDifferenceAtThresholds(
                "day", input_is_string=True, metrics=["day", "day", "year", "year"], thresholds=[31, 100, 1, 3]
            ),
            library.AbsoluteDateDifferenceAtThresholds(
                "published", input_is_string=True, metrics=["day", "day", "year", "year"], thresholds=[7, 100, 1, 5]
            ),
            library.ExactMatch("stage"),
            library.ExactMatch("mode"),
            library.ExactMatch("second_hand"),
            library.ExactMatch("document"),
        ],
    )


def _train(linker: Any, block_on: Any, *, labelled: bool) -> None:
    training = linker.training
    sure = [block_on("ground", "case_number"), block_on("ground", "contract_number"), block_on("ground", "quantity")]
    training.estimate_probability_two_random_records_match(sure, recall=0.5)
    training.estimate_u_using_random_sampling(max_pairs=1e7, seed=1)
    if labelled:
        training.estimate_m_from_label_column("deal")
        return
    for rule in (block_on("ground"), block_on("supplier", "quantity")):
        training.estimate_parameters_using_expectation_maximisation(rule, record_sample_proportion=1.0)
