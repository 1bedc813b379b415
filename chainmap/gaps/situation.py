"""A city's situation: everything known of each segment in it, before anything is judged."""

from __future__ import annotations

import datetime as dt

import polars as pl

from chainmap.chains.library import ChainLibrary
from chainmap.concepts.identifiers import chain_of
from chainmap.concepts.kinds import SegmentKind
from chainmap.gaps.policy import policy_weights
from chainmap.gaps.world import World
from chainmap.sources.places import City

KEPT = 16
"""Situations, and gaps scored, that a world remembers: one city's are some 1 MB."""


def city_situation(
    world: World, city: City, as_of: dt.date, include_expired: bool = False
) -> pl.DataFrame:
    """Return one row a segment: presence, position, dependence, chance, relatedness, policy.

    Returns:
        Every segment, by id, with the columns of `Presence` and of `segment_criticality`,
        `expected_leaders` (among as many makers, at the nation's share of leaders), and
        `dependence` with its three levels and `local_demand`, `chance, chance_low, chance_high,
        base_rate`, `density, density_percentile`, `policy_weight` with its parts, `chain_id`,
        `engagement`, `local_users, local_suppliers, n_users, n_suppliers`. The world keeps the
        last few, because a list, its reasons and its unjudged rows read the same one.
    """
    key, kept = (city.code, as_of, include_expired), world.situations
    found = kept.get(key)
    if found is None:
        found = _situation(world, city, as_of, include_expired)
        if len(kept) >= KEPT:
            kept.clear()
        kept[key] = found
    return found


def _situation(world: World, city: City, as_of: dt.date, include_expired: bool) -> pl.DataFrame:
    here = pl.col("city_code") == city.code
    local = (
        world.presence.filter(here)
        .join(world.criticality, on="segment_id")
        .join(leader_shares(world.presence), on="segment_id")
        .with_columns(expected_leaders=pl.col("n_companies") * pl.col("leader_share"))
        .drop("leader_share")
    )
    for frame in (world.dependence, world.chances, world.density):
        local = local.join(frame.filter(here).drop("city_code"), on="segment_id", how="left")
    policy = policy_weights(world.library, city, as_of, include_expired, world.positions)
    return (
        local.join(neighbourhood(local, world.library), on="segment_id")
        .join(policy, on="segment_id")
        .with_columns(chain_id=_chain_ids(local))
        .join(world.engagement.filter(here).drop("city_code"), on="chain_id", how="left")
        .sort("segment_id")
    )


def leader_shares(presence: pl.DataFrame) -> pl.DataFrame:
    """Return `segment_id, leader_share`: leaders among the nation's makers, 0..1; 0 without any."""
    makers, leaders = pl.col("n_companies").sum(), pl.col("n_leaders").sum()
    share = pl.when(makers > 0).then(leaders / makers).otherwise(0.0)
    return presence.group_by("segment_id").agg(leader_share=share).sort("segment_id")


def neighbourhood(local: pl.DataFrame, library: ChainLibrary) -> pl.DataFrame:
    """Return each segment's local users and suppliers and how many it has in all.

    Neighbours of a product segment are product segments: a hospital or a dealer nearby makes no
    supply gap.

    Args:
        local: One city's presence.
        library: Knows who supplies whom.
    """
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


def _chain_ids(local: pl.DataFrame) -> pl.Expr:
    chains = {segment: chain_of(segment) for segment in local["segment_id"]}
    return pl.col("segment_id").replace_strict(chains, return_dtype=pl.String)
