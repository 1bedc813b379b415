"""LightGBM as the entry study uses it: LambdaRank for order, binary for the chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from chainmap.gaps.entry.columns import features
from chainmap.gaps.entry.panel import Ints, Matrix

QUERY_LIMIT = 10_000
"""Rows of one query; LightGBM refuses more."""
NEGATIVES = 10
"""Cells without an event per event, in training only, drawn evenly. Drawing half of them from the
largest expected counts, as in the pilot, taught the ranker that large is unlikely: NDCG@20 of the
specialisation task on the 1994 origin (annotation words) fell from 0.199 to 0.168."""
LEAST_NEGATIVES = 100
"""Per city and origin, so that a city where nothing happened is learned from too."""


@dataclass(frozen=True)
class LearnerOptions:
    """Parameters of the trees, with their defaults on record (methods 8.4).

    Attributes:
        trees: Chosen on the 1994 origin of the product names, before the test: with 60, 120, 200
            and 300 trees NDCG@20 is 0.427, 0.439, 0.449 and 0.452 on entry, 0.200, 0.208, 0.209
            and 0.210 on specialisation.
        leaves: Chosen with `ridge` on the 1994 origin of the annotation words: 0.442 and 0.197
            against 0.438 and 0.189 with the 31 leaves of the pilot.
        ridge: L2 penalty on leaf values.
        threads: Fixed, because sums depend on how rows are shared out.
    """

    trees: int = 200
    leaves: int = 15
    rate: float = 0.05
    least_rows: int = 100
    fraction: float = 0.7
    truncation: int = 60
    ridge: float = 10.0
    threads: int = 1
    seed: int = 1


THIN = LearnerOptions(trees=60, leaves=7, least_rows=300)
"""For panels with a few hundred events an origin: on the 1995 origin of the segments NDCG@20 of
the entry task was 0.54 with it, 0.52 with 15 leaves and 0.48 with 31."""


@dataclass(frozen=True)
class Sample:
    """Training rows: places in the full grid, by origin and city.

    Attributes:
        row: Row of the stacked feature matrix.
        weight: How many cells the row stands for.
        query: Number of the (origin, city) the row belongs to; ascending.
    """

    row: Ints
    weight: Matrix
    query: Ints


def sample_rows(happened: Matrix, query: Ints, seed: int) -> Sample:
    """Return all events and 1 : 10 of the other cells per query.

    Args:
        happened: 0 or 1 by row.
        query: Ascending query number by row.
        seed: Same seed, same sample.
    """
    rng = np.random.default_rng(seed)
    rows, weights = [], []
    bounds = np.flatnonzero(np.diff(query, prepend=-1, append=-1))
    for start, stop in pairwise(bounds):
        here = np.arange(start, stop)
        events, others = here[happened[here] > 0], here[happened[here] == 0]
        n = min(len(others), max(LEAST_NEGATIVES, NEGATIVES * len(events)))
        rows += [events, rng.choice(others, n, replace=False)]
        weights += [np.ones(len(events)), np.full(n, len(others) / max(1, n))]
    row, weight = np.concatenate(rows), np.concatenate(weights)
    order = np.argsort(row, kind="stable")
    return Sample(row[order], weight[order], query[row[order]])


def fit_ranker(
    x: Matrix, gain: Matrix, query: Ints, names: Sequence[str], options: LearnerOptions
) -> Any:
    """Return a LambdaRank booster; rows ordered by query.

    Source:
        Burges (2010); parameters methods 8.4.
    """
    import lightgbm

    data = lightgbm.Dataset(x, gain, group=query_sizes(query), feature_name=list(names))
    parameters = {
        **_parameters(names, options),
        "objective": "lambdarank",
        "lambdarank_truncation_level": options.truncation,
        "label_gain": [0.0, 1.0, 3.0, 7.0],
    }
    return lightgbm.train(parameters, data, options.trees)


def fit_binary(
    x: Matrix, happened: Matrix, weight: Matrix, names: Sequence[str], options: LearnerOptions
) -> Any:
    """Return a booster of log-odds; weights undo the sampling, so base rates are the cells'."""
    import lightgbm

    data = lightgbm.Dataset(x, happened, weight=weight, feature_name=list(names))
    parameters = {**_parameters(names, options), "objective": "binary"}
    return lightgbm.train(parameters, data, options.trees)


def predict(booster: Any, x: Matrix, options: LearnerOptions) -> Matrix:
    """Return raw scores by row; log-odds of a binary booster."""
    found = booster.predict(x, raw_score=True, num_threads=options.threads)
    return np.asarray(found, dtype=np.float64)


def query_sizes(query: Ints) -> Ints:
    """Return the sizes of runs of equal query numbers, none above what LightGBM takes."""
    bounds = np.flatnonzero(np.diff(query, prepend=-1, append=-1))
    sizes: list[int] = []
    for size in np.diff(bounds):
        parts = -(-int(size) // QUERY_LIMIT)
        sizes += [len(part) for part in np.array_split(np.arange(size), parts)]
    return np.array(sizes, dtype=np.int64)


def _parameters(names: Sequence[str], options: LearnerOptions) -> dict[str, Any]:
    known = features()
    return {
        "num_leaves": options.leaves,
        "learning_rate": options.rate,
        "min_data_in_leaf": options.least_rows,
        "lambda_l2": options.ridge,
        "feature_fraction": options.fraction,
        "bagging_fraction": options.fraction,
        "bagging_freq": 1,
        "monotone_constraints": [known[name].monotone for name in names],
        "seed": options.seed,
        "deterministic": True,
        "force_row_wise": True,
        "num_threads": options.threads,
        "verbose": -1,
    }
