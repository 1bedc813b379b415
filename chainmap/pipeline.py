"""The eight steps, chained: policy and facts in, a ranked target list out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import polars as pl

from chainmap.chains.library import load_library
from chainmap.concepts.chain import Chain, Segment
from chainmap.concepts.policy import PolicyExtraction
from chainmap.gaps.criticality import segment_criticality
from chainmap.gaps.presence import measure_presence
from chainmap.gaps.score import GapOptions, score_gaps
from chainmap.gaps.world import World
from chainmap.linkage.place import place_roster
from chainmap.ranking.baseline import TargetOptions, rank_candidates
from chainmap.ranking.candidates import propose_candidates
from chainmap.ranking.explain import strongest_reasons
from chainmap.sources.cards import load_card
from chainmap.sources.companies import load_companies, read_roster
from chainmap.sources.places import City, load_cities, load_place_names
from chainmap.sources.register import load_positions
from chainmap.tables import (
    GAPS,
    RECOMMENDATIONS,
    Gaps,
    Recommendations,
)


@cache
def load_world() -> World:
    """Return the bundled world: compile, place and measure, once per process.

    Raises:
        CurationError: A curated file is broken; names file, line and field.
        ResourceError: A bundled file is missing or was changed.
    """
    library, cities, companies = load_library(), load_cities(), load_companies()
    placements = place_roster(read_roster(), library)
    presence = measure_presence(placements, companies, cities, library)
    return World(
        library=library,
        cities=cities,
        companies=companies,
        placements=placements,
        presence=presence,
        criticality=segment_criticality(presence, cities, library),
        edition=load_card("companies").date,
        positions=(*load_positions(), *library.positions),
    )


def find_gaps(world: World, city: City, options: GapOptions, chain: Chain | None = None) -> Gaps:
    """Return a city's gaps, best first; of one chain where one is asked for.

    A chain asked for by name is shown even where the city hardly engages in it; ranks count
    inside the selection.
    """
    if chain is None:
        return score_gaps(world, city, options)
    unfloored = replace(options, engagement_floor=0.0)
    gaps = score_gaps(world, city, unfloored)
    return renumbered(gaps.filter(pl.col("chain_id") == chain.id))


def extract_files(files: Sequence[Path]) -> list[PolicyExtraction]:
    """Return what policy documents say (steps 1 and 2), in the order given.

    Raises:
        DocumentError: A file cannot be read as a policy document.
    """
    from chainmap.extraction.reader import extract_document
    from chainmap.sources.policy import read_policy

    vocabulary, places = load_library().field_vocabulary(), load_place_names()
    return [extract_document(read_policy(file), vocabulary, places) for file in files]


def renumbered(gaps: pl.DataFrame) -> Gaps:
    """Return gaps with ranks 1..n in the order given."""
    return GAPS.check(gaps.with_columns(rank=pl.int_range(1, gaps.height + 1, dtype=pl.Int64)))


def rank_targets(
    world: World,
    city: City,
    gaps: Gaps,
    options: TargetOptions,
    segment: Segment | None = None,
) -> Recommendations:
    """Return the ranked target list for a city's gaps, rank 1 first, with reasons and citations.

    Args:
        world: The measured data.
        city: The receiving city; its own companies are never recommended to it.
        gaps: From `find_gaps`; all of one city.
        options: Length, limit per segment, weights.
        segment: Only targets for this segment; the limit per segment then does not apply.
    """
    if segment is not None:
        gaps = renumbered(gaps.filter(pl.col("segment_id") == segment.id))
        options = replace(options, per_segment=0)
    candidates = propose_candidates(
        gaps, world.placements, world.companies, world.cities, world.library, city
    )
    ranked = rank_candidates(candidates, options)
    home = world.cities.select("city_code", "province", short_city=pl.col("short_name"))
    rows = (
        ranked.join(world.companies, on="company_id", how="left", maintain_order="left")
        .join(home, on="city_code", how="left", maintain_order="left")
        .join(gaps.drop("city_code", "rank"), on="segment_id", how="left", maintain_order="left")
    )
    reasons = [strongest_reasons(row, world.library, city) for row in rows.iter_rows(named=True)]
    return RECOMMENDATIONS.check(
        rows.with_columns(
            reasons=pl.Series(reasons, dtype=pl.List(pl.String)), gap_kind=pl.col("kind")
        )
    )
