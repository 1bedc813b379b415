"""EASE: the linear model that rebuilds each item (or place) from all the others."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from scipy import linalg

from chainmap.gaps.relatedness.proximity import Floats, Matrix


class Side(StrEnum):
    """What is rebuilt from its like."""

    ITEMS = "items"
    PLACES = "places"


def ease(m: Matrix, ridge: float, side: Side = Side.PLACES) -> Floats:
    """Return, per place and item, what the other items (or the other places) predict.

    B = argmin ‖X - XB‖² + ridge ‖B‖² with a zero diagonal: B_ij = -P_ij / P_jj with
    P = (XᵀX + ridge I)⁻¹; the answer is XB. X is `m` by items, its transpose by places.

    Args:
        m: Places × items, 1 where the place has the item.
        ridge: Above 0; 30 by places and some hundreds by items where there are few places.
        side: Which of the two; both cost the cube of the smaller number.

    Returns:
        Places × items, near 0–1 but not held to it.

    Source:
        Steck (2019).
    """
    if side is Side.PLACES:
        return ease(np.asarray(m).T, ridge, Side.ITEMS).T
    x = np.asarray(m, np.float64)
    if x.shape[0] < x.shape[1]:
        return _rebuilt_by_rows(x, ridge)
    inverse = _inverse(x.T @ x, ridge)
    weight = inverse / -inverse.diagonal()
    np.fill_diagonal(weight, 0.0)
    return np.asarray(x @ weight)


def _rebuilt_by_rows(x: Floats, ridge: float) -> Floats:
    """Return XB from K = (XXᵀ + ridge I)⁻¹, the cheaper inverse where rows are fewer.

    With P = (I - XᵀKX) / ridge (Woodbury) and XXᵀK = I - ridge K, XP = KX, and so
    XB = X - KX / diag(P).
    """
    pulled = _inverse(x @ x.T, ridge) @ x
    diagonal = (1.0 - (x * pulled).sum(axis=0)) / ridge
    return np.asarray(x - pulled / diagonal)


def _inverse(gram: Floats, ridge: float) -> Floats:
    gram[np.diag_indices_from(gram)] += ridge
    return np.asarray(linalg.inv(gram, overwrite_a=True, check_finite=False))
