"""Sensitivity of the gap ranking (敏感性): how far ranks follow the weights we chose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from chainmap.errors import InputError
from chainmap.gaps.score import GapOptions, score_gaps, with_score
from chainmap.gaps.world import World
from chainmap.sources.places import City

CHANGED = ("alpha", "beta", "gamma", "criticality_share", "leader_shortfall")
"""Weights and exponents of the score; each is moved alone."""

SWING = 0.5
"""Every weight is moved by half of itself, down and up."""


def gap_sensitivity(world: World, cities: Sequence[City], options: GapOptions) -> pl.DataFrame:
    """Return the rank correlation of each city's gaps under ±50 % changes of every weight.

    Returns:
        `parameter, value, spearman_mean, spearman_least, least_city, top10_kept`: mean and least
        Spearman correlation over the cities between the order at the defaults and with the one
        parameter changed, and the mean share of the first ten that stay among the first ten.

    Raises:
        InputError: No city has three gaps to put in order.

    Source:
        methods 8.3: goal ≥ 0.9.
    """
    base = {city.code: score_gaps(world, city, options) for city in cities}
    cities = [city for city in cities if base[city.code].height > 2]
    if not cities:
        raise InputError(
            "所给城市都没有三项以上的缺口，无从比较次序。", todo="换名录中企业较多的城市。"
        )
    rows = []
    for name in CHANGED:
        default = getattr(options, name)
        for value in (default * (1 - SWING), default * (1 + SWING)):
            changed = replace(options, **{name: value})
            compared = [(city.short_name, *_compared(base[city.code], changed)) for city in cities]
            least = min(compared, key=lambda item: item[1])
            rows.append(
                {
                    "parameter": name,
                    "value": value,
                    "spearman_mean": sum(item[1] for item in compared) / len(compared),
                    "spearman_least": least[1],
                    "least_city": least[0],
                    "top10_kept": sum(item[2] for item in compared) / len(compared),
                }
            )
    return pl.DataFrame(rows)


def _compared(base: pl.DataFrame, changed: GapOptions) -> tuple[float, float]:
    """Return Spearman's correlation and the share of the first ten kept."""
    again = with_score(base, changed).with_columns(
        now=pl.struct(-pl.col("gap_score"), "segment_id").rank("ordinal")
    )
    correlation = again.select(pl.corr("rank", "now", method="spearman")).item()
    first = min(10, again.height)
    kept = again.filter((pl.col("rank") <= first) & (pl.col("now") <= first)).height
    return float(correlation), kept / first
