"""The supply links of one segment, laid over a panorama: suppliers → it → users."""

from __future__ import annotations

from collections.abc import Iterator

from chainmap.reports.palette import INK, SUPPLIER, USER
from chainmap.reports.panorama_layout import Layout, PlacedChip


def links_drawn(layout: Layout, focus: str | None) -> Iterator[str]:
    """Yield SVG curves from suppliers to the focus and from it to its users, and frames."""
    if focus is None:
        return
    chips = layout.chips
    here = chips[focus]
    suppliers = [chips[s] for s in here.segment.suppliers if s in chips]
    users = [chips[u] for u in here.segment.users if u in chips]
    for others, colour, dash in ((suppliers, SUPPLIER, ""), (users, USER, "6 3")):
        for other in others:
            start, end = (other, here) if colour == SUPPLIER else (here, other)
            yield _curve(start, end, colour, dash)
            yield _frame(other, colour, 2.0)
    yield _frame(here, INK, 3.0)


def _curve(start: PlacedChip, end: PlacedChip, colour: str, dash: str) -> str:
    """Return a curve between the facing sides of two chips, with an arrow head at the end."""
    rightward = end.x >= start.x + start.width
    leftward = end.x + end.width <= start.x
    y1, y2 = start.y + start.height / 2, end.y + end.height / 2
    if rightward or leftward:
        x1 = start.x + start.width if rightward else start.x
        x2 = end.x if rightward else end.x + end.width
        reach = max(24.0, abs(x2 - x1) / 2) * (1 if rightward else -1)
        path, way = f"M{x1:g} {y1:g}C{x1 + reach:g} {y1:g} {x2 - reach:g} {y2:g} {x2:g} {y2:g}", 1
        heading = 1 if rightward else -1
    else:
        x1, x2, way = start.x, end.x, -1
        bend = min(x1, x2) - 26
        path = f"M{x1:g} {y1:g}C{bend:g} {y1:g} {bend:g} {y2:g} {x2:g} {y2:g}"
        heading = -way
    line = f' stroke-dasharray="{dash}"' if dash else ""
    tip = f"M{x2:g} {y2:g}l{-8 * heading:g} -4v8z"
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="1.6"{line}/>'
        f'<path d="{tip}" fill="{colour}"/>'
    )


def _frame(chip: PlacedChip, colour: str, width: float) -> str:
    return (
        f'<rect x="{chip.x:g}" y="{chip.y:g}" width="{chip.width:g}" height="{chip.height:g}" '
        f'rx="4" fill="none" stroke="{colour}" stroke-width="{width:g}"/>'
    )
