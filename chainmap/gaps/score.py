"""Score a city's gaps (产业链缺口): which segments to build, fill, strengthen or extend."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import polars as pl

from chainmap.chains.library import ChainLibrary
from chainmap.concepts.identifiers import chain_of
from chainmap.concepts.kinds import SegmentKind
from chainmap.errors import InputError
from chainmap.gaps.policy import policy_weights
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
        weak_below: theta under which a present segment counts as weak (补链 where used locally).
        leader_shortfall: Least shortfall of a segment that is present but has no leader.
        engagement_floor: Chains under it are left out unless policy names them; None takes the
            city's median over chains (methods 8.2).
        least_companies: A city with fewer placements in the data has no gaps, only too little data.
    """

    as_of: dt.date
    include_expired: bool = False
    alpha: float = 0.5
    beta: float = 0.5
    gamma: float = 0.5
    weak_below: float = 0.5
    leader_shortfall: float = 0.25
    engagement_floor: float | None = None
    least_companies: int = 5

    def __post_init__(self) -> None:
        for name in ("alpha", "beta", "gamma", "weak_below", "leader_shortfall"):
            if not 0.0 <= getattr(self, name) <= 10.0:
                raise InputError(f"参数 {name}={getattr(self, name)} 超出 0 到 10。")


def enough_data(world: World, city: City, options: GapOptions) -> bool:
    """Return whether the data holds enough of a city to speak of its gaps at all."""
    own = world.presence.filter(pl.col("city_code") == city.code)
    return int(own["n_companies"].sum()) >= options.least_companies


def score_gaps(world: World, city: City, options: GapOptions) -> Gaps:
    """Return the city's gaps over all engaged chains, best first.

    gap_score = need^alpha · feasibility^beta · (1 + gamma · policy_weight), where
    need = shortfall · (½ criticality + ½ dependence); shortfall = 1 − theta, at least
    `leader_shortfall` where firms are present but no leader; dependence = share of the segment's
    users that are local · (1 − ½ min(1, theta of the rest of the province)); feasibility =
    (½ + local neighbours) / (1 + neighbours) on the supply graph. Segments that are present at
    their weight with a leader are strong and no gap; ties break by segment id. Neighbours of a
    product segment are product segments: a hospital or a dealer nearby makes no supply gap.
    A city with too little data (`enough_data`) has no rows.

    Source:
        methods 8.2–8.3, simple form; kinds as in docs/decisions/0005.
    """
    library = world.library
    own = world.presence.filter(pl.col("city_code") == city.code)
    local = own.join(world.criticality, on="segment_id")
    engagement = chain_engagement(local)
    policy = policy_weights(library, city, options.as_of, options.include_expired, world.positions)
    frame = (
        local.join(_neighbourhood(local, library), on="segment_id")
        .join(policy, on="segment_id")
        .with_columns(chain_id=pl.col("segment_id").map_elements(chain_of, pl.String))
        .join(engagement, on="chain_id")
        .with_columns(
            named=pl.col("policy_weight").max().over("chain_id") > 0,
            floor=_floor(engagement, options),
            least=pl.lit(0.0 if options.engagement_floor is None else -1.0),
        )
        .filter(
            ((pl.col("engagement") >= pl.col("floor")) & (pl.col("engagement") > pl.col("least")))
            | pl.col("named")
        )
        .filter(pl.lit(enough_data(world, city, options)))
        .with_columns(kind=_kind(options))
        .filter(pl.col("kind").is_not_null())
    )
    scored = _score(frame, options).sort(["gap_score", "segment_id"], descending=[True, False])
    return GAPS.check(scored.with_columns(rank=pl.int_range(1, scored.height + 1, dtype=pl.Int64)))


def chain_engagement(local: pl.DataFrame) -> pl.DataFrame:
    """Return `chain_id, engagement` (产业链参与度, 0..1) of one city, by chain.

    Criticality-weighted share of the chain's segments the city has: Σ k·min(1, theta)·[x>0] / Σ k.
    An empty cell counts as nothing, because the add-half theta of a tiny city is near 1 everywhere.

    Args:
        local: One city's presence with `criticality`.
    """
    have = pl.col("criticality") * pl.col("theta").clip(0.0, 1.0) * (pl.col("n_companies") > 0)
    return (
        local.with_columns(chain_id=pl.col("segment_id").map_elements(chain_of, pl.String))
        .group_by("chain_id")
        .agg(engagement=have.sum() / pl.col("criticality").sum())
        .sort("chain_id")
    )


def _neighbourhood(local: pl.DataFrame, library: ChainLibrary) -> pl.DataFrame:
    """Return each segment's local users and suppliers and how many it has in all."""
    present = set(local.filter(pl.col("n_companies") > 0)["segment_id"])
    products = {s.id for s in library.segments.values() if s.kind is SegmentKind.PRODUCT}
    rows = []
    for segment_id in sorted(library.segments):
        around = products if segment_id in products else set(library.segments)
        users = [s for s in library.graph.users(segment_id) if s in around]
        suppliers = [s for s in library.graph.suppliers(segment_id) if s in around]
        local_users = [s for s in users if s in present]
        local_suppliers = [s for s in suppliers if s in present]
        rows.append((segment_id, local_users, local_suppliers, len(users), len(suppliers)))
    return pl.DataFrame(
        rows,
        schema={
            "segment_id": pl.String,
            "local_users": pl.List(pl.String),
            "local_suppliers": pl.List(pl.String),
            "n_users": pl.Int64,
            "n_suppliers": pl.Int64,
        },
        orient="row",
    )


def _kind(options: GapOptions) -> pl.Expr:
    absent = pl.col("n_companies") == 0
    used = pl.col("local_users").list.len() > 0
    supplied = pl.col("local_suppliers").list.len() > 0
    weak = pl.col("theta") < options.weak_below
    light = (pl.col("theta") < 1.0) | (pl.col("n_leaders") == 0)
    return (
        pl.when(absent & used)
        .then(pl.lit("fill"))
        .when(absent & supplied)
        .then(pl.lit("extend"))
        .when(absent)
        .then(pl.lit("build"))
        .when(weak & used)
        .then(pl.lit("fill"))
        .when(light)
        .then(pl.lit("strengthen"))
        .otherwise(None)
    )


def _score(frame: pl.DataFrame, options: GapOptions) -> pl.DataFrame:
    leaderless = (pl.col("n_companies") > 0) & (pl.col("n_leaders") == 0)
    least = pl.when(leaderless).then(options.leader_shortfall).otherwise(0.0)
    n_local_users = pl.col("local_users").list.len()
    n_local = n_local_users + pl.col("local_suppliers").list.len()
    demand = n_local_users / pl.col("n_users").clip(1)
    return (
        frame.with_columns(
            shortfall=pl.max_horizontal(1.0 - pl.col("theta"), least, 0.0),
            dependence=demand * (1.0 - 0.5 * pl.col("theta_province").clip(0.0, 1.0)),
            feasibility=(0.5 + n_local) / (1.0 + pl.col("n_users") + pl.col("n_suppliers")),
        )
        .with_columns(
            need=pl.col("shortfall") * (0.5 * pl.col("criticality") + 0.5 * pl.col("dependence"))
        )
        .with_columns(
            gap_score=(
                pl.col("need").pow(options.alpha)
                * pl.col("feasibility").pow(options.beta)
                * (1.0 + options.gamma * pl.col("policy_weight"))
            ).round(12)
        )
    )


def _floor(engagement: pl.DataFrame, options: GapOptions) -> pl.Expr:
    if options.engagement_floor is not None:
        return pl.lit(options.engagement_floor)
    return pl.lit(engagement["engagement"].median())
