"""Rank intervals of targets: how far a rank moves within what is left open."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import betainc

from chainmap.ranking.doubts import Deviations, Doubts
from chainmap.ranking.known import Floats, Ints
from chainmap.ranking.scorer import Scorer
from chainmap.ranking.scoring import family_weights
from chainmap.ranking.target_options import TargetOptions

LEAST_ROWS = 400
"""Companies that are drawn at least, best first; those further down hardly ever reach a list."""
REACH = 3
"""A list of n is drawn against the first n × 3 companies of the order it was cut from."""
ENDS = (0.05, 0.95)

_STEPS = 2**16
"""Steps of utility to 1: draws closer than a step keep the order of the list. Whole numbers are
compared the same everywhere and sorted several times as fast."""
_FURTHEST = 2**21 - 1
"""Steps from the best of the list (a utility of 32) beyond which all are equally far."""

Steps = NDArray[np.int32]


def with_rank_interval(
    chosen: pl.DataFrame, ordered: pl.DataFrame, scorer: Scorer, options: TargetOptions
) -> pl.DataFrame:
    """Return a list with `rank_low, rank_high`: the 90% interval of each company's rank.

    Every draw (`ranking.doubts`) makes the list anew, limit per segment included, each company for
    the segment it is listed for. A company that a draw finds over the limit has the rank it would
    have if it were let in. The interval always holds the rank itself.

    Args:
        chosen: The list, with `rank`.
        ordered: One row a company as scored, best first; holds `chosen`.
        scorer: What it was scored with.
        options: Limit per segment, weights, number of draws; 0 draws give the rank itself.
    """
    rank = chosen["rank"]
    if chosen.is_empty() or not options.draws:
        return chosen.with_columns(rank_low=rank, rank_high=rank)
    last = ordered.with_row_index("at").join(
        chosen.select("company_id"), on="company_id", how="semi"
    )["at"].max()  # fmt: skip
    assert isinstance(last, int)
    rows = ordered.head(max(LEAST_ROWS, REACH * (last + 1)))
    doubts = Doubts(rows, scorer, options.draws)
    weights = family_weights(options)[doubts.families]
    drawn = drawn_steps(rows["utility"].to_numpy(), doubts.of(np.arange(rows.height)), weights)
    segment = rows["segment_id"].rank("dense").to_numpy().astype(np.int64) - 1
    low, high = Orders(drawn, segment).ends(slice(None), options.per_segment)
    spread = rows.select("company_id").with_columns(
        rank_low=pl.Series(low), rank_high=pl.Series(high)
    )
    return chosen.join(spread, on="company_id", how="left", maintain_order="left").with_columns(
        rank_low=pl.min_horizontal("rank", "rank_low"),
        rank_high=pl.max_horizontal("rank", "rank_high"),
    )


def drawn_steps(utility: Floats, deviations: Iterable[Deviations], weights: Floats) -> Steps:
    """Return rows × draws of steps behind the best row as scored; below 0 is before it.

    Args:
        utility: Of the rows.
        deviations: Rows × draws for each family; they are written over.
        weights: Of the families.
    """
    behind = ((utility.max() - utility) * _STEPS).astype(np.float32)[:, None]
    drawn: Deviations | None = None
    for deviation, scale in zip(deviations, (weights * -_STEPS).astype(np.float32), strict=True):
        deviation *= scale
        deviation += behind if drawn is None else drawn
        drawn = deviation
    assert drawn is not None
    np.rint(drawn, out=drawn)
    np.clip(drawn, -_FURTHEST, _FURTHEST, out=drawn)
    return drawn.astype(np.int32)


class Orders:
    """Rows in the order of each draw: what ranks under any limit are counted from.

    Equals keep the rows' order.

    Args:
        drawn: Rows × draws, from `drawn_steps`.
        segment: Of the rows, numbered from 0.

    Attributes:
        place: Draws × rows: where each row stands, from 0.
        largest: Rows of the largest segment; a limit from there on leaves all.
    """

    def __init__(self, drawn: Steps, segment: Ints) -> None:
        self._pairs = _Pairs.of(len(drawn))
        self._row = self._pairs.second_by_first(drawn.T, self._pairs.numbers)
        self._segment, self._sizes = segment, np.bincount(segment)
        self.place = self._pairs.second_by_first(self._row, self._pairs.numbers)
        self.largest = int(self._sizes.max())

    @cached_property
    def nth(self) -> NDArray[Any]:
        """Draws × places: how many of its segment stand before what stands there."""
        pairs, kind = self._pairs, self._pairs.numbers.dtype
        of_place = self._segment.astype(kind).take(self._row)
        grouped = pairs.second_by_first(of_place, pairs.numbers)
        return pairs.second_by_first(grouped, counted(self._sizes).astype(kind))

    def ranks(self, at: Ints | slice, per_segment: int) -> NDArray[Any]:
        """Return draws × `at` of ranks, from 1: one more than stand before it under the limit."""
        place = self.place[:, at]
        if not per_segment or per_segment >= self.largest:
            return place + 1
        left_out = self.nth >= per_segment
        out = np.cumsum(left_out, axis=1, dtype=place.dtype)
        there = place + np.arange(0, out.size, out.shape[1])[:, None]
        return np.asarray(place + 1 - out.take(there) + left_out.take(there))

    def ends(self, at: Ints | slice, per_segment: int) -> tuple[Ints, Ints]:
        """Return the ends of the 90% interval of each rank in `at`."""
        by_row = np.ascontiguousarray(self.ranks(at, per_segment).T)
        by_row.sort(axis=1)
        ends = np.rint(by_row @ quantile_weights(by_row.shape[1])).astype(np.int64)
        return ends[:, 0], ends[:, 1]


class _Pairs(NamedTuple):
    """Pairs of whole numbers held in one, which are sorted by the first, equals by the second.

    Sorting such numbers takes a fraction of sorting places by numbers.

    Attributes:
        bits: Of the second.
        numbers: 0 to the number of rows − 1; 32 bits as long as both fit.
    """

    bits: int
    numbers: NDArray[Any]

    @classmethod
    def of(cls, n_rows: int) -> _Pairs:
        bits = max((n_rows - 1).bit_length(), 1)
        fits = bits + _FURTHEST.bit_length() + 1 <= 32
        return cls(bits, np.arange(n_rows, dtype=np.int32 if fits else np.int64))

    def second_by_first(self, first: NDArray[Any], second: NDArray[Any]) -> NDArray[Any]:
        """Return draws × rows of `second`, sorted by `first` within each draw."""
        pair = np.empty(first.shape, self.numbers.dtype)
        np.left_shift(first, self.bits, out=pair, dtype=pair.dtype)
        pair |= second
        pair.sort(axis=1)
        pair &= (1 << self.bits) - 1
        return pair


@lru_cache(maxsize=8)
def quantile_weights(n: int) -> Floats:
    """Return n × 2: what the n sorted ranks are weighed with for each end of the interval.

    Source:
        Harrell and Davis (1982), Biometrika 69: an average of the order statistics, steadier than
        the one next to the quantile.
    """
    upto = np.arange(n + 1) / n
    each = [np.diff(betainc(p * (n + 1), (1 - p) * (n + 1), upto)) for p in ENDS]
    return np.column_stack(each)


def counted(sizes: Ints) -> Ints:
    """Return 0, 1, 2… for the members of each group, one group after the other."""
    return np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)


def nth_of_group(group: Ints) -> Ints:
    """Return how many of the same number stand before each."""
    nth = np.empty(len(group), np.int64)
    # Numbers of 16 bits are sorted by counting.
    nth[np.argsort(group.astype(np.uint16), kind="stable")] = counted(np.bincount(group))
    return nth
