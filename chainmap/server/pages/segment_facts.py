"""What stands around a segment: firms in the city, cities that have it, passages that name it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from chainmap.concepts.chain import Segment
from chainmap.concepts.policy_records import TracePassage
from chainmap.gaps.policy import applies_to
from chainmap.gaps.presence import counted_placements
from chainmap.gaps.world import World
from chainmap.reports.plans import place_name
from chainmap.reports.trace import Shelf, trace_segment
from chainmap.sources.places import City


class Firm(NamedTuple):
    """A company that counts as present in a segment."""

    company_id: str
    name: str
    city_code: str
    segment_id: str
    role: str
    stock_code: str | None
    products: list[str]


class Holder(NamedTuple):
    """A city with companies in a segment."""

    city_code: str
    n_companies: int
    n_leaders: int
    theta: float


def firms_here(world: World, city: City, segment_ids: Sequence[str]) -> list[Firm]:
    """Return the city's companies in any of the segments, listed ones first, then by id."""
    rows = (
        counted_placements(world.placements, world.library)
        .filter(pl.col("segment_id").is_in(list(segment_ids)))
        .join(world.companies.filter(pl.col("city_code") == city.code), on="company_id")
        .sort(pl.col("stock_code").is_null(), "company_id", "rank")
        .unique("company_id", keep="first", maintain_order=True)
    )
    return [
        Firm(
            row["company_id"], row["full_name"], row["city_code"], row["segment_id"], row["role"],
            row["stock_code"], row["products"],
        )
        for row in rows.iter_rows(named=True)
    ]  # fmt: skip


def holders(world: World, segment_id: str) -> list[Holder]:
    """Return every city with companies in a segment, most first; ties by code."""
    rows = world.presence.filter(
        (pl.col("segment_id") == segment_id) & (pl.col("n_companies") > 0)
    ).sort(["n_companies", "n_leaders", "city_code"], descending=[True, True, False])
    return [
        Holder(row["city_code"], row["n_companies"], row["n_leaders"], row["theta"])
        for row in rows.iter_rows(named=True)
    ]


def passages(world: World, segment: Segment, city: City) -> list[TracePassage]:
    """Return every passage that names a segment, its group or its chain.

    Those of plans that govern the city first, then those in force.
    """
    trace = trace_segment(world.library, segment, world.positions, Shelf(), world.edition)
    away = elsewhere_plans(world, city)
    return sorted(trace.passages, key=lambda one: (one.document_id in away, not one.in_force))


def elsewhere_plans(world: World, city: City) -> dict[str, str]:
    """Return the plans on record that do not govern a city: whose they are, by id."""
    return {
        document.id: place_name(document.region_code)
        for document in world.library.documents.values()
        if not applies_to(document, city)
    }
