"""The eight steps, chained: policy and facts in, a ranked target list out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock

import polars as pl

from chainmap.catalogue.build import DraftOptions, Rulebook, build_catalogue, policy_day
from chainmap.catalogue.in_use import catalogue_for
from chainmap.chains.library import load_library
from chainmap.concepts.catalogue import Catalogue
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
from chainmap.ranking.candidates import Ground, propose_candidates
from chainmap.ranking.listing import rank_candidates
from chainmap.ranking.modes import Selection, selected_candidates, selected_gaps, with_grounds
from chainmap.ranking.recommend import Lists, recommend
from chainmap.ranking.roster_pairs import roster_pairs
from chainmap.ranking.scorer import scorer_of
from chainmap.ranking.target_model import load_target_model
from chainmap.ranking.target_options import TargetOptions
from chainmap.ranking.why_standing import Standing
from chainmap.settings import load_settings
from chainmap.sources.admission_rules import load_admission_rules, load_catalogue_rules
from chainmap.sources.cards import load_card
from chainmap.sources.companies import load_companies, read_roster
from chainmap.sources.coverage import load_coverage
from chainmap.sources.input_output import InputOutputTable, read_input_output
from chainmap.sources.places import City, load_cities, load_place_names
from chainmap.sources.register import load_positions
from chainmap.sources.workspace import Workspace
from chainmap.tables import (
    COMPANIES,
    PLACEMENTS,
    Candidates,
    Gaps,
    Recommendations,
)

EARLIER_KEPT = 4
"""Earlier years kept in memory: some 70 MB each, half a second to make."""

_making = Lock()


@cache
def load_world() -> World:
    """Return the bundled world of today: compile, place and measure, once per process.

    Raises:
        CurationError: A curated file is broken; names file, line and field.
        ResourceError: A bundled file is missing or was changed.
        ModelError: The released entry model is not the one its manifest names.
    """
    return _measured(None)


def world_on(day: dt.date | None) -> World:
    """Return the world as of a day: companies known to be founded in a later year are not there.

    Founding is known by the year, so all days of a year share a world; from the edition's day on,
    and for None, it is today's. A company whose founding year is not known is there at any day.

    Raises:
        CurationError: As `load_world`; the others too.
    """
    today = load_world()
    if day is None or day >= today.edition:
        return today
    with _making:  # the second to ask waits instead of making it too
        return _world_of(day.year)


@lru_cache(maxsize=EARLIER_KEPT)
def _world_of(year: int) -> World:
    return _measured(dt.date(year, 12, 31))


def _measured(as_of: dt.date | None) -> World:
    from chainmap.gaps.entry.chances import entry_chances, load_entry_model

    library, companies = load_library(), load_companies()
    placements = place_roster(read_roster(), library)
    later = companies.clear()
    if as_of is not None:
        there = (pl.col("founded_year") <= as_of.year).fill_null(True)
        later = companies.filter(~there)
        companies = COMPANIES.check(companies.filter(there))
        known = companies.select("company_id")
        placements = PLACEMENTS.check(placements.join(known, on="company_id", how="semi"))
    facts = Facts(
        library=library,
        cities=load_cities(),
        companies=companies,
        placements=placements,
        edition=load_card("companies").date,
        positions=(*load_positions(), *library.positions),
        table=_input_output(),
    )
    counts = count_presence(facts.placements, companies, library, as_of)
    coverage = PresenceOptions(measured_coverage(load_coverage("companies")))
    world = measure_world(facts, counts, coverage)
    chances = entry_chances(load_entry_model(), world, as_of)
    year = None if as_of is None else as_of.year
    return replace(world, chances=chances, later=COMPANIES.check(later), year=year)


def load_workspace_world(workspace: Workspace, as_of: dt.date | None = None) -> World:
    """Return the world with a register's presence: its makers counted instead of the roster's.

    Leaders, and makers the register misses, are the roster's; chances and candidates rest on the
    roster too. What placement cannot read in a register is part of its coverage.

    Args:
        workspace: One with imported companies; their presence is stored there where it is not yet.
        as_of: Leave out companies founded after the day.

    Raises:
        InputError: The workspace holds no companies.
    """
    if not workspace.files("companies"):
        raise InputError(
            f"工作区 {workspace.folder} 里没有企业数据。",
            todo="先用 chainmap import companies 导入。",
        )
    roster = world_on(as_of)
    counts = workspace_presence(workspace, roster.library, counting=Counting(as_of))
    facts = Facts(
        roster.library, roster.cities, roster.companies, roster.placements, roster.edition,
        roster.positions, _input_output(),
    )  # fmt: skip
    known = count_presence(facts.placements, facts.companies, facts.library, as_of)
    coverage = PresenceOptions(measured_coverage(load_coverage("intake")))
    world = measure_world(facts, with_roster(counts, known), coverage)
    return replace(world, chances=roster.chances, later=roster.later, year=roster.year)


def find_gaps(world: World, city: City, options: GapOptions, chain: Chain | None = None) -> Gaps:
    """Return a city's gaps, best first; of one chain where one is asked for.

    A chain asked for by name is shown even where the city hardly engages in it; ranks and their
    intervals count inside the selection.
    """
    if chain is None:
        return Gaps(with_rank_interval(score_gaps(world, city, options), options))
    unfloored = replace(options, engagement_floor=0.0)
    gaps = score_gaps(world, city, unfloored).filter(pl.col("chain_id") == chain.id)
    return Gaps(with_rank_interval(_renumbered(gaps), options))


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

    Raises:
        ModelError: The released ranker is not the one its manifest names.
    """
    if segment is not None:
        gaps = _renumbered(gaps.filter(pl.col("segment_id") == segment.id))
        options = replace(options, per_segment=0)
    model = load_target_model()
    scorer = scorer_of(model)
    ground = target_ground(world, city, options.year)
    candidates = propose_candidates(world, gaps, city, ground)
    ranked = rank_candidates(candidates, options, scorer)
    return recommend(world, city, gaps, Lists(candidates, ranked, ground), (model, scorer))


def segment_ranker(
    world: World, city: City, gaps: Gaps, options: TargetOptions
) -> Callable[[Segment], Recommendations]:
    """Return what ranks single segments of a city's gaps, each as `rank_targets` does.

    Candidates are proposed once for all of them.

    Args:
        world: The measured data.
        city: The receiving city.
        gaps: From `find_gaps`; all of one city.
        options: Length, weights.
    """
    model, options = load_target_model(), replace(options, per_segment=0)
    scorer, ground = scorer_of(model), target_ground(world, city, options.year)
    every = propose_candidates(world, gaps, city, ground)

    def rank(segment: Segment) -> Recommendations:
        mine = pl.col("segment_id") == segment.id
        own = _renumbered(gaps.filter(mine))
        candidates = Candidates(every.filter(mine))
        ranked = rank_candidates(candidates, options, scorer)
        return recommend(world, city, own, Lists(candidates, ranked, ground), (model, scorer))

    return rank


def standing_of(
    world: World,
    city: City,
    gaps: Gaps,
    options: TargetOptions,
    segment: Segment | None = None,
) -> Standing:
    """Return a target list with everything it was made of, to be asked why and why not.

    Arguments and errors are those of `rank_targets`; the list is the same.
    """
    if segment is not None:
        gaps = _renumbered(gaps.filter(pl.col("segment_id") == segment.id))
        options = replace(options, per_segment=0)
    ground = target_ground(world, city, options.year)
    candidates = propose_candidates(world, gaps, city, ground)
    return Standing(world, city, gaps, options, ground, candidates, scorer_of(load_target_model()))


def rank_by_mode(
    world: World, city: City, gaps: Gaps, options: TargetOptions, selection: Selection
) -> Recommendations:
    """Return the ranked target list of a mode (招商方式), its ground named first among the reasons.

    Same scorer and limits as `rank_targets`; only what is selected differs.

    Raises:
        ModelError: The released ranker is not the one its manifest names.
    """
    model = load_target_model()
    scorer, ground = scorer_of(model), target_ground(world, city, options.year)
    gaps = selected_gaps(gaps, selection)
    candidates = selected_candidates(propose_candidates(world, gaps, city, ground), selection)
    ranked = rank_candidates(candidates, options, scorer)
    lists = Lists(candidates, ranked, ground)
    return with_grounds(recommend(world, city, gaps, lists, (model, scorer)), selection)


def target_ground(world: World, city: City, year: int | None = None) -> Ground:
    """Return what candidates are proposed from: the roster as of a year, the catalogue in use.

    Args:
        world: The measured data.
        city: The receiving city.
        year: Only what is known at its end; None is all the roster knows.

    Raises:
        InputError: A stored catalogue was changed by hand.
    """
    catalogue = catalogue_for(city, load_settings().workspace)
    return Ground(roster_pairs(world, year), catalogue, load_admission_rules())


def _renumbered(gaps: pl.DataFrame) -> Gaps:
    """Return gaps with ranks 1..n in the order given, and intervals that hold no more.

    They were checked as they were scored; checking costs more than ranking a segment.
    """
    rank = pl.int_range(1, gaps.height + 1, dtype=pl.Int64)
    return Gaps(gaps.with_columns(rank=rank, rank_low=rank, rank_high=rank))


def draft_catalogue(
    world: World, city: City, year: int | None = None, per_chain: int | None = None
) -> Catalogue:
    """Return the draft of a city's catalogue (招商目录) for a year; for the roster's by default.

    Args:
        world: The measured data.
        city: Whose catalogue.
        year: Plans must be in force in it.
        per_chain: Most items of one chain; None is the rules' own number.
    """
    drafting = load_catalogue_rules()
    year = year or world.edition.year
    options = GapOptions(as_of=policy_day(year, world.edition))
    rulebook = Rulebook(drafting, load_admission_rules())
    wanted = DraftOptions(year, options.as_of, per_chain or drafting.per_chain)
    return build_catalogue(world, city, find_gaps(world, city, options), rulebook, wanted)
