"""The schematic tile map (示意图) of 浙江's eleven cities: neighbours stand side by side.

It shows no boundary. A deployer's own map shows instead, together with its approval number.
"""

from __future__ import annotations

from typing import NamedTuple

from fastapi import Request

from chainmap.reports.city_shapes import CityMap, read_map
from chainmap.reports.city_tiles import GRID, shade
from chainmap.server.pages import facts
from chainmap.server.pages.shell import settings_of


class Tile(NamedTuple):
    """One city on the map: where it stands, its shade 0..5, and what is written on it."""

    code: str
    column: int
    row: int
    step: int
    shown: str


def engagement_tiles(chain_id: str | None) -> list[Tile]:
    """Return the eleven tiles shaded by engagement in a chain, or by the mean over chains."""
    tiles = []
    for code, standings in facts.home_standings().items():
        wanted = [s for s in standings if chain_id in (None, s.chain_id)]
        share = sum(s.engagement for s in wanted) / len(wanted)
        held, total = sum(s.n_held for s in wanted), sum(s.n_segments for s in wanted)
        column, row = GRID[code]
        tiles.append(Tile(code, column, row, shade(share), f"{held}/{total}"))
    return tiles


def deployed_map(request: Request) -> CityMap | None:
    """Return the deployer's own map of the eleven cities; None where none is set.

    Raises:
        InputError: The map cannot be used, or is without its approval number.
    """
    settings = settings_of(request)
    if settings.map_geojson is None:
        return None
    cities = tuple((city.code, city.name, city.short_name) for city in facts.home_cities())
    return read_map(settings.map_geojson, settings.map_approval, cities)
