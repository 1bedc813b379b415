"""Measure a world: counts in, presence, criticality and supply weights out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import polars as pl

from chainmap.chains.library import ChainLibrary
from chainmap.concepts.register import PositionFact
from chainmap.gaps.criticality import segment_criticality
from chainmap.gaps.linkages import national_counts, supply_weights
from chainmap.gaps.presence import PresenceOptions, measure_presence
from chainmap.gaps.world import World
from chainmap.sources.input_output import InputOutputTable
from chainmap.tables import PRESENCE_COUNTS, Cities, Companies, Placements, PresenceCounts


@dataclass(frozen=True)
class Facts:
    """What a world is measured from.

    Attributes:
        edition: Day of the facts.
        positions: Fields that plans assign to places.
        table: A deployer's national input–output table; None takes the documented default weights.
    """

    library: ChainLibrary
    cities: Cities
    companies: Companies
    placements: Placements
    edition: dt.date
    positions: tuple[PositionFact, ...] = ()
    table: InputOutputTable | None = None


def with_roster(counts: PresenceCounts, roster: PresenceCounts) -> PresenceCounts:
    """Return a register's counts with what the roster knows besides: the larger of the two a cell.

    A register does not name leaders, and misses firms under another main address; the roster is no
    census. A firm in both is counted once, because cells are not added.
    """
    keys = ["city_code", "segment_id"]
    both = counts.join(roster, on=keys, how="full", coalesce=True, suffix="_roster")
    return PRESENCE_COUNTS.check(
        both.select(
            *keys,
            n_companies=pl.max_horizontal("n_companies", "n_companies_roster"),
            n_leaders=pl.max_horizontal("n_leaders", "n_leaders_roster"),
            capital_10k_cny=pl.max_horizontal("capital_10k_cny", "capital_10k_cny_roster"),
        ).sort(keys)
    )


def measure_world(facts: Facts, counts: PresenceCounts, options: PresenceOptions) -> World:
    """Return the world that the facts and the counts make; its chances are still to come.

    Args:
        facts: Library, places, companies.
        counts: Makers and developers by city and segment: the roster's, or a register's.
        options: How counts are read, coverage above all.
    """
    presence = measure_presence(counts, facts.cities, facts.library, options)
    weights = supply_weights(facts.library, facts.table, national_counts(presence))
    return World(
        library=facts.library,
        cities=facts.cities,
        companies=facts.companies,
        placements=facts.placements,
        presence=presence,
        criticality=segment_criticality(presence, facts.cities, facts.library, weights),
        weights=weights,
        edition=facts.edition,
        positions=facts.positions,
    )
