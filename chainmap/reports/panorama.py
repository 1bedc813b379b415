"""Make the panorama (产业链全景图) of a chain in a city: states, counts and gap kinds."""

from __future__ import annotations

from typing import Any

import polars as pl

from chainmap.concepts.chain import Chain, Segment
from chainmap.concepts.kinds import GapKind, Stage
from chainmap.concepts.panorama_records import (
    Panorama,
    PanoramaGroup,
    PanoramaSegment,
    PanoramaStage,
)
from chainmap.gaps.score import GapOptions, enough_data
from chainmap.gaps.world import World
from chainmap.reports.records import COVERAGE
from chainmap.sources.places import City
from chainmap.tables import Gaps

COVERAGE_EN = (
    "The roster holds the companies its authors know: leaders and listed firms are seen better "
    "than small ones. Numbers count the roster."
)
"""`COVERAGE` for English pictures."""


def panorama(world: World, city: City, chain: Chain, gaps: Gaps) -> Panorama:
    """Return a chain's panorama with one city's numbers.

    Args:
        world: The measured data.
        city: Whose numbers.
        chain: Which chain.
        gaps: The city's gaps of this chain (`find_gaps` with the chain), ranked inside it; those
            of other chains are not looked at.
    """
    local = _rows(world.presence.filter(pl.col("city_code") == city.code))
    ranked = {row["segment_id"]: row for row in gaps.iter_rows(named=True)}
    nation = dict(
        world.presence.group_by("segment_id").agg(pl.col("n_companies").sum()).iter_rows()
    )
    chips = {
        segment.id: _chip(world, segment, (local[segment.id], ranked.get(segment.id)))
        for segment in chain.segments
    }
    chips = {key: chip.model_copy(update={"n_nation": nation[key]}) for key, chip in chips.items()}
    row = world.cities.row(by_predicate=pl.col("city_code") == city.code, named=True)
    return Panorama(
        city_code=city.code,
        city=city.name,
        city_en=row["name_en"],
        chain_id=chain.id,
        chain=chain.name,
        chain_en=chain.name_en,
        edition=world.edition,
        enough_data=enough_data(world, city, GapOptions(as_of=world.edition)),
        coverage=COVERAGE,
        stages=_stages(chain, chips),
    )


def _chip(
    world: World, segment: Segment, found: tuple[dict[str, Any], dict[str, Any] | None]
) -> PanoramaSegment:
    row, gap = found
    return PanoramaSegment(
        id=segment.id,
        name=segment.name,
        name_en=segment.name_en,
        kind=segment.kind.value,
        state=row["state"],
        n_companies=row["n_companies"],
        n_leaders=row["n_leaders"],
        n_nation=0,
        expected=row["expected"],
        theta=row["theta"],
        theta_low=row["theta_low"],
        theta_high=row["theta_high"],
        gap_kind=gap["kind"] if gap else None,
        gap_kind_zh=GapKind(gap["kind"]).zh if gap else None,
        gap_rank=gap["rank"] if gap else None,
        gap_rank_low=gap["rank_low"] if gap else None,
        gap_rank_high=gap["rank_high"] if gap else None,
        gap_score=gap["gap_score"] if gap else None,
        suppliers=world.library.graph.suppliers(segment.id),
        users=world.library.graph.users(segment.id),
    )


def _stages(chain: Chain, chips: dict[str, PanoramaSegment]) -> list[PanoramaStage]:
    stages = []
    for stage in Stage:
        groups = [
            PanoramaGroup(
                id=group.id,
                name=group.name,
                name_en=group.name_en,
                segments=[chips[s.id] for s in chain.segments if s.group == group.id],
            )
            for group in chain.groups
            if group.stage is stage
        ]
        groups = [group for group in groups if group.segments]
        if groups:
            stages.append(
                PanoramaStage(
                    stage=stage.value,
                    name=stage.zh,
                    name_en=stage.value.capitalize(),
                    groups=groups,
                )
            )
    return stages


def _rows(presence: pl.DataFrame) -> dict[str, dict[str, Any]]:
    return {row["segment_id"]: row for row in presence.iter_rows(named=True)}
