"""Criticality (关键性): how much of the chain hangs on a segment, whoever has it."""

from __future__ import annotations

from functools import reduce
from operator import add

import numpy as np
import polars as pl

from chainmap.chains.centrality import betweenness, dominated_counts, downstream_counts
from chainmap.chains.library import ChainLibrary
from chainmap.concepts.identifiers import chain_of
from chainmap.gaps.choke import choke_index
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
    - `choke_index`, 0..1: Herfindahl index of national supply over provinces, what the nation's
      makers do not cover counted as one more hand (`gaps.choke`); 1 where nobody supplies it.
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
    ).join(choke_index(presence, cities, library), on="segment_id", maintain_order="left")
    # Equal values differ in their last bits by the order of sums: rounding keeps them tied.
    percentile = {
        f"{part}_percentile": (pl.col(part).round(12).rank("average").over("chain_id") - 0.5)
        / pl.len().over("chain_id")
        for part in PARTS
    }
    return (
        parts.with_columns(**percentile)
        .with_columns(criticality=_mean_of(list(percentile)))
        .select("segment_id", "criticality", *PARTS, *percentile)
        .sort("segment_id")
    )


def _mean_of(columns: list[str]) -> pl.Expr:
    """Return the mean of some columns, summed in their order whatever the number of threads."""
    return reduce(add, (pl.col(name) for name in columns)) / len(columns)
