"""Propose candidates (召回): groups elsewhere that make what a city's gap needs, raw facts only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import polars as pl

from chainmap.chains.library import ChainLibrary
from chainmap.concepts.admission import AdmissionRule
from chainmap.concepts.catalogue import Catalogue
from chainmap.concepts.identifiers import chain_of
from chainmap.gaps.presence import counted_placements
from chainmap.gaps.world import World
from chainmap.ranking.catalogue_terms import item_terms, titles_wanted
from chainmap.ranking.pair_registry import pair_features
from chainmap.ranking.roster_pairs import RosterPairs
from chainmap.sources.places import City, distances_km
from chainmap.tables import CANDIDATES, Candidates, Gaps

_WIDTH_90 = 2 * 1.6448536269514722
_ROLE_ORDER = {"make": 0, "rd": 1, "serve": 2, "trade": 3}
CITIES_KEPT = 16
"""Cities whose raw features stay in memory, about a megabyte each."""
_LEAST_SHORTFALL = 0.05
"""Below it the logarithm of a shortfall says nothing; the interval's far end is cut there."""


class Veto(StrEnum):
    """A hard rule that keeps a company out of a list (否决项)."""

    ALREADY_THERE = "already_there"
    TERMS_FAILED = "terms_failed"
    STRUCK_OFF = "struck_off"

    @property
    def zh(self) -> str:
        """The Chinese words."""
        return {
            "already_there": "集团在本市已有该环节的企业",
            "terms_failed": "已知不符合目录的准入条件",
            "struck_off": "已注销或吊销",
        }[self]


@dataclass(frozen=True)
class Ground:
    """What candidates are proposed from, beside the measured data.

    Attributes:
        pairs: The roster's firms as of a year, from `ranking.roster_pairs`.
        catalogue: The catalogue in use for the city; None where there is none.
        rules: Admission rules that its terms repeat.
        struck_off: Companies known to be dissolved.
    """

    pairs: RosterPairs
    catalogue: Catalogue | None = None
    rules: tuple[AdmissionRule, ...] = ()
    struck_off: frozenset[str] = frozenset()


def propose_candidates(world: World, gaps: Gaps, city: City, ground: Ground) -> Candidates:
    """Return company × gap for every group whose head is in another city, with raw facts.

    A group is proposed for a gap when one of its firms counts as present in the segment itself or
    in a direct supplier or user of it inside the same chain. Where several of its firms and
    segments qualify the one is kept that comes nearest: the segment itself first, the head's own
    placement before its firms', the most usual neighbour, the main segment, then by id. A row that
    fails a hard rule stays, with `veto` set.

    Args:
        world: The measured data.
        gaps: From `find_gaps`; all of one city.
        city: The receiving city; its own groups are no candidates.
        ground: Firms as of a year, catalogue, known dissolutions.

    Returns:
        One row per company and gap segment, by company and segment.

    Raises:
        ModelError: The city is not in the table of places.
    """
    made, reach = _made(world, ground.pairs), _reach(gaps, world.library)
    away = made.filter(pl.col("home") != city.code)
    proposed = away.join(_pair_counts(made, reach), on="made_segment_id")
    nearest = (
        proposed.with_columns(
            indirect=pl.col("made_segment_id") != pl.col("segment_id"),
            usual=-pl.col("n_both") / pl.col("n_makers"),
        )
        .sort(
            "company_id",
            "segment_id",
            "indirect",
            "own_rank",
            "usual",
            "role_order",
            "rank_made",
            "made_segment_id",
            "maker_id",
        )
        .unique(["company_id", "segment_id"], keep="first", maintain_order=True)
    )
    described = _described(nearest, world, gaps, city, ground)
    return CANDIDATES.check(described.sort("company_id", "segment_id"))


def _described(
    proposed: pl.DataFrame, world: World, gaps: Gaps, city: City, ground: Ground
) -> pl.DataFrame:
    """Return proposed rows with features, gap, catalogue and veto."""
    wanted = world.companies.select("company_id", titles=titles_wanted())
    settled = (
        counted_placements(world.placements, world.library)
        .join(world.companies.filter(pl.col("city_code") == city.code), on="company_id")
        .select("segment_id", company_id="group_id", settled=pl.lit(value=True))
        .unique()
    )
    terms = item_terms(ground.catalogue, ground.rules, world, city)
    return (
        proposed.join(_pair_facts(ground.pairs, city.code), on="company_id")
        .join(distances_km(world.cities, city.code), left_on="home", right_on="city_code")
        .join(_gap_facts(gaps), on="segment_id")
        .join(terms, on="segment_id", how="left")
        .join(wanted, on="company_id", how="left")
        .join(settled, on=["company_id", "segment_id"], how="left")
        .with_columns(
            pl.col("terms_met", "terms_failed", "terms_unknown").fill_null(0),
            basis=pl.when("indirect").then(pl.lit("neighbour")).otherwise(pl.lit("direct")),
            wanted_met=pl.col("titles").list.set_intersection(
                pl.col("wanted").fill_null(pl.lit([], pl.List(pl.String)))
            ).list.sort(),
            veto=pl.when("settled").then(pl.lit(Veto.ALREADY_THERE.value))
            .when(pl.col("terms_failed") > 0).then(pl.lit(Veto.TERMS_FAILED.value))
            .when(pl.col("company_id").is_in(sorted(ground.struck_off)))
            .then(pl.lit(Veto.STRUCK_OFF.value)),
        )
    )  # fmt: skip


def _made(world: World, pairs: RosterPairs) -> pl.DataFrame:
    """Return head × segment × firm of the group that makes it, with how the firm is placed."""
    heads = pairs.known.firms.select(company_id="firm_id", home="home")
    firms = world.companies.select("group_id", maker_id="company_id").join(
        heads, left_on="group_id", right_on="company_id"
    )
    there = pl.col("founded_year").is_null() | (pl.col("founded_year") <= pairs.year)
    alive = world.companies.filter(there).select(maker_id="company_id")
    return (
        counted_placements(world.placements, world.library)
        .select(
            "role", "confidence", maker_id="company_id", made_segment_id="segment_id",
            rank_made="rank",
        )
        .join(firms.join(alive, on="maker_id", how="semi"), on="maker_id")
        .rename({"group_id": "company_id"})
        .with_columns(
            own_rank=(pl.col("maker_id") != pl.col("company_id")).cast(pl.Int64),
            role_order=pl.col("role").replace_strict(_ROLE_ORDER, return_dtype=pl.Int64),
        )
    )  # fmt: skip


def _pair_counts(made: pl.DataFrame, reach: pl.DataFrame) -> pl.DataFrame:
    """Return for the pairs of `reach` how many groups make the one, and how many of them both."""
    held = made.select("company_id", "made_segment_id").unique()
    makers = held.group_by("made_segment_id").agg(n_makers=pl.len().cast(pl.Int64))
    both = (
        reach.join(held, on="made_segment_id")
        .join(
            held.rename({"made_segment_id": "segment_id"}),
            on=["company_id", "segment_id"],
            how="semi",
        )
        .group_by("made_segment_id", "segment_id")
        .agg(n_both=pl.len().cast(pl.Int64))
    )
    return (
        reach.join(makers, on="made_segment_id")
        .join(both, on=["made_segment_id", "segment_id"], how="left")
        .with_columns(pl.col("n_both").fill_null(0))
    )


@lru_cache(maxsize=CITIES_KEPT)
def _pair_facts(pairs: RosterPairs, city_code: str) -> pl.DataFrame:
    """Return each firm's raw pair features with the city as one list, and what is not stated."""
    names = sorted(pair_features())
    return (
        pairs.features(city_code, names)
        .select(
            "company_id",
            features=pl.concat_list(
                pl.struct(name=pl.lit(name), value=pl.col(name)) for name in names
            ),
        )
        .join(pairs.unstated(), on="company_id")
    )


def _gap_facts(gaps: Gaps) -> pl.DataFrame:
    """Return what a candidate needs of each gap.

    The spread of ln score is worked out from the ends of the intervals of θ and of the chance,
    both taken as log-normal.
    """
    low, high = (
        (1.0 - pl.col(name)).clip(_LEAST_SHORTFALL, 1.0) for name in ("theta_high", "theta_low")
    )
    shortfall = (high.log() - low.log()) / _WIDTH_90
    chance = (
        pl.col("chance_high").clip(1e-9).log() - pl.col("chance_low").clip(1e-9).log()
    ).clip(0.0) / _WIDTH_90  # fmt: skip
    return gaps.select(
        "segment_id", "chain_id", "gap_score", "policy_weight",
        gap_kind="kind", gap_spread=(0.25 * shortfall**2 + 0.25 * chance**2).sqrt(),
    )  # fmt: skip


def _reach(gaps: Gaps, library: ChainLibrary) -> pl.DataFrame:
    """Return `segment_id` (a gap) × `made_segment_id` (itself or a neighbour in its chain)."""
    pairs = [
        (segment_id, made)
        for segment_id in gaps["segment_id"]
        for made in (segment_id, *library.graph.neighbours(segment_id))
        if chain_of(made) == chain_of(segment_id)
    ]
    return pl.DataFrame(
        pairs, schema={"segment_id": pl.String, "made_segment_id": pl.String}, orient="row"
    )
