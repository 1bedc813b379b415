"""Who is in a city that a company would sell to or buy from (本地合作方), by name."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from chainmap.gaps.presence import counted_placements
from chainmap.gaps.world import World
from chainmap.sources.places import City

STRONG_COMPANIES = 2
"""One company is no strength of a city."""
STRONG_CHANCE = 0.9
"""Posterior chance from which a segment counts as denser than the nation's (methods 8.1)."""


class LocalPartner(NamedTuple):
    """A company of the city beside a segment.

    Attributes:
        segment_id: Where it stands.
        side: customer, it uses what the segment makes; supplier, it supplies the segment.
    """

    company_id: str
    short_name: str
    segment_id: str
    side: str
    source: str


def local_partners(world: World, city: City, segment_id: str, group_id: str) -> list[LocalPartner]:
    """Return the city's companies in the direct users and suppliers of a segment, users first.

    By segment, then main business first, then by id; a company once a side. Companies of the group
    asked about are not partners of it and left out.
    """
    graph = world.library.graph
    here = world.companies.filter(pl.col("city_code") == city.code, pl.col("group_id") != group_id)
    placed = counted_placements(world.placements, world.library).join(here, on="company_id")
    found: list[LocalPartner] = []
    for side, around in (
        ("customer", graph.users(segment_id)),
        ("supplier", graph.suppliers(segment_id)),
    ):
        rows = (
            placed.filter(pl.col("segment_id").is_in(around))
            .sort("rank", "segment_id", "company_id")
            .unique("company_id", keep="first", maintain_order=True)
            .sort("segment_id", "rank", "company_id")
        )
        found += [
            LocalPartner(
                row["company_id"], row["short_name"], row["segment_id"], side, row["source"]
            )
            for row in rows.iter_rows(named=True)
        ]
    return found


def strong_segments(world: World, city: City) -> dict[str, int]:
    """Return the city's strong segments with their number of companies, by segment.

    Strong is a segment with two companies or more whose location quotient is above 1 with a
    posterior chance of 0.9 (methods 8.1).
    """
    strong = world.presence.filter(
        (pl.col("city_code") == city.code)
        & (pl.col("n_companies") >= STRONG_COMPANIES)
        & (pl.col("p_above_one") >= STRONG_CHANCE)
    ).sort("segment_id")
    return dict(strong.select("segment_id", "n_companies").iter_rows())
