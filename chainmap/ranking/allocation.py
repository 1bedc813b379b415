"""One allocation for many cities (错位分配): no company is pushed to more than a few of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from chainmap.errors import InputError
from chainmap.ranking.allocation_solver import Demand, choose
from chainmap.ranking.listing import best_segments, within_segment_limit
from chainmap.ranking.target_options import TargetOptions
from chainmap.tables import Gaps

FILL = 10.0
"""Worth of a filled place: above any fit, so that lists are filled before they are good."""
LOCK_WORTH = 1_000.0
"""Worth of a lock: above what a whole list can be, so that a lock is kept first."""
_TIE = 1e-4
"""The most that the order of the city's own list moves a fit: it decides between equals."""
_OWN_LEVEL = "city"


@dataclass(frozen=True)
class AllocationOptions:
    """Parameters of an allocation, with their defaults on record.

    Attributes:
        top: Places of each city's list.
        max_cities: At most this many cities a company; cities joined by a link count once.
        per_segment: At most this many companies for one segment in a city; 0 is no limit.
        plan_bonus: Added to the fit of a company a city wants where a plan of the city itself
            names the segment; judged, about a quarter of a natural logarithm.
        chain_bonus: Added in full where no other city is more engaged in the chain, in proportion
            elsewhere; judged.
    """

    top: int = 100
    max_cities: int = 2
    per_segment: int = TargetOptions.per_segment
    plan_bonus: float = 0.05
    chain_bonus: float = 0.05

    def __post_init__(self) -> None:
        if self.top < 1 or self.max_cities < 1 or self.per_segment < 0:
            raise InputError(
                f"top={self.top}、max_cities={self.max_cities} 应不小于 1，"
                f"per_segment={self.per_segment} 应不小于 0。"
            )


@dataclass(frozen=True)
class Bonds:
    """What binds cities and companies before anything is worked out.

    Attributes:
        links: Pairs of city codes that share a target (飞地).
        locks: Company id → city code that has the first talk (首报首谈).
    """

    links: tuple[tuple[str, str], ...] = ()
    locks: Mapping[str, str] = field(default_factory=dict)

    def group_of(self, cities: Iterable[str]) -> dict[str, str]:
        """Return city → the least code of the cities it is linked with, itself included."""
        group = {city: city for city in cities}
        for a, b in self.links:
            low, high = sorted((group[a], group[b]))
            group = {city: low if of == high else of for city, of in group.items()}
        return group


def own_plan(gaps: Gaps) -> pl.DataFrame:
    """Return `segment_id, own_plan`: whether a plan of the city itself, in force, names it."""
    level = pl.element().struct.field("level")
    named = pl.col("policy_parts").list.eval(level == _OWN_LEVEL).list.any()
    return gaps.select("segment_id", own_plan=named.fill_null(value=False))


def city_pairs(scored: pl.DataFrame, gaps: Gaps, per_segment: int) -> pl.DataFrame:
    """Return what a city would take by itself, best first, one row a company.

    Args:
        scored: From `ranking.scoring.score_candidates`.
        gaps: What the candidates were proposed for.
        per_segment: As in `AllocationOptions`.

    Returns:
        `city_code, company_id, segment_id, chain_id, score, place` (1..n over all candidates),
        `own_rank` (the rank of the city's own list, null where the limit per segment leaves the
        company out), `own_plan, engagement`.
    """
    best = best_segments(scored).select("company_id", "segment_id", "chain_id", "score")
    options = TargetOptions(top=0, per_segment=per_segment, draws=0)
    ranks = within_segment_limit(best, options).select("company_id", own_rank="rank")
    facts = gaps.select("city_code", "segment_id", "engagement").join(own_plan(gaps), "segment_id")
    return (
        best.with_columns(place=pl.int_range(1, best.height + 1, dtype=pl.Int64))
        .join(ranks, on="company_id", how="left", maintain_order="left")
        .join(facts, on="segment_id", how="left", maintain_order="left")
        .select(
            "city_code", "company_id", "segment_id", "chain_id", "score", "place", "own_rank",
            "own_plan", "engagement",
        )
    )  # fmt: skip


def allocate(
    cities: Sequence[pl.DataFrame], options: AllocationOptions, bonds: Bonds = Bonds()
) -> pl.DataFrame:
    """Return every pair of company and city with whether it is allocated.

    Maximises Σ (fit + bonus) over the pairs taken, with `top` places a city, at most `per_segment`
    companies of one segment in it, and at most `max_cities` groups of linked cities a company.
    fit = score over the mean score of the city's own list: 0 is the city's median candidate, 1 the
    mean of what it would take alone. Only wanted pairs get a bonus, so that it decides who keeps a
    company and never what a city wants: a company a city gives up is at its limit, or gave way to
    a lock. Same rows, same answer.

    Args:
        cities: From `city_pairs`, one frame a city.
        options: Limits and bonuses.
        bonds: Links and locks; a lock keeps the company from every city but the holder and those
            linked with it.

    Returns:
        The rows of `cities` by city and place, plus `fit, wanted` (in the city's own list),
        `chain_share` (engagement over the most engaged city's), `bonus, barred` (locked to
        another), `locked` (held by this city), `value, allocated`, `rank` (among the allocated, by
        value; null elsewhere).

    Raises:
        InputError: A link names a city that is not allocated for.
    """
    pairs = pl.concat(cities).sort("city_code", "place")
    codes = sorted(set(pairs["city_code"]))
    unknown = sorted({city for link in bonds.links for city in link} - set(codes))
    if unknown:
        raise InputError(
            f"飞地关系中的城市 {'、'.join(unknown)} 不在本次分配之内。",
            todo="把它加入 --cities，或去掉这条 --link。",
        )
    group = bonds.group_of(codes)
    valued = _valued(_locked(_fitted(pairs, options), bonds, group), options)
    demand = Demand(options.top, options.max_cities, options.per_segment)
    open_rows = valued.filter(~pl.col("barred"))
    taken = open_rows.with_columns(
        allocated=choose(open_rows.with_columns(group=_mapped(group)), demand)
    ).select("city_code", "company_id", "allocated")
    joined = valued.join(taken, on=["city_code", "company_id"], how="left", maintain_order="left")
    return joined.with_columns(pl.col("allocated").fill_null(value=False)).with_columns(
        rank=pl.when("allocated").then(
            pl.struct(-pl.col("fit"), "place").rank("ordinal").over("city_code", "allocated")
        ).cast(pl.Int64)
    )  # fmt: skip


def _fitted(pairs: pl.DataFrame, options: AllocationOptions) -> pl.DataFrame:
    """Return pairs with `wanted`, `fit` and `chain_share`."""
    wanted = (pl.col("own_rank") <= options.top).fill_null(value=False)
    usual = pl.col("score").filter(pl.col("wanted")).mean().clip(1e-6).over("city_code")
    strongest = pl.col("engagement").max().over("chain_id")
    return (
        pairs.with_columns(wanted=wanted)
        .with_columns(
            fit=(pl.col("score") / usual).round(9),
            chain_share=pl.when(strongest > 0)
            .then(pl.col("engagement") / strongest)
            .otherwise(0.0)
            .round(9),
        )
    )  # fmt: skip


def _locked(pairs: pl.DataFrame, bonds: Bonds, group: dict[str, str]) -> pl.DataFrame:
    """Return pairs with `locked` and `barred`."""
    holder = pl.DataFrame(
        {"company_id": list(bonds.locks), "holder": list(bonds.locks.values())},
        schema={"company_id": pl.String, "holder": pl.String},
    ).with_columns(
        holder_group=pl.col("holder").replace_strict(
            group, default="", return_dtype=pl.String
        )
    )  # fmt: skip
    joined = pairs.join(holder, on="company_id", how="left", maintain_order="left")
    return joined.with_columns(
        locked=(pl.col("holder") == pl.col("city_code")).fill_null(value=False),
        barred=(pl.col("holder_group") != _mapped(group)).fill_null(value=False),
    ).drop("holder", "holder_group")


def _valued(pairs: pl.DataFrame, options: AllocationOptions) -> pl.DataFrame:
    """Return pairs with `bonus` and `value`, what the solver adds up."""
    plan = pl.col("own_plan").cast(pl.Float64) * options.plan_bonus
    bonus = pl.when("wanted").then(plan + pl.col("chain_share") * options.chain_bonus)
    tie = _TIE * pl.col("place") / pl.col("place").max().over("city_code")
    return pairs.with_columns(bonus=bonus.otherwise(0.0).round(9)).with_columns(
        value=pl.col("fit") + pl.col("bonus") - tie,
        worth=FILL + pl.col("fit") + pl.col("bonus") - tie
        + pl.col("locked").cast(pl.Float64) * LOCK_WORTH,
    )  # fmt: skip


def _mapped(group: Mapping[str, str]) -> pl.Expr:
    return pl.col("city_code").replace_strict(dict(group), return_dtype=pl.String)
