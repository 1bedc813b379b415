"""Rank intervals of many lists of the same candidates: what `ranking.intervals` draws, kept."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

import numpy as np
import polars as pl

from chainmap.ranking.doubts import Deviations, Doubts
from chainmap.ranking.intervals import Orders, drawn_steps
from chainmap.ranking.known import Floats, Ints
from chainmap.ranking.scorer import Scorer
from chainmap.ranking.scoring import family_weights
from chainmap.ranking.target_options import TargetOptions

_LATELY = 5
"""Weights and depths whose draws are kept, less than a megabyte each as a rule; as many again of
the usual weights, which other people's weights do not push out."""
_LIMITS = 100
"""Limits per segment whose intervals are kept with them."""
_QUICKLY = 100_000
"""Draws times rows that are counted anew within half a millisecond."""
_Name = tuple[tuple[float, ...], int]


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


class _Drawn(NamedTuple):
    """Draws under some weights, and the ends of all ranks by limit."""

    orders: Orders
    ends: dict[int, tuple[Ints, Ints]]

    def all_ends(self, per_segment: int) -> tuple[Ints, Ints]:
        """Return the ends of all rows' intervals, worked out once for a limit."""
        limit = self._limit(per_segment)
        ends = self.ends.get(limit)
        if ends is None:
            ends = self.orders.all_ends(limit)
            if len(self.ends) >= _LIMITS:
                self.ends.clear()
            self.ends[limit] = ends
        return ends

    def at_once(self, per_segment: int) -> bool:
        """Return whether `all_ends` has them or works them out quickly."""
        return self.orders.size <= _QUICKLY or self._limit(per_segment) in self.ends

    def _limit(self, per_segment: int) -> int:
        return per_segment if per_segment < self.orders.largest else 0  # it leaves all


class Redrawing:
    """Draws ranks under any weights.

    Args:
        rows: All that may be drawn, with `makes`.
        segment: Number of each row's segment, in the order of the segments' ids.
        scorer: What they are scored with.
        draws: How many, from 1.
    """

    def __init__(self, rows: pl.DataFrame, segment: Ints, scorer: Scorer, draws: int) -> None:
        self._segment = segment
        self._doubts = Doubts(rows, scorer, draws)
        # Not filled, so that rows that are never drawn take no memory.
        self._own: Deviations = np.empty((rows.height, draws), np.float32)
        self._filled = np.zeros(rows.height, bool)
        self._lately: OrderedDict[_Name, _Drawn] = OrderedDict()
        self._usual: OrderedDict[_Name, _Drawn] = OrderedDict()
        self._lock = Lock()

    def spread(self, rows: Ints, weights: Floats) -> float:
        """Return by how much the utilities of these rows depart."""
        return self._doubts.spread(rows, weights)

    def interval(self, chosen: Chosen, options: TargetOptions) -> tuple[Ints, Ints]:
        """Return the ends of the 90% interval of each rank of a list."""
        known = self._known(len(chosen.rows), options)
        if known is None:
            own, weights = self._own_of(chosen.rows), family_weights(options)
            moved = self._doubts.weighed(chosen.rows, own, weights)
            orders = Orders(drawn_steps(chosen.utility, moved), self._segment[chosen.rows])
            self._keep(len(chosen.rows), options, _Drawn(orders, {}))
            return orders.ends(chosen.at, options.per_segment)
        # Asked for again: the ends of all of them, for the lengths that come.
        low, high = known.all_ends(options.per_segment)
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
        return (self._lately if options.custom else self._usual), (options.multipliers, n_rows)

    def _own_of(self, rows: Ints) -> Deviations:
        """Return what `Doubts.own` does; each row's are worked out once."""
        new = rows[~self._filled[rows]]
        if len(new):
            self._own[new] = self._doubts.own(new)
            self._filled[new] = True  # last: another thread reads only what is there
        return self._own.take(rows, axis=0)
