"""Lists narrowed after ranking (筛选): by the firm's home, title, listing, by segment or kind.

A filter changes neither a score nor its parts; it takes rows out, then the limit per segment and
the length count, and ranks begin at 1 again. What it takes out is kept as plain values, so that a
snapshot can be ranked again and compared without the data behind it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from chainmap.ranking.listing import rank_candidates
from chainmap.ranking.scorer import Scorer
from chainmap.ranking.target_options import TargetOptions
from chainmap.tables import Candidates


@dataclass(frozen=True)
class Narrowed:
    """What a question's filters leave in of a ranked list.

    Attributes:
        left_out: Companies among the candidates that are not shown, ascending.
        segments: Only firms ranked for one of these, ascending; None is all.
    """

    left_out: tuple[str, ...] = ()
    segments: tuple[str, ...] | None = None

    def admits(self) -> pl.Expr:
        """Return which rows, one a company, are left in."""
        kept = ~pl.col("company_id").is_in(list(self.left_out))
        return kept if self.segments is None else kept & self.admits_segment()

    def admits_segment(self) -> pl.Expr:
        """Return which rows the segments alone leave in."""
        if self.segments is None:
            return pl.lit(value=True)
        return pl.col("segment_id").is_in(list(self.segments))


def rank_narrowed(
    candidates: Candidates, options: TargetOptions, scorer: Scorer, narrowed: Narrowed | None
) -> pl.DataFrame:
    """Return the ranked companies as `rank_candidates` does, of those the filters leave in.

    Raises:
        ModelError: A feature of the scorer is not among the candidates' features.
    """
    if narrowed is None:
        return rank_candidates(candidates, options, scorer)
    whole = rank_candidates(candidates, replace(options, top=0, per_segment=0), scorer)
    return cut_to(whole.filter(narrowed.admits()), options)


def cut_to(kept: pl.DataFrame, options: TargetOptions) -> pl.DataFrame:
    """Return rows of a whole list within the limit per segment and the length, ranked 1..n.

    Args:
        kept: Rows of a list without limits, in its order, with its `rank, rank_low, rank_high`;
            intervals then count inside what is left.
        options: Limit and length.
    """
    if options.per_segment:
        kept = kept.filter(pl.int_range(pl.len()).over("segment_id") < options.per_segment)
    whole, rank = kept["rank"], pl.int_range(1, kept.height + 1, dtype=pl.Int64)
    low = whole.search_sorted(kept["rank_low"], side="left").cast(pl.Int64) + 1
    high = whole.search_sorted(kept["rank_high"], side="right").cast(pl.Int64)
    made = kept.with_columns(
        rank=rank, rank_low=pl.min_horizontal(low, rank), rank_high=pl.max_horizontal(high, rank)
    )
    return made.head(options.top) if options.top else made


def narrowed_from(plain: dict[str, Any] | None) -> Narrowed | None:
    """Return what a snapshot's manifest says of its filters; None where it says nothing."""
    if plain is None:
        return None
    segments = plain["segments"]
    return Narrowed(tuple(plain["left_out"]), None if segments is None else tuple(segments))
