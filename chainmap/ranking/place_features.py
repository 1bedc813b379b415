"""What a firm has to do with a city: distance, province, industry mix, relations, earlier sites.

A city's own mix never counts the firm itself: a firm is never asked about its home.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from chainmap.chains.library import load_library
from chainmap.ranking.known import FLOW_PRIOR, Floats, Flows, Known
from chainmap.ranking.lessons import MOST_LOG, Learned, Lessons
from chainmap.ranking.likeness import closest_peers as _peers
from chainmap.ranking.likeness import mean_likeness
from chainmap.ranking.pair_registry import Block, pair_feature

NEAREST_KM = 30.0
"""Added to every distance: inside a commuting area a kilometre more or less means nothing."""
MOST_LOG_QUOTIENT = 2.0
"""|ln LQ| beyond 2 (7.4 times the nation's share) rests on very few firms."""


@pair_feature("place", "公里的负对数", (-9.0, -3.4), monotone=1)
def nearness(block: Block) -> Floats:
    """距离近（总部城市到本市公里数加 30，取负对数）."""
    distance = block.known.distance_km[block.home][:, block.places]
    middle = float(np.median(block.known.distance_km))
    return -np.log(np.where(block.homeless, middle, distance) + NEAREST_KM)


@pair_feature("place", "0 或 1", (0.0, 1.0), monotone=1)
def same_province(block: Block) -> Floats:
    """总部在同一省份."""
    province = block.known.province
    same = province[block.home][:, None] == province[block.places][None, :]
    return np.where(block.homeless, 0.0, same.astype(np.float64))


@pair_feature("place", "0..1", (0.0, 1.0), monotone=1)
def same_province_small(block: Block) -> Floats:
    """总部在同一省份，且本市越小越看重（同省乘以本市的“小”，企业最多的城市为 0）."""
    return np.asarray(same_province(block) * _smallness(block.known)[block.places][None, :])


@pair_feature("place", "自然对数", (0.0, 16.0), monotone=1)
def intervening_firms(block: Block) -> Floats:
    """离本市更近的企业少（不比它远的企业占总体的份额，取负对数，乘以本市的“小”）."""
    known = block.known
    made = known.kept("intervening")
    if made is None:
        made = known.keep("intervening", _intervening(known))
    found = made[block.home][:, block.places]
    middle = np.median(made, axis=0)[block.places][None, :]
    values = np.where(block.homeless, middle, found)
    return np.asarray(values * _smallness(known)[block.places][None, :])


@pair_feature("place", "自然对数", (-8.0, 8.0), monotone=1)
def province_flow(block: Block) -> Floats:
    """两省之间以往的投资往来比按两省总量应有的多多少（对数，收缩）."""
    known = block.known
    learning: Learned | None = known.kept("learning")
    flows: Flows = learning.flows if learning else known.kept("flows") or known.flows
    own = _own_moves(known, learning.stated[block.rows]) if learning else 0.0
    moves = flows.moves[known.province[block.home]] - own
    into = flows.moves.sum(axis=0)[None, :] - own
    expected = (
        moves.sum(axis=1, keepdims=True) * into / np.maximum(into.sum(axis=1, keepdims=True), 1.0)
    )
    excess = np.log((moves + FLOW_PRIOR) / (expected + FLOW_PRIOR))
    return np.where(block.homeless, 0.0, excess[:, known.province[block.places]])


@pair_feature("fit", "区位商的自然对数", (-2.0, 2.0), monotone=1)
def sector_quotient(block: Block) -> Floats:
    """企业所属行业门类在本市的区位商（加半，对数，±2 截平）."""
    return _quotient(block, "sector")


@pair_feature("fit", "区位商的自然对数", (-2.0, 2.0), monotone=1)
def industry_quotient(block: Block) -> Floats:
    """企业所属细分行业在本市的区位商（加半，对数，±2 截平）."""
    return _quotient(block, "industry")


@pair_feature("fit", "家数的自然对数", (0.0, 14.0), monotone=1)
def industry_firms(block: Block) -> Floats:
    """企业所属细分行业在本市的企业家数（对数）：集群有多大，不只是份额有多高."""
    known = block.known
    made = known.kept("industry counts")
    if made is None:
        codes, counts = _counts(known, "industry")
        made = known.keep("industry counts", (codes, np.log1p(counts)))
    codes, logs = made
    values = logs[block.places][:, codes[block.rows]].T
    return np.where((codes[block.rows] == logs.shape[1] - 1)[:, None], 0.0, values)


@pair_feature("fit", "余弦", (0.0, 0.3), monotone=1, reads_text=True)
def business_likeness(block: Block) -> Floats:
    """主营业务与本市企业的平均相似度（二字词 TF-IDF 余弦，0.3 截平）."""
    return np.clip(mean_likeness(block), 0.0, 0.3)


@pair_feature("fit", "余弦之和", (0.0, 5.0), monotone=1, reads_text=True)
def closest_peers(block: Block) -> Floats:
    """主营业务与本市最像的 5 家企业的相似度之和."""
    return np.clip(_peers(block), 0.0, 5.0)


@pair_feature("relations", "份额", (0.0, 1.0), monotone=1, reads_text=True)
def chain_partners(block: Block) -> Floats:
    """企业所在环节的直接上下游环节中，本市已有企业的份额."""
    known = block.known
    neighbours = known.kept("neighbours")
    if neighbours is None:
        around = ((known.makes @ _links(known)) > 0).astype(np.float64)
        stock = ((known.homes @ known.makes) > 0).astype(np.float64)
        neighbours = known.keep("neighbours", (around.tocsr(), stock.tocsr()))
    around, stock = neighbours
    some = around[block.rows]
    total = np.asarray(some.sum(axis=1)).ravel()[:, None]
    here = (some @ stock[block.places].T).toarray()
    return np.asarray(np.where(total > 0, here / np.maximum(total, 1.0), 0.0))


@pair_feature("place", "城市数的自然对数", (0.0, 6.0), monotone=1)
def group_sites(block: Block) -> Floats:
    """企业以往在本市同省其他城市的布局数（对数）."""
    known = block.known
    sites = known.sites[block.rows].toarray()
    by_province = np.zeros((len(block.rows), len(known.province_codes)))
    np.add.at(by_province.T, known.province, sites.T)
    others = by_province[:, known.province[block.places]] - sites[:, block.places]
    return np.asarray(np.log1p(others))


@pair_feature("city", "家数的自然对数", (0.0, 14.0))
def city_firms(block: Block) -> Floats:
    """本市企业家数（总体内，对数）."""
    return np.log1p(block.known.city_size[block.places])[None, :]


@pair_feature("city", "家数对数的平方", (0.0, 196.0))
def city_firms_squared(block: Block) -> Floats:
    """本市企业家数对数的平方：大城市的吸引力不按比例增长."""
    return np.log1p(block.known.city_size[block.places])[None, :] ** 2


@pair_feature("city", "次数的自然对数", (0.0, 12.0), monotone=1)
def city_moves(block: Block) -> Floats:
    """以往落户本市的异地企业数（对数，不计本企业）."""
    known = block.known
    into = np.asarray(known.sites.sum(axis=0)).ravel()[block.places][None, :]
    return np.asarray(np.log1p(into - known.sites[block.rows][:, block.places].toarray()))


@pair_feature("city", "自然对数", (-MOST_LOG, MOST_LOG), monotone=1)
def city_draw(block: Block) -> Floats:
    """以往落户本市的外地企业比按本市企业家数应有的多多少（对数，收缩；没有学过的城市为 0）."""
    known = block.known
    learning: Learned | None = known.kept("learning")
    if learning is not None:
        draws = np.stack([one.draw_of(known) for one in learning.lessons])
        return np.asarray(draws[learning.part[block.rows]][:, block.places])
    lessons: Lessons | None = known.kept("lessons")
    if lessons is None:
        return np.zeros((1, len(block.places)))
    return np.asarray(lessons.draw_of(known)[block.places][None, :])


def _smallness(known: Known) -> Floats:
    """Return 1 for a city without firms, 0 for the one with most, logarithmic between them."""
    made = known.kept("smallness")
    if made is None:
        logs = np.log1p(known.city_size)
        made = known.keep("smallness", 1.0 - logs / max(float(logs.max()), 1e-9))
    return np.asarray(made)


def _intervening(known: Known) -> Floats:
    """Return home × city: −ln of the share of firms nearer to the city than a firm at home there.

    Source:
        Stouffer (1940): it is the opportunities in between that count, not the miles.
    """
    found = np.zeros((known.n_cities, known.n_cities))
    for city in range(known.n_cities):
        order = np.argsort(known.distance_km[:, city], kind="stable")
        nearer = np.cumsum(known.city_size[order]) - known.city_size[order]
        found[order, city] = np.log((known.n_firms + 1.0) / (nearer + 1.0))
    return found


def _own_moves(known: Known, sites: Floats) -> Floats:
    """Return each firm's own moves by province."""
    own = np.zeros((len(sites), len(known.province_codes)))
    np.add.at(own.T, known.province, sites.T)
    return own


def _quotient(block: Block, column: str) -> Floats:
    known = block.known
    made = known.kept(f"quotient {column}")
    if made is None:
        made = known.keep(f"quotient {column}", _log_quotients(known, column))
    codes, logs = made
    values = logs[block.places][:, codes[block.rows]].T
    return np.where((codes[block.rows] == logs.shape[1] - 1)[:, None], 0.0, values)


def _log_quotients(known: Known, column: str) -> tuple[Any, Floats]:
    """Return each firm's industry number, and city × industry ln LQ; unknown comes last."""
    codes, counts = _counts(known, column)
    expected = counts.sum(axis=1, keepdims=True) * counts.sum(axis=0) / max(counts.sum(), 1.0)
    logs = np.log((counts + 0.5) / (expected + 0.5))
    return codes, np.clip(logs, -MOST_LOG_QUOTIENT, MOST_LOG_QUOTIENT)


def _counts(known: Known, column: str) -> tuple[Any, Floats]:
    """Return each firm's industry number, and city × industry firms; unknown comes last."""
    names = sorted(known.firms[column].drop_nulls().unique().to_list())
    number = {name: i for i, name in enumerate(names)}
    found = known.firms[column].replace_strict(number, default=len(names), return_dtype=pl.Int64)
    codes = found.fill_null(len(names)).to_numpy()
    counts = np.zeros((known.n_cities, len(names) + 1))
    at = known.home >= 0
    np.add.at(counts, (known.home[at], codes[at]), 1.0)
    return codes, counts


def _links(known: Known) -> Any:
    """Return segment × segment, 1 where one supplies the other, either way; scipy sparse."""
    from scipy.sparse import csr_array

    number = {name: i for i, name in enumerate(known.segment_ids)}
    graph = load_library().graph
    pairs = [
        (number[a], number[b])
        for a in known.segment_ids
        for b in graph.neighbours(a)
        if b in number
    ]
    at = np.array(pairs, np.int64).reshape(-1, 2)
    return csr_array((np.ones(len(at)), (at[:, 0], at[:, 1])), shape=(len(number),) * 2)
