"""What a company's group already has in a city (集团在本市已有企业)."""

from __future__ import annotations

import polars as pl

from chainmap.gaps.world import World
from chainmap.sources.places import City

NAMED = 2
"""Companies named of a group that has more."""


def own_sites(world: World, city: City) -> dict[str, list[str]]:
    """Return the short names of a city's companies by the id of their group, each by company id."""
    here = world.companies.filter(pl.col("city_code") == city.code).sort("company_id")
    by_group = here.group_by("group_id", maintain_order=True).agg("short_name")
    return dict(by_group.select("group_id", "short_name").iter_rows())


def own_sites_text(city: City, names: list[str]) -> str:
    """Return what is said of a target whose group is in the city already."""
    more = f"等{len(names)}家企业" if len(names) > NAMED else ""
    return f"集团在{city.short_name}已有{'、'.join(names[:NAMED])}{more}，须分清增资扩产与新引进"
