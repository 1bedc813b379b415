"""Criticality (环节关键度): how much of the chain hangs on a segment, whoever has it."""

from __future__ import annotations

import polars as pl

from chainmap.chains.library import ChainLibrary
from chainmap.concepts.identifiers import chain_of
from chainmap.tables import Cities, Presence


def segment_criticality(presence: Presence, cities: Cities, library: ChainLibrary) -> pl.DataFrame:
    """Return `segment_id, criticality` (0..1), by segment: the mean of three percentile ranks.

    Ranked inside each chain: betweenness on the supply graph, share of segments downstream of
    it, and the choke index (Herfindahl of national supply over provinces; a segment nobody
    supplies is the tightest choke, 1.0).

    Source:
        methods 8.2, simple form without input–output linkages.
    """
    graph = library.graph
    position = pl.DataFrame(
        [
            (
                segment,
                chain_of(segment),
                graph.betweenness[segment],
                graph.downstream_reach[segment],
            )
            for segment in sorted(library.segments)
        ],
        schema=["segment_id", "chain_id", "betweenness", "reach"],
        orient="row",
    )
    by_province = (
        presence.join(cities.select("city_code", "province_code"), on="city_code")
        .group_by("segment_id", "province_code")
        .agg(pl.col("n_companies").sum())
    )
    share = pl.col("n_companies") / pl.col("n_companies").sum()
    choke = by_province.group_by("segment_id").agg(choke=share.pow(2).sum().fill_nan(1.0))
    percentile = [
        ((pl.col(name).rank("average").over("chain_id") - 0.5) / pl.len().over("chain_id"))
        for name in ("betweenness", "reach", "choke")
    ]
    return (
        position.join(choke, on="segment_id", how="left")
        .with_columns(pl.col("choke").round(12))
        .select("segment_id", criticality=pl.mean_horizontal(*percentile))
        .sort("segment_id")
    )
