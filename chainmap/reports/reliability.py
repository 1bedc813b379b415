"""The reliability picture (可靠性图) of chances: what was foreseen against what was seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from chainmap.reports.palette import FONTS, GAP_INK, INK, LINE, LOOKS, MUTED, PAPER
from chainmap.reports.svg_marks import text_drawn

SIDE = 300.0
"""Pixels of a square panel."""
LEFT, TOP, BETWEEN, BELOW = 84.0, 74.0, 110.0, 74.0
FEWEST_DECADES = 2


@dataclass(frozen=True)
class ReliabilityPanel:
    """One panel.

    Attributes:
        title: What the chance is of.
        points: Mean chance and share seen of each tenth, 0..1.
        note: A line under the title.
    """

    title: str
    points: Sequence[tuple[float, float]]
    note: str


def reliability_svg(panels: Sequence[ReliabilityPanel]) -> str:
    """Return an SVG with one square panel a chance, both axes logarithmic.

    A point on the diagonal was foreseen just as often as it was seen; above it, too rarely. A tenth
    in which nothing was seen stands hollow on the lower edge.
    """
    width = LEFT + len(panels) * SIDE + (len(panels) - 1) * BETWEEN + 30.0
    height = TOP + SIDE + BELOW
    drawn = [_panel(panel, LEFT + i * (SIDE + BETWEEN)) for i, panel in enumerate(panels)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" font-family="{FONTS}" role="img">'
        f'<rect width="100%" height="100%" fill="{PAPER}"/>{"".join(drawn)}</svg>'
    )


def _panel(panel: ReliabilityPanel, left: float) -> str:
    low, high = _decades(panel.points)

    def at(value: float) -> float:
        return (log10(max(value, 10.0**low)) - low) / (high - low) * SIDE

    bottom = TOP + SIDE
    parts = [
        text_drawn(left, TOP - 40, panel.title, (15, INK, "700")),
        text_drawn(left, TOP - 18, panel.note, (12, MUTED, "400")),
        f'<rect x="{left:g}" y="{TOP:g}" width="{SIDE:g}" height="{SIDE:g}" fill="none" '
        f'stroke="{LINE}"/>',
        f'<line x1="{left:g}" y1="{bottom:g}" x2="{left + SIDE:g}" y2="{TOP:g}" '
        f'stroke="{MUTED}" stroke-dasharray="4 4"/>',
    ]
    for power in range(low, high + 1):
        along = at(10.0**power)
        label = f"{100 * 10.0**power:.10g}%"
        parts.append(text_drawn(left - 8, bottom - along + 4, label, (11, MUTED, "400"), "end"))
        parts.append(text_drawn(left + along, bottom + 18, label, (11, MUTED, "400"), "middle"))
        if low < power < high:
            parts.append(
                f'<path d="M{left + along:g} {TOP:g}V{bottom:g}M{left:g} {bottom - along:g}'
                f'h{SIDE:g}" stroke="{LINE}" stroke-width="0.6" fill="none"/>'
            )
    parts += [_point(left + at(x), bottom - at(y), y > 0) for x, y in panel.points]
    middle = left + SIDE / 2
    parts.append(text_drawn(middle, bottom + 42, "预测的可能性", (12, INK, "400"), "middle"))
    parts.append(
        f'<g transform="translate({left - 62:g} {TOP + SIDE / 2:g}) rotate(-90)">'
        + text_drawn(0, 0, "实际发生的份额", (12, INK, "400"), "middle")
        + "</g>"
    )
    return "".join(parts)


def _point(x: float, y: float, seen: bool) -> str:
    fill = LOOKS["strong"].fill if seen else PAPER
    ink = LOOKS["strong"].border if seen else GAP_INK
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{fill}" stroke="{ink}"/>'


def _decades(points: Sequence[tuple[float, float]]) -> tuple[int, int]:
    """Return the powers of ten the points lie between, at least two apart."""
    values = [value for point in points for value in point if value > 0] or [0.1]
    high = min(0, ceil(log10(max(values))))
    low = floor(log10(min(values)))
    return min(low, high - FEWEST_DECADES), high
