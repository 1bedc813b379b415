"""Low-rank baselines: non-negative factors and implicit-feedback alternating least squares."""

from __future__ import annotations

import numpy as np

from chainmap.gaps.relatedness.proximity import Floats, Matrix


def nmf(m: Matrix, rank: int = 10, *, sweeps: int = 100, seed: int = 0) -> Floats:
    """Return M rebuilt from `rank` non-negative factors; places × items, 0 or more.

    Multiplicative updates of the squared error from a seeded start.

    Source:
        Lee and Seung (2001).
    """
    x = np.asarray(m, np.float64)
    rng = np.random.default_rng(seed)
    scale = np.sqrt(max(float(x.mean()), 1e-12) / rank)
    places = scale * (0.5 + rng.random((x.shape[0], rank)))
    items = scale * (0.5 + rng.random((rank, x.shape[1])))
    for _ in range(sweeps):
        items *= (places.T @ x) / (places.T @ places @ items + 1e-12)
        places *= (x @ items.T) / (places @ (items @ items.T) + 1e-12)
    return np.asarray(places @ items)


def implicit_als(
    m: Matrix,
    rank: int = 32,
    *,
    weight: float = 1.0,
    ridge: float = 0.01,
    sweeps: int = 10,
    seed: int = 0,
) -> Floats:
    """Return preference rebuilt from `rank` factors fitted to what is there.

    Cells with the item weigh 1 + weight, the others 1. Places × items, near 0–1.

    Source:
        Hu, Koren and Volinsky (2008).
    """
    x = np.asarray(m, np.float64)
    rng = np.random.default_rng(seed)
    items = 0.01 * rng.standard_normal((x.shape[1], rank))
    for _ in range(sweeps):
        places = _solve(x, items, weight, ridge)
        items = _solve(x.T, places, weight, ridge)
    return np.asarray(places @ items.T)


def _solve(x: Floats, factors: Floats, weight: float, ridge: float) -> Floats:
    """Return each row's factors given the columns' ones; all rows in one batch."""
    rank = factors.shape[1]
    outer = (factors[:, :, None] * factors[:, None, :]).reshape(len(factors), rank * rank)
    gram = (weight * x @ outer).reshape(len(x), rank, rank)
    gram += factors.T @ factors + ridge * np.eye(rank)
    wanted = (1.0 + weight) * x @ factors
    return np.asarray(np.linalg.solve(gram, wanted[:, :, None])[:, :, 0])
