"""The measured world: what steps 3 to 5 make of the facts, passed to everything above."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import polars as pl

from chainmap.chains.library import ChainLibrary
from chainmap.concepts.register import PositionFact
from chainmap.tables import Cities, Companies, Placements, Presence


@dataclass(frozen=True)
class World:
    """The bundled facts, compiled, placed and measured once.

    Attributes:
        criticality: `segment_id, criticality` from `gaps.criticality`.
        positions: Fields that plans assign to places; they add to the policy weight there.
        edition: Day of the roster; the default day for plans in force, so that a list does not
            change with the clock.
    """

    library: ChainLibrary
    cities: Cities
    companies: Companies
    placements: Placements
    presence: Presence
    criticality: pl.DataFrame
    edition: dt.date
    positions: tuple[PositionFact, ...] = ()
