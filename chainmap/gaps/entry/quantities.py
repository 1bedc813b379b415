"""What several features read: shares, specialisation, similarities, all as of the origin."""

from __future__ import annotations

from typing import Any

import numpy as np

from chainmap.gaps.entry.panel import Flags, Ints, Matrix
from chainmap.gaps.entry.registry import quantity
from chainmap.gaps.posterior import (
    fit_shrinkage,
    pooled_shapes,
    posterior_of,
    province_means,
    shape_likelihoods,
)
from chainmap.gaps.relatedness.collaborative import Similarity, item_similarity
from chainmap.gaps.relatedness.density import density
from chainmap.gaps.relatedness.proximity import nearest, proximity
from chainmap.gaps.relatedness.sapling import sapling_similarity
from chainmap.gaps.relatedness.specialisation import rca, specialised

HALF = 0.5
"""The half firm of the add-half estimate (methods 8.1)."""
NEIGHBOURS = 50
"""Nearest items or places that the truncated forms keep (methods 3.1, 7.3)."""
ALIKE = 20
"""Nearest places of the place-side collaborative filter (methods 3.1)."""
REACH_KM = 100.0
"""Decay of neighbourhood: a city 100 km away counts e⁻¹ of one next door, about an hour's drive."""


@quantity
def present(stock: Matrix) -> Matrix:
    """Return 1 where the city has a company of the node."""
    return (stock > 0).astype(np.float64)


@quantity
def quotient(stock: Matrix) -> Matrix:
    """Return raw location quotients."""
    return rca(stock)


@quantity
def has_advantage(quotient: Matrix) -> Matrix:
    """Return 1 where the raw quotient is 1 or more: the M of the relatedness literature."""
    return specialised(quotient).astype(np.float64)


@quantity
def expected(stock: Matrix) -> Matrix:
    """Return the companies a city's size and the node's national count suggest."""
    of_place, of_node = stock.sum(axis=1, keepdims=True), stock.sum(axis=0, keepdims=True)
    return np.asarray(of_place * of_node / max(1.0, float(stock.sum())))


@quantity
def add_half(stock: Matrix, expected: Matrix) -> Matrix:
    """Return the add-half quotient (x + ½)/(E + ½)."""
    return (stock + HALF) / (expected + HALF)


@quantity
def rest_of_province(stock: Matrix, provinces: Ints) -> Matrix:
    """Return companies in the other cities of the city's province."""
    return _over_province(stock, provinces) - stock


@quantity
def shrunk(stock: Matrix, expected: Matrix, provinces: Ints) -> tuple[Matrix, Matrix, Matrix]:
    """Return posterior mean, spread and P(θ > 1) of the quotient, by the product's own posterior.

    Source:
        `gaps.posterior`, complete data (methods 8.1).
    """
    return _posterior(stock, expected, provinces)


@quantity
def shrunk_5(stock_5: Matrix, provinces: Ints) -> tuple[Matrix, Matrix, Matrix]:
    """Return `shrunk` as it was five years before."""
    return _posterior(stock_5, expected(stock_5), provinces)


@quantity
def nearness(distance_km: Matrix) -> Matrix:
    """Return how much one city counts for another: e^(−km/100), 0 for itself, rows sum to 1."""
    weight = np.exp(-distance_km / REACH_KM)
    np.fill_diagonal(weight, 0.0)
    around = weight.sum(axis=1, keepdims=True)
    return np.asarray(weight / np.where(around > 0, around, 1.0))


@quantity
def node_proximity(has_advantage: Matrix, learned: Flags) -> Matrix:
    """Return proximity of nodes by shared specialisation, from the places learned from."""
    return proximity(has_advantage[learned])


@quantity
def node_likeness(present: Matrix, learned: Flags) -> Matrix:
    """Return the 50 nearest nodes of each by cosine of presence."""
    return nearest(item_similarity(present[learned], Similarity.COSINE), NEIGHBOURS)


@quantity
def place_likeness(present: Matrix, learned: Flags) -> Matrix:
    """Return the 20 nearest places of each by cosine of presence, learned places only."""
    alike = item_similarity(present.T, Similarity.COSINE)
    alike[:, ~learned] = 0.0
    return nearest(alike, ALIKE)


@quantity
def node_sapling(present: Matrix, learned: Flags) -> Matrix:
    """Return Sapling similarity of nodes."""
    return sapling_similarity(present[learned])


@quantity
def place_sapling(present: Matrix, learned: Flags) -> Matrix:
    """Return Sapling similarity of places, learned places only."""
    alike = sapling_similarity(present.T)
    alike[:, ~learned] = 0.0
    return alike


@quantity
def suppliers_of(supplies: Any) -> Any:
    """Return node × node weights: row = user, its direct suppliers share 1 evenly."""
    return _shared(supplies.T)


@quantity
def users_of(supplies: Any) -> Any:
    """Return node × node weights: row = supplier, its direct users share 1 evenly."""
    return _shared(supplies)


@quantity
def ancestors_of(supplies: Any) -> Any:
    """Return node × node weights: row = node, everything upstream of it shares 1 evenly."""
    reach = supplies.T.toarray() > 0
    step = reach.copy()
    while True:
        wider = reach | ((reach.astype(np.float32) @ step.astype(np.float32)) > 0)
        if (wider == reach).all():
            break
        reach = wider
    np.fill_diagonal(reach, False)
    total = reach.sum(axis=1, keepdims=True)
    return reach / np.maximum(total, 1)


def share_around(m: Matrix, weight: Matrix) -> Matrix:
    """Return Σ_q m_cq w_pq / Σ_q w_pq: the weighted share of a node's surroundings."""
    return density(m, weight)


def _over_province(stock: Matrix, provinces: Ints) -> Matrix:
    totals = np.zeros((int(provinces.max()) + 1, stock.shape[1]))
    np.add.at(totals, provinces, stock)
    return np.asarray(totals[provinces])


def _posterior(stock: Matrix, expected: Matrix, provinces: Ints) -> tuple[Matrix, Matrix, Matrix]:
    count, due = np.asarray(stock, np.float64), np.asarray(expected, np.float64)
    if not count.any():
        return np.ones_like(count), np.ones_like(count), np.full_like(count, HALF)
    mean = province_means(count, due, provinces, fit_shrinkage(count, due, provinces))
    law = posterior_of(count, due, pooled_shapes(shape_likelihoods(count, due, mean)), mean)
    return law.mean, law.sd, law.above_one


def _shared(links: Any) -> Any:
    from scipy.sparse import diags_array

    degree = np.asarray(links.sum(axis=1)).ravel()
    return diags_array(1.0 / np.maximum(degree, 1.0)) @ links
