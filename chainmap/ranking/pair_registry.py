"""Features of a firm and a city as functions: name, unit, range and direction on record."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from chainmap.errors import ModelError
from chainmap.ranking.known import Floats, Ints, Known

FAMILIES = {
    "fit": "产业契合",
    "relations": "链上关系",
    "place": "区位与往来",
    "size": "企业规模",
    "standing": "企业地位",
    "city": "城市规模",
}
"""Families of features, with the Chinese word a reader sees."""


LEARNED = ("province_flow", "city_draw", "sector_moves")
"""Features that themselves are learned from labels: never remembered from one fit to another."""


@dataclass(frozen=True)
class Block:
    """A rectangle of pairs.

    Attributes:
        known: What is known at the origin.
        rows: Firms, as rows of `known.firms`.
        places: Cities, as columns.
    """

    known: Known
    rows: Ints
    places: Ints

    @property
    def shape(self) -> tuple[int, int]:
        """Firms × cities."""
        return len(self.rows), len(self.places)

    @property
    def home(self) -> Ints:
        """City column of each firm of the block; 0 where it is not known, see `homeless`."""
        return np.maximum(self.known.home[self.rows], 0)

    @property
    def at_home(self) -> Any:
        """Firms × cities, whether the firm is at home there."""
        return self.known.home[self.rows][:, None] == self.places[None, :]

    @property
    def homeless(self) -> Any:
        """Firms whose city is not known, as a column of flags."""
        return (self.known.home[self.rows] < 0)[:, None]


Work = Callable[[Block], Floats]


@dataclass(frozen=True)
class PairFeature:
    """One column of the ranking models.

    Attributes:
        family: Key of `FAMILIES`.
        unit: What it is counted in, in Chinese.
        low: Smallest value it can take.
        high: Largest value it can take.
        monotone: 1 where more must never rank lower, −1 where more must never rank higher.
        reads_text: Whether it rests on what firms say of their business, undated.
    """

    name: str
    family: str
    unit: str
    low: float
    high: float
    explanation: str
    work: Work
    monotone: int
    reads_text: bool


_features: dict[str, PairFeature] = {}


def pair_feature(
    family: str,
    unit: str,
    span: tuple[float, float],
    *,
    monotone: int = 0,
    reads_text: bool = False,
) -> Callable[[Work], Work]:
    """Register a feature: its docstring's first line explains it to the reader."""

    def register(function: Work) -> Work:
        lines = (inspect.getdoc(function) or "").split("\n")
        _features[function.__name__] = PairFeature(
            name=function.__name__, family=family, unit=unit, low=span[0], high=span[1],
            explanation=lines[0].rstrip("."), work=function, monotone=monotone,
            reads_text=reads_text,
        )  # fmt: skip
        return function

    return register


def pair_features() -> dict[str, PairFeature]:
    """Return every registered feature by name; modules register theirs when they are imported."""
    return dict(_features)


def pair_column(block: Block, name: str) -> Floats:
    """Return one feature of a block, firms × cities.

    Raises:
        ModelError: No such feature, or a value outside its declared range.
    """
    one = pair_features().get(name)
    if one is None:
        raise ModelError(f"没有名为 {name} 的特征。", todo="核对特征清单。")
    kept = block.known.kept(f"whole {name}")
    if kept is not None:
        return np.asarray(kept[np.ix_(block.rows, block.places)], np.float64)
    values = np.broadcast_to(np.asarray(one.work(block), np.float64), block.shape)
    if values.size and not (values.min() >= one.low - 1e-9 and values.max() <= one.high + 1e-9):
        raise ModelError(
            f"特征 {name} 的值 {values.min():.4g}–{values.max():.4g} 超出声明的范围 "
            f"{one.low:g}–{one.high:g}。"
        )
    return values


def remember_columns(known: Known, names: Sequence[str]) -> None:
    """Work out features of all firms and cities once; for tests that fit many models."""
    whole = Block(known, np.arange(known.n_firms), np.arange(known.n_cities))
    for name in names:
        if name not in LEARNED:
            known.keep(f"whole {name}", pair_column(whole, name).astype(np.float32))
