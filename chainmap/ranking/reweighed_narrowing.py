"""Narrowed lists (筛选) under other weights: the order of all is kept and cut to what is left.

The same lists as `ranking.narrowing.rank_narrowed` makes, number by number; a test holds the two
together.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import compress
from typing import NamedTuple

import numpy as np

from chainmap.ranking.intervals import nth_of_group
from chainmap.ranking.known import Floats, Ints
from chainmap.ranking.narrowing import Narrowed
from chainmap.ranking.reweighing import Place, Rank, Weighable
from chainmap.ranking.scoring import family_weights
from chainmap.ranking.target_options import TargetOptions

QUICK_COMPANIES = 1000
"""Companies whose whole order is drawn under new weights within three milliseconds; 2,246 of them
took fifteen."""


class _Left(NamedTuple):
    """What filters leave of the order of all under some weights, best first.

    Attributes:
        weights: In the order of `Family`.
        rows: Numbers of `Weighable.rows`.
        ranks: Rows × `rank, rank_low, rank_high` in the order of all.
        score: As `Place` has it.
        parts: Rows × families.
        nth: How many of its segment stand before each.
    """

    weights: Floats
    rows: Ints
    ranks: Ints
    score: Floats
    parts: Floats
    nth: Ints

    def cut(self, options: TargetOptions) -> tuple[Ints, Ints]:
        """Return which are on a list, and their `rank, rank_low, rank_high` inside what is left."""
        at = np.arange(len(self.rows))
        if options.per_segment:
            at = np.flatnonzero(self.nth < options.per_segment)
        whole = self.ranks[at, 0]
        at = at[: options.top or None]
        rank = np.arange(1, len(at) + 1)
        low = np.searchsorted(whole, self.ranks[at, 1], side="left") + 1
        high = np.searchsorted(whole, self.ranks[at, 2], side="right")
        return at, np.column_stack((rank, np.minimum(low, rank), np.maximum(high, rank)))


class NarrowedWeighable:
    """What filters leave of candidates that are ready to be ranked under any weights.

    Args:
        whole: All of them.
        narrowed: The filters.
    """

    def __init__(self, whole: Weighable, narrowed: Narrowed) -> None:
        self._whole = whole
        self._admitted = whole.rows.select(narrowed.admits()).to_series().to_numpy()
        self._segment = whole.rows["segment_id"].rank("dense").to_numpy().astype(np.int64)
        self._few = whole.rows["company_id"].n_unique() <= QUICK_COMPANIES
        self._last: _Left | None = None
        self._usual: _Left | None = None

    def at_once(self, options: TargetOptions) -> bool:
        """Return whether `ranked` takes but a few milliseconds."""
        return self._few or self._known(options) is not None

    def ranked(self, options: TargetOptions) -> list[Place]:
        """Return the list under these options, rank 1 first, as `rank_narrowed` has it."""
        left = self._left(options)
        at, ranks = left.cut(options)
        columns = (left.rows[at], *ranks.T, left.score[at], left.parts[at])
        return [Place(*row) for row in zip(*(c.tolist() for c in columns), strict=True)]

    def remembered(self, options: TargetOptions) -> list[Rank] | None:
        """Return the ranks `ranked` gives, at once; None where they are not remembered.

        Only of lists under the usual weights.
        """
        left = self._usual
        if left is None or options.custom:
            return None
        at, ranks = left.cut(options)
        columns = (left.rows[at], *ranks.T)
        return [Rank(*row) for row in zip(*(c.tolist() for c in columns), strict=True)]

    def _left(self, options: TargetOptions) -> _Left:
        """Return what is left of the order; lists of other lengths and limits take the same."""
        made = self._known(options) or self._made(options)
        if options.custom:
            self._last = made
        else:
            self._usual = made
        return made

    def _known(self, options: TargetOptions) -> _Left | None:
        last = self._last if options.custom else self._usual
        if last is None or not np.array_equal(last.weights, family_weights(options)):
            return None
        return last

    def _made(self, options: TargetOptions) -> _Left:
        weights = family_weights(options)
        whole = self._whole.ranked(replace(options, top=0, per_segment=0))
        rows = np.array([place.row for place in whole], np.int64)
        admitted = self._admitted[rows]
        rows, left = rows[admitted], list(compress(whole, admitted.tolist()))
        ranks = np.array([place[1:4] for place in left], np.int64).reshape(-1, 3)
        score = np.array([place.score for place in left], np.float64)
        parts = np.array([place.parts for place in left], np.float64).reshape(-1, len(weights))
        return _Left(weights, rows, ranks, score, parts, nth_of_group(self._segment[rows]))
