"""Pictures of reports: bars with intervals, two cities side by side; labelled where they stand.

Names are measured before anything is drawn, so none is cut and none meets another. Lightness and
outline tell bars apart, so grey print loses nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from chainmap.reports.palette import FONTS, INK, LOOKS, MUTED, PAPER
from chainmap.reports.svg_marks import text_drawn
from chainmap.reports.text_width import text_width, wrapped

WIDTH = 760.0
_SIZE, _LEADING, _LABEL_EM = 13.0, 17.0, 15.0
_BAR, _GAP, _PAD = 15.0, 9.0, 14.0
_FILLS = ((LOOKS["present"].fill, LOOKS["present"].border), (PAPER, INK))
"""Fill and outline of the first and the second bar of a row."""


class Bar(NamedTuple):
    """A bar: its length, what is written behind it, and its 90% interval where it has one."""

    value: float
    shown: str
    low: float | None = None
    high: float | None = None


class BarRow(NamedTuple):
    """A name and its bars, one or two; the strong one of several rows is drawn darker."""

    name: str
    bars: tuple[Bar, ...]
    strong: bool = False


def bars_svg(rows: Sequence[BarRow], alt: str, most: float, key: Sequence[str] = ()) -> str:
    """Return rows of bars as SVG, top to bottom in the order given.

    Args:
        rows: What is drawn; a value below 0 goes to the left of the line, outlined only.
        alt: What the picture shows, in words.
        most: The value whose bar is as long as can be.
        key: Names of the bars of a row, where there are two.
    """
    names = [wrapped(row.name, _LABEL_EM) for row in rows]
    left = _PAD + max((text_width(line, _SIZE) for n in names for line in n), default=0.0) + 10
    right = max((text_width(bar.shown, _SIZE) for row in rows for bar in row.bars), default=0.0)
    room = WIDTH - left - right - _PAD - 14
    least = min((bar.value for row in rows for bar in row.bars), default=0.0)
    scale = room / max(max(most, 0.0) - min(least, 0.0), 1e-9)
    zero = left - min(least, 0.0) * scale
    room -= zero - left
    parts, y = [], _PAD + (22 if key else 0)
    for row, lines in zip(rows, names, strict=True):
        height = max(len(lines) * _LEADING, len(row.bars) * (_BAR + 4))
        first = y + height / 2 - (len(lines) - 1) * _LEADING / 2 + _SIZE * 0.36
        weight = "700" if row.strong else "400"
        parts += [
            text_drawn(left - 10, first + i * _LEADING, line, (_SIZE, INK, weight), "end")
            for i, line in enumerate(lines)
        ]
        top = y + height / 2 - len(row.bars) * (_BAR + 4) / 2 + 2
        for i, bar in enumerate(row.bars):
            parts += _bar(bar, (zero, top + i * (_BAR + 4), scale, room), i, row.strong)
        y += height + _GAP
    parts.append(f'<path d="M{zero:.1f} {_PAD:g}V{y:.1f}" stroke="{MUTED}" stroke-width="1"/>')
    return framed([*_key(key, left), *parts], WIDTH, y + _PAD, alt)


def framed(parts: Sequence[str], width: float, height: float, alt: str) -> str:
    """Return drawn parts as a self-contained SVG on white."""
    said = escape(alt, quote=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}" font-family="{FONTS}" role="img" '
        f'aria-label="{said}">\n<rect width="{width:g}" height="{height:g}" fill="{PAPER}"/>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def _bar(bar: Bar, place: tuple[float, float, float, float], at: int, strong: bool) -> list[str]:
    x, y, scale, room = place
    fill, edge = _FILLS[at]
    if strong and at == 0:
        fill = edge = LOOKS["strong"].fill
    length = min(room, max(0.0, bar.value) * scale)
    if bar.value < 0:
        width = -bar.value * scale
        fill, edge = PAPER, INK
        return [
            f'<rect x="{x - width:.1f}" y="{y:.1f}" width="{width:.1f}" height="{_BAR:g}" '
            f'fill="{fill}" stroke="{edge}"/>',
            text_drawn(x + 8, y + _BAR - 3, bar.shown, (_SIZE, INK, "400")),
        ]
    parts = [
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{length:.1f}" height="{_BAR:g}" fill="{fill}" '
        f'stroke="{edge}"/>'
    ]
    end = length
    if bar.low is not None and bar.high is not None:
        low, high = (min(room, max(0.0, v) * scale) for v in (bar.low, bar.high))
        middle = y + _BAR / 2
        ends = f"M{x + low:.1f} {middle - 4:.1f}v8M{x + high:.1f} {middle - 4:.1f}v8"
        path = f"M{x + low:.1f} {middle:.1f}H{x + high:.1f}{ends}"
        # A white line below keeps the whisker seen on a dark bar.
        parts += [
            f'<path d="{path}" stroke="{PAPER}" stroke-width="3.4" fill="none"/>',
            f'<path d="{path}" stroke="{INK}" stroke-width="1.4" fill="none"/>',
        ]
        end = max(length, high)
    parts.append(text_drawn(x + end + 8, y + _BAR - 3, bar.shown, (_SIZE, INK, "400")))
    return parts


def _key(names: Sequence[str], left: float) -> list[str]:
    parts, x = [], left
    for (fill, edge), name in zip(_FILLS, names, strict=False):
        parts.append(
            f'<rect x="{x:.1f}" y="{_PAD - 5:g}" width="20" height="12" fill="{fill}" '
            f'stroke="{edge}"/>'
        )
        parts.append(text_drawn(x + 27, _PAD + 6, name, (_SIZE, INK, "400")))
        x += 27 + text_width(name, _SIZE) + 24
    return parts
