"""Whether a difference is one: significance by city and province, over seeds, in cold cities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from chainmap.gaps.entry.methods import Learned, main_models
from chainmap.gaps.entry.panel import Ints, Matrix
from chainmap.gaps.entry.scores import Judged, MethodScores, difference, score_method
from chainmap.gaps.entry.study import Study
from chainmap.significance import holm, paired_p_value

SEEDS = 5
"""Seeds of the trees and of the negatives drawn (methods 7.5)."""
LEVEL = 0.05
"""Below this adjusted p-value a difference is called one."""
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Compared:
    """One method beside the one it is judged against.

    Attributes:
        name: Of the comparison.
        one: The method under test.
        other: What it must beat.
    """

    name: str
    one: MethodScores
    other: MethodScores


def significance_rows(compared: list[Compared], clusters: Ints) -> Rows:
    """Return the paired NDCG@20 differences with intervals and p-values, in the order given.

    Intervals and p-values draw cities, and whole provinces; `holm_*` are adjusted for all the
    comparisons handed in, and `differs` says whether the stricter of the two holds at 5 %.

    Args:
        compared: One family of comparisons.
        clusters: Province of every place.

    Source:
        methods 7.5; Holm (1979).
    """
    rows: Rows = []
    for pair in compared:
        gap = pair.one.ndcg - pair.other.ndcg
        provinces = clusters[pair.one.cities]
        rows.append(
            {
                "comparison": pair.name,
                **gap_fields("difference", pair.one, pair.other, clusters),
                "p_city": paired_p_value(gap, clusters=pair.one.cities),
                "p_province": paired_p_value(gap, clusters=provinces),
            }
        )
    for name in ("city", "province"):
        adjusted = holm(np.array([row[f"p_{name}"] for row in rows]))
        for row, value in zip(rows, adjusted, strict=True):
            row[f"holm_{name}"] = round(float(value), 4)
            row[f"p_{name}"] = round(row[f"p_{name}"], 4)
    for row in rows:
        row["differs"] = max(row["holm_city"], row["holm_province"]) < LEVEL
    return rows


def gap_fields(
    name: str, one: MethodScores, other: MethodScores, clusters: Ints
) -> dict[str, float]:
    """Return a difference of NDCG@20 with its intervals by city and by province."""
    by_city, by_province = difference(one, other), difference(one, other, clusters)
    return {
        name: round(by_city.mean, 4),
        "low": round(by_city.low, 4),
        "high": round(by_city.high, 4),
        "province_low": round(by_province.low, 4),
        "province_high": round(by_province.high, 4),
    }


def spread_row(name: str, runs: list[MethodScores], bar: MethodScores) -> dict[str, Any]:
    """Return how NDCG@20 and AUC-PR scatter over seeds.

    Args:
        name: Of the model.
        runs: One a seed.
        bar: The baseline to beat; `least_gain` is the smallest difference of NDCG@20 to it.
    """
    ndcg = np.array([run.ndcg.mean() for run in runs])
    area = np.array([run.area for run in runs])
    return {
        "model": name,
        "seeds": len(runs),
        "ndcg_mean": round(float(ndcg.mean()), 4),
        "ndcg_sd": round(float(ndcg.std(ddof=1)) if len(ndcg) > 1 else 0.0, 4),
        "ndcg_least": round(float(ndcg.min()), 4),
        "ndcg_most": round(float(ndcg.max()), 4),
        "area_mean": round(float(area.mean()), 4),
        "area_sd": round(float(area.std(ddof=1)) if len(area) > 1 else 0.0, 4),
        "least_gain": round(float(ndcg.min() - bar.ndcg.mean()), 4),
    }


def seed_rows(study: Study, first: Learned, bar: MethodScores, seeds: int = SEEDS) -> Rows:
    """Return the spread of the two models and of their mean rank over seeds.

    A seed decides which negatives are drawn, which rows and features a tree sees.

    Args:
        study: With the options of the first seed.
        first: What the first seed gave.
        bar: Scores of gravity + province, the baseline that is hardest to beat.
        seeds: How many in all.
    """
    options, found = study.options, [first]
    try:
        for seed in range(options.seed + 1, options.seed + seeds):
            study.options = replace(options, seed=seed)
            found.append(main_models(study))
    finally:
        study.options = options
    rows = []
    for name, scores in (
        ("LightGBM LambdaRank, all", [one.ranker for one in found]),
        ("LightGBM binary, all", [one.binary for one in found]),
        ("mean of the two ranks", [one.final for one in found]),
    ):
        runs = [score_method(name, score, study.judged, 0) for score in scores]
        rows.append({"task": study.task.id, **spread_row(name, runs, bar)})
    return rows


def cold_city_rows(scored: Mapping[str, MethodScores], judged: Judged) -> Rows:
    """Return what is lost in a city nothing is known of, both ways, like beside like.

    Five folds: the binary model and its relatedness matrices without the city, against the same
    with it. Portfolio-blind: LambdaRank without any column of the city's own stock, against all.
    """
    ways = (
        ("binary, cities left out", "LightGBM binary, all"),
        ("LambdaRank, portfolio-blind", "LightGBM LambdaRank, all"),
    )
    return [
        {
            "way": way,
            "ndcg_20": _mean(scored[way].ndcg),
            "whole": _mean(scored[whole].ndcg),
            **gap_fields("change", scored[way], scored[whole], judged.cluster),
        }
        for way, whole in ways
    ]


def _mean(values: Matrix) -> float:
    return round(float(values.mean()), 4)
