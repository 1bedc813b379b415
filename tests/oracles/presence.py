"""Presence by plain loops: slow and obvious."""

from __future__ import annotations

from chainmap.concepts.kinds import COUNTED_ROLES, Role
from chainmap.gaps.world import World

Cell = tuple[int, float, float, float]


def presence_by_loops(world: World) -> dict[tuple[str, str], Cell]:
    """Return (city, segment) → count, expectation, theta, theta of the rest of the province."""
    home = dict(zip(world.companies["company_id"], world.companies["city_code"], strict=True))
    province = dict(zip(world.cities["city_code"], world.cities["province_code"], strict=True))
    segments = world.library.segments
    counts = {(city, segment): 0 for city in province for segment in segments}
    for row in world.placements.iter_rows(named=True):
        if Role(row["role"]) in COUNTED_ROLES[segments[row["segment_id"]].kind]:
            counts[home[row["company_id"]], row["segment_id"]] += 1
    total = max(1, sum(counts.values()))
    of_city = {c: sum(counts[c, s] for s in segments) for c in province}
    of_segment = {s: sum(counts[c, s] for c in province) for s in segments}
    cells = {}
    for city, segment in counts:
        neighbours = [c for c in province if province[c] == province[city] and c != city]
        expected = of_city[city] * of_segment[segment] / total
        rest = sum(counts[c, segment] for c in neighbours)
        expected_rest = sum(of_city[c] for c in neighbours) * of_segment[segment] / total
        cells[city, segment] = (
            counts[city, segment],
            expected,
            (counts[city, segment] + 0.5) / (expected + 0.5),
            (rest + 0.5) / (expected_rest + 0.5),
        )
    return cells
