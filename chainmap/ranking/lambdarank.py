"""LightGBM LambdaRank behind the same contract as the conditional logit: the challenger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from chainmap.errors import ModelError
from chainmap.ranking.known import Floats
from chainmap.ranking.pair_registry import Block, pair_column, pair_features
from chainmap.ranking.target_training import (
    Learning,
    TargetOptions,
    start_learning,
    stop_learning,
)

TREES: dict[str, Any] = {
    "objective": "lambdarank", "num_leaves": 15, "learning_rate": 0.05, "min_data_in_leaf": 100,
    "lambda_l2": 10.0, "feature_fraction": 0.7, "bagging_fraction": 0.7, "bagging_freq": 1,
    "lambdarank_truncation_level": 60, "deterministic": True, "force_row_wise": True,
    "num_threads": 1, "verbose": -1,
}  # fmt: skip
"""Kept small: about a thousand labels cannot carry more."""
N_TREES = 120
NEGATIVES = 400
"""Firms without a label drawn per city; all that have one stay."""
MOST_IN_QUERY = 10_000
"""LightGBM refuses larger queries."""


def fit_trees(
    learning: Learning, names: Sequence[str], options: TargetOptions
) -> Callable[[Block], Floats]:
    """Return a scorer of pairs, trained to order firms within a city.

    Every city with a label is a query. Directions declared for the features hold in the trees.

    Raises:
        ModelError: Nothing to learn from, or a query over the limit.
    """
    import lightgbm

    known, happened = learning.known, learning.happened()
    rng = np.random.default_rng(options.seed)
    values, gain, sizes = [], [], []
    start_learning(learning, options)
    for city in np.flatnonzero(happened.any(axis=0)):
        came = np.flatnonzero(happened[:, city])
        others = np.flatnonzero(learning.firms & (known.home != city) & ~happened[:, city])
        drawn = rng.choice(others, min(NEGATIVES, len(others)), replace=False)
        rows = np.sort(np.concatenate([came, drawn]))
        if len(rows) > MOST_IN_QUERY:
            raise ModelError(f"一个城市有 {len(rows)} 家候选，超过 {MOST_IN_QUERY}。")
        block = Block(known, rows, np.array([city]))
        values.append(np.column_stack([pair_column(block, name)[:, 0] for name in names]))
        gain.append(happened[rows, city].astype(np.float64))
        sizes.append(len(rows))
    stop_learning(known)
    if not values:
        raise ModelError("没有一条可学的标签。")
    data = lightgbm.Dataset(np.vstack(values), np.concatenate(gain), group=sizes)
    signs = [pair_features()[name].monotone for name in names]
    parameters = {**TREES, "seed": options.seed, "monotone_constraints": signs}
    trees = lightgbm.train(parameters, data, N_TREES)

    def score(block: Block) -> Floats:
        columns = [np.broadcast_to(pair_column(block, n), block.shape).ravel() for n in names]
        found = trees.predict(np.column_stack(columns), num_threads=1)
        return np.asarray(found, np.float64).reshape(block.shape)

    return score
