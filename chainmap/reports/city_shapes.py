"""A deployer's own city map: its GeoJSON as SVG paths, shown with its approval number (审图号).

None is bundled: a map of China may be published only with an approval number, which belongs to
the map that was examined.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import cos, radians
from pathlib import Path
from typing import Any, NamedTuple

from chainmap.errors import InputError, reason_of

WIDTH = 460.0
"""Width of the drawing, px; its height follows from the shapes."""
_NAMES = ("adcode", "code", "city_code", "id", "name", "NAME", "市")
"""Properties in which maps say which city a shape is."""


class Shape(NamedTuple):
    """One city's outline as an SVG path, and where its name stands."""

    code: str
    path: str
    x: float
    y: float


class CityMap(NamedTuple):
    """A drawn map: px, shapes by code, and the number printed on it."""

    width: float
    height: float
    shapes: list[Shape]
    approval: str


@lru_cache(maxsize=4)
def read_map(file: Path, approval: str | None, cities: tuple[tuple[str, str, str], ...]) -> CityMap:
    """Return a deployer's map of the cities.

    Args:
        file: GeoJSON, longitude and latitude, a polygon or several for each city.
        approval: Its approval number.
        cities: Code, full and short name of each city; shapes of others are left out.

    Raises:
        InputError: The number is missing, the file cannot be read, or a city has no shape.
    """
    if not approval or not approval.strip():
        raise InputError(
            "设了地图文件，没有设审图号。",
            todo="把审图号设为 CHAINMAP_MAP_APPROVAL，或取消地图文件。",
        )
    try:
        features = json.loads(file.read_text(encoding="utf-8"))["features"]
        rings = dict(_rings(features, _codes(cities)))
    except OSError as error:
        raise InputError(
            f"读不到地图文件 {file}：{reason_of(error)}。",
            todo="改正 CHAINMAP_MAP_GEOJSON，或取消它而用示意图。",
        ) from error
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise InputError(
            f"地图文件 {file.name} 不是可用的 GeoJSON（{type(error).__name__}）。",
            todo="请用经纬度坐标的 FeatureCollection，每市一个面。",
        ) from error
    missing = [name for code, name, _ in cities if code not in rings]
    if missing:
        raise InputError(
            f"地图文件缺少：{'、'.join(missing)}。", todo="请在属性 adcode 或 name 中写明城市。"
        )
    return _drawn(rings, approval.strip())


def _codes(cities: tuple[tuple[str, str, str], ...]) -> dict[str, str]:
    return {name: city[0] for city in cities for name in city}


def _rings(
    features: list[Mapping[str, Any]], codes: Mapping[str, str]
) -> Iterator[tuple[str, list[list[tuple[float, float]]]]]:
    """Yield each known city's code and its rings of (longitude, latitude)."""
    for feature in features:
        properties = feature.get("properties") or {}
        named = [str(properties[key]) for key in _NAMES if key in properties]
        code = next((codes[name] for name in named if name in codes), None)
        if code is None:
            continue
        geometry = feature["geometry"]
        several = geometry["coordinates"]
        polygons = several if geometry["type"] == "MultiPolygon" else [several]
        outlines = [ring for polygon in polygons for ring in polygon]
        yield code, [[(float(p[0]), float(p[1])) for p in ring] for ring in outlines]


def _drawn(rings: dict[str, list[list[tuple[float, float]]]], approval: str) -> CityMap:
    points = [point for shape in rings.values() for ring in shape for point in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    # Plate carrée with true scale at the middle latitude: enough for one province.
    squeeze = cos(radians((south + north) / 2))
    scale = WIDTH / max((east - west) * squeeze, 1e-9)

    def place(point: tuple[float, float]) -> tuple[float, float]:
        return (
            round((point[0] - west) * squeeze * scale, 1),
            round((north - point[1]) * scale, 1),
        )

    shapes = []
    for code, shape in rings.items():
        placed = [_thinned([place(point) for point in ring]) for ring in shape]
        largest = max(placed, key=_area)
        x, y = (sum(p[i] for p in largest) / len(largest) for i in (0, 1))
        path = "".join("M" + "L".join(f"{a:g} {b:g}" for a, b in ring) + "z" for ring in placed)
        shapes.append(Shape(code, path, round(x, 1), round(y, 1)))
    return CityMap(WIDTH, round((north - south) * scale, 1), shapes, approval)


def _thinned(ring: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return a ring without points nearer than a pixel to the one before; three at least."""
    kept = ring[:1]
    for point in ring[1:]:
        if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= 1.0:
            kept.append(point)
    return kept if len(kept) >= 3 else ring


def _area(ring: list[tuple[float, float]]) -> float:
    """Return a ring's area in square px (shoelace)."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2
