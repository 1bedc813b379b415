"""Sponsors (招引对象) ranked for propositions: the pipeline's targets, one segment at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from chainmap.catalogue.propositions import RankSponsors
from chainmap.concepts.chain import Segment
from chainmap.gaps.score import GapOptions
from chainmap.gaps.world import World
from chainmap.pipeline import find_gaps, segment_ranker
from chainmap.ranking.target_options import TargetOptions
from chainmap.sources.places import City
from chainmap.tables import Gaps, Recommendations

Sponsors = tuple[set[str], Callable[[Segment], Recommendations]]
"""Segments that are gaps, and what ranks the companies for one."""


def sponsor_ranker(world: World, city: City, day: dt.date, most: int) -> RankSponsors:
    """Return what ranks a segment's sponsors for a city: companies elsewhere, rank 1 first.

    A segment that is no gap of the whole city is looked for among those of its chain, as the
    target list does where a chain is asked for; where it is none there either, nothing is ranked.

    Args:
        world: The measured data.
        city: The receiving city.
        day: On which plans must be in force.
        most: Companies of one list.
    """
    options, wanted = GapOptions(as_of=day), TargetOptions(top=most, draws=0)
    everywhere = find_gaps(world, city, options)
    by_chain: dict[str, Sponsors] = {}

    def sponsors_of(gaps: Gaps) -> Sponsors:
        return set(gaps["segment_id"]), segment_ranker(world, city, gaps, wanted)

    whole = sponsors_of(everywhere)

    def rank(segment: Segment) -> Recommendations | None:
        segments, ranker = whole
        if segment.id not in segments:
            chain = world.library.chain_of(segment.id)
            if chain.id not in by_chain:
                by_chain[chain.id] = sponsors_of(find_gaps(world, city, options, chain))
            segments, ranker = by_chain[chain.id]
        return ranker(segment) if segment.id in segments else None

    return rank
