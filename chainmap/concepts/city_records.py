"""A city at a glance: what the data holds of it, chain by chain."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from chainmap.concepts.records import Record


class ChainStanding(Record):
    """How a city stands in one chain."""

    chain_id: str
    chain: str
    chain_en: str
    n_segments: int
    n_held: int = Field(description="Segments with a company of the roster in the city")
    n_led: int = Field(description="Segments with a leader in the city")
    n_placed: int = Field(description="Company × segment placements in the city")
    engagement: float = Field(description="Criticality-weighted share held, 0..1")
    completeness: float = Field(description="Share held, makers the data may not show included")
    completeness_low: float = Field(description="Lower end of its 90% interval")
    completeness_high: float
    place: int | None = Field(default=None, description="Rank by engagement among the peers")
    n_peers: int | None = Field(default=None, description="Cities compared with, itself included")


class CityFacts(Record):
    """Headline numbers of a city; everything counts the roster of `edition`."""

    city_code: str
    city: str
    city_en: str
    province: str
    edition: dt.date
    enough_data: bool
    n_companies: int
    n_listed: int
    n_titled: int = Field(description="Companies with a public title (小巨人, 链主, …)")
    n_segments: int
    n_held: int
    n_led: int
    chains: list[ChainStanding]
