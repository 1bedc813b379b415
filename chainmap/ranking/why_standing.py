"""Where a company stands with a list (企业位置): the list, all that was scored, and one's place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import polars as pl

from chainmap.gaps.world import World
from chainmap.ranking.candidates import Ground
from chainmap.ranking.intervals import with_rank_interval
from chainmap.ranking.listing import best_segments, rank_candidates, within_segment_limit
from chainmap.ranking.scorer import Scorer
from chainmap.ranking.scoring import score_candidates
from chainmap.ranking.stages import company_stages
from chainmap.ranking.target_options import TargetOptions
from chainmap.sources.places import City
from chainmap.tables import Candidates, Gaps


class Place(NamedTuple):
    """A company's place in an order.

    Attributes:
        overall: Among all companies, without any limit.
        listed: Among those the limit per segment leaves; None where it takes the company out.
        segment_id: The segment it scores highest in.
    """

    overall: int
    listed: int | None
    segment_id: str

    def on_list(self, options: TargetOptions) -> bool:
        """Return whether a list of the length asked for holds it."""
        return self.listed is not None and (not options.top or self.listed <= options.top)


@dataclass(frozen=True)
class Standing:
    """A list as it was asked for, and everything it was made of.

    Attributes:
        world: The measured data.
        city: The receiving city.
        gaps: The gaps selected.
        options: As the list is ranked; for one segment without a limit per segment.
        ground: What candidates were proposed from.
        candidates: All of them.
        scorer: What they are scored with.
    """

    world: World
    city: City
    gaps: Gaps
    options: TargetOptions
    ground: Ground
    candidates: Candidates
    scorer: Scorer

    @cached_property
    def scored(self) -> pl.DataFrame:
        """All candidates no hard rule keeps out, scored, best first."""
        return score_candidates(self.candidates, self.options, self.scorer)

    @cached_property
    def ordered(self) -> pl.DataFrame:
        """One row a company, best first, without any limit."""
        return best_segments(self.scored)

    @cached_property
    def stages(self) -> pl.DataFrame:
        """The stage of every company, from `company_stages`."""
        return company_stages(
            self.world, self.city, self.ground, self.candidates, (self.options, self.scorer)
        )

    def place(self, company_id: str) -> Place | None:
        """Return a company's place; None where it was not ranked."""
        return place_of(self.scored, self.options, company_id)

    def ranked_row(self, company_id: str) -> pl.DataFrame:
        """Return the company's row with rank and interval: of the list, else of the whole order.

        Returns:
            One row as `rank_candidates` gives it, without a limit per segment where the company is
            not on the list; none where it was not ranked.
        """
        mine = pl.col("company_id") == company_id
        listed = rank_candidates(self.candidates, self.options, self.scorer).filter(mine)
        if listed.height:
            return listed
        rank = pl.int_range(1, pl.len() + 1, dtype=pl.Int64)
        chosen = self.ordered.with_columns(rank=rank).filter(mine)
        unlimited = replace(self.options, per_segment=0)
        return with_rank_interval(chosen, self.ordered, self.scorer, unlimited)


def place_of(scored: pl.DataFrame, options: TargetOptions, company_id: str) -> Place | None:
    """Return a company's place among scored candidates; None where it is not among them.

    Args:
        scored: From `score_candidates`, best first.
        options: Limit per segment.
        company_id: Whose place.
    """
    ordered = best_segments(scored.select("company_id", "segment_id"))
    mine = pl.col("company_id") == company_id
    at = ordered.with_row_index("at").filter(mine)
    if at.is_empty():
        return None
    kept = within_segment_limit(ordered, options).filter(mine)
    listed = int(kept["rank"][0]) if kept.height else None
    return Place(int(at["at"][0]) + 1, listed, str(at["segment_id"][0]))
