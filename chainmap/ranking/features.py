"""Features of a candidate: each a function, its name the column, its docstring the explanation.

Every feature is a share from 0 (speaks against or says nothing) to 1.
"""

from __future__ import annotations

import polars as pl

from chainmap.concepts.kinds import Role
from chainmap.sources.places import City, distances_km
from chainmap.tables import Cities, Gaps

ROLE_FACTOR = {Role.MAKE: 1.0, Role.RD: 0.9, Role.SERVE: 0.8, Role.TRADE: 0.0}
"""A maker brings a plant; a designer brings jobs and a tape-out; a server supports both."""

NEAR_SCALE_KM = 500.0
"""Distance at which nearness falls to 1/e: about one day's truck trip there and back."""

STANDING = {
    "世界500强": 1.0,
    "链主": 1.0,
    "央企": 0.9,
    "单项冠军": 0.8,
    "独角兽": 0.7,
    "小巨人": 0.6,
    "高新技术企业": 0.5,
}
LISTED_STANDING = 0.8
UNTITLED_STANDING = 0.4


def segment_fit() -> pl.Expr:
    """How squarely the company's business is the missing segment.

    1.0 for its main segment, 0.85 for another of its segments, 0.4 where it stands in a direct
    supplier or user segment; times the role factor (制造 1.0, 研发设计 0.9, 技术服务 0.8).
    """
    direct = pl.col("made_segment_id") == pl.col("segment_id")
    place = pl.when(direct & (pl.col("rank") == 0)).then(1.0).when(direct).then(0.85).otherwise(0.4)
    return place * pl.col("role").replace_strict(
        {role.value: factor for role, factor in ROLE_FACTOR.items()}, return_dtype=pl.Float64
    )


def gap_priority(best_gap_score: float) -> pl.Expr:
    """How pressing the gap is: its score over the best score in the selection."""
    return pl.col("gap_score") / max(best_gap_score, 1e-12)


def standing() -> pl.Expr:
    """The company's public standing (实力): its best title, or listing, or neither.

    Stands in for scale: the roster carries no revenue or staff. 上市 counts 0.8, 链主 and
    世界500强 1.0, 小巨人 0.6, no title 0.4.
    """
    titles = pl.col("kinds").list.eval(
        pl.element().replace_strict(STANDING, default=UNTITLED_STANDING, return_dtype=pl.Float64)
    )
    listed = pl.when(pl.col("stock_code").is_not_null()).then(LISTED_STANDING)
    return pl.max_horizontal(titles.list.max(), listed, pl.lit(UNTITLED_STANDING))


def nearness() -> pl.Expr:
    """How near home is: exp(−distance / 500 km)."""
    return (-pl.col("distance_km") / NEAR_SCALE_KM).exp()


def same_province(city: City) -> pl.Expr:
    """1 where home is in the same province, else 0."""
    return (pl.col("province_code") == city.province_code).cast(pl.Float64)


def policy_naming() -> pl.Expr:
    """How strongly plans in force name the segment (policy weight of the gap)."""
    return pl.col("policy_weight")


FEATURES = (
    "segment_fit",
    "gap_priority",
    "standing",
    "nearness",
    "same_province",
    "policy_naming",
)
"""The baseline's features in the order of its weights."""


def with_features(proposed: pl.DataFrame, gaps: Gaps, cities: Cities, city: City) -> pl.DataFrame:
    """Return `proposed` with `distance_km` and every feature of `FEATURES` added."""
    best = float(gaps["gap_score"].max() or 0.0) if gaps.height else 0.0  # type: ignore[arg-type]
    return (
        proposed.join(distances_km(cities, city.code), on="city_code", how="left")
        .join(cities.select("city_code", "province_code"), on="city_code", how="left")
        .with_columns(
            segment_fit=segment_fit(),
            gap_priority=gap_priority(best),
            standing=standing(),
            nearness=nearness(),
            same_province=same_province(city),
            policy_naming=policy_naming(),
        )
    )
