"""How good an order of candidates was: NDCG@20 by city, AUC-PR over all, with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from chainmap.gaps.entry.panel import Flags, Ints, Matrix
from chainmap.metrics import auc_pr, ndcg_at_k, precision_at_k, precision_at_n, rank_lists
from chainmap.significance import Interval, paired_bootstrap

TOP = 20
RESAMPLES = 10_000
AREA_RESAMPLES = 200
"""Fewer than for NDCG: each needs a pass over all candidates."""


@dataclass(frozen=True)
class Judged:
    """The candidates of a test origin and what became of them.

    Attributes:
        city: Place of every candidate.
        happened: 1 where the label came true.
        cluster: Province of every place.
    """

    city: Ints
    happened: Matrix
    cluster: Ints


@dataclass(frozen=True)
class MethodScores:
    """What one method scored.

    Attributes:
        ndcg: NDCG@20 by city, over cities where anything happened.
        cities: Those cities.
    """

    name: str
    ndcg: Matrix
    precision: Matrix
    cities: Ints
    area: float
    area_interval: tuple[float, float]
    top_1000: float


def score_method(
    name: str, score: Matrix, judged: Judged, area_resamples: int = AREA_RESAMPLES
) -> MethodScores:
    """Return the scores of one method over the full universe.

    NDCG@20 and P@20 are macro over the cities where at least one candidate came true: the others
    score 0 whatever the order. Equal scores are broken by an order of its own, not by file order.
    """
    live = np.bincount(judged.city, weights=judged.happened)[judged.city] > 0
    jitter = np.random.default_rng(0).permutation(int(live.sum()))
    gain, score_live, city = judged.happened[live], score[live], judged.city[live]
    ranking = rank_lists(gain[jitter], score_live[jitter], city[jitter])
    return MethodScores(
        name=name,
        ndcg=ndcg_at_k(ranking, TOP),
        precision=precision_at_k(ranking, TOP),
        cities=np.unique(city),
        area=auc_pr(judged.happened, score),
        area_interval=_area_interval(score, judged, area_resamples),
        top_1000=precision_at_n(judged.happened, score, 1000),
    )


def pooled(runs: Sequence[MethodScores]) -> MethodScores:
    """Return one method's scores over several test origins: cities repeat, areas are averaged."""
    return replace(
        runs[0],
        ndcg=np.concatenate([run.ndcg for run in runs]),
        precision=np.concatenate([run.precision for run in runs]),
        cities=np.concatenate([run.cities for run in runs]),
        area=float(np.mean([run.area for run in runs])),
    )


def mean_ndcg(score: Matrix, happened: Matrix, city: Ints) -> float:
    """Return NDCG@20, macro over the cities where anything happened."""
    live = np.bincount(city, weights=happened)[city] > 0
    return float(ndcg_at_k(rank_lists(happened[live], score[live], city[live]), TOP).mean())


def ndcg_interval(scores: MethodScores) -> Interval:
    """Return mean NDCG@20 with its 95 % interval over cities."""
    return paired_bootstrap(scores.ndcg, resamples=RESAMPLES)


def difference(one: MethodScores, other: MethodScores, clusters: Ints | None = None) -> Interval:
    """Return the mean NDCG@20 difference with its 95 % interval.

    Args:
        one: The method.
        other: What it is compared with, on the same cities.
        clusters: Cluster of every place, where whole clusters are to be drawn; None draws cities,
            each with all the origins it was tested at.
    """
    chosen = one.cities if clusters is None else clusters[one.cities]
    return paired_bootstrap(one.ndcg - other.ndcg, clusters=chosen, resamples=RESAMPLES)


def within_city_mean_rank(first: Matrix, second: Matrix, city: Ints) -> Matrix:
    """Return the mean of two within-city percentile ranks: the final order (methods 8.4)."""
    return (city_percentile(first, city) + city_percentile(second, city)) / 2


def city_percentile(score: Matrix, city: Ints) -> Matrix:
    """Return each score's percentile among its city's, 0..1, best near 1; ties by row order."""
    order = np.lexsort((score, city))
    ordered = city[order]
    starts = np.flatnonzero(np.diff(ordered, prepend=-1))
    sizes = np.diff(np.append(starts, len(ordered)))
    position = np.arange(len(ordered)) - np.repeat(starts, sizes)
    ranks = np.empty(len(score))
    ranks[order] = (position + 0.5) / np.repeat(sizes, sizes)
    return ranks


def _area_interval(score: Matrix, judged: Judged, resamples: int) -> tuple[float, float]:
    """Return the 95 % interval of AUC-PR when whole cities are drawn."""
    order = np.argsort(-score, kind="stable")
    values, city = score[order], judged.city[order]
    happened = judged.happened[order]
    last: Flags = np.append(values[1:] != values[:-1], True)
    names, codes = np.unique(city, return_inverse=True)
    rng = np.random.default_rng(0)
    areas = []
    for _ in range(resamples):
        times = rng.multinomial(len(names), np.full(len(names), 1 / len(names)))[codes]
        found, taken = np.cumsum(times * happened)[last], np.cumsum(times)[last]
        if found[-1] > 0:
            gained = np.diff(found, prepend=0.0)
            areas.append(float((gained * found / np.maximum(taken, 1)).sum() / found[-1]))
    low, high = np.quantile(areas, [0.025, 0.975]) if areas else (0.0, 0.0)
    return float(low), float(high)
