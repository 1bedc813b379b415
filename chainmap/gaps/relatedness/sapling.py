"""Sapling similarity: how much knowing one item tells about another, with its sign."""

from __future__ import annotations

import numpy as np

from chainmap.gaps.relatedness.proximity import Floats, Matrix, co_occurrence


def sapling_similarity(m: Matrix) -> Floats:
    """Return the Sapling similarity of every two items.

    The source defines it as the fall in Gini impurity of p's presence once the places are
    split by q, negative where p and q avoid each other. On a 0/1 matrix of N places this is
    the signed square of the phi coefficient,

        s_pq = φ|φ|,  φ = (N n_pq - u_p u_q) / √(u_p (N - u_p) u_q (N - u_q)),

    which needs one product and shows that it is symmetric.

    Returns:
        Items × items, range -1…1, symmetric; 0.0 for an item all places have, or none.

    Source:
        Albora, Rossi Mori and Zaccaria (2023), Sapling Similarity.
    """
    n_places = float(np.asarray(m).shape[0])
    together = co_occurrence(m).astype(np.float64)
    size = together.diagonal().copy()
    spread = np.sqrt(size * (n_places - size))
    spread[spread == 0] = np.inf
    together *= n_places
    together -= size[:, None] * size[None, :]
    together /= spread[:, None]
    together /= spread[None, :]
    return np.asarray(together * np.abs(together))


def sapling_items(m: Matrix) -> Floats:
    """Return, per place and item, how much of what it has speaks for the item.

    Σ_q m_cq s_pq / Σ_q |s_pq| with s between items.

    Returns:
        Places × items, range -1…1; 0.0 for an item all places have, or none.

    Source:
        Albora, Rossi Mori and Zaccaria (2023).
    """
    s = sapling_similarity(m)
    around = np.abs(s).sum(axis=0)
    return np.asarray(np.asarray(m, np.float64) @ s / np.where(around > 0, around, 1.0))


def sapling_places(m: Matrix) -> Floats:
    """Return, per place and item, how much the places that have it speak for it.

    Σ_d s_cd m_dp / Σ_d |s_cd| with s between places, the place itself included.

    Returns:
        Places × items, range -1…1; 0.0 for a place that has everything, or nothing.

    Source:
        Albora, Rossi Mori and Zaccaria (2023).
    """
    return sapling_items(np.asarray(m).T).T


def sapling_blend(m: Matrix, gamma: float) -> Floats:
    """Return (1 - gamma) · place side + gamma · item side: Sapling Similarity CF (SSCF).

    Args:
        m: Places × items, 1 where the place has the item.
        gamma: Weight of the item side, range 0–1; chosen on a validation set.

    Source:
        Albora, Rossi Mori and Zaccaria (2023).
    """
    return (1.0 - gamma) * sapling_places(m) + gamma * sapling_items(m)
