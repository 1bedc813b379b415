"""What the pages show, worked out once per process: the same records as the API's."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from threading import Lock
from typing import NamedTuple, ParamSpec, TypeVar

from chainmap.concepts.city_records import ChainStanding, CityFacts
from chainmap.concepts.gap_records import GapList, GapRecord
from chainmap.concepts.panorama_records import Panorama
from chainmap.concepts.records import TargetList
from chainmap.gaps.peers import PeerGroup, province_peers
from chainmap.gaps.score import GapOptions
from chainmap.pipeline import find_gaps, load_world, rank_targets
from chainmap.ranking.target_options import TargetOptions
from chainmap.reports import records
from chainmap.reports.city_facts import chain_standings, city_facts, province_cities
from chainmap.reports.gap_records import GapView, gap_list
from chainmap.reports.panorama import panorama
from chainmap.server.catalogue_states import catalogue_in_use
from chainmap.sources.places import City, find_city
from chainmap.tables import Gaps, Recommendations

P = ParamSpec("P")
T = TypeVar("T")
HOME_PROVINCE = "330000"
"""浙江: the province of the overview and its tile map."""


def _once(maxsize: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keep answers like `lru_cache`; who asks while one is being worked out waits for it.

    Otherwise the first reader and the thread that works ahead would do the same work twice.
    """

    def wrapping(work: Callable[P, T]) -> Callable[P, T]:
        kept = lru_cache(maxsize=maxsize)(work)
        working: dict[Hashable, Lock] = {}

        @wraps(work)
        def asked(*args: P.args, **kwargs: P.kwargs) -> T:
            key = (args, tuple(sorted(kwargs.items())))
            lock = working.setdefault(key, Lock())
            with lock:
                try:
                    return kept(*args, **kwargs)  # type: ignore[arg-type]
                finally:
                    working.pop(key, None)

        return asked

    return wrapping


@lru_cache(maxsize=4096)
def city(given: str) -> City:
    """Return the city a reader means."""
    return find_city(load_world().cities, given)


def options() -> GapOptions:
    """Return the gap options of the pages: plans in force on the roster's day."""
    return GapOptions(as_of=load_world().edition)


@_once(maxsize=512)
def gap_table(code: str, chain_id: str | None = None) -> Gaps:
    """Return a city's gaps as scored: what everything below is made of."""
    world = load_world()
    chain = world.library.chains[chain_id] if chain_id else None
    return find_gaps(world, city(code), options(), chain)


@_once(maxsize=512)
def gaps(code: str, chain_id: str | None = None) -> GapList:
    """Return a city's gaps, best first; of one chain where one is given."""
    world = load_world()
    chain = world.library.chains[chain_id] if chain_id else None
    view = GapView(chain, home_peers(code))
    return gap_list(world, city(code), gap_table(code, chain_id), options(), view)


@lru_cache(maxsize=64)
def home_peers(code: str) -> PeerGroup | None:
    """Return the city's peers in its province; None for a municipality, which has none."""
    world = load_world()
    return province_peers(city(code), world.presence, world.cities)


@lru_cache(maxsize=64)
def gaps_by_segment(code: str, chain_id: str) -> dict[str, GapRecord]:
    """Return a city's gaps of one chain by segment, ranked inside the chain."""
    return {gap.segment_id: gap for gap in gaps(code, chain_id).gaps}


@_once(maxsize=256)
def chain_panorama(code: str, chain_id: str) -> Panorama:
    """Return a chain's panorama with a city's numbers."""
    world, chosen = load_world(), city(code)
    chain = world.library.chains[chain_id]
    return panorama(world, chosen, chain, gap_table(code, chain_id))


@_once(maxsize=512)
def facts(code: str) -> CityFacts:
    """Return a city's headline numbers."""
    return city_facts(load_world(), city(code))


@lru_cache(maxsize=1)
def home_cities() -> tuple[City, ...]:
    """Return the eleven cities of 浙江, by code."""
    return tuple(province_cities(load_world(), HOME_PROVINCE))


@_once(maxsize=1)
def home_standings() -> dict[str, list[ChainStanding]]:
    """Return how the eleven cities stand in every chain, by city code."""
    return chain_standings(load_world(), [c.code for c in home_cities()])


Weights = tuple[tuple[str, float], ...]
"""Feature and weight, by feature: a key for the cache."""


def ranked(code: str, chain_id: str | None, weights: Weights) -> Recommendations:
    """Return every company that could fill a gap of the city, best first, no limit per segment."""
    asked = _Asked(weights, load_world().companies.height, 0, catalogue_in_use(code))
    return _ranked(code, chain_id, asked)


def listed(
    code: str, chain_id: str | None, weights: Weights, top: int, per_segment: int
) -> Recommendations:
    """Return the list of a city as the command gives it."""
    return _ranked(code, chain_id, _Asked(weights, top, per_segment, catalogue_in_use(code)))


def first_targets(code: str, top: int = 10) -> TargetList:
    """Return the city's first targets over all chains, as the command lists them."""
    return _first_targets(code, top, catalogue_in_use(code))


class _Asked(NamedTuple):
    """What a list is asked by: a key for the cache."""

    weights: Weights
    top: int
    per_segment: int
    catalogue: str


@_once(maxsize=96)
def _ranked(code: str, chain_id: str | None, asked: _Asked) -> Recommendations:
    wanted = TargetOptions(
        top=asked.top, per_segment=asked.per_segment, weights=dict(asked.weights)
    )
    return rank_targets(load_world(), city(code), gap_table(code, chain_id), wanted)


@_once(maxsize=128)
def _first_targets(code: str, top: int, catalogue: str) -> TargetList:
    world, chosen, wanted = load_world(), city(code), TargetOptions(top=top)
    rows = rank_targets(world, chosen, gap_table(code), wanted)
    return records.target_list(world, chosen, rows, (options(), wanted), None)
