"""Ranked candidates become recommendations: chance, reasons, counter-evidence, evidence marks."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from chainmap.gaps.world import World
from chainmap.ranking.candidates import Ground
from chainmap.ranking.explain import Explainer
from chainmap.ranking.scorer import Scorer
from chainmap.ranking.scoring import makes_chance
from chainmap.ranking.target_model import TargetModel
from chainmap.sources.places import City
from chainmap.tables import RECOMMENDATIONS, Candidates, Gaps, Recommendations


@dataclass(frozen=True)
class Lists:
    """A ranked list and what it came from.

    Attributes:
        candidates: All candidates.
        ranked: From `ranking.listing.rank_candidates`.
        ground: What the candidates were proposed from.
    """

    candidates: Candidates
    ranked: pl.DataFrame
    ground: Ground


def with_chances(
    ranked: pl.DataFrame, candidates: Candidates, scorer: Scorer, comes: pl.DataFrame
) -> pl.DataFrame:
    """Return a list with `chance, usual_chance, expands, goes_there`.

    chance = P(the firm comes to the city) · P(it makes the segment); usual_chance = its mean over
    the candidate companies of the segment's chain that no hard rule keeps out, each for the segment
    it makes most surely: a company that is a candidate for forty segments counts once.

    Args:
        ranked: From `ranking.listing`, with `makes`.
        candidates: What it was ranked from.
        scorer: What it was scored with.
        comes: From `RosterPairs.chances`.
    """
    every = candidates.filter(pl.col("veto").is_null())
    makes = pl.Series(makes_chance(every, scorer.rates), dtype=pl.Float64)
    usual = (
        every.select("company_id", "chain_id")
        .with_columns(makes=makes)
        .group_by("chain_id", "company_id")
        .agg(pl.col("makes").max())
        .join(comes, on="company_id")
        .sort("chain_id", "company_id")  # sums of floats hang on their order
        .group_by("chain_id", maintain_order=True)
        .agg(usual_chance=(pl.col("comes") * pl.col("makes")).mean().round_sig_figs(12))
    )
    return (
        ranked.join(comes, on="company_id", how="left", maintain_order="left")
        .join(usual, on="chain_id", how="left", maintain_order="left")
        .with_columns(chance=pl.col("comes") * pl.col("makes"))
    )


def recommend(
    world: World, city: City, gaps: Gaps, lists: Lists, released: tuple[TargetModel, Scorer]
) -> Recommendations:
    """Return a ranked list as recommendations, rank 1 first.

    Args:
        world: The measured data.
        city: The receiving city.
        gaps: What the candidates were proposed for.
        lists: Candidates, the list cut from them, and what they were proposed from.
        released: The model, and the scorer the list was ranked with.
    """
    rows = described_rows(world, city, gaps, lists, released)
    return recommended(rows, Explainer(world, city, released[1], lists.candidates))


def recommended(rows: pl.DataFrame, told: Explainer) -> Recommendations:
    """Return the rows of `described_rows` as recommendations, in words."""
    named = list(rows.iter_rows(named=True))
    reasons = [told.reasons_by_family(row) for row in named]
    texts = {
        "reasons": [[text for _, text in one] for one in reasons],
        "reason_families": [[family.value for family, _ in one] for one in reasons],
        "counter_evidence": [told.counter_evidence(row) for row in named],
        "evidence": [told.evidence(row) for row in named],
    }
    return RECOMMENDATIONS.check(
        rows.with_columns(
            pl.Series(name, values, dtype=pl.List(pl.String)) for name, values in texts.items()
        )
    )


def described_rows(
    world: World, city: City, gaps: Gaps, lists: Lists, released: tuple[TargetModel, Scorer]
) -> pl.DataFrame:
    """Return a ranked list joined with its companies, their homes, gaps and chances.

    Returns:
        What an `Explainer` reads, in the list's order.
    """
    model, scorer = released
    ground = lists.ground
    ranked = with_chances(
        lists.ranked, lists.candidates, scorer, ground.pairs.chances(model, city.code)
    )
    home = world.cities.select("city_code", "province", short_city=pl.col("short_name"))
    drop = [name for name in gaps.columns if name in ranked.columns and name != "segment_id"]
    return (
        ranked.join(world.companies, on="company_id", how="left", maintain_order="left")
        .join(home, on="city_code", how="left", maintain_order="left")
        .join(gaps.drop("city_code", *drop), on="segment_id", how="left", maintain_order="left")
        .with_columns(has_catalogue=pl.lit(ground.catalogue is not None))
    )
