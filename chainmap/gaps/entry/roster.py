"""The panel of the bundled roster: companies by city, segment and founding year."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import polars as pl

from chainmap.chains.library import ChainLibrary
from chainmap.concepts.identifiers import chain_of
from chainmap.gaps.entry.panel import Makers, Panel
from chainmap.gaps.presence import counted_placements
from chainmap.tables import Cities, Companies, Placements

UNDATED = 0
"""Year given to a company whose founding year nobody states, where it is counted at all."""


class Roster(Protocol):
    """What a panel needs of a world; training has no more, because a world needs the model."""

    @property
    def library(self) -> ChainLibrary:
        """The chains."""

    @property
    def cities(self) -> Cities:
        """All prefecture-level places."""

    @property
    def companies(self) -> Companies:
        """Companies with their founding years, where known."""

    @property
    def placements(self) -> Placements:
        """Where they stand."""

    @property
    def edition(self) -> dt.date:
        """Day of the roster."""


@dataclass(frozen=True)
class RosterFacts:
    """The facts of a roster before anything is measured."""

    library: ChainLibrary
    cities: Cities
    companies: Companies
    placements: Placements
    edition: dt.date


def roster_panel(world: Roster, *, undated: bool = False) -> Panel:
    """Return the roster's panel: every city with every segment.

    A company counts from the year it was founded in every segment it makes now: the roster does
    not say when it took up a product, holds survivors only, and knows young companies least.

    Args:
        world: The measured world, or the facts of one.
        undated: Count companies without a founding year as old stock. Never for learning, because
            they may have been founded after any origin; for today's world they are simply there.
    """
    cities = world.cities.sort("city_code")
    segments = tuple(sorted(world.library.segments))
    years = world.companies.select("company_id", "city_code", year="founded_year")
    years = (
        years.with_columns(pl.col("year").fill_null(UNDATED))
        if undated
        else years.filter(pl.col("year").is_not_null())
    )
    makers = counted_placements(world.placements, world.library).join(years, on="company_id")
    place = {code: i for i, code in enumerate(cities["city_code"])}
    node = {segment: i for i, segment in enumerate(segments)}
    return Panel(
        places=cities.select(place="city_code", province="province_code", lon="lon", lat="lat"),
        nodes=segments,
        makers=Makers(
            _numbered(makers["city_code"], place),
            _numbered(makers["segment_id"], node),
            makers["year"].to_numpy().astype(np.int64),
        ),
        companies=(
            _numbered(years["city_code"], place),
            years["year"].to_numpy().astype(np.int64),
        ),
        supplies=supply_links(world.library, segments),
        until=world.edition.year - 1,
        chains=tuple(chain_of(segment) for segment in segments),
    )


def undated_share(world: Roster) -> float:
    """Return the share of companies without a founding year, which no panel can learn from."""
    return world.companies["founded_year"].null_count() / max(1, world.companies.height)


def supply_links(library: ChainLibrary, segments: tuple[str, ...]) -> object:
    """Return segment × segment, 1 where the row supplies the column; a scipy sparse array."""
    from scipy.sparse import csr_array

    number = {segment: i for i, segment in enumerate(segments)}
    pairs = [
        (number[segment], number[user])
        for segment in segments
        for user in library.graph.users(segment)
        if user in number
    ]
    rows, columns = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    size = (len(segments), len(segments))
    return csr_array((np.ones(len(pairs)), (rows, columns)), shape=size)


def _numbered(values: pl.Series, numbers: dict[str, int]) -> np.ndarray:
    return values.replace_strict(numbers, return_dtype=pl.Int64).to_numpy()
