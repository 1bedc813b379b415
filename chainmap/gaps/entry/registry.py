"""Features as functions: the name is the column, the parameters are what it reads."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from chainmap.errors import ModelError
from chainmap.gaps.entry.panel import Ints, Known, Matrix

FAMILIES = {
    "own": "本地基础",
    "size": "城市规模",
    "node": "环节走势",
    "relatedness": "关联产业",
    "chain": "上下游",
    "space": "周边城市",
}
"""Families of features, with the Chinese word a reader sees."""
PERCENTILE = "_percentile"


@dataclass(frozen=True)
class Feature:
    """One column of the entry model.

    Attributes:
        family: Key of `FAMILIES`.
        reads: Facts and quantities it reads, by name.
        monotone: 1 where more must never lower the chance.
        ranked: Whether `<name>_percentile`, its rank within the city, is a column too.
    """

    name: str
    family: str
    explanation: str
    reads: tuple[str, ...]
    work: Callable[..., Any]
    monotone: int = 0
    ranked: bool = False


_features: dict[str, Feature] = {}
_quantities: dict[str, Callable[..., Any]] = {}


def quantity(function: Callable[..., Any]) -> Callable[..., Any]:
    """Register what several features read; its parameters name what it reads itself."""
    _quantities[function.__name__] = function
    return function


def feature(
    family: str, *, monotone: int = 0, ranked: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a feature: its docstring's first line explains it to the reader."""

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        _features[function.__name__] = Feature(
            name=function.__name__,
            family=family,
            explanation=(inspect.getdoc(function) or "").split("\n")[0].rstrip("."),
            reads=tuple(inspect.signature(function).parameters),
            work=function,
            monotone=monotone,
            ranked=ranked,
        )
        return function

    return register


def features() -> dict[str, Feature]:
    """Return every registered column by name, percentiles right after what they rank."""
    columns: dict[str, Feature] = {}
    for one in _features.values():
        columns[one.name] = one
        if one.ranked:
            name = one.name + PERCENTILE
            columns[name] = Feature(
                name, one.family, f"{one.explanation}（在本市各环节中的位次）", one.reads, one.work,
                one.monotone,
            )  # fmt: skip
    return columns


def feature_names(families: Sequence[str] | None = None) -> list[str]:
    """Return the columns of some families, in registered order; of all where none are named."""
    return [n for n, f in features().items() if families is None or f.family in families]


def read(known: Known, name: str) -> Any:
    """Return a fact or quantity as of the origin, worked out once.

    Raises:
        ModelError: It is not known at the origin.
    """
    kept = known.kept(name)
    if kept is not None:
        return kept
    if name not in _quantities:
        return known.keep(name, known.fact(name))
    reads = inspect.signature(_quantities[name]).parameters
    return known.keep(name, _quantities[name](*(read(known, one) for one in reads)))


def column(known: Known, name: str) -> Matrix:
    """Return one feature by place and node.

    Raises:
        ModelError: No such feature, or it reads what is not known at the origin.
    """
    one = features().get(name)
    if one is None:
        raise ModelError(f"没有名为 {name} 的特征。", todo="核对特征清单。")
    base = name.removesuffix(PERCENTILE)
    kept = known.kept(f"feature {base}")
    if kept is None:
        values = one.work(*(read(known, fact) for fact in one.reads))
        full = np.broadcast_to(np.asarray(values, dtype=np.float64), known.shape)
        kept = known.keep(f"feature {base}", full.astype(np.float32))
    return within_city(kept) if name != base else kept


def feature_matrix(known: Known, names: Sequence[str], rows: Ints) -> Matrix:
    """Return the features of some cells, one column a name.

    Args:
        known: The panel as of the origin.
        names: Columns, in this order.
        rows: Cells as place · nodes + node.
    """
    return side_by_side([column(known, name).ravel()[rows] for name in names])


def side_by_side(columns: Sequence[NDArray[Any]]) -> Matrix:
    """Return columns of float32 as one matrix, rows in sequence.

    Turned over in one go, which takes a fifth of the time of writing them one by one.
    """
    return cast("Matrix", np.ascontiguousarray(np.array(columns, np.float32).T))


def within_city(values: Matrix) -> Matrix:
    """Return each value's percentile rank among its row's, 0..1; ties share their mean rank.

    Equal to `scipy.stats.rankdata`, whose import alone takes longer than all of this.
    """
    ranks = np.empty(values.shape, dtype=np.float64)
    for row, out in zip(values, ranks, strict=True):
        _, group, size = np.unique(row, return_inverse=True, return_counts=True)
        last = np.cumsum(size)
        out[:] = (last - (size - 1) / 2.0)[group]
    return cast("Matrix", ((ranks - 0.5) / values.shape[1]).astype(np.float32))
