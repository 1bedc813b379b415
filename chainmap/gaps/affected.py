"""Who a gap touches (受影响企业): local firms, cities that have it, and what would change it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from chainmap.chains.library import ChainLibrary
from chainmap.concepts.kinds import COUNTED_ZH, GapKind, SegmentKind
from chainmap.gaps.kinds import (
    RELATED_FROM,
    SHORT_FROM,
    Row,
    State,
    below_weight,
    kind_of,
    leader_missing,
)
from chainmap.gaps.presence import counted_placements
from chainmap.gaps.world import World
from chainmap.sources.places import City, distances_km

SHOWN_FIRMS = 6
SHOWN_CITIES = 3


def local_firms(world: World, city: City, gaps: pl.DataFrame) -> pl.DataFrame:
    """Return the local firms of the segments that use a gap's segment, or supply it.

    A firm stands in a segment that buys from the gap's: that it would buy itself is likely where
    the segment's firms make alike, and open where they choose among many suppliers
    (`alike_suppliers`). `gains` says on which side it stands.

    Returns:
        `segment_id` (the gap), `company_id, short_name, in_segment_id, gains` (`supplier` or
        `customer`), `leads`; leaders first, then by company id; one row a company and gap.
    """
    around = pl.concat(
        [
            gaps.select(
                "segment_id", in_segment_id=pl.col(column), gains=pl.lit(gains)
            ).explode("in_segment_id")
            for column, gains in (("local_users", "supplier"), ("local_suppliers", "customer"))
        ]
    ).drop_nulls("in_segment_id")  # fmt: skip
    own = world.companies.filter(pl.col("city_code") == city.code).select(
        "company_id",
        "short_name",
        leads=pl.col("stock_code").is_not_null() | (pl.col("kinds").list.len() > 0),
    )
    placed = counted_placements(world.placements, world.library).select(
        "company_id", in_segment_id="segment_id"
    )
    return (
        around.join(placed, on="in_segment_id")
        .join(own, on="company_id")
        .sort(
            ["segment_id", "leads", "gains", "company_id", "in_segment_id"],
            descending=[False, True, True, False, False],
        )
        .unique(["segment_id", "company_id"], keep="first", maintain_order=True)
    )


def alike_suppliers(segment_id: str, users: Iterable[str], library: ChainLibrary) -> int:
    """Return how many suppliers of the gap's own group the given users have, itself included.

    The most over the users; 1 without any. Eight kinds of active ingredient supply generic
    medicines: a maker of these uses those of its own products.
    """
    own = library.segments[segment_id].group
    counts = [
        sum(library.segments[supplier].group == own for supplier in library.graph.suppliers(user))
        for user in users
    ]
    return max(counts, default=1)


def nearest_holders(world: World, city: City, segment_ids: list[str]) -> pl.DataFrame:
    """Return the nearest cities that have each segment, nearest first, at most three.

    Returns:
        `segment_id, city_code, short_name, n_companies, state, distance_km`.
    """
    return (
        world.presence.filter(
            pl.col("segment_id").is_in(segment_ids)
            & (pl.col("n_companies") > 0)
            & (pl.col("city_code") != city.code)
        )
        .join(distances_km(world.cities, city.code), on="city_code")
        .join(world.cities.select("city_code", "short_name"), on="city_code")
        .sort("segment_id", "distance_km", "city_code")
        .group_by("segment_id", maintain_order=True)
        .head(SHOWN_CITIES)
        .select("segment_id", "city_code", "short_name", "n_companies", "state", "distance_km")
    )


def changes_of(
    row: Mapping[str, Any], library: ChainLibrary, related_from: float = RELATED_FROM
) -> list[str]:
    """Return what would change a gap's kind, in words, the nearest change first.

    Args:
        row: One row of `Gaps`.
        library: Names the segments.
        related_from: As the kinds were told with.
    """
    known = {**row, "chance": row["feasibility"]}
    absent = row["state"] == State.ABSENT
    makers = COUNTED_ZH[library.segments[str(row["segment_id"])].kind]
    said = []
    if absent:
        said.append(
            f"若核实本地已有未入名录的{makers}，即不再是空白：有龙头的一般不再列为缺口，"
            "没有的多转为强链"
        )
    if row["kind"] == "fill":
        users = row["local_users"]
        gone = "若不再有企业" if len(users) == 1 else "若都不再有企业"
        after = _becomes(known | {"local_users": []}, related_from)
        said.append(f"本地下游{_called(users, library)}{gone}，{after}")
    elif absent:
        said += _with_neighbours(known, library, related_from)
    if not absent:
        said.append(_enough(row, makers))
    return said


def _becomes(row: Mapping[str, Any], related_from: float) -> str:
    """Return in words the kind of a row as it would be."""
    kind = kind_of(row, related_from)
    return f"转为{GapKind(kind).zh}" if kind else "即不再列为缺口"


def _with_neighbours(
    row: Mapping[str, Any], library: ChainLibrary, related_from: float
) -> list[str]:
    """Return what a first local user, or a first local supplier, would make of the gap."""
    segment = str(row["segment_id"])
    said = []
    for column, side, around in (
        ("local_users", "下游", library.graph.users(segment)),
        ("local_suppliers", "上游", library.graph.suppliers(segment)),
    ):
        near = _alike(around, segment, library)
        changed = {**row, column: near[:1]}
        if near and kind_of(changed, related_from) != row["kind"]:
            after = _becomes(changed, related_from)
            said.append(f"本地出现{side}{_called(near, library, '或')}的企业，{after}")
    return said


def _enough(row: Mapping[str, Any], makers: str) -> str:
    """Return what a segment that is present still lacks to be no gap."""
    leader = "有上市公司、央企或公认链主这样的龙头进入或成长起来"
    count = row["n_companies"]
    if row["state"] != State.WEAK and not below_weight(Row(row)):
        return f"{leader}，即不再列为缺口"
    wanted = max(count + 1, math.floor(row["expected"] - SHORT_FROM) + 1)
    enough = f"{makers}由{count}家增至约{wanted}家"
    # More makers let expect more leaders.
    grown = {"n_companies": wanted, "expected_leaders": row["expected_leaders"] / count * wanted}
    if leader_missing(Row({**row, **grown})):
        return f"{enough}，并{leader}，即不再列为缺口"
    return f"{enough}，与产业规模相称，即不再列为缺口"


def _alike(segments: Iterable[str], segment: str, library: ChainLibrary) -> list[str]:
    """Return the neighbours that count: those of a product are products (`gaps.situation`)."""
    if library.segments[segment].kind is not SegmentKind.PRODUCT:
        return list(segments)
    return [s for s in segments if library.segments[s].kind is SegmentKind.PRODUCT]


def _called(segments: list[str], library: ChainLibrary, joined: str = "、") -> str:
    shown = joined.join(f"“{library.segments[s].name}”" for s in segments[:2])
    if len(segments) <= 2:
        return shown
    return f"{shown}等{'' if joined != '、' else f'{len(segments)}个环节'}"
