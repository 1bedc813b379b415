"""Rank intervals (名次区间): how far a gap's rank can move within what the data leaves open."""

from __future__ import annotations

import zlib

import numpy as np
import polars as pl
from scipy.special import expit, gammainc, gammaincinv, logit

from chainmap.gaps.score import GapOptions, with_score

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
    draws = pl.concat([_drawn(row) for row in gaps.select(_DRAWN_FROM).iter_rows(named=True)])
    drawn = with_score(
        gaps.drop("expected_shortfall", "chance").join(draws, on="segment_id"), options
    ).with_columns(rank=pl.struct(-pl.col("gap_score"), "segment_id").rank("ordinal").over("draw"))
    spread = drawn.group_by("segment_id").agg(
        low=pl.col("rank").quantile(0.05, "lower").cast(pl.Int64),
        high=pl.col("rank").quantile(0.95, "higher").cast(pl.Int64),
    )
    return (
        gaps.drop("rank_low", "rank_high", strict=False)
        .join(spread, on="segment_id", how="left", maintain_order="left")
        .with_columns(
            rank_low=pl.min_horizontal("low", "rank"), rank_high=pl.max_horizontal("high", "rank")
        )
        .drop("low", "high")
    )


_DRAWN_FROM = [
    "city_code", "segment_id", "theta", "theta_sd", "chance", "chance_low", "chance_high"
]  # fmt: skip


def _drawn(row: dict[str, float | str]) -> pl.DataFrame:
    """Return one cell's draws: `segment_id, draw, expected_shortfall, chance`."""
    segment_id = str(row["segment_id"])
    seed = [int(row["city_code"]), zlib.crc32(segment_id.encode())]
    random = np.random.default_rng(seed)
    theta, spread = float(row["theta"]), max(float(row["theta_sd"]), 1e-9)
    shape, rate = (theta / spread) ** 2, max(theta, 1e-12) / spread**2
    below = random.random(DRAWS) * gammainc(shape, rate)
    thetas = gammaincinv(shape, below) / rate
    chance, low, high = (
        float(logit(np.clip(float(row[name]), _LEAST_CHANCE, 1 - _LEAST_CHANCE)))
        for name in ("chance", "chance_low", "chance_high")
    )
    chances = expit(chance + random.standard_normal(DRAWS) * max(high - low, 0.0) / _WIDTH_90)
    return pl.DataFrame(
        {
            "segment_id": [segment_id] * DRAWS,
            "draw": np.arange(DRAWS),
            "expected_shortfall": np.clip(1.0 - thetas, 0.0, None),
            "chance": chances,
        }
    )
