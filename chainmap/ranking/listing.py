"""Rank scored candidates (排序): one row a company, limits per segment, rank intervals."""

from __future__ import annotations

import polars as pl

from chainmap.ranking.intervals import with_rank_interval
from chainmap.ranking.scorer import Scorer
from chainmap.ranking.scoring import score_candidates
from chainmap.ranking.target_options import TargetOptions
from chainmap.tables import Candidates


def rank_candidates(candidates: Candidates, options: TargetOptions, scorer: Scorer) -> pl.DataFrame:
    """Return the ranked companies, best first, each for the segment it scores highest in.

    A pure function of its arguments: stored candidates rank again under another scorer or other
    options, and the same arguments give the same bytes.

    Returns:
        Columns of `score_candidates` plus `rank` 1..n and `rank_low, rank_high`, the 90% interval.

    Raises:
        ModelError: A feature of the scorer is not among the candidates' features.
    """
    ordered = best_segments(score_candidates(candidates, options, scorer))
    listed = within_segment_limit(ordered, options)
    chosen = listed.head(options.top) if options.top else listed
    return with_rank_interval(chosen, ordered, scorer, options)


def best_segments(scored: pl.DataFrame) -> pl.DataFrame:
    """Return scored candidates with one row a company, its best, in the order given."""
    return scored.unique("company_id", keep="first", maintain_order=True)


def within_segment_limit(ordered: pl.DataFrame, options: TargetOptions) -> pl.DataFrame:
    """Return the rows that the limit per segment leaves, numbered: `rank` 1..n."""
    if options.per_segment:
        nth = pl.int_range(pl.len()).over("segment_id")
        ordered = ordered.filter(nth < options.per_segment)
    return ordered.with_columns(rank=pl.int_range(1, ordered.height + 1, dtype=pl.Int64))
