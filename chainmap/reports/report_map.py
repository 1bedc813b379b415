"""The map of a report: the schematic tiles of 浙江's eleven cities, or the deployer's own map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from chainmap.reports.city_shapes import CityMap
from chainmap.reports.city_tiles import GRID, STEPS, shade
from chainmap.reports.palette import INK, MUTED, PAPER
from chainmap.reports.report_pictures import framed
from chainmap.reports.report_words import share_text
from chainmap.reports.svg_marks import text_drawn
from chainmap.reports.text_width import text_width

_SHADES = (PAPER, "#e4eff9", "#bcd7ee", "#84b3dc", "#3f7fb8", "#0b4a83")
_INKS = (INK, INK, INK, INK, PAPER, PAPER)
_TILE_W, _TILE_H, _SPACE, _PAD = 128.0, 74.0, 8.0, 14.0
_EDGE = "#5c6b79"


class CityMark(NamedTuple):
    """What a city's place on the map says: its name, its share 0..1, and a line below."""

    name: str
    share: float
    shown: str


def map_svg(marks: Mapping[str, CityMark], home: str, drawn: CityMap | None, alt: str) -> str:
    """Return the eleven cities shaded by share, the home city outlined.

    Args:
        marks: By city code; every city of the grid.
        home: Code of the city the report is about.
        drawn: The deployer's map; None draws tiles.
        alt: What the map shows, in words.
    """
    if drawn is None:
        parts, height = _tiles(marks, home)
        note = "格位示意各市相邻关系，不表示边界。"
    else:
        parts, height = _shapes(marks, home, drawn)
        note = f"审图号：{drawn.approval}"
    width = 5 * _TILE_W + 4 * _SPACE + 2 * _PAD
    legend = _legend(height + 8, note)
    return framed([*parts, *legend], width, height + 62, alt)


def _tiles(marks: Mapping[str, CityMark], home: str) -> tuple[list[str], float]:
    parts: list[str] = []
    # The home tile is drawn last: its outline lies over its neighbours.
    for code in sorted(GRID, key=lambda code: code == home):
        column, row = GRID[code]
        x = _PAD + (column - 1) * (_TILE_W + _SPACE)
        y = _PAD + (row - 1) * (_TILE_H + _SPACE)
        mark, step = marks[code], shade(marks[code].share)
        edge, thick = (INK, 3.5) if code == home else (_EDGE, 1)
        middle = x + _TILE_W / 2
        parts += [
            f'<rect x="{x:g}" y="{y:g}" width="{_TILE_W:g}" height="{_TILE_H:g}" rx="4" '
            f'fill="{_SHADES[step]}" stroke="{edge}" stroke-width="{thick:g}"/>',
            text_drawn(middle, y + 25, mark.name, (18, _INKS[step], "700"), "middle"),
            text_drawn(middle, y + 46, share_text(mark.share), (16, _INKS[step], "400"), "middle"),
            text_drawn(middle, y + 66, mark.shown, (14, _INKS[step], "400"), "middle"),
        ]
    rows = max(row for _, row in GRID.values())
    return parts, 2 * _PAD + rows * _TILE_H + (rows - 1) * _SPACE


def _shapes(marks: Mapping[str, CityMark], home: str, drawn: CityMap) -> tuple[list[str], float]:
    left = (5 * _TILE_W + 4 * _SPACE + 2 * _PAD - drawn.width) / 2
    parts = [f'<g transform="translate({left:g} {_PAD:g})">']
    for shape in sorted(drawn.shapes, key=lambda shape: shape.code == home):
        step = shade(marks[shape.code].share)
        edge, thick = (INK, 3) if shape.code == home else (_EDGE, 1)
        parts.append(
            f'<path d="{shape.path}" fill="{_SHADES[step]}" stroke="{edge}" '
            f'stroke-width="{thick}"/>'
        )
    parts += _names(marks, drawn)
    return [*parts, "</g>"], drawn.height + 2 * _PAD


def _names(marks: Mapping[str, CityMark], drawn: CityMap) -> list[str]:
    """Return the cities' names and shares, moved down where two would meet."""
    parts: list[str] = []
    taken: list[tuple[float, float, float]] = []
    for shape in sorted(drawn.shapes, key=lambda shape: (shape.y, shape.x)):
        mark = marks[shape.code]
        text = f"{mark.name} {mark.share:.0%}"
        half, y = text_width(text, 12) / 2, shape.y
        while any(abs(y - b) < 15 and abs(shape.x - a) < half + c for a, b, c in taken):
            y += 5
        taken.append((shape.x, y, half))
        ink = _INKS[shade(mark.share)]
        parts.append(text_drawn(shape.x, y, text, (12, ink, "700"), "middle"))
    return parts


def _legend(y: float, note: str) -> list[str]:
    parts: list[str] = []
    x = _PAD
    for step, label in enumerate(_labels(STEPS)):
        parts.append(
            f'<rect x="{x:g}" y="{y:g}" width="22" height="14" fill="{_SHADES[step]}" '
            f'stroke="{_EDGE}"/>'
        )
        parts.append(text_drawn(x + 28, y + 12, label, (14, INK, "400")))
        x += 28 + text_width(label, 14) + 14
    parts.append(text_drawn(_PAD, y + 38, note, (14, MUTED, "400")))
    return parts


def _labels(steps: Sequence[float]) -> list[str]:
    """Return what each shade stands for: 0, up to the next step, and above the last."""
    bounds = [f"{low:.0%}–{high:.0%}" for low, high in pairwise(steps)]
    return ["无", *bounds, f"{steps[-1]:.0%}以上"]
