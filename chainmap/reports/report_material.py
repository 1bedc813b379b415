"""What a report is asked for and what it is made of: lists, panoramas, standings.

The steps that score and rank are handed in: they belong to the floor above.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

import polars as pl

from chainmap.concepts.chain import Chain, Segment
from chainmap.concepts.city_records import ChainStanding, CityFacts
from chainmap.concepts.gap_records import GapList
from chainmap.concepts.panorama_records import Panorama
from chainmap.concepts.records import TargetList
from chainmap.gaps.peers import province_peers
from chainmap.gaps.score import GapOptions
from chainmap.gaps.world import World
from chainmap.ranking.target_options import TargetOptions, year_known
from chainmap.reports import records
from chainmap.reports.city_facts import chain_standings, city_facts, province_cities
from chainmap.reports.city_shapes import CityMap
from chainmap.reports.gap_records import GapView, gap_list
from chainmap.reports.panorama import panorama
from chainmap.sources.places import City
from chainmap.tables import Gaps, Recommendations

TOP = 20
"""Gaps and targets listed in the text where nobody asks for another number."""
ANNEX = 60
"""Gaps in the annex: what three or four pages hold."""


class ReportKind(StrEnum):
    """What a report is about."""

    GAPS = "gaps"
    TARGETS = "targets"
    CATALOGUE = "catalogue"
    PROFILE = "profile"
    COMPARISON = "comparison"

    @property
    def zh(self) -> str:
        """Its Chinese name."""
        return _KINDS[self]


_KINDS = {
    "gaps": "产业链缺口分析报告",
    "targets": "招商目标清单",
    "catalogue": "招商目录",
    "profile": "企业招商画像",
    "comparison": "城市对比",
}


@dataclass(frozen=True)
class Steps:
    """The two steps a report needs, as `chainmap.pipeline` has them."""

    find_gaps: Callable[[World, City, GapOptions, Chain | None], Gaps]
    rank_targets: Callable[[World, City, Gaps, TargetOptions, Segment | None], Recommendations]


@dataclass(frozen=True)
class Material:
    """Everything a report on a city may draw on, each part worked out when it is first asked for.

    Attributes:
        world: The measured data.
        city: Whose report.
        options: Day, and whether expired plans count.
        steps: How gaps and targets are found.
        chain: Only this chain; None is all.
        drawn: The deployer's own map; None draws the schematic.
        top: Gaps and targets listed in the text.
    """

    world: World
    city: City
    options: GapOptions
    steps: Steps
    chain: Chain | None = None
    drawn: CityMap | None = None
    top: int = TOP

    def of(self, city: City) -> Material:
        """Return the same question about another city."""
        return replace(self, city=city)

    @cached_property
    def gap_table(self) -> Gaps:
        """The gaps as scored."""
        return self.steps.find_gaps(self.world, self.city, self.options, self.chain)

    @cached_property
    def gaps(self) -> GapList:
        """The gaps as records: as many as text and annex show."""
        peers = province_peers(self.city, self.world.presence, self.world.cities)
        view = GapView(self.chain, peers, max(ANNEX, self.top))
        return gap_list(self.world, self.city, self.gap_table, self.options, view)

    @cached_property
    def kinds(self) -> dict[str, int]:
        """How many gaps there are of each kind."""
        return dict(self.gap_table.group_by("kind").len().sort("kind").iter_rows())

    @cached_property
    def targets(self) -> TargetList:
        """The first targets, as the command lists them."""
        return self.target_list(TargetOptions(top=self.top))

    @cached_property
    def all_targets(self) -> TargetList:
        """Every company that could fill a gap, without any limit."""
        return self.target_list(TargetOptions(top=0, per_segment=0))

    def target_list(self, wanted: TargetOptions) -> TargetList:
        """Return a target list as records."""
        year = year_known(self.options.as_of, self.world.edition)
        wanted = replace(wanted, year=year)
        rows = self.steps.rank_targets(self.world, self.city, self.gap_table, wanted, None)
        options = (self.options, wanted)
        return records.target_list(self.world, self.city, rows, options, self.chain)

    @cached_property
    def facts(self) -> CityFacts:
        """The city's headline numbers."""
        return city_facts(self.world, self.city)

    @cached_property
    def standings(self) -> dict[str, list[ChainStanding]]:
        """How the cities of its province stand in the chains asked for, by city code."""
        codes = [c.code for c in province_cities(self.world, self.city.province_code)]
        return self.standings_of(codes)

    def standings_of(self, codes: list[str]) -> dict[str, list[ChainStanding]]:
        """Return how cities stand in the chains asked for."""
        found = chain_standings(self.world, codes)
        if self.chain is None:
            return found
        wanted = self.chain.id
        return {c: [s for s in rows if s.chain_id == wanted] for c, rows in found.items()}

    @property
    def own(self) -> list[ChainStanding]:
        """How the city itself stands."""
        return self.standings[self.city.code]

    def panorama(self, chain_id: str) -> Panorama:
        """Return a chain's panorama with the city's numbers."""
        chain = self.world.library.chains[chain_id]
        gaps = (
            self.gap_table
            if self.chain is not None
            else self.steps.find_gaps(self.world, self.city, self.options, chain)
        )
        return panorama(self.world, self.city, chain, gaps)

    def city_names(self) -> dict[str, str]:
        """Return every city's short name by code."""
        return dict(self.world.cities.select("city_code", pl.col("short_name")).iter_rows())
