"""Why a city has no gap in the segments of a company, in the selection asked for."""

from __future__ import annotations

import polars as pl

from chainmap.concepts.chain import Chain
from chainmap.concepts.why_records import SegmentState
from chainmap.gaps.engagement import engaged_chains
from chainmap.gaps.presence import counted_placements
from chainmap.gaps.score import GapOptions, enough_data
from chainmap.ranking.gap_words import quoted_names
from chainmap.ranking.why_standing import Standing


def segments_of(standing: Standing, head: str) -> list[str]:
    """Return the segments of a group's companies, main ones first."""
    world = standing.world
    group = world.companies.filter(pl.col("group_id") == head)["company_id"].to_list()
    placed = counted_placements(world.placements, world.library)
    own = placed.filter(pl.col("company_id").is_in(group)).sort("rank", "segment_id")
    return own["segment_id"].unique(maintain_order=True).to_list()


def segment_states(
    standing: Standing, head: str, gap_options: GapOptions, chain: Chain | None
) -> list[SegmentState]:
    """Return what the city has in each segment of a group, or why its chain is left out.

    Args:
        standing: The list as asked for.
        head: Head of the group.
        gap_options: Day and options of the gaps.
        chain: The one chain asked for; None is all.
    """
    library = standing.world.library
    counted = set(standing.gaps["chain_id"])
    ids = segments_of(standing, head)
    found = []
    for segment_id in ids:
        own = library.chain_of(segment_id)
        if own.id in counted:
            text = _there(standing, segment_id, own)
        else:
            beside = [one for one in ids if library.chain_of(one).id == own.id]
            why = _left_out(standing, own, gap_options, chain)
            text = f"{quoted_names(beside, library)}属“{own.name}”产业链，{why}"
        name = library.segments[segment_id].name
        found.append(SegmentState(segment_id=segment_id, segment=name, text=text))
    return found


def _there(standing: Standing, segment_id: str, chain: Chain) -> str:
    """Return how many companies the city has in a segment, and how many would be usual."""
    mine = (pl.col("city_code") == standing.city.code) & (pl.col("segment_id") == segment_id)
    cell = standing.world.presence.row(by_predicate=mine, named=True)
    name = standing.world.library.segments[segment_id].name
    return (
        f"“{name}”（{chain.name}）：{standing.city.short_name}有名录企业{cell['n_companies']}家，"
        f"按规模应有约{cell['expected']:.1f}家"
    )


def _left_out(
    standing: Standing, chain: Chain, gap_options: GapOptions, asked: Chain | None
) -> str:
    """Return why no gap of a chain is in the selection."""
    world, city = standing.world, standing.city
    if asked is not None and asked.id != chain.id:
        return f"所问只看“{asked.name}”产业链"
    if not enough_data(world, city, gap_options):
        return f"名录中{city.short_name}的企业太少，不足以判断缺口"
    of_city = world.engagement.filter(pl.col("city_code") == city.code)
    floors = engaged_chains(of_city, gap_options.engagement_floor)
    row = floors.row(by_predicate=pl.col("chain_id") == chain.id, named=True)
    if asked is not None or row["engaged"]:
        return f"{city.short_name}在该链没有缺口"
    if row["engagement"] == 0:
        less = f"{city.short_name}没有该链的名录企业"
    else:
        less = (
            f"{city.short_name}在该链的参与度为{row['engagement']:.3f}，"
            f"不到本市各链的中位数{row['engagement_floor']:.3f}"
        )
    return f"{less}，在期规划也没有点名该链，所以不指明产业链时不列该链的缺口，指明后照列"
