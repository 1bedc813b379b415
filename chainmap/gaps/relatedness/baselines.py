"""Every method without learned weights, with the parameters it may be tuned over."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from chainmap.gaps.relatedness.benchmark import Floats, Links, Split, ndcg
from chainmap.gaps.relatedness.collaborative import (
    Similarity,
    item_similarity,
    rp3beta,
    user_collaborative,
)
from chainmap.gaps.relatedness.density import density, density_of_nearest
from chainmap.gaps.relatedness.ease import Side, ease
from chainmap.gaps.relatedness.factors import implicit_als, nmf
from chainmap.gaps.relatedness.proximity import proximity
from chainmap.gaps.relatedness.sapling import sapling_items, sapling_places

Setting = Mapping[str, float]


class Known:
    """A matrix with what several methods share computed once: similarities of items."""

    def __init__(self, m: Links) -> None:
        self.m = m

    @cached_property
    def proximity(self) -> Floats:
        """Return the proximity of items."""
        return proximity(self.m)

    @cached_property
    def cosine(self) -> Floats:
        """Return the cosine similarity of items."""
        return item_similarity(self.m, Similarity.COSINE)

    @cached_property
    def jaccard(self) -> Floats:
        """Return the Jaccard similarity of items."""
        return item_similarity(self.m, Similarity.JACCARD)

    @cached_property
    def sapling(self) -> tuple[Floats, Floats]:
        """Return the two sides of Sapling: places, items."""
        return sapling_places(self.m), sapling_items(self.m)

    def sscf(self, gamma: float) -> Floats:
        """Return the blend of the two sides; see `sapling.sapling_blend`."""
        places, items = self.sapling
        return (1.0 - gamma) * places + gamma * items


@dataclass(frozen=True)
class Method:
    """A method of the table."""

    id: str
    name_zh: str
    score: Callable[[Known, Setting], Floats]
    settings: Sequence[Setting] = ({},)
    """What is tried on validation; the first where there is only one."""


def _each(name: str, *values: float, **fixed: float) -> tuple[Setting, ...]:
    return tuple({name: value, **fixed} for value in values)


NEIGHBOURS = (10, 20, 50, 100, 200)
METHODS = (
    Method("random", "随机", lambda at, s: np.random.default_rng(0).random(at.m.shape)),
    Method("popularity", "流行度", lambda at, s: np.broadcast_to(
        at.m.sum(axis=0, dtype=np.float64), at.m.shape)),
    Method("density", "关联密度", lambda at, s: density(at.m, at.proximity)),
    Method("density_asymmetric", "关联密度，不对称",
           lambda at, s: density(at.m, proximity(at.m, symmetric=False))),
    Method("density_nearest", "关联密度，只取近邻",
           lambda at, s: density_of_nearest(at.m, at.proximity, int(s["k"])),
           _each("k", *NEIGHBOURS)),
    Method("item_cosine", "项目协同过滤，余弦",
           lambda at, s: density_of_nearest(at.m, at.cosine, int(s["k"])),
           _each("k", *NEIGHBOURS)),
    Method("item_jaccard", "项目协同过滤，Jaccard",
           lambda at, s: density_of_nearest(at.m, at.jaccard, int(s["k"])),
           _each("k", *NEIGHBOURS)),
    Method("user_cosine", "地区协同过滤，余弦",
           lambda at, s: user_collaborative(at.m, int(s["k"])),
           _each("k", 5, 10, 20, 40, 80)),
    Method("user_jaccard", "地区协同过滤，Jaccard",
           lambda at, s: user_collaborative(at.m, int(s["k"]), Similarity.JACCARD),
           _each("k", 5, 10, 20, 40, 80)),
    Method("rp3beta", "RP3β", lambda at, s: rp3beta(at.m, s["beta"]),
           _each("beta", 0.2, 0.4, 0.6, 0.8, 1.0)),
    Method("nmf", "NMF", lambda at, s: nmf(at.m, int(s["rank"])),
           _each("rank", 5, 10, 20)),
    Method("als", "隐式 ALS", lambda at, s: implicit_als(at.m, 32, weight=0.5, ridge=s["ridge"]),
           _each("ridge", 10.0, 30.0, 100.0)),
    Method("ease_places", "EASE，地区侧", lambda at, s: ease(at.m, s["ridge"], Side.PLACES),
           _each("ridge", 3.0, 10.0, 30.0, 100.0, 300.0)),
    Method("ease_items", "EASE，项目侧", lambda at, s: ease(at.m, s["ridge"], Side.ITEMS),
           _each("ridge", 30.0, 100.0, 300.0, 1000.0, 3000.0)),
    Method("sapling_places", "Sapling，地区侧", lambda at, s: at.sscf(0.0)),
    Method("sapling_items", "Sapling，项目侧", lambda at, s: at.sscf(1.0)),
    Method("sscf", "SSCF（Sapling 两侧混合）", lambda at, s: at.sscf(s["gamma"]),
           _each("gamma", *(tenth / 10 for tenth in range(11)))),
)  # fmt: skip
"""In the order of the table."""


def choose(method: Method, split: Split, at: Known) -> Setting:
    """Return the setting with the highest NDCG@20 on validation; the first of equals.

    Args:
        method: One with at least one setting.
        split: The validation split.
        at: Its known matrix.
    """
    if len(method.settings) == 1:
        return method.settings[0]
    found = [ndcg(split, method.score(at, setting)) for setting in method.settings]
    return method.settings[int(np.argmax(found))]
