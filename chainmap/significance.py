"""Is a difference more than chance: bootstrap intervals, p-values, many comparisons at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Interval(NamedTuple):
    """A mean with the interval a bootstrap gives it."""

    mean: float
    low: float
    high: float


def paired_bootstrap(
    difference: Floats,
    *,
    clusters: NDArray[np.generic] | None = None,
    resamples: int = 10_000,
    level: float = 0.95,
    seed: int = 0,
) -> Interval:
    """Return the mean of a difference per group, with its percentile bootstrap interval.

    Args:
        difference: One number per group: a measure of one method minus that of the other.
        clusters: Cluster of each group (the province of a city); whole clusters are drawn
            then. None draws groups.
        resamples: How many samples are drawn.
        level: Mass inside the interval.
        seed: Same seed, same interval.

    Source:
        Efron and Tibshirani (1993), percentile interval.
    """
    values = np.asarray(difference, np.float64)
    means = _bootstrap_means(values, clusters, resamples, seed)
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    return Interval(float(values.mean()), float(low), float(high))


def paired_p_value(
    difference: Floats,
    *,
    clusters: NDArray[np.generic] | None = None,
    resamples: int = 10_000,
    seed: int = 0,
) -> float:
    """Return the two-sided bootstrap p-value of a mean difference of 0; never exactly 0.

    Twice the smaller share of resampled means on either side of 0, the sample itself counted in.
    Draws are those of `paired_bootstrap` with the same seed, so that the two agree.

    Source:
        Efron and Tibshirani (1993), 15.4; Davison and Hinkley (1997) for the added one.
    """
    values = np.asarray(difference, np.float64)
    means = _bootstrap_means(values, clusters, resamples, seed)
    side = min(int((means <= 0).sum()), int((means >= 0).sum()))
    return min(1.0, 2.0 * (side + 1) / (resamples + 1))


def holm(p_values: Floats) -> Floats:
    """Return p-values adjusted for how many comparisons were made, in the order given; 0–1.

    Source:
        Holm (1979), step-down.
    """
    given = np.asarray(p_values, np.float64)
    order = np.argsort(given, kind="stable")
    stepped = given[order] * np.arange(len(given), 0, -1)
    adjusted = np.empty(len(given))
    adjusted[order] = np.minimum(1.0, np.maximum.accumulate(stepped))
    return adjusted


def _bootstrap_means(
    values: Floats, clusters: NDArray[np.generic] | None, resamples: int, seed: int
) -> Floats:
    """Return the mean of every resample of groups, or of whole clusters."""
    labels = np.arange(len(values)) if clusters is None else np.asarray(clusters)
    _, codes = np.unique(labels, return_inverse=True)
    sums, sizes = np.bincount(codes, weights=values), np.bincount(codes).astype(np.float64)
    n = len(sums)
    rng = np.random.default_rng(seed)
    means = np.empty(resamples)
    for start in range(0, resamples, 1000):  # 1,000 at a time keeps 3,000 counties under 24 MB
        stop = min(start + 1000, resamples)
        times = rng.multinomial(n, np.full(n, 1.0 / n), size=stop - start)
        means[start:stop] = (times @ sums) / (times @ sizes)
    return means
