"""The schematic tile map (示意图) of 浙江's eleven cities: neighbours stand side by side.

It shows no boundary. A deployer's own map shows instead, together with its approval number.
"""

from __future__ import annotations

from typing import NamedTuple

from fastapi import Request

from chainmap.server.pages import facts
from chainmap.server.pages.shapes import CityMap, read_map
from chainmap.server.pages.shell import settings_of

_GRID = {
    "330500": (2, 1), "330400": (3, 1),
    "330100": (2, 2), "330600": (3, 2), "330200": (4, 2), "330900": (5, 2),
    "330800": (1, 3), "330700": (2, 3), "331000": (4, 3),
    "331100": (2, 4), "330300": (3, 4),
}  # fmt: skip
"""City code → column and row."""

STEPS = (0.0, 0.05, 0.1, 0.2, 0.3)
"""Lower ends of the shades 1 to 5; shade 0 is a city without any."""


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
        column, row = _GRID[code]
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


def shade(share: float) -> int:
    """Return the shade 0..5 of a share."""
    return sum(share > step for step in STEPS)
