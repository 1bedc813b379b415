"""Relatedness of a whole panel: every place with every item in every year, as one long table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from chainmap.errors import TableError
from chainmap.gaps.relatedness.complexity import Complexity, complexity, outlook_from_density
from chainmap.gaps.relatedness.density import density
from chainmap.gaps.relatedness.proximity import Floats, proximity
from chainmap.gaps.relatedness.specialisation import rca, specialised

Codes = NDArray[np.int32]
TEXT = (pl.String, pl.Enum, pl.Categorical)
KEYS = ("year", "place", "item")
COLUMNS = (
    *KEYS, "value", "diversity", "ubiquity", "specialised",
    "eci", "pci", "density", "coi", "cog", "rca",
)  # fmt: skip


@dataclass(frozen=True)
class YearRelatedness:
    """One year's arrays: the places and items that have anything at all in it."""

    year: int
    places: Codes
    """Numbers of the places, into `Panel.places`; rows of every matrix here."""
    items: Codes
    """Numbers of the items, into `Panel.items`; columns of every matrix here."""
    value: Floats
    rca: Floats
    specialised: NDArray[np.bool_]
    complexity: Complexity
    density: Floats
    coi: Floats
    cog: Floats


@dataclass(frozen=True)
class Panel:
    """Counts of places × items over years, checked and numbered."""

    years: Codes
    """Years, ascending."""
    places: pl.Series
    """Names of places, ascending."""
    items: pl.Series
    """Names of items, ascending."""
    year: Codes
    """Year of each row."""
    place: Codes
    """Number of each row's place."""
    item: Codes
    """Number of each row's item."""
    value: Floats
    """Firms, exports, staff: 0 or more."""


def number_panel(counts: pl.DataFrame) -> Panel:
    """Return a long table of counts, checked, with places and items numbered.

    Args:
        counts: Columns `year` (integer), `place`, `item` (text or numbers), `value` (0 or
            more). Cells that are not named are 0. Any row order.

    Raises:
        TableError: A column is missing, there is no row, a cell is null, not a number or
            below 0, or a (year, place, item) comes twice.
    """
    missing = [name for name in (*KEYS, "value") if name not in counts.columns]
    if missing:
        raise TableError(f"关联度的输入表缺少列：{'、'.join(missing)}。",
                         todo="应有 year、place、item、value 四列，每格一行。")  # fmt: skip
    if counts.is_empty():
        raise TableError("关联度的输入表没有一行。")
    value = counts["value"].cast(pl.Float64)
    n_bad = counts.height - int(
        (value.is_between(0, np.finfo(float).max) & counts["year"].is_not_null()).fill_null(False)
        .sum()
    ) + counts["place"].null_count() + counts["item"].null_count()  # fmt: skip
    if n_bad:
        raise TableError(f"关联度的输入表有 {n_bad} 处空值、负数或无穷大。")
    place, places = _numbered(counts["place"])
    item, items = _numbered(counts["item"])
    year = counts["year"].cast(pl.Int32).to_numpy()
    years = counts["year"].unique().sort().cast(pl.Int32).to_numpy()
    panel = Panel(years, places, items, year, place, item, value.to_numpy())
    for one in years:
        _refuse_repeats(panel, np.flatnonzero(year == one), int(one))
    return panel


def yearly_relatedness(panel: Panel, threshold: float = 1.0) -> Iterator[YearRelatedness]:
    """Return each year's arrays in turn; only one year is in memory at a time.

    A place or an item whose total is 0 in a year is left out of that year, as py-ecomplexity
    does. One without any specialisation (a threshold above 1) stays, with ECI or PCI NaN.

    Args:
        panel: From `number_panel`.
        threshold: RCA from which a place is specialised.
    """
    for year in panel.years:
        rows = np.flatnonzero(panel.year == year)
        places, place = _present(panel.place[rows], panel.value[rows], len(panel.places))
        items, item = _present(panel.item[rows], panel.value[rows], len(panel.items))
        inside = (place >= 0) & (item >= 0)
        cell = place[inside].astype(np.int64) * len(items) + item[inside]
        value = np.bincount(
            cell, weights=panel.value[rows][inside], minlength=len(places) * len(items)
        ).reshape(len(places), len(items))
        yield _relatedness(int(year), places, items, np.asarray(value, np.float64), threshold)


def relatedness_panel(counts: pl.DataFrame, threshold: float = 1.0) -> pl.DataFrame:
    """Return RCA, specialisation, complexity, density and outlook of every cell and year.

    Args:
        counts: Columns `year`, `place`, `item`, `value`; see `number_panel`.
        threshold: RCA from which a place is specialised.

    Returns:
        Columns `year, place, item, value, diversity, ubiquity, specialised, eci, pci,
        density, coi, cog, rca`, by year, place and item: every place with every item that
        have anything in the year, the empty cells too. Rows of a place or item without
        anything in the year follow it with the measures null. Text names come as Enum.

    Raises:
        TableError: See `number_panel`.

    Source:
        Same numbers as py-ecomplexity 0.5.3 to 1e-9 (`mcp` is `specialised` here).
    """
    panel = number_panel(counts)
    parts = [_long(one, panel) for one in yearly_relatedness(panel, threshold)]
    return _with_absent(pl.concat(parts, rechunk=False), panel)


def _long(one: YearRelatedness, panel: Panel) -> pl.DataFrame:
    """Return a year's arrays as one row per place and item, a vector spread over its matrix."""
    index = one.complexity
    places = pl.DataFrame(
        {
            "place": _named(one.places, panel.places),
            "diversity": index.diversity.astype(np.int32),
            "eci": index.eci,
            "coi": one.coi,
        }
    )
    items = pl.DataFrame(
        {
            "item": _named(one.items, panel.items),
            "ubiquity": index.ubiquity.astype(np.int32),
            "pci": index.pci,
        }
    )
    grid = places.join(items, how="cross", maintain_order="left_right")
    cells = ("value", "specialised", "density", "cog", "rca")
    return grid.with_columns(
        pl.lit(one.year, pl.Int32).alias("year"),
        *(pl.Series(name, getattr(one, name).ravel()) for name in cells),
    ).select(COLUMNS)


def _relatedness(
    year: int, places: Codes, items: Codes, value: Floats, threshold: float
) -> YearRelatedness:
    advantage = rca(value)
    m = specialised(advantage, threshold)
    phi = proximity(m)
    near = density(m, phi)
    index = complexity(m)
    coi, cog = outlook_from_density(m, near, phi, index.pci_uncentred)
    return YearRelatedness(year, places, items, value, advantage, m, index, near, coi, cog)


def _numbered(names: pl.Series) -> tuple[Codes, pl.Series]:
    """Return each row's number and the names in ascending order."""
    if names.dtype in TEXT:
        known = names.unique().cast(pl.String).sort()
        codes = names.cast(pl.Enum(known)).to_physical().to_numpy()
    else:
        known = names.unique().sort()
        codes = np.searchsorted(known.to_numpy(), names.to_numpy())
    return codes.astype(np.int32), known


def _named(codes: Codes, names: pl.Series) -> pl.Series:
    numbers = pl.Series(codes)
    return numbers.cat.to(pl.Enum(names)) if names.dtype == pl.String else names.gather(numbers)


def _present(codes: Codes, value: Floats, n: int) -> tuple[Codes, Codes]:
    """Return the numbers that have anything, and each row's place among them (-1: none)."""
    total = np.bincount(codes, weights=value, minlength=n)
    present = np.flatnonzero(total > 0).astype(np.int32)
    among = np.full(n, -1, np.int32)
    among[present] = np.arange(len(present))
    return present, among[codes]


def _refuse_repeats(panel: Panel, rows: NDArray[np.int64], year: int) -> None:
    cell = panel.place[rows].astype(np.int64) * len(panel.items) + panel.item[rows]
    times = np.bincount(cell)
    if times.max(initial=0) > 1:
        place, item = divmod(int(times.argmax()), len(panel.items))
        raise TableError(
            f"关联度的输入表中 {year} 年 {panel.places[place]}、{panel.items[item]} "
            f"出现 {times.max()} 次。",
            todo="每个年份、地区、项目只留一行。",
        )


def _with_absent(frame: pl.DataFrame, panel: Panel) -> pl.DataFrame:
    """Return the table with the rows of places and items that have nothing in their year."""
    idle: list[NDArray[np.int64]] = []
    for year in panel.years:
        rows = np.flatnonzero(panel.year == year)
        value = panel.value[rows]
        _, place = _present(panel.place[rows], value, len(panel.places))
        _, item = _present(panel.item[rows], value, len(panel.items))
        idle.append(rows[(place < 0) | (item < 0)])
    left_out = np.concatenate(idle) if idle else np.empty(0, np.int64)
    if not len(left_out):
        return frame
    absent = pl.DataFrame(
        [
            pl.Series("year", panel.year[left_out]),
            _named(panel.place[left_out], panel.places).alias("place"),
            _named(panel.item[left_out], panel.items).alias("item"),
            pl.Series("value", panel.value[left_out]),
        ]
    )
    return pl.concat([frame, absent], how="diagonal").sort("year", maintain_order=True)
