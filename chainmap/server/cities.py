"""`/v1/cities`: cities, their gaps and their targets."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from chainmap.concepts.records import CityRecord, GapList, TargetList
from chainmap.errors import InputError
from chainmap.gaps.score import GapOptions
from chainmap.pipeline import find_gaps, load_world, rank_targets, renumbered
from chainmap.ranking.baseline import TargetOptions
from chainmap.reports import records
from chainmap.sources.places import find_city

router = APIRouter(prefix="/v1/cities", tags=["cities"])

City = Annotated[str, Path(description="绍兴, 绍兴市, Shaoxing or 330600", examples=["330600"])]
Chain = Annotated[
    str | None, Query(description="Chain id or name", examples=["integrated-circuits"])
]
Day = Annotated[
    str | None,
    Query(
        description="Day for plans in force, YYYY-MM-DD; default: the roster's",
        pattern=r"^\d{4}-\d{2}-\d{2}$",
    ),
]
Expired = Annotated[bool, Query(description="Let plans whose period is over drive the score")]


def gap_options(as_of: Day = None, include_expired: Expired = False) -> GapOptions:
    """Return the gap options of a request."""
    try:
        day = dt.date.fromisoformat(as_of) if as_of is not None else load_world().edition
    except ValueError as error:
        raise InputError(f"日期“{as_of}”不存在。", todo="请写作 YYYY-MM-DD。") from error
    return GapOptions(as_of=day, include_expired=include_expired)


Options = Annotated[GapOptions, Depends(gap_options)]


@router.get("", operation_id="listCities")
def list_cities() -> list[CityRecord]:
    """Return every prefecture-level city, by code."""
    return records.city_records(load_world())


@router.get("/{code}/gaps", operation_id="listGaps")
def list_gaps(
    code: City,
    options: Options,
    chain: Chain = None,
    top: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> GapList:
    """Return a city's gaps (产业链缺口), best first."""
    world = load_world()
    city = find_city(world.cities, code)
    asked = world.library.find_chain(chain) if chain is not None else None
    gaps = renumbered(find_gaps(world, city, options, asked).head(top))
    return records.gap_list(world, city, gaps, options, asked)


@router.get("/{code}/targets", operation_id="listTargets")
def list_targets(
    code: City,
    options: Options,
    chain: Chain = None,
    segment: Annotated[str | None, Query(description="Segment id or name")] = None,
    top: Annotated[int, Query(ge=1, le=500)] = 20,
    per_segment: Annotated[int, Query(ge=0, le=500)] = 3,
) -> TargetList:
    """Return a city's ranked targets (招商目标企业), rank 1 first, with reasons and citations."""
    world = load_world()
    city = find_city(world.cities, code)
    asked = world.library.find_chain(chain) if chain is not None else None
    wanted = world.library.find_segment(segment, asked) if segment is not None else None
    if wanted is not None and asked is None:
        asked = world.library.chain_of(wanted.id)
    target_options = TargetOptions(top=top, per_segment=per_segment)
    gaps = find_gaps(world, city, options, asked)
    ranked = rank_targets(world, city, gaps, target_options, wanted)
    return records.target_list(world, city, ranked, (options, target_options), asked)
