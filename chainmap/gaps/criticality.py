"""Criticality (关键性): how much of the chain hangs on a segment, whoever has it."""

from __future__ import annotations

import numpy as np
import polars as pl

from chainmap.chains.centrality import betweenness, dominated_counts, downstream_counts
from chainmap.chains.library import ChainLibrary
from chainmap.concepts.identifiers import chain_of
from chainmap.gaps.linkages import (
    SupplyWeights,
    backward_linkage,
    forward_linkage,
    national_counts,
)
from chainmap.tables import Cities, Presence

PARTS = (
    "betweenness",
    "forward_linkage",
    "backward_linkage",
    "choke_index",
    "dominated_downstream",
)
"""What criticality is the mean of, each as a percentile rank inside the chain."""


def segment_criticality(
    presence: Presence, cities: Cities, library: ChainLibrary, weights: SupplyWeights
) -> pl.DataFrame:
    """Return each segment's criticality and its five parts, by segment.

    Columns: `segment_id`; `criticality` (0..1), the mean of the five percentile ranks inside the
    chain; the parts as they are; and each as `<part>_percentile`.

    - `betweenness`, 0..1: share of shortest supply paths that pass through the segment.
    - `forward_linkage`, ≥ 1: row sum of the Ghosh inverse, companies standing in for output.
    - `backward_linkage`, ≥ 1: column sum of the Leontief inverse.
    - `choke_index`, 0..1: Herfindahl index of national supply over provinces; a segment nobody
      supplies is the tightest choke, 1.
    - `dominated_downstream`, 0..1: share of the segments downstream that lose every path from a
      raw input when this one is gone; 0 where nothing is downstream.

    Source:
        methods 8.2; docs/decisions/0014.
    """
    segments, links = library.graph.adjacency
    national = national_counts(presence)
    output = np.array([national.get(segment, 0) + 0.5 for segment in segments])
    downstream = downstream_counts(links)
    parts = pl.DataFrame(
        {
            "segment_id": segments,
            "chain_id": [chain_of(segment) for segment in segments],
            "betweenness": betweenness(links),
            "forward_linkage": forward_linkage(weights, output),
            "backward_linkage": backward_linkage(weights),
            "dominated_downstream": dominated_counts(links) / np.maximum(1, downstream),
        }
    ).join(choke_index(presence, cities), on="segment_id", how="left", maintain_order="left")
    # Equal values differ in their last bits by the order of sums: rounding keeps them tied.
    percentile = {
        f"{part}_percentile": (pl.col(part).round(12).rank("average").over("chain_id") - 0.5)
        / pl.len().over("chain_id")
        for part in PARTS
    }
    return (
        parts.with_columns(pl.col("choke_index").fill_null(1.0))
        .with_columns(**percentile)
        .with_columns(criticality=pl.mean_horizontal(*percentile))
        .select("segment_id", "criticality", *PARTS, *percentile)
        .sort("segment_id")
    )


def choke_index(presence: Presence, cities: Cities) -> pl.DataFrame:
    """Return `segment_id, choke_index` (卡点指数, 0..1), by segment.

    Σ over provinces of the squared share of the nation's companies; 1 where there are none.

    Source:
        Herfindahl (1950), Hirschman (1945).
    """
    by_province = (
        presence.join(cities.select("city_code", "province_code"), on="city_code")
        .group_by("segment_id", "province_code")
        .agg(pl.col("n_companies").sum())
        .sort("segment_id", "province_code")
    )
    share = pl.col("n_companies") / pl.col("n_companies").sum()
    return (
        by_province.group_by("segment_id", maintain_order=True)
        .agg(choke_index=share.pow(2).sum().fill_nan(1.0).clip(0.0, 1.0))
        .sort("segment_id")
    )
