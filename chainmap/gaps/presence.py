"""Presence (环节分布): makers a city has in each segment, what that says, and how surely."""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass, field
from typing import NamedTuple

import polars as pl

from chainmap.chains.library import ChainLibrary
from chainmap.concepts.kinds import COUNTED_ROLES
from chainmap.errors import InputError
from chainmap.gaps.coverage import Coverage
from chainmap.gaps.inference import capital_quotient, full_grid, inferred, inferred_columns
from chainmap.gaps.kinds import State
from chainmap.gaps.unseen import Hidden
from chainmap.tables import (
    PRESENCE,
    PRESENCE_COUNTS,
    Cities,
    Companies,
    Placements,
    Presence,
    PresenceCounts,
)

log = logging.getLogger(__name__)

LEADER_KINDS = ("链主", "世界500强", "央企", "单项冠军", "独角兽")
"""Public titles that make a company a leader (龙头) of its segment; listing does as well."""


@dataclass(frozen=True)
class PresenceOptions:
    """How counts are read.

    Attributes:
        coverage: Share of the makers the data can see; complete data by default.
        certainty: Probability from which a thing is said: strong where P(θ>1) reaches it, weak
            where P(θ<1) does, absent where the chance of no unseen maker does. 0.8 is where
            P(θ>1) was measured to be right seven times in ten years later (methods 8.1).
        least_companies: A city with fewer counted companies in all is too little known to call a
            segment strong, weak or absent: with 4 the 90% interval of its size spans a factor 6.
    """

    coverage: Coverage = field(default_factory=Coverage)
    certainty: float = 0.8
    least_companies: int = 5

    def __post_init__(self) -> None:
        if not 0.5 <= self.certainty < 1.0:
            raise InputError(f"把握 {self.certainty} 不成立。", todo="应为 0.5 以上、小于 1。")


class AsOf(NamedTuple):
    """Whom a day leaves out: `later` founded after it; `undated` without a year, so counted."""

    later: int
    undated: int


def counted_roles(library: ChainLibrary) -> pl.DataFrame:
    """Return `segment_id, role`: which roles count as presence in which segment.

    Source:
        methods 8.1; `concepts.kinds.COUNTED_ROLES`.
    """
    rows = [
        (segment.id, role.value)
        for segment in library.segments.values()
        for role in COUNTED_ROLES[segment.kind]
    ]
    return pl.DataFrame(rows, schema={"segment_id": pl.String, "role": pl.String}, orient="row")


def counted_placements(placements: Placements, library: ChainLibrary) -> pl.DataFrame:
    """Return the placements that count as presence: trade never, service where it is one."""
    counted = counted_roles(library)
    return placements.join(counted, on=["segment_id", "role"], how="semi", maintain_order="left")


def count_presence(
    placements: Placements,
    companies: Companies,
    library: ChainLibrary,
    as_of: dt.date | None = None,
) -> PresenceCounts:
    """Return makers and developers of the roster by city and segment, where there are any.

    Args:
        placements: Every role; what counts is chosen here.
        companies: The roster; it states no capital, so `capital_10k_cny` is null.
        library: Says which roles count in a segment.
        as_of: Companies founded in a later year do not count; without a year they do
            (`left_out` says how many).
    """
    if as_of is not None:
        later, undated = left_out(companies, as_of)
        log.info("as of %s: %d founded later, %d without a year", as_of, later, undated)
    known = _leadership(companies).join(
        companies.filter(~_is_later(as_of)).select("company_id"), on="company_id", how="semi"
    )
    counts = (
        counted_placements(placements, library)
        .join(known, on="company_id")
        .group_by("city_code", "segment_id")
        .agg(
            n_companies=pl.len().cast(pl.Int64),
            n_leaders=pl.col("is_leader").sum().cast(pl.Int64),
            capital_10k_cny=pl.lit(None, pl.Float64),
        )
    )
    return PRESENCE_COUNTS.check(counts.sort("city_code", "segment_id"))


def left_out(companies: Companies, as_of: dt.date) -> AsOf:
    """Return how many companies a day leaves out, and how many count for want of a year."""
    return AsOf(
        int(companies.select(_is_later(as_of).sum()).item()), companies["founded_year"].null_count()
    )


def measure_presence(
    counts: PresenceCounts,
    cities: Cities,
    library: ChainLibrary,
    options: PresenceOptions = PresenceOptions(),
) -> Presence:
    """Return what the counts say of every city and segment, and how surely.

    With x the companies of city c in segment p: E = x_c· · x_·p / x_··, and θ, the location
    quotient the city is disposed to have, is gamma: `theta` its mean, `theta_low` to `theta_high`
    90% of it. `makers_low` to `makers_high` is the 90% interval of the makers complete data would
    show (of `coverage.population`), those seen included; `p_unseen` the chance of one not seen.

    Returns:
        Every city with every segment, by city and segment; columns as in `PresenceSchema`.

    Raises:
        TableError: A count is of no city or no segment known.

    Source:
        methods 8.1, Gamma–Poisson with the province left one out; docs/decisions/0012.
    """
    grid = full_grid(counts, cities, library, options.coverage)
    known = inferred(grid, cities, options.coverage.spread)
    frame = grid.with_columns(
        pl.Series(name, values.reshape(-1)) for name, values in inferred_columns(known).items()
    ).with_columns(capital_quotient())
    return PRESENCE.check(frame.with_columns(state=_state(options)))


def hidden_law(
    counts: PresenceCounts, cities: Cities, library: ChainLibrary, options: PresenceOptions
) -> Hidden:
    """Return the law of the makers not seen, one cell a row of `measure_presence`, in its order."""
    grid = full_grid(counts, cities, library, options.coverage)
    law = inferred(grid, cities, options.coverage.spread).hidden
    return Hidden(law.shape.reshape(-1), law.mean.reshape(-1))


def _state(options: PresenceOptions) -> pl.Expr:
    """Return strong, present, weak, absent or unknown (数据不足); first rule that holds."""
    few = pl.col("n_companies").sum().over("city_code") < options.least_companies
    here, sure = pl.col("n_companies") > 0, options.certainty
    return (
        pl.when(here & (few | pl.col("p_above_one").is_between(1.0 - sure, sure, closed="none")))
        .then(pl.lit(State.PRESENT.value))
        .when(here & (pl.col("p_above_one") >= sure))
        .then(pl.lit(State.STRONG.value))
        .when(here)
        .then(pl.lit(State.WEAK.value))
        .when(~few & (pl.col("p_unseen") <= 1.0 - sure))
        .then(pl.lit(State.ABSENT.value))
        .otherwise(pl.lit(State.UNKNOWN.value))
    )


def _is_later(as_of: dt.date | None) -> pl.Expr:
    if as_of is None:
        return pl.lit(False)
    return (pl.col("founded_year") > as_of.year).fill_null(False)


def _leadership(companies: Companies) -> pl.DataFrame:
    """Return `company_id, city_code, is_leader`; a plant of a leader's group is led by it."""
    own = companies.select("company_id", "city_code", "parent_id", "group_id", led=_is_leader())
    leaders = own.filter("led")["company_id"].to_list()
    return own.select(
        "company_id",
        "city_code",
        is_leader=pl.col("led")
        | pl.col("parent_id").is_in(leaders).fill_null(False)
        | pl.col("group_id").is_in(leaders),
    )


def _is_leader() -> pl.Expr:
    titled = pl.col("kinds").list.eval(pl.element().is_in(LEADER_KINDS)).list.any()
    return pl.col("stock_code").is_not_null() | titled
