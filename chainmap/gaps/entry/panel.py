"""The panel (面板): companies by city, node and year, with a guard against looking ahead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from chainmap.errors import ModelError

Matrix = NDArray[np.float64]
"""Places × nodes, or rows × columns; feature matrices hold float32 to halve the memory."""
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
EARTH_RADIUS_KM = 6371.0088


@dataclass(frozen=True)
class Makers:
    """Company × node facts as parallel arrays; `year` is the year the company was founded."""

    place: Ints
    node: Ints
    year: Ints


@dataclass(frozen=True)
class Dated:
    """A further city × node column and the year in which it was known."""

    year: int
    values: Matrix


@dataclass(frozen=True)
class Panel:
    """Companies of every city by node and founding year.

    Attributes:
        places: `place, province, lon, lat`, one row a city unit, by place; lon and lat may be null.
        nodes: Ids of the nodes, in column order.
        makers: One entry per company and node.
        companies: Companies by place and year, any node or none: `place, year` arrays of equal
            length, one entry a company.
        chains: Chain of every node; empty where the nodes belong to no chain.
        supplies: Node × node, 1 where the row supplies the column; all 0 without a supply graph.
        until: Last complete year.
        further: Columns from elsewhere, each with the year it was known in.
    """

    places: pl.DataFrame
    nodes: tuple[str, ...]
    makers: Makers
    companies: tuple[Ints, Ints]
    supplies: Any
    until: int
    chains: tuple[str, ...] = ()
    further: Mapping[str, Dated] = field(default_factory=dict)

    @property
    def shape(self) -> tuple[int, int]:
        """Number of places and nodes."""
        return self.places.height, len(self.nodes)

    @cached_property
    def provinces(self) -> Ints:
        """Province of every place, numbered by name."""
        names = {name: i for i, name in enumerate(sorted(set(self.places["province"])))}
        return np.array([names[name] for name in self.places["province"]], dtype=np.int64)

    def stock(self, year: int) -> Matrix:
        """Return companies by place and node founded up to and including `year`."""
        n_places, n_nodes = self.shape
        known = self.makers.year <= year
        flat = self.makers.place[known] * n_nodes + self.makers.node[known]
        counts = np.bincount(flat, minlength=n_places * n_nodes)
        return counts.reshape(n_places, n_nodes).astype(np.float64)

    def as_of(self, year: int, learned: Flags | None = None) -> Known:
        """Return what was known at the end of `year`.

        Args:
            year: The origin.
            learned: Places that relatedness may be learned from; all where none are named.
        """
        everywhere = np.ones(self.shape[0], dtype=np.bool_)
        return Known(self, year, everywhere if learned is None else learned)

    def until_year(self, year: int) -> Panel:
        """Return the panel with every fact dated after `year` deleted."""
        keep = self.makers.year <= year
        place, founded = self.companies
        return replace(
            self,
            makers=Makers(self.makers.place[keep], self.makers.node[keep], self.makers.year[keep]),
            companies=(place[founded <= year], founded[founded <= year]),
            until=min(self.until, year),
            further={k: v for k, v in self.further.items() if v.year <= year},
        )


class Known:
    """What was known at the end of a year; nothing later can be read through it.

    Args:
        panel: All facts, later ones included.
        year: The origin.
        learned: Places that relatedness may be learned from.
    """

    def __init__(self, panel: Panel, year: int, learned: Flags) -> None:
        self._panel = panel
        self.year = year
        self.learned = learned
        self.shape = panel.shape
        self._kept: dict[str, Any] = {}

    def kept(self, name: str) -> Any | None:
        """Return a quantity worked out before, or None."""
        return self._kept.get(name)

    def keep(self, name: str, value: Any) -> Any:
        """Remember a quantity; returns it."""
        self._kept[name] = value
        return value

    def forget_features(self) -> None:
        """Drop features worked out, which a matrix holds by now; quantities stay."""
        self._kept = {k: v for k, v in self._kept.items() if not k.startswith("feature ")}

    def fact(self, name: str) -> Any:
        """Return a fact as of the origin: a count, a place's position, or a further column.

        Raises:
            ModelError: No such fact is known at the origin, or it is dated after it.
        """
        if name in self._panel.further:
            column = self._panel.further[name]
            if column.year > self.year:
                raise ModelError(
                    f"特征要读“{name}”，它到 {column.year} 年才有，而起点是 {self.year} 年。",
                    todo="去掉这一列，或改用起点之前的数据。",
                )
            return column.values
        if name not in FACTS:
            raise ModelError(
                f"特征要读“{name}”，但没有截至起点年份的这项数据。",
                todo=f"可读的有：{'、'.join(FACTS)}。",
            )
        return FACTS[name](self._panel, self.year, self.learned)


def _companies(panel: Panel, year: int) -> Matrix:
    place, founded = panel.companies
    counts = np.bincount(place[founded <= year], minlength=panel.shape[0])
    return counts.astype(np.float64)[:, None]


def _first_year(panel: Panel, year: int) -> Matrix:
    """Return the year of the first company by cell, `year` + 1 where there is none."""
    first = np.full(panel.shape, year + 1.0)
    known = panel.makers.year <= year
    np.minimum.at(
        first, (panel.makers.place[known], panel.makers.node[known]), panel.makers.year[known]
    )
    return first


def _distance_km(panel: Panel) -> Matrix:
    """Return great-circle distances between places; infinite where a position is unknown."""
    lon, lat = (panel.places[c].cast(pl.Float64).to_numpy() for c in ("lon", "lat"))
    lon, lat = np.radians(lon), np.radians(lat)
    inner = np.sin((lat[:, None] - lat) / 2) ** 2
    inner = inner + np.cos(lat[:, None]) * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
    distance = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(inner, 0.0, 1.0)))
    return np.where(np.isfinite(distance), distance, np.inf)


FACTS: Mapping[str, Any] = {
    "year": lambda panel, year, learned: year,
    "stock": lambda panel, year, learned: panel.stock(year),
    "stock_3": lambda panel, year, learned: panel.stock(year - 3),
    "stock_5": lambda panel, year, learned: panel.stock(year - 5),
    "companies": lambda panel, year, learned: _companies(panel, year),
    "companies_5": lambda panel, year, learned: _companies(panel, year - 5),
    "first_year": lambda panel, year, learned: _first_year(panel, year),
    "distance_km": lambda panel, year, learned: _distance_km(panel),
    "provinces": lambda panel, year, learned: panel.provinces,
    "supplies": lambda panel, year, learned: panel.supplies,
    "chains": lambda panel, year, learned: panel.chains,
    "learned": lambda panel, year, learned: learned,
}
"""Everything a feature may read, by name; each is cut at the origin."""
