"""Relatedness density (关联密度): how much of an item's neighbourhood a place already has."""

from __future__ import annotations

import numpy as np

from chainmap.gaps.relatedness.proximity import Floats, Matrix, nearest


def density(m: Matrix, proximity: Floats) -> Floats:
    """Return the proximity-weighted share of an item's neighbourhood found in each place.

    d_cp = Σ_q m_cq φ_pq / Σ_q φ_pq, the item itself included as in the source.

    Args:
        m: Places × items, 1 where the place is specialised.
        proximity: Items × items; need not be symmetric, the row is the item looked at.

    Returns:
        Places × items, range 0–1; 0.0 for an item near nothing.

    Source:
        Hidalgo et al. (2007).
    """
    around = proximity.sum(axis=1)
    found = np.asarray(m, np.float64) @ proximity.T
    found /= np.where(around > 0, around, 1.0)
    return found


def density_of_nearest(m: Matrix, proximity: Floats, k: int) -> Floats:
    """Return the density over the k nearest other items of each item only.

    Of equally near items the lower column counts. The weighted share, which is what
    py-ecomplexity 0.5.3 means by `knn`; it returns the plain count of neighbours instead.

    Returns:
        Places × items, range 0–1; 0.0 for an item near nothing.
    """
    return density(m, nearest(proximity, k))
