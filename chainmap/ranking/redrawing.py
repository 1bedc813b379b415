"""Rank intervals of many lists of the same candidates: as `ranking.intervals`, draw by draw."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from chainmap.ranking.families import FAMILIES, Family
from chainmap.ranking.intervals import SEED, covariance_root, drawn_ranks
from chainmap.ranking.known import Floats, Ints
from chainmap.ranking.scorer import Scorer
from chainmap.ranking.scoring import standardised
from chainmap.ranking.target_options import TargetOptions

_BLOCK = 32
"""Draws that are multiplied at a time: a product this small runs in the thread that asks for it;
larger ones wake other threads, which cost more than they help."""

_LATELY = 4
"""Weights whose draws are kept, less than a megabyte each as a rule."""
_LIMITS = 100
"""Limits per segment whose intervals are kept with them."""


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
    """Draws × rows of the utility under some weights, and the ends of all ranks by limit."""

    utility: Floats
    ends: dict[int, tuple[Ints, Ints]]


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
        self._lately: OrderedDict[tuple[float, ...], _Drawn] = OrderedDict()
        self._lock = Lock()

    def interval(self, chosen: Chosen, options: TargetOptions) -> tuple[Ints, Ints]:
        """Return the ends of the 90% interval of each rank of a list."""
        # The order hangs on the weights alone: another length or limit takes the same draws.
        name = (*(options.weights[name] for name in FAMILIES), float(len(chosen.rows)))
        segment = np.unique(self._segment[chosen.rows], return_inverse=True)[1]
        drawn = self._known(name)
        if drawn is None:
            drawn = self._keep(name, _Drawn(self._drawn(chosen, options), {}))
            return _ends(ranks_of(drawn.utility, segment, chosen.at, options.per_segment))
        largest = int(np.bincount(segment).max())
        limit = options.per_segment if options.per_segment < largest else 0  # it leaves all
        ends = drawn.ends.get(limit)
        if ends is None:  # asked for again: all of them, for the lengths that come
            every = np.arange(len(chosen.rows))
            ends = _ends(ranks_of(drawn.utility, segment, every, limit))
            if len(drawn.ends) >= _LIMITS:
                drawn.ends.clear()
            drawn.ends[limit] = ends
        return ends[0][chosen.at], ends[1][chosen.at]

    def _known(self, name: tuple[float, ...]) -> _Drawn | None:
        with self._lock:
            found = self._lately.get(name)
            if found is not None:
                self._lately.move_to_end(name)
            return found

    def _keep(self, name: tuple[float, ...], drawn: _Drawn) -> _Drawn:
        with self._lock:
            self._lately[name] = drawn
            while len(self._lately) > _LATELY:
                self._lately.popitem(last=False)
        return drawn

    def _drawn(self, chosen: Chosen, options: TargetOptions) -> Floats:
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
        segment = np.unique(self._segment[rows], return_inverse=True)[1]
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


def _ends(ranks: Ints) -> tuple[Ints, Ints]:
    low, high = np.quantile(ranks, (0.05, 0.95), axis=0, method="nearest")
    return low.astype(np.int64), high.astype(np.int64)


def ranks_of(utility: Floats, segment: Ints, at: Ints, per_segment: int) -> Ints:
    """Return draws × `at` of ranks, as `intervals.drawn_ranks` has them for all columns."""
    order = np.argsort(-utility, axis=1)
    ordered = np.take_along_axis(utility, order, axis=1)
    if (ordered[:, 1:] == ordered[:, :-1]).any():  # ties keep the order they came in
        return np.asarray(drawn_ranks(utility, segment, per_segment)[:, at])
    place = np.empty(order.shape, np.int32)
    np.put_along_axis(place, order, np.arange(order.shape[1], dtype=np.int32)[None, :], axis=1)
    place = place[:, at]
    if not per_segment:
        return (place + 1).astype(np.int64)
    kept = _kept(segment.astype(np.uint16)[order], segment, per_segment)
    upto = np.cumsum(kept, axis=1, dtype=np.int32)
    before = np.take_along_axis(upto, place, axis=1)
    behind = upto[:, -1:] + place + 1 - before
    return np.where(np.take_along_axis(kept, place, axis=1), before, behind).astype(np.int64)


def _kept(ordered: NDArray[np.uint16], segment: Ints, per_segment: int) -> NDArray[np.bool_]:
    """Return draws × places: whether what stands there is among the first of its segment.

    Args:
        ordered: Draws × places, the segments in the order drawn; of 16 bits, which are sorted by
            counting.
        segment: The same, in the order of the rows.
        per_segment: How many count as the first.
    """
    sizes = np.bincount(segment)
    nth = np.arange(len(segment)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    by_segment = np.argsort(ordered, axis=1, kind="stable")
    kept: NDArray[np.bool_] = np.empty(ordered.shape, np.bool_)
    np.put_along_axis(kept, by_segment, (nth < per_segment)[None, :], axis=1)
    return kept
