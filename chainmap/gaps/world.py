"""The measured world: what steps 3 to 5 make of the facts, passed to everything above."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from chainmap.chains.library import ChainLibrary
from chainmap.concepts.register import PositionFact
from chainmap.gaps.completeness import chain_completeness
from chainmap.gaps.dependence import outside_dependence
from chainmap.gaps.engagement import chain_engagement
from chainmap.gaps.linkages import SupplyWeights
from chainmap.gaps.relatedness.portfolio import portfolio_density
from chainmap.tables import COMPANIES, Cities, Companies, Gaps, Placements, Presence

NO_CHANCES = pl.DataFrame(
    schema={
        "city_code": pl.String,
        "segment_id": pl.String,
        "chance": pl.Float64,
        "chance_low": pl.Float64,
        "chance_high": pl.Float64,
        "base_rate": pl.Float64,
    }
)
"""Before the entry model has spoken, which itself needs the rest of the world."""


def _nobody() -> Companies:
    return COMPANIES.check(COMPANIES.schema.create_empty())


@dataclass(frozen=True)
class World:
    """The facts, compiled, placed and measured once.

    Attributes:
        companies: Those of whom lists of targets are made; the bundled roster.
        criticality: From `gaps.criticality`, by segment.
        weights: Input coefficients on the supply graph, from `gaps.linkages`.
        chances: From `gaps.entry`, every city with every segment.
        positions: Fields that plans assign to places; they add to the policy weight there.
        edition: Day of the data; the default day for plans in force, so that a list does not
            change with the clock.
        later: Companies founded after the day of the world: known by name, otherwise not there.
        year: The year it is of, where a question names an earlier day; None is the edition's.
    """

    library: ChainLibrary
    cities: Cities
    companies: Companies
    placements: Placements
    presence: Presence
    criticality: pl.DataFrame
    weights: SupplyWeights
    edition: dt.date
    positions: tuple[PositionFact, ...] = ()
    chances: pl.DataFrame = field(default_factory=lambda: NO_CHANCES)
    later: Companies = field(default_factory=_nobody)
    year: int | None = None

    @property
    def is_earlier(self) -> bool:
        """Return whether it is of a year before the edition's: who was there is known in part."""
        return self.year is not None and self.year < self.edition.year

    @cached_property
    def register(self) -> Companies:
        """Return the companies of every day: those that are there, then those founded later."""
        return Companies(pl.concat([self.companies, self.later]))

    @cached_property
    def dependence(self) -> pl.DataFrame:
        """Return outside dependence, every city with every segment, from `gaps.dependence`."""
        return outside_dependence(self.presence, self.cities, self.weights)

    @cached_property
    def engagement(self) -> pl.DataFrame:
        """Return every city's engagement in every chain, from `gaps.engagement`."""
        return chain_engagement(self.presence, self.criticality)

    @cached_property
    def density(self) -> pl.DataFrame:
        """Return relatedness density and its percentile, every city with every segment."""
        return portfolio_density(self.presence)

    @cached_property
    def situations(self) -> dict[tuple[str, dt.date, bool], pl.DataFrame]:
        """Return the last situations worked out, by city, day and whether expired plans count."""
        return {}

    @cached_property
    def scored(self) -> dict[tuple[str, Hashable], Gaps]:
        """Return the last gaps scored, by city and options."""
        return {}

    @cached_property
    def completeness(self) -> pl.DataFrame:
        """Return how much of each chain each city has, from `gaps.completeness`."""
        return chain_completeness(self.presence, self.criticality)
