"""Who a gap touches (受影响企业): local firms, cities that have it, and what would change it."""

from __future__ import annotations

import polars as pl

from chainmap.chains.library import ChainLibrary
from chainmap.gaps.kinds import State
from chainmap.gaps.presence import counted_placements
from chainmap.gaps.world import World
from chainmap.sources.places import City, distances_km

SHOWN_FIRMS = 6
SHOWN_CITIES = 3


def local_firms(world: World, city: City, gaps: pl.DataFrame) -> pl.DataFrame:
    """Return the local firms that would gain a supplier or a customer if a gap were closed.

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
        .sort(["segment_id", "leads", "gains", "company_id"], descending=[False, True, True, False])
        .unique(["segment_id", "company_id"], keep="first", maintain_order=True)
    )


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


def changes_of(row: dict[str, object], library: ChainLibrary) -> list[str]:
    """Return what would change a gap's kind, in words, the nearest change first.

    Args:
        row: One row of `Gaps`.
        library: Names the segments.
    """
    kind, state = str(row["kind"]), str(row["state"])
    users, suppliers = row["local_users"], row["local_suppliers"]
    assert isinstance(users, list) and isinstance(suppliers, list)
    count, expected = row["n_companies"], row["expected"]
    assert isinstance(count, int) and isinstance(expected, float)
    said = []
    if state == State.ABSENT:
        said.append("核实本地是否已有未入名录的制造或研发企业；有1家即不再是空白，转为强链")
    if kind == "fill":
        names = "、".join(f"“{library.segments[s].name}”" for s in users[:2])
        after = "延链" if suppliers else "建链"
        what = after if state == State.ABSENT else "强链"
        said.append(f"本地下游{names}等{len(users)}个环节若不再有企业，转为{what}")
    if kind in ("build", "extend"):
        nearest = library.graph.users(str(row["segment_id"]))[:2]
        if nearest:
            names = "、".join(f"“{library.segments[s].name}”" for s in nearest)
            said.append(f"本地出现下游{names}的企业，转为补链")
    if kind == "strengthen":
        if row["n_leaders"] == 0:
            said.append(
                "有1家上市公司、央企或公认龙头进入或成长起来，且区位商不低于1，不再列为缺口"
            )
        if count < expected:
            said.append(
                f"制造和研发企业由{count}家增至约{max(count + 1, round(expected))}家，"
                "与产业规模相称"
            )
    return said
