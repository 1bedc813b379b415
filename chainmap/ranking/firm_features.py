"""What a firm is, whatever the city: size, listing, age, where its home is.

Staff and capital are as the universe's table states them, undated; both enter as logarithms cut at
both ends, so that no figure, true or inflated, can carry a firm far.
"""

from __future__ import annotations

import numpy as np

from chainmap.ranking.known import Floats, Known
from chainmap.ranking.lessons import MOST_LOG, Learned, Lessons
from chainmap.ranking.pair_registry import Block, pair_feature

STAFF = (1.5, 4.5)
"""log10 of staff: 30 and 30,000; the table's ends beyond are slips, shells and state giants."""
CAPITAL = (3.0, 5.5)
"""log10 of registered capital in 万元: 1,000万 and 31.6亿."""
OLDEST = 30.0
"""Years beyond which age says nothing more."""


@pair_feature("size", "人数的常用对数", STAFF, monotone=1)
def staff_size(block: Block) -> Floats:
    """员工人数（对数，30 人以下、3 万人以上截平；不详取总体中位数）."""
    return _logged(block, "staff", STAFF)


@pair_feature("size", "万元的常用对数", CAPITAL, monotone=1)
def capital_size(block: Block) -> Floats:
    """注册资本（对数，1000 万元以下、31.6 亿元以上截平；不详取总体中位数）."""
    return _logged(block, "capital_10k", CAPITAL)


@pair_feature("standing", "0 或 1", (0.0, 1.0), monotone=1)
def listed(block: Block) -> Floats:
    """时点前已在沪深上市（北交所、未上市和不详记 0）."""
    year = block.known.firms["listed_year"].fill_null(9999).to_numpy()
    beijing = block.known.firms["firm_id"].str.ends_with(".BJ").to_numpy()
    flag = (year <= block.known.year) & ~beijing
    return _column(flag.astype(np.float64), block)


@pair_feature("standing", "年", (0.0, OLDEST))
def age(block: Block) -> Floats:
    """成立至时点的年数（30 年以上截平；不详取中位数）."""
    founded = block.known.firms["founded_year"].cast(float).to_numpy()
    years = block.known.year - founded
    middle = float(np.nanmedian(years)) if np.isfinite(years).any() else 0.0
    return _column(np.clip(np.where(np.isnan(years), middle, years), 0.0, OLDEST), block)


@pair_feature("standing", "自然对数", (-MOST_LOG, MOST_LOG), monotone=1)
def sector_moves(block: Block) -> Floats:
    """同一行业门类的企业以往外迁的多少（每家布局数与全体之比，对数，收缩；没有学过的行业为 0）."""
    known = block.known
    learning: Learned | None = known.kept("learning")
    if learning is not None:
        rates = known.kept("learned rates")
        if rates is None:
            rates = known.keep(
                "learned rates", np.stack([one.rate_of(known) for one in learning.lessons])
            )
        return np.asarray(rates[learning.part[block.rows], block.rows][:, None])
    lessons: Lessons | None = known.kept("lessons")
    if lessons is None:
        return np.zeros((len(block.rows), 1))
    kept = known.kept("told rates")
    if kept is None or kept[0] is not lessons:
        kept = known.keep("told rates", (lessons, lessons.rate_of(known)))
    return _column(kept[1], block)


@pair_feature("place", "家数的自然对数", (0.0, 14.0))
def home_firms(block: Block) -> Floats:
    """总部所在城市的企业家数（总体内，对数）."""
    size = np.log1p(block.known.city_size)[block.home]
    return np.where(block.homeless, 0.0, size[:, None])


def _logged(block: Block, name: str, span: tuple[float, float]) -> Floats:
    kept = block.known.kept(name)
    if kept is None:
        kept = block.known.keep(name, _log_column(block.known, name, span))
    return _column(kept, block)


def _log_column(known: Known, name: str, span: tuple[float, float]) -> Floats:
    values = known.firms[name].to_numpy().astype(np.float64)
    stated = np.isfinite(values) & (values > 0)
    logs = np.log10(np.where(stated, values, 1.0))
    middle = float(np.median(logs[stated])) if stated.any() else float(np.mean(span))
    return np.clip(np.where(stated, logs, middle), *span)


def _column(values: Floats, block: Block) -> Floats:
    return values[block.rows][:, None]
