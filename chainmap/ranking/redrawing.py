"""Rank intervals of many lists of the same candidates: as `ranking.intervals`, draw by draw."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from chainmap.ranking.families import FAMILIES, Family
from chainmap.ranking.intervals import SEED, covariance_root
from chainmap.ranking.known import Floats, Ints
from chainmap.ranking.scorer import Scorer
from chainmap.ranking.scoring import standardised
from chainmap.ranking.target_options import TargetOptions

_BLOCK = 32
"""Draws that are multiplied at a time: a product this small runs in the thread that asks for it;
larger ones wake other threads, which cost more than they help."""

_LATELY = 4
"""Weights and lengths whose draws are kept, less than a megabyte each as a rule; as many again of
the usual weights, which other people's weights do not push out."""
_LIMITS = 100
"""Limits per segment whose intervals are kept with them."""
_QUICKLY = 100_000
"""Draws times rows that are counted anew within half a millisecond."""
_ENDS = np.array([0.05, 0.95])
_BUT_SIGN = 0x7FFF_FFFF_FFFF_FFFF
_Name = tuple[float, ...]


class Chosen(NamedTuple):
    """What is drawn.

    Attributes:
        rows: Rows the list is drawn from, best first.
        at: Places in `rows` of those on the list.
        utility: Of `rows`.
    """

    rows: Ints
    at: Ints
    utility: Floats


class Orders(NamedTuple):
    """Rows in the order of each draw: what ranks under any limit are counted from.

    Attributes:
        spot: Draws × rows: where each row stands, from 0 in the first draw on through all draws.
        nth: Draws × places: how many of its segment stand before what stands there.
        largest: Rows of the largest segment; a limit from there on leaves all.
    """

    spot: Ints
    nth: NDArray[np.uint16]
    largest: int

    @classmethod
    def of(cls, utility: Floats, segment: Ints) -> Orders:
        """Return the orders of draws × rows of utility, best first; ties keep the rows' order.

        Args:
            utility: Draws × rows; at most 65,535 rows of one segment.
            segment: Of the rows, numbered from 0 without a gap.
        """
        begins = np.arange(0, utility.size, utility.shape[1])[:, None]
        order = best_first(utility)
        there = order + begins
        spot = np.empty(utility.shape, np.intp)
        spot.reshape(-1)[there] = np.arange(utility.size).reshape(utility.shape)
        sizes = np.bincount(segment)
        # 16 bits are sorted by counting.
        grouped = np.argsort(segment.astype(np.uint16).take(order), axis=1, kind="stable")
        nth = np.empty(utility.shape, np.uint16)
        nth.reshape(-1)[grouped + begins] = counted(sizes).astype(np.uint16)
        return cls(spot, nth, int(sizes.max()))

    def ranks(self, at: Ints | slice, per_segment: int) -> Ints:
        """Return draws × `at` of ranks, as `intervals.drawn_ranks` has them for all columns."""
        spot = self.spot[:, at]
        place = spot - np.arange(0, self.nth.size, self.nth.shape[1])[:, None] + 1
        if not per_segment or per_segment >= self.largest:
            return place
        kept = self.nth < per_segment
        upto = np.cumsum(kept, axis=1, dtype=np.int32)
        before = upto.take(spot)
        return np.where(kept.take(spot), before, upto[:, -1:] + place - before)

    def ends(self, at: Ints | slice, per_segment: int) -> tuple[Ints, Ints]:
        """Return the ends of the 90% interval of each rank in `at`: the nearest draw's, in order.

        The same as `np.quantile` with `method="nearest"`, whose rounding this is.
        """
        by_row = np.ascontiguousarray(self.ranks(at, per_segment).T, np.int32)
        by_row.sort(axis=1)
        low, high = np.around((by_row.shape[1] - 1) * _ENDS).astype(np.intp).tolist()
        return by_row[:, low].astype(np.int64), by_row[:, high].astype(np.int64)


class _Drawn(NamedTuple):
    """Draws under some weights, and the ends of all ranks by limit."""

    orders: Orders
    ends: dict[int, tuple[Ints, Ints]]

    def all_ends(self, per_segment: int) -> tuple[Ints, Ints]:
        """Return the ends of all rows' intervals, worked out once for a limit."""
        limit = self._limit(per_segment)
        ends = self.ends.get(limit)
        if ends is None:
            ends = self.orders.ends(slice(None), limit)
            if len(self.ends) >= _LIMITS:
                self.ends.clear()
            self.ends[limit] = ends
        return ends

    def at_once(self, per_segment: int) -> bool:
        """Return whether `all_ends` has them or works them out quickly."""
        return self.orders.spot.size <= _QUICKLY or self._limit(per_segment) in self.ends

    def _limit(self, per_segment: int) -> int:
        return per_segment if per_segment < self.orders.largest else 0  # it leaves all


class Redrawing:
    """Draws ranks under any weights.

    Args:
        rows: All that may be drawn, with `makes`.
        segment: Number of each row's segment, in the order of the segments' ids.
        scorer: What they are scored with.
        draws: How many.
    """

    def __init__(self, rows: pl.DataFrame, segment: Ints, scorer: Scorer, draws: int) -> None:
        self._draws, self._segment = draws, segment
        self._family = [family.value for family in scorer.families()]
        self._standard = standardised(rows, scorer)
        self._spread = rows["gap_spread"].to_numpy()
        p = self._p = rows["makes"].to_numpy()
        neighbours = rows["n_makers"].to_numpy() + scorer.rates.neighbour_firms
        n = np.where((rows["basis"] == "direct").to_numpy(), scorer.rates.asked, neighbours)
        self._a, self._b = p * n + 0.5, (1 - p) * n + 0.5
        random = np.random.default_rng(SEED)
        self._shift: Floats | None = None
        if scorer.covariance is not None:
            normal = random.standard_normal((draws, len(self._family)))
            self._shift = normal @ covariance_root(scorer)
        self._state = random.bit_generator.state
        self._lately: OrderedDict[_Name, _Drawn] = OrderedDict()
        self._usual: OrderedDict[_Name, _Drawn] = OrderedDict()
        self._lock = Lock()

    def interval(self, chosen: Chosen, options: TargetOptions) -> tuple[Ints, Ints]:
        """Return the ends of the 90% interval of each rank of a list."""
        drawn = self._known(len(chosen.rows), options)
        if drawn is None:
            segment = np.unique(self._segment[chosen.rows], return_inverse=True)[1]
            orders = Orders.of(self._drawn(chosen, options, segment), segment)
            self._keep(len(chosen.rows), options, _Drawn(orders, {}))
            return orders.ends(chosen.at, options.per_segment)
        # Asked for again: the ends of all of them, for the lengths that come.
        low, high = drawn.all_ends(options.per_segment)
        return low[chosen.at], high[chosen.at]

    def remembered(self, n_rows: int, at: Ints, options: TargetOptions) -> tuple[Ints, Ints] | None:
        """Return what `interval` does, at once; None where that would take long.

        Args:
            n_rows: How many rows the list is drawn from.
            at: Places of those on the list.
            options: Weights and limit per segment.
        """
        drawn = self._known(n_rows, options)
        if drawn is None or not drawn.at_once(options.per_segment):
            return None
        low, high = drawn.all_ends(options.per_segment)
        return low[at], high[at]

    def _known(self, n_rows: int, options: TargetOptions) -> _Drawn | None:
        with self._lock:
            kept, name = self._place_of(n_rows, options)
            found = kept.get(name)
            if found is not None:
                kept.move_to_end(name)
            return found

    def _keep(self, n_rows: int, options: TargetOptions, drawn: _Drawn) -> None:
        with self._lock:
            kept, name = self._place_of(n_rows, options)
            kept[name] = drawn
            while len(kept) > _LATELY:
                kept.popitem(last=False)

    def _place_of(
        self, n_rows: int, options: TargetOptions
    ) -> tuple[OrderedDict[_Name, _Drawn], _Name]:
        # The order hangs on the weights alone: another length or limit takes the same draws.
        name = (*(options.weights[name] for name in FAMILIES), float(n_rows))
        return (self._lately if options.custom else self._usual), name

    def _drawn(self, chosen: Chosen, options: TargetOptions, segment: Ints) -> Floats:
        """Return draws × rows of the utility; each sum in the order of `ranking.intervals`."""
        rows, weights = chosen.rows, options.weights
        random = np.random.Generator(np.random.PCG64())
        random.bit_generator.state = self._state
        utility = np.repeat(chosen.utility[None, :], self._draws, axis=0)
        if self._shift is not None:
            weighed = self._standard[rows] * np.array([weights[name] for name in self._family])
            for begun in range(0, self._draws, _BLOCK):
                block = slice(begun, begun + _BLOCK)
                utility[block] += self._shift[block] @ weighed.T
        normal = random.standard_normal((self._draws, int(segment.max()) + 1))[:, segment]
        normal *= self._spread[rows]
        normal *= weights[Family.NEED.value]
        utility += normal
        drawn = random.beta(self._a[rows], self._b[rows], (self._draws, len(rows)))
        np.maximum(drawn, 1e-6, out=drawn)
        drawn /= np.maximum(self._p[rows], 1e-6)
        np.log(drawn, out=drawn)
        drawn *= weights[Family.SEGMENT_FIT.value]
        utility += drawn
        return utility


def best_first(utility: Floats) -> Ints:
    """Return the columns of each row, highest utility first; equals keep the columns' order.

    What is sorted are whole numbers that hold the utility and, in place of its last bits, the
    column: this takes half the time of sorting columns by utility. Where two utilities differ in
    no more than those bits, it is done the other way.
    """
    n_columns = utility.shape[1]
    last = (1 << (n_columns - 1).bit_length()) - 1
    keys = (0.0 - utility).view(np.int64)  # from 0.0, so that no zero has a sign
    keys ^= (keys >> 63) & np.int64(_BUT_SIGN)  # numbers below 0 are ordered by falling bits
    keys &= np.int64(~last)
    keys |= np.arange(n_columns)
    keys.sort(axis=1)
    order = keys & last
    keys >>= last.bit_length()
    if (keys[:, 1:] == keys[:, :-1]).any():
        return np.asarray(np.argsort(-utility, axis=1, kind="stable"))
    return np.asarray(order)


def counted(sizes: Ints) -> Ints:
    """Return 0, 1, 2… for the members of each group, one group after the other."""
    return np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
