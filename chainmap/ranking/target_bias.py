"""Whom the ranker favours: how far ranks follow size, age and fame, and who is always on top."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from chainmap.ranking.known import Floats, Known
from chainmap.ranking.pair_registry import Block, pair_column
from chainmap.ranking.tied import Flags

TOP = 100
SAME = 50
"""Firms that stand on most lists, whose share of all places is told."""
TRAITS = {
    "staff": "员工人数",
    "capital": "注册资本",
    "age": "成立年数",
    "fame": "已知布局数",
    "listed": "沪深上市",
}
"""What ranks are compared with, by the word a reader sees."""


@dataclass(frozen=True)
class Bias:
    """How one order treats firms, over the lists of all cities.

    Attributes:
        follows: Trait → mean Spearman correlation of the order with it over cities, −1..1; NaN
            where the trait is the same for all firms.
        same_firms: Share of all places in the first hundred that the fifty firms on most lists
            take; 50 firms taking every place they can would reach one half.
        distinct: Firms that stand in the first hundred of any city.
        n_firms: Firms ranked.
    """

    follows: Mapping[str, float]
    same_firms: float
    distinct: int
    n_firms: int


def order_bias(known: Known, score: Floats, happened: Flags) -> Bias:
    """Return how an order treats firms.

    Args:
        known: The universe.
        score: Firms × cities, higher first.
        happened: Firms × cities, where firms are known to be: their fame.
    """
    traits = _traits(known, happened)
    follows: dict[str, list[float]] = {name: [] for name in traits}
    seen = np.zeros(known.n_firms)
    for city in range(known.n_cities):
        outside = np.flatnonzero(known.home != city)
        order = outside[np.argsort(-score[outside, city], kind="stable")]
        seen[order[:TOP]] += 1.0
        ranks = _ranks(score[outside, city])
        for name, values in traits.items():
            follows[name].append(_correlation(ranks, _ranks(values[outside])))
    most = np.sort(seen)[::-1][:SAME].sum()
    return Bias(
        {name: float(np.mean(found)) for name, found in follows.items()},
        float(most / max(seen.sum(), 1.0)),
        int((seen > 0).sum()),
        known.n_firms,
    )


def _traits(known: Known, happened: Flags) -> dict[str, Floats]:
    block = Block(known, np.arange(known.n_firms), np.zeros(1, np.int64))

    def column(name: str) -> Floats:
        return np.asarray(np.broadcast_to(pair_column(block, name), block.shape))[:, 0]

    return {
        "staff": column("staff_size"),
        "capital": column("capital_size"),
        "age": column("age"),
        "fame": happened.sum(axis=1).astype(np.float64),
        "listed": column("listed"),
    }


def _ranks(values: Floats) -> Floats:
    return pl.Series(values).rank("average").to_numpy()


def _correlation(one: Floats, other: Floats) -> float:
    a, b = one - one.mean(), other - other.mean()
    size = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / size if size > 0 else float("nan")
