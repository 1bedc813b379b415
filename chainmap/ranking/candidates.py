"""Propose candidates (召回): companies elsewhere that make what a city's gap needs."""

from __future__ import annotations

import polars as pl

from chainmap.chains.library import ChainLibrary
from chainmap.concepts.identifiers import chain_of
from chainmap.gaps.presence import counted_placements
from chainmap.ranking.features import with_features
from chainmap.sources.places import City
from chainmap.tables import CANDIDATES, Candidates, Cities, Companies, Gaps, Placements


def propose_candidates(
    gaps: Gaps,
    placements: Placements,
    companies: Companies,
    cities: Cities,
    library: ChainLibrary,
    city: City,
) -> Candidates:
    """Return company × gap for every company whose home is another city, with features.

    A company is proposed for a gap when it counts as present in the segment itself or in a direct
    supplier or user of it inside the same chain; where several of its segments qualify, the one
    with the best `segment_fit` is kept (ties: smallest segment id). A company whose group already
    has a plant of the segment in the city is not proposed for it.

    Returns:
        One row per company and gap segment, by company and segment.
    """
    reach = _reach(gaps, library)
    homes = companies.filter(pl.col("city_code") != city.code)
    proposed = (
        counted_placements(placements, library)
        .rename({"segment_id": "made_segment_id"})
        .join(reach, on="made_segment_id")
        .join(homes, on="company_id")
        .join(gaps.drop("city_code", "rank"), on="segment_id")
    )
    settled = (
        counted_placements(placements, library)
        .join(companies.filter(pl.col("city_code") == city.code), on="company_id")
        .select("segment_id", "group_id")
    )
    proposed = proposed.join(settled, on=["segment_id", "group_id"], how="anti")
    best = (
        with_features(proposed, gaps, cities, city)
        .sort(
            ["company_id", "segment_id", "segment_fit", "made_segment_id"],
            descending=[False, False, True, False],
        )
        .unique(["company_id", "segment_id"], keep="first", maintain_order=True)
    )
    return CANDIDATES.check(best)


def _reach(gaps: Gaps, library: ChainLibrary) -> pl.DataFrame:
    """Return `segment_id` (a gap) × `made_segment_id` (itself or a neighbour in its chain)."""
    pairs = [
        (segment_id, made)
        for segment_id in gaps["segment_id"]
        for made in (segment_id, *library.graph.neighbours(segment_id))
        if chain_of(made) == chain_of(segment_id)
    ]
    return pl.DataFrame(
        pairs, schema={"segment_id": pl.String, "made_segment_id": pl.String}, orient="row"
    )
