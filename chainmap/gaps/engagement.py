"""Engagement (产业链参与度): how far a city takes part in each chain."""

from __future__ import annotations

import polars as pl

from chainmap.concepts.identifiers import chain_of
from chainmap.tables import Presence


def chain_engagement(presence: Presence, criticality: pl.DataFrame) -> pl.DataFrame:
    """Return `city_code, chain_id, engagement` (0..1), by city and chain.

    Criticality-weighted share of the chain's segments the city has: Σ k·min(1, theta)·[x>0] / Σ k.
    An empty cell counts as nothing: theta of a tiny city is near 1 where nothing was to be
    expected, and expecting nothing is not taking part. A chain whose criticalities are all 0 has
    engagement 0.

    Args:
        presence: Of any cities, each with every segment.
        criticality: `segment_id, criticality`; further columns are left aside.

    Source:
        methods 8.2.
    """
    chains = pl.DataFrame(
        {
            "segment_id": criticality["segment_id"],
            "k": criticality["criticality"],
            "chain_id": [chain_of(segment) for segment in criticality["segment_id"]],
        }
    )
    have = pl.col("k") * pl.col("theta").clip(0.0, 1.0) * (pl.col("n_companies") > 0)
    return (
        presence.select("city_code", "segment_id", "theta", "n_companies")
        .sort("city_code", "segment_id")
        .join(chains, on="segment_id", maintain_order="left")
        .group_by("city_code", "chain_id", maintain_order=True)
        .agg(engagement=(have.sum() / pl.col("k").sum()).fill_nan(0.0).clip(0.0, 1.0))
        .sort("city_code", "chain_id")
    )


def engaged_chains(engagement: pl.DataFrame, floor: float | None = None) -> pl.DataFrame:
    """Return engagement with `engagement_floor` and `engaged`, rows as given.

    Args:
        engagement: From `chain_engagement`.
        floor: Least engagement of an engaged chain. None takes each city's median over chains,
            and a chain the city has nothing of is then not engaged, even where the median is 0.

    Source:
        methods 8.2: a gap is shown only where engagement reaches the floor or policy names the
        chain.
    """
    if floor is not None:
        return engagement.with_columns(engagement_floor=pl.lit(floor)).with_columns(
            engaged=pl.col("engagement") >= floor
        )
    return engagement.with_columns(
        engagement_floor=pl.col("engagement").median().over("city_code")
    ).with_columns(
        engaged=(pl.col("engagement") >= pl.col("engagement_floor")) & (pl.col("engagement") > 0.0)
    )
