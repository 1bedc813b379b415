"""Where 浙江's eleven cities stand on the schematic tile map (示意图), and how they are shaded.

Neighbours stand side by side; no boundary is shown.
"""

from __future__ import annotations

GRID = {
    "330500": (2, 1), "330400": (3, 1),
    "330100": (2, 2), "330600": (3, 2), "330200": (4, 2), "330900": (5, 2),
    "330800": (1, 3), "330700": (2, 3), "331000": (4, 3),
    "331100": (2, 4), "330300": (3, 4),
}  # fmt: skip
"""City code → column and row."""

STEPS = (0.0, 0.05, 0.1, 0.2, 0.3)
"""Lower ends of the shades 1 to 5; shade 0 is a city without any."""


def shade(share: float) -> int:
    """Return the shade 0..5 of a share."""
    return sum(share > step for step in STEPS)
