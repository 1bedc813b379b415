"""What a company's group already has in a city, or has said it will build there (集团在本市)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from chainmap.gaps.world import World
from chainmap.sources.landings import load_landings
from chainmap.sources.places import City

NAMED = 2
"""Companies named of a group that has more."""
STAGES_ZH = {
    "planned": "拟议", "agreed": "已签约", "founded": "已设企业", "land": "已取得用地",
    "started": "已开工",
}  # fmt: skip


def own_words(world: World, city: City) -> dict[str, str]:
    """Return what is said of a target whose group is in the city already, by group.

    What the roster has there comes before what the ledger of landings says.
    """
    landings = {group: _landing_text(city, row) for group, row in _own_landings(world, city)}
    return landings | {group: _sites_text(city, names) for group, names in _own_sites(world, city)}


def _own_sites(world: World, city: City) -> Iterator[tuple[str, list[str]]]:
    """Yield groups and the short names of their companies in a city, each by company id."""
    here = world.companies.filter(pl.col("city_code") == city.code).sort("company_id")
    by_group = here.group_by("group_id", maintain_order=True).agg("short_name")
    yield from by_group.select("group_id", "short_name").iter_rows()


def _own_landings(world: World, city: City) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield groups and their first landing in a city that the bundled ledger knows.

    Later than the world's year is not known yet; a landing of that year counts from its first day,
    as the roster's sites do.
    """
    last = world.edition.year if world.year is None else world.year
    groups = world.companies.select("stock_code", "group_id").drop_nulls()
    rows = pl.DataFrame(load_landings()).filter(
        (pl.col("city_code") == city.code) & (pl.col("date").str.slice(0, 4).cast(int) <= last)
    )
    found = rows.join(groups, on="stock_code", maintain_order="left")
    first = found.unique("group_id", keep="first", maintain_order=True)
    yield from ((row["group_id"], row) for row in first.iter_rows(named=True))


def _sites_text(city: City, names: list[str]) -> str:
    more = f"等{len(names)}家企业" if len(names) > NAMED else ""
    return f"集团在{city.short_name}已有{'、'.join(names[:NAMED])}{more}，须分清增资扩产与新引进"


def _landing_text(city: City, landing: dict[str, Any]) -> str:
    place = landing["place"]
    where = place if city.short_name in place else city.short_name + place
    what = f"{landing['project']}（{STAGES_ZH[landing['stage']]}）"
    return f"落地台账记有{landing['date'][:4]}年{where}的{what}，须核实进展，分清增资扩产与新引进"
