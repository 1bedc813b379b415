"""Gap kinds (缺口类型): what a city should do about a segment, and what would change that."""

from __future__ import annotations

from enum import StrEnum

import polars as pl

from chainmap.concepts.panorama_records import STATE_ZH


class State(StrEnum):
    """What the data says of a segment in a city, strongest first."""

    STRONG = "strong"
    PRESENT = "present"
    WEAK = "weak"
    ABSENT = "absent"
    UNKNOWN = "unknown"

    @property
    def zh(self) -> str:
        """The Chinese word."""
        return STATE_ZH[self.value]


LEADER_FROM = 0.5
"""Leaders to be expected among a city's makers (`expected_leaders`) from which having none is a
lack: nearer one than none."""

RELATED_FROM = 0.75
"""Within-city percentile of relatedness density from which an absent segment counts as related to
what the city has: the top quarter, as the panorama's reader would draw it."""


def gap_kind(related_from: float = RELATED_FROM) -> pl.Expr:
    """Return the kind of each row of a situation; null where it is no gap, or cannot be told.

    | kind | when |
    |---|---|
    | fill 补链 | absent or weak, and a segment that uses it is local |
    | extend 延链 | absent, no local user, a supplier is local or it is related to the city's \
portfolio, and its chance is not below the usual one |
    | build 建链 | absent otherwise (the chain is engaged or named by a plan in force) |
    | strengthen 强链 | present, not strong, and below its weight (`below_weight`) or without the \
leader to be expected among its makers (`leader_missing`) |
    | none | strong; or at its weight, with a leader or without one to be expected |

    A row whose state is `unknown` has no kind: the data cannot tell a gap from a blind spot.
    """
    absent = pl.col("state") == State.ABSENT
    weak = pl.col("state") == State.WEAK
    used = pl.col("local_users").list.len() > 0
    supplied = pl.col("local_suppliers").list.len() > 0
    related = pl.col("density_percentile") >= related_from
    feasible = pl.col("chance") >= pl.col("base_rate")
    here = pl.col("n_companies") > 0
    return (
        pl.when(pl.col("state").is_in([State.UNKNOWN, State.STRONG]))
        .then(None)
        .when((absent | weak) & used)
        .then(pl.lit("fill"))
        .when(absent & (supplied | related) & feasible)
        .then(pl.lit("extend"))
        .when(absent)
        .then(pl.lit("build"))
        .when(here & (below_weight() | leader_missing()))
        .then(pl.lit("strengthen"))
        .otherwise(None)
    )


def below_weight() -> pl.Expr:
    """Return whether a segment has fewer makers than expected, more likely than not by nature.

    The posterior mean shrinks towards the province: one maker where 0.9 are expected has P < ½.
    """
    return (pl.col("p_above_one") < 0.5) & (pl.col("n_companies") < pl.col("expected"))


def leader_missing() -> pl.Expr:
    """Return whether makers are here but no leader, though among as many one is to be expected."""
    none = (pl.col("n_companies") > 0) & (pl.col("n_leaders") == 0)
    return none & (pl.col("expected_leaders") >= LEADER_FROM)


def leader_part() -> pl.Expr:
    """Return the share of new makers that would close a gap, 0..1.

    The nation's share of leaders among the segment's makers where a leader is all that is missing:
    any further maker does not help there. 1 elsewhere.
    """
    only = leader_missing() & ~below_weight()
    return pl.when(only).then(pl.col("expected_leaders") / pl.col("n_companies")).otherwise(1.0)
