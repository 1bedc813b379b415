"""Features of what surrounds a cell: related nodes, the chain, other cities."""

from __future__ import annotations

from typing import Any

import numpy as np

from chainmap.gaps.entry.panel import Flags, Ints, Matrix
from chainmap.gaps.entry.quantities import HALF, share_around
from chainmap.gaps.entry.registry import feature
from chainmap.gaps.relatedness.density import density_of_nearest
from chainmap.gaps.relatedness.ease import Side, ease

RIDGE = 30.0
"""EASE by places (methods 3.1)."""
FLQ_DELTA = 0.3
"""Flegg's exponent (methods 8.2)."""


@feature("relatedness", monotone=1, ranked=True)
def density(has_advantage: Matrix, node_proximity: Matrix) -> Matrix:
    """关联密度：与该环节相近的环节中本市已有优势的份额."""
    return share_around(has_advantage, node_proximity)


@feature("relatedness", monotone=1, ranked=True)
def density_present(present: Matrix, node_proximity: Matrix) -> Matrix:
    """相近环节中本市已有企业的份额."""
    return share_around(present, node_proximity)


@feature("relatedness", monotone=1, ranked=True)
def density_nearest(has_advantage: Matrix, node_proximity: Matrix) -> Matrix:
    """最相近的 50 个环节中本市已有优势的份额."""
    return density_of_nearest(has_advantage, node_proximity, 50)


@feature("relatedness", ranked=True)
def alike_nodes(present: Matrix, node_likeness: Matrix) -> Matrix:
    """常与该环节同城的 50 个环节中本市已有的份额."""
    return share_around(present, node_likeness)


@feature("relatedness", ranked=True)
def alike_cities(present: Matrix, place_likeness: Matrix) -> Matrix:
    """与本市结构最像的 20 个城市中有该环节的份额."""
    return share_around(present.T, place_likeness).T


@feature("relatedness", ranked=True)
def sapling_nodes(present: Matrix, node_sapling: Matrix) -> Matrix:
    """本市已有环节对该环节的支持（Sapling，环节侧）."""
    return _signed(present, node_sapling)


@feature("relatedness", ranked=True)
def sapling_cities(present: Matrix, place_sapling: Matrix) -> Matrix:
    """已有该环节的城市对本市的支持（Sapling，城市侧）."""
    return _signed(present.T, place_sapling.T).T


@feature("relatedness", ranked=True)
def ease_cities(present: Matrix, learned: Flags) -> Matrix:
    """由其他城市重构本市所得的该环节强度（EASE）."""
    if learned.all():
        return ease(present, RIDGE, Side.PLACES)
    found = np.empty_like(present)
    kept = present[learned]
    found[learned] = ease(kept, RIDGE, Side.PLACES)
    gram = kept @ kept.T
    gram[np.diag_indices_from(gram)] += RIDGE
    found[~learned] = np.linalg.solve(gram, kept @ present[~learned].T).T @ kept
    return found


@feature("chain")
def suppliers_present(present: Matrix, suppliers_of: Any) -> Matrix:
    """本市已有的直接上游环节所占份额."""
    return np.asarray(present @ suppliers_of.T)


@feature("chain")
def users_present(present: Matrix, users_of: Any) -> Matrix:
    """本市已有的直接下游环节所占份额."""
    return np.asarray(present @ users_of.T)


@feature("chain")
def suppliers_strength(add_half: Matrix, suppliers_of: Any) -> Matrix:
    """直接上游环节的平均区位商（加半）."""
    return np.asarray(add_half @ suppliers_of.T)


@feature("chain")
def users_strength(add_half: Matrix, users_of: Any) -> Matrix:
    """直接下游环节的平均区位商（加半）."""
    return np.asarray(add_half @ users_of.T)


@feature("chain")
def upstream_complete(present: Matrix, ancestors_of: Matrix) -> Matrix:
    """全部上游环节中本市已有的份额."""
    return present @ ancestors_of.T


@feature("chain")
def local_demand(stock: Matrix, supplies: Any) -> Matrix:
    """全国下游企业中位于本市的份额."""
    local, everywhere = stock @ supplies.T, stock.sum(axis=0) @ supplies.T
    return np.asarray(local / np.maximum(everywhere, 1.0))


@feature("chain")
def outside_dependence(add_half: Matrix, users_of: Any, stock: Matrix) -> Matrix:
    """外部依赖：下游所需中本市供给不足的部分（FLQ）.

    1 − min(1, λ · θ of the segment over the mean θ of its users): one ratio of means, not the mean
    of ratios that `gaps.dependence` takes over the users the city has.
    """
    share = stock.sum(axis=1, keepdims=True) / max(1.0, float(stock.sum()))
    lean = np.log2(1.0 + share) ** FLQ_DELTA
    users = add_half @ users_of.T
    with_users = np.asarray(users_of.sum(axis=1)).ravel() > 0
    ratio = add_half / np.where(users > 0, users, 1.0)
    return np.where(with_users, 1.0 - np.minimum(1.0, lean * ratio), 0.0)


@feature("chain")
def chain_share(present: Matrix, chains: tuple[str, ...]) -> Matrix:
    """同一产业链其余环节中本市已有的份额."""
    names = {name: i for i, name in enumerate(sorted(set(chains)))}
    member = np.zeros((len(chains), len(names)))
    member[np.arange(len(chains)), [names[chain] for chain in chains]] = 1.0
    others = member.sum(axis=0) @ member.T - 1.0
    return np.asarray(((present @ member) @ member.T - present) / np.maximum(others, 1.0))


@feature("chain")
def chain_reach(supplies: Any, ancestors_of: Matrix) -> Matrix:
    """该环节直接和间接下游环节数的对数."""
    return np.asarray(np.log1p((ancestors_of > 0).sum(axis=0))[None, :])


@feature("space", monotone=1)
def province_share(present: Matrix, provinces: Ints) -> Matrix:
    """本省其余城市中有该环节的份额."""
    n = np.bincount(provinces)[provinces][:, None] - 1.0
    totals = np.zeros((int(provinces.max()) + 1, present.shape[1]))
    np.add.at(totals, provinces, present)
    return np.asarray((totals[provinces] - present) / np.maximum(n, 1.0))


@feature("space", monotone=1)
def province_makers(rest_of_province: Matrix) -> Matrix:
    """本省其余城市该环节企业数的对数."""
    return np.log1p(rest_of_province)


@feature("space", monotone=1)
def province_quotient(rest_of_province: Matrix, stock: Matrix) -> Matrix:
    """本省其余城市的区位商（加半）."""
    of_node, total = stock.sum(axis=0, keepdims=True), max(1.0, float(stock.sum()))
    size = rest_of_province.sum(axis=1, keepdims=True)
    return np.asarray((rest_of_province + HALF) / (size * of_node / total + HALF))


@feature("space")
def neighbours_present(present: Matrix, nearness: Matrix) -> Matrix:
    """周边城市有该环节的份额，按距离衰减（100 公里）."""
    return nearness @ present


@feature("space")
def neighbours_strength(add_half: Matrix, nearness: Matrix) -> Matrix:
    """周边城市该环节的平均区位商（加半），按距离衰减."""
    return nearness @ add_half


@feature("space")
def alike_cities_strength(add_half: Matrix, place_likeness: Matrix) -> Matrix:
    """与本市结构最像的城市中该环节的平均区位商（加半）."""
    around = place_likeness.sum(axis=1, keepdims=True)
    return (place_likeness / np.where(around > 0, around, 1.0)) @ add_half


def _signed(m: Matrix, weight: Matrix) -> Matrix:
    around = np.abs(weight).sum(axis=0)
    return np.asarray(m @ weight / np.where(around > 0, around, 1.0))
