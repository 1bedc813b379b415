"""Rank intervals (名次区间): how far a gap's rank can move within what the data leaves open."""

from __future__ import annotations

import zlib
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import expit, gammainc, gammaincinv, logit

from chainmap.gaps.score import GapOptions, with_score

Floats = NDArray[np.float64]

DRAWS = 200
"""Draws behind an interval (methods 8.3)."""

_WIDTH_90 = 2 * 1.6448536269514722
"""Width of a 90% interval in standard deviations."""

_LEAST_CHANCE = 1e-9
"""Keeps the logit finite."""


def with_rank_interval(gaps: pl.DataFrame, options: GapOptions) -> pl.DataFrame:
    """Return gaps with `rank_low, rank_high`: the 90% interval of each row's rank among them.

    Every draw takes each segment's θ from its posterior (a gamma of its mean and spread), given
    that the row is a gap at all (θ < 1, whose probability `1 − p_above_one` stands beside it), and
    its chance from the spread of the bagged entry models; it scores all rows by the same formula
    and ranks them. The interval always holds the point rank. Each cell draws its own numbers,
    seeded by city and segment, so the same data gives the same interval on any machine.

    Args:
        gaps: Scored rows of one city with `rank`; ranks count inside the selection.
        options: As the rows were scored with.

    Source:
        methods 8.3.
    """
    if gaps.is_empty():
        return gaps
    scores = _drawn_scores(gaps, options)
    # Ties break by segment, as in the list itself; the place in each order is the rank less one.
    by_id = np.argsort(gaps["segment_id"].to_numpy().astype(str), kind="stable")
    order = by_id[np.argsort(-scores[by_id], axis=0, kind="stable")]
    ranks = np.empty(scores.shape, np.int64)
    np.put_along_axis(ranks, order, np.arange(1, gaps.height + 1)[:, None], axis=0)
    low = np.quantile(ranks, 0.05, axis=1, method="lower")
    high = np.quantile(ranks, 0.95, axis=1, method="higher")
    own = gaps["rank"].to_numpy()
    return gaps.with_columns(
        rank_low=pl.Series(np.minimum(low, own), dtype=pl.Int64),
        rank_high=pl.Series(np.maximum(high, own), dtype=pl.Int64),
    )


class Draws(NamedTuple):
    """What is drawn, rows × draws: θ given θ < 1, and the chance."""

    theta: Floats
    chance: Floats


def cell_draws(gaps: pl.DataFrame) -> Draws:
    """Return each row's draws; they belong to its cell, whatever else is in the list.

    Args:
        gaps: Rows with `city_code, segment_id, theta, theta_sd, chance, chance_low, chance_high`.
    """
    uniform, normal = np.empty((gaps.height, DRAWS)), np.empty((gaps.height, DRAWS))
    for i, (city_code, segment_id) in enumerate(gaps.select("city_code", "segment_id").rows()):
        random = np.random.default_rng([int(city_code), zlib.crc32(segment_id.encode())])
        uniform[i], normal[i] = random.random(DRAWS), random.standard_normal(DRAWS)
    theta, spread = gaps["theta"].to_numpy(), np.maximum(gaps["theta_sd"].to_numpy(), 1e-9)
    shape = ((theta / spread) ** 2)[:, None]
    rate = (np.maximum(theta, 1e-12) / spread**2)[:, None]
    thetas = gammaincinv(shape, uniform * gammainc(shape, rate)) / rate
    chance, low, high = (
        logit(np.clip(gaps[name].to_numpy(), _LEAST_CHANCE, 1 - _LEAST_CHANCE))
        for name in ("chance", "chance_low", "chance_high")
    )
    spreads = (np.maximum(high - low, 0.0) / _WIDTH_90)[:, None]
    return Draws(thetas, expit(chance[:, None] + normal * spreads))


def _drawn_scores(gaps: pl.DataFrame, options: GapOptions) -> Floats:
    """Return gap scores, rows × draws, by the formula the rows were scored with."""
    draws = cell_draws(gaps)
    known = ("n_companies", "n_leaders", "expected", "expected_leaders")
    rows = gaps.select(*known, "criticality", "dependence", "policy_weight")
    drawn = rows[np.repeat(np.arange(gaps.height), DRAWS)].with_columns(
        expected_shortfall=pl.Series(np.clip(1.0 - draws.theta, 0.0, None).ravel()),
        chance=pl.Series(draws.chance.ravel()),
    )
    return with_score(drawn, options)["gap_score"].to_numpy().reshape(gaps.height, DRAWS)
