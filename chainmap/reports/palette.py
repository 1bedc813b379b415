"""Colours and marks of every picture: one hue in steps, told apart by lightness and shape as well.

Lightness alone orders the states (CIE L* 31, 75, 91, 100), so they survive grey print and every
kind of colour blindness; orange, far from blue for all of them, is kept for gaps.
"""

from __future__ import annotations

from typing import NamedTuple

from chainmap.concepts.panorama_records import StateName

INK, MUTED, LINE, PAPER = "#14202b", "#51606e", "#c3ccd5", "#ffffff"
GAP_INK = "#a8410a"
SUPPLIER, USER = "#00695c", "#6a1b7a"
FONTS = "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif"


class Look(NamedTuple):
    """How a state is drawn: fill, border, dash and text."""

    fill: str
    border: str
    dash: str
    ink: str


LOOKS: dict[StateName, Look] = {
    "strong": Look("#0b4a83", "#0b4a83", "", "#ffffff"),
    "present": Look("#9dc6e6", "#5c93be", "", INK),
    "weak": Look("#deebf6", "#7fa9cc", "", INK),
    "absent": Look("#ffffff", "#8793a0", "", INK),
    "unknown": Look("#f4f5f6", "#8793a0", "3 3", MUTED),
}


def state_icon(state: StateName, x: float, y: float) -> str:
    """Return a state's mark centred on (x, y): full, half, quarter, empty circle, or a question."""
    ink = LOOKS[state].ink
    ring = f'<circle cx="{x:g}" cy="{y:g}" r="5" fill="none" stroke="{ink}" stroke-width="1.3"/>'
    if state == "strong":
        return f'<circle cx="{x:g}" cy="{y:g}" r="5.6" fill="{ink}"/>'
    if state == "present":
        half = f"M{x:g} {y - 5:g}a5 5 0 0 1 0 10z"
        return f'{ring}<path d="{half}" fill="{ink}"/>'
    if state == "weak":
        quarter = f"M{x:g} {y:g}v-5a5 5 0 0 1 5 5z"
        return f'{ring}<path d="{quarter}" fill="{ink}"/>'
    if state == "unknown":
        mark = f'<text x="{x:g}" y="{y + 4:g}" font-size="11" text-anchor="middle"'
        return f'{mark} fill="{ink}">?</text>'
    return ring
