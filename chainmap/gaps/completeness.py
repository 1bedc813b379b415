"""Chain completeness (产业链完整度): how much of a chain a city has, with its interval."""

from __future__ import annotations

import polars as pl

from chainmap.concepts.identifiers import chain_of
from chainmap.gaps.peers import PeerGroup
from chainmap.sources.places import City
from chainmap.tables import Presence

Z_90 = 1.6448536269514722
"""Standard normal quantile of 0.95: both ends of a 90% interval."""


def chain_completeness(presence: Presence, criticality: pl.DataFrame) -> pl.DataFrame:
    """Return how much of each chain each city has, by city and chain.

    completeness = Σ k·h / Σ k over the chain's segments, with k the segment's criticality and h
    the probability that the city has a maker of it: 1 where the data shows one, `p_unseen` where
    it shows none. The variance of the sum of independent h gives the 90% interval by the normal
    approximation, never below what the data shows and never above 1.

    Returns:
        `city_code, chain_id, n_segments, n_present, seen, completeness, completeness_low,
        completeness_high`; shares 0..1, `seen` counts only what the data shows.

    Source:
        Poisson-binomial mean and variance; criticality as methods 8.2.
    """
    seen = pl.col("n_companies") > 0
    weight = pl.col("criticality")
    held = pl.when(seen).then(1.0).otherwise(pl.col("p_unseen"))
    frame = (
        presence.join(criticality.select("segment_id", "criticality"), on="segment_id")
        .with_columns(
            chain_id=pl.col("segment_id").replace_strict(_chains(presence), return_dtype=pl.String),
            held=held,
        )
        .group_by("city_code", "chain_id")
        .agg(
            n_segments=pl.len().cast(pl.Int64),
            n_present=seen.sum().cast(pl.Int64),
            seen=weight.filter(seen).sum() / weight.sum(),
            completeness=(weight * pl.col("held")).sum() / weight.sum(),
            spread=(weight.pow(2) * pl.col("held") * (1.0 - pl.col("held"))).sum().sqrt()
            / weight.sum(),
        )
    )
    return frame.select(
        "city_code",
        "chain_id",
        "n_segments",
        "n_present",
        pl.col("seen").round(12),
        pl.col("completeness").round(12),
        completeness_low=pl.max_horizontal(
            "seen", pl.col("completeness") - Z_90 * pl.col("spread")
        ).round(12),
        completeness_high=pl.min_horizontal(
            1.0, pl.col("completeness") + Z_90 * pl.col("spread")
        ).round(12),
    ).sort("city_code", "chain_id")


def city_completeness(completeness: pl.DataFrame, city: City, peers: PeerGroup) -> pl.DataFrame:
    """Return one city's rows with its percentile among its peers, by chain.

    Returns:
        The rows of `chain_completeness` with `percentile` (0..1: the share of peers below the
        city, ties half) and `n_peers`.
    """
    own = completeness.filter(pl.col("city_code") == city.code)
    others = completeness.filter(pl.col("city_code").is_in(list(peers.city_codes)))
    compared = others.join(
        own.select("chain_id", own=pl.col("completeness")), on="chain_id"
    ).group_by("chain_id").agg(
        percentile=(
            (pl.col("completeness") < pl.col("own")).sum()
            + 0.5 * (pl.col("completeness") == pl.col("own")).sum()
        )
        / pl.len(),
        n_peers=pl.len().cast(pl.Int64),
    )  # fmt: skip
    return own.join(compared, on="chain_id", how="left").sort("chain_id")


def _chains(presence: Presence) -> dict[str, str]:
    return {segment: chain_of(segment) for segment in presence["segment_id"].unique()}
