"""Features of the city itself, its size and the node: own, size and node families.

Every column is dated at the origin: its parameters are what it may read. "Makers" are companies
of the panel placed on the node as makers or developers.
"""

from __future__ import annotations

import numpy as np

from chainmap.gaps.entry.panel import Flags, Ints, Matrix
from chainmap.gaps.entry.registry import feature
from chainmap.gaps.relatedness.complexity import complexity

GROWTH_FLOOR = 1.0
"""Added to both ends of a growth ratio, so that 0 → 1 is no infinite growth."""


@feature("own")
def makers(stock: Matrix) -> Matrix:
    """本市该环节现有企业数的对数 ln(1+x)."""
    return np.log1p(stock)


@feature("own")
def makers_added_3(stock: Matrix, stock_3: Matrix) -> Matrix:
    """本市该环节近三年新增企业数."""
    return stock - stock_3


@feature("own")
def makers_added_5(stock: Matrix, stock_5: Matrix) -> Matrix:
    """本市该环节近五年新增企业数."""
    return stock - stock_5


@feature("own")
def location_quotient(quotient: Matrix) -> Matrix:
    """区位商：本市占比与全国占比之比."""
    return quotient


@feature("own")
def shrunk_quotient(shrunk: tuple[Matrix, Matrix, Matrix]) -> Matrix:
    """收缩后的区位商：以本省其余城市为先验的后验均值."""
    return shrunk[0]


@feature("own")
def quotient_spread(shrunk: tuple[Matrix, Matrix, Matrix]) -> Matrix:
    """区位商的不确定程度：后验标准差."""
    return shrunk[1]


@feature("own")
def chance_above_average(shrunk: tuple[Matrix, Matrix, Matrix]) -> Matrix:
    """区位商大于 1 的后验概率."""
    return shrunk[2]


@feature("own")
def years_since_first(first_year: Matrix, year: int) -> Matrix:
    """本市该环节首家企业成立至今的年数，没有为 0."""
    return np.maximum(year + 1 - first_year, 0.0)


@feature("size")
def city_companies(companies: Matrix) -> Matrix:
    """本市企业总数的对数."""
    return np.log1p(companies)


@feature("size")
def city_growth(companies: Matrix, companies_5: Matrix) -> Matrix:
    """本市企业总数近五年增长的对数."""
    return np.log((companies + GROWTH_FLOOR) / (companies_5 + GROWTH_FLOOR))


@feature("size")
def expected_makers(expected: Matrix) -> Matrix:
    """按本市规模与环节全国规模应有的企业数的对数."""
    return np.log(expected + 0.01)


@feature("size")
def city_diversity(present: Matrix) -> Matrix:
    """本市已有环节数的对数."""
    return np.asarray(np.log1p(present.sum(axis=1, keepdims=True)))


@feature("node")
def national_makers(stock: Matrix) -> Matrix:
    """该环节全国企业数的对数."""
    return np.asarray(np.log1p(stock.sum(axis=0, keepdims=True)))


@feature("node", monotone=1)
def national_growth_3(stock: Matrix, stock_3: Matrix) -> Matrix:
    """该环节全国企业数近三年增长的对数."""
    return _growth(stock, stock_3)


@feature("node", monotone=1)
def national_growth_5(stock: Matrix, stock_5: Matrix) -> Matrix:
    """该环节全国企业数近五年增长的对数."""
    return _growth(stock, stock_5)


@feature("node")
def ubiquity(present: Matrix) -> Matrix:
    """有该环节的城市所占比重."""
    return np.asarray(present.mean(axis=0, keepdims=True))


@feature("node")
def node_complexity(has_advantage: Matrix, learned: Flags) -> Matrix:
    """该环节的经济复杂度（PCI）."""
    return np.nan_to_num(complexity(has_advantage[learned]).pci)[None, :]


@feature("node")
def province_concentration(stock: Matrix, provinces: Ints) -> Matrix:
    """该环节在各省的集中度（赫芬达尔指数），无企业为 1."""
    totals = np.zeros((int(provinces.max()) + 1, stock.shape[1]))
    np.add.at(totals, provinces, stock)
    total = totals.sum(axis=0)
    share = totals / np.where(total > 0, total, 1.0)
    return np.where(total > 0, (share**2).sum(axis=0), 1.0)[None, :]


@feature("node")
def entry_rate(stock: Matrix, stock_5: Matrix) -> Matrix:
    """近五年原先没有该环节的城市中新有的比重."""
    without = (stock_5 == 0).sum(axis=0)
    entered = ((stock_5 == 0) & (stock > 0)).sum(axis=0)
    return np.asarray((entered / np.maximum(without, 1))[None, :])


def _growth(now: Matrix, before: Matrix) -> Matrix:
    return np.asarray(
        np.log(
            (now.sum(axis=0, keepdims=True) + GROWTH_FLOOR)
            / (before.sum(axis=0, keepdims=True) + GROWTH_FLOOR)
        )
    )
