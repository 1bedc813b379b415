"""Relatedness density of every city and segment (关联密度), from a table of presence."""

from __future__ import annotations

import numpy as np
import polars as pl

from chainmap.gaps.relatedness.density import density
from chainmap.gaps.relatedness.proximity import proximity
from chainmap.gaps.relatedness.specialisation import rca, specialised
from chainmap.tables import Presence


def portfolio_density(presence: Presence) -> pl.DataFrame:
    """Return how much of each segment's neighbourhood each city already has.

    A city has a segment where its share of companies there is at least the national one
    (RCA ≥ 1). The percentile is taken within the city over all segments, ties at their mean.

    Returns:
        `city_code, segment_id, density, density_percentile`, both 0..1, by city and segment.

    Source:
        Hidalgo et al. (2007); methods 8.3 (ω, shown beside the chance).
    """
    frame = presence.select("city_code", "segment_id", "n_companies").sort(
        "city_code", "segment_id"
    )
    n_cities = frame["city_code"].n_unique()
    counts = frame["n_companies"].to_numpy().reshape(n_cities, -1).astype(np.float64)
    held = specialised(rca(counts)).astype(np.float64)
    omega = density(held, proximity(held))
    percentile = (pl.col("density").rank("average") - 0.5) / pl.len()
    return frame.select(
        "city_code", "segment_id", density=pl.Series(omega.ravel().round(12))
    ).with_columns(density_percentile=percentile.over("city_code"))
