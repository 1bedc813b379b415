"""Score a city's gaps (产业链缺口): which segments to build, fill, strengthen or extend."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import polars as pl

from chainmap.errors import InputError
from chainmap.gaps.engagement import engaged_chains
from chainmap.gaps.kinds import RELATED_FROM, State, gap_kind, leader_lack, leader_part
from chainmap.gaps.situation import KEPT, city_situation
from chainmap.gaps.world import World
from chainmap.sources.places import City
from chainmap.tables import GAPS, Gaps


@dataclass(frozen=True)
class GapOptions:
    """Parameters of the gap score, with their defaults on record.

    Attributes:
        as_of: Day on which plans must be in force.
        include_expired: Let plans whose period is over drive the score too.
        alpha: Exponent of need.
        beta: Exponent of feasibility.
        gamma: Strength of the policy weight.
        criticality_share: Weight of criticality in need; dependence has the rest.
        leader_shortfall: Least shortfall of a segment whose makers lack a whole leader; where the
            city's weight calls for less of one (`kinds.leader_lack`), as much less.
        related_from: Within-city percentile of density from which a segment is related.
        engagement_floor: Chains under it are left out unless policy names them; None takes the
            city's median over chains (methods 8.2).
        least_companies: A city with fewer placements in the data has no gaps, only too little data.
    """

    as_of: dt.date
    include_expired: bool = False
    alpha: float = 0.5
    beta: float = 0.5
    gamma: float = 0.5
    criticality_share: float = 0.5
    leader_shortfall: float = 0.25
    related_from: float = RELATED_FROM
    engagement_floor: float | None = None
    least_companies: int = 5

    def __post_init__(self) -> None:
        for name in ("alpha", "beta", "gamma"):
            if not 0.0 <= getattr(self, name) <= 10.0:
                raise InputError(f"参数 {name}={getattr(self, name)} 超出 0 到 10。")
        for name in ("criticality_share", "leader_shortfall", "related_from"):
            if not 0.0 <= getattr(self, name) <= 1.0:
                raise InputError(f"参数 {name}={getattr(self, name)} 超出 0 到 1。")


def enough_data(world: World, city: City, options: GapOptions) -> bool:
    """Return whether the data holds enough of a city to speak of its gaps at all."""
    own = world.presence.filter(pl.col("city_code") == city.code)
    return int(own["n_companies"].sum()) >= options.least_companies


def score_gaps(world: World, city: City, options: GapOptions) -> Gaps:
    """Return the city's gaps over all engaged chains, best first.

    gap_score = need^alpha · feasibility^beta · (1 + gamma · policy_weight), where
    need = shortfall · (c · criticality + (1 − c) · dependence) with c = `criticality_share`;
    shortfall = expected shortfall E[(1 − θ)⁺ | x] of the presence posterior, at least
    `leader_shortfall` · `kinds.leader_lack`; dependence = outside dependence
    (`gaps.dependence`); feasibility = calibrated chance of entry (`gaps.entry`), of one that leads
    where only a leader is missing (`kinds.leader_part`). The geometric form makes a zero on either
    axis a zero. Kinds by `gaps.kinds`; segments the data cannot judge (state `unknown`) and strong
    ones have no row; ties break by segment id. A city with too little data (`enough_data`) has no
    rows. The world keeps the last few: lists of six chains begin with the same gaps.

    Source:
        methods 8.1–8.4; docs/decisions/0005 and 0021.
    """
    key, kept = (city.code, options), world.scored
    found = kept.get(key)
    if found is None:
        found = _scored(world, city, options)
        if len(kept) >= KEPT:
            kept.clear()
        kept[key] = found
    return found


def _scored(world: World, city: City, options: GapOptions) -> Gaps:
    situation = city_situation(world, city, options.as_of, options.include_expired)
    frame = (
        engaged(situation, options)
        .filter(pl.lit(enough_data(world, city, options)))
        .with_columns(kind=gap_kind(options.related_from))
        .filter(pl.col("kind").is_not_null())
        .with_columns(pl.col("chance", "chance_low", "chance_high") * leader_part())
    )
    scored = with_score(frame, options).sort(["gap_score", "segment_id"], descending=[True, False])
    rank = pl.int_range(1, scored.height + 1, dtype=pl.Int64)
    return GAPS.check(scored.with_columns(rank=rank, rank_low=rank, rank_high=rank))


def unjudged(situation: pl.DataFrame, options: GapOptions) -> list[str]:
    """Return the segments of engaged chains of which the data says too little, by id."""
    shown = engaged(situation, options).filter(pl.col("state") == State.UNKNOWN)
    return shown["segment_id"].to_list()


def engaged(situation: pl.DataFrame, options: GapOptions) -> pl.DataFrame:
    """Return the rows of chains the city engages in, or that a plan in force names."""
    chains = situation.select("city_code", "chain_id", "engagement").unique()
    marked = engaged_chains(chains, options.engagement_floor).select("chain_id", "engaged")
    named = pl.col("policy_weight").max().over("chain_id") > 0
    return (
        situation.join(marked, on="chain_id", how="left", maintain_order="left")
        .filter(pl.col("engaged") | named)
        .drop("engaged")
    )


def with_score(frame: pl.DataFrame, options: GapOptions) -> pl.DataFrame:
    """Return `frame` with `shortfall`, `feasibility`, `need` and `gap_score` by the formula.

    Args:
        frame: Rows with `expected_shortfall, n_companies, n_leaders, expected, expected_leaders,
            criticality, dependence, chance, policy_weight`; the expected shortfall may be that of
            one draw.
        options: Exponents and weights.
    """
    least = options.leader_shortfall * leader_lack()
    position = (
        options.criticality_share * pl.col("criticality")
        + (1.0 - options.criticality_share) * pl.col("dependence")
    )  # fmt: skip
    return (
        frame.with_columns(
            shortfall=pl.max_horizontal("expected_shortfall", least).clip(0.0, 1.0),
            feasibility=pl.col("chance"),
        )
        .with_columns(need=pl.col("shortfall") * position)
        .with_columns(
            gap_score=(
                pl.col("need").pow(options.alpha)
                * pl.col("feasibility").pow(options.beta)
                * (1.0 + options.gamma * pl.col("policy_weight"))
            ).round(12)
        )
    )
