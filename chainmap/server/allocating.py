"""Allocations (错位分配) made: ranks for many cities at once."""

from __future__ import annotations

import polars as pl

from chainmap.concepts.allocation_records import Allocation, AllocationQuestion
from chainmap.errors import InputError
from chainmap.gaps.score import GapOptions
from chainmap.gaps.world import World
from chainmap.pipeline import find_gaps, target_ground, world_on
from chainmap.ranking.allocation import AllocationOptions, Bonds, allocate, city_pairs
from chainmap.ranking.allocation_locks import holders, read_locks
from chainmap.ranking.candidates import propose_candidates
from chainmap.ranking.scorer import scorer_of
from chainmap.ranking.scoring import score_candidates
from chainmap.ranking.target_model import load_target_model
from chainmap.ranking.target_options import TargetOptions, year_known
from chainmap.reports.allocation_record import Asked, allocation_record
from chainmap.server.provinces import province_called
from chainmap.sources.asked_days import asked_day
from chainmap.sources.places import City, find_city, load_cities


def allocation_of(question: AllocationQuestion) -> Allocation:
    """Return one allocation for the cities of a question.

    Raises:
        UnknownNameError: No city, chain or company answers to a name.
        InputError: Fewer than two cities, a link to another city or of a city with itself, or two
            locks on one company.
    """
    cities = cities_of(question)
    options = AllocationOptions(question.top, question.max_cities, question.per_segment)
    table = load_cities()
    links = tuple(
        (find_city(table, link.city).code, find_city(table, link.partner).code)
        for link in question.links
    )
    beyond = sorted({code for link in links for code in link} - {city.code for city in cities})
    if beyond:
        raise InputError("飞地关系的两地都要在本次分配之内。", todo="把它们加入所分配的城市。")
    if any(one == other for one, other in links):
        raise InputError("飞地关系的两地是同一个城市。", todo="写作 甲地:乙地，如 绍兴:杭州。")
    day = GapOptions(as_of=asked_day(question.as_of), include_expired=question.include_expired)
    world = world_on(day.as_of)
    locks = read_locks(question.locks, world.companies, table, day.as_of)
    group = Bonds(links).group_of(city.code for city in cities)
    bonds = Bonds(links, holders(locks, group))
    chain = world.library.find_chain(question.chain) if question.chain is not None else None
    asked = Asked(cities, chain, day, options, bonds, locks)
    pairs = [_pairs(world, city, asked) for city in cities]
    return allocation_record(world, asked, allocate(pairs, options, bonds))


def cities_of(question: AllocationQuestion) -> list[City]:
    """Return the cities of a question, each once: as named, then those of the province by code.

    Raises:
        UnknownNameError: No city or province answers to a name.
        InputError: There are fewer than two.
    """
    table = load_cities()
    found = {city.code: city for city in (find_city(table, name) for name in question.cities)}
    if question.province is not None:
        within = pl.col("province") == province_called(question.province)
        for code in table.filter(within)["city_code"]:
            found.setdefault(code, find_city(table, code))
    if len(found) < 2:
        raise InputError("至少要两个城市才谈得上错位。", todo="用 cities 或 province 指明。")
    return list(found.values())


def _pairs(world: World, city: City, asked: Asked) -> pl.DataFrame:
    gaps = find_gaps(world, city, asked.day, asked.chain)
    ground = target_ground(world, city, year_known(asked.day.as_of, world.edition))
    candidates = propose_candidates(world, gaps, city, ground)
    scored = score_candidates(candidates, TargetOptions(), scorer_of(load_target_model()))
    return city_pairs(scored, gaps, asked.options.per_segment)
