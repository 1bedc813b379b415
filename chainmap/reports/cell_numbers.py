"""Numbers of a sheet: those written as text, and how many decimals a column shows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple


class CellNumber(NamedTuple):
    """A number, and Excel's format that shows it as it is written."""

    value: float
    shown: str


_FIGURE = re.compile(r"([+-]?)(\d+)(?:\.(\d+))?(%?)")
_MOST_DECIMALS = 4


def number_of(text: str) -> CellNumber | None:
    """Return the number a text is: `7`, `0.070`, `12.5%`, `+0.30`; None for anything else."""
    found = _FIGURE.fullmatch(text)
    if found is None or not text.isascii():
        return None
    sign, whole, decimals, share = found.groups()
    shown = "0" + (f".{'0' * len(decimals)}" if decimals else "") + share
    digits = len(decimals or "") + (2 if share else 0)
    value = round(float(f"{sign}{whole}.{decimals or 0}") / (100 if share else 1), digits)
    return CellNumber(value, f"+{shown};-{shown};{shown}" if sign else shown)


def share_of(text: str) -> CellNumber | None:
    """Return the number a percentage is; None for anything else, codes of digits included."""
    return number_of(text) if text.endswith("%") else None


def column_format(values: Iterable[object]) -> str:
    """Return Excel's format of a column: as many decimals as its longest number, at most four."""
    decimals = 0
    for value in values:
        if isinstance(value, float):
            rest = f"{value:.{_MOST_DECIMALS}f}".rstrip("0").partition(".")[2]
            decimals = max(decimals, len(rest))
    return f"0.{'0' * decimals}" if decimals else "0"
