"""Collaborative filtering: what similar places have, what goes with what a place has."""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from chainmap.gaps.relatedness.proximity import Floats, Matrix, co_occurrence, nearest


class Similarity(StrEnum):
    """How alike two items (or places) are, from how many places (items) they share."""

    COSINE = "cosine"
    JACCARD = "jaccard"


def item_similarity(m: Matrix, kind: Similarity) -> Floats:
    """Return how alike every two items are; items × items, range 0–1, symmetric.

    Cosine n_pq / √(u_p u_q), Jaccard n_pq / (u_p + u_q - n_pq); 0.0 for an item no place has.
    """
    shared = co_occurrence(m).astype(np.float64)
    size = shared.diagonal().copy()
    if kind is Similarity.COSINE:
        root = np.sqrt(np.maximum(size, 1.0))
        shared /= root[:, None]
        shared /= root[None, :]
        return shared
    union = size[:, None] + size[None, :] - shared
    shared /= np.maximum(union, 1.0)
    return shared


def item_collaborative(m: Matrix, k: int, similarity: Similarity = Similarity.COSINE) -> Floats:
    """Return, per place and item, the share of the item's k most similar items it has.

    Σ_q s_pq m_cq / Σ_q s_pq over the k items most similar to p, p itself left out.

    Returns:
        Places × items, range 0–1; 0.0 where no other item is similar.

    Source:
        Sarwar et al. (2001).
    """
    weight = nearest(item_similarity(m, similarity), k)
    around = weight.sum(axis=1)
    return np.asarray(np.asarray(m, np.float64) @ weight.T / np.where(around > 0, around, 1.0))


def user_collaborative(m: Matrix, k: int, similarity: Similarity = Similarity.COSINE) -> Floats:
    """Return, per place and item, the share of the place's k most similar places that have it.

    Σ_d s_cd m_dp / Σ_d s_cd over the k places most similar to c, c itself left out.

    Returns:
        Places × items, range 0–1; 0.0 where no other place is similar.

    Source:
        Resnick et al. (1994).
    """
    return item_collaborative(np.asarray(m).T, k, similarity).T


def rp3beta(m: Matrix, beta: float = 0.8) -> Floats:
    """Return where walks place → item → place → item end, held back for common items.

    M U⁻¹Mᵀ D⁻¹M, each column over ubiquity^beta: one walk from every item the place has, so
    that places compare; within a place the order is that of the source.

    Returns:
        Places × items, 0 or more.

    Source:
        Paudel et al. (2017).
    """
    x = np.asarray(m, np.float64)
    diversity, ubiquity = np.maximum(x.sum(axis=1), 1.0), np.maximum(x.sum(axis=0), 1.0)
    between = x @ (x / ubiquity).T
    return np.asarray((between / diversity) @ x / ubiquity**beta)
