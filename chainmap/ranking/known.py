"""What is known at an origin (时点): firms, city mixes and earlier moves, nothing later."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from chainmap.chains.library import load_library
from chainmap.errors import ModelError
from chainmap.ranking.labels import LabelKind, Labels
from chainmap.ranking.universe import Universe
from chainmap.sources.places import EARTH_RADIUS_KM

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
FLOW_PRIOR = 3.0
"""Moves added to both sides of a province pair: below a handful of moves a ratio is noise."""


@dataclass(frozen=True)
class Flows:
    """Moves between provinces, learned from labels.

    Attributes:
        provinces: Province codes in the order of rows and columns.
        moves: Moves from row to column.
    """

    provinces: tuple[str, ...]
    moves: Floats


class Known:
    """A universe as of the end of a year.

    Firms founded later are not there; a firm without a founding year is taken as old. Moves are
    read from labels dated up to the year; undated ones only where they are asked for.

    Args:
        universe: Firms and what they make.
        year: The origin; nothing dated later is known.
        labels: Moves already made; None where none are known.
        undated: Whether labels without a date count: in a cross-section, never in a back-test.

    Raises:
        ModelError: A label is dated after the origin, or undated where that is not asked for.
    """

    def __init__(
        self, universe: Universe, year: int, labels: Labels | None = None, *, undated: bool = False
    ) -> None:
        self.year = year
        self.cities = universe.cities
        there = pl.col("founded_year").is_null() | (pl.col("founded_year") <= year)
        self.present = universe.firms["founded_year"].fill_null(0).to_numpy() <= year
        self.firms = universe.firms.filter(there)
        self._segments = universe.segments
        self._further = dict(universe.further)
        if labels is not None:
            self._refuse_later(labels, undated)
        self.labels = labels
        self._kept: dict[str, Any] = {}

    @property
    def n_firms(self) -> int:
        """Firms that exist at the origin."""
        return self.firms.height

    @property
    def n_cities(self) -> int:
        """All prefecture-level places."""
        return self.cities.height

    def further(self, name: str) -> Floats:
        """Return a column from elsewhere.

        Raises:
            ModelError: It is not there, or was not yet known at the origin.
        """
        column = self._further.get(name)
        if column is None:
            raise ModelError(f"没有名为 {name} 的事实。", todo="核对特征所读的列。")
        if column.year > self.year:
            raise ModelError(
                f"{name} 是 {column.year} 年的事实，时点 {self.year} 年还不知道。",
                todo="特征只能读时点之前的事实。",
            )
        return column.values[self.present]

    @cached_property
    def city_number(self) -> dict[str, int]:
        """City code → column."""
        return {code: i for i, code in enumerate(self.cities["city_code"])}

    @cached_property
    def home(self) -> Ints:
        """Column of each firm's city; −1 where it is not known."""
        return self._numbers(self.firms["home"], self.city_number)

    @cached_property
    def province(self) -> Ints:
        """Province number of each city, in the order of `province_codes`."""
        number = {code: i for i, code in enumerate(self.province_codes)}
        return self._numbers(self.cities["province_code"], number)

    @cached_property
    def province_codes(self) -> tuple[str, ...]:
        """Province codes, ascending."""
        return tuple(sorted(set(self.cities["province_code"])))

    @cached_property
    def homes(self) -> Any:
        """City × firm, 1 where the firm is at home; scipy sparse."""
        from scipy.sparse import csr_array

        at = np.flatnonzero(self.home >= 0)
        shape = (self.n_cities, self.n_firms)
        return csr_array((np.ones(len(at)), (self.home[at], at)), shape=shape)

    @cached_property
    def city_size(self) -> Floats:
        """Firms at home in each city."""
        return np.asarray(self.homes.sum(axis=1), np.float64).ravel()

    @cached_property
    def distance_km(self) -> Floats:
        """City × city, great circle (haversine) between centres."""
        lon = np.radians(self.cities["lon"].to_numpy())
        lat = np.radians(self.cities["lat"].to_numpy())
        inner = (
            np.sin((lat[:, None] - lat[None, :]) / 2) ** 2
            + np.cos(lat)[:, None]
            * np.cos(lat)[None, :]
            * np.sin((lon[:, None] - lon[None, :]) / 2) ** 2
        )
        return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(inner, 0.0, 1.0))))

    @cached_property
    def makes(self) -> Any:
        """Firm × segment, 1 where placement finds the firm there; scipy sparse."""
        from scipy.sparse import csr_array

        firm = {name: i for i, name in enumerate(self.firms["firm_id"])}
        node = {name: i for i, name in enumerate(self.segment_ids)}
        rows = [
            (firm[f], node[s]) for f, s in self._segments.iter_rows() if f in firm and s in node
        ]
        at = np.array(rows, np.int64).reshape(-1, 2)
        shape = (self.n_firms, len(node))
        return csr_array((np.ones(len(at)), (at[:, 0], at[:, 1])), shape=shape)

    @cached_property
    def segment_ids(self) -> tuple[str, ...]:
        """Segments in the order of the columns of `makes`."""
        return tuple(sorted(load_library().segments))

    @cached_property
    def sites(self) -> Any:
        """Firm × city, 1 where a label says the firm is there already; scipy sparse."""
        return self._sites_of(self.labels)

    @cached_property
    def stated(self) -> Any:
        """As `sites`, without landings of a ledger; the same where the labels hold nothing else."""
        if self.labels is None:
            return self.sites
        stated = self.labels.filter(pl.col("kind") != LabelKind.LANDING.value)
        return self.sites if stated.is_empty() else self._sites_of(stated)

    @cached_property
    def flows(self) -> Flows:
        """Moves between provinces in the labels but a ledger's landings; all 0 without any."""
        n = len(self.province_codes)
        moves = np.zeros((n, n))
        firm, city = self.stated.nonzero()
        known = self.home[firm] >= 0
        firm, city = firm[known], city[known]
        np.add.at(moves, (self.province[self.home[firm]], self.province[city]), 1.0)
        return Flows(self.province_codes, moves)

    def kept(self, name: str) -> Any:
        """Return what was worked out before under a name; None where nothing was."""
        return self._kept.get(name)

    def keep(self, name: str, value: Any) -> Any:
        """Remember a value under a name and return it."""
        self._kept[name] = value
        return value

    def _sites_of(self, labels: pl.DataFrame | None) -> Any:
        from scipy.sparse import csr_array

        shape = (self.n_firms, self.n_cities)
        if labels is None:
            return csr_array(shape)
        firm = {name: i for i, name in enumerate(self.firms["firm_id"])}
        pairs = [
            (firm[f], self.city_number[c])
            for f, c in labels.select("firm_id", "city_code").iter_rows()
            if f in firm and c in self.city_number
        ]
        at = np.array(pairs, np.int64).reshape(-1, 2)
        return csr_array((np.ones(len(at)), (at[:, 0], at[:, 1])), shape=shape)

    def _refuse_later(self, labels: Labels, undated: bool) -> None:
        later = labels.filter(pl.col("date").dt.year() > self.year)
        if later.height:
            raise ModelError(
                f"{later.height} 条标签晚于时点 {self.year} 年，"
                f"如 {later['firm'][0]}（{later['date'][0]}）。",
                todo="特征只能读时点之前的标签。",
            )
        if not undated and labels["date"].null_count():
            raise ModelError(
                f"{labels['date'].null_count()} 条标签没有日期，按时点回测时不能读。",
                todo="先去掉没有日期的标签。",
            )

    @staticmethod
    def _numbers(column: pl.Series, numbers: dict[str, int]) -> Ints:
        found = column.replace_strict(numbers, default=-1, return_dtype=pl.Int64).fill_null(-1)
        return np.asarray(found.to_numpy(), np.int64)
