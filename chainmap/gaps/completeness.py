"""Chain completeness (产业链完整度): how much of a chain a city has, with its interval."""

from __future__ import annotations

import numpy as np
import polars as pl
from scipy.special import ndtr

from chainmap.concepts.identifiers import chain_of
from chainmap.gaps.peers import PeerGroup
from chainmap.gaps.posterior import Floats
from chainmap.gaps.unseen import Hidden, slices_of_odds
from chainmap.sources.places import City
from chainmap.tables import Presence

SLICES = 10
"""Equally likely values of a chain's coverage in a city that the interval is made over."""
_HALVINGS = 24
"""Of 0..1, which leaves the ends good to seven places."""


def chain_completeness(presence: Presence, criticality: pl.DataFrame) -> pl.DataFrame:
    """Return how much of each chain each city has, by city and chain.

    completeness = Σ k·h / Σ k over the chain's segments, with k the segment's criticality and h
    the probability that the city has a maker of it: 1 where the data shows one, `p_unseen` where
    it shows none. The coverage of a chain in a city is in doubt for all its segments at once:
    given each of `SLICES` values of it h are independent and their sum is taken as normal; the
    90% interval is that of the mixture, never below what the data shows and never above 1.

    Returns:
        `city_code, chain_id, n_segments, n_present, seen, completeness, completeness_low,
        completeness_high`; shares 0..1, `seen` counts only what the data shows.

    Source:
        Poisson-binomial mean and variance given the coverage; criticality as methods 8.2.
    """
    weight, shown = pl.col("criticality"), pl.col("n_companies") > 0
    held = pl.when(shown).then(1.0).otherwise("p_unseen")
    cells = _cells(presence, criticality)
    frame = (
        cells.group_by("group")
        .agg(
            pl.col("city_code", "chain_id").first(),
            n_segments=pl.len().cast(pl.Int64),
            n_present=shown.sum().cast(pl.Int64),
            weight=weight.sum(),
            doubt=pl.col("odds_doubt").first(),
            seen=weight.filter(shown).sum() / weight.sum(),
            completeness=(weight * held).sum() / weight.sum(),
        )
        .sort("group")
    )
    low, high = _interval(*_moments(cells.filter(~shown), frame))
    return frame.select(
        "city_code",
        "chain_id",
        "n_segments",
        "n_present",
        pl.col("seen").round(12),
        pl.col("completeness").round(12),
        completeness_low=pl.max_horizontal(
            "seen", pl.min_horizontal("completeness", pl.Series(low))
        ).round(12),
        completeness_high=pl.min_horizontal(
            1.0, pl.max_horizontal("completeness", pl.Series(high))
        ).round(12),
    )


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


def _cells(presence: Presence, criticality: pl.DataFrame) -> pl.DataFrame:
    """Return the cells with chain and criticality, and `group`, a number by city and chain."""
    cities = pl.Enum(presence["city_code"].unique().sort())
    of_segment = criticality.select("segment_id", "criticality").with_columns(
        chain_id=pl.Series([chain_of(segment) for segment in criticality["segment_id"]])
    )
    of_segment = of_segment.with_columns(chain=pl.col("chain_id").rank("dense").cast(pl.Int64))
    return (
        presence.select(
            "city_code", "segment_id", "n_companies", "p_unseen",
            "hidden_mean", "hidden_shape", "odds_doubt",
        )
        .join(of_segment, on="segment_id", maintain_order="left")
        .with_columns(
            group=pl.col("city_code").cast(cities).to_physical().cast(pl.Int64)
            * (of_segment.height + 1)
            + pl.col("chain")
        )
    )  # fmt: skip


def _moments(empty: pl.DataFrame, frame: pl.DataFrame) -> tuple[Floats, Floats]:
    """Return mean and standard deviation of the share held given each value of coverage.

    Args:
        empty: Cells that show no maker.
        frame: `group, seen, weight, doubt` by group.

    Returns:
        Groups × slices each.
    """
    size = frame.height
    group = np.searchsorted(frame["group"].to_numpy(), empty["group"].to_numpy())
    # A chain of no criticality at all has no weight to share out.
    whole = np.maximum(frame["weight"].to_numpy(), np.finfo(np.float64).tiny)
    weight = empty["criticality"].to_numpy() / whole[group]
    law = Hidden(empty["hidden_shape"].to_numpy(), empty["hidden_mean"].to_numpy()).without(
        empty["odds_doubt"].to_numpy()
    )
    means, variances = np.empty((size, SLICES)), np.empty((size, SLICES))
    for number, odds in enumerate(slices_of_odds(frame["doubt"].to_numpy(), SLICES).T):
        likely = weight * Hidden(law.shape, law.mean * odds[group]).some
        means[:, number] = np.bincount(group, likely, size)
        variances[:, number] = np.bincount(group, likely * (weight - likely), size)
    return means + frame["seen"].to_numpy()[:, None], np.sqrt(variances)


def _interval(means: Floats, sds: Floats) -> tuple[Floats, Floats]:
    """Return both ends of the 90% interval of each row's mixture of normals, within 0..1."""
    return _quantile(means, sds, 0.05)[0], _quantile(means, sds, 0.95)[1]


def _quantile(means: Floats, sds: Floats, probability: float) -> tuple[Floats, Floats]:
    """Return what bisection leaves: the values a quantile of each row's mixture lies between."""
    wide = np.maximum(sds, 1e-12)
    below, above = np.zeros(len(means)), np.ones(len(means))
    for _ in range(_HALVINGS):
        half = 0.5 * (below + above)
        under = ndtr((half[:, None] - means) / wide).mean(axis=1) < probability
        below, above = np.where(under, half, below), np.where(under, above, half)
    return below, above
