"""What a ranked list gives on average over all orders of its ties: no shuffle decides."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class TiedList:
    """One list as groups of equal scores, the best first.

    Attributes:
        above: Candidates that stand before each group for sure.
        size: Candidates of each group; any order of them is as good as another.
        came: How many of them came true.
        group: Group of each candidate, in the order in which they were given.
    """

    above: Ints
    size: Ints
    came: Ints
    group: Ints

    def within(self, k: int) -> Floats:
        """Return, per group, the chance that one of it stands among the first k, 0..1."""
        return np.asarray(self._places(k) / self.size)

    def hit(self, k: int) -> float:
        """Return the share of the list's orders with one that came true among the first k.

        The places a group has are drawn from it without putting back: hypergeometric.
        """
        missed = 1.0
        for size, came, places in zip(self.size, self.came, self._places(k), strict=True):
            if came and places:
                drawn = np.arange(came)
                missed *= float(np.prod(np.maximum(size - places - drawn, 0) / (size - drawn)))
        return 1.0 - missed

    def found(self, k: int) -> float:
        """Return how many that came true stand among the first k, on average."""
        return float((self.came * self.within(k)).sum())

    def ndcg(self, k: int) -> float:
        """Return the mean normalised discounted gain of the first k places; gains are 0 or 1."""
        discounts = np.concatenate([[0.0], np.cumsum(1.0 / np.log2(np.arange(k) + 2.0))])
        ends = np.minimum(self.above + self.size, k), np.minimum(self.above, k)
        gain = self.came * (discounts[ends[0]] - discounts[ends[1]]) / self.size
        return float(gain.sum() / discounts[min(int(self.came.sum()), k)])

    def reciprocal(self) -> float:
        """Return the mean of one over the place of the first that came true."""
        first = int(np.flatnonzero(self.came)[0])
        above, size, came = (int(side[first]) for side in (self.above, self.size, self.came))
        before = np.arange(size - came + 1)
        stays = np.cumprod(np.concatenate([[1.0], 1.0 - came / (size - before[:-1])]))
        chance = stays * came / (size - before)
        return float((chance / (above + 1.0 + before)).sum())

    def _places(self, k: int) -> Ints:
        return np.asarray(np.clip(k - self.above, 0, self.size), np.int64)


def tied_list(score: Floats, came: Flags) -> TiedList:
    """Return a list's groups of equal scores.

    Args:
        score: One a candidate, higher first.
        came: Whether the candidate came true; one at least did.
    """
    _, group, size = np.unique(-score, return_inverse=True, return_counts=True)
    count = np.bincount(group, weights=came, minlength=len(size)).astype(np.int64)
    return TiedList(np.cumsum(size) - size, size, count, group.astype(np.int64))
