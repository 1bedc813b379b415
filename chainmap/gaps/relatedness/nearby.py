"""Nearness in the numbering of items: a nomenclature puts like beside like.

HS codes, industry codes and the ids of a taxonomy number headings by branch, so items with
neighbouring numbers mostly share a heading. What a place has around an item's number speaks for
the item, and knows something that shared specialisation does not.
"""

from __future__ import annotations

import numpy as np

from chainmap.gaps.relatedness.proximity import Floats, Matrix

PRIOR = 0.5
"""Added to what is there and to what was to be expected: a ratio of few items means little."""


def share_nearby(m: Matrix, reach: int) -> Floats:
    """Return, per place and item, the share of the items numbered around it that the place has.

    Args:
        m: Places × items in the order of their numbers, 1 where the place has the item.
        reach: Items looked at on either side, 1 or more; the item itself never counts.

    Returns:
        Places × items, range 0–1; 0.0 where there is a single item.
    """
    had, n_around = _around(np.asarray(m, np.float64), reach)
    return np.asarray(had / np.maximum(n_around, 1))


def strength_nearby(m: Matrix, reach: int) -> Floats:
    """Return how many items around each one a place has over those to be expected of it.

    (have + ½) / (expected + ½); expected is the number of places with each neighbour, as a share,
    times how many items the place has in all over the mean place.

    Args:
        m: Places × items in the order of their numbers, 1 where the place has the item.
        reach: Items looked at on either side, 1 or more.

    Returns:
        Places × items, above 0; 1.0 is what was to be expected.
    """
    x = np.asarray(m, np.float64)
    had, _ = _around(x, reach)
    usual, _ = _around(x.mean(axis=0, keepdims=True), reach)
    size = x.sum(axis=1, keepdims=True)
    size /= max(float(size.mean()), 1e-12)
    return np.asarray((had + PRIOR) / (usual * size + PRIOR))


def _around(x: Floats, reach: int) -> tuple[Floats, Floats]:
    """Return the sum over the neighbours of each column, and how many neighbours there are."""
    n = x.shape[1]
    running = np.concatenate([np.zeros((len(x), 1)), np.cumsum(x, axis=1)], axis=1)
    low = np.maximum(0, np.arange(n) - reach)
    high = np.minimum(n, np.arange(n) + reach + 1)
    return running[:, high] - running[:, low] - x, (high - low - 1).astype(np.float64)
