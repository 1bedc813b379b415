"""Rank intervals of targets: how far a rank moves within what is left open."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from chainmap.ranking.families import Family
from chainmap.ranking.known import Floats, Ints
from chainmap.ranking.scorer import Scorer
from chainmap.ranking.scoring import standardised
from chainmap.ranking.target_options import TargetOptions

SEED = 20261121
"""Same candidates, same interval."""
LEAST_ROWS = 400
"""Companies that are drawn at least, best first; those further down hardly ever reach a list."""
REACH = 3
"""A list of n is drawn against the first n × 3 companies of the order it was cut from."""


def with_rank_interval(
    chosen: pl.DataFrame, ordered: pl.DataFrame, scorer: Scorer, options: TargetOptions
) -> pl.DataFrame:
    """Return a list with `rank_low, rank_high`: the 90% interval of each company's rank.

    Every draw takes the model's weights from their covariance (where the release has one), each
    segment's gap score from its spread, and each P(makes) from the Beta its counts leave; it makes
    the list anew, limit per segment included, each company for the segment it is listed for. Those
    over the limit stand behind the rest. The interval always holds the rank itself.

    Args:
        chosen: The list, with `rank`.
        ordered: One row a company as scored, best first; holds `chosen`.
        scorer: What it was scored with.
        options: Limit per segment, weights, number of draws; 0 draws give the rank itself.
    """
    rank = chosen["rank"]
    if chosen.is_empty() or not options.draws:
        return chosen.with_columns(rank_low=rank, rank_high=rank)
    last = ordered.with_row_index("at").join(
        chosen.select("company_id"), on="company_id", how="semi"
    )["at"].max()  # fmt: skip
    assert isinstance(last, int)
    drawn_from = ordered.head(max(LEAST_ROWS, REACH * (last + 1)))
    ranks = drawn_ranks(
        _drawn(drawn_from, scorer, options), _codes(drawn_from), options.per_segment
    )
    low, high = np.quantile(ranks, (0.05, 0.95), axis=0, method="nearest").astype(np.int64)
    spread = drawn_from.select("company_id").with_columns(
        rank_low=pl.Series(low), rank_high=pl.Series(high)
    )
    return chosen.join(spread, on="company_id", how="left", maintain_order="left").with_columns(
        rank_low=pl.min_horizontal("rank", "rank_low"),
        rank_high=pl.max_horizontal("rank", "rank_high"),
    )


def _drawn(rows: pl.DataFrame, scorer: Scorer, options: TargetOptions) -> Floats:
    """Return draws × rows of the utility."""
    random = np.random.default_rng(SEED)
    weights = options.weights
    utility = np.broadcast_to(rows["utility"].to_numpy(), (options.draws, rows.height)).copy()
    if scorer.covariance is not None:
        of_summands = np.array([weights[family.value] for family in scorer.families()])
        shift = random.standard_normal((options.draws, len(of_summands))) @ covariance_root(scorer)
        utility += shift @ (standardised(rows, scorer) * of_summands).T
    segments = _codes(rows)
    normal = random.standard_normal((options.draws, int(segments.max()) + 1))
    utility += normal[:, segments] * rows["gap_spread"].to_numpy() * weights[Family.NEED.value]
    p = rows["makes"].to_numpy()
    neighbours = rows["n_makers"].to_numpy() + scorer.rates.neighbour_firms
    n = np.where((rows["basis"] == "direct").to_numpy(), scorer.rates.asked, neighbours)
    drawn = random.beta(p * n + 0.5, (1 - p) * n + 0.5, (options.draws, rows.height))
    utility += np.log(np.maximum(drawn, 1e-6) / np.maximum(p, 1e-6)) * weights["segment_fit"]
    return utility


def covariance_root(scorer: Scorer) -> Floats:
    """Return the symmetric root of the covariance: no sign in it depends on the machine."""
    values, vectors = np.linalg.eigh(np.array(scorer.covariance))
    return np.asarray((vectors * np.sqrt(np.clip(values, 0.0, None))) @ vectors.T)


def _codes(rows: pl.DataFrame) -> Ints:
    return rows["segment_id"].rank("dense").to_numpy().astype(np.int64) - 1


def drawn_ranks(utility: Floats, segments: Ints, per_segment: int) -> NDArray[np.int64]:
    """Return draws × rows of ranks, from 1; those over the limit of their segment come last."""
    n_draws, n_rows = utility.shape
    order = np.argsort(-utility, axis=1, kind="stable")
    over = np.zeros_like(order, dtype=bool)
    if per_segment:
        sorted_segments = segments[order]
        by_segment = np.argsort(sorted_segments, axis=1, kind="stable")
        first = np.searchsorted(np.sort(segments), np.arange(segments.max() + 1))
        grouped = np.take_along_axis(sorted_segments, by_segment, axis=1)
        nth = np.arange(n_rows) - first[grouped]
        np.put_along_axis(over, by_segment, nth >= per_segment, axis=1)
    kept = np.where(over, 0, 1).cumsum(axis=1)
    behind = kept[:, -1:] + over.cumsum(axis=1)
    ranks = np.empty((n_draws, n_rows), np.int64)
    np.put_along_axis(ranks, order, np.where(over, behind, kept), axis=1)
    return ranks
