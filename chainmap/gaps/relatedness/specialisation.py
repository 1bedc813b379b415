"""Specialisation: revealed comparative advantage (RCA) and what counts as having it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def rca(counts: Floats) -> Floats:
    """Return each place's share of an item over the share that item has everywhere.

    (x_cp / x_c·) / (x_·p / x_··), in that order of operations, so that a cell on the
    threshold falls on the same side as in py-ecomplexity.

    Args:
        counts: Places × items, 0 or more: firms, exports, staff.

    Returns:
        Places × items; 1.0 is the average of all places. 0.0 in a place or item whose total
        is 0, where the ratio is 0/0.

    Source:
        Balassa (1965).
    """
    x = np.asarray(counts, np.float64)
    of_place, of_item = x.sum(axis=1, keepdims=True), x.sum(axis=0, keepdims=True)
    everywhere = of_item / max(float(of_item.sum()), np.finfo(np.float64).tiny)
    share = x / np.where(of_place > 0, of_place, 1.0)
    return share / np.where(everywhere > 0, everywhere, 1.0)


def specialised(rca: Floats, threshold: float = 1.0) -> NDArray[np.bool_]:
    """Return where a place is specialised: RCA at or above the threshold; same shape."""
    return np.asarray(rca) >= threshold
