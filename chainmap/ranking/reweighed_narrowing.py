"""Narrowed lists (筛选) under other weights: the order of all is kept and cut to what is left.

The same lists as `ranking.narrowing.rank_narrowed` makes, number by number; a test holds the two
together.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from chainmap.ranking.known import Ints
from chainmap.ranking.narrowing import Narrowed
from chainmap.ranking.placed import Listed, Place, Rank, as_ranks
from chainmap.ranking.reweighing import Weighable, Weighed, within_limit
from chainmap.ranking.target_options import TargetOptions

QUICK_COMPANIES = 1000
"""Companies whose whole order is drawn under new weights within a millisecond or two."""


class _Left(NamedTuple):
    """What filters leave of the order of all under some weights, best first.

    Attributes:
        order: The order of all.
        standing: Places in it.
        nth: How many of its segment stand before each among those left.
    """

    order: Weighed
    standing: Ints
    nth: Ints

    def inside(self, options: TargetOptions, ends: tuple[Ints, Ints]) -> tuple[Ints, Ints, Ints]:
        """Return rank and ends inside what is left within the limit per segment.

        Args:
            options: Limit and length.
            ends: The ends of the ranks in the order of all.
        """
        whole = self.standing[within_limit(self.nth, replace(options, top=0))] + 1
        listed, (low, high) = whole[: options.top or None], ends
        rank = np.arange(1, len(listed) + 1)
        low = whole.searchsorted(np.minimum(low, listed), side="left") + 1
        high = whole.searchsorted(np.maximum(high, listed), side="right")
        return rank, np.minimum(low, rank), np.maximum(high, rank)


class NarrowedWeighable:
    """What filters leave of candidates that are ready to be ranked under any weights.

    Args:
        whole: All of them.
        narrowed: The filters.
    """

    def __init__(self, whole: Weighable, narrowed: Narrowed) -> None:
        self._whole = whole
        admitted = whole.rows.select(narrowed.admits()).to_series().to_numpy()
        self._admitted = admitted[whole.leading]
        self._few = whole.rows["company_id"].n_unique() <= QUICK_COMPANIES
        self._kept: _Left | None = None

    def at_once(self, options: TargetOptions) -> bool:
        """Return whether `ranked` takes but a few milliseconds."""
        kept = self._kept
        return self._few or (kept is not None and kept.order.weights == options.multipliers)

    def ranked(self, options: TargetOptions) -> list[Place]:
        """Return the list under these options, rank 1 first, as `rank_narrowed` has it."""
        return self.listed(options).places()

    def listed(self, options: TargetOptions) -> Listed:
        """Return what `ranked` does, by columns."""
        left = self._left(self._whole.weighed(options))
        at = left.standing[within_limit(left.nth, options)]
        ends = self._whole.interval(left.order, at, len(left.order.ordered), _whole(options))
        return self._whole.of_places(left.order, at, left.inside(options, ends))

    def remembered(self, options: TargetOptions) -> list[Rank] | None:
        """Return the ranks `ranked` gives, at once; None where they are not remembered.

        Only of lists under the usual weights.
        """
        order = self._whole.usual(options)
        if order is None:
            return None
        left, n_rows = self._left(order), len(order.ordered)
        at = left.standing[within_limit(left.nth, options)]
        ends = self._whole.remembered_interval(order, at, n_rows, _whole(options))
        if ends is None:
            return None
        return as_ranks((self._whole.rows_at(order, at), *left.inside(options, ends)))

    def _left(self, order: Weighed) -> _Left:
        """Return what is left of an order; lists of other lengths and limits take the same."""
        kept = self._kept
        if kept is None or kept.order is not order:
            standing = np.flatnonzero(self._admitted[order.ordered])
            kept = self._kept = _Left(order, standing, self._whole.nth_among(order, standing))
        return kept


def _whole(options: TargetOptions) -> TargetOptions:
    """Return the options the order of all is drawn with."""
    return replace(options, top=0, per_segment=0)
