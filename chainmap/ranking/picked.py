"""What a mode left in of the candidates, as plain values that a snapshot can hold."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Picked:
    """Which candidates a mode is about.

    Attributes:
        segments: Only these, ascending.
        direct_only: Only companies of the segments themselves, no neighbours.
        excluded: Companies that are not proposed, ascending.
    """

    segments: tuple[str, ...]
    direct_only: bool = False
    excluded: tuple[str, ...] = ()

    def admits(self) -> pl.Expr:
        """Return which rows of candidates are left in."""
        kept = pl.col("segment_id").is_in(list(self.segments))
        kept &= ~pl.col("company_id").is_in(list(self.excluded))
        return kept & (pl.col("basis") == "direct") if self.direct_only else kept
