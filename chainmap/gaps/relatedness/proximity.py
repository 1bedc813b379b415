"""Proximity (邻近度): how often two items are found in the same places."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Matrix = NDArray[np.generic]
"""Places × items, 1 or True where the place has the item."""

BLOCK = 256
"""Rows handled at once where a second matrix of the full size would double the memory."""


def co_occurrence(m: Matrix) -> NDArray[np.float32]:
    """Return in how many places two items are found together; items × items, symmetric.

    Counts stay below the number of places, and float32 is exact below 2^24.
    """
    narrow = np.asarray(m, np.float32)
    return narrow.T @ narrow


def proximity(m: Matrix, *, symmetric: bool = True) -> Floats:
    """Return the proximity of every two items.

    φ_pq = n_pq / max(u_p, u_q): the smaller of the two conditional probabilities.
    Not symmetric: φ_pq = n_pq / u_p, the chance of q where p is.

    Args:
        m: Places × items, 1 where the place is specialised.
        symmetric: Take the smaller conditional probability.

    Returns:
        Items × items, range 0–1; 1.0 on the diagonal. All 0.0 in the row and column of an
        item no place has.

    Source:
        Hidalgo et al. (2007).
    """
    together = co_occurrence(m)
    ubiquity = together.diagonal().astype(np.float64)
    present = np.maximum(ubiquity, 1.0)
    phi = np.empty(together.shape)
    for start in range(0, len(phi), BLOCK):
        rows = slice(start, start + BLOCK)
        own = present[rows, None]
        larger = np.maximum(own, present) if symmetric else own
        np.divide(together[rows], larger, out=phi[rows], dtype=np.float64)
    return phi


def nearest(similarity: Floats, k: int) -> Floats:
    """Return the similarity with only the k largest of each row kept, the diagonal left out.

    Of equal values the lower column is kept. Same shape; 0.0 where dropped. A k at or above
    the number of others keeps all of them.
    """
    n = len(similarity)
    kept = np.zeros_like(similarity)
    k = min(k, n - 1)
    if k <= 0:
        return kept
    for start in range(0, n, BLOCK):
        rows = similarity[start : start + BLOCK].copy()
        own = np.arange(len(rows))
        rows[own, start + own] = -np.inf
        limit = np.partition(rows, n - k, axis=1)[:, n - k, None]
        above, level = rows > limit, rows == limit
        spare = k - above.sum(axis=1, keepdims=True)
        chosen = above | (level & (np.cumsum(level, axis=1, dtype=np.int32) <= spare))
        np.copyto(kept[start : start + BLOCK], rows, where=chosen)
    return kept
