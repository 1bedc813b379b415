"""Rank intervals of targets: how far a rank moves within what is left open."""

from __future__ import annotations

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

FIRST = 50
"""The first of an order, whose spread tells how far down it is drawn."""
REACH = 2.5
"""Spreads below the last of a list down to which an order is drawn. Those further down come before
one of the list so seldom that upper ends are a hundredth too low as a rule (docs/decisions/0029).
"""
MOST_FURTHER = 5000
"""Companies drawn at most below the last of a list."""
ENDS = (0.05, 0.95)

_STEPS = 2**16
"""Steps of utility to 1: draws closer than a step keep the order of the list. Whole numbers are
compared the same everywhere and sorted several times as fast."""
_FURTHEST = 2**21 - 1
"""Steps from the best of the list (a utility of 32) beyond which all are equally far."""

_FEW = 64
"""Ranks that are looked up one by one; more are counted for all rows at once."""

_EXACT = 2**53
"""Whole numbers up to here are exact as floats."""

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
    weights, utility = family_weights(options), ordered["utility"].to_numpy()
    first = Doubts(ordered.head(FIRST), scorer, options.draws)
    departs = first.spread(np.arange(min(FIRST, ordered.height)), weights)
    rows = ordered.head(reach(utility, last, departs))
    doubts, at = Doubts(rows, scorer, options.draws), np.arange(rows.height)
    moved = doubts.weighed(at, doubts.own(at), weights)
    drawn = drawn_steps(rows["utility"].to_numpy(), moved)
    segment = rows["segment_id"].rank("dense").to_numpy().astype(np.int64) - 1
    low, high = Orders(drawn, segment).all_ends(options.per_segment)
    spread = rows.select("company_id").with_columns(
        rank_low=pl.Series(low), rank_high=pl.Series(high)
    )
    return chosen.join(spread, on="company_id", how="left", maintain_order="left").with_columns(
        rank_low=pl.min_horizontal("rank", "rank_low"),
        rank_high=pl.max_horizontal("rank", "rank_high"),
    )


def reach(utility: Floats, last: int, spread: float) -> int:
    """Return how many of an order are drawn for a list that is cut from it.

    As for one that goes down to `FIRST` times a power of two, so that most lists share their draws.

    Args:
        utility: Of the order, best first.
        last: Place of the last of the list, from 0.
        spread: By how much utilities of the first `FIRST` depart.
    """
    down_to = min(FIRST << (last // FIRST).bit_length(), len(utility))
    cut = utility[down_to - 1] - REACH * spread
    within = len(utility) - int(utility[::-1].searchsorted(cut))
    return min(within, down_to + MOST_FURTHER)


def drawn_steps(utility: Floats, moved: Deviations) -> Steps:
    """Return rows × draws of steps behind the best row as scored; below 0 is before it.

    Args:
        utility: Of the rows.
        moved: By how much a draw moves each utility; written over.
    """
    behind = ((utility.max() - utility) * _STEPS).astype(np.float32)[:, None]
    moved *= np.float32(-_STEPS)
    moved += behind
    np.rint(moved, out=moved)
    np.clip(moved, -_FURTHEST, _FURTHEST, out=moved)
    return moved.astype(np.int32)


class Orders:
    """Rows in the order of each draw: what ranks under any limit are counted from.

    Equals keep the rows' order.

    Args:
        drawn: Rows × draws, from `drawn_steps`.
        segment: Of the rows, numbered from 0.

    Attributes:
        size: Rows times draws.
        largest: Rows of the largest segment; a limit from there on leaves all.
    """

    def __init__(self, drawn: Steps, segment: Ints) -> None:
        self._drawn, self._segment, self._sizes = drawn, segment, np.bincount(segment)
        self._pairs = _Pairs.of(len(drawn))
        # More than any two of a draw's pairs lie apart.
        self._apart = 1 << (self._pairs.bits + _FURTHEST.bit_length() + 2)
        self.size = drawn.size
        self.largest = int(self._sizes.max())

    @cached_property
    def _row(self) -> NDArray[Any]:
        """Draws × places: which row stands there."""
        return self._pairs.second_by_first(self._drawn.T, self._pairs.numbers)

    @cached_property
    def place(self) -> NDArray[Any]:
        """Draws × rows: where each row stands, from 0."""
        return self._pairs.second_by_first(self._row, self._pairs.numbers)

    @cached_property
    def nth(self) -> NDArray[Any]:
        """Draws × places: how many of its segment stand before what stands there."""
        pairs, kind = self._pairs, self._pairs.numbers.dtype
        of_place = self._segment.astype(kind).take(self._row)
        grouped = pairs.second_by_first(of_place, pairs.numbers)
        return pairs.second_by_first(grouped, counted(self._sizes).astype(kind))

    def ranks(self, at: Ints, per_segment: int) -> NDArray[Any]:
        """Return `at` × draws of ranks, from 1: one more than stand before it under the limit."""
        if not per_segment or per_segment >= self.largest:
            return self.place[:, at].T + 1
        if len(at) <= _FEW and len(self._sizes) * self._apart < _EXACT:
            return self._ranks_among(self._let_in(per_segment), at)
        place = self.place[:, at]
        left_out = self.nth >= per_segment
        out = np.cumsum(left_out, axis=1, dtype=place.dtype)
        there = place + np.arange(0, out.size, out.shape[1])[:, None]
        return np.asarray(place + 1 - out.take(there) + left_out.take(there)).T

    def ends(self, at: Ints, per_segment: int) -> tuple[Ints, Ints]:
        """Return the ends of the 90% interval of each rank in `at`."""
        by_row = np.ascontiguousarray(self.ranks(at, per_segment))
        by_row.sort(axis=1)
        ends = np.rint(by_row @ quantile_weights(by_row.shape[1])).astype(np.int64)
        return ends[:, 0], ends[:, 1]

    def all_ends(self, per_segment: int) -> tuple[Ints, Ints]:
        """Return the ends of all rows."""
        return self.ends(np.arange(len(self._segment)), per_segment)

    def _let_in(self, per_segment: int) -> Ints:
        """Return draws × rows let in under a limit, as pairs of step and row, in order.

        Sorted by segment first, they stand in the same places in every draw. Segments within the
        limit are let in as they are.
        """
        crowded = self._sizes > per_segment
        in_crowd = crowded[self._segment]
        rows, others = np.flatnonzero(in_crowd), np.flatnonzero(~in_crowd)
        pair = self._drawn.take(rows, axis=0).T.astype(np.float64, order="C")
        pair *= 1 << self._pairs.bits  # exact, and sorted faster than integers of this size
        pair += self._segment[rows] * float(self._apart) + rows
        pair.sort(axis=1)
        first = np.flatnonzero(counted(self._sizes[crowded]) < per_segment)
        kept = pair.take(first, axis=1)
        kept -= np.flatnonzero(crowded).repeat(per_segment) * float(self._apart)
        let_in = np.empty((len(pair), len(first) + len(others)), self._pairs.numbers.dtype)
        let_in[:, : len(first)] = kept
        let_in[:, len(first) :] = self._paired(others)
        let_in.sort(axis=1)
        return let_in

    def _paired(self, rows: Ints) -> NDArray[Any]:
        """Return draws × `rows` of pairs of step and row."""
        bits, numbers = self._pairs
        steps = self._drawn.take(rows, axis=0).T.astype(numbers.dtype)
        return np.asarray((steps << bits) + numbers[rows])

    def _ranks_among(self, let_in: Ints, at: Ints) -> NDArray[Any]:
        """Return `at` × draws of ranks, counted among those a limit lets in."""
        draw = np.arange(len(let_in))[:, None]
        apart = draw * self._apart
        before = (let_in + apart).ravel().searchsorted((self._paired(at) + apart).ravel())
        return np.asarray(before.reshape(len(let_in), -1) - (draw * let_in.shape[1] - 1)).T


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
    by_group = group.astype(np.uint16).argsort(kind="stable")  # 16 bits are sorted by counting
    members = group[by_group]
    nth[by_group] = np.arange(len(group)) - members.searchsorted(members)
    return nth
