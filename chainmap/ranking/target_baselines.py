"""Simple orders that the target ranker must beat; each gives firms × cities, higher first."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import polars as pl

from chainmap.ranking.known import Floats
from chainmap.ranking.pair_registry import Block, pair_column
from chainmap.ranking.target_training import Learning, stated_sites

Order = Callable[[Learning, Block], Floats]

FIXED = {"fit": 0.30, "expansion": 0.20, "risk": 0.20, "innovation": 0.15, "finance": 0.15}
"""The fixed weighting of common scoring tables: chain fit, expansion, risk, innovation, finance."""

FIRST_RELEASE = {"segment_fit": 0.30, "standing": 0.15, "nearness": 0.10, "same_province": 0.05}
"""The hand-set weights of the product's first release, as far as a universe has what they weigh."""
FIRST_STANDING = (0.4, 0.8)
"""What the first release gave a firm without a title, unlisted and listed."""
FIRST_NEAR_KM = 500.0
"""Its scale of distance."""


def random(learning: Learning, block: Block) -> Floats:
    """Return no order at all: ties count with the mean over all their orders (`ranking.tied`)."""
    return np.zeros(block.shape)


def biggest_firm(learning: Learning, block: Block) -> Floats:
    """Return firms by staff as stated, not cut at either end; unstated as the median."""
    staff = block.known.firms["staff"].to_numpy().astype(np.float64)
    stated = staff[staff > 0]
    middle = float(np.median(stated)) if len(stated) else 0.0
    values = np.where(staff > 0, staff, middle)[block.rows]
    return np.asarray(np.broadcast_to(values[:, None], block.shape), np.float64)


def biggest_city(learning: Learning, block: Block) -> Floats:
    """Return cities by firms at home."""
    return _column(block, "city_firms")


def nearest(learning: Learning, block: Block) -> Floats:
    """Return pairs by distance."""
    return _column(block, "nearness")


def province_gravity(learning: Learning, block: Block) -> Floats:
    """Return moves so far between the two provinces per firm there, times the city's own.

    Landings of a ledger are not counted, as the model's own flows do not count them.
    """
    known = learning.known
    happened = learning.happened() & stated_sites(known)
    n = len(known.province_codes)
    moves, firms = np.zeros((n, n)), np.zeros(n)
    firm, city = np.nonzero(happened & (known.home >= 0)[:, None])
    np.add.at(moves, (known.province[known.home[firm]], known.province[city]), 1.0)
    np.add.at(firms, known.province[known.home[known.home >= 0]], 1.0)
    rate = np.log(moves + 0.5) - np.log(firms[:, None] + 1.0)
    pull = np.log(happened.sum(axis=0) + 0.5)[block.places][None, :]
    home, there = known.province[block.home], known.province[block.places]
    return np.asarray(rate[np.ix_(home, there)] + pull)


def most_courted_firm(learning: Learning, block: Block) -> Floats:
    """Return firms by how often firms of their trade moved so far."""
    known = learning.known
    frame = pl.DataFrame({"sector": known.firms["sector"], "seen": learning.firms})
    moved = frame.with_columns(moves=learning.happened().sum(axis=1)).filter("seen")
    rate = moved.group_by("sector").agg(rate=(pl.col("moves").sum() + 0.2) / (pl.len() + 1.0))
    found = frame.join(rate, on="sector", how="left", maintain_order="left", nulls_equal=True)
    values = found["rate"].fill_null(0.0).to_numpy()
    return np.asarray(np.broadcast_to(values[block.rows][:, None], block.shape))


def most_courted_city(learning: Learning, block: Block) -> Floats:
    """Return cities by moves into them so far, landings of a ledger not counted."""
    stated = learning.happened() & stated_sites(learning.known)
    into = stated.sum(axis=0).astype(np.float64)
    return np.asarray(np.broadcast_to(into[block.places][None, :], block.shape))


def industry_quotient(learning: Learning, block: Block) -> Floats:
    """Return pairs by the location quotient of the firm's trade in the city."""
    return _column(block, "industry_quotient") + 1e-3 * _column(block, "sector_quotient")


def plain_sum(learning: Learning, block: Block) -> Floats:
    """Return quotient, nearness and staff added up, each by its spread: the known 0.70.

    The spread is that over all firms for one city, so a list is the same whatever else is asked.
    """
    whole = Block(block.known, np.arange(block.known.n_firms), block.places)
    total = np.zeros(block.shape)
    for name in ("sector_quotient", "nearness", "staff_size"):
        total += _column(block, name) / np.maximum(_column(whole, name).std(axis=0), 1e-9)
    return total


def fixed_weighting(learning: Learning, block: Block) -> Floats:
    """Return the fixed weighting 30/20/20/15/15 over percentiles of what stands for each."""
    stands_for = {
        "fit": "business_likeness", "expansion": "staff_size", "risk": "age",
        "innovation": "listed", "finance": "capital_size",
    }  # fmt: skip
    parts = [w * _percentile(_column(block, stands_for[name])) for name, w in FIXED.items()]
    return np.asarray(sum(parts))


def product_baseline(learning: Learning, block: Block) -> Floats:
    """Return the first release's hand-set weights over what of its features the universe has."""
    known = learning.known
    placed = np.asarray(known.makes.sum(axis=1)).ravel()[block.rows][:, None] > 0
    listed = _column(block, "listed")
    standing = FIRST_STANDING[0] + (FIRST_STANDING[1] - FIRST_STANDING[0]) * listed
    distance = known.distance_km[block.home][:, block.places]
    parts = {
        "segment_fit": placed.astype(np.float64),
        "standing": standing,
        "nearness": np.exp(-distance / FIRST_NEAR_KM),
        "same_province": _column(block, "same_province"),
    }
    return np.asarray(sum(FIRST_RELEASE[name] * value for name, value in parts.items()))


FOR_A_CITY: Mapping[str, Order] = {
    "随机": random,
    "先大后小": biggest_firm,
    "先近后远": nearest,
    "省际引力": province_gravity,
    "行业外迁频次": most_courted_firm,
    "行业区位商": industry_quotient,
    "区位商+距离+规模": plain_sum,
    "固定权重 30/20/20/15/15": fixed_weighting,
    "本产品原基线": product_baseline,
}
"""Orders of firms for a city, by the name a reader sees."""
COUNTED = ("省际引力", "行业外迁频次")
"""Orders of `FOR_A_CITY` that count moves: every fold of firms has its own."""
FOR_A_FIRM: Mapping[str, Order] = {
    "随机": random,
    "先大后小": biggest_city,
    "先近后远": nearest,
    "省际引力": province_gravity,
    "最受青睐": most_courted_city,
    "行业区位商": industry_quotient,
}
"""Orders of cities for a firm."""
SUSPICIOUS_AUC = 0.9
"""Above this an evaluation on these data almost surely leaks (shared data README)."""


def _column(block: Block, name: str) -> Floats:
    return np.asarray(np.broadcast_to(pair_column(block, name), block.shape))


def _percentile(values: Floats) -> Floats:
    from scipy.stats import rankdata

    return np.asarray(rankdata(values, axis=0) / len(values))
