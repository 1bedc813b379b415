"""The eight steps, chained: policy and facts in, a ranked target list out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import polars as pl

from chainmap.chains.library import load_library
from chainmap.concepts.chain import Chain, Segment
from chainmap.concepts.policy import PolicyExtraction
from chainmap.errors import InputError
from chainmap.gaps.coverage import measured_coverage
from chainmap.gaps.measuring import Facts, measure_world, with_roster
from chainmap.gaps.presence import PresenceOptions, count_presence
from chainmap.gaps.presence_partitions import Counting
from chainmap.gaps.presence_store import workspace_presence
from chainmap.gaps.score import GapOptions, score_gaps
from chainmap.gaps.uncertainty import with_rank_interval
from chainmap.gaps.world import World
from chainmap.linkage.place import place_roster
from chainmap.ranking.baseline import TargetOptions, rank_candidates
from chainmap.ranking.candidates import propose_candidates
from chainmap.ranking.explain import strongest_reasons
from chainmap.settings import load_settings
from chainmap.sources.cards import load_card
from chainmap.sources.companies import load_companies, read_roster
from chainmap.sources.coverage import load_coverage
from chainmap.sources.input_output import InputOutputTable, read_input_output
from chainmap.sources.places import City, load_cities, load_place_names
from chainmap.sources.register import load_positions
from chainmap.sources.workspace import Workspace
from chainmap.tables import (
    GAPS,
    RECOMMENDATIONS,
    Gaps,
    Recommendations,
)


@cache
def load_world(as_of: dt.date | None = None) -> World:
    """Return the bundled world: compile, place and measure, once per process and day.

    Args:
        as_of: Leave out companies founded in a later year; None takes the roster as it is.

    Raises:
        CurationError: A curated file is broken; names file, line and field.
        ResourceError: A bundled file is missing or was changed.
        ModelError: The released entry model is not the one its manifest names.
    """
    from chainmap.gaps.entry.chances import entry_chances, load_entry_model

    library, companies = load_library(), load_companies()
    facts = Facts(
        library=library,
        cities=load_cities(),
        companies=companies,
        placements=place_roster(read_roster(), library),
        edition=load_card("companies").date,
        positions=(*load_positions(), *library.positions),
        table=_input_output(),
    )
    counts = count_presence(facts.placements, companies, library, as_of)
    coverage = PresenceOptions(measured_coverage(load_coverage("companies")))
    world = measure_world(facts, counts, coverage)
    return replace(world, chances=entry_chances(load_entry_model(), world, as_of))


@cache
def load_workspace_world(folder: Path, as_of: dt.date | None = None) -> World:
    """Return the world with a register's presence: its makers counted instead of the roster's.

    Leaders, and makers the register misses, are the roster's; chances and candidates rest on the
    roster too. What placement cannot read in a register is part of its coverage.

    Args:
        folder: A workspace with imported companies.
        as_of: Leave out companies founded after the day.

    Raises:
        InputError: The workspace holds no companies.
    """
    workspace = Workspace(folder)
    if not workspace.files("companies"):
        raise InputError(
            f"工作区 {folder} 里没有企业数据。", todo="先用 chainmap import companies 导入。"
        )
    roster = load_world(as_of)
    counts = workspace_presence(workspace, roster.library, counting=Counting(as_of))
    facts = Facts(
        roster.library, roster.cities, roster.companies, roster.placements, roster.edition,
        roster.positions, _input_output(),
    )  # fmt: skip
    known = count_presence(facts.placements, facts.companies, facts.library, as_of)
    coverage = PresenceOptions(measured_coverage(load_coverage("intake")))
    world = measure_world(facts, with_roster(counts, known), coverage)
    return replace(world, chances=roster.chances)


def find_gaps(world: World, city: City, options: GapOptions, chain: Chain | None = None) -> Gaps:
    """Return a city's gaps, best first; of one chain where one is asked for.

    A chain asked for by name is shown even where the city hardly engages in it; ranks and their
    intervals count inside the selection.
    """
    if chain is None:
        return GAPS.check(with_rank_interval(score_gaps(world, city, options), options))
    unfloored = replace(options, engagement_floor=0.0)
    gaps = score_gaps(world, city, unfloored).filter(pl.col("chain_id") == chain.id)
    return GAPS.check(with_rank_interval(_renumbered(gaps), options))


def _input_output() -> InputOutputTable | None:
    """Return the deployer's input–output table, where one is set."""
    settings = load_settings()
    if settings.input_output is None:
        return None
    if settings.input_output_sectors is None:
        raise InputError(
            "设置了投入产出表 CHAINMAP_INPUT_OUTPUT，没有部门名单。",
            todo="用 CHAINMAP_INPUT_OUTPUT_SECTORS 指明部门名单文件。",
        )
    return read_input_output(settings.input_output, settings.input_output_sectors)


def extract_files(files: Sequence[Path]) -> list[PolicyExtraction]:
    """Return what policy documents say (steps 1 and 2), in the order given.

    Raises:
        DocumentError: A file cannot be read as a policy document.
    """
    from chainmap.extraction.reader import extract_document
    from chainmap.sources.policy import read_policy

    vocabulary, places = load_library().field_vocabulary(), load_place_names()
    return [extract_document(read_policy(file), vocabulary, places) for file in files]


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
        gaps = _renumbered(gaps.filter(pl.col("segment_id") == segment.id))
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


def _renumbered(gaps: pl.DataFrame) -> Gaps:
    """Return gaps with ranks 1..n in the order given, and intervals that hold no more."""
    rank = pl.int_range(1, gaps.height + 1, dtype=pl.Int64)
    return GAPS.check(gaps.with_columns(rank=rank, rank_low=rank, rank_high=rank))
